"""Whether two carriers say the same chapters."""

from __future__ import annotations

from collections.abc import Sequence

from feeds.formats import SECOND, format_clock
from feeds.model import Chapter


def find_disagreement(first: Sequence[Chapter], second: Sequence[Chapter]) -> str:
    """What two lists of chapters of one recording say differently, "" if nothing: count, starts, titles, in this order.

    Silent chapters do not count, nor do those that begin within the second of another, since time stamps cannot tell
    them apart. Starts agree within a second; titles agree in their letters and digits, whatever their case.

    >>> ebb, flow = Chapter(start=0, title="Ebb"), Chapter(start=187_500, title="Flow")
    >>> find_disagreement([ebb, flow], [ebb, Chapter(start=187_000, title="flow!")])
    ''
    >>> find_disagreement([ebb, flow], [ebb]), find_disagreement([ebb], [flow])
    ('2 chapters against 1', 'chapter 1 at 00:00 against 03:07')
    """
    one, other = _find_audible(first), _find_audible(second)
    if len(one) != len(other):
        return f"{len(one)} chapters against {len(other)}"
    pairs = list(enumerate(zip(one, other, strict=True), 1))
    for number, (here, there) in pairs:
        if abs(here.start - there.start) > SECOND:
            return f"chapter {number} at {format_clock(here.start)} against {format_clock(there.start)}"
    for number, (here, there) in pairs:
        if _fold(here.title) != _fold(there.title):
            return f"chapter {number} is called {here.title[:60]!r} against {there.title[:60]!r}"
    return ""


def _find_audible(chapters: Sequence[Chapter]) -> list[Chapter]:
    listed: dict[int, Chapter] = {}
    for chapter in chapters:
        if chapter.toc:
            listed.setdefault(chapter.start // SECOND, chapter)
    return [listed[second] for second in sorted(listed)]


def _fold(title: str) -> str:
    return "".join(filter(str.isalnum, title.casefold()))
