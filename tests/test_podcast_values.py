"""Values of the podcast namespace and of chapters: every legal form passes in silence, every illegal one is found."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import NamedTuple

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from feeds.formats import format_npt
from feeds.rulebook.check import Rulebook, check_document
from feeds.rulebook.document import parse_document
from feeds.rulebook.forms.recurrence import find_recurrence_fault
from feeds.rulebook.forms.times import find_stamps, parse_play_time
from feeds.rulebook.source import parse_source
from feeds.rules.every import RULES
from tests.rule_pairs import read_example

AT = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
BOOK = Rulebook(RULES)
NODE = "02d5c1bf8b940dc9cadca86d1b0a3c37fbe39cee4c7e839e33bef9174531d27f52"
PAID = f"""<item><podcast:value type="lightning" method="keysend" {{}}>
<podcast:valueRecipient name="Ada Marsh" type="node" address="{NODE}" {{}}/>{{}}</podcast:value></item>"""
SPLIT = PAID.format(
    "",
    'split="1"',
    '<podcast:valueTimeSplit startTime="60" duration="237" remotePercentage="{}">'
    '<podcast:remoteItem feedGuid="a94f5cc9-8c58-55fc-91fe-a324087a655b"/></podcast:valueTimeSplit>',
)
LIVE = """<channel><podcast:liveItem status="live" start="2026-06-08T19:00:00Z" end="2026-06-09T21:00:00Z">
<title>Spring tide, live</title><guid isPermaLink="false">spring-tide-live</guid>
<enclosure url="https://example.org/live.mp3" type="audio/mpeg" length="312"/>
<podcast:contentLink href="https://example.org/live">Listen on our page</podcast:contentLink>
</podcast:liveItem></channel>"""
CHAPTERS = """<item><itunes:duration>400000</itunes:duration>
<psc:chapters version="1.2"><psc:chapter start="0" title="Welcome"/>
<psc:chapter start="1" title="Ebb"/><psc:chapter start="{}" title="Flow"/></psc:chapters></item>"""
IMAGE = '<item><podcast:image href="https://example.org/harbour.jpg" alt="The harbour" {}="{{}}"/></item>'
OFTEN = "<channel><podcast:updateFrequency {}>Now and then</podcast:updateFrequency></channel>"
WORDS = '<item><podcast:transcript url="https://example.org/words" {}/></item>'
BITE = '<item><itunes:duration>4000</itunes:duration><podcast:soundbite startTime="{}" duration="{}"/></item>'
ITEM = '<podcast:remoteItem feedGuid="{}" feedUrl="https://example.net/feed.xml" medium="{}"/>'
ROLL = f"<channel><podcast:podroll>{ITEM}</podcast:podroll></channel>"
GUID = "917393e3-1b1e-5cef-ace4-edaa54e1f810"


class Field(NamedTuple):
    """A fragment with one value left out, its legal forms, and illegal ones, which the rule finds; all split at |."""

    rule: str
    fragment: str
    legal: str
    illegal: str


FIELDS = (
    Field(
        "podcast-medium-invalid",
        "<channel><podcast:medium>{}</podcast:medium></channel>",
        "podcast|music|video|film|audiobook|newsletter|blog|course",
        "Podcast|podcasts|PODCAST|audio|musicl|Mixed|mixedL|yes|",
    ),
    Field(
        "podcast-live-item-status-invalid",
        LIVE.replace('"live"', '"{}"'),
        "pending|live|ended",
        "LIVE|on air|Pending|end|true|",
    ),
    Field(
        "podcast-live-item-start-invalid",
        LIVE.replace("2026-06-08T19:00:00Z", "{}"),
        "2026-06-08T19:00:00Z|2026-06-08T07:30:00.000-0600|2026-06-08T07:30:00-06:00|2026-06-08T07:30+02:00",
        "now|2026-06-08|2026-06-31T19:00:00Z|2026-06-08 19:00:00Z|19:00|1780945200|Mon, 08 Jun 2026 19:00:00 GMT|",
    ),
    Field(
        "podcast-live-item-end",
        LIVE.replace("2026-06-09T21:00:00Z", "{}"),
        "2026-06-08T21:00:00Z|2026-06-08T21:00:00.000+0000",
        "later|2026-06-09|2026-06-08T19:00:00Z|2026-06-08T18:00:00Z|2026-06-08T21:00:00+09:00",
    ),
    Field(
        "podcast-value-suggested-invalid",
        PAID.format('suggested="{}"', 'split="1"', ""),
        "0.00000005000|0.00000015000|1|0",
        "5 sats|-0.1|1,5|free|5e-8",
    ),
    Field("podcast-value-split-invalid", PAID.format("", 'split="{}"', ""), "0|1|50|100|190", "-1|0.5|50%|half|1e2|١"),
    Field("podcast-value-fee-invalid", PAID.format("", 'split="1" fee="{}"', ""), "true|false", "yes|1|True|TRUE|0|5%"),
    Field(
        "podcast-value-node-address",
        PAID.format("", 'split="1"', "").replace(NODE, "{}"),
        f"{NODE}|03{NODE[2:].upper()}",
        f"{NODE[:-1]}|{NODE}0|04{NODE[2:]}|ada@example.org|{NODE[:-1]}g",
    ),
    Field("podcast-value-time-split-time", SPLIT.format(100).replace("60", "{}"), "0|60|60.5", "1:00|-1|60s|PT1M|one|"),
    Field("podcast-value-time-split-time", SPLIT.format(100).replace("237", "{}"), "1|237|0.5", "3:57|-237|237s|all|"),
    Field("podcast-value-time-split-percentage", SPLIT, "0|50|99.5|100", "-1|101|95%|half"),
    Field(
        "chapters-psc-start-invalid",
        CHAPTERS,
        "37|37.5|7:48|07:48|35:12.250|01:35:52|1:35:52|05:12:03.500|100:00:00",
        "7:60|1:2:03|01:60:00|7:4|npt:37|-37|00:01:02,5|1m|1h2m|37s|1:00:00:00|:37|7:48.5.1|75:00|١:٠٠|soon",
    ),
    Field(
        "podcast-image-aspect-ratio-invalid",
        IMAGE.format("aspect-ratio"),
        "1/1|16/9|9/16|4/1|16 / 9|1.9|1",
        "16:9|16x9|square|0/1|1/0|-1|16/9/1|16/|/9|16,9",
    ),
    Field("podcast-image-size-invalid", IMAGE.format("width"), "1|512|1400|3000", "0|-1|14.5|100%|1400px"),
    Field("podcast-image-size-invalid", IMAGE.format("height"), "1|630", "0|-1|14.5|100%|630px|auto"),
    Field(
        "podcast-image-type-invalid",
        IMAGE.format("type"),
        "image/png|image/svg+xml|image/webp|video/mp4",
        "png|audio/mpeg|.png",
    ),
    Field(
        "podcast-update-frequency-rrule-invalid",
        OFTEN.format('rrule="{}"'),
        "FREQ=DAILY|FREQ=WEEKLY|FREQ=WEEKLY;INTERVAL=2|FREQ=MONTHLY;INTERVAL=2|FREQ=YEARLY|BYDAY=MO;FREQ=WEEKLY|"
        "FREQ=DAILY;INTERVAL=1;BYDAY=MO,TU,WE,TH,FR|FREQ=WEEKLY;BYDAY=FR;BYMONTHDAY=13|FREQ=YEARLY;BYDAY=+4TH;BYMONTH=11|"
        "FREQ=MONTHLY;BYDAY=-1FR|FREQ=MONTHLY;BYMONTHDAY=1,15,-1|FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1|"
        "FREQ=YEARLY;BYWEEKNO=20|FREQ=YEARLY;BYYEARDAY=1,100,-1|FREQ=WEEKLY;WKST=SU;BYHOUR=9;BYMINUTE=0;BYSECOND=0|"
        "FREQ=WEEKLY;UNTIL=20261231T235959Z|FREQ=WEEKLY;UNTIL=20261231",
        "WEEKLY|FREQ=|FREQ=BIWEEKLY|INTERVAL=2|FREQ=WEEKLY;|FREQ=WEEKLY;;BYDAY=MO|FREQ=WEEKLY;FREQ=DAILY|"
        "FREQ=WEEKLY,BYDAY=MO|FREQ=WEEKLY;BYDAY=MONDAY|FREQ=WEEKLY;BYDAY=1MO|FREQ=MONTHLY;BYDAY=54MO|"
        "FREQ=MONTHLY;BYMONTHDAY=32|FREQ=MONTHLY;BYMONTHDAY=0|FREQ=YEARLY;BYMONTH=13|FREQ=WEEKLY;INTERVAL=0|"
        "FREQ=WEEKLY;INTERVAL=-1|FREQ=DAILY;COUNT=0|FREQ=DAILY;COUNT=3;UNTIL=20261231|FREQ=DAILY;UNTIL=20260231|"
        "FREQ=DAILY;UNTIL=tomorrow|FREQ=WEEKLY; BYDAY=MO|FREQ=DAILY;BYHOUR=24|FREQ=DAILY;BYMINUTE=60|"
        "FREQ=WEEKLY;WKST=1|FREQ=MONTHLY;BYWEEKNO=3|FREQ=DAILY;BYYEARDAY=3|FREQ=DAILY;BYSETPOS=1|"
        "FREQ=WEEKLY;EVERY=2|0 9 * * 1",
    ),
    Field(
        "podcast-update-frequency-dtstart-invalid",
        OFTEN.format('rrule="FREQ=WEEKLY;COUNT=10" dtstart="{}"'),
        "2026-08-31|2026-08-31T08:00:00.000Z|2026-08-31T08:00:00+02:00|20260831T080000Z|20260831",
        "Mon, 31 Aug 2026 08:00:00 GMT|2026-8-31|31.08.2026|2026-02-30|soon|1787000000",
    ),
    Field("podcast-update-frequency-complete-invalid", OFTEN.format('complete="{}"'), "true|false", "yes|1|True|no"),
    Field(
        "podcast-podping-invalid",
        '<channel><podcast:podping usesPodping="{}"/></channel>',
        "true|false",
        "yes|True|1",
    ),
    Field(
        "podcast-block-invalid",
        '<channel><podcast:block id="google">{}</podcast:block></channel>',
        "yes|no",
        "Yes|true|false|NO|1|",
    ),
    Field(
        "podcast-remote-item-feed-guid",
        ROLL.format("{}", "podcast"),
        f"{GUID}|{GUID.upper()}",
        f"shanties|{GUID[:-1]}|{GUID.replace('-', '')}|urn:uuid:{GUID}|{{{GUID}}}|",
    ),
    Field(
        "podcast-remote-item-medium-invalid",
        ROLL.format(GUID, "{}"),
        "podcast|music|publisher|musicL|mixed",
        "Music|song",
    ),
    Field(
        "podcast-chat-server-invalid",
        '<item><podcast:chat server="{}" protocol="irc" accountId="@ada"/></item>',
        "irc.example.org|example.org|chat.example.co.uk",
        "https://irc.example.org|irc.example.org:6697|irc.example.org/tides|irc example.org|localhost",
    ),
    Field(
        "podcast-social-interact-protocol-invalid",
        '<item><podcast:socialInteract protocol="{}" uri="https://social.example/1" accountId="@ada"/></item>',
        "activitypub|twitter|lightning|atproto|hive|matrix|nostr",
        "mastodon|ActivityPub|facebook|",
    ),
    Field(
        "podcast-transcript-type-unknown",
        WORDS.format('type="{}"'),
        "text/vtt|application/x-subrip|application/json|text/html|text/plain|text/html; charset=utf-8",
        "vtt|text/srt+xml|application/pdf|text/markdown|audio/mpeg",
    ),
    Field(
        "podcast-transcript-type-legacy-srt",
        WORDS.format('type="{}"'),
        "application/x-subrip",
        "application/srt|text/srt",
    ),
    Field(
        "podcast-transcript-language-invalid",
        WORDS.format('type="text/vtt" language="{}"'),
        "en|de|pt-BR|zh-Hant-TW|es-419",
        "english|en_US|xx-|EN-en-EN",
    ),
    Field(
        "podcast-transcript-rel-invalid",
        WORDS.format('type="text/vtt" rel="{}"'),
        "captions",
        "subtitles|caption|Captions|transcript",
    ),
    Field("podcast-soundbite-time-missing", BITE.format("{}", "60"), "0|73|73.0|1234.5", "1:13|-1|60s|PT1M|one|"),
    Field("podcast-soundbite-time-missing", BITE.format("0", "{}"), "15|60.0|42.25|120", "1:00|-30|30s|PT30S|half|"),
    Field("podcast-soundbite-duration-range", BITE.format("0", "{}"), "15|119.9|120", "14.9|121|3600|0"),
)


def list_values(which: str) -> list[tuple[Field, str]]:
    """Each field with each of its legal or illegal values."""
    return [(field, value) for field in FIELDS for value in getattr(field, which).split("|")]


def find_rules(folder: Path, fragment: str) -> set[str]:
    """The rules that find a fault in a fragment."""
    file = folder / "fragment.xml"
    file.write_text(fragment, encoding="utf-8")
    example = read_example(file)
    verdict = check_document(parse_document(parse_source(file.name, example.data), at=AT), BOOK)
    return {finding.rule for finding in verdict.findings}


@pytest.mark.parametrize(("field", "value"), list_values("legal"))
def test_a_legal_value_passes_without_a_word(field: Field, value: str, tmp_path: Path) -> None:
    assert find_rules(tmp_path, field.fragment.replace("{}", value)) == set()


def test_an_optional_attribute_without_a_value_is_one_fault(tmp_path: Path) -> None:
    for fragment in (IMAGE.format("width"), OFTEN.format('rrule="{}"'), WORDS.format('type="text/vtt" language="{}"')):
        assert find_rules(tmp_path, fragment.replace("{}", "")) == {"podcast-attribute-blank"}


@pytest.mark.parametrize(("field", "value"), list_values("illegal"))
def test_an_illegal_value_is_found_by_its_rule_and_no_other(field: Field, value: str, tmp_path: Path) -> None:
    assert find_rules(tmp_path, field.fragment.replace("{}", value)) == {field.rule}


@given(
    st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY", "HOURLY", "OFTEN", "")),
    st.dictionaries(
        st.sampled_from(("INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYHOUR", "BYSETPOS", "WKST", "UNTIL", "COUNT")),
        st.text(alphabet="0123456789MOTUSAFR,+-TZ", max_size=9)
        | st.sampled_from(("1", "2", "MO", "MO,TU", "-1FR", "20261231")),
        max_size=3,
    ),
)
def test_what_the_grammar_of_recurrence_takes_a_library_of_calendars_takes_too(
    often: str, parts: dict[str, str]
) -> None:
    rrule = ";".join(f"{name}={value}" for name, value in {"FREQ": often, **parts}.items())
    if not find_recurrence_fault(rrule) and "-" not in parts.get("UNTIL", ""):
        rrulestr(rrule, dtstart=dt.datetime(2026, 1, 1, tzinfo=dt.UTC if "Z" in parts.get("UNTIL", "") else None))


@given(st.integers(0, 10**9))
def test_every_play_time_that_is_written_here_is_read(ms: int) -> None:
    assert parse_play_time(format_npt(ms)) == ms


@given(st.text(alphabet="0123456789:.-() hms\nAb<>/br", max_size=60))
def test_stamps_are_read_out_of_any_text(notes: str) -> None:
    stamps = find_stamps(notes)
    assert all(line.seconds >= 0 and line.time in notes for line in stamps.lines)
