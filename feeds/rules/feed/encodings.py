"""The encoding: what is declared, what the bytes are, and characters that went wrong on the way."""

from __future__ import annotations

import codecs
import re

from feeds.rulebook.document import Document
from feeds.rulebook.places import Offset
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Value
from feeds.rulebook.wording import quote

_ODD = re.compile(r"[\x80-\x9f\ufffd]")
# What UTF-8 looks like to somebody who takes it for Latin-1 or Windows-1252: the letter é as two, a quote as three.
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_TWICE = re.compile(r"[\xc2\xc3][\x80-\xbf]|\xe2[\x80\u20ac]")


@rule(
    "document",
    source="PSP-1, HTML and Link Support; Apple guide; W3C validator, NotUTF8",
    everywhere="warning",
    apple="error",
    psp1="error",
)
def feed_encoding_not_utf8(document: Document) -> Hits:
    """The bytes are UTF-8, and no other encoding is declared.

    Apple and PSP-1 take nothing else. Where bytes are not what the declaration says, letters with accents break, or
    the whole feed is refused.
    """
    source = document.source
    if source.declared not in ("", "utf-8"):
        at = max(0, source.text.find(b"<?xml", 0, 400))
        yield Offset(at), f"the encoding is declared as {quote(source.declared)}: write the feed in UTF-8, and say so"
    elif source.encoding != "utf-8":
        yield Offset(0), f"the bytes are in {source.encoding}: write the feed in UTF-8"
    elif source.unreadable:
        count = f"{source.unreadable} bytes are" if source.unreadable > 1 else "a byte is"
        yield Offset(source.unreadable_at), f"{count} no UTF-8, the first of them here: write the whole feed in UTF-8"


@rule("document", source="W3C validator, EncodingMismatch; RFC 7303, 3", everywhere="warning")
def feed_encoding_mismatch(document: Document) -> Hits:
    """A charset in the Content-Type of the server agrees with the encoding that the XML declares.

    For whoever believes the server before the file, every letter with an accent is wrong.
    """
    source = document.source
    if document.charset and _find_codec(document.charset) != _find_codec(source.declared or source.encoding):
        found = f"the server says {quote(document.charset)}, the XML is in {source.declared or source.encoding}"
        yield Offset(0), f"{found}: have the server send charset=utf-8, or none"


@rule("text", source="W3C validator, BadCharacters", everywhere="warning")
def feed_bad_characters(value: Value) -> Hits:
    """Texts hold no control characters from U+0080 to U+009F, no U+FFFD, and no UTF-8 that was encoded twice.

    They are what is left of a quotation mark or an accent when a text was read in the wrong encoding. Listeners see
    boxes, question marks, or Ã© for é.
    """
    if value.text.isascii():
        return
    odd = _ODD.search(value.text)
    if odd:
        found = f"{value.title} holds U+{ord(odd[0]):04X} in {_quote_around(value.text, odd)}"
        meant = odd[0].encode("latin-1", "replace").decode("cp1252", "replace")
        known = meant.isprintable() and odd[0] != "\ufffd" and meant not in "?\ufffd"
        yield value.place, f"{found}: write {meant} for it" if known else f"{found}: write the character that was lost"
        return
    for run in _FOREIGN.finditer(value.text):
        if _TWICE.search(run[0]) and (meant := _decode_twice(run[0])):
            found = f"{value.title} holds {quote(run[0])}, which was encoded twice"
            yield value.place, f"{found}: write {meant}"
            return


def _decode_twice(text: str) -> str:
    """What a text was before somebody took its UTF-8 for Latin-1 or Windows-1252, "" if nobody did."""
    for encoding in ("latin-1", "cp1252"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return ""


def _quote_around(text: str, match: re.Match[str]) -> str:
    return quote(text[max(0, match.start() - 20) : match.end() + 20])


def _find_codec(name: str) -> str:
    try:
        return codecs.lookup(name.strip("\"' ")).name
    except (LookupError, ValueError):
        return name.lower()
