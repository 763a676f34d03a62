"""`feeds chapters`: what goes in, what comes out, and what is said of the loss."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from feeds.chaptering.platforms import PLATFORMS, find_opinions
from feeds.chapters.carriers import CARRIERS, Carrier
from feeds.cli import main
from feeds.media.measure import measure_tags
from feeds.media.standin import format_standin
from feeds.model import Chapter

HERE = Path(__file__).parent
TEXTS = HERE / "chapters"
TAGS = HERE / "tags"
SEED = HERE.parent / "seeds" / "enclosed" / "four-ways-to-carry-a-chapter.md"

RECORD = '+++\ntitle = "Ebb"\ndate = 2026-05-12\n+++\n'
FEED = """<rss version="2.0" xmlns:psc="http://podlove.org/simple-chapters"
 xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0">
<channel><title>Tides</title>
<item><title>Ebb</title><guid>urn:1</guid><itunes:episode>7</itunes:episode><itunes:duration>600</itunes:duration>
 <psc:chapters version="1.2"><psc:chapter start="0" title="Intro"/>
 <psc:chapter start="3:07.5" title="Ebb"/></psc:chapters>
</item>
<item><title>Flow</title><guid>urn:2</guid><itunes:episode>8</itunes:episode>
 <description>&lt;p&gt;00:00 Start&lt;br/&gt;01:00 Flow&lt;br/&gt;02:00 End&lt;/p&gt;</description></item>
<item><title>Bare</title><guid>urn:3</guid>
 <podcast:chapters url="https://example.org/bare.json" type="application/json+chapters"/></item>
