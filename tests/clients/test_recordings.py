"""Readers of recordings: the published copies have title, show, author, date, artwork and every chapter in them.

Readers differ in what they list. ffprobe shows silent chapters of an ID3 tag too, as it reads no table of contents;
music-metadata keeps to it.
"""

# mypy: allow-untyped-calls
# (mutagen has no types)

from __future__ import annotations

import base64
import json
import re
import subprocess
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import mutagen
import pytest
from mutagen.id3 import ID3
from mutagen.mp4 import MP4

from feeds.formats import HOUR, MINUTE, SECOND
from feeds.media_types import is_url
from feeds.model import Chapter
from tests.clients.confirming import confirms

if TYPE_CHECKING:
    from tests.clients.conftest import Published

Find = Callable[..., dict[Path, "Published"]]
Program = Callable[[str, str], str]
Seen = list[tuple[int, str]]

ID3_CARRIERS = ("ID3v2.3", "ID3v2.4")
EVERY_CARRIER = (*ID3_CARRIERS, "MP4", "Vorbis comments")
MOST = 255
"""How many chapters the box of Nero counts, in one byte, as does a table of contents."""

pytestmark = [pytest.mark.clients, pytest.mark.external]
each_id3 = pytest.mark.parametrize("carrier", ID3_CARRIERS)
each_carrier = pytest.mark.parametrize("carrier", EVERY_CARRIER)


def list_chapters(chapters: Iterable[Chapter]) -> Seen:
    return [(chapter.start, chapter.title) for chapter in chapters]


def read_stamp(text: str) -> int:
    hours, minutes, seconds = text.split(":")
    return int(hours) * HOUR + int(minutes) * MINUTE + round(float(seconds) * SECOND)


# ffprobe


@pytest.fixture(scope="module")
def probe(find_program: Program, find_recordings: Find) -> Callable[[str], list[tuple[Any, Published]]]:
    """What ffprobe tells of the recordings with a carrier, each beside its episode."""
    command = find_program("ffprobe", "apt install ffmpeg")
    options = "-v error -of json -show_chapters -show_format -show_streams".split()

    def run(file: Path) -> Any:
        return json.loads(subprocess.run([command, *options, str(file)], check=True, stdout=subprocess.PIPE).stdout)

    @cache
    def read(carrier: str) -> list[tuple[Any, Published]]:
        found = find_recordings(carrier)
        with ThreadPoolExecutor(4) as pool:
            return list(zip(pool.map(run, found), found.values(), strict=True))

    return read


def find_shown(item: Published) -> tuple[Chapter, ...]:
    """The chapters that ffprobe shows of an ID3 tag; none where it stumbles.

    In a tag of version 2.4 it reads sizes within a chapter as those of 2.3, and loses long titles and pictures.
    """
    chapters = item.record.chapters
    if item.carrier == "ID3v2.4" and any(one.image or len(one.title.encode()) > 100 for one in chapters):
        return ()
    return chapters


@confirms("ffprobe", "ID3v2.3", "count start title end")
@confirms("ffprobe", "ID3v2.4", "count start title end")
@each_id3
def test_ffprobe_sees_every_chapter_of_an_mp3_in_its_order(probe: Any, carrier: str) -> None:
    told = 0
    for found, item in probe(carrier):
        if chapters := find_shown(item):
            seen = found["chapters"]
            assert [(one["start"], one["tags"]["title"]) for one in seen] == list_chapters(chapters)
            ends = [(one["end"], chapter.end) for one, chapter in zip(seen, chapters, strict=True) if chapter.end]
            assert [end for end, authored in ends if end != authored] == []
            told += len(ends)
    assert told


@confirms("ffprobe", "MP4 track", "count start title")
@confirms("ffprobe", "Vorbis comments", "count start title")
@pytest.mark.parametrize("carrier", ["MP4", "Vorbis comments"])
def test_ffprobe_sees_every_listed_chapter(probe: Any, carrier: str) -> None:
    for found, item in probe(carrier):
        seen = found["chapters"]
        starts = [round(float(one["start_time"]) * SECOND) for one in seen]
        titles = [one["tags"]["title"] for one in seen]
        assert list(zip(starts, titles, strict=True)) == list_chapters(item.listed_chapters)


