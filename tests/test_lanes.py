"""The lanes below a skyline: what is lit of them, and that nothing stands outside."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from feeds.shape.lanes import THINNEST, find_lit

MINUTE = 60_000


def lit(*spans: tuple[int, int], width: float = 100) -> list[tuple[float, float]]:
    return [(one.left, one.width) for one in find_lit(spans, 100 * MINUTE, width)]


def test_a_span_is_lit_where_it_is() -> None:
    assert lit((10 * MINUTE, 30 * MINUTE), (50 * MINUTE, 51 * MINUTE)) == [(10, 20), (50, 1)]


def test_a_name_that_is_said_in_a_second_is_still_to_be_seen() -> None:
    assert lit((10 * MINUTE, 10 * MINUTE + 1)) == [(10, THINNEST)]


def test_spans_that_touch_are_one_stretch_in_whatever_order_they_come() -> None:
    assert lit((20 * MINUTE, 30 * MINUTE), (10 * MINUTE, 20 * MINUTE), (12 * MINUTE, 13 * MINUTE)) == [(10, 20)]


def test_what_is_past_the_end_is_left_out() -> None:
    assert lit((99 * MINUTE, 120 * MINUTE), (110 * MINUTE, 120 * MINUTE)) == [(99, 1)]


def test_the_last_word_of_an_episode_stands_within_the_lane() -> None:
    assert lit((100 * MINUTE - 1, 100 * MINUTE)) == [(100 - THINNEST, THINNEST)]


def test_in_a_list_a_lane_is_as_wide_as_the_skyline_above_it() -> None:
    assert lit((50 * MINUTE, 100 * MINUTE), width=40) == [(20, 20)]


@given(
    st.lists(st.tuples(st.integers(0, 7_200_000), st.integers(0, 600_000))),
    st.integers(1, 7_200_000),
    st.floats(1, 100),
)
def test_nothing_of_a_lane_stands_outside_of_it(said: list[tuple[int, int]], duration: int, width: float) -> None:
    found = find_lit([(start, start + length) for start, length in said], duration, width)
    for one in found:
        assert 0 <= one.left <= width
        assert one.width > 0
        assert one.left + one.width <= width + 0.02
    for before, after in pairwise(found):
        assert before.left + before.width <= after.left + 0.02
