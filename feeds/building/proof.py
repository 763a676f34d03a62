"""The last look at a feed before it is written: it is held against the rulebook, as anybody else's would be."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Container, Iterator, Sequence
from functools import cache

from feeds.errors import Fault
from feeds.model import Item, Podcast
from feeds.rulebook.check import Rulebook, check_document
from feeds.rulebook.document import parse_document
from feeds.rulebook.finding import Finding
from feeds.rulebook.rule import Level
from feeds.rulebook.source import parse_source
from feeds.rules.every import RULES

Check = Callable[[Podcast, bytes], Iterator[Fault]]
"""Finds the errors in the bytes of a feed that is about to be written."""

_ITEM = re.compile(r"/channel/item(?:\[(\d+)\])?(?:/|$)")


def find_feed_errors(
    podcast: Podcast, feed: bytes, *, at: dt.datetime, ignored: Container[str] = ()
) -> Iterator[Fault]:
    """Find the errors of a feed, each at the record, or the channel, that it comes from.

    Warnings are left to `feeds validate`. `ignored` are the ids of rules that the author does not want to hear.
    """
    document = parse_document(parse_source(podcast.feed_url, feed), at=at, url=podcast.feed_url)
    items = [item for item in podcast.items if item.in_feed]
    for finding in check_document(document, _make_book()).findings:
        if finding.rule not in ignored:
            yield _explain(finding, podcast, items)


@cache
def _make_book() -> Rulebook:
    return Rulebook(RULES, least=Level.ERROR)


def _explain(finding: Finding, podcast: Podcast, items: Sequence[Item]) -> Fault:
    item = _ITEM.search(finding.path)
    path = items[int(item[1] or 1) - 1].episode.path if item else podcast.channel.path
    way = finding.path.rpartition("/channel/")[2] or "the feed"
    message = f"{way} would be published with an error: {finding.message} (feeds explain {finding.rule})"
    return Fault(path=path, message=message)
