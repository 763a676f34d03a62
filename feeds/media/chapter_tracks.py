"""The chapters that stand in tracks of an MP4, which mutagen does not look at: titles, links and pictures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from feeds.chapters.mp4.boxes import WIDE_HEAD, parse_head
from feeds.chapters.mp4.chapter_tracks import JPEG, PNG
from feeds.chapters.mp4.texts import LARGEST_SAMPLE, join_text_tracks, parse_text_samples
from feeds.chapters.mp4.tracks import Sample, Track, find_chapter_samples
from feeds.model import Chapter

_TEXTS = (b"text", b"sbtl")
_PICTURES = (JPEG, PNG)
_LARGEST_PICTURE = 1 << 24


def read_chapter_track(stream: BinaryIO) -> tuple[Chapter, ...]:
    """Read the titles and links of an MP4 that stand in tracks; none where there are none, or they are broken."""
    texts = (track for track in _read_samples(stream, LARGEST_SAMPLE) if track[0].kind in _TEXTS)
    return join_text_tracks(parse_text_samples(_read_all(stream, samples)) for _, samples in texts)


def read_chapter_pictures(stream: BinaryIO) -> tuple[tuple[int, bytes], ...]:
    """Read the pictures of an MP4 that stand in a track: their starts in milliseconds, and their bytes."""
    pictures = (track for track in _read_samples(stream, _LARGEST_PICTURE) if track[0].form in _PICTURES)
    return tuple(picture for _, samples in pictures for picture in _read_all(stream, samples))


def _read_samples(stream: BinaryIO, largest: int) -> Iterator[tuple[Track, list[Sample]]]:
    """The tracks of chapters, each with its samples, but for those that are too large to be what they claim."""
    for track, samples in find_chapter_samples(read_movie(stream)):
        yield track, [sample for sample in samples if sample.size <= largest]


def _read_all(stream: BinaryIO, samples: list[Sample]) -> Iterator[tuple[int, bytes]]:
    for sample in samples:
        stream.seek(sample.offset)
        yield sample.start, stream.read(sample.size)


def read_movie(stream: BinaryIO) -> bytes:
    """Read the content of the box `moov`, which holds all tables and no sound; b"" where there is none."""
    begin = 0
    while len(head := _read_head(stream, begin)) >= 8:
        name, size, length = parse_head(head)
        if name == b"moov":
            stream.seek(begin + length)
            return stream.read(size - length if size else -1)
        if size <= 0:
            break
        begin += size
    return b""


def _read_head(stream: BinaryIO, begin: int) -> bytes:
    stream.seek(begin)
    return stream.read(WIDE_HEAD)
