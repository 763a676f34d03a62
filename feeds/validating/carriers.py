"""The chapters of one episode in all that carries them: which are to be held against which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from feeds.chapters.json import parse_json_chapters
from feeds.rulebook.document import Document
from feeds.rulebook.files.linked import Carrier, CarrierPair, Use
from feeds.rulebook.views import Channel, Item
from feeds.rules.chapters.sources import find_carrier
from feeds.validating.links import Links


def parse_carrier(data: bytes) -> Carrier:
    """The chapters of a JSON chapters file; none where it is broken, for that is told by other rules."""
    try:
        chapters = parse_json_chapters(data).chapters
    except ValueError:
        chapters = ()
    return Carrier(name="the chapters file", chapters=chapters)


def find_carrier_pairs(
    document: Document, links: Links, carriers: Mapping[str, Carrier]
) -> Iterator[tuple[int, CarrierPair]]:
    """Pair the chapters of every item: those of linked files with the first that the item has.

    The first are those in the feed itself, else those of the chapters file. Each pair comes with the number of the
    linked file. `carriers` are by the address of the file.
    """
    if document.channel is None:
        return
    channel = Channel(document.channel, document)
    for item, several in _find_carrying(links, carriers).items():
        first = find_carrier(Item(links.items[item], channel, item))
        for number, use, carrier in several:
            if first is None:
                first = carrier
            else:
                yield number, CarrierPair(use=use, linked=carrier, other=first)


def _find_carrying(links: Links, carriers: Mapping[str, Carrier]) -> dict[int, list[tuple[int, Use, Carrier]]]:
    """By the number of an item, the files that carry chapters of it: the chapters file first, then the recording."""
    carrying: dict[int, list[tuple[int, Use, Carrier]]] = {}
    for purpose, name in (("chapters", "podcast:chapters"), ("media", "enclosure")):
        for number, link in enumerate(links.files):
            carrier = carriers.get(link.url) if link.purpose == purpose else None
            for use in link.uses if carrier and carrier.chapters else ():
                if use.item and use.name == name and carrier:
                    carrying.setdefault(use.item, []).append((number, use, carrier))
    return carrying
