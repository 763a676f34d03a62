"""Atom links in RSS (RSS Advisory Board, RSS Profile 1, section 5.1; WebSub, section 4; RFC 5005).

feedgen writes rel="self" alone, and lets any link become the `<link>` of the channel.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from feeds.model import Podcast
from feeds.namespaces import ATOM, FH
from feeds.rss.elements import add_element


@dataclass(frozen=True, slots=True, kw_only=True)
class AtomChannel:
    """Where the feed stands, the hub that announces its changes, and the way to its other pages.

    Only links to what is older are written (RFC 5005, sections 3 and 4), under the name that each kind of reader
    follows: one to what is newer would change a page that is full. Nothing needs it.
    """

    podcast: Podcast

    def extend_ns(self) -> dict[str, str]:
        closed = self.podcast.place and self.podcast.place.closed
        return {"atom": ATOM, "fh": FH} if closed else {"atom": ATOM}

    def extend_rss(self, rss: etree._Element) -> None:
        self._link(rss[0], self.podcast.feed_url, "self")
        if self.podcast.channel.hub:
            add_element(rss[0], ATOM, "link", href=self.podcast.channel.hub, rel="hub")
        if place := self.podcast.place:
            if self.podcast.feed_url != place.current:
                self._link(rss[0], place.current, "current")
            self._link(rss[0], place.current, "first")
            if place.older:
                self._link(rss[0], place.older, "next")
                self._link(rss[0], place.older, "prev-archive")
            self._link(rss[0], place.oldest, "last")
            if place.closed:
                add_element(rss[0], FH, "archive")

    def _link(self, channel: etree._Element, url: str, relation: str) -> None:
        add_element(channel, ATOM, "link", href=url, rel=relation, type="application/rss+xml")
