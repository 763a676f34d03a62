"""Time stamps in show notes, which Apple, Spotify and YouTube read as chapters.

The form that all three take: one block, one line a chapter, zero-padded and in time order, the stamp first and
the title behind a space; hours on every line once one line needs them; no links.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from feeds.formats import SECOND, format_stamps
from feeds.model import Chapter


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
