"""How rules look at a feed: the channel, an item, a value, with their parts by usual names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from feeds.rulebook.document import Document, find_attribute, find_name, find_text
from feeds.rulebook.forms.times import Stamps, find_stamps
from feeds.rulebook.places import Attribute, Place


class Parts:
    """An element and its children by their usual names, in their order."""

    __slots__ = ("children", "element")

    def __init__(self, element: etree._Element) -> None:
        self.element = element
        self.children: dict[str, list[etree._Element]] = {}
        for child in element:
            if isinstance(child.tag, str):
                self.children.setdefault(find_name(child), []).append(child)

    def __contains__(self, name: str) -> bool:
        return name in self.children

    def all(self, name: str) -> Sequence[etree._Element]:
        """All children of a name."""
        return self.children.get(name, ())

    def first(self, name: str) -> etree._Element | None:
        """The first child of a name, which is the one that readers take."""
        several = self.children.get(name)
        return several[0] if several else None

    def text(self, name: str) -> str:
        """The text of the first child of a name, "" if there is none."""
        return find_text(self.first(name))

    def attribute(self, name: str, attribute: str) -> str:
        """An attribute of the first child of a name, without white space around it, "" if there is none."""
        child = self.first(name)
        return "" if child is None else find_attribute(child, attribute)


class ItemFacts(NamedTuple):
    """What rules compare between items: texts without the white space around them, "" where missing."""

    element: etree._Element
    number: int
    guid: str
    title: str
    date: str
    enclosure: str
    type: str
    duration: str
    season: str
    episode: str
    episode_type: str
    explicit: str
    podcast_season: etree._Element | None


class Channel(Parts):
    """The channel: its children beside the items, and the facts of every item in the order of the feed."""

    __slots__ = ("document", "items")

    def __init__(self, element: etree._Element, document: Document) -> None:
        self.element = element
        self.document = document
        self.children = {}
        self.items: list[ItemFacts] = []

    def add(self, child: etree._Element) -> None:
        """Take in a child that is no item."""
        self.children.setdefault(find_name(child), []).append(child)


class Item(Parts):
    """An item, or a podcast:liveItem, and the channel that it is in; `number` counts the items from 1.

    The channel knows all its children, but only the items before this one.
    """

    __slots__ = ("_stamps", "channel", "notes", "number")

    def __init__(self, element: etree._Element, channel: Channel, number: int) -> None:
        super().__init__(element)
        self.channel = channel
        self.number = number
        self.notes = self.first("description")
        self._stamps: Stamps | None = None

    def find_stamps(self) -> Stamps:
        """The time stamps in the description, or else in content:encoded; `notes` is the one that has them."""
        if self._stamps is None:
            self._stamps = find_stamps(find_text(self.notes))
            longer = self.first("content:encoded")
            if longer is not None and not any(self._stamps) and any(stamps := find_stamps(find_text(longer))):
                self._stamps, self.notes = stamps, longer
        return self._stamps

    def find_facts(self) -> ItemFacts:
        """What is kept of the item once it has been looked at."""
        return ItemFacts(
            element=self.element,
            number=self.number,
            guid=self.text("guid"),
            title=self.text("title"),
            date=self.text("pubDate"),
            enclosure=self.attribute("enclosure", "url"),
            type=self.attribute("enclosure", "type"),
            duration=self.text("itunes:duration"),
            season=self.text("itunes:season"),
            episode=self.text("itunes:episode"),
            episode_type=self.text("itunes:episodeType"),
            explicit=self.text("itunes:explicit"),
            podcast_season=self.first("podcast:season"),
        )


class Value(NamedTuple):
    """A text of one kind, such as a URL, of an element or of one of its attributes; `name` is the usual name."""

    element: etree._Element
    name: str
    attribute: str
    text: str

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Attribute(self.element, self.attribute) if self.attribute else self.element

    @property
    def title(self) -> str:
        """How a message names it: `the url of enclosure`, `guid`."""
        return f"the {self.attribute} of {self.name}" if self.attribute else self.name
