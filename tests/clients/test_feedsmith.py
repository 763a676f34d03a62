"""feedsmith, a parser of feeds in TypeScript, knows the podcast namespace to its newest tags, and Podlove's chapters.

What an author wrote is said in the names of the namespace, which are those of feedsmith, and compared whole.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from feeds.formats import SECOND
from feeds.media_types import is_url
from feeds.model import Channel, Episode
from feeds.podcasting.forms import Form
from feeds.podcasting.places import CHANNEL, EPISODE_TAGS, Place
from feeds.podcasting.spellings import TIME
from feeds.podcasting.tags import PERSON
from tests.clients.confirming import confirms

if TYPE_CHECKING:
    from tests.clients.conftest import Show

pytestmark = pytest.mark.clients

# Where feedsmith has another name for a tag than an s behind it, and for its text than "display".
NAMES = {"license": "license", "chat": "chat", "season": "season", "episode": "episode"}
NAMES |= {"updateFrequency": "updateFrequency", "podroll": "podroll", "publisher": "publisher"}
TEXTS = {"block": "value", "season": "number", "episode": "number"}
# What it does not read there: later additions to the namespace.
UNREAD = {"channel": {"socialInteract"}, "item": {"contentLink", "funding"}, "liveItem": {"contentLink", "funding"}}


@pytest.fixture(scope="module")
def heard(ask_node: Callable[..., Any], show: Show) -> Any:
    return ask_node("feedsmith.mjs", show.url)


@confirms("feedsmith", "psc", "count start title link picture")
def test_feedsmith_sees_every_listed_chapter_of_psc(heard: Any, show: Show) -> None:
    for seen, item in zip(heard["items"], show.items, strict=True):
        chapters = seen.get("psc", {"chapters": []})["chapters"]
        for one, chapter in zip(chapters, item.listed_chapters, strict=True):
            hours, minutes, seconds = one["start"].split(":")
            start = (int(hours) * 60 + int(minutes)) * 60 * SECOND + round(float(seconds) * SECOND)
            assert (start, one["title"], one.get("href", "")) == (chapter.start, chapter.title, chapter.link)
            assert item.reads_as(one.get("image", ""), chapter.image)


def test_feedsmith_sees_every_podcast_tag_of_a_channel_as_its_author_wrote_it(heard: Any, show: Show) -> None:
    channel = show.channel
    seen = heard["podcast"]
    assert seen["locked"] == {"value": channel.locked.locked, "owner": channel.locked.owner}
    assert seen["medium"] == channel.medium
    assert seen["guid"] == show.feed.findtext("channel/{*}guid")
    assert seen.get("podping", {}).get("usesPodping") == channel.podping
    assert seen.get("persons", []) == describe_all(PERSON, channel.persons)
    assert find_seen(seen, CHANNEL, "channel", show) == describe_places(CHANNEL, channel, "channel")


def test_feedsmith_sees_every_podcast_tag_of_an_episode_as_its_author_wrote_it(heard: Any, show: Show) -> None:
    for one, item in zip(heard["items"], show.items, strict=True):
        seen = one.get("podcast", {})
        assert seen.get("persons", []) == describe_all(PERSON, item.persons)
        transcripts = [(each["type"], each.get("rel", "")) for each in seen.get("transcripts", [])]
        assert {(each.type, each.rel) for each in item.record.transcripts} <= set(transcripts)
        assert ("chapters" in seen) is bool(item.record.chapters)
        said = describe_places(EPISODE_TAGS, item.record, "item")
        assert {
            name: value for name, value in find_seen(seen, EPISODE_TAGS, "item", show).items() if name in said
        } == said


def test_feedsmith_sees_every_stream_that_is_announced(heard: Any, show: Show) -> None:
    streams = heard["podcast"].get("liveItems", [])
    for seen, record in zip(streams, show.streams, strict=True):
        assert record.live
        moments = [dt.datetime.fromisoformat(seen[name]) for name in ("start", "end")]
        assert (seen["status"], *moments) == (record.live.status, record.live.start, record.live.end)
        links = [(link["href"], link["display"]) for link in seen["contentLinks"]]
        assert links == [(link.href, link.text) for link in record.content_links]
        said = describe_places(EPISODE_TAGS, record, "liveItem")
        assert find_seen(seen, EPISODE_TAGS, "liveItem", show) == said


def test_feedsmith_is_led_to_versions_and_pictures_that_are_as_it_is_told(heard: Any, show: Show) -> None:
    for parent in (heard, *heard["items"]):
        for version in parent["podcast"].get("alternateEnclosures", []) if "podcast" in parent else []:
            for source in version["sources"]:
                if file := show.find_file(source["uri"]):
                    data = file.read_bytes()
                    assert version["length"] == len(data)
                    name, _, digest = version["integrity"]["value"].partition("-")
                    assert base64.b64decode(digest) == hashlib.new(name, data).digest()
        for picture in parent["podcast"].get("images", []) if "podcast" in parent else []:
            if file := show.find_file(picture["href"]):
                with Image.open(file) as image:
                    assert (picture["width"], picture["height"]) == image.size


def find_seen(seen: dict[str, Any], places: Iterable[Place], parent: str, show: Show) -> dict[str, Any]:
    """What feedsmith says of these places, but for what the build measured of files of ours."""
    found: dict[str, Any] = {}
    for place in find_read(places, parent):
        if value := seen.get(find_name(place)):
            kept = [each for each in value if not is_ours(each, show)] if isinstance(value, list) else value
            found |= {find_name(place): kept} if kept else {}
    return found


def is_ours(value: dict[str, Any], show: Show) -> bool:
    urls = (value.get("href", ""), *(source["uri"] for source in value.get("sources", ())))
    return any(show.find_file(url) for url in urls)


def describe_places(places: Iterable[Place], owner: Channel | Episode, parent: str) -> dict[str, Any]:
    """All that a channel or an episode says, as feedsmith says it."""
    said: dict[str, Any] = {}
    for place in find_read(places, parent):
        held = getattr(owner, place.name)
        values = [each for each in ([held] if place.single else held) if each and not names_file(each)]
        if described := describe_all(place.form, values):
            if place.within:
                within = f"{place.form.tag}s"
                said[find_name(place)] = {place.form.tag: described[0]} if place.single else {within: described}
            else:
                said[find_name(place)] = described[0] if place.single else described
    return said


def names_file(value: Any) -> bool:
    """Whether it names a file of its author's."""
    name = getattr(value, "file", "") or getattr(value, "href", "")
    return bool(name) and not is_url(name)


