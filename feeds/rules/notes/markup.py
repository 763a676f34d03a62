"""The markup of show notes: whether it is escaped, balanced, harmless, and what apps show of it."""

from __future__ import annotations

import re

from lxml import etree

from feeds.rulebook.document import find_name
from feeds.rulebook.forms.html import NAMES, Tag, find_markup_fault, find_reference_fault, parse_markup
from feeds.rulebook.forms.urls import find_scheme
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Value
from feeds.rulebook.wording import quote

_SUPPORTED = frozenset("p ol ul li a b i strong em br h1 h2".split())
_DANGEROUS = frozenset("applet base embed form frame frameset iframe link meta object script style".split())
_SCHEMES = frozenset(("javascript", "vbscript"))
_LOADING = frozenset(("action", "data", "formaction", "href", "src"))
# What in a style loads something, runs something, or lies over the rest of the page.
_STYLE = re.compile(r"url\s*\(|expression\s*\(|@import|-moz-binding|behaviou?r\s*:|position\s*:\s*(?:absolute|fixed)")
_EMPHASIS = frozenset(("b", "strong", "i", "em"))
_LINE_ALONE = re.compile(
    r"<p(?:\s[^<>]*)?>\s*<(b|strong|i|em)(?:\s[^<>]*)?>([^<]+)</\1>\s*(?::\s*)?</p>", re.IGNORECASE
)
_SHOWN = re.compile(
    r"&lt;/?(?:p|a|br|ul|ol|li|b|i|em|strong|div|span|h[1-6])(?=[\s/>]|&gt;).{0,300}?(?:&gt;|>)",
    re.IGNORECASE | re.DOTALL,
)


@rule(
    *("<description>", "<content:encoded>", "<itunes:summary>"),
    source="RSS Profile, 3.1 and 4.1.1.20.4; Apple guide",
    everywhere="error",
)
def item_description_html_not_escaped(element: etree._Element) -> Hits:
    """Markup in notes stands in CDATA or is escaped, it has no elements of XML.

    Readers take the text up to the first tag: of the notes there is a word left, or nothing.
    """
    child = next(element.iterchildren(etree.Element), None) if len(element) else None
    if child is not None:
        name = find_name(element)
        message = f"{name} has the element {quote(find_name(child))} in it: put the text into <![CDATA[ ]]>"
        yield element, message


@rule("html", source="W3C validator, NotHtml; house, tags are balanced", everywhere="warning")
def item_description_html_malformed(value: Value) -> Hits:
    """The tags in notes are tags of HTML, each that opens is closed in its turn, and characters have names of HTML.

    Apps guess where a bold text or a link ends, and each guesses otherwise: half the notes are a link.
    """
    if "<" in value.text and (fault := find_markup_fault(value.text)):
        yield value.place, f"in {value.title} {fault}: close each tag, and write a < that is none as &lt;"
    elif "&" in value.text and (fault := find_reference_fault(value.text)):
        yield value.place, f"in {value.title} {fault}: write the character itself, and & alone as &amp;"


@rule("html", source="PSP-1, HTML and Link Support; Apple guide, description", psp1="warning", apple="warning")
def item_description_tag_unsupported(value: Value) -> Hits:
    """The markup of a description is p, ol, ul, li, a, br, b, i, strong, em, h1 and h2.

    Apple shows paragraphs, lists and links, PSP-1 allows emphasis too, Spotify headings. Of pictures, tables and the
    like nobody sees more than their text.
    """
    if value.name != "description" or "<" not in value.text:
        return
    names = {tag.name for tag in parse_markup(value.text).tags if not tag.closing}
    strange = sorted((names & NAMES) - _SUPPORTED - _DANGEROUS)
    if strange:
        several = ", ".join(f"<{name}>" for name in strange[:5])
        yield value.place, f"description has {several}, which apps do not show: write p, ul, ol, li and a"


@rule("html", source="W3C validator, SecurityRisk, SecurityRiskAttr and DangerousStyleAttr", everywhere="warning")
def item_description_dangerous_html(value: Value) -> Hits:
    """Notes hold nothing that runs or loads something: no script, style, iframe, object, embed, form, no onclick.

    Apps take it out, and some refuse the whole notes, since anybody's feed would run in the app.
    """
    if "<" in value.text:
        for tag in parse_markup(value.text).tags:
            if not tag.closing and (danger := _find_danger(tag)):
                yield value.place, f"{value.title} has {danger}, which apps take out: leave it out"
                return


def _find_danger(tag: Tag) -> str:
    if tag.name in _DANGEROUS:
        return f"<{tag.name}>"
    for name, text in tag.attributes:
        if name.startswith("on") and len(name) > len("on"):
            return f"the attribute {name[:40]} on <{tag.name}>"
        if name == "style" and _STYLE.search(text.lower()):
            return f"the style {quote(text)} on <{tag.name}>"
        if name in _LOADING and find_scheme(text) in _SCHEMES:
            return f"{quote(text)} on <{tag.name}>"
    return ""


@rule("html", source="house, Transistor and Podnews have tried what apps show", apple="info", spotify="info")
def item_description_bold_italic(value: Value) -> Hits:
    """Nothing in a description is told by bold or italics alone, such as where a section begins.

    Apple and Spotify drop them, and a heading of bold letters is a line like any other. Bold words in a sentence do no
    harm.
    """
    if value.name != "description" or "<" not in value.text:
        return
    names = {tag.name for tag in parse_markup(value.text).tags}
    if names & _EMPHASIS and (heading := _LINE_ALONE.search(value.text)):
        message = "a line by its bold letters alone, which Apple and Spotify drop: better make its words tell"
        yield value.place, f"description has {quote(heading[2])} as {message}"


@rule("html", source="RSS Profile, 3.1; house, tags that are text on the screen", everywhere="warning")
def item_description_double_escaped(value: Value) -> Hits:
    """The markup in notes is escaped once.

    Escaped twice, or escaped and put into CDATA, it is text: listeners read &lt;p&gt; at the start of the notes.
    """
    if "&lt;" in value.text and "<" not in value.text and (tag := _SHOWN.search(value.text)):
        yield value.place, f"{value.title} shows {quote(tag[0])}: escape the markup once, or put it into CDATA as it is"
