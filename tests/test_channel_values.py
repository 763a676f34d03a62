"""Values of the channel: every legal form passes in silence, every illegal one is found by its rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from feeds.rules.channel.taxonomy import FORMER, find_category_fault, find_subcategory_fault
from feeds.settings.categories import CATEGORIES
from tests.test_podcast_values import Field, find_rules

CLOUD = '<cloud domain="rpc.example.org" port="80" path="/RPC2" registerProcedure="notify" protocol="xml-rpc"/>'
IMAGE = (
    "<title>Tides</title><link>https://example.org/</link><image><url>https://example.org/a.png</url>"
    "<title>Tides</title><link>https://example.org/</link>{}</image>"
)
OWNER = "<itunes:owner><itunes:name>Ada Marsh</itunes:name><itunes:email>{}</itunes:email></itunes:owner>"
PAIR = '<itunes:category text="{}"><itunes:category text="{}"/></itunes:category>'
SY = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
NOT_WEB = "example.org|/about|about.html|ftp://example.org/|http:///about|http:/example.org/|mailto:ada@example.org"

FIELDS = (
    Field("channel-ttl-invalid", "<ttl>{}</ttl>", "1|60|1440|060| 60 ", "0|-1|+60|60.5|sixty|60 minutes|1h|٦٠|"),
    Field(
        "channel-skiphours-invalid",
        "<skipHours>{}</skipHours>",
        "<hour>0</hour>|<hour>09</hour><hour>23</hour>",
        "|3|<hour/>|<hour>-1</hour>|<hour>25</hour>|<hour>1</hour><hour>01</hour>|<hour>3 pm</hour>|<hour>1:00</hour>",
    ),
    Field(
        "channel-skipdays-invalid",
        "<skipDays>{}</skipDays>",
        "<day>Monday</day>|<day>Saturday</day><day>Sunday</day>",
        "|Monday|<day/>|<day>Mon</day>|<day>monday</day>|<day>Montag</day>|<day>Friday</day><day>Friday</day>",
    ),
    Field("channel-cloud-port-invalid", CLOUD.replace("80", "{}"), "80|5337|65535", "0|-1|65536|http|80.0"),
    Field(
        "channel-cloud-protocol-invalid",
        CLOUD.replace("xml-rpc", "{}"),
        "xml-rpc|soap|http-post",
        "XML-RPC|http|https-post|rest",
    ),
    Field(
        "channel-cloud-domain-invalid",
        CLOUD.replace("rpc.example.org", "{}"),
        "rpc.example.org|192.0.2.7|localhost",
        "http://rpc.example.org|rpc.example.org/|rpc example|rpc.example.org:80",
    ),
    Field("channel-image-width-range", IMAGE.format("<width>{}</width>"), "1|88|144", "0|145|-1|88px|1e2|"),
    Field("channel-image-height-range", IMAGE.format("<height>{}</height>"), "1|31|400", "0|401|-1|31.5|high|"),
    Field(
        "channel-language-invalid",
        "<language>{}</language>",
        "en|fr|en-us|en-US|zh-cn|zh-Hant-TW|es-419|sr-Latn-RS|haw|de-CH-1996",
        "english|xx|e|en us|en-|en-UK|jp|cz|eng-lish|1|",
    ),
    Field(
        "channel-link-invalid",
        "<link>{}</link>",
        "https://example.org|http://example.org:8080/a;b?c=d#e|HTTPS://EXAMPLE.ORG/",
        NOT_WEB,
    ),
    Field(
        "channel-itunes-image-not-http",
        '<itunes:image href="{}"/>',
        "https://example.org/a.jpg|http://example.org/a.jpeg|https://example.org/a.png?v=2",
        "art.jpg|/art.jpg|//example.org/art.jpg|ftp://example.org/art.jpg|file:///art.jpg",
    ),
    Field(
        "channel-itunes-new-feed-url-invalid",
        "<itunes:new-feed-url>{}</itunes:new-feed-url>",
        "https://example.org/feed.xml",
        NOT_WEB,
    ),
    Field(
        "channel-itunes-explicit-invalid",
        "<itunes:explicit>{}</itunes:explicit>",
        "true|false",
        "1|0|maybe|none|",
    ),
    Field("channel-itunes-type-invalid", "<itunes:type>{}</itunes:type>", "episodic", "Episodic|SERIAL|weekly|series|"),
    Field("channel-itunes-block-invalid", "<itunes:block>{}</itunes:block>", "Yes|yes|no|No", "true|false|1|clean|"),
    Field("channel-itunes-complete-invalid", "<itunes:complete>{}</itunes:complete>", "Yes|yes", "no|true|false|1|"),
    Field(
        "channel-itunes-owner-email-invalid",
        OWNER,
        "ada@example.org|a.b+c@mail.example.co.uk|ada@münchen.example",
        "ada|ada@|@example.org|ada@example|ada at example.org|ada@example.org (Ada)|mailto:ada@example.org|a@b@c.org",
    ),
    Field(
        "channel-itunes-keywords-format",
        "<itunes:keywords>{}</itunes:keywords>",
        "sea|sea,moon|sea, moon, tall ships",
        "sea moon|sea; moon; ships|sea;moon",
    ),
    Field(
        "channel-docs-value",
        "<docs>{}</docs>",
        "https://www.rssboard.org/rss-specification|http://blogs.law.harvard.edu/tech/rss",
        "https://example.org/",
    ),
    Field(
        "channel-copyright-format",
        "<copyright>{}</copyright>",
        "Ada Marsh|© 2026 Ada Marsh|Copyright 2002, Tide Herald-Journal|(c) The Sea Company|CC BY-SA 4.0",
        "2026|© 2026|Copyright 2019-2026|All rights reserved.",
    ),
    Field(
        "channel-sy-invalid",
        f"<sy:updatePeriod {SY}>{{}}</sy:updatePeriod>",
        "hourly|daily|weekly|monthly|yearly| daily ",
        "Daily|day|every hour|24|",
    ),
    Field(
        "channel-atom-link-rel-unregistered",
        '<atom:link rel="self" href="https://example.org/feed.xml"/><atom:link rel="{}" href="https://example.org/a"/>',
        "alternate|hub|next|last|payment|license|related|search|http://podlove.org/deep-link|urn:example:rel",
        "home|Alternate|rss|self hub|",
    ),
)


def find_channel_rules(folder: Path, field: Field, values: str) -> dict[str, set[str]]:
    """Which rules of the channel find a fault in each value; white space around one is for rules of the whole feed."""
    found = {}
    for value in values.split("|"):
        rules = find_rules(folder, f"<channel>{field.fragment.replace('{}', value)}</channel>")
        found[value] = {rule for rule in rules if rule.startswith("channel-")}
    return found


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.rule)
def test_legal_values_pass_without_a_word(field: Field, tmp_path: Path) -> None:
    found = find_channel_rules(tmp_path, field, field.legal)
    assert found == {value: set() for value in found}


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.rule)
def test_illegal_values_are_found_by_their_rule_and_no_other_of_the_channel(field: Field, tmp_path: Path) -> None:
    found = find_channel_rules(tmp_path, field, field.illegal)
    assert found == {value: {field.rule} for value in found}


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_of_apple_and_every_subcategory_in_it_passes(category: str) -> None:
    assert find_category_fault(category) is None
    assert [name for name in CATEGORIES[category] if find_subcategory_fault(name, category)] == []


def test_a_former_category_is_none_of_today_and_is_told_from_one_that_never_was() -> None:
    for former, several in FORMER.items():
        assert set(several).isdisjoint(CATEGORIES.get(former, ())), former
        faults = [find_subcategory_fault(name, former) for name in several]
        assert {fault.kind for fault in faults if fault} <= {"obsolete"} and all(faults), former
    assert [find_category_fault(name).kind for name in ("Games & Hobbies", "Oceans")] == ["obsolete", "unknown"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("category", "subcategory", "kind"),
    [
        ("Society &amp; Culture", "Physics", "subcategory-wrong-parent"),
        ("Arts", "Arts", "subcategory-wrong-parent"),
        ("arts", "Food", "category-case"),
        ("Arts", "food", "category-case"),
        ("Leisure", "Home and Garden", "category-ampersand"),
        ("Leisure", "Home &amp;amp; Garden", "category-ampersand"),
        ("Home &amp; Garden", "", "subcategory-at-top"),
        ("Food", "", "subcategory-at-top"),
        ("Arts", "Literature", "category-obsolete"),
        ("Arts", "Underwater Basketry", "category-unknown"),
        ("Podcasting", "", "category-unknown"),
    ],
)
def test_what_is_wrong_with_a_category_is_said_by_one_rule(
    category: str, subcategory: str, kind: str, tmp_path: Path
) -> None:
    inner = PAIR.format(category, subcategory) if subcategory else f'<itunes:category text="{category}"/>'
    assert find_rules(tmp_path, f"<channel>{inner}</channel>") == {f"channel-itunes-{kind}"}
