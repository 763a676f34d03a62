"""Markup in show notes: the tags of a fragment of HTML, whether they are balanced, and the text without them."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from html import unescape
from html.entities import html5
from typing import NamedTuple

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
"""Elements without content, which are never closed (HTML, 13.1.2)."""

NAMES = VOID | frozenset(
    "a abbr acronym address applet article aside audio b bdi bdo big blink blockquote body button canvas caption "
    "center cite code colgroup data datalist dd del details dfn dialog dir div dl dt em fieldset figcaption figure "
    "font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup html i iframe ins kbd label legend li main "
    "map mark marquee math menu meter nav nobr noframes noscript object ol optgroup option output p picture plaintext "
    "pre progress q rp rt ruby s samp script search section select slot small span strike strong style sub summary sup "
    "svg table tbody td template textarea tfoot th thead time title tr tt u ul var video xmp".split()
)
"""Elements of HTML, those of its past included."""

_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt figure footer h1 h2 h3 h4 h5 h6 header hr li main ol p pre "
    "section table td th tr ul".split()
)
_RAW = frozenset("iframe noframes script style textarea title xmp".split())
"""Elements whose content is no markup (HTML, 13.2.6.2)."""

_OPTIONAL_END = frozenset("colgroup dd dt li optgroup option p rp rt tbody td tfoot th thead tr".split())
"""Elements whose end tag may be left out where the next one begins (HTML, 13.1.2.4)."""

_FOREIGN = frozenset(("math", "svg"))
# A tag that begins and has no end swallows the rest of the text, as in a browser; so nothing is read twice.
_MARKUP = re.compile(
    r"""<(?:(/?)([A-Za-z][^\s/>]*+)((?:[^>"']++|"[^"]*+"|'[^']*+')*+)(>)?|!--|[!?/](?=[^\s>])[^>]*+(>)?)"""
)
_TEXT = r"[^<>&\x00-\x08\x0b-\x1f\x7f-\x9f]++"
_ADDRESS = r"https://(?:[A-Za-z0-9][A-Za-z0-9-]*\.)++[A-Za-z]++(?:/[A-Za-z0-9._~:/?=@+,-]*+)?"
_LINK = rf"<a href=(?:\"{_ADDRESS}\"|'{_ADDRESS}')>{_TEXT}</a>"
_WORDS = rf"(?:{_TEXT}|<br ?/?>|{_LINK})*+"
_USUAL = re.compile(rf"(?:\s*+<p>{_WORDS}</p>|\s*+<(?P<list>[ou]l)>(?:\s*+<li>{_WORDS}</li>)++\s*+</(?P=list)>)++\s*+")
_ATTRIBUTE = re.compile(r"""([^\s"'>/=][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*+)))?""")
_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW}
_LONGEST_NAME = 40
_REFERENCE = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30})(;|(?![A-Za-z0-9;=]))")
_INSTRUCTION = re.compile(r"<\?[A-Za-z]{1,40}")
_LISTS = ("ul", "ol", "menu", "dir")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BREAKING = frozenset(
    "address article aside blockquote details div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr "
    "main menu nav ol p pre search section table ul".split()
)
"""Elements before which a paragraph ends of itself."""

_COUNTED = _FOREIGN | frozenset((*_LISTS, "a"))
_EASY = NAMES - _HEADINGS - {"a", "li"}


class Tag(NamedTuple):
    """A tag: its name and the names of its attributes in lower case, and where it begins and ends in the text.

    `slash` is whether it closes itself, as in <br/>; `closing` whether it is an end tag.
    """

    name: str
    attributes: tuple[tuple[str, str], ...]
    closing: bool
    slash: bool
    start: int
    end: int


class Markup(NamedTuple):
    """The tags of a text; `broken` is where one begins that has no end, -1 if there is none."""

    tags: tuple[Tag, ...]
    broken: int


