"""Every rule keeps the promise of its two examples: it finds what is marked in the bad one, and nothing in the good."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from feeds.media_types import CHAPTERS_TYPE
from feeds.rulebook.authorities import find_documents
from feeds.rulebook.check import Rulebook, check_document, check_subject
from feeds.rulebook.document import Document, parse_document
from feeds.rulebook.files.chapters import parse_chapters_file
from feeds.rulebook.files.transcripts import parse_transcript_file
from feeds.rulebook.source import parse_source
from feeds.rules.declined import DECLINED
from feeds.rules.every import RULE_BY_ID, RULES
from tests.rule_pairs import FOLDER, Mark, read_example, read_linked_example

AT = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
BOOK = Rulebook(RULES)
SMALL = 20_000
"""Bytes below which an example is not one of those that are padded to be large."""


def find_faults(file: Path) -> list[Mark]:
    """Every line of an example in which a rule finds a fault."""
    if file.suffix != ".xml":
        return find_linked_faults(file)
    example = read_example(file)
    published = file.with_name(file.name.replace(file.stem, f"{file.stem}.published"))
    previous = parse_example(published) if published.exists() else None
    verdict = check_document(parse_example(file), BOOK, previous=previous)
    return sorted({Mark(finding.line - example.shift, finding.rule) for finding in verdict.findings})


def find_linked_faults(file: Path) -> list[Mark]:
    """The same of a chapters file or a transcript."""
    example = read_linked_example(file)
    name, data, duration = file.name, example.data, example.duration
    if example.type == CHAPTERS_TYPE:
        verdict = check_subject("chapters", parse_chapters_file(name, data, duration=duration), name, BOOK)
    else:
        transcript = parse_transcript_file(name, data, type=example.type, duration=duration)
        verdict = check_subject("transcript", transcript, name, BOOK)
    return sorted({Mark(finding.line - example.shift, finding.rule) for finding in verdict.findings})


def parse_example(file: Path) -> Document:
    """Read an example as a feed."""
    example = read_example(file)
    return parse_document(parse_source(file.name, example.data), at=AT, url=example.url, charset=example.charset)


def find_examples(rule: str, kind: str) -> list[Path]:
    """The good or the bad examples of a rule that are documents, without the feeds that they are compared with.

    Those in TOML describe files that no text can show, and are read by the tests of linked files.
    """
    return [
        file for file in (FOLDER / rule).glob(f"{kind}*") if file.suffix != ".toml" and ".published" not in file.name
    ]


@pytest.mark.parametrize("rule", [rule.id for rule in RULES])
def test_a_rule_finds_what_is_marked_in_its_bad_example(rule: str) -> None:
    for file in find_examples(rule, "bad"):
        marks = (read_example(file) if file.suffix == ".xml" else read_linked_example(file)).marks
        assert rule in {mark.rule for mark in marks}
        assert find_faults(file) == sorted(marks)


@pytest.mark.parametrize("rule", [rule.id for rule in RULES])
def test_no_rule_finds_a_fault_in_a_good_example(rule: str) -> None:
    for file in find_examples(rule, "good"):
        assert find_faults(file) == []


def test_every_rule_has_a_bad_and_a_good_example_and_no_example_is_without_a_rule() -> None:
    assert sorted(folder.name for folder in FOLDER.iterdir()) == sorted(RULE_BY_ID)
    for folder in FOLDER.iterdir():
        assert list(folder.glob("bad*")) and list(folder.glob("good*")), folder.name


def test_every_rule_says_what_holds_and_why_and_who_asks_for_it() -> None:
    assert [rule.id for rule in RULES if not (rule.summary and rule.why and rule.levels)] == []
    assert [rule.id for rule in RULES if not find_documents(rule.source)[0][1] and "house" not in rule.source] == []


def test_no_id_is_given_twice() -> None:
    assert len(RULE_BY_ID) == len(RULES)


def test_every_rule_that_was_asked_for_is_there_or_declined_with_a_reason() -> None:
    proposal = Path(__file__).parents[2] / "shared" / "specs" / "rules.tsv"
    if not proposal.is_file():
        pytest.skip("the proposal of rules is not here")
    with proposal.open(encoding="utf-8", newline="") as lines:
        ids = {row["id"] for row in csv.DictReader(lines, delimiter="\t")}
    assert ids - set(RULE_BY_ID) == set(DECLINED)
    assert all(reason.endswith(".") for reason in DECLINED.values())


def test_what_counts_as_usual_hides_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    files = [file for rule in RULES for kind in ("bad", "good") for file in find_examples(rule.id, kind)]
    files = [file for file in files if file.suffix == ".xml" and len(read_example(file).data) < SMALL]
    assert len(files) > len(RULES)
    found = {file: find_faults(file) for file in files}
    monkeypatch.setattr("feeds.rulebook.check.USUAL", {})
    monkeypatch.setattr(f"{__name__}.BOOK", Rulebook(RULES))
    assert {file: find_faults(file) for file in files} == found
