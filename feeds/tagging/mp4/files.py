"""The tagged copy of an MP4, M4A or MOV: new tables (`moov`), samples of chapters, and all else as it stands there.

The tables go in front of the sound, and the samples of chapters directly behind them, so that a player that streams has
both at once. They share the box of the sound, for some readers take its first box to be the only one. That moves the
sound, and so the tables say anew where it lies. Chapters of an older tagging go, with their samples in front of the
sound. Spec: ISO/IEC 14496-12, sections 8.1 and 8.7.5.
"""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import BinaryIO

from feeds.chapters.mp4.boxes import HEAD, WIDE_HEAD, find_box, format_head, parse_head
from feeds.chapters.mp4.tracks import BROKEN, Track
from feeds.tagging.label import Label, find_language
from feeds.tagging.mp4.atoms import format_user_data
from feeds.tagging.mp4.chapters import make_chapter_media
from feeds.tagging.mp4.movie import Movie, format_movie, parse_movie
from feeds.tagging.pieces import Piece, Span

_MOVIE, _MEDIA = b"moov", b"mdat"
_FRAGMENTS = (b"moof", b"mfra", b"sidx")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a box of the file lies; its content begins `head` bytes behind its beginning."""

    name: bytes
    span: Span
    head: int


def measure_mp4(stream: BinaryIO, label: Label) -> tuple[Piece, ...]:
    """Tell what the copy of an MP4 is made of.

    Raises ValueError if it cannot be read, is made of fragments, or has its samples in other places than a copy can
    follow.
    """
    places = list(_read_places(stream))
    names = [place.name for place in places]
    if any(name in _FRAGMENTS for name in names):
        raise ValueError("it is made of fragments: write it as one piece, with ffmpeg -c copy")
    if _MOVIE not in names:
        raise ValueError("it has no tables (moov): write it anew, with ffmpeg -c copy")
    if any(find_box(_read_content(stream, place)[4:], b"iloc") for place in places if place.name == b"meta"):
        raise ValueError("it holds pictures beside its tracks, which cannot be moved: publish it as it is")
    try:
        movie = parse_movie(_read_content(stream, places[names.index(_MOVIE)]), without_chapters=bool(label.chapters))
        kept = [place for place in places if place.name != _MOVIE and not _is_of_chapters(place, movie)]
        return _arrange(movie, label, kept)
    except BROKEN as error:
        raise ValueError("its tables are broken") from error


def _read_places(stream: BinaryIO) -> Iterator[Place]:
    """The boxes of the file, one behind the other; what is left at the end has no name."""
    size = stream.seek(0, io.SEEK_END)
    begin = 0
    while begin < size:
        stream.seek(begin)
        name, length, head = parse_head(stream.read(WIDE_HEAD)) if size - begin >= HEAD else (b"", 0, 0)
        end = begin + length if length else size
        if length < 0 or end > size:
            raise ValueError("it is cut off: take the whole file")
        yield Place(name=name, span=Span(begin=begin, end=end), head=head)
        begin = end


def _read_content(stream: BinaryIO, place: Place) -> bytes:
    stream.seek(place.span.begin + place.head)
    return stream.read(len(place.span) - place.head)


def _is_of_chapters(place: Place, movie: Movie) -> bool:
    """Whether a box holds samples of chapters that go, and none of what stays."""
    return place.name == _MEDIA and _holds(place.span, movie.chapters) and not _holds(place.span, movie.tracks)


def _holds(span: Span, tracks: Iterable[Track]) -> bool:
    return any(span.begin <= chunk < span.end for track in tracks for chunk in track.find_chunks())


def _arrange(movie: Movie, label: Label, kept: Sequence[Place]) -> tuple[Piece, ...]:
    """Put the tables in front of the first box of sound, or at the end where there is none.

    How long they are depends on how far they move the sound, for behind 4 GiB a place takes more bytes. They only grow
    from one try to the next, until they fit.
    """
    media = make_chapter_media(label)
    numbers = movie.find_free_numbers(len(media.reels))
    clock, language = movie.find_clock(label.duration), find_language(label.language)
    user_data = format_user_data(movie.user_data, label, media.nero if label.chapters else None)
    spans = [place.span for place in kept]
    front = next((number for number, place in enumerate(kept) if place.name == _MEDIA), len(kept))
    if front < len(kept):
        head, spans[front] = _join_sound(media.data, kept[front], movie.chapters)
    else:
        head = format_head(_MEDIA, len(media.data)) if media.data else b""
    begin, tables = sum(map(len, spans[:front])) + len(head), b""
    while True:
        tracks = media.format_tracks(begin + len(tables), numbers, clock, language)
        ways = _Ways(spans, front, len(tables) + len(head) + len(media.data))
        written = format_movie(movie, tracks, numbers if label.chapters else None, user_data, ways.move)
        if len(written) == len(tables):
            return (*spans[:front], written + head + media.data, *spans[front:])
        tables = written


def _join_sound(data: bytes, place: Place, old: Iterable[Track]) -> tuple[bytes, Span]:
    """The head of a box for new samples of chapters and the sound behind them, and where the latter lies.

    Old samples of chapters in front of the sound are left out. A box that stays as it is keeps its head.
    """
    begin = place.span.begin + place.head
    sound = Span(begin=min(_skip_samples(begin, old), place.span.end), end=place.span.end)
    if not data and sound.begin == begin:
        return b"", place.span
    return format_head(_MEDIA, len(data) + len(sound)), sound


def _skip_samples(begin: int, tracks: Iterable[Track]) -> int:
    """Where the samples of tracks end that lie from a place on without a gap."""
    for offset, size in sorted(place for track in tracks for place in track.find_places()):
        if offset <= begin:
            begin = max(begin, offset + size)
    return begin


class _Ways:
    """How far each kept box moves, if so many bytes are put behind as many boxes as `front` says."""

    def __init__(self, kept: Sequence[Span], front: int, length: int) -> None:
        self._begins = [span.begin for span in kept]
        self._ends = [span.end for span in kept]
        lengths = [len(span) for span in kept]
        new = list(accumulate(lengths[:front], initial=0))
        new[front:] = accumulate(lengths[front:], initial=new[front] + length)
        self._ways = [there - here for here, there in zip(self._begins, new, strict=False)]

    def move(self, place: int) -> int:
        """Where in the copy a byte of the source lies. Raises ValueError if it is in none of the kept boxes."""
        number = bisect_right(self._begins, place) - 1
        if number < 0 or place > self._ends[number]:
            raise ValueError("its tables name samples where there are none: write it anew, with ffmpeg -c copy")
        return place + self._ways[number]
