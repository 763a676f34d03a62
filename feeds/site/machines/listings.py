"""What machines read of a whole site: the feeds as OPML, the pages as a sitemap, and where that stands."""

from __future__ import annotations

from lxml import etree

from feeds import addresses
from feeds.formats import format_instant
from feeds.model import Show, Site

SITEMAP_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def render_opml(show: Show) -> bytes:
    """Render the list of feeds that podcast apps import (OPML 2.0, "What is a subscription list?")."""
    opml = etree.Element("opml", version="2.0")
    head = etree.SubElement(opml, "head")
    etree.SubElement(head, "title").text = show.site.title
    body = etree.SubElement(opml, "body")
    for podcast in show.podcasts:
        channel = podcast.channel
        etree.SubElement(
            body,
            "outline",
            {
                "type": "rss",
                "text": channel.title,
                "title": channel.title,
                "xmlUrl": podcast.feed_url,
                "htmlUrl": podcast.url,
                "language": channel.language,
            },
        )
    return _format_xml(opml)


def render_sitemap(show: Show) -> bytes:
    """Render the addresses of all pages with the dates of their content (sitemaps.org, protocol 0.9)."""
    urlset = etree.Element("urlset", xmlns=SITEMAP_NAMESPACE)
    dates = [podcast.updated for podcast in show.podcasts if podcast.updated]
    pages = [(addresses.HOME, max(dates, default=None))]
    for podcast in show.podcasts:
        channel = podcast.channel.slug
        pages.append((addresses.channel_page(channel), podcast.updated))
        pages += [(addresses.episode_page(channel, item.slug), item.episode.date) for item in podcast.episodes]
    for path, date in pages:
        entry = etree.SubElement(urlset, "url")
        etree.SubElement(entry, "loc").text = addresses.url(show.site, path)
        if date:
            etree.SubElement(entry, "lastmod").text = format_instant(date)
    return _format_xml(urlset)


def render_robots(site: Site) -> str:
    """Render the file that tells crawlers where the sitemap is (RFC 9309; sitemaps.org)."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {addresses.url(site, addresses.SITEMAP)}\n"


def _format_xml(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
