"""Texts: white space around them, their length, and markup in those that are plain."""

from __future__ import annotations

import re
from html.entities import html5

from lxml import etree

from feeds.rulebook.check import LONG
from feeds.rulebook.document import find_name, find_parent_name
from feeds.rulebook.forms.html import NAMES
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Value
from feeds.rulebook.wording import quote

_LOOKED_AT = 100_000
"""Characters of a description in which markup is looked for."""

_LIMITED = frozenset(
    "title copyright generator category managingEditor webMaster author source name itunes:title itunes:author "
    "itunes:subtitle itunes:keywords".split()
)
"""Elements whose texts have no limit of their own; addresses are not counted, no app shows them."""

_OWN_LIMIT_IN_CHANNEL = frozenset(("itunes:author", "itunes:keywords", "itunes:subtitle"))
_NOTES = frozenset("description content:encoded itunes:summary googleplay:description media:description".split())
_OF_PLAIN = ("channel", "textInput")
"""Whose description is plain text; that of the image has a rule of its own."""

_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*)?/?>")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


@rule("text", source="PSP-1; Apple guide", everywhere="warning")
def feed_value_whitespace(value: Value) -> Hits:
    """Values have no white space before or behind them.

    Some apps compare what is written letter by letter: " true" is not true, and a guid with a line break is another
    guid. Show notes are left out, as HTML does not show it.
    """
    if value.text != value.text.strip() and value.text.strip() and _is_judged(value):
        where = "begins" if value.text[0].isspace() else "ends"
        yield value.place, f"{value.title} {where} with white space: take it out, as in {quote(value.text)}"


def _is_judged(value: Value) -> bool:
    return bool(value.attribute) or (value.name not in _NOTES and not value.name.startswith("{"))


@rule("text", source="PSP-1; Apple guide", psp1="warning", apple="warning")
def feed_value_too_long(value: Value) -> Hits:
    """A value has at most 255 characters, unless its own rule grants it more.

    Apple and PSP-1 set this limit; apps cut what is longer, in the middle of a word.
    """
    length = len(value.text.strip())
    if length > LONG and not value.attribute and value.name in _LIMITED and not _has_own_limit(value):
        yield value.place, f"{value.title} has {length:,} characters, where {LONG} are the most: shorten it"


def _has_own_limit(value: Value) -> bool:
    return value.name in _OWN_LIMIT_IN_CHANNEL and find_parent_name(value.element) == "channel"


@rule("plain", source="RSS Profile, 3.1; W3C validator, ContainsHTML", everywhere="warning")
def feed_plain_text_has_html(value: Value) -> Hits:
    """Titles, names and other plain texts hold no tags of HTML.

    Apps show a title as it is: listeners read <b> in their list of episodes.
    """
    if "<" in value.text and (tag := _find_tag(value.text)):
        yield value.place, f"{value.title} holds {quote(tag)}, where text is plain: take the tags out"


@rule("<description>", "<itunes:summary>", source="RSS Profile, 3.1; W3C validator, ContainsHTML", rss="warning")
def feed_description_has_html(element: etree._Element) -> Hits:
    """The descriptions of channel and textInput and itunes:summary hold no HTML, neither tags nor names such as &nbsp;

    RSS allows markup in the description of an item alone, and readers that go by it show the tags. Apple and PSP-1
    allow links and paragraphs in that of the channel too.
    """
    text = (element.text or "")[:_LOOKED_AT]
    if ("<" in text or "&" in text) and _is_summary(element) and (found := _find_tag(text) or _find_entity(text)):
        others = "" if find_parent_name(element) == "textInput" else ", Apple and PSP-1 take markup"
        message = f"the RSS Profile wants plain text here{others}"
        yield element, f"{find_name(element)} holds {quote(found)}: {message}"


@rule("plain", source="RSS Profile, 3.1; W3C validator, ContainsHTML", everywhere="warning")
def feed_plain_text_double_escaped(value: Value) -> Hits:
    """Plain texts show no names of entities, such as &amp; in the text itself.

    AT&amp;amp;T in the file is AT&amp;T on the screen: the text was escaped twice.
    """
    if "&" in value.text and (entity := _find_entity(value.text)):
        yield value.place, f"{value.title} shows {quote(entity)}: it was escaped twice, or stands in CDATA"


def _is_summary(element: etree._Element) -> bool:
    return element.tag != "description" or find_parent_name(element) in _OF_PLAIN


def _find_tag(text: str) -> str:
    """The first tag with a name of HTML."""
    return next((tag[0] for tag in _TAG.finditer(text) if tag[1].lower() in NAMES), "")


def _find_entity(text: str) -> str:
    """The first entity that HTML would show as a character."""
    return next((entity for entity in _ENTITY.findall(text) if entity[1] == "#" or entity[1:] in html5), "")
