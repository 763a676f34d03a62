"""The way in which a page writes its titles: how long, in which capitals, with what at their end.

A style is learned from boundaries, each as much as it is sure, and helps to find the doubtful ones.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from feeds.importers.capture.evidence.korean.titles import find_close
from feeds.importers.capture.evidence.lexicon import Lexicon
from feeds.importers.capture.evidence.tables import Language
from feeds.importers.capture.evidence.words import Word

_CASES = {"capitals": 0.40, "sentence": 0.38, "small": 0.06, "mixed": 0.04, "none": 0.12}
_ENDINGS = {"": 0.8, "?": 0.15, "!": 0.03, "…": 0.02}
_KOREAN_ENDINGS = {
    "?": 0.16,
    "!": 0.02,
    "…": 0.02,
    "noun": 0.21,
    "titular": 0.22,
    "question": 0.2,
    "measure": 0.1,
    "number": 0.03,
    "statement": 0.06,
    "quoted": 0.06,
    "other": 0.06,
}
_COLONS = 0.2
"""How many titles have a colon within."""
_FAITH = 2.0
"""How many titles must agree before a page is believed as much as what is usual elsewhere."""
_KOREAN_FAITH = 6.0
"""The same for the endings of Korean titles, of which most pages mix several."""
_LONG = 10
_SHORTER, _WIDER = 0.4, 0.9
_SPREAD = 0.7
"""The deviation of the logarithm of the length, where nothing is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """What of a title is compared: its length in words, in Japanese in letters; its case, its end and a colon."""

    length: int
    letters: bool
    case: str
    ending: str
    colon: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How titles of a page are, as chances. `length` and `spread` are of the logarithm of the length."""

    length: float
    spread: float = _SPREAD
    cases: dict[str, float] = field(default_factory=lambda: dict(_CASES))
    endings: dict[str, float] = field(default_factory=lambda: dict(_ENDINGS))
    colons: float = _COLONS
    faith: float = _FAITH

    def weigh(self, title: Title) -> Iterable[tuple[str, float]]:
        """How well a title fits, as logarithms."""
        if title.length > _LONG and not title.letters:
            yield "long", title.length - _LONG
        off = (math.log(title.length) - self.length) / self.spread
        yield (
            "length",
            -2.0 * math.log(1 + off * off / 3),
        )  # Student's distribution: short titles stand beside long ones
        if title.case != "none":
            yield "case", math.log(self.cases[title.case] / max(self.cases.values()))
        yield "ending", math.log(self.endings[title.ending])
        yield "colon", math.log(self.colons if title.colon else 1 - self.colons)


def find_usual(code: str) -> Style:
    """How titles of a language are where nothing is known of the page."""
    length = {"ja": 11.0, "ko": 2.6}.get(code, 3.2)
    if code == "ko":
        return Style(length=math.log(length), endings=dict(_KOREAN_ENDINGS), faith=_KOREAN_FAITH)
    return Style(length=math.log(length))


def find_opening_style(style: Style, usual: Style) -> Style:
    """How the title of the first chapter is: on most pages a word or two, whatever the others are."""
    return replace(style, length=min(style.length, usual.length) - _SHORTER, spread=_WIDER)


def describe_title(words: Sequence[Word], text: str, language: Language, lexicon: Lexicon, *, letters: bool) -> Title:
    """Describe a title; `letters` says that its length is counted in those."""
    stripped = text.rstrip("\"'”’»«」』)）")
    ending = "?" if stripped.endswith(("?", "？")) else "!" if stripped.endswith(("!", "！")) else ""
    if stripped.endswith(("...", "…")):
        ending = "…"
    if not ending and language.code == "ko":
        close = find_close(words, lexicon.stems)
        ending = close if close in _KOREAN_ENDINGS else "other"
    return Title(
        length=max(1, len(text) if letters else len(words)),
        letters=letters,
        case=_find_case(words, language, lexicon),
        ending=ending,
        colon=any(word.text.endswith((":", "：")) for word in words[:-1]),
    )


def _find_case(words: Sequence[Word], language: Language, lexicon: Lexicon) -> str:
    if language.nouns_are_capital or language.code == "ko":
        return "none"
    first = next((word for word in words if word.core), None)
    content = [
        word
        for word in words[1:]
        if word.core and word.folded not in language.minor and (word.is_small or not lexicon.parts[word.folded])
    ]
    capital = sum(word.is_capital for word in content)
    small = sum(word.is_small for word in content)
    if capital and small:
        return "mixed"
    if first is not None and first.is_small:
        return "mixed" if capital else "small"
    return "capitals" if capital else "sentence" if small else "none"


@dataclass(slots=True)
class Tally:
    """Sums over titles, each as much as it is sure, so that one can be taken out again."""

    sure: float = 0.0
    lengths: float = 0.0
    squares: float = 0.0
    colons: float = 0.0
    cases: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    endings: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, title: Title, sure: float) -> None:
        """Add a title; a negative `sure` takes it out."""
        length = math.log(title.length)
        self.sure += sure
        self.lengths += sure * length
        self.squares += sure * length * length
        self.colons += sure * title.colon
        self.endings[title.ending] += sure
        if title.case != "none":
            self.cases[title.case] += sure


def learn_style(tally: Tally, usual: Style) -> Style:
    """Learn how titles of a page are; as far as they are few, the usual style holds."""
    total = _FAITH + tally.sure
    length = (_FAITH * usual.length + tally.lengths) / total
    off = tally.squares - 2 * length * tally.lengths + length * length * tally.sure
    variance = (_FAITH * usual.spread**2 + max(0.0, off)) / total
    return Style(
        length=length,
        faith=usual.faith,
        spread=max(0.4, math.sqrt(variance)),
        cases=_mix(usual.cases, tally.cases, _FAITH),
        endings=_mix(usual.endings, tally.endings, usual.faith),
        colons=(_FAITH * usual.colons + max(0.0, tally.colons)) / total,
    )


def _mix(usual: Mapping[str, float], counts: Mapping[str, float], faith: float) -> dict[str, float]:
    total = faith + sum(counts.values())
    return {name: (faith * chance + max(0.0, counts.get(name, 0.0))) / total for name, chance in usual.items()}
