"""Which elements stand in the channel: none twice, none at the wrong place, none that says the same as another."""

from __future__ import annotations

import difflib

from lxml import etree

from feeds.rulebook.document import find_name, find_parent_name, find_text, is_blank
from feeds.rulebook.places import Attribute
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Channel
from feeds.rulebook.wording import quote
from feeds.rules.feed.core_tags import ITUNES

_ONCE = (
    "title link description language copyright managingEditor webMaster pubDate lastBuildDate generator docs cloud ttl "
    "image rating textInput skipHours skipDays"
).split()
_FILLED = "category copyright docs generator lastBuildDate managingEditor pubDate rating webMaster".split()
_PAIRS = (
    ("managingEditor", "dc:creator"),
    ("webMaster", "dc:publisher"),
    ("category", "dc:subject"),
    ("pubDate", "dc:date"),
    ("language", "dc:language"),
    ("copyright", "dc:rights"),
    ("lastBuildDate", "dcterms:modified"),
    ("generator", "admin:generatorAgent"),
)
_ITUNES = frozenset(f"itunes:{name}" for name in ITUNES)
_HOME = {
    "itunes:category": ("channel", "itunes:category"),
    "itunes:complete": ("channel",),
    "itunes:email": ("itunes:owner",),
    "itunes:name": ("itunes:owner",),
    "itunes:new-feed-url": ("channel",),
    "itunes:owner": ("channel",),
    "itunes:type": ("channel",),
    "itunes:duration": ("item", "podcast:liveItem"),
    "itunes:episode": ("item", "podcast:liveItem"),
    "itunes:episodeType": ("item", "podcast:liveItem"),
    "itunes:season": ("item", "podcast:liveItem"),
}

_OUTER = ("rss", "channel", "item", "image", "textInput", "podcast:liveItem")


@rule("channel", source="RSS Profile, 4.1.1; W3C validator, DuplicateElement", everywhere="warning", rss="error")
def channel_core_duplicate(channel: Channel) -> Hits:
    """No element of RSS stands in the channel twice, except category and item.

    Some programs take the first, some the last.
    """
    for name in _ONCE:
        for child in channel.all(name)[1:]:
            yield child, f"the channel has a second {name}: keep one"


@rule("channel", source="W3C validator, NotBlank; RSS 2.0, Optional channel elements", everywhere="warning")
def channel_core_blank(channel: Channel) -> Hits:
    """An optional element of RSS that stands in the channel holds something.

    An empty one says nothing, and an empty date is none.
    """
    for name in _FILLED:
        for child in channel.all(name):
            if is_blank(child):
                yield child, f"{name} is empty: write it, or leave it out"


@rule("channel", source="W3C validator, DuplicateSemantics; RSS Profile, 5.3.1", everywhere="warning")
def channel_duplicate_semantics(channel: Channel) -> Hits:
    """A channel does not say the same through RSS and through another vocabulary.

    Programs take the one or the other, and sooner or later the two differ.
    """
    for core, other in _PAIRS:
        if core in channel:
            for child in channel.all(other)[:1]:
                yield child, f"{other} says the same as {core}: keep {core} alone"


@rule(
    "channel",
    source="W3C validator, DuplicateElement; Apple guide, without a repeated tag",
    everywhere="warning",
    rss="error",
)
def channel_itunes_duplicate(channel: Channel) -> Hits:
    """Apart from itunes:category, no itunes element stands in the channel twice.

    Apple takes one of the two, and does not say which.
    """
    for name, several in channel.children.items():
        if name.startswith("itunes:") and name != "itunes:category":
            for child in several[1:]:
                yield child, f"the channel has a second {name}: keep one"


@rule(
    *(f"<{name}>" for name in _HOME),
    source="Apple guide, Show tags and Episode tags; W3C validator, UndefinedElement",
    everywhere="warning",
    rss="error",
)
def channel_itunes_misplaced(element: etree._Element) -> Hits:
    """An itunes element stands where Apple reads it: those of an episode in an item, those of the show in the channel.

    Anywhere else it is not read. What other vocabularies do with it is theirs.
    """
    where, name = find_parent_name(element), find_name(element)
    if where not in _HOME[name] and (where in _OUTER or where.startswith("itunes:")):
        yield element, f"{name} stands in {quote(where)}: it belongs into {_HOME[name][0]}"


@rule(
    *("<image>", "<textInput>", "<itunes:category>", "<itunes:owner>"),
    source="Apple guide, category and owner; RSS 2.0, image",
    everywhere="error",
)
def channel_itunes_wrong_child(element: etree._Element) -> Hits:
    """An itunes:category holds categories alone, an itunes:owner a name and an e-mail address, and image no such tag.

    Another tag in there was to stand beside it: mostly a closing tag is missing.
    """
    for child in element.iterchildren(etree.Element):
        name = find_name(child)
        if name in _ITUNES and name not in _HOME and element.tag != child.tag:
            yield child, f"{name} stands in {find_name(element)}, where nobody reads it: move it out"


@rule("channel", source="Apple guide, Show tags; W3C validator, UndefinedElement", everywhere="warning", rss="error")
def channel_itunes_unknown_element(channel: Channel) -> Hits:
    """An itunes element in the channel is one that Apple has defined.

    A name with a letter too many is no name: whatever it says is lost.
    """
    for name, several in channel.children.items():
        if name.startswith("itunes:") and name not in _ITUNES and not _is_otherwise_spelt(name):
            near = difflib.get_close_matches(name[:60].replace("_", "-"), _ITUNES, n=1, cutoff=0.8)
            remedy = f"did you mean {near[0]}?" if near else "leave it out"
            for child in several[:1]:
                told = f" ({quote(find_text(child))})" if find_text(child) else ""
                yield child, f"Apple defines no {name[:60]}{told}: {remedy}"


@rule("<category>", source="RSS 2.0, category; RSS Profile, 4.1.1.4", everywhere="warning")
def channel_category_domain_blank(category: etree._Element) -> Hits:
    """The domain of a category, where there is one, says which list the category is from.

    An empty one names no list.
    """
    domain = category.get("domain")
    if domain is not None and not domain.strip():
        yield Attribute(category, "domain"), "the domain of the category is empty: name the list, or leave it out"


_LOWER = {name.lower() for name in _ITUNES}


def _is_otherwise_spelt(name: str) -> bool:
    """Say whether only capitals are wrong, which a rule of the whole feed looks at."""
    return name.lower() in _LOWER
