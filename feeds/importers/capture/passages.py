"""The body of an episode in parts: what is under each heading, with the runs in which a title and a body are one.

Nothing is decided here: where a title ends, and where the name of a speaker does, is for `boundaries` to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from feeds.importers.capture.layout import Block
from feeds.importers.capture.marks import Mark, find_marks, find_time
from feeds.importers.capture.quotations import parse_utterance
from feeds.records.quotations import unescape


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Text in which two things follow each other unmarked: a title and a body, or a speaker and prose.

    `kind` is title, chapter, section or speaker; `time` is that of the chapter as the page writes it, or "".
    """

    kind: str
    time: str
    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A quote; `speaker` is the run that begins with the name of who says it, None where nobody is named.

    `text` is "" for what only looked like a quote, and is prose.
    """

    text: str
    at: int | None
    speaker: Run | None
    rest: str
    """The prose that follows where no speaker stands between."""
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What stands under a heading, or before the first. `start` is in milliseconds, None for what is no chapter."""

    start: int | None
    title: Run | None
    prose: str
    sayings: tuple[Saying, ...]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """An entity as the page lists it."""

    name: str
    type: str
    description: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An episode whose boundaries are not decided yet; one without a title of its own has it in its first run."""

    block: Block
    passages: tuple[Passage, ...]
    things_title: str
    things: tuple[Thing, ...]


def parse_story(block: Block) -> Story:
    """Cut the body of an episode into its parts."""
    body = block.body
    passages: list[Passage] = []
    things: list[Thing] = []
    things_title = ""
    heading: Mark | None = None
    sayings: list[Saying] = []

    def locate(offset: int) -> int:
        return block.body_line + body.count("\n", 0, offset)

    def close() -> None:
        if heading is not None:
            passages.append(_build_passage(heading, tuple(sayings), locate(heading.offset), untitled=not block.title))
        sayings.clear()

    for mark in find_marks(body):
        if mark.kind == "quote":
            _add_saying(sayings, mark, locate(mark.offset))
        elif mark.kind == "entity" and mark.match:
            things.append(_build_thing(mark.match, mark.text, locate(mark.offset)))
        else:
            close()
            heading = mark
            if mark.kind == "entities" and things_title in ("", mark.text.strip()):
                things_title, heading = mark.text.strip(), None
            elif mark.kind == "entities":  # a list has one heading: another one is kept as that of a section
                heading = replace(mark, kind="section")
    close()
    return Story(
        block=block,
        passages=tuple(passages),
        things_title=things_title,
        things=tuple(things),
    )


def _build_passage(mark: Mark, sayings: tuple[Saying, ...], line: int, *, untitled: bool) -> Passage:
    if mark.kind == "opening":
        run = Run(kind="title", time="", text=mark.text.strip(), line=line) if untitled and mark.text.strip() else None
        prose = "" if run else mark.text.strip()
        return Passage(start=None, title=run, prose=prose, sayings=sayings, line=line)
    time = mark.match["time"] if mark.match and mark.kind == "chapter" else ""
    start = find_time(mark.match) if mark.match and mark.kind == "chapter" else None
    run = Run(kind=mark.kind, time=time, text=mark.text.strip(), line=line)
    return Passage(start=start, title=run, prose="", sayings=sayings, line=line)


def _add_saying(sayings: list[Saying], mark: Mark, line: int) -> None:
    """Add a quote; a time on its own belongs to the one above."""
    said = parse_utterance(mark.text)
    above = sayings[-1] if sayings else None
    if not said.text and above and above.at is None and not above.rest.strip() and above.speaker is None:
        sayings[-1] = Saying(text=above.text, at=said.at, speaker=None, rest=said.rest.strip(), line=above.line)
        return
    rest = said.rest.strip() if said.text else f"> {mark.text.strip()}"
    speaker = None
    if said.text and said.speaks and rest:
        speaker, rest = Run(kind="speaker", time="", text=rest, line=line), ""
    sayings.append(Saying(text=said.text, at=said.at, speaker=speaker, rest=rest, line=line))


def _build_thing(match: re.Match[str], description: str, line: int) -> Thing:
    return Thing(
        name=" ".join(unescape(match["name"]).split()),
        type=" ".join(match["type"].split()),
        description=" ".join(description.split()),
        line=line,
    )
