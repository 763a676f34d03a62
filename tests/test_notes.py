"""Show notes: nothing in them runs, and what directories cut, break or refuse does not leave the house."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from html import escape
from urllib.parse import quote
from xml.etree.ElementTree import Element

import html5lib
import lxml.html
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feeds.chapters.stamps import format_stamp_html, format_stamp_lines
from feeds.model import Block, Chapter, Entity, Episode, Item, Prose, Quote, Section, StandIn
from feeds.notes.cut import cut_html
from feeds.notes.render import (
    DESCRIPTION_BYTES,
    STAMPS_BYTES,
    render_content,
    render_description,
    render_inline_html,
    render_page_html,
    render_text,
)
from feeds.vocabulary import find_stand_in_note

HOSTILE = (
    # Scripts
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\n>alert(1)</script\n>",
    "<script/x>alert(1)</script>",
    "<noscript><p title='</noscript><script>alert(1)</script>'>",
    "`<script>alert(1)</script>` and ``` <script>alert(1)</script>",
    "    <script>alert(1)</script>\n\n<script>alert(1)",
    # Handlers
    "<img src=x onerror=alert(1)>",
    "<img src=x oNeRrOr =\n'alert(1)'>",
    "<p onclick=alert(1)>x</p>",
    "<details open ontoggle=alert(1)>x</details>",
    "<img/src=x/onerror=alert(1)>",
    '<img alt="`><script>alert(1)</script>" src=x>',
    '<a href="https://x.example" onmouseover="alert(1)">x</a>',
    "<time datetime='\" onfocus=alert(1) autofocus'>x</time>",
    # Schemes
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](java&Tab;script:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A;avascript&colon;alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "![x](javascript:alert(1))",
    "[x][r]\n\n[r]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "javascript:alert(1)",
    "<a href='&#1;javascript:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='jav&#x0A;ascript:alert(1)'>x</a>",
    "<a href='feed:javascript:alert(1)'>x</a>",
    "<a href='blob:https://x.example/1'>x</a>",
    "<a href='file:///etc/passwd'>x</a>",
    "<img src='data:text/html,<script>alert(1)</script>'>",
    "<blockquote cite='javascript:alert(1)'>x</blockquote>",
    '[a](https://x.example/"onmouseover=alert(1)//)',
    "[a](https://x.example/&quot;onmouseover=alert&lpar;1&rpar;)",
    '[a](https://x.example "x\\" onmouseover=\\"alert(1)")',
    '![x" onerror="alert(1)](https://x.example/x.png)',
    "[[x](https://y.example)](https://z.example)",
    "[https://y.example](https://z.example)",
    "[[a]: https://x.example\n](https://x.example)",
    # Other vocabularies
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><animate attributeName=href values=javascript:alert(1) /></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml></math>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    # Styles, frames, and what changes the page around it
    "<style>@import 'https://evil.example/x.css'; body { display: none }</style>",
    "<p style='background: url(javascript:alert(1))'>x</p>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<iframe src=https://evil.example></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=https://evil.example/x.swf></object><embed src=x>",
    "<frameset><frame src=javascript:alert(1)></frameset>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href=https://evil.example/>",
    "<form action=https://evil.example><input name=x><button formaction=javascript:alert(1)>x</button></form>",
    "<textarea><script>alert(1)</script>",
    "<body onload=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "<audio src=x onerror=alert(1)></audio><video><source onerror=alert(1)></video>",
    "<p id=player class=player name=body>x</p>",
    # Never closed, closed too often, or no tags at all
    "</div></div></main></body></html><script>alert(1)</script>",
    "</li></ul></blockquote></p>x",
    "<blockquote><ul><li><strong>x",
    "<table><tr><td>x",
    "<!-- never closed <script>alert(1)</script>",
    "<!--> <script>alert(1)</script> -->",
    "<![CDATA[ <script>alert(1)</script> ]]>",
    "<?php echo 1 ?> <!DOCTYPE x [<!ENTITY x 'y'>]> &x;",
    "<img src=x title='",
    '<a href="https://x.example/?a=\'><script>alert(1)</script>">x</a>',
    "<<script>alert(1);//<</script>",
    "<img \x00src=x \x0conerror=alert(1)>",
    "<plaintext><script>alert(1)</script>",
    "<xmp><script>alert(1)</script></xmp><listing>&lt;script&gt;</listing>",
    # Entities
    "&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;script&amp;gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "&#0; &#1; &#x1b;[31m &#xFFFE; &#xD800; &#x80; &#99999999;",
)

PHRASES = frozenset("a abbr b br cite code del em i img ins kbd mark q rp rt ruby s small strong sub sup time".split())
BLOCKS = frozenset(
    "blockquote caption dd details dl dt figcaption figure h2 h3 h4 h5 h6 hr li ol p pre summary table tbody td tfoot "
    "th thead tr ul".split()
)
ATTRIBUTES = frozenset(
    "align alt colspan datetime dir height href hreflang lang rel rowspan scope src start title type width".split()
)
IN_DIRECTORIES = frozenset(["a", "br", "li", "ol", "p", "ul"])
ADDRESS = re.compile(r"(?:https?|mailto|tel):|(?![a-zA-Z][a-zA-Z0-9+.-]*:)", re.IGNORECASE)


def item(language: str = "en", url: str = "https://example.org/show/one/", **said: object) -> Item:
    return Item(
        episode=Episode(title="x", date=dt.datetime(2026, 5, 12, tzinfo=dt.UTC), **said),  # type: ignore[arg-type]
        guid="x",
        slug="one",
        url=url,
        language=language,
        explicit=False,
        duration=0,
        persons=(),
        enclosure=None,
        image=None,
        chapters_url="",
        transcripts=(),
    )


def prose(*texts: str) -> tuple[Block, ...]:
    return tuple(Prose(text=text) for text in texts)


def find_elements(html: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every element that two parsers see in a page that holds the HTML, and that it stays where it was put."""
    page = f'<!DOCTYPE html><title>x</title><div id="notes">{html}</div><p id="below"></p>'
    for parse in (lxml.html.document_fromstring, parse_as_browsers_do):
        root = parse(page)
        body = root.find("body")
        assert body is not None
        assert [child.get("id") for child in body] == ["notes", "below"]
        for element in body[0].iter():
            assert isinstance(element.tag, str), "neither comments nor processing instructions"
            if element is not body[0]:
                yield element.tag, {str(name): str(value) for name, value in element.items()}