def is_usual_html(text: str) -> bool:
    """Say whether notes are paragraphs and lists with nothing but text, line breaks and links of https in them.

    >>> is_usual_html("<p>Low <a href='https://example.org/tide'>tide</a></p>"), is_usual_html("<p>Low <b>tide</b></p>")
    (True, False)
    """
    return _USUAL.fullmatch(text) is not None


@lru_cache(maxsize=16)
def parse_markup(text: str) -> Markup:
    """Find the tags of a fragment of HTML, in one pass.

    >>> [(tag.name, tag.attributes) for tag in parse_markup("1 < 2 <A HREF=x>y</a>").tags]
    [('a', (('href', 'x'),)), ('a', ())]
    >>> parse_markup("<p>Low <a href='x>tide</p>").broken
    7
    """
    tags: list[Tag] = []
    at = text.find("<")
    while at >= 0 and (match := _MARKUP.search(text, at)):
        at = match.end()
        slash, name, rest, closed, _ = match.groups()
        if name is None:
            at = _find_end(text, match)
        elif closed is None:
            return Markup(tuple(tags), match.start())
        else:
            name = name.lower()
            attributes = _parse_attributes(rest) if rest and not rest.isspace() else ()
            tags.append(Tag(name, attributes, bool(slash), rest.endswith("/"), match.start(), at))
            if name in _RAW and not slash:
                end = _ENDS[name].search(text, at)
                at = end.start() if end else -1
        if at < 0:
            return Markup(tuple(tags), match.start())
    return Markup(tuple(tags), -1)


def _find_end(text: str, match: re.Match[str]) -> int:
    """Where a comment or a declaration ends, -1 if it does not."""
    if match[0].startswith("<!--"):
        end = text.find("-->", match.end())
        return end + len("-->") if end >= 0 else -1
    return match.end() if match[5] else -1


def _parse_attributes(rest: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.lower(), unescape((double or single or bare).strip()))
        for name, double, single, bare in _ATTRIBUTE.findall(rest)
    )


@lru_cache(maxsize=16)
def find_markup_fault(text: str) -> str:
    """What is wrong with the first tag that is not as it should be, "" if all are balanced names of HTML.

    >>> find_markup_fault("<p>Spring tide<br>and <b>neap</b></p>")
    ''
    >>> find_markup_fault("<p>Spring <b>tide</p>"), find_markup_fault("tide</p>")
    ('</p> comes before the end of <b>', '</p> closes nothing')
    >>> find_markup_fault("<p>Spring<p>and neap"), find_markup_fault("<p>Spring")
    ('', '<p> is never closed')
    """
    markup = parse_markup(text)
    fault = _find_fault(text, markup, frozenset())
    if fault and (left_out := _find_left_out(markup)):
        return _find_fault(text, markup, left_out)
    return fault


def _find_left_out(markup: Markup) -> frozenset[str]:
    """The elements whose end tags are left out throughout, as HTML allows: each ends where the next one begins."""
    opened = Counter(tag.name for tag in markup.tags if tag.name in _OPTIONAL_END and not tag.closing)
    closed = {tag.name for tag in markup.tags if tag.closing}
    return frozenset(name for name, count in opened.items() if count > 1 and name not in closed)


def _find_fault(text: str, markup: Markup, left_out: frozenset[str]) -> str:
    waiting: list[str] = []
    around: Counter[str] = Counter()
    for tag in markup.tags:
        name, parent = tag.name, waiting[-1] if waiting else ""
        if tag.closing:
            if name != parent:
                return _tell_wrong_end(name, waiting, around)
            waiting.pop()
            if name in _COUNTED:
                around[name] -= 1
            continue
        if name == parent and name in _OPTIONAL_END:  # the next paragraph ends the one before
            waiting.pop()
            around[name] -= name in _COUNTED
            parent = waiting[-1] if waiting else ""
        # Most tags are of the kind of which nothing can be wrong.
        if (name not in _EASY or parent == "p" or len(tag.attributes) > 1) and (
            fault := _find_tag_fault(tag, parent, around)
        ):
            return fault
        if name not in VOID and name not in left_out and not (tag.slash and (name in _FOREIGN or _is_foreign(around))):
            waiting.append(name)
            if name in _COUNTED:
                around[name] += 1
    if markup.broken >= 0:
        return f"{text[markup.broken : markup.broken + _LONGEST_NAME]!r} begins a tag that never ends"
    return f"<{waiting[-1]}> is never closed" if waiting else _find_instruction(text)


