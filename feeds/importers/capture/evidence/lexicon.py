"""What a page teaches about its own words: names, words that stand together, words that begin its sentences.

Only the text is learned from in which no boundary is sought: summaries, quotes, descriptions, and of each run what
stands behind its first sentence. Nothing outlives the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from feeds.importers.capture.evidence.korean.forms import find_stem
from feeds.importers.capture.evidence.words import Word, ends_sentence, find_words

_FEWEST_LETTERS = 2
_FEWEST_INITIALS = 3
_ACRONYM = re.compile(r"\b[A-Z]{3,6}(?=s?\b)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Counts over the sure text of a page, in folded words.

    `names` are those of its entities and speakers, each as its words; `parts` are single words that are part of a
    name or stand in capitals within a sentence; `small` those that stand in small letters; `pairs` stand beside each
    other; `acronyms` stand anywhere on it; `roles` are the words of which the types of its entities are made;
    `starts` begin sentences; `stems` occur with a Korean particle or without.
    """

    names: frozenset[tuple[str, ...]] = frozenset()
    parts: Counter[str] = field(default_factory=Counter)
    small: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    acronyms: frozenset[str] = frozenset()
    roles: Counter[str] = field(default_factory=Counter)
    starts: Counter[str] = field(default_factory=Counter)
    stems: Counter[str] = field(default_factory=Counter)

    def find_expansion(self, words: Sequence[Word]) -> int:
        """How many of the first words are what an acronym of the page stands for, or one in brackets behind them."""
        for count in range(min(6, len(words)), _FEWEST_INITIALS - 1, -1):
            initials = "".join(word.core[:1] for word in words[:count])
            behind = words[count].text.rstrip(",.;:") if count < len(words) else ""
            if initials.isupper() and (initials in self.acronyms or behind == f"({initials})"):
                return count
        return 0

    def find_name(self, words: Iterable[Word]) -> int:
        """How many of the first words are one name of the page, 0 if none begins here."""
        folded = tuple(find_stem(word.folded) if index else word.folded for index, word in enumerate(words))
        raw = tuple(word.folded for word in words)
        longest = 0
        for name in self.names:
            count = len(name)
            if count > longest and (raw[:count] == name or (raw[: count - 1] + folded[count - 1 : count]) == name):
                longest = count
        return longest


def find_acronyms(text: str) -> frozenset[str]:
    """The acronyms of a page, a plural s left out.

    >>> sorted(find_acronyms("LLMs and a VLA-like GPU, 3D"))
    ['GPU', 'LLM', 'VLA']
    """
    return frozenset(_ACRONYM.findall(text))


def learn_lexicon(
    names: Iterable[str], acronyms: frozenset[str], roles: Iterable[str], texts: Iterable[str], stops: frozenset[str]
) -> Lexicon:
    """Learn from names, from what they are the names of, and from sure text."""
    lexicon = Lexicon(names=frozenset(filter(None, (tuple(_fold_name(name)) for name in names))), acronyms=acronyms)
    for name in lexicon.names:
        lexicon.parts.update(part for part in name if len(part) >= _FEWEST_LETTERS)
        lexicon.pairs.update(pairwise(name))
    lexicon.roles.update(word.folded for role in roles for word in find_words(role))
    for text in texts:
        _learn_text(lexicon, find_words(text), stops)
    return lexicon


def _fold_name(name: str) -> Iterator[str]:
    return (word.folded for word in find_words(name) if word.folded)


def _learn_text(lexicon: Lexicon, words: tuple[Word, ...], stops: frozenset[str]) -> None:
    begins = True
    above: Word | None = None
    for word in words:
        if word.folded:
            if begins:
                lexicon.starts[word.folded] += 1
            elif word.is_capital:
                lexicon.parts[word.folded] += 1
            if word.is_small:
                lexicon.small[word.folded] += 1
            lexicon.stems[find_stem(word.folded)] += 1
            if above and not begins:
                lexicon.pairs[find_stem(above.folded), find_stem(word.folded)] += 1
        begins = ends_sentence(word, stops)
        above = word
