"""Time stamps in show notes, which Apple, Spotify and YouTube read as chapters.

The form that all three take: one block, one line a chapter, zero-padded and in time order, the stamp first and
the title behind a space; hours on every line once one line needs them; no links.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape

from feeds.chapters.listing import order_chapters
from feeds.formats import SECOND, format_stamps
from feeds.markup.meaning import parse_npt
from feeds.model import Chapter

_BREAK = re.compile(r"<(?:br|/?p|/?li|/?div|/?h[1-6]|/?ul|/?ol|/?tr)\b[^>]*>|\n", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_CLOCK = r"[\[(]?(?P<time>(?:\d{1,2}:)?\d{1,3}:\d{2})[\])]?"
_FIRST = re.compile(rf"\W{{0,3}}?{_CLOCK}[\s:.–—-]+(?P<title>\S.*)")
_LAST = re.compile(rf"(?P<title>\S.*?)[\s:.–—-]*{_CLOCK}")
_LONGEST_LINE = 300
_LEAST = 2
"""One time in the notes is a remark; two lines with times are a list."""


def format_stamp_lines(chapters: Sequence[Chapter]) -> tuple[str, ...]:
    """Write a line for each chapter that is not silent.

    Stamps are floored to seconds; of chapters that begin within the same second, the first is written.
    """
    listed: dict[int, Chapter] = {}
    for chapter in chapters:
        if chapter.toc:
            listed.setdefault(chapter.start // SECOND, chapter)
    stamps = format_stamps([chapter.start for chapter in listed.values()])
    return tuple(
        f"{stamp} {' '.join(chapter.title.split())}" for stamp, chapter in zip(stamps, listed.values(), strict=True)
    )


def format_stamp_html(chapters: Sequence[Chapter]) -> str:
    """Write the block as HTML: a break and a line feed after each line, so that plain text keeps them apart."""
    lines = format_stamp_lines(chapters)
    body = "<br />\n".join(escape(line, quote=False) for line in lines)
    return f"<p>{body}</p>" if lines else ""


def find_stamped_chapters(notes: str) -> tuple[Chapter, ...]:
    """Find a list of time stamps in notes, of HTML or text: one a line, at its start or else at its end."""
    plain = (" ".join(unescape(_TAG.sub("", line)).split()) for line in _BREAK.split(notes))
    lines = [line for line in plain if len(line) <= _LONGEST_LINE]
    for pattern in (_FIRST, _LAST):
        found = [match for line in lines if (match := pattern.fullmatch(line))]
        chapters = order_chapters((parse_npt(match["time"]), match["title"], "", "", True) for match in found)
        if len(chapters) >= _LEAST:
            return chapters
    return ()
