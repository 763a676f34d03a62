"""What is wrong in the same way on many lines of a transcript is told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from feeds.rulebook.places import Spot

SpotHit = tuple[Spot, str]
SpotHits = Iterator[SpotHit]

MANY = 20
"""From so many on, it is the program that wrote the file, and the first one tells all."""


def find_told(hits: Iterable[SpotHit], noun: str) -> SpotHits:
    """Every hit, or only the first with the number of the others, if there are many."""
    kept: list[SpotHit] = []
    count = 0
    for hit in hits:
        count += 1
        if count <= MANY:
            kept.append(hit)
    if count <= MANY:
        yield from kept
    else:
        yield from find_first(kept, noun, count)


def find_first(hits: Iterable[SpotHit], noun: str, count: int = 0) -> SpotHits:
    """The first hit, with the number of the others."""
    several = list(hits)
    more = (count or len(several)) - 1
    for spot, message in several[:1]:
        yield spot, f"{message} (and {more:,} more {noun})" if more else message
