"""Transcripts: what is said in them, and that nothing but a ValueError comes of what is none.

`transcripts/NAME` is read and compared with NAME.cues, one line a speech, or with NAME.error.txt where it cannot be
read. `transcripts/written/speeches.vtt` is written in every form, and compared with the file of that form beside it.
"""

from __future__ import annotations

import html
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feeds.formats import CONTROL
from feeds.media_types import TRANSCRIPT_TYPES, find_transcript_type
from feeds.model import TranscriptForm
from feeds.transcripts.cue import (
    Cue,
    Speech,
    check_length,
    find_cues,
    gather_cues,
    join_lines,
    name_changes,
    name_speakers,
)
from feeds.transcripts.forms import FORM_TYPES, find_timed_form, format_transcript, parse_transcript

PAIRS = Path(__file__).with_name("transcripts")
SHARED = Path(__file__).parents[2] / "shared"
REAL = SHARED / "corpus" / "transcripts"
OFFICIAL = SHARED / "specs" / "examples" / "podcast-namespace" / "transcripts"

EXPECTED = (".cues", ".error.txt")
TRANSCRIPTS = sorted(file for file in PAIRS.iterdir() if file.is_file() and not file.name.endswith(EXPECTED))
SPEECHES = PAIRS / "written" / "speeches.vtt"


def parse_pair(file: Path) -> tuple[str, str]:
    """What a transcript comes to: the ending of the file that expects it, and its text."""
    try:
        cues = parse_transcript(file.read_bytes().decode(), find_transcript_type(file.name))
    except ValueError as error:
        return ".error.txt", f"{error}\n"
    return ".cues", "".join(map(describe, cues))


def describe(speech: Speech) -> str:
    times = [speech.start, speech.end] if isinstance(speech, Cue) else []
    return json.dumps([*times, speech.speaker, speech.text], ensure_ascii=False) + "\n"


def test_every_pair_has_two_halves() -> None:
    expected = [file for file in PAIRS.iterdir() if file.name.endswith(EXPECTED)]
    assert sorted(file.name.removesuffix(".cues").removesuffix(".error.txt") for file in expected) == [
        file.name for file in TRANSCRIPTS
    ]


@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=lambda file: file.name)
def test_a_transcript_is_read_as_expected(transcript: Path, update: Callable[[Path, bytes], None]) -> None:
    suffix, found = parse_pair(transcript)
    expected = transcript.with_name(transcript.name + suffix)
    update(expected, found.encode())
    assert found == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", get_args(TranscriptForm))
def test_a_transcript_is_written_as_expected(form: TranscriptForm, update: Callable[[Path, bytes], None]) -> None:
    found = format_transcript(find_cues(parse_transcript(SPEECHES.read_text(encoding="utf-8"), "text/vtt")), form)
    expected = SPEECHES.with_name(f"expected.{form}")
    update(expected, found.encode())
    assert found == expected.read_text(encoding="utf-8")


def test_what_has_no_time_goes_on_with_the_cue_before_it() -> None:
    speeches = parse_transcript("[00:01] Ada: One.\n\nTwo.\n\n[00:03] Bo: Three.", "text/plain")
    assert gather_cues(speeches) == (
        Cue(start=1000, end=3000, speaker="Ada", text="One. Two."),
        Cue(start=3000, end=4000, speaker="Bo", text="Three."),
    )


@pytest.mark.parametrize("text", ["Ada: One.", "[00:01] Ada: One.\nBo: Two."])
def test_a_time_is_not_guessed(text: str) -> None:
    with pytest.raises(ValueError, match="has no time"):
        gather_cues(parse_transcript(text, "text/plain"))


def test_a_cue_past_the_end_is_found_with_its_line() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nx\n\n1\n00:09.000 --> 00:10.000\ny\n\n00:11.000 --> 00:12.000\nz\n"
    cues = find_cues(parse_transcript(text, "text/vtt"))
    assert [cue.line for cue in cues] == [3, 7, 10]
    ((cue, message),) = check_length(cues, 6_500)
    assert (cue.line, message) == (7, "the words at 00:09, and 1 more are past the end of the audio at 00:06.5")
    assert list(check_length(cues, 9_500)) == []


