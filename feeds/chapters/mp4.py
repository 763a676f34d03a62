"""Chapters in an MP4 or M4A file: a text track that another track refers to as its chapters, and the box `chpl`.

The track is what QuickTime, iTunes and Apple Podcasts read (QuickTime File Format, "Chapter Lists", "Text Sample
Data"). The box came from Nero, holds 255 chapters at most, and many programs write both.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Any

from feeds.chapters.embedded import arrange_chapters
from feeds.formats import SECOND
from feeds.model import Chapter

LARGEST_SAMPLE = 1 << 16
"""Bytes; the length of a title is counted in two of them."""

_HEAD = 8
_MOST_SAMPLES = 10_000  # a broken table may promise billions


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSample:
    """Where the title of a chapter lies in the file: `start` in milliseconds, `offset` and `size` in bytes."""

    start: int
    offset: int
    size: int


def parse_mp4_chapters(chapters: Any) -> tuple[Chapter, ...]:
    """Read the chapters of a `mutagen.mp4.MP4Chapters`: times and titles, for the box holds nothing else."""
    return arrange_chapters(Chapter(start=round(chapter.start * SECOND), title=chapter.title) for chapter in chapters)


def parse_text_samples(samples: Iterable[tuple[int, bytes]]) -> tuple[Chapter, ...]:
    """Read the chapters of a track: the start of each sample in milliseconds, and its bytes."""
    return arrange_chapters(Chapter(start=start, title=_parse_text(sample)) for start, sample in samples)


def find_text_samples(movie: bytes) -> tuple[TextSample, ...]:
    """Find the chapters that the content of a box `moov` names; none where there are none, or its tables are broken."""
    try:
        return tuple(_find_samples(movie))
    except (struct.error, IndexError, ZeroDivisionError, KeyError):
        return ()


def find_boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """List the boxes that stand side by side, each by its name and its content, as far as they are whole."""
    at = 0
    while at + _HEAD <= len(data):
        size, name = struct.unpack_from(">I4s", data, at)
        head = _HEAD
        if size == 1 and at + 16 <= len(data):
            (size,), head = struct.unpack_from(">Q", data, at + _HEAD), 16
        end = at + size if size else len(data)
        if (size and size < head) or end > len(data):
            return
        yield name, data[at + head : end]
        at = end


def _find_samples(movie: bytes) -> Iterator[TextSample]:
    tracks = [_Track(content) for name, content in find_boxes(movie) if name == b"trak"]
    by_number = {track.number: track for track in tracks}
    named = [by_number[number] for track in tracks for number in track.chapters if number in by_number]
    text = next((track for track in named if track.kind in (b"text", b"sbtl")), None)
    if text is None:
        return
    scale = struct.unpack_from(">I", *_find_times(_find_box(movie, b"mvhd")))[0]
    late = text.find_delay(scale)
    starts = text.find_starts()
    for start, offset, size in zip(starts, text.find_offsets(), text.find_sizes(), strict=False):
        yield TextSample(start=max(0, start + late), offset=offset, size=min(size, LARGEST_SAMPLE))


class _Track:
    """A box `trak`, whose tables are only read where it is the one that holds the chapters."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        head = _find_box(content, b"tkhd")
        self.number: int = struct.unpack_from(">I", head, 20 if head[0] else 12)[0]
        references = _find_box(content, b"tref", b"chap")
        self.chapters: tuple[int, ...] = struct.unpack(f">{len(references) // 4}I", references[: len(references) & ~3])
        self.kind = _find_box(content, b"mdia", b"hdlr")[8:12]

    def find_starts(self) -> Iterator[int]:
        """The starts in milliseconds, each the sum of all durations before it (stts)."""
        scale = struct.unpack_from(">I", *_find_times(_find_box(self._content, b"mdia", b"mdhd")))[0]
        runs = (repeat(duration, min(count, _MOST_SAMPLES)) for count, duration in _find_rows(self._table(b"stts"), 2))
        at = 0
        for duration in chain.from_iterable(runs):
            yield round(at * SECOND / scale)
            at += duration

    def find_sizes(self) -> Sequence[int]:
        table = self._table(b"stsz")
        same, count = struct.unpack_from(">II", table, 4)
        return [same] * min(count, _MOST_SAMPLES) if same else struct.unpack_from(f">{count}I", table, 12)

    def find_offsets(self) -> Iterator[int]:
        """Where each sample lies: chunk by chunk, in which samples follow each other (stsc, stco, co64)."""
        wide = self._table(b"co64")
        chunks = [row[0] for row in _find_rows(wide or self._table(b"stco"), 1, "Q" if wide else "I")]
        counts = {first: count for first, count, _ in _find_rows(self._table(b"stsc"), 3)}
        sizes = iter(self.find_sizes())
        count = 0
        for number, at in enumerate(chunks, 1):
            count = counts.get(number, count)
            for _, size in zip(range(count), sizes, strict=False):
                yield at
                at += size

    def find_delay(self, scale: int) -> int:
        """How many milliseconds later than its samples say the track is shown (elst); `scale` is that of the movie."""
        table = _find_box(self._content, b"edts", b"elst")
        if not table:
            return 0
        # An edit of version 0 is a duration, the time in the media, of which -1 is none, and a speed.
        delay = 0
        for duration, begin, _ in _find_rows(table, 3, *(("Qqi",) if table[0] else ("Iii",))):
            if begin != -1:
                break
            delay += round(duration * SECOND / scale)
        return delay

    def _table(self, name: bytes) -> bytes:
        return _find_box(self._content, b"mdia", b"minf", b"stbl", name)


def _find_box(data: bytes, *names: bytes) -> bytes:
    """The content of the first box that lies under these names, empty if there is none."""
    for name in names:
        data = next((content for found, content in find_boxes(data) if found == name), b"")
    return data


def _find_times(head: bytes) -> tuple[bytes, int]:
    """A box `mvhd` or `mdhd`, and where its time scale stands: behind two dates, whose width is that of its version."""
    return head, 20 if head[0] else 12


def _find_rows(table: bytes, width: int, form: str = "I") -> Iterator[tuple[int, ...]]:
    """The rows of a table: behind a version and flags stands how many there are."""
    if not table:
        return
    row = struct.Struct(">" + (form if len(form) == width else form * width))
    (count,) = struct.unpack_from(">I", table, 4)
    for number in range(min(count, _MOST_SAMPLES)):
        yield row.unpack_from(table, _HEAD + number * row.size)


def _parse_text(sample: bytes) -> str:
    """A title: its length in bytes, then UTF-8, or UTF-16 if it begins with a byte order mark."""
    text = sample[2 : 2 + int.from_bytes(sample[:2], "big")]
    utf16 = text.startswith((b"\xfe\xff", b"\xff\xfe"))
    return text.decode("utf-16" if utf16 else "utf-8", "replace")
