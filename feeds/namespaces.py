"""The XML names that a podcast feed speaks, spelled once."""

from __future__ import annotations

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
FH = "http://purl.org/syndication/history/1.0"
GOOGLEPLAY = "http://www.google.com/schemas/play-podcasts/1.0"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
MEDIA = "http://search.yahoo.com/mrss/"
PODCAST = "https://podcastindex.org/namespace/1.0"
PSC = "http://podlove.org/simple-chapters"

PREFIXES = {"atom": ATOM, "content": CONTENT, "itunes": ITUNES, "podcast": PODCAST, "psc": PSC}
"""What every feed of ours declares."""

KNOWN_PREFIXES = PREFIXES | {
    "acast": "https://schema.acast.com/1.0/",
    "admin": "http://webns.net/mvcb/",
    "dc": DC,
    "dcterms": "http://purl.org/dc/terms/",
    "fh": FH,
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "fireside": "http://fireside.fm/modules/rss/fireside",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "googleplay": GOOGLEPLAY,
    "media": MEDIA,
    "rawvoice": "http://www.rawvoice.com/rawvoiceRssModule/",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "spotify": "http://www.spotify.com/ns/rss",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "thr": "http://purl.org/syndication/thread/1.0",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "xhtml": "http://www.w3.org/1999/xhtml",
}
"""What feeds mean by a prefix, where they do not say."""

_OTHER_SPELLINGS = {
    "http://www.itunes.com/dtds/podcast-1.0": ITUNES,
    "http://www.itunes.com/feed": ITUNES,
    "http://itunes.com/feed": ITUNES,
    "http://podcastindex.org/namespace/1.0": PODCAST,
    "http://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": PODCAST,
    "http://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0": PODCAST,
    "http://google.com/schemas/play-podcasts/1.0": GOOGLEPLAY,
    "http://search.yahoo.com/mrss": MEDIA,
    "http://purl.org/atom/ns#": ATOM,
}


def find_namespace(uri: str) -> str:
    """The namespace that a feed means by an address, which many write with another scheme, case or end.

    >>> find_namespace("https://www.itunes.com/DTDs/Podcast-1.0.dtd") == ITUNES
    True
    >>> find_namespace("https://example.org/mine/")
    'https://example.org/mine/'
    """
    return _BY_LOOK.get(_find_look(uri), uri)


def _find_look(uri: str) -> str:
    return uri.strip().casefold().removeprefix("https://").removeprefix("http://").rstrip("/")


_BY_LOOK = {_find_look(uri): uri for uri in KNOWN_PREFIXES.values()} | {
    _find_look(spelling): uri for spelling, uri in _OTHER_SPELLINGS.items()
}
