"""The RSS feed of a podcast, in pieces: what stands before the items, items, what stands behind them.

Joined they are one document. Items can be rendered a few at a time, so that memory does not grow with their number.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml import etree

from feeds import __version__
from feeds.model import Item, Podcast, Site
from feeds.namespaces import PREFIXES
from feeds.notes.render import render_content, render_description
from feeds.rss.atom import AtomChannel
from feeds.rss.core import CoreChannel, CoreItem
from feeds.rss.itunes import ItunesChannel, ItunesItem
from feeds.rss.live import LiveChannel, make_live_item
from feeds.rss.podcast import PodcastChannel, PodcastItem
from feeds.rss.psc import PscChannel, PscItem
from feeds.rss.published import PublishedChannel, PublishedItem

_OPENING = b"<channel>\n"
_CLOSING = b"  </channel>\n"


class _NoDate(dt.datetime):
    """A date that feedgen takes and does not write; left alone, it would write the time of the build."""

    def __bool__(self) -> bool:
        return False


_NO_DATE = _NoDate(1970, 1, 1, tzinfo=dt.UTC)


def render_channel(podcast: Podcast, site: Site) -> tuple[bytes, bytes]:
    """Render what stands in the document before the items, and what stands behind them."""
    document = make_generator(podcast, site).rss_str(pretty=True)
    end = document.rindex(_CLOSING)
    return document[:end], document[end:]


def render_item(item: Item) -> bytes:
    """Render an item as it stands in a channel, without what would stand around it.

    It is rendered inside a root that declares every namespace, or it would declare its own.
    """
    rss = etree.Element("rss", nsmap=PREFIXES)
    etree.SubElement(rss, "channel").append(make_entry(item).rss_entry())
    document = etree.tostring(rss, encoding="UTF-8", pretty_print=True)
    return document[document.index(_OPENING) + len(_OPENING) : document.rindex(_CLOSING)]


def make_generator(podcast: Podcast, site: Site) -> FeedGenerator:
    """Tell feedgen what it needs to know of a channel."""
    channel = podcast.channel
    generator = FeedGenerator()
    generator.title(channel.title)
    generator.link(href=channel.link or podcast.url)
    generator.description(channel.description)
    generator.language(channel.language)
    generator.copyright(channel.copyright)
    generator.generator(f"feeds {__version__}")
    generator.image(podcast.image.url)
    generator.lastBuildDate(_NO_DATE)
    _register(
        generator,
        core=partial(CoreChannel, podcast=podcast, site=site),
        atom=partial(AtomChannel, podcast=podcast),
        itunes=partial(ItunesChannel, podcast=podcast),
        podcast=partial(PodcastChannel, podcast=podcast),
        psc=PscChannel,
        kept=partial(PublishedChannel, podcast=podcast),
        live=partial(LiveChannel, elements=tuple(_make_live_items(podcast))),
    )
    return generator


def make_entry(item: Item) -> FeedEntry:
    """Tell feedgen what it needs to know of an item."""
    entry = FeedEntry()
    episode = item.episode
    description, content = render_description(item), render_content(item)
    entry.title(episode.title)
    entry.link(href=episode.link or item.url)
    entry.guid(item.guid)
    entry.description(description)
    # An empty content:encoded would hide the description from apps that prefer it, and feedgen writes one.
    if content:
        entry.content(content, type="CDATA")
    if item.enclosure:
        entry.enclosure(item.enclosure.url, item.enclosure.length, item.enclosure.type)
    texts = {
        "title": episode.title,
        "subtitle": episode.subtitle,
        "description": description,
        "content": content,
        "tags": ", ".join(episode.tags),
    }
    _register(
        entry,
        core=partial(CoreItem, item=item),
        itunes=partial(ItunesItem, item=item),
        podcast=partial(PodcastItem, item=item),
        psc=partial(PscItem, item=item),
        kept=partial(PublishedItem, item=item, texts=texts),
    )
    return entry


def _make_live_items(podcast: Podcast) -> Iterator[etree._Element]:
    for item in podcast.streams:
        if item.episode.live:
            yield make_live_item(make_entry(item).rss_entry(), item.episode.live)


def _register(owner: FeedGenerator | FeedEntry, **extensions: Callable[[], object]) -> None:
    for name, extension in extensions.items():
        owner.register_extension(name, extension, atom=False)
