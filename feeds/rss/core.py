"""What RSS itself has but feedgen should not write: dates and the style sheet.

feedgen writes a date under `setlocale`, which changes the locale of the whole process while it runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from lxml import etree

from feeds import addresses
from feeds.formats import format_rfc2822
from feeds.model import Item, Podcast, Site
from feeds.rss.elements import add_element


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreChannel:
    """lastBuildDate, and the style sheet that makes the feed readable in a browser."""

    podcast: Podcast
    site: Site

    def extend_ns(self) -> dict[str, str]:
        return {}

    def extend_rss(self, rss: etree._Element) -> None:
        style = quoteattr(addresses.url(self.site, addresses.asset("feed.css")))
        rss.addprevious(etree.ProcessingInstruction("xml-stylesheet", f'type="text/css" href={style}'))
        if self.podcast.updated:
            add_element(rss[0], "", "lastBuildDate", format_rfc2822(self.podcast.updated))


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreItem:
    """pubDate; a stream has its start and its end instead."""

    item: Item

    def extend_rss(self, element: etree._Element) -> None:
        if not self.item.episode.live:
            add_element(element, "", "pubDate", format_rfc2822(self.item.episode.date))
