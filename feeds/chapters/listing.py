"""Lists of chapters out of what other programs have written: in time order, each with a title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from feeds.formats import CONTROL, HOUR
from feeds.media_types import is_url
from feeds.model import Chapter

LONGEST = 1_000 * HOUR

Entry = tuple[int | None, str, str, str, bool]
"""Start in milliseconds or None, title, link, image, and whether it is in the table of contents."""


def order_chapters(entries: Iterable[Entry]) -> tuple[Chapter, ...]:
    """Make chapters in time order; none at all where one has no time, since a gap would mislead."""
    chapters = []
    for start, title, link, image, toc in entries:
        if start is None or start >= LONGEST:
            return ()
        name = " ".join(CONTROL.sub("", title).split())
        chapters.append(Chapter(start=start, title=name or "…", link=_find_url(link), image=_find_url(image), toc=toc))
    chapters.sort(key=lambda chapter: chapter.start)
    return tuple(_drop_repeated(chapters))


def _drop_repeated(chapters: Iterable[Chapter]) -> Iterator[Chapter]:
    """Of chapters that start together only the first is one, silent ones aside (JSON chapters 1.2)."""
    last: int | None = None
    for chapter in chapters:
        if not chapter.toc or chapter.start != last:
            yield chapter
        last = chapter.start if chapter.toc else last


def _find_url(text: str) -> str:
    url = text.strip()
    try:
        whole = is_url(url) and bool(urlsplit(url).hostname)
    except ValueError:
        return ""
    return url if whole and not any(letter in url for letter in ' "{}\t\n') else ""