</channel></rss>
"""


def run(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["chapters", *map(str, arguments)], input=stdin)


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    file = tmp_path / "feed.xml"
    file.write_text(FEED, encoding="utf-8")
    return file


def test_chapters_are_shown_with_the_columns_that_say_something() -> None:
    result = run("show", TEXTS / "chapters.json")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["start", "end", "title", "link", "image", "place"]
    assert lines[2].split() == ["2", "03:07.5", "04:00.25", "Ebb", "https://example.org/ebb", "Heligoland"]
    assert lines[3].startswith("-  03:20")
    assert "4 chapters, JSON chapters 1.2" in result.stderr
    assert run("show", TEXTS / "youtube.txt").stdout.splitlines()[0].split() == ["start", "title"]


def test_a_recording_a_record_and_standard_input_are_read_like_any_file() -> None:
    assert "ID3" not in run("show", TAGS / "chapters.m4a").stdout
    assert len(run("show", TAGS / "chapters.m4a").stdout.splitlines()) == 4
    assert run("show", SEED).exit_code == 0
    assert run("show", "-", stdin="00:00 Intro\n03:07 Ebb\n").stdout.splitlines()[2] == "2  03:07  Ebb"


@pytest.mark.parametrize("name", ["urn:2", "flow", "8"])
def test_an_item_of_a_feed_is_chosen_by_guid_title_or_number(feed: Path, name: str) -> None:
    result = run("convert", feed, "--episode", name, "--to", "mp4chaps")
    assert result.stdout == "00:00:00.000 Start\n00:01:00.000 Flow\n00:02:00.000 End\n"


def test_a_feed_gives_what_it_says_of_the_episode(feed: Path) -> None:
    document = json.loads(run("convert", feed, "--episode", "Ebb").stdout)
    assert (document["title"], document["podcastName"]) == ("Ebb", "Tides")
    assert [chapter["startTime"] for chapter in document["chapters"]] == [0, 187.5]


@pytest.mark.parametrize(
    ("episode", "message"),
    [
        ("", "the feed has 3 items: choose one with --episode, of 'Ebb', 'Flow', 'Bare'"),
        ("Slack", "no item has the guid, the title or the number 'Slack'"),
        (
            "Bare",
            "the item 'Bare' carries no chapters itself: they stand in https://example.org/bare.json, name that",
        ),
    ],
)
def test_an_item_that_cannot_be_chosen_is_told(feed: Path, episode: str, message: str) -> None:
    result = run("show", feed, "--episode", episode)
    assert result.exit_code == 1
    assert message in result.stderr


def test_items_without_numbers_are_counted(feed: Path) -> None:
    feed.write_text(FEED.replace("itunes:episode>", "itunes:season>"), encoding="utf-8")
    assert "Flow" in run("show", feed, "--episode", "2").stdout


def test_a_loss_is_told_in_a_line_and_nothing_where_there_is_none() -> None:
    result = run("convert", TEXTS / "chapters.json", "--to", "stamps")
    assert result.stdout == "00:00 Intro\n03:07 Ebb\n12:34 Neap tides\n"
    assert result.stderr == (
        "lost: 1 silent chapter, 1 link, 1 image, 1 end, 1 place, fractions of a second of 2 chapters, "
        "the title, author, podcast and waypoints\n"
    )
    assert run("convert", TEXTS / "youtube.txt", "--to", "json").stderr == ""


@pytest.mark.parametrize("carrier", [one for one in CARRIERS if one.format], ids=lambda one: one.name)
def test_every_form_that_is_written_is_read_again(carrier: Carrier, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("convert", TEXTS / "youtube.txt", "--to", carrier.name, "-o", out).exit_code == 0
    assert (
        run("convert", out, "--to", "stamps").stdout == run("convert", TEXTS / "youtube.txt", "--to", "stamps").stdout
    )


def test_the_name_of_the_file_tells_the_form(tmp_path: Path) -> None:
    out = tmp_path / "ebb.vtt"
    assert run("convert", TEXTS / "youtube.txt", "-o", out).exit_code == 0
    assert out.read_text(encoding="utf-8").startswith("WEBVTT\n\n00:00:00.000 --> 00:03:07.000\nIntro\n")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["convert", "youtube.txt", "--to", "pcs"], 2, "--to: 'pcs' is no form of chapters: did you mean psc?"),
        (["convert", "youtube.txt", "--to", "cue"], 2, "--to: chapters are not written as cue: choose json, "),
        (["convert", "youtube.txt", "--to", "id3"], 2, "`feeds chapters embed` writes into recordings"),
        (["show", "."], 1, ".: is a folder: name a file in it"),
        (["show", "../tags/silence.mp3"], 1, "silence.mp3: this recording has no chapters: `feeds chapters embed`"),
        (["show", "nothing.json"], 1, "nothing.json: is not there: name a chapters file, a recording"),
        (["show", "psc-broken.xml"], 1, "cannot be read as Podlove Simple Chapters 1.2 (psc:chapters): it is no well"),
        (["show", "youtube.txt.expected.md"], 1, "is not there"),
        (["check", "reaper-beats.csv"], 1, "the time 1.1.00 counts in beats"),
    ],
)
def test_what_cannot_be_is_one_line_with_a_remedy(
    arguments: list[str], code: int, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(TEXTS)
    result = run(*arguments)
    assert result.exit_code == code
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 2


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\x00\xff\xfe\x80", "is neither UTF-8 nor a recording"),
        (b"Nothing happens at any time.", "holds no chapters in a form that is known"),
        (b'{"version": "1.2.0", "chapters": [{"startTime": "soon"}]}', "every chapter needs a time"),
    ],
)
def test_a_file_without_chapters_is_told(data: bytes, message: str, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(data)
    result = run("show", file)
    assert result.exit_code == 1
    assert message in result.stderr


def test_a_text_in_utf_16_is_read(tmp_path: Path) -> None:
    file = tmp_path / "labels.txt"
    file.write_bytes("0.0\t0.0\tEbb\n".encode("utf-16"))
    assert run("show", file).stdout.splitlines()[1] == "1  00:00  Ebb"


@pytest.mark.parametrize("name", ["ebb.mp3.new", "ebb.mp3.0.new"])
def test_a_copy_is_made_beside_all_that_is_there_and_leaves_it_as_it_was(tmp_path: Path, name: str) -> None:
    audio, out = Path(shutil.copy(TAGS / "silence.mp3", tmp_path / name)), tmp_path / "ebb.mp3"
    (tmp_path / "ebb.txt").write_text("00:00 Intro\n00:01 Ebb\n", encoding="utf-8")
    before = audio.read_bytes()
    assert run("embed", audio, "--chapters", tmp_path / "ebb.txt", "-o", out).exit_code == 0
    assert audio.read_bytes() == before
    assert [chapter.title for chapter in measure_tags(out).chapters] == ["Intro", "Ebb"]
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(["ebb.mp3", "ebb.txt", name])


def test_a_folder_is_no_place_for_chapters(tmp_path: Path) -> None:
    (tmp_path / "ebb.txt").write_text("00:00 Intro\n00:01 Ebb\n", encoding="utf-8")
    result = run("convert", tmp_path / "ebb.txt", "-o", tmp_path)
    assert (result.exit_code, "is a directory" in result.stderr) == (2, True)


@pytest.mark.external
def test_an_mp4_of_fragments_is_told_what_it_is(tmp_path: Path, find_program: Callable[[str, str], str]) -> None:
    options = "-v error -f lavfi -i sine=d=1 -c:a aac -movflags frag_keyframe+empty_moov".split()
    subprocess.run([find_program("ffmpeg", "apt install ffmpeg"), *options, str(tmp_path / "ebb.m4a")], check=True)
    assert "made of fragments: write it anew" in run("show", tmp_path / "ebb.m4a").stderr


def test_chapters_are_embedded_in_a_copy_that_keeps_all_else(tmp_path: Path) -> None:
    Image.new("RGB", (40, 40), "navy").save(tmp_path / "sea.png")
    record = tmp_path / "ebb.md"
    record.write_text(
        f"{RECORD}## [00:00] Intro {{image=sea.png}}\n## [00:03.25] Ebb {{end=00:05}}\n", encoding="utf-8"
    )
    audio, out = shutil.copy(TAGS / "silence.mp3", tmp_path / "ebb.mp3"), tmp_path / "tagged.mp3"
    before = Path(audio).read_bytes()
    result = run("embed", audio, "--chapters", record, "-o", out)
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"wrote {out}\n", "")
    assert Path(audio).read_bytes() == before
    assert measure_tags(out).title == measure_tags(Path(audio)).title != ""
    assert [(one.start, one.title, one.end) for one in measure_tags(out).chapters] == [
        (0, "Intro", None),
        (3_250, "Ebb", 5_000),
    ]
    pictures = tmp_path / "pictures"
    extracted = run("extract", out, "--to", "audacity", "--pictures", pictures)
    assert extracted.stdout == "0.000000\t0.000000\tIntro\n3.250000\t5.000000\tEbb\n"
    (picture,) = pictures.iterdir()
    assert picture.name == "00000.000.png"
    assert picture.read_bytes() == (tmp_path / "sea.png").read_bytes()


def test_a_recording_is_never_written_over(tmp_path: Path) -> None:
    audio = Path(shutil.copy(TAGS / "silence.mp3", tmp_path / "ebb.mp3"))
    before = audio.read_bytes()
    result = run("embed", audio, "--chapters", TEXTS / "youtube.txt", "-o", audio)
    assert result.exit_code == 2
    assert "is what is read: name another file" in result.stderr
    assert audio.read_bytes() == before


def test_a_chapter_behind_the_end_of_a_recording_is_not_embedded(tmp_path: Path) -> None:
    result = run(
        "embed", TAGS / "silence.mp3", "--chapters", "-", "-o", tmp_path / "x.mp3", stdin="0:00 Ebb\n99:00 Flow"
    )
    assert result.exit_code == 1
    assert "the chapter at 1:39:00 cannot begin behind that" in result.stderr
    assert len(result.stderr.splitlines()) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_copy_has_the_name_of_its_kind_of_file(tmp_path: Path) -> None:
    result = run("embed", TAGS / "silence.mp3", "--chapters", "-", "-o", tmp_path / "x.m4a", stdin="0:00 Ebb\n")
    assert result.exit_code == 2
    assert "x.m4a has the name of another kind of file: the recording is MP3" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_recording_is_taken_from_standard_input() -> None:
    recording = TAGS / "chapters.m4a"
    assert run("show", "-", stdin=recording.read_bytes()).stdout == run("show", recording).stdout
    result = run("show", "-", stdin=(TAGS / "silence.mp3").read_bytes())
    assert result.stderr.startswith("<stdin>: this recording has no chapters")


@pytest.mark.parametrize("command", ["show", "convert", "check"])
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("0:10 a\n0:05 b\n0:05 c\n", "<stdin>: 1 chapter starts together with another and is left out"),
        ("10\t10\ta\n5\t5\tb\n5\t5\tc\n5\t5\td\n", "<stdin>: 2 chapters start together with another and are left out"),
    ],
)
def test_chapters_that_start_together_with_another_are_told(command: str, text: str, told: str) -> None:
    assert told in run(command, "-", stdin=text).stderr.splitlines()


class Quiet(SimpleHTTPRequestHandler):
    """Serves the texts, and says nothing of it."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments, directory=str(TEXTS))

    def log_message(self, format: str, *arguments: Any) -> None:
        pass


