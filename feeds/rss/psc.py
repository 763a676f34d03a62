"""Podlove Simple Chapters 1.2: the chapters inside the feed."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from feeds.formats import format_npt
from feeds.model import Item
from feeds.namespaces import PSC
from feeds.rss.elements import add_element


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
        listed = [chapter for chapter in self.item.episode.chapters if chapter.toc]
        if not listed:
            return
        chapters = add_element(element, PSC, "chapters", version="1.2")
        for chapter in listed:
            add_element(
                chapters,
                PSC,
                "chapter",
                start=format_npt(chapter.start),
                title=chapter.title,
                href=chapter.link,
                image=chapter.image,
            )
