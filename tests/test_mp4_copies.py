"""Tagged copies of MP4 files: chapters and tags are new, the sound is the same, and what is not ours stays.

Most files are made here, of a few hundred bytes; `tags/chapters.m4a` was made by ffmpeg, with its chapters.
"""

# mypy: allow-untyped-calls
# (mutagen has no types)

from __future__ import annotations

import datetime as dt
import io
import json
import struct
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutagen.mp4 import MP4, MP4Chapters
from mutagen.mp4._atom import Atoms
from PIL import Image

from feeds.chapters.mp4.boxes import find_box, find_boxes, format_box, format_full_box
from feeds.chapters.mp4.nero import join_carriers, parse_mp4_chapters
from feeds.chapters.mp4.texts import join_text_tracks
from feeds.media.chapter_tracks import read_chapter_pictures, read_chapter_track
from feeds.media.measure import measure_tags, read_pictures
from feeds.media.recordings import measure_recording
from feeds.model import Chapter
from feeds.tagging.copy import measure_copy
from feeds.tagging.label import Cover, Label, clean_line
from feeds.tagging.mp4.files import measure_mp4

SAMPLES = Path(__file__).parent / "tags"
SOUND = tuple(bytes([number]) * (number + 3) for number in range(8))
"""What the samples of a made file say: eight seconds."""

MDAT = b"mdat"


def draw(colour: str, kind: str = "JPEG", size: tuple[int, int] = (8, 6)) -> Cover:
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, kind)
    return Cover(data=file.getvalue(), type="image/jpeg" if kind == "JPEG" else "image/png")


CHAPTERS = (
    Chapter(start=0, title="Ebb", link="https://example.org/ebb"),
    Chapter(start=2_501, title="밀물 🌊", image="slide"),
    Chapter(start=3_000, title="A map", image="map", toc=False),
    Chapter(start=5_000, title="Flow"),
)
LISTED = tuple(replace(chapter, image="") for chapter in CHAPTERS if chapter.toc)
LABEL = Label(
    title="Tides",
    show="The Shore",
    author="Ada Marsh",
    date=dt.datetime(2026, 5, 12, 9, tzinfo=dt.UTC),
    season=2,
    episode=7,
    link="https://example.org/tides",
    summary="What the moon does.\nAnd the sun.",
    language="de",
    cover=draw("red"),
    chapters=CHAPTERS,
    pictures={"slide": draw("blue"), "map": draw("green")},
    duration=8_000,
)
BARE = Label(title="", show="")


def make_track(chunks: tuple[int, ...], *, wide: bool, more: bytes, minf: bytes, stbl: bytes) -> bytes:
    """A track of sound, one sample of a second in each chunk; some more stands in its boxes."""
    counts = struct.pack(">I", len(chunks))
    where = struct.pack(f">{len(chunks)}{'Q' if wide else 'I'}", *chunks)
    sizes = struct.pack(f">{len(chunks)}I", *map(len, SOUND[: len(chunks)]))
    entry = format_box(b"mp4a", struct.pack(">6xH8xHHI", 1, 1, 16, 0), struct.pack(">I", 8_000 << 16))
    tables = (
        format_full_box(b"stsd", struct.pack(">I", 1), entry),
        format_full_box(b"stts", struct.pack(">III", 1, len(chunks), 8_000)),
        format_full_box(b"stsc", struct.pack(">IIII", 1, 1, 1, 1)),
        format_full_box(b"stsz", bytes(4), counts, sizes),
        format_full_box(b"co64" if wide else b"stco", counts, where),
    )
    media = (
        format_full_box(b"mdhd", struct.pack(">IIIIHH", 0, 0, 8_000, 64_000, 0x55C4, 0)),
        format_full_box(b"hdlr", bytes(4), b"soun", bytes(13)),
        format_box(b"minf", format_full_box(b"smhd", bytes(4)), minf, format_box(b"stbl", *tables, stbl)),
    )
    head = format_full_box(b"tkhd", struct.pack(">IIIII", 0, 0, 3, 0, 8_000), bytes(60), flags=7)
    return format_box(b"trak", head, more, format_box(b"mdia", *media))


