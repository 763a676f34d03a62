"""Chapters and facts in the tags of audio files, as other programs write them.

`tags/chapters.m4a` and `tags/silence.opus` were made by ffmpeg: eight seconds of silence, the first with a title,
a track, a disc, a comment and three chapters of which the last has no title.
"""

# mypy: allow-untyped-calls
# (mutagen has no types)

from __future__ import annotations

import base64
import io
import shutil
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen.flac import Picture
from mutagen.id3 import (
    APIC,
    CHAP,
    COMM,
    CTOC,
    ID3,
    SYLT,
    TCAT,
    TCON,
    TDES,
    TDOR,
    TDRC,
    TDRL,
    TGID,
    TIT2,
    TIT3,
    TKWD,
    TPE1,
    TPOS,
    TRCK,
    TXXX,
    USLT,
    WFED,
    WXXX,
    CTOCFlags,
)
from mutagen.mp4 import MP4, MP4Cover
from mutagen.oggopus import OggOpus
from PIL import Image

from feeds.chapters.id3 import parse_id3_chapters
from feeds.chapters.mp4.texts import parse_text_samples
from feeds.chapters.mp4.tracks import find_chapter_samples
from feeds.chapters.vorbis import parse_vorbis_chapters
from feeds.media.lyrics import Lyrics, parse_lyrics
from feeds.media.measure import measure_tags, read_pictures
from feeds.media.pictures import Pictures
from feeds.media.standin import format_standin
from feeds.media.tags import Tags
from feeds.model import Chapter
from feeds.transcripts.cue import Cue

SAMPLES = Path(__file__).with_name("tags")


def make_mp3(file: Path, *frames: object) -> Path:
    """A minute of silence with these frames in its tag."""
    file.write_bytes(b"".join(format_standin(duration=60_000, marks=())))
    tags = make_id3(*frames)
    tags.save(file)
    return file


def make_id3(*frames: object) -> ID3:
    tags = ID3()
    for frame in frames:
        tags.add(frame)
    return tags


def chapter(name: str, start: int, title: str = "", link: str = "", *more: object) -> CHAP:
    parts: list[object] = [TIT2(text=[title])] if title else []
    parts += [WXXX(desc="", url=link)] if link else []
    parts += more
    return CHAP(element_id=name, start_time=start, end_time=start + 1000, sub_frames=parts)


def contents(*names: str) -> CTOC:
    flags = CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED
    return CTOC(element_id="toc", flags=flags, child_element_ids=list(names), sub_frames=[])


def test_id3_chapters_come_in_time_order_with_titles_and_links() -> None:
    tags = make_id3(
        chapter("b", 30_500, "The middle", "https://example.org/middle"),
        chapter("a", 0, "The beginning"),
        contents("b", "a"),
    )
    assert parse_id3_chapters(tags) == (
        Chapter(start=0, title="The beginning", end=1000),
        Chapter(start=30_500, title="The middle", link="https://example.org/middle"),
    )
    assert parse_id3_chapters(tags, 60_000)[1].end == 31_500


def test_an_end_that_is_the_next_start_or_that_of_the_recording_is_none() -> None:
    tags = make_id3(chapter("a", 0), chapter("b", 1_020), chapter("c", 9_000), contents("a", "b", "c"))
    assert [found.end for found in parse_id3_chapters(tags, 10_000)] == [None, 2_020, None]
    assert [found.end for found in parse_id3_chapters(tags)] == [None, 2_020, None]


def test_the_picture_of_an_id3_chapter_is_read_if_it_is_an_address() -> None:
    embedded = chapter("a", 0, "", "", APIC(mime="image/png", data=b"https://example.org/no.png"))
    linked = chapter("b", 9_000, "", "", APIC(mime="-->", data=b"https://example.org/b.png"))
    images = [found.image for found in parse_id3_chapters(make_id3(embedded, linked, contents("a", "b")))]
    assert images == ["", "https://example.org/b.png"]


def test_an_id3_chapter_outside_the_table_of_contents_is_silent() -> None:
    tags = make_id3(chapter("a", 0, "One"), chapter("picture", 5_000), chapter("b", 9_000, "Two"), contents("a", "b"))
    assert [(found.title, found.toc) for found in parse_id3_chapters(tags)] == [
        ("One", True),
        ("Chapter 2", False),
        ("Two", True),
    ]