def test_times_in_all_forms_are_known_again_by_their_media_type() -> None:
    types = ["text/vtt", "text/VTT; charset=utf-8", "application/srt", "application/json", "text/html", "text/plain"]
    assert [find_timed_form(type) for type in types] == ["vtt", "vtt", "srt", "json", None, None]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(st.sampled_from(["segments", "startTime", "endTime", "body", "speaker"]), inside, max_size=5)
    ),
    max_leaves=12,
)
LINES = st.lists(
    st.sampled_from(
        [
            "WEBVTT",
            "\n",
            "\n\n",
            "\r",
            "00:00.000",
            "00:00:01,000",
            " --> ",
            "-->",
            "<v ",
            "<v.a B>",
            ">",
            "Ada: ",
            "&#1;",
            "<cite>",
            "</cite>",
            "<time>0:01</time>",
            "<p>",
            "[00:01] ",
        ]
    )
    | st.text(max_size=5),
    max_size=20,
).map("".join)


@settings(deadline=None)
@given(
    st.text() | LINES | LINES.map("WEBVTT\n\n00:00.000 --> 00:01.000\n{}".format) | JSON.map(json.dumps),
    st.sampled_from([*TRANSCRIPT_TYPES, "application/srt"]),
)
@example("[" * 100_000, "application/json")
@example("9" * 5000 + ":00:00.000 --> 00:01.000\nx", "application/x-subrip")
@example("9" * 400 + ":00:00.000 --> 00:01.000\nx", "application/x-subrip")
@example('{"segments": [{"startTime": -0.5, "body": "x"}]}', "application/json")
@example('{"segments": [{"startTime": 1, "endTime": 1e300, "body": "x"}]}', "application/json")
def test_any_text_has_cues_that_can_be_published_or_is_an_error(text: str, type: str) -> None:
    try:
        cues = parse_transcript(text, type)
    except ValueError:
        return
    for cue in cues:
        assert cue.text
        assert not CONTROL.search(cue.text + cue.speaker)
        assert not isinstance(cue, Cue) or 0 <= cue.start <= cue.end or type != "application/json"
    for form in get_args(TranscriptForm):
        format_transcript(find_cues(cues), form)


