"""Media types of the files that feeds carry, by their names (PSP-1; podcast namespace, tag transcript)."""

from __future__ import annotations

import mimetypes
import re
from pathlib import PurePath, PurePosixPath
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


RSS_TYPE = "application/rss+xml; charset=utf-8"
PICTURES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".avif": "image/avif",
}
SERVED_TYPES = {
    **_AUDIO,
    ".vtt": "text/vtt",
    ".srt": "application/x-subrip",
    **PICTURES,
    ".js": "text/javascript",
    ".opml": "text/x-opml",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
}
"""The types of files by their endings, where servers know them not or otherwise."""

_ARCHIVE = re.compile(r"[1-9]\d*\.xml")
# An object of its own knows Python's table and not that of the machine, which differs from one to the next.
_STANDARD_TYPES = mimetypes.MimeTypes()


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


def find_transcript_kind(media_type: str) -> str:
    """What people call a transcript of a media type: the ending of such a file, or else what stands behind the slash.

    >>> find_transcript_kind("application/srt"), find_transcript_kind("text/plain"), find_transcript_kind("text/x-odd")
    ('srt', 'txt', 'x-odd')
    """
    essence = media_type.partition(";")[0].strip().lower()
    known = SUBRIP_TYPES[0] if essence in SUBRIP_TYPES else essence
    return next((suffix[1:] for suffix, one in _TRANSCRIPTS.items() if one == known), known.partition("/")[2])


def is_feed(path: str) -> bool:
    """Say whether a file of a site is a feed or a page of its archive, by its path.

    >>> is_feed("show/feed.xml"), is_feed("show/feed/12.xml"), is_feed("sitemap.xml")
    (True, True, False)
    """
    file = PurePath(path)
    return file.name == "feed.xml" or (file.parent.name == "feed" and bool(_ARCHIVE.fullmatch(file.name)))


def find_content_type(path: str, *, accept: str = "") -> str:
    """The media type with which a file of the site is served, the same on every machine.

    A client that accepts HTML is a browser, which applies a style sheet to plain XML and to no feed.

    >>> find_content_type("show/feed.xml"), find_content_type("talk.0a1b2c3d4e.mp3")
    ('application/rss+xml; charset=utf-8', 'audio/mpeg')
    >>> find_content_type("feed.xml", accept="text/html,application/xml;q=0.9,*/*;q=0.8")
    'application/xml; charset=utf-8'
    """
    if is_feed(path):
        return SERVED_TYPES[".xml"] if "text/html" in accept.lower() else RSS_TYPE
    if PurePath(path).name == "chapters.json":
        return CHAPTERS_TYPE
    known = SERVED_TYPES.get(find_suffix(path)) or find_transcript_type(path)
    return known or _STANDARD_TYPES.guess_type(path)[0] or "application/octet-stream"