def _find_tag_fault(tag: Tag, parent: str, around: Counter[str]) -> str:
    """What is wrong with a tag that opens in its parent, so many of each name being open (HTML, 13.2.6.4.7)."""
    name = tag.name
    if name not in NAMES and not _is_foreign(around):
        return f"<{name[:_LONGEST_NAME]}> is no tag of HTML"
    if len(tag.attributes) > 1 and (twice := _find_twice(tag)):
        return f"<{name}> has {twice[:_LONGEST_NAME]} twice"
    if name == "li" and not any(around[name] for name in _LISTS):
        return "<li> stands in no list"
    if parent == "p" and name in _BREAKING:
        return f"<{name}> begins within <p>, which it ends"
    if (name == "a" and around["a"]) or (name in _HEADINGS and parent in _HEADINGS):
        return f"<{name}> begins within {'another link' if name == 'a' else 'another heading'}"
    return ""


def _is_foreign(around: Counter[str]) -> bool:
    return bool(around and (around["svg"] or around["math"]))


def _find_instruction(text: str) -> str:
    """What is left of a template, such as <?php, outside of comments."""
    found = _INSTRUCTION.search(text) if "<?" in text else None
    if found and text.rfind("<!--", 0, found.start()) <= text.rfind("-->", 0, found.start()):
        return f"{found[0]!r} is no tag of HTML"
    return ""


def _find_twice(tag: Tag) -> str:
    """An attribute that a tag has twice, "" if there is none."""
    seen: set[str] = set()
    for name, _ in tag.attributes:
        if name in seen:
            return name
        seen.add(name)
    return ""


@lru_cache(maxsize=16)
def find_reference_fault(text: str) -> str:
    """What is wrong with the first reference to a character, "" if nothing is.

    Outside of tags alone: in an address & begins a parameter.

    >>> find_reference_fault("ebb &nbsp flow"), find_reference_fault("ebb & flow"), find_reference_fault("Caf&eacute;")
    ("'&nbsp' has no ; at its end", '', '')
    """
    fault = _find_wrong_reference(text)
    return _find_wrong_reference(_MARKUP.sub("", text)) if fault and "<" in text else fault


def _tell_wrong_end(name: str, waiting: list[str], around: Counter[str]) -> str:
    if name not in NAMES and not _is_foreign(around):
        return f"<{name[:_LONGEST_NAME]}> is no tag of HTML"
    if name in waiting:
        return f"</{name}> comes before the end of <{waiting[-1]}>"
    return f"</{name}> closes nothing"


def _find_wrong_reference(text: str) -> str:
    for name, end in _REFERENCE.findall(text):
        if end and not name.startswith("#"):
            if f"{name};" not in html5:
                return f"'&{name};' is no character that HTML knows"
        elif not end and (name.startswith("#") or name in html5):
            return f"{'&' + name!r} has no ; at its end"
    return ""


@lru_cache(maxsize=16)
def format_plain(text: str) -> str:
    """The text that a reader sees: without tags, each block on a line of its own, references resolved.

    >>> format_plain("<p>Ebb &amp; flow</p><p>Low<br/>tide</p>")
    'Ebb & flow\\nLow\\ntide'
    """
    parts, at, hidden = [], 0, ""
    for tag in parse_markup(text).tags:
        if not hidden:
            parts.append(text[at : tag.start])
            parts.append("\n" if tag.name in _BLOCKS else "")
        if tag.name in ("script", "style"):
            hidden = "" if tag.closing else tag.name
        at = tag.end
    parts.append(text[at:])
    lines = (" ".join(line.split()) for line in unescape("".join(parts)).split("\n"))
    return "\n".join(line for line in lines if line)
