"""Values of a whole feed and of its notes: every legal form passes without a word, every illegal one is found."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.formats import format_rfc2822
from feeds.rulebook.forms.dates import parse_rfc822, split_rfc822
from feeds.rulebook.forms.html import find_markup_fault, format_plain, parse_markup
from tests.test_podcast_values import find_rules


class Field(NamedTuple):
    """A rule, a fragment with {} in the place of the value, and values, one a line."""

    rule: str
    fragment: str
    legal: str
    illegal: str


DATE = "<item>\n<pubDate>{}</pubDate>\n</item>\n"
LINK = "<item>\n<link>{}</link>\n</item>\n"
TITLE = "<item>\n<title>{}</title>\n</item>\n"
NOTES = "<item>\n<description><![CDATA[{}]]></description>\n</item>\n"
EDITOR = "<channel>\n<managingEditor>{}</managingEditor>\n</channel>\n"
BUILT = "<channel>\n<lastBuildDate>{}</lastBuildDate>\n</channel>\n"

FIELDS = (
    Field(
        "feed-date-not-rfc2822",
        DATE,
        """Mon, 09 Mar 2026 08:00:00 GMT
        Mon, 9 Mar 2026 08:00:00 +0000
        9 Mar 2026 08:00 +0530
        Mon, 09 Mar 2026 23:59:60 -0000
        Mon, 09 Mar 2026 00:00:00 Z""",
        """2026-03-09
        2026-03-09T08:00:00+01:00
        Mon, 09 Mar 2026
        Mon, 09 Mar 2026 08:00:00
        Mon, 09 Mar 2026 08:00:00 CET
        Mon, 09 Mar 2026 08:00:00 UTC
        Mon, 09 Mar 2026 08:00:00 +00:00
        Mon, 09 Mar 2026 8:00:00 GMT
        Mon, 09 Mar 2026 08:00:00 PM GMT
        Mon 09 Mar 2026 08:00:00 GMT
        Monday, 09 Mar 2026 08:00:00 GMT
        Mo, 09 Mär 2026 08:00:00 +0100
        03/09/2026 08:00
        1773043200
        now""",
    ),
    Field(
        "feed-date-impossible",
        BUILT,
        "Thu, 29 Feb 2024 00:00:00 GMT",
        """29 Feb 2026 08:00:00 GMT
        00 Mar 2026 08:00:00 GMT
        02 Mar 2026 24:00:00 GMT
        02 Mar 2026 08:60:00 GMT
        02 Mar 2026 08:00:61 GMT
        02 Mar 2026 08:00:00 +9900""",
    ),
    Field(
        "feed-date-problematic-form",
        DATE,
        "Mon, 09 Mar 2026 08:00:00 +0000",
        """MON, 09 MAR 2026 08:00:00 +0000
        Mon,09 Mar 2026 08:00:00 +0000
        Mon, 09 Mar 2026 08:00:00 gmt
        Mon, 09 Mar 2026 08:00:00 A
        Mon, 09 Mar 2026 08:00:00 GMT (noon)""",
    ),
    Field(
        "feed-url-invalid",
        LINK,
        """https://example.org
        http://example.org:8080/a?b=c&amp;d=/e?#f
        https://user@example.org/~x/(a)/;p=1,2!*'
        https://192.0.2.1/
        https://[2001:db8::1]:443/
        https://xn--exmple-cua.org/%E6%BD%AE
        mailto:ada@example.org""",
        """https://example.org/a b
        https://example.org/a|b
        https://example.org/{a}
        https://example.org/"a"
        https://example.org/a^b
        https://example.org/%zz
        https://https://example.org/
        https://example.org/a#b#c
        https://example..org/
        https://example.org:99999/""",
    ),
    Field(
        "feed-url-non-ascii",
        LINK,
        "https://example.org/mar%C3%A9e",
        """https://example.org/marée
        https://exämple.org/""",
    ),
    Field(
        "feed-plain-text-has-html",
        TITLE,
        """1 &lt; 2
        I &lt;3 the sea
        &lt;- ebb and flow -&gt;
        C++ &amp; C#
        &lt;unnamed&gt;""",
        """&lt;b&gt;Ebb&lt;/b&gt;
        Ebb&lt;br&gt;flow
        Ebb&lt;BR/&gt;flow
        <![CDATA[<a href="https://example.org/">Ebb</a>]]>
        <![CDATA[Ebb</p>]]>""",
    ),
    Field(
        "feed-plain-text-double-escaped",
        TITLE,
        """Ebb &amp; flow
        Q&amp;A; and R&amp;D;
        &#8220;Ebb&#8221;
        <![CDATA[Ebb & flow]]>""",
        """Ebb &amp;amp; flow
        Ebb &amp;nbsp; flow
        &amp;#8220;Ebb
        &amp;#x201C;Ebb
        <![CDATA[Ebb &mdash; flow]]>""",
    ),
    Field(
        "feed-email-format",
        EDITOR,
        """ada@example.org (Ada Marsh)
        ada.m+show@mail.example.co.uk (Ada "Tide" Marsh (she))""",
        """ada@example.org
        Ada Marsh
        Ada Marsh &lt;ada@example.org&gt;
        ada at example.org (Ada Marsh)
        mailto:ada@example.org
        ada@localhost (Ada Marsh)""",
    ),
    Field(
        "item-description-html-malformed",
        NOTES,
        """No tags, 1 < 2, 3 > 2 &amp; all
        <p>Low<br>tide<br/>again</p>
        <ol><li>Low</li><li><em>high</em></li></ol>
        <P>Low <A HREF='https://example.org/'>tide</a></p>
        <p title="1 > 0">Low</p>
        <!-- <b> --><p>Low</p>""",
        """<p>Low
        Low</p>
        <p><b>Low</p></b>
        <p>Low <a href="https://example.org/>tide</a></p>
        <p>Low <sea>tide</sea></p>
        <p>Low</p><!-- to be continued
        <p>Low</p <p>high</p>""",
    ),
    Field(
        "item-description-dangerous-html",
        NOTES,
        """<p>A script is written in code, onclick= is text</p>
        <p style="text-align: center">Low</p>
        <p><a href="https://example.org/?q=javascript:x">Low</a></p>""",
        """<script src="https://example.org/a.js"></script>
        <p ONCLICK="x()">Low</p>
        <p><a href=" JavaScript:x()">Low</a></p>
        <form action="https://example.org/"></form>
        <embed src="https://example.org/a.swf">
        <p style="width: expression(x())">Low</p>""",
    ),
    Field(
        "item-description-relative-url",
        NOTES,
        """<p><a href="https://example.org/">Low</a></p>
        <p><a href="mailto:ada@example.org">Low</a></p>
        <p><a name="low">Low</a></p>""",
        """<p><a href="/low">Low</a></p>
        <p><a href="//example.org/low">Low</a></p>
        <p><a href="www.example.org">Low</a></p>
        <p><a href="#low">Low</a></p>
        <p><a href="">Low</a></p>""",
    ),
)


