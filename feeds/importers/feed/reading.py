"""A feed read from the disk an item at a time, under the names that it means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from feeds.importers.feed.cleaning import NotAFeedError
from feeds.markup.fragments import append_text
from feeds.namespaces import ATOM, KNOWN_PREFIXES, find_namespace

_OPTIONS = {"recover": True, "huge_tree": True, "resolve_entities": False, "no_network": True, "load_dtd": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a channel says beside its items; `faults` are those of its XML, `items` how many it has."""

    elements: tuple[etree._Element, ...]
    items: int
    faults: tuple[str, ...] = ()
    renamed: Counter[str] = field(default_factory=Counter)


def read_head(file: Path) -> Head:
    """Read the channel of a feed. Raises NotAFeedError if it has none."""
    renamed: Counter[str] = Counter()
    with file.open("rb") as stream:
        events = etree.iterparse(stream, events=("end",), tag="item", **_OPTIONS)
        items = sum(1 for _ in _take_items(events))
    root = events.root
    channel = None if root is None else root.find("channel")
    if channel is None:
        raise NotAFeedError(_explain_root("" if root is None else str(root.tag)))
    return Head(
        elements=tuple(
            rename_element(child, renamed) for child in channel if isinstance(child.tag, str) and child.tag != "item"
        ),
        items=items,
        faults=tuple(f"line {entry.line}: {entry.message}" for entry in events.error_log),
        renamed=renamed,
    )


def read_items(file: Path) -> Iterator[etree._Element]:
    """Read the items of a feed in their order; of each only as long as it is looked at is anything kept."""
    with file.open("rb") as stream:
        for element in _take_items(etree.iterparse(stream, events=("end",), tag="item", **_OPTIONS)):
            yield rename_element(element, Counter())


def _take_items(events: Iterator[tuple[str, etree._Element]]) -> Iterator[etree._Element]:
    """Give the items of the channel, and let go of each."""
    before: etree._Element | None = None
    for _, element in events:
        parent = element.getparent()
        if parent is None or parent.tag != "channel":
            continue
        yield element
        element.clear()
        # The parser may still stand at this one; the one before can go. Those behind it may be there already.
        if before is not None:
            parent.remove(before)
        before = element


def rename_element(element: etree._Element, renamed: Counter[str]) -> etree._Element:
    """Copy an element under the names that it means: other spellings of namespaces, and prefixes never declared.

    `renamed` counts them. Comments are left behind, and white space between elements.
    """
    root = etree.Element("rss", nsmap=KNOWN_PREFIXES)
    return _copy(element, root, renamed)


def _copy(element: etree._Element, parent: etree._Element, renamed: Counter[str]) -> etree._Element:
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
        if isinstance(child.tag, str):
            _copy(child, copy, renamed)
        if child.tail:
            append_text(copy, child.tail)
    return copy


def _find_tag(tag: str, renamed: Counter[str]) -> str:
    """The name that is meant; lxml leaves a prefix that nobody declared in the name."""
    if tag.startswith("{"):
        uri, _, local = tag[1:].partition("}")
        meant = find_namespace(uri)
        if meant != uri:
            renamed[f"another spelling of the namespace {meant}"] += 1
        return f"{{{meant}}}{local.replace(':', '_')}"
    prefix, _, local = tag.partition(":")
    if not local:
        return tag
    renamed[f"the prefix {prefix}, which nothing declares"] += 1
    uri = KNOWN_PREFIXES.get(prefix.casefold(), "")
    return f"{{{uri}}}{local}" if uri else tag.replace(":", "_")


def _explain_root(root: str) -> str:
    if root == f"{{{ATOM}}}feed":
        return "is an Atom feed: podcasts are RSS, and most hosts offer both"
    return f"has no channel: a feed begins with <rss><channel>, this with <{root}>" if root else "has no element at all"
