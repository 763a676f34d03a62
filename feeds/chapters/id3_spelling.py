"""Frames of ID3 as they are written, of version 2.3 or 2.4.

Nothing is packed, and no text holds a character that ends it. Spec: ID3v2.3.0, sections 3 and 4;
ID3v2.4.0-structure, sections 3 and 4; ID3v2.4.0-frames, section 4.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Literal

from feeds.formats import CONTROL, format_url

Version = Literal[3, 4]

FRONT, OTHER = 3, 0
"""Kinds of pictures: the front cover, and one of no kind."""

_LARGEST = 1 << 28
_LATIN, _UTF16, _UTF8 = b"\0", b"\1", b"\3"
STRING_ENDS = {_LATIN: 1, _UTF16: 2, _UTF8: 1}
"""How many zeros end a text, by the byte of its encoding."""

_ORDER = b"\xff\xfe"
_UNKNOWN_LANGUAGE = "XXX"


def format_frame(name: str, content: bytes, version: Version, flags: bytes = b"\0\0") -> bytes:
    """Write a frame. Raises ValueError if it is larger than a tag can be."""
    if len(content) >= _LARGEST:
        raise ValueError(f"the frame {name} has {len(content):,} bytes, too many for a tag: make its picture smaller")
    size = struct.pack(">I", len(content)) if version == 3 else format_bits(len(content))
    return name.encode("latin-1") + size + flags + content


def format_text_frame(name: str, text: str, version: Version) -> bytes:
    """Write a text of one line or, with line feeds, of several."""
    encoding, content = format_strings([CONTROL.sub("", text)], version)
    return format_frame(name, encoding + content, version)


def format_link_frame(name: str, url: str, version: Version) -> bytes:
    """Write a link, which has no encoding of its own."""
    return format_frame(name, _encode_url(url), version)


def format_own_link_frame(url: str, version: Version) -> bytes:
    """Write a link to anywhere (WXXX), without a description."""
    return format_frame("WXXX", _LATIN + b"\0" + _encode_url(url), version)


def format_comment_frame(text: str, language: str, version: Version) -> bytes:
    """Write the comment of a file (COMM), without a description; the language has three letters of ISO 639-2."""
    encoding, content = format_strings(["", CONTROL.sub("", text)], version)
    code = (language if len(language) == 3 and language.isascii() else _UNKNOWN_LANGUAGE).encode()
    return format_frame("COMM", encoding + code + content, version)


def format_picture_frame(data: bytes, type: str, kind: int, version: Version) -> bytes:
    """Write a picture (APIC) without a description; `type` is its media type."""
    return format_frame("APIC", _LATIN + type.encode("latin-1") + b"\0" + bytes((kind,)) + b"\0" + data, version)


def format_picture_link_frame(url: str, version: Version) -> bytes:
    """Write where a picture stands, in place of the picture (APIC of the type -->)."""
    return format_picture_frame(_encode_url(url), "-->", OTHER, version)


def format_tag(frames: bytes, version: Version) -> bytes:
    """Write a tag around its frames, without padding: nobody edits a published copy where it lies.

    Raises ValueError if they are more than a tag holds.
    """
    if len(frames) >= _LARGEST:
        raise ValueError(f"the tag has {len(frames):,} bytes, more than a tag holds: make its pictures smaller")
    return b"ID3" + bytes((version, 0, 0)) + format_bits(len(frames)) + frames


def format_bits(number: int) -> bytes:
    """Write a number in four bytes of seven bits each (ID3v2.4.0, section 6.2)."""
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))


def format_strings(texts: Sequence[str], version: Version) -> tuple[bytes, bytes]:
    """Write texts one behind the other, a zero between them: the byte of their encoding, and they themselves.

    UTF-8 came with version 2.4. Letters of Latin-1 beyond ASCII are read in the code page of the machine by many
    programs, so that version 2.3 has UTF-16 for them.
    """
    if version == 4:
        return _UTF8, "\0".join(texts).encode()
    if all(map(str.isascii, texts)):
        return _LATIN, "\0".join(texts).encode()
    return _UTF16, b"\0\0".join(_ORDER + text.encode("utf-16-le") for text in texts)


def _encode_url(url: str) -> bytes:
    return CONTROL.sub("", format_url(url)).encode("ascii", "ignore")
