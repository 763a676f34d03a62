"""The closed classes of Korean: particles, endings, bound nouns, adverbs and determiners."""

from __future__ import annotations

SUBJECTS = tuple("에서는 에게는 으로는 로는 에는 과는 와는 이란 께서 은 는 이 가 도".split())
"""Particles behind a subject or a topic, the longest first."""

PARTICLES = tuple(
    "에서의 으로의 에게서 으로부터 로부터 까지의 에서도 에게 에서 부터 까지 처럼 보다 마다 조차 밖에 으로 한테 "
    "이나 이라는 라는 하고 에 의 을 를 로 와 과 만 나".split()
)
"""All others."""

BEHIND_CONSONANTS = tuple("은 이 을 과 으".split())
"""How particles begin that stand behind a consonant only."""

BEHIND_VOWELS = tuple("는 가 를 와 나 라".split())
"""And behind a vowel only."""

OBJECTS = ("을", "를", "에")
"""Particles that no noun ends in: what bears one wants its verb."""

LEADING = tuple(
    "가는 가며 가면 가볍게 감춘 갖춘 같은 같이 거나 거둔 검은 고른 고친 굳은 기는 기울인 긴 길게 깊게 깊은 껴 꿔 "
    "끓인 나간 나는 나면 나온 낡은 남은 낮게 낮은 낮춘 내는 낸 냐는 넓은 넣는 녹인 높게 높은 높인 놓인 놓친 누른 "
    "눠 는데 늦게 늦은 늦춘 다는 다르게 다른 다친 대해 더해 던 도록 돌아간 돌아온 되게 되는 되면 되지 된 될 두고 "
    "둬 들어온 들인 따라 따른 라는 렇게 려고 려면 려진 롭게 르는 르면 르지 리고 리는 리면 린 마친 만든 많은 망친 "
    "맞춘 먹은 먹인 멈춘 면서 모든 모른 모인 묶인 물든 미친 믿은 받는 벌인 병든 보는 보면 보인 부른 붉은 붙인 "
    "비싼 빠르게 빠른 섞인 쉽게 스럽게 시든 시면 싶은 쌓인 쓰는 쓰인 아난 아서 아진 앉은 않는 않은 않지 알아본 "
    "앞둔 얕은 어난 어렵게 어서 어진 얻은 없는 없이 여 여진 오는 오랜 오른 오면 용해 우는 운 움직인 위해 으며 "
    "으면 이고 이른 이며 이지 읽은 있는 자는 작게 작은 작해 잠든 적인 전해 젊은 접어든 정해 젖은 져 좁은 좋은 주는 "
    "죽은 줄인 줘 지는 지른 지만 지면 지친 짓는 짧게 짧은 찍은 찾는 쳐 춰 치른 켜 크게 킨 타난 텨 통해 펴 푸른 "
    "하게 하고 하는 하며 하면 하지 한 할 해본 해서 해진 향해 흐른 히 힌 힘든 겨 혀 뀌어 되어 쉬어 지어 피어 "
    "남긴 넘긴 맡긴 생긴 숨긴 옮긴 이긴 즐긴 챙긴".split()
)
"""Endings of what a noun or a verb must follow: adnominal and connective forms, adverbs made of verbs."""

AUXILIARIES = tuple(
    "가는 갔 내는 냈 놓 놨 두는 두기 두고 두었 뒀 드리 드렸 버리 버린 버릴 버렸 보는 보기 보고 보니 보면 보았 봤 "
    "오는 왔 있 주는 주기 주고 주면 주었 줘 줬 지는 졌".split()
)
"""How verbs begin that stand behind another in its infinitive, and say how it is done."""

DENYING = tuple("마는 말고 말기 말라 말자 못하 못한 못할 못했 않".split())
"""The same behind another in 지."""

OBLIGING = tuple("되나 되는 되지 되고 되었 됐 하나 하는 하지 하고 했".split())
"""The same behind another in 야 or 도: what must be done, or may."""

ADNOMINALS = frozenset("간 갈 난 날 낸 낼 둔 둘 될 든 뜬 본 볼 쓴 쓸 온 올 준 줄 진 질 찬 친 킨 탄 튼 된 한 할".split())
"""Verbs of one syllable that lead to a noun, and want what they tell of before them."""

