"""The documents of a feed: the feed itself, and of one in pages those of its archive (RFC 5005).

Pages are counted from the oldest episode, so that a full one stays as it is when new episodes come.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate, pairwise
from typing import BinaryIO

from feeds import addresses
from feeds.building.making.proof import Proof
from feeds.model import Place, Podcast, Site
from feeds.rss.feed import render_channel
from feeds.tree import File

PAGE_SIZE = 100
"""How many episodes a page of the archive has, unless the author says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document of a feed, with some of its items: newest first, from `start` to before `end`."""

    path: str
    podcast: Podcast
    start: int
    end: int


class Printing:
    """A feed on its way to the disk. Its items wait in a file, from which each document takes those that are its own.

    What is not in pages is proved while its items come in, which saves the time.
    """

    def __init__(self, podcast: Podcast, site: Site, waiting: BinaryIO, proof: Proof) -> None:
        self._podcast, self._site, self._waiting, self._proof = podcast, site, waiting, proof
        self._bounds = [waiting.tell()]
        if not podcast.channel.paging:
            proof.begin(podcast, *render_channel(podcast, site))

    def add(self, items: Sequence[bytes]) -> None:
        """Take in the next items, each as it was rendered."""
        for item in items:
            self._waiting.write(item)
            self._bounds.append(self._bounds[-1] + len(item))
        if not self._podcast.channel.paging:
            self._proof.add(b"".join(items))

    def finish(self) -> Iterator[File]:
        """Divide the feed, prove what is not proved yet, and make the files, the feed itself last."""
        lengths = [end - start for start, end in pairwise(self._bounds)]
        documents = divide_feed(self._podcast, self._site, lengths, self._count_around)
        for document in documents:
            if self._podcast.channel.paging:
                self._proof.begin(document.podcast, *render_channel(document.podcast, self._site))
                for item in self._read_items(document):
                    self._proof.add(item)
            self._proof.end()
            content = partial(self._read_document, document)
            yield File(path=document.path, content=content, source=f"channel {self._podcast.channel.slug}")
        self._waiting.seek(0, 2)

    def _count_around(self, podcast: Podcast) -> int:
        return sum(map(len, render_channel(podcast, self._site)))

    def _read_document(self, document: Document) -> Iterator[bytes]:
        head, tail = render_channel(document.podcast, self._site)
        yield head
        yield from self._read_items(document)
        yield tail

    def _read_items(self, document: Document) -> Iterator[bytes]:
        self._waiting.seek(self._bounds[document.start])
        for number in range(document.start, document.end):
            yield self._waiting.read(self._bounds[number + 1] - self._bounds[number])


def divide_feed(
    podcast: Podcast, site: Site, lengths: Sequence[int], count_around: Callable[[Podcast], int]
) -> tuple[Document, ...]:
    """Find the documents of a feed: the pages of its archive, oldest first, then the feed itself.

    `lengths` are the bytes of its items, newest first; `count_around` tells how many stand around them. Every item that
    is not in the feed itself is in one page, and in no other. A page has the episodes that its number says, whatever
    they weigh. So the newest page can be one that is not full, where the budget is too small for a page's worth.
    """
    slug, total, size = podcast.channel.slug, len(lengths), podcast.channel.paging.page_size or PAGE_SIZE
    feed = Document(path=addresses.feed(slug), podcast=podcast, start=0, end=total)
    place = Place(current=podcast.feed_url, oldest=addresses.url(site, addresses.archive(slug, 1)))

    def place_before(page: int) -> Place:
        return replace(place, older=addresses.url(site, addresses.archive(slug, page - 1)) if page > 1 else "")

    most = -(-total // size)
    kept = _count_kept(podcast, replace(podcast, place=place_before(most + 1)), lengths, count_around)
    if kept == total:
        return (feed,)
    items = [item for item in podcast.items if item.in_feed]
    # What the feed alone says of itself: an app that comes to a page would take it for news of the page.
    channel = replace(podcast.channel, hub="", new_feed_url="")
    pages = []
    for page in range(1, -(-(total - kept) // size) + 1):
        start, end = max(0, total - page * size), total - (page - 1) * size
        path = addresses.archive(slug, page)
        part = replace(
            podcast,
            channel=channel,
            feed_url=addresses.url(site, path),
            items=tuple(items[start:end]),
            streams=(),
            place=replace(place_before(page), closed=page * size <= total),
        )
        pages.append(Document(path=path, podcast=part, start=start, end=end))
    return (*pages, replace(feed, podcast=replace(podcast, place=place_before(len(pages) + 1)), end=kept))


def _count_kept(whole: Podcast, newest: Podcast, lengths: Sequence[int], count_around: Callable[[Podcast], int]) -> int:
    """Count the items that stay in the feed itself: all if that is asked or fits, and the newest in any case."""
    paging = whole.channel.paging
    if not paging.budget:
        return min(len(lengths), paging.page_size or len(lengths))
    if not lengths or count_around(whole) + sum(lengths) <= paging.budget:
        return len(lengths)
    return max(1, bisect_right(list(accumulate(lengths)), paging.budget - count_around(newest)))
