"""Atom links in RSS (RSS Advisory Board, RSS Profile 1, section 5.1; WebSub, section 4).

feedgen writes rel="self" alone, and lets any link become the `<link>` of the channel.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from feeds.model import Podcast
from feeds.namespaces import ATOM
from feeds.rss.elements import add_element


@dataclass(frozen=True, slots=True, kw_only=True)
class AtomChannel:
    """Where the feed stands, and the hub that announces its changes."""

    podcast: Podcast

    def extend_ns(self) -> dict[str, str]:
        return {"atom": ATOM}

    def extend_rss(self, rss: etree._Element) -> None:
        add_element(rss[0], ATOM, "link", href=self.podcast.feed_url, rel="self", type="application/rss+xml")
        if self.podcast.channel.hub:
            add_element(rss[0], ATOM, "link", href=self.podcast.channel.hub, rel="hub")
