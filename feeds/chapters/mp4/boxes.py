"""Boxes, of which an MP4 is made: a size, a name of four letters, and what stands in it, which may be boxes again.

Spec: ISO/IEC 14496-12, section 4.2; QuickTime File Format, "Atoms".
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

HEAD = 8
WIDE_HEAD = 16
_WIDE = 1 << 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box as it stands in the file; its content begins `head` bytes after its own beginning."""

    name: bytes
    whole: bytes
    head: int

    @property
    def content(self) -> bytes:
        return self.whole[self.head :]


def find_boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """List the boxes that stand side by side, each by its name and its content, as far as they are whole."""
    return ((box.name, box.content) for box, _ in _find_boxes(data))


def find_box(data: bytes, *names: bytes) -> bytes:
    """The content of the first box that lies under these names, empty if there is none."""
    for name in names:
        data = next((content for found, content in find_boxes(data) if found == name), b"")
    return data


def parse_boxes(data: bytes) -> tuple[tuple[Box, ...], bytes]:
    """Read boxes that shall be written again, and what is left behind them, such as the zeros of QuickTime.

    Raises ValueError where a box is cut off.
    """
    boxes, end = [], 0
    for box, end in _find_boxes(data):  # noqa: B007  (the last end is what counts)
        boxes.append(box)
    if len(data) - end >= HEAD:
        raise ValueError("its tables are broken")
    return tuple(boxes), data[end:]


def parse_head(head: bytes) -> tuple[bytes, int, int]:
    """The name of a box, its size with its head, 0 if it goes on to the end, and the size of its head.

    The size is -1 where it cannot be: smaller than the head, or cut off.
    """
    size, name = struct.unpack_from(">I4s", head)
    if size != 1:
        return name, size if size >= HEAD or not size else -1, HEAD
    if len(head) < WIDE_HEAD:
        return name, -1, HEAD
    (size,) = struct.unpack_from(">Q", head, HEAD)
    return name, size if size >= WIDE_HEAD else -1, WIDE_HEAD


def format_head(name: bytes, length: int) -> bytes:
    """Write the head of a box whose content has so many bytes; from 4 GiB on its size takes eight bytes more."""
    if HEAD + length < _WIDE:
        return struct.pack(">I4s", HEAD + length, name)
    return struct.pack(">I4sQ", 1, name, WIDE_HEAD + length)


def format_box(name: bytes, *content: bytes) -> bytes:
    """Write a box around its content."""
    return struct.pack(">I4s", HEAD + sum(map(len, content)), name) + b"".join(content)


def format_full_box(name: bytes, *content: bytes, version: int = 0, flags: int = 0) -> bytes:
    """Write a box whose content begins with a version and 24 flags."""
    return format_box(name, struct.pack(">I", version << 24 | flags), *content)


def format_table(name: bytes, form: str, rows: Iterable[Iterable[int]], *before: bytes) -> bytes:
    """Write a table: behind a version and flags, and what else stands before, how many rows there are, and these."""
    row = struct.Struct(">" + form)
    content = [row.pack(*numbers) for numbers in rows]
    return format_full_box(name, *before, struct.pack(">I", len(content)), *content)


def _find_boxes(data: bytes) -> Iterator[tuple[Box, int]]:
    """Each box, and where it ends. One that goes on to the end is given its size."""
    at = 0
    while at + HEAD <= len(data):
        name, size, head = parse_head(data[at : at + WIDE_HEAD])
        if size < 0 or at + size > len(data):
            return
        end = at + size if size else len(data)
        whole = data[at:end] if size else format_box(name, data[at + head :])
        yield Box(name=name, whole=whole, head=head), end
        at = end
