"""The guid, by which apps know an episode again."""

from __future__ import annotations

from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Channel, Item


@rule("item", source="PSP-1, Required Item Elements; Apple 823; W3C validator, MissingGuid", everywhere="error")
def item_guid_missing(item: Item) -> Hits:
    """An episode has a guid.

    Apps know an episode by its guid. Without one they take the address of the audio or the title in its place, and
    when that changes, every subscriber gets the episode again.
    """
    if "guid" not in item:
        yield item.element, "the item has no guid: give it one that never changes, such as a UUID"


@rule("channel", source="PSP-1, guid; Apple 4115; W3C validator, DuplicateValue; seen in gPodder", everywhere="error")
def item_guid_duplicate(channel: Channel) -> Hits:
    """No two items share a guid; guids are compared letter by letter.

    The second item with a guid is the same episode for every app: Apple does not process it, gPodder throws it away.
    """
    seen: dict[str, int] = {}
    for item in channel.items:
        if item.guid and seen.setdefault(item.guid, item.number) != item.number:
            place = item.element.find("guid")
            message = f"the guid {item.guid!r} is that of item {seen[item.guid]} as well: every episode needs its own"
            yield place if place is not None else item.element, message