def test_an_address_of_this_machine_is_fetched_if_it_is_meant(tmp_path: Path) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}/youtube.txt"
        copy = [TAGS / "silence.mp3", "--chapters", url, "-o", tmp_path / "x.mp3"]
        for command in (["show", url], ["convert", url], ["check", url], ["embed", *copy]):
            assert "pass --allow-private if it is meant" in run(*command).stderr
            assert "--allow-private" not in run(*command, "--allow-private").stderr
        assert run("show", url, "--allow-private").stdout == run("show", TEXTS / "youtube.txt").stdout
        server.shutdown()


@pytest.mark.parametrize("name", ["ebb.txt", "symbolic.txt", "hard.txt"])
def test_a_text_is_never_written_over_by_what_is_made_of_it(name: str, tmp_path: Path) -> None:
    file = Path(shutil.copy(TEXTS / "youtube.txt", tmp_path / "ebb.txt"))
    (tmp_path / "symbolic.txt").symlink_to(file)
    (tmp_path / "hard.txt").hardlink_to(file)
    result = run("convert", file, "--to", "json", "-o", tmp_path / name)
    assert result.exit_code == 2
    assert "is what is read: name another file" in result.stderr
    assert file.read_bytes() == (TEXTS / "youtube.txt").read_bytes()


