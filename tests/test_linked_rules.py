"""Rules on linked files keep the promise of their two examples, as those on feeds do."""

from __future__ import annotations

from pathlib import Path

import pytest

from feeds.rulebook.check import Rulebook, check_subject
from feeds.rules.every import RULES
from tests.linked_pairs import read_description
from tests.rule_pairs import FOLDER

BOOK = Rulebook(RULES)
DESCRIPTIONS = sorted(FOLDER.glob("*/*.toml"))


def find_rules(file: Path) -> tuple[list[str], list[str]]:
    """The rules that find something in what a file describes, and those that should."""
    (on, subject), expected = read_description(file)
    verdict = check_subject(on, subject, file.name, BOOK)
    for finding in verdict.findings:
        assert "\n" not in finding.message and not finding.message.endswith(".")
    return sorted(finding.rule for finding in verdict.findings), expected


@pytest.mark.parametrize("file", DESCRIPTIONS, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_rule_finds_in_a_linked_file_what_is_marked_and_nothing_else(file: Path) -> None:
    found, expected = find_rules(file)
    assert found == expected
    assert (file.parent.name in expected) == file.name.startswith("bad")
    assert file.name.startswith("bad") or not expected
