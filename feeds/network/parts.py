"""Files that have come in part, and what must be known to fetch the rest of them.

Beside `talk.mp3` stands `talk.mp3.part` with the bytes that have come, and `talk.mp3.part.json` with what they are
the beginning of. The note is written before the first of these bytes and never after: wherever the program is
killed, a note beside a part is that of this very part, and a part without a note is worth nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a part is the beginning of.

    `address` is the hash of where it comes from, as an address may hold a password. `validator` is what makes a
    server send the rest of this very file (RFC 9110, section 13.1.5), "" if it gave none. `total` is the size of the
    whole in bytes, 0 if the server did not say. `type` is its media type, "" likewise.
    """

    address: str
    validator: str = ""
    total: int = 0
    type: str = ""


class Part:
    """A file on its way to its place. `size` is how many of its bytes have come, `note` what they belong to."""

    def __init__(self, target: Path, url: str) -> None:
        self._target = target
        self._file = target.with_name(target.name + ".part")
        self._sheet = target.with_name(target.name + ".part.json")
        self._address = hashlib.sha256(url.encode()).hexdigest()
        self.note = Note(address=self._address)
        self.size = 0
        self._read_earlier()

    def _read_earlier(self) -> None:
        """Take up what an earlier run has left, if more of it can be had."""
        try:
            note = Note(**json.loads(self._sheet.read_bytes()))
            size = self._file.stat().st_size
            fits = size == note.total or bool(note.validator and not size > note.total > 0)
        except (FileNotFoundError, ValueError, TypeError):
            return
        if fits and note.address == self._address:
            self.note, self.size = note, size

    @property
    def is_whole(self) -> bool:
        """Whether all has come, as far as the server said how much that is."""
        return self.size > 0 and self.size == self.note.total

    def begin(self, *, validator: str, total: int, type: str) -> None:
        """Begin anew, with what the server says of the file that it is going to send."""
        self.remove()
        self.note = Note(address=self._address, validator=validator, total=total, type=type)
        self._sheet.write_text(json.dumps(asdict(self.note)), encoding="utf-8")

    def append(self, pieces: Iterable[bytes]) -> Iterator[int]:
        """Write what comes, and tell the size after each piece."""
        with self._file.open("ab") as stream:
            for piece in pieces:
                stream.write(piece)
                self.size += len(piece)
                yield self.size

    def remove(self) -> None:
        """Forget what has come: the note last, for without it a part is worth nothing."""
        self._file.unlink(missing_ok=True)
        self._sheet.unlink(missing_ok=True)
        self.note, self.size = Note(address=self._address), 0

    def put_in_place(self) -> None:
        """Make the part the file that was wanted."""
        with self._file.open("rb+") as stream:
            os.fsync(stream.fileno())  # a name that has reached the disk before its bytes would pass for whole
        self._file.replace(self._target)
        self._sheet.unlink(missing_ok=True)
