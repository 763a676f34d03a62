"""What a transcript tells of quotes: where they are said, and what can be heard of them before the episode."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.model import Quote, Soundbite
from feeds.transcripts.cue import Cue, Speech
from feeds.transcripts.search import Spoken, check_quotes
from feeds.transcripts.soundbites import LONGEST, LONGEST_TITLE, SHORTEST, cut_soundbite, cut_title

MINUTE = 60_000


def cue(start: float, end: float, text: str) -> Cue:
    return Cue(start=round(start * 1000), end=round(end * 1000), text=text)


def check(quote: str, at: int, speeches: list[Any]) -> list[str]:
    return [message for _, message in check_quotes([Quote(text=quote, at=at)], Spoken(speeches))]


TALK = [
    cue(0, 4, "Well, the moon does not pull"),
    cue(4, 8, "at the water alone. It's, um, the"),
    cue(8, 12, "difference that counts."),
    *(cue(12 + 4 * number, 16 + 4 * number, f"Filler number {number}") for number in range(20)),
    cue(100, 104, "We count 10 waves an hour."),
    cue(104, 108, "Exactly."),
]


@pytest.mark.parametrize(
    ("quote", "at"),
    [
        ("The moon does not pull at the water alone.", 0),
        ("the MOON does not pull at the water—alone", 23_000),
        ("The moon does not pull … at the water alone", 3_000),
        ("It’s the difference that counts", 6_000),
        ("[Laughs] The moon doesn’t pull at the water alone", 6_000),
        ("Exactly!", 119_000),
        ("The mo\u00adon doesn‘t pull at the \u2068water\u2069 al\u200bone", 6_000),
        ("…", 0),
    ],
)
def test_a_quote_is_in_the_transcript_whatever_its_case_and_punctuation(quote: str, at: int) -> None:
    words = [message for message in check(quote, at, TALK) if quote != "…"]
    assert words == []


def test_a_quote_elsewhere_is_told_with_its_time() -> None:
    assert check("We count ten waves an hour", 4_000, TALK) == [
        "the quote “We count ten waves an hour” is not in the transcript near 00:04: it is at 01:40, so write [01:40]"
    ]


def test_of_several_places_the_nearest_is_told() -> None:
    talk = [*TALK, cue(300, 304, "Exactly."), cue(900, 904, "Exactly.")]
    assert check("Exactly", 340_000, talk) == [
        "the quote “Exactly” is not in the transcript near 05:40: it is at 05:00, so write [05:00]"
    ]


@pytest.mark.parametrize("quote", ["The sun does it all, and nobody helps it at all", "number counts", "the um it's"])
def test_a_quote_that_nobody_said_is_nowhere(quote: str) -> None:
    assert check(quote, 4_000, TALK)[0].endswith(
        "is not in the transcript near 00:04: it is nowhere in it, so correct the one or the other"
    )


def test_a_text_without_times_holds_a_quote_anywhere() -> None:
    text = [Speech(text="Some words."), Speech(text="The moon does not pull at the water alone.")]
    assert check("the moon does not pull", 5_000, text) == []
    assert "nowhere" in check("the sun does not push anything", 5_000, text)[0]


def test_a_long_speech_holds_a_quote_as_long_as_it_lasts() -> None:
    assert check("the moon does not pull", 5 * MINUTE, [cue(0, 300, "The moon does not pull.")]) == []


@pytest.mark.parametrize("quote", ["물은 달 때문에 오릅니다", "물은달때문에 오릅니다.", "水は月のせいで 上がる"])
def test_scripts_are_compared_without_their_spaces(quote: str) -> None:
    assert check(quote, 1_000, [cue(0, 4, "자, 물은 달때문에 오릅니다."), cue(4, 8, "水は月の せいで上がる。")]) == []


def test_a_soundbite_begins_with_its_cue_and_ends_with_a_sentence() -> None:
    talk = [
        cue(8, 10, "Before."),
        cue(10, 20, "A quote begins"),
        cue(20, 30, "and goes on"),
        cue(30, 40, "to its end."),
        cue(40, 50, "After."),
    ]
    quote = Quote(text="A quote begins and goes on to its end.", at=12_000)
    assert cut_soundbite(quote, Spoken(talk), 0) == Soundbite(start_time=10_000, duration=30_000, title=quote.text)


def test_a_cue_that_begins_long_before_the_quote_is_not_where_it_begins() -> None:
    assert cut_soundbite(Quote(text="x", at=30_000), Spoken([cue(0, 50, "A long speech.")]), 0) == Soundbite(
        start_time=30_000, duration=20_000, title="x"
    )


@pytest.mark.parametrize("end", ["？", "。」", "!”", "…", "؟"])
def test_a_sentence_ends_in_several_languages(end: str) -> None:
    talk = [cue(0, 14, "x."), cue(14, 18, f"終わり{end}"), cue(18, 22, "x.")]
    assert cut_soundbite(Quote(text="終わり", at=0), Spoken(talk), 0) == Soundbite(
        start_time=0, duration=18_000, title="終わり"
    )


def test_without_a_transcript_a_soundbite_lasts_as_long_as_its_words_take() -> None:
    assert cut_soundbite(Quote(text="x", at=1_000), Spoken(()), 0) == Soundbite(
        start_time=1_000, duration=15_000, title="x"
    )
    long = cut_soundbite(Quote(text="word " * 100, at=1_000), Spoken(()), 0)
    assert long and long.duration == 35_000


def test_near_the_end_of_an_episode_a_soundbite_begins_earlier() -> None:
    quote = Quote(text="Exactly.", at=104_000)
    assert cut_soundbite(quote, Spoken(TALK), 108_500) == Soundbite(
        start_time=88_000, duration=20_500, title="Exactly."
    )
    assert cut_soundbite(quote, Spoken(()), 108_500) == Soundbite(start_time=93_500, duration=15_000, title="Exactly.")
    assert cut_soundbite(Quote(text="x", at=1_000), Spoken(()), 14_000) is None


TALKS = st.lists(
    st.builds(
        lambda start, length, text: Cue(start=start, end=start + length, text=text),
        st.integers(0, 600_000),
        st.integers(-1_000, 200_000),
        st.sampled_from(["A word", "Some words.", "ends。", "moon"]),
    ),
    max_size=20,
)


@given(
    TALKS,
    st.integers(0, 700_000),
    st.sampled_from(["moon", "Some words. A word", "x " * 2_000, "words " * 40]),
    st.data(),
)
def test_a_soundbite_always_has_a_length_that_apps_take_within_the_episode(
    talk: list[Cue], at: int, text: str, data: st.DataObject
) -> None:
    duration = data.draw(st.just(0) | st.integers(at + 1, 800_000))
    cut = cut_soundbite(Quote(text=text, at=at), Spoken(talk), duration)
    if cut is None:
        assert 0 < duration < SHORTEST
        return
    assert SHORTEST <= cut.duration <= LONGEST
    assert 0 <= cut.start_time <= at
    assert len(cut.title) <= LONGEST_TITLE
    assert not duration or cut.start_time + cut.duration <= duration


@given(st.text(max_size=300))
def test_a_title_is_a_beginning_of_the_quote(text: str) -> None:
    title = cut_title(text)
    assert title == text or text.startswith(title.removesuffix("…"))
    assert len(title) <= LONGEST_TITLE
