"""Which texts of a feed are of which kind: the addresses, dates, plain texts and notes that rules look at alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Kind = Literal["url", "date", "plain", "html", "email", "language"]

VALUES: Mapping[str, tuple[tuple[str, Kind], ...]] = {
    # RSS 2.0
    "author": (("", "email"), ("", "plain")),
    "category": (("", "plain"), ("domain", "plain")),
    "comments": (("", "url"),),
    "copyright": (("", "plain"),),
    "description": (("", "html"),),
    "docs": (("", "url"),),
    "enclosure": (("url", "url"),),
    "generator": (("", "plain"),),
    "language": (("", "language"),),
    "lastBuildDate": (("", "date"),),
    "link": (("", "url"),),
    "managingEditor": (("", "email"), ("", "plain")),
    "pubDate": (("", "date"),),
    "source": (("url", "url"), ("", "plain")),
    "title": (("", "plain"),),
    "url": (("", "url"),),
    "webMaster": (("", "email"), ("", "plain")),
    # Modules that readers of podcasts know
    "atom:link": (("href", "url"), ("hreflang", "language")),
    "content:encoded": (("", "html"),),
    "dc:language": (("", "language"),),
    "itunes:author": (("", "plain"),),
    "itunes:image": (("href", "url"),),
    "itunes:name": (("", "plain"),),
    "itunes:new-feed-url": (("", "url"),),
    "itunes:subtitle": (("", "plain"),),
    "itunes:summary": (("", "html"),),
    "itunes:title": (("", "plain"),),
    "psc:chapter": (("title", "plain"),),  # its addresses have a rule of their own
    # The podcast namespace
    "podcast:alternateEnclosure": (("lang", "language"), ("title", "plain")),
    "podcast:chapters": (("url", "url"),),
    "podcast:contentLink": (("href", "url"), ("", "plain")),
    "podcast:funding": (("url", "url"), ("", "plain")),
    "podcast:image": (("href", "url"), ("alt", "plain")),
    "podcast:license": (("url", "url"), ("", "plain")),
    "podcast:location": (("", "plain"),),
    "podcast:person": (("href", "url"), ("img", "url"), ("", "plain")),
    "podcast:remoteItem": (("feedUrl", "url"), ("title", "plain")),
    "podcast:season": (("name", "plain"),),
    "podcast:socialInteract": (("accountUrl", "url"),),
    "podcast:soundbite": (("", "plain"),),
    "podcast:trailer": (("url", "url"), ("pubdate", "date"), ("", "plain")),
    "podcast:transcript": (("url", "url"),),  # its language has a rule of its own
}
"""By the usual name of an element: each of its attributes ("" is its text), and the kind of value that it holds."""
