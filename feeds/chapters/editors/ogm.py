"""Simple chapters of OGM, which Matroska tools read (mkvmerge, "Simple chapter format").

Two lines make a chapter: CHAPTER01=00:00:00.000 and CHAPTER01NAME=Title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from feeds.chapters.listing import ChapterList, Entry, list_chapters
from feeds.formats import format_npt
from feeds.markup.meaning import parse_npt

_TIME = re.compile(r"CHAPTER(\d{1,6})=[ \t]*(\d{1,3}:\d{2}:\d{2}(?:[.,]\d{1,9})?)", re.IGNORECASE)
_NAME = re.compile(r"CHAPTER(\d{1,6})NAME=(.*)", re.IGNORECASE)


def format_ogm_chapters(listing: ChapterList) -> str:
    """Write two lines for each chapter that is not silent."""
    return "".join(
        f"CHAPTER{number:02d}={format_npt(chapter.start)}\nCHAPTER{number:02d}NAME={chapter.title}\n"
        for number, chapter in enumerate(listing.listed, 1)
    )


def parse_ogm_chapters(text: str) -> ChapterList:
    """Read the chapters. Raises ValueError for a line that is neither."""
    return list_chapters(_find_entries(text))


def is_ogm(text: str) -> bool:
    """Say whether a text begins with the time of a chapter."""
    return _TIME.match(text.lstrip()) is not None


def _find_entries(text: str) -> Iterator[Entry]:
    starts: dict[int, int | None] = {}
    titles: dict[int, str] = {}
    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip()
        if match := _TIME.fullmatch(line):
            starts[int(match[1])] = parse_npt(match[2])
        elif match := _NAME.fullmatch(line):
            titles[int(match[1])] = match[2]
        elif line:
            raise ValueError(f"line {number} is neither CHAPTER01=00:00:00.000 nor CHAPTER01NAME=Title")
    for key, start in starts.items():
        yield Entry(start=start, title=titles.get(key, ""))
