"""The shape of an episode over time: its skyline.

Each chapter stands as wide as it is long and as high as much is written of it, with a dot above for each
quote. What is found here are numbers; a template draws them. Across, they are percentages, and upwards they
are pixels, so that the drawing can be as wide as the page and the dots stay round.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from feeds.model import Block, Chapter, Item, Quote
from feeds.transcripts.cue import WIDE

LOWEST = 4
"""Pixels that a chapter has of which nothing is written."""

DOT_ROOM = 12
"""Pixels above the highest chapter, in which its dots stand."""

DOT_RISE = 6
"""Pixels between a chapter and the middle of its dots."""


NARROWEST = 8
"""The longest episode of a list is at most so many times as wide as any other: a trailer is still to be recognised."""

FLATTEST = 3
"""The most that is written of a chapter in a list stands at most so many times as high as the most of any episode."""

# A letter of these scripts says about as much as two of an alphabet.
_WIDE = re.compile(f"[{WIDE}\uac00-\ud7af]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """What the skylines of a list have in common, so that they can be compared: the milliseconds that its whole width
    stands for, and the weight of a chapter that takes its whole height.
    """

    duration: int
    weight: int


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
    """A whole skyline, `height` pixels high, dots included, and `width` percent wide; empty where there is nothing to
    draw.
    """

    height: int
    width: float = 0
    bars: tuple[Bar, ...] = ()
    dots: tuple[Dot, ...] = ()


def find_scale(items: Iterable[Item]) -> Scale:
    """Find the scale on which the skylines of several episodes are drawn under each other; of one, that it fills."""
    longest, heaviest = 0, 0
    for item in items:
        longest = max(longest, item.duration)
        heaviest = max(heaviest, _find_heaviest(_find_drawn(item)))
    return Scale(duration=longest, weight=heaviest)


def find_shape(item: Item, highest: int, scale: Scale) -> Shape:
    """Find the skyline of an episode on a scale, whose highest chapter is `highest` pixels high.

    A chapter lasts until the next one that is not silent. Without a duration nobody knows where the last one ends,
    and there is no skyline.
    """
    width = max(item.duration / scale.duration, 1 / NARROWEST) * 100 if scale.duration else 0
    bars = tuple(_find_bars(item, highest, width, scale.weight))
    if not bars:
        return Shape(height=0)
    return Shape(height=highest + DOT_ROOM, width=round(width, 2), bars=bars, dots=tuple(_find_dots(item, bars, width)))


def find_percent(time: int, item: Item, width: float) -> float:
    """Where a time stands in a skyline that takes `width` percent of the page."""
    return round_percent(width * time / item.duration)


def round_percent(percent: float) -> float:
    """As exact as anybody can see: a hundredth is a tenth of a pixel on a page of ten thousand."""
    return round(percent, 2)


def _find_drawn(item: Item) -> list[Chapter]:
    return [chapter for chapter in item.episode.chapters if chapter.toc and chapter.start < item.duration]


def _find_heaviest(chapters: Iterable[Chapter]) -> int:
    return max(map(_weigh, chapters), default=0)


def _find_bars(item: Item, highest: int, width: float, weight: int) -> Iterator[Bar]:
    chapters = _find_drawn(item)
    ends = [*(chapter.start for chapter in chapters), item.duration][1:]
    most = min(weight, FLATTEST * _find_heaviest(chapters)) or 1
    for chapter, end in zip(chapters, ends, strict=True):
        height = max(LOWEST, round(highest * _weigh(chapter) / most))
        yield Bar(
            chapter=chapter,
            left=find_percent(chapter.start, item, width),
            width=find_percent(end - chapter.start, item, width),
            top=highest + DOT_ROOM - height,
            height=height,
        )


def _weigh(chapter: Chapter) -> int:
    """How much is written of a chapter, in letters: scripts without spaces have no words to count."""
    texts = [block.text for block in chapter.blocks]
    return sum(map(len, texts)) + sum(len(wide) for text in texts for wide in _WIDE.findall(text))


def _find_dots(item: Item, bars: Sequence[Bar], width: float) -> Iterator[Dot]:
    for quote, _ in item.episode.quotes:
        if quote.at is not None and quote.at <= item.duration:
            left = find_percent(quote.at, item, width)
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
