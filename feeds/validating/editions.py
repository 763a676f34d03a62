"""Editions of feeds: the one that is judged, and the one of the same feed that is published."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from feeds.rulebook.document import Document, find_tag, find_text
from feeds.rules.channel.relations import find_href, find_relation
from feeds.validating.origins import Origin
from feeds.validating.surroundings import find_address


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A feed as it was read: what it says, and where it came from."""

    document: Document
    origin: Origin


def find_published(document: Document, published: Sequence[Edition]) -> Edition | None:
    """Find the edition of a feed that is published; None if none of those is one, as for a new show.

    Where only one is published, it is that one, whatever it says. Of several it is the one that has the same
    podcast:guid, or else the same address. A page of an archive has the guid of the whole feed, and is known by its
    address alone.
    """
    if _is_page(document):
        address = find_address(document)
        return next((edition for edition in published if find_address(edition.document) == address), None)
    published = [edition for edition in published if not _is_page(edition.document)]
    if len(published) == 1:
        return published[0]
    keys: tuple[Callable[[Document], str], ...] = (_find_guid, find_address)
    for find_key in keys:
        key = find_key(document)
        for edition in published if key else ():
            if find_key(edition.document) == key:
                return edition
    return None


def _is_page(document: Document) -> bool:
    """Say whether a document is a page of a feed that stands elsewhere (RFC 5005, section 4)."""
    links = () if document.channel is None else document.channel.iterchildren(find_tag("atom:link"))
    current = next((find_href(link) for link in links if find_relation(link) == "current"), "")
    return current not in ("", find_address(document))


def _find_guid(document: Document) -> str:
    channel = document.channel
    return "" if channel is None else find_text(channel.find(find_tag("podcast:guid"))).lower()
