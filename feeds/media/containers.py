"""What kind of file it is, by its first bytes."""

from __future__ import annotations

import re

from feeds.rulebook.forms.containers import (
    AAC,
    EPUB,
    FLAC,
    MATROSKA,
    MP3,
    MP4,
    OGG,
    PAGE,
    PDF,
    PLAYLIST,
    TRANSPORT,
    WAVE,
)

HEAD = 512
"""How many bytes it takes."""

_MAGIC = (
    (b"OggS", OGG),
    (b"fLaC", FLAC),
    (b"\x1aE\xdf\xa3", MATROSKA),
    (b"%PDF-", PDF),
    (b"#EXTM3U", PLAYLIST),
)
_BOXES = frozenset((b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot", b"styp"))
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_PACKET = 188  # ISO/IEC 13818-1, section 2.4.3.2
_RATES = (44_100, 48_000, 32_000)
_BITRATES = {  # kbit/s by version and layer (ISO/IEC 11172-3, section 2.4.2.3; 13818-3, section 2.4.2.3)
    (1, 1): (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (1, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (1, 3): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (2, 1): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (2, 2): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_BITRATES[2, 3] = _BITRATES[2, 2]


def find_container(head: bytes) -> str:
    """The kind of a media file by its beginning, behind any ID3 tag, "" if it is none that is known.

    >>> find_container(b"\\0\\0\\0\\x20ftypM4A "), find_container(b"<!doctype html><html>"), find_container(b"hello")
    ('MP4', 'web page', '')
    """
    for magic, container in _MAGIC:
        if head.startswith(magic):
            return container
    if head[4:8] in _BOXES:
        return MP4
    if head[:4] in (b"RIFF", b"RF64") and head[8:12] == b"WAVE":
        return WAVE
    if head.startswith(b"PK\x03\x04") and b"application/epub+zip" in head[:100]:
        return EPUB
    if len(head) > 2 * _PACKET and head[0] == head[_PACKET] == head[2 * _PACKET] == 0x47:
        return TRANSPORT
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0:  # layer 0 is that of AAC (13818-7, section 6.2)
        return AAC
    if find_frame(head):
        return MP3
    return PAGE if _PAGE.match(head) else ""


def find_frame(head: bytes) -> tuple[int, int] | None:
    """The bit rate in kbit/s and the length in bytes of the frame of MPEG audio that begins here, None if none does.

    >>> find_frame(bytes.fromhex("fffb9444"))
    (128, 384)
    """
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    version, layer = head[1] >> 3 & 3, 4 - (head[1] >> 1 & 3)
    rate, frequency, padding = head[2] >> 4, head[2] >> 2 & 3, head[2] >> 1 & 1
    if version == 1 or layer == 4 or rate in (0, 15) or frequency == 3:
        return None
    bitrate = _BITRATES[1 if version == 3 else 2, layer][rate - 1]
    hertz = _RATES[frequency] >> {3: 0, 2: 1, 0: 2}[version]
    if layer == 1:
        return bitrate, (12_000 * bitrate // hertz + padding) * 4
    samples = 72 if layer == 3 and version != 3 else 144
    return bitrate, samples * 1000 * bitrate // hertz + padding
