"""`feeds init`, as somebody uses it who has never seen the program."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import feedparser
import jsonschema
import pytest
from click.testing import CliRunner, Result
from PIL import Image, ImageColor

from feeds.authoring.artwork import ACCENTS, PAPER, SIZE, find_accent, render_artwork
from feeds.cli import main
from feeds.prompts import DESCRIPTION
from feeds.records.seeds import read_seed
from feeds.settings.channel import SCHEMA, Part, parse_channels, read_settings
from feeds.theme.colours import CONTRAST, find_contrast

FILES = {
    "channel.toml",
    "channel.schema.json",
    ".gitignore",
    "seeds/night-shift/hello.md",
    "seeds/night-shift/artwork.png",
}

UNDESCRIBED = (
    "channel.toml:19: channels.night-shift.description: still is the text that feeds init wrote: write your own"
)
UNWRITTEN = "seeds/night-shift/hello.md:11: still has the notes that feeds init wrote: write your own"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, in which the commands are typed."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words, catch_exceptions=False)


def list_files(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if not file.is_dir()}


def parse_file(file: Path) -> Part:
    return parse_channels(file.read_text(encoding="utf-8"), file.name)


def test_a_new_show_says_what_was_written_and_what_comes_next(here: Path) -> None:
    result = run("init", "night-shift")
    assert result.exit_code == 0
    *written, last = result.output.splitlines()
    assert set(written) == {f"wrote night-shift/{file}" for file in FILES}
    assert last == "Next: cd night-shift && feeds serve"
    assert list_files(here / "night-shift") == FILES


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        (".", "Next: feeds serve"),
        ("my show", "Next: cd 'my show' && feeds serve"),
        ("a/b", "Next: cd a/b && feeds serve"),
    ],
)
def test_what_comes_next_can_be_typed(folder: str, expected: str) -> None:
    assert run("init", folder).output.splitlines()[-1] == expected


def test_a_new_show_builds_at_once(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("init", "night-shift")
    monkeypatch.chdir("night-shift")
    result = run("build")
    assert result.exit_code == 0
    # Nobody can have this address, and nobody wants to publish these notes: that is all there is to say.
    assert [line for line in result.output.splitlines() if line.startswith("warning")] == [
        "warning: channel.toml:7: site.url: https://example.org is an example: "
        "write your own address before you publish",
        f"warning: {UNDESCRIBED}",
        f"warning: {UNWRITTEN}",
    ]
    feed = feedparser.parse((here / "night-shift/public/night-shift/feed.xml").read_bytes())
    assert not feed.bozo
    assert feed.feed.title == "Night shift"
    assert [entry.title for entry in feed.entries] == ["Hello"]
    assert feed.entries[0].enclosures[0].href.startswith("https://example.org/night-shift/hello/hello.")


def test_with_an_address_and_notes_of_its_own_a_new_show_builds_without_a_warning(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("init", "night-shift")
    monkeypatch.chdir("night-shift")
    run("build")
    settings = here / "night-shift/channel.toml"
    text = settings.read_text(encoding="utf-8")
    text = text.replace('"https://example.org"', '"https://night.shift.fm/show"')
    settings.write_text(text, encoding="utf-8")
    result = run("build")
    assert (result.exit_code, result.stderr) == (0, f"warning: {UNDESCRIBED}\nwarning: {UNWRITTEN}\n")
    settings.write_text(text.replace(DESCRIPTION, "Talks at night."), encoding="utf-8")
    hello = here / "night-shift/seeds/night-shift/hello.md"
    hello.write_text("".join(hello.read_text(encoding="utf-8").partition("subtitle")[0]) + "+++\nMy own.\n")
    result = run("build")
    assert (result.exit_code, result.stderr) == (0, "")
    feed = (here / "night-shift/public/night-shift/feed.xml").read_text(encoding="utf-8")
    assert "https://night.shift.fm/show/night-shift/hello/" in feed
    assert "example.org" not in feed


def test_title_author_and_address_can_be_given(here: Path) -> None:
    run("init", "x", "--title", ' The "Night"\n\\ Shift ', "--author", "Ada Marsh", "--url", "https://shift.fm/")
    settings = read_settings(here / "x/channel.toml")
    (channel,) = settings.channels
    assert settings.site.url == "https://shift.fm"
    assert settings.site.title == channel.title == 'The "Night" \\ Shift'
    assert channel.author == "Ada Marsh"
    assert channel.slug == "the-night-shift"


def test_without_them_the_show_is_called_as_its_folder_and_is_its_own_author(here: Path) -> None:
    run("init", "the-night_shift")
    (channel,) = read_settings(here / "the-night_shift/channel.toml").channels
    assert (channel.title, channel.author) == ("The night shift", "The night shift")


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Café Zürich", "cafe-zurich"),
        ("Große Töne", "grosse-tone"),
        ("실시간", "show"),
        ("Assets", "show"),
        ("…", "show"),
        ("99", "99"),
        ("A" * 300, "a" * 40),
        (f"{'a' * 39} b", "a" * 39),
    ],
)
def test_the_channel_is_named_by_the_title_in_plain_letters(title: str, slug: str, here: Path) -> None:
    result = run("init", "x", "--title", title)
    assert result.exit_code == 0
    (channel,) = read_settings(here / "x/channel.toml").channels
    assert (channel.slug, channel.title) == (slug, title)
    assert (here / "x" / channel.seeds / "hello.md").is_file()


def test_the_first_episode_shows_everything_that_a_record_can_have(here: Path) -> None:
    run("init", "night-shift", "--author", 'Ada "A" Marsh')
    now = dt.datetime.now(dt.UTC)
    episode = read_seed(here / "night-shift/seeds/night-shift/hello.md", "hello.md", dt.UTC)
    assert len(episode.chapters) == 3
    assert [quote.speaker for quote, _ in episode.quotes] == ['Ada "A" Marsh']
    assert episode.entities
    assert episode.summary
    assert now - dt.timedelta(hours=1) <= episode.date <= now


def uncomment(text: str) -> str:
    return re.sub(r"^# (?=\w+ = )", "", text, flags=re.MULTILINE)


def test_every_line_of_the_settings_that_is_marked_off_holds_once_the_mark_is_gone(here: Path) -> None:
    run("init", "night-shift")
    file = here / "night-shift/channel.toml"
    before = parse_file(file)
    file.write_text(uncomment(file.read_text(encoding="utf-8")), encoding="utf-8")
    after = parse_file(file)
    assert (before.faults, after.faults) == ((), ())
    assert len(after.lines) > len(before.lines) + 10


def test_editors_find_the_schema_beside_the_settings_and_it_agrees(here: Path) -> None:
    run("init", "night-shift")
    folder = here / "night-shift"
    text = (folder / "channel.toml").read_text(encoding="utf-8")
    assert text.startswith("#:schema ./channel.schema.json\n")
    assert (folder / "channel.schema.json").read_bytes() == SCHEMA.read_bytes()
    schema = json.loads(SCHEMA.read_bytes())
    for settings in (text, uncomment(text)):
        jsonschema.validate(tomllib.loads(settings), schema)


def test_what_is_built_is_kept_out_of_version_control(here: Path) -> None:
    run("init", "night-shift")
    assert "/public/" in (here / "night-shift/.gitignore").read_text(encoding="utf-8").splitlines()


def test_a_gitignore_that_is_there_stays_as_it_is(here: Path) -> None:
    (here / ".gitignore").write_text("*.wav\n", encoding="utf-8")
    result = run("init", ".", "--title", "Night Shift")
    assert result.exit_code == 0
    assert "gitignore" not in result.output
    assert (here / ".gitignore").read_text(encoding="utf-8") == "*.wav\n"


def test_nothing_is_written_over_and_every_file_in_the_way_is_named(here: Path) -> None:
    run("init", "night-shift")
    mine = here / "night-shift/channel.toml"
    mine.write_text("mine", encoding="utf-8")
    (here / "night-shift/seeds/night-shift/hello.md").unlink()
    before = list_files(here)
    result = run("init", "night-shift")
    assert result.exit_code == 1
    rest = "is there already, and is not written over: begin the show in another folder"
    assert result.stderr.splitlines() == [
        f"night-shift/channel.schema.json: {rest}",
        f"night-shift/channel.toml: {rest}",
        f"night-shift/seeds/night-shift/artwork.png: {rest}",
        "3 faults; nothing was written.",
    ]
    assert list_files(here) == before
    assert mine.read_text(encoding="utf-8") == "mine"


def test_a_file_where_a_folder_must_be_is_named_too(here: Path) -> None:
    (here / "seeds").write_text("tomatoes", encoding="utf-8")
    result = run("init", ".", "--title", "Garden")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0].startswith("seeds: is there already")
    assert list_files(here) == {"seeds"}


def test_other_files_in_the_folder_are_no_hindrance(here: Path) -> None:
    (here / "README.md").write_text("My show", encoding="utf-8")
    assert run("init", ".", "--title", "Night Shift").exit_code == 0
    assert list_files(here) == FILES | {"README.md"}


def test_all_wrong_options_are_named_at_once_and_nothing_is_written(here: Path) -> None:
    result = run("init", "x", "--title", "a\x01", "--author", "b\x02", "--url", "shift.fm")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "--author: holds the control character U+0002, which cannot be published",
        "--title: holds the control character U+0001, which cannot be published",
        "--url: 'shift.fm' is no web address: write it whole, as 'https://shift.fm'",
        "3 faults; nothing was written.",
    ]
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("", "is empty: write the address at which the site will stand"),
        ("/", "is empty: write the address at which the site will stand"),
        ("ftp://shift.fm", "'ftp://shift.fm' is no web address: expected one such as https://example.org"),
        ("https://shift.fm/?a=1", "'https://shift.fm/?a=1' has a query or a fragment: write 'https://shift.fm'"),
    ],
)
def test_an_address_at_which_no_site_can_stand_is_refused(url: str, message: str) -> None:
    assert run("init", "x", "--url", url).stderr.splitlines()[0] == f"--url: {message}"


def test_a_folder_that_is_a_file_is_refused(here: Path) -> None:
    (here / "x").write_text("", encoding="utf-8")
    result = run("init", "x")
    assert result.exit_code == 2
    assert "'x' is a file" in result.stderr


def test_when_the_disk_fails_nothing_half_written_is_left(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = Path.replace
    turns: Iterator[int] = iter(range(100))

    def fail_at_the_third(self: Path, target: Path) -> Path:
        if next(turns) == 2:
            raise OSError(28, "No space left on device", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail_at_the_third)
    (here / "README.md").write_text("My show", encoding="utf-8")
    result = run("init", "shows/night-shift")
    assert result.exit_code == 1
    assert "No space left on device" in result.stderr
    assert [file.name for file in here.rglob("*")] == ["README.md"]


TITLES = ("Night Shift", "Two Small Shows", "실시간", "Café Zürich", "x", "", "The Long Talk", "Enclosed")


@pytest.mark.parametrize("title", TITLES[:4])
def test_the_artwork_is_what_apple_takes_and_small(title: str) -> None:
    drawn = render_artwork(title)
    assert len(drawn) < 60_000
    with Image.open(io.BytesIO(drawn)) as picture:
        assert (picture.format, picture.mode, picture.size) == ("PNG", "RGB", (SIZE, SIZE))
        assert not picture.info.get("transparency")
        colours = {colour for _, colour in picture.getcolors(1 << 16) or ()}
    assert {ImageColor.getrgb(PAPER), ImageColor.getrgb(find_accent(title))} <= colours


def test_the_artwork_of_a_show_is_always_the_same_and_no_other_has_it() -> None:
    assert render_artwork("Night Shift") == render_artwork("Night Shift")
    assert render_artwork("Night Shift") != render_artwork("Night Shifts")


def test_not_all_shows_have_the_same_colour_and_each_colour_can_be_read() -> None:
    assert len({find_accent(title) for title in TITLES}) > 3
    assert min(find_contrast(accent, PAPER) for accent in ACCENTS) >= CONTRAST


def test_the_site_has_the_colour_of_the_artwork(here: Path) -> None:
    run("init", "x", "--title", "Night Shift")
    assert read_settings(here / "x/channel.toml").site.accent == find_accent("Night Shift")
