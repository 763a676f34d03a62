"""JSON chapters 1.2 of the podcast namespace (docs/examples/chapters/jsonChapters.md)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import urljoin

from feeds.chapters.listing import LONGEST, order_chapters
from feeds.formats import SECOND, format_seconds
from feeds.markup.meaning import parse_npt
from feeds.model import Chapter

VERSION = "1.2.0"


def format_json_chapters(chapters: Sequence[Chapter], *, title: str, podcast: str) -> bytes:
    """Write the chapters file of an episode, as UTF-8.

    Times are seconds with up to three decimals. A silent chapter carries `"toc": false`.
    """
    document = {
        "version": VERSION,
        "title": title,
        "podcastName": podcast,
        "chapters": [_format_chapter(chapter) for chapter in chapters],
    }
    return (json.dumps(document, ensure_ascii=False) + "\n").encode()


def _format_chapter(chapter: Chapter) -> dict[str, object]:
    entry: dict[str, object] = {"startTime": format_seconds(chapter.start), "title": chapter.title}
    if chapter.image:
        entry["img"] = chapter.image
    if chapter.link:
        entry["url"] = chapter.link
    if not chapter.toc:
        entry["toc"] = False
    return entry


def parse_json_chapters(text: bytes, base: str = "") -> tuple[Chapter, ...]:
    """Read a chapters file, whose own address is `base`. Raises ValueError if the text is none.

    Times are read as numbers and, as some programs write them, as text; a chapter that says nothing of `toc` is listed.
    """
    try:
        document = json.loads(text)
    except RecursionError as error:
        raise ValueError("its lists lie too deep in each other") from error
    entries = document.get("chapters") if isinstance(document, dict) else None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ValueError("it has no list of chapters")
    return order_chapters(
        (
            _parse_seconds(entry.get("startTime")),
            str(entry.get("title") or ""),
            urljoin(base, str(entry.get("url") or "")) if entry.get("url") else "",
            urljoin(base, str(entry.get("img") or "")) if entry.get("img") else "",
            entry.get("toc") is not False,
        )
        for entry in entries
    )


def _parse_seconds(value: object) -> int | None:
    if isinstance(value, str):
        return parse_npt(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < LONGEST / SECOND:
        return None
    return round(value * SECOND)
