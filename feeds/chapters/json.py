"""JSON chapters 1.2 of the podcast namespace (docs/examples/chapters/jsonChapters.md)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin

from feeds.chapters.listing import ChapterList, Entry, list_chapters
from feeds.formats import LONGEST, SECOND, format_seconds
from feeds.markup.meaning import parse_npt
from feeds.model import Chapter, Location
from feeds.rulebook.forms.geo import is_osm, parse_geo

VERSION = "1.2.0"

_FACTS = {
    "author": "author",
    "title": "title",
    "podcastName": "podcast",
    "description": "description",
    "fileName": "file_name",
}
"""The texts of the file, and what a list of chapters calls them."""


def format_json_chapters(listing: ChapterList) -> bytes:
    """Write a chapters file, as UTF-8.

    Times are seconds with up to three decimals. A silent chapter carries `"toc": false`.
    """
    document = {**_format_facts(listing), "chapters": list(map(_format_chapter, listing.chapters))}
    return (_dump(document) + "\n").encode()


def format_json_text(listing: ChapterList) -> str:
    """Write the same for people, a chapter on each line."""
    facts = "".join(f" {_dump(name)}: {_dump(value)},\n" for name, value in _format_facts(listing).items())
    chapters = ",\n".join(f"  {_dump(_format_chapter(chapter))}" for chapter in listing.chapters)
    return f'{{\n{facts} "chapters": [\n{chapters}\n ]\n}}\n'


def _format_facts(listing: ChapterList) -> dict[str, object]:
    facts = {name: value for name, field in _FACTS.items() if (value := getattr(listing, field))}
    return {"version": VERSION, **facts, **({"waypoints": True} if listing.waypoints else {})}


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _format_chapter(chapter: Chapter) -> dict[str, object]:
    entry: dict[str, object] = {"startTime": format_seconds(chapter.start)}
    if chapter.end is not None:
        entry["endTime"] = format_seconds(chapter.end)
    entry["title"] = chapter.title
    if chapter.image:
        entry["img"] = chapter.image
    if chapter.link:
        entry["url"] = chapter.link
    if not chapter.toc:
        entry["toc"] = False
    if chapter.location:
        place = {"name": chapter.location.name, "geo": chapter.location.geo, "osm": chapter.location.osm}
        entry["location"] = {name: value for name, value in place.items() if value}
    return entry


def parse_json_chapters(text: bytes | str, base: str = "") -> ChapterList:
    """Read a chapters file, whose own address is `base`. Raises ValueError if the text is none.

    Times are read as numbers and, as some programs write them, as text; a chapter that says nothing of `toc` is listed.
    """
    try:
        document = json.loads(text)
    except RecursionError as error:
        raise ValueError("its lists lie too deep in each other") from error
    except ValueError as error:
        raise ValueError(f"it is no valid JSON: {error}") from error
    entries = document.get("chapters") if isinstance(document, dict) else None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ValueError("it has no list of chapters")
    texts = ((field, document.get(name)) for name, field in _FACTS.items())
    facts: dict[str, Any] = {field: text for field, text in texts if isinstance(text, str)}
    listing = list_chapters(_parse_entry(entry, base) for entry in entries)
    return replace(listing, waypoints=document.get("waypoints") is True, **facts)


def is_json(text: str) -> bool:
    """Say whether a text looks like an object of JSON."""
    return text.lstrip().startswith("{")


def _parse_entry(entry: Mapping[str, object], base: str) -> Entry:
    return Entry(
        start=_parse_seconds(entry.get("startTime")),
        title=str(entry.get("title") or ""),
        link=_join_url(base, entry.get("url")),
        image=_join_url(base, entry.get("img")),
        toc=entry.get("toc") is not False,
        end=_parse_seconds(entry.get("endTime")),
        location=_parse_location(entry.get("location")),
    )


def _join_url(base: str, value: object) -> str:
    try:
        return urljoin(base, str(value)) if value else ""
    except ValueError:  # an address that is none costs no chapter
        return ""


def _parse_location(value: object) -> Location | None:
    """A place with a name and a position, both of which it needs."""
    if not isinstance(value, dict):
        return None
    name, geo, osm = (" ".join(str(value.get(key) or "").split()) for key in ("name", "geo", "osm"))
    return Location(name=name, geo=geo, osm=osm if is_osm(osm) else "") if name and parse_geo(geo) else None


def _parse_seconds(value: object) -> int | None:
    if isinstance(value, str):
        return parse_npt(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < LONGEST / SECOND:
        return None
    return round(value * SECOND)
