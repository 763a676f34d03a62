"""`feeds import capture` as somebody types it: what is printed, what is written, and what is never written over."""

from __future__ import annotations

import datetime as dt
import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from feeds.authoring.scaffold import write_show
from feeds.cli import main
from feeds.formats import MINUTE
from feeds.importers.capture.capture import parse_capture
from feeds.importers.capture.decisions import find_key, write_decisions
from feeds.importers.capture.review import Question, Review, begin_review, press_key
from feeds.model import Episode, StandIn
from feeds.records.seeds import format_seed, read_seed

PAGES = Path(__file__).parent / "imports" / "capture"
NOW = dt.datetime(2024, 5, 12, 9, 30, tzinfo=dt.UTC)
INTO = Path("seeds/night-shift")
# Words among which nothing tells a title from a body, so that every boundary is in doubt.
DOUBTS = (
    "Three doubts\nRed and blue. ## [00:00] red blue green yellow black white. ## [13:05] one two three four five six. "
    "## [20:00] north south east west up down.\n"
)
BREAD = INTO / "krume-kruste-warum-sauerteig-nicht-sauer-sein-muss.md"


@pytest.fixture(autouse=True)
def show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A show that was just begun, with two captures in its folder."""
    folder = tmp_path / "show"
    write_show(folder, title="Night Shift", author="Ada Marsh", url="https://shift.fm", at=NOW)
    shutil.copy(PAGES / "several-episodes-in-a-site.txt", folder / "page.txt")
    (folder / "doubts.txt").write_text(DOUBTS, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["import", "capture", *words], catch_exceptions=False)


def read_written(result: Result) -> list[Episode]:
    paths = [line.removeprefix("wrote ") for line in result.stdout.splitlines() if line.startswith("wrote ")]
    return [read_seed(Path(path), path, dt.UTC) for path in paths]


def test_without_a_folder_the_summary_is_printed_and_nothing_is_written(show: Path) -> None:
    before = sorted(show.rglob("*"))
    result = run("page.txt")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "4 episodes, 28 chapters, 8 quotes, 9 entities."
    assert "left out, as it belongs to no episode: line 42: Imprint" in result.stdout
    assert "--into" in result.stdout
    assert sorted(show.rglob("*")) == before


def test_what_is_doubtful_is_named_with_its_alternatives_and_the_command_to_decide() -> None:
    result = run("doubts.txt")
    assert "3 boundaries in doubt, the likeliest first:" in result.stdout
    assert "doubts.txt:2: [13:05] Three doubts" in result.stdout
    assert len(re.findall(r"^    +\d+%  one .*\| .*six\.$", result.stdout, re.MULTILINE)) == 3
    assert "feeds import capture doubts.txt --review" in result.stdout


def test_json_is_all_that_stands_on_standard_output() -> None:
    result = run("page.txt", "--json")
    found = json.loads(result.stdout)
    assert [episode["language"] for episode in found] == ["en", "de", "ja", "en"]
    assert found[0]["chapters"][1]["quotes"] == [
        {
            "text": "You are not buying transport. You are buying the absence of a hotel.",
            "speaker": None,
            "at": 422,
        }
    ]
    assert "28 chapters" in result.stderr


def test_every_episode_becomes_a_record_dated_from_the_day_that_was_given() -> None:
    result = run("page.txt", "--into", str(INTO), "--date", "2026-05-12", "--every", "14")
    episodes = read_written(result)
    assert result.exit_code == 0
    assert [episode.date.date().isoformat() for episode in episodes] == [
        "2026-05-12",
        "2026-04-28",
        "2026-04-14",
        "2026-03-31",
    ]
    assert [len(episode.chapters) for episode in episodes] == [7, 7, 7, 7]
    assert not any(episode.draft for episode in episodes)
    assert "The page says no dates: yours is that of the first, the others follow 14 days apart." in result.stdout
    assert CliRunner().invoke(main, ["build"], catch_exceptions=False).exit_code == 0


def test_without_a_date_the_records_are_drafts_and_that_is_said() -> None:
    result = run("page.txt", "--into", str(INTO))
    assert all(episode.draft for episode in read_written(result))
    assert "the records are drafts dated from today" in result.stdout


def test_silence_stands_in_that_lasts_beyond_the_last_time_of_the_page() -> None:
    first = read_written(run("page.txt", "--into", str(INTO)))[0]
    assert first.audio == StandIn()
    assert first.duration == first.chapters[-1].start + 5 * MINUTE


def test_the_same_capture_twice_changes_nothing(show: Path) -> None:
    run("page.txt", "--into", str(INTO), "--date", "2026-05-12")
    before = {file: file.read_bytes() for file in show.rglob("*") if file.is_file()}
    again = run("page.txt", "--into", str(INTO))
    assert again.exit_code == 0
    assert f"4 records in {INTO} already, and unchanged." in again.stdout
    assert {file: file.read_bytes() for file in show.rglob("*") if file.is_file()} == before


def test_a_record_whose_front_matter_was_filled_in_counts_as_the_same() -> None:
    run("page.txt", "--into", str(INTO))
    moved = BREAD.with_name("brot.md")
    moved.write_text(BREAD.read_text(encoding="utf-8").replace("draft = true\n", 'author = "Levi"\n'), encoding="utf-8")
    BREAD.unlink()
    again = run("page.txt", "--into", str(INTO))
    assert "4 records" in again.stdout
    assert not BREAD.exists()


def test_a_record_with_other_notes_is_named_and_stays_and_new_ones_are_written() -> None:
    run("page.txt", "--into", str(INTO))
    edited = BREAD.read_text(encoding="utf-8").replace("Hunger schmeckt man.", "Hunger schmeckt jeder.")
    BREAD.write_text(edited, encoding="utf-8")
    other = INTO / "sleepers-the-return-of-the-night-train.md"
    other.unlink()
    again = run("page.txt", "--into", str(INTO))
    assert again.exit_code == 0
    assert BREAD.read_text(encoding="utf-8") == edited
    assert other.exists()
    assert again.stderr == (
        f"warning: {BREAD.as_posix()}: has other notes than this capture, and stays as it is: "
        "move it away to import the episode anew\n"
    )


def test_a_record_that_cannot_be_read_is_not_written_over() -> None:
    BREAD.write_text("mine", encoding="utf-8")
    result = run("page.txt", "--into", str(INTO))
    assert "cannot be read as a record, and stays as it is" in result.stderr
    assert BREAD.read_text(encoding="utf-8") == "mine"


def test_two_episodes_of_one_name_are_two_records() -> None:
    body = "## [00:00] Opening The day was long.\n"
    Path("twins.txt").write_text(f"Twins!\nIt is one. {body}Twins?\nIt is two. {body}", encoding="utf-8")
    result = run("twins.txt", "--into", str(INTO))
    assert [Path(line.split()[1]).name for line in result.stdout.splitlines() if line.startswith("wrote ")] == [
        "twins.md",
        "twins-2.md",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "T\nS is short. ## [02:00] Later The sea was cold. ## [01:00] Sooner The sea was warm.\n",
            "page.txt:1: T: the chapter at 01:00 stands below one at 02:00: put chapters in time order",
        ),
        ("## [00:00] Opening The day was long.\n", "page.txt:1: an episode begins here without a title"),
        ("Nothing at all.\n", "page.txt: there is no episode in it"),
    ],
)
def test_what_cannot_be_a_record_is_a_fault_with_its_line_and_nothing_is_written(text: str, message: str) -> None:
    Path("page.txt").write_text(text, encoding="utf-8")
    result = run("page.txt", "--into", "seeds/new")
    assert result.exit_code == 1
    assert result.stderr.startswith(message)
    assert not Path("seeds/new").exists()


def test_a_file_that_is_no_text_is_a_fault() -> None:
    Path("page.txt").write_bytes(b"one\n\xff\xfe\n")
    result = run("page.txt")
    assert result.exit_code == 1
    assert result.stderr.startswith("page.txt:2: this is not UTF-8")


def test_a_wrong_date_and_a_missing_file_are_wrong_calls() -> None:
    assert run("page.txt", "--date", "soon").exit_code == 2
    assert run("none.txt").exit_code == 2


# The review.


def begin() -> Review:
    return begin_review(parse_capture(DOUBTS, "doubts.txt").episodes)


def look(review: Review) -> Question:
    assert review.question
    return review.question


def test_a_review_asks_about_what_is_doubtful_in_the_order_of_the_page() -> None:
    assert [question.boundary.time for question in begin().questions] == ["00:00", "13:05", "20:00"]


def test_arrows_move_the_boundary_by_a_word_and_stop_at_the_ends() -> None:
    review = begin()
    words = look(review).title.split()
    assert look(press_key(review, "right")).title.split()[:-1] == words
    assert press_key(press_key(review, "right"), "left") == review
    for _ in range(10):
        review = press_key(review, "left")
    assert (look(review).title, look(review).body) == ("red", "blue green yellow black white.")
    for _ in range(10):
        review = press_key(review, "right")
    assert (look(review).title, look(review).body) == ("red blue green yellow black white.", "")


def test_keeping_goes_on_to_the_next_and_stopping_ends() -> None:
    title = look(begin()).title
    review = press_key(press_key(begin(), "keep"), "stop")
    assert [kept for _, kept in review.decided] == [title]
    assert review.question is None
    assert press_key(review, "keep") == review


def test_what_was_decided_holds_and_is_not_asked_again() -> None:
    decisions = {find_key(look(begin()).boundary.run): "red blue green yellow"}
    (found,) = parse_capture(DOUBTS, "doubts.txt", decisions).episodes
    assert found.chapters[0].title == "red blue green yellow"
    assert len(begin_review([found]).questions) == 2


def test_a_decision_about_text_that_has_changed_is_not_used() -> None:
    decisions = {find_key(look(begin()).boundary.run): "another title"}
    assert len(begin_review(parse_capture(DOUBTS, "doubts.txt", decisions).episodes).questions) == 3


def test_decisions_that_cannot_be_read_are_a_fault() -> None:
    kept = Path("doubts.txt.review.json")
    for text in ("{", "[]", '{"titles": {"a": 1}}'):
        kept.write_text(text, encoding="utf-8")
        result = run("doubts.txt")
        assert result.exit_code == 1
        assert result.stderr.startswith("doubts.txt.review.json: ")


def test_a_review_without_a_terminal_is_a_wrong_call() -> None:
    result = run("doubts.txt", "--review")
    assert result.exit_code == 2
    assert "asks at a terminal" in result.stderr


def test_an_import_uses_the_decisions_beside_the_capture() -> None:
    write_decisions(Path("doubts.txt.review.json"), {find_key(look(begin()).boundary.run): "red"})
    (episode,) = read_written(run("doubts.txt", "--into", str(INTO)))
    assert episode.chapters[0].title == "red"
    assert "2 boundaries in doubt" in run("doubts.txt").stdout


def read_until(master: int, wanted: str) -> str:
    """What a terminal shows, until something is there."""
    shown = b""
    until = time.monotonic() + 20
    while wanted.encode() not in shown and time.monotonic() < until:
        if select.select([master], [], [], 0.1)[0]:
            try:
                shown += os.read(master, 65536)
            except OSError:  # the other end is closed
                break
    assert wanted.encode() in shown, shown.decode(errors="replace")
    return shown.decode(errors="replace")


def test_a_review_can_be_typed_at_a_terminal_and_taken_up_again() -> None:
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "feeds", "import", "capture", "doubts.txt", "--review"]
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100"}
    process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=environment)
    os.close(slave)
    try:
        shown = read_until(master, "1 of 3")
        shown += read_until(master, "q stops") if "q stops" not in shown else ""
        assert "\x1b[32m" in shown  # the title is green
        title = look(press_key(begin(), "right")).title
        os.write(master, b"\x1b[C")
        read_until(master, f"{title}\x1b")
        os.write(master, b"\r")
        read_until(master, "2 of 3")
        os.write(master, b"q")
        read_until(master, "2 left")
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait()
        os.close(master)
    assert list(json.loads(Path("doubts.txt.review.json").read_text())["titles"].values()) == [title]
    assert "2 boundaries in doubt" in run("doubts.txt").stdout


def test_a_record_keeps_what_the_page_says_word_for_word() -> None:
    run("page.txt", "--into", str(INTO), "--date", "2026-05-12")
    text = BREAD.read_text(encoding="utf-8")
    assert text == format_seed(read_seed(BREAD, str(BREAD), dt.UTC))
    assert "## [03:30] Was im Glas passiert\nMilchsäurebakterien und Hefen teilen sich das Mehl." in text
    assert '> *"Ein Sauerteig ist kein Haustier. Er ist eine Verabredung."* — Fenja Ohlsen' in text
    assert "- **Gent** (Ort): Stadt in Belgien" in text
