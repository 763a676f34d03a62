"""What machines read of a whole site: the feeds as OPML, and where its sitemap is."""

from __future__ import annotations

from lxml import etree

from feeds import addresses
from feeds.model import Show, Site


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
    return etree.tostring(opml, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def render_robots(site: Site) -> str:
    """Render the file that tells crawlers where the sitemap is (RFC 9309; sitemaps.org)."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {addresses.url(site, addresses.SITEMAP)}\n"
