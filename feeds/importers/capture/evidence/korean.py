"""Korean: particles say what a noun does, endings what a verb leads to, and titles end in a noun or a question."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from feeds.importers.capture.evidence.words import Word

SUBJECTS = tuple("에서는 에게는 으로는 로는 에는 과는 와는 이란 께서 은 는 이 가 도".split())
OTHERS = tuple(
    "에서의 으로의 에게서 으로부터 로부터 까지의 에서도 에게 에서 부터 까지 처럼 보다 마다 조차 밖에 으로 한테 "
    "이나 이라는 라는 하고 에 의 을 를 로 와 과 만 나".split()
)
LEADING = tuple(
    "작해 용해 향해 전해 더해 정해 시면 다는 라는 냐는 자는 않지 되지 하지 이지 르지 롭게 스럽게 렇게 리고 두고 가며 하는 되는 있는 없는 같은 다른 많은 좋은 된 한 할 될 던 킨 진 난 운 린 긴 든 온 간 본 쓴 만든 않은 않는 위한 대한 "
    "통한 의한 인한 관한 르는 리는 기는 지는 오는 가는 나는 내는 우는 주는 보는 쓰는 짓는 넣는 받는 찾는 말하는 싶은 작은 큰 "
    "하고 하며 하면서 해서 하여 지만 는데 아서 어서 려고 도록 면서 거나 으면 으며 다면 려면 하면 되면 이며 이고 "
    "하게 되게 없이 같이 따라 통해 위해 대해".split()
)
"""Endings of what a noun or a verb must follow."""
ENDINGS = tuple("다 까 요 죠 나 가 자 지 네 까요 나요 인가 는가 은가 을까 ㄹ까".split())
QUESTIONS = tuple("까 까요 나요 가요 인가 는가 은가 을까 했나 었나 았나 였나 있나 하나 되나 죠 까".split())
SENTENCES = tuple("니다 이다 한다 된다 했다 었다 았다 있다 없다 났다 왔다 갔다 준다 린다 진다 세요 어요 아요 해요".split())
TITULAR_WORDS = frozenset("것 길 날 밤 법 점".split())
TITULAR = tuple(
    "기 며 다면 이유 까닭 방법 과정 미래 시작 의미 생각 소개 인사 이야기 문제 역할 차이 사람들 사람 하루 "
    "기초 조건 순간 시대 란 설명 전략 비교 정리 마무리 질문".split()
)
OPENERS = frozenset(
    "내년 작년 올해 지난해 이듬해 다음날 봄 여름 가을 겨울 새벽 오전 오후 아침 저녁 어제 지난달 지난주 결국 고작 곧 그 그것은 그날 그는 그녀는 그다음 그때 그래서 그러나 그런 그런데 그렇게 누구나 다만 당시 "
    "대개 대신 또 또한 마침내 막상 만약 만일 많은 매년 매일 먼저 모두 모든 무엇보다 물론 반대로 반면 사실 실제로 아무도 "
    "아직 안녕하세요 어느 어떤 여기 여기서 여전히 역시 예를 오늘 오늘은 오랫동안 오히려 올해 올해도 요즘 우리 우리는 우선 원래 "
    "이 이것은 이날 이는 이때 이런 이번 이번에는 이어 이어서 이제 이처럼 일단 작년 저는 저희 저희는 제가 주로 지금 지금은 지난 "
    "처음 처음에는 첫째 최근 특히 하지만 한때 한번 한편 항상 현재 흔히".split()
)
_SHORT_NOUNS = "개분명번말일돈물술밤길집날때것수값힘몸눈손발빛꽃글책병맛향콩불봄답팀줄칸살년달앞뒤옆밖속곳쪽땅산강섬비문방벽"
_JOINING = frozenset("그리고 및 또는 혹은 그리고는".split())
_OBJECTS = ("을", "를", "에")
HANGING = frozenset("번째 다섯 여섯 일곱 여덟 아홉 열 스무 스물 서른 마흔 이십 삼십 사십 오십 십 백 천 만 수 몇 여러 빨리 자주 천천히 꼭 거의 이미 들어 해 볼 할 될 갈 올 쓸 줄 살 알 다시 함께 가장 아주 매우 잘 못 안 덜 오래 그 이 저 및 또는 그리고 왜 더 한 두 세 네 첫 새 옛 모든 어떤 각 매 vs 대".split())
ASKING = frozenset("무엇 무엇이 무엇을 누가 누구 언제 어디 어디서 어떻게 왜 얼마나 무슨 어떤".split())
_NO_GERUNDS = tuple(
    "동기 경기 시기 위기 공기 용기 계기 전기 무기 자기 후기 초기 장기 단기 연기 인기 고기 여기 거기 아기 감기 환기 습기 "
    "세기 주기 분기 대기 학기 중기 말기".split()
)
_VERB_STEMS = tuple("하 되 있 없 않 싶 르 놓 받 찾 먹 남 걷 살 견디 지키 시키 만드 다니 가꾸 바꾸 꾸 시".split())
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
    if len(folded) == 2 and folded.endswith(("을", "를")):
        return folded[0]
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
        yield f"ko {find_close(title, stems)}", 1
    for word in title[:-1]:
        if is_hangul(word.folded) and (
            word.folded.endswith(SENTENCES) or (asks and len(word.folded) > 2 and word.folded.endswith(QUESTIONS))
        ):
            yield "ko sentence inside", 1
    if any(_is_titular(word.folded) for word in title[:-1]):
        yield "ko closed inside", 1
    topics = sum(
        word.folded.endswith(("은", "는")) and is_subject(word.folded, stems) and not above.endswith(_OBJECTS)
        for above, word in zip(["", *(word.folded for word in title)], title[:-1], strict=False)
    )
    if topics and not asks and "?" not in title[-1].text:
        yield "ko topic inside", topics
    if any(word.folded in OPENERS for word in title[1:]):
        yield "ko opener inside", 1
    if any(word.text.endswith(",") for word in title[:-1]):
        yield "ko comma inside", 1
    if not body:
        return
    if body[0].folded in _JOINING:
        yield "ko joined", 1
    elif body[0].folded in OPENERS:
        yield "ko opener", 1
    if re.match(r"\d", body[0].text):
        yield "ko number", 1
    marked = next((place for place, word in enumerate(body[:6]) if _is_placed(word.folded, stems)), 6)
    yield "ko marked", 1 - 0.3 * min(4, marked)
    sentence = next((place for place, word in enumerate(body) if word.text.endswith((".", "?", "!"))), len(body))
    if any(_is_titular(word.folded) for word in body[: min(6, sentence)]):
        yield "ko closed within", 1
    place = next(
        (
            place
            for place, word in enumerate(body[:6])
            if is_subject(word.folded, stems) and not (place and body[place - 1].folded.endswith(_OBJECTS))
        ),
        None,
    )
    clause = next((place for place, word in enumerate(body) if word.text.endswith((",", ".", "?", "!"))), len(body))
    if place is None or place > clause:
        yield "ko no subject", 1
    else:
        yield "ko subject", max(0.0, 1 - 0.25 * place)
    if last.folded.endswith(QUESTIONS) and any(word.folded.endswith(QUESTIONS[:6]) for word in body[:2]):
        yield "splits question", 1
    if find_stem(body[0].folded) == find_stem(last.folded):
        yield "repeated", 1


def find_close(title: Sequence[Word], stems: Counter[str]) -> str:
    """Say what a title ends in: a question, a noun made of a verb, a bare noun, or what must lead on."""
    last = title[-1].folded
    if last.endswith(QUESTIONS) and len(last) > 1 and (len(title) > 1 or len(last) > 2):
        return "question"
    if last in TITULAR_WORDS or _is_titular(last):
        return "titular"
    if len(title) > 1 and title[-2].folded.endswith(_OBJECTS[:2]):
        return "leading"  # an object wants its verb, and a verb in the midst of a sentence leads on
    if last.endswith(LEADING) or (len(last) == 2 and last.endswith(("는", "은", "한", "된"))):
        return "leading"
    return "particle" if is_marked(last, stems) else "noun"


def _is_placed(folded: str, stems: Counter[str]) -> bool:
    """Say whether a word has its place in a sentence by a particle, or needs none."""
    return folded in OPENERS or is_subject(folded, stems) or (is_hangul(folded) and is_marked(folded, stems))


def _is_titular(folded: str) -> bool:
    return len(folded) > 1 and folded.endswith(TITULAR) and not folded.endswith(_NO_GERUNDS)


def is_marked(folded: str, stems: Counter[str]) -> bool:
    """Say whether a word bears a particle, which a noun that only looks so does not."""
    if folded.endswith(_OBJECTS) and len(folded) > 1:
        return True
    if len(folded) == 2 and folded.endswith(("이", "가", "은", "는")):
        return stems[folded[0]] > 0 or folded[0] in _SHORT_NOUNS
    stem = find_stem(folded)
    return stem != folded and not (stems[folded] and not stems[stem])


def is_subject(folded: str, stems: Counter[str]) -> bool:
    """Say whether a word is a subject or a topic by its particle."""
    if not folded.endswith(SUBJECTS) or len(folded) < 2 or folded in _NOUNS_LIKE_PARTICLES:
        return False
    stem = find_stem(folded)
    if stem == folded:
        return False
    if stems[stem] > 1:
        return True
    return not folded.endswith(("도", *LEADING)) and not (folded.endswith("는") and stem.endswith(_VERB_STEMS))