def parse_as_browsers_do(page: str) -> Element:
    root = html5lib.parse(page, treebuilder="etree", namespaceHTMLElements=False)
    assert isinstance(root, Element)
    return root


def check_harmless(html: str, tags: Iterable[str]) -> None:
    for tag, attributes in find_elements(html):
        assert tag in tags
        assert attributes.keys() <= ATTRIBUTES
        for name in ("href", "src"):
            address = re.sub(r"[\x00-\x20]", "", attributes.get(name, ""))
            assert ADDRESS.match(address), address
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]", html)


def check_fit_for_directories(html: str) -> None:
    assert len(html.encode()) <= DESCRIPTION_BYTES
    for tag, attributes in find_elements(html):
        assert tag in IN_DIRECTORIES
        assert attributes.keys() == ({"href"} if tag == "a" else set())
        assert attributes.get("href", "https://").startswith("https://")


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_markdown_becomes_harmless(payload: str) -> None:
    for around in ("{}", "a {} b", "> - {}", "| a |\n|---|\n| {} |", "[{}](https://x.example)", "*{}*", "## {}"):
        check_harmless(render_page_html(around.format(payload)), PHRASES | BLOCKS)
        check_harmless(render_inline_html(around.format(payload)), PHRASES)


@pytest.mark.parametrize("payload", HOSTILE)
def test_a_hostile_episode_becomes_harmless(payload: str) -> None:
    hostile = item(
        url=f"https://example.org/{payload}/",
        subtitle=payload,
        opening=(Prose(text=payload), Quote(text=payload, speaker=payload)),
        sections=(
            Section(title=payload, blocks=prose(payload)),
            Chapter(start=0, title=payload, link=payload, blocks=prose(payload)),
            Chapter(start=1000, title=payload, link="https://x.example/" + payload),
        ),
        entities_title=payload,
        entities=(Entity(name=payload, type=payload, description=payload),),
    )
    plain = item(subtitle=payload, sections=(Section(title=payload, blocks=prose(payload)),))
    without_control = re.sub(r"[\x00-\x1f]", "", payload)
    if payload == without_control:  # elsewhere than in Markdown, where an entity can bring them in, records have none
        check_harmless(render_content(hostile), PHRASES | BLOCKS)
        check_fit_for_directories(render_description(hostile))
    check_fit_for_directories(render_description(plain))


