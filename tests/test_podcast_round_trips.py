"""Whatever an author says of a channel or an episode stands in the feed, and comes back from there as it was said."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feeds.building.assemble import merge_persons
from feeds.formats import format_url
from feeds.importers.feed.channels import format_channel, parse_channel
from feeds.importers.feed.items import Elements, complete_draft, parse_item
from feeds.model import (
    Channel,
    Episode,
    Locked,
    Owner,
    RemoteAudio,
    Transcript,
)
from feeds.podcasting.places import CHANNEL, EPISODE_TAGS, Place
from feeds.podcasting.tags import LOCKED, PERSON, TRANSCRIPT
from feeds.settings.channel import parse_channels
from feeds.tables.values import MEDIUMS
from tests.published_tags import BARE, publish_channel, publish_item
from tests.tag_values import values_at, values_of

SETTINGS = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)

HEAD = '[site]\nurl = "https://example.org"\ntitle = "x"\n'
NOON = dt.datetime(2026, 5, 12, 12, tzinfo=dt.UTC)
persons = st.lists(values_of(PERSON), max_size=3, unique_by=lambda person: person.name).map(tuple)
locks = values_of(LOCKED)


@st.composite
def some_tags(draw: st.DrawFn, places: Sequence[Place]) -> dict[str, Any]:
    """Values at a few places: all of them at once would take long, and one is read without the others."""
    chosen = draw(st.lists(st.sampled_from(places), max_size=4, unique_by=lambda place: place.name))
    return {place.name: draw(values_at(place)) for place in chosen}


@st.composite
def channels(draw: st.DrawFn) -> Channel:
    tags = draw(some_tags(CHANNEL))
    return replace(
        BARE,
        **tags,
        owner=draw(st.none() | st.just(Owner(name="Ada", email="ada@example.org"))),
        locked=draw(locks | st.just(Locked(locked=True, owner="ada@example.org"))),
        podping=draw(st.none() | st.booleans()),
        medium=draw(st.sampled_from(MEDIUMS)),
        persons=draw(persons),
    )


@st.composite
def episodes(draw: st.DrawFn) -> Episode:
    tags = draw(some_tags(EPISODE_TAGS))
    transcripts = tuple(
        Transcript(source=format_url(one.url), type=one.type, language=one.language, rel=one.rel)
        for one in draw(st.lists(values_of(TRANSCRIPT), max_size=2))
    )
    audio = RemoteAudio(url="https://example.org/1.mp3", length=1)
    return Episode(title="One", date=NOON, audio=audio, persons=draw(persons), transcripts=transcripts, **tags)


def list_tags(owner: Channel | Episode, *names: str) -> dict[str, Any]:
    """What an owner says with the tags of the namespace."""
    places = CHANNEL if isinstance(owner, Channel) else EPISODE_TAGS
    return {name: getattr(owner, name) for name in (*(place.name for place in places), *names)}


@SETTINGS
@given(channels())
def test_what_a_channel_says_comes_back_from_its_feed(channel: Channel) -> None:
    draft = parse_channel(Elements(publish_channel(channel)), slug="show", artwork="", guid="", settled=())
    names = ("locked", "podping", "medium", "guid", "persons")
    assert list_tags(draft.channel, *names) == list_tags(channel, *names)
    assert [fragment for _, fragment in draft.spelled if "podcast:" in fragment] == []
    assert "podcast:" not in draft.channel.extra
    assert [note for note in draft.notes if note.startswith("podcast:")] == []


@SETTINGS
@given(channels())
def test_what_a_channel_says_comes_back_from_its_table(channel: Channel) -> None:
    part = parse_channels(HEAD + format_channel(channel), "channel.toml")
    assert part.faults == ()
    (read,) = part.channels
    assert dataclasses.replace(read, path="", seeds="") == channel


@SETTINGS
@given(episodes(), persons)
def test_what_an_episode_says_comes_back_from_its_item(episode: Episode, hosts: Any) -> None:
    channel = replace(BARE, persons=hosts)
    element = publish_item(episode, channel)
    draft = complete_draft(parse_item(element, date=NOON), element, channel)
    assert list_tags(draft.episode, "transcripts") == list_tags(episode, "transcripts")
    assert draft.episode.persons == merge_persons(hosts, episode.persons)
    assert [fragment for _, fragment in draft.spelled if "podcast:" in fragment] == []
    assert "podcast:" not in draft.episode.extra
    assert [note for note in draft.notes if note.startswith("podcast:")] == []