QUESTIONS = tuple("가요 까 까요 나요 는가 되나 았나 었나 였나 은가 을까 인가 있나 죠 하나 했나".split())
"""Endings of questions, which close a title."""

ASKED = (*QUESTIONS, "나", "지", "니", "요", "는지")
"""The same behind a question word, where they are no end of anything else."""

NO_ASKED = tuple("단가 론가 문가 본가 산가 연가 원가 인가 전가".split())
"""Nouns that end like a question."""

DATES = ("년", "월", "일", "시", "분기", "세기", "년대")
"""What numbers that date something count: they begin a sentence rather than end a title."""

ORDINALS = ("번", "부", "편", "기", "세대", "차원", "호", "층", "위", "차", "등", "급", "단계")
"""What numbers that name one of several stand before: a noun follows them."""

DAYTIMES = frozenset("낮 밤 새벽 아침 오전 오후 저녁".split())
"""What the hour follows."""

NO_CONDITIONS = tuple("화면 표면 지면 수면 도면".split())
"""Nouns that end like a condition."""

ADVERBIAL = tuple("에게 에서 까지 부터 처럼 으로 한테".split())
"""Particles that a title can end in, as a letter or a way does."""

NO_LEADING = frozenset(
    "참여 기여 부여 급여 대여 증여 제한 무제한 북한 남한 권한 최소한 최대한 역할 분할 관할 페이지 홈페이지 기운 행운 "
    "불운 타운 다운 기린 스크린 그린".split()
)
"""Nouns that end like a verb that leads on."""

SECTIONS = frozenset(
    "근황 끝으로 도입 마무리 사연 소개 아웃트로 엔딩 예고 오프닝 인사 인트로 정리 총정리 코너 클로징 토크".split()
)
"""What parts of a show are called."""

BEHIND_VERBAL = frozenset(
    "까지 때문 때문에 쉬운 이전 직전 직전에 직전의 시작 싫은 어려운 위한 위해 전 전까지 전에 전의 좋은 힘든".split()
)
"""What follows a noun made of a verb, and belongs to it."""

PRONOUNS = frozenset("나 저 우리 저희 그 그녀 그들 이것 그것 저것 이들 둘 셋".split())
"""Pronouns without their particles."""

POLITE = tuple("니다 세요 아요 어요 해요 에요 예요 네요 래요 대요 군요".split())
"""Endings of a sentence to somebody."""

CALLS = ("자", "라")
"""Endings that call for something, behind an object."""

NO_STATEMENTS = ("보다", "마다", "바다", "수다", "판다")
"""What ends like a sentence, and is a particle or a noun."""

SENTENCES = tuple(
    "갔다 났다 니다 된다 린다 세요 아요 았다 어요 없다 었다 왔다 이다 있다 준다 진다 한다 해요 했다".split()
)
"""Endings of sentences."""

BOUND = tuple("과정 관하여 까닭 다면 대하여 때문 며 방법 사람 사람들 순간 위하여 이유 조건 차이".split())
"""Endings of nouns made of verbs, and of nouns to which a verb leads: they close a title."""

BOUND_WORDS = frozenset("것 것들 곳 길 날 때 말 밤 법 이야기 일 점".split())
"""The same, where they are the whole word."""

ALWAYS_BOUND = frozenset("것 까닭 때 때문에 동안 뒤 뒤에 이유 전 전에 후 후에".split())
"""Those that hang on what stands before them, and begin nothing."""

TIMES = frozenset("동안 뒤 뒤에 전 전에 후 후에".split())
"""Those of them that say when, behind which a title goes on as often as it ends."""

CLOSED = frozenset("까닭 때문에 방법 법 이유".split())
"""Those that seldom have more of a title behind them, as times do: 퇴사 후 첫 달."""