def test_a_folder_to_write_into_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = str(TEXTS / "youtube.txt")
    for arguments in (["convert", text], ["embed", str(TAGS / "silence.mp3"), "--chapters", text]):
        result = run(*arguments, "-o", "nodir/x.mp3" if arguments[0] == "embed" else "nodir/x.json")
        assert result.exit_code == 2
        assert "--out: the folder nodir is not there" in result.stderr


def test_a_recording_that_takes_no_tags_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    audio = tmp_path / "ebb.aac"
    audio.write_bytes(b"\xff\xf1\x50\x80" * 100)
    result = run("embed", audio, "--chapters", TEXTS / "youtube.txt", "-o", tmp_path / "out.aac")
    assert result.exit_code == 1
    assert [file.name for file in tmp_path.iterdir()] == ["ebb.aac"]


def test_a_picture_that_is_not_there_is_told(tmp_path: Path) -> None:
    record = tmp_path / "ebb.md"
    record.write_text(f"{RECORD}## [00:00] Intro {{image=sea.png}}\n", encoding="utf-8")
    result = run("embed", TAGS / "silence.mp3", "--chapters", record, "-o", tmp_path / "out.mp3")
    assert result.exit_code == 1
    assert "sea.png cannot be read" in result.stderr
    assert run("convert", record, "--to", "psc").stderr == "lost: the title, 1 image that has no address\n"


def test_an_error_in_a_chapters_file_fails_with_its_line() -> None:
    result = run("check", TEXTS / "chapters.json")
    assert result.exit_code == 1
    assert "chapters.json:12:62: error: the chapter ends at 3 s" in result.stderr
    assert run("check", TEXTS / "chapters-broken.json").exit_code == 1
    fine = run("check", TEXTS / "youtube.txt")
    assert (fine.exit_code, fine.stderr) == (0, "")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("00:30 Intro\n01:00 Ebb\n02:00 Flow\n", "chapters-text-first-not-zero"),
        ("00:00 Intro\n00:04 Ebb\n02:00 Flow\n", "chapters-text-gap"),
        ("00:00 Intro\n00:20 Ebb\n02:00 Flow\n", "chapters-text-too-short"),
        ("00:00 Intro\n01:00 Ebb 🌊\n02:00 Flow\n", "chapters-text-title-plain"),
        ("00:00 Intro\n01:00 Ebb\n20:00 Flow\n", "chapters-text-past-end"),
        (f"00:00 Intro\n01:00 {'Ebb ' * 20}\n02:00 Flow\n", "chapters-text-title-long"),
    ],
)
def test_a_list_is_held_against_the_rules_of_its_form(text: str, rule: str, tmp_path: Path) -> None:
    """The recording has ten minutes, as a feed would say of it."""
    file = tmp_path / "notes.txt"
    file.write_text(text, encoding="utf-8")
    audio = tmp_path / "ten-minutes.mp3"
    audio.write_bytes(b"".join(format_standin(duration=600_000, marks=())))
    result = run("check", file, "--audio", audio)
    assert [line.rpartition("[")[2] for line in result.stderr.splitlines()] == [f"{rule}]"]


