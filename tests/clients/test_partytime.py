"""podcast-partytime, the parser of the Podcast Index: it knows the podcast namespace best of all clients.

Its `pc20support` names a tag as soon as one element of the feed carries it well. So each element is compared
beside, to find one that was dropped in silence.
"""

from __future__ import annotations

import json
import subprocess
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from feeds.formats import SECOND
from feeds.namespaces import PODCAST

if TYPE_CHECKING:
    from tests.clients.conftest import Show

pytestmark = pytest.mark.clients

# Where partytime puts each tag: the key in its JSON, then attribute of the tag → name there; "" is the text.
TAGS = {
    "chapters": ("podcastChapters", {"url": "url", "type": "type"}),
    "episode": ("podcastEpisode", {"": "number"}),
    "funding": ("podcastFunding", {"url": "url", "": "message"}),
    "guid": ("guid", {"": ""}),
    "license": ("license", {"": "identifier"}),
    "location": ("podcastLocation", {"": "name", "geo": "geo", "osm": "osm"}),
    "locked": ("locked", {"": ""}),
    "medium": ("medium", {"": ""}),
    "person": ("podcastPeople", {"": "name", "role": "role", "group": "group", "img": "img", "href": "href"}),
    "podroll": ("podroll", {name: name for name in ("feedGuid", "feedUrl", "title", "medium")}),
    "season": ("podcastSeason", {"": "number"}),
    "transcript": ("podcastTranscripts", {"url": "url", "type": "type"}),
    "txt": ("podcastTxt", {"": "value", "purpose": "purpose"}),
}
# What partytime spells in its own way.
SPELLINGS = {"true": "yes", "false": "no", "application/x-subrip": "application/srt"}


@pytest.fixture(scope="module")
def heard(partytime: Path, find_program: Callable[[str, str], str], show: Show) -> Any:
    node = find_program("node", "install Node.js")
    script = (partytime / "ask.mjs").resolve()
    done = subprocess.run([node, str(script), show.url], stdout=subprocess.PIPE, check=True, text=True)
    return json.loads(done.stdout)


def test_partytime_sees_every_episode_with_guid_date_and_enclosure(heard: Any, show: Show) -> None:
    for seen, item in zip(heard["feed"]["items"], show.items, strict=True):
        assert (seen["title"], seen["guid"]) == (item.record.title, item.guid)
        assert seen["pubDate"] == f"{item.record.date:%Y-%m-%dT%H:%M:%S.000Z}"
        enclosure = seen["enclosure"]
        assert (enclosure["url"], enclosure["length"], enclosure["type"]) == item.enclosure


def test_partytime_sees_duration_season_episode_type_and_explicitness(heard: Any, show: Show) -> None:
    assert heard["feed"]["explicit"] is show.channel.explicit
    for seen, item in zip(heard["feed"]["items"], show.items, strict=True):
        record = item.record
        assert seen["duration"] == item.seconds
        assert (seen.get("itunesSeason"), seen.get("itunesEpisode")) == (record.season, record.episode)
        assert seen["itunesEpisodeType"] == record.type
        assert seen["explicit"] is (show.channel.explicit if record.explicit is None else record.explicit)


def test_partytime_is_led_to_every_chapter_of_the_record(heard: Any, show: Show) -> None:
    for seen, item in zip(heard["feed"]["items"], show.items, strict=True):
        found = read_chapters(seen["podcastChapters"]["url"]) if "podcastChapters" in seen else []
        assert found == [(chapter.start, chapter.title) for chapter in item.record.chapters]


def test_partytime_sees_every_person_of_the_record(heard: Any, show: Show) -> None:
    for seen, item in zip(heard["feed"]["items"], show.items, strict=True):
        people = {(person["name"], person["role"].lower()) for person in seen.get("podcastPeople", ())}
        assert {(person.name, person.role.lower()) for person in item.record.persons} <= people


def test_partytime_is_led_to_every_transcript_of_the_record(heard: Any, show: Show) -> None:
    for seen, item in zip(heard["feed"]["items"], show.items, strict=True):
        transcripts = seen.get("podcastTranscripts", ())
        assert len(transcripts) == len(item.record.transcripts)
        for transcript in transcripts:
            with urllib.request.urlopen(transcript["url"]) as response:
                assert response.headers.get_content_type() == transcript["type"]


def test_partytime_takes_every_podcast_tag_of_the_feed_as_it_stands(heard: Any, show: Show) -> None:
    channel = show.feed.find("channel")
    assert channel is not None
    assert find_differences(channel, heard["feed"], heard["known"]) == []
    for item, seen in zip(show.items, heard["feed"]["items"], strict=True):
        assert find_differences(item.element, seen, heard["known"]) == []


def test_partytime_counts_each_of_those_tags_as_supported(heard: Any, show: Show) -> None:
    parents = [*show.feed, *(item.element for item in show.items)]
    present = {name for parent in parents for name in find_tags(parent)}
    expected = {name for name in present if f"podcast:{name}" in heard["known"]}
    assert expected
    assert expected == {name for names in heard["feed"]["pc20support"].values() for name in names}


def test_a_web_player_of_another_origin_may_fetch_feed_chapters_transcripts_and_audio(heard: Any) -> None:
    assert len(heard["shared"]) > 1
    assert [url for url, shared in heard["shared"].items() if not shared] == []


def read_chapters(url: str) -> list[tuple[int, str]]:
    """Read a chapters file as a player does: starts in milliseconds, and titles."""
    with urllib.request.urlopen(url) as response:
        chapters = json.load(response)["chapters"]
    return [(round(chapter["startTime"] * SECOND), chapter["title"]) for chapter in chapters]


def find_tags(parent: etree._Element) -> dict[str, list[etree._Element]]:
    """Find the podcast tags of a channel or item by their name."""
    tags: dict[str, list[etree._Element]] = {}
    for element in parent.iterchildren(f"{{{PODCAST}}}*"):
        tags.setdefault(etree.QName(element).localname, []).append(element)
    return tags


def find_differences(parent: etree._Element, seen: dict[str, Any], known: list[str]) -> list[str]:
    """Compare each podcast tag that partytime knows with what it made of it."""
    differences = []
    for name, elements in find_tags(parent).items():
        if f"podcast:{name}" not in known:
            continue
        key, names = TAGS[name]
        given = [child for element in elements for child in element] if name == "podroll" else elements
        written = [[find_written(element, attribute) for attribute in names] for element in given]
        found = seen.get(key, [])
        taken = [[find_taken(one, field) for field in names.values()] for one in as_list(found)]
        if written != taken:
            differences.append(f"podcast:{name}: {written} became {taken}")
    return differences


def as_list(found: Any) -> list[Any]:
    """A tag that may stand but once is given alone."""
    return found if isinstance(found, list) else [found]


def find_written(element: etree._Element, attribute: str) -> str:
    """What the feed says, in one spelling."""
    text = str(element.get(attribute) or "") if attribute else element.text or ""
    return SPELLINGS.get(text.casefold(), text.casefold())


def find_taken(found: Any, field: str) -> str:
    """What partytime says, in the same spelling."""
    text = str(found.get(field, "") if field else found).casefold()
    return SPELLINGS.get(text, text)
