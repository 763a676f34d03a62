"""Episodes in a list: by their titles alone, or with all that a list shows of them."""

from __future__ import annotations

from dataclasses import dataclass

from feeds import addresses
from feeds.knowledge.subjects import Knowledge, Subject
from feeds.model import Channel, Episode, Item
from feeds.notes.render import render_text
from feeds.shape.skyline import Scale, Shape, find_shape
from feeds.site.edition import Edition
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
    people: tuple[Subject, ...]
    ideas: tuple[Subject, ...]


def make_line(channel: Channel, item: Item) -> Line:
    path = addresses.episode_page(channel.slug, item.slug)
    return Line(item=item, path=path, language=find_foreign(item, channel))


def make_row(edition: Edition, channel: Channel, item: Item, scale: Scale) -> Row:
    mentions = edition.knowledge.find_mentions(item)
    return Row(
        item=item,
        path=addresses.episode_page(channel.slug, item.slug),
        language=find_foreign(item, channel),
        brief=describe(item.episode),
        shape=find_shape(item, ROW_HEIGHT, scale),
        people=tuple(mention.subject for mention in mentions if mention.subject.is_person)[:NAMES],
        ideas=tuple(mention.subject for mention in mentions if not mention.subject.is_person)[:NAMES],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who speaks in an episode: as what, "" where nobody says, and the subject with its page."""

    subject: Subject
    role: str


def find_speakers(item: Item, knowledge: Knowledge) -> tuple[Speaker, ...]:
    """Who speaks, hosts last; where nobody is named, those who are quoted."""
    roles = {person.name: person.role for person in sorted(item.persons, key=lambda person: person.role == "host")}
    if not roles:
        roles = {quote.speaker: "" for quote, _ in item.episode.quotes if quote.speaker}
    found: dict[int, Speaker] = {}
    for name, role in roles.items():
        subject = knowledge.find_speaker(name, item)
        if subject:
            found.setdefault(id(subject), Speaker(subject=subject, role=role))
    return tuple(found.values())


def describe(episode: Episode) -> str:
    return episode.subtitle or cut_text(render_text(episode.summary))


def find_foreign(item: Item, channel: Channel) -> str:
    return item.language if item.language != channel.language else ""
