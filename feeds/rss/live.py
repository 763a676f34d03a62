"""Streams that are announced, on the air or over (podcast namespace, tag live-item).

Apps that know nothing of them must not take them for episodes, so they stand beside the items, and before them.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from feeds.model import Live
from feeds.namespaces import PODCAST
from feeds.podcasting.elements import render_values
from feeds.podcasting.tags import LIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveChannel:
    """The streams of a channel, rendered."""

    elements: tuple[etree._Element, ...]

    def extend_ns(self) -> dict[str, str]:
        return {"podcast": PODCAST}

    def extend_rss(self, rss: etree._Element) -> None:
        rss[0].extend(self.elements)


def make_live_item(item: etree._Element, live: Live) -> etree._Element:
    """Make a live item of an item: it holds the same elements under another name."""
    holder = etree.Element("channel")
    render_values(holder, LIVE, [live])
    element = holder[0]
    element.extend(item)
    return element
