"""Apple's tags (A Podcaster's Guide to RSS).

feedgen's own extension for them refuses `true` and `false`, loses artwork that does not end in .jpg or .png,
and loses season 0 and episode 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from feeds.formats import SECOND
from feeds.model import Channel, Item, Podcast
from feeds.namespaces import ITUNES
from feeds.rss.elements import add_element


@dataclass(frozen=True, slots=True, kw_only=True)
class ItunesChannel:
    """What a directory shows of a podcast."""

    podcast: Podcast

    def extend_ns(self) -> dict[str, str]:
        return {"itunes": ITUNES}

    def extend_rss(self, rss: etree._Element) -> None:
        element, channel = rss[0], self.podcast.channel
        add_element(element, ITUNES, "author", channel.author)
        add_element(element, ITUNES, "explicit", str(channel.explicit).lower())
        add_element(element, ITUNES, "image", href=self.podcast.image.url)
        _add_categories(element, channel)
        add_element(element, ITUNES, "type", channel.type)
        if channel.owner:
            owner = add_element(element, ITUNES, "owner")
            add_element(owner, ITUNES, "name", channel.owner.name)
            add_element(owner, ITUNES, "email", channel.owner.email)
        if channel.new_feed_url:
            add_element(element, ITUNES, "new-feed-url", channel.new_feed_url)
        if channel.complete:
            add_element(element, ITUNES, "complete", "yes")
        if channel.block:
            add_element(element, ITUNES, "block", "yes")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItunesItem:
    """What a directory shows of an episode."""

    item: Item

    def extend_rss(self, element: etree._Element) -> None:
        item, episode = self.item, self.item.episode
        add_element(element, ITUNES, "title", episode.title)
        # Apps know nothing to do with the length of a stream (podcast namespace, tag live-item).
        if item.duration and not episode.live:
            add_element(element, ITUNES, "duration", _format_duration(item.duration))
        if item.image:
            add_element(element, ITUNES, "image", href=item.image.url)
        add_element(element, ITUNES, "explicit", str(item.explicit).lower())
        # Apple takes whole numbers above zero; others stand in podcast:season and podcast:episode alone.
        if episode.season and episode.season.number:
            add_element(element, ITUNES, "season", str(episode.season.number))
        if episode.episode and _is_whole(episode.episode.number):
            add_element(element, ITUNES, "episode", f"{episode.episode.number:.0f}")
        add_element(element, ITUNES, "episodeType", episode.type)
        if episode.author:
            add_element(element, ITUNES, "author", episode.author)
        if episode.block:
            add_element(element, ITUNES, "block", "yes")


def _is_whole(number: Decimal) -> bool:
    return number > 0 and number == number.to_integral_value()


def _add_categories(element: etree._Element, channel: Channel) -> None:
    """Nest subcategories in their category, which stands once, where it was first named."""
    subcategories: dict[str, list[str]] = {}
    for category, subcategory in channel.categories:
        subcategories.setdefault(category, []).append(subcategory)
    for category, names in subcategories.items():
        outer = add_element(element, ITUNES, "category", text=category)
        for name in filter(None, names):
            add_element(outer, ITUNES, "category", text=name)


def _format_duration(ms: int) -> str:
    """Write whole seconds, never 0: a duration is greater than nothing."""
    return str(max(1, (ms + SECOND // 2) // SECOND))