def list_values(which: str) -> list[tuple[Field, str]]:
    """Each field with each of its legal or illegal values."""
    return [(field, value.strip()) for field in FIELDS for value in getattr(field, which).split("\n")]


@pytest.mark.parametrize(("field", "value"), list_values("legal"))
def test_a_legal_value_passes_without_a_word(field: Field, value: str, tmp_path: Path) -> None:
    assert find_rules(tmp_path, field.fragment.replace("{}", value)) == set()


@pytest.mark.parametrize(("field", "value"), list_values("illegal"))
def test_an_illegal_value_is_found_by_its_rule_and_no_other(field: Field, value: str, tmp_path: Path) -> None:
    assert find_rules(tmp_path, field.fragment.replace("{}", value)) == {field.rule}


@given(st.datetimes(min_value=dt.datetime(1000, 1, 1)), st.integers(-23 * 60, 23 * 60))
def test_every_date_that_is_written_here_is_read(moment: dt.datetime, offset: int) -> None:
    moment = moment.replace(microsecond=0, tzinfo=dt.timezone(dt.timedelta(minutes=offset)))
    assert parse_rfc822(format_rfc2822(moment)) == moment


@given(st.text(alphabet="MonFeb, 0123456789:+-GZ()", max_size=40))
def test_whatever_stands_in_a_date_is_judged(text: str) -> None:
    assert split_rfc822(text) is not None or parse_rfc822(text) is None


PIECES = (
    "<p>",
    "</p>",
    "<b",
    ">",
    "'",
    '"',
    "<!--",
    "-->",
    "<script>",
    "</SCRIPT ",
    "</",
    "a",
    " ",
    "=",
    "&lt;",
    "<br/>",
)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_tags_stand_in_their_order_and_none_overlaps(text: str) -> None:
    markup = parse_markup(text)
    ends = [0]
    for tag in markup.tags:
        assert text[tag.start] == "<" and text[tag.end - 1] == ">" and ends[-1] <= tag.start < tag.end
        ends.append(tag.end)
    assert markup.broken == -1 or markup.broken >= max((tag.start for tag in markup.tags), default=0)
    assert find_markup_fault(text) or markup.broken == -1


@given(st.lists(st.sampled_from(("div", "b", "section", "span", "em")), max_size=12))
def test_tags_that_are_closed_in_their_turn_are_balanced_and_their_text_stays(names: list[str]) -> None:
    text = "".join(f"<{name}>" for name in names) + "tide" + "".join(f"</{name}>" for name in reversed(names))
    assert find_markup_fault(text) == ""
    assert format_plain(text) == "tide"


@pytest.mark.parametrize(
    "piece", ["<p ", "<a '", "<!--", "<!x", "<b></i>", "<script>", "<p><b>x", "<a x=y ", "</", "<br>\n"]
)
def test_notes_of_a_megabyte_that_are_all_tags_are_read_in_their_length(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    began = time.perf_counter()
    find_markup_fault(text)
    format_plain(text)
    assert time.perf_counter() - began < 5
