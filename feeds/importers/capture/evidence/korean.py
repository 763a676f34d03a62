"""Korean: particles say what a noun does, endings what a verb leads to, and titles end in a noun or a question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from feeds.importers.capture.evidence.words import Word

SUBJECTS = tuple("에서는 에게는 으로는 로는 에는 과는 와는 이란 께서 은 는 이 가 도".split())
OTHERS = tuple(
    "에서의 으로의 에게서 으로부터 로부터 까지의 에서도 에게 에서 부터 까지 처럼 보다 마다 조차 밖에 으로 한테 "
    "이나 이라는 라는 하고 에 의 을 를 로 와 과 만 나".split()
)
LEADING = tuple(
    "하는 되는 있는 없는 같은 다른 많은 좋은 된 한 할 될 던 킨 진 난 운 린 긴 든 온 간 본 쓴 만든 않은 않는 위한 대한 "
    "통한 의한 인한 관한 르는 리는 기는 지는 오는 가는 나는 내는 우는 주는 보는 쓰는 짓는 넣는 받는 찾는 말하는 싶은 작은 큰 "
    "하고 하며 하면서 해서 하여 지만 는데 아서 어서 려고 도록 면서 거나 으면 으며 다면 려면 하면 되면 이며 이고 "
    "하게 되게 없이 같이 따라 통해 위해 대해".split()
)
"""Endings of what a noun or a verb must follow."""
ENDINGS = tuple("다 까 요 죠 나 가 자 지 네 까요 나요 인가 는가 은가 을까 ㄹ까".split())
QUESTIONS = tuple("까 까요 나요 가요 인가 는가 은가 을까 했나 었나 았나 였나 있나 하나 되나 죠 까".split())
TITULAR = tuple(
    "기 법 이유 까닭 방법 것 점 과정 미래 시작 의미 생각 소개 인사 이야기 문제 역할 차이 사람들 사람 하루 길 날 "
    "기초 조건 순간 시대 까지 며 란 설명 전략 비교 정리 마무리 질문".split()
)
OPENERS = frozenset(
    "가장 거의 결국 고작 곧 그 그것은 그날 그는 그녀는 그다음 그때 그래서 그러나 그런 그런데 그렇게 그리고 누구나 다만 당시 "
    "대개 대신 또 또한 마침내 막상 만약 만일 많은 매년 매일 먼저 모두 모든 무엇보다 물론 바로 반대로 반면 사실 실제로 아무도 "
    "아직 안녕하세요 어느 어떤 여기 여기서 여전히 역시 예를 오늘 오늘은 오랫동안 오히려 올해 올해도 요즘 우리 우리는 우선 원래 "
    "이 이것은 이날 이는 이때 이런 이번 이번에는 이어 이어서 이제 이처럼 일단 작년 저는 저희 저희는 제가 주로 지금 지금은 지난 "
    "처음 처음에는 첫 첫째 최근 특히 하지만 한 한때 한번 한편 함께 항상 현재 흔히 두 세 네".split()
)
HANGING = frozenset("그 이 저 및 또는 그리고 왜 더 한 두 세 네 첫 새 옛 모든 어떤 각 매 vs 대".split())
ASKING = frozenset("무엇 무엇이 무엇을 누가 누구 언제 어디 어디서 어떻게 왜 얼마나 무슨 어떤".split())
_NOUNS_LIKE_PARTICLES = frozenset("아이 차이 사이 이야기 나이 회의 주의 정의 강의 의의 논의 합의 정도 제도 지도 태도 속도 온도".split())


def is_hangul(text: str) -> bool:
    """Say whether a word ends in Korean letters."""
    return bool(text) and "\uac00" <= text[-1] <= "\ud7a3"


def find_stem(folded: str) -> str:
    """A word without the particle at its end; a word of another script stays as it is.

    >>> find_stem("수평이"), find_stem("cursor가"), find_stem("salt")
    ('수평', 'cursor', 'salt')
    """
    if not is_hangul(folded) or folded in _NOUNS_LIKE_PARTICLES:
        return folded
    for particle in (*SUBJECTS, *OTHERS):
        if folded.endswith(particle) and len(folded) > len(particle) + (1 if len(particle) == 1 else 0):
            return folded[: -len(particle)]
        if folded.endswith(particle) and not is_hangul(folded[: -len(particle)]) and len(folded) > len(particle):
            return folded[: -len(particle)]
    return folded


def find_korean_evidence(title: Sequence[Word], body: Sequence[Word], stems: Counter[str]) -> Iterator[tuple[str, float]]:
    """What Korean says of a boundary."""
    last = title[-1]
    asks = any(word.folded in ASKING for word in title)
    if last.folded in HANGING:
        yield "hanging", 1
    elif is_hangul(last.folded) and "?" not in last.text:
        if last.folded.endswith(QUESTIONS) and (asks or len(title) > 1):
            yield "ko question", 1
        elif last.folded.endswith(TITULAR):
            yield "ko titular", 1
        elif last.folded.endswith(LEADING):
            yield "ko leading", 1
        elif is_marked(last.folded, stems):
            yield "ko particle", 1
        else:
            yield "ko noun", 1
    for word in title[:-1]:
        if is_hangul(word.folded) and word.folded.endswith(("니다", "이다", "한다", "된다", "했다", "었다", "았다", "있다", "없다")):
            yield "ko sentence inside", 1
        elif word.folded.endswith(QUESTIONS[:-2]) and len(word.folded) > 2 and asks:
            yield "ko sentence inside", 1
    if not body:
        return
    if body[0].folded in OPENERS:
        yield "ko opener", 1
    place = next((place for place, word in enumerate(body[:6]) if is_subject(word.folded, stems)), None)
    clause = next((place for place, word in enumerate(body) if word.text.endswith((",", ".", "?", "!"))), len(body))
    if place is None or place > clause:
        yield "ko no subject", 1
    else:
        yield "ko subject", max(0.0, 1 - 0.25 * place)
    if find_stem(body[0].folded) == find_stem(last.folded):
        yield "repeated", 1
    if body[0].folded in ("및", "또는", "vs"):
        yield "hanging", 1


def is_marked(folded: str, stems: Counter[str]) -> bool:
    """Say whether a word bears a particle, which a noun that only looks so does not."""
    stem = find_stem(folded)
    return stem != folded and not (stems[folded] and not stems[stem])


def is_subject(folded: str, stems: Counter[str]) -> bool:
    """Say whether a word is a subject or a topic by its particle."""
    if not folded.endswith(SUBJECTS) or len(folded) < 2 or folded in _NOUNS_LIKE_PARTICLES:
        return False
    stem = find_stem(folded)
    if stem == folded:
        return False
    return stems[stem] > 1 or not folded.endswith(LEADING)
