"""Where something is said in a transcript: words are compared without their case, punctuation and spaces."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from feeds.formats import SECOND, format_clock, format_timestamp
from feeds.model import Quote
from feeds.transcripts.cue import WIDE, Cue, Speech

NEAR = 15 * SECOND
"""Milliseconds by which the time of a quote may lie beside its words."""

_ALIKE = 0.8
"""How many of the words must be the same: whoever quotes leaves out a filler, and who transcribes mishears a name."""

_FEWEST = 5
"""Fewer words than these are alike by chance, and must be just the same."""

_SHOWN = 40
# Of scripts without spaces, or with spaces that nobody sets alike, each letter counts as a word.
_LETTER = f"{WIDE}\uac00-\ud7af"
_WORD = re.compile(rf"[{_LETTER}]|[^\W_{_LETTER}]+")
# Apostrophes, and what joins or parts letters without a trace: soft hyphens, joiners, marks of direction.
_UNHEARD = re.compile(r"['’‘ʼ\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_LEFT_OUT = re.compile(r"…|\.{3}|\[[^\]]*\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Some words in a row: the speeches in which the first and the last of them are said."""

    first: Speech
    last: Speech

    def is_near(self, time: int) -> bool:
        """Say whether the words are said near a time; where they have none, they are."""
        start = self.first.start if isinstance(self.first, Cue) else time
        end = max(start, self.last.end if isinstance(self.last, Cue) else time)
        return start - NEAR <= time <= end + NEAR


class Spoken:
    """The words of a transcript, made ready to be searched many times."""

    def __init__(self, speeches: Iterable[Speech]) -> None:
        self.speeches = tuple(speeches)
        self._words: list[str] = []
        self._owners: list[Speech] = []
        for speech in self.speeches:
            words = split_words(speech.text)
            self._words += words
            self._owners += [speech] * len(words)
        self._text = f" {' '.join(self._words)} "
        self._offsets: list[int] = []
        offset = 0
        for word in self._words:
            self._offsets.append(offset)
            offset += len(word) + 1

    def find(self, text: str, near: int) -> tuple[Passage, ...]:
        """Find where words are said: word for word, or else nearly so, close to a time if possible.

        Of words with something left out, the longest part is looked for.
        """
        words = max(map(split_words, _LEFT_OUT.split(text)), key=len)
        if not words:
            return ()
        exact = tuple(self._find_exact(words))
        if exact or len(words) < _FEWEST:
            return exact
        return tuple(self._find_alike(words, *self._find_range(near)) or self._find_alike(words, 0, len(self._words)))

    def _find_exact(self, words: list[str]) -> Iterator[Passage]:
        sought = f" {' '.join(words)} "
        at = self._text.find(sought)
        while at >= 0:
            first = bisect_left(self._offsets, at)
            yield self._make_passage(first, len(words))
            at = self._text.find(sought, at + 1)

    def _find_range(self, near: int) -> tuple[int, int]:
        """The words that are said near a time, from the first to behind the last."""
        found = [
            number
            for number, speech in enumerate(self._owners)
            if isinstance(speech, Cue) and speech.start - NEAR <= near <= max(speech.start, speech.end) + NEAR
        ]
        return (found[0], found[-1] + 1) if found else (0, 0)

    def _find_alike(self, words: list[str], begin: int, end: int) -> list[Passage]:
        """The stretch of a little more words that has most of them, whatever their order, if it has enough."""
        size = len(words) + len(words) // 4
        missing = Counter(words)
        same, best, place = 0, 0, begin
        for number in range(begin, end):
            if number - begin >= size:
                gone = self._words[number - size]
                missing[gone] += 1
                same -= missing[gone] > 0
            word = self._words[number]
            same += missing[word] > 0
            missing[word] -= 1
            if same > best:
                best, place = same, max(begin, number - size + 1)
        if best < _ALIKE * len(words):
            return []
        first = next(number for number in range(place, end) if self._words[number] in words)
        return [self._make_passage(first, min(size, end - first))]

    def _make_passage(self, first: int, size: int) -> Passage:
        return Passage(first=self._owners[first], last=self._owners[first + size - 1])


def split_words(text: str) -> list[str]:
    """Part a text into words that can be compared.

    >>> split_words("“Don’t” — it's 2 Ｏ'clock, 안녕")
    ['dont', 'its', '2', 'oclock', '안', '녕']
    """
    return _WORD.findall(_UNHEARD.sub("", unicodedata.normalize("NFKC", text).casefold()))


def check_quotes(quotes: Iterable[Quote], spoken: Spoken) -> Iterator[tuple[Quote, str]]:
    """Find quotes with a time that are not said there, and say where they are."""
    for quote in quotes:
        if quote.at is None:
            continue
        passages = spoken.find(quote.text, quote.at)
        if not any(passage.is_near(quote.at) for passage in passages):
            words = quote.text if len(quote.text) <= _SHOWN else f"{quote.text[:_SHOWN].rstrip()}…"
            where = f"the quote “{words}” is not in the transcript near {format_timestamp(quote.at)}"
            at = quote.at
            starts = [passage.first.start for passage in passages if isinstance(passage.first, Cue)]
            if starts:
                _, start = min((abs(start - at), start) for start in starts)
                found = format_clock(start)
                yield quote, f"{where}: it is at {found}, so write [{found}]"
            else:
                yield quote, f"{where}: it is nowhere in it, so correct the one or the other"
