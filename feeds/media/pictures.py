"""The pictures in the tags of an audio file: its cover, and those that its chapters show."""

from __future__ import annotations

import base64
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

_FRONT, _OTHER = 3, 0  # kinds of ID3 and FLAC (ID3v2.4 frames, 4.14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """The bytes of the pictures in a file, whatever they are; b"" where there is no cover.

    Those of chapters come with their starts in milliseconds.
    """

    cover: bytes = b""
    chapters: tuple[tuple[int, bytes], ...] = ()


def find_pictures(audio: Any, track: tuple[tuple[int, bytes], ...] = ()) -> Pictures:
    """Find the pictures of a file that `mutagen.File` has opened; `track` are those that an MP4 shows in a track.

    Where the track shows the cover, its chapter has no picture of its own.
    """
    for kind in type(audio).__mro__:
        if find := _FORMATS.get(kind.__name__):
            found = find(audio)
            shown = tuple((start, data) for start, data in track if data != found.cover)
            return replace(found, chapters=found.chapters or shown)
    return Pictures()


def _find_in_id3(audio: Any) -> Pictures:
    if audio.tags is None:
        return Pictures()
    chapters = (
        (frame.start_time, _choose_cover(frame.sub_frames.getall("APIC"))) for frame in audio.tags.getall("CHAP")
    )
    return Pictures(
        cover=_choose_cover(audio.tags.getall("APIC")),
        chapters=tuple(sorted((start, data) for start, data in chapters if data)),
    )


def _find_in_mp4(audio: Any) -> Pictures:
    """The box has no kinds: the first is the cover."""
    return Pictures(cover=next(map(bytes, (audio.tags or {}).get("covr", ())), b""))


def _find_in_flac(audio: Any) -> Pictures:
    return Pictures(cover=_choose_cover([*audio.pictures, *_find_in_comments(audio)]))


def _find_in_vorbis(audio: Any) -> Pictures:
    return Pictures(cover=_choose_cover(list(_find_in_comments(audio))))


def _find_in_comments(audio: Any) -> Iterator[Any]:
    """A picture block of FLAC as a comment in Base64 (Xiph wiki, "METADATA_BLOCK_PICTURE").

    One that cannot be read is given as it stands: whoever tries to show it will find that it is none.
    """
    from mutagen.flac import Picture  # costs every build its time, and is needed by none

    for text in (audio.tags or {}).get("metadata_block_picture", ()):
        try:
            yield Picture(base64.b64decode(text))  # type: ignore[no-untyped-call]
        except (ValueError, struct.error):
            broken = Picture()  # type: ignore[no-untyped-call]
            broken.data = text.encode()
            yield broken


def _choose_cover(pictures: list[Any]) -> bytes:
    """The front cover, else one of no kind, else the first."""
    wanted = sorted(pictures, key=lambda picture: (picture.type != _FRONT, picture.type != _OTHER))
    return bytes(wanted[0].data) if wanted else b""


_FORMATS: dict[str, Callable[[Any], Pictures]] = {
    "ID3FileType": _find_in_id3,
    "WAVE": _find_in_id3,
    "MP4": _find_in_mp4,
    "FLAC": _find_in_flac,
    "OggFileType": _find_in_vorbis,
}
