"""Comments of Vorbis, as Ogg and FLAC have them: names and texts, pictures among them.

Spec: Vorbis I, section 5; FLAC format, "METADATA_BLOCK_PICTURE"; Xiph wiki, "VorbisComment".
"""

from __future__ import annotations

import base64
import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from feeds.chapters.vorbis import format_vorbis_chapters
from feeds.formats import format_instant, format_url
from feeds.tagging.label import Cover, Label, clean_line, clean_text, format_number

FRONT = 3
_COUNT = struct.Struct("<I")
_PICTURE = "METADATA_BLOCK_PICTURE"
_CHAPTER = re.compile(r"CHAPTER\d{3,}(?:NAME|URL)?")
# Other names for what we say. What is read first must not say something else.
_SYNONYMS = {"DATE": ("DATE", "RELEASEDATE", "YEAR")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Comments:
    """The comments of a file, each as it stands there; `rest` is what stands behind them."""

    vendor: bytes
    comments: tuple[bytes, ...] = ()
    rest: bytes = b""


def parse_comments(data: bytes) -> Comments:
    """Take a comment header apart, from its vendor on. Raises ValueError if it breaks off."""
    vendor, at = _take_text(data, 0)
    if len(data) < at + _COUNT.size:
        raise ValueError("its comments break off: write them anew with a tag editor")
    (count,) = _COUNT.unpack_from(data, at)
    at += _COUNT.size
    comments = []
    for _ in range(count):
        comment, at = _take_text(data, at)
        comments.append(comment)
    return Comments(vendor=vendor, comments=tuple(comments), rest=data[at:])


def _take_text(data: bytes, at: int) -> tuple[bytes, int]:
    """A text behind its length, and where it ends."""
    begin = at + _COUNT.size
    end = begin + _COUNT.unpack_from(data, at)[0] if len(data) >= begin else begin
    if end > len(data):
        raise ValueError("its comments break off: write them anew with a tag editor")
    return data[begin:end], end


def format_comments(comments: Comments) -> bytes:
    """Write a comment header, from its vendor on."""
    texts = (comments.vendor, *comments.comments)
    vendor, *others = (_COUNT.pack(len(text)) + text for text in texts)
    return vendor + _COUNT.pack(len(others)) + b"".join(others) + comments.rest


def relabel(comments: Comments, label: Label, more: Sequence[tuple[str, str]] = ()) -> Comments:
    """Say the label first, and `more`, and then what stood there and is not said anew; a new cover replaces the front.

    Raises ValueError for too many chapters.
    """
    said = (*_format_label(label), *more)
    replaced = {synonym for name, _ in said for synonym in _SYNONYMS.get(name, (name,))}
    kept = (comment for comment in comments.comments if not _is_said(comment, replaced, label))
    return Comments(
        vendor=comments.vendor,
        comments=(*(f"{name}={text}".encode() for name, text in said), *kept),
        rest=comments.rest,
    )


def _format_label(label: Label) -> Iterator[tuple[str, str]]:
    lines = {"TITLE": label.title, "ALBUM": label.show, "ARTIST": label.author}
    lines |= {"DATE": format_instant(label.date) if label.date else "", "LANGUAGE": label.language}
    lines |= {"TRACKNUMBER": format_number(label.episode), "DISCNUMBER": format_number(label.season)}
    lines |= {"URL": format_url(label.link)}
    yield from ((name, line) for name, text in lines.items() if (line := clean_line(text)))
    if summary := clean_text(label.summary):
        yield "DESCRIPTION", summary
    yield from format_vorbis_chapters(label.chapters)


def format_cover_comment(label: Label) -> tuple[tuple[str, str], ...]:
    """Write the cover as a comment, for files that have nothing else for it."""
    return ((_PICTURE, base64.b64encode(format_picture(label.cover)).decode()),) if label.cover else ()


def _is_said(comment: bytes, replaced: set[str], label: Label) -> bool:
    """Say whether a comment is one of those that are written anew; a picture is one if it is the front cover."""
    key, _, text = comment.partition(b"=")
    name = key.decode("latin-1").upper()
    if name == _PICTURE:
        return bool(label.cover) and _find_kind(text) == FRONT
    return name in replaced or (bool(label.chapters) and bool(_CHAPTER.fullmatch(name)))


def _find_kind(text: bytes) -> int:
    """The kind of a picture; -1 if it cannot be read."""
    try:
        return int.from_bytes(base64.b64decode(text[:8])[:4], "big")
    except ValueError:
        return -1


def format_picture(cover: Cover) -> bytes:
    """Write the front cover as a block of FLAC; sizes and colours are 0, since the picture itself tells them."""
    type = cover.type.encode()
    head = struct.pack(f">II{len(type)}sI", FRONT, len(type), type, 0)
    return head + struct.pack(">5I", 0, 0, 0, 0, len(cover.data)) + cover.data
