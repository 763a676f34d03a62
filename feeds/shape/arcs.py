"""A map of neighbours: names in a column, and arcs beside it between those that appear together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

ROW = 32
"""Pixels between two names."""

WIDTH = 88
"""Pixels that the arcs have to the left of the names."""

THICKEST = 4.0
"""Pixels of the arc between those that share most episodes; one shared episode is a hairline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc:
    """A line from one row to another: pixels of its ends, of how far it reaches out, and of its thickness."""

    top: float
    bottom: float
    reach: float
    thickness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """The arcs of some rows, and how high they are together, in pixels."""

    height: int
    width: int
    row: int
    arcs: tuple[Arc, ...]


def find_map(rows: int, shared: Iterable[tuple[int, int, int]]) -> Map:
    """Find the arcs for some rows; `shared` are pairs of them with how many episodes they have in common.

    The further apart two rows are, the further their arc reaches out, so that none hides another.
    """
    pairs = [(min(one, other), max(one, other), count) for one, other, count in shared if count and one != other]
    most = max((count for _, _, count in pairs), default=1)
    arcs = tuple(
        Arc(
            top=_find_middle(one),
            bottom=_find_middle(other),
            reach=round(WIDTH - (WIDTH - 8) * (other - one) / max(1, rows - 1), 1),
            thickness=round(1 + (THICKEST - 1) * (count - 1) / max(1, most - 1), 1),
        )
        for one, other, count in sorted(pairs)
    )
    return Map(height=rows * ROW, width=WIDTH, row=ROW, arcs=arcs)


def _find_middle(row: int) -> float:
    return row * ROW + ROW / 2
