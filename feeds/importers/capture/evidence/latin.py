"""Languages with capital and small letters: who acts comes first in a sentence, and its verb soon after."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from feeds.importers.capture.evidence.lexicon import Lexicon
from feeds.importers.capture.evidence.tables import Language
from feeds.importers.capture.evidence.words import Word, ends_sentence

_RESTARTS = (":", "?", "!", "–", "—", "-", "/", ".", "…")
_ODD = re.compile(r"[\d_-]|[^\W\d_][A-Z]|\w\.\w{2}")
"""What names of programs and companies have, and words have not."""
_VERB_WITHIN = 10
_MOST = 2
"""Of what is counted, more says no more."""
_HEAD = 10
_WITHIN = 7


def find_latin_evidence(
    title: Sequence[Word], body: Sequence[Word], language: Language, lexicon: Lexicon
) -> Iterator[tuple[str, float]]:
    """What capitals, small words and verbs say of a boundary."""
    yield from _judge_title(title, language)
    if body:
        yield from _judge_start(title[-1], body, language, lexicon)
        yield from _judge_names(title[-1], body, language, lexicon)
        yield from _judge_verb(body, language)


def _judge_title(title: Sequence[Word], language: Language) -> Iterator[tuple[str, float]]:
    behind = [word for above, word in pairwise(title) if not _restarts(above)]
    sentence_case = any(word.is_small and word.folded not in language.minor for word in title)
    inside = sum(_opens(word, language) for word in behind)
    if inside and (language.nouns_are_capital or sentence_case):
        yield _name("opener inside", language), inside
    if starters := sum(word.is_capital and word.folded in language.starters for word in behind):
        yield "starter inside", starters
    asks = title[0].folded in language.asking or "?" in title[-1].text
    if asks and len(title) == 1 and "?" not in title[0].text:
        yield "asks nothing", 1
    verbs = sum(word.is_small and is_verb(title, place, language) for place, word in enumerate(title))
    if verbs and not asks:
        yield "clause", min(_MOST, verbs)


def _judge_start(last: Word, body: Sequence[Word], language: Language, lexicon: Lexicon) -> Iterator[tuple[str, float]]:
    """Weigh the capitals of the first words of the body."""
    first = next((word for word in body if word.core), body[0])
    if first.is_small and not lexicon.find_name(body):
        odd = body[0].text.startswith("`") or _ODD.search(first.core)
        yield ("odd start" if odd else "small start"), 1
    unexplained = 0 if language.nouns_are_capital else _count_unexplained(body, language, lexicon)
    if unexplained:
        yield "unexplained capital", min(_MOST, unexplained)
    if within := _count_openers_within(body, language, lexicon):
        yield _name("opener within", language), min(_MOST, within)
    if _opens(first, language):
        if not unexplained:
            yield _name("opener", language), 1
    elif language.nouns_are_capital and last.is_capital and first.is_capital and not ends_sentence(last):
        yield "nouns meet", 1


def _judge_names(last: Word, body: Sequence[Word], language: Language, lexicon: Lexicon) -> Iterator[tuple[str, float]]:
    """Weigh what of the first words is part of a name, or says who bears it."""
    named = lexicon.find_name(body)
    first = body[0]
    if not named and first.is_capital and not _opens(first, language):
        if not language.nouns_are_capital and lexicon.parts[first.folded]:
            yield "part of name", 1
        if lexicon.find_name(body[1:8]):
            yield "role", 1
    if last.folded in language.roles or (named and lexicon.roles[last.folded]):
        yield "splits role", 1


def _name(evidence: str, language: Language) -> str:
    """German writes every noun with a capital letter, so that a capital of any other word weighs more there."""
    return f"german {evidence}" if language.nouns_are_capital else evidence


def _opens(word: Word, language: Language) -> bool:
    return word.is_capital and word.folded in language.openers and not (len(word.core) > 1 and word.core.isupper())


def _restarts(word: Word) -> bool:
    """Say whether what follows a word begins anew, with a capital letter for any reason."""
    return word.text.endswith(_RESTARTS) or not word.core


def _count_unexplained(body: Sequence[Word], language: Language, lexicon: Lexicon) -> float:
    """Count the capitals before the first small word that no name and no acronym explains.

    One behind a preposition counts half: there a sentence has names, and a title any word.
    """
    explained = max(1, lexicon.find_name(body))
    count = 0.0
    for place, word in enumerate(body[:_HEAD]):
        explained = max(explained, place + lexicon.find_expansion(body[place : place + _WITHIN]))
        if word.is_small and word.folded not in language.minor:
            break
        if place >= explained and word.is_capital and not _is_explained(word, language, lexicon):
            count += 0.5 if body[place - 1].is_small else 1.0
        if ends_sentence(word, language.stops) or word.text.endswith((":", ";")):
            break
    return count


def _count_openers_within(body: Sequence[Word], language: Language, lexicon: Lexicon) -> int:
    """Count, in the first sentence, the capital words that stand so at the start of a sentence only."""
    count = 0
    for above, word in pairwise(body[:14]):
        if ends_sentence(above, language.stops):
            break
        quoted = word.text[:1] in "\"'“‘„»«("
        if _opens(word, language) and not _restarts(above) and not quoted and not lexicon.parts[word.folded]:
            count += 1
    return count


def _is_explained(word: Word, language: Language, lexicon: Lexicon) -> bool:
    plain = re.sub(r"[’']s$", "", word.core)
    return bool(
        lexicon.parts[word.folded]
        or lexicon.parts[plain.casefold()]
        or (len(plain) > 1 and not plain[1:].islower())
        or plain == "I"
        or word.folded in language.proper
        or word.folded in language.measures
    )


def _judge_verb(body: Sequence[Word], language: Language) -> Iterator[tuple[str, float]]:
    if not language.verbs:
        return
    if body[0].is_small and is_verb(body, 0, language):
        yield "verb first", 1
        return
    for place in range(1, min(_VERB_WITHIN, len(body))):
        if body[place].is_small and is_verb(body, place, language):
            yield "verb", 1 - 0.1 * place
            return
        if ends_sentence(body[place], language.stops):
            break
    yield "no verb", 1


def is_verb(body: Sequence[Word], place: int, language: Language) -> bool:
    """Say whether a word may be a finite verb, by its ending and by the word above it."""
    word = body[place].folded
    if word in language.verbs or (word.endswith(language.verb_endings) and len(word) > 3):
        return word not in language.hanging or word in language.verbs
    if language.nouns_are_capital or not place or not re.search(r"[^su]s$", word) or word in language.hanging:
        return False
    above = body[place - 1]  # "Alfred opens", "the agent watches", not "the agents"
    return above.is_capital or not above.folded.endswith("s")
