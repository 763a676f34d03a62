"""The forms of Korean words: what their last syllables say of what stands before and behind them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from feeds.importers.capture.evidence.korean import words as table
from feeds.importers.capture.evidence.words import Word

SHORT_PARTICLES = ("이", "가", "은", "는", "로", "도", "만", "와", "과")
"""Those of one syllable that a noun of one syllable can bear."""
_TENS = re.compile("(?:열|스물|서른|마흔|쉰|예순|일흔|여든|아흔|백)(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉)?")
_PRONOUN_PARTICLES = "은는이가도를을의"
FINAL_L = 8
_FINAL_N = 4
FINAL_SS = 20
"""L, n and the double s of the past, by their places among the finals of a syllable (Unicode 15, section 3.12)."""
_DEGREES = "도"
_INFINITIVE_VOWELS = (0, 1, 4, 6, 9, 10, 14)
"""Those in which the infinitive of a verb ends, by their places among all: a, ae, eo, yeo, wa, wae and wo."""
_MEASURE = re.compile(r"\d[\d.,]*(?P<unit>[^\W\d]{0,4}|%)")


def is_hangul(text: str) -> bool:
    """Say whether a word ends in Korean letters."""
    return bool(text) and "\uac00" <= text[-1] <= "\ud7a3"


def find_stem(folded: str) -> str:
    """A word without the particle at its end; a word of another script stays as it is.

    >>> find_stem("수평이"), find_stem("cursor가"), find_stem("술을"), find_stem("salt")
    ('수평', 'cursor', '술', 'salt')
    """
    if not is_hangul(folded) or folded in table.NO_PARTICLES or folded.endswith(table.NO_PARTICLE_ENDS):
        return folded
    if len(folded) == 2 and folded.endswith(table.OBJECTS[:2]):
        return folded[0]
    for particle in (*table.SUBJECTS, *table.PARTICLES):
        stem = folded.removesuffix(particle)
        bears = stem and stem != folded and (len(stem) > 1 or len(particle) > 1 or not is_hangul(stem))
        if bears and fits(stem, particle):
            return stem
    return folded


def fits(stem: str, particle: str) -> bool:
    """Say whether a particle can stand behind a noun: many have a form for consonants and one for vowels."""
    if not is_hangul(stem):
        return True
    final = find_final(stem)
    if particle.startswith("로"):
        return final in (0, FINAL_L)
    if particle.startswith(table.BEHIND_CONSONANTS):
        return final > 0
    return final == 0 or not particle.startswith(table.BEHIND_VOWELS)


def find_final(folded: str) -> int:
    """The consonant that the last syllable ends in, by its place among all; 0 for none."""
    return (ord(folded[-1]) - 0xAC00) % 28


def is_measure(folded: str) -> bool:
    """Say whether a word is a number with what it counts, and is neither a date nor bears a particle.

    >>> is_measure("138km"), is_measure("3,104명"), is_measure("2019년"), is_measure("71%가")
    (True, True, False, False)
    """
    measure = _MEASURE.fullmatch(folded)
    others = (*table.DATES, *table.ORDINALS, *SHORT_PARTICLES, *table.OBJECTS, "의")
    return measure is not None and (measure["unit"] == _DEGREES or not measure["unit"].endswith(others))


def is_marked(folded: str, stems: Counter[str]) -> bool:
    """Say whether a word bears a particle, which a noun that only looks so does not."""
    if folded in table.NO_PARTICLES:
        return False
    if len(folded) > 1 and (folded.endswith(table.OBJECTS) or is_pronoun(folded)):
        return True
    if len(folded) == 2 and folded.endswith((*SHORT_PARTICLES, "의")):
        return stems[folded[0]] > 0 or folded[0] in table.SHORT_NOUNS
    stem = find_stem(folded)
    return stem != folded and not (stems[folded] and not stems[stem])


def is_numeral(folded: str) -> bool:
    """Say whether a word is a numeral that what it counts follows.

    >>> is_numeral("스물네"), is_numeral("두"), is_numeral("하나")
    (True, True, False)
    """
    return folded in table.NUMERALS or _TENS.fullmatch(folded) is not None


def is_pronoun(folded: str) -> bool:
    """Say whether a word is a pronoun with a particle or without.

    >>> is_pronoun("저도"), is_pronoun("그들은"), is_pronoun("나이")
    (True, True, False)
    """
    short = len(folded) == 2 and folded[0] in table.PRONOUNS and folded[1] in _PRONOUN_PARTICLES
    return (short and folded not in table.NO_PARTICLES) or find_stem(folded) in table.PRONOUNS


def is_subject(folded: str, stems: Counter[str]) -> bool:
    """Say whether a word is a subject or a topic by its particle."""
    if not folded.endswith(table.SUBJECTS) or len(folded) < 2 or folded in table.NO_PARTICLES:
        return False
    if len(folded) == 2 and folded[0] in table.SHORT_NOUNS:
        return True
    stem = find_stem(folded)
    if stem == folded:
        return False
    if stems[stem] > 1 or folded.endswith(table.AMBIGUOUS):
        return True
    return not (folded.endswith("도") or leads(folded)) and not (
        folded.endswith("는") and stem.endswith(table.VERB_STEMS)
    )


def list_subjects(words: Sequence[Word], stems: Counter[str]) -> Iterator[Word]:
    """The subjects and topics among words; behind an object, 는 is the end of a verb."""
    for place, word in enumerate(words):
        if is_subject(word.folded, stems) and not (place and is_object(words[place - 1].folded)):
            yield word


def is_topic(folded: str, stems: Counter[str]) -> bool:
    """Say whether a word is a topic by its particle."""
    return folded.endswith(("은", "는")) and is_subject(folded, stems)


def is_modifier(folded: str) -> bool:
    """Say whether a word surely leads to a noun: it owns it, or is a verb that ends in n or l for that."""
    return is_adnominal(folded) and (folded.endswith("의") or leads(folded) or folded in table.HANGING)


def is_adnominal(folded: str) -> bool:
    """Say whether a word can lead to a noun by its last letter."""
    if folded.endswith("의"):
        return folded not in table.NO_PARTICLES
    return is_hangul(folded) and (find_final(folded) in (_FINAL_N, FINAL_L))


def leads(folded: str) -> bool:
    """Say whether a noun or a verb must follow a word; 는 behind a consonant is the end of a verb.

    >>> leads("먹는"), leads("나무는"), leads("하고")
    (True, False, True)
    """
    if folded in table.NO_LEADING:
        return False
    return folded.endswith((*table.LEADING, *_FUTURE)) or (
        len(folded) > 1 and folded[-1] == "는" and is_hangul(folded[:-1]) and find_final(folded[:-1]) > 0
    )


def _find_future(ending: str) -> str:
    """The form in l of a verb whose form in n is given."""
    if ending.endswith("은"):
        return f"{ending[:-1]}을"
    return ending[:-1] + chr(ord(ending[-1]) + FINAL_L - _FINAL_N)


_FUTURE = tuple(
    _find_future(ending)
    for ending in table.LEADING
    if len(ending) > 1 and find_final(ending) == _FINAL_N and not ending.endswith("는")
)
"""Verbs lead to a noun in n for what was, in l for what will be: 헤어진 사람, 헤어질 결심."""


def is_asking(folded: str) -> bool:
    """Say whether a word is a question word, with a particle or without.

    >>> is_asking("어디까지"), is_asking("무엇을"), is_asking("누구나")
    (True, True, False)
    """
    if folded in table.OPENERS or folded.endswith("나"):
        return False
    return folded in table.ASKING or find_stem(folded) in table.ASKING


def is_asked(folded: str) -> bool:
    """Say whether a word is a verb that asks by its ending alone; the particle 가 stands behind vowels only.

    >>> is_asked("가능한가"), is_asked("전문가"), is_asked("나비가"), is_asked("할까")
    (True, False, False, True)
    """
    if len(folded) < 2 or not is_hangul(folded[-2:-1]):
        return False
    if folded.endswith("까"):
        return True
    asks = len(folded) > 2 and folded.endswith("가") and find_final(folded[:-1]) == _FINAL_N
    return asks and folded not in table.NO_PARTICLES and not folded.endswith(table.NO_ASKED)


def needs(folded: str, following: str) -> bool:
    """Say whether a verb needs the one that follows it: it is an infinitive, and that says how it is done.

    >>> needs("읽어", "주기보다"), needs("깨지", "않아도"), needs("살펴야", "하는"), needs("바다", "이야기")
    (True, True, True, False)
    """
    if len(folded) < 2 or not is_hangul(folded) or not following:
        return False
    single = following in table.ADNOMINALS
    if folded.endswith("지") and following.startswith(table.DENYING):
        return True
    if folded.endswith(("야", "도", "면")) and (single or following.startswith(table.OBLIGING)):
        return True
    vowel = (ord(folded[-1]) - 0xAC00) % 588 // 28
    infinitive = find_final(folded) == 0 and vowel in _INFINITIVE_VOWELS
    told = leads(following) and (is_adnominal(following) or following.endswith("는"))
    return infinitive and (single or told or following.startswith(table.AUXILIARIES))


def is_conditional(folded: str) -> bool:
    """Say whether a word ends in 면 behind the stem of a verb, which ends in a vowel or in l."""
    stem = folded.removesuffix("면")
    if stem == folded or len(stem) < 2 or not is_hangul(stem) or folded.endswith(table.NO_CONDITIONS):
        return False
    return find_final(stem) in (0, FINAL_L) and (not stem.endswith("라") or fits(stem[:-1], "라"))


def is_object(folded: str) -> bool:
    """Say whether a word is an object or a place by its particle."""
    verb = folded.endswith("을") and folded[-2:-1] in table.CLOSED_STEMS
    return folded.endswith(table.OBJECTS) and folded not in table.NO_PARTICLES and not verb


def is_placed(folded: str, stems: Counter[str]) -> bool:
    """Say whether a word has its place in a sentence by a particle, or needs none."""
    return folded in table.OPENERS or is_subject(folded, stems) or (is_hangul(folded) and is_marked(folded, stems))


def is_verbal(folded: str) -> bool:
    """Say whether a word is a verb made a noun by 기.

    >>> is_verbal("읽기"), is_verbal("전기"), is_verbal("쓰레기")
    (True, False, False)
    """
    if not folded.endswith("기") or folded[-2:-1] not in table.VERBAL:
        return False
    return folded not in table.NO_BOUND and not folded.endswith(table.NO_BOUND_ENDS)


def is_bound(folded: str) -> bool:
    """Say whether a word is a noun made of a verb, or one to which a verb leads."""
    return is_verbal(folded) or (len(folded) > 1 and folded.endswith(table.BOUND))


def ends_sentence(folded: str, *, asks: bool) -> bool:
    """Say whether a sentence ends with a word; `asks` says that a question word stands before it."""
    if not is_hangul(folded):
        return False
    return folded.endswith(table.SENTENCES) or (asks and len(folded) > 2 and folded.endswith(table.QUESTIONS))
