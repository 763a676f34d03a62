"""What episodes tell while they are rendered, kept for the pages that come after them: in a file, since an archive of
thousands would not fit in memory.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Mapping
from typing import BinaryIO

from feeds.knowledge.moments import Moment
from feeds.knowledge.subjects import Place

Moments = Mapping[int, tuple[Moment, ...]]


def format_moments(moments: Moments) -> bytes:
    """Write the moments of an episode for the ledger of the same build."""
    return pickle.dumps(dict(moments), protocol=pickle.HIGHEST_PROTOCOL) if moments else b""


class Ledger:
    """The moments of every episode, by its place. Forked processes read from the same file without moving in it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._bounds: dict[Place, tuple[int, int]] = {}

    def add(self, place: Place, moments: bytes) -> None:
        """Take in the moments of an episode, as they were written."""
        if moments:
            self._bounds[place] = self._stream.seek(0, os.SEEK_END), len(moments)
            self._stream.write(moments)
            self._stream.flush()

    def read_moments(self, place: Place) -> Moments:
        """Read the moments of an episode; none of one that was not added."""
        if place not in self._bounds:
            return {}
        start, length = self._bounds[place]
        found: Moments = pickle.loads(os.pread(self._stream.fileno(), length, start))
        return found
