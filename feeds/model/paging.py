"""A long feed in several documents (RFC 5005): how it is to be divided, and where each of them stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """How its author wants a feed to be divided; 0 stands for not at all.

    `page_size` is how many episodes a page of the archive has, and the feed itself too if there is no budget: `budget`
    is how many bytes the feed may have.
    """

    page_size: int = 0
    budget: int = 0

    def __bool__(self) -> bool:
        return bool(self.page_size or self.budget)


WHOLE = Paging()
"""One document for all episodes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a document stands among those of a feed, all of which are named by their URLs.

    `current` is the feed itself, `oldest` the first page of its archive, and `older` the page with what came just
    before, "" where nothing did. A page that is `closed` is full, so that no new episode changes it.
    """

    current: str
    oldest: str
    older: str = ""
    closed: bool = False
