"""Tagged copies of recordings: what they are made of is known before a byte of sound is copied.

So their length is known too, and a recording of any size needs no more memory than its tags. The sound is that of the
source, byte for byte, and so is every tag that is not written anew. The same source and the same label give the same
bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from feeds.media.containers import HEAD, find_container
from feeds.tagging.label import Label
from feeds.tagging.pieces import Piece

Measure = Callable[[BinaryIO, Label], tuple[Piece, ...]]

MEASURES: Mapping[str, Measure] = {}
"""What tells the pieces of a copy, by the kind of its file. Each raises ValueError if the file cannot be tagged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedCopy:
    """A copy of `source` that is not made yet; `length` is in bytes."""

    source: Path
    pieces: tuple[Piece, ...]
    length: int

    def read_pieces(self) -> Iterator[bytes]:
        """Read the copy from its beginning to its end, in chunks of 1 MiB at most where they come from the source.

        Raises ValueError if the source has become shorter since it was measured.
        """
        with self.source.open("rb") as source:
            for piece in self.pieces:
                if isinstance(piece, bytes):
                    yield piece
                else:
                    yield from piece.read_chunks(source)


def measure_copy(file: Path, label: Label) -> TaggedCopy:
    """Tell what the copy of a recording with this label is made of.

    Raises ValueError for a kind of file that takes no tags, and for one whose own tags cannot be read.
    """
    with file.open("rb") as stream:
        kind = find_container(stream.read(HEAD))
        measure = MEASURES.get(kind)
        if measure is None:
            raise ValueError(f"a file of the kind {kind or 'that nobody knows'} takes no tags: publish it as it is")
        pieces = measure(stream, label)
    return TaggedCopy(source=file, pieces=pieces, length=sum(map(len, pieces)))
