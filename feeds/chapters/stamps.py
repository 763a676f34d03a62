"""Time stamps in show notes, which Apple, Spotify and YouTube read as chapters.

The form that all three take: one block, one line a chapter, zero-padded and in time order, the stamp first and
the title behind a space; hours on every line once one line needs them; no links.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape

from feeds.chapters.listing import ChapterList, Entry, list_chapters
from feeds.formats import SECOND, format_stamps
from feeds.markup.meaning import parse_npt
from feeds.model import Chapter

_BREAK = re.compile(r"<(?:br|/?p|/?li|/?div|/?h[1-6]|/?ul|/?ol|/?tr)\b[^<>]*>|\n", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_MARKUP = re.compile(r"<(?:br ?/?|/p|/li|/div|/[uo]l)>\s*$", re.IGNORECASE | re.MULTILINE)
_CLOCK = r"[\[(]?(?P<time>(?:\d{1,3}:)?\d{1,3}:\d{2})[\])]?"
_FIRST = re.compile(rf"\W{{0,3}}?{_CLOCK}(?:\s*[:.–—-]+\s*|\s+)(?P<title>\S.*)")
_LAST = re.compile(rf"{_CLOCK}$")
_PARTING = ":.–—-"
"""Marks that others put between a stamp and its title."""

_LONGEST_LINE = 300
_LEAST = 2
"""One time in the notes is a remark; two lines with times are a list."""


def format_stamp_lines(chapters: Sequence[Chapter]) -> tuple[str, ...]:
    """Write a line for each chapter that is not silent.

    Stamps are floored to seconds; of chapters that begin within the same second, the first is written. A title that
    begins with a mark has one before it, as that would be taken for what parts it from its stamp.

    >>> format_stamp_lines([Chapter(start=0, title="Ebb"), Chapter(start=187_500, title="- 4 °C")])
    ('00:00 Ebb', '03:07 - - 4 °C')
    """
    listed: dict[int, Chapter] = {}
    for chapter in chapters:
        if chapter.toc:
            listed.setdefault(chapter.start // SECOND, chapter)
    titles = (" ".join(chapter.title.split()) for chapter in listed.values())
    stamps = format_stamps([chapter.start for chapter in listed.values()])
    return tuple(
        f"{stamp} {'- ' if title.startswith(tuple(_PARTING)) else ''}{title}"
        for stamp, title in zip(stamps, titles, strict=True)
    )


def format_stamp_html(chapters: Sequence[Chapter]) -> str:
    """Write the block as HTML: a break and a line feed after each line, so that plain text keeps them apart."""
    lines = format_stamp_lines(chapters)
    body = "<br />\n".join(escape(line, quote=False) for line in lines)
    return f"<p>{body}</p>" if lines else ""


def format_stamps_text(listing: ChapterList) -> str:
    """Write the block as it is pasted into the description of a video or an episode."""
    return "".join(f"{line}\n" for line in format_stamp_lines(listing.chapters))


def parse_stamps_text(text: str) -> ChapterList:
    """Read a description of HTML or text, with whatever stands around the list. Raises ValueError if there is none."""
    listing = _find_anywhere(text)
    if not listing.chapters:
        raise ValueError("there is no list of time stamps in it: write one a line, such as 00:00 Intro")
    return listing


def has_stamps(text: str) -> bool:
    """Say whether there is a list of time stamps in a text."""
    return bool(_find_anywhere(text).chapters)


def find_stamped_chapters(notes: str) -> tuple[Chapter, ...]:
    """Find a list of time stamps in notes, of HTML or text: one a line, at its start or else at its end."""
    return _find_list(notes).chapters


def _find_list(notes: str) -> ChapterList:
    plain = (" ".join(unescape(_TAG.sub("", line)).split()) for line in _BREAK.split(notes))
    lines = [line for line in plain if len(line) <= _LONGEST_LINE]
    for read in (_read_first, _read_last):
        listing = list_chapters(entry for line in lines if (entry := read(line)))
        if len(listing.chapters) >= _LEAST:
            return listing
    return ChapterList(chapters=())


def _find_anywhere(text: str) -> ChapterList:
    """The chapters of a text that is nothing but a list, as it is written; else those that stand in its lines."""
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    whole = [] if _MARKUP.search(text) else list(map(_read_first, lines))
    entries = [entry for entry in whole if entry]
    return list_chapters(entries) if entries and len(entries) == len(lines) else _find_list(text)


def _read_first(line: str) -> Entry | None:
    match = _FIRST.fullmatch(line)
    return Entry(start=parse_npt(match["time"]), title=match["title"]) if match else None


def _read_last(line: str) -> Entry | None:
    match = _LAST.search(line)
    title = line[: match.start()].rstrip(f" {_PARTING}") if match else ""
    return Entry(start=parse_npt(match["time"]), title=title) if match and title else None
