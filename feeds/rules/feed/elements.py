"""The elements of RSS and of Apple: whether each is one that exists, where it may stand, and with what on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from lxml import etree

from feeds.rulebook.document import Document, find_name, find_text, is_blank
from feeds.rulebook.places import Attribute
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Item, Parts
from feeds.rulebook.wording import quote
from feeds.rules.feed.core_tags import ATTRIBUTES, CHILDREN, ITUNES, find_remedy, find_spelling
from feeds.rules.feed.module_tags import OF_TEXT

_STRUCTURES = (
    "channel",
    "item",
    "live",
    "<image>",
    "<textInput>",
    "<skipHours>",
    "<skipDays>",
    "<itunes:owner>",
    "<itunes:category>",
)
_OWN_ADDRESS = ("itunes:image", "link")
"""Elements of which a rule of their own says that the address is missing, wherever it stands instead."""

_MOST_ATTRIBUTES = 100
_NONE: frozenset[str] = frozenset()
_APPLE = "itunes:"
_OTHER_CASE = {"content:encoded", "atom:link"}
_OF_MODULES = frozenset((*OF_TEXT, "content:encoded", "atom:link"))
"""Elements of modules of which we know all attributes."""

_OF_TEXT = tuple(
    f"<{name}>"
    for name in (
        *"title link language copyright managingEditor webMaster pubDate lastBuildDate generator docs ttl".split(),
        *"rating author category comments guid source cloud hour day url width height name".split(),
        *"itunes:author itunes:block itunes:complete itunes:duration itunes:email itunes:episode".split(),
        *"itunes:episodeType itunes:explicit itunes:image itunes:keywords itunes:name itunes:new-feed-url".split(),
        *"itunes:season itunes:subtitle itunes:title itunes:type".split(),
        *OF_TEXT,
    )
)
_FILLED = (
    "pubDate description content:encoded itunes:author itunes:subtitle itunes:summary itunes:title "
    "itunes:keywords itunes:season itunes:episode"
).split()
_ATTRIBUTES_ALONE = {"cloud": "domain", "itunes:image": "href", "itunes:category": "text"}
_HAS_TEXT = etree.XPath("boolean(text()[normalize-space()])")


@rule(
    *_STRUCTURES, source="RSS Profile, 1; RSS 2.0; W3C validator, UndefinedElement", everywhere="warning", rss="error"
)
def feed_unknown_core_element(subject: Parts | etree._Element) -> Hits:
    """Every element without a namespace is one that RSS 2.0 defines for the element that it stands in.

    Readers look for names of the specification in their places. Whatever else there is to say stands in a namespace.
    """
    parent, children = _find_children(subject)
    known = CHILDREN.get(parent, _NONE)
    for name, several in children:
        if name not in known and ":" not in name and not name.startswith("{") and not find_spelling(name, known):
            message = f"{quote(name)} is no element that RSS has in {parent}: {find_remedy(parent, name, known)}"
            for child in several:
                yield child, message


@rule("document", source="RSS Profile, 4.1; W3C validator, UndefinedElement", everywhere="error")
def feed_element_outside_channel(document: Document) -> Hits:
    """In rss there is nothing but the channel.

    Items belong into the channel; outside of it, as in RSS 1.0, nobody finds them.
    """
    root = document.root
    if root is None or root.tag != "rss" or document.channel is None:
        return
    for child in root.iterchildren(etree.Element):
        if child.tag != "channel":
            yield child, f"{quote(find_name(child))} stands outside of the channel: move it into channel"


@rule(
    "item",
    "live",
    "<itunes:owner>",
    "<itunes:category>",
    source="Apple guide; W3C validator, UndefinedElement",
    everywhere="warning",
)
def item_itunes_unknown_element(subject: Parts | etree._Element) -> Hits:
    """An itunes element in an item is one that Apple has defined.

    Apple passes over the others, and the spelling that was meant is missing.
    """
    parent, children = _find_children(subject)
    for name, several in children:
        local = name.removeprefix(_APPLE)
        if local != name and local not in ITUNES and not find_spelling(local, ITUNES):
            message = f"{quote(name)} is no tag of Apple's: {find_remedy(parent, local, ITUNES)}"
            for child in several:
                yield child, message


@rule("item", "live", source="RSS 2.0, pubDate; W3C validator, NotBlank", everywhere="warning")
def item_element_blank(item: Item) -> Hits:
    """An element of an item that holds text says something.

    Apps show the empty text, or take an empty date for that of the day when they looked.
    """
    for name in _FILLED:
        for child in item.all(name):
            if is_blank(child):
                yield child, f"{name} is empty: write something into it, or leave it out"


@rule(
    *_STRUCTURES, "<rss>", source="Apple 823; PSP-1, Required RSS Namespace Declarations; XML 1.0", everywhere="error"
)
def feed_case_sensitivity(subject: Parts | etree._Element) -> Hits:
    """Names of elements and attributes are in their exact case, as in pubDate, itunes:episodeType and isPermaLink.

    In XML pubdate is another element than pubDate, and apps that know only the one pass over the other.
    """
    parent, children = _find_children(subject)
    for name, several in children:
        right = _find_right_name(parent, name)
        for child in several:
            if right:
                yield child, f"{quote(name)} is written {right}: apps do not know it otherwise"
            if name in ATTRIBUTES and name != "guid":
                yield from _find_wrong_attributes(child, ATTRIBUTES[name], name)


@lru_cache(maxsize=4096)
def _find_right_name(parent: str, name: str) -> str:
    """How a name is written that is right but for its case, "" if it is right or none that is known."""
    prefix, colon, local = name.rpartition(":")
    if name.startswith("{"):
        return ""
    if prefix + colon == _APPLE:
        known = ITUNES
    elif not colon:
        known = CHILDREN.get(parent, _NONE)
    else:
        known = frozenset(other.rpartition(":")[2] for other in _OTHER_CASE if other.startswith(f"{prefix}:"))
    right = "" if local in known else find_spelling(local, known)
    return f"{prefix}{colon}{right}" if right else ""


def _find_wrong_attributes(child: etree._Element, known: frozenset[str], name: str) -> Hits:
    for key in map(str, child.keys()[:_MOST_ATTRIBUTES]):
        if key not in known and (right := find_spelling(key, known)):
            yield Attribute(child, key), f"the attribute {quote(key)} of {name} is written {right}"


@rule(*_STRUCTURES, "<rss>", source="RSS 2.0; W3C validator, UnexpectedAttribute", everywhere="warning")
def feed_unexpected_attribute(subject: Parts | etree._Element) -> Hits:
    """Elements of RSS, of Apple and of small modules have only the attributes that their specifications give them.

    Readers pass over others, so what is said in them is lost. An attribute in a namespace is allowed.
    """
    element = subject.element if isinstance(subject, Parts) else subject
    parent, children = _find_children(subject)
    if element.keys() and parent != "podcast:liveItem":
        yield from _find_unexpected(element, parent)
    for name, several in children:
        if f"<{name}>" not in _STRUCTURES and _is_known(parent, name):
            for child in several:
                if child.keys():
                    yield from _find_unexpected(child, name)


@lru_cache(maxsize=4096)
def _is_known(parent: str, name: str) -> bool:
    """Say whether an element is one that RSS, Apple or a module has; of the others the name alone is told."""
    local = name.removeprefix(_APPLE)
    if name in _OF_MODULES:
        return parent != "rss"
    return local in (CHILDREN.get(parent, _NONE) if local == name else ITUNES) and name != "channel"


def _find_unexpected(element: etree._Element, name: str) -> Hits:
    known = ATTRIBUTES.get(name, _NONE)
    if name in _OWN_ADDRESS and not (element.get("href") if known else find_text(element)):
        return
    for key in map(str, element.keys()[:_MOST_ATTRIBUTES]):
        if key not in known and not key.startswith("{") and ":" not in key and not find_spelling(key, known):
            there = f"it takes {' and '.join(sorted(known))}" if known else "leave it out"
            yield Attribute(element, key), f"{name} has the attribute {quote(key)}, which nobody reads: {there}"


@rule(*_OF_TEXT, source="RSS 2.0; RSS Profile, 3.1; W3C validator, UndefinedElement", everywhere="error")
def feed_unexpected_child(element: etree._Element) -> Hits:
    """An element that holds text, or attributes alone, has no elements in it.

    Readers take the text up to the first tag, or nothing at all. Markup belongs into description, escaped.
    """
    if len(element):
        child = next(element.iterchildren(etree.Element), None)
        if child is not None:
            name = find_name(element)
            yield element, f"{name} has the element {quote(find_name(child))} in it: write text alone"


@rule(
    "channel",
    "item",
    "live",
    *("<rss>", "<image>", "<textInput>", "<itunes:owner>"),
    *(f"<{name}>" for name in _ATTRIBUTES_ALONE),
    source="W3C validator, UnexpectedText; RSS 2.0",
    everywhere="warning",
)
def feed_unexpected_text(subject: Parts | etree._Element) -> Hits:
    """Between the elements of channel, item, image and the like is no text, and none in those of attributes alone.

    Nobody reads it. It is what is left of a tag that was deleted, or a text that was to stand in an element.
    """
    element = subject.element if isinstance(subject, Parts) else subject
    attribute = _ATTRIBUTES_ALONE.get(find_name(element))
    if (element.get(attribute) if attribute else len(element)) and _HAS_TEXT(element):
        # What is no element, such as a reference to an unknown entity, has no line of its own.
        after = ((child if isinstance(child.tag, str) else element, child.tail) for child in element)
        texts = ((element, element.text), *after)
        place, text = next(((place, text) for place, text in texts if text and text.strip()), (element, "\xa0"))
        yield place, f"{find_name(element)} holds the text {quote(text)}: put it into an element, or take it out"


def _find_children(subject: Parts | etree._Element) -> tuple[str, Iterator[tuple[str, Sequence[etree._Element]]]]:
    """The name of an element, and its children by theirs."""
    parts = subject if isinstance(subject, Parts) else Parts(subject)
    return find_name(parts.element), iter(parts.children.items())
