"""Transcripts: what their cues say, and that nothing but a ValueError comes of what is none.

`transcripts/NAME` is read and compared with NAME.cues, one line a cue, or with NAME.error.txt where it cannot be read.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feeds.formats import CONTROL
from feeds.media.transcripts import Cue, format_vtt, parse_transcript
from feeds.media_types import find_transcript_type

PAIRS = Path(__file__).with_name("transcripts")
REAL = Path(__file__).parents[2] / "shared" / "corpus" / "transcripts"

TRANSCRIPTS = sorted(file for file in PAIRS.iterdir() if file.suffix not in (".cues", ".txt"))


def parse_pair(file: Path) -> tuple[str, str]:
    """What a transcript comes to: the ending of the file that expects it, and its text."""
    try:
        cues = parse_transcript(file.read_bytes().decode(), find_transcript_type(file.name))
    except ValueError as error:
        return ".error.txt", f"{error}\n"
    return ".cues", "".join(map(describe, cues))


def describe(cue: Cue) -> str:
    return json.dumps([cue.start, cue.end, cue.speaker, cue.text], ensure_ascii=False) + "\n"


def test_every_pair_has_two_halves() -> None:
    expected = [file for file in PAIRS.iterdir() if file.suffix in (".cues", ".txt")]
    assert sorted(file.name.removesuffix(".cues").removesuffix(".error.txt") for file in expected) == [
        file.name for file in TRANSCRIPTS
    ]


@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=lambda file: file.name)
def test_a_transcript_is_read_as_expected(transcript: Path, update: Callable[[Path, bytes], None]) -> None:
    suffix, found = parse_pair(transcript)
    expected = transcript.with_name(transcript.name + suffix)
    update(expected, found.encode())
    assert found == expected.read_text(encoding="utf-8")


def test_a_kind_without_times_has_no_cues() -> None:
    assert parse_transcript("Hello.", "text/plain") == ()


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
        ]
    )
    | st.text(max_size=5),
    max_size=20,
).map("".join)


@settings(deadline=None)
@given(
    st.text() | LINES | LINES.map("WEBVTT\n\n00:00.000 --> 00:01.000\n{}".format) | JSON.map(json.dumps),
    st.sampled_from(["text/vtt", "application/x-subrip", "application/srt", "application/json"]),
)
@example("[" * 100_000, "application/json")
@example("9" * 5000 + ":00:00.000 --> 00:01.000\nx", "application/x-subrip")
def test_any_text_has_cues_that_can_be_published_or_is_an_error(text: str, type: str) -> None:
    try:
        cues = parse_transcript(text, type)
    except ValueError:
        return
    for cue in cues:
        assert cue.text
        assert not CONTROL.search(cue.text + cue.speaker)


WORDS = st.text(st.characters(exclude_categories=["Cs"])).map(lambda text: " ".join(CONTROL.sub("", text).split()))
CUES = st.builds(
    Cue,
    start=st.integers(0, 400_000_000),
    end=st.integers(0, 400_000_000),
    text=(WORDS | st.sampled_from(["<b>", "a --> b", "&amp;", "WEBVTT", "NOTE x"])).filter(bool),
    speaker=WORDS,
)


@given(st.lists(CUES))
def test_cues_that_are_written_as_webvtt_are_read_again(cues: list[Cue]) -> None:
    assert parse_transcript(format_vtt(cues), "text/vtt") == tuple(cues)


@pytest.mark.skipif(not REAL.is_dir(), reason="the transcripts of real podcasts are not on this machine")
def test_transcripts_of_real_podcasts_are_read_or_refused_with_a_reason() -> None:
    read = 0
    for file in sorted(REAL.iterdir()):
        try:
            cues = parse_transcript(file.read_text(encoding="utf-8"), find_transcript_type(file.name))
        except ValueError as error:
            assert file.suffix == ".json", error  # Whisper's and Podlove's own forms
            continue
        read += 1
        assert cues, file.name
        assert [cue.start for cue in cues] == sorted(cue.start for cue in cues), file.name
        assert all(cue.text for cue in cues), file.name
        assert len({cue.speaker for cue in cues}) < 10, file.name
    assert read >= 8