def test_what_is_found_in_an_editor_s_form_names_the_chapter(tmp_path: Path) -> None:
    file = tmp_path / "labels.txt"
    file.write_text("0.0\t0.0\tIntro\n60.0\t60.0\tEbb\n65.0\t65.0\tFlow\n", encoding="utf-8")
    result = run("check", file)
    assert result.exit_code == 0
    assert "chapter 2 at 01:00: info: the chapter lasts 5 s" in result.stderr
    rows = {line.split("  ")[0]: line for line in result.stdout.splitlines()}
    assert "takes it" in rows["Spotify"]
    assert "ignores it" in rows["YouTube"]
    assert "the chapter at 01:00 is shorter than 10 s" in rows["YouTube"]


def make(*starts: int, title: str = "Ebb") -> tuple[Chapter, ...]:
    return tuple(Chapter(start=start * 1000, title=title) for start in starts)


def test_each_platform_says_whether_it_takes_a_list_and_why_not() -> None:
    takes = {carrier: find_takers(make(0, 60, 120), carrier) for carrier in ("json", "psc", "id3", "vorbis", "stamps")}
    assert takes == {
        "json": ["Apple Podcasts", "AntennaPod"],
        "psc": ["Spotify", "AntennaPod"],
        "id3": ["Apple Podcasts", "AntennaPod", "Overcast", "Castro"],
        "vorbis": ["AntennaPod"],
        "stamps": ["Apple Podcasts", "Spotify", "YouTube"],
    }
    assert find_takers(make(0, 60, 120), "") == [platform.name for platform in PLATFORMS]
    assert find_takers(make(0, 60), "stamps") == find_takers(make(5, 60, 120), "stamps") == []
    assert find_takers(make(0, 60, 65), "stamps") == ["Apple Podcasts", "Spotify"]
    assert find_takers((), "json") == []


def find_takers(chapters: tuple[Chapter, ...], carrier: str) -> list[str]:
    return [one.platform for one in find_opinions(chapters, carrier) if one.takes]


def test_advice_is_given_only_where_there_is_some() -> None:
    (words,) = [one.words for one in find_opinions(make(0, 60, 120), "psc") if one.platform == "Spotify"]
    assert words == ""
    (words,) = [
        one.words for one in find_opinions(make(0, 20, 120, title="밀물 🌊" * 12), "psc") if one.platform == "Spotify"
    ]
    assert words == (
        "the chapter at 00:00 is shorter than the 30 s that are advised; 3 of 3 titles have 40 characters or more; "
        "3 of 3 titles have emoji; 3 of 3 titles are in no Latin script, which its help once asked for"
    )


@pytest.mark.external
def test_ffmpeg_reads_the_metadata_file(tmp_path: Path, find_program: Callable[[str, str], str]) -> None:
    ffmpeg, ffprobe = (find_program(name, "install ffmpeg") for name in ("ffmpeg", "ffprobe"))
    labels, metadata, out = tmp_path / "labels.txt", tmp_path / "a.ffmeta", tmp_path / "a.mka"
    labels.write_text("0\t0\tIntro; #1\n1.5\t1.5\tEbb = \\ flow\n5\t5\t밀물\n", encoding="utf-8")
    assert run("convert", labels, "-o", metadata).exit_code == 0
    options = ("-v", "error", "-i", str(TAGS / "silence.opus"), "-i", str(metadata), "-map_chapters", "1", "-c", "copy")
    made = subprocess.run([ffmpeg, *options, str(out)], capture_output=True, text=True, check=True)
    assert made.stderr == ""
    probe = [ffprobe, "-v", "error", "-show_chapters", "-of", "json", str(out)]
    seen = json.loads(subprocess.run(probe, capture_output=True, check=True).stdout)["chapters"]
    assert [(float(one["start_time"]), one["tags"]["title"]) for one in seen] == [
        (0, "Intro; #1"),
        (1.5, "Ebb = \\ flow"),
        (5, "밀물"),
    ]


def test_the_table_of_carriers_lists_them_all() -> None:
    lines = run("carriers").stdout.splitlines()
    assert [line.split()[0] for line in lines[1:]] == [carrier.name for carrier in CARRIERS]
