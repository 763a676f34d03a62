"""What a channel or item says beyond its record: found by rendering the record, and comparing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from feeds.markup.fragments import find_name, format_fragment
from feeds.markup.meaning import find_mark, find_wording, find_words
from feeds.model import Repeated
from feeds.podcasting.meaning import find_losses, find_tag_meaning
from feeds.podcasting.places import CHANNEL, EPISODE_TAGS
from feeds.rss.published import group_elements

NOWHERE = "https://site.invalid/"
"""Stands for the addresses of the site, which an import does not know."""

_NOTES = ("title", "description", "content:encoded")

# What a build makes of the keys of a record or channel, or would make if the key were there.
_TAGS = {place.tag for place in (*CHANNEL, *EPISODE_TAGS)}
MODELLED = _TAGS.union(
    """title link description language copyright image guid pubDate enclosure content:encoded psc:chapters
    itunes:title itunes:author itunes:explicit itunes:image itunes:category itunes:type itunes:owner itunes:new-feed-url
    itunes:complete itunes:block itunes:duration itunes:season itunes:episode itunes:episodeType
    podcast:guid podcast:locked podcast:medium podcast:person podcast:podping podcast:transcript""".split()
)


_TOLD = ("podcast:chapters", "podcast:guid", "podcast:liveItem", "podcast:medium")
_ELSE = {"podcast:person": "in a record, the persons of the channel are there too"}
_OTHERWISE = "there is more of it than a record can say"

BROKEN = ("item", "channel")
"""Such an element within another was never meant to be there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftovers:
    """Elements that stay as they are until the author says something else, elements that repeat a text, all others.

    `notes` says of which tags of the podcast namespace the record holds less than they say, and why.
    """

    spelled: tuple[tuple[str, str], ...] = ()
    repeats: tuple[tuple[str, Repeated], ...] = ()
    extra: str = ""
    notes: tuple[str, ...] = ()


def find_leftovers(
    original: Iterable[etree._Element],
    rendered: Iterable[etree._Element],
    *,
    texts: Mapping[Repeated, str],
    settled: Collection[str] = (),
) -> Leftovers:
    """Compare elements with those that a record makes of them, all of one name together.

    `texts` are those that elements may repeat. Of the names that are `settled` nothing is left over.
    """
    standing = group_elements(rendered)
    spelled: list[tuple[str, str]] = []
    extra: list[etree._Element] = []
    repeats: list[tuple[str, Repeated]] = []
    notes: list[str] = []
    for name, elements in group_elements(original).items():
        ours = standing.get(name, [])
        if name in BROKEN:
            continue
        if [*map(_find_words, elements)] == [*map(_find_words, ours)] or name in settled or is_to_fill(name, elements):
            continue
        notes += _find_notes(name, elements, ours)
        if source := _find_source(elements, texts):
            repeats.append((name, source))
            if source == "tags":
                spelled.append((find_mark(elements), format_fragment(elements)))
        elif name in MODELLED and not any(map(_depends_on_site, ours)):
            spelled.append((find_mark(ours), format_fragment(elements)))
        else:
            extra += elements
    return Leftovers(
        spelled=tuple(spelled), repeats=tuple(repeats), extra=format_fragment(extra), notes=tuple(dict.fromkeys(notes))
    )


def _find_notes(name: str, elements: list[etree._Element], ours: list[etree._Element]) -> Iterator[str]:
    """Say of which tags the record holds less than they say; of some the reader of the feed tells why, in its words."""
    if not name.startswith("podcast:") or name in _TOLD:
        return
    if [*map(find_tag_meaning, elements)] != [*map(find_tag_meaning, ours)]:
        losses = [loss for element in elements for loss in find_losses(element)]
        yield from (f"{name} is kept word for word: {loss}" for loss in losses or [_ELSE.get(name, _OTHERWISE)])


def is_to_fill(name: str, elements: Iterable[etree._Element]) -> bool:
    """Say whether notes are an empty element: kept so, they would hide those that are written later."""
    return name in _NOTES and not any((element.text or "").strip() or len(element) for element in elements)


def _depends_on_site(element: etree._Element) -> bool:
    """Say whether an element of ours leads to the site: then nobody wrote it, and it says nothing of the author."""
    return NOWHERE in etree.tostring(element, encoding="unicode")


def _find_words(element: etree._Element) -> object:
    """What stands in an element; apps may take even the white space around a guid for a part of it."""
    return (element.text, find_wording(element)) if element.tag == "guid" else find_wording(element)


def _find_source(elements: list[etree._Element], texts: Mapping[Repeated, str]) -> Repeated | None:
    """Find what an element repeats; keywords may be parted by commas in another way."""
    if len(elements) != 1 or len(elements[0]) or elements[0].attrib or find_name(elements[0]).startswith("{"):
        return None
    text = (elements[0].text or "").strip()
    if text and find_name(elements[0]) == "itunes:keywords" and find_words(text) == find_words(texts.get("tags", "")):
        return "tags"
    return next((source for source, said in texts.items() if text and said.strip() == text), None)
