"""`feeds import folder`, as somebody uses it who has years of recordings and wants a show of them.

`imports/folder/NAME.toml` lists the files of a folder: MP3s by the texts of their frames, others by their text, and
when they were changed.
NAME.txt is what comes of it: every record, then what the command says.
"""

# mypy: allow-untyped-calls
# (mutagen has no types)

from __future__ import annotations

import datetime as dt
import io
import json
import os
import random
import shutil
import subprocess
import tomllib
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import feedparser
import pytest
from click.testing import CliRunner, Result
from mutagen import id3
from mutagen.id3 import APIC, CHAP, ID3, SYLT, TDRC, TIT2, TXXX, USLT, WFED
from PIL import Image

from feeds.authoring.scaffold import write_show
from feeds.cli import main
from feeds.commands.folder import folder
from feeds.importers.folder.dating import Recording, arrange_takes, find_take
from feeds.media.measure import Facts, measure_file
from feeds.media.standin import format_standin
from feeds.media.tags import Tags
from feeds.model import Episode, LocalAudio, Numbering, Season, Transcript
from feeds.prompts import DESCRIPTION
from feeds.records.seeds import read_seed
from feeds.transcripts.cue import Cue
from feeds.transcripts.forms import parse_transcript

PAIRS = Path(__file__).parent / "imports" / "folder"
RECORDS = Path("seeds/night-shift")
SAMPLES = Path(__file__).with_name("tags")
NOW = dt.datetime(2024, 5, 12, 9, 30, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("begun")
    write_show(place, title="Night Shift", author="Ada Marsh", url="https://shift.fm", at=NOW)
    (place / RECORDS / "hello.md").unlink()
    return place


@pytest.fixture(autouse=True)
def show(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A show without an episode, in whose folder the commands are typed."""
    place = tmp_path / "show"
    shutil.copytree(begun, place)
    monkeypatch.chdir(place)
    return place


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The folder with the recordings, outside the show."""
    place = tmp_path / "old"
    place.mkdir()
    return place


def run(*words: str) -> Result:
    return CliRunner().invoke(folder, words, catch_exceptions=False)


def take(*words: str) -> list[Episode]:
    """Import a folder, and read the records that were written, in their order."""
    result = run(*words)
    assert result.exit_code == 0, result.output
    paths = [line.removeprefix("wrote ") for line in result.stdout.splitlines() if line.startswith("wrote ")]
    return [read_seed(Path(path), path, dt.UTC) for path in paths]


def build() -> Result:
    result = CliRunner().invoke(main, ["build"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


def list_files(place: Path) -> dict[str, bytes]:
    return {file.relative_to(place).as_posix(): file.read_bytes() for file in place.rglob("*") if file.is_file()}


def make_mp3(file: Path, *frames: object, seconds: int = 60) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"".join(format_standin(duration=seconds * 1000, marks=())))
    tags = ID3()
    for frame in frames:
        tags.add(frame)
    tags.save(file)
    return file


def make_frame(name: str, text: str) -> object:
    if name.startswith("TXXX:"):
        return TXXX(desc=name.removeprefix("TXXX:"), text=[text])
    return WFED(url=text) if name == "WFED" else getattr(id3, name)(text=[text])


def make_file(place: Path, entry: Mapping[str, str]) -> None:
    file = place / entry["name"]
    frames = {key: text for key, text in entry.items() if key not in ("name", "text", "modified", "seconds")}
    if "text" in entry:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(entry["text"], encoding="utf-8")
    else:
        make_mp3(
            file, *(make_frame(name, text) for name, text in frames.items()), seconds=int(entry.get("seconds", 60))
        )
    moment = dt.datetime.fromisoformat(entry.get("modified", "2024-05-10")).replace(tzinfo=dt.UTC).timestamp()
    os.utime(file, (moment, moment))


def draw(colour: str, side: int = 8, kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(file, kind)
    return file.getvalue()


def cover(data: bytes) -> APIC:
    return APIC(mime="image/png", type=3, desc="", data=data)


CASES = sorted(PAIRS.glob("*.toml"))


def test_every_pair_has_two_halves() -> None:
    assert {file.stem for file in PAIRS.glob("*.txt")} == {file.stem for file in CASES}
    assert {file.suffix for file in PAIRS.iterdir()} == {".toml", ".txt"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_folder_becomes_the_records_that_are_expected(
    case: Path, old: Path, update: Callable[[Path, bytes], None]
) -> None:
    for entry in tomllib.loads(case.read_text(encoding="utf-8"))["files"]:
        make_file(old, entry)
    result = run("../old")
    records = [line.removeprefix("wrote ") for line in result.stdout.splitlines() if line.startswith("wrote ")]
    parts = [f"==> {path}\n{Path(path).read_text(encoding='utf-8')}" for path in records]
    copies = sorted(file.name for file in RECORDS.iterdir() if file.suffix not in (".md", ".png"))
    found = "".join(parts) + f"==> also: {', '.join(copies)}\n==> it said, with {result.exit_code}\n"
    found += "".join(f"{line}\n" for line in result.output.splitlines() if not line.startswith("wrote "))
    expected = case.with_suffix(".txt")
    update(expected, found.encode())
    assert found == expected.read_text(encoding="utf-8")
    build()


def test_from_a_folder_to_a_feed_that_apps_sort_as_the_tracks_were(old: Path) -> None:
    for number in range(1, 13):
        frames = [("TIT2", f"Part {number}"), ("TDRC", "2019"), ("TRCK", f"{number}/12")]
        make_mp3(old / f"{number}.mp3", *(make_frame(*frame) for frame in frames), seconds=number)
    take("../old")
    settings = Path("channel.toml")
    settings.write_text(settings.read_text(encoding="utf-8").replace(DESCRIPTION, "Talks."), encoding="utf-8")
    assert build().stderr == ""
    feed = feedparser.parse(Path("public/night-shift/feed.xml").read_bytes())
    assert [entry.title for entry in feed.entries] == [f"Part {number}" for number in range(12, 0, -1)]
    assert len({entry.published for entry in feed.entries}) == 12


def test_run_again_nothing_is_taken_twice_and_nothing_is_written(old: Path) -> None:
    for number in range(5):
        make_mp3(old / f"{number}.mp3", seconds=10 + number)
    take("../old")
    record = RECORDS / "1.md"
    record.write_text(record.read_text(encoding="utf-8").replace('title = "1"', 'title = "Mine"'), encoding="utf-8")
    before = list_files(Path())
    result = run("../old")
    assert "0 records written for night-shift; 5 recordings known already" in result.stdout
    assert result.stderr.splitlines()[-1] == "known: and 2 others, which --json names"
    assert list_files(Path()) == before


def test_what_has_come_since_is_taken_behind_what_is_there(old: Path) -> None:
    make_mp3(old / "a.mp3", TIT2(text=["A"]), TDRC(text=["2019"]))
    make_mp3(old / "c.mp3", TIT2(text=["C"]), TDRC(text=["2019"]))
    dates = [episode.date for episode in take("../old")]
    make_mp3(old / "b.mp3", TIT2(text=["B"]), TDRC(text=["2019"]))
    (episode,) = take("../old")
    assert episode.title == "B"
    assert episode.date > max(dates)


def test_a_recording_is_known_though_its_record_has_another_name_and_its_file_is_elsewhere(old: Path) -> None:
    make_mp3(old / "a.mp3", TIT2(text=["A"]))
    take("../old")
    build()
    (RECORDS / "a.md").rename(RECORDS / "b.md")
    (RECORDS / "a.mp3").unlink()  # a checkout without the audio: the lock knows it
    result = run("../old")
    assert f"known: ../old/a.mp3: is a recording that {RECORDS}/b.md has already" in result.stderr


def test_a_tag_that_was_mended_makes_no_second_episode(old: Path) -> None:
    file = make_mp3(old / "a.mp3", TIT2(text=["A"]), TDRC(text=["2024-05-01"]))
    take("../old")
    make_mp3(file, TIT2(text=["A"]), TDRC(text=["2024-05-01"]), make_frame("TIT3", "New"))
    result = run("../old")
    assert "has the title and the day of seeds/night-shift/a.md, so it is not taken" in result.stderr
    make_mp3(file, make_frame("TGID", "guid-of-a"), TIT2(text=["B"]))
    take("../old")
    make_mp3(file, make_frame("TGID", "guid-of-a"), TIT2(text=["C"]))
    assert "has the guid of seeds/night-shift/b.md in its tags, and is not taken again" in run("../old").stderr


def test_however_many_recordings_have_one_size_each_is_read_once(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(10, 20):
        make_mp3(old / f"{number}.mp3", TIT2(text=[f"No {number}"]))
    assert len({file.stat().st_size for file in old.iterdir()}) == 1
    read: list[Path] = []

    def count(file: Path) -> Facts:
        read.append(file)
        return measure_file(file)

    monkeypatch.setattr("feeds.importers.folder.holdings.measure_file", count)
    assert len(take("../old")) == 10
    assert sorted(file.name for file in read) == sorted(file.name for file in old.iterdir())


def test_recordings_within_the_project_stay_where_they_are() -> None:
    make_mp3(Path("recordings/May/talk.mp3"), TIT2(text=["Talk"]))
    make_mp3(RECORDS / "walk.mp3", TIT2(text=["Walk"]), seconds=30)
    episodes = take("recordings") + take(str(RECORDS))
    assert [one.audio for one in episodes] == [
        LocalAudio(path="../../recordings/May/talk.mp3"),
        LocalAudio(path="walk.mp3"),
    ]
    assert sorted(file.name for file in Path().rglob("*.mp3")) == ["talk.mp3", "walk.mp3"]
    assert run("recordings").stdout.startswith("0 records")
    build()


def test_the_whole_project_can_be_looked_through_for_recordings_that_have_no_record() -> None:
    make_mp3(RECORDS / "walk.mp3", cover(draw("red")), seconds=30)
    take(".")
    build()
    make_mp3(Path("recordings/new.mp3"))
    result = run(".")
    assert [line for line in result.stdout.splitlines() if line.startswith("wrote")] == [f"wrote {RECORDS}/new.md"]
    assert "left out: public: was written by feeds build, and is not looked into" in result.stderr
    assert "artwork.png" not in result.stderr
    assert [line for line in result.stderr.splitlines() if "walk" in line] == [
        f"known: {RECORDS}/walk.mp3: is a recording that {RECORDS}/walk.md has already"
    ]
    assert "was written by feeds build" in run("public").stderr


def test_two_of_one_title_get_records_of_their_own_and_nothing_is_written_over(old: Path) -> None:
    make_mp3(old / "1.mp3", TIT2(text=["Talk"]), TDRC(text=["2024-05-01"]), seconds=5)
    make_mp3(old / "2.mp3", TIT2(text=["Talk"]), TDRC(text=["2024-05-02"]), seconds=6)
    (RECORDS / "talk-2.mp3").write_bytes(b"mine")
    assert [one.path for one in take("../old")] == [f"{RECORDS}/talk.md", f"{RECORDS}/talk-3.md"]
    assert (RECORDS / "talk-2.mp3").read_bytes() == b"mine"


def test_a_cover_becomes_the_picture_of_the_episode_and_chapters_keep_theirs(old: Path) -> None:
    slide = APIC(mime="image/jpeg", type=0, desc="", data=draw("green", kind="JPEG"))
    chapter = CHAP(element_id="a", start_time=20_000, end_time=30_000, sub_frames=[TIT2(text=["One"]), slide])
    opening = CHAP(element_id="b", start_time=0, end_time=20_000, sub_frames=[TIT2(text=["Zero"]), cover(draw("red"))])
    make_mp3(old / "talk.mp3", cover(draw("red")), chapter, opening)
    (episode,) = take("../old")
    assert episode.image == "talk.png"
    assert [one.image for one in episode.chapters] == ["talk.png", "talk-2.jpg"]
    assert (RECORDS / "talk.png").read_bytes() == draw("red")
    assert (RECORDS / "talk-2.jpg").read_bytes() == draw("green", kind="JPEG")
    build()


def test_a_picture_that_all_share_is_written_once_and_offered_as_artwork(old: Path) -> None:
    shared = draw("blue", 1400)
    for number in range(4):
        make_mp3(old / f"{number}.mp3", cover(shared), seconds=10 + number)
    result = run("../old")
    assert sorted(file.name for file in RECORDS.glob("*.png")) == ["artwork.png", "cover.png"]
    offer = 'all 4 recordings hold one picture: write image = "seeds/night-shift/cover.png" to make it that of the show'
    assert f"note: channel.toml: channels.night-shift.image: {offer}" in result.stderr
    make_mp3(old / "later.mp3", cover(shared), seconds=30)
    (episode,) = take("../old")
    assert episode.image == "cover.png"


@pytest.mark.parametrize("side", [8, 1400])
def test_only_artwork_that_apple_takes_is_offered_and_only_for_one_that_was_drawn(side: int, old: Path) -> None:
    for number in range(2):
        make_mp3(old / f"{number}.mp3", cover(draw("blue", side)), seconds=10 + number)
    if side == 1400:
        (RECORDS / "artwork.png").write_bytes(draw("red", 1400))
    assert "to make it that of the show" not in run("../old").stderr


def test_the_artwork_of_the_show_is_not_repeated_in_its_episodes(old: Path) -> None:
    make_mp3(old / "talk.mp3", cover((RECORDS / "artwork.png").read_bytes()))
    (episode,) = take("../old")
    assert episode.image == ""
    assert [file.name for file in RECORDS.glob("*.png")] == ["artwork.png"]


def test_a_picture_that_cannot_be_shown_is_named_and_the_episode_taken(old: Path) -> None:
    make_mp3(old / "talk.mp3", cover(b"no picture"))
    result = run("../old")
    assert result.exit_code == 0
    assert "talk.md: goes without the picture in its tags: this is no picture that can be read" in result.stderr


def test_lyrics_become_transcripts_with_their_times_where_they_have_some(old: Path) -> None:
    lines = [("Ding <dong>", 500), ("The bell", 2_500)]
    make_mp3(old / "a.mp3", SYLT(lang="eng", format=2, type=1, desc="", text=lines), TDRC(text=["2024-05-01"]))
    make_mp3(old / "b.mp3", USLT(lang="eng", desc="", text="Ding\ndong"), TDRC(text=["2024-05-02"]))
    timed, plain = take("../old")
    assert timed.transcripts == (Transcript(source="a.vtt", type="text/vtt"),)
    assert parse_transcript((RECORDS / "a.vtt").read_text(encoding="utf-8"), "text/vtt") == (
        Cue(start=500, end=2_500, text="Ding <dong>"),
        Cue(start=2_500, end=60_000, text="The bell"),
    )
    assert plain.transcripts == (Transcript(source="b.txt", type="text/plain"),)
    assert (RECORDS / "b.txt").read_text(encoding="utf-8") == "Ding\ndong\n"
    build()


def test_words_in_several_languages_are_told_apart(old: Path) -> None:
    frames = [USLT(lang="eng", desc="", text="Ding"), USLT(lang="deu", desc="", text="Bim")]
    make_mp3(old / "a.mp3", *frames)
    (episode,) = take("../old")
    assert {(one.source, one.language) for one in episode.transcripts} == {("a.en.txt", "en"), ("a.de.txt", "de")}
    build()


def test_a_transcript_beside_a_recording_comes_along(old: Path) -> None:
    make_mp3(old / "a.mp3", TIT2(text=["Talk"]), USLT(lang="eng", desc="", text="Ding"))
    (old / "a.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nDing\n", encoding="utf-8")
    (episode,) = take("../old")
    assert [one.source for one in episode.transcripts] == ["talk.vtt", "talk.txt"]
    assert (RECORDS / "talk.vtt").read_bytes() == (old / "a.vtt").read_bytes()


@pytest.mark.parametrize("suffix", [".m4a", ".m4b", ".mp4"])
def test_an_mp4_by_any_name_brings_its_chapters(suffix: str, old: Path) -> None:
    shutil.copy(SAMPLES / "chapters.m4a", old / f"x{suffix}")
    (episode,) = take("../old")
    assert episode.audio == LocalAudio(path=f"three-bells{suffix}")
    assert [one.title for one in episode.chapters] == ["The first bell", "종소리", "Chapter 3"]
    build()


@pytest.mark.external
@pytest.mark.parametrize("suffix", [".mp3", ".m4a", ".m4b", ".mp4", ".ogg", ".opus", ".flac"])
def test_whatever_ffmpeg_writes_makes_the_same_record(
    suffix: str, old: Path, find_program: Callable[[str, str], str]
) -> None:
    tags = {"title": "Bells", "artist": "Mina", "date": "2024-05-01", "track": "7", "disc": "2", "genre": "Podcast"}
    words = [word for key, text in tags.items() for word in ("-metadata", f"{key}={text}")]
    silence = "-v error -f lavfi -i anullsrc=r=48000:cl=mono -t 2".split()
    subprocess.run(
        [find_program("ffmpeg", "apt install ffmpeg"), *silence, *words, str(old / f"x{suffix}")], check=True
    )
    (episode,) = take("../old")
    assert (episode.title, episode.author, episode.season, episode.episode) == (
        "Bells",
        "Mina",
        Season(number=2),
        Numbering(number=Decimal(7)),
    )
    assert (episode.date, episode.tags) == (dt.datetime(2024, 5, 1, tzinfo=dt.UTC), ())
    build()


def test_an_episode_without_a_description_has_no_text_that_nobody_wrote(old: Path) -> None:
    make_mp3(old / "talk.mp3")
    (episode,) = take("../old")
    assert episode.opening == ()


def test_programs_get_all_of_it_as_json(old: Path) -> None:
    make_mp3(old / "talk.mp3")
    (old / "broken.mp3").write_bytes(b"This is a letter.")
    (old / "notes.txt").write_text("x", encoding="utf-8")
    result = run("../old", "--json")
    document = json.loads(result.stdout)
    assert result.exit_code == 1
    assert document["records"] == [f"{RECORDS}/talk.md"]
    assert document["written"] == [f"{RECORDS}/talk.mp3", f"{RECORDS}/talk.md"]
    assert [fault["path"] for fault in document["broken"]] == ["../old/broken.mp3"]
    assert [fault["path"] for fault in document["others"]] == ["../old/notes.txt"]
    assert {fault["path"] for fault in document["notes"]} == {f"{RECORDS}/talk.md"}
    assert document["known"] == []


def test_what_holds_for_many_is_said_once(old: Path) -> None:
    for number in range(10, 30):
        make_mp3(old / f"2024-05-{number}.mp3", TIT2(text=[f"No {number}"]), seconds=number)
    lines = run("../old").stderr.splitlines()
    assert lines == ["note: no-10.md, no-11.md, no-12.md and 17 others: each is dated by the name of its file"]


def test_a_run_that_was_stopped_is_taken_up_by_the_next(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        make_mp3(old / f"{number}.mp3", cover(draw("red")), seconds=10 + number)
    copy = shutil.copyfile
    sources: list[Path] = []

    def fail_at_the_third(source: Path, target: Path) -> None:
        sources.append(source)
        if len(sources) == 3:
            target.write_bytes(b"half")
            raise OSError(28, "No space left on device", str(target))
        copy(source, target)

    monkeypatch.setattr(shutil, "copyfile", fail_at_the_third)
    result = run("../old")
    assert (result.exit_code, "No space left on device" in result.stderr) == (1, True)
    assert sorted(file.name for file in RECORDS.glob("*.m*")) == ["0.md", "0.mp3", "1.md", "1.mp3"]
    assert [one.title for one in take("../old")] == ["2", "3"]
    assert build().exit_code == 0


def fail(*words: str) -> list[str]:
    before = list_files(Path())
    result = run(*words)
    assert result.exit_code in (1, 2)
    assert list_files(Path()) == before
    return result.stderr.splitlines()


def test_where_nothing_can_be_taken_it_is_said_why(old: Path, tmp_path: Path) -> None:
    assert fail("../old")[0].startswith("../old: holds no audio or video file that podcast apps play")
    make_mp3(old / "talk.mp3")
    assert fail("../old", "--channel", "day-shift")[0].startswith("--channel: 'day-shift' is no channel")
    (RECORDS / "broken.md").write_text("no record", encoding="utf-8")
    assert fail("../old")[0].startswith(f"{RECORDS}/broken.md:1:")
    (tmp_path / "empty").mkdir()
    missing = fail("../old", "--project", "../empty")[0]
    assert missing == "../empty/channel.toml: is missing: `feeds init DIR` makes a project that has one"


def test_a_channel_whose_folder_is_not_there_yet_gets_one(old: Path) -> None:
    text = Path("channel.toml").read_text(encoding="utf-8")
    table = text[text.index("[channels.") :].replace("[channels.night-shift]", "[channels.day-shift]")
    Path("channel.toml").write_text(f"{text}\n{table}", encoding="utf-8")
    make_mp3(old / "talk.mp3")
    assert fail("../old")[0].startswith("--channel: is missing")
    assert [one.path for one in take("../old", "--channel", "day-shift")] == ["seeds/day-shift/talk.md"]
    assert "is a recording that seeds/day-shift/talk.md has already" in run("../old", "--channel", "night-shift").stderr


def test_a_name_that_no_record_can_say_is_named_and_the_others_are_taken() -> None:
    make_mp3(Path("in/ok.mp3"))
    make_mp3(Path("in/\x01.mp3"), seconds=5)
    result = run("in")
    assert result.exit_code == 1
    assert "no record can say this name: rename the file" in result.stderr
    assert "1 record written" in result.stdout


def test_a_link_to_a_folder_is_named_and_not_followed(old: Path) -> None:
    make_mp3(old / "talk.mp3")
    (old / "loop").symlink_to(old, target_is_directory=True)
    assert "left out: ../old/loop: is a link to a folder, and is not followed" in run("../old").stderr


def test_however_the_files_come_their_dates_differ_and_follow_the_tracks() -> None:
    tags = [Tags(duration=1, dates=("2019",), season=number // 10 + 1, episode=number % 10 + 1) for number in range(30)]
    recordings = [Recording(file=Path(f"{n}.mp3"), tags=one, modified=NOW) for n, one in enumerate(tags)]
    random.Random(7).shuffle(recordings)
    there = {dt.datetime(2019, 1, 1, 0, 3, tzinfo=dt.UTC)}
    takes = list(arrange_takes((find_take(one, dt.UTC) for one in recordings), there))
    assert [one.recording.tags for one in takes] == tags
    dates = [one.date for one in takes]
    assert dates == sorted(set(dates))
    assert not there & set(dates)


def test_a_record_that_was_deleted_once_it_was_built_does_not_come_back(old: Path) -> None:
    for number in (1, 2):
        make_mp3(old / f"{number}.mp3", TIT2(text=[f"Talk {number}"]), TDRC(text=[f"2024-05-0{number}T09:00:00"]))
    first, _ = take(str(old))
    build()
    Path(first.path).unlink()
    build()
    before = list_files(Path())
    result = run(str(old))
    assert f"is a recording that {first.path} (deleted here) has already" in result.output
    assert list_files(Path()) == before