PIECES = (
    *(
        "a",
        "b ",
        "é",
        "한국어",
        "日本",
        "1",
        ".",
        "?",
        "'",
        '"',
        ":",
        "|",
        "\\",
        "\t",
        "\n",
        "\n\n",
        "    ",
        "\u00a0",
        "\u2028",
    ),
    *(
        "(",
        "[",
        "]",
        "](",
        "](https://x.org)",
        '](https://x.org/")',
        "](/a)",
        "![",
        "[a]",
        "[a]: https://x.org\n",
        "[^1]",
    ),
    *(
        "[^1]: ",
        "**",
        "*",
        "_",
        "`",
        "``",
        "```",
        "~~",
        "# ",
        "## ",
        "- ",
        "1. ",
        "> ",
        "---",
        "===",
        "&",
        "&amp;",
        "&quot;",
    ),
    *("&lt;", "&#1;", "&nbsp;", "www.x.org", "https://x.org/a?b&c", "a@b.org", "javascript:", "<", ">", "<b>", "</b>"),
    *("<p>", "</p>", "<a href=x>", "<!--", "-->", "<li>"),
)
MARKDOWN = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@settings(max_examples=300, deadline=None)
@given(MARKDOWN)
def test_any_markdown_becomes_harmless(markdown: str) -> None:
    check_harmless(render_page_html(markdown), PHRASES | BLOCKS)
    check_harmless(render_inline_html(markdown), PHRASES)


@settings(max_examples=500, deadline=None)
@given(MARKDOWN)
@example("[[a]: https://x.example\n](https://x.example)")
def test_what_needs_no_cleaning_is_as_the_cleaner_leaves_it(markdown: str) -> None:
    assert render_page_html(markdown) == render_page_html(f"<!-- raw HTML is always cleaned -->\n\n{markdown}")


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("One **strong** `a < b`.", "<p>One <strong>strong</strong> <code>a &lt; b</code>.</p>"),
        ('"Quoted" & more', '<p>"Quoted" &amp; more</p>'),
        ("[x](https://x.org)", '<p><a href="https://x.org" rel="noopener noreferrer">x</a></p>'),
        ("[x](other.md)", '<p><a href="other.md" rel="noopener noreferrer">x</a></p>'),
        ("# Title", "<h2>Title</h2>"),
        ("~~gone~~<br>line", "<p><del>gone</del><br>line</p>"),
        ("**강조**는 그대로", "<p><strong>강조</strong>는 그대로</p>"),
        ("Note[^a].\n\n[^a]: Foot.", "<p>Note<sup>[1]</sup>.</p>\n\n<ol>\n<li>\n<p>Foot.</p>\n</li>\n</ol>"),
        (
            "| a | b |\n|---|:-:|\n| 1 | 2 |",
            '<table>\n<thead>\n<tr>\n<th>a</th>\n<th align="center">b</th>\n</tr>\n</thead>\n'
            '<tbody>\n<tr>\n<td>1</td>\n<td align="center">2</td>\n</tr>\n</tbody>\n</table>',
        ),
        (
            "<details><summary>More</summary>\n\nText\n\n</details>",
            "<details><summary>More</summary>\n<p>Text</p>\n</details>",
        ),
        ("", ""),
    ],
)
def test_markdown_becomes_the_html_of_a_page(markdown: str, html: str) -> None:
    assert render_page_html(markdown) == html


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("One *line*", "One <em>line</em>"),
        ("One\n\ntwo", "One\ntwo"),
        ("# Heading", "Heading"),
        ("- item", "item"),
        ('<p lang="ko">하나</p>', "하나"),
        ("", ""),
    ],
)
def test_a_line_of_markdown_has_no_block_around_it(markdown: str, html: str) -> None:
    assert render_inline_html(markdown) == html


