"""With which headers the files of a site are sent, whoever serves them: a host, a server, the preview.

A file whose name holds its hash never changes. Feeds and chapters do, under an address that stays.
"""

from __future__ import annotations

from feeds.media_types import SERVED_TYPES

# Players on the web read feeds, chapters, transcripts and audio from another origin (podcast namespace, tags
# chapters and transcript; Fetch standard, section 3.3). Some hosts allow it for every file, and so do we.
SHARED = {"access-control-allow-origin": "*", "access-control-expose-headers": "*"}

BRIEFLY = "public, max-age=300"
"""For what a new episode changes: five minutes, so that nobody waits long for it."""

FOREVER = "public, max-age=31536000, immutable"
"""For what is named by its hash."""

PAGES = (".js", ".opml", ".xml", ".woff2")
NAMED = {suffix: type for suffix, type in SERVED_TYPES.items() if suffix not in PAGES}
"""The types of the files that are named by their hash, by their endings."""
