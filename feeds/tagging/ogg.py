"""The tagged copy of Opus or Vorbis in Ogg: new comments on new pages, and the pages behind them with new numbers.

A page has its number in it, and a checksum over all of it. A checksum is linear: it changes by that of the change, so
that the sound of a page need not be read for it, and a page that is damaged stays so. Pages of other streams, and of
streams that are chained behind, are left alone. Spec: RFC 3533, section 6; RFC 7845, section 5; Vorbis I, section 4.2.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import BinaryIO, NamedTuple

from feeds.tagging.comments import format_comments, format_cover_comment, parse_comments, relabel
from feeds.tagging.label import Label
from feeds.tagging.pieces import Piece, Span

_CAPTURE = b"OggS"
_HEADER = struct.Struct("<4sBBqIIIB")
_NUMBERS = struct.Struct("<III")  # serial number, sequence number, checksum
_AT_NUMBERS, _AT_CHECKSUM = 14, 22
_CONTINUED, _FIRST = 0x01, 0x02
_SEGMENTS, _FULL = 255, 255
_UNFINISHED = -1
_MOST_PAGES = 1 << 16
_REVERSED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
_ZEROS = memoryview(bytes(_HEADER.size + _SEGMENTS + _SEGMENTS * _FULL))

_OPUS, _OPUS_COMMENTS = b"OpusHead", b"OpusTags"
_VORBIS, _VORBIS_COMMENTS = b"\x01vorbis", b"\x03vorbis"
_FRAMING = b"\x01"  # Vorbis I, section 5.2.1
_KEPT_PADDING = 0x01  # RFC 7845, section 5.2


class Page(NamedTuple):
    """A page with headers, as it stands in the file."""

    begin: int
    end: int
    flags: int
    serial: int
    number: int
    segments: bytes
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Renumbered(Span):
    """Pages of which those of one stream have numbers that are higher by `shift`, up to where a stream begins anew."""

    serial: int
    shift: int

    def read_chunks(self, source: BinaryIO) -> Iterator[bytes]:
        """Read them, as many at a time as 1 MiB holds."""
        left = bytearray()
        is_over = False
        for chunk in super(Renumbered, self).read_chunks(source):
            left += chunk
            done, is_over = (len(left), True) if is_over else self._renumber(left)
            yield bytes(left[:done])
            del left[:done]
        yield bytes(left)

    def _renumber(self, data: bytearray) -> tuple[int, bool]:
        """Renumber all pages that are whole; how far they go, and whether the stream is over.

        Bytes that belong to no page, as after a damage, are left alone.
        """
        at = 0
        while (page := data.find(_CAPTURE, at)) >= 0 and (end := _find_end(data, page)) <= len(data):
            serial, number, checksum = _NUMBERS.unpack_from(data, page + _AT_NUMBERS)
            if serial == self.serial:
                if data[page + 5] & _FIRST:
                    return len(data), True
                _renumber_page(data, page, end, number, checksum, self.shift)
            at = end
        return (page if page >= 0 else max(at, len(data) - len(_CAPTURE) + 1)), False


def _find_end(data: bytearray, page: int) -> int:
    """Where a page ends, as far as its header is there."""
    first = page + _HEADER.size
    if len(data) < first:
        return first
    last = first + data[first - 1]
    return last + sum(data[first:last])


def _renumber_page(data: bytearray, page: int, end: int, number: int, checksum: int, shift: int) -> None:
    new = number + shift & 0xFFFF_FFFF
    change = (number ^ new).to_bytes(4, "little")
    behind = end - page - _AT_CHECKSUM
    checksum ^= _find_checksum(change, _ZEROS[:behind])
    struct.pack_into("<II", data, page + _AT_NUMBERS + 4, new, checksum)


def _find_checksum(*parts: bytes | memoryview) -> int:
    """The checksum of Ogg: that of zlib with bits in the other direction, from 0 on, and not inverted (RFC 3533, 6)."""
    state = 0xFFFF_FFFF
    for part in parts:
        state = zlib.crc32(part if isinstance(part, memoryview) else part.translate(_REVERSED), state)
    return int.from_bytes((state ^ 0xFFFF_FFFF).to_bytes(4, "big").translate(_REVERSED), "little")


def measure_ogg(stream: BinaryIO, label: Label) -> tuple[Piece, ...]:
    """Tell what the copy of an Opus or Vorbis in Ogg is made of.

    Of several streams the first of these kinds gets the label. Raises ValueError if there is none, or its headers
    cannot be read.
    """
    size = stream.seek(0, io.SEEK_END)
    first, old = _read_headers(stream)
    packets = _join_packets(old)
    new = format_pages(relabel_packets(packets, label), serial=first.serial, number=old[0].number)
    pieces: list[Piece] = [Span(begin=0, end=old[0].begin), b"".join(new)]
    # What other streams have between our pages stays behind them.
    pieces += [Span(begin=one.end, end=after.begin) for one, after in pairwise(old)]
    begin, shift = old[-1].end, len(new) - len(old)
    pieces.append(
        Renumbered(begin=begin, end=size, serial=first.serial, shift=shift) if shift else Span(begin=begin, end=size)
    )
    return tuple(piece for piece in pieces if len(piece))


def _read_headers(stream: BinaryIO) -> tuple[Page, list[Page]]:
    """The page that begins the stream of sound, and those behind it that have its other headers alone."""
    first: Page | None = None
    found: list[Page] = []
    page = _read_page(stream, 0)
    for _ in range(_MOST_PAGES):
        if first is None and page.flags & _FIRST and page.body.startswith((_OPUS, _VORBIS)):
            first = page
        elif first is None and not page.flags & _FIRST:
            raise ValueError("no stream in it is Opus or Vorbis, and others take no tags here: publish it as it is")
        elif first is not None and page.serial == first.serial:
            found.append(page)
            ended = sum(segment < _FULL for one in found for segment in one.segments)
            if ended >= _count_headers(first):
                return first, found
        page = _read_page(stream, page.end)
    raise ValueError("its headers do not end: write it anew")


def _count_headers(first: Page) -> int:
    """How many headers follow the first: comments, and with Vorbis the setup."""
    return 1 if first.body.startswith(_OPUS) else 2


def _read_page(stream: BinaryIO, begin: int) -> Page:
    stream.seek(begin)
    head = stream.read(_HEADER.size)
    count = head[-1] if len(head) == _HEADER.size and head.startswith(_CAPTURE) else -1
    segments = stream.read(max(count, 0))
    body = stream.read(sum(segments))
    if len(segments) != count or len(body) < sum(segments):
        raise ValueError("its pages break off before its comments are over: write it anew")
    _, _, flags, _, serial, number, _, _ = _HEADER.unpack(head)
    return Page(begin, stream.tell(), flags, serial, number, segments, body)


def _join_packets(pages: Sequence[Page]) -> list[bytes]:
    """The packets that stand on pages. Raises ValueError if the last one goes on behind them."""
    segments, body = b"".join(page.segments for page in pages), b"".join(page.body for page in pages)
    if segments[-1] == _FULL:
        raise ValueError("its sound begins on a page of its headers: write it anew")
    packets, begin, end = [], 0, 0
    for segment in segments:
        end += segment
        if segment < _FULL:
            packets.append(body[begin:end])
            begin = end
    return packets


def relabel_packets(packets: Sequence[bytes], label: Label) -> list[bytes]:
    """Write the header of comments anew, and keep the setup of Vorbis. Raises ValueError if the headers are no such."""
    head, *others = packets
    if head.startswith(_OPUS_COMMENTS) and not others:
        comments = relabel(parse_comments(head[len(_OPUS_COMMENTS) :]), label, format_cover_comment(label))
        # What stands behind comments is padding, unless its first bit says that it is kept.
        kept = comments.rest if comments.rest[:1] and comments.rest[0] & _KEPT_PADDING else b""
        return [_OPUS_COMMENTS + format_comments(replace(comments, rest=kept))]
    if head.startswith(_VORBIS_COMMENTS) and len(others) == 1:
        comments = relabel(parse_comments(head[len(_VORBIS_COMMENTS) :]), label, format_cover_comment(label))
        return [_VORBIS_COMMENTS + format_comments(replace(comments, rest=comments.rest or _FRAMING)), *others]
    raise ValueError("its headers are not those of Opus or Vorbis: write it anew")


def format_pages(packets: Sequence[bytes], *, serial: int, number: int) -> list[bytes]:
    """Write headers on pages of their own, from a number on; a page on which no packet ends has no position."""
    segments = b"".join(_format_lacing(packet) for packet in packets)
    body = b"".join(packets)
    pages: list[bytes] = []
    at = 0
    for first in range(0, len(segments), _SEGMENTS):
        table = segments[first : first + _SEGMENTS]
        end = at + sum(table)
        flags = _CONTINUED if first and segments[first - 1] == _FULL else 0
        position = 0 if min(table) < _FULL else _UNFINISHED
        page = bytearray(_HEADER.pack(_CAPTURE, 0, flags, position, serial, number + len(pages), 0, len(table)))
        page += table + body[at:end]
        struct.pack_into("<I", page, _AT_CHECKSUM, _find_checksum(bytes(page)))
        pages.append(bytes(page))
        at = end
    return pages


def _format_lacing(packet: bytes) -> bytes:
    full, rest = divmod(len(packet), _FULL)
    return bytes((_FULL,)) * full + bytes((rest,))
