"""A file on a server that is read as if it stood here: only the parts that are looked at are fetched."""

from __future__ import annotations

import io
from typing import Any

from feeds.network.connections import Guard
from feeds.network.failures import ExchangeError
from feeds.network.probes import Probe, fetch_begin, find_part_begin

_BLOCK = 1 << 16
_MOST_BLOCKS_AT_ONCE = 16
_PARTIAL = 206


class DistantFile(io.RawIOBase):
    """The file whose beginning has come with a probe, for reading.

    What else is read is fetched in parts, the larger the longer it goes on in a line, as long as the server sends parts
    and no more than `most` bytes come in all. Reading what cannot be had raises OSError.
    """

    def __init__(self, probe: Probe, guard: Guard, *, most: int) -> None:
        super().__init__()
        self._url = probe.url
        self._guard = guard
        self._left = most
        self._size = probe.total or len(probe.body)
        self._has_parts = probe.status == _PARTIAL
        self._parts = [(0, probe.body)]
        self._at = 0
        self._end = len(probe.body)
        self._stride = 1

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that any place of it can be gone to."""
        return True

    def tell(self) -> int:
        """The byte that is read next."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a byte, counted from the first, from here or from the end."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise OSError("before the beginning of the file")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Read what comes next, as much as there is at hand."""
        view = memoryview(buffer)
        wanted = min(len(view), self._size - self._at)
        if wanted <= 0:
            return 0
        begin, part = self._fetch_part(wanted)
        piece = part[self._at - begin : self._at - begin + wanted]
        view[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def _fetch_part(self, wanted: int) -> tuple[int, bytes]:
        """The part in which the next byte lies, fetched where it is not at hand."""
        for begin, part in self._parts:
            if begin <= self._at < begin + len(part):
                return begin, part
        if not self._has_parts:
            raise OSError("the server sends no parts")
        self._stride = min(self._stride * 2, _MOST_BLOCKS_AT_ONCE) if self._at == self._end else 1
        begin = self._at if self._at == self._end else self._at // _BLOCK * _BLOCK
        count = min(max(self._stride * _BLOCK, self._at + min(wanted, _BLOCK) - begin), self._size - begin)
        if count > self._left:
            raise OSError("more than should be fetched of it")
        self._left -= count
        try:
            probe = fetch_begin(self._url, self._guard, most=count, begin=begin)
        except ExchangeError as failure:
            raise OSError(str(failure)) from failure
        if probe.status != _PARTIAL or find_part_begin(probe) != begin or len(probe.body) <= self._at - begin:
            raise OSError("the server sends another part")
        self._parts.append((begin, probe.body))
        self._end = begin + len(probe.body)
        return begin, probe.body
