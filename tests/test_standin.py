"""A stand-in lasts exactly as long as it says, in every reader, and is heard where a chapter starts."""

from __future__ import annotations

import hashlib
import io
import struct
import subprocess
import sys
import tracemalloc
from array import array
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen.mp3 import MP3, BitrateMode

from feeds.media.standin import LONGEST, MEDIA_TYPE, count_bytes, format_standin

HOUR = 3_600_000
RATE = 24  # samples a millisecond
LSF_KBPS = (None, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)  # ISO/IEC 13818-3, Layer III

durations = st.integers(1, HOUR)
marks = st.lists(st.integers(-1_000, HOUR + 1_000), max_size=20).map(tuple)


def render(duration: int, *marks: int) -> bytes:
    return b"".join(format_standin(duration=duration, marks=marks))


def parse_frames(data: bytes) -> list[bytes]:
    """Walk the file by what each header says of its own frame, as a decoder does."""
    frames = []
    at = 0
    while at < len(data):
        assert data[at : at + 2] == b"\xff\xf3", f"no MPEG-2 Layer III header at {at}"
        kbps = LSF_KBPS[data[at + 2] >> 4]
        assert kbps is not None
        assert data[at + 2] & 0b1110 == 0b0100, "24 kHz, no padding"
        assert data[at + 3] >> 6 == 0b11, "mono"
        frames.append(data[at : at + kbps * 1000 * 576 // 24_000 // 8])
        at += len(frames[-1])
    assert at == len(data), "the last frame is whole"
    return frames


def find_tones(data: bytes) -> list[tuple[int, int]]:
    """(first frame, number of frames) of each tone. A frame sounds if its part2_3_length is not 0."""
    tones = []
    at = 0
    for sounds, run in groupby(bool(int.from_bytes(f[4:7], "big") & 0x7FF8) for f in parse_frames(data)[1:]):
        length = len(list(run))
        if sounds:
            tones.append((at, length))
        at += length
    return tones


def crc16(data: bytes) -> int:
    """CRC-16/ARC by its definition: the remainder of the mirrored message divided by x^16 + x^15 + x^2 + 1."""
    message = int("".join(f"{byte:08b}"[::-1] for byte in data) + "0" * 16, 2)
    while (excess := message.bit_length() - 17) >= 0:
        message ^= 0x18005 << excess
    return int(f"{message:016b}"[::-1], 2)


@given(duration=durations, marks=marks)
def test_the_size_is_known_without_making_the_file(duration: int, marks: tuple[int, ...]) -> None:
    assert sum(map(len, format_standin(duration=duration, marks=marks))) == count_bytes(duration=duration)


def test_an_hour_takes_3_6_megabytes() -> None:
    assert count_bytes(duration=HOUR) == pytest.approx(3_600_000, rel=0.001)


@given(duration=st.integers(1, 20_000), marks=marks)
def test_the_first_frame_states_length_frames_and_bytes(duration: int, marks: tuple[int, ...]) -> None:
    data = render(duration, *marks)
    name, flags, frames, size = struct.unpack_from(">4sIII", data, 13)
    delay, padding = divmod(int.from_bytes(data[50:53], "big"), 1 << 12)
    assert (name, flags) == (b"Info", 3)
    assert frames == len(parse_frames(data)) - 1
    assert size == len(data)
    assert frames * 576 - delay - padding == duration * RATE
    assert padding >= 529, "a decoder is late by 529 samples and must still reach the end"


def test_the_first_frame_states_the_checksums_of_itself_and_of_all_others() -> None:
    assert crc16(b"123456789") == 0xBB3D
    data = render(2_000, 0, 500)
    music, tag = struct.unpack_from(">HH", data, 61)
    assert music == crc16(data[72:])
    assert tag == crc16(data[:63])


def test_no_frame_leans_on_the_one_before_it() -> None:
    assert {frame[4] for frame in parse_frames(render(5_000, 0, 2_000))} == {0}, "main_data_begin"


def test_nothing_inside_a_frame_looks_like_a_header() -> None:
    for frame in set(parse_frames(render(5_000, 0, 2_000))):
        following = frame + b"\xff\xf3"
        assert [at for at in range(len(frame)) if following[at] == 0xFF and following[at + 1] >= 0xE0] == [0]


def test_a_tone_stands_at_each_mark_in_whatever_order_they_come() -> None:
    assert find_tones(render(10_000, 4_800, 0, 2_400)) == [(1, 12), (101, 12), (201, 12)]


def test_equal_marks_are_one() -> None:
    assert render(10_000, 2_400, 2_400) == render(10_000, 2_400)


def test_marks_outside_the_file_are_not_heard() -> None:
    assert render(10_000, -1, 10_000, 10_001, 5 * HOUR) == render(10_000)
    assert find_tones(render(10_000)) == []


def test_a_tone_is_cut_short_to_leave_silence_before_the_next() -> None:
    assert find_tones(render(10_000, 2_400, 2_592)) == [(101, 5), (109, 12)]


def test_marks_within_one_frame_of_each_other_share_a_tone() -> None:
    assert find_tones(render(10_000, 2_400, 2_424)) == [(101, 13)]


def test_a_tone_ends_with_the_file() -> None:
    data = render(1_000, 999)
    assert find_tones(data) == [(42, 1)]
    assert len(data) == count_bytes(duration=1_000)


@pytest.mark.parametrize("duration", [0, -1, LONGEST + 1])
def test_a_duration_that_cannot_be_is_refused_at_once(duration: int) -> None:
    with pytest.raises(ValueError, match=f"not {duration} ms"):
        format_standin(duration=duration, marks=())
    with pytest.raises(ValueError, match=f"not {duration} ms"):
        count_bytes(duration=duration)


def test_the_longest_duration_fits_into_the_first_frame() -> None:
    first = next(format_standin(duration=LONGEST, marks=()))
    assert struct.unpack_from(">I", first, 25) == (count_bytes(duration=LONGEST),)


def test_the_bytes_are_the_same_every_time() -> None:
    digest = hashlib.sha256(render(5_000, 0, 1_000, 1_100, 4_990)).hexdigest()
    assert digest == "007b8927b9bf820f4ab4de8be0a97ed558aeb2c6ecdbdf1c3f9f7255c00f61f3"


def test_ten_hours_need_no_memory() -> None:
    tracemalloc.start()
    try:
        chunks = format_standin(duration=10 * HOUR, marks=tuple(range(0, 10 * HOUR, HOUR)))
        sizes = [len(chunk) for chunk in chunks]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert sum(sizes) == count_bytes(duration=10 * HOUR)
    assert max(sizes) <= 65_536
    assert peak < 1_000_000


@given(duration=durations)
def test_mutagen_reads_the_duration_to_the_millisecond(duration: int) -> None:
    file: Any = MP3(io.BytesIO(render(duration)))  # type: ignore[no-untyped-call]
    assert file.info.length == pytest.approx(duration / 1000, abs=1e-6)
    assert file.info.bitrate_mode == BitrateMode.CBR
    assert MEDIA_TYPE in file.mime


# From here on the judges are programs from outside.


Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(scope="module")
def run(find_program: Callable[[str, str], str]) -> Run:
    """Runs a program that a machine may not have."""

    def run(program: str, *arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
        path = find_program(program, "apt install ffmpeg")
        return subprocess.run([path, *map(str, arguments)], capture_output=True, check=False, timeout=60)

    return run


def decode(run: Run, folder: Path, duration: int, *marks: int) -> array[int]:
    """What ffmpeg makes of the stand-in, which must not give it a single reason to complain."""
    file = folder / "standin.mp3"
    file.write_bytes(render(duration, *marks))
    done = run("ffmpeg", "-nostdin", "-v", "warning", "-i", file, "-f", "s16le", "-")
    assert (done.returncode, done.stderr.decode()) == (0, "")
    samples = array("h", done.stdout)
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def measure_loudness(samples: array[int], start: int, end: int) -> float:
    """The root mean square from `start` to `end` (milliseconds); 1 is full scale."""
    part = samples[start * RATE : end * RATE]
    return float((sum(sample * sample for sample in part) / len(part)) ** 0.5) / 32_768


@pytest.mark.external
@pytest.mark.parametrize("duration", [97, 119, 120, 121, 999, 10_000, 61_237])
def test_ffmpeg_decodes_the_very_number_of_samples(run: Run, tmp_path: Path, duration: int) -> None:
    assert len(decode(run, tmp_path, duration, 0, 500)) == duration * RATE


@pytest.mark.external
@pytest.mark.parametrize("duration", [120, 121, 10_000, HOUR])
def test_ffprobe_which_counts_frames_sees_at_most_two_more(run: Run, tmp_path: Path, duration: int) -> None:
    file = tmp_path / "standin.mp3"
    file.write_bytes(render(duration, 0))
    done = run("ffprobe", "-v", "warning", "-show_entries", "format=duration", "-of", "csv=p=0", file)
    assert done.stderr == b""
    assert 24 <= float(done.stdout) * 1000 - duration <= 48


@pytest.mark.external
def test_a_tone_is_heard_at_each_mark_and_silence_before_it(run: Run, tmp_path: Path) -> None:
    marks = (0, 1_500, 3_007, 5_018, 9_000)
    samples = decode(run, tmp_path, 10_000, *marks)
    for mark in marks:
        assert measure_loudness(samples, mark, mark + 200) > 0.05
    for mark in marks[1:]:
        assert measure_loudness(samples, mark - 150, mark - 30) == 0


@pytest.mark.external
def test_a_tone_begins_within_a_frame_of_its_mark_wherever_that_falls(run: Run, tmp_path: Path) -> None:
    marks = tuple(500 * n + n for n in range(1, 25))
    samples = decode(run, tmp_path, 13_000, *marks)
    for mark in marks:
        start = mark - 100
        onset = next(n for n, sample in enumerate(samples[start * RATE :]) if abs(sample) > 200) / RATE - 100
        assert -14 <= onset <= 24


@pytest.mark.external
def test_tones_close_together_are_told_apart(run: Run, tmp_path: Path) -> None:
    samples = decode(run, tmp_path, 3_000, 1_000, 1_200)
    assert measure_loudness(samples, 1_030, 1_110) > 0.05
    assert measure_loudness(samples, 1_165, 1_180) < 0.001
    assert measure_loudness(samples, 1_230, 1_400) > 0.05
