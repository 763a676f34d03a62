"""Markers and regions of Reaper: the table that its region/marker manager exports, and the lines of a project.

The table has a head, `#,Name,Start,End,Length`, and times in the unit of the project: minutes and seconds, or seconds.
In a project a marker is a line, `MARKER 1 12.5 "Title" 0`, and a region two: the second has the same number and is its
end.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

from feeds.chapters.listing import ChapterList, Entry, list_chapters
from feeds.formats import SECOND
from feeds.markup.meaning import parse_npt

_HEAD = re.compile(r"#[,\t;]Name[,\t;]Start\b", re.IGNORECASE)
_PROJECT = "<REAPER_PROJECT"
_BEATS = re.compile(r"\d+\.\d+\.\d+")
_FRAMES = re.compile(r"\d+:\d+:\d+:\d+")
_MARKER = re.compile(r"""[ \t]*MARKER (\d+) (\d+(?:\.\d+)?) ("[^"]*"|'[^']*'|`[^`]*`|\S+)(?: (\d+))?.*""")
_REGION = 1
_LONGEST_TIME = 40  # of one that is told


def parse_reaper_table(text: str) -> ChapterList:
    """Read the table of the region/marker manager. Raises ValueError if it is none, or has no times of a clock."""
    if not is_reaper_table(text):
        raise ValueError("it has no head of a table: export it with #, Name and Start in front")
    lines = text.lstrip().replace("\r\n", "\n").replace("\r", "\n").split("\n")
    rows = csv.DictReader(lines, delimiter=lines[0][1])
    try:
        return list_chapters(_parse_row(_name_columns(row)) for row in rows)
    except csv.Error as error:
        raise ValueError(f"its table cannot be read: {error}") from error


def parse_reaper_project(text: str) -> ChapterList:
    """Read the markers and regions of a project; one without a name is called by its number, as Reaper shows it."""
    entries: list[Entry] = []
    open_regions: dict[str, Entry] = {}
    for line in text.split("\n"):
        match = _MARKER.fullmatch(line.rstrip("\r"))
        if match is None:
            continue
        number, start = match[1], round(float(match[2]) * SECOND)
        is_region = int(match[4] or 0) & _REGION
        begun = open_regions.pop(number, None) if is_region else None
        if begun:
            entries.append(begun._replace(end=start))
            continue
        entry = Entry(start=start, title=_unquote(match[3]) or f"{'Region' if is_region else 'Marker'} {number}")
        if is_region:
            open_regions[number] = entry
        else:
            entries.append(entry)
    return list_chapters((*entries, *open_regions.values()))


def is_reaper_table(text: str) -> bool:
    """Say whether a text begins with the head of the table."""
    return _HEAD.match(text.lstrip()) is not None


def is_reaper_project(text: str) -> bool:
    """Say whether a text is a project."""
    return text.lstrip().startswith(_PROJECT)


def _name_columns(row: dict[str | None, str | Sequence[str] | None]) -> dict[str, str]:
    return {name.strip().lower(): value for name, value in row.items() if name and isinstance(value, str)}


def _parse_row(row: dict[str, str]) -> Entry:
    start, end = _parse_time(row.get("start", "")), row.get("end", "")
    return Entry(
        start=start,
        title=row.get("name", "") or row.get("#", ""),
        end=_parse_time(end) if end.strip() else None,
    )


def _parse_time(time: str) -> int | None:
    written = time.strip()
    if _BEATS.fullmatch(written) or _FRAMES.fullmatch(written):
        what = "beats" if _BEATS.fullmatch(written) else "frames"
        raise ValueError(
            f"the time {written[:_LONGEST_TIME]} counts in {what}: export with a ruler of minutes and seconds"
        )
    return parse_npt(written)


def _unquote(name: str) -> str:
    return name[1:-1] if name[:1] in "\"'`" and name[-1:] == name[:1] else name
