"""Korean: particles say what a noun does, endings what a verb leads to, and titles end in a noun or a question."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from feeds.importers.capture.evidence import korean_words as table
from feeds.importers.capture.evidence.words import Word

_FROM, _TO = ("에서", "부터"), ("로", "까지")
_SURE_PARTICLES = ("을", "를", "은", "는", "의", "에", "에서", "와", "과")
_SHORT_PARTICLES = ("이", "가", "은", "는", "로", "도", "만", "와", "과")
_ADNOMINAL_FINALS = (4, 8)
"""N and l, by their places among the finals of a syllable (Unicode 15, section 3.12)."""
_WITHIN = 6
"""Among how many words the subject of a sentence is looked for."""


def is_hangul(text: str) -> bool:
    """Say whether a word ends in Korean letters."""
    return bool(text) and "\uac00" <= text[-1] <= "\ud7a3"


def find_stem(folded: str) -> str:
    """A word without the particle at its end; a word of another script stays as it is.

    >>> find_stem("수평이"), find_stem("cursor가"), find_stem("술을"), find_stem("salt")
    ('수평', 'cursor', '술', 'salt')
    """
    if not is_hangul(folded) or folded in table.NO_PARTICLES:
        return folded
    if len(folded) == 2 and folded.endswith(table.OBJECTS[:2]):
        return folded[0]
    for particle in (*table.SUBJECTS, *table.PARTICLES):
        stem = folded.removesuffix(particle)
        if stem and stem != folded and (len(stem) > 1 or len(particle) > 1 or not is_hangul(stem)):
            return stem
    return folded


def find_korean_evidence(
    title: Sequence[Word], body: Sequence[Word], stems: Counter[str]
) -> Iterator[tuple[str, float]]:
    """What Korean says of a boundary."""
    yield from _judge_title(title, stems)
    if body:
        yield from _judge_body(body, stems)
        yield from _judge_joint(title, body, stems)


def _judge_title(title: Sequence[Word], stems: Counter[str]) -> Iterator[tuple[str, float]]:
    last = title[-1]
    asks = any(word.folded in table.ASKING for word in title)
    if last.folded in table.HANGING:
        yield "ko hanging", 1
    elif is_hangul(last.folded) and "?" not in last.text:
        close = find_close(title, stems)
        yield f"ko {close}", 1
        if close == "noun" and len(title) > 1 and _is_modifier(title[-2].folded):
            yield "ko modified", 1
    owners = sum(word.folded.endswith("의") and word.folded not in table.NO_PARTICLES for word in title)
    if owners > 1:
        yield "ko two owners", 1
    ended = sum(_ends_sentence(word.folded, asks=asks) for word in title[:-1])
    if ended:
        yield "ko sentence inside", ended
    if any(_is_bound(word.folded) or word.folded in table.ALWAYS_BOUND for word in title[1:-1]) or any(
        word.folded in table.BOUND_WORDS and above.folded.endswith(table.LEADING)
        for above, word in pairwise(title[:-1])
    ):
        yield "ko closed inside", 1
    topics = sum(word.folded.endswith(("은", "는")) for word in _list_subjects(title[:-1], stems))
    if topics and not asks and "?" not in last.text:
        yield "ko topic inside", topics
    if openers := sum(word.folded in table.OPENERS for word in title[1:]):
        yield "ko opener inside", min(2, openers)
    if any(word.text.endswith(",") for word in title[:-1]):
        yield "ko comma inside", 1


def _judge_body(body: Sequence[Word], stems: Counter[str]) -> Iterator[tuple[str, float]]:
    if body[0].folded in table.JOINING:
        yield "ko joined", 1
    elif body[0].folded in table.ALWAYS_BOUND or body[0].folded in table.PLACES:
        yield "ko bound start", 1
    elif body[0].folded in table.OPENERS:
        yield "ko opener", 1
    elif body[0].folded in table.DETERMINERS:
        yield "ko determiner", 1
    if re.match(r"\d", body[0].text):
        yield "ko number", 1
    head = body[:_WITHIN]
    marked = next((place for place, word in enumerate(head) if _is_placed(word.folded, stems)), _WITHIN)
    yield "ko marked", 1 - 0.3 * min(4, marked)
    sentence = next((place for place, word in enumerate(body) if word.text.endswith((".", "?", "!"))), len(body))
    if any(_is_bound(word.folded) for word in head[:sentence]):
        yield "ko closed within", 1
    subject = next((word for word in _list_subjects(head, stems)), None)
    clause = next((word for word in body if word.text.endswith((",", ".", "?", "!"))), body[-1])
    if subject is None or subject.begin > clause.begin:
        yield "ko no subject", 1
    elif _is_topic(body[0].folded, stems) and len(body) > 1 and _is_topic(body[1].folded, stems):
        yield "ko two topics", 1
    else:
        yield "ko subject", max(0.0, 1 - 0.25 * body.index(subject))


def _judge_joint(title: Sequence[Word], body: Sequence[Word], stems: Counter[str]) -> Iterator[tuple[str, float]]:
    last = title[-1].folded
    asks_again = any(word.folded.endswith(table.QUESTIONS) and len(word.folded) > 2 for word in body[:2])
    if last.endswith(table.QUESTIONS) and asks_again:
        yield "splits question", 1
    leads = body[0].folded.endswith(table.LEADING) and not is_subject(body[0].folded, stems)
    if leads and not last.endswith(("이", "가")) and find_close(title, stems) == "noun":
        yield "ko noun before verb", 1
    if body[0].folded in table.NUMERALS and len(body) > 1 and body[1].folded.startswith(table.COUNTERS):
        yield "ko splits count", 1


def find_close(title: Sequence[Word], stems: Counter[str]) -> str:
    """Say what a title ends in: a question, a noun made of a verb, a bare noun, or what must lead on."""
    last = title[-1].folded
    if last.endswith(table.QUESTIONS) and len(last) > 1 and (len(title) > 1 or len(last) > 2):
        return "question"
    if last in table.BOUND_WORDS or _is_bound(last) or (last in table.ALWAYS_BOUND and len(title) > 1):
        return "titular"
    if last.endswith("면") and len(last) > 2:
        return "conditional"
    if last.endswith(_TO) and any(word.folded.endswith(_FROM) for word in title[:-1]):
        return "noun"  # from one to the other
    if len(title) > 1 and _is_object(title[-2].folded):
        return "leading"  # an object wants its verb, and a verb in the midst of a sentence leads on
    if last.endswith(table.LEADING) or (len(last) == 2 and last.endswith(("는", "은", "한", "된"))):
        return "leading"
    if len(title) == 1 and not last.endswith(_SURE_PARTICLES) and not stems[find_stem(last)]:
        return "noun"  # nobody calls a chapter by a noun with its particle
    if not is_marked(last, stems):
        return "noun"
    return "topic" if last.endswith(("은", "는")) and len(title) > 1 else "particle"


def is_marked(folded: str, stems: Counter[str]) -> bool:
    """Say whether a word bears a particle, which a noun that only looks so does not."""
    if folded in table.NO_PARTICLES:
        return False
    if folded.endswith(table.OBJECTS) and len(folded) > 1:
        return True
    if len(folded) == 2 and folded.endswith(_SHORT_PARTICLES):
        return stems[folded[0]] > 0 or folded[0] in table.SHORT_NOUNS
    stem = find_stem(folded)
    return stem != folded and not (stems[folded] and not stems[stem])


def is_subject(folded: str, stems: Counter[str]) -> bool:
    """Say whether a word is a subject or a topic by its particle."""
    if not folded.endswith(table.SUBJECTS) or len(folded) < 2 or folded in table.NO_PARTICLES:
        return False
    if len(folded) == 2 and folded[0] in table.SHORT_NOUNS:
        return True
    stem = find_stem(folded)
    if stem == folded:
        return False
    if stems[stem] > 1:
        return True
    if folded.endswith(table.AMBIGUOUS):
        return True
    return not folded.endswith(("도", *table.LEADING)) and not (
        folded.endswith("는") and stem.endswith(table.VERB_STEMS)
    )


def _list_subjects(words: Sequence[Word], stems: Counter[str]) -> Iterator[Word]:
    """The subjects and topics among words; behind an object, 는 is the end of a verb."""
    for place, word in enumerate(words):
        if is_subject(word.folded, stems) and not (place and _is_object(words[place - 1].folded)):
            yield word


def _is_topic(folded: str, stems: Counter[str]) -> bool:
    return folded.endswith(("은", "는")) and is_subject(folded, stems)


def _is_modifier(folded: str) -> bool:
    """Say whether a word leads to a noun: it owns it, or is a verb that ends in n or l for that."""
    if folded.endswith("의"):
        return folded not in table.NO_PARTICLES
    final = (ord(folded[-1]) - 0xAC00) % 28 if is_hangul(folded) else 0
    return folded.endswith(table.LEADING) and final in _ADNOMINAL_FINALS


def _is_object(folded: str) -> bool:
    return folded.endswith(table.OBJECTS) and folded not in table.NO_PARTICLES


def _is_placed(folded: str, stems: Counter[str]) -> bool:
    """Say whether a word has its place in a sentence by a particle, or needs none."""
    return folded in table.OPENERS or is_subject(folded, stems) or (is_hangul(folded) and is_marked(folded, stems))


def _is_bound(folded: str) -> bool:
    return len(folded) > 1 and folded.endswith(table.BOUND) and not folded.endswith(table.NO_BOUND)


def _ends_sentence(folded: str, *, asks: bool) -> bool:
    if not is_hangul(folded):
        return False
    return folded.endswith(table.SENTENCES) or (asks and len(folded) > 2 and folded.endswith(table.QUESTIONS))
