"""`feeds new`, as somebody uses it who has a show and perhaps a recording."""

# mypy: allow-untyped-calls
# (mutagen has no types)

from __future__ import annotations

import datetime as dt
import re
import shutil
from decimal import Decimal
from pathlib import Path

import feedparser
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from mutagen.id3 import CHAP, COMM, CTOC, ID3, TIT2, TIT3, TKWD, TPE1, TPOS, TRCK, TXXX, WXXX, CTOCFlags

from feeds import prompts
from feeds.authoring.drafting import draft_episode, draft_stand_in
from feeds.authoring.scaffold import write_show
from feeds.cli import main
from feeds.formats import CONTROL, format_title
from feeds.media.standin import format_standin
from feeds.media.tags import Tags
from feeds.model import Channel, Chapter, Episode, LocalAudio, Numbering, Season, StandIn
from feeds.notes.render import render_text
from feeds.records.seeds import format_seed, parse_seed, read_seed

CHANNEL = Channel(
    slug="night-shift",
    title="Night Shift",
    description="At night.",
    categories=(("Technology", ""),),
    language="en",
    author="Ada Marsh",
    image="artwork.png",
)
NOW = dt.datetime(2024, 5, 12, 9, 30, 15, tzinfo=dt.UTC)
RECORDS = "seeds/night-shift"
SAMPLES = Path(__file__).with_name("tags")


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("begun")
    write_show(folder, title="Night Shift", author="Ada Marsh", url="https://shift.fm", at=NOW)
    return folder