@each_carrier
def test_ffprobe_sees_what_a_copy_says_of_itself(probe: Any, carrier: str) -> None:
    for found, item in probe(carrier):
        told = [found["format"], *(stream for stream in found["streams"] if stream["codec_type"] == "audio")]
        tags = {key.lower(): value for one in told for key, value in one.get("tags", {}).items()}
        assert (tags["title"], tags["album"], tags["artist"]) == (item.record.title, item.show, item.author)
        assert tags["date"].startswith(f"{item.record.date:%Y-%m-%d}")
        assert any(stream["disposition"]["attached_pic"] for stream in found["streams"])


@confirms("ffprobe", "MP4 track", "picture")
def test_ffprobe_sees_the_picture_of_each_chapter_in_the_track_of_pictures(
    find_recordings: Find, find_program: Program
) -> None:
    command = find_program("ffprobe", "apt install ffmpeg")
    options = "-v error -of json -select_streams v -show_entries packet=pts,data_hash -show_data_hash md5".split()
    told = 0
    for file, item in find_recordings("MP4").items():
        pictures = find_pictures(item)
        if any(image for _, image in pictures):
            done = subprocess.run([command, *options, str(file)], check=True, stdout=subprocess.PIPE)
            shown = {packet.get("pts"): packet["data_hash"] for packet in json.loads(done.stdout)["packets"]}
            pairs = {(image, shown[start]) for start, image in pictures}
            assert len(pairs) == len({image for image, _ in pairs}) == len({picture for _, picture in pairs}) > 1
            told += 1
    assert told


def find_pictures(item: Published) -> list[tuple[int, str]]:
    """Which picture of ours is shown from when on, "" for the cover; that of a silent chapter at another is not."""
    listed = {chapter.start for chapter in item.listed_chapters}
    return [
        (chapter.start, "" if is_url(chapter.image) else chapter.image)
        for chapter in item.record.chapters
        if chapter.toc or (chapter.start not in listed and chapter.image)
    ]


# mutagen


@confirms("mutagen", "ID3v2.3", "count start title link picture silent end")
@confirms("mutagen", "ID3v2.4", "count start title link picture silent end")
@each_id3
def test_mutagen_sees_all_that_a_chapter_of_an_mp3_has(find_recordings: Find, carrier: str) -> None:
    for file, item in find_recordings(carrier).items():
        tags: Any = ID3(file)
        frames = sorted(tags.getall("CHAP"), key=lambda frame: int(frame.element_id.removeprefix("chp")))
        contents = {child for table in tags.getall("CTOC") for child in table.child_element_ids}
        for frame, chapter in zip(frames, item.record.chapters, strict=True):
            assert (frame.start_time, frame.sub_frames["TIT2"].text) == (chapter.start, [chapter.title])
            assert [link.url for link in frame.sub_frames.getall("WXXX")] == [chapter.link] * bool(chapter.link)
            assert [bytes(picture.data) for picture in frame.sub_frames.getall("APIC")] == item.read_pictures(chapter)
            assert (frame.element_id in contents) is chapter.toc
            assert chapter.end in (None, frame.end_time)
            assert frame.end_time >= frame.start_time


@confirms("mutagen", "MP4 chpl", "count start title")
def test_mutagen_sees_every_listed_chapter_in_the_box_of_nero(find_recordings: Find) -> None:
    for file, item in find_recordings("MP4").items():
        seen = [(round(one.start * SECOND), one.title) for one in MP4(file).chapters or ()]
        assert seen == list_chapters(item.listed_chapters)[:MOST]


