"""Which texts of a feed are of which kind: the addresses, dates, plain texts and notes that rules look at alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from feeds.rulebook.forms.dates import is_usual_date
from feeds.rulebook.forms.html import is_usual_html
from feeds.rulebook.forms.urls import is_usual_url

Kind = Literal["url", "date", "plain", "html", "email", "language"]

VALUES: Mapping[str, tuple[tuple[str, Kind], ...]] = {
    # RSS 2.0
    "author": (("", "plain"),),  # its form as an e-mail address has a rule of its own
    "category": (("", "plain"), ("domain", "plain")),
    "comments": (("", "url"),),
    "copyright": (("", "plain"),),
    "description": (("", "html"),),
    "docs": (("", "url"),),
    "enclosure": (("url", "url"),),
    "generator": (("", "plain"),),
    # The language of the channel has rules of its own.
    "lastBuildDate": (("", "date"),),
    "link": (("", "url"),),
    "managingEditor": (("", "email"), ("", "plain")),
    "name": (("", "plain"),),
    "pubDate": (("", "date"),),
    "source": (("url", "url"), ("", "plain")),
    "title": (("", "plain"),),
    "url": (("", "url"),),
    "webMaster": (("", "email"), ("", "plain")),
    # Modules that readers of podcasts know
    "atom:icon": (("", "url"),),
    "atom:id": (("", "url"),),
    "atom:link": (("href", "url"), ("title", "plain")),  # its hreflang has a rule of its own
    "atom:logo": (("", "url"),),
    "content:encoded": (("", "html"),),
    "dc:creator": (("", "plain"),),
    "dc:description": (("", "plain"),),
    "dc:language": (("", "language"),),
    "dc:publisher": (("", "plain"),),
    "dc:rights": (("", "plain"),),
    "dc:subject": (("", "plain"),),
    "dc:title": (("", "plain"),),
    "feedburner:origEnclosureLink": (("", "url"),),
    "feedburner:origLink": (("", "url"),),
    "itunes:author": (("", "plain"),),
    "itunes:image": (("href", "url"),),
    "itunes:keywords": (("", "plain"),),
    "itunes:name": (("", "plain"),),
    "itunes:new-feed-url": (("", "url"),),
    "itunes:pubDate": (("", "date"),),
    "itunes:subtitle": (("", "plain"),),
    "itunes:summary": (("", "html"),),
    "itunes:title": (("", "plain"),),
    "media:content": (("url", "url"),),
    "media:player": (("url", "url"),),
    "media:thumbnail": (("url", "url"),),
    "psc:chapter": (("title", "plain"),),  # its addresses have a rule of their own
    "wfw:comment": (("", "url"),),
    "wfw:commentRss": (("", "url"),),
    # The podcast namespace. The languages of alternateEnclosure and transcript, and the addresses of source, images,
    # chat and socialInteract's uri, have rules of their own.
    "podcast:alternateEnclosure": (("title", "plain"),),
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
    "podcast:transcript": (("url", "url"),),
}
"""By the usual name of an element: each of its attributes ("" is its text), and the kind of value that it holds.

Left out are those that have a rule of their own for the whole of that kind.
"""

OF_THE_WEB = frozenset(
    (
        ("atom:link", "href"),  # of self and hub
        ("comments", ""),
        ("enclosure", "url"),
        ("itunes:image", "href"),
        ("itunes:new-feed-url", ""),
        ("link", ""),
        ("podcast:person", "href"),
        ("podcast:person", "img"),
        ("source", "url"),
        ("url", ""),
    )
)
"""Addresses with a rule of their own, which says that they lead somewhere on the web.

Of those the general rules tell no more than characters that have to be encoded.
"""

USUAL: Mapping[Kind, Callable[[str], bool]] = {
    "url": is_usual_url,
    "date": is_usual_date,
    "html": is_usual_html,
    "plain": lambda text: "<" not in text and "&" not in text,
}
"""What tells, by kind, that nobody has anything to say of a value: most are so, and no rule has to look at them."""
