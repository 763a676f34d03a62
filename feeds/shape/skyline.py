"""The shape of an episode over time: its skyline.

Each chapter stands as wide as it is long and as high as much is written of it, with a dot above for each
quote. What is found here are numbers; a template draws them. Across, they are percentages, and upwards they
are pixels, so that the drawing can be as wide as the page and the dots stay round.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from feeds.model import Block, Chapter, Item, Quote

LOWEST = 4
"""Pixels that a chapter has of which nothing is written."""

DOT_ROOM = 12
"""Pixels above the highest chapter, in which its dots stand."""

DOT_RISE = 6
"""Pixels between a chapter and the middle of its dots."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A chapter in the skyline: `left` and `width` in percent, `top` and `height` in pixels."""

    chapter: Chapter
    left: float
    width: float
    top: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A quote above the skyline: `left` in percent, `top` in pixels; `timed` if its place is known."""

    left: float
    top: int
    timed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A whole skyline, `height` pixels high, dots included; empty where there is nothing to draw."""

    height: int
    bars: tuple[Bar, ...] = ()
    dots: tuple[Dot, ...] = ()


def find_shape(item: Item, highest: int) -> Shape:
    """Find the skyline of an episode, whose highest chapter is `highest` pixels high.

    A chapter lasts until the next one that is not silent. Without a duration nobody knows where the last one ends,
    and there is no skyline.
    """
    bars = tuple(_find_bars(item, highest))
    if not bars:
        return Shape(height=0)
    return Shape(height=highest + DOT_ROOM, bars=bars, dots=tuple(_find_dots(item, bars)))


def _find_bars(item: Item, highest: int) -> Iterator[Bar]:
    chapters = [chapter for chapter in item.episode.chapters if chapter.toc and chapter.start < item.duration]
    ends = [*(chapter.start for chapter in chapters), item.duration][1:]
    most = max(map(_weigh, chapters), default=0) or 1
    for chapter, end in zip(chapters, ends, strict=True):
        height = max(LOWEST, round(highest * _weigh(chapter) / most))
        yield Bar(
            chapter=chapter,
            left=_percent(chapter.start, item.duration),
            width=_percent(end - chapter.start, item.duration),
            top=highest + DOT_ROOM - height,
            height=height,
        )


def _weigh(chapter: Chapter) -> int:
    """How much is written of a chapter, in letters: scripts without spaces have no words to count."""
    return sum(len(block.text) for block in chapter.blocks)


def _find_dots(item: Item, bars: Sequence[Bar]) -> Iterator[Dot]:
    for quote, _ in item.episode.quotes:
        if quote.at is not None and quote.at <= item.duration:
            left = _percent(quote.at, item.duration)
            yield Dot(left=left, top=_find_top(left, bars) - DOT_RISE, timed=True)
    for bar in bars:
        # A quote without a time was said somewhere in its chapter: such dots stand there at even distances.
        untimed = _count_untimed(bar.chapter.blocks)
        for number in range(1, untimed + 1):
            left = round(bar.left + bar.width * number / (untimed + 1), 2)
            yield Dot(left=left, top=bar.top - DOT_RISE, timed=False)


def _count_untimed(blocks: Iterable[Block]) -> int:
    return sum(isinstance(block, Quote) and block.at is None for block in blocks)


def _find_top(left: float, bars: Sequence[Bar]) -> int:
    """The top of the last chapter that has begun by then; of the first one, before any has."""
    return next((bar.top for bar in reversed(bars) if bar.left <= left), bars[0].top)


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 2)
