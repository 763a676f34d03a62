"""What a Korean title ends in, and what it holds: most end in a noun, or in a question."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from feeds.importers.capture.evidence.korean import words as table
from feeds.importers.capture.evidence.korean.forms import (
    SHORT_PARTICLES,
    ends_sentence,
    find_stem,
    is_adnominal,
    is_asked,
    is_asking,
    is_bound,
    is_conditional,
    is_hangul,
    is_marked,
    is_measure,
    is_modifier,
    is_numeral,
    is_object,
    leads,
    list_subjects,
)
from feeds.importers.capture.evidence.words import Word

_LED = 0.5
"""How much an adverb counts that belongs to a verb which leads to a noun."""
_COUNTED = 0.5
"""How much a number before what it counts makes a title whole, beside what leads to a noun."""
_DIGITS = "0123456789.,"
_AIMS = ("로", "아서", "어서", "려면", "며", "면서")
_FROM, _TO = ("에서", "부터"), ("로", "까지")
_SURE_PARTICLES = ("을", "를", "은", "는", "의", "에", "에서", "와", "과")
_OPENINGS, _CLOSINGS = "“‘「『<〈《", "”’」』>〉》"
_WANTING = table.HANGING | (table.ADNOMINALS - table.SHORT_NOUNS - table.BOUND_WORDS - {"둘"})
_SETTING_OFF = "“‘「『"
_NUMBER = re.compile(r"\d[\d.,]*(?:[^\W\d]{1,2}|%)?")


def find_title_evidence(title: Sequence[Word], stems: Counter[str]) -> Iterator[tuple[str, float]]:
    """What Korean says of a title by itself."""
    if not _is_quotation_whole(title):
        yield "unbalanced", 1
    if is_quoted(title):
        yield "ko quoted", 1
        return
    yield from _judge_close(title, stems)
    yield from _judge_inside(title, stems)


def _judge_close(title: Sequence[Word], stems: Counter[str]) -> Iterator[tuple[str, float]]:
    if count := _count_counted(title):
        yield "ko modified", _COUNTED
        title = title[:-count]
    last = title[-1]
    counted = len(title) > 1 and is_numeral(title[-2].folded)
    if last.folded in table.SECTIONS:
        yield "ko section", 1
    elif _wants(title) and not counted:
        yield "ko hanging", 1
    elif is_measure(last.folded):
        yield "ko measure", 1
    elif is_hangul(last.folded) and "?" not in last.text:
        close = find_close(title, stems)
        yield "ko measure" if close == "number" else f"ko {close}", 1
        if close == "noun" and len(title) > 1 and not counted and _leads_to_end(title):
            yield "ko modified", 1
        known = last.folded in table.SHORT_NOUNS or stems[last.folded]
        if close == "noun" and len(last.folded) == 1 and not known:
            yield "ko syllable", 1


def _leads_to_end(title: Sequence[Word]) -> bool:
    """Say whether the word before the last one leads to it, as does what it is not."""
    return is_modifier(title[-2].folded) or title[-2].folded == "아니라"


def _count_counted(title: Sequence[Word]) -> int:
    """How many words at the end say how many there are of what stands before them: 작물 다섯, 것 다섯 가지."""
    if len(title) < 2:
        return 0
    last, above = title[-1].folded, title[-2]
    if is_object(above.folded) or above.folded in table.DAYTIMES:
        return 0  # what it does, or the hour
    if last in table.STANDING and not is_numeral(above.folded) and above.text == above.core:
        return 1
    counts = len(title) > 2 and is_numeral(above.folded) and last in table.COUNTERS
    return 2 if counts and not is_adnominal(title[-3].folded) and title[-3].text == title[-3].core else 0


def _wants(title: Sequence[Word]) -> bool:
    """Say whether the last word must have another behind it, as 열두 does and 열둘 does not."""
    last = title[-1].folded
    if last in table.BOUND_WORDS and len(title) > 1 and leads(title[-2].folded):
        return False  # work to do, not the number one
    return last in _WANTING or (len(last) > 1 and is_numeral(last) and last.endswith(table.COUNTING))


def _judge_inside(title: Sequence[Word], stems: Counter[str]) -> Iterator[tuple[str, float]]:
    if sum(word.folded.endswith("의") and word.folded not in table.NO_PARTICLES for word in title) > 1:
        yield "ko two owners", 1
    asks = any(is_asking(word.folded) for word in title)
    if ended := sum(ends_sentence(word.folded, asks=asks) for word in title[:-1]):
        yield "ko sentence inside", ended
    bound = sum(is_bound(word.folded) and not word.text.endswith((":", ",")) for word in title[1:-1])
    closed = sum(word.folded in table.CLOSED and leads(above.folded) for above, word in pairwise(title[:-1]))
    if bound + closed:
        yield "ko closed inside", min(2, bound + 2 * closed)
    tells = asks or "?" in title[-1].text or is_statement(title)
    if not tells and (topics := _count_topics(title, stems)):
        yield "ko topic inside", topics
    inner = [(word, below) for word, below in pairwise((*title[1:], title[-1])) if word.folded in table.OPENERS]
    if inner:
        yield "ko opener inside", min(2.0, sum(_LED if leads(below.folded) else 1.0 for _, below in inner))
    if _has_closed_measure(title):
        yield "ko measure inside", 1
    comma = max((place for place, word in enumerate(title[:-1]) if word.text.endswith(",")), default=-1)
    if comma >= 0:
        yield "ko comma inside", 1
        if _is_alike(title[comma].core, title[-1].core) and comma < len(title) - 2:
            yield "ko parallel", 1
        elif comma == len(title) - 2 and comma > 0:
            yield "ko comma short", 1


def _has_closed_measure(title: Sequence[Word]) -> bool:
    """Say whether a number of something, which closes what it counts, has a bare noun behind it at the end."""
    if len(title) < 3 or title[-1].folded in table.TIMES | table.ALWAYS_BOUND or not is_hangul(title[-1].folded):
        return False
    above = title[-2]
    return (
        is_measure(above.folded)
        and above.text == above.core
        and is_hangul(title[-3].core)
        and title[-3].text == title[-3].core
    )


def _is_alike(one: str, other: str) -> bool:
    """Say whether two parts of a title end alike: in the same word, or in numbers of the same thing."""
    return one == other or (is_measure(one) and is_measure(other) and one.lstrip(_DIGITS) == other.lstrip(_DIGITS))


def _count_topics(title: Sequence[Word], stems: Counter[str]) -> int:
    """How many words are a topic; before the last word, what may be a verb as well is one that leads to it."""
    topics = [word for word in list_subjects(title[:-1], stems) if word.folded.endswith(("은", "는"))]
    leads_to_end = _is_titular(title)
    return sum(word is not title[-2] or not (leads_to_end or word.folded.endswith(table.AMBIGUOUS)) for word in topics)


def find_close(title: Sequence[Word], stems: Counter[str]) -> str:
    """Say what a title ends in: a question, a noun made of a verb, a bare noun, or what must lead on."""
    last = title[-1].folded
    if is_quoted(title):
        return "quoted"
    if last in table.SECTIONS:
        return "noun"
    if _NUMBER.fullmatch(last) and not last.endswith(_SURE_PARTICLES + _TO):
        return "measure" if is_measure(last) else "number"
    if is_question(title):
        return "question"
    if _is_titular(title):
        return "titular"
    if is_conditional(last):
        return "conditional"
    if last.endswith(_TO) and any(word.folded.endswith(_FROM) for word in title[:-1]):
        return "noun"  # from one to the other
    if is_statement(title):
        return "statement"
    if _is_aim(title):
        return "adverbial"
    return "leading" if _leads_on(title) else _find_particle(title, stems)


def is_question(title: Sequence[Word]) -> bool:
    """Say whether a title ends like a question, which some endings do behind a question word only."""
    last = title[-1].folded
    if len(title) > 1 and is_asking(last) and last not in table.ASKING:
        return True
    short = len(last) == 2 and last[0] in table.VERBAL and last[1] == "나" and last not in table.NO_PARTICLES
    if (short or (len(last) > 2 and last.endswith(table.ASKED))) and _asks(title[:-1]):
        return True
    return (last.endswith(table.QUESTIONS) or is_asked(last)) and len(last) > 1 and (len(title) > 1 or len(last) > 2)


def _is_titular(title: Sequence[Word]) -> bool:
    last = title[-1].folded
    if is_bound(last):
        return True
    led = len(title) > 1 and is_adnominal(title[-2].folded)
    return (last in table.BOUND_WORDS and led) or (last in table.ALWAYS_BOUND - table.TIMES and len(title) > 1)


def _is_aim(title: Sequence[Word]) -> bool:
    """Say whether a title tells what is sought or made into what: an object, and where it goes."""
    last = title[-1].folded
    return len(title) > 1 and is_object(title[-2].folded) and last.endswith(_AIMS)


def _leads_on(title: Sequence[Word]) -> bool:
    """Say whether a noun or a verb must follow: an object wants its verb, which in a sentence leads on."""
    last = title[-1].folded
    if len(title) > 1 and is_object(title[-2].folded):
        return True
    return leads(last) or (len(last) == 2 and last.endswith(("는", "은", "한", "된")))


def _find_particle(title: Sequence[Word], stems: Counter[str]) -> str:
    """Say what kind of particle a title ends in, or that it is a bare noun."""
    last = title[-1].folded
    if last in table.TIMES:
        return "noun"
    counted = len(title) > 1 and is_numeral(title[-2].folded)
    if counted and len(last) > 1 and last.endswith((*SHORT_PARTICLES, "를")):
        return "particle"
    if len(title) == 1 and not last.endswith(_SURE_PARTICLES) and not stems[find_stem(last)]:
        return "noun"  # nobody calls a chapter by a noun with its particle
    if not is_marked(last, stems):
        return "noun"
    if last.endswith(("은", "는")) and len(title) > 1:
        return "topic"
    return "adverbial" if last.endswith(table.ADVERBIAL) else "particle"


def _asks(words: Sequence[Word]) -> bool:
    """Say whether words ask for a verb behind them: which and what kind of want a noun first."""
    asking = [is_asking(word.folded) for word in words]
    return any(asking) and not (asking[-1] and words[-1].folded in table.ASKING_FOR_NOUNS)


def is_statement(title: Sequence[Word]) -> bool:
    """Say whether a title is a sentence: within prose each has its stop, so that one without must be a title."""
    last = title[-1].folded
    if len(last) < 2 or title[-1].text.endswith((",", ".")):
        return False
    calls = len(title) > 1 and is_object(title[-2].folded) and last.endswith(table.CALLS)
    return calls or last.endswith(table.POLITE) or (last.endswith("다") and not last.endswith(table.NO_STATEMENTS))


def is_quoted(title: Sequence[Word]) -> bool:
    """Say whether a title is one quotation and nothing else; a word alone is only set off."""
    text = " ".join(word.text for word in title)
    if len(title) < 2 or text[0] not in _SETTING_OFF:
        return False
    return text[-1] == _CLOSINGS[_OPENINGS.index(text[0])] and text.count(text[0]) == 1


def _is_quotation_whole(words: Sequence[Word]) -> bool:
    """Say whether every quotation that begins among words ends there, which an apostrophe of other scripts does not."""
    return all(
        sum(word.text.count(opening) - word.text.count(closing) for word in words) <= 0
        for opening, closing in zip(_OPENINGS, _CLOSINGS, strict=True)
    )