def test_plain_text_has_a_line_for_each_paragraph_and_nothing_of_html() -> None:
    assert render_text([Prose(text="One *two* [three](x) &amp; `<four>`\nfive.\n\n- six\n- seven\n")]) == (
        "One two three & <four>\nfive.\nsix\nseven"
    )


def test_the_description_has_the_summary_the_stamps_and_the_address() -> None:
    described = render_description(
        item(
            subtitle="Not this: there is a summary.",
            opening=prose(
                "Sum *mary* with [a](https://x.org), [b](http://x.org), [c](/c) and ![d](https://x.org/d.png)."
            ),
            sections=(
                Chapter(start=0, title="One & two", blocks=prose("Not this.")),
                Chapter(start=61_999, title="Three"),
            ),
        )
    )
    assert described == (
        '<p>Sum mary with <a href="https://x.org">a</a>, b, <a href="https://example.org/c">c</a> and .</p>\n'
        "<p>00:00 One &amp; two<br />\n01:01 Three</p>\n"
        '<p><a href="https://example.org/show/one/">https://example.org/show/one/</a></p>'
    )


def test_a_description_without_chapters_has_the_rest_of_the_notes() -> None:
    described = render_description(
        item(
            subtitle="Sub & title.",
            sections=(
                Section(
                    title="Links",
                    blocks=(
                        Prose(text="> quoted\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- x\n  - y"),
                        Quote(text="Said & done", speaker="A", at=61_000),
                    ),
                ),
            ),
        )
    )
    assert re.sub(r"\s*\n\s*", "", described) == (
        "<p>Sub &amp; title.</p><p>Links</p><p>quoted</p><p>ab</p><p>12</p><ul><li>x<ul><li>y</li></ul></li></ul>"
        "<p>“Said &amp; done”</p><p>— A, 01:01</p>"
        '<p><a href="https://example.org/show/one/">https://example.org/show/one/</a></p>'
    )


def test_the_content_has_the_whole_notes() -> None:
    content = render_content(
        item(
            opening=(Prose(text="Summary."), Quote(text="Said")),
            sections=(
                Chapter(start=0, title="Bare"),
                Chapter(start=1000, title="Linked & bare", link="https://x.org/?a&b"),
                Chapter(
                    start=2000, title="Told", blocks=(Prose(text="Prose."), Quote(text="Q", speaker="<S>", at=2500))
                ),
                Section(title="Links", blocks=prose("- [x](https://x.org)")),
            ),
            entities_title="People",
            entities=(Entity(name="A & B", type="Person", description="d *e*"), Entity(name="C", type="Idea")),
        )
    )
    assert content == (
        "<p>Summary.</p>\n<blockquote>\n<p>“Said”</p>\n</blockquote>\n"
        "<p>00:00 Bare<br />\n00:01 Linked &amp; bare<br />\n00:02 Told</p>\n"
        '<h3><a href="https://x.org/?a&amp;b">Linked &amp; bare</a></h3>\n'
        "<h3>Told</h3>\n<p>Prose.</p>\n<blockquote>\n<p>“Q”</p>\n<p>— &lt;S&gt;, 00:02</p>\n</blockquote>\n"
        '<h3>Links</h3>\n<ul>\n<li><a href="https://x.org" rel="noopener noreferrer">x</a></li>\n</ul>\n'
        "<h3>People</h3>\n<ul>\n<li><strong>A &amp; B</strong> (Person): d <em>e</em></li>\n"
        "<li><strong>C</strong> (Idea)</li>\n</ul>"
    )


@pytest.mark.parametrize(
    ("link", "whole"),
    [
        ("#t=80", "https://example.org/show/one/#t=80"),
        ("/about?a&b", "https://example.org/about?a&b"),
        ("?page=2", "https://example.org/show/one/?page=2"),
        ("//x.org/y", "https://x.org/y"),
        ("https://x.org/#y", "https://x.org/#y"),
        ("mailto:ada@x.org", "mailto:ada@x.org"),
        ("//[", "https://%5B"),
    ],
)
def test_links_in_a_feed_are_whole_as_no_app_knows_the_page(link: str, whole: str) -> None:
    content = render_content(item(opening=prose(f'One [a](<{link}>) ![b](<{link}>) `<a href="{link}">`')))
    links = [attributes.get("href") or attributes.get("src") for _, attributes in find_elements(content)]
    assert set(filter(None, links)) <= {whole}
    assert escape(f'<a href="{link}">', quote=False) in content


