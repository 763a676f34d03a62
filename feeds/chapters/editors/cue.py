"""Cue sheets: a track for each chapter, whose INDEX 01 counts minutes, seconds and 75 frames a second (CDRWIN)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from feeds.chapters.listing import ChapterList, Entry, clean_title, list_chapters
from feeds.formats import MINUTE, SECOND

FRAMES = 75
"""In a second."""

_FILE = re.compile(r'\s*FILE\s+("[^"]*"|\S+)', re.IGNORECASE)
_TRACK = re.compile(r"\s*TRACK\s+\d+\b", re.IGNORECASE)
_TEXT = re.compile(r'(TITLE|PERFORMER)\s+(?:"([^"]*)"|(\S.*))', re.IGNORECASE)
_INDEX = re.compile(r"\s*INDEX\s+0?1\s+(\d{1,6}):(\d{1,2}):(\d{1,2})\s*", re.IGNORECASE)


def parse_cue_sheet(text: str) -> ChapterList:
    """Read a cue sheet of one recording. Raises ValueError if it names several, whose times begin anew."""
    tracks: list[dict[str, str]] = [{}]
    starts: list[int | None] = [None]
    files = 0
    for line in text.split("\n"):
        if _TRACK.match(line):
            tracks.append({})
            starts.append(None)
        elif match := _TEXT.fullmatch(line.strip()):
            tracks[-1].setdefault(match[1].upper(), match[2] or match[3] or "")
        elif match := _INDEX.fullmatch(line):
            minutes, seconds, frames = map(int, match.groups())
            starts[-1] = minutes * MINUTE + seconds * SECOND + round(frames * SECOND / FRAMES)
        elif _FILE.match(line):
            files += 1
    if files > 1:
        raise ValueError(f"it names {files} files: chapters are those of one recording")
    about, *rest = tracks
    return replace(
        list_chapters(_make_entries(rest, starts[1:])),
        title=clean_title(about.get("TITLE", "")),
        author=clean_title(about.get("PERFORMER", "")),
    )


def is_cue(text: str) -> bool:
    """Say whether a text has a track and where it begins."""
    lines = text[:100_000].split("\n")
    return any(map(_TRACK.match, lines)) and any(map(_INDEX.fullmatch, lines))


def _make_entries(tracks: list[dict[str, str]], starts: list[int | None]) -> Iterator[Entry]:
    for track, start in zip(tracks, starts, strict=True):
        yield Entry(start=start, title=track.get("TITLE", ""))
