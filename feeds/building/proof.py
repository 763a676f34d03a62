"""The last look at a feed before it is written: it is held against the rulebook, as anybody else's would be."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container, Iterator
from functools import cache

from feeds.errors import Fault
from feeds.identity.lock import Lock
from feeds.model import Item, Podcast
from feeds.rulebook.check import Rulebook, check_document
from feeds.rulebook.document import parse_document
from feeds.rulebook.finding import Finding
from feeds.rulebook.rule import Level
from feeds.rulebook.source import parse_source
from feeds.rules.every import RULES

_ITEM = re.compile(r"/channel/item(?:\[(\d+)\])?(?:/|$)")


class Proof:
    """Gathers the errors of the feeds of a site before they are written; warnings are left to `feeds validate`.

    `at` is the time against which dates are held. `ignored` are the ids of rules that the author does not want to hear
    of. What the lock knows as taken in from another feed is published as it came, so its errors are warnings.
    """

    def __init__(self, *, at: dt.datetime, ignored: Container[str], lock: Lock) -> None:
        self.faults: list[Fault] = []
        self.warnings: list[Fault] = []
        self._at = at
        self._ignored = ignored
        self._lock = lock

    def add(self, podcast: Podcast, feed: bytes) -> None:
        """Look through the bytes of a feed."""
        locked = self._lock.channels[podcast.channel.slug]
        taken_in = {episode.guid for episode in locked.episodes if episode.imported}
        for finding, item in find_feed_errors(podcast, feed, at=self._at):
            if finding.rule not in self._ignored:
                known = item.guid in taken_in if item else bool(locked.imported)
                (self.warnings if known else self.faults).append(_explain(finding, podcast, item))


class NoProof(Proof):
    """That of a preview, whose addresses are those of this machine: it finds nothing."""

    def add(self, podcast: Podcast, feed: bytes) -> None:
        """Leave a feed alone."""


def find_feed_errors(podcast: Podcast, feed: bytes, *, at: dt.datetime) -> Iterator[tuple[Finding, Item | None]]:
    """Find the errors of a feed, each with the item that it is in, None if it is the channel's."""
    document = parse_document(parse_source(podcast.feed_url, feed), at=at, url=podcast.feed_url)
    items = [item for item in podcast.items if item.in_feed]
    for finding in check_document(document, _make_book()).findings:
        place = _ITEM.search(finding.path)
        yield finding, items[int(place[1] or 1) - 1] if place else None


@cache
def _make_book() -> Rulebook:
    return Rulebook(RULES, least=Level.ERROR)


def _explain(finding: Finding, podcast: Podcast, item: Item | None) -> Fault:
    path = item.episode.path if item else podcast.channel.path
    way = finding.path.rpartition("/channel/")[2] or "the feed"
    message = f"in the feed, {way}: {finding.message} (feeds explain {finding.rule})"
    return Fault(path=path, message=message)