@pytest.fixture(autouse=True)
def show(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A show that was just begun, in whose folder the commands are typed."""
    folder = tmp_path / "show"
    shutil.copytree(begun, folder)
    monkeypatch.chdir(folder)
    return folder


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words, catch_exceptions=False)


def new(*words: str) -> Episode:
    """Type the command, and read the record that it says it has written."""
    result = run("new", *words)
    assert result.exit_code == 0, result.output
    *written, last = result.output.splitlines()
    path = written[-1].removeprefix("wrote ")
    assert last == f"Next: write the notes in {path}, then run feeds build"
    return read_seed(Path(path), path, dt.UTC)


def fail(*words: str) -> list[str]:
    """Type a command that cannot succeed, see that nothing was written, and give what it says."""
    before = list_files(Path())
    result = run("new", *words)
    assert list_files(Path()) == before
    *faults, last = result.stderr.splitlines()
    assert last.endswith("nothing was written.")
    assert result.exit_code == (2 if faults[0].startswith("--") else 1)
    return faults


def list_files(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*")}


def make_mp3(file: Path, *frames: object) -> Path:
    """A minute of silence with these frames in its tag."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"".join(format_standin(duration=60_000, marks=())))
    tags = ID3()
    for frame in frames:
        tags.add(frame)
    tags.save(file)
    return file


def chapter(name: str, start: int, title: str, *more: object) -> CHAP:
    return CHAP(element_id=name, start_time=start, end_time=start, sub_frames=[TIT2(text=[title]), *more])


def add_channel(show: Path, slug: str) -> None:
    text = (show / "channel.toml").read_text(encoding="utf-8")
    table = text[text.index("[channels.") :].replace("[channels.night-shift]", f"[channels.{slug}]")
    (show / "channel.toml").write_text(f"{text}\n{table}", encoding="utf-8")
    (show / "seeds" / slug).mkdir()


def test_without_audio_a_stand_in_waits_for_the_recording() -> None:
    episode = new("--title", "Ada & the Ferry")
    assert episode.path == f"{RECORDS}/ada-the-ferry.md"
    assert (episode.title, episode.audio, episode.duration) == ("Ada & the Ferry", StandIn(), 1_800_000)
    assert [one.start for one in episode.chapters] == [0, 300_000, 1_500_000]
    assert render_text(episode.summary).startswith("Write here")
    assert "write its name in place of stand-in" in render_text(episode.summary)


def test_without_a_title_either_there_is_one_to_replace() -> None:
    assert new().title == "New episode"


def test_from_the_first_command_to_the_second_episode(tmp_path: Path) -> None:
    """The whole way of somebody new."""
    make_mp3(tmp_path / "talk.mp3", TIT2(text=["Three Bells"]), chapter("a", 0, "The bell"))
    for words in (["build"], ["new", "--title", "Soon"], ["new", "../talk.mp3"], ["build"]):
        result = run(*words)
        assert result.exit_code == 0
        # Whatever a command wrote for the time being is named until somebody writes something else.
        assert all(
            re.search("still (has the notes|is the text) that feeds", line) for line in result.stderr.splitlines()
        )
    feed = feedparser.parse(Path("public/night-shift/feed.xml").read_bytes())
    assert not feed.bozo
    assert {entry.title for entry in feed.entries} == {"Hello", "Soon", "Three Bells"}
    assert {entry.enclosures[0].type for entry in feed.entries} == {"audio/mpeg"}
    page = Path("public/night-shift/three-bells/index.html").read_text(encoding="utf-8")
    assert "The bell" in page


def test_audio_from_elsewhere_is_copied_beside_the_record(show: Path, tmp_path: Path) -> None:
    audio = make_mp3(tmp_path / "Downloads" / "REC 0042 FINAL.MP3", TIT2(text=["Three Bells"]))
    episode = new("../Downloads/REC 0042 FINAL.MP3")
    assert episode.audio == LocalAudio(path="three-bells.mp3")
    assert (show / RECORDS / "three-bells.mp3").read_bytes() == audio.read_bytes()


def test_what_was_copied_is_said(tmp_path: Path) -> None:
    make_mp3(tmp_path / "talk.mp3")
    assert run("new", "../talk.mp3").output.splitlines()[:2] == [
        f"wrote {RECORDS}/talk.mp3",
        f"wrote {RECORDS}/talk.md",
    ]


@pytest.mark.parametrize(
    ("place", "expected"),
    [(f"{RECORDS}/talk.mp3", "talk.mp3"), ("recordings/May/talk.mp3", "../../recordings/May/talk.mp3")],
)
def test_audio_within_the_project_stays_where_it_is(place: str, expected: str, show: Path) -> None:
    make_mp3(show / place)
    assert new(place).audio == LocalAudio(path=expected)
    assert sorted(Path().rglob("*.mp3")) == [Path(place)]
    assert run("build").exit_code == 0


def test_a_project_need_not_be_the_current_folder(show: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_mp3(show / "recordings/talk.mp3")
    monkeypatch.chdir(tmp_path)
    episode = new("show/recordings/talk.mp3", "--project", "show")
    assert episode.path == f"show/{RECORDS}/talk.md"
    assert episode.audio == LocalAudio(path="../../recordings/talk.mp3")


def test_the_tags_become_the_record(show: Path) -> None:
    make_mp3(
        show / "talk.mp3",
        TIT2(text=["Three Bells"]),
        TIT3(text=["On bells"]),
        TRCK(text=["7"]),
        TPOS(text=["2"]),
        COMM(lang="eng", desc="", text=["What we heard.\n\n## Not a heading\n> Nor a quote"]),
        chapter("a", 0, "The first bell"),
        chapter("b", 20_500, "The second bell", WXXX(desc="", url="https://example.org/bell")),
        chapter("c", 30_000, "A picture"),
        CTOC(element_id="toc", flags=CTOCFlags.TOP_LEVEL, child_element_ids=["a", "b"], sub_frames=[]),
    )
    episode = new("talk.mp3")
    assert (episode.title, episode.subtitle, episode.season, episode.episode) == (
        "Three Bells",
        "On bells",
        Season(number=2),
        Numbering(number=Decimal(7)),
    )
    assert episode.sections == (
        Chapter(start=0, title="The first bell"),
        Chapter(start=20_500, title="The second bell", link="https://example.org/bell"),
        Chapter(start=30_000, title="A picture", toc=False),
    )
    assert [block.text for block in episode.summary] == ["What we heard.\n\n\\## Not a heading\n\\> Nor a quote"]
    assert list(episode.quotes) == []


def test_what_the_channel_says_already_is_not_said_again(show: Path) -> None:
    make_mp3(show / "a.mp3", TPE1(text=["Ada Marsh"]), TXXX(desc="ITUNESADVISORY", text=["2"]), TKWD(text=["bells"]))
    make_mp3(show / "b.mp3", TPE1(text=["Mina Okafor"]), TXXX(desc="ITUNESADVISORY", text=["1"]))
    first, second = new("a.mp3"), new("b.mp3")
    assert (first.author, first.explicit, first.tags) == ("", None, ("bells",))
    assert (second.author, second.explicit, second.tags) == ("Mina Okafor", True, ())


def test_an_m4a_brings_its_chapters_along() -> None:
    episode = new(str(SAMPLES / "chapters.m4a"))
    assert episode.audio == LocalAudio(path="three-bells.m4a")
    assert [one.title for one in episode.chapters] == ["The first bell", "종소리", "Chapter 3"]
    assert run("build").exit_code == 0


def test_audio_that_says_nothing_leaves_a_summary_to_write_and_shows_how_to_write_chapters(show: Path) -> None:
    make_mp3(show / RECORDS / "2026-05-12_talk-with-ada.mp3")
    episode = new(f"{RECORDS}/2026-05-12_talk-with-ada.mp3")
    assert episode.title == "Talk with ada"
    assert episode.chapters == ()
    assert render_text(episode.summary).startswith("Write here")
    assert "## [05:00] The main part" in episode.summary[0].text
    assert run("build").exit_code == 0
    assert "The main part" not in Path("public/night-shift/talk-with-ada/index.html").read_text(encoding="utf-8")


def test_a_title_that_is_given_counts_more_than_the_tags(show: Path) -> None:
    make_mp3(show / "talk.mp3", TIT2(text=["Three Bells"]))
    assert new("talk.mp3", "--title", "Four  Bells").title == "Four Bells"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("2026-05-12", "2026 05 12"),
        ("Ada - the talk", "Ada - the talk"),
        ("ep_12_ferry", "Ep 12 ferry"),
        ("배-이야기", "배 이야기"),
        ("...", "..."),
        ("", ""),
    ],
)
def test_the_name_of_a_file_becomes_a_title(name: str, title: str) -> None:
    assert format_title(name) == title


