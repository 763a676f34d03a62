"""What a tagged copy is put together from: new bytes, and ranges of its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The bytes of the source from `begin` up to `end`, as they are."""

    begin: int
    end: int

    def __len__(self) -> int:
        return self.end - self.begin

    def read_chunks(self, source: BinaryIO) -> Iterator[bytes]:
        """Read them, 1 MiB at a time. Raises ValueError if the source has become shorter since it was measured."""
        source.seek(self.begin)
        left = len(self)
        while left:
            chunk = source.read(min(CHUNK, left))
            if not chunk:
                raise ValueError("the recording became shorter while it was copied: run again")
            left -= len(chunk)
            yield chunk


Piece = bytes | Span
