"""Measuring audio files, pictures and transcripts: the only module that opens one.

What is measured stands in channel.lock afterwards, so that a file is opened once and not at every build.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, TypedDict

import mutagen
from PIL import Image, UnidentifiedImageError

from feeds.chapters.mp4.tracks import find_video_size
from feeds.media.chapter_tracks import read_chapter_pictures, read_chapter_track, read_movie
from feeds.media.pictures import Pictures, find_pictures
from feeds.media.tags import Tags, parse_tags
from feeds.media_types import find_audio_type
from feeds.transcripts.cue import Speech
from feeds.transcripts.forms import parse_transcript, parse_transcript_bytes

_PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a file is: size in bytes, media type, hash; duration in milliseconds, width and height in pixels.

    `duration` is 0 for what makes no sound, `width` and `height` for what shows no picture. `flaw` is what the colours
    of a picture have that directories refuse; it makes no other file of it, and so stands in no lock.
    """

    bytes: int
    type: str
    sha256: str
    duration: int = 0
    width: int = 0
    height: int = 0
    flaw: str = field(default="", compare=False)


def measure_audio(file: Path) -> Facts:
    """Measure an audio or video file. Raises ValueError if it is none that can be read."""
    audio = _open_audio(file)
    type = find_audio_type(file.name)
    width, height = _measure_video_size(file) if type.startswith("video/") else (0, 0)
    return Facts(
        bytes=file.stat().st_size,
        type=type,
        sha256=_measure_hash(file),
        duration=round(audio.info.length * 1000),
        width=width,
        height=height,
    )


def measure_video(file: Path) -> Facts:
    """Measure a video that need not have sound, such as a moving picture. Raises ValueError if it shows nothing."""
    width, height = _measure_video_size(file)
    if not width or not height:
        raise ValueError("this is no video that can be read")
    return Facts(
        bytes=file.stat().st_size,
        type=find_audio_type(file.name),
        sha256=_measure_hash(file),
        width=width,
        height=height,
    )


def measure_tags(file: Path) -> Tags:
    """Read what an audio or video file says of itself. Raises ValueError if it is none that can be read."""
    audio = _open_audio(file)
    if not _is_mp4(audio):
        return parse_tags(audio)
    with file.open("rb") as stream:
        return parse_tags(audio, read_chapter_track(stream))


def read_pictures(file: Path) -> Pictures:
    """Read the pictures in the tags of an audio file. Raises ValueError if it is none that can be read."""
    audio = _open_audio(file)
    if not _is_mp4(audio):
        return find_pictures(audio)
    with file.open("rb") as stream:
        return find_pictures(audio, read_chapter_pictures(stream))


class _Look(TypedDict):
    type: str
    width: int
    height: int
    flaw: str


def measure_picture(file: Path) -> Facts:
    """Measure a picture. Raises ValueError if it is none, or none that browsers and apps show."""
    look = _measure_look(file)
    return Facts(bytes=file.stat().st_size, sha256=_measure_hash(file), **look)


def measure_picture_bytes(data: bytes) -> Facts:
    """Measure a picture that is no file yet. Raises ValueError as `measure_picture` does."""
    return Facts(bytes=len(data), sha256=hashlib.sha256(data).hexdigest(), **_measure_look(io.BytesIO(data)))


def _measure_look(source: Path | BinaryIO) -> _Look:
    """What the head of a picture says: its media type, its sides, and what directories refuse of it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # only the head is read
            with Image.open(source) as picture:
                kind, (width, height) = picture.format or "", picture.size
                flaw = _find_flaw(picture)
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise ValueError("this is no picture that can be read") from error
    if kind not in _PICTURES:
        raise ValueError(f"a picture of the kind {kind} is not shown by podcast apps: save it as JPEG or PNG")
    return {"type": _PICTURES[kind], "width": width, "height": height, "flaw": flaw}


def measure_transcript(file: Path, type: str, known: Facts | None = None) -> Facts:
    """Measure a transcript; what it says is not looked at again if it is the file that is `known`.

    Raises ValueError if it is not what its media type promises.
    """
    content = file.read_bytes()
    facts = Facts(bytes=len(content), type=type, sha256=hashlib.sha256(content).hexdigest())
    if facts != known:
        _parse_words(content, type)
    return facts


def measure_file(file: Path) -> Facts:
    """Measure any other file, such as a document that the notes link to."""
    return Facts(bytes=file.stat().st_size, type="", sha256=_measure_hash(file))


def read_transcript(file: Path, type: str) -> tuple[Speech, ...]:
    """Read what a transcript says. Raises ValueError if it cannot be read."""
    return _parse_words(file.read_bytes(), type)


def _parse_words(content: bytes, type: str) -> tuple[Speech, ...]:
    return parse_transcript(parse_transcript_bytes(content), type)


def _open_audio(file: Path) -> Any:
    try:
        audio = mutagen.File(file)
    except Exception as error:  # a broken file makes mutagen fail in more ways than its own
        reason = str(error) or "it breaks off"
        raise ValueError(f"this audio file cannot be read: {reason}") from error
    if _is_mp4(audio) and not audio.info.length:
        raise ValueError(
            "this says nowhere how long it is, as if made of fragments: write it anew, with ffmpeg -c copy"
        )
    if audio is None or not getattr(audio.info, "length", 0):
        raise ValueError("this is no audio file that can be read")
    return audio


def _is_mp4(audio: Any) -> bool:
    """Known by the name of its class, the format need not be imported where no file is opened."""
    return type(audio).__name__ == "MP4"


def _find_flaw(picture: Image.Image) -> str:
    """What directories refuse, as far as the head of a file tells it."""
    if picture.mode == "CMYK":
        return "the colours of print (CMYK)"
    return "transparency" if picture.has_transparency_data else ""


def _measure_video_size(file: Path) -> tuple[int, int]:
    """Width and height of the picture of a video in pixels; 0 and 0 where there is none."""
    with file.open("rb") as stream:
        return find_video_size(read_movie(stream))


def _measure_hash(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
