"""The XML names that a podcast feed speaks, spelled once."""

from __future__ import annotations

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
PSC = "http://podlove.org/simple-chapters"

PREFIXES = {"atom": ATOM, "content": CONTENT, "itunes": ITUNES, "podcast": PODCAST, "psc": PSC}