@pytest.mark.parametrize(
    ("title", "record"),
    [
        ("실시간 RL", "실시간-rl.md"),
        ("Readme", "readme-episode.md"),
        ("???", "episode.md"),
        ("word " * 60, "word-" * 11 + "word.md"),
    ],
)
def test_every_title_makes_a_record_that_the_build_finds(title: str, record: str) -> None:
    assert new("--title", title).path == f"{RECORDS}/{record}"
    assert "2 episodes" in run("build").output


def test_a_new_episode_is_dated_now_and_so_is_in_the_next_build(show: Path) -> None:
    before = dt.datetime.now(dt.UTC).replace(second=0, microsecond=0)
    episode = new("--title", "Now")
    assert before <= episode.date <= dt.datetime.now(dt.UTC)
    text = (show / episode.path).read_text(encoding="utf-8")
    assert f"\ndate = {episode.date:%Y-%m-%dT%H:%M}:00Z\n" in text


def test_dates_are_those_of_the_site_s_time_zone(show: Path) -> None:
    settings = show / "channel.toml"
    text = settings.read_text(encoding="utf-8").replace('# timezone = "Europe/Berlin"', 'timezone = "Asia/Seoul"')
    settings.write_text(text, encoding="utf-8")
    assert new("--title", "a").date.utcoffset() == dt.timedelta(hours=9)
    assert new("--title", "b", "--date", "2026-05-12").date.isoformat() == "2026-05-12T00:00:00+09:00"
    assert new("--title", "c", "--date", "2026-05-12 09:00").date.isoformat() == "2026-05-12T09:00:00+09:00"
    assert new("--title", "d", "--date", "2026-05-12T09:00Z").date.isoformat() == "2026-05-12T09:00:00+00:00"


def test_an_episode_of_the_future_waits() -> None:
    new("--title", "Later", "--date", "2999-01-01")
    assert "1 episode:" in run("build").output


def test_a_date_that_is_none_is_refused() -> None:
    assert fail("--date", "tomorrow") == [
        "--date: 'tomorrow' is no date: expected one like 2026-05-12 or 2026-05-12T09:00:00Z"
    ]