def make_movie(
    chunks: tuple[int, ...],
    *,
    wide: bool = False,
    user_data: bytes = b"",
    more: bytes = b"",
    minf: bytes = b"",
    stbl: bytes = b"",
    scale: int = 1_000,
) -> bytes:
    head = struct.pack(">IIII", 0, 0, scale, 8 * scale) + bytes(76) + struct.pack(">I", 9)
    users = format_box(b"udta", user_data) if user_data else b""
    track = make_track(chunks, wide=wide, more=more, minf=minf, stbl=stbl)
    return format_box(b"moov", format_full_box(b"mvhd", head), track, users)


def make_file(layout: str = "front", *, before: bytes = b"", **movie: Any) -> bytes:
    """A whole file, its boxes in the order that the layout says; the rest is for `make_movie`."""
    sound = b"".join(SOUND)
    half = len(SOUND[0] + SOUND[1] + SOUND[2])
    begins = [sum(map(len, SOUND[:number])) for number in range(len(SOUND))]
    kind = format_box(b"ftyp", b"M4A \0\0\0\0M4A isom") + before
    media = {
        "endless": struct.pack(">I4s", 0, MDAT) + sound,
        "long": struct.pack(">I4sQ", 1, MDAT, 16 + len(sound)) + sound,
        "two": format_box(MDAT, sound[:half]) + format_box(b"free", b"pad") + format_box(MDAT, sound[half:]),
    }.get(layout, format_box(MDAT, sound))
    head = 16 if layout == "long" else 8
    gap = len(format_box(b"free", b"pad")) + 8 if layout == "two" else 0

    def make(at: int) -> bytes:
        chunks = tuple(at + head + begin + (gap if begin >= half else 0) for begin in begins)
        return make_movie(chunks, **movie)

    if layout == "back":
        return kind + format_box(b"wide") + media + make(len(kind) + 8) + format_box(b"free", b"end")
    return kind + make(len(kind) + len(make(0))) + media


LAYOUTS = ("front", "back", "endless", "long", "two")


def copy_bytes(data: bytes, label: Label) -> bytes:
    """The copy of a file that stands in memory."""
    return b"".join(
        piece if isinstance(piece, bytes) else data[piece.begin : piece.end]
        for piece in measure_mp4(io.BytesIO(data), label)
    )


def find_movie(data: bytes) -> bytes:
    return find_box(data, b"moov")


def list_sounds(data: bytes) -> list[bytes]:
    """All samples of the tracks of sound, read by their tables as a player does."""
    return [sample for track in list_tracks(data, b"soun") for sample in list_samples(data, track)]


def list_tracks(data: bytes, kind: bytes) -> list[bytes]:
    tracks = [content for name, content in find_boxes(find_movie(data)) if name == b"trak"]
    return [track for track in tracks if find_box(track, b"mdia", b"hdlr")[8:12] == kind]


def list_samples(data: bytes, track: bytes) -> Iterator[bytes]:
    tables = find_box(track, b"mdia", b"minf", b"stbl")
    wide, narrow = find_box(tables, b"co64"), find_box(tables, b"stco")
    chunks = [number for (number,) in struct.iter_unpack(">Q" if wide else ">I", (wide or narrow)[8:])]
    rows = list(struct.iter_unpack(">III", find_box(tables, b"stsc")[8:]))
    same, count = struct.unpack_from(">II", find_box(tables, b"stsz"), 4)
    rest = struct.iter_unpack(">I", find_box(tables, b"stsz")[12:])
    sizes = iter([same] * count if same else [size for (size,) in rest])
    for number, at in enumerate(chunks, 1):
        for _ in range([per for first, per, _ in rows if first <= number][-1]):
            size = next(sizes)
            yield data[at : at + size]
            at += size


