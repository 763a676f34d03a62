"""Which tags a channel and an episode can have, and all of them at once, in every direction.

Persons are not among them: authors have shorter words for hosts and guests, and an item names those of its channel
again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import KW_ONLY, dataclass
from typing import Any

from lxml import etree

from feeds.model import Channel, Episode
from feeds.namespaces import PODCAST
from feeds.podcasting.elements import parse_elements, render_values
from feeds.podcasting.forms import Form
from feeds.podcasting.tables import format_value, format_values, parse_single, parse_values
from feeds.podcasting.tags import (
    ALTERNATE_ENCLOSURE,
    BLOCK,
    CHAT,
    CONTENT_LINK,
    EPISODE,
    FUNDING,
    IMAGE,
    LICENSE,
    LOCATION,
    REMOTE_ITEM,
    SEASON,
    SOCIAL_INTERACT,
    SOUNDBITE,
    TRAILER,
    TXT,
    UPDATE_FREQUENCY,
    VALUE,
)
from feeds.tables.table import Table


@dataclass(frozen=True, slots=True)
class Place:
    """A tag in its place: the name that it has in a table and in the model.

    It stands there once if it is `single`, else any number of times. `within` is the element that holds it in a feed,
    "" if none does.
    """

    name: str
    form: Form[Any]
    _: KW_ONLY
    single: bool = False
    within: str = ""

    @property
    def tag(self) -> str:
        """The name of its element, with the usual prefix."""
        return f"podcast:{self.within or self.form.tag}"


CHANNEL = (
    Place("funding", FUNDING),
    Place("location", LOCATION),
    Place("license", LICENSE, single=True),
    Place("txt", TXT),
    Place("podroll", REMOTE_ITEM, within="podroll"),
    Place("publisher", REMOTE_ITEM, single=True, within="publisher"),
    Place("trailers", TRAILER),
    Place("images", IMAGE),
    Place("update_frequency", UPDATE_FREQUENCY, single=True),
    Place("social_interact", SOCIAL_INTERACT),
    Place("chat", CHAT, single=True),
    Place("blocks", BLOCK),
    Place("value", VALUE),
    Place("remote_items", REMOTE_ITEM),
)

EPISODE_TAGS = (
    Place("season", SEASON, single=True),
    Place("episode", EPISODE, single=True),
    Place("location", LOCATION),
    Place("license", LICENSE, single=True),
    Place("funding", FUNDING),
    Place("txt", TXT),
    Place("soundbites", SOUNDBITE),
    Place("images", IMAGE),
    Place("alternate_enclosures", ALTERNATE_ENCLOSURE),
    Place("content_links", CONTENT_LINK),
    Place("social_interact", SOCIAL_INTERACT),
    Place("chat", CHAT, single=True),
    Place("value", VALUE),
)


def make_no_tags(places: Iterable[Place]) -> dict[str, Any]:
    """What a channel or an episode has that says nothing of all this, by the names of the model."""
    return {place.name: None if place.single else () for place in places}


def parse_tags(places: Iterable[Place], table: Table) -> dict[str, Any]:
    """Read all that a table says, by the names of the model; what is wrong joins the faults of the table."""
    return {
        place.name: (parse_single if place.single else parse_values)(place.form, table, place.name) for place in places
    }


def format_tags(places: Iterable[Place], owner: Channel | Episode) -> Iterator[tuple[str, object]]:
    """Write all that a channel or an episode says, so that `parse_tags` reads it again."""
    for place in places:
        if held := getattr(owner, place.name):
            yield place.name, (format_value if place.single else format_values)(place.form, held)


def render_tags(parent: etree._Element, places: Iterable[Place], owner: Channel | Episode) -> None:
    """Append the elements of all that a channel or an episode says."""
    for place in places:
        if held := getattr(owner, place.name):
            holder = etree.SubElement(parent, f"{{{PODCAST}}}{place.within}") if place.within else parent
            render_values(holder, place.form, [held] if place.single else held)


def parse_tag_elements(places: Iterable[Place], find: Callable[[str], Iterable[etree._Element]]) -> dict[str, Any]:
    """Read all that a feed says, by the names of the model; `find` gives the elements of a name."""
    return {place.name: _parse_elements(place, find(place.tag)) for place in places}


def _parse_elements(place: Place, elements: Iterable[etree._Element]) -> Any:
    if place.within:
        elements = [child for one in elements for child in one.iterchildren(f"{{{PODCAST}}}{place.form.tag}")]
    values = parse_elements(place.form, elements)
    return next(iter(values), None) if place.single else values
