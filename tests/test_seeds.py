"""Records: what they say, what is wrong with them, and that the example shows are what their channels promise.

`seeds/NAME.md` is read and compared with NAME.json, or with NAME.error.txt where it cannot be read.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from feeds.errors import SeedError
from feeds.model import Prose
from feeds.records.seeds import format_seed, parse_seed, read_seed

PAIRS = Path(__file__).with_name("seeds")
EXAMPLES = Path(__file__).parents[1] / "seeds"

RECORDS = sorted(PAIRS.glob("*.md"))
EXPECTED = sorted(file for file in PAIRS.iterdir() if file.suffix != ".md")


def read_pair(file: Path) -> tuple[str, str]:
    """What a record comes to: the ending of the file that expects it, and its text."""
    try:
        episode = read_seed(file, file.name, dt.timezone(dt.timedelta(hours=2)))
    except SeedError as error:
        return ".error.txt", f"{error}\n"
    return ".json", json.dumps(describe(episode), ensure_ascii=False, indent=2) + "\n"


def describe(value: object) -> object:
    """A value as plain data: its class, and each field that is not what it would be without a word."""
    if isinstance(value, tuple):
        return [describe(entry) for entry in value]
    if not dataclasses.is_dataclass(value):
        return (
            value.isoformat() if isinstance(value, dt.datetime) else str(value) if isinstance(value, Decimal) else value
        )
    fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value) if field.name != "path"}
    said = {
        field.name: describe(fields[field.name])
        for field in dataclasses.fields(value)
        if field.name in fields and fields[field.name] != field.default
    }
    return {"is": type(value).__name__} | said


def test_every_pair_has_two_halves() -> None:
    assert RECORDS
    assert {file.name.partition(".")[0] for file in EXPECTED} == {file.stem for file in RECORDS}
    assert len(EXPECTED) == len(RECORDS)


@pytest.mark.parametrize("record", RECORDS, ids=lambda file: file.stem)
def test_a_record_is_read_as_expected(record: Path, update: Callable[[Path, bytes], None]) -> None:
    suffix, found = read_pair(record)
    expected = record.with_suffix(suffix)
    update(expected, found.encode())
    assert found == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("expected", sorted(PAIRS.glob("*.json")), ids=lambda file: file.stem)
def test_a_record_that_is_written_again_says_the_same(expected: Path) -> None:
    episode = read_seed(expected.with_suffix(".md"), "x", dt.UTC)
    written = format_seed(episode)
    assert parse_seed(written, "x") == episode
    assert format_seed(parse_seed(written, "x")) == written


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ('+++\ntitle = "x"\n+++\n\ncafé\n'.encode("latin-1"), 5),
        ('+++\ntitle = "x"\n+++\n'.encode("utf-16"), 1),
        (b"\x00\xff", 1),
    ],
)
def test_a_record_in_another_encoding_is_refused_at_the_line_that_shows_it(
    content: bytes, line: int, tmp_path: Path
) -> None:
    record = tmp_path / "x.md"
    record.write_bytes(content)
    with pytest.raises(SeedError, match=rf"^x\.md:{line}: this is not UTF-8: save the record in that encoding$"):
        read_seed(record, "x.md", dt.UTC)


def test_a_block_quote_that_begins_like_a_quote_and_goes_on_for_pages_is_prose() -> None:
    pages = "> *It begins\n" + "> and goes on\n" * 3_000 + "> to its end.*"
    (block,) = parse_seed(f'+++\ntitle = "x"\ndate = 2026-05-12\n+++\n{pages}\n', "x").opening
    assert block == Prose(text=pages)


@pytest.mark.parametrize("record", sorted(EXAMPLES.glob("*/*.md")), ids=lambda file: file.stem)
def test_an_example_is_read_and_written_without_loss(record: Path) -> None:
    episode = read_seed(record, record.name, dt.UTC)
    assert parse_seed(format_seed(episode), "x") == episode


def test_the_channel_shape_has_what_the_conversations_have() -> None:
    episodes = [read_seed(record, record.name, dt.UTC) for record in EXAMPLES.glob("shape/*.md")]
    assert len(episodes) == 7
    assert sum(len(episode.chapters) for episode in episodes) == 73
    assert sum(len(episode.entities) for episode in episodes) == 66


def test_aliases_of_aliases_in_yaml_take_no_time() -> None:
    lists = "\n".join(f"  - &n{number} [{', '.join(9 * [f'*n{number - 1}'])}]" for number in range(1, 9))
    text = f"---\ntitle: x\ndate: 2026-05-12\ntags:\n  - &n0 x\n{lists}\n---\n"
    with pytest.raises(SeedError, match=re.escape("x.md:4: tags: ")):
        parse_seed(text, "x.md")
