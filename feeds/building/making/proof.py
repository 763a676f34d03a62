"""The last look at a feed before it is written: it is held against the rulebook, as anybody else's would be."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container, Iterator
from functools import cache

from feeds.errors import Fault
from feeds.formats import format_bytes
from feeds.identity.lock import Lock
from feeds.model import Item, Podcast
from feeds.rulebook.check import Rulebook, check_document
from feeds.rulebook.document import Document, find_tag, parse_document
from feeds.rulebook.finding import Finding
from feeds.rulebook.rule import Level
from feeds.rulebook.source import parse_source
from feeds.rules.every import RULES

_PIECE = 8_000_000
"""Bytes of a long feed that are looked at together: more than a thousand episodes."""

LIMIT = 5_000_000
"""Bytes at which some readers stop (W3C feed validator)."""

_ITEM = re.compile(r"/channel/item(?:\[(\d+)\])?(?:/|$)")
_STREAM = re.compile(r"/channel/podcast:liveItem(?:\[(\d+)\])?(?:/|$)")


class Proof:
    """Gathers the errors of the feeds of a site before they are written; warnings are left to `feeds validate`.

    `at` is the time against which dates are held. `ignored` are the ids of rules that the author does not want to hear
    of. What the lock knows as taken in from another feed is published as it came, so its errors are warnings.

    A long feed is looked at a piece at a time, since memory must not grow with the archive: of two items that are far
    apart it is not seen here that they name one recording.
    """

    def __init__(self, *, at: dt.datetime, ignored: Container[str], lock: Lock) -> None:
        self.faults: list[Fault] = []
        self.warnings: list[Fault] = []
        self._at = at
        self._ignored = ignored
        self._lock = lock
        self._told: set[tuple[str, ...]] = set()

    def begin(self, podcast: Podcast, head: bytes, tail: bytes) -> None:
        """Begin a feed, with what stands in it before and behind its items."""
        self._podcast, self._head, self._tail = podcast, head, tail
        self._items = [item for item in podcast.items if item.in_feed]
        self._waiting = bytearray()
        self._seen = 0
        self._size = len(head) + len(tail)

    def add(self, items: bytes) -> None:
        """Take in the next items of the feed."""
        self._waiting += items
        self._size += len(items)
        if len(self._waiting) >= _PIECE:
            self._look()

    def end(self) -> None:
        """Look at what is left of the feed."""
        if self._waiting or not self._seen:
            self._look()
        self.warnings += _find_weight(self._podcast, self._size)

    def _look(self) -> None:
        locked = self._lock.channels[self._podcast.channel.slug]
        taken_in = {episode.guid for episode in locked.episodes if episode.imported}
        piece = b"".join((self._head, self._waiting, self._tail))
        document = parse_document(parse_source(self._podcast.feed_url, piece), at=self._at, url=self._podcast.feed_url)
        for finding in check_document(document, _make_book()).findings:
            place = _ITEM.search(finding.path)
            item = self._items[self._seen + int(place[1] or 1) - 1] if place else None
            # Those of the channel and of its streams are in every piece.
            if finding.rule not in self._ignored and (item or not self._seen):
                item = item or self._find_stream(finding, document)
                known = item.guid in taken_in if item else bool(locked.imported)
                # What stands in the feed and in a page is told once.
                way = finding.path[place.end() :] if place else finding.path
                told = self._podcast.channel.slug, item.guid if item else "", way, finding.rule, finding.message
                if told not in self._told:
                    (self.warnings if known else self.faults).append(_explain(finding, self._podcast, item))
                self._told.add(told)
        self._seen += sum(1 for _ in document.channel.iterchildren("item")) if document.channel is not None else 0
        self._waiting.clear()

    def _find_stream(self, finding: Finding, document: Document) -> Item | None:
        """The stream that a finding is about; those that the channel has word for word stand before ours."""
        place, streams = _STREAM.search(finding.path), self._podcast.streams
        if not place or document.channel is None:
            return None
        foreign = sum(1 for _ in document.channel.iterchildren(find_tag("podcast:liveItem"))) - len(streams)
        number = int(place[1] or 1) - foreign
        return streams[number - 1] if number > 0 else None


class NoProof(Proof):
    """That of a preview, whose addresses are those of this machine: it finds nothing."""

    def _look(self) -> None:
        self._waiting.clear()


@cache
def _make_book() -> Rulebook:
    return Rulebook(RULES, least=Level.ERROR)


def _find_weight(podcast: Podcast, size: int) -> Iterator[Fault]:
    """Find that a document is longer than readers take, or than its author wants."""
    channel = podcast.channel
    key = "feed" if channel.paging else ""
    what = f"channels.{channel.slug}: {podcast.feed_url} has {format_bytes(size)}"
    if size > LIMIT:
        remedy = "write a smaller page_size" if channel.paging else "write feed = { page_size = 100 }"
        message = f"{what}, and some readers stop at {format_bytes(LIMIT)}: {remedy}, so that old episodes move aside"
        yield Fault(path=channel.path, line=channel.line(key), message=message)
    elif podcast.place and podcast.place.current == podcast.feed_url and 0 < channel.paging.budget < size:
        message = f"{what}, more than its budget, though it holds one episode: write a greater budget, or shorter notes"
        yield Fault(path=channel.path, line=channel.line(key), message=message)


def _explain(finding: Finding, podcast: Podcast, item: Item | None) -> Fault:
    path = item.episode.path if item else podcast.channel.path
    way = finding.path.rpartition("/channel/")[2] or "the feed"
    message = f"in the feed, {way}: {finding.message} (feeds explain {finding.rule})"
    return Fault(path=path, message=message)
