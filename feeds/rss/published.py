"""What a feed said before it came to this program: spellings, repeated texts, and elements that only it knows.

These come last, when the rest of the channel or item is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from feeds.markup.fragments import copy_element, find_name, parse_fragment
from feeds.markup.meaning import find_mark
from feeds.model import Item, Podcast
from feeds.namespaces import PREFIXES


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedChannel:
    """The elements of a channel that was published before."""

    podcast: Podcast

    def extend_ns(self) -> dict[str, str]:
        return {}

    def extend_rss(self, rss: etree._Element) -> None:
        respell_elements(rss[0], self.podcast.spelled)
        replace_elements(rss[0], self.podcast.channel.extra)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedItem:
    """The elements of an item that was published before; `texts` are those that it may repeat."""

    item: Item
    texts: Mapping[str, str]

    def extend_rss(self, element: etree._Element) -> None:
        for name, source in self.item.episode.repeats:
            (repeated,) = parse_fragment(f"<{name}/>")
            repeated.text = self.texts[source]
            _replace_group(element, name, [repeated] if repeated.text else [])
        respell_elements(element, self.item.spelled)
        replace_elements(element, self.item.episode.extra)


def respell_elements(parent: etree._Element, spelled: Iterable[tuple[str, str]]) -> None:
    """Write elements as another program wrote them, as long as ours say what they said then."""
    for mark, fragment in spelled:
        elements = parse_fragment(fragment)
        name = find_name(elements[0])
        if find_mark([child for child in parent if find_name(child) == name]) == mark:
            _replace_group(parent, name, elements)


def replace_elements(parent: etree._Element, extra: str) -> None:
    """Put elements in the place of those of the same name."""
    for name, elements in group_elements(parse_fragment(extra)).items() if extra else ():
        _replace_group(parent, name, elements)


def group_elements(elements: Iterable[etree._Element]) -> dict[str, list[etree._Element]]:
    """Gather elements by their names, in their order."""
    groups: dict[str, list[etree._Element]] = {}
    for element in elements:
        groups.setdefault(find_name(element), []).append(element)
    return groups


def _replace_group(parent: etree._Element, name: str, elements: Iterable[etree._Element]) -> None:
    standing = [child for child in parent if isinstance(child.tag, str) and find_name(child) == name]
    holder = etree.Element("rss", nsmap=PREFIXES)
    copies = [copy_element(element, holder) for element in elements]
    place = parent.index(standing[0]) if standing else len(parent)
    for child in standing:
        parent.remove(child)
    parent[place:place] = copies
