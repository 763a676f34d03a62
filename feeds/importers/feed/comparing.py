"""The measure of an import: the feed that a build makes, beside the feed that was taken in, element by element."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from feeds.importers.feed.leftovers import is_to_fill
from feeds.importers.feed.reading import read_head, read_items
from feeds.markup.fragments import find_name
from feeds.markup.meaning import find_group_meaning, find_wording
from feeds.rss.published import group_elements

# Why an element of a channel or item is not the one that was published, where that is right.
_CHANNEL_KINDS = {
    "atom:link self": "the address of the feed itself",
    "generator": "the name of the program",
    "lastBuildDate": "the date of the newest episode",
    "atom:link next": "pages that were joined to one feed",
    "atom:link prev-archive": "pages that were joined to one feed",
    "atom:link first": "pages that were joined to one feed",
    "atom:link last": "pages that were joined to one feed",
    "atom:link current": "pages that were joined to one feed",
}
_FILLED = "an empty title or empty notes, in whose place something stands"
_ITEM_KINDS = {
    "podcast:chapters": "chapters that were taken in, and have a file of our own",
    "guid": "a guid that is empty, or that another item has",
    "enclosure": "recordings that were downloaded",
    "itunes:duration": "recordings that were downloaded",
}


@dataclass(slots=True)
class Comparison:
    """What came of every element of a feed: `equal` and `respelled` are counts, `kinds` counts differences by kind.

    `examples` has one place of each kind.
    """

    equal: int = 0
    respelled: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many elements there were."""
        return self.equal + self.respelled + self.kinds.total() + self.faults.total()


def compare_feeds(pages: Iterable[Path], built: Path, *, guids: Mapping[int, str]) -> Comparison:
    """Compare the pages of a feed with the one that was built.

    `guids` tells the guid under which an item was taken in, by its place in the feed, counted from 0 over all pages.
    """
    comparison = Comparison()
    ours = {_find_guid(item): item for item in read_items(built)}
    place = 0
    for number, page in enumerate(pages):
        if number == 0:
            _compare(comparison, read_head(page).elements, read_head(built).elements, _CHANNEL_KINDS, "the channel")
        for item in read_items(page):
            if place in guids:
                standing = ours.get(guids[place])
                where = f"item {place + 1} ({(item.findtext('title') or '').strip()[:60]})"
                _compare(comparison, list(item), [] if standing is None else list(standing), _ITEM_KINDS, where)
            place += 1
    return comparison


def _compare(
    comparison: Comparison,
    original: Iterable[etree._Element],
    built: Iterable[etree._Element],
    kinds: Mapping[str, str],
    where: str,
) -> None:
    standing = group_elements(built)
    for name, elements in group_elements(original).items():
        ours = standing.get(name, [])
        same = sum(_match(elements, ours))
        comparison.equal += same
        different = len(elements) - same
        if not different:
            continue
        if ours and find_group_meaning(elements) == find_group_meaning(ours):
            comparison.respelled += different
        elif name in kinds:
            comparison.kinds[kinds[name]] += different
            comparison.examples.setdefault(kinds[name], f"{name} of {where}")
        elif is_to_fill(name, elements):
            comparison.kinds[_FILLED] += different
            comparison.examples.setdefault(_FILLED, f"{name} of {where}")
        else:
            fault = f"{name} is {'another' if ours else 'lost'}"
            comparison.faults[fault] += different
            comparison.examples.setdefault(fault, where)


def _match(elements: list[etree._Element], ours: list[etree._Element]) -> Iterator[bool]:
    """Say of each element whether it came back, each of ours counted once."""
    left = Counter(repr(find_wording(element)) for element in ours)
    for element in elements:
        wording = repr(find_wording(element))
        found = left[wording] > 0
        left[wording] -= found
        yield found


def _find_guid(item: etree._Element) -> str:
    return next(((child.text or "").strip() for child in item if find_name(child) == "guid"), "")


def format_comparison(comparison: Comparison) -> str:
    """Write a comparison as a table for people."""
    lines = [
        f"{comparison.total:>8}  elements of the channel and its items",
        f"{comparison.equal:>8}  came back as they were",
        f"{comparison.respelled:>8}  say the same in another spelling",
    ]
    for counted, mark in ((comparison.kinds, "differ as they should"), (comparison.faults, "DIFFER")):
        for kind, count in counted.most_common():
            lines.append(f"{count:>8}  {mark}: {kind} (first: {comparison.examples[kind]})")
    return "\n".join(lines)


def describe_comparison(comparison: Comparison) -> dict[str, object]:
    """Write a comparison as values for programs."""
    return {
        "elements": comparison.total,
        "equal": comparison.equal,
        "respelled": comparison.respelled,
        "expected": dict(comparison.kinds),
        "faults": dict(comparison.faults),
    }