def test_tables_of_contents_within_a_table_name_chapters_too() -> None:
    inner = CTOC(element_id="part", flags=CTOCFlags.ORDERED, child_element_ids=["b"], sub_frames=[])
    tags = make_id3(chapter("a", 0, "One"), chapter("b", 9_000, "Two"), contents("a", "part"), inner)
    assert all(found.toc for found in parse_id3_chapters(tags))


@pytest.mark.parametrize("table", [(), (contents("gone", "lost"),)], ids=["missing", "names none of them"])
def test_without_a_table_of_contents_that_helps_all_id3_chapters_are_listed(table: tuple[CTOC, ...]) -> None:
    found = parse_id3_chapters(make_id3(chapter("a", 0, "One"), chapter("b", 9_000, "Two"), *table))
    assert [one.toc for one in found] == [True, True]


def test_an_id3_tag_without_chapters_has_none() -> None:
    assert parse_id3_chapters(make_id3(TIT2(text=["Three Bells"]))) == ()


def test_titles_are_one_line_and_links_lead_to_the_web() -> None:
    tags = make_id3(
        chapter("a", 0, " The\nbeginning\x07 ", ' https://example.org/a "b" '),
        chapter("b", 9_000, "\x00", "file:///etc/hosts"),
    )
    assert parse_id3_chapters(tags) == (
        Chapter(start=0, title="The beginning", link="https://example.org/a%20%22b%22", end=1000),
        Chapter(start=9_000, title="Chapter 2"),
    )


def test_vorbis_chapters_are_read_with_names_and_links() -> None:
    comments = {
        "title": ["Three Bells"],
        "chapter002": ["00:01:20.250"],
        "chapter002name": ["The second bell"],
        "chapter002url": ["https://example.org/second"],
        "chapter001": ["00:00:00"],
        "chapter010": ["1:02:03.5"],
    }
    assert parse_vorbis_chapters(comments) == (
        Chapter(start=0, title="Chapter 1"),
        Chapter(start=80_250, title="The second bell", link="https://example.org/second"),
        Chapter(start=3_723_500, title="Chapter 3"),
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("00:00:05.000-->00:01:00.000", [5_000]),
        ("00:00:05.123456", [5_123]),
        ("5", []),
        ("later", []),
        ("", []),
    ],
)
def test_a_vorbis_chapter_whose_time_cannot_be_read_is_left_out(written: str, expected: list[int]) -> None:
    assert [found.start for found in parse_vorbis_chapters({"chapter001": [written]})] == expected


def test_an_m4a_tells_its_chapters_and_facts() -> None:
    tags = measure_tags(SAMPLES / "chapters.m4a")
    assert tags.chapters == (
        Chapter(start=0, title="The first bell"),
        Chapter(start=2_500, title="종소리"),
        Chapter(start=5_000, title="Chapter 3"),
    )
    assert (tags.title, tags.description) == ("Three Bells", "A short talk about bells.")
    assert (tags.season, tags.episode) == (2, 7)
    assert tags.duration == pytest.approx(8_000, abs=200)


def test_an_m4a_tells_its_subtitle_and_prefers_the_long_description(tmp_path: Path) -> None:
    file = Path(shutil.copy(SAMPLES / "chapters.m4a", tmp_path))
    audio = MP4(file)
    audio["----:com.apple.iTunes:SUBTITLE"] = b"On bells"
    audio["ldes"] = "A long talk.\r\n\r\nAbout bells."
    audio["pcst"] = True
    audio.save()
    tags = measure_tags(file)
    assert (tags.subtitle, tags.description) == ("On bells", "A long talk.\n\nAbout bells.")


def test_an_opus_file_tells_its_chapters_and_facts(tmp_path: Path) -> None:
    file = Path(shutil.copy(SAMPLES / "silence.opus", tmp_path))
    audio = OggOpus(file)
    audio["CHAPTER001"], audio["CHAPTER001NAME"] = "00:00:02.500", "The bell"
    audio["TITLE"], audio["SUBTITLE"], audio["DESCRIPTION"] = "Three Bells", "On bells", "A talk."
    audio["TRACKNUMBER"], audio["DISCNUMBER"] = "7", "2"
    audio.save()
    assert measure_tags(file) == Tags(
        duration=8_000,
        title="Three Bells",
        subtitle="On bells",
        description="A talk.",
        season=2,
        episode=7,
        chapters=(Chapter(start=2_500, title="The bell"),),
    )


