"""The closed classes of Korean: particles, endings, bound nouns, adverbs and determiners."""

from __future__ import annotations

SUBJECTS = tuple("에서는 에게는 으로는 로는 에는 과는 와는 이란 께서 은 는 이 가 도".split())
"""Particles behind a subject or a topic, the longest first."""

PARTICLES = tuple(
    "에서의 으로의 에게서 으로부터 로부터 까지의 에서도 에게 에서 부터 까지 처럼 보다 마다 조차 밖에 으로 한테 "
    "이나 이라는 라는 하고 에 의 을 를 로 와 과 만 나".split()
)
"""All others."""

OBJECTS = ("을", "를", "에")
"""Particles that no noun ends in: what bears one wants its verb."""

LEADING = tuple(
    "가는 가며 간 같은 같이 거나 관한 기는 긴 나는 난 내는 냐는 넣는 는데 다는 다른 대한 대해 더해 던 도록 되게 "
    "되는 되면 되지 된 될 두고 든 따라 라는 렇게 려고 려면 롭게 르는 르지 리고 리는 린 만든 많은 말하는 면서 받는 "
    "보는 본 스럽게 시면 싶은 쓰는 쓴 아서 않는 않은 않지 어서 없는 없이 오는 온 용해 우는 운 위한 위해 으며 으면 "
    "의한 이고 이며 이지 인한 있는 자는 작은 작해 전해 정해 좋은 주는 지는 지만 진 짓는 찾는 큰 킨 통한 통해 하게 "
    "하고 하는 하며 하면 하면서 하여 하지 한 할 해서 향해".split()
)
"""Endings of what a noun or a verb must follow: adnominal and connective forms, adverbs made of verbs."""

QUESTIONS = tuple("가요 까 까요 나요 는가 되나 았나 었나 였나 은가 을까 인가 있나 죠 하나 했나".split())
"""Endings of questions, which close a title."""

SENTENCES = tuple(
    "갔다 났다 니다 된다 린다 세요 아요 았다 어요 없다 었다 왔다 이다 있다 준다 진다 한다 해요 했다".split()
)
"""Endings of sentences."""

BOUND = tuple("과정 기 까닭 다면 때문 며 방법 사람 사람들 순간 이유 조건 차이".split())
"""Endings of nouns made of verbs, and of nouns to which a verb leads: they close a title."""

BOUND_WORDS = frozenset("것 길 날 때 밤 법 점".split())
"""The same, where they are the whole word."""

NO_BOUND = tuple(
    "감기 거기 경기 계기 고기 공기 단기 대기 동기 말기 무기 분기 세기 습기 시기 아기 여기 연기 용기 위기 인기 자기 "
    "장기 전기 주기 중기 초기 학기 환기 후기".split()
)
"""Nouns that only look like one made of a verb."""

OPENERS = frozenset(
    "가을 겨울 결국 고작 곧 그 그것은 그날 그녀는 그는 그다음 그때 그래서 그러나 그런 그런데 그렇게 내년 누구나 "
    "다만 다음날 당시 대개 대신 또 또한 마침내 막상 만약 만일 많은 매년 매일 먼저 모두 모든 무엇보다 물론 반대로 "
    "반면 봄 사실 새벽 실제로 아무도 아직 아침 안녕하세요 어느 어떤 어제 여기 여기서 여름 여전히 역시 예를 오늘 "
    "오늘은 오랫동안 오전 오후 오히려 올해 올해도 요즘 우리 우리는 우선 원래 이 이것은 이날 이는 이듬해 이때 이런 "
    "이번 이번에는 이어 이어서 이제 이처럼 일단 작년 저녁 저는 저희 저희는 제가 주로 지금 지금은 지난 지난달 "
    "지난주 지난해 처음 처음에는 첫째 최근 특히 하지만 한때 한번 한편 항상 현재 흔히".split()
)
"""Adverbs, pronouns and determiners that begin a sentence."""

JOINING = frozenset("그리고 또는 및 혹은".split())
"""What joins words before and behind it."""

HANGING = frozenset(
    "vs 가장 각 갈 거의 그 그리고 꼭 너무 네 다섯 다시 대 더 덜 될 두 들어 또는 마흔 만 매 매우 몇 모든 못 및 백 "
    "번째 볼 빨리 사십 살 삼십 새 서른 세 수 스무 스물 십 쓸 아주 아홉 안 알 어떤 여덟 여러 여섯 열 옛 오래 오십 "
    "올 왜 이 이미 이십 일곱 자주 잘 저 줄 천 천천히 첫 한 할 함께 해 혹은".split()
)
"""Determiners, numerals and adverbs: they want a word behind them."""

ASKING = frozenset("누가 누구 무슨 무엇 무엇을 무엇이 어디 어디서 어떤 어떻게 언제 얼마나 왜".split())
"""Question words."""

VERB_STEMS = tuple("가꾸 걷 견디 꾸 남 놓 다니 되 르 만드 먹 바꾸 받 살 시 시키 싶 않 없 있 지키 찾 하".split())
"""Ends of the stems of verbs, behind which 는 is no topic."""

NO_PARTICLES = frozenset(
    "강의 나이 논의 사이 속도 아이 온도 의의 이야기 정도 정의 제도 주의 지도 차이 태도 합의 회의".split()
)
"""Nouns that end like a particle."""

SHORT_NOUNS = frozenset(
    "개분명번말일돈물술밤길집날때것수값힘몸눈손발빛꽃글책병맛향콩불봄답팀줄칸살년달앞뒤옆밖속곳쪽땅산강섬비문방벽"
)
"""Nouns of one syllable, so that 이, 가, 은 or 는 behind them is a particle."""
