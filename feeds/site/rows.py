"""Episodes in a list: by their titles alone, or with all that a list shows of them."""

from __future__ import annotations

from dataclasses import dataclass

from feeds import addresses
from feeds.model import Channel, Episode, Item
from feeds.notes.render import render_text
from feeds.shape.skyline import Scale, Shape, find_shape
from feeds.site.page import cut_text

NAMES = 4
"""How many people, and how many ideas, are named below a skyline."""

ROW_HEIGHT = 40
"""Pixels that the highest chapter of a skyline takes in a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An episode by its title; `language` is "" where it is that of the channel."""

    item: Item
    path: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Line):
    """An episode in a list, with all that the list shows of it."""

    brief: str
    shape: Shape
    people: tuple[str, ...]
    ideas: tuple[str, ...]


def make_line(channel: Channel, item: Item) -> Line:
    path = addresses.episode_page(channel.slug, item.slug)
    return Line(item=item, path=path, language=find_foreign(item, channel))


def make_row(channel: Channel, item: Item, scale: Scale) -> Row:
    speakers = [name for name, _, _ in find_speakers(item)]
    entities = item.episode.entities
    people = dict.fromkeys(speakers + [entity.name for entity in entities if entity.kind == "person"])
    ideas = [entity.name for entity in entities if entity.kind != "person"]
    return Row(
        item=item,
        path=addresses.episode_page(channel.slug, item.slug),
        language=find_foreign(item, channel),
        brief=describe(item.episode),
        shape=find_shape(item, ROW_HEIGHT, scale),
        people=tuple(people)[:NAMES],
        ideas=tuple(ideas[:NAMES]),
    )


def find_speakers(item: Item) -> tuple[tuple[str, str, str], ...]:
    """Who speaks: name, role and link of each, hosts last; where nobody is named, those who are quoted."""
    if item.persons:
        persons = sorted(item.persons, key=lambda person: person.role == "host")
        return tuple((person.name, person.role, person.href) for person in persons)
    quoted = dict.fromkeys(quote.speaker for quote, _ in item.episode.quotes if quote.speaker)
    return tuple((name, "", "") for name in quoted)


def describe(episode: Episode) -> str:
    return episode.subtitle or cut_text(render_text(episode.summary))


def find_foreign(item: Item, channel: Channel) -> str:
    return item.language if item.language != channel.language else ""
