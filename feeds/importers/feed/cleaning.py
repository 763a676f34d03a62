"""Feeds as they come: in an encoding that they do not name, with stray ampersands, behind empty lines.

What a browser would still read is written anew as clean UTF-8, a piece at a time. What is no feed is told from one.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from html.entities import html5
from typing import BinaryIO

from feeds.formats import CONTROL

_CHUNK = 1 << 16
_LONGEST = 64
"""No entity, and no mark of a section, is longer: so much is kept back for the next piece."""

_DECLARATION = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""")
_PROLOG = re.compile(r"\s*<\?xml[^>]*\?>\s*")
_DOCTYPE = re.compile(r"<!DOCTYPE\s+([\w:.-]+)\s*([^>\[]*)(\[?)", re.IGNORECASE)
_ASIDE = re.compile(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_DEFAULT = re.compile(
    r"""(?<=<rss)([^>]*?)\sxmlns=["']http://(?:backend\.userland\.com/[^"']*|blogs\.law\.harvard\.edu/[^"']*)["']"""
)
_MARK = re.compile(r"<!\[CDATA\[|<!--|&(?:#\d{1,8};|#[xX][0-9a-fA-F]{1,7};|[A-Za-z][A-Za-z0-9]{1,31};)?")
_ENDS = {"<![CDATA[": "]]>", "<!--": "-->"}
_NO_TEXTS = ("idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape")
_CARRIAGE_RETURN = 13
_OWN = ("&amp;", "&lt;", "&gt;", "&quot;", "&apos;")
# What Windows means by the control characters from 128 on; browsers read them so, in references too (HTML, 13.2.5.80).
_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}


class NotAFeedError(ValueError):
    """Says what a document is that is no feed."""


def clean_feed(source: BinaryIO, *, charset: str, mended: Counter[str]) -> Iterator[bytes]:
    """Give a document as well-formed UTF-8, as far as a single character can break it.

    `charset` is what its server says of it, "" if it says nothing. `mended` counts what was wrong, by its name.
    Raises NotAFeedError if it is a page, or if it declares entities or names a DTD: those are never followed.
    """
    encoding = _find_encoding(source, charset, mended)
    source.seek(0)
    pieces = _decode(source, encoding, mended)
    start = _strip_start(next(pieces, ""), mended)
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n'
    cleaner = _Cleaner(mended)
    yield cleaner.clean(start).encode()
    for piece in pieces:
        yield cleaner.clean(piece).encode()
    yield cleaner.end().encode()


def _find_encoding(source: BinaryIO, charset: str, mended: Counter[str]) -> str:
    """UTF-8 if it is valid as such: nothing else looks like it by chance. Else what the document or server says."""
    source.seek(0)
    start = source.read(_CHUNK)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    declared = _DECLARATION.match(start.removeprefix(codecs.BOM_UTF8))
    named = declared[1].decode() if declared else charset or "utf-8"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while start:
            decoder.decode(start)
            start = source.read(_CHUNK)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _find_codec(named, mended)
    return "utf-8-sig"


def _find_codec(named: str, mended: Counter[str]) -> str:
    try:
        found = codecs.lookup(named)
        codec = found.name if found._is_text_encoding and found.name not in _NO_TEXTS else "utf-8"
    except LookupError:
        codec = "utf-8"
    if codec in ("utf-8", "ascii"):
        mended["another encoding than it says"] += 1
    return "cp1252" if codec in ("utf-8", "ascii", "iso8859-1") else codec  # WHATWG Encoding, section 4.2


def _decode(source: BinaryIO, encoding: str, mended: Counter[str]) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    while piece := source.read(_CHUNK):
        text = decoder.decode(piece)
        mended["characters that cannot be read"] += text.count("\ufffd") if encoding != "utf-8-sig" else 0
        yield text
    yield decoder.decode(b"", final=True)


def _strip_start(start: str, mended: Counter[str]) -> str:
    """Take off what stands before the first element, once it is seen to be harmless."""
    if start[:1].isspace() and start.lstrip().startswith("<?xml"):
        mended["white space before the XML declaration"] += 1
    bare = _ASIDE.sub(lambda aside: " " * len(aside[0]), start)
    doctype = _DOCTYPE.search(bare)
    root = re.search(r"<([A-Za-z][\w:.-]*)", bare)
    if (doctype and doctype[1].casefold() == "html") or (root and root[1].casefold() == "html"):
        raise NotAFeedError("is a page, not a feed: look there for the address of its RSS feed")
    if doctype and (not root or doctype.start() < root.start()):
        if doctype[2].strip() or doctype[3]:
            raise NotAFeedError("declares entities or names a DTD, which is never followed: no feed needs that")
        start = start[: doctype.start()] + start[start.index(">", doctype.start()) + 1 :]
    if not root:
        raise NotAFeedError("is no XML: a feed begins with <rss")
    return _DEFAULT.sub(r"\1", _PROLOG.sub("", start, count=1), count=1)


class _Cleaner:
    """Mends text piece by piece; within CDATA and comments an ampersand is one."""

    def __init__(self, mended: Counter[str]) -> None:
        self._mended = mended
        self._kept = ""
        self._end = ""

    def clean(self, piece: str) -> str:
        """Mend what is surely whole, and keep the rest for the next piece."""
        text = self._kept + piece
        safe = max(0, len(text) - _LONGEST)
        cleaned, used = self._clean_until(text, safe)
        self._kept = text[used:]
        return cleaned

    def end(self) -> str:
        """Mend what was kept."""
        cleaned, _ = self._clean_until(self._kept, len(self._kept))
        return cleaned

    def _clean_until(self, text: str, safe: int) -> tuple[str, int]:
        """Mend all marks that begin before a place, and say how far that went."""
        pieces = []
        at = 0
        while at < safe:
            if self._end:
                end = text.find(self._end, at)
                stop = end + len(self._end) if end >= 0 else max(at, safe)
                if end >= 0:
                    self._end = ""
                pieces.append(self._clean_characters(text[at:stop]))
            else:
                mark = _MARK.search(text, at)
                if mark is None or mark.start() >= safe:
                    pieces.append(self._clean_characters(text[at:safe]))
                    return "".join(pieces), safe
                stop = mark.end()
                pieces += self._clean_characters(text[at : mark.start()]), self._clean_mark(mark[0])
                self._end = _ENDS.get(mark[0], "")
            at = stop
        return "".join(pieces), at

    def _clean_mark(self, mark: str) -> str:
        if mark in _ENDS or mark in _OWN:
            return mark
        if mark.startswith("&#"):
            number = mark[2:-1]
            code = int(number[1:], 16) if number[0] in "xX" else int(number)
            if code == _CARRIAGE_RETURN:  # a line ends with a line feed (XML 1.0, section 2.11), in references too
                self._mended["carriage returns"] += 1
                return ""
            return _WINDOWS.get(code, mark) if _is_character(code) else self._drop()
        if mark == "&" or mark[1:] not in html5:
            self._mended["ampersands that should be &amp;"] += 1
            return "&amp;" + mark[1:]
        return html5[mark[1:]].replace("&", "&amp;").replace("<", "&lt;")

    def _clean_characters(self, text: str) -> str:
        return CONTROL.sub(lambda stray: _WINDOWS.get(ord(stray[0])) or self._drop(), text)

    def _drop(self) -> str:
        self._mended["control characters"] += 1
        return ""


def _is_character(code: int) -> bool:
    return code < 0x110000 and (0x80 <= code < 0xA0 or not CONTROL.match(chr(code)))
