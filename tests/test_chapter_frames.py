"""The frames of chapters in an ID3 tag are told as they stand there, and recordings are measured in parts."""

# mypy: allow-untyped-calls
# (mutagen has no types)

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen.id3 import CHAP, CTOC, ID3, TIT2, CTOCFlags

from feeds.chapters.id3_frames import find_tag_size, parse_chapter_tag
from feeds.media.containers import find_container
from feeds.media.recordings import Recording, measure_recording
from feeds.media.standin import format_standin
from feeds.rulebook.files.linked import NO_CHAPTERS, ChapterFrame, ChapterTag, ContentsFrame
from tests.linked_pairs import format_bits, make_chapter_tag, make_frame, make_sound, make_tag

SAMPLES = Path(__file__).with_name("tags")
TIMES = struct.pack(">4I", 0, 5000, 0xFFFF_FFFF, 0xFFFF_FFFF)
CHAPTER = b"a\0" + TIMES

names = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=20)
times = st.integers(0, 2**32 - 1)
titles = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30).map(str.strip)


@given(
    st.lists(st.tuples(names, times, times, times, titles), max_size=5, unique_by=lambda chapter: chapter[0]),
    st.booleans(),
    st.booleans(),
    st.sampled_from([3, 4]),
)
def test_what_another_program_writes_is_read_as_it_was_meant(
    chapters: list[tuple[str, int, int, int, str]], is_top: bool, is_ordered: bool, version: int
) -> None:
    tags = ID3()
    for name, start, end, offset, title in chapters:
        sub_frames = [TIT2(encoding=1, text=[title])] if title else []
        tags.add(
            CHAP(
                element_id=name,
                start_time=start,
                end_time=end,
                start_offset=offset,
                end_offset=0xFFFF_FFFF,
                sub_frames=sub_frames,
            )
        )
    ids = [chapter[0] for chapter in chapters]
    flags = CTOCFlags.TOP_LEVEL * is_top | CTOCFlags.ORDERED * is_ordered
    tags.add(
        CTOC(element_id="\x7ftoc", flags=flags, child_element_ids=ids, sub_frames=[TIT2(encoding=0, text=["All"])])
    )
    stream = io.BytesIO(b"")
    if version == 3:
        tags.update_to_v23()
    tags.save(stream, v2_version=version)
    tag = parse_chapter_tag(stream.getvalue())
    assert tag.broken == ()
    assert {(one.id, one.start, one.end, one.start_offset, one.title) for one in tag.chapters} == set(chapters)
    assert tag.contents == (
        ContentsFrame(
            id="\x7ftoc", is_top=is_top, is_ordered=is_ordered, count=len(ids), children=tuple(ids), title="All"
        ),
    )


@given(st.binary(max_size=400), st.sampled_from([b"", b"ID3\x03\0\0\0\0\x02\0", b"ID3\x04\0\x40\0\0\x01\0"]))
def test_no_bytes_make_the_reader_fail(data: bytes, head: bytes) -> None:
    parse_chapter_tag(head + data)
    parse_chapter_tag(make_tag([make_frame("CHAP", data), make_frame("CTOC", data)]))
    measure_recording(io.BytesIO(head + data))


@pytest.mark.parametrize(
    ("frames", "expected"),
    [
        ([make_frame("CHAP", b"a")], "has no id that ends"),
        ([make_frame("CHAP", CHAPTER[:-1])], "breaks off before its times and offsets"),
        ([make_frame("CTOC", b"toc\0\x03")], "breaks off before its flags and its count"),
        ([make_frame("TIT2", b"\0x"), b"CHAP" + struct.pack(">IH", 9999, 0) + CHAPTER], "is longer than the tag"),
        ([b"CHAP" + struct.pack(">IH", len(CHAPTER), 0x80) + CHAPTER], "packed in a way that cannot be unpacked"),
    ],
)
def test_a_frame_that_is_broken_is_told_and_the_others_are_read(frames: list[bytes], expected: str) -> None:
    tag = parse_chapter_tag(make_tag([make_frame("CHAP", CHAPTER), *frames]))
    assert [chapter.id for chapter in tag.chapters] == ["a"]
    (fault,) = tag.broken
    assert expected in fault


def test_a_table_that_says_that_it_lists_more_than_it_does_keeps_its_title() -> None:
    title = make_frame("TIT2", b"\0All")
    contents = parse_chapter_tag(make_tag([make_frame("CTOC", b"toc\0\x03\x09" + b"a\0b\0" + title)])).contents
    assert contents == (ContentsFrame(id="toc", count=9, children=("a", "b"), title="All"),)


def test_an_id_that_looks_like_the_name_of_a_frame_is_an_id() -> None:
    (contents,) = parse_chapter_tag(make_tag([make_frame("CTOC", b"toc\0\x03\x02CHAP\0CH02\0")])).contents
    assert contents.children == ("CHAP", "CH02")


