"""How findings are shown: a line of the feed, whatever its length and script, in columns of the terminal."""

from __future__ import annotations

import io
import json
import os
import unicodedata
from contextlib import redirect_stdout, suppress
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from feeds.cli import main
from feeds.reports.report import Judged, Report
from feeds.reports.text import Style, render_text
from feeds.rulebook.finding import Finding
from feeds.rulebook.rule import Level

REPORTS = Path(__file__).with_name("reports")
NARROWEST = 28


def show_fault(line: str, column: int, width: int) -> tuple[str, str]:
    """The line of a feed and the one below it, as they are shown for a finding in this column."""
    finding = Finding(rule="a-rule", level=Level.ERROR, message="is wrong", file="feed.xml", line=2, column=column)
    judged = Judged(name="feed.xml", text=f"<?xml?>\n{line}\n".encode(), findings=(finding,))
    _, shown, caret, _ = render_text(Report(judged=(judged,), rules=1), Style(width=width)).split("\n", 3)
    return shown, caret


def count_columns(text: str) -> int:
    """The columns of a text without combining marks."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


@given(
    st.text(alphabet="<a>/ é潮の満ち한국어ﬀ", min_size=1, max_size=300),
    st.integers(0, 299),
    st.integers(10, 120),
)
def test_a_shown_line_fits_the_terminal_and_the_caret_stands_below_the_character(
    line: str, at: int, width: int
) -> None:
    at = min(at, len(line) - 1)
    shown, caret = show_fault(line, at + 1, width)
    assert count_columns(shown) <= max(width, NARROWEST)
    below = count_columns(caret) - 1
    before = next(number for number in range(len(shown) + 1) if count_columns(shown[:number]) == below)
    assert shown[before] == line[at]


def test_a_feed_in_a_single_line_shows_the_place_of_its_fault() -> None:
    shown, caret = show_fault(f"{'x' * 3_000_000}<guid>潮</guid>{'y' * 3_000_000}", 3_000_001, 80)
    assert shown.startswith("    …xxx")
    assert shown[caret.index("^") :].startswith("<guid>潮</guid>yyy")
    assert shown.endswith("y…")


def test_every_fault_of_a_feed_in_a_single_line_has_its_column(tmp_path: Path) -> None:
    item = '<item><title>潮汐</title><guid isPermaLink="no">tides</guid></item>'
    feed = tmp_path / "feed.xml"
    feed.write_text(f"<rss version='2.0'><channel>{item * 1000}</channel></rss>", encoding="utf-8")
    result = CliRunner().invoke(main, ["validate", str(feed), "--all", "--format", "json"])
    rule = "item-guid-ispermalink-invalid"
    columns = [one["column"] for one in json.loads(result.output)["findings"] if one["rule"] == rule]
    first = feed.read_text(encoding="utf-8").index("isPermaLink") + 1
    assert columns == [first + number * len(item) for number in range(1000)]


def test_what_commands_a_terminal_is_not_shown_to_it() -> None:
    shown, _ = show_fault("<a>\x1b[31m\u202e\t</a>", 1, 80)
    assert shown == "    <a>·[31m· </a>"


def test_a_fault_of_a_whole_line_has_no_caret_and_one_of_the_whole_document_no_line() -> None:
    findings = tuple(
        Finding(rule="a-rule", level=Level.INFO, message="is wrong", file="feed.xml", line=line) for line in (0, 1)
    )
    report = Report(judged=(Judged(name="feed.xml", text=b"<rss/>", findings=findings),), rules=1)
    assert render_text(report).splitlines() == [
        "feed.xml: info: is wrong [a-rule]",
        "feed.xml:1: info: is wrong [a-rule]",
        "    <rss/>",
        "1 document, 1 rule: 2 info.",
    ]


def test_a_sum_does_not_say_that_all_is_well_where_a_source_cannot_be_read() -> None:
    report = Report(judged=(Judged(name="gone.xml", fault="is not there"),), rules=423)
    text = render_text(report, Style(colour=True))
    assert text == "gone.xml: is not there\n0 documents, 423 rules, 1 source that cannot be read: nothing found.\n"


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "junit"])
def test_a_report_reaches_every_terminal_and_pipe_whatever_a_file_is_called(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = os.fsdecode(b"tides-\xff-\xe6\xbd\xae.xml")
    (tmp_path / name).write_bytes((REPORTS / "feed.xml").read_bytes())
    monkeypatch.chdir(tmp_path)
    result = CliRunner(charset="ascii").invoke(main, ["validate", name, "--format", form])
    assert result.exit_code == 1
    written = result.stdout_bytes.decode("ascii" if form == "text" else "utf-8")
    assert "isPermaLink" in written
    assert form != "sarif" or '"uri": "tides-%FF-%E6%BD%AE.xml"' in written


class Terminal(io.TextIOWrapper):
    """A terminal that nobody sees."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("options", "environment", "is_coloured"),
    [
        ([], {}, True),
        ([], {"NO_COLOR": "1"}, False),
        ([], {"TERM": "dumb"}, False),
        (["--no-color"], {}, False),
        (["--color"], {"NO_COLOR": "1"}, True),
        (["--format", "github"], {}, False),
    ],
)
def test_a_terminal_gets_colours_unless_somebody_wants_none(
    options: list[str], environment: dict[str, str], is_coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in ({"TERM": "xterm"} | environment).items():
        monkeypatch.setenv(name, value)
    terminal = Terminal(written := io.BytesIO(), encoding="utf-8")
    with redirect_stdout(terminal), suppress(SystemExit):
        main(["validate", str(REPORTS / "calm.xml"), *options], standalone_mode=False)
    terminal.flush()
    assert b"calm.xml" in written.getvalue()
    assert (b"\x1b[" in written.getvalue()) == is_coloured