def test_an_mp3_tells_its_chapters_and_facts(tmp_path: Path) -> None:
    file = make_mp3(
        tmp_path / "talk.mp3",
        TIT2(text=["Three\nBells"]),
        TIT3(text=["On bells"]),
        TRCK(text=["07/12"]),
        TPOS(text=["2/3"]),
        COMM(lang="eng", desc="iTunNORM", text=["000003F1"]),
        COMM(lang="eng", desc="", text=["A talk."]),
        USLT(lang="eng", desc="", text="Ding dong"),
        chapter("a", 0, "The bell"),
    )
    assert measure_tags(file) == Tags(
        duration=60_000,
        title="Three Bells",
        subtitle="On bells",
        description="A talk.",
        season=2,
        episode=7,
        chapters=(Chapter(start=0, title="The bell", end=1000),),
        lyrics=(Lyrics(language="en", text="Ding dong"),),
    )


def test_the_description_of_a_podcast_counts_more_than_a_comment(tmp_path: Path) -> None:
    comment = COMM(lang="eng", desc="", text=["made with a program"])
    file = make_mp3(tmp_path / "talk.mp3", comment, TDES(text=["What it is about."]))
    assert measure_tags(file).description == "What it is about."


def test_a_comment_as_ffmpeg_writes_it_is_one(tmp_path: Path) -> None:
    file = make_mp3(tmp_path / "talk.mp3", TXXX(desc="Comment", text=["A talk."]), TXXX(desc="", text=["x"]))
    assert measure_tags(file).description == "A talk."


@pytest.mark.parametrize(
    ("track", "disc", "expected"),
    [
        ("7", "", (None, 7)),
        ("007/012", "2", (2, 7)),
        ("7/0", "0", (None, 7)),
        ("1/1", "2", (None, None)),
        ("7", "1/1", (None, 7)),
        ("0", "", (None, None)),
        ("", "2", (None, None)),
        ("A7", "", (None, None)),
        ("20260512", "", (None, None)),
    ],
)
def test_track_and_disc_are_numbers_of_episode_and_season_where_they_say_something(
    track: str, disc: str, expected: tuple[int | None, int | None], tmp_path: Path
) -> None:
    tags = measure_tags(make_mp3(tmp_path / "talk.mp3", TRCK(text=[track]), TPOS(text=[disc])))
    assert (tags.season, tags.episode) == expected


def test_two_tracks_are_no_number(tmp_path: Path) -> None:
    assert measure_tags(make_mp3(tmp_path / "talk.mp3", TRCK(text=["3", "7"]))).episode is None


def test_a_file_without_tags_says_nothing_but_its_length(tmp_path: Path) -> None:
    file = tmp_path / "talk.mp3"
    file.write_bytes(b"".join(format_standin(duration=60_000, marks=())))
    assert measure_tags(file) == Tags(duration=60_000)
    assert measure_tags(SAMPLES / "silence.opus") == Tags(duration=8_000)


def test_an_m4a_without_tags_still_tells_its_chapters(tmp_path: Path) -> None:
    file = Path(shutil.copy(SAMPLES / "chapters.m4a", tmp_path))
    MP4(file).delete()
    tags = measure_tags(file)
    assert tags.title == ""
    assert [found.start for found in tags.chapters] == [0, 2_500, 5_000]


def hide_box(file: Path, name: bytes) -> Path:
    """Call a box by another name, so that nobody reads it."""
    data = file.read_bytes()
    assert data.count(name) == 1
    file.write_bytes(data.replace(name, b"free"))
    return file


def test_the_chapters_of_an_mp4_are_read_from_its_track_as_apple_does(tmp_path: Path) -> None:
    file = hide_box(Path(shutil.copy(SAMPLES / "chapters.m4a", tmp_path)), b"chpl")
    assert measure_tags(file).chapters == measure_tags(SAMPLES / "chapters.m4a").chapters


def test_a_text_track_that_is_no_chapter_track_has_none(tmp_path: Path) -> None:
    file = hide_box(hide_box(Path(shutil.copy(SAMPLES / "chapters.m4a", tmp_path)), b"chpl"), b"chap")
    assert measure_tags(file).chapters == ()


