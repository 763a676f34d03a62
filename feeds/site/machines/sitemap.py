"""The addresses of all pages, for search engines (sitemaps.org, protocol 0.9)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml import etree

from feeds import addresses
from feeds.formats import format_instant
from feeds.knowledge.quotes import find_sayings
from feeds.model import Site
from feeds.site.edition import Edition
from feeds.tree import File

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"

MOST = 50_000
"""How many addresses one file may have."""

_SOURCE = "the site"

Entry = tuple[str, dt.datetime | None]
"""The path of a page, and the date of its content."""


def render_sitemaps(edition: Edition) -> Iterator[File]:
    """Render the sitemap; of a site with more pages than one file may name, several and their index."""
    entries = list(find_pages(edition))
    if len(entries) <= MOST:
        yield File(path=addresses.SITEMAP, content=_format_urls(edition.site, entries), source=_SOURCE)
        return
    parts = iter(entries)
    names: list[Entry] = []
    while several := list(islice(parts, MOST)):
        path = addresses.sitemap_part(len(names) + 1)
        names.append((path, max((date for _, date in several if date), default=None)))
        yield File(path=path, content=_format_urls(edition.site, several), source=_SOURCE)
    index = _format(edition.site, "sitemapindex", "sitemap", names)
    yield File(path=addresses.SITEMAP, content=index, source=_SOURCE)


def find_pages(edition: Edition) -> Iterator[Entry]:
    """Find every page that a reader may come to from a search."""
    newest = max((podcast.updated for podcast in edition.show.podcasts if podcast.updated), default=None)
    yield addresses.HOME, newest
    for podcast in edition.show.podcasts:
        channel = podcast.channel.slug
        yield addresses.channel_page(channel), podcast.updated
        if channel in edition.quoted:
            yield addresses.quotes_page(channel), podcast.updated
        for item in podcast.episodes:
            yield addresses.episode_page(channel, item.slug), item.episode.date
            for saying in find_sayings(item):
                yield addresses.quote_page(channel, item.slug, saying.id), item.episode.date
    if edition.people:
        yield addresses.PEOPLE, newest
    if edition.ideas:
        yield addresses.IDEAS, newest
    for subject in edition.knowledge.subjects:
        podcast_number, number = subject.places[0]
        yield subject.path, edition.show.podcasts[podcast_number].episodes[number].episode.date


def _format_urls(site: Site, entries: Iterable[Entry]) -> bytes:
    return _format(site, "urlset", "url", entries)


def _format(site: Site, whole: str, part: str, entries: Iterable[Entry]) -> bytes:
    root = etree.Element(whole, xmlns=NAMESPACE)
    for path, date in entries:
        entry = etree.SubElement(root, part)
        etree.SubElement(entry, "loc").text = addresses.url(site, path)
        if date:
            etree.SubElement(entry, "lastmod").text = format_instant(date)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
