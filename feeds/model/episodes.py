"""An episode as its author wrote it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from feeds.model.live import Live
from feeds.model.podcasting import (
    AlternateEnclosure,
    Chat,
    ContentLink,
    Funding,
    Image,
    License,
    Location,
    Numbering,
    Person,
    Season,
    SocialInteract,
    Transcript,
    Txt,
    Value,
)
from feeds.model.prose import Block, Chapter, Prose, Quote, Section
from feeds.model.soundbites import Soundbite
from feeds.vocabulary import find_kind

EpisodeType = Literal["full", "trailer", "bonus"]

Repeated = Literal["title", "subtitle", "description", "content", "tags"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A person, organisation, idea… that an episode is about; `type` is as the author wrote it."""

    name: str
    type: str
    description: str = ""
    line: int = field(default=0, compare=False)

    @property
    def kind(self) -> str:
        """The type in its normal form: Person, person and 인물 are all `person`."""
        return find_kind(self.type)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalAudio:
    """An audio file of the author's; `path` is relative to the record."""

    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteAudio:
    """An audio file that is already on a server; 0 and "" where the record does not say."""

    url: str
    length: int = 0
    type: str = "audio/mpeg"


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """A recording that is not ready yet: the build makes one of the right length."""


Audio = LocalAudio | RemoteAudio | StandIn


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """An episode as its author wrote it: the front matter, then the notes in their order.

    `path` is how messages name the record, and `lines` where the keys of its front matter stand in it. With `live` it
    is a stream, which `audio` has the address of; without, it is the recording, and the same episode.
    For episodes that were published elsewhere before: `description` is that of the feed where it is not made of the
    notes; `extra` are elements word for word (feeds.markup.fragments), in place of those of their names; `repeats`
    names elements that say again what another part says; with `feed` it is in the feed though it has no audio;
    `aliases` are old addresses of its page, paths of the site that begin with /.
    """

    title: str
    date: dt.datetime
    path: str = field(default="", compare=False)
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)
    audio: Audio | None = None
    live: Live | None = None
    duration: int = 0
    subtitle: str = ""
    slug: str = ""
    guid: str = ""
    link: str = ""
    language: str = ""
    author: str = ""
    season: Season | None = None
    episode: Numbering | None = None
    type: EpisodeType = "full"
    explicit: bool | None = None
    block: bool = False
    draft: bool = False
    image: str = ""
    persons: tuple[Person, ...] = ()
    location: tuple[Location, ...] = ()
    license: License | None = None
    transcripts: tuple[Transcript, ...] = ()
    soundbites: tuple[Soundbite, ...] = ()
    funding: tuple[Funding, ...] = ()
    txt: tuple[Txt, ...] = ()
    images: tuple[Image, ...] = ()
    alternate_enclosures: tuple[AlternateEnclosure, ...] = ()
    content_links: tuple[ContentLink, ...] = ()
    social_interact: tuple[SocialInteract, ...] = ()
    chat: Chat | None = None
    value: tuple[Value, ...] = ()
    tags: tuple[str, ...] = ()
    description: str = ""
    repeats: tuple[tuple[str, Repeated], ...] = ()
    extra: str = ""
    feed: bool = False
    aliases: tuple[str, ...] = ()
    opening: tuple[Block, ...] = ()
    sections: tuple[Chapter | Section, ...] = ()
    entities_title: str = ""
    entities: tuple[Entity, ...] = ()

    @property
    def summary(self) -> tuple[Prose, ...]:
        """What is said before the first heading, quotes left out."""
        return tuple(block for block in self.opening if isinstance(block, Prose))

    @property
    def verbatim(self) -> str:
        """Notes that reach the feed word for word; "" where they are Markdown."""
        return self.opening[0].text if self.summary and self.summary[0].form != "markdown" else ""

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """Every chapter in time order, silent ones among them."""
        return tuple(section for section in self.sections if isinstance(section, Chapter))

    @property
    def quotes(self) -> Iterator[tuple[Quote, Chapter | None]]:
        """Each quote with the chapter in which it is written, if any."""
        for block in self.opening:
            if isinstance(block, Quote):
                yield block, None
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, Quote):
                    yield block, section if isinstance(section, Chapter) else None
