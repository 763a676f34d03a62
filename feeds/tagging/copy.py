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

from feeds.chapters.id3_frames import HEADER, find_tag_size
from feeds.media.containers import HEAD, find_container
from feeds.rulebook.forms.containers import FLAC, MP3, MP4, OGG
from feeds.tagging.flac import measure_flac
from feeds.tagging.label import Label
from feeds.tagging.mp3 import measure_mp3
from feeds.tagging.mp4.files import measure_mp4
from feeds.tagging.ogg import measure_ogg
from feeds.tagging.pieces import Piece

Measure = Callable[[BinaryIO, Label], tuple[Piece, ...]]

MEASURES: Mapping[str, Measure] = {MP3: measure_mp3, MP4: measure_mp4, OGG: measure_ogg, FLAC: measure_flac}
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
        pieces = _read_measure(stream)(stream, label)
    return TaggedCopy(source=file, pieces=pieces, length=sum(map(len, pieces)))


def _read_measure(stream: BinaryIO) -> Measure:
    """Choose by the kind of a file; what stands behind an ID3 tag and is no other kind is taken for an MP3.

    So is a tag that cannot be read, of which more is said there.
    """
    begin = 0
    while size := find_tag_size(_read_from(stream, begin, HEADER)):
        begin += size
    head = _read_from(stream, begin, HEAD)
    kind = MP3 if head.startswith(b"ID3") else find_container(head) or (MP3 if begin else "")
    if kind not in MEASURES:
        raise ValueError(f"a file of the kind {kind or 'that nobody knows'} takes no tags: publish it as it is")
    if begin and kind != MP3:
        raise ValueError(f"an ID3 tag stands in front of it, where a file of the kind {kind} has none: take it out")
    return MEASURES[kind]


def _read_from(stream: BinaryIO, begin: int, size: int) -> bytes:
    stream.seek(begin)
    return stream.read(size)
