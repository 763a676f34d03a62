"""What holds in every language: titles are one phrase, names stay whole, and sentences begin as others do."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from feeds.importers.capture.evidence.korean.forms import find_stem, is_hangul, is_marked
from feeds.importers.capture.evidence.latin import is_verb
from feeds.importers.capture.evidence.lexicon import Lexicon
from feeds.importers.capture.evidence.tables import Language
from feeds.importers.capture.evidence.words import Word, ends_sentence, is_balanced

_VERSUS = ("vs", "versus")
_DOTS = ("...", "…")
_QUOTES = "\"'”’“»«)」』"
_GOES_ON = (",", ":", ";", "、", "：", "(", "（")
_LONGEST_NAME = 5
_ASKED_UNASKED = 0.3
"""How much a question mark counts behind words none of which asks."""
_QUOTED_STOP = 0.4
"""How much a stop within quotation marks counts: a title may quote a sentence."""


def find_sign_evidence(
    text: str, title: Sequence[Word], body: Sequence[Word], language: Language, lexicon: Lexicon
) -> Iterator[tuple[str, float]]:
    """What signs, names and the page itself say of a boundary; `text` is the title as it is written."""
    yield from _judge_close(title, language)
    yield from _judge_title(text, title, language)
    if not body:
        yield "no body", 1
        return
    yield from _judge_body(title, body, language)
    yield from _judge_joint(title, body, language.measures, lexicon)
    yield from _judge_start(body, language, lexicon)


def _judge_close(title: Sequence[Word], language: Language) -> Iterator[tuple[str, float]]:
    """Weigh the sign at the end of a title."""
    last = title[-1]
    if last.text.rstrip(f"{_QUOTES}!").endswith(("?", "？")):
        asks = not language.asking or any(word.folded in language.asking for word in title)
        yield "asked", 1.0 if asks else _ASKED_UNASKED
    elif last.text.rstrip(_QUOTES).endswith(("!", "！")):
        yield "exclaimed", 1
    elif last.text.endswith(_DOTS):
        yield "dots", 1
    elif last.text.rstrip(_QUOTES).endswith((".", "。")):
        yield "stop", 1
    elif last.text.endswith(_GOES_ON) or not last.core:
        yield "open", 1


def _judge_title(text: str, title: Sequence[Word], language: Language) -> Iterator[tuple[str, float]]:
    last = title[-1]
    inside = [word for word in title[:-1] if ends_sentence(word, language.stops) and not word.text.endswith(_DOTS)]
    if inside:
        yield "sentence inside", sum(_QUOTED_STOP if word.text[-1] in _QUOTES else 1.0 for word in inside)
    if not is_balanced(text):
        yield "unbalanced", 1
    if missing := _count_missing(title):
        yield "versus short", missing
    if last.text.endswith(("?", "!", *_DOTS)):
        return
    parted = last.folded in language.prefixes and any(is_verb(title, place, language) for place in range(len(title)))
    if last.folded in language.hanging and not parted:
        yield "hanging", 1
    elif last.folded in language.leaning:
        yield "leaning", 1


def _count_missing(title: Sequence[Word]) -> int:
    """How many words less stand behind "vs." than before it, since a colon if there is one."""
    place = next((place for place, word in enumerate(title) if word.folded in _VERSUS), 0)
    begun = max((index + 1 for index, word in enumerate(title[:place]) if word.text.endswith((":", "："))), default=0)
    return max(0, (place - begun) - (len(title) - place - 1)) if place else 0


def _judge_body(title: Sequence[Word], body: Sequence[Word], language: Language) -> Iterator[tuple[str, float]]:
    if body[0].folded in _VERSUS or title[-1].folded in _VERSUS:
        yield "versus", 1
    if any(word.text.endswith((":", "：")) for word in body[:3]):
        yield "colon soon", 1
    if body[0].text.endswith(_DOTS):
        yield "splits dots", 1
    asks = any(word.folded in language.asking for word in title)
    rest = any("?" in word.text for word in body[:5]) if asks else body[0].text.endswith("?") and len(title) > 1
    if rest and body[0].folded not in language.asking and not ends_sentence(title[-1]):
        yield "splits question", 1
    if not ends_sentence(body[-1]):
        yield "endless", 1


def _judge_joint(
    title: Sequence[Word], body: Sequence[Word], measures: frozenset[str], lexicon: Lexicon
) -> Iterator[tuple[str, float]]:
    """Weigh what the page says of the words on both sides."""
    last = title[-1]
    together = lexicon.pairs[find_stem(last.folded), find_stem(body[0].folded)]
    if together and not last.text.endswith((",", "?", "!", ":")):
        yield "together", math.log(1 + together)
    around = [(back, (*title[len(title) - back :], *body[:6])) for back in range(1, min(_LONGEST_NAME, len(title)) + 1)]
    if body[0].folded and find_stem(body[0].folded) == find_stem(last.folded):
        yield "repeated", 1
    if re.fullmatch(r"[\d.,:]*\d", last.core) and body[0].folded in measures:
        yield "splits measure", 1
    if any(lexicon.find_name(words) > back for back, words in around):
        yield "splits name", 1
    if last.folded in lexicon.roles and is_hangul(last.folded) and lexicon.find_name(body[:8]):
        yield "splits role", 1
    if any(lexicon.find_expansion(words) > back for back, words in around):
        yield "splits acronym", 1


def _judge_start(body: Sequence[Word], language: Language, lexicon: Lexicon) -> Iterator[tuple[str, float]]:
    named = lexicon.find_name(body[:8])
    if named and language.code == "ko":  # a name without a particle may belong to the title as well
        named *= is_marked(body[named - 1].folded, lexicon.stems)
    if language.code == "ko" and lexicon.roles[body[0].folded] and lexicon.find_name(body[1:8]):
        yield "role", 1
    if named or lexicon.find_expansion(body[:7]):
        yield "name", 1
    if starts := lexicon.starts[body[0].folded]:
        yield "start", math.log(1 + starts)
