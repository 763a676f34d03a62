"""Captured episodes as records of a show, and as JSON for programs.

A page says neither when an episode came out nor where its recording is. A record needs both: the date is one that
the user gives, or that of the import in a draft; for the recording stands in silence that lasts beyond the last time
which the page names.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from feeds.errors import Fault, FeedsError, SeedError
from feeds.formats import MINUTE, format_seconds
from feeds.importers.capture.episodes import Captured
from feeds.model import Block, Episode, Prose, Quote, Section, StandIn
from feeds.records.seeds import format_seed, parse_seed

BEYOND = 5 * MINUTE
"""How long an episode goes on for after the last time that the page names."""


def draft_episodes(
    captured: Sequence[Captured], *, newest: dt.datetime, every: dt.timedelta, drafts: bool
) -> Iterator[Episode]:
    """Make records of episodes: the first is dated `newest`, each further one `every` before the one above it."""
    for place, episode in enumerate(captured):
        yield draft_episode(episode, date=newest - place * every, draft=drafts)


def draft_episode(captured: Captured, *, date: dt.datetime, draft: bool) -> Episode:
    """Make a record of an episode. One without any time has no recording, since nothing tells how long it is."""
    times = [chapter.start for chapter in captured.chapters]
    times += [quote.at for quote, _ in captured.quotes if quote.at is not None]
    last = max(times, default=None)
    return Episode(
        title=captured.title,
        date=date,
        audio=None if last is None else StandIn(),
        duration=0 if last is None else last + BEYOND,
        language=captured.language,
        draft=draft,
        opening=captured.opening,
        sections=captured.sections,
        entities_title=captured.entities_title if captured.entities else "",
        entities=captured.entities,
    )


def check_records(episodes: Sequence[Episode], captured: Sequence[Captured], path: str) -> None:
    """Raise FeedsError where a record would be faulty, naming the line of the capture."""
    faults = []
    for episode, source in zip(episodes, captured, strict=True):
        if not source.title:
            message = "an episode begins here without a title: write one on a line of its own above it"
            faults.append(Fault(path=path, line=source.line, message=message))
            continue
        try:
            parse_seed(format_seed(episode), path)
        except SeedError as error:
            faults += [
                Fault(path=path, line=source.line, message=f"{source.title}: {one.message}") for one in error.faults
            ]
    if faults:
        raise FeedsError(faults)


def format_captured(captured: Captured) -> dict[str, object]:
    """An episode for programs: times in seconds, null where the page says nothing.

    `quotes` before the first chapter, and `sections` under headings without a time, are there if the page has some.
    """
    document: dict[str, object] = {
        "title": captured.title or None,
        "language": captured.language or None,
        "summary": "\n\n".join(_list_paragraphs(captured.opening)) or None,
        "chapters": [
            {"start": format_seconds(chapter.start), "title": chapter.title, **_format_blocks(chapter.blocks)}
            for chapter in captured.chapters
        ],
        "entities": [
            {"name": entity.name, "type": entity.type or None, "description": entity.description or None}
            for entity in captured.entities
        ],
    }
    if quotes := _list_quotes(captured.opening):
        document["quotes"] = quotes
    if sections := [section for section in captured.sections if isinstance(section, Section)]:
        document["sections"] = [{"title": section.title, **_format_blocks(section.blocks)} for section in sections]
    return document


def _format_blocks(blocks: Sequence[Block]) -> dict[str, object]:
    return {"paragraphs": [*_list_paragraphs(blocks)], "quotes": _list_quotes(blocks)}


def _list_paragraphs(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Prose):
            yield from (" ".join(text.split()) for text in re.split(r"\n[ \t]*\n", block.text) if text.strip())


def _list_quotes(blocks: Sequence[Block]) -> list[object]:
    return [
        {
            "text": block.text,
            "speaker": block.speaker or None,
            "at": format_seconds(block.at) if block.at is not None else None,
        }
        for block in blocks
        if isinstance(block, Quote)
    ]


def is_same(one: Episode, other: Episode) -> bool:
    """Say whether two records tell the same, whatever their front matter says beside the title."""
    return (one.title, one.opening, one.sections, one.entities) == (
        other.title,
        other.opening,
        other.sections,
        other.entities,
    )


def count_parts(captured: Sequence[Captured]) -> dict[str, int]:
    """How much of everything there is."""
    return {
        "episodes": len(captured),
        "chapters": sum(len(episode.chapters) for episode in captured),
        "quotes": sum(1 for episode in captured for _ in episode.quotes),
        "entities": sum(len(episode.entities) for episode in captured),
    }
