"""Languages with capital and small letters: who acts comes first in a sentence, and its verb soon after."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from feeds.importers.capture.evidence.lexicon import Lexicon
from feeds.importers.capture.evidence.tables import Language
from feeds.importers.capture.evidence.words import Word, ends_sentence

_RESTARTS = (":", "?", "!", "–", "—", "-", "/", ".", "…")
_VERB_WITHIN = 9
_MOST = 4


def find_latin_evidence(
    title: Sequence[Word], body: Sequence[Word], language: Language, lexicon: Lexicon
) -> Iterator[tuple[str, float]]:
    """What capitals, small words and verbs say of a boundary."""
    german = "german " if language.nouns_are_capital else ""
    inside = sum(_opens(word, language) and not _restarts(above) for above, word in zip(title, title[1:], strict=False))
    if inside:
        yield f"{german}opener inside", inside
    if title[0].folded in language.asking and len(title) == 1 and "?" not in title[0].text:
        yield "asks nothing", 1
    if not body:
        return
    first = next((word for word in body if word.core), body[0])
    if first.is_small:
        yield "small start", 1
    if _opens(first, language):
        yield f"{german}opener", 1
    elif language.nouns_are_capital and title[-1].is_capital and first.is_capital and not ends_sentence(title[-1]):
        yield "nouns meet", 1
    elif not language.nouns_are_capital and lexicon.parts[first.folded] and first.is_capital:
        yield "part of name", 1
    if not language.nouns_are_capital:
        unexplained = _count_unexplained(body, language, lexicon)
        if unexplained:
            yield "unexplained capital", min(_MOST, unexplained)
    yield from _find_verb(body, language)


def _opens(word: Word, language: Language) -> bool:
    return word.is_capital and word.folded in language.openers and not (len(word.core) > 1 and word.core.isupper())


def _restarts(word: Word) -> bool:
    """Say whether what follows a word begins anew, with a capital letter for any reason."""
    return word.text.endswith(_RESTARTS) or not word.core


def _count_unexplained(body: Sequence[Word], language: Language, lexicon: Lexicon) -> int:
    """Count the capitals before the first small word that no name and no acronym explains."""
    count = 0
    named = lexicon.find_name(body)
    for place, word in enumerate(body[:10]):
        if word.is_small and word.folded not in language.minor:
            break
        if place >= max(1, named) and word.is_capital and not _is_explained(word, lexicon):
            count += 1
        if ends_sentence(word, language.stops) or word.text.endswith((":", ";")):
            break
    return count


def _is_explained(word: Word, lexicon: Lexicon) -> bool:
    plain = re.sub(r"[’']s$", "", word.core)
    return bool(
        lexicon.parts[word.folded]
        or lexicon.parts[plain.casefold()]
        or (len(plain) > 1 and not plain[1:].islower())
        or plain == "I"
    )


def _find_verb(body: Sequence[Word], language: Language) -> Iterator[tuple[str, float]]:
    if not language.verbs:
        return
    if body[0].is_small and _is_verb(body, 0, language):
        yield "verb first", 1
        return
    for place in range(1, min(_VERB_WITHIN, len(body))):
        if body[place].is_small and _is_verb(body, place, language):
            yield "verb", 1 - 0.1 * place
            return
        if ends_sentence(body[place], language.stops):
            break
    yield "no verb", 1


def _is_verb(body: Sequence[Word], place: int, language: Language) -> bool:
    word = body[place].folded
    if word in language.verbs or (word.endswith(language.verb_endings) and len(word) > 3):
        return word not in language.hanging or word in language.verbs
    if language.nouns_are_capital or not place or not re.search(r"[^su]s$", word) or word in language.hanging:
        return False
    above = body[place - 1]  # "Alfred opens", "the agent watches", not "the agents"
    return above.is_capital or not above.folded.endswith("s")