@confirms("mutagen", "Vorbis comments", "count start title link")
def test_mutagen_sees_every_listed_chapter_among_comments(find_recordings: Find) -> None:
    for file, item in find_recordings("Vorbis comments").items():
        assert read_comments(dict(mutagen.File(file).tags)) == [
            (chapter.start, chapter.title, chapter.link) for chapter in item.listed_chapters
        ]


def read_comments(comments: dict[str, list[str]]) -> list[tuple[int, str, str]]:
    """Starts, titles and links of comments, whose names are in small letters."""
    keys = sorted(key for key in comments if re.fullmatch(r"chapter\d{3}", key))
    return [
        (read_stamp(comments[key][0]), comments[f"{key}name"][0], comments.get(f"{key}url", [""])[0]) for key in keys
    ]


@each_carrier
def test_mutagen_sees_what_a_copy_says_of_itself(find_recordings: Find, carrier: str) -> None:
    for file, item in find_recordings(carrier).items():
        easy = mutagen.File(file, easy=True)
        assert (easy["title"], easy["album"]) == ([item.record.title], [item.show])
        assert easy["artist"] == [item.author]
        assert str(easy["date"][0]).startswith(f"{item.record.date:%Y-%m-%d}")
        if item.numbers[1]:
            assert easy["tracknumber"][0].split("/")[0] == str(item.numbers[1])


# music-metadata


@pytest.fixture(scope="module")
def music_metadata(ask_node: Callable[..., Any], find_recordings: Find) -> Callable[[str], list[tuple[Any, Published]]]:
    @cache
    def read(carrier: str) -> list[tuple[Any, Published]]:
        found = find_recordings(carrier)
        return list(zip(ask_node("music-metadata.mjs", *found), found.values(), strict=True))

    return read


@confirms("music-metadata", "ID3v2.3", "count start title link picture silent end")
@confirms("music-metadata", "ID3v2.4", "count start title link picture silent end")
@each_id3
def test_music_metadata_sees_all_that_the_listed_chapters_of_an_mp3_have(music_metadata: Any, carrier: str) -> None:
    for seen, item in music_metadata(carrier):
        # It does not follow one table of contents to the next, of which there are several behind 255 chapters.
        if len(item.listed_chapters) > MOST:
            continue
        for one, chapter in zip(seen["chapters"], item.listed_chapters, strict=True):
            assert (round(one["start"] * SECOND), one["title"]) == (chapter.start, chapter.title)
            assert one.get("url", {}).get("url", "") == chapter.link
            pictures = [one["image"]] if "image" in one else []
            assert [base64.b64decode(picture["data"]) for picture in pictures] == item.read_pictures(chapter)
            assert chapter.end in (None, round(one["end"] * SECOND))


@confirms("music-metadata", "MP4 track", "count start title")
def test_music_metadata_sees_every_listed_chapter_of_a_track_of_titles(music_metadata: Any) -> None:
    told = 0
    for seen, item in music_metadata("MP4"):
        assert "error" not in seen
        # It reads neither of two tracks, of titles and of pictures, and takes the first chapter to begin at zero.
        if not any(image for _, image in find_pictures(item)) and item.listed_chapters[0].start == 0:
            starts = [(round(one["start"] * SECOND / one["timeScale"]), one["title"]) for one in seen["chapters"]]
            assert starts == list_chapters(item.listed_chapters)
            told += 1
    assert told


@each_carrier
def test_music_metadata_sees_what_a_copy_says_of_itself(music_metadata: Any, carrier: str) -> None:
    for seen, item in music_metadata(carrier):
        tags = seen["tags"]
        assert (tags["title"], tags["album"], tags["artist"]) == (item.record.title, item.show, item.author)
        assert (tags.get("date") or tags["releasedate"]).startswith(f"{item.record.date:%Y-%m-%d}")
        assert (tags["disk"]["no"], tags["track"]["no"]) == item.numbers
        assert [base64.b64decode(picture["data"]) for picture in tags["picture"]] == [item.artwork]


# MediaInfo


