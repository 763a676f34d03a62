"""The box `moov` of an MP4 written anew: its tracks with their samples at other places, new chapters, new tags."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count, islice

from feeds.chapters.mp4.boxes import HEAD, Box, format_box, parse_boxes
from feeds.chapters.mp4.chapter_tracks import JPEG, PNG, Clock
from feeds.chapters.mp4.tracks import BROKEN, Track, find_chapter_tracks, find_chunks, find_duration, find_scale
from feeds.formats import SECOND

Move = Callable[[int], int]
"""Where in the copy a byte of the source lies, by its place in the source."""

_HEAD_OF_MOVIE, _TRACK, _USER_DATA, _REFERENCES, _CHAPTERS = b"mvhd", b"trak", b"udta", b"tref", b"chap"
_TEXTS = (b"text", b"sbtl", b"subt")
_PLAYED = (b"soun", b"vide")
_WIDE = b"co64"
_FORMS = {b"stco": "I", _WIDE: "Q"}
_LARGEST = (1 << 32) - 1
_TABLES = (b"mdia", b"minf", b"stbl")


@dataclass(frozen=True, slots=True, kw_only=True)
class Movie:
    """What stands in a box `moov`: its boxes, each with the track that it is, but for `chapters`, which go."""

    boxes: tuple[tuple[Box, Track | None], ...]
    rest: bytes
    chapters: tuple[Track, ...]

    @property
    def tracks(self) -> list[Track]:
        """The tracks that stay."""
        return [track for _, track in self.boxes if track]

    @property
    def user_data(self) -> bytes:
        """The content of its box `udta`, b"" where there is none."""
        return next((box.content for box, _ in self.boxes if box.name == _USER_DATA), b"")

    def find_free_numbers(self, wanted: int) -> list[int]:
        """The lowest numbers that no track has."""
        taken = {track.number for track in self.tracks}
        return list(islice((number for number in count(1) if number not in taken), wanted))

    def find_clock(self, duration: int) -> Clock:
        """How it counts time; it ends where the recording does, `duration` in milliseconds, or where it says itself."""
        head = next(box.content for box, _ in self.boxes if box.name == _HEAD_OF_MOVIE)
        scale = find_scale(head)
        return Clock(scale=scale, end=duration or find_duration(head) * SECOND // scale)


def parse_movie(content: bytes, *, without_chapters: bool) -> Movie:
    """Read the content of a box `moov`; without its chapters, their tracks are told apart from those that stay.

    Raises ValueError if its tables cannot be read, or are of a kind that cannot be written.
    """
    boxes, rest = parse_boxes(content)
    names = {box.name for box in boxes}
    if b"mvex" in names:
        raise ValueError("it is made of fragments: write it as one piece, with ffmpeg -c copy")
    if _HEAD_OF_MOVIE not in names:
        raise ValueError("its tables are packed or missing: write it anew, with ffmpeg -c copy")
    try:
        tracks = [Track(box.content) if box.name == _TRACK else None for box in boxes]
        played = [track for track in tracks if track]
        chapters = tuple(filter(_holds_chapters, find_chapter_tracks(played))) if without_chapters else ()
        _check_tracks(played)
    except BROKEN as error:
        raise ValueError("its tables are broken") from error
    kept = ((box, track) for box, track in zip(boxes, tracks, strict=True) if track not in chapters)
    return Movie(boxes=tuple(kept), rest=rest, chapters=chapters)


def _holds_chapters(track: Track) -> bool:
    """Titles or pictures; a film that is named by mistake is none."""
    return track.kind in _TEXTS or track.form in (JPEG, PNG)


def _check_tracks(tracks: Sequence[Track]) -> None:
    if any(track.is_protected for track in tracks):
        raise ValueError("it is protected against copies: its samples cannot be moved")
    if any(track.is_elsewhere for track in tracks):
        raise ValueError("its sound lies in another file: write it as one piece, with ffmpeg -c copy")


def format_movie(movie: Movie, tracks: bytes, numbers: Sequence[int] | None, user_data: bytes, move: Move) -> bytes:
    """Write a box `moov`: the tracks that stay, then new ones for chapters, and what it says of itself.

    `numbers` are those of the new tracks, to which the others refer; None where their references stay. Raises
    ValueError if boxes are cut off.
    """
    highest = max((*(track.number for track in movie.tracks), *(numbers or ())), default=0)
    written: list[bytes] = []
    place = 0
    for box, track in movie.boxes:
        if track:
            written.append(_format_track(box, track, numbers, move))
            place = len(written)
        elif box.name == _HEAD_OF_MOVIE:
            written.append(format_box(box.name, box.content[:-4], struct.pack(">I", min(highest + 1, _LARGEST))))
            place = len(written)
        elif box.name != _USER_DATA or box.content != movie.user_data:
            written.append(box.whole)
        else:
            written.append(format_box(_USER_DATA, user_data))
    if not any(box.name == _USER_DATA for box, _ in movie.boxes):
        written.append(format_box(_USER_DATA, user_data))
    return format_box(b"moov", *written[:place], tracks, *written[place:], movie.rest)


def _format_track(box: Box, track: Track, numbers: Sequence[int] | None, move: Move) -> bytes:
    content = _move_tables(box.content, _TABLES, move)
    if numbers is not None:
        content = _refer(content, numbers if track.kind in _PLAYED else ())
    return format_box(_TRACK, content)


def _move_tables(data: bytes, path: Sequence[bytes], move: Move) -> bytes:
    """Write anew where the chunks of a track lie; the tables stand under these names."""
    boxes, rest = parse_boxes(data)
    written = []
    for box in boxes:
        if path and box.name == path[0]:
            written.append(format_box(box.name, _move_tables(box.content, path[1:], move)))
        elif not path and box.name in _FORMS:
            written.append(_move_table(box, move))
        else:
            written.append(box.whole)
    return b"".join(written) + rest


def _move_table(box: Box, move: Move) -> bytes:
    """The chunks at their new places, in eight bytes each where one lies behind 4 GiB."""
    chunks = [move(chunk) for chunk in find_chunks(box.content, _FORMS[box.name])]
    name = _WIDE if max(chunks, default=0) > _LARGEST else box.name
    return format_box(name, box.content[:HEAD], struct.pack(f">{len(chunks)}{_FORMS[name]}", *chunks))


def _refer(data: bytes, numbers: Sequence[int]) -> bytes:
    """Let a track refer to its chapters, and to what else it does."""
    boxes, rest = parse_boxes(data)
    others, end = parse_boxes(next((box.content for box in boxes if box.name == _REFERENCES), b""))
    references = [box.whole for box in others if box.name != _CHAPTERS]
    if numbers:
        references.append(format_box(_CHAPTERS, struct.pack(f">{len(numbers)}I", *numbers)))
    new = format_box(_REFERENCES, *references, end) if references else b""
    place = next((at for at, box in enumerate(boxes) if box.name in (_REFERENCES, b"mdia")), len(boxes))
    kept = (box.whole for box in boxes[place:] if box.name != _REFERENCES)
    return b"".join((*(box.whole for box in boxes[:place]), new, *kept, rest))
