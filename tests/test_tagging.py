"""Tagged copies: the sound stays as it is, what others wrote is kept, and what we say is read by other programs.

`tags/silence.{mp3,opus,ogg,flac}` were made by ffmpeg.
"""

# mypy: allow-untyped-calls
# (mutagen has no types)

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import io
import json
import random
import struct
import subprocess
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import mutagen
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutagen.flac import FLAC, Picture
from mutagen.id3 import APIC, CHAP, COMM, ID3, PCST, PRIV, TDOR, TIT2, TXXX, UFID, USLT, WXXX
from mutagen.ogg import OggPage
from mutagen.oggopus import OggOpus
from PIL import Image

from feeds.chapters.id3 import parse_id3_chapters
from feeds.chapters.id3_frames import parse_chapter_tag
from feeds.formats import CONTROL
from feeds.media.measure import measure_tags, read_pictures
from feeds.media.standin import format_standin
from feeds.model import Chapter
from feeds.rulebook.check import Rulebook, check_subject
from feeds.rulebook.files.linked import Media
from feeds.rules.every import RULES
from feeds.tagging.copy import TaggedCopy, measure_copy
from feeds.tagging.id3 import parse_tag
from feeds.tagging.label import Cover, Label
from feeds.tagging.mp3 import format_labelled_tag
from feeds.tagging.ogg import Renumbered, format_pages
from feeds.tagging.pieces import Span
from tests.linked_pairs import format_bits, make_frame, make_sound, make_tag

SAMPLES = Path(__file__).with_name("tags")
KINDS = ("mp3", "opus", "ogg", "flac")


def draw(format: Literal["PNG", "JPEG"]) -> Cover:
    """A picture with much in it."""
    stream = io.BytesIO()
    Image.frombytes("L", (200, 200), random.Random(1).randbytes(40_000)).save(stream, format)
    return Cover(data=stream.getvalue(), type="image/png" if format == "PNG" else "image/jpeg")


PNG, JPEG = draw("PNG"), draw("JPEG")
LARGE = Cover(data=random.Random(2).randbytes(400_000), type="image/jpeg")
CHAPTERS = (
    Chapter(start=0, title="The beginning"),
    Chapter(start=1_250, title="A silent picture", toc=False, image="p.png"),
    Chapter(start=2_500, title="Zweites: die Flut – 밀물", link="https://example.org/ebb?a=ö"),
    Chapter(start=4_001, title="The end", end=7_500, image="p.png"),
)
LABEL = Label(
    title="Ebb & Flow – 물때",
    show="The Tide Line",
    author="Ada Marsh",
    date=dt.datetime(2026, 5, 12, 11, 30, tzinfo=dt.timezone(dt.timedelta(hours=2))),
    season=2,
    episode=7,
    link="https://example.org/ebb",
    summary="Of water.\nAnd the moon.",
    language="de",
    cover=PNG,
    chapters=CHAPTERS,
    pictures={"p.png": JPEG},
    duration=8_000,
)
LISTED = tuple(Chapter(start=one.start, title=one.title, link=one.link) for one in CHAPTERS if one.toc)


@pytest.fixture(params=KINDS)
def sample(request: pytest.FixtureRequest) -> Path:
    return SAMPLES / f"silence.{request.param}"


def write_copy(copy: TaggedCopy, file: Path) -> Path:
    file.write_bytes(read_copy(copy))
    return file


def read_copy(copy: TaggedCopy) -> bytes:
    data = b"".join(copy.read_pieces())
    assert len(data) == copy.length
    return data


def hash_sound(file: Path) -> str:
    """The hash of a file without its tags, found by other means than ours."""
    data = file.read_bytes()
    if file.suffix == ".mp3":
        sound = data[ID3(file).size :] if data.startswith(b"ID3") else data
    elif file.suffix == ".flac":
        sound = data[data.index(b"\xff\xf8") :]
    else:
        stream = io.BytesIO(data)
        pages = []
        while stream.tell() < len(data):
            pages.append(OggPage(stream))
        serial = pages[0].serial
        packets = OggPage.to_packets([page for page in pages if page.serial == serial])
        sound = packets[0] + b"".join(packets[2:])
    return hashlib.sha256(sound).hexdigest()


def test_the_sound_is_the_same_byte_for_byte(sample: Path, tmp_path: Path) -> None:
    before = sample.read_bytes()
    copy = write_copy(measure_copy(sample, LABEL), tmp_path / sample.name)
    assert hash_sound(copy) == hash_sound(sample)
    assert copy.read_bytes() != before == sample.read_bytes()