def find_read(places: Iterable[Place], parent: str) -> list[Place]:
    return [place for place in places if (place.within or place.form.tag) not in UNREAD[parent]]


def find_name(place: Place) -> str:
    tag = place.within or place.form.tag
    return NAMES.get(tag, f"{tag}s")


def describe_all(form: Form[Any], values: Iterable[Any]) -> list[dict[str, Any]]:
    return [describe(form, value) for value in values]


def describe(form: Form[Any], value: Any) -> dict[str, Any]:
    """A value under the names of its attributes, as JSON has it; what is not said in the feed is left out."""
    described: dict[str, Any] = {}
    for key in form.keys:
        said = getattr(value, key.name)
        if key.attribute is not None and (said != key.default or key.spoken or key.remedy):
            head, *rest = (key.attribute or TEXTS.get(form.tag, "display")).split("-")
            name = head + "".join(map(str.title, rest))
            name = {"pubdate": "pubDate"}.get(name, name)
            described[name] = said / SECOND if key.spelling is TIME else find_plain(said)
    for inner in form.inner:
        held = getattr(value, inner.name)
        if held:
            name = inner.form.tag if inner.single else f"{inner.form.tag}s"
            described[name] = describe(inner.form, held) if inner.single else describe_all(inner.form, held)
    return described


def find_plain(said: Any) -> Any:
    if isinstance(said, Decimal):
        return float(said)
    return f"{said:%a, %d %b %Y %H:%M:%S %z}" if isinstance(said, dt.datetime) else said
