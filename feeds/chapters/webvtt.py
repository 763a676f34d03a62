"""Chapters as a WebVTT file, which a track of kind "chapters" names (W3C WebVTT, section 1.5; HTML, 4.8.11.2).

Each cue is a chapter, and its text the title. Every cue has an end: that of a chapter without one is the start of the
next; the last ends with the recording, or as late as times are written where nobody knows its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape, unescape

from feeds.chapters.listing import ChapterList, Entry, drop_needless_ends, find_ends, list_chapters
from feeds.formats import LONGEST, format_npt

_HEAD = "WEBVTT"
_TIME = r"(?:(\d{2,4}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_ARROW = re.compile(rf"^[ \t]*{_TIME}[ \t]+-->[ \t]+{_TIME}.*$", re.MULTILINE)
_BLANK = re.compile(r"\n[ \t]*\n")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<[\d:.]+>")


def format_webvtt_chapters(listing: ChapterList) -> str:
    """Write a chapters track; silent chapters have no place in it."""
    ends = find_ends(listing.listed, listing.duration)
    cues = (
        f"{format_npt(chapter.start)} --> {format_npt(end or LONGEST)}\n{escape(chapter.title, quote=False)}"
        for chapter, end in zip(listing.listed, ends, strict=True)
    )
    return "\n\n".join((_HEAD, *cues)) + "\n"


def parse_webvtt_chapters(text: str) -> ChapterList:
    """Read a chapters track, cues within others too. Raises ValueError if it is none."""
    if not is_webvtt(text):
        raise ValueError(f"it does not begin with the word {_HEAD}")
    listing = list_chapters(_find_cues(text))
    return replace(listing, chapters=drop_needless_ends(listing.chapters))


def is_webvtt(text: str) -> bool:
    """Say whether a text is WebVTT."""
    return text.startswith(_HEAD)


def _find_cues(text: str) -> Iterator[Entry]:
    for block in _BLANK.split(text.replace("\r\n", "\n").replace("\r", "\n")):
        if arrow := _ARROW.search(block):
            start, end = _read(arrow.groups()[:4]), _read(arrow.groups()[4:])
            title = unescape(_TAG.sub("", block[arrow.end() :]))
            yield Entry(start=start, title=title, end=end if end < LONGEST else None)


def _read(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, fraction = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction
