"""Where the name of a speaker ends, when prose follows it unmarked."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from feeds.importers.capture.boundaries import Choice, find_ends
from feeds.importers.capture.evidence.japanese import find_japanese_evidence
from feeds.importers.capture.evidence.korean.forms import find_stem
from feeds.importers.capture.evidence.korean.judgement import find_korean_evidence
from feeds.importers.capture.evidence.latin import find_latin_evidence
from feeds.importers.capture.evidence.lexicon import Lexicon
from feeds.importers.capture.evidence.tables import LANGUAGES, Language
from feeds.importers.capture.evidence.weights import WEIGHTS
from feeds.importers.capture.evidence.words import ends_sentence, find_words, is_balanced

_MOST_WORDS = 10
_NAMED = 6.0
_PART = 3.0
_WHOLE = 3.0
_SENTENCE = -6.0
_TOGETHER = -2.5
"""How much it speaks for and against: a known name, a part of one, all that there is, a sentence, words that the page
has side by side."""


def find_speaker_choices(run: str, code: str, lexicon: Lexicon, names: Sequence[str]) -> tuple[Choice, ...]:
    """Weigh every place at which the name of a speaker can end; the likeliest comes first."""
    language = LANGUAGES.get(code, Language(code=code))
    first_line = run.partition("\n")[0].rstrip()
    if len(first_line) < len(run):
        return (Choice(end=len(first_line), confidence=1.0),)
    scores = dict(_weigh_places(run, language, lexicon, names))
    highest = max(scores.values(), default=0.0)
    total = sum(math.exp(score - highest) for score in scores.values())
    choices = [Choice(end=end, confidence=math.exp(score - highest) / total) for end, score in scores.items()]
    return tuple(sorted(choices, key=lambda choice: (-choice.confidence, choice.end)))


def _weigh_places(run: str, language: Language, lexicon: Lexicon, names: Sequence[str]) -> Iterator[tuple[int, float]]:
    known = {name.casefold() for name in names}
    parts = {part.casefold() for name in names for part in name.split()}
    for end in sorted({*find_ends(run, language.code)}):
        speaker, rest = run[:end], run[end:].strip()
        title, body = find_words(speaker), find_words(rest)
        if rest and len(title) > _MOST_WORDS:
            break
        score = -0.5 * (math.log(len(title) / 2) / 0.6) ** 2
        score += _NAMED if speaker.casefold() in known else _PART if speaker.casefold() in parts else 0
        score += _SENTENCE * sum(ends_sentence(word, language.stops) for word in title)
        score += 0 if is_balanced(speaker) else _SENTENCE
        if body and lexicon.pairs[find_stem(title[-1].folded), find_stem(body[0].folded)]:
            score += _TOGETHER
        if not rest:
            score += _WHOLE if ends_sentence(title[-1], language.stops) else _WHOLE + _NAMED
        elif language.code == "ja":
            is_space = run[end : end + 1].isspace()
            evidence = find_japanese_evidence(speaker, rest, spaced=False, is_space=is_space)
            score += sum(WEIGHTS[name] * amount for name, amount in evidence)
        elif language.code == "ko":
            score += sum(WEIGHTS[name] * amount for name, amount in find_korean_evidence(title, body, lexicon.stems))
        else:
            evidence = find_latin_evidence(title, body, language, lexicon)
            score += sum(WEIGHTS[name] * amount for name, amount in evidence)
        yield end, score
