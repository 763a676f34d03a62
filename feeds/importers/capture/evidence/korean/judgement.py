"""What Korean says of a boundary: particles say what a noun does, endings what a verb leads to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from feeds.importers.capture.evidence.korean import words as table
from feeds.importers.capture.evidence.korean.forms import (
    FINAL_SS,
    ends_sentence,
    find_final,
    find_stem,
    is_asked,
    is_asking,
    is_bound,
    is_hangul,
    is_measure,
    is_numeral,
    is_placed,
    is_pronoun,
    is_subject,
    is_topic,
    is_verbal,
    leads,
    list_subjects,
    needs,
)
from feeds.importers.capture.evidence.korean.titles import find_close, find_title_evidence
from feeds.importers.capture.evidence.words import Word

_DATE = re.compile(rf"\d+(?::\d\d|{'|'.join(table.DATES)})")
_UNDATED = 0.3
"""How much a number counts that is no date."""
_ALONE = 0.6
"""How much a verb of one syllable that leads to a noun counts behind what may be no part of it."""
_QUOTING = ("고", "라고", "하는", "는", "봐", "봐서", "싶")
_FARTHER, _LATER = 0.3, 0.25
_WITHIN = 6
"""Among how many words the subject of a sentence is looked for."""


def find_korean_evidence(
    title: Sequence[Word], body: Sequence[Word], stems: Counter[str]
) -> Iterator[tuple[str, float]]:
    """What Korean says of a boundary."""
    yield from find_title_evidence(title, stems)
    if body:
        yield from _judge_start(body)
        yield from _judge_sentence(body, stems)
        yield from _judge_question(title, body)
        yield from _judge_joint(title, body, stems)


def _judge_start(body: Sequence[Word]) -> Iterator[tuple[str, float]]:
    """Weigh the first word of a body."""
    first = body[0].folded
    if first in table.JOINING:
        yield "ko joined", 1
    elif first in table.ALWAYS_BOUND or first in table.PLACES:
        yield "ko bound start", 1
    elif first in table.OPENERS or is_pronoun(first):
        yield "ko opener", 1
    elif first in table.DETERMINERS:
        yield "ko determiner", 1
    if is_verbal(first):
        yield "ko verbal start", 1
    if first[:1].isdigit() and not is_measure(first):
        yield "ko number", 1.0 if _DATE.match(first) else _UNDATED
    if body[0].text.startswith(("“", '"')):
        yield "ko quotation", 1
    if body[0].text.endswith((".", "!")):
        yield "ko word alone", 1


def _judge_sentence(body: Sequence[Word], stems: Counter[str]) -> Iterator[tuple[str, float]]:
    """Weigh the first sentence of a body."""
    head = body[:_WITHIN]
    marked = next((place for place, word in enumerate(head) if is_placed(word.folded, stems)), _WITHIN)
    yield "ko marked", 1 - _FARTHER * min(4, marked)
    sentence = next((place for place, word in enumerate(body) if word.text.endswith((".", "?", "!"))), len(body))
    if any(is_bound(word.folded) for word in head[:sentence]):
        yield "ko closed within", 1
    if any(_is_unstopped(word, below) for word, below in pairwise(head[: sentence + 1])):
        yield "ko unstopped", 1
    if sentence < len(body) and body[sentence].text.endswith("?"):
        yield "ko asks behind", 1
    subject = next((word for word in list_subjects(head, stems)), None)
    clause = next((word for word in body if word.text.endswith((",", ".", "?", "!"))), body[-1])
    if subject is None or subject.begin > clause.begin:
        yield "ko no subject", 1
    elif is_topic(body[0].folded, stems) and len(body) > 1 and is_topic(body[1].folded, stems):
        yield "ko two topics", 1
    else:
        yield "ko subject", max(0.0, 1 - _LATER * body.index(subject))


def _is_unstopped(word: Word, below: Word) -> bool:
    """Say whether a sentence ends with a word without a stop, and nobody is said to have said it."""
    if not word.text.endswith(word.core) or below.folded.startswith(_QUOTING):
        return False
    told = ends_sentence(word.folded, asks=False) and find_final(word.folded[:-1]) != FINAL_SS
    return len(word.folded) > 2 and (told or is_asked(word.folded))


def _judge_question(title: Sequence[Word], body: Sequence[Word]) -> Iterator[tuple[str, float]]:
    """Weigh whether a question goes on, or a second follows it at once."""
    last = title[-1].folded
    if last.endswith(table.QUESTIONS):
        again = any(word.folded.endswith(table.QUESTIONS) and len(word.folded) > 2 for word in body[:2])
        splits = again or any(word.folded == last for word in body[:3])
    else:
        ends = any(
            len(word.folded) > 1 and (word.folded.endswith(table.ASKED) or is_asked(word.folded)) for word in body[:3]
        )
        splits = ends and any(is_asking(word.folded) for word in title)
    if splits:
        yield "splits question", 1


def _judge_joint(title: Sequence[Word], body: Sequence[Word], stems: Counter[str]) -> Iterator[tuple[str, float]]:
    last, first = title[-1].folded, body[0].folded
    counts = is_numeral(first)
    bare = find_close(title, stems) == "noun"
    leading = leads(first) and not counts and first not in table.DETERMINERS and not is_subject(first, stems)
    if leading and bare and not last.endswith(("이", "가")):
        yield "ko noun before verb", 1
    if is_verbal(last) and find_stem(first) in table.BEHIND_VERBAL:
        yield "ko bound start", 1
    following = body[1].folded if len(body) > 1 else ""
    counted = (counts and following.startswith(table.COUNTERS)) or (
        is_numeral(last) and find_stem(first) in table.COUNTERS
    )
    measured = is_measure(first) and bare and not title[-1].text.endswith(":")
    timed = last in table.DAYTIMES and (counts or re.match(r"\d+시", first))
    stands = (
        first in table.STANDING - table.PRONOUNS
        and bare
        and is_hangul(last)
        and not following.startswith(table.COUNTERS)
    )
    if counted or measured or timed or (stands and title[-1].text == title[-1].core):
        yield "ko splits count", 1
    if needs(last, first):
        yield "ko splits verb", 1
    elif first in table.ADNOMINALS and not counts:
        yield "ko splits verb", _ALONE
