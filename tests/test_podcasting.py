"""The tags of the podcast namespace: what authors write reaches the feed, and what a feed says comes back, whole."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from feeds.errors import Fault, SeedError
from feeds.namespaces import PODCAST, PREFIXES
from feeds.podcasting import tags
from feeds.podcasting.elements import parse_elements, render_values
from feeds.podcasting.forms import Form
from feeds.podcasting.places import CHANNEL, EPISODE_TAGS
from feeds.podcasting.tables import format_values, parse_values
from feeds.records.seeds import parse_seed
from feeds.rulebook.podcast.tags import TAGS
from feeds.settings.channel import parse_channels
from feeds.tables.table import Table
from tests.tag_values import values_of

CENSUS = Path(__file__).parents[2] / "shared" / "specs" / "podcast-namespace-tags.tsv"

FORMS: Mapping[str, Form[Any]] = {form.tag: form for form in vars(tags).values() if isinstance(form, Form)}

# Tags that are made of other keys, and those for which authors have shorter words: everything else is at a place.
MADE_OTHERWISE = {"chapters", "guid", "medium", "podping", "podroll", "publisher"}
SHORTENED = {"transcript", "locked", "person"}
DEPRECATED = {"images"}

each_form = pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.tag)


def read_table(data: dict[str, object], form: Form[Any]) -> tuple[tuple[Any, ...], list[Fault]]:
    faults: list[Fault] = []
    table = Table(data, path="channel.toml", locate=lambda _: 1, faults=faults)
    return parse_values(form, table, "tag"), faults


@each_form
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], deadline=None)
@given(data=st.data())
def test_what_is_written_in_a_table_is_read_as_it_was(form: Form[Any], data: st.DataObject) -> None:
    values = tuple(data.draw(st.lists(values_of(form), max_size=3)))
    text = tomli_w.dumps({"tag": format_values(form, values)})
    assert read_table(tomllib.loads(text), form) == (values, [])


@each_form
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], deadline=None)
@given(data=st.data())
def test_what_is_written_in_a_feed_is_read_as_it_was(form: Form[Any], data: st.DataObject) -> None:
    values = tuple(data.draw(st.lists(values_of(form), max_size=3)))
    parent = etree.Element("item", nsmap=PREFIXES)
    render_values(parent, form, values)
    again = etree.fromstring(etree.tostring(parent))
    assert parse_elements(form, again.iterchildren(f"{{{PODCAST}}}{form.tag}")) == values


@each_form
def test_a_form_has_the_attributes_of_its_tag_and_needs_those_that_it_needs(form: Form[Any]) -> None:
    fields = TAGS[f"podcast:{form.tag}"].fields
    attributes = {key.attribute: key for key in form.keys if key.attribute is not None}
    assert set(attributes) == set(fields)
    # The build fills in what it measures, and the type of a file is known by its name.
    measured = {("alternateEnclosure", "type")}
    required = {name for name, field in fields.items() if field.need == "required" and (form.tag, name) not in measured}
    needed = {name for name, key in attributes.items() if key.remedy}
    assert needed >= required
    # A link without words is none that anybody would follow.
    assert needed - required <= {""}


@each_form
def test_the_keys_of_a_form_are_the_names_of_the_namespace(form: Form[Any]) -> None:
    for key in form.keys:
        if key.attribute:
            assert re.sub(r"(?<=[a-z])([A-Z])", r"_\1", key.attribute).lower().replace("-", "_") == key.name


@each_form
def test_what_stands_within_a_tag_are_the_tags_whose_parent_it_is(form: Form[Any]) -> None:
    if form.tag == "liveItem":  # it holds an item, which has a form of its own
        assert TAGS["podcast:person"].parents[-1] == "podcast:liveItem" and not form.inner
        return
    within = {name.removeprefix("podcast:") for name, tag in TAGS.items() if f"podcast:{form.tag}" in tag.parents}
    assert {inner.form.tag for inner in form.inner} == within


@pytest.mark.parametrize(("places", "parent"), [(CHANNEL, "channel"), (EPISODE_TAGS, "item")])
def test_a_channel_and_an_episode_can_have_every_tag_that_may_stand_there(places: Any, parent: str) -> None:
    there = {name.removeprefix("podcast:") for name, tag in TAGS.items() if parent in tag.parents}
    placed = {place.within or place.form.tag for place in places}
    # A stream is an episode that is live.
    assert there - placed - DEPRECATED <= MADE_OTHERWISE | SHORTENED | {"liveItem"}
    assert {place.tag: place.single for place in places if not place.within} == {
        place.tag: TAGS[place.tag].single for place in places if not place.within
    }


def list_keys(place: str, form: Form[Any], within: str = "") -> Iterator[str]:
    """The addresses of all keys of a tag, as patterns: members of lists have a number, and may lie deeper."""
    yield from (rf"{place}(\.\w+)*?{within}(\.\d+)?\.{key.name}" for key in form.keys)
    for inner in form.inner:
        yield from list_keys(place, inner.form, rf"\.{inner.name}")


@pytest.mark.parametrize(("places", "file"), [(CHANNEL, "channels"), (EPISODE_TAGS, "seeds")], ids=["channel", "item"])
def test_every_key_of_every_tag_is_wrong_in_a_pair_and_told_at_its_line(places: Any, file: str) -> None:
    told = (Path(__file__).parent / file / "every-tag-is-wrong.error.txt").read_text(encoding="utf-8")
    keys = {key for place in places for key in list_keys(place.name, place.form)}
    assert [key for key in sorted(keys) if not re.search(rf":\d+: (channels\.show\.)?{key}: ", told)] == []


@pytest.mark.parametrize("name", [place.name for place in CHANNEL])
def test_a_key_of_a_channel_that_lacks_a_letter_is_told_with_the_one_that_is_meant(name: str) -> None:
    text = f'[site]\nurl = "https://example.org"\ntitle = "x"\n[channels.show]\n{name[:2]}{name[3:]} = true\n'
    messages = [fault.message for fault in parse_channels(text, "channel.toml").faults]
    assert f"channels.show.{name[:2]}{name[3:]}: is no known key; did you mean '{name}'?" in messages


@pytest.mark.parametrize("name", [place.name for place in EPISODE_TAGS])
def test_a_key_of_a_record_that_lacks_a_letter_is_told_with_the_one_that_is_meant(name: str) -> None:
    text = f"---\ntitle: x\ndate: 2026-05-12\n{name[:2]}{name[3:]}: true\n---\n"
    with pytest.raises(SeedError) as caught:
        parse_seed(text, "x.md")
    assert str(caught.value) == f"x.md:4: {name[:2]}{name[3:]}: is no known key; did you mean '{name}'?"


def test_every_tag_of_the_namespace_can_be_written_by_its_author() -> None:
    if not CENSUS.is_file():
        pytest.skip("the census of tags is not in ../shared/specs")
    with CENSUS.open(encoding="utf-8", newline="") as file:
        census = {row["tag"].removeprefix("podcast:") for row in csv.DictReader(file, delimiter="\t")}
    assert census - DEPRECATED - MADE_OTHERWISE == set(FORMS)


@pytest.mark.parametrize(
    ("name", "entry", "message"),
    [
        ("socialInteract", {"protocol": "activitypub"}, "tag: names no post: write its uri"),
        (
            "socialInteract",
            {"protocol": "disabled", "uri": "https://a.example"},
            "tag: is disabled, and names a place all the same: take out one of the two",
        ),
        ("updateFrequency", {"complete": True}, "tag: says nothing: write text or rrule"),
        ("updateFrequency", {"rrule": "FREQ=FORTNIGHTLY"}, "tag.rrule: 'FREQ=FORTNIGHTLY' has the FREQ 'FORTNIGHTLY'"),
        ("updateFrequency", {"rrule": "FREQ=DAILY;COUNT=3"}, "tag: has a COUNT in its rrule, and nobody knows from"),
        ("alternateEnclosure", {"type": "audio/ogg"}, "tag: names no recording: write file, or sources"),
        ("alternateEnclosure", {"file": "https://a.example/x"}, "tag: names an address as its file: write it among"),
        (
            "liveItem",
            {"status": "live", "start": "2026-06-01T18:00:00Z", "end": "2026-06-01T18:00:00Z"},
            "tag: ends before it begins: correct its end",
        ),
        ("liveItem", {"status": "LIVE", "start": "2026-06-01"}, "tag.status: 'LIVE' is none of pending, live, ended"),
        ("liveItem", {"status": "live", "start": "2026-06-01T18:00:00"}, "tag.start: 2026-06-01T18:00:00 is no moment"),
        ("alternateEnclosure", {"sources": ["https://a.example/x"]}, "tag: does not say what it is: write type"),
        ("value", {"type": "lightning", "method": "keysend"}, "tag: names nobody who is paid: write recipients"),
        ("location", {"name": "Bergen", "geo": "somewhere"}, "tag.geo: 'somewhere' is no place: write geo:latitude"),
        ("location", {"name": "Bergen", "osm": "7444"}, "tag.osm: '7444' names nothing in OpenStreetMap"),
        ("location", {"name": "Bergen", "country": "UK"}, "tag.country: 'UK' is no country: it is no code of ISO"),
        ("location", {"geo": "geo:0,0"}, "tag.name: is missing: write the name of the place"),
        ("chat", {"server": "x", "protocol": "icq"}, "tag.protocol: 'icq' is none of irc, xmpp, nostr, matrix"),
        (
            "trailer",
            {"title": "x", "url": "https://a.example", "pubdate": "2026-05-12"},
            "tag.pubdate: 2026-05-12 is no moment: write its time and time zone too",
        ),
        ("remoteItem", {"feedGuid": "x"}, "tag.feedGuid: is no known key; did you mean 'feed_guid'?"),
    ],
)
def test_what_is_wrong_with_a_tag_is_said_with_the_remedy(name: str, entry: dict[str, object], message: str) -> None:
    _, faults = read_table({"tag": entry}, FORMS[name])
    assert any(message in fault.message for fault in faults), faults
