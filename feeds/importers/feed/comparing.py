"""The measure of an import: the feed that a build makes, beside the feed that was taken in, element by element."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain

from lxml import etree

from feeds.importers.feed.importing import EDITED, HERE, PAGING, Report
from feeds.importers.feed.items import STREAM, parse_stream
from feeds.importers.feed.leftovers import BROKEN, is_to_fill
from feeds.importers.feed.reading import Page, read_head, read_items
from feeds.markup.fragments import find_name
from feeds.markup.meaning import find_group_meaning, find_wording
from feeds.rss.published import group_elements
from feeds.tables.values import parse_uuid

# Why an element of a channel is not the one that was published, where that is right.
_CHANNEL_KINDS = {
    "atom:link self": "the address of the feed itself",
    "generator": "the name of the program",
    "lastBuildDate": "the date of the newest episode",
    "pubDate": "a date of the whole feed, which stands in lastBuildDate",
    **dict.fromkeys(PAGING, "pages that were joined to one feed"),
}
# And of an item, where something of our own has taken its place.
_ITEM_KINDS = {
    "podcast:chapters": "chapters that were taken in, and have a file of our own",
    "guid": "a guid that is empty, or that another item has",
    "enclosure": "recordings that were downloaded",
    "itunes:duration": "recordings that were downloaded",
}
_UNREAD = "a page of the feed was not read"
_FILLED = "an empty title or empty notes, in whose place something stands"


@dataclass(slots=True)
class Comparison:
    """What came of every element of a feed: `equal` and `respelled` are counts, `kinds` counts differences by kind.

    `examples` has one place of each kind. `added` counts elements that the feed did not have, by name.
    """

    equal: int = 0
    respelled: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    added: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """How many elements there were."""
        return self.equal + self.respelled + self.kinds.total() + self.faults.total()


def compare_feeds(pages: Sequence[Page], built: Page, report: Report, *, unread: str = "") -> Comparison:
    """Compare the pages of a feed with the one that was built after it was taken in, of which `report` tells.

    `unread` is the address of a page that was not read: what stands there is not in the feed that was built.
    """
    comparison = Comparison()
    if unread:
        comparison.faults[_UNREAD] += 1
        comparison.examples[_UNREAD] = unread
    channel, streams = _part_streams(read_head(built).elements, report)
    original, announced = _part_streams(read_head(pages[0]).elements, report)
    _compare(comparison, original, channel, _CHANNEL_KINDS | _find_bad_guid(original), "the channel")
    comparison.added.update(_find_added(original, channel))
    for guid, stream in announced.items():
        kinds = {find_name(child): HERE for child in stream} if report.streams[guid] in EDITED else {}
        standing = streams.get(guid)
        if standing is None or parse_stream(standing) != parse_stream(stream):
            comparison.faults["podcast:liveItem is another"] += 1
            comparison.examples.setdefault("podcast:liveItem is another", f"the stream {guid}")
        _compare(comparison, list(stream), [] if standing is None else list(standing), kinds, f"the stream {guid}")
    ours = {_find_guid(item): item for item in read_items(built)}
    for place, item in enumerate(chain.from_iterable(map(read_items, pages))):
        where = f"item {place + 1} ({(item.findtext('title') or '').strip()[:60]})"
        reason = report.left_out.get(place, "")
        standing = ours.get(report.guids[place])
        kinds = {name: _ITEM_KINDS[name] for name in report.replaced.get(place, ())}
        if reason:
            kinds |= {find_name(child): reason for child in item}
        _compare(comparison, list(item), [] if standing is None else list(standing), kinds, where)
        if standing is not None and not reason:
            comparison.added.update(_find_added(item, standing))
    return comparison


def _part_streams(
    elements: Iterable[etree._Element], report: Report
) -> tuple[list[etree._Element], dict[str, etree._Element]]:
    """Part the elements of a channel from the live items that have become records, which are told by their guids."""
    others, streams = [], {}
    for element in elements:
        if find_name(element) == STREAM and (guid := _find_guid(element)) in report.streams:
            streams[guid] = element
        else:
            others.append(element)
    return others, streams


def _compare(
    comparison: Comparison,
    original: Iterable[etree._Element],
    built: Iterable[etree._Element],
    kinds: Mapping[str, str],
    where: str,
) -> None:
    standing = group_elements(built)
    for name, elements in group_elements(original).items():
        if name in BROKEN:
            continue
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


def _find_added(original: Iterable[etree._Element], built: Iterable[etree._Element]) -> Counter[str]:
    """Count the elements of names that were not there before."""
    return Counter(map(find_name, built)) - Counter(dict.fromkeys(map(find_name, original), sys.maxsize))


def _find_bad_guid(elements: Iterable[etree._Element]) -> dict[str, str]:
    """A podcast:guid that is no UUID cannot be kept; every app would take it for none."""
    said = [(element.text or "").strip() for element in elements if find_name(element) == "podcast:guid"]
    with suppress(ValueError):
        if all(map(parse_uuid, said)):
            return {}
    return {"podcast:guid": "a podcast:guid that is no UUID"}


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
    if comparison.added:
        named = ", ".join(f"{name} ({count})" for name, count in comparison.added.most_common())
        lines.append(f"{comparison.added.total():>8}  are new: {named}")
    return "\n".join(lines)


def describe_comparison(comparison: Comparison) -> dict[str, object]:
    """Write a comparison as values for programs."""
    return {
        "elements": comparison.total,
        "equal": comparison.equal,
        "respelled": comparison.respelled,
        "expected": dict(comparison.kinds),
        "faults": dict(comparison.faults),
        "added": dict(comparison.added),
    }