def test_what_the_label_says_is_read_back(sample: Path, tmp_path: Path) -> None:
    copy = write_copy(measure_copy(sample, LABEL), tmp_path / sample.name)
    tags = measure_tags(copy)
    assert (tags.title, tags.author, tags.season, tags.episode) == (LABEL.title, LABEL.author, 2, 7)
    assert tags.description == LABEL.summary
    assert tags.dates[0].replace(" ", "T") == "2026-05-12T09:30:00Z"
    expected = CHAPTERS if sample.suffix == ".mp3" else LISTED
    said = [replace(one, image="", link=one.link.replace("ö", "%C3%B6")) for one in expected]
    assert list(tags.chapters) == said
    assert read_pictures(copy).cover == PNG.data
    album = mutagen.File(copy)["TALB" if sample.suffix == ".mp3" else "album"]
    assert str(album[0] if isinstance(album, list) else album) == LABEL.show


def test_a_copy_of_a_copy_has_the_same_bytes(sample: Path, tmp_path: Path) -> None:
    first = write_copy(measure_copy(sample, LABEL), tmp_path / sample.name)
    assert read_copy(measure_copy(first, LABEL)) == first.read_bytes()


def test_a_shorter_label_leaves_nothing_of_a_longer_one(sample: Path, tmp_path: Path) -> None:
    short = replace(LABEL, title="Ebb", summary="Sea.", cover=JPEG, chapters=CHAPTERS[:1], pictures={})
    long = write_copy(measure_copy(sample, LABEL), tmp_path / sample.name)
    straight = read_copy(measure_copy(sample, short))
    assert read_copy(measure_copy(long, short)) == straight


def test_what_the_label_does_not_say_stays(sample: Path, tmp_path: Path) -> None:
    first = write_copy(measure_copy(sample, LABEL), tmp_path / sample.name)
    silent = Label(title=LABEL.title, show=LABEL.show)
    again = write_copy(measure_copy(first, silent), tmp_path / f"again{sample.suffix}")
    assert measure_tags(again) == measure_tags(first)
    assert read_pictures(again).cover == PNG.data


def test_a_copy_can_begin_from_a_file_without_tags(tmp_path: Path) -> None:
    file = tmp_path / "a.mp3"
    file.write_bytes(b"".join(format_standin(duration=8_000, marks=())))
    data = read_copy(measure_copy(file, LABEL))
    assert data.startswith(b"ID3\x03")
    assert data.endswith(file.read_bytes())


line = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 3_600_000), line), min_size=1, max_size=20, unique_by=lambda one: one[0]),
    line,
    st.sampled_from(KINDS),
)
def test_any_chapters_and_title_come_back(
    tmp_path_factory: pytest.TempPathFactory, entries: list[tuple[int, str]], title: str, kind: str
) -> None:
    chapters = tuple(Chapter(start=start, title=text) for start, text in sorted(entries))
    label = Label(title=title, show="Show", chapters=chapters, duration=4_000_000)
    file = tmp_path_factory.getbasetemp() / f"any.{kind}"
    write_copy(measure_copy(SAMPLES / f"silence.{kind}", label), file)
    found = measure_tags(file)
    clean = [" ".join(CONTROL.sub("", one.title).split()) for one in chapters]
    titles = [name or f"Chapter {number}" for number, name in enumerate(clean, 1)]
    assert [(one.start, one.title) for one in found.chapters] == [
        (one.start, name) for one, name in zip(chapters, titles, strict=True)
    ]
    if said := " ".join(CONTROL.sub("", title).split()):
        assert found.title == said


# MP3 alone.


def make_mp3(tag: bytes) -> bytes:
    return tag + make_sound(seconds=2)


def relabel(tag: bytes, label: Label = LABEL) -> bytes:
    return format_labelled_tag(parse_tag(tag), label)


def save_tag(*frames: object, version: int = 4) -> bytes:
    tags, stream = ID3(), io.BytesIO()
    for frame in frames:
        tags.add(frame)
    tags.save(stream, v2_version=version, padding=lambda _: 100)
    return stream.getvalue()


