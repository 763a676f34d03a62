"""Where in an episode somebody or something is spoken of: a thin lane each, below the skyline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from feeds.shape.skyline import round_percent

THINNEST = 0.4
"""Percent that a span takes at least: a name is said in a second, and an episode has thousands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lit:
    """A stretch of a lane that is lit: `left` and `width` in percent."""

    left: float
    width: float


def find_lit(spans: Iterable[tuple[int, int]], duration: int, width: float = 100) -> tuple[Lit, ...]:
    """Find what is lit of a lane, from spans of milliseconds; those that would touch are one.

    `width` are the percent of the page that the whole episode takes.
    """
    return tuple(
        Lit(left=round_percent(start), width=round_percent(end - start))
        for start, end in _join(_place(spans, duration, width))
    )


def _place(spans: Iterable[tuple[int, int]], duration: int, width: float) -> Iterator[tuple[float, float]]:
    thinnest = min(THINNEST, width)
    for start, end in sorted(spans):
        if start < duration:
            left = width * start / duration
            right = max(width * min(end, duration) / duration, left + thinnest)
            # One at the very end stands within the lane all the same.
            yield min(left, width - thinnest), min(right, width)


def _join(placed: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Make one of those that overlap or touch; they come in the order of their starts."""
    joined: list[tuple[float, float]] = []
    for start, end in placed:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
