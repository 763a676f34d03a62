"""Small modules beside RSS, such as Dublin Core and Slash: which elements they have, where, and how often."""

from __future__ import annotations

from functools import lru_cache

from feeds.rulebook.document import find_name, is_blank
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Parts
from feeds.rulebook.wording import quote
from feeds.rules.feed.core_tags import find_spelling
from feeds.rules.feed.module_tags import MODULES, OF_TEXT, ONCE

_OWN_CASE = frozenset(("content:encoded", "atom:link"))
"""Elements of which the rule on letter case speaks."""

_FILLED = (frozenset(OF_TEXT) | {"feedburner:origLink"}) - frozenset(
    "atom:updated dc:date slash:comments slash:hit_parade sy:updateBase sy:updateFrequency sy:updatePeriod".split()
)
"""Elements of text, but those whose form has a rule that tells of an empty one too."""


@rule("channel", "item", "live", source="W3C validator, UndefinedElement and CommentRSS", rss="warning")
def feed_module_element_unknown(subject: Parts) -> Hits:
    """An element of a module is one that the module has, and stands where it belongs: content:encoded in an item.

    Readers look for the names that they know, in their places, and pass over the others.
    """
    for name, fault in _find_module_faults(find_name(subject.element), tuple(subject.children)):
        for child in subject.all(name):
            yield child, fault


@lru_cache(maxsize=256)
def _find_module_faults(parent: str, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Which of some children are wrong, and why; most items of a feed have the same."""
    return tuple((name, fault) for name in names if (fault := _find_module_fault(parent, name)))


def _find_module_fault(parent: str, name: str) -> str:
    """What is wrong with an element of a module in its place, "" if nothing is, or if the module is none of ours."""
    prefix, _, local = name.partition(":")
    known = MODULES.get(prefix)
    if known is None or name.startswith("{") or parent in known.get(local, ()):
        return ""
    if not known:
        return f"{name[:40]} is markup among the elements of RSS: put it into content:encoded, as text in CDATA"
    if homes := known.get(local):
        home = "the channel" if "channel" in homes else "an item"
        return f"{name} says nothing in {parent}: move it into {home}"
    right = find_spelling(local, frozenset(known))
    if f"{prefix}:{right}" in _OWN_CASE:
        return ""
    remedy = f"write {prefix}:{right}" if right else "take it out"
    return f"{quote(name)} is no element of its module: {remedy}"


@rule("channel", "item", "live", source="W3C validator, NotBlank and InvalidFullLink", rss="warning")
def feed_module_element_blank(subject: Parts) -> Hits:
    """An element of a module that holds text says something.

    An empty name or address is shown as it is, or leads back to the feed.
    """
    if _FILLED.isdisjoint(subject.children):
        return
    for name in subject.children.keys() & _FILLED:
        for child in subject.all(name):
            if is_blank(child):
                yield child, f"{name} is empty: write something into it, or leave it out"


@rule("channel", "item", "live", source="W3C validator, DuplicateElement", rss="warning")
def feed_module_element_repeated(subject: Parts) -> Hits:
    """An element of a module that can be right only once, such as dc:title or sy:updatePeriod, is there once.

    Of two that differ every reader takes another one.
    """
    if ONCE.isdisjoint(subject.children):
        return
    for name in subject.children.keys() & ONCE:
        for child in subject.all(name)[1:]:
            yield child, f"there is a second {name}: keep one"