def read_box_chapters(data: bytes) -> tuple[Chapter, ...]:
    """The chapters that mutagen finds in the box."""
    stream = io.BytesIO(data)
    return parse_mp4_chapters(MP4Chapters(Atoms(stream), stream))


def test_the_reader_of_this_test_finds_the_sound_that_the_files_were_made_of() -> None:
    for layout in LAYOUTS:
        assert list_sounds(make_file(layout)) == list(SOUND)


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_sample_of_the_sound_is_the_same_wherever_it_lay(layout: str, wide: bool) -> None:
    copy = copy_bytes(make_file(layout, wide=wide), LABEL)
    assert list_sounds(copy) == list(SOUND)
    assert read_chapter_track(io.BytesIO(copy)) == LISTED


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_copy_of_a_copy_is_the_same_and_so_is_one_that_said_something_else_between(layout: str) -> None:
    copy = copy_bytes(make_file(layout), LABEL)
    assert copy_bytes(copy, LABEL) == copy
    other = replace(LABEL, chapters=(Chapter(start=1, title="Else" * 99),), cover=draw("white", "PNG"))
    assert copy_bytes(copy_bytes(copy, other), LABEL) == copy


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_tables_stand_before_the_sound_and_the_chapters_right_behind_them(layout: str) -> None:
    names = [name for name, _ in find_boxes(copy_bytes(make_file(layout), LABEL))]
    assert names[names.index(b"moov") + 1] == MDAT
    assert names.index(b"moov") < names.index(MDAT)
    assert names.count(MDAT) == (2 if layout == "two" else 1)


def test_titles_lie_behind_each_other_in_their_order_even_those_that_are_the_same() -> None:
    chapters = tuple(Chapter(start=start * 1000, title="The same") for start in range(3))
    copy = copy_bytes(make_file(), replace(LABEL, chapters=chapters, pictures={}))
    (track,) = list_tracks(copy, b"text")
    places = [place for (place,) in struct.iter_unpack(">I", find_box(track, b"mdia", b"minf", b"stbl", b"stco")[8:])]
    assert places == [copy.index(MDAT) + 4 + number * len(b"\0\x08The same") for number in range(3)]


def test_both_carriers_say_the_same_chapters() -> None:
    copy = copy_bytes(make_file(), LABEL)
    assert [(one.start, one.title) for one in read_box_chapters(copy)] == [(one.start, one.title) for one in LISTED]
    assert read_chapter_track(io.BytesIO(copy)) == LISTED


def test_pictures_change_with_their_chapters_silent_ones_too_and_the_cover_fills_the_gaps() -> None:
    shown = read_chapter_pictures(io.BytesIO(copy_bytes(make_file(), LABEL)))
    expected = [(0, "red"), (2_501, "blue"), (3_000, "green"), (5_000, "red")]
    assert shown == tuple((start, draw(colour).data) for start, colour in expected)


def test_without_a_cover_a_picture_stays_until_the_next() -> None:
    shown = read_chapter_pictures(io.BytesIO(copy_bytes(make_file(), replace(LABEL, cover=None))))
    assert [start for start, _ in shown] == [2_501, 3_000]


def test_pictures_of_two_kinds_are_all_jpeg_in_their_track() -> None:
    label = replace(LABEL, pictures={"slide": draw("blue", "PNG")})
    copy = copy_bytes(make_file(), label)
    shown = [data for _, data in read_chapter_pictures(io.BytesIO(copy))]
    assert (shown[0], shown[2]) == (draw("red").data, draw("red").data)
    with Image.open(io.BytesIO(shown[1])) as picture:
        assert (picture.format, picture.getpixel((3, 3))) == ("JPEG", (0, 0, 254))
    (track,) = list_tracks(copy, b"vide")
    assert [name for name, _ in find_boxes(find_box(track, b"mdia", b"minf", b"stbl", b"stsd")[8:])] == [b"jpeg"]


