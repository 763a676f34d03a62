"""Chapters as feeds carry them: psc in the item, JSON in a file beside it, time stamps in the notes."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator

from lxml import etree

from feeds.formats import CONTROL, SECOND
from feeds.markup.meaning import parse_npt
from feeds.media_types import is_url
from feeds.model import Chapter
from feeds.settings.values import parse_url

_LONGEST = 1_000 * 3_600 * SECOND
_BREAK = re.compile(r"<(?:br|/?p|/?li|/?div|/?h[1-6]|/?ul|/?ol|/?tr)\b[^>]*>|\n", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_CLOCK = r"[\[(]?(?P<{0}>(?:\d{{1,2}}:)?\d{{1,3}}:\d{{2}})[\])]?"
_FIRST = re.compile(rf"\W{{0,3}}?{_CLOCK.format('time')}[\s:.–—-]+(?P<title>\S.*)")
_LAST = re.compile(rf"(?P<title>\S.*?)[\s:.–—-]*{_CLOCK.format('time')}")
_LEAST = 2
"""One time in the notes is a remark; two lines that begin with times are a list."""


def parse_psc_chapters(element: etree._Element) -> tuple[Chapter, ...]:
    """Read Podlove Simple Chapters 1.2; none where one of them cannot be read."""
    return _order(
        (
            parse_npt(child.get("start", "")),
            child.get("title", ""),
            child.get("href", ""),
            child.get("image", ""),
            True,
        )
        for child in element
        if isinstance(child.tag, str)
    )


def parse_json_chapters(text: bytes) -> tuple[Chapter, ...]:
    """Read JSON chapters 1.2 of the podcast namespace. Raises ValueError if the text is no such file."""
    document = json.loads(text)
    entries = document.get("chapters") if isinstance(document, dict) else None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ValueError("it has no list of chapters")
    return _order(
        (
            _parse_seconds(entry.get("startTime")),
            str(entry.get("title") or ""),
            str(entry.get("url") or ""),
            str(entry.get("img") or ""),
            entry.get("toc") is not False,
        )
        for entry in entries
    )


def find_stamped_chapters(notes: str) -> tuple[Chapter, ...]:
    """Find a list of time stamps in notes, of HTML or text: one a line, at its start or its end."""
    lines = [" ".join(html.unescape(_TAG.sub("", line)).split()) for line in _BREAK.split(notes)]
    for pattern in (_FIRST, _LAST):
        found = [match for line in lines if (match := pattern.fullmatch(line))]
        chapters = _order((parse_npt(match["time"]), match["title"], "", "", True) for match in found)
        if len(chapters) >= _LEAST:
            return chapters
    return ()


def _parse_seconds(value: object) -> int | None:
    if isinstance(value, str):
        return parse_npt(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < _LONGEST / SECOND:
        return None
    return round(value * SECOND)


def _order(entries: Iterable[tuple[int | None, str, str, str, bool]]) -> tuple[Chapter, ...]:
    """Make chapters in time order; none at all where one has no time, since a gap would mislead."""
    chapters = []
    for start, title, link, image, toc in entries:
        if start is None or start >= _LONGEST:
            return ()
        name = " ".join(CONTROL.sub("", title).split())
        chapters.append(Chapter(start=start, title=name or "…", link=_url(link), image=_url(image), toc=toc))
    chapters.sort(key=lambda chapter: chapter.start)
    return tuple(_drop_repeated(chapters))


def _drop_repeated(chapters: Iterable[Chapter]) -> Iterator[Chapter]:
    """Of chapters that start together only the first is one, silent ones aside (JSON chapters 1.2)."""
    last: int | None = None
    for chapter in chapters:
        if not chapter.toc or chapter.start != last:
            yield chapter
        last = chapter.start if chapter.toc else last


def _url(text: str) -> str:
    try:
        return parse_url(text.strip()) if is_url(text.strip()) and '"' not in text else ""
    except ValueError:
        return ""
