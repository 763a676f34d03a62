"""The elements of RSS 2.0 and of Apple's namespace: what may stand in what, and with which attributes."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from functools import lru_cache

_LONGEST = 40
_NEAR = 0.75
_ITEM = frozenset("title link description author category comments enclosure guid pubDate source".split())

CHILDREN: Mapping[str, frozenset[str]] = {
    "rss": frozenset(("channel",)),
    "channel": frozenset(
        "title link description language copyright managingEditor webMaster pubDate lastBuildDate category generator "
        "docs cloud ttl image rating textInput skipHours skipDays item".split()
    ),
    "item": _ITEM,
    "podcast:liveItem": _ITEM,
    "image": frozenset("url title link width height description".split()),
    "textInput": frozenset("title description name link".split()),
    "skipHours": frozenset(("hour",)),
    "skipDays": frozenset(("day",)),
    "itunes:owner": frozenset(),
    "itunes:category": frozenset(),
}
"""The elements without namespace that an element may have (RSS 2.0); those that hold text have none."""

ITUNES = frozenset(
    "author block category complete duration email episode episodeType explicit image isClosedCaptioned keywords name "
    "new-feed-url order owner pubDate season subtitle summary title type applepodcastsverify".split()
)
"""The elements of Apple's namespace, those that Apple no longer reads included."""

ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "rss": frozenset(("version",)),
    "category": frozenset(("domain",)),
    "cloud": frozenset("domain path port protocol registerProcedure".split()),
    "enclosure": frozenset("length type url".split()),
    "guid": frozenset(("isPermaLink",)),
    "source": frozenset(("url",)),
    "atom:link": frozenset("href hreflang length rel title type".split()),
    "itunes:category": frozenset(("text",)),
    "itunes:image": frozenset(("href",)),
}
"""The attributes that an element may have; all other elements of RSS, of Apple and of small modules have none."""

INSTEAD: Mapping[tuple[str, str], str] = {
    ("channel", "author"): "write managingEditor, or itunes:author",
    ("channel", "enclosure"): "move it into an item",
    ("channel", "guid"): "write podcast:guid, or move it into an item",
    ("channel", "updated"): "write lastBuildDate",
    ("item", "content"): "write description, or content:encoded",
    ("item", "creator"): "write dc:creator, or itunes:author",
    ("item", "duration"): "write itunes:duration",
    ("item", "episode"): "write itunes:episode",
    ("item", "explicit"): "write itunes:explicit",
    ("item", "image"): "write itunes:image with href",
    ("item", "keywords"): "write category",
    ("item", "published"): "write pubDate",
    ("item", "season"): "write itunes:season",
    ("item", "summary"): "write description",
    ("item", "updated"): "write pubDate",
}
"""What people mean by some elements that RSS does not have there."""


@lru_cache(maxsize=4096)
def find_spelling(name: str, known: frozenset[str]) -> str:
    """The known name that differs from another in letter case alone, "" if there is none.

    >>> find_spelling("pubdate", CHILDREN["item"]), find_spelling("date", CHILDREN["item"])
    ('pubDate', '')
    """
    look = name.casefold()
    return next((other for other in sorted(known) if other.casefold() == look), "")


@lru_cache(maxsize=4096)
def find_remedy(parent: str, name: str, known: frozenset[str]) -> str:
    """What to do about an element that is not known there.

    >>> find_remedy("item", "pubDat", CHILDREN["item"]), find_remedy("channel", "pubTime", CHILDREN["channel"])
    ('write pubDate', 'take it out, or put it into a namespace')
    """
    if (parent, name) in INSTEAD:
        return INSTEAD[parent, name]
    if len(name) <= _LONGEST and (near := difflib.get_close_matches(name, sorted(known), n=1, cutoff=_NEAR)):
        return f"write {near[0]}"
    home = next((other for other, names in CHILDREN.items() if name in names), "")
    return f"it belongs into {home}" if home else "take it out, or put it into a namespace"
