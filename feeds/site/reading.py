"""Notes and transcript of an episode as a page shows them: in parts that a link to a time can find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from feeds.formats import format_seconds
from feeds.model import Block, Chapter, Episode, Prose, Quote, Section
from feeds.transcripts.cue import SENTENCE_END, Cue, Speech, join_lines

TURN = 30_000
"""Milliseconds after which a long speech in a transcript begins a new paragraph, at the end of a sentence."""


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
    """A paragraph of a transcript; `speaker` is "" where the one before goes on, `start` None where nobody knows it."""

    start: int | None
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


def find_turns(speeches: Iterable[Speech], anchors: Anchors) -> Iterator[Turn]:
    """Gather what is said into paragraphs that can be read: one a speaker, long ones divided.

    What has no time is a paragraph as it was written. What has no speaker goes on with the one before.
    """
    speaker, said = "", list[Speech]()
    named = ""
    for speech in speeches:
        changes = bool(speech.speaker) and speech.speaker != speaker
        if said and (changes or _ends_turn(said, speech)):
            yield _make_turn(said, anchors, named)
            said, named = [], ""
        if changes:
            speaker = named = speech.speaker
        said.append(speech)
    if said:
        yield _make_turn(said, anchors, named)


def _ends_turn(said: list[Speech], after: Speech) -> bool:
    first = said[0]
    if not isinstance(after, Cue) or not isinstance(first, Cue):
        return True
    return after.start - first.start >= TURN and bool(SENTENCE_END.search(said[-1].text))


def _make_turn(said: list[Speech], anchors: Anchors, speaker: str) -> Turn:
    first, text = said[0], join_lines("\n".join(speech.text for speech in said))
    start = first.start if isinstance(first, Cue) else None
    return Turn(start=start, anchor="" if start is None else anchors.take(start), speaker=speaker, text=text)


def _find_said(blocks: Iterable[Block], anchors: Anchors) -> tuple[Prose | Said, ...]:
    return tuple(
        Said(quote=block, anchor="" if block.at is None else anchors.take(block.at))
        if isinstance(block, Quote)
        else block
        for block in blocks
    )
