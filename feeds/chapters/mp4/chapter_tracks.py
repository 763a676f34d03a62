"""Tracks of chapters as they are written: titles with their links, and pictures.

Both are tracks that no player shows by itself: the sound refers to them as its chapters, as in the enhanced podcasts of
Apple. Nothing in them tells when they were written. Spec: ISO/IEC 14496-12, section 8; 3GPP TS 26.245, section 5.16
(`tx3g`); QuickTime File Format, "Video Media".
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from feeds.chapters.mp4.boxes import format_box, format_full_box, format_table
from feeds.chapters.mp4.tracks import Sample
from feeds.formats import SECOND

_IN_MOVIE = 2  # a flag of its head; without flag 1 it is not enabled, and so not shown
_MATRIX = struct.pack(">9I", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
_HERE = format_full_box(b"dref", struct.pack(">I", 1), format_full_box(b"url ", flags=1))
_WIDE = 1 << 32
_NO_LANGUAGE = "und"
_ENTRY = struct.pack(">6xH", 1)
_DPI = 72 << 16
_COLOURS = struct.pack(">Hh", 24, -1)

JPEG, PNG = b"jpeg", b"png "
"""What a track calls its pictures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """How the movie counts time: its parts of a second, and when it ends in milliseconds."""

    scale: int
    end: int

    def count(self, time: int) -> int:
        """Milliseconds in parts of a second."""
        return round(time * self.scale / SECOND)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What makes a track one of its kind: its handler, the box of its media, what its samples are, its sides."""

    handler: bytes
    media: bytes
    entry: bytes
    width: int = 0
    height: int = 0


TEXT = Look(
    handler=b"text",
    media=format_full_box(b"nmhd"),
    entry=format_box(
        b"tx3g",
        _ENTRY,
        # Flags, place, colour behind it, box; of the letters: font, form, size and colour.
        struct.pack(">Ibb4x8xHHHBBI", 0, 1, -1, 0, 0, 1, 0, 18, 0xFFFFFFFF),
        format_box(b"ftab", struct.pack(">HHB", 1, 1, 10), b"Sans-Serif"),
    ),
)


def make_picture_look(form: bytes, width: int, height: int) -> Look:
    """The look of a track of pictures of a form (`jpeg`, `png `)."""
    return Look(
        handler=b"vide",
        media=format_full_box(b"vmhd", bytes(8), flags=1),
        entry=_format_picture_entry(form, width, height),
        width=width,
        height=height,
    )


def format_chapter_track(
    samples: Sequence[Sample], look: Look, clock: Clock, *, number: int, language: str = ""
) -> bytes:
    """Write a track, whose samples are in time order and last each to the next, the last to the end of the movie.

    Where the first does not begin at zero, nothing is shown before (an empty edit), so that readers find as many
    chapters as there are. `language` has three letters (ISO 639-2).
    """
    starts = [sample.start for sample in samples]
    durations = [after - before for before, after in pairwise([*starts, max(clock.end, starts[-1] + 1)])]
    length = sum(durations)
    tables = format_box(
        b"stbl",
        format_full_box(b"stsd", struct.pack(">I", 1), look.entry),
        format_table(b"stts", "II", ((1, duration) for duration in durations)),
        format_table(b"stsc", "III", [(1, 1, 1)]),
        format_table(b"stsz", "I", ((sample.size,) for sample in samples), bytes(4)),
        format_table(b"stco", "I", ((sample.offset,) for sample in samples)),
    )
    return format_box(
        b"trak",
        _format_head(look, number, clock.count(starts[0]) + clock.count(length)),
        _format_edits(clock.count(starts[0]), clock.count(length)) if starts[0] else b"",
        format_box(
            b"mdia",
            format_full_box(b"mdhd", struct.pack(">IIIIHH", 0, 0, SECOND, length, _pack_language(language), 0)),
            format_full_box(b"hdlr", bytes(4), look.handler, bytes(12), b"Chapters\0"),
            format_box(b"minf", look.media, format_box(b"dinf", _HERE), tables),
        ),
    )


def _format_head(look: Look, number: int, duration: int) -> bytes:
    wide = duration >= _WIDE
    sides = struct.pack(">II", look.width << 16, look.height << 16)
    times = struct.pack(">QQI4xQ" if wide else ">III4xI", 0, 0, number, duration)
    return format_full_box(b"tkhd", times, bytes(16), _MATRIX, sides, version=int(wide), flags=_IN_MOVIE)


def _format_edits(late: int, length: int) -> bytes:
    """Nothing at first, and then all; in parts of a second of the movie."""
    wide = late + length >= _WIDE
    rows = ((late, -1, 1 << 16), (length, 0, 1 << 16))
    form = struct.Struct(">QqI" if wide else ">IiI")
    content = (struct.pack(">I", len(rows)), *(form.pack(*row) for row in rows))
    return format_box(b"edts", format_full_box(b"elst", *content, version=int(wide)))


def _format_picture_entry(form: bytes, width: int, height: int) -> bytes:
    sides = struct.pack(">16xHHII4xH", width, height, _DPI, _DPI, 1)
    # The name of what packed it, as a string of 31 bytes behind its length; 24 bits of colour, and no table of them.
    return format_box(form, _ENTRY, sides, b"\x04JPEG".ljust(32, b"\0") if form == JPEG else bytes(32), _COLOURS)


def _pack_language(language: str) -> int:
    """Three letters in five bits each (ISO/IEC 14496-12, section 8.4.2)."""
    letters = language if len(language) == 3 and language.isascii() and language.islower() else _NO_LANGUAGE
    return sum((ord(letter) - 0x60) << shift for letter, shift in zip(letters, (10, 5, 0), strict=True))
