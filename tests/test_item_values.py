"""Values of items: every legal form passes in silence, every illegal one is found by one rule alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from feeds.rules.item.itunes import item_itunes_duration_invalid
from tests.test_podcast_values import Field, find_rules

NAMED = '<guid isPermaLink="false">{}</guid>'
FLAGGED = '<guid isPermaLink="{}">https://example.org/1</guid>'
AUDIO = '<enclosure url="{}" length="4800000" type="audio/mpeg"/>'
SIZED = '<enclosure url="https://example.org/1.mp3" length="{}" type="audio/mpeg"/>'
TYPED = '<enclosure url="https://example.org/1.{}" length="4800000" type="{}"/>'
MEDIA = '<media:content xmlns:media="http://search.yahoo.com/mrss/" url="https://example.org/1.mp3" {}/>'
SLASH = '<slash:comments xmlns:slash="http://purl.org/rss/1.0/modules/slash/">{}</slash:comments>'
POINT = '<georss:point xmlns:georss="http://www.georss.org/georss">{}</georss:point>'
NOT_WEB = "1|/1|example.org/1|//example.org/1|www.example.org|http:///1|http:example.org/1"
ADDRESSES = (
    "https://example.org|http://example.org/?p=1&amp;q=2#r|HTTPS://EXAMPLE.ORG:8080/~ada/it's(1),2;3|"
    "https://[2001:db8::1]/1|https://user@example.org/%C3%BC"
)

FIELDS = (
    Field(
        "item-guid-permalink-not-url", "<guid>{}</guid>", ADDRESSES, f"{NOT_WEB}|ftp://example.org/1|ebb|ebb and flow"
    ),
    Field("item-guid-permalink-not-url", '<guid isPermaLink="true">{}</guid>', ADDRESSES, "https://a b/|http://h/%zz"),
    Field(
        "item-guid-permalink-urn",
        "<guid>{}</guid>",
        "",
        "tag:example.org,2026:1|urn:uuid:5d1f1d2e-93a1-4a9b-8a39-6d1d0c7f0001|urn:isbn:0451450523",
    ),
    Field(
        "item-guid-form",
        NAMED,
        f"tag:example.org,2026:1|urn:isbn:0451450523|5d1f1d2e-93a1-4a9b-8a39-6d1d0c7f0001|123456789|Herald-12345|{ADDRESSES}",
        "ebb|first tide of march",
    ),
    Field("item-guid-not-unique-enough", NAMED, "000000001", "0|1|42|12345678"),
    Field("item-guid-blank", NAMED, "", "| |\t\n"),
    Field("item-guid-ispermalink-invalid", FLAGGED, "true|false", "True|FALSE|yes|no|1|0||permalink"),
    Field(
        "item-enclosure-url-not-http",
        AUDIO,
        "https://example.org/1.mp3|http://example.org/a%20b.MP3|https://example.org/r.mp3/a/1.mp3?s=rss&amp;t=1#t=9",
        "1.mp3|/1.mp3|//example.org/1.mp3|ftp://example.org/1.mp3|file:///1.mp3|http:/example.org/1.mp3|htp://a.b/1.mp3",
    ),
    Field("item-enclosure-url-missing", AUDIO, "", "| "),
    Field(
        "item-enclosure-url-private",
        AUDIO,
        "https://11.0.0.1/1.mp3|https://172.32.0.1/1.mp3|https://localhost.example.org/1.mp3|https://local/1.mp3",
        "https://localhost/1.mp3|https://127.0.0.1:80/1.mp3|https://10.0.0.8/1.mp3|https://172.31.0.1/1.mp3|"
        "https://[::1]/1.mp3|https://NAS.local/1.mp3",
    ),
    Field("item-enclosure-length-missing", SIZED, "", "| "),
    Field(
        "item-enclosure-length-invalid",
        SIZED,
        "1|4800000|99999999999|007",
        "-5|+5|1.5|1,024|1 024|12 MB|12MB|1e6|0x1F|٤٢|10:00|unknown",
    ),
    Field("item-enclosure-length-zero", SIZED, "", "0|00|-1"),
    Field(
        "item-enclosure-type-invalid",
        TYPED.replace("{}", "mp3", 1),
        "audio/mpeg|AUDIO/MPEG|audio/mpeg; charset=binary",
        "mp3|.mp3|audio|audio/|/mpeg|audio//mpeg|audio mpeg|audio\\mpeg|audio/mpeg; x|sound/mpeg",
    ),
    Field("item-enclosure-type-missing", TYPED.replace("{}", "mp3", 1), "", "| "),
    Field(
        "item-source-url-missing",
        '<source url="{}">Harbour News</source>',
        "https://example.org/feed.xml|http://example.org/?feed=rss2&amp;x=1",
        f"{NOT_WEB}|mailto:ada@example.org| ||news",
    ),
    Field("item-comments-invalid", "<comments>{}</comments>", ADDRESSES, f"{NOT_WEB}|3|none|mailto:ada@example.org|"),
    Field(
        "item-link-invalid",
        "<link>{}</link>",
        f"{ADDRESSES}|mailto:ada@example.org",
        f"{NOT_WEB}||data:text/plain,ebb|file:///1.html|feed://example.org/",
    ),
    Field(
        "item-author-format",
        "<author>{}</author>",
        "ada@example.org (Ada Marsh)|a.b+c@mail.example.co.uk (Ada (host))|o'neil@ex-ample.org (Ada Marsh, Ben Pike)",
        "Ada Marsh|ada|ada@|@example.org|ada@example|ada@@example.org (A)|ada at example.org (A)|ada@example.org|"
        "ada@example.org ()|Ada &lt;ada@example.org&gt;|Ada (ada@example.org)|mailto:ada@example.org (A)|",
    ),
    Field("item-category-blank", "<category>{}</category>", "Tides|Sea/Tides|A &amp; B|1765", "| "),
    Field(
        "item-title-blank",
        "<title>{}</title>",
        "Ebb|1984|Ebb &amp; flow|<![CDATA[Ebb & flow]]>|潮|5 &lt; 6|C++|Q&amp;A|Was bleibt?",
        "| |&#160;|&#8203;|<![CDATA[]]>",
    ),
    Field(
        "item-itunes-duration-invalid",
        "<itunes:duration>{}</itunes:duration>",
        "1|59|600|3600|360000|0:30|1:00|01:00|59:59|1:02:03|01:02:03|12:34:56|100:00:00|00:00:30",
        "|-1|+60|1.5|10,5|1e3|ten|600s|10 min|1h|PT10M|1:60|60:00|90:00|1:60:00|1:00:60|1:2|1:2:3|:30|1:|1:00:00:00|"
        "00:10:00.0|1:02:03.5|٦٠|1 00",
    ),
    Field("item-itunes-duration-zero", "<itunes:duration>{}</itunes:duration>", "", "0|00:00|0:00:00"),
    Field(
        "item-itunes-explicit-invalid",
        "<itunes:explicit>{}</itunes:explicit>",
        "true|false",
        "1|0|maybe|none|true false|",
    ),
    Field(
        "item-itunes-explicit-legacy-value",
        "<itunes:explicit>{}</itunes:explicit>",
        "",
        "yes|no|Yes|NO|clean|Clean|explicit|True|FALSE",
    ),
    *(
        Field(
            f"item-itunes-{name}-invalid",
            f"<itunes:{name}>{{}}</itunes:{name}>",
            "1|12|2026|01",
            "0|00|-1|+1|1.5|1,000|one|#1|S1|1a|1/2|1 2|1e1|٣",
        )
        for name in ("episode", "season")
    ),
    *(Field("item-element-blank", f"<itunes:{name}>{{}}</itunes:{name}>", "", "") for name in ("episode", "season")),
    Field(
        "item-itunes-episodetype-invalid",
        "<itunes:episodeType>{}</itunes:episodeType>",
        "full|trailer|bonus",
        "Full|TRAILER|teaser|episode|normal|full bonus|",
    ),
    Field("item-itunes-block-invalid", "<itunes:block>{}</itunes:block>", "No|no", "true|false|1|YES|block|"),
    Field("item-itunes-order-invalid", "<itunes:order>{}</itunes:order>", "1|42", "first|-1|1.5|1st|"),
    Field(
        "item-itunes-closed-captioned-invalid",
        "<itunes:isClosedCaptioned>{}</itunes:isClosedCaptioned>",
        "Yes|No|yes|no",
        "true|1|maybe|captions|",
    ),
    Field(
        "item-itunes-image-href-missing",
        '<itunes:image href="{}"/>',
        "https://example.org/1.jpg|https://example.org/1.PNG?v=2|https://example.org/1.jpeg|https://example.org/art/1",
        f"{NOT_WEB}||ftp://example.org/1.jpg|data:image/png;base64,AA==",
    ),
    Field(
        "item-itunes-image-extension",
        '<itunes:image href="https://example.org/1{}"/>',
        ".jpg|.v2",
        ".gif|.WEBP|.svg?a=1",
    ),
    Field(
        "item-itunes-keywords-format",
        "<itunes:keywords>{}</itunes:keywords>",
        "sea|sea,moon|sea, moon, tall ships",
        "sea moon|sea; moon|sea;moon",
    ),
    Field("item-comment-count-invalid", SLASH, "0|12", "-1|many|1.5|"),
    Field("item-geo-invalid", POINT, "60.39 5.32|-90 180|0 0", "60.39,5.32|60.39|91 0|0 181|here||1 2 3"),
    Field(
        "item-media-rss-attribute-invalid",
        MEDIA,
        'fileSize="1"|medium="audio"|isDefault="true"|expression="sample"|samplingrate="44.1"|type="audio/mpeg"|lang="en"',
        'fileSize="big"|medium="sound"|isDefault="yes"|expression="part"|samplingrate="fast"|type="mp3"|duration="1:00"',
    ),
)

PAIRS = (
    "mp3 audio/mpeg|m4a audio/x-m4a|m4a audio/m4a|m4a audio/mp4|mp4 video/mp4|m4v video/x-m4v|m4v video/m4v|"
    "mov video/quicktime|pdf application/pdf"
)


def find_item_rules(folder: Path, fragment: str) -> set[str]:
    """Which rules find a fault in an item; http beside https and white space are for rules of the whole feed."""
    return find_rules(folder, f"<item>\n{fragment}\n</item>") - {"feed-url-mixed-scheme", "feed-value-whitespace"}


def find_each(folder: Path, field: Field, values: str) -> dict[str, set[str]]:
    """The same for every value of a field."""
    return {value: find_item_rules(folder, field.fragment.replace("{}", value)) for value in values.split("|")}


@pytest.mark.parametrize("field", [field for field in FIELDS if field.legal], ids=lambda field: field.rule)
def test_legal_values_pass_without_a_word(field: Field, tmp_path: Path) -> None:
    found = find_each(tmp_path, field, field.legal)
    assert found == {value: set() for value in found}


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.rule)
def test_illegal_values_are_found_by_their_rule_and_no_other(field: Field, tmp_path: Path) -> None:
    found = find_each(tmp_path, field, field.illegal)
    assert found == {value: {field.rule} for value in found}


@pytest.mark.parametrize("pair", PAIRS.split("|"))
def test_every_format_that_apple_or_psp1_names_passes_under_each_of_its_types(pair: str, tmp_path: Path) -> None:
    assert find_item_rules(tmp_path, TYPED.format(*pair.split())) == set()


@pytest.mark.parametrize(
    ("pair", "rule"),
    [
        ("ogg audio/ogg", "type-unsupported"),
        ("wav audio/x-wav", "type-unsupported"),
        ("mp3 audio/mp3", "type-unsupported"),
        ("mp3 application/octet-stream", "type-extension-mismatch"),
        ("mp3 audio/ogg", "type-extension-mismatch"),
        ("m4a audio/mpeg", "type-extension-mismatch"),
        ("mp4 audio/mpeg", "type-extension-mismatch"),
        ("exe audio/mpeg", "extension-unsupported"),
    ],
)
def test_a_format_that_is_not_what_it_says_or_not_taken_is_told_once(pair: str, rule: str, tmp_path: Path) -> None:
    assert find_item_rules(tmp_path, TYPED.format(*pair.split())) == {f"item-enclosure-{rule}"}


@given(
    st.integers(0, 10**7),
    st.sampled_from(("{0}", "{1}:{3:02}", "{1:02}:{3:02}", "{4}:{2:02}:{3:02}", "{4:02}:{2:02}:{3:02}")),
)
def test_every_length_that_apple_takes_passes_in_every_form_that_it_has(seconds: int, form: str) -> None:
    minutes = seconds // 60
    if (form.startswith("{1") and minutes > 59) or minutes // 60 > 999:
        return
    duration = etree.Element("duration")
    duration.text = form.format(seconds, minutes, minutes % 60, seconds % 60, minutes // 60)
    assert list(item_itunes_duration_invalid.check(duration)) == []
