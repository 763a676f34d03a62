"""Readers of chapters in texts: the JSON file, the time stamps of a description.

The JSON file is also held to a schema, written by the tables of JSON chapters 1.2 (podcast namespace,
docs/examples/chapters/jsonChapters.md): no reader looks at all that it may hold.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import jsonschema
import podcast_chapter_tools
import pytest
from lxml import html
from yt_dlp.extractor.common import InfoExtractor

from feeds.formats import SECOND
from feeds.model import Chapter, Location
from tests.clients.confirming import confirms

if TYPE_CHECKING:
    from tests.clients.conftest import Published, Show

pytestmark = pytest.mark.clients

MOST = 100
"""More chapters than this need more than the 4,000 bytes of a description."""

_TEXT = {"type": "string"}
_SECONDS = {"type": "number", "minimum": 0}
_ADDRESS = {"type": "string", "pattern": "^https?://"}
SCHEMA = {
    "type": "object",
    "required": ["version", "chapters"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "1.2.0"},
        "chapters": {"type": "array", "items": {"$ref": "#/$defs/chapter"}},
        "author": _TEXT,
        "title": _TEXT,
        "podcastName": _TEXT,
        "description": _TEXT,
        "fileName": _TEXT,
        "waypoints": {"type": "boolean"},
    },
    "$defs": {
        "chapter": {
            "type": "object",
            "required": ["startTime"],
            "additionalProperties": False,
            "properties": {
                "startTime": _SECONDS,
                "endTime": _SECONDS,
                "title": _TEXT,
                "img": _ADDRESS,
                "url": _ADDRESS,
                "toc": {"type": "boolean"},
                "location": {
                    "type": "object",
                    "required": ["name", "geo"],
                    "additionalProperties": False,
                    "properties": {
                        "name": _TEXT,
                        "geo": {"type": "string", "pattern": "^geo:"},
                        "osm": {"type": "string", "pattern": "^[NWR][0-9]+(#[0-9]+)?$"},
                    },
                },
            },
        },
    },
}


def read_json(item: Published) -> Any:
    return json.loads((item.media.parent / "chapters.json").read_bytes())


def find_description(item: Published) -> str:
    """The description as it will be published: the port of an address could be taken for a time."""
    return re.sub(r"http://127\.0\.0\.1:\d+", "https://podcast.example", item.find_text("description"))


def find_stamped(item: Published) -> list[Chapter]:
    """The chapters that a description can hold: of those that begin within a second, the first."""
    by_second: dict[int, Chapter] = {}
    for chapter in item.listed_chapters:
        by_second.setdefault(chapter.start // SECOND, chapter)
    return list(by_second.values())


def test_every_file_of_chapters_is_as_the_tables_of_the_namespace_and_its_author_say(show: Show) -> None:
    validator = jsonschema.Draft202012Validator(SCHEMA)
    told = 0
    for item in show.items:
        if item.record.chapters:
            document = read_json(item)
            assert [error.message for error in validator.iter_errors(document)] == []
            for one, chapter in zip(document["chapters"], item.record.chapters, strict=True):
                assert (one["startTime"], one["title"]) == (chapter.start / SECOND, chapter.title)
                assert one.get("endTime") == (None if chapter.end is None else chapter.end / SECOND)
                assert one.get("toc", True) is chapter.toc
                place = one.get("location", {"name": "", "geo": ""})
                assert Location(osm=place.get("osm", ""), name=place["name"], geo=place["geo"]) == (
                    chapter.location or Location(name="")
                )
            told += 1
    assert told


@confirms("podcast-chapter-tools", "JSON", "count start title link picture")
def test_podcast_chapter_tools_sees_every_chapter_of_the_file_at_its_second(show: Show) -> None:
    for item in show.items:
        if item.record.chapters:
            seen = podcast_chapter_tools.extract_pci_chapters(read_json(item)) or []
            for one, chapter in zip(seen, item.record.chapters, strict=True):
                assert (one.start, one.title) == (chapter.start // SECOND, chapter.title)
                assert (one.url or "") == chapter.link
                assert item.reads_as(one.image or "", chapter.image)


@confirms("podcast-chapter-tools", "time stamps", "count start title")
def test_podcast_chapter_tools_sees_every_listed_chapter_in_the_description(show: Show) -> None:
    for item in show.items:
        chapters = find_stamped(item)
        if 1 < len(chapters) < MOST:
            seen = podcast_chapter_tools.extract_description_chapters(find_description(item), strip_html=True) or []
            # It leaves out a title with a bracket, and takes a dash in front for one that parts it from its stamp.
            plain = [one for one in chapters if not re.search(r"[\[(]", one.title)]
            expected = [(one.start // SECOND, one.title.lstrip("- ")) for one in plain]
            assert [(one.start, one.title) for one in seen] == expected


@confirms("yt-dlp", "time stamps", "count start title")
def test_yt_dlp_sees_every_listed_chapter_in_the_text_of_the_description(show: Show) -> None:
    reader = InfoExtractor()
    for item in show.items:
        chapters = find_stamped(item)
        if 1 < len(chapters) < MOST:
            text = str(html.fromstring(find_description(item)).xpath("string()"))
            seen = reader._extract_chapters_from_description(text, item.seconds)
            # It takes signs in front of a title for what parts it from its stamp.
            titles = [re.sub(r"^\W*\s", "", f" {chapter.title}") for chapter in chapters]
            expected = [(one.start // SECOND, title) for one, title in zip(chapters, titles, strict=True)]
            assert [(one["start_time"], one["title"]) for one in seen] == expected