def test_both_kinds_of_notes_begin_with_the_subtitle_where_nothing_is_written() -> None:
    bare = item(subtitle="All there is.", sections=(Chapter(start=0, title="One"),))
    assert render_description(bare).startswith("<p>All there is.</p>")
    assert render_content(bare).startswith("<p>All there is.</p>")


def test_a_link_in_a_feed_that_cannot_be_made_whole_stays_as_it_is() -> None:
    assert '<a href="//[" ' in render_content(item(opening=prose('<a href="//[">x</a>')))


@pytest.mark.parametrize("language", ["en", "ko", "de-AT", "ja", "fi"])
def test_a_stand_in_says_so_first_in_the_language_of_the_episode(language: str) -> None:
    stand_in = item(language, audio=StandIn(), opening=prose("Summary."), duration=1000)
    notice = f"<p>{find_stand_in_note(language)}</p>\n<p>Summary.</p>"
    assert render_description(stand_in).startswith(notice)
    assert render_content(stand_in).startswith(notice)
    assert find_stand_in_note(language) not in render_description(item(language, opening=prose("Summary.")))


KOREAN = "팟캐스트의 설명은 사천 바이트를 넘지 않아야 하므로, 문장의 끝에서 자릅니다. "


@pytest.mark.parametrize(
    ("opening", "count"),
    [
        (prose(KOREAN * 200), 0),
        (prose(KOREAN * 200), 40),
        (prose(KOREAN * 200), 300),
        (prose(*[KOREAN] * 200), 40),
        (prose("- " + KOREAN + "\n  - " + KOREAN * 100), 3),
        (prose("日本語" * 3000), 3),
        (prose("[" + KOREAN * 100 + "](https://x.org)"), 3),
        ((), 60),
    ],
)
def test_a_long_description_is_cut_at_a_sentence_and_its_stamps_are_whole_or_absent(
    opening: tuple[Block, ...], count: int
) -> None:
    chapters = tuple(Chapter(start=number * 60_000, title=f"{number}장 {KOREAN}"[:18]) for number in range(count))
    described = render_description(
        item(opening=opening, sections=(*chapters, Section(title="x", blocks=prose(KOREAN * 99))))
    )
    check_fit_for_directories(described)
    stamps = format_stamp_html(chapters)
    if len(stamps.encode()) <= STAMPS_BYTES:
        assert stamps in described
    else:
        assert "00:00 " not in described
    assert described.endswith('<p><a href="https://example.org/show/one/">https://example.org/show/one/</a></p>')
    assert len(described.encode()) > DESCRIPTION_BYTES * 0.9 or not opening


@pytest.mark.parametrize(("letters", "count"), [(78, 34), (78, 38), (400, 38), (400, 0)])
def test_an_address_too_long_to_leave_room_for_the_summary_is_left_out(letters: int, count: int) -> None:
    chapters = tuple(Chapter(start=number * 60_000, title="챕터의 제목입니다" * 2) for number in range(count))
    address = f"https://example.org/show/{quote('가' * letters)}/"
    described = render_description(item(url=address, opening=prose(KOREAN * 3), sections=chapters))
    check_fit_for_directories(described)
    assert described.startswith(f"<p>{KOREAN * 2}"[:-1])
    assert described.endswith(format_stamp_html(chapters))
    assert address not in described


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        MARKDOWN
        | st.text(max_size=60).map(lambda text: KOREAN * 40 + re.sub(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]", "", text))
    ),
    st.integers(0, 300),
    st.booleans(),
)
def test_any_description_fits(texts: list[str], count: int, stands_in: bool) -> None:
    chapters = tuple(Chapter(start=number * 1000, title=f"{number} & <b>") for number in range(count))
    opening = tuple(Prose(text=text) for text in texts if not re.search("[\ud800-\udfff]", text))
    check_fit_for_directories(
        render_description(item(opening=opening, sections=chapters, audio=StandIn() if stands_in else None))
    )