@pytest.mark.external
def test_ffmpeg_shows_a_low_picture_before_high_ones(tmp_path: Path, find_program: Callable[[str, str], str]) -> None:
    pictures = {"slide": draw("blue", size=(80, 60)), "map": draw("green", size=(100, 100))}
    label = replace(LABEL, cover=draw("red", size=(20, 10)), pictures=pictures)
    file = tmp_path / "copy.m4a"
    file.write_bytes(b"".join(measure_copy(SAMPLES / "chapters.m4a", label).read_pieces()))
    shown = run(
        find_program, "ffprobe -v error -select_streams v:0 -show_entries stream=width,height -of csv=p=0", file
    )
    assert shown.strip() == "20,10"


def test_without_pictures_of_chapters_there_is_no_track_of_them() -> None:
    copy = copy_bytes(make_file(), replace(LABEL, pictures={}))
    assert list_tracks(copy, b"vide") == []
    assert len(list_tracks(copy, b"text")) == 1


def test_a_picture_that_is_none_is_refused() -> None:
    broken = Cover(data=b"hello", type="image/jpeg")
    with pytest.raises(ValueError, match="this is no picture"):
        copy_bytes(make_file(), replace(LABEL, pictures={"slide": broken}))


@pytest.mark.parametrize("scale", [1_000, 48_000, 90_000])
def test_a_first_chapter_that_begins_late_begins_late_in_the_track_too(scale: int) -> None:
    late = (Chapter(start=1_501, title="Ebb"), Chapter(start=2_000, title="Flow"))
    copy = copy_bytes(make_file(scale=scale), replace(LABEL, chapters=late))
    assert read_chapter_track(io.BytesIO(copy)) == late == read_box_chapters(copy)


def test_the_sound_refers_to_its_chapters_and_still_to_what_else_it_did() -> None:
    references = format_box(b"tref", format_box(b"chap", struct.pack(">I", 99)), format_box(b"hint", b"\0\0\0\7"))
    copy = copy_bytes(make_file(more=references), LABEL)
    (track,) = list_tracks(copy, b"soun")
    assert dict(find_boxes(find_box(track, b"tref"))) == {b"hint": b"\0\0\0\7", b"chap": struct.pack(">II", 1, 2)}


def test_tracks_of_chapters_are_shown_by_nobody_and_know_no_clock() -> None:
    copy = copy_bytes(make_file(), LABEL)
    for kind, number in ((b"text", 1), (b"vide", 2)):
        (track,) = list_tracks(copy, kind)
        head = find_box(track, b"tkhd")
        assert struct.unpack_from(">IIIIII", head) == (2, 0, 0, number, 0, 8_000)
        assert struct.unpack_from(">4xIIII", find_box(track, b"mdia", b"mdhd")) == (0, 0, 1_000, 8_000)
    assert find_box(copy, b"moov", b"mvhd")[-4:] == struct.pack(">I", 4)


def test_a_film_longer_than_four_bytes_of_its_clock_has_wide_heads() -> None:
    last = 60 * 3_600_000
    chapters = (Chapter(start=1_000, title="Ebb"), Chapter(start=last, title="Flow"))
    label = replace(LABEL, chapters=chapters, duration=last + 5)
    copy = copy_bytes(make_file(scale=90_000), label)
    assert read_chapter_track(io.BytesIO(copy)) == chapters
    (track,) = list_tracks(copy, b"text")
    assert struct.unpack_from(">IQQIIQ", find_box(track, b"tkhd"))[5] == (last + 5) * 90


