"""Which files a feed links to, and which of its elements name each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import urljoin

from lxml import etree

from feeds.media_types import is_url
from feeds.rulebook.document import Document, find_attribute, find_name, find_tag, find_text
from feeds.rulebook.files.linked import Purpose, Use
from feeds.rulebook.locating import find_spots
from feeds.rulebook.places import Attribute, Place
from feeds.rules.channel.relations import find_href, find_relation
from feeds.validating.surroundings import has_readable_host

_ITEM, _LIVE = "item", find_tag("podcast:liveItem")
_DURATION = find_tag("itunes:duration")
_SOURCE = find_tag("podcast:source")
_PURPOSES: Mapping[str, Purpose] = {
    "enclosure": "media",
    "podcast:chapters": "chapters",
    "podcast:transcript": "transcript",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A linked file: its address, what it is for, and every element that names it, in the order of the feed.

    `url` is whole where the feed's own address is known, and as it is written where it is not.
    """

    url: str
    purpose: Purpose
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """The linked files of a feed; `enclosures` has by the number of an item the address of its recording.

    `items` has by the same number the element, `hubs` the WebSub hubs that the channel names.
    """

    files: tuple[Link, ...]
    enclosures: Mapping[int, str]
    items: Mapping[int, etree._Element]
    hubs: tuple[str, ...]


class _Naming(NamedTuple):
    """One place that names a file; `use` does not know yet where that is."""

    place: Place
    url: str
    purpose: Purpose
    use: Use


def find_links(document: Document, base: str) -> Links:
    """Find every linked file; `base` is the address against which relative ones are read, "" if unknown."""
    channel = document.channel
    if channel is None:
        return Links(files=(), enclosures={}, items={}, hubs=())
    items = dict(enumerate(channel.iterchildren(_ITEM), 1))
    namings = [*_find_in_channel(channel)]
    for number, item in items.items():
        namings += _find_in_item(item, number)
    for live in channel.iterchildren(_LIVE):
        namings += (naming for naming in _find_in_item(live, 0) if naming.purpose == "artwork")
    spots = find_spots(document, [naming.place for naming in namings])
    uses: dict[tuple[str, Purpose], list[Use]] = {}
    enclosures: dict[int, str] = {}
    for naming in namings:
        url = _join(base, naming.url)
        if not url:
            continue
        spot = spots[naming.place]
        use = replace(naming.use, line=spot.line, path=spot.path)
        uses.setdefault((url, naming.purpose), []).append(use)
        if use.name == "enclosure":
            enclosures.setdefault(use.item, url)
    files = (Link(url=url, purpose=purpose, uses=tuple(several)) for (url, purpose), several in uses.items())
    return Links(files=tuple(files), enclosures=enclosures, items=items, hubs=tuple(_find_hubs(channel)))


def _join(base: str, url: str) -> str:
    """The whole address, "" for one that leads to no file that could be looked at."""
    if not has_readable_host(url):
        return ""
    whole = urljoin(base, url) if base else url
    scheme = whole.partition(":")[0].lower() if ":" in whole.partition("/")[0] else ""
    if scheme in ("http", "https"):
        return whole if is_url(whole) else f"{scheme}{whole[len(scheme) :]}"
    return "" if scheme else whole


def _find_in_channel(channel: etree._Element) -> Iterator[_Naming]:
    for child in channel.iterchildren(etree.Element):
        name = find_name(child)
        if name in ("itunes:image", "podcast:image"):
            yield from _find_artwork(child, name, 0)
        elif name == "image":
            for inner in child.iterchildren("url"):
                if url := find_text(inner):
                    yield _Naming(inner, url, "artwork", Use(name=name))
        elif name == "podcast:trailer" and (url := find_attribute(child, "url")):
            use = Use(name=name, length=find_attribute(child, "length"), type=find_attribute(child, "type"))
            yield _Naming(Attribute(child, "url"), url, "media", use)


def _find_in_item(item: etree._Element, number: int) -> Iterator[_Naming]:
    duration = find_text(item.find(_DURATION))
    for child in item.iterchildren(etree.Element):
        name = find_name(child)
        if name in ("itunes:image", "podcast:image"):
            yield from _find_artwork(child, name, number)
        elif name == "podcast:alternateEnclosure":
            yield from _find_sources(child, number, duration)
        elif (purpose := _PURPOSES.get(name)) and (url := find_attribute(child, "url")):
            length, type = find_attribute(child, "length"), find_attribute(child, "type")
            use = Use(name=name, item=number, length=length, type=type, duration=duration)
            yield _Naming(Attribute(child, "url"), url, purpose, use)


def _find_artwork(element: etree._Element, name: str, number: int) -> Iterator[_Naming]:
    if url := find_attribute(element, "href"):
        yield _Naming(Attribute(element, "href"), url, "artwork", Use(name=name, item=number))


def _find_sources(alternate: etree._Element, number: int, duration: str) -> Iterator[_Naming]:
    """The sources of another version; those that are no web address, as of IPFS, are nobody's to look at."""
    length = find_attribute(alternate, "length")
    for source in alternate.iterchildren(_SOURCE):
        type = find_attribute(source, "contentType") or find_attribute(alternate, "type")
        if url := find_attribute(source, "uri"):
            name = "podcast:alternateEnclosure"
            use = Use(name=name, item=number, length=length, type=type, duration=duration)
            yield _Naming(Attribute(source, "uri"), url, "media", use)


def _find_hubs(channel: etree._Element) -> Iterator[str]:
    for link in channel.iterchildren(find_tag("atom:link")):
        if find_relation(link) == "hub":
            yield find_href(link)