FOREIGN = {
    "unknown": make_frame("XYZ9", b"\0\1\2nobody knows"),
    "private": make_frame("PRIV", b"org.example\0" + bytes(range(256))),
    "note": make_frame("COMM", b"\0engiTunNORM\0 000003F1"),
    "wide note": make_frame("COMM", b"\1eng\xff\xfeN\0\0\0\xff\xfe1\0"),
    "back cover": make_frame("APIC", b"\0image/png\0\x04\0" + PNG.data),
    "encrypted": b"TXXX" + struct.pack(">I", 9) + b"\0\x40" + b"\x80" + b"whatever",
    "packed": b"GEOB"
    + struct.pack(">I", 4 + len(zlib.compress(bytes(99))))
    + b"\0\x80\0\0\0\x63"
    + zlib.compress(bytes(99)),
    "alike": make_frame("TIT3", b"\0a") + make_frame("TIT3", b"\0b"),
    "podcast": make_frame("PCST", bytes(4)),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_a_frame_of_others_is_kept_byte_for_byte(name: str) -> None:
    old = make_tag([make_frame("TIT2", b"\0Old"), FOREIGN[name], make_frame("CHAP", b"a\0" + bytes(16))])
    new = relabel(old)
    assert FOREIGN[name] in new
    assert b"Old" not in new


@pytest.mark.parametrize(
    ("frame", "label"),
    [
        (make_frame("COMM", b"\0eng\0Old"), LABEL),
        (make_frame("COMM", b"\1eng\xff\xfe\0\0\xff\xfeO\0l\0d\0"), LABEL),
        (make_frame("APIC", b"\0image/png\0\x03Front\0Old"), LABEL),
        (make_frame("TYER", b"\x001999") + make_frame("TDAT", b"\x000101"), LABEL),
        (make_frame("CTOC", b"old\0\3\1a\0") + make_frame("CHAP", b"a\0" + bytes(16)), LABEL),
        (make_frame("WOAF", b"https://example.org/old"), LABEL),
    ],
)
def test_what_is_said_anew_replaces_what_was_said(frame: bytes, label: Label) -> None:
    assert relabel(make_tag([frame]), label) == relabel(make_tag([]), label)
    silent = Label(title="A", show="B")
    assert frame in relabel(make_tag([frame]), silent)


def test_a_tag_is_taken_apart_however_it_is_packed() -> None:
    frame = FOREIGN["private"]
    plain = relabel(make_tag([frame]))
    body = frame.replace(b"\xff", b"\xff\0")
    assert relabel(b"ID3\x03\0\x80" + format_bits(len(body)) + body) == plain
    extended = struct.pack(">IHI", 6, 0, 0) + frame
    assert relabel(b"ID3\x03\0\x40" + format_bits(len(extended)) + extended) == plain


def test_frames_of_a_tag_that_is_unsynchronised_as_a_whole_are_meant_as_they_were() -> None:
    content = b"org.example\0\xff\xe0\xff\0"
    body = make_frame("PRIV", content.replace(b"\xff", b"\xff\0"), version=4)
    kept = relabel(b"ID3\x04\0\x80" + format_bits(len(body)) + body, Label(title="A", show="B"))
    assert make_frame("PRIV", content, version=4) in kept


def test_a_footer_goes_with_its_tag(tmp_path: Path) -> None:
    frame = make_frame("PRIV", b"a\0b", version=4)
    tag = b"ID3\x04\0\x10" + format_bits(len(frame)) + frame + b"3DI\x04\0\x10" + format_bits(len(frame))
    (tmp_path / "a.mp3").write_bytes(make_mp3(tag))
    data = read_copy(measure_copy(tmp_path / "a.mp3", LABEL))
    assert data.endswith(make_sound(seconds=2))
    assert b"3DI" not in data


def test_several_tags_become_one_and_lose_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.mp3"
    file.write_bytes(make_mp3(make_tag([FOREIGN["private"]]) + make_tag([FOREIGN["unknown"]])))
    data = read_copy(measure_copy(file, LABEL))
    assert FOREIGN["private"] + FOREIGN["unknown"] + make_sound(seconds=2) in data
    file.write_bytes(make_mp3(make_tag([FOREIGN["private"]]) + make_tag([], version=4)))
    with pytest.raises(ValueError, match="different versions"):
        measure_copy(file, LABEL)


def test_what_is_no_frame_is_kept_behind_the_frames() -> None:
    cut = b"TPE4" + struct.pack(">IH", 9_999, 0) + b"\0breaks off"
    new = relabel(b"ID3\x03\0\0" + format_bits(len(FOREIGN["note"] + cut)) + FOREIGN["note"] + cut)
    assert new.endswith(FOREIGN["note"] + cut)
    assert relabel(new) == new


@pytest.mark.parametrize(
    ("tag", "message"),
    [
        (b"ID3\x05\0\0\0\0\0\0", "of a version other than"),
        (b"ID3\x03\0\0\0\0\xff\0", "is broken"),
        (b"ID3\x03\0\0\x7f\0\0\0", "longer than the file"),
        (b"ID3\x02\0\x40\0\0\0\0", "packed in a way"),
        (b"ID3\x02\0\0\0\0\0\x08XYZ\0\0\2hi", "'XYZ' .* no later form"),
        (b"ID3\x02\0\0\0\0\0\x08TT2\0\0\x09hi", "breaks off"),
    ],
)
def test_a_tag_that_cannot_be_read_is_told_and_not_lost(tag: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(make_mp3(tag))
    with pytest.raises(ValueError, match=message):
        measure_copy(tmp_path / "a.mp3", LABEL)


def test_a_tag_of_version_2_2_becomes_2_3() -> None:
    frames = b"TT2\0\0\4\0Old" + b"TCM\0\0\5\0Bach" + b"PIC\0\0\x0a\0PNG\4\0data"
    new = relabel(b"ID3\x02\0\0" + format_bits(len(frames) + 50) + frames + bytes(50))
    assert new[3] == 3
    assert new.endswith(make_frame("TCOM", b"\0Bach") + make_frame("APIC", b"\0image/png\0\4\0data"))


def test_what_itunes_noted_of_podcasts_in_version_2_2_is_kept() -> None:
    frames = b"PCS\0\0\4\0\0\0\0" + b"TID\0\0\3\0id" + b"WFD\0\0\5\0http"
    new = relabel(b"ID3\x02\0\0" + format_bits(len(frames)) + frames)
    assert new.endswith(make_frame("PCST", bytes(4)) + make_frame("TGID", b"\0id") + make_frame("WFED", b"\0http"))


def test_a_tag_of_version_2_4_with_chapters_becomes_2_3_and_says_the_same() -> None:
    frames = [
        TXXX(encoding=3, desc="Größe", text=["ä", "b"]),
        COMM(encoding=3, lang="eng", desc="note", text=["물"]),
        USLT(encoding=2, lang="eng", desc="", text="words"),
        WXXX(encoding=3, desc="ß", url="https://example.org"),
        APIC(encoding=3, mime="image/png", type=4, desc="Rück", data=b"\x01\xff"),
        PRIV(owner="a", data=b"\xff\0"),
        UFID(owner="b", data=b"1"),
        PCST(value=0),
        TDOR(encoding=3, text=["2001-02-03"]),
    ]
    old, new = (ID3(io.BytesIO(tag)) for tag in (save_tag(*frames), relabel(save_tag(*frames))))
    assert new.version == (2, 3, 0)
    for key, frame in old.items():
        assert describe(new[key]) == describe(frame)


def describe(frame: Any) -> dict[str, object]:
    """What a frame says, whatever its encoding."""
    return {name: str(value) for name, value in vars(frame).items() if name not in ("encoding", "_encoding")}


def test_a_tag_of_version_2_4_stays_if_it_would_lose_something() -> None:
    grouped = b"TXXX" + format_bits(4) + b"\0\x40" + b"\x80\0a\0"
    new = relabel(make_tag([grouped], version=4))
    assert new[3] == 4
    assert new.endswith(grouped)
    assert relabel(make_tag([], version=4), Label(title="A", show="B"))[3] == 4


def test_the_frames_stand_in_order_of_time_contents_first() -> None:
    titles = ("a" * 300, "b", "", "c" * 50)
    chapters = tuple(Chapter(start=number * 1_000, title=title) for number, title in enumerate(titles))
    new = relabel(make_tag([]), replace(LABEL, chapters=chapters))
    found = parse_chapter_tag(new)
    assert [(one.start, one.end, one.title) for one in found.chapters] == [
        (0, 1_000, titles[0]),
        (1_000, 2_000, "b"),
        (2_000, 3_000, ""),
        (3_000, 8_000, titles[3]),
    ]
    assert all(one.start_offset == one.end_offset == 0xFFFF_FFFF for one in found.chapters)
    (contents,) = found.contents
    assert (contents.is_top, contents.is_ordered, contents.title) == (True, True, LABEL.title)
    assert contents.children == tuple(one.id for one in found.chapters)
    assert new.index(b"CTOC") < new.index(b"CHAP")


def test_silent_chapters_stand_outside_the_contents_and_end_with_the_next_of_any_kind() -> None:
    found = parse_chapter_tag(relabel(make_tag([])))
    assert [one.end for one in found.chapters] == [2_500, 2_500, 4_001, 7_500]
    (contents,) = found.contents
    assert len(contents.children) == 3
    assert found.chapters[1].id not in contents.children


@pytest.mark.parametrize("count", [255, 256, 300, 1_000])
def test_more_chapters_than_a_table_lists_stand_in_tables_below_it(count: int) -> None:
    chapters = tuple(Chapter(start=number * 1_000, title=f"No. {number}") for number in range(count))
    new = relabel(make_tag([]), replace(LABEL, chapters=chapters, duration=count * 1_000))
    found = parse_chapter_tag(new)
    root, *others = found.contents
    assert (root.is_top, [one.is_top for one in others]) == (True, [False] * len(others))
    assert all(one.is_ordered and len(one.children) == one.count for one in found.contents)
    below = {one.id: one.children for one in others}
    listed = [child for entry in root.children for child in below.get(entry, (entry,))]
    assert listed == [one.id for one in found.chapters]
    assert len(set(found.ids)) == len(found.ids)
    assert parse_id3_chapters(ID3(io.BytesIO(new)), count * 1_000) == chapters


def test_mutagen_reads_chapters_with_pictures_and_addresses_of_pictures() -> None:
    chapters = (*CHAPTERS[:-1], replace(CHAPTERS[-1], image="https://example.org/end.png"))
    tags = ID3(io.BytesIO(relabel(make_tag([]), replace(LABEL, chapters=chapters))))
    frames = sorted(tags.getall("CHAP"), key=lambda frame: frame.start_time)
    pictures = [[(one.mime, one.data) for one in frame.sub_frames.getall("APIC")] for frame in frames]
    assert pictures == [[], [("image/jpeg", JPEG.data)], [], [("-->", b"https://example.org/end.png")]]
    assert parse_id3_chapters(tags, 8_000)[-1].image == "https://example.org/end.png"
    assert isinstance(frames[0], CHAP)


def test_the_rulebook_finds_nothing_in_a_tag_with_any_chapters() -> None:
    for count in (1, 300):
        chapters = tuple(Chapter(start=number * 1_000, title="Ebb", toc=number != 5) for number in range(count))
        media = Media(
            url="https://example.org/a.mp3",
            uses=(),
            container="MP3",
            duration=count * 1_000,
            tag=parse_chapter_tag(relabel(make_tag([]), replace(LABEL, chapters=chapters, duration=count * 1_000))),
        )
        findings = check_subject("media", media, "a.mp3", Rulebook(RULES)).findings
        assert [finding.message for finding in findings if "chapters-id3" in finding.rule] == []


def test_a_text_that_holds_zeros_ends_nowhere() -> None:
    label = Label(title="A\0TIT2\x07B", show="C\r\nD", summary="one\r\ntwo\0three")
    tags = ID3(io.BytesIO(relabel(make_tag([]), label)))
    assert [tags[name].text for name in ("TIT2", "TALB", "TDES")] == [["ATIT2B"], ["C D"], ["one\ntwothree"]]
    assert tags.getall("COMM")[0].text == ["one\ntwothree"]
    assert TIT2 in {type(frame) for frame in tags.values()}


def test_tags_at_the_end_stay(tmp_path: Path) -> None:
    file, old = tmp_path / "a.mp3", b"TAG" + b"Old title".ljust(125, b"\0")
    file.write_bytes(make_sound(seconds=2) + old)
    copy = write_copy(measure_copy(file, LABEL), tmp_path / "b.mp3")
    assert copy.read_bytes().endswith(make_sound(seconds=2) + old)
    assert measure_tags(copy).title == LABEL.title


def test_a_chapter_beyond_what_a_tag_counts_is_told() -> None:
    with pytest.raises(ValueError, match="beyond 49 days"):
        relabel(make_tag([]), replace(LABEL, chapters=(Chapter(start=2**32, title="Late"),)))


@given(
    st.binary(max_size=300), st.sampled_from([b"\x02\0\0", b"\x03\0\x80", b"\x04\0\0", b"\x04\0\xc0", b"\x03\0\x40"])
)
def test_no_tag_makes_the_writer_fail_in_another_way(body: bytes, head: bytes) -> None:
    try:
        new = relabel(b"ID3" + head + format_bits(len(body)) + body)
    except ValueError:
        return
    assert relabel(new) == new


# Comments.


def test_comments_of_others_are_kept_and_the_vendor_with_them(tmp_path: Path) -> None:
    file = tmp_path / "a.opus"
    file.write_bytes((SAMPLES / "silence.opus").read_bytes())
    audio: Any = OggOpus(file)
    back = Picture()
    back.type, back.data, back.mime = 4, b"back", "image/png"
    kept = {"composer": ["Bach", "Händel"], "r128_track_gain": ["-12"], "chapters": ["no chapter"]}
    for key, values in kept.items():
        audio[key] = values
    audio["metadata_block_picture"] = [base64.b64encode(back.write()).decode(), "no picture"]
    audio["title"], audio["releasedate"], audio["chapter007url"] = "Old", "1999", "https://example.org/old"
    audio.save()
    vendor = audio.tags.vendor
    copy: Any = OggOpus(write_copy(measure_copy(file, LABEL), tmp_path / "b.opus"))
    assert {key: copy[key] for key in kept} == kept
    assert copy["metadata_block_picture"][1:] == audio["metadata_block_picture"]
    assert (copy["title"], copy.tags.vendor) == ([LABEL.title], vendor)
    assert "releasedate" not in copy
    assert "chapter007url" not in copy


@pytest.mark.parametrize(("rest", "kept"), [(b"\x01binary", b"\x01binary"), (b"\0" * 50, b""), (b"", b"")])
def test_what_stands_behind_comments_of_opus_is_kept_if_it_says_so(rest: bytes, kept: bytes, tmp_path: Path) -> None:
    data = make_opus(b"OpusTags" + struct.pack("<I4sI", 4, b"test", 0) + rest)
    (tmp_path / "a.opus").write_bytes(data)
    new = read_copy(measure_copy(tmp_path / "a.opus", Label(title="A", show="B")))
    (header,) = OggPage.to_packets(read_pages(new)[1:2])
    assert header == b"OpusTags" + struct.pack("<I4sI", 4, b"test", 2) + b"\7\0\0\0TITLE=A\7\0\0\0ALBUM=B" + kept


def test_more_chapters_than_comments_hold_are_told() -> None:
    chapters = tuple(Chapter(start=number, title="A") for number in range(1_000))
    with pytest.raises(ValueError, match="more than the 999"):
        measure_copy(SAMPLES / "silence.opus", replace(LABEL, chapters=chapters))
    assert measure_copy(SAMPLES / "silence.opus", replace(LABEL, chapters=chapters[1:])).length


def test_the_blocks_of_a_flac_are_kept_but_for_comments_and_the_front_cover(tmp_path: Path) -> None:
    file = tmp_path / "a.flac"
    file.write_bytes((SAMPLES / "silence.flac").read_bytes())
    audio = FLAC(file)
    for kind in (3, 4):
        picture = Picture()
        picture.type, picture.data, picture.mime = kind, bytes((kind,)) * 9, "image/png"
        audio.add_picture(picture)
    audio.save()
    copy = FLAC(write_copy(measure_copy(file, LABEL), tmp_path / "b.flac"))
    assert [(one.type, one.data) for one in copy.pictures] == [(3, PNG.data), (4, b"\4" * 9)]
    assert copy.info.md5_signature == audio.info.md5_signature
    assert [block.code for block in copy.metadata_blocks] == [0, 4, 6, 6, 1]


# Pages of Ogg.


def make_opus(*comments: bytes, serial: int = 7, sound: int = 300) -> bytes:
    """A stream of Opus with one packet a page, of lengths that chance has chosen, always the same."""
    dice = random.Random(serial)
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 312, 48_000, 0, 0)
    pages = [format_pages([head], serial=serial, number=0), format_pages(comments, serial=serial, number=1)]
    number = 1 + len(pages[1])
    for _ in range(sound):
        pages.append(format_pages([dice.randbytes(dice.randrange(700))], serial=serial, number=number))
        number += len(pages[-1])
    first = bytearray(pages[0][0])
    first[5] = 2
    return b"".join([repair(bytes(first)), *(page for some in pages[1:] for page in some)])


def repair(page: bytes) -> bytes:
    """Put the right checksum on a page."""
    return bytes(OggPage(io.BytesIO(page)).write())


NO_COMMENTS = b"OpusTags" + struct.pack("<I4sI", 4, b"test", 0)


def read_pages(data: bytes) -> list[Any]:
    stream, pages = io.BytesIO(data), list[Any]()
    while stream.tell() < len(data):
        pages.append(OggPage(stream))
    return pages


def check_pages(data: bytes) -> None:
    """Every page has the checksum that mutagen reckons, and those of a stream are numbered without a gap."""
    numbers: dict[int, list[int]] = {}
    for page in read_pages(data):
        assert data[page.offset : page.offset + page.size] == page.write()
        numbers.setdefault(page.serial, []).append(page.sequence)
    for found in numbers.values():
        assert found == list(range(len(found)))


def test_pages_behind_longer_comments_have_new_numbers_and_right_checksums(tmp_path: Path) -> None:
    file = tmp_path / "a.opus"
    file.write_bytes(make_opus(NO_COMMENTS))
    copy = measure_copy(file, replace(LABEL, cover=LARGE))
    assert isinstance(copy.pieces[-1], Renumbered)
    assert copy.pieces[-1].shift > 1
    check_pages(read_copy(copy))


@pytest.mark.parametrize("name", ["silence.opus", "silence.ogg"])
def test_pages_of_real_files_are_right(name: str) -> None:
    check_pages(read_copy(measure_copy(SAMPLES / name, replace(LABEL, cover=LARGE))))


def test_other_streams_are_left_alone(tmp_path: Path) -> None:
    ours, other, chained = (read_raw_pages(make_opus(NO_COMMENTS, serial=serial)) for serial in (1, 2, 3))
    # The other one begins second, and its pages stand between ours.
    mixed = [ours[0], other[0], *(page for pair in zip(ours[1:], other[1:], strict=True) for page in pair)]
    file = tmp_path / "a.opus"
    file.write_bytes(b"".join([*mixed, *chained]))
    data = read_copy(measure_copy(file, replace(LABEL, cover=LARGE)))
    check_pages(data)
    assert [page for page in read_raw_pages(data) if page[14] != 1] == [*other, *chained]


def test_a_stream_that_begins_anew_under_the_same_number_is_left_alone(tmp_path: Path) -> None:
    one = make_opus(NO_COMMENTS)
    file = tmp_path / "a.opus"
    file.write_bytes(one + one)
    assert read_copy(measure_copy(file, replace(LABEL, cover=LARGE))).endswith(one)


def read_raw_pages(data: bytes) -> list[bytes]:
    return [data[page.offset : page.offset + page.size] for page in read_pages(data)]


def test_bytes_that_are_no_page_and_pages_that_are_damaged_stay_so(tmp_path: Path) -> None:
    pages = read_raw_pages(make_opus(NO_COMMENTS))
    broken = bytearray(pages[9])
    broken[-1] ^= 1
    file = tmp_path / "a.opus"
    file.write_bytes(b"".join([*pages[:9], bytes(broken), b"Ogg lost", *pages[10:], b"OggS cut"]))
    copy = measure_copy(file, replace(LABEL, cover=LARGE))
    assert isinstance(copy.pieces[-1], Renumbered)
    data, shift = read_copy(copy), copy.pieces[-1].shift
    at = data.index(b"Ogg lost")
    assert data.endswith(b"OggS cut")
    page = OggPage(io.BytesIO(data[at + 8 : -8]))
    assert page.sequence == 10 + shift
    damaged = data[at - len(broken) : at]
    assert OggPage(io.BytesIO(damaged)).sequence == 9 + shift
    assert repair(damaged) != damaged


@pytest.mark.parametrize("size", [1, 27, 1_000, 70_000])
def test_pages_are_renumbered_wherever_a_piece_ends(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feeds.tagging.pieces.CHUNK", size)
    data = make_opus(NO_COMMENTS, sound=30)
    pages = Renumbered(begin=0, end=len(data), serial=8, shift=1).read_chunks(io.BytesIO(data))
    assert b"".join(pages) == data
    first = read_pages(data)[1].offset
    moved = b"".join(Renumbered(begin=first, end=len(data), serial=7, shift=2**32 - 1).read_chunks(io.BytesIO(data)))
    assert [page.sequence for page in read_pages(moved)] == list(range(31))
    assert moved == b"".join(map(repair, read_raw_pages(moved)))


@pytest.mark.parametrize("length", [0, 254, 255, 256, 65_024, 65_025, 65_026, 200_000])
def test_packets_of_any_length_stand_on_pages_of_their_own(length: int) -> None:
    packets = [b"a" * length, b"b" * 300]
    data = b"".join(format_pages(packets, serial=1, number=0))
    check_pages(data)
    pages = read_pages(data)
    assert OggPage.to_packets(pages, strict=True) == packets
    assert pages[-1].position == 0


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (make_opus(NO_COMMENTS)[:60], "break off"),
        (make_opus(NO_COMMENTS[:-2]), "comments break off"),
        (make_opus(NO_COMMENTS + bytes(90_000))[:70_000], "break off"),
        (make_opus(NO_COMMENTS, b"sound"), "not those of Opus or Vorbis"),
        (make_opus(b"OpusHuh!"), "not those of Opus or Vorbis"),
        (make_opus(NO_COMMENTS).replace(b"OpusHead", b"Speex   "), "no stream in it is Opus"),
    ],
)
def test_an_ogg_that_cannot_be_tagged_is_told(data: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "a.opus").write_bytes(data)
    with pytest.raises(ValueError, match=message):
        measure_copy(tmp_path / "a.opus", LABEL)


