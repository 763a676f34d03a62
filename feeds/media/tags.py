"""What an audio file says of itself in its tags, whatever their format: ID3, MP4 or Vorbis comments."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from feeds.chapters.id3 import parse_id3_chapters
from feeds.chapters.mp4 import parse_mp4_chapters
from feeds.chapters.vorbis import parse_vorbis_chapters
from feeds.formats import CONTROL, SECOND
from feeds.model import Chapter

# What the formats call the same thing, the best name first. No name means two things.
_TITLE = ("TIT2", "©nam", "title")
_SUBTITLE = ("TIT3", "----:com.apple.iTunes:SUBTITLE", "subtitle")
_DESCRIPTION = ("TDES", "COMM", "ldes", "desc", "©cmt", "description", "comment")
_TRACK = ("TRCK", "trkn", "tracknumber")
_DISC = ("TPOS", "disk", "discnumber")

_NUMBER = re.compile(r"0*([1-9]\d{0,3})(?:/0*(\d+))?")

Found = tuple[Mapping[str, str], tuple[Chapter, ...]]
"""Texts by the name that the format has for them, and chapters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """What the tags of an audio file say, "" and None where they do not; `duration` in milliseconds."""

    duration: int
    title: str = ""
    subtitle: str = ""
    description: str = ""
    season: int | None = None
    episode: int | None = None
    chapters: tuple[Chapter, ...] = ()


def parse_tags(audio: Any) -> Tags:
    """Read the tags of a file that `mutagen.File` has opened.

    The track is the number of the episode and the disc that of the season, where they say something: a track that
    is the only one does not, nor does a disc without a track.
    """
    texts, chapters = _find_in(audio)
    episode = _find_number(texts, _TRACK)
    return Tags(
        duration=round(audio.info.length * SECOND),
        title=" ".join(_find_text(texts, _TITLE).split()),
        subtitle=" ".join(_find_text(texts, _SUBTITLE).split()),
        description=_find_text(texts, _DESCRIPTION),
        season=_find_number(texts, _DISC) if episode else None,
        episode=episode,
        chapters=chapters,
    )


def _find_in(audio: Any) -> Found:
    """Known by the names of their classes, formats need not be imported where no file is opened."""
    for kind in type(audio).__mro__:
        if find := _FORMATS.get(kind.__name__):
            return find(audio)
    return {}, ()


def _find_in_id3(audio: Any) -> Found:
    """A comment (COMM) with a description is a program's note to itself; ffmpeg writes a user's as TXXX."""
    tags = audio.tags
    if tags is None:
        return {}, ()
    texts: dict[str, str] = {}
    for frame in tags.values():
        description = getattr(frame, "desc", "")
        if isinstance(getattr(frame, "text", None), list) and (not description or frame.FrameID == "TXXX"):
            texts.setdefault(description.lower() or frame.FrameID, " ".join(map(str, frame.text)))
    return texts, parse_id3_chapters(tags)


def _find_in_mp4(audio: Any) -> Found:
    texts = {
        name: " ".join(map(_format_value, values))
        for name, values in (audio.tags or {}).items()
        if isinstance(values, list)
    }
    return texts, parse_mp4_chapters(audio.chapters or ())


def _format_value(value: object) -> str:
    """A free-form text comes as bytes, a track or disc as its number and the number of all."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return "/".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _find_in_vorbis(audio: Any) -> Found:
    comments = audio.tags.as_dict() if audio.tags else {}
    return {name: " ".join(values) for name, values in comments.items()}, parse_vorbis_chapters(comments)


_FORMATS: dict[str, Callable[[Any], Found]] = {
    "ID3FileType": _find_in_id3,  # MP3
    "WAVE": _find_in_id3,
    "MP4": _find_in_mp4,
    "OggFileType": _find_in_vorbis,  # Ogg Vorbis and Opus
    "FLAC": _find_in_vorbis,
}


def _find_text(texts: Mapping[str, str], names: tuple[str, ...]) -> str:
    """The first text that there is, without what no record can hold."""
    cleaned = (CONTROL.sub("", texts.get(name, "").replace("\r\n", "\n").replace("\r", "\n")) for name in names)
    return next(filter(None, map(str.strip, cleaned)), "")


def _find_number(texts: Mapping[str, str], names: tuple[str, ...]) -> int | None:
    number = _NUMBER.fullmatch(_find_text(texts, names))
    return int(number[1]) if number and number[2] != "1" else None