def test_the_box_holds_255_chapters_and_the_track_holds_all() -> None:
    many = tuple(Chapter(start=number * 1_000, title=f"Wave {number}") for number in range(300))
    copy = copy_bytes(make_file(), replace(LABEL, chapters=many, duration=300_000))
    in_box, in_track = read_box_chapters(copy), read_chapter_track(io.BytesIO(copy))
    assert (in_box, in_track) == (many[:255], many)
    assert join_carriers(in_box, in_track) == many


def test_long_titles_are_cut_at_a_character_in_the_box_and_whole_in_the_track() -> None:
    title = "파" * 100
    copy = copy_bytes(make_file(), replace(LABEL, chapters=(Chapter(start=0, title=title),)))
    assert read_box_chapters(copy)[0].title == "파" * 85
    assert read_chapter_track(io.BytesIO(copy))[0].title == title
    endless = copy_bytes(make_file(), replace(LABEL, chapters=(Chapter(start=0, title="파" * 30_000),)))
    assert read_chapter_track(io.BytesIO(endless))[0].title == "파" * 21_845


def test_a_link_too_long_for_its_box_is_left_out_and_others_are_written_as_addresses() -> None:
    links = ("https://example.org/" + "a" * 235, "https://example.org/" + "a" * 236, "https://example.org/밀물")
    chapters = tuple(Chapter(start=number, title="Ebb", link=link) for number, link in enumerate(links))
    found = read_chapter_track(io.BytesIO(copy_bytes(make_file(), replace(LABEL, chapters=chapters))))
    assert [one.link for one in found] == [links[0], "", "https://example.org/%EB%B0%80%EB%AC%BC"]


ENTRIES = st.tuples(st.integers(0, 10**9), st.text(max_size=400))
CHAPTER_LISTS = st.lists(ENTRIES, min_size=1, max_size=300, unique_by=lambda one: one[0])


def make_chapters(entries: list[tuple[int, str]]) -> tuple[Chapter, ...]:
    return tuple(Chapter(start=start, title=title) for start, title in sorted(entries))


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(CHAPTER_LISTS)
def test_any_list_of_chapters_comes_back_from_both_carriers(entries: list[tuple[int, str]]) -> None:
    label = replace(LABEL, chapters=make_chapters(entries), pictures={})
    copy = copy_bytes(make_file(), label)
    found = read_chapter_track(io.BytesIO(copy))
    assert [one.start for one in found] == [one.start for one in label.chapters]
    assert [one.start for one in read_box_chapters(copy)] == [one.start for one in label.chapters][:255]
    assert [one.title for one in found] == [
        clean_line(one.title) or f"Chapter {number}" for number, one in enumerate(label.chapters, 1)
    ]
    assert list_sounds(copy) == list(SOUND)


def make_atom(name: bytes, value: bytes) -> bytes:
    return format_box(name, format_box(b"data", struct.pack(">II", 1, 0), value))


ABOUT = format_full_box(b"hdlr", bytes(4), b"mdir", b"appl", bytes(9))
FOREIGN = (
    make_atom(b"\xa9too", b"Recorder 3") + make_atom(b"purl", b"https://example.org/feed") + make_atom(b"----", b"x")
)
OURS = make_atom(b"\xa9nam", b"Old") + make_atom(b"tves", b"\0\0\0\7")
TAGGED = {
    "with a version": format_full_box(b"meta", ABOUT, format_box(b"ilst", OURS, FOREIGN), format_box(b"free", b"pad")),
    "as QuickTime has it": format_box(b"meta", ABOUT, format_box(b"ilst", OURS, FOREIGN), format_box(b"free", b"pad")),
    "without a handler": format_full_box(b"meta", format_box(b"ilst", OURS, FOREIGN), format_box(b"free", b"pad")),
}


