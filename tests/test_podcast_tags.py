"""The table of the podcast namespace agrees with itself, with the kinds of values, and with the pages of its tags."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from feeds.rulebook.check import Rulebook, check_document
from feeds.rulebook.document import parse_document
from feeds.rulebook.podcast.tags import MEANT, TAGS
from feeds.rulebook.rule import Rule
from feeds.rulebook.source import parse_source
from feeds.rulebook.values import VALUES
from feeds.rules.podcast import alternates, people_and_places, seasons, shows, structure

SHARED = Path(__file__).parents[2] / "shared" / "specs"
CENSUS = SHARED / "podcast-namespace-tags.tsv"
EXAMPLE = SHARED / "examples" / "podcast-namespace" / "example.xml"
RULES = [
    value
    for module in (alternates, people_and_places, seasons, shows, structure)
    for value in vars(module).values()
    if isinstance(value, Rule)
]


def read_census() -> Iterator[dict[str, str]]:
    """What was noted down of the page of each tag."""
    if not CENSUS.is_file():
        pytest.skip("the census of tags is not in ../shared/specs")
    with CENSUS.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def test_every_parent_is_a_tag_of_the_table_or_of_rss() -> None:
    assert {parent for tag in TAGS.values() for parent in tag.parents} <= {"channel", "item", *TAGS}


def test_every_value_of_the_namespace_that_rules_look_at_is_in_the_table() -> None:
    looked_at = {(name, value[0]) for name, values in VALUES.items() if name in TAGS for value in values}
    assert looked_at <= {(name, attribute) for name, tag in TAGS.items() for attribute in tag.fields}


def test_no_name_that_means_another_is_a_tag_itself() -> None:
    assert set(MEANT) & set(TAGS) == set()


def test_every_tag_with_a_page_is_in_the_table_and_no_other() -> None:
    assert {row["tag"] for row in read_census()} == set(TAGS)


def test_a_tag_has_the_attributes_of_its_page_and_needs_those_that_it_needs() -> None:
    for row in read_census():
        # What is required only in some cases, as the uri of podcast:socialInteract is, has a rule of its own.
        listed = dict(re.findall(r"(?:^|; )([\w-]+) \((required(?: unless)?|\w+)", row["attributes"]))
        fields = {name: field.need for name, field in TAGS[row["tag"]].fields.items() if name}
        assert set(fields) == set(listed), row["tag"]
        required = {name for name, need in fields.items() if need == "required"}
        assert required == {name for name, need in listed.items() if need == "required"}


def test_a_tag_stands_where_its_page_says_and_as_often() -> None:
    for row in read_census():
        parents = {
            name if ":" in name or name in ("channel", "item") else f"podcast:{name}"
            for name in row["parents"].split("; ")
        }
        assert parents <= set(TAGS[row["tag"]].parents), row["tag"]
        assert TAGS[row["tag"]].single == row["count"].startswith("single"), row["tag"]


def test_the_texts_of_a_tag_are_bounded_as_its_page_says() -> None:
    for row in read_census():
        bound = re.search(r"at most ([\d,]+) characters", row["node_value"])
        text = TAGS[row["tag"]].fields.get("")
        assert (text.most if text else 0) == (int(bound[1].replace(",", "")) if bound else 0), row["tag"]


def test_in_the_official_example_only_what_is_no_real_value_is_found() -> None:
    if not EXAMPLE.is_file():
        pytest.skip("the example of the namespace is not in ../shared/specs")
    source = parse_source(EXAMPLE.name, EXAMPLE.read_bytes())
    document = parse_document(source, at=dt.datetime(2026, 6, 1, tzinfo=dt.UTC))
    verdict = check_document(document, Rulebook(RULES))
    assert [finding.rule for finding in verdict.findings] == [
        "podcast-guid-not-uuid",
        "podcast-trailer-type-unregistered",
    ]
