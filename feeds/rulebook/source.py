"""The bytes of a feed as they are published, their encoding, and what stands where in them."""

from __future__ import annotations

import codecs
import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARATION = re.compile(rb"""\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""")
# Only what follows <!DOCTYPE outside of comments; what it declares is never followed.
_DOCTYPE = re.compile(rb"<!DOCTYPE\b[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
_WEB_PAGE = re.compile(rb"<(?:!doctype\s+)?html\b", re.IGNORECASE)
_PROLOG = re.compile(rb"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_OPENING = re.compile(rb"<(?:!--|!\[CDATA\[|\?|(?=[^\s/!?<>]))")
_ENDS = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}
_DECLARED = re.compile(r"""^(\s*<\?xml\b[^>]*?)\s+encoding\s*=\s*["'][^"']*["']""")
_NO_ENCODINGS = frozenset(("idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"))
"""Codecs of Python that take text for other things than a document."""

_PIECE = 1 << 20
_CONTINUATION = bytes(range(0x80, 0xC0))
"""The bytes of UTF-8 that begin no character."""
_REPLACEMENT = "\ufffd"
_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\r"})
_BLANKS = bytes.maketrans(_CONTROLS, b" " * len(_CONTROLS))
# Control characters, and references to halves of a character, which libxml2 takes and lxml then cannot give back.
_NO_CHARACTER = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#[xX]0*[dD][89a-fA-F][0-9a-fA-F]{2};"
    rb"|&#0*(?:5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]);"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document: its name as the user gave it, its bytes, and the same as UTF-8 without what no parser may follow.

    `declared` is the encoding that the XML declaration names, in lower case, "" if it names none; `encoding` is the one
    that the bytes are in. `unreadable` is how many characters could not be decoded, the first at `unreadable_at`, -1
    without one; a ? stands for each. `doctype` is a document type declaration, blanked in `text` at `doctype_at`.
    `forbidden` is the place of the first character that XML forbids, be it written as it is or as the number of a
    surrogate, -1 without one; all are blanked.
    """

    name: str
    data: bytes
    text: bytes
    declared: str
    encoding: str
    unreadable: int
    unreadable_at: int
    doctype: bytes
    doctype_at: int
    forbidden: int


def parse_source(name: str, data: bytes) -> Source:
    """Find the encoding of a document, and take out of it what no parser may follow, every line in its place."""
    bom, encoding = next(((bom, name) for bom, name in _BOMS if data.startswith(bom)), (b"", ""))
    if not bom and data[:4] in (b"<\0?\0", b"\0<\0?"):
        encoding = "utf-16-le" if data.startswith(b"<") else "utf-16-be"
    head = data[len(bom) : 400].decode(encoding, "replace").encode() if encoding else data[:400]
    declaration = _DECLARATION.match(head)
    declared = declaration[1].decode().lower() if declaration else ""
    encoding = encoding or _find_codec(declared)
    text, unreadable, unreadable_at = _decode(data[len(bom) :], encoding)
    # Nearly no document has any, and to count the others is far quicker than to search.
    odd = b"&#" in text or len(text.translate(None, _CONTROLS)) < len(text)
    forbidden = _NO_CHARACTER.search(text) if odd else None
    if forbidden:
        # A file of nothing but zeros has millions of them, and a match for each would take a hundred times its room.
        text = _NO_CHARACTER.sub(lambda match: b" " * len(match[0]), text.translate(_BLANKS))
    doctype = _DOCTYPE.match(text, _find_prolog_end(text))
    if doctype:
        blank = re.sub(rb"[^\n]", b" ", doctype[0])
        text = text[: doctype.start()] + blank + text[doctype.end() :]
    return Source(
        name=name,
        data=data,
        text=text,
        declared=declared,
        encoding=encoding,
        unreadable=unreadable,
        unreadable_at=unreadable_at,
        doctype=doctype[0] if doctype else b"",
        doctype_at=doctype.start() if doctype else -1,
        forbidden=forbidden.start() if forbidden else -1,
    )


def find_web_page(source: Source) -> int:
    """Where a page of HTML begins, as a server sends it in the place of a feed; -1 if this is none."""
    if _WEB_PAGE.match(source.doctype):
        return source.doctype_at
    at = _find_prolog_end(source.text)
    return at if _WEB_PAGE.match(source.text, at) else -1


def _find_codec(declared: str) -> str:
    """The codec for a declared encoding; XML without one is UTF-8 (XML 1.0, section 4.3.3)."""
    try:
        codec = codecs.lookup(declared or "utf-8")
        b"a".decode(codec.name)  # Python has codecs that are no encodings, such as base64
    except (LookupError, UnicodeError):
        return "utf-8"
    return codec.name if codec.incrementaldecoder and codec.name not in _NO_ENCODINGS else "utf-8"


def _decode(data: bytes, encoding: str) -> tuple[bytes, int, int]:
    """The same text as UTF-8 that a parser takes for it, how many characters could not be read, and where the first.

    The whole as text would need up to four times its room, so it is read a piece at a time.
    """
    if encoding == "utf-8" and _is_utf8(data):
        return data, 0, -1
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    pieces: list[bytes] = []
    unreadable, unreadable_at, size = 0, -1, 0
    for at in range(0, len(data), _PIECE):
        text = decoder.decode(data[at : at + _PIECE], at + _PIECE >= len(data))
        if not at and encoding != "utf-8":  # the declaration speaks of the bytes as they were
            text = _DECLARED.sub(r"\1", text, count=1)
        if _REPLACEMENT in text:
            if unreadable_at < 0:
                unreadable_at = size + len(text[: text.index(_REPLACEMENT)].encode("utf-8", "replace"))
            unreadable += text.count(_REPLACEMENT)
            text = text.replace(_REPLACEMENT, "?")
        pieces.append(text.encode("utf-8", "replace"))
        size += len(pieces[-1])
    return b"".join(pieces), unreadable, unreadable_at


def _is_utf8(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(data), _PIECE):
            decoder.decode(data[at : at + _PIECE], at + _PIECE >= len(data))
    except UnicodeDecodeError:
        return False
    return True


def _find_prolog_end(text: bytes) -> int:
    prolog = _PROLOG.match(text)
    return prolog.end() if prolog else 0


def find_tags(text: bytes) -> array[int]:
    """Where the start tag of each element begins, in the order of the document."""
    tags = array("Q")
    ends = dict(_ENDS)
    at = 0
    while match := _OPENING.search(text, at):
        at = match.end()
        end = ends.get(match[0])
        if match[0] == b"<":
            tags.append(match.start())
        elif end and (found := text.find(end, at)) >= 0:
            at = found + len(end)
        else:  # never closed; what follows is read as if it had not begun
            ends.pop(match[0], None)
    return tags


def find_lines(text: bytes, offsets: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Line and column, in characters from 1, of bytes of a UTF-8 text."""
    # Each stretch is read once, as there are feeds of many megabytes in a single line.
    lines = {}
    line, column, at = 1, 1, 0
    for offset in sorted(set(offsets)):
        start = text.rfind(b"\n", at, offset) + 1
        if start:
            line += text.count(b"\n", at, offset)
            column, at = 1, start
        column += len(text[at:offset].translate(None, _CONTINUATION))
        at = offset
        lines[offset] = line, column
    return lines
