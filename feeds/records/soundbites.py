"""Quotes as soundbites: a record can say `soundbites = "quotes"` in place of their times."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from feeds.model import Block, Quote
from feeds.records.body import Body

KEY, QUOTES = "soundbites", "quotes"
"""Says that every quote with a time is a soundbite."""


def mark_quotes(body: Body) -> Body:
    """Make a soundbite of every quote that has a time."""
    return replace(
        body,
        opening=_mark(body.opening),
        sections=tuple(replace(section, blocks=_mark(section.blocks)) for section in body.sections),
    )


def _mark(blocks: Iterable[Block]) -> tuple[Block, ...]:
    return tuple(
        replace(block, soundbite=True) if isinstance(block, Quote) and block.at is not None else block
        for block in blocks
    )
