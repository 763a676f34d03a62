"""Where a title ends and its body begins, weighed: every place is a candidate, and each keeps how likely it is.

Two passes: the first weighs each run by itself, the second knows from it how this page writes its titles.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from feeds.importers.capture.evidence.japanese import find_japanese_evidence, find_places, is_spaced
from feeds.importers.capture.evidence.korean import find_korean_evidence, find_stem, is_marked
from feeds.importers.capture.evidence.latin import find_latin_evidence, is_verb
from feeds.importers.capture.evidence.lexicon import Lexicon
from feeds.importers.capture.evidence.style import Style, Title, describe_title, find_usual, learn_style
from feeds.importers.capture.evidence.tables import LANGUAGES, Language
from feeds.importers.capture.evidence.weights import WEIGHTS
from feeds.importers.capture.evidence.words import Word, ends_sentence, find_words, is_balanced

_MOST_WORDS = 26
_MOST_LETTERS = 200
_SHARED = 6
"""Words."""
_PASSES = 3
_QUOTED = ('"', "”", "“", "»", "«", "」", "』")
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
    runs: Sequence[str], code: str, lexicon: Lexicon, texts: Sequence[str], beginnings: Counter[str]
) -> list[tuple[Choice, ...]]:
    """Weigh every place in every run of an episode; the likeliest comes first.

    `code` is the language, `texts` the sure text of the episode, `beginnings` count how the runs of the page begin.
    """
    usual = find_usual(code)
    language = LANGUAGES.get(code, Language(code=code))
    spaced = code == "ja" and is_spaced(texts)
    candidates = [[*_find_candidates(run, language, lexicon, beginnings, spaced=spaced)] for run in runs]
    style = usual
    weighed = [_weigh(several, style) for several in candidates]
    for _ in range(_PASSES - 1):
        weighed = [_weigh(several, _learn_from_others(weighed, candidates, place, usual)) for place, several in enumerate(candidates)]
    return [tuple(choice for _, choice in several[:_KEPT]) for several in weighed]


def explain_choices(run: str, code: str, lexicon: Lexicon) -> Iterator[tuple[str, float, tuple[tuple[str, float], ...]]]:
    """The evidence for each place of a run, for those who set weights."""
    language = LANGUAGES.get(code, Language(code=code))
    for candidate in _find_candidates(run, language, lexicon, Counter(), spaced=False):
        yield run[: candidate.end], candidate.score, candidate.evidence


def _learn_from_others(
    weighed: Sequence[Sequence[tuple[_Candidate, Choice]]],
    candidates: Sequence[Sequence[_Candidate]],
    own: int,
    usual: Style,
) -> Style:
    """The style of all other titles of the page: a doubtful one must not confirm itself."""
    best = [several[0] for place, several in enumerate(weighed) if place != own and several]
    return learn_style([(candidate.title, choice.confidence) for candidate, choice in best], usual)


def _weigh(candidates: Sequence[_Candidate], style: Style) -> list[tuple[_Candidate, Choice]]:
    scores = [
        candidate.score + sum(WEIGHTS[name] * amount for name, amount in style.weigh(candidate.title))
        for candidate in candidates
    ]
    highest = max(scores, default=0.0)
    shares = [math.exp(score - highest) for score in scores]
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
    words = find_words(run)
    first_line, _, below = run.partition("\n")
    broken = len(first_line.rstrip()) if below.strip() else 0
    for end in sorted({*find_ends(run, language.code)}):
        if broken and end > broken:
            break
        title = tuple(word for word in words if word.begin < end)
        body = tuple(word for word in words if word.begin >= end)
        if language.code == "ja":
            title, body = find_words(run[:end]), find_words(run[end:])
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
    yield from _find_common_evidence(run[:end], title, body, language, lexicon)
    if language.code == "ja":
        is_space = run[end : end + 1].isspace() or end == len(run)
        yield from find_japanese_evidence(run[:end], run[end:].lstrip(), spaced=spaced, is_space=is_space)
    elif language.code == "ko":
        yield from find_korean_evidence(title, body, lexicon.stems)
    else:
        yield from find_latin_evidence(title, body, language, lexicon)


def _find_common_evidence(
    text: str, title: Sequence[Word], body: Sequence[Word], language: Language, lexicon: Lexicon
) -> Iterator[tuple[str, float]]:
    last = title[-1]
    inside = sum(
        0.4 if word.text.endswith(_QUOTED) else 1.0
        for word in title[:-1]
        if ends_sentence(word, language.stops) and not word.text.endswith(("...", "…"))
    )
    if inside:
        yield "sentence inside", inside
    if last.text.rstrip("\"'”’»«)」』!").endswith(("?", "？")):
        yield "asked", 1
    elif last.text.endswith(("!", "！", '!"', "!”")):
        yield "exclaimed", 1
    elif last.text.endswith(("...", "…")):
        yield "dots", 1
    elif last.text.rstrip("\"'”’»«)」』").endswith((".", "。")):
        yield "stop", 1
    elif last.text.endswith((",", ":", ";", "、", "：", "(", "（")) or not last.core:
        yield "open", 1
    if not is_balanced(text):
        yield "unbalanced", 1
    separated = last.folded in language.prefixes and any(is_verb(title, place, language) for place in range(len(title)))
    if last.folded in language.hanging and not separated and not last.text.endswith(("?", "!", "...", "…")):
        yield "hanging", 1
    elif last.folded in language.leaning and not last.text.endswith(("?", "!", "...", "…")):
        yield "leaning", 1
    if not body:
        yield "no body", 1
        return
    if body[0].folded in ("vs", "versus") or last.folded == "vs":
        yield "versus", 1
    if any(word.text.endswith((":", "：")) for word in body[:3]):
        yield "colon soon", 1
    if body[0].text.endswith(("...", "…")):
        yield "splits dots", 1
    asking = any(word.folded in language.asking for word in title)
    if asking and any("?" in word.text for word in body[:5]) and not ends_sentence(last):
        yield "splits question", 1
    if not ends_sentence(body[-1]):
        yield "endless", 1
    together = lexicon.pairs[find_stem(last.folded), find_stem(body[0].folded)]
    if together and not last.text.endswith((",", "?", "!", ":")):
        yield "together", math.log(1 + together)
    if any(lexicon.find_name((*title[-back:], *body[:6])) > back for back in range(1, min(5, len(title)) + 1)):
        yield "splits name", 1
    words = [*title, *body[:6]]
    if any(lexicon.find_expansion(words[len(title) - back :]) > back for back in range(1, min(5, len(title)) + 1)):
        yield "splits acronym", 1
    if (named := lexicon.find_name(body[:8])) and (language.code != "ko" or is_marked(body[named - 1].folded, lexicon.stems)):
        yield "name", 1
    if starts := lexicon.starts[body[0].folded]:
        yield "start", math.log(1 + starts)