@pytest.mark.parametrize("piece", ["1", "<v a", "<v.", "<v ", "<", "&", " \t", "\n", "00:00:01.000 "])
def test_a_transcript_that_repeats_itself_is_read_in_little_time(piece: str) -> None:
    text = "WEBVTT\n\n00:00.000 --> 00:01.000\n" + piece * (400_000 // len(piece))
    begun = time.process_time()
    parse_transcript(text, "text/vtt")
    assert time.process_time() - begun < 1


WORDS = st.text(st.characters(exclude_categories=["Cs"])).map(lambda text: " ".join(CONTROL.sub("", text).split()))
TRICKY = st.sampled_from(
    [
        "<b>",
        "a --> b",
        "&amp;",
        "WEBVTT",
        "NOTE x",
        "Wait: what",
        "A: B: C",
        "a b c d e",
        "1",
        "字",
        "字 字",
        "。」",
        "x" * 50,
    ]
)
TEXTS = (WORDS | st.lists(TRICKY, min_size=1, max_size=30).map(" ".join) | st.text("字ー。「」あ、a ")).map(join_lines)
NAMES = st.just("") | st.from_regex(r"\A[A-ZÄ에][^\s:,!?&<>]{0,20}\Z").map(join_lines)


def cues(speakers: st.SearchStrategy[str]) -> st.SearchStrategy[list[Cue]]:
    """Cues that end after they begin."""
    times = st.tuples(st.integers(0, 300_000_000), st.integers(1, 1_000_000))
    return st.lists(
        st.builds(
            lambda time, text, speaker: Cue(start=time[0], end=sum(time), text=text, speaker=speaker),
            times,
            TEXTS.filter(bool),
            speakers,
        ),
        max_size=6,
    )


@given(cues(WORDS))
def test_cues_that_are_written_as_webvtt_are_read_again(cues: list[Cue]) -> None:
    assert parse_transcript(format_transcript(cues, "vtt"), "text/vtt") == tuple(cues)


@given(cues(WORDS))
def test_cues_that_are_written_as_json_are_read_again(cues: list[Cue]) -> None:
    assert parse_transcript(format_transcript(cues, "json"), "application/json") == tuple(name_speakers(cues))


@given(cues(NAMES))
@example([Cue(start=0, end=1, speaker="Ada", text="Bo: x"), Cue(start=1, end=2, speaker="Ada", text="Wait: x")])
def test_cues_that_are_written_as_srt_are_read_again_in_cards_of_two_lines(cues: list[Cue]) -> None:
    written = format_transcript(cues, "srt")
    cards = find_cues(parse_transcript(written, "application/x-subrip"))
    blocks = written.split("\n\n") if written else []
    assert all(len(block.strip("\n").split("\n")) <= 4 for block in blocks)
    assert [block.strip("\n").split("\n")[0] for block in blocks] == [str(n) for n in range(1, len(cards) + 1)]
    rest = list(cards)
    for cue in name_changes(cues):
        own = [rest.pop(0)]
        while own[-1].end != cue.end:
            own.append(rest.pop(0))
        assert (own[0].start, own[0].speaker) == (cue.start, cue.speaker)
        assert not any(card.speaker for card in own[1:])
        # Where a card ends, a space between two words or none between two wide letters is not told.
        assert "".join(card.text for card in own).replace(" ", "") == cue.text.replace(" ", "")
        if len(own) == 1:
            assert own[0].text == cue.text
    assert not rest


@given(cues(NAMES))
def test_a_card_has_no_line_of_more_than_32_characters_unless_a_word_has_more(cues: list[Cue]) -> None:
    for line in format_transcript(cues, "srt").split("\n"):
        words = html.unescape(line)
        assert len(words) <= 32 or "-->" in words or " " not in words.partition(": ")[2].strip()


@pytest.mark.skipif(not OFFICIAL.is_dir(), reason="the examples of the podcast namespace are not on this machine")
@pytest.mark.parametrize(
    ("name", "count", "speakers"),
    [
        ("example.vtt", 7, {"Sarah", "Gillian"}),
        ("example.json", 5, {"Darth Vader", "Luke"}),
        ("example.srt", 222, {"Travis", "Sarah", "Gilon"}),
        ("example.html", 10, {"Travis", "Sarah", "Gilon"}),
    ],
)
def test_the_official_examples_are_read_and_written_again(name: str, count: int, speakers: set[str]) -> None:
    speeches = parse_transcript((OFFICIAL / name).read_text(encoding="utf-8"), find_transcript_type(name))
    cues = gather_cues(speeches)
    assert len(cues) == count
    assert {cue.speaker for cue in cues} - {""} == speakers
    for form, type in FORM_TYPES.items():
        again = find_cues(parse_transcript(format_transcript(cues, form), type))
        assert "".join(cue.text for cue in again).replace(" ", "") == "".join(c.text for c in cues).replace(" ", "")
        assert [cue.speaker for cue in name_changes(again) if cue.speaker] == [
            cue.speaker for cue in name_changes(cues) if cue.speaker
        ]


@pytest.mark.skipif(not REAL.is_dir(), reason="the transcripts of real podcasts are not on this machine")
def test_transcripts_of_real_podcasts_are_read_or_refused_with_a_reason() -> None:
    read = 0
    for file in sorted(REAL.iterdir()):
        try:
            cues = find_cues(parse_transcript(file.read_text(encoding="utf-8"), find_transcript_type(file.name)))
        except ValueError as error:
            assert file.suffix == ".json", error  # Whisper's and Podlove's own forms
            continue
        read += 1
        assert cues, file.name
        assert [cue.start for cue in cues] == sorted(cue.start for cue in cues), file.name
        assert all(cue.text for cue in cues), file.name
        assert len({cue.speaker for cue in cues}) < 10, file.name
    assert read >= 8