def test_stamps_are_floored_and_a_second_has_one() -> None:
    chapters = [
        Chapter(start=0, title="First"),
        Chapter(start=999, title="Within the same second"),
        Chapter(start=1_000, title="Silent", toc=False),
        Chapter(start=61_999, title=" Two \n words "),
    ]
    assert format_stamp_lines(chapters) == ("00:00 First", "01:01 Two words")


@pytest.mark.parametrize(
    ("last", "stamps"),
    [
        (3_599_999, ("00:00", "59:59")),
        (3_600_000, ("00:00:00", "01:00:00")),
        (360_000_000, ("00:00:00", "100:00:00")),
    ],
)
def test_all_stamps_have_hours_once_one_needs_them(last: int, stamps: tuple[str, str]) -> None:
    chapters = [Chapter(start=0, title="a"), Chapter(start=last, title="b")]
    assert format_stamp_lines(chapters) == (f"{stamps[0]} a", f"{stamps[1]} b")


def test_without_a_chapter_to_list_there_are_no_stamps() -> None:
    assert format_stamp_html([]) == ""
    assert format_stamp_html([Chapter(start=0, title="x", toc=False)]) == ""


CLEAN = st.recursive(
    st.sampled_from(
        [
            "One. ",
            "Two two! ",
            "&amp; ",
            "&lt;b&gt;",
            "말입니다. ",
            "日本語。",
            "3.5 ",
            "“Yes.” ",
            "\n",
            "x" * 40,
            "<br>",
            "…",
        ]
    ),
    lambda inside: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.split()[0]}>",
        st.sampled_from(["p", "ul", "li", "ol", 'a href="https://x.org/a?b&amp;c>d"']),
        st.lists(inside, max_size=4),
    ),
).map(str)


def find_text(html: str) -> str:
    return re.sub(r'<(?:"[^"]*"|[^">])*>', "", html)


@settings(max_examples=300, deadline=None)
@given(st.lists(CLEAN, max_size=8).map("".join), st.integers(0, 400))
def test_a_cut_fits_is_closed_and_begins_like_the_whole(html: str, limit: int) -> None:
    cut = cut_html(html, limit)
    assert len(cut.encode()) <= limit
    if len(html.encode()) <= limit:
        assert cut == html
    open_tags: list[str] = []
    for end, name in re.findall(r'<(/?)([a-z]+)(?:"[^"]*"|[^">])*>', cut):
        if end:
            assert open_tags.pop() == name
        elif name != "br":
            open_tags.append(name)
    assert open_tags == []
    assert "<" not in find_text(cut)
    assert find_text(html).startswith(find_text(cut)) or find_text(html).startswith(find_text(cut).removesuffix("…"))
    assert not re.search(r"&(?!(?:amp|lt|gt);)", find_text(cut)), "an entity is never cut"


@pytest.mark.parametrize(
    ("html", "limit", "cut"),
    [
        ("<p>One. Two. Three.</p>", 18, "<p>One. Two.</p>"),
        ("<p>Version 3.5 is out. Now.</p>", 29, "<p>Version 3.5 is out.</p>"),
        ("<p>One.</p>\n<p>Two words</p>", 20, "<p>One.</p>"),
        ("<ul><li>a<ul><li>b. c</li></ul></li></ul>", 39, "<ul><li>a<ul><li>b.</li></ul></li></ul>"),
        (
            '<p><a href="https://x.org">He said “Yes.” Then more</a></p>',
            55,
            '<p><a href="https://x.org">He said “Yes.”</a></p>',
        ),
        ("<p>말입니다. 다음 문장</p>", 24, "<p>말입니다.</p>"),
        ("<p>日本語です。次の文</p>", 26, "<p>日本語です。</p>"),
        ("<p>日本語です、次の文</p>", 26, "<p>日本語です…</p>"),
        ("<p>no sentence here</p>", 21, "<p>no sentence…</p>"),
        ("<p>AT&amp;T and more</p>", 19, "<p>AT&amp;T…</p>"),
        ("<p>" + "x" * 50 + "</p>", 20, ""),
        ("<p>x</p>", 0, ""),
    ],
)
def test_a_cut_falls_behind_a_sentence_a_block_or_a_word(html: str, limit: int, cut: str) -> None:
    assert cut_html(html, limit) == cut
