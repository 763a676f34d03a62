"""Tracks, and the tables that say where their samples lie and when they are shown.

Spec: ISO/IEC 14496-12, section 8; QuickTime File Format, "Movie Atoms".
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, repeat

from feeds.chapters.mp4.boxes import HEAD, find_box, find_boxes
from feeds.formats import SECOND

BROKEN = (struct.error, IndexError, ZeroDivisionError)
"""What reading raises where a table is broken."""

_MOST_SAMPLES = 10_000  # a broken table may promise billions
_NO_TIME = -1
_SHOWN, _PIXEL = ">9i2I", 1 << 16  # a matrix, and two numbers with 16 bits behind the point


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A title or a picture of a chapter: `start` in milliseconds, where it lies in the file, and its size in bytes."""

    start: int
    offset: int
    size: int


class Track:
    """The content of a box `trak`, whose tables are only read where it is one that holds chapters."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        head = find_box(content, b"tkhd")
        self.number: int = struct.unpack_from(">I", head, 20 if head[0] else 12)[0]
        references = find_box(content, b"tref", b"chap")
        self.chapters: tuple[int, ...] = struct.unpack(f">{len(references) // 4}I", references[: len(references) & ~3])
        self.kind = find_box(content, b"mdia", b"hdlr")[8:12]

    @property
    def form(self) -> bytes:
        """What its samples are, such as `mp4a` or `jpeg`."""
        return self._table(b"stsd")[12:16]

    def find_size(self) -> tuple[int, int]:
        """Width and height in pixels as they are shown: phones film lying on their side, and turn it by a matrix.

        ISO/IEC 14496-12, section 8.3.2. Both are 0 for a track that shows nothing.
        """
        *turn, width, height = struct.unpack(_SHOWN, find_box(self._content, b"tkhd")[-struct.calcsize(_SHOWN) :])
        sides = width // _PIXEL, height // _PIXEL
        return sides if turn[0] or turn[4] else sides[::-1]

    def find_samples(self, scale: int) -> Iterator[Sample]:
        """The samples of a track of chapters in their order; `scale` is that of the movie, in parts of a second."""
        late = self._find_delay(scale)
        for start, offset, size in zip(self._find_starts(), self._find_offsets(), self._find_sizes(), strict=False):
            yield Sample(start=max(0, round(start + late)), offset=offset, size=size)

    def find_places(self) -> Iterator[tuple[int, int]]:
        """Where its samples lie, and how long each is."""
        return zip(self._find_offsets(), self._find_sizes(), strict=False)

    def find_chunks(self) -> Sequence[int]:
        """Where the chunks of its samples lie, all of them."""
        if wide := self._table(b"co64"):
            return find_chunks(wide, "Q")
        return find_chunks(self._table(b"stco"), "I")

    @property
    def is_protected(self) -> bool:
        """Whether the file says in other places too where its samples lie, as it does for keys (saio)."""
        return bool(self._table(b"saio"))

    @property
    def is_elsewhere(self) -> bool:
        """Whether its samples lie in another file: an entry names one, and is not marked as this one."""
        entries = find_boxes(find_box(self._content, b"mdia", b"minf", b"dinf", b"dref")[HEAD:])
        return any(len(content) > 4 and not content[3] & 1 for _, content in entries)

    def _find_starts(self) -> Iterator[float]:
        """The starts in milliseconds, each the sum of all durations before it (stts)."""
        scale = find_scale(find_box(self._content, b"mdia", b"mdhd"))
        runs = (repeat(duration, min(count, _MOST_SAMPLES)) for count, duration in _find_rows(self._table(b"stts"), 2))
        at = 0
        for duration in chain.from_iterable(runs):
            yield at * SECOND / scale
            at += duration

    def _find_sizes(self) -> Sequence[int]:
        table = self._table(b"stsz")
        same, count = struct.unpack_from(">II", table, 4)
        return [same] * min(count, _MOST_SAMPLES) if same else struct.unpack_from(f">{count}I", table, 12)

    def _find_offsets(self) -> Iterator[int]:
        """Where each sample lies: chunk by chunk, in which samples follow each other (stsc, stco, co64)."""
        counts = {first: count for first, count, _ in _find_rows(self._table(b"stsc"), 3)}
        sizes = iter(self._find_sizes())
        count = 0
        for number, at in enumerate(self.find_chunks(), 1):
            count = counts.get(number, count)
            for _, size in zip(range(count), sizes, strict=False):
                yield at
                at += size

    def _find_delay(self, scale: int) -> float:
        """How many milliseconds later than its samples say the track is shown (elst)."""
        table = find_box(self._content, b"edts", b"elst")
        if not table:
            return 0
        # An edit of version 0 is a duration, the time in the media, of which -1 is none, and a speed.
        delay = 0.0
        for duration, begin, _ in _find_rows(table, 3, *(("Qqi",) if table[0] else ("Iii",))):
            if begin != _NO_TIME:
                break
            delay += duration * SECOND / scale
        return delay

    def _table(self, name: bytes) -> bytes:
        return find_box(self._content, b"mdia", b"minf", b"stbl", name)


def find_tracks(movie: bytes) -> list[Track]:
    """The tracks of a box `moov`, by its content. Raises one of BROKEN."""
    return [Track(content) for name, content in find_boxes(movie) if name == b"trak"]


def find_video_size(movie: bytes) -> tuple[int, int]:
    """Width and height in pixels of the first track of a box `moov` that shows a film; 0 and 0 where none does."""
    try:
        tracks = find_tracks(movie)
        stills = find_chapter_tracks(tracks)
        return next((track.find_size() for track in tracks if track.kind == b"vide" and track not in stills), (0, 0))
    except BROKEN:
        return 0, 0


def find_chapter_tracks(tracks: Iterable[Track]) -> list[Track]:
    """The tracks that others refer to as their chapters, each once, in the order in which they are named."""
    tracks = list(tracks)
    by_number = {track.number: track for track in tracks}
    named = dict.fromkeys(number for track in tracks for number in track.chapters)
    return [by_number[number] for number in named if number in by_number]


def find_chunks(table: bytes, form: str) -> Sequence[int]:
    """Where chunks lie by a table of them, b"" for none; `form` is that of a number."""
    count = struct.unpack_from(">I", table, 4)[0] if table else 0
    return struct.unpack_from(f">{count}{form}", table, HEAD) if count else ()


def find_chapter_samples(movie: bytes) -> tuple[tuple[Track, tuple[Sample, ...]], ...]:
    """The tracks of chapters that the content of a box `moov` names, each with its samples.

    None where there are none, or its tables are broken.
    """
    try:
        scale = find_scale(find_box(movie, b"mvhd"))
        return tuple((track, tuple(track.find_samples(scale))) for track in find_chapter_tracks(find_tracks(movie)))
    except BROKEN:
        return ()


def find_scale(head: bytes) -> int:
    """How many parts a second has by a box `mvhd` or `mdhd`: behind two dates, whose width is that of its version."""
    scale: int = struct.unpack_from(">I", head, 20 if head[0] else 12)[0]
    return scale


def find_duration(head: bytes) -> int:
    """How long it lasts by a box `mvhd` or `mdhd`, in parts of its scale."""
    duration: int = struct.unpack_from(">Q", head, 24)[0] if head[0] else struct.unpack_from(">I", head, 16)[0]
    return duration


def _find_rows(table: bytes, width: int, form: str = "I") -> Iterator[tuple[int, ...]]:
    """The rows of a table: behind a version and flags stands how many there are."""
    if not table:
        return
    row = struct.Struct(">" + (form if len(form) == width else form * width))
    (count,) = struct.unpack_from(">I", table, 4)
    for number in range(min(count, _MOST_SAMPLES)):
        yield row.unpack_from(table, HEAD + number * row.size)