@pytest.mark.external
def test_where_the_track_of_ffmpeg_begins_too_soon_its_box_counts(
    tmp_path: Path, find_program: Callable[[str, str], str]
) -> None:
    about = tmp_path / "about.txt"
    parts = (f"[CHAPTER]\nTIMEBASE=1/1000\nSTART={start}\nEND=8000\ntitle=At {start}\n" for start in (1500, 3000))
    about.write_text(";FFMETADATA1\n" + "".join(parts), encoding="utf-8")
    words = f"-v error -f lavfi -i anullsrc=r=8000:cl=mono -i {about} -map_metadata 1 -t 8 {tmp_path / 'late.m4b'}"
    subprocess.run([find_program("ffmpeg", "apt install ffmpeg"), *words.split()], check=True)
    starts = [(found.start, found.title) for found in measure_tags(tmp_path / "late.m4b").chapters]
    assert starts == [(1500, "At 1500"), (3000, "At 3000")]


def box(name: bytes, *content: bytes) -> bytes:
    data = b"".join(content)
    return struct.pack(">I4s", len(data) + 8, name) + data


def make_movie(*, wide: bool, delay: int) -> bytes:
    """The tables of an MP4 whose second track holds two chapters of 3 and 5 s in one chunk, `delay` in milliseconds."""
    head = struct.pack(">B3xII", 0, 0, 0)
    times = head + struct.pack(">II", 1000, 8000)
    long_times = struct.pack(">B3xQQIQ", 1, 0, 0, 600, 4800)
    tables = (
        box(b"stts", struct.pack(">IIIIII", 0, 2, 1, 1800, 1, 3000)),
        box(b"stsc", struct.pack(">IIIII", 0, 1, 1, 2, 1)),
        box(b"stsz", struct.pack(">IIIII", 0, 0, 2, 7, 9)),
        box(b"co64", struct.pack(">IIQ", 0, 1, 5_000_000_000))
        if wide
        else box(b"stco", struct.pack(">III", 0, 1, 500)),
    )
    edits = struct.pack(">IIIiIIiI", 0, 2, delay, -1, 1 << 16, 8000, 0, 1 << 16)
    media = box(
        b"mdia", box(b"mdhd", long_times), box(b"hdlr", bytes(8) + b"text"), box(b"minf", box(b"stbl", *tables))
    )
    sound = box(b"trak", box(b"tkhd", head + struct.pack(">I", 1)), box(b"tref", box(b"chap", struct.pack(">I", 2))))
    text = box(b"trak", box(b"tkhd", head + struct.pack(">I", 2)), box(b"edts", box(b"elst", edits)), media)
    return box(b"mvhd", times) + sound + text


@pytest.mark.parametrize(("wide", "offset"), [(False, 500), (True, 5_000_000_000)])
def test_a_chapter_track_is_found_wherever_it_lies_and_however_late_it_begins(wide: bool, offset: int) -> None:
    ((_, samples),) = find_chapter_samples(make_movie(wide=wide, delay=250))
    assert [(one.start, one.offset, one.size) for one in samples] == [(250, offset, 7), (3250, offset + 7, 9)]


def test_titles_of_a_track_are_utf_8_or_utf_16_and_what_follows_them_is_none() -> None:
    longer = "종소리".encode("utf-16")
    samples = [(0, b"\x00\x03Uno\x00\x00\x00\x0cencd\x00\x00\x01\x00"), (9, struct.pack(">H", len(longer)) + longer)]
    assert [chapter.title for chapter in parse_text_samples(samples)] == ["Uno", "종소리"]


@given(st.data())
def test_a_broken_chapter_track_is_no_reason_to_fail(data: st.DataObject) -> None:
    movie = bytearray(make_movie(wide=data.draw(st.booleans()), delay=0))
    for place in data.draw(st.lists(st.integers(0, len(movie) - 1), max_size=8)):
        movie[place] = data.draw(st.integers(0, 255))
    found = find_chapter_samples(bytes(movie[: data.draw(st.integers(0, len(movie)))]))
    assert all(len(samples) <= 10_000 for _, samples in found)


