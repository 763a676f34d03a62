"""On which line each thing of a TOML text stands."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from feeds.errors import FeedsError
from feeds.tables.toml import find_lines, parse_toml

TEXT = '''\
# [not.a.table]
title = "a = 1 # no comment"

[one]  # a comment
title = "one"
"quoted key" = \'\'\'
[two]
title = "inside a text"
\'\'\'
point.x = 1.5
point . y = 1979-05-27 07:32:00Z

[[one.list]]
title = """
a text that ends in quotation marks"""""
[[one.list]]
title = 'second'
[one.list.inner]
title = 'of the second'

[two.deep]
mixed = [
  1, { title = "x", tags = ["y",
    "z"] },
  [[2], []],  # nested
]

[two]
last = {}
'''


def test_every_address_is_found_on_its_line() -> None:
    assert find_lines(TEXT) == {
        "title": 2,
        "one": 4,
        "one.title": 5,
        "one.quoted key": 6,
        "one.point": 10,
        "one.point.x": 10,
        "one.point.y": 11,
        "one.list": 13,
        "one.list.1": 13,
        "one.list.1.title": 14,
        "one.list.2": 16,
        "one.list.2.title": 17,
        "one.list.2.inner": 18,
        "one.list.2.inner.title": 19,
        "two": 28,
        "two.deep": 21,
        "two.deep.mixed": 22,
        "two.deep.mixed.1": 23,
        "two.deep.mixed.2": 23,
        "two.deep.mixed.2.title": 23,
        "two.deep.mixed.2.tags": 23,
        "two.deep.mixed.2.tags.1": 23,
        "two.deep.mixed.2.tags.2": 24,
        "two.deep.mixed.3": 25,
        "two.deep.mixed.3.1": 25,
        "two.deep.mixed.3.1.1": 25,
        "two.deep.mixed.3.2": 25,
        "two.last": 29,
    }


def test_lines_are_the_same_with_line_ends_of_windows() -> None:
    assert find_lines(TEXT.replace("\n", "\r\n")) == find_lines(TEXT)


def test_what_is_missing_is_located_at_the_nearest_thing_around_it() -> None:
    toml = parse_toml(TEXT, "x.toml")
    assert toml.locate("one.list.2.author") == 16
    assert toml.locate("one.author.name") == 4
    assert toml.locate("three.title") == 0


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert parse_toml("\ufefftitle = 1", "x.toml").lines == {"title": 1}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = 1\nb = \n", 'x.toml:2: is no valid TOML: Invalid value: write b = "…", or take the line out'),
        (
            "a = 1\n\nb = [1,\n",
            "x.toml:3: is no valid TOML: Invalid value: "
            "write a comma between two entries, and the bracket that ends them",
        ),
        ("[a.b]\n[a.b]\n", "x.toml:2: is no valid TOML: Cannot declare a.b twice: keep one of the two"),
    ],
)
def test_a_text_that_is_no_toml_is_refused_with_its_line(text: str, message: str) -> None:
    with pytest.raises(FeedsError) as caught:
        parse_toml(text, "x.toml")
    assert str(caught.value) == message


def find_addresses(value: object, address: str = "") -> Iterator[str]:
    if address:
        yield address
    if isinstance(value, list):
        value = dict(enumerate(value, 1))
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from find_addresses(inner, f"{address}.{key}" if address else str(key))


PLAIN = st.text(st.characters(codec="utf-8"), max_size=8)
MISLEADING = st.sampled_from(['"""', "'''\n", "]\n[x]", "# a = 1", "\\"])
TREES = st.recursive(
    st.integers() | st.booleans() | st.floats(allow_nan=False) | st.datetimes() | PLAIN | MISLEADING,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(PLAIN, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(PLAIN.filter(bool), TREES, max_size=4), st.booleans())
def test_everything_that_a_text_holds_has_a_line(data: dict[str, object], multiline: bool) -> None:
    text = tomli_w.dumps(data, multiline_strings=multiline)
    lines = find_lines(text)
    assert set(lines) == set(find_addresses(tomllib.loads(text)))
    assert all(1 <= line <= text.count("\n") for line in lines.values())
