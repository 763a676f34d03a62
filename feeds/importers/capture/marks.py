"""The marks that survive when the line breaks of notes are lost: headings, quotes, entities.

A mark counts at the start of a text and after white space. What stands between two marks is prose, in which the
title of a chapter runs into its body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from feeds.formats import parse_timestamp
from feeds.importers.capture.quotations import find_quote_end
from feeds.vocabulary import is_entity_heading

_FREE = r"(?:(?<=\s)|^)"
_CHAPTER = r"#{2,4}[ \t]+\[ ?(?P<time>\d[\d:., ]*)\][ \t]*"
_HEADING = r"##[ \t]+(?=[^\s#])"
_QUOTE = r">[ \t]*(?=[*_\"“„«»「『])"
_ENTITY = (
    r"[-*+][ \t]+\*\*(?!\s*\*\*)(?P<name>(?:\\.|[^*\\]|\*(?!\*|\s*[(（])|\*(?=\*\*\s*[(（])){1,300}?)\*\*\s*"
    r"[(（]\s*(?P<type>[^()（）\s][^()（）]{0,100})[)）][ \t]*(?:[:：—–][ \t]*)?"
)
_MARK = re.compile(
    f"{_FREE}(?:(?P<chapter>{_CHAPTER})|(?P<heading>{_HEADING})|(?P<quote>{_QUOTE})|(?P<entity>{_ENTITY}))",
    re.MULTILINE,
)
CHAPTER = re.compile(_FREE + _CHAPTER, re.MULTILINE)
HEADING = re.compile(_FREE + _HEADING, re.MULTILINE)
QUOTE = re.compile(_FREE + _QUOTE, re.MULTILINE)
ENTITY = re.compile(_FREE + _ENTITY, re.MULTILINE)
_ENTITY_HEADING_LETTERS = 60


def find_time(chapter: re.Match[str]) -> int:
    """The time of a chapter mark in milliseconds, -1 for one that no clock shows."""
    try:
        return parse_timestamp(chapter["time"])
    except ValueError:
        return -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mark in the body of an episode, which holds until the next one.

    `text` is what stands behind it: the run of a heading, a quote with what follows it, the description of an
    entity. `offset` counts letters from the start of the body; `match` is None for the opening.
    """

    kind: str
    offset: int
    match: re.Match[str] | None
    text: str


def find_marks(body: str) -> Iterator[Mark]:
    """Cut the body of an episode at its marks; the first is the opening, which may be empty."""
    kind, offset, match, begin = "opening", 0, None, 0
    for next_kind, next_match in _find_cuts(body):
        yield Mark(kind=kind, offset=offset, match=match, text=body[begin : next_match.start()])
        kind, offset, match, begin = next_kind, next_match.start(), next_match, next_match.end()
        if kind == "section" and next_match["chapter"] is not None:
            begin = next_match.start("time") - 1
    yield Mark(kind=kind, offset=offset, match=match, text=body[begin:])


def _find_cuts(body: str) -> Iterator[tuple[str, re.Match[str]]]:
    """The marks in their order. Within the list of entities there are no quotes, outside of it no entities.

    A chapter at a time that no clock shows is a section, which has the time in its title.
    """
    position, listing = 0, False
    while match := _MARK.search(body, position):
        position = match.end()
        kind = next(name for name in ("chapter", "heading", "quote", "entity") if match[name] is not None)
        if kind == "heading":
            listing = _announces_entities(body, position)
            yield ("entities" if listing else "section"), match
        elif kind == "quote":
            end = None if listing else find_quote_end(body, position)
            if end is not None:
                position = end
                yield kind, match
        elif kind == "entity":
            if listing:
                yield kind, match
        else:
            listing = False
            yield (kind if find_time(match) >= 0 else "section"), match


def _announces_entities(body: str, position: int) -> bool:
    """Say whether the heading that begins here is that of the entities: by its words, or by what follows it."""
    behind = _MARK.search(body, position)
    lead = body[position : behind.start()] if behind else body[position:]
    listed = behind is not None and behind["entity"] is not None and len(lead) <= _ENTITY_HEADING_LETTERS
    return listed or is_entity_heading(lead)