# Files of other kinds, and copying itself.


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"RIFF\0\0\0\0WAVE", "WAVE takes no tags"),
        (b"\xff\xf1" + bytes(600), "AAC takes no tags"),
        (b"hello", "that nobody knows"),
        (b"", "that nobody knows"),
        (make_tag([]) + b"fLaC", "in front of it"),
        (b"fLaC\0\0\0\x22short", "blocks break off"),
        (b"fLaC\x81\0\0\0", "not in the order"),
        (b"fLaC\0\0\0\0" + b"\4\0\0\x08" + bytes(8) + b"\x84\0\0\x08" + bytes(8), "comments stand there twice"),
    ],
)
def test_a_file_that_takes_no_tags_is_told(data: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(data)
    with pytest.raises(ValueError, match=message):
        measure_copy(tmp_path / "a", LABEL)


def test_a_source_that_becomes_shorter_while_it_is_copied_is_told() -> None:
    with pytest.raises(ValueError, match="became shorter"):
        list(Span(begin=0, end=9).read_chunks(io.BytesIO(b"12345678")))


def test_no_chunk_of_sound_is_larger_than_a_mebibyte(tmp_path: Path) -> None:
    for name, data in (("a.mp3", make_sound(seconds=200)), ("a.opus", make_opus(NO_COMMENTS, sound=9_000))):
        (tmp_path / name).write_bytes(data)
        assert len(data) > 3_000_000
        copy = measure_copy(tmp_path / name, replace(LABEL, cover=LARGE))
        assert max(map(len, copy.read_pieces())) <= (1 << 20) + (1 << 16)


# Programs of others.

Find = Callable[[str, str], str]
FFMPEG = "apt install ffmpeg"


@pytest.mark.external
def test_ffmpeg_finds_the_same_sound_and_the_chapters_in_order(
    sample: Path, tmp_path: Path, find_program: Find
) -> None:
    copy = write_copy(measure_copy(sample, LABEL), tmp_path / sample.name)
    hashes = [run(find_program("ffmpeg", FFMPEG), "-i", file, *HASH) for file in (sample, copy)]
    assert hashes[0] == hashes[1]
    shown = json.loads(run(find_program("ffprobe", FFMPEG), "-show_chapters", "-of", "json", copy))["chapters"]
    # ffmpeg knows no table of contents, and shows silent chapters.
    expected = CHAPTERS if sample.suffix == ".mp3" else LISTED
    assert [(round(float(one["start_time"]) * 1000), one["tags"]["title"]) for one in shown] == [
        (one.start, one.title) for one in expected
    ]


HASH = ("-map", "0:a", "-c", "copy", "-f", "streamhash", "-")


def run(program: str, *arguments: str | Path) -> str:
    command = [program, "-v", "error", *map(str, arguments)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ran.stderr == ""
    return ran.stdout


@pytest.mark.external
def test_three_hundred_chapters_are_shown_in_order(sample: Path, tmp_path: Path, find_program: Find) -> None:
    chapters = tuple(Chapter(start=n * 20 + 1, title=f"{'long ' * (n % 3 * 60)}{n}") for n in range(300))
    copy = write_copy(measure_copy(sample, replace(LABEL, chapters=chapters)), tmp_path / sample.name)
    shown = json.loads(run(find_program("ffprobe", FFMPEG), "-show_chapters", "-of", "json", copy))["chapters"]
    assert [(round(float(one["start_time"]) * 1000), one["tags"]["title"]) for one in shown] == [
        (one.start, one.title) for one in chapters
    ]
