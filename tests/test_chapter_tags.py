"""Chapters and facts in the tags of audio files, as other programs write them.

`tags/chapters.m4a` and `tags/silence.opus` were made by ffmpeg: eight seconds of silence, the first with a title,
a track, a disc, a comment and three chapters of which the last has no title.
"""

# mypy: allow-untyped-calls
# (mutagen has no types)

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from mutagen.id3 import CHAP, COMM, CTOC, ID3, TDES, TIT2, TIT3, TPOS, TRCK, TXXX, USLT, WXXX, CTOCFlags
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus

from feeds.chapters.id3 import parse_id3_chapters
from feeds.chapters.vorbis import parse_vorbis_chapters
from feeds.media.measure import measure_tags
from feeds.media.standin import format_standin
from feeds.media.tags import Tags
from feeds.model import Chapter

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


def chapter(name: str, start: int, title: str = "", link: str = "") -> CHAP:
    parts: list[object] = [TIT2(text=[title])] if title else []
    parts += [WXXX(desc="", url=link)] if link else []
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
        Chapter(start=0, title="The beginning"),
        Chapter(start=30_500, title="The middle", link="https://example.org/middle"),
    )


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
        Chapter(start=0, title="The beginning", link="https://example.org/a%20%22b%22"),
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
        chapters=(Chapter(start=0, title="The bell"),),
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


def test_what_is_no_audio_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "talk.mp3"
    file.write_bytes(b"This is a letter.")
    with pytest.raises(ValueError, match=r"this is no audio file that can be read|cannot be read"):
        measure_tags(file)
