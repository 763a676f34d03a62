"""Notes and transcript of an episode as a page shows them: in parts that a link to a time can find."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from feeds.formats import format_seconds
from feeds.knowledge.quotes import Saying, find_sayings
from feeds.model import Block, Chapter, Item, Prose, Quote, Section
from feeds.transcripts.cue import SENTENCE_END, Cue, Speech, join_lines

TURN = 30_000
"""Milliseconds after which a long speech in a transcript begins a new paragraph, at the end of a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A quote on a page; `anchor` is that of its time, and `lead` that of the time from which it is played.

    Either is "" where an earlier part of the page has it. `id` is that of its own page.
    """

    quote: Quote
    id: str
    anchor: str
    lead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A part of the notes; `chapter` is None for one that has no time."""

    title: str
    chapter: Chapter | None
    anchor: str
    blocks: tuple[Prose | Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some words of a paragraph, to which a link leads where they have an anchor."""

    anchor: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A paragraph of a transcript; `speaker` is "" where the one before goes on, `start` None where nobody knows it."""

    start: int | None
    anchor: str
    speaker: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """All that is said in it."""
        return "".join(piece.text for piece in self.pieces)


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


def find_passages(item: Item, anchors: Anchors) -> tuple[Passage, ...]:
    """The notes in their order. Chapters take their times before quotes do: links lead to chapters first."""
    episode, sayings = item.episode, find_sayings(item)
    starts = {chapter.start: anchors.take(chapter.start) for chapter in episode.chapters}
    opening = _find_said(episode.opening, sayings, anchors)
    passages = [Passage(title="", chapter=None, anchor="", blocks=opening)]
    for section in episode.sections:
        blocks = _find_said(section.blocks, sayings, anchors)
        if isinstance(section, Section):
            passages.append(Passage(title=section.title, chapter=None, anchor="", blocks=blocks))
        elif section.toc or blocks:
            anchor = starts.pop(section.start, "")
            passages.append(Passage(title=section.title, chapter=section, anchor=anchor, blocks=blocks))
    return tuple(passages)


def find_turns(speeches: Iterable[Speech], anchors: Anchors, linked: Container[int] = ()) -> Iterator[Turn]:
    """Gather what is said into paragraphs that can be read: one a speaker, long ones divided.

    What has no time is a paragraph as it was written. What has no speaker goes on with the one before. `linked` are the
    times within a paragraph to which something leads.
    """
    speaker, said = "", list[Speech]()
    named = ""
    for speech in speeches:
        changes = bool(speech.speaker) and speech.speaker != speaker
        if said and (changes or _ends_turn(said, speech)):
            yield _make_turn(said, anchors, named, linked)
            said, named = [], ""
        if changes:
            speaker = named = speech.speaker
        said.append(speech)
    if said:
        yield _make_turn(said, anchors, named, linked)


def _ends_turn(said: list[Speech], after: Speech) -> bool:
    first = said[0]
    if not isinstance(after, Cue) or not isinstance(first, Cue):
        return True
    return after.start - first.start >= TURN and bool(SENTENCE_END.search(said[-1].text))


def _make_turn(said: list[Speech], anchors: Anchors, speaker: str, linked: Container[int]) -> Turn:
    first = said[0]
    start = first.start if isinstance(first, Cue) else None
    anchor = "" if start is None else anchors.take(start)
    return Turn(start=start, anchor=anchor, speaker=speaker, pieces=tuple(_find_pieces(said, anchors, linked)))


def _find_pieces(said: Iterable[Speech], anchors: Anchors, linked: Container[int]) -> Iterator[Piece]:
    anchor, text, before = "", "", ""
    for speech in said:
        led = anchors.take(speech.start) if isinstance(speech, Cue) and speech.start in linked else ""
        if led and text:
            yield Piece(anchor=anchor, text=text)
            anchor, text = led, ""
        words = join_lines(speech.text)
        # Between two lines of some scripts no space is set.
        text += join_lines(f"{before}\n{words}")[len(before) :] if before else words
        before = words or before
    yield Piece(anchor=anchor, text=text)


def _find_said(blocks: Iterable[Block], sayings: Iterator[Saying], anchors: Anchors) -> tuple[Prose | Said, ...]:
    """Make of each quote what the page shows of it; `sayings` come in the order of the record, as the blocks do."""
    return tuple(_make_said(next(sayings), anchors) if isinstance(block, Quote) else block for block in blocks)


def _make_said(saying: Saying, anchors: Anchors) -> Said:
    at, start = saying.quote.at, saying.start
    anchor = "" if at is None else anchors.take(at)
    lead = "" if start is None else anchors.take(start)
    return Said(quote=saying.quote, id=saying.id, anchor=anchor, lead=lead)
