"""The frames of chapters in an ID3 tag as they stand there, for whoever wants to judge them.

What programs make of them is in feeds.chapters.id3: there a second frame of the same id is gone, and flags and counts
are believed. Here nothing is mended, and nothing raises: what breaks off is said to be broken.

Spec: ID3v2.3.0 and ID3v2.4.0-structure, sections 3 and 4; ID3v2 Chapter Frame Addendum 1.0, sections 3.1 and 3.2.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

from feeds.rulebook.files.linked import NO_CHAPTERS, ChapterFrame, ChapterTag, ContentsFrame

HEADER = 10
"""Bytes of the header of a tag, and of that of a frame."""

_ID = re.compile(rb"[A-Z][A-Z0-9]{3}")
UNSYNCHRONISED, EXTENDED = 0x80, 0x40
"""Flags of a tag."""
_FOOTER = 0x10
_TOP, _ORDERED = 0b10, 0b01
_TIMES = struct.Struct(">4I")
_CODECS = ("latin-1", "utf-16", "utf-16-be", "utf-8")
_MOST_FRAMES = 20_000
_LARGEST_FRAME = 1 << 24


class Frame(NamedTuple):
    """Where the content of a frame lies, and its two bytes of flags; the tag may end before it does."""

    name: bytes
    begin: int
    end: int
    flags: bytes


def find_tag_size(head: bytes) -> int:
    """How many bytes a tag has that begins with these, its header included; 0 if none does (ID3v2.4.0, section 3.1)."""
    if len(head) < HEADER or not head.startswith(b"ID3") or head[3] > 4 or max(head[6:10]) > 0x7F:
        return 0
    has_footer = head[3] == 4 and head[5] & _FOOTER
    return HEADER + join_bits(head[6:10]) + (HEADER if has_footer else 0)


def parse_chapter_tag(tag: bytes) -> ChapterTag:
    """Read the frames CHAP and CTOC of a tag, its header included; a version that has none gives none."""
    if not find_tag_size(tag) or tag[3] not in (3, 4):
        return NO_CHAPTERS
    version, flags = tag[3], tag[5]
    body = tag[HEADER : HEADER + join_bits(tag[6:10])]
    if version == 3 and flags & UNSYNCHRONISED:
        body = resynchronise(body)
    first = find_first_frame(body, version) if flags & EXTENDED else 0
    chapters: list[ChapterFrame] = []
    contents: list[ContentsFrame] = []
    broken: list[str] = []
    for frame in find_frames(body, version, first):
        if frame.name in (b"CHAP", b"CTOC"):
            name = frame.name.decode()
            data = (
                None if frame.end > len(body) else unpack_content(body[frame.begin : frame.end], version, frame.flags)
            )
            if fault := _find_fault(name, data):
                where = f"byte {HEADER + frame.begin} of the tag"
                broken.append(f"the frame {name} at {where} {fault}")
            elif data is not None and name == "CHAP":
                chapters.append(_parse_chapter(data, version))
            elif data is not None:
                contents.append(_parse_contents(data, version))
    return ChapterTag(chapters=tuple(chapters), contents=tuple(contents), broken=tuple(broken))


def _find_fault(name: str, data: bytes | None) -> str:
    """What is missing of the content of a frame, "" if nothing is."""
    if data is None:
        return "is longer than the tag, or packed in a way that cannot be unpacked"
    _, end, rest = data.partition(b"\0")
    if not end:
        return "has no id that ends"
    if name == "CHAP" and len(rest) < _TIMES.size:
        return "breaks off before its times and offsets are there"
    if name == "CTOC" and len(rest) < 2:
        return "breaks off before its flags and its count are there"
    return ""


def _parse_chapter(data: bytes, version: int) -> ChapterFrame:
    name, _, rest = data.partition(b"\0")
    start, end, start_offset, end_offset = _TIMES.unpack_from(rest)
    return ChapterFrame(
        id=name.decode("latin-1"),
        start=start,
        end=end,
        start_offset=start_offset,
        end_offset=end_offset,
        title=_find_title(rest, version, _TIMES.size),
    )


def _parse_contents(data: bytes, version: int) -> ContentsFrame:
    name, _, rest = data.partition(b"\0")
    flags, count = rest[0], rest[1]
    children: list[str] = []
    at = 2
    while len(children) < count and (end := rest.find(b"\0", at)) >= 0 and not _begins_frame(rest, version, at):
        children.append(rest[at:end].decode("latin-1"))
        at = end + 1
    return ContentsFrame(
        id=name.decode("latin-1"),
        is_top=bool(flags & _TOP),
        is_ordered=bool(flags & _ORDERED),
        count=count,
        children=tuple(children),
        title=_find_title(rest, version, at),
    )


def _begins_frame(data: bytes, version: int, at: int) -> bool:
    """Say whether not an id stands here but a frame, in a table that says that it lists more than it does.

    It is one if it looks like one and every frame from it on fits, up to the end.
    """
    if not _ID.match(data, at):
        return False
    frames = list(find_frames(data, version, at))
    return bool(frames) and frames[-1].end == len(data)


def _find_title(data: bytes, version: int, first: int) -> str:
    """The text of the first TIT2 among sub-frames."""
    for frame in find_frames(data, version, first):
        text = unpack_content(data[frame.begin : frame.end], version, frame.flags) if frame.name == b"TIT2" else None
        if text:
            codec = _CODECS[text[0]] if text[0] < len(_CODECS) else "latin-1"
            return text[1:].decode(codec, "replace").strip("\0\ufeff")
    return ""


def find_frames(data: bytes, version: int, first: int) -> Iterator[Frame]:
    """The frames from a byte on, up to the padding or to what is no frame; the last one may be longer than there is."""
    if version == 3:
        yield from _walk(data, first, _join_bytes)
        return
    frames = list(_walk(data, first, join_bits))
    if frames and frames[-1].end != len(data) and data[frames[-1].end : frames[-1].end + 1] != b"\0":
        # Some programs write sizes of version 2.4 as in version 2.3.
        plain = list(_walk(data, first, _join_bytes))
        frames = plain if len(plain) > len(frames) or plain[-1].end == len(data) else frames
    yield from frames


def _walk(data: bytes, first: int, join: Callable[[bytes], int]) -> Iterator[Frame]:
    at = first
    for _ in range(_MOST_FRAMES):
        if not _ID.match(data, at) or len(data) < at + HEADER:
            return
        begin = at + HEADER
        at = begin + join(data[begin - 6 : begin - 2])
        yield Frame(data[begin - HEADER : begin - 6], begin, at, data[begin - 2 : begin])


def find_first_frame(body: bytes, version: int) -> int:
    """How long the extended header is: in version 2.3 its size does not count itself, in 2.4 it does."""
    return 4 + _join_bytes(body[:4]) if version == 3 else join_bits(body[:4])


def unpack_content(data: bytes, version: int, flags: bytes) -> bytes | None:
    """The content of a frame as it is meant; None where it is encrypted or broken (section 4.1, in 2.3 3.3.1)."""
    form = flags[1]
    is_packed, is_encrypted, is_grouped, is_unsynchronised, is_measured = (
        (form & 0x80, form & 0x40, form & 0x20, 0, form & 0x80)
        if version == 3
        else (form & 0x08, form & 0x04, form & 0x40, form & 0x02, form & 0x01)
    )
    if is_encrypted:
        return None
    data = data[(1 if is_grouped else 0) + (4 if is_measured else 0) :]
    if is_unsynchronised:
        data = resynchronise(data)
    if not is_packed:
        return data
    try:
        return zlib.decompressobj().decompress(data, _LARGEST_FRAME)
    except zlib.error:
        return None


def resynchronise(data: bytes) -> bytes:
    """Take out the zeros that keep a tag from looking like sound (ID3v2.4.0, section 6.1)."""
    return data.replace(b"\xff\0", b"\xff")


def join_bits(data: bytes) -> int:
    """Read a number of which each byte has seven bits (ID3v2.4.0, section 6.2)."""
    number = 0
    for byte in data:
        number = number << 7 | byte & 0x7F
    return number


def _join_bytes(data: bytes) -> int:
    return int.from_bytes(data, "big")
