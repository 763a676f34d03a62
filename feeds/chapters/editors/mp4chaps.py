"""Chapters as mp4chaps of mp4v2 writes them: `00:00:00.000 Title` on each line.

Podlove, Auphonic and Ultraschall write the same, and put the link of a chapter behind its title in angle brackets.
That is read here and not written, as mp4chaps would take it for a part of the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from feeds.chapters.listing import ChapterList, Entry, list_chapters
from feeds.formats import format_npt
from feeds.markup.meaning import parse_npt

_LINE = re.compile(r"(\d{1,3}:\d{2}:\d{2}\.\d{1,3})(?:[ \t]+(.*))?")
_LINK = re.compile(r"(.*\S)[ \t]*<(https?://[^\s<>]+)>")
_REMARK = "#"


def format_mp4chaps(listing: ChapterList) -> str:
    """Write a line for each chapter that is not silent."""
    return "".join(f"{format_npt(chapter.start)} {chapter.title}\n" for chapter in listing.listed)


def parse_mp4chaps(text: str) -> ChapterList:
    """Read the lines; one that begins with # is a remark. Raises ValueError for one that is neither."""
    return list_chapters(_find_entries(text))


def is_mp4chaps(text: str) -> bool:
    """Say whether the first line that is no remark has a time with a fraction, by which it is told from time stamps."""
    lines = (line.strip() for line in text.split("\n"))
    return _LINE.fullmatch(next((line for line in lines if line and not line.startswith(_REMARK)), "")) is not None


def _find_entries(text: str) -> Iterator[Entry]:
    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip()
        if not line or line.startswith(_REMARK):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise ValueError(f"line {number} has no time such as 00:01:20.000 before its title")
        title = match[2] or ""
        linked = _LINK.fullmatch(title)
        yield Entry(start=parse_npt(match[1]), title=linked[1] if linked else title, link=linked[2] if linked else "")