def test_of_several_channels_one_must_be_named(show: Path) -> None:
    add_channel(show, "day-shift")
    assert fail() == ["--channel: is missing: there are several, so write one of night-shift, day-shift"]
    assert new("--channel", "day-shift").path == "seeds/day-shift/new-episode.md"


@pytest.mark.parametrize(
    ("slug", "message"),
    [
        ("nigth-shift", "'nigth-shift' is no channel of this project; did you mean 'night-shift'?"),
        ("x", "'x' is no channel of this project; known are night-shift"),
    ],
)
def test_a_channel_that_is_not_there_is_refused(slug: str, message: str) -> None:
    assert fail("--channel", slug) == [f"--channel: {message}"]


def test_a_record_is_never_written_over(tmp_path: Path) -> None:
    make_mp3(tmp_path / "hello.mp3")
    message = "is there already, and is not written over: give the new episode another --title"
    assert fail("../hello.mp3") == [f"{RECORDS}/hello.md: {message}"]


def test_nor_is_an_audio_file(show: Path, tmp_path: Path) -> None:
    make_mp3(tmp_path / "talk.mp3")
    (show / RECORDS / "talk.mp3").write_bytes(b"another")
    message = "is there already, and is not written over: give the new episode another --title"
    assert fail("../talk.mp3") == [f"{RECORDS}/talk.mp3: {message}"]


def test_what_is_no_audio_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.docx").write_bytes(b"x")
    (tmp_path / "talk.mp3").write_bytes(b"This is a letter.")
    assert fail("../notes.docx") == [
        "../notes.docx: is no audio or video file that podcast apps play (mp3, m4a, mp4, ogg, opus…)"
    ]
    (message,) = fail("../talk.mp3")
    assert message.startswith("../talk.mp3: this audio file cannot be read")


def test_audio_that_is_not_there_is_refused() -> None:
    result = run("new", "talk.mp3")
    assert result.exit_code == 2
    assert "'talk.mp3' does not exist" in result.stderr


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "talk.doc").write_bytes(b"x")
    words = ["../talk.doc", "--channel", "x", "--title", "a\x01", "--date", "soon"]
    assert [message.partition(":")[0] for message in fail(*words)] == ["--channel", "--date", "--title", "../talk.doc"]


def test_outside_a_project_it_is_said_how_to_begin_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    assert fail() == ["channel.toml: is missing: `feeds init DIR` makes a project that has one"]


def test_when_the_copy_fails_nothing_half_written_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    audio = make_mp3(tmp_path / "talk.mp3")

    def fail_half_way(_source: Path, target: Path) -> None:
        target.write_bytes(audio.read_bytes()[:1000])
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr(shutil, "copyfile", fail_half_way)
    before = list_files(Path())
    result = run("new", "../talk.mp3")
    assert result.exit_code == 1
    assert "No space left on device" in result.stderr
    assert list_files(Path()) == before


def test_chapters_that_no_record_can_hold_are_left_out() -> None:
    chapters = (
        Chapter(start=0, title="One"),
        Chapter(start=0, title="The same"),
        Chapter(start=0, title="Silent", toc=False),
        Chapter(start=59_999, title="The last"),
        Chapter(start=60_000, title="Past the end"),
    )
    episode = draft_episode("x", NOW, Tags(duration=60_000, chapters=chapters), audio="x.mp3", channel=CHANNEL)
    assert [one.title for one in episode.chapters] == ["One", "Silent", "The last"]


