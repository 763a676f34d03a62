"""The structure of the podcast namespace: which tags there are, where they stand, how often, and what they hold."""

from __future__ import annotations

from lxml import etree

from feeds.namespaces import PODCAST
from feeds.rulebook.document import find_loose_text, find_name, find_parent_name, find_text
from feeds.rulebook.places import Attribute
from feeds.rulebook.podcast.fields import find_look, find_value
from feeds.rulebook.podcast.tags import MEANT, TAGS, Tag
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Parts
from feeds.rulebook.wording import quote

_OWN_COUNT = "podcast:integrity"
_SINGLE = frozenset(name for name, tag in TAGS.items() if tag.single and name != _OWN_COUNT)
_OWN_NAME = f"{{{PODCAST}}}"
_SPARED = {
    name: tuple(attribute for attribute, field in tag.fields.items() if attribute and field.need != "required")
    for name, tag in TAGS.items()
}
"""By tag, the attributes that it need not have."""
_BY_LOOK = {find_look(name): name for name in TAGS if name != "podcast:images"}


@rule("<podcast:*>", source="podcast namespace, Podcast Tags", psp1="warning", podcasting2="warning")
def podcast_unknown_element(element: etree._Element) -> Hits:
    """An element in the podcast namespace is one of its formal tags, in their exact spelling.

    Apps pass over what they do not know. Some names were proposals that became other tags, or none.
    """
    name = find_name(element)
    if name not in TAGS:
        yield element, f"{quote(name)} is no tag of the podcast namespace: {_find_meant(name)}"


def _find_meant(name: str) -> str:
    known = _BY_LOOK.get(find_look(name))
    if known:
        return f"write {known}, in this spelling and case"
    return MEANT.get(name, "take it out, or put it into a namespace of your own")


@rule("<podcast:*>", source="podcast namespace, Podcast Tags, Parent", psp1="error", podcasting2="error")
def podcast_misplaced_element(element: etree._Element) -> Hits:
    """A podcast tag stands in an element that its page names as its parent.

    Apps look for it there alone: a chapters tag in the channel belongs to no episode, a guid in an item to no show.
    """
    name = find_name(element)
    tag = TAGS.get(name)
    where = find_parent_name(element)
    if tag is None or where in tag.parents or (where.startswith("podcast:") and where not in TAGS):
        return
    several = " or ".join(tag.parents)
    yield element, f"{name} stands in {where or 'no element at all'}, where nobody looks for it: move it into {several}"


@rule("channel", "item", "live", source="podcast namespace, Podcast Tags, Count", psp1="error", podcasting2="error")
def podcast_single_repeated(parts: Parts) -> Hits:
    """A podcast tag that is single occurs once in its parent.

    Which of two guids or two numbers of an episode counts is up to each app.
    """
    for name, several in parts.children.items():
        if len(several) > 1 and name in _SINGLE:
            for element in several[1:]:
                yield element, f"{name} is there once already, and only one is read: keep one"


@rule(
    "channel",
    "item",
    "live",
    *("<podcast:alternateEnclosure>", "<podcast:podroll>", "<podcast:value>", "<podcast:valueTimeSplit>"),
    source="house, what is said is said once; podcast namespace, Podcast Tags, Count",
    everywhere="warning",
)
def podcast_repeated_alike(subject: Parts | etree._Element) -> Hits:
    """No podcast tag stands twice in one element with the same text and the same attributes.

    The second says nothing, and apps show it twice: the same guest, the same button, the same transcript. A recipient
    who stands there twice is paid twice.
    """
    parts = subject if isinstance(subject, Parts) else Parts(subject)
    for name, several in parts.children.items():
        if len(several) > 1 and name.startswith("podcast:") and name not in _SINGLE and name != _OWN_COUNT:
            seen = set()
            for element in several:
                said = (find_text(element), frozenset(element.attrib.items()))
                if said in seen and not len(element):
                    yield element, f"this {name} stands there already, word by word: keep one"
                seen.add(said)


@rule("<podcast:*>", source="podcast namespace, Podcast Tags, Attributes", podcasting2="info")
def podcast_unknown_attribute(element: etree._Element) -> Hits:
    """The attributes of a podcast tag are those that its page lists.

    Others are passed over. They need not be wrong, as the namespace grows; mostly they are slips, though.
    """
    tag = TAGS.get(find_name(element))
    if tag is None:
        return
    for key in element.attrib:
        attribute = str(key)
        local = attribute.removeprefix(_OWN_NAME)
        if attribute in tag.fields or ":" in local or local.startswith("{"):
            continue
        look = find_look(local)
        known = next((name for name in tag.fields if name and find_look(name) == look), "")
        if known and tag.fields[known].need == "required" and not find_value(element, known):
            continue  # whoever misses it says so
        written = attribute.replace(_OWN_NAME, "podcast:")
        remedy = f"write {known}" if known else _format_attributes(tag)
        message = f"{quote(written)} is no attribute of {find_name(element)} that its page lists: {remedy}"
        yield Attribute(element, attribute), message


def _format_attributes(tag: Tag) -> str:
    attributes = ", ".join(name for name in tag.fields if name)
    return f"it has {attributes}" if attributes else "it has none"


@rule("<podcast:*>", source="podcast namespace, Podcast Tags, Attributes", podcasting2="warning")
def podcast_attribute_blank(element: etree._Element) -> Hits:
    """An attribute of a podcast tag that may be left out is left out, and not written without a value.

    An empty address is a link to nowhere, and an empty role is none of the roles: some apps fail on them.
    """
    name = find_name(element)
    for attribute in _SPARED.get(name, ()):
        value = element.get(attribute)
        if value is not None and not value.strip():
            yield Attribute(element, attribute), f"the {attribute} of {name} is empty: fill it in, or leave it out"


@rule("<podcast:*>", source="podcast namespace, Podcast Tags, Node Value", podcasting2="warning")
def podcast_unexpected_text(element: etree._Element) -> Hits:
    """A podcast tag has a text only where its page gives it one.

    What stands in the text of podcast:transcript or podcast:remoteItem is read by nobody: it belongs in attributes.
    """
    name = find_name(element)
    tag = TAGS.get(name)
    if tag is None or "" in tag.fields or name == "podcast:liveItem" or not (text := find_loose_text(element)):
        return
    if find_value(element, "protocol") == "disabled" or _lacks_attributes(element, name):
        return  # a rule of its own tells that
    yield element, f"{name} has the text {quote(text)}, which nobody reads: take it out"


@rule("<podcast:*>", source="podcast namespace, Podcast Tags, Node Value", podcasting2="warning")
def podcast_unexpected_child(element: etree._Element) -> Hits:
    """A podcast tag, other than podcast:liveItem, holds no elements of RSS or HTML.

    Apps read its attributes and its text. HTML in it must be left out, and items stand in the channel.
    """
    if len(element) and (name := find_name(element)) != "podcast:liveItem" and name in TAGS:
        for child in element.iterchildren(etree.Element):
            if ":" not in (inner := find_name(child)):
                yield child, f"{inner} stands in {name}, where nobody reads it: take it out"


def _lacks_attributes(element: etree._Element, name: str) -> bool:
    """Say whether a needed attribute is missing."""
    fields = TAGS[name].fields.items()
    return any(
        field.need == "required" and attribute and not find_value(element, attribute) for attribute, field in fields
    )
