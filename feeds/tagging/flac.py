"""The tagged copy of a FLAC: new comments and cover among its blocks, and all frames behind them.

Spec: RFC 9639, section 8. Seek tables count from the first frame, and so stay right.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

from feeds.tagging.comments import FRONT, Comments, format_comments, format_picture, parse_comments, relabel
from feeds.tagging.label import Label
from feeds.tagging.pieces import Piece, Span

_MAGIC = b"fLaC"
_HEADER = 4
_LAST = 0x80
_SOUND, _COMMENTS, _PICTURE = 0, 4, 6
_LARGEST = 1 << 24

Block = tuple[int, bytes]
"""The type of a block, and its content."""


def measure_flac(stream: BinaryIO, label: Label) -> tuple[Piece, ...]:
    """Tell what the copy of a FLAC is made of. Raises ValueError if its blocks cannot be read."""
    stream.seek(len(_MAGIC))
    blocks = list(_read_blocks(stream))
    begin = stream.tell()
    return (_MAGIC + format_blocks(relabel_blocks(blocks, label)), Span(begin=begin, end=stream.seek(0, io.SEEK_END)))


def _read_blocks(stream: BinaryIO) -> Iterator[Block]:
    is_last = False
    while not is_last:
        head = stream.read(_HEADER)
        size = int.from_bytes(head[1:], "big")
        content = stream.read(size)
        if len(head) < _HEADER or len(content) < size:
            raise ValueError("its blocks break off: write it anew")
        is_last = bool(head[0] & _LAST)
        yield head[0] & ~_LAST, content


def relabel_blocks(blocks: list[Block], label: Label) -> list[Block]:
    """Put the new comments and the cover behind the first block, which tells of the sound, and keep all others.

    Raises ValueError if that one is another, or there are comments twice.
    """
    types = [type for type, _ in blocks]
    if types[0] != _SOUND or types.count(_COMMENTS) > 1:
        raise ValueError("its blocks are not in the order of FLAC, or its comments stand there twice: write it anew")
    old = next((parse_comments(content) for type, content in blocks if type == _COMMENTS), Comments(vendor=b""))
    new = [(_COMMENTS, format_comments(relabel(old, label)))]
    if label.cover:
        new.append((_PICTURE, format_picture(label.cover)))
    return [*blocks[:1], *new, *(block for block in blocks[1:] if not _is_said(block, label))]


def _is_said(block: Block, label: Label) -> bool:
    type, content = block
    return type == _COMMENTS or (type == _PICTURE and label.cover is not None and _find_kind(content) == FRONT)


def _find_kind(content: bytes) -> int:
    return int.from_bytes(content[:4], "big")


def format_blocks(blocks: list[Block]) -> bytes:
    """Write blocks one behind the other, the last one marked. Raises ValueError for one that is too large."""
    parts = []
    for number, (type, content) in enumerate(blocks, 1):
        if len(content) >= _LARGEST:
            raise ValueError(f"a block of it has {len(content):,} bytes, too many for FLAC: make its picture smaller")
        parts.append(
            bytes((type | (_LAST if number == len(blocks) else 0),)) + len(content).to_bytes(3, "big") + content
        )
    return b"".join(parts)
