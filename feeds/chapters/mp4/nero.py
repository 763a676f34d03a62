"""The box `chpl`: starts and titles, without a table of samples. It came from Nero, and there is no spec.

Written as ffmpeg and mp4v2 write it, which is what AntennaPod, VLC and mutagen read: a version, four bytes of nothing,
one for the count, then for each chapter its start in units of 100 ns, the length of its title in one byte, and UTF-8.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from feeds.chapters.embedded import arrange_chapters
from feeds.chapters.mp4.boxes import format_full_box
from feeds.chapters.mp4.texts import cut_text
from feeds.formats import SECOND
from feeds.model import Chapter

NERO = b"chpl"
MOST = 255
"""How many chapters it holds, and how many bytes a title has at most."""

_UNITS = 10_000  # of 100 ns in a millisecond


def parse_mp4_chapters(chapters: Any) -> tuple[Chapter, ...]:
    """Read the chapters of a `mutagen.mp4.MP4Chapters`: times and titles, for the box holds nothing else."""
    return arrange_chapters(Chapter(start=round(chapter.start * SECOND), title=chapter.title) for chapter in chapters)


def join_carriers(box: Sequence[Chapter], track: Sequence[Chapter]) -> tuple[Chapter, ...]:
    """Make one list of the chapters of the box and of the track, the longer one where they differ in number.

    Else the starts are those of the box, since the track that ffmpeg writes beside it begins with 0, wherever its first
    chapter does; titles are whole and have links in the track alone.
    """
    if len(box) != len(track):
        return tuple(box if len(box) > len(track) else track)
    return tuple(replace(titled, start=timed.start) for timed, titled in zip(box, track, strict=True))


def format_nero_box(chapters: Sequence[Chapter]) -> bytes:
    """Write the first 255 chapters; silent ones must not be among them."""
    first = chapters[:MOST]
    return format_full_box(NERO, struct.pack(">IB", 0, len(first)), *map(_format_entry, first), version=1)


def _format_entry(chapter: Chapter) -> bytes:
    title = cut_text(chapter.title, MOST)
    return struct.pack(">QB", chapter.start * _UNITS, len(title)) + title