@pytest.mark.parametrize("meta", TAGGED.values(), ids=TAGGED)
def test_what_is_not_ours_is_kept_byte_for_byte_and_what_is_ours_is_replaced(meta: bytes) -> None:
    others = format_box(b"Xtra", b"player"), format_box(b"\xa9xyz", b"\0\4\x15\xc7+1+2")
    top = format_box(b"uuid", b"sixteen letters.")
    source = make_file(user_data=others[0] + meta + others[1] + bytes(4), before=top)
    copy = copy_bytes(source, LABEL)
    assert top in copy
    users = find_box(copy, b"moov", b"udta")
    assert users.startswith(others[0])
    assert users.endswith(bytes(4))
    assert [name for name, _ in find_boxes(users)] == [b"Xtra", b"meta", b"\xa9xyz", b"chpl"]
    assert others[1] in users
    assert FOREIGN in users
    assert format_box(b"free", b"pad") in users
    assert b"Old" not in users
    assert b"tves" not in users
    assert copy_bytes(copy, LABEL) == copy


def test_tags_of_another_kind_stay_beside_ours_which_stand_first() -> None:
    other = format_full_box(b"meta", format_full_box(b"hdlr", bytes(4), b"mdta", bytes(13)), format_box(b"keys", b"x"))
    copy = copy_bytes(make_file(user_data=other), LABEL)
    users = find_box(copy, b"moov", b"udta")
    assert users.index(b"Tides") < users.index(other)
    assert copy_bytes(copy, LABEL) == copy


def test_where_nothing_is_said_all_stays() -> None:
    source = (SAMPLES / "chapters.m4a").read_bytes()
    copy = copy_bytes(source, BARE)
    assert find_box(copy, b"moov", b"udta") == find_box(source, b"moov", b"udta")
    assert read_chapter_track(io.BytesIO(copy)) == read_chapter_track(io.BytesIO(source))
    assert list_sounds(copy) == list_sounds(source)


def test_chapters_of_another_program_are_replaced_and_not_doubled(tmp_path: Path) -> None:
    source = (SAMPLES / "chapters.m4a").read_bytes()
    (tmp_path / "copy.m4a").write_bytes(copy_bytes(source, LABEL))
    copy = (tmp_path / "copy.m4a").read_bytes()
    assert len(list_tracks(copy, b"text")) == 1
    assert copy.count(b"chpl") == 1
    assert measure_tags(tmp_path / "copy.m4a").chapters == LISTED
    assert list_sounds(copy) == list_sounds(source)


def test_silent_chapters_alone_are_no_chapters() -> None:
    copy = copy_bytes((SAMPLES / "chapters.m4a").read_bytes(), replace(LABEL, chapters=(CHAPTERS[2],)))
    assert read_chapter_track(io.BytesIO(copy)) == read_box_chapters(copy) == ()
    assert list_tracks(copy, b"text") == []


def test_a_file_on_disk_says_what_its_label_does(tmp_path: Path) -> None:
    copy = measure_copy(SAMPLES / "chapters.m4a", LABEL)
    file = tmp_path / "tides.m4a"
    file.write_bytes(b"".join(copy.read_pieces()))
    assert file.stat().st_size == copy.length
    tags = measure_tags(file)
    assert (tags.title, tags.author, tags.dates) == ("Tides", "Ada Marsh", ("2026-05-12T09:00:00Z",))
    assert (tags.season, tags.episode, tags.description) == (2, 7, LABEL.summary)
    assert tags.chapters == LISTED
    with file.open("rb") as stream:
        assert measure_recording(stream).chapters == LISTED
    pictures = read_pictures(file)
    assert pictures.cover == draw("red").data
    assert pictures.chapters == ((2_501, draw("blue").data), (3_000, draw("green").data))
    audio = MP4(file)
    assert audio["©alb"] == ["The Shore"]
    assert audio["©url"] == ["https://example.org/tides"]
    assert audio["desc"] == ["What the moon does. And the sun."]


