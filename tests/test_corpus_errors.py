"""Every error that the rulebook finds in the feeds of the big hosts has been read by somebody, who found it true.

tests/corpus/errors.tsv lists them: the feed and the rule, how many there are, and why a strict reader minds.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from feeds.rulebook.check import Rulebook, check_document
from feeds.rulebook.document import parse_document
from feeds.rulebook.rule import Level
from feeds.rulebook.source import parse_source
from feeds.rules.every import RULE_BY_ID, RULES

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
TABLE = Path(__file__).parent / "corpus" / "errors.tsv"
AT = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
EVERYTHING = 1_000_000
UNREAD = "?"
COLUMNS = ("feed", "host", "category", "rule", "count", "verdict", "reason")


class Row(NamedTuple):
    """All errors of one rule in one feed, and what somebody who read them says."""

    feed: str
    host: str
    category: str
    rule: str
    number: str
    verdict: str
    reason: str


def parse_table(text: str) -> list[Row]:
    """Read the table; its first line names the columns."""
    return [Row(*fields) for fields in csv.reader(text.splitlines()[1:], dialect="excel-tab", quoting=csv.QUOTE_NONE)]


def format_table(rows: Iterable[Row]) -> bytes:
    """Write the table as it is read."""
    return "".join("\t".join(row) + "\n" for row in (COLUMNS, *rows)).encode()


def find_errors(index: str, book: Rulebook) -> Iterator[Row]:
    """All errors in the feeds that an index names, as rows that nobody has read."""
    for entry in csv.DictReader(index.splitlines(), dialect="excel-tab", quoting=csv.QUOTE_NONE):
        if entry["kind"] == "feed":
            name = entry["file"].removeprefix("feeds/")
            document = parse_document(parse_source(name, (CORPUS / entry["file"]).read_bytes()), at=AT)
            findings = check_document(document, book, most=EVERYTHING).findings
            for rule, count in sorted(Counter(finding.rule for finding in findings).items()):
                yield Row(name, entry["origin"], entry["category"], rule, str(count), UNREAD, UNREAD)


def keep_verdicts(found: Iterable[Row], known: Iterable[Row]) -> list[Row]:
    """The errors that are found, with what is said of those that were there before in the same number."""
    read = {row[:5]: row for row in known}
    return [read.get(row[:5], row) for row in found]


@pytest.mark.corpus
def test_the_errors_in_real_feeds_are_those_that_were_read(update: Callable[[Path, bytes], None]) -> None:
    if not CORPUS.is_dir():
        pytest.skip("the real feeds are not in ../shared/corpus")
    known = parse_table(TABLE.read_text(encoding="utf-8"))
    index = (CORPUS / "index.tsv").read_text(encoding="utf-8")
    found = sorted(find_errors(index, Rulebook(RULES, least=Level.ERROR)))
    update(TABLE, format_table(keep_verdicts(found, known)))
    assert {row[:5] for row in found} == {row[:5] for row in known}


def test_every_error_in_the_table_has_been_read_and_is_true() -> None:
    rows = parse_table(TABLE.read_text(encoding="utf-8"))
    assert [row for row in rows if row.verdict != "true" or len(row.reason.split()) < 3] == []
    assert [row.rule for row in rows if row.rule not in RULE_BY_ID] == []


def test_an_update_keeps_what_was_read_and_marks_what_is_new() -> None:
    read = Row("a.xml", "libsyn", "real", "item-guid-blank", "2", "true", "no app knows it again")
    more = read._replace(number="3", verdict=UNREAD, reason=UNREAD)
    gone = read._replace(rule="item-guid-missing")
    again = read._replace(verdict=UNREAD, reason=UNREAD)
    assert keep_verdicts([again, more], [read, gone]) == [read, more]
    assert parse_table(format_table([read, more]).decode()) == [read, more]
