"""The categories under which Apple, and with it every other directory, files a show."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from feeds.rulebook.document import find_attribute, find_tag, find_text
from feeds.rulebook.places import Attribute
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Channel
from feeds.rulebook.wording import quote
from feeds.rules.channel.taxonomy import find_category_fault, find_subcategory_fault

_TAG = find_tag("itunes:category")
_MOST = 3
_MOST_INNER = 100


@rule(
    "channel",
    source="Apple guide, category; PSP-1, Required Channel Elements; W3C validator, MissingItunesElement",
    apple="error",
    psp1="error",
)
def channel_itunes_category_missing(channel: Channel) -> Hits:
    """The channel has at least one itunes:category.

    Directories file a show by it; Apple and PSP-1 require one. The category of RSS is not read for it.
    """
    if "itunes:category" not in channel:
        message = "the channel has no itunes:category, which Apple and PSP-1 require: add one of Apple's"
        yield channel.element, message


@rule(
    "channel",
    source="Apple guide, category; W3C validator, MissingAttribute",
    everywhere="warning",
    apple="error",
    psp1="error",
    rss="error",
)
def channel_itunes_category_text_missing(channel: Channel) -> Hits:
    """Each itunes:category has its name in an attribute, text.

    What stands inside of the element is not read: the show is filed under nothing.
    """
    for category in _find_all(channel):
        if not _find_text(category):
            inside = find_text(category)
            remedy = f"write <itunes:category text={quote(inside)}/>" if inside else "write text='Science', or another"
            yield category, f"the itunes:category has no text attribute: {remedy}"


@rule(
    "channel",
    source="Apple guide, category; W3C validator, InvalidItunesCategory",
    everywhere="warning",
    apple="error",
    psp1="error",
    rss="error",
)
def channel_itunes_category_unknown(channel: Channel) -> Hits:
    """Each itunes:category is one of the names that Apple lists.

    A show under a name of one's own appears in no directory's list, and Apple may refuse it.
    """
    yield from _find_faults(channel, "unknown")


@rule(
    "channel",
    source="Apple 823, category; PSP-1, itunes:category",
    everywhere="warning",
    apple="error",
    psp1="error",
    rss="error",
)
def channel_itunes_category_case(channel: Channel) -> Hits:
    """The name of a category has the capitals that Apple gives it.

    Apple compares letter by letter: true crime is not True Crime.
    """
    yield from _find_faults(channel, "case")


@rule("channel", source="W3C validator, ObsoleteItunesCategory; Apple guide, category", everywhere="warning")
def channel_itunes_category_obsolete(channel: Channel) -> Hits:
    """The category is one of those in use since August 2019.

    Apple still guesses for some of the old names where the show belongs, other directories do not.
    """
    yield from _find_faults(channel, "obsolete")


@rule(
    "channel",
    source="Apple guide, category; W3C validator, InvalidItunesCategory",
    everywhere="warning",
    apple="error",
    psp1="error",
    rss="error",
)
def channel_itunes_subcategory_wrong_parent(channel: Channel) -> Hits:
    """A category inside of another is one of its subcategories.

    Apple reads the two together. A pair that it does not know is filed under neither.
    """
    yield from _find_faults(channel, "wrong-parent")


@rule(
    "channel",
    source="Apple guide, category; W3C validator, InvalidItunesCategory",
    everywhere="warning",
    apple="error",
    psp1="error",
    rss="error",
)
def channel_itunes_subcategory_at_top(channel: Channel) -> Hits:
    """A subcategory stands in its category, never alone in the channel.

    Alone it is not read, and the show has no category.
    """
    yield from _find_faults(channel, "at-top")


@rule("channel", source="Apple guide, category", everywhere="warning", apple="error", psp1="error", rss="error")
def channel_itunes_category_ampersand(channel: Channel) -> Hits:
    """The ampersand in the name of a category is there, and is written &amp; in the XML, once.

    Written bare it breaks the XML, written twice, or as a word, the name is another one.
    """
    yield from _find_faults(channel, "ampersand")


@rule(
    "channel",
    source="Apple guide, category; W3C validator, InvalidItunesCategory",
    everywhere="warning",
    apple="error",
    psp1="error",
    rss="error",
)
def channel_itunes_category_nesting(channel: Channel) -> Hits:
    """Categories nest one level deep: a category and its subcategory.

    What stands deeper is read by nobody.
    """
    for category in channel.all("itunes:category"):
        for child in category.iterchildren(_TAG):
            for deeper in child.iterdescendants(_TAG):
                message = f"{quote(_find_text(deeper))} stands in a subcategory: put it beside that, not into it"
                yield deeper, message


@rule("channel", source="house, a name says what it says once", everywhere="warning")
def channel_itunes_category_duplicate(channel: Channel) -> Hits:
    """No category is named twice with the same subcategory, and none has a subcategory twice.

    The second one changes nothing: a show stands once under each name.
    """
    seen = set()
    for category in channel.all("itunes:category"):
        name = _find_text(category)
        inner = tuple(_find_text(child) for child in category.iterchildren(_TAG))
        if name and (name, inner) in seen:
            yield category, f"the category {quote(name)} is named twice in the same way: leave out one"
            continue
        seen.add((name, inner))
        for at, child in enumerate(category.iterchildren(_TAG)):
            if inner[at] in inner[:at] and at < _MOST_INNER:
                yield child, f"the subcategory {quote(inner[at])} of {quote(name)} is named twice: leave out one"


@rule("channel", source="Apple guide, category; PSP-1, itunes:category", apple="info", psp1="info")
def channel_itunes_category_only_first(channel: Channel) -> Hits:
    """The best category comes first, and not more than two others follow it.

    Apple reads the first category with its subcategory alone. PSP-1 takes the order for one of priority. A list of
    many hides which one is meant.
    """
    for category in list(channel.all("itunes:category"))[_MOST:][:1]:
        count = len(channel.all("itunes:category"))
        yield category, f"{count} categories are listed, of which Apple reads the first: keep the {_MOST} that fit best"


def _find_faults(channel: Channel, kind: str) -> Hits:
    for category in channel.all("itunes:category"):
        name = _find_text(category)
        fault = find_category_fault(name) if name else None
        if fault and fault.kind == kind:
            yield Attribute(category, "text"), fault.message
        for child in category.iterchildren(_TAG):
            inner = _find_text(child)
            fault = find_subcategory_fault(inner, name) if inner and name else None
            if fault and fault.kind == kind:
                yield Attribute(child, "text"), fault.message


def _find_all(channel: Channel) -> Iterator[etree._Element]:
    """The categories of the channel and their subcategories."""
    for category in channel.all("itunes:category"):
        yield category
        yield from category.iterchildren(_TAG)


def _find_text(category: etree._Element) -> str:
    return find_attribute(category, "text")
