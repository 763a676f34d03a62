"""The skyline of an episode: how wide, how high and where."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.model import Block, Chapter, Episode, Item, Prose, Quote
from feeds.shape.skyline import (
    DOT_RISE,
    DOT_ROOM,
    FLATTEST,
    LOWEST,
    NARROWEST,
    Scale,
    Shape,
    find_scale,
    find_shape,
)

HIGHEST = 40
MINUTE = 60_000


def make_item(*chapters: Chapter, duration: int = 10 * MINUTE, opening: tuple[Block, ...] = ()) -> Item:
    date = dt.datetime(2026, 5, 12, tzinfo=dt.UTC)
    return Item(
        episode=Episode(title="x", date=date, opening=opening, sections=chapters),
        guid="x",
        slug="x",
        url="https://example.org/x/",
        language="en",
        explicit=False,
        duration=duration,
        persons=(),
        enclosure=None,
        image=None,
        chapters_url="",
        transcripts=(),
    )


def chapter(minute: int, *blocks: Block, toc: bool = True) -> Chapter:
    return Chapter(start=minute * MINUTE, title=f"at {minute}", blocks=blocks, toc=toc)


def shape_of(*chapters: Chapter, duration: int = 10 * MINUTE, opening: tuple[Block, ...] = ()) -> Shape:
    item = make_item(*chapters, duration=duration, opening=opening)
    return find_shape(item, HIGHEST, find_scale([item]))


def test_a_chapter_is_as_wide_as_it_is_long() -> None:
    shape = shape_of(chapter(0), chapter(1), chapter(4))
    assert [(bar.left, bar.width) for bar in shape.bars] == [(0, 10), (10, 30), (40, 60)]


def test_a_chapter_is_as_high_as_much_is_written_of_it() -> None:
    shape = shape_of(chapter(0, Prose(text="a" * 100)), chapter(1, Prose(text="a" * 30), Quote(text="b" * 20)))
    assert [bar.height for bar in shape.bars] == [HIGHEST, HIGHEST // 2]


def test_all_chapters_stand_on_the_same_ground_with_room_for_dots_above() -> None:
    shape = shape_of(chapter(0, Prose(text="a" * 100)), chapter(1, Prose(text="a")))
    assert shape.height == HIGHEST + DOT_ROOM
    assert {bar.top + bar.height for bar in shape.bars} == {shape.height}
    assert min(bar.top for bar in shape.bars) == DOT_ROOM


def test_a_chapter_of_which_nothing_is_written_is_still_to_be_seen() -> None:
    shape = shape_of(chapter(0, Prose(text="a" * 1000)), chapter(1))
    assert shape.bars[1].height == LOWEST


def test_a_silent_chapter_is_a_part_of_the_one_before_it() -> None:
    shape = shape_of(chapter(0), chapter(2, toc=False), chapter(5))
    assert [(bar.left, bar.width) for bar in shape.bars] == [(0, 50), (50, 50)]


def test_a_first_chapter_that_begins_late_leaves_a_gap_before_it() -> None:
    assert shape_of(chapter(3)).bars[0].left == 30


def test_a_timed_quote_is_a_dot_at_its_time_above_its_chapter() -> None:
    shape = shape_of(chapter(0, Prose(text="a" * 100)), chapter(5, Quote(text="b" * 50, at=6 * MINUTE)))
    (dot,) = shape.dots
    assert (dot.left, dot.top, dot.timed) == (60, shape.bars[1].top - DOT_RISE, True)


def test_a_quote_stands_where_it_was_said_and_not_where_it_is_written() -> None:
    shape = shape_of(chapter(0), chapter(5), opening=(Quote(text="q", at=8 * MINUTE),))
    assert [dot.left for dot in shape.dots] == [80]


def test_quotes_without_a_time_stand_evenly_in_their_chapter_and_are_marked_as_such() -> None:
    shape = shape_of(chapter(0), chapter(4, Quote(text="q"), Quote(text="r")))
    assert [(dot.left, dot.timed) for dot in shape.dots] == [(60, False), (80, False)]


def test_a_quote_before_the_first_chapter_stands_as_high_as_that_one() -> None:
    shape = shape_of(chapter(5), opening=(Quote(text="q", at=MINUTE),))
    assert shape.dots[0].top == shape.bars[0].top - DOT_RISE


def test_in_a_list_a_shorter_episode_is_narrower() -> None:
    long, short = make_item(chapter(0), duration=60 * MINUTE), make_item(chapter(0), duration=15 * MINUTE)
    scale = find_scale([long, short])
    assert [find_shape(item, HIGHEST, scale).width for item in (long, short)] == [100, 25]


def test_in_a_list_an_episode_of_which_less_is_written_is_lower_but_never_flat() -> None:
    items = [make_item(chapter(0, Prose(text="a" * length))) for length in (1000, 500, 1)]
    heights = [find_shape(item, HIGHEST, find_scale(items)).bars[0].height for item in items]
    assert heights == [HIGHEST, HIGHEST // 2, round(HIGHEST / FLATTEST)]


def test_a_letter_of_a_script_of_syllables_weighs_as_much_as_two_of_an_alphabet() -> None:
    shape = shape_of(chapter(0, Prose(text="a" * 100)), chapter(1, Prose(text="가" * 25 + "語" * 25)))
    assert [bar.height for bar in shape.bars] == [HIGHEST, HIGHEST]


def test_a_trailer_is_still_to_be_seen_beside_a_long_episode() -> None:
    trailer = make_item(chapter(0), duration=MINUTE)
    shape = find_shape(trailer, HIGHEST, Scale(duration=600 * MINUTE, weight=0))
    assert shape.width == 100 / NARROWEST
    assert sum(bar.width for bar in shape.bars) == shape.width


@pytest.mark.parametrize(
    "item",
    [make_item(), make_item(chapter(0), duration=0), make_item(chapter(0, toc=False)), make_item(chapter(20))],
    ids=["no chapters", "no duration", "all silent", "chapters after the end"],
)
def test_without_chapters_in_known_time_there_is_no_skyline(item: Item) -> None:
    assert find_shape(item, HIGHEST, find_scale([item])) == Shape(height=0)


@given(
    st.sets(st.integers(0, 7_200_000), min_size=1, max_size=30),
    st.integers(1, 7_200_000),
    st.lists(st.tuples(st.integers(0, 7_300_000) | st.none(), st.text(max_size=50)), max_size=10),
)
def test_nothing_of_a_skyline_stands_outside_of_it(
    starts: set[int], duration: int, said: list[tuple[int | None, str]]
) -> None:
    quotes = tuple(Quote(text=text, at=at) for at, text in said)
    chapters = [
        Chapter(start=start, title="x", blocks=quotes[number::3]) for number, start in enumerate(sorted(starts))
    ]
    item = make_item(*chapters, duration=duration)
    shape = find_shape(item, HIGHEST, find_scale([item]))
    for bar in shape.bars:
        assert 0 <= bar.left <= 100
        assert bar.left + bar.width <= 100.01
        assert LOWEST <= bar.height <= HIGHEST
    for left, right in pairwise(shape.bars):
        assert abs(left.left + left.width - right.left) <= 0.02
    for dot in shape.dots:
        assert 0 <= dot.left <= 100
        assert 0 <= dot.top < shape.height
