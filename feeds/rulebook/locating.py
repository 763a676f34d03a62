"""Where elements and attributes stand in the text of a feed: offsets, lines, columns, and the way from the root."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from lxml import etree

from feeds.rulebook.document import Document, find_name, iterate
from feeds.rulebook.places import Attribute, Offset, Place, Spot
from feeds.rulebook.source import find_lines, find_tags

_WRITTEN_NAME = re.compile(rb"<(?:[^\s/>:<]*:)?([^\s/>]+)")
_ATTRIBUTE = re.compile(rb"""\s*([^\s=/>"'<]+)\s*=\s*(?:"[^"]*"|'[^']*')""")


def find_spots(document: Document, places: Iterable[Place]) -> dict[Place, Spot]:
    """Find the line and column of places in a feed, and the way to each."""
    several = set(places)
    elements = {find_element(place) for place in several} - {None}
    tags = _find_tag_offsets(document, {element for element in elements if element is not None})
    offsets = {place: _find_offset(document.source.text, place, tags) for place in several}
    lines = find_lines(document.source.text, offsets.values())
    ways = _Ways(document)
    return {place: Spot(*lines[offset], ways.find(place)) for place, offset in offsets.items()}


def find_element(place: Place) -> etree._Element | None:
    """The element that a place is in, None if it is a place of the text alone."""
    if isinstance(place, Attribute):
        return place.element
    return None if isinstance(place, Offset | Spot) else place


def _find_tag_offsets(document: Document, wanted: Collection[etree._Element]) -> dict[etree._Element, int]:
    """Where the start tags of elements begin.

    The parser gives lines alone, and those of the end of a tag. So the tags are counted: the one that is so many in the
    text is that of the element that is so many in the tree. Where the parser had to mend a tree, the two may part ways;
    then the line has to do.
    """
    if document.root is None or not wanted:
        return {}
    text = document.text
    found = {}
    tags = find_tags(text)
    for offset, element in zip(tags, iterate(document.root), strict=False):
        if element in wanted:
            written = _WRITTEN_NAME.match(text, offset)
            if written and written[1].decode("utf-8", "replace") == _find_local(element.tag):
                found[element] = offset
    missed = [element for element in wanted if element not in found]
    if missed:
        starts = [0, *(match.end() for match in re.finditer(rb"\n", text))]
        for element in missed:
            sourceline: int = getattr(element, "sourceline", None) or 1  # the stubs of lxml do not know its type
            line = min(sourceline, len(starts))
            name = _find_local(element.tag).encode()
            tag = re.compile(rb"<(?:[^\s/>:<]*:)?" + re.escape(name) + rb"[\s/>]").search(text, starts[line - 1])
            found[element] = tag.start() if tag else starts[line - 1]
    return found


def _find_offset(text: bytes, place: Place, tags: Mapping[etree._Element, int]) -> int:
    if isinstance(place, Offset):
        return min(place.byte, len(text))
    element = find_element(place)
    if element is None:
        return 0
    offset = tags.get(element, 0)
    if not isinstance(place, Attribute):
        return offset
    name = _WRITTEN_NAME.match(text, offset)
    at = name.end() if name else offset
    while attribute := _ATTRIBUTE.match(text, at):
        if _find_local(attribute[1].decode("utf-8", "replace")) == _find_local(place.name):
            return attribute.start(1)
        at = attribute.end()
    return offset


def _find_local(name: str) -> str:
    """A name without its prefix or namespace."""
    return name.rpartition("}")[2].rpartition(":")[2]


class _Ways:
    """Spells the way to an element as an XPath: /rss/channel/item[3]/enclosure/@url."""

    def __init__(self, document: Document) -> None:
        self._numbers: dict[etree._Element, int] = {}
        self._counted: dict[etree._Element, Counter[str]] = {}
        self._document = document

    def find(self, place: Place) -> str:
        element = find_element(place)
        if element is None:
            return ""
        steps = []
        step: etree._Element | None = element
        while step is not None:
            steps.append(find_name(step) + self._format_number(step))
            step = step.getparent()
        way = "/" + "/".join(reversed(steps))
        return f"{way}/@{place.name}" if isinstance(place, Attribute) else way

    def _format_number(self, element: etree._Element) -> str:
        """Its place among its siblings of the same name, where there are several."""
        parent = element.getparent()
        if parent is None:
            return ""
        counts = self._counted.get(parent)
        if counts is None:
            counts = self._counted[parent] = Counter()
            for child in parent.iterchildren(etree.Element):
                counts[child.tag] += 1
                self._numbers[child] = counts[child.tag]
        return f"[{self._numbers[element]}]" if counts[element.tag] > 1 else ""
