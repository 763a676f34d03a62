"""Links of the notes: which of them lead to files and records beside the record, and what stands there afterwards."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.model import Entity, Episode, Prose, Section
from feeds.records.links import find_local_links, replace_links

ROOT = "https://shows.small.fm/all"
ADDRESS = "https://shows.small.fm/all/show/bread/a.0123456789.pdf"


def make_episode(text: str) -> Episode:
    date = dt.datetime(2026, 5, 12, tzinfo=dt.UTC)
    return Episode(title="x", date=date, opening=(Prose(text=text, line=5),))


def resolve(text: str, *links: str) -> str:
    """The text, with the address in the place of these links, which are just those that are found in it."""
    episode = make_episode(text)
    assert set(find_local_links(episode)) == set(links)
    (block,) = replace_links(episode, dict.fromkeys(links, ADDRESS), ROOT).opening
    assert isinstance(block, Prose)
    return block.text


@pytest.mark.parametrize(
    ("text", "link", "expected"),
    [
        ("[x](a.pdf)", "a.pdf", "[x]({})"),
        ("[x](<a b.pdf> 'title')", "a b.pdf", "[x](<{}> 'title')"),
        ("[x](a%20b.pdf#page=2)", "a b.pdf", "[x]({}#page=2)"),
        (r"[x](a\)b.pdf)", "a)b.pdf", "[x]({})"),
        (r"[x](a\(b.pdf)", "a(b.pdf", "[x]({})"),
        ("[x](a(1).pdf)", "a(1).pdf", "[x]({})"),
        (r"[x](a\_b.pdf)", "a_b.pdf", "[x]({})"),
        (r"[a\]](a.pdf)", "a.pdf", r"[a\]]({})"),
        ("[x][1]\n\n[1]: a.pdf", "a.pdf", "[x][1]\n\n[1]: {}"),
        ("> [x][1]\n>\n> [1]: a.pdf", "a.pdf", "> [x][1]\n>\n> [1]: {}"),
        ('<a title="y" href="a&amp;b.pdf?c">x</a>', "a&b.pdf", '<a title="y" href="{}?c">x</a>'),
        ("<img alt='' src='a.png'>", "a.png", "<img alt='' src='{}'>"),
        ("[![x](a.png)](https://example.org)", "a.png", "[![x]({})](https://example.org)"),
        ("A ` and [x](a.pdf)", "a.pdf", "A ` and [x]({})"),
        (r"\`[x](a.pdf)`", "a.pdf", r"\`[x]({})`"),
        ("``` `[x](a.pdf)` ``` [x](a.pdf)", "a.pdf", "``` `[x](a.pdf)` ``` [x]({})"),
        ("As `[x](a.pdf)`: [x](a.pdf)", "a.pdf", "As `[x](a.pdf)`: [x]({})"),
        ("~~~\n[x](a.pdf)\n~~~\n[x](a.pdf)", "a.pdf", "~~~\n[x](a.pdf)\n~~~\n[x]({})"),
        ("<!-- [x](a.pdf) -->\n\n[x](a.pdf)", "a.pdf", "<!-- [x](a.pdf) -->\n\n[x]({})"),
        ('Write href="a.pdf": [x](a.pdf)', "a.pdf", 'Write href="a.pdf": [x]({})'),
    ],
)
def test_a_link_is_replaced_where_it_is_one_and_stays_where_it_is_only_spoken_of(
    text: str, link: str, expected: str
) -> None:
    assert resolve(text, link) == expected.format(ADDRESS)


def test_the_line_of_a_link_is_not_that_of_the_code_that_repeats_it() -> None:
    assert find_local_links(make_episode("As `[x](a.pdf)`\n\n[x](a.pdf)")) == {"a.pdf": 7}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[x](/about?y#z)", f"[x]({ROOT}/about?y#z)"),
        ("[x](</a b>)", f"[x](<{ROOT}/a b>)"),
        ("![x](/a.png)", f"![x]({ROOT}/a.png)"),
        ("[x][1]\n\n[1]: /about", f"[x][1]\n\n[1]: {ROOT}/about"),
        ('<a href="/about">x</a>', f'<a href="{ROOT}/about">x</a>'),
        ("[x](//example.org/about)", "[x](//example.org/about)"),
        ("`[x](/about)`", "`[x](/about)`"),
        ("src=/dev/null", "src=/dev/null"),
        ("[x](#t=10)", "[x](#t=10)"),
    ],
)
def test_a_link_that_begins_with_a_slash_leads_to_the_top_of_the_site(text: str, expected: str) -> None:
    assert resolve(text) == expected


def test_a_bracket_in_the_new_address_does_not_end_the_link() -> None:
    episode = replace_links(make_episode(r"[x](a\)b.pdf)"), {"a)b.pdf": f"{ROOT}/a)b'.pdf"}, ROOT)
    assert episode.opening == (Prose(text=f"[x]({ROOT}/a%29b%27.pdf)"),)


def test_links_of_sections_and_of_entities_are_replaced_too() -> None:
    episode = Episode(
        title="x",
        date=dt.datetime(2026, 5, 12, tzinfo=dt.UTC),
        sections=(Section(title="Links", blocks=(Prose(text="[x](a.pdf)"),)),),
        entities=(Entity(name="A", type="Person", description="[x](a.pdf)"),),
    )
    replaced = replace_links(episode, {"a.pdf": ADDRESS}, ROOT)
    assert replaced.sections == (Section(title="Links", blocks=(Prose(text=f"[x]({ADDRESS})"),)),)
    assert replaced.entities[0].description == f"[x]({ADDRESS})"


@given(st.text(alphabet="[]()<>`~\\! \n\"'=#?:/ahrefsrcimg.", max_size=80))
def test_nothing_else_changes_whatever_the_text(text: str) -> None:
    (block,) = replace_links(make_episode(text), {"never.pdf": ADDRESS}, "").opening
    assert block == Prose(text=text)