def test_links_in_a_track_of_their_own_go_to_the_titles_of_the_other() -> None:
    titles = (Chapter(start=0, title="Ebb"), Chapter(start=9, title="Flow"))
    links = (Chapter(start=9, title="read more", link="https://example.org/"),)
    expected = (titles[0], replace(titles[1], link="https://example.org/"))
    assert join_text_tracks([titles, links]) == join_text_tracks([links, titles]) == expected
    assert join_text_tracks([]) == ()


def make_broken() -> dict[str, tuple[bytes, str]]:
    whole = make_file()
    elsewhere = format_full_box(b"dref", struct.pack(">I", 1), format_full_box(b"url ", b"file:sound\0"))
    return {
        "fragments": (whole + format_box(b"moof"), "made of fragments"),
        "promised fragments": (format_box(b"moov", format_box(b"mvex")), "made of fragments"),
        "cut off": (whole[:-1], "cut off"),
        "no tables": (format_box(b"ftyp", b"M4A ") + format_box(MDAT, b"sound"), "no tables"),
        "packed tables": (format_box(b"moov", format_box(b"cmov", b"x")), "packed or missing"),
        "keys": (make_file(stbl=format_full_box(b"saio", bytes(8))), "protected"),
        "another file": (make_file(minf=format_box(b"dinf", elsewhere)), "another file"),
        "pictures": (whole + format_full_box(b"meta", format_box(b"iloc", b"1234")), "pictures beside"),
        "broken tables": (whole.replace(b"tkhd", b"free"), "broken"),
        "boxes too long": (whole.replace(b"\0\0\0\x10smhd", b"\0\0\x10\0smhd"), "broken"),
        "samples nowhere": (whole.replace(struct.pack(">I", whole.index(SOUND[1])), b"\0\0\0\x80"), "none"),
        "samples too far": (whole.replace(struct.pack(">I", whole.index(SOUND[1])), b"\xff\0\0\0"), "none"),
    }