VERBAL = frozenset(
    "꿰떼메뀌쬐튀가갈감갖걷걸겪고골그기긋길꾸깎꺾꽂끄끊끓끼나날남낳내넘넓넣놀높놓누눕느늘다닦닫담대더던덜덮돌돕되두뒤드듣들따때떠떨뛰뜨"
    "라러려루르리마막만말맞맡맺먹모몰묶묻물미믿밀바받밟배뱉버벌벗베보볶부불붓붙비빌빼뽑사살서섞세솎속쉬시신싣싸싹쌓썰쏘쓰쓸씹씻"
    "아안않앉알앓없여열오올외우울웃으이익읽잃입잇있잊자잠잡재적접젓정져주죽줄줍지직집짓짚짜찌찍찢차찾채추춤치캐커켜크키타태털트"
    "파팔펴펼푸풀피하핥한행헤혀후히"
)
"""Last syllables of the stems of verbs, behind which 기 makes a noun of one."""

PLACES = frozenset(
    "곁로 곁에 곁에는 곁에서 곁에서는 곁의 뒤로 뒤에 뒤에는 뒤에서 뒤에서는 뒤의 밖로 밖에 밖에는 밖에서 밖에서는 "
    "밖의 사이로 사이에 사이에는 사이에서 사이에서는 사이의 속로 속에 속에는 속에서 속에서는 속의 아래로 아래에 "
    "아래에는 아래에서 아래에서는 아래의 안로 안에 안에는 안에서 안에서는 안의 앞로 앞에 앞에는 앞에서 앞에서는 "
    "앞의 옆로 옆에 옆에는 옆에서 옆에서는 옆의 위로 위에 위에는 위에서 위에서는 위의".split()
)
"""Where something is, behind the noun for it."""

NUMERALS = frozenset(
    "구 네 다섯 두 마흔 만 몇 백 사 삼 서른 세 스무 십 아홉 여덟 여러 여섯 열 오 육 이 일 일곱 천 칠 팔 한".split()
)
"""Numerals before what is counted."""

STANDING = frozenset("하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉 열".split())
"""Numerals that can stand alone, behind what they count."""

COUNTING = ("한", "두", "세", "네")
"""Numerals that never stand alone, behind tens too."""

CLOSED_STEMS = frozenset(
    "갖같걸굶깎꺾꽂끊낮남넘넣높놓늦닦닫들뜯막많맞맡먹묻믿받볶뽑섞싣싶쌓씹씻앉않얻없엮웃읽있잊잡적접좋죽짧찍찾참"
)
"""Stems of verbs that end in a consonant, so that 을 behind them is no particle."""

COUNTERS = tuple(
    "가지 개 건 곡 곳 군데 권 그루 글자 날 달 대 마디 마리 명 모금 번 벌 소절 송이 시간 시 쌍 알 잔 장 조각 주 "
    "줄 줄기 쪽 차례 채 층 칸 켤레 톤 통 편 평 포기".split()
)
"""What things are counted in."""

NO_BOUND = frozenset(
    "감기 거기 경기 계기 고기 공기 단기 대기 동기 말기 무기 분기 세기 습기 시기 아기 여기 연기 용기 위기 인기 자기 "
    "장기 전기 주기 중기 초기 학기 환기 후기".split()
)
"""Nouns that only look like one made of a verb."""

NO_BOUND_ENDS = tuple(
    "각기 고기 등기 반기 산기 색기 석기 성기 소기 송기 수기 신기 압기 역기 정기 춘기 탁기 표기 필기 행기".split()
)
"""The same, as the ends of nouns."""

OPENERS = frozenset(
    "가을 겉 겨울 결국 고작 곧 구월 그 그것은 그날 그녀는 그는 그다음 그때 그래서 그러나 그런 그런데 그렇게 내년 내일 "
    "모레 누구나 다만 다음 다음날 당시 대개 또 또한 마침내 막상 만약 만일 많은 매년 매달 매일 매주 먼저 모두 모든 "
    "무엇보다 물론 반대로 반면 보통 봄 사실 사월 삼월 새벽 시월 실제로 십이월 십일월 아무도 아직 아침 안녕하세요 "
    "어느 어떤 어제 여기 여기서 여름 여전히 역시 예를 오늘 오늘은 오랫동안 오월 오전 오후 오히려 올해 올해도 요즘 "
    "우리 우리는 우선 원래 유월 이 이것은 이날 이는 이듬해 이때 이런 이번 이번에는 이어 이어서 이월 이제 이처럼 "
    "일단 일월 작년 저녁 저는 저희 저희는 전체 제가 주로 지금 지금은 지난 지난달 지난주 지난해 처음 처음에는 첫째 "
    "최근 칠월 특히 팔월 평소 하지만 한때 한번 한편 항상 현재 흔히".split()
)
"""Adverbs, pronouns and determiners that begin a sentence."""

