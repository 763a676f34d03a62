"""A feed read from the disk an item at a time, under the names that it means."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from urllib.parse import urljoin

from lxml import etree

from feeds.formats import format_url
from feeds.importers.feed.cleaning import NotAFeedError
from feeds.markup.fragments import append_text, find_name
from feeds.namespaces import ATOM, KNOWN_PREFIXES, find_namespace

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_NO_NAME = re.compile(r"[^\w.-]")
_NAME_START = re.compile(r"[^\W\d]")
_DEEPEST = 100
_OPTIONS = {"recover": True, "huge_tree": True, "resolve_entities": False, "no_network": True, "load_dtd": False}


# Where elements hold an address; "" is their text.
_ADDRESSES = {
    "link": ("",),
    "enclosure": ("url",),
    "itunes:image": ("href",),
    "podcast:chapters": ("url",),
    "podcast:funding": ("url",),
    "podcast:person": ("href", "img"),
    "podcast:transcript": ("url",),
    "psc:chapter": ("href", "image"),
    "media:content": ("url",),
    "media:thumbnail": ("url",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of a feed as clean XML, and the address from which it came, "" if it came from the disk."""

    file: Path
    base: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a channel says beside its items; `faults` are those of its XML, `items` how many it has."""

    elements: tuple[etree._Element, ...]
    items: int
    faults: tuple[str, ...] = ()
    renamed: Counter[str] = field(default_factory=Counter)


def read_head(page: Page) -> Head:
    """Read the channel of a feed. Raises NotAFeedError if it has none."""
    renamed: Counter[str] = Counter()
    with page.file.open("rb") as stream:
        events = etree.iterparse(stream, events=("end",), tag="item", **_OPTIONS)
        items = sum(1 for _ in _take_items(events))
    root = events.root
    channel = None if root is None else root.find("channel")
    if channel is None:
        raise NotAFeedError(_explain_root("" if root is None else str(root.tag)))
    return Head(
        elements=tuple(
            complete_addresses(rename_element(child, renamed), page.base)
            for child in channel
            if isinstance(child.tag, str) and child.tag != "item"
        ),
        items=items,
        faults=tuple(f"line {entry.line}: {entry.message}" for entry in events.error_log),
        renamed=renamed,
    )


def read_items(page: Page) -> Iterator[etree._Element]:
    """Read the items of a feed in their order; of each only as long as it is looked at is anything kept."""
    with page.file.open("rb") as stream:
        for element in _take_items(etree.iterparse(stream, events=("end",), tag="item", **_OPTIONS)):
            yield complete_addresses(rename_element(element, Counter()), page.base)


def _take_items(events: Iterator[tuple[str, etree._Element]]) -> Iterator[etree._Element]:
    """Give the items of the channel, and let go of each."""
    before: etree._Element | None = None
    for _, element in events:
        parent = element.getparent()
        if parent is None or parent.tag not in ("channel", "item"):
            continue
        yield element
        element.clear()
        if parent.tag == "item":  # one that was never closed holds all that follow
            parent.remove(element)
            continue
        # The parser may still stand at this one; the one before can go. Those behind it may be there already.
        if before is not None and (holder := before.getparent()) is not None:
            holder.remove(before)
        before = element


def rename_element(element: etree._Element, renamed: Counter[str]) -> etree._Element:
    """Copy an element under the names that it means: other spellings of namespaces, and prefixes never declared.

    `renamed` counts them. Comments are left behind, and white space between elements.
    """
    root = etree.Element("rss", nsmap=KNOWN_PREFIXES)
    return _copy(element, root, renamed)


def complete_addresses(element: etree._Element, base: str) -> etree._Element:
    """Make addresses whole that an element gives as seen from its feed: elsewhere they would lead nowhere."""
    if base:
        for one in element.iter(etree.Element):
            for attribute in _ADDRESSES.get(find_name(one), ()):
                _complete_address(one, attribute, base)
    return element


def _complete_address(element: etree._Element, attribute: str, base: str) -> None:
    written = (element.get(attribute, "") if attribute else element.text or "").strip()
    if not written or _SCHEME.match(written):
        return
    with suppress(ValueError):
        whole = format_url(urljoin(base, written)).replace(" ", "%20")
        if attribute:
            element.set(attribute, whole)
        else:
            element.text = whole


def _copy(element: etree._Element, parent: etree._Element, renamed: Counter[str], depth: int = 0) -> etree._Element:
    tag = _find_tag(str(element.tag), renamed)
    namespace = etree.QName(tag).namespace
    own = (
        {element.prefix: namespace} if namespace and element.prefix and namespace not in parent.nsmap.values() else None
    )
    copy = etree.SubElement(parent, tag, nsmap=own)
    for key, value in element.attrib.items():
        copy.set(_find_tag(str(key), renamed), value)
    if element.text:
        append_text(copy, element.text)
    for child in element:
        if isinstance(child.tag, str) and depth < _DEEPEST:
            _copy(child, copy, renamed, depth + 1)
        if child.tail:
            append_text(copy, child.tail)
    return copy


def _find_tag(tag: str, renamed: Counter[str]) -> str:
    """The name that is meant; lxml leaves a prefix that nobody declared in the name, and names that are none."""
    uri, _, local = tag[1:].partition("}") if tag.startswith("{") else ("", "", tag)
    prefix, colon, rest = local.rpartition(":")
    if not uri and colon:
        renamed[f"the prefix {prefix}, which nothing declares"] += 1
        uri, local = KNOWN_PREFIXES.get(prefix.casefold(), ""), rest
    meant = find_namespace(uri)
    if uri and meant != uri:
        renamed[f"another spelling of the namespace {meant}"] += 1
    name = _NO_NAME.sub("_", local)
    name = name if _NAME_START.match(name) else f"_{name}"
    return f"{{{meant}}}{name}" if _is_namespace(meant) else name


@lru_cache
def _is_namespace(uri: str) -> bool:
    """Say whether an address can name a namespace; the parser lets more through than may be written again."""
    try:
        etree.Element(f"{{{uri}}}name", nsmap={"x": uri})
    except ValueError:
        return False
    return bool(uri)


def _explain_root(root: str) -> str:
    if root == f"{{{ATOM}}}feed":
        return "is an Atom feed: podcasts are RSS, and most hosts offer both"
    return f"has no channel: a feed begins with <rss><channel>, this with <{root}>" if root else "has no element at all"
