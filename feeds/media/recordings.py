"""Measuring a recording that is read in parts: its kind, how long it lasts, its chapters as they stand there."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any, BinaryIO

import mutagen
from mutagen import aac, flac, mp3, mp4, wave

from feeds.chapters.id3_frames import HEADER, find_tag_size, parse_chapter_tag
from feeds.formats import SECOND
from feeds.media.chapter_tracks import read_chapter_track
from feeds.media.containers import HEAD, find_container, find_frame
from feeds.media.tags import parse_tags
from feeds.model import Chapter
from feeds.rulebook.files.linked import NO_CHAPTERS, ChapterTag
from feeds.rulebook.forms.containers import AAC, FLAC, MP3, MP4, OGG, WAVE

_READERS = {MP3: mp3.MP3, MP4: mp4.MP4, OGG: mutagen.File, FLAC: flac.FLAC, WAVE: wave.WAVE, AAC: aac.AAC}
_UNTOLD = (AAC,)
"""Kinds that nowhere say how long they last."""

_LARGEST_TAG = 1 << 25
_MOST_PADDING = 1 << 16
_SAMPLES = 4
_SAMPLE = 1 << 13
_ALIKE = 3
"""How many frames must follow each other until they are believed to be frames."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """What a recording is: `container` as in feeds.rulebook.forms.containers, "" for no kind that is known.

    `duration` is in milliseconds, `bitrate` in bits a second, 0 where they cannot be told for sure; `channels`
    likewise. `tag` holds the frames of chapters in its ID3 tag, `chapters` what programs make of them, or of those in
    an MP4 or in comments.
    """

    container: str = ""
    duration: int = 0
    bitrate: int = 0
    channels: int = 0
    tag: ChapterTag = NO_CHAPTERS
    chapters: tuple[Chapter, ...] = ()


def measure_recording(stream: BinaryIO) -> Recording:
    """Measure a recording as far as it can be read; one that cannot is told by what is empty, and nothing is raised."""
    try:
        tag, begin = _read_tag(stream)
        container = find_container(_read_from(stream, begin, HEAD))
    except OSError:
        return Recording()
    if container not in _READERS:
        return Recording(container=container, tag=tag)
    try:
        stream.seek(0)
        audio = _READERS[container](stream)
        track = read_chapter_track(stream) if container == MP4 else ()
        chapters = parse_tags(audio, track).chapters
        is_sure = container not in _UNTOLD and (container != MP3 or _measure_constancy(stream, audio, begin))
    except Exception:  # a broken file makes mutagen fail in more ways than its own
        return Recording(container=container, tag=tag)
    return Recording(
        container=container,
        duration=round(audio.info.length * SECOND) if is_sure else 0,
        bitrate=int(getattr(audio.info, "bitrate", 0) or 0) if is_sure else 0,
        channels=int(getattr(audio.info, "channels", 0) or 0),
        tag=tag,
        chapters=chapters,
    )


def _read_tag(stream: BinaryIO) -> tuple[ChapterTag, int]:
    """The chapters of the first ID3 tag, and where behind all tags and zeros the file itself begins."""
    tag, begin = NO_CHAPTERS, 0
    while size := find_tag_size(_read_from(stream, begin, HEADER)):
        if not begin and size <= _LARGEST_TAG:
            tag = parse_chapter_tag(_read_from(stream, 0, size))
        begin += size
    padding = _read_from(stream, begin, _MOST_PADDING if begin else 0)
    return tag, begin + len(padding) - len(padding.lstrip(b"\0"))


def _measure_constancy(stream: BinaryIO, audio: Any, begin: int) -> bool:
    """Say whether the length of an MP3 is known: it stands in its first frame, or all frames have the same bit rate.

    Without that a length is reckoned from the size of the file and the rate of its first frame. Whether others have the
    same is looked up at a few places.
    """
    if audio.info.bitrate_mode != mp3.BitrateMode.UNKNOWN:
        return True
    size = stream.seek(0, io.SEEK_END)
    places = (begin + (size - begin) * part // _SAMPLES for part in range(_SAMPLES))
    rates = {_find_rate(_read_from(stream, place, _SAMPLE)) for place in places}
    return rates <= {audio.info.bitrate // 1000, 0}


def _find_rate(data: bytes) -> int:
    """The bit rate in kbit/s of the first frames in a piece of an MP3; 0 if there are none, and -1 if they differ."""
    at = data.find(b"\xff")
    while at >= 0:
        rates = _find_rates(data, at)
        if len(rates) >= _ALIKE:
            return rates[0] if len(set(rates)) == 1 else -1
        at = data.find(b"\xff", at + 1)
    return 0


def _find_rates(data: bytes, at: int) -> list[int]:
    rates = []
    while frame := find_frame(data[at : at + 4]):
        rates.append(frame[0])
        at += frame[1]
    return rates


def _read_from(stream: BinaryIO, begin: int, size: int) -> bytes:
    """So many bytes from a place on, fewer where the file ends."""
    stream.seek(begin)
    return stream.read(size)
