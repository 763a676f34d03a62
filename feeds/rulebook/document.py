"""A feed as a parser sees it: its elements under the names that it means, and everything that the parser said."""

from __future__ import annotations

import datetime as dt
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from feeds.namespaces import KNOWN_PREFIXES, find_namespace
from feeds.rulebook.source import Source

_NAME = re.compile(r"[^\W\d][\w.-]*")

PREFIX_OF = {uri: prefix for prefix, uri in KNOWN_PREFIXES.items()}
RSS_NAMESPACES = frozenset(
    (
        "http://backend.userland.com/rss2",
        "http://blogs.law.harvard.edu/tech/rss",
        "http://purl.org/rss/2.0/",
        "http://www.rssboard.org/rss-specification",
        "http://my.netscape.com/rdf/simple/0.9/",
        "http://purl.org/rss/1.0/",
    )
)
"""Namespaces in which some feeds put the elements of RSS, which are in none."""


class ParserFault(NamedTuple):
    """What the parser said, by its name for it, with line and column from 1."""

    type: str
    line: int
    column: int
    message: str


class Renamed(NamedTuple):
    """A namespace that is written otherwise than it should be, and the first element that is in it."""

    written: str
    meant: str
    element: etree._Element


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A feed. `root` is None where there is no element at all; `channel` is the first channel of an RSS feed, or None.

    `text` is what was parsed in the end: that of the source, in which so many stray tags as `mended` says, those of the
    first faults, are blanked. `at` is the time against which dates are held, `url` the address where the feed is
    published, "" if unknown; `charset` is the encoding that the server states, "" if it states none.

    Elements stand under the namespaces that they mean: `renamed` lists those that were written otherwise, and
    `undeclared` the prefixes that were never declared, with the first element or attribute that has them.
    """

    source: Source
    at: dt.datetime
    url: str
    root: etree._Element | None
    channel: etree._Element | None
    faults: Sequence[ParserFault]
    renamed: Sequence[Renamed]
    undeclared: Sequence[tuple[str, etree._Element]]
    text: bytes
    mended: int = 0
    charset: str = ""


def parse_document(source: Source, *, at: dt.datetime, url: str = "", charset: str = "") -> Document:
    """Parse a feed as far as it goes; nothing outside of it is ever read, and no entity is expanded.

    A tag of HTML that is never closed, such as <br> in a title, would take in all that follows: it is taken out, so
    that the rest of the feed can be judged.
    """
    text = source.text
    root, faults = _parse(text)
    mended: list[ParserFault] = []
    while len(mended) < _MOST_MENDED and len(text) < _LARGEST_MENDED and (stray := _find_stray(text, faults)):
        fault, tag = stray
        mended.append(fault)
        text = text[: tag.start()] + b" " * len(tag[0]) + text[tag.end() :]
        root, faults = _parse(text)
    renamed: dict[str, Renamed] = {}
    undeclared: dict[str, etree._Element] = {}
    channel = None
    if root is not None:
        _rename(root, renamed, undeclared)
        channel = root if root.tag == "channel" else root.find("channel")
    return Document(
        source=source,
        at=at,
        url=url,
        root=root,
        channel=channel,
        faults=(*mended, *faults),
        renamed=tuple(renamed.values()),
        undeclared=tuple(undeclared.items()),
        text=text,
        mended=len(mended),
        charset=charset,
    )


def _parse(text: bytes) -> tuple[etree._Element | None, tuple[ParserFault, ...]]:
    parser = etree.XMLParser(
        recover=True,
        huge_tree=True,
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        remove_blank_text=True,
    )
    root: etree._Element | None
    try:
        root = etree.fromstring(text, parser)
    except etree.XMLSyntaxError:
        root = None
    faults = (
        ParserFault(entry.type_name, entry.line, entry.column, entry.message.strip()) for entry in parser.error_log
    )
    return root, tuple(faults)


def _find_stray(text: bytes, faults: Sequence[ParserFault]) -> tuple[ParserFault, re.Match[bytes]] | None:
    """The start tag of HTML that the first mismatch of tags is about; None if it is about another one."""
    fault = next((fault for fault in faults if fault.type == _MISMATCH), None)
    opened = _OPENED.search(fault.message) if fault else None
    if fault is None or opened is None or opened[1].lower() not in _STRAY:
        return None
    start = find_line_start(text, int(opened[2]))
    end = find_line_start(text, fault.line) + fault.column - 1
    tag = re.compile(rb"<" + opened[1].encode() + rb"(?:\s[^<>]*)?>")
    tags = deque(tag.finditer(text, start, end), maxlen=1)
    return (fault, tags[0]) if tags else None


def find_line_start(text: bytes, line: int) -> int:
    """The byte at which a line, counted from 1, begins."""
    at = 0
    for _ in range(line - 1):
        at = text.find(b"\n", at) + 1
    return at


_MISMATCH = "ERR_TAG_NAME_MISMATCH"
_STRAY = frozenset(
    "a b big blockquote br center div em font h1 h2 h3 h4 h5 h6 hr i img li ol p small span strong u ul wbr".split()
)
"""Tags of HTML that stand in texts which should have been escaped."""
_MOST_MENDED = 10
_LARGEST_MENDED = 20_000_000
_UNCLOSED = frozenset(("ERR_TAG_NAME_MISMATCH", "ERR_TAG_NOT_FINISHED", "ERR_GT_REQUIRED"))
_OPENED = re.compile(r"(?<!\S)(\S+) line ([0-9]{1,9})")


def find_break(document: Document) -> int:
    """The line from which on the parser could only guess what is inside of what; 0 if it never had to.

    It is where the first tag begins that is not closed as it should be. That the channel is never closed, as in a feed
    that was cut off, makes nothing before it doubtful.
    """
    lines = []
    for fault in document.faults[document.mended :]:
        if fault.type in _UNCLOSED:
            opened = _OPENED.search(fault.message)
            inner = opened is not None and opened[1] not in ("rss", "channel")
            lines.append(int(opened[2]) if opened is not None and inner else fault.line)
    return min(lines, default=0)


def iterate(root: etree._Element) -> Iterator[etree._Element]:
    """Every element from the root down, in the order of the document."""
    return root.iter(etree.Element)


def _rename(root: etree._Element, renamed: dict[str, Renamed], undeclared: dict[str, etree._Element]) -> None:
    """Put elements under the names that they mean."""
    outer, local = split_tag(root.tag)
    plain = outer if local == "rss" else ""
    meant: dict[str, str] = {}  # by the tag as it is written; "" where it is right
    for element in iterate(root):
        tag = element.tag
        right = meant.get(tag)
        if right is None:
            right = meant[tag] = _find_right(tag, element, plain, renamed, undeclared)
        if right:
            element.tag = right


def _find_right(
    tag: str,
    element: etree._Element,
    plain: str,
    renamed: dict[str, Renamed],
    undeclared: dict[str, etree._Element],
) -> str:
    """The name that an element means, "" if it is the one that it has."""
    if tag.startswith("{"):
        uri, local = split_tag(tag)
        if not _NAME.fullmatch(local):
            return ""
        if uri == plain or uri in RSS_NAMESPACES:
            renamed.setdefault(uri, Renamed(uri, "", element))
            return local
        meant = find_namespace(uri)
        if meant != uri:
            renamed.setdefault(uri, Renamed(uri, meant, element))
            return f"{{{meant}}}{local}"
        return ""
    prefix, colon, local = tag.partition(":")
    if not colon:
        return ""
    undeclared.setdefault(prefix, element)
    return f"{{{KNOWN_PREFIXES[prefix]}}}{local}" if prefix in KNOWN_PREFIXES and _NAME.fullmatch(local) else ""


_ITEMS = ("item", "podcast:liveItem")
_NAMES: dict[str, str] = {}
_MANY = 10_000


def find_name(element: etree._Element) -> str:
    """What an element is called, with the usual prefix of its namespace: `itunes:image`, `guid`.

    A name in a namespace without a usual prefix is written {uri}name.
    """
    tag = element.tag
    name = _NAMES.get(tag)
    if name is None:
        uri, local = split_tag(tag)
        prefix = PREFIX_OF.get(uri)
        name = f"{prefix}:{local}" if prefix else tag
        if len(_NAMES) < _MANY:
            _NAMES[tag] = name
    return name


def split_tag(tag: str) -> tuple[str, str]:
    """Part a tag of lxml into its namespace, "" if it has none, and its name; one that is no name of XML as well.

    >>> split_tag("{http://www.w3.org/2005/Atom}link"), split_tag("itunes:image")
    (('http://www.w3.org/2005/Atom', 'link'), ('', 'itunes:image'))
    """
    # A namespace may hold a brace, a name may not.
    uri, brace, local = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", "")
    return (uri, local) if brace else ("", tag)


def find_tag(name: str) -> str:
    """The opposite of find_name: the tag of lxml for a usual name.

    >>> find_tag("podcast:guid"), find_tag("guid")
    ('{https://podcastindex.org/namespace/1.0}guid', 'guid')
    """
    prefix, colon, local = name.rpartition(":")
    return f"{{{KNOWN_PREFIXES[prefix]}}}{local}" if colon and not name.startswith("{") else name


def find_text(element: etree._Element | None) -> str:
    """The text of an element without the white space around it, "" if there is no element."""
    return "" if element is None else (element.text or "").strip()


def find_loose_text(element: etree._Element) -> str:
    """The first text that stands before, between or behind the elements in an element, "" if there is none."""
    tails = (child.tail for child in element) if len(element) else ()
    return find_text(element) or next((tail.strip() for tail in tails if tail and tail.strip()), "")


def is_blank(element: etree._Element) -> bool:
    """Say whether an element holds nothing, neither text nor elements."""
    return not len(element) and not find_text(element)


def find_parent_name(element: etree._Element) -> str:
    """What the element is called in which an element stands, "" if there is none."""
    parent = element.getparent()
    return "" if parent is None else find_name(parent)


def is_in_item(element: etree._Element) -> bool:
    """Say whether an element stands in an item or a live item, and not deeper."""
    return find_parent_name(element) in _ITEMS


def find_attribute(element: etree._Element, name: str) -> str:
    """An attribute without the white space around it, "" if it is not there."""
    return (element.get(name) or "").strip()


def find_missing_names(element: etree._Element, *names: str) -> tuple[str, ...]:
    """Which of some attributes are not there, or blank."""
    return tuple(name for name in names if not find_attribute(element, name))