LINES = st.text(st.characters(exclude_categories=["Cs"])).map(lambda text: " ".join(CONTROL.sub("", text).split()))
MARKUP = [
    "#",
    "## ",
    ">",
    " ",
    "```",
    "~~~",
    "*",
    "[0:10]",
    "\n",
    "\t",
    '"',
    "“",
    "=",
    "é",
    "{",
    "}",
    "\\",
    "<!--",
    "<pre>",
]
TEXTS = st.lists(st.sampled_from(MARKUP)).map("".join).map(str.strip)
CHAPTERS = st.builds(
    Chapter,
    start=st.integers(0, 400_000_000),
    title=(LINES | TEXTS.map(lambda text: " ".join(text.split()))).map(lambda text: text or "Chapter 1"),
    link=st.sampled_from(["", "https://example.org/a?b={c}"]),
    toc=st.booleans(),
)
TAGS = st.builds(
    Tags,
    duration=st.integers(1, 400_000_000),
    subtitle=LINES,
    description=TEXTS,
    author=LINES,
    explicit=st.none() | st.booleans(),
    keywords=st.lists(LINES.filter(bool), max_size=3).map(tuple),
    season=st.none() | st.integers(1, 9999),
    episode=st.none() | st.integers(1, 9999),
    chapters=st.lists(CHAPTERS, max_size=6).map(lambda found: tuple(sorted(found, key=lambda one: one.start))),
)


@given(TAGS)
def test_whatever_tags_say_the_record_can_be_read_and_says_the_same(tags: Tags) -> None:
    drafted = draft_episode("Three Bells", NOW, tags, audio="talk.mp3", channel=CHANNEL)
    read = parse_seed(format_seed(drafted), "talk.md")
    assert (read.subtitle, read.season, read.episode) == (drafted.subtitle, drafted.season, drafted.episode)
    assert (read.author, read.explicit, read.tags) == (drafted.author, drafted.explicit, drafted.tags)
    assert read.sections == drafted.sections
    assert list(read.quotes) == []


def test_the_record_of_a_stand_in_can_be_read() -> None:
    drafted = draft_stand_in("Three Bells", NOW)
    read = parse_seed(format_seed(drafted), "talk.md")
    assert render_text(read.summary) == render_text(drafted.summary)
    assert read.sections == drafted.sections


# Notes that are still to be written.


def list_warnings() -> list[str]:
    """Build, without what was written for the new show, and give what is warned of."""
    (Path(RECORDS) / "hello.md").unlink(missing_ok=True)
    settings = Path("channel.toml")
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace(prompts.DESCRIPTION, "Talks at night."), encoding="utf-8")
    result = run("build")
    assert result.exit_code == 0, result.output
    return result.stderr.splitlines()


def replace_text(name: str, *pairs: tuple[str, str]) -> None:
    file = Path(RECORDS) / name
    text = file.read_text(encoding="utf-8")
    for old, new_text in pairs:
        assert old in text
        text = text.replace(old, new_text)
    file.write_text(text, encoding="utf-8")


def test_a_published_record_is_named_as_long_as_a_paragraph_of_it_is_that_of_the_command() -> None:
    new("--title", "Soon", "--date", "2024-05-01")
    for line, paragraph, mine in (
        (7, prompts.SUMMARY, "What it is about."),
        (9, prompts.NO_AUDIO, "To be recorded."),
        (12, prompts.CHAPTERS[0], "Good morning."),
        (15, prompts.CHAPTERS[1], "Half a night."),
        (18, prompts.CHAPTERS[2], "Good night."),
    ):
        assert list_warnings() == [
            f"warning: {RECORDS}/soon.md:{line}: still has the notes that feeds new wrote: write your own"
        ]
        replace_text("soon.md", (paragraph, mine))
    assert list_warnings() == []


def test_a_record_of_audio_is_named_until_it_has_a_summary(tmp_path: Path) -> None:
    make_mp3(tmp_path / "talk.mp3", TIT2(text=["Talk"]))
    new("../talk.mp3", "--date", "2024-05-01")
    (warning,) = list_warnings()
    assert warning.endswith("talk.md:6: still has the notes that feeds new wrote: write your own")
    replace_text("talk.md", (prompts.SUMMARY, "Words of my own."))
    assert list_warnings() == []


@pytest.mark.parametrize("unpublished", ["draft = true", "date = 2999-01-01"])
def test_of_a_record_that_is_not_published_nothing_is_said(unpublished: str) -> None:
    new("--title", "Soon", "--date", "2024-05-01")
    replace_text("soon.md", ("date = 2024-05-01T00:00:00Z", "date = 2024-05-01"))
    old, line = ("date = 2024-05-01", unpublished) if "date" in unpublished else ("audio", f"{unpublished}\naudio")
    replace_text("soon.md", (old, line))
    assert list_warnings() == []