DETERMINERS = frozenset("그 네 두 새 세 어느 어떤 옛 온갖 첫 한".split())
"""Determiners and numerals, which may begin a sentence as well as a title."""

AMBIGUOUS = ("자는", "지는", "리는", "기는", "우는")
"""Ends of verbs that lead to a noun, and of nouns with a particle."""

JOINING = frozenset("그리고 또는 및 혹은".split())
"""What joins words before and behind it."""

HANGING = frozenset(
    "vs 가장 각 간 갈 거의 겨우 결코 계속 구 그 그냥 그래서 그러나 그러니까 그리고 긴 꼭 너무 네 다시 대 더 덜 "
    "데 될 두 들어 또는 마지막 마흔 만 매 매우 먼 먼저 몇 모든 못 미리 및 백 번째 본 볼 빨리 사 사십 살 삼 삼십 "
    "새 새로 서른 세 수 스무 스물 스스로 십 쓴 쓸 아니라 아예 아주 안 알 어떤 여러 옛 오 오래 오십 온 올 왜 육 이 이미 "
    "이십 일 일찍 자주 잘 저 전혀 점점 줄 즉 직접 천 천천히 첫 칠 큰 팔 하지만 한 할 함께 항상 해 혹은 흰".split()
)
"""Determiners, numerals and adverbs: they want a word behind them."""

ASKING = frozenset("누가 누구 무슨 무엇 무엇을 무엇이 어디 어디서 어떤 어떻게 언제 얼마나 왜".split())
"""Question words."""

ASKING_FOR_NOUNS = frozenset("무슨 어느 어떤".split())
"""Those of them that a noun follows."""

VERB_STEMS = tuple("가꾸 걷 견디 꾸 남 놓 다니 되 르 만드 먹 바꾸 받 살 시 시키 싶 않 없 있 지키 찾 하".split())
"""Ends of the stems of verbs, behind which 는 is no topic."""

NO_PARTICLES = frozenset(
    "누나 가을 각도 강도 강원도 강의 거의 건축가 결과 결의 경과 경기도 경로 고을 과로 구도 국가 궤도 나이 난이도 노을 "
    "논의 농도 단가 대가 도로 동의 마을 만족도 무대 문의 물가 미로 밀도 바로 번역가 부과 불만 빈도 사과 사업가 "
    "사이 상수도 서로 선호도 성과 소설가 속도 수도 습도 시도 신뢰도 심의 아이 아트로 연도 온도 용도 원가 유가 "
    "음악가 의도 의미 의의 이야기 인트로 작가 전문가 정도 정의 제도 제주도 주가 주의 중요도 증가 지도 진로 차이 "
    "참가 창의 척도 철도 초과 추가 태도 통과 통로 파도 편의 평가 평론가 포도 프로 하나 하수도 학과 한도 합의 "
    "항의 해상도 화가 활동가 회로 회의 효과 휴가".split()
)
"""Nouns that end like a particle."""

NO_PARTICLE_ENDS = tuple(
    "고양이 구이 길이 깊이 높이 넓이 놀이 달팽이 둥이 린이 먹이 볶이 잡이 쟁이 종이 풀이 호랑이".split()
)
"""The same, as the ends of nouns."""

SHORT_NOUNS = frozenset(
    "감값강개것곰곳공국굴궁귀귤글금길김꽃꿀꿈끝날낮년논눈늪님달닭답덕돈돌둑뒤등딸땀땅때떡뜰뜻말맛면명목몸문물밖발밤밥방배뱀번벌벽별병봄분불비빚빛빵뼈뿔산살삶새색샘선섬소속손솔솜수술숨숯숲신싹쌀씨앞역옆옷일"
    "입잎잔잠절점종줄쥐짐집짝쪽차책총춤층칸칼컵코콩탑탓털톱틀틈팀판팔편표풀해향활흙흠힘"
)
"""Nouns of one syllable, so that 이, 가, 은 or 는 behind them is a particle."""
