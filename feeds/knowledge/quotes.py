"""Quotes as things of their own: each has an address that stays the same while others come and go."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from feeds.knowledge.names import fold_name
from feeds.model import Chapter, Item, Quote

BEFORE = 2_000
"""Milliseconds before a quote from which it is played: one hears that somebody begins to speak."""

ID_LETTERS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A quote of an episode by its id. `start` is from where it is played, None where nobody knows when it was said."""

    id: str
    quote: Quote
    chapter: Chapter | None
    start: int | None


def find_sayings(item: Item) -> Iterator[Saying]:
    """Find the quotes of an episode in the order of its record.

    An id is made of the words, so that it does not change with their place; what is written twice is numbered.
    """
    seen: Counter[str] = Counter()
    for quote, chapter in item.episode.quotes:
        id = hashlib.sha256(fold_name(quote.text).encode()).hexdigest()[:ID_LETTERS]
        seen[id] += 1
        start = None if quote.at is None else _find_start(quote.at, item)
        yield Saying(id=id if seen[id] == 1 else f"{id}-{seen[id]}", quote=quote, chapter=chapter, start=start)


def _find_start(at: int, item: Item) -> int:
    """A little before, but not in the chapter before."""
    starts = [chapter.start for chapter in item.episode.chapters if chapter.start <= at]
    return max(0, at - BEFORE, max(starts, default=0))
