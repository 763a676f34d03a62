"""Label tracks of Audacity: start, end and title in a line, tabs between them, times in seconds.

A label of a point has its end at its start. Behind one of a spectral selection a line with a backslash names its
frequencies (Audacity manual, "Importing and Exporting Labels").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from feeds.chapters.listing import ChapterList, Entry, list_chapters
from feeds.formats import SECOND

_SECONDS = r"(\d{1,9}(?:[.,]\d+)?)"
_LABEL = re.compile(rf"{_SECONDS}\t{_SECONDS}(?:\t(.*))?")
_FREQUENCIES = "\\\t"


def format_audacity_labels(listing: ChapterList) -> str:
    """Write a label for each chapter that is not silent: of a stretch where it has an end, else of a point."""
    return "".join(
        f"{_write(chapter.start)}\t{_write(chapter.start if chapter.end is None else chapter.end)}\t{chapter.title}\n"
        for chapter in listing.listed
    )


def parse_audacity_labels(text: str) -> ChapterList:
    """Read labels, of points and of stretches. Raises ValueError for a line that is none."""
    return list_chapters(_find_labels(text))


def is_audacity(text: str) -> bool:
    """Say whether the first line of a text is a label."""
    return _LABEL.fullmatch(text.lstrip("\n").partition("\n")[0].rstrip("\r")) is not None


def _find_labels(text: str) -> Iterator[Entry]:
    for number, line in enumerate(text.split("\n"), 1):
        label = line.strip("\r ")
        if not label or label.startswith(_FREQUENCIES):
            continue
        match = _LABEL.fullmatch(label)
        if match is None:
            raise ValueError(f"line {number} is no label: it has a start, a tab, an end, a tab and a title")
        yield Entry(start=_read(match[1]), title=match[3] or "", end=_read(match[2]))


def _write(ms: int) -> str:
    return f"{ms // SECOND}.{ms % SECOND:03d}000"


def _read(seconds: str) -> int:
    return round(float(seconds.replace(",", ".")) * SECOND)