@pytest.mark.parametrize(
    ("frames", "dates"),
    [
        ([TDRC(text=["2024"])], ("2024",)),
        ([TDRC(text=["2024-05"])], ("2024-05",)),
        ([TDRC(text=["2024-05-01T09:30:00"])], ("2024-05-01 09:30:00Z",)),
        (
            [TDRC(text=["2024-05-01"]), TDRL(text=["2024-05-12"]), TDOR(text=["1999"])],
            ("2024-05-12", "2024-05-01", "1999"),
        ),
        ([TXXX(desc="date", text=["20240501"])], ("20240501",)),
        ([], ()),
    ],
)
def test_dates_are_kept_as_they_are_written_that_of_the_release_first(
    frames: list[object], dates: tuple[str, ...], tmp_path: Path
) -> None:
    assert measure_tags(make_mp3(tmp_path / "talk.mp3", *frames)).dates == dates


def test_the_dates_of_an_older_id3_are_put_together(tmp_path: Path) -> None:
    file = make_mp3(tmp_path / "talk.mp3", TDRC(text=["2024-05-01"]))
    tags = ID3(file)
    tags.update_to_v23()
    tags.save(file, v2_version=3)
    assert measure_tags(file).dates == ("2024-05-01",)


def test_an_mp3_of_a_podcast_tells_who_it_is_and_where_it_came_from(tmp_path: Path) -> None:
    tags = measure_tags(
        make_mp3(
            tmp_path / "talk.mp3",
            TPE1(text=["Ada Marsh"]),
            TGID(text=["bells-7"]),
            WFED(url="https://example.org/feed.xml"),
            TKWD(text=["bells, brass; Sound"]),
            TCAT(text=["Music"]),
            TCON(text=["Podcast", "(9)", "sound"]),
            TXXX(desc="ITUNESADVISORY", text=["1"]),
        )
    )
    assert (tags.author, tags.guid, tags.feed) == ("Ada Marsh", "bells-7", "https://example.org/feed.xml")
    assert tags.keywords == ("bells", "brass", "Sound", "Music", "Metal")
    assert tags.explicit is True


def test_an_m4a_of_a_podcast_tells_the_same(tmp_path: Path) -> None:
    file = Path(shutil.copy(SAMPLES / "chapters.m4a", tmp_path))
    audio = MP4(file)
    audio["©ART"], audio["egid"], audio["purl"] = "Ada Marsh", "bells-7", "https://example.org/feed.xml"
    audio["keyw"], audio["catg"], audio["©day"] = "bells,brass", "Music", "2024-05-01T09:30:00Z"
    audio["rtng"], audio["©lyr"] = [2], "Ding dong"
    audio.save()
    tags = measure_tags(file)
    assert (tags.author, tags.guid, tags.feed) == ("Ada Marsh", "bells-7", "https://example.org/feed.xml")
    assert (tags.keywords, tags.dates) == (("bells", "brass", "Music"), ("2024-05-01T09:30:00Z",))
    assert (tags.explicit, tags.lyrics) == (False, (Lyrics(text="Ding dong"),))


def test_any_page_that_a_program_came_from_is_no_feed(tmp_path: Path) -> None:
    assert measure_tags(make_mp3(tmp_path / "talk.mp3", TXXX(desc="purl", text=["https://example.org/v"]))).feed == ""


def cue(start: int, end: int, text: str) -> Cue:
    return Cue(start=start, end=end, text=text)


@pytest.mark.parametrize(
    "lines",
    [
        [("Ding dong", 500), ("", 2_000), ("The bell", 2_500)],
        [("\nDing", 500), (" dong", 900), ("\n", 2_000), ("\nThe", 2_500), (" bell", 2_700)],
        [("Ding ", 500), ("dong\n", 900), ("\n", 2_000), ("The bell\n", 2_500)],
    ],
    ids=["lines", "syllables with the break first", "syllables with the break last"],
)
def test_synchronised_words_keep_their_times(lines: list[tuple[str, int]], tmp_path: Path) -> None:
    frame = SYLT(lang="eng", format=2, type=1, desc="", text=lines)
    file = make_mp3(tmp_path / "talk.mp3", frame, USLT(lang="eng", desc="", text="Ding dong\nThe bell"))
    (lyrics,) = measure_tags(file).lyrics
    assert lyrics.cues == (cue(500, 2_000, "Ding dong"), cue(2_500, 60_000, "The bell"))