@pytest.mark.parametrize(("data", "message"), make_broken().values(), ids=make_broken())
def test_what_cannot_be_copied_is_refused_with_a_reason(data: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        copy_bytes(data, LABEL)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_broken_file_is_refused_or_copied_and_nothing_else(data: st.DataObject) -> None:
    file = bytearray(make_file(data.draw(st.sampled_from(LAYOUTS)), user_data=TAGGED["with a version"]))
    for place in data.draw(st.lists(st.integers(0, len(file) - 1), min_size=1, max_size=8)):
        file[place] = data.draw(st.integers(0, 255))
    try:
        copy = copy_bytes(bytes(file[: data.draw(st.integers(0, len(file)))]), LABEL)
    except ValueError as error:
        assert str(error)
    else:
        assert read_box_chapters(copy)


def test_samples_that_move_behind_four_gibibytes_get_wide_places(tmp_path: Path) -> None:
    file, far = tmp_path / "long.mp4", (1 << 32) - 8
    kind = format_box(b"ftyp", b"isom\0\0\0\0isom")
    movie = make_movie((len(kind) + 2_000, far))
    with file.open("wb") as stream:
        stream.write(kind + movie + struct.pack(">I4sQ", 1, MDAT, far + 100 - len(kind) - len(movie)))
        stream.seek(far)
        stream.write(SOUND[1])
        stream.truncate(far + 100)
    front = measure_copy(file, LABEL).pieces[1]
    assert isinstance(front, bytes)
    (track,) = list_tracks(front, b"soun")
    tables = find_box(track, b"mdia", b"minf", b"stbl")
    assert find_box(tables, b"stco") == b""
    moved = len(front) - len(movie) - 16  # the head of the sound, which is written anew
    assert struct.unpack_from(">QQ", find_box(tables, b"co64"), 8) == (len(kind) + 2_000 + moved, far + moved)


# Outside readers.


def run(find_program: Callable[[str, str], str], words: str, *more: str | Path) -> str:
    program, *options = words.split()
    command = [find_program(program, "apt install ffmpeg"), *options, *map(str, more)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


SOURCES = {
    "talk.m4a": "-f lavfi -i sine=440:r=16000 -t 8",
    "front.m4a": "-f lavfi -i sine=440:r=16000 -t 8 -movflags +faststart",
    "film.mp4": "-f lavfi -i testsrc=s=64x48:r=5 -f lavfi -i sine=440:r=16000 -t 8 -pix_fmt yuv420p",
    "film.mov": "-f lavfi -i testsrc=s=64x48:r=5 -f lavfi -i sine=440:r=16000 -t 8 -pix_fmt yuv420p",
}


def make_source(find_program: Callable[[str, str], str], file: Path) -> Path:
    run(find_program, f"ffmpeg -v error {SOURCES[file.name]}", file)
    return file


def write_copy(source: Path, label: Label) -> Path:
    file = source.with_stem("copy")
    file.write_bytes(b"".join(measure_copy(source, label).read_pieces()))
    return file


@pytest.mark.external
@pytest.mark.parametrize("name", SOURCES)
def test_ffmpeg_finds_the_same_streams_and_the_chapters(
    name: str, tmp_path: Path, find_program: Callable[[str, str], str]
) -> None:
    source = make_source(find_program, tmp_path / name)
    copy = write_copy(source, LABEL)
    played = "-map 0:a -map 0:v? -map -0:d"
    streams = [
        run(find_program, "ffmpeg -v error -i", file, *options.split(), *"-c copy -f streamhash -".split())
        for file, options in ((source, played), (copy, "-map 0:a" if name.endswith("m4a") else "-map 0:a -map 0:v:0"))
    ]
    assert streams[0] == streams[1]
    assert list_sounds(copy.read_bytes()) == list_sounds(source.read_bytes())
    said = json.loads(run(find_program, "ffprobe -v error -show_chapters -show_format -of json", copy))
    found = [(round(float(one["start_time"]) * 1000), one["tags"]["title"]) for one in said["chapters"]]
    assert found == [(one.start, one.title) for one in LISTED]
    tags = said["format"]["tags"]
    assert (tags["title"], tags["album"], tags["artist"]) == ("Tides", "The Shore", "Ada Marsh")
    assert (tags["track"], tags["disc"], tags["date"]) == ("7", "2", "2026-05-12T09:00:00Z")
    assert tags["URL"] == LABEL.link
    assert measure_tags(copy).chapters == LISTED
    assert read_pictures(copy).chapters == ((2_501, draw("blue").data), (3_000, draw("green").data))


@pytest.mark.external
@pytest.mark.parametrize("first", [0, 1_501])
def test_ffprobe_finds_300_chapters_to_the_millisecond(
    first: int, tmp_path: Path, find_program: Callable[[str, str], str]
) -> None:
    many = tuple(Chapter(start=first + number * 21, title=f"파도 {number} 🌊") for number in range(300))
    copy = write_copy(make_source(find_program, tmp_path / "talk.m4a"), replace(LABEL, chapters=many))
    said = json.loads(run(find_program, "ffprobe -v error -show_chapters -of json", copy))
    found = [(round(float(one["start_time"]) * 1000), one["tags"]["title"]) for one in said["chapters"]]
    assert found == [(one.start, one.title) for one in many]


@pytest.mark.external
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(CHAPTER_LISTS)
def test_ffprobe_finds_any_chapters(
    tmp_path: Path, find_program: Callable[[str, str], str], entries: list[tuple[int, str]]
) -> None:
    source = tmp_path / "talk.m4a"
    label = replace(LABEL, chapters=make_chapters(entries), pictures={}, duration=0)
    copy = write_copy(source if source.exists() else make_source(find_program, source), label)
    said = json.loads(run(find_program, "ffprobe -v error -show_chapters -of json", copy))
    found = [(round(float(one["start_time"]) * 1000), one.get("tags", {}).get("title", "")) for one in said["chapters"]]
    assert found == [(one.start, clean_line(one.title)) for one in label.chapters]
