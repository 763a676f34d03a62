"""Chapters in the JSON of Podlove's player and of Auphonic: `{"start": "00:01:20.000", "title": "Ebb"}`.

They stand in a list, alone or as "chapters" of an object; the picture of a chapter and its link have the names of psc
in one (image, href) and others in the other (image, url).
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from feeds.chapters.listing import ChapterList, Entry, clean_title, list_chapters
from feeds.formats import SECOND
from feeds.markup.meaning import parse_npt


def parse_podlove_json(text: str) -> ChapterList:
    """Read such a list. Raises ValueError if the text is none."""
    document = _load(text)
    entries = _find_entries(document)
    if entries is None:
        raise ValueError('it has no list of chapters with a "start"')
    title = document.get("title") if isinstance(document, dict) else None
    return replace(
        list_chapters(
            Entry(
                start=_parse_start(entry.get("start")),
                title=str(entry.get("title") or ""),
                link=str(entry.get("href") or entry.get("url") or ""),
                image=str(entry.get("image") or ""),
            )
            for entry in entries
        ),
        title=clean_title(title) if isinstance(title, str) else "",
    )


def is_podlove_json(text: str) -> bool:
    """Say whether a text is such a list."""
    try:
        return text.lstrip()[:1] in ("[", "{") and _find_entries(_load(text)) is not None
    except ValueError:
        return False


def _load(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("its lists lie too deep in each other") from error


def _find_entries(document: Any) -> list[dict[str, object]] | None:
    if isinstance(document, dict) and isinstance(document.get("data"), dict):  # as Auphonic's service answers
        document = document["data"]
    entries = document.get("chapters") if isinstance(document, dict) else document
    is_list = isinstance(entries, list) and all(isinstance(entry, dict) and "start" in entry for entry in entries)
    return entries if is_list and entries else None


def _parse_start(value: object) -> int | None:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e9:
        return round(value * SECOND)
    return parse_npt(value) if isinstance(value, str) else None