@pytest.fixture(scope="module")
def mediainfo(find_program: Program, find_recordings: Find) -> Callable[[str], list[tuple[list[Seen], Published]]]:
    """The menus of each recording: a list of chapters each."""
    command = find_program("mediainfo", "apt install mediainfo")

    def read(carrier: str) -> list[tuple[list[Seen], Published]]:
        found = find_recordings(carrier)
        done = subprocess.run([command, "--Output=JSON", *map(str, found)], check=True, stdout=subprocess.PIPE)
        return [
            ([list_menu(track["extra"]) for track in one["media"]["track"] if track["@type"] == "Menu"], item)
            for one, item in zip(json.loads(done.stdout), found.values(), strict=True)
        ]

    return read


def list_menu(menu: dict[str, str]) -> Seen:
    stamps = ((re.fullmatch(r"_(\d\d)_(\d\d)_(\d\d)_(\d{3})", key), title) for key, title in menu.items())
    return [(read_stamp(f"{one[1]}:{one[2]}:{one[3]}.{one[4]}"), title) for one, title in stamps if one]


@confirms("MediaInfo", "MP4 track", "count start title")
@confirms("MediaInfo", "MP4 chpl", "count start title")
def test_mediainfo_sees_every_listed_chapter_in_the_track_and_in_the_box_of_nero(mediainfo: Any) -> None:
    for menus, item in mediainfo("MP4"):
        chapters = list_chapters(item.listed_chapters)
        assert menus == [chapters, chapters[:MOST]]


@confirms("MediaInfo", "Vorbis comments", "count start title")
def test_mediainfo_sees_every_listed_chapter_among_comments(mediainfo: Any) -> None:
    for menus, item in mediainfo("Vorbis comments"):
        assert menus == [list_chapters(item.listed_chapters)]


# ExifTool


@confirms("ExifTool", "MP4 chpl", "count start title")
def test_exiftool_sees_every_listed_chapter_in_the_box_of_nero(find_recordings: Find, find_program: Program) -> None:
    command = find_program("exiftool", "apt install libimage-exiftool-perl")
    found = find_recordings("MP4")
    done = subprocess.run([command, "-json", "-ChapterList", *map(str, found)], check=True, stdout=subprocess.PIPE)
    for one, item in zip(json.loads(done.stdout), found.values(), strict=True):
        entries = one["ChapterList"] if isinstance(one["ChapterList"], list) else [one["ChapterList"]]
        parts = [re.fullmatch(r"\[(.*?)\] (.*)", entry) for entry in entries]
        seen = [(read_stamp(part[1]), part[2]) for part in parts if part]
        assert seen == list_chapters(item.listed_chapters)[:MOST]


# The tools of Xiph, who defined the comments


@confirms("opusinfo", "Vorbis comments", "count start title link")
@confirms("ogginfo", "Vorbis comments", "count start title link")
@pytest.mark.parametrize(
    ("program", "package", "suffix"), [("opusinfo", "opus-tools", ".opus"), ("ogginfo", "vorbis-tools", ".ogg")]
)
def test_the_tools_of_xiph_see_every_listed_chapter_and_no_fault(
    find_recordings: Find, find_program: Program, program: str, package: str, suffix: str
) -> None:
    command = find_program(program, f"apt install {package}")
    found = {file: item for file, item in find_recordings("Vorbis comments").items() if file.suffix == suffix}
    assert len(found) > 5
    for file, item in found.items():
        environment = {"LC_ALL": "C.UTF-8"}
        done = subprocess.run([command, str(file)], check=True, capture_output=True, text=True, env=environment)
        assert "WARNING" not in done.stdout + done.stderr
        lines = (line.strip().partition("=") for line in done.stdout.splitlines() if line.startswith("\t"))
        comments = {name.lower(): [text] for name, _, text in lines}
        assert comments["title"] == [item.record.title]
        assert read_comments(comments) == [
            (chapter.start, chapter.title, chapter.link) for chapter in item.listed_chapters
        ]
