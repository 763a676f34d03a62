"""Podlove Simple Chapters 1.2: the chapters inside the feed."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from feeds.chapters.psc import render_psc_element
from feeds.model import Item
from feeds.namespaces import PSC


@dataclass(frozen=True, slots=True, kw_only=True)
class PscChannel:
    """Nothing but the namespace."""

    def extend_ns(self) -> dict[str, str]:
        return {"psc": PSC}

    def extend_rss(self, rss: etree._Element) -> None:
        """A channel has no chapters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PscItem:
    """The chapters that a player lists: this form knows no silent ones."""

    item: Item

    def extend_rss(self, element: etree._Element) -> None:
        chapters = render_psc_element(self.item.episode.chapters)
        if chapters is not None:
            element.append(chapters)
