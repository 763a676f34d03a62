"""Media types of the files that feeds carry, by their names (PSP-1; podcast namespace, tag transcript)."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import urlsplit

_AUDIO = {
    ".mp3": "audio/mpeg",
    ".m4a": "audio/x-m4a",
    ".m4b": "audio/mp4",
    ".aac": "audio/aac",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".opus": "audio/ogg",
    ".flac": "audio/flac",
    ".wav": "audio/wav",
    ".mp4": "video/mp4",
    ".m4v": "video/x-m4v",
    ".mov": "video/quicktime",
}
_TRANSCRIPTS = {
    ".vtt": "text/vtt",
    ".srt": "application/x-subrip",
    ".json": "application/json",
    ".txt": "text/plain",
    ".html": "text/html",
}
APPLE_TYPES = (
    *("audio/mpeg", "audio/x-m4a", "audio/m4a", "audio/mp4"),
    *("video/mp4", "video/x-m4v", "video/m4v", "video/quicktime", "application/pdf"),
)
"""What Apple takes as an enclosure (Apple, podcast RSS guide; PSP-1 spells two of them without the x)."""

CHAPTERS_TYPE = "application/json+chapters"
CHAPTERS_TYPES = (CHAPTERS_TYPE, "application/json")
"""As what chapters files are read; the first is the type that the podcast namespace gives them."""

TRANSCRIPT_TYPES = tuple(_TRANSCRIPTS.values())
"""The types that the podcast namespace has for transcripts."""

SUBRIP_TYPES = (
    *("application/x-subrip", "application/srt", "application/subrip", "application/x-srt"),
    *("text/srt", "text/x-srt", "text/x-subrip"),
)
"""What SubRip is called; the first is its type in the podcast namespace, the others are those of early feeds."""


def is_url(text: str) -> bool:
    """Say whether a text is an address on the web rather than a path."""
    return text.startswith(("https://", "http://"))


def find_suffix(source: str) -> str:
    """The ending of a file's name, in lower case and with its dot, of a path or a URL.

    >>> find_suffix("https://example.org/a.MP3?x=1.jpg")
    '.mp3'
    """
    return PurePosixPath(urlsplit(source).path if is_url(source) else source).suffix.lower()


def find_audio_type(source: str) -> str:
    """The media type of an audio or video file, "" if its name does not tell."""
    return _AUDIO.get(find_suffix(source), "")


def find_transcript_type(source: str) -> str:
    """The media type of a transcript, "" if its name does not tell."""
    return _TRANSCRIPTS.get(find_suffix(source), "")
