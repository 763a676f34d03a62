"""Languages with capital and small letters: who acts comes first in a sentence, and its verb soon after."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from feeds.importers.capture.evidence.lexicon import Lexicon
from feeds.importers.capture.evidence.tables import Language
from feeds.importers.capture.evidence.words import Word, ends_sentence

_RESTARTS = (":", "?", "!", "–", "—", "-", "/", ".", "…")
_VERB_WITHIN = 10
_MOST = 2


def find_latin_evidence(
    title: Sequence[Word], body: Sequence[Word], language: Language, lexicon: Lexicon
) -> Iterator[tuple[str, float]]:
    """What capitals, small words and verbs say of a boundary."""
    german = "german " if language.nouns_are_capital else ""
    behind = [word for above, word in pairwise(title) if not _restarts(above)]
    if inside := sum(_opens(word, language) for word in behind):
        if german or any(word.is_small and word.folded not in language.minor for word in title):
            yield f"{german}opener inside", inside
    if starters := sum(word.is_capital and word.folded in language.starters for word in behind):
        yield "starter inside", starters
    asks = title[0].folded in language.asking or "?" in title[-1].text
    if asks and len(title) == 1 and "?" not in title[0].text:
        yield "asks nothing", 1
    if not asks and any(word.is_small and is_verb(title, place, language) for place, word in enumerate(title)):
        yield "clause", 1
    if not body:
        return
    first = next((word for word in body if word.core), body[0])
    named = lexicon.find_name(body)
    if first.is_small and not named:
        odd = body[0].text.startswith("`") or not re.fullmatch(r"[^\W\d_]+(?:['’][^\W\d_]+)?", first.core)
        yield ("odd start" if odd else "small start"), 1
    unexplained = 0 if german else _count_unexplained(body, language, lexicon)
    if unexplained:
        yield "unexplained capital", min(_MOST, unexplained)
    if within := _count_openers_within(body, language, lexicon):
        yield f"{german}opener within", min(2, within)
    if _opens(first, language) and not unexplained:
        yield f"{german}opener", 1
    elif german and title[-1].is_capital and first.is_capital and not ends_sentence(title[-1]):
        yield "nouns meet", 1
    elif not german and lexicon.parts[first.folded] and first.is_capital and not named:
        yield "part of name", 1
    if first.is_capital and not named and not _opens(first, language) and lexicon.find_name(body[1:8]):
        yield "role", 1
    if title[-1].folded in language.roles or (named and lexicon.roles[title[-1].folded]):
        yield "splits role", 1
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
    expanded = range(0)
    for place, word in enumerate(body[:10]):
        if count_expanded := lexicon.find_expansion(body[place : place + 7]):
            expanded = range(place, place + count_expanded)
        if word.is_small and word.folded not in language.minor:
            break
        if place >= max(1, named) and place not in expanded and word.is_capital and not _is_explained(word, language, lexicon):
            count += 1
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
    )


def _find_verb(body: Sequence[Word], language: Language) -> Iterator[tuple[str, float]]:
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
    word = body[place].folded
    if word in language.verbs or (word.endswith(language.verb_endings) and len(word) > 3):
        return word not in language.hanging or word in language.verbs
    if language.nouns_are_capital or not place or not re.search(r"[^su]s$", word) or word in language.hanging:
        return False
    above = body[place - 1]  # "Alfred opens", "the agent watches", not "the agents"
    return above.is_capital or not above.folded.endswith("s")