def test_a_tag_is_read_however_it_is_packed() -> None:
    expected = ChapterTag(chapters=(ChapterFrame(id="a", start=0, end=5000),))
    frame = make_frame("CHAP", CHAPTER)
    packed = zlib.compress(CHAPTER)
    plain_size = b"CHAP" + struct.pack(">IH", len(CHAPTER) + 200, 0) + CHAPTER + make_frame("PRIV", bytes(190))
    bodies = {
        b"ID3\x03\0\x80": frame.replace(b"\xff", b"\xff\0"),
        b"ID3\x03\0\x40": struct.pack(">IHI", 6, 0, 0) + frame,
        b"ID3\x04\0\x40": format_bits(6) + b"\x01\0" + make_frame("CHAP", CHAPTER, version=4),
        b"ID3\x04\0\0": b"CHAP" + format_bits(len(packed) + 4) + b"\0\x09" + bytes(4) + packed,
        b"ID3\x04\x01\0": b"CHAP" + format_bits(len(CHAPTER) + 8) + b"\0\x02" + CHAPTER.replace(b"\xff", b"\xff\0"),
        b"ID3\x04\x02\0": plain_size,
        b"ID3\x03\x01\0": b"CHAP" + struct.pack(">IH", len(packed) + 4, 0x80) + bytes(4) + packed,
    }
    for head, body in bodies.items():
        found = parse_chapter_tag(head + format_bits(len(body)) + body)
        assert (found.chapters[0].id, found.chapters[0].end, found.broken) == ("a", 5000, ()), head
        assert found.chapters == expected.chapters


@pytest.mark.parametrize("head", [b"", b"ID3", b"ID3\x03\0\0\xff\0\0\0", b"ID3\x05\0\0\0\0\0\0", b"TAG" + bytes(20)])
def test_what_is_no_tag_has_no_size_and_no_chapters(head: bytes) -> None:
    assert find_tag_size(head) == 0
    assert parse_chapter_tag(head) == NO_CHAPTERS


# Recordings.


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (make_sound(seconds=60), ("MP3", 60_000, 128_000, 2)),
        (make_sound(seconds=60, kbit=64, mono=True), ("MP3", 60_000, 64_000, 1)),
        (make_tag([]) + bytes(5000) + make_sound(seconds=60), ("MP3", 60_000, 128_000, 2)),
        (make_tag([]) + make_tag([]) + make_sound(seconds=60), ("MP3", 60_000, 128_000, 2)),
        (b"".join(format_standin(duration=60_000, marks=())), ("MP3", 60_000, 8_000, 1)),
        ((SAMPLES / "chapters.m4a").read_bytes(), ("MP4", 8_000, None, None)),
        ((SAMPLES / "silence.opus").read_bytes(), ("Ogg", 8_000, None, None)),
        (make_tag([]) + b"<html>", ("web page", 0, 0, 0)),
        (b"", ("", 0, 0, 0)),
    ],
)
def test_a_recording_is_measured(data: bytes, expected: tuple[str, int, int | None, int | None]) -> None:
    found = measure_recording(io.BytesIO(data))
    container, duration, bitrate, channels = expected
    assert found.container == container
    assert abs(found.duration - duration) < 200
    assert bitrate is None or abs(found.bitrate - bitrate) < 1000
    assert channels is None or found.channels == channels


def test_the_length_of_an_mp3_of_several_bit_rates_without_an_index_is_not_known() -> None:
    mixed = make_sound(seconds=20, kbit=64) + make_sound(seconds=40, kbit=192)
    assert measure_recording(io.BytesIO(mixed)).duration == 0


def test_chapters_of_every_carrier_are_read() -> None:
    chapter = {"id": "a", "start": 0, "end": 5000, "title": "Ebb"}
    tagged = make_chapter_tag({"chapter": [chapter]}) + make_sound()
    assert [one.title for one in measure_recording(io.BytesIO(tagged)).chapters] == ["Ebb"]
    assert len(measure_recording(io.BytesIO((SAMPLES / "chapters.m4a").read_bytes())).chapters) == 3


class Unwilling(io.BytesIO):
    """A file of which nothing can be read."""

    def read(self, size: int | None = -1, /) -> bytes:
        raise OSError(size)


def test_a_recording_that_cannot_be_read_is_told_by_what_is_empty() -> None:
    assert measure_recording(Unwilling(b"x")) == Recording()


@pytest.mark.parametrize(
    ("head", "container"),
    [
        (b"OggS\0\x02", "Ogg"),
        (b"fLaC\0\0", "FLAC"),
        (b"RIFF\0\0\0\0WAVEfmt ", "WAVE"),
        (b"\x1aE\xdf\xa3\x01", "Matroska"),
        (b"\xff\xf1\x50\x80", "AAC"),
        (b"\xff\xfb\x90\x64", "MP3"),
        (b"\xff\xff\xff\xff", ""),
        (b"\0\0\0\x14ftypqt  ", "MP4"),
        (b"%PDF-1.7", "PDF"),
        (b"#EXTM3U\n", "HLS playlist"),
        (b"\n <!-- x --> <!doctype HTML>", "web page"),
        ((b"\x47" + bytes(187)) * 3, "MPEG-2 transport stream"),
        (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/epub+zip", "EPUB"),
        (b"", ""),
        (b"<rss>", ""),
    ],
)
def test_the_kind_of_a_file_is_known_by_its_first_bytes(head: bytes, container: str) -> None:
    assert find_container(head) == container
