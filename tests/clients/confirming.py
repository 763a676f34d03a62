"""What outside readers confirm of chapters, said beside the test that sees it, and the table that this makes.

The table stands in the README, and test_readers.py holds it to what is said here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import TypeVar

T = TypeVar("T")

FIELDS = ("count", "start", "title", "link", "picture", "silent", "end", "location")

HELD: Mapping[str, str] = {
    "JSON": "count start title link picture silent end location",
    "psc": "count start title link picture",
    "ID3v2.3": "count start title link picture silent end",
    "ID3v2.4": "count start title link picture silent end",
    "MP4 track": "count start title link picture",
    "MP4 chpl": "count start title",
    "Vorbis comments": "count start title link",
    "time stamps": "count start title",
    "WebVTT": "count start title end",
}
"""Carriers, and which of the fields each can hold."""

_READERS: dict[tuple[str, str], set[str]] = defaultdict(set)


def confirms(reader: str, carrier: str, fields: str) -> Callable[[T], T]:
    """Say that a test sees a reader find these fields of chapters in a carrier as their author wrote them."""
    missing = set(fields.split()) - set(HELD[carrier].split())
    if missing:
        raise ValueError(f"{carrier} cannot hold {', '.join(missing)}")
    for field in fields.split():
        _READERS[carrier, field].add(reader)
    return lambda test: test


def format_readers() -> str:
    """Write the table: carriers, fields, and the readers that confirmed each."""
    rows = [("carrier", *FIELDS), ("---",) * (len(FIELDS) + 1)]
    rows += [(carrier, *(_format_cell(carrier, field) for field in FIELDS)) for carrier in HELD]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _format_cell(carrier: str, field: str) -> str:
    if field not in HELD[carrier].split():
        return "–"
    return ", ".join(sorted(_READERS[carrier, field], key=str.lower)) or "not read by any"
