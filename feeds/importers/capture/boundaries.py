"""Where a title ends and its body begins, weighed: every place is a candidate, and each keeps how likely it is.

In passes: the first weighs each run by itself, the next ones know from it how this page writes its other titles.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from feeds.importers.capture.evidence.japanese import find_japanese_evidence, find_places, is_spaced
from feeds.importers.capture.evidence.korean.judgement import find_korean_evidence
from feeds.importers.capture.evidence.latin import find_latin_evidence
from feeds.importers.capture.evidence.lexicon import Lexicon
from feeds.importers.capture.evidence.signs import find_sign_evidence
from feeds.importers.capture.evidence.style import (
    Style,
    Tally,
    Title,
    describe_title,
    find_opening_style,
    find_usual,
    learn_style,
)
from feeds.importers.capture.evidence.tables import LANGUAGES, Language
from feeds.importers.capture.evidence.weights import WEIGHTS
from feeds.importers.capture.evidence.words import Word, find_words

_MOST_WORDS = 26
_MOST_LETTERS = 200
_HEAD_LETTERS = 1_200
"""How much of a run is looked at: what is further away says nothing of the boundary, but for the last word."""
_SHARED = 6
"""Words."""
_PASSES = 3
_HEAT = {"ko": 1.3}
"""By what the scores of a language are divided before they become chances, so that what is wrong is mostly doubtful:
pages that nobody had looked at showed that Korean is surer of itself than it is right."""
_KEPT = 8
"""How many of the likeliest places are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A place where a title can end, as an offset in its run, and how likely it does, from 0 to 1."""

    end: int
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A place with what is known of it apart from the style of the page."""

    end: int
    score: float
    title: Title
    evidence: tuple[tuple[str, float], ...]


def find_choices(
    runs: Sequence[str], code: str, lexicon: Lexicon, texts: Sequence[str], beginnings: Counter[str], first: int
) -> list[tuple[Choice, ...]]:
    """Weigh every place in every run of an episode; the likeliest comes first.

    `code` is the language, `texts` the sure text of the episode, `beginnings` count how the runs of the page begin;
    `first` is the place of the run of the first chapter, -1 if there is none.
    """
    usual = find_usual(code)
    language = LANGUAGES.get(code, Language(code=code))
    spaced = code == "ja" and is_spaced(texts)
    candidates = [[*_find_candidates(run, language, lexicon, beginnings, spaced=spaced)] for run in runs]
    heat = _HEAT.get(code, 1.0)
    weighed = [_weigh(several, usual, heat) for several in candidates]
    for _ in range(_PASSES - 1):
        styles = [*_learn_styles(weighed, usual)]
        if first >= 0:
            styles[first] = find_opening_style(styles[first], usual)
        weighed = [_weigh(several, style, heat) for several, style in zip(candidates, styles, strict=True)]
    return [tuple(choice for _, choice in several[:_KEPT]) for several in weighed]


def _learn_styles(weighed: Sequence[Sequence[tuple[_Candidate, Choice]]], usual: Style) -> Iterator[Style]:
    """For each run the style of all other titles of the page: a doubtful one must not confirm itself."""
    best = [[(candidate.title, choice.confidence) for candidate, choice in several[:1]] for several in weighed]
    tally = Tally()
    for several in best:
        for title, sure in several:
            tally.add(title, sure)
    for several in best:
        for title, sure in several:
            tally.add(title, -sure)
        yield learn_style(tally, usual)
        for title, sure in several:
            tally.add(title, sure)


def _weigh(candidates: Sequence[_Candidate], style: Style, heat: float) -> list[tuple[_Candidate, Choice]]:
    scores = [
        candidate.score + sum(WEIGHTS[name] * amount for name, amount in style.weigh(candidate.title))
        for candidate in candidates
    ]
    highest = max(scores, default=0.0)
    shares = [math.exp((score - highest) / heat) for score in scores]
    total = sum(shares)
    pairs = [
        (candidate, Choice(end=candidate.end, confidence=share / total))
        for candidate, share in zip(candidates, shares, strict=True)
    ]
    return sorted(pairs, key=lambda pair: (-pair[1].confidence, pair[1].end))


def count_beginnings(episodes: Iterable[Iterable[str]]) -> Counter[str]:
    """Count in how many episodes a run begins with which words: what several begin with is a title of all."""
    counts: Counter[str] = Counter()
    for runs in episodes:
        heads = [run.split(None, _SHARED) for run in runs]
        counts.update({" ".join(words[:count]) for words in heads for count in range(1, len(words))})
    return counts


def _find_candidates(
    run: str, language: Language, lexicon: Lexicon, beginnings: Counter[str], *, spaced: bool
) -> Iterator[_Candidate]:
    head = find_words(run[:_HEAD_LETTERS])
    last = find_words(run[max(_HEAD_LETTERS, len(run) - _HEAD_LETTERS) :])[-1:]
    first_line, _, below = run.partition("\n")
    broken = len(first_line.rstrip()) if below.strip() else 0
    for end in sorted({*find_ends(run, language.code)}):
        if broken and end > broken:
            break
        title = tuple(word for word in head if word.begin < end)
        body = (*(word for word in head if word.begin >= end), *last)
        if language.code == "ja":  # where a boundary may lie within what has no spaces
            title, body = find_words(run[:end]), (*find_words(run[end:_HEAD_LETTERS]), *last)
        evidence = tuple(_find_evidence(run, end, title, body, language, lexicon, spaced=spaced))
        if broken and end == broken:
            evidence += (("line break", 1.0),)
        if (shared := beginnings[" ".join(run[:end].split())]) > 1:
            evidence += (("shared", math.log(shared)),)
        yield _Candidate(
            end=end,
            score=sum(WEIGHTS[name] * amount for name, amount in evidence),
            title=describe_title(title, run[:end], language, lexicon, letters=language.code == "ja"),
            evidence=evidence,
        )


def find_ends(run: str, code: str) -> Iterator[int]:
    """Where a title can end: behind each of the first words, or with the whole run."""
    if code == "ja":
        ends = [len(run[:place].rstrip()) for place in find_places(run) if place <= _MOST_LETTERS]
    else:
        ends = [word.end for word in find_words(run[: _MOST_LETTERS * 2])[:_MOST_WORDS]]
    yield from (end for end in ends if 0 < end <= _MOST_LETTERS)
    if 0 < len(run) <= _MOST_LETTERS:
        yield len(run)


def _find_evidence(
    run: str,
    end: int,
    title: Sequence[Word],
    body: Sequence[Word],
    language: Language,
    lexicon: Lexicon,
    *,
    spaced: bool,
) -> Iterator[tuple[str, float]]:
    yield from find_sign_evidence(run[:end], title, body, language, lexicon)
    if language.code == "ja":
        is_space = run[end : end + 1].isspace() or end == len(run)
        yield from find_japanese_evidence(run[:end], run[end:].lstrip(), spaced=spaced, is_space=is_space)
    elif language.code == "ko":
        yield from find_korean_evidence(title, body, lexicon.stems)
    else:
        yield from find_latin_evidence(title, body, language, lexicon)
