"""The text of a linked file, and where in it a character stands."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from dataclasses import dataclass

from feeds.rulebook.places import Spot

LARGEST = 16 * 1024 * 1024
"""Bytes up to which a linked file is read; the transcript of ten hours, word by word, has half of them."""

NOWHERE = Spot()

_BREAK = re.compile("\r\n|\n|\r")
_WIDE = ((codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FileText:
    """The text of a file in UTF-8, without a byte order mark, which `marked` tells of.

    `fault` says why there is none, "" if there is; `fault_at` is the place of it. A file of more than LARGEST bytes has
    no text and no fault, but is `large`.
    """

    text: str
    size: int
    large: bool = False
    marked: bool = False
    fault: str = ""
    fault_at: Spot = NOWHERE


def parse_file_text(data: bytes) -> FileText:
    """Decode the bytes of a file, which is UTF-8 or nothing."""
    if len(data) > LARGEST:
        return FileText(text="", size=len(data), large=True)
    for mark, name in _WIDE:
        if data.startswith(mark):
            return FileText(text="", size=len(data), fault=f"the file is in {name}", fault_at=Spot(1, 1))
    marked = data.startswith(codecs.BOM_UTF8)
    raw = data.removeprefix(codecs.BOM_UTF8)
    try:
        return FileText(text=raw.decode("utf-8"), size=len(data), marked=marked)
    except UnicodeDecodeError as error:
        spot = Lines(raw[: error.start].decode("utf-8", "replace")).find(error.start)
        fault = f"the byte 0x{raw[error.start]:02X} does not belong to UTF-8"
        return FileText(text="", size=len(data), marked=marked, fault=fault, fault_at=spot)


def split_lines(text: str) -> list[str]:
    """The lines of a text, whichever way they end (WebVTT, section 4.1); the last one is "" after a last line end."""
    return _BREAK.split(text)


class Lines:
    """Line and column of characters of a text, counted when somebody first asks."""

    __slots__ = ("_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] = []

    def find(self, offset: int, path: str = "") -> Spot:
        """The place of a character by its number, from 0; of one behind the end, the end.

        >>> Lines("{}\\n{ }").find(5)
        Spot(line=2, column=3, path='')
        """
        if not self._starts:
            self._starts = [0, *(match.end() for match in _BREAK.finditer(self._text))]
        offset = min(offset, len(self._text))
        line = bisect_right(self._starts, offset)
        return Spot(line, offset - self._starts[line - 1] + 1, path)
