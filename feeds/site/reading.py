"""Notes and transcript of an episode as a page shows them: in parts that a link to a time can find."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from feeds.formats import format_seconds
from feeds.media.transcripts import Cue
from feeds.model import Block, Chapter, Episode, Prose, Quote, Section

TURN = 30_000
"""Milliseconds after which a long speech in a transcript begins a new paragraph, at the end of a sentence."""

_SENTENCE_END = re.compile(r"[.?!…。？！][\"”’»」』)]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A quote on a page; `anchor` is "" where an earlier part of the page has its time."""

    quote: Quote
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A part of the notes; `chapter` is None for one that has no time."""

    title: str
    chapter: Chapter | None
    anchor: str
    blocks: tuple[Prose | Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A paragraph of a transcript; `speaker` is "" where the one before goes on."""

    start: int
    anchor: str
    speaker: str
    text: str


class Anchors:
    """The times at which parts of a page can be found: each is given away once, to the first that asks."""

    def __init__(self) -> None:
        self._taken: set[int] = set()

    def take(self, time: int) -> str:
        """The id to which a link such as #t=80 leads without a script (Media Fragments URI 1.0, 4.2.1)."""
        if time in self._taken:
            return ""
        self._taken.add(time)
        return f"t={format_seconds(time)}"


def find_passages(episode: Episode, anchors: Anchors) -> tuple[Passage, ...]:
    """The notes in their order. Chapters take their times before quotes do: links lead to chapters first."""
    starts = {chapter.start: anchors.take(chapter.start) for chapter in episode.chapters}
    passages = [Passage(title="", chapter=None, anchor="", blocks=_find_said(episode.opening, anchors))]
    for section in episode.sections:
        blocks = _find_said(section.blocks, anchors)
        if isinstance(section, Section):
            passages.append(Passage(title=section.title, chapter=None, anchor="", blocks=blocks))
        elif section.toc or blocks:
            anchor = starts.pop(section.start, "")
            passages.append(Passage(title=section.title, chapter=section, anchor=anchor, blocks=blocks))
    return tuple(passages)


def find_turns(cues: Iterable[Cue], anchors: Anchors) -> Iterator[Turn]:
    """Gather the cues of a transcript into paragraphs that can be read: one a speaker, long ones divided.

    A cue without a speaker goes on with the one before (podcast namespace, transcripts, SRT).
    """
    speaker, said = "", list[Cue]()
    named = ""
    for cue in cues:
        changes = bool(cue.speaker) and cue.speaker != speaker
        if said and (changes or (cue.start - said[0].start >= TURN and _SENTENCE_END.search(said[-1].text))):
            yield _make_turn(said, anchors, named)
            said, named = [], ""
        if changes:
            speaker = named = cue.speaker
        said.append(cue)
    if said:
        yield _make_turn(said, anchors, named)


def _make_turn(said: list[Cue], anchors: Anchors, speaker: str) -> Turn:
    start, text = said[0].start, " ".join(cue.text for cue in said)
    return Turn(start=start, anchor=anchors.take(start), speaker=speaker, text=text)


def _find_said(blocks: Iterable[Block], anchors: Anchors) -> tuple[Prose | Said, ...]:
    return tuple(
        Said(quote=block, anchor="" if block.at is None else anchors.take(block.at))
        if isinstance(block, Quote)
        else block
        for block in blocks
    )
