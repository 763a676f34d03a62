"""The names that must never change: podcast:guid of a channel, guid of an episode."""

from __future__ import annotations

import re
import uuid

_PODCASTS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def compute_podcast_guid(feed_url: str) -> str:
    """The podcast:guid of a feed that never had one, from the address at which it first stands.

    It is computed once; from then on it belongs to the podcast and moves with it. It is the UUIDv5 of the URL
    without its scheme and the slashes at its end (podcast namespace, tag guid).

    >>> compute_podcast_guid("https://podnews.net/rss")
    '9b024349-ccf0-5f69-a609-6b82873eab3c'
    >>> compute_podcast_guid("mp3s.nashownotes.com/pc20rss.xml/")
    '917393e3-1b1e-5cef-ace4-edaa54e1f810'
    """
    return str(uuid.uuid5(_PODCASTS, _SCHEME.sub("", feed_url, count=1).rstrip("/")))


def make_passing_guid(record: str) -> str:
    """A guid for an episode that is only previewed: the same each time, and never published.

    >>> make_passing_guid("seeds/a.md") == make_passing_guid("seeds/a.md")
    True
    """
    return str(uuid.uuid5(uuid.NAMESPACE_URL, record))


def make_guid() -> str:
    """A guid for a new episode: random, as one made from a title or an address would go stale with it.

    >>> len(make_guid()), make_guid() == make_guid()
    (36, False)
    """
    return str(uuid.uuid4())
