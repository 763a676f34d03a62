"""When in an episode a subject is spoken of: by its quotes, its transcript, and else by its chapters."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from feeds.knowledge.names import find_full_name, fold_name
from feeds.knowledge.subjects import Mention
from feeds.model import Item
from feeds.transcripts.cue import LETTER, WIDE, Cue

Why = Literal["quote", "speech", "word", "chapter"]
"""A subject is quoted, speaks, is named in the transcript, or is named in what is written of a chapter."""

SHOWN = 90
"""Letters that a moment shows of what is said in it."""

APART = 20_000
"""Milliseconds between two moments that are told apart in a list: in a talk a name falls again and again."""

# A name of these scripts stands within longer words: particles follow it, and Chinese and Japanese part none.
_JOINED_LETTERS = f"{WIDE}\\u1100-\\u11ff\\uac00-\\ud7af\\u0e00-\\u0e7f"
_JOINED = re.compile(f"[{_JOINED_LETTERS}]")
_PARTED = rf"[^\W{_JOINED_LETTERS}]"
_SHORT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A stretch in which a subject is spoken of, or speaks: from `start` to `end` in milliseconds."""

    start: int
    end: int
    why: Why
    text: str


def find_moments(item: Item, mentions: Sequence[Mention], cues: Sequence[Cue]) -> dict[int, tuple[Moment, ...]]:
    """Find the moments of each mention by its number, in their order.

    `cues` are the transcript in the language of the episode; where there are some, they tell more exactly than whole
    chapters when something is spoken of.
    """
    names = _Names(mentions)
    found: defaultdict[int, list[Moment]] = defaultdict(list)
    for number, moment in _find_all(item, names, cues):
        found[number].append(moment)
    return {number: tuple(sorted(moments, key=lambda moment: moment.start)) for number, moments in found.items()}


def find_told(moments: Sequence[Moment]) -> tuple[Moment, ...]:
    """Choose the moments that a list tells: where something is named, once for each time that it comes up."""
    told: list[Moment] = []
    for moment in moments:
        if moment.why != "speech" and (not told or moment.start - told[-1].start >= APART):
            told.append(moment)
    return tuple(told)


class _Names:
    """The names of the subjects of an episode, ready to be found in what is said."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._numbers: dict[str, int] = {}
        spellings: list[str] = []
        people = [name for mention in mentions if mention.subject.is_person for name in mention.subject.names]
        for number, mention in enumerate(mentions):
            subject = mention.subject
            parts = [part for name in subject.names if subject.is_person and " " in name for part in name.split()]
            alone = [part for part in parts if len(part) > 2 and find_full_name(part, people)]
            for name in (*subject.names, *alone):
                if fold_name(name) not in self._numbers:
                    self._numbers[fold_name(name)] = number
                    spellings.append(name)
        spellings.sort(key=len, reverse=True)
        self._pattern = re.compile("|".join(map(_format_pattern, spellings))) if spellings else None

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Find the numbers of the subjects that are named in a text, each once, and where."""
        seen: set[int] = set()
        for match in self._pattern.finditer(text) if self._pattern else ():
            number = self._numbers.get(fold_name(match[0]))
            if number is not None and number not in seen:
                seen.add(number)
                yield number, match.start()

    def find_speaker(self, name: str) -> int | None:
        """Find the number of who speaks under a name."""
        return self._numbers.get(fold_name(name))


def _format_pattern(name: str) -> str:
    """A name in a text: a whole word where its script parts words, in its own case where it is short."""
    words = r"\s+".join(map(re.escape, name.split()))
    if _JOINED.search(name):
        return words
    words = words if len(name) <= _SHORT else f"(?i:{words})"
    return f"(?<!{_PARTED}){words}(?!{_PARTED})"


def _find_all(item: Item, names: _Names, cues: Sequence[Cue]) -> Iterator[tuple[int, Moment]]:
    for quote, _ in item.episode.quotes:
        if quote.at is not None:
            end = quote.at + LETTER * len(quote.text)
            moment = Moment(start=quote.at, end=end, why="quote", text=cut_words(quote.text, 0))
            speaker = names.find_speaker(quote.speaker) if quote.speaker else None
            if speaker is not None:
                yield speaker, moment
            yield from ((number, moment) for number, _ in names.find(quote.text) if number != speaker)
    yield from _find_in_cues(names, cues) if cues else _find_in_chapters(item, names)


def _find_in_cues(names: _Names, cues: Sequence[Cue]) -> Iterator[tuple[int, Moment]]:
    speaker: int | None = None
    for cue in cues:
        speaker = names.find_speaker(cue.speaker) if cue.speaker else speaker
        if speaker is not None:
            yield speaker, Moment(start=cue.start, end=cue.end, why="speech", text="")
        for number, place in names.find(cue.text):
            if number != speaker:
                text = cut_words(cue.text, place)
                yield number, Moment(start=cue.start, end=max(cue.end, cue.start + 1), why="word", text=text)


def _find_in_chapters(item: Item, names: _Names) -> Iterator[tuple[int, Moment]]:
    listed = [chapter for chapter in item.episode.chapters if chapter.toc]
    ends = [*(chapter.start for chapter in listed), item.duration][1:]
    for chapter, end in zip(listed, ends, strict=True):
        text = "\n".join((chapter.title, *(block.text for block in chapter.blocks)))
        moment = Moment(start=chapter.start, end=max(end, chapter.start + 1), why="chapter", text=chapter.title)
        yield from ((number, moment) for number, _ in names.find(text))


def cut_words(text: str, place: int) -> str:
    """Cut a text to SHOWN letters around a place, between words where it has any."""
    line = " ".join(text.split())
    if len(line) <= SHOWN:
        return line
    start = max(0, min(place - SHOWN // 3, len(line) - SHOWN))
    cut = line[start : start + SHOWN]
    if start and " " in cut[:20]:
        cut = cut.partition(" ")[2]
    if start + SHOWN < len(line) and " " in cut[-20:]:
        cut = cut.rpartition(" ")[0]
    return f"{'…' if start else ''}{cut}{'…' if start + SHOWN < len(line) else ''}"


def find_spans(moments: Sequence[Moment]) -> Iterator[tuple[int, int]]:
    """The stretches of moments, as a lane draws them."""
    return ((moment.start, moment.end) for moment in moments)
