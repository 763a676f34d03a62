"""Kinds of media files: which media types say the same, and what kind of file each promises."""

from __future__ import annotations

from feeds.rulebook.forms.types import find_essence

MP3, MP4, OGG, AAC, FLAC, WAVE, MATROSKA = "MP3", "MP4", "Ogg", "AAC", "FLAC", "WAVE", "Matroska"
TRANSPORT, PLAYLIST, PDF, EPUB, PAGE = "MPEG-2 transport stream", "HLS playlist", "PDF", "EPUB", "web page"

_TYPES = {
    MP3: "audio/mpeg audio/mp3 audio/x-mp3 audio/mpeg3 audio/x-mpeg audio/x-mpeg-3 audio/mpg audio/x-mpg",
    MP4: "audio/mp4 audio/x-m4a audio/m4a audio/x-m4b audio/m4b audio/mp4a-latm video/mp4 video/x-m4v video/m4v "
    "video/quicktime application/mp4",
    OGG: "audio/ogg audio/opus audio/vorbis audio/x-ogg application/ogg video/ogg",
    AAC: "audio/aac audio/aacp audio/x-aac",
    FLAC: "audio/flac audio/x-flac",
    WAVE: "audio/wav audio/x-wav audio/wave audio/vnd.wave",
    MATROSKA: "audio/webm video/webm audio/x-matroska video/x-matroska audio/matroska video/matroska",
    TRANSPORT: "video/mp2t",
    PLAYLIST: "application/x-mpegurl application/vnd.apple.mpegurl audio/mpegurl audio/x-mpegurl",
    PDF: "application/pdf application/x-pdf",
    EPUB: "application/epub+zip",
    PAGE: "text/html application/xhtml+xml",
}
_CONTAINER_OF = {type: container for container, types in _TYPES.items() for type in types.split()}


def find_container(type: str) -> str:
    """The kind of file that a media type promises, "" if it is not known.

    >>> find_container("audio/x-m4a"), find_container("Audio/MPEG; charset=x"), find_container("audio/unheard-of")
    ('MP4', 'MP3', '')
    """
    return _CONTAINER_OF.get(find_essence(type), "")


def is_same_type(one: str, other: str) -> bool:
    """Say whether two media types mean the same: the same words, or two spellings for one kind of file.

    >>> is_same_type("audio/x-m4a", "audio/mp4"), is_same_type("audio/mp4", "video/mp4")
    (True, False)
    """
    one, other = find_essence(one), find_essence(other)
    kinds = {one.partition("/")[0], other.partition("/")[0]} - {"application"}
    return one == other or (find_container(one) == find_container(other) != "" and len(kinds) < 2)