def test_synchronised_chords_are_no_words(tmp_path: Path) -> None:
    frame = SYLT(lang="eng", format=2, type=5, desc="", text=[("Bb", 500)])
    assert measure_tags(make_mp3(tmp_path / "talk.mp3", frame)).lyrics == ()


def test_words_in_two_languages_are_both_kept_with_their_languages(tmp_path: Path) -> None:
    frames = (
        USLT(lang="deu", desc="", text="Bim bam"),
        USLT(lang="kor", desc="", text="뎅"),
        USLT(lang="XXX", desc="", text="뎅"),
    )
    found = measure_tags(make_mp3(tmp_path / "talk.mp3", *frames)).lyrics
    assert {(one.language, one.text) for one in found} == {("de", "Bim bam"), ("ko", "뎅")}
    assert len(found) == 2


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("[00:01.50]Ding\n[00:03]dong", [(1_500, 3_000, "Ding"), (3_000, 8_000, "dong")]),
        (
            "[ar:Ada]\n[00:05]last\n\n[00:01][00:03]bell",
            [(1_000, 3_000, "bell"), (3_000, 5_000, "bell"), (5_000, 8_000, "last")],
        ),
        ("[offset:+500]\n[00:01]<00:01.20> Ding <00:02>dong", [(500, 8_000, "Ding dong")]),
        ("[00:01]Ding\n[00:04]", [(1_000, 4_000, "Ding")]),
        ("[00:09]after the end", [(9_000, 10_000, "after the end")]),
        ("[00:01]Ding\nand a line without a time", []),
        ("[00:75]no time", []),
        ("", []),
    ],
)
def test_lines_with_their_times_before_them_are_cues_and_what_is_not_sure_stays_text(
    text: str, cues: list[tuple[int, int, str]]
) -> None:
    found = parse_lyrics(text, duration=8_000)
    assert found.cues == tuple(cue(*each) for each in cues)
    assert found.text == ("" if cues else text)


def draw(colour: str, kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(file, kind)
    return file.getvalue()


def test_the_front_cover_of_an_mp3_counts_and_chapters_have_pictures(tmp_path: Path) -> None:
    back = APIC(mime="image/png", type=4, desc="back", data=draw("red"))
    front = APIC(mime="image/png", type=3, desc="front", data=draw("blue"))
    slide = APIC(mime="image/png", type=0, desc="", data=draw("green"))
    marked = CHAP(element_id="a", start_time=20_500, end_time=30_000, sub_frames=[TIT2(text=["One"]), slide])
    file = make_mp3(tmp_path / "talk.mp3", back, front, marked, chapter("b", 0, "Two"))
    assert read_pictures(file) == Pictures(cover=draw("blue"), chapters=((20_500, draw("green")),))


def test_the_cover_of_an_m4a_is_its_first_picture(tmp_path: Path) -> None:
    file = Path(shutil.copy(SAMPLES / "chapters.m4a", tmp_path))
    audio = MP4(file)
    audio["covr"] = [MP4Cover(draw("red"), MP4Cover.FORMAT_PNG), MP4Cover(draw("blue"), MP4Cover.FORMAT_PNG)]
    audio.save()
    assert read_pictures(file).cover == draw("red")
    assert measure_tags(file).title == "Three Bells"


def test_the_cover_of_an_opus_file_is_read_and_a_broken_one_is_not_hidden(tmp_path: Path) -> None:
    file = Path(shutil.copy(SAMPLES / "silence.opus", tmp_path))
    picture = Picture()
    picture.type, picture.mime, picture.data = 3, "image/png", draw("red")
    audio = OggOpus(file)
    audio["metadata_block_picture"] = [base64.b64encode(picture.write()).decode("ascii")]
    audio.save()
    assert read_pictures(file).cover == draw("red")
    audio["metadata_block_picture"] = ["broken"]
    audio.save()
    assert read_pictures(file).cover == b"broken"


def test_without_tags_there_is_no_picture(tmp_path: Path) -> None:
    file = make_mp3(tmp_path / "talk.mp3")
    ID3(file).delete()
    assert read_pictures(file) == read_pictures(SAMPLES / "silence.opus") == Pictures()


def test_what_is_no_audio_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "talk.mp3"
    file.write_bytes(b"This is a letter.")
    with pytest.raises(ValueError, match=r"this is no audio file that can be read|cannot be read"):
        measure_tags(file)
