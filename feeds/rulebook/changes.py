"""What became of a feed since it was published: which item is which, and which are gone or new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from feeds.rulebook.document import Document
from feeds.rulebook.views import Channel, Item, ItemFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A feed as it is published, and as it is to be.

    `same` pairs the items that share a guid, in the order of the new feed; an item without a guid is known by the
    address of its enclosure, as apps do. `renamed` pairs those that are the same episode under another guid, by the
    recording or by title and date. `gone` and `new` are the others.
    """

    before: Channel
    after: Channel
    same: tuple[tuple[ItemFacts, ItemFacts], ...]
    renamed: tuple[tuple[ItemFacts, ItemFacts], ...]
    gone: tuple[ItemFacts, ...]
    new: tuple[ItemFacts, ...]


def find_change(previous: Document, channel: Channel) -> Change | None:
    """Find what became of a feed; None if the previous one was none. `channel` knows all its items."""
    before = _gather_channel(previous)
    if before is None:
        return None
    same, gone, new = _pair(before.items, channel.items, find_identity)
    renamed: list[tuple[ItemFacts, ItemFacts]] = []
    for find_key in (_find_recording, _find_appearance):
        found, gone, new = _pair(gone, new, find_key)
        renamed += found
    return Change(
        before=before, after=channel, same=tuple(same), renamed=tuple(renamed), gone=tuple(gone), new=tuple(new)
    )


def _gather_channel(document: Document) -> Channel | None:
    """The channel of a feed with the facts of all its items; None if it has none."""
    if document.channel is None:
        return None
    channel = Channel(document.channel, document)
    for child in document.channel:
        if child.tag == "item":
            channel.items.append(Item(child, channel, len(channel.items) + 1).find_facts())
        elif isinstance(child.tag, str):
            channel.add(child)
    return channel


def find_identity(item: ItemFacts) -> str:
    """By what apps know an item again: its guid, or the address of its recording where it has none."""
    return item.guid or item.enclosure


def _find_recording(item: ItemFacts) -> str:
    """The address of the recording without what hosts add to count downloads."""
    return item.enclosure.partition("?")[0].partition("://")[2]


def _find_appearance(item: ItemFacts) -> str:
    return f"{item.title.casefold()}\n{item.date}" if item.title and item.date else ""


def _pair(
    before: Iterable[ItemFacts], after: Sequence[ItemFacts], find_key: Callable[[ItemFacts], str]
) -> tuple[list[tuple[ItemFacts, ItemFacts]], list[ItemFacts], list[ItemFacts]]:
    """Pair items that share a key, each once, in the order of the new feed; and who is left on either side."""
    waiting: dict[str, list[ItemFacts]] = {}
    for item in before:
        waiting.setdefault(find_key(item), []).append(item)
    pairs, new = [], []
    for item in after:
        key = find_key(item)
        if key and waiting.get(key):
            pairs.append((waiting[key].pop(0), item))
        else:
            new.append(item)
    gone = sorted((item for several in waiting.values() for item in several), key=lambda item: item.number)
    return pairs, gone, new
