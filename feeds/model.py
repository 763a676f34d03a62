"""What a show is made of: the words that every other module speaks.

`Episode` is what an author wrote, `Item` is that episode with its identity and its media facts, as it is
published. All times are whole milliseconds, all sizes bytes. Nothing here reads a file or knows XML.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from feeds.vocabulary import find_kind

EpisodeType = Literal["full", "trailer", "bonus"]
ChannelType = Literal["episodic", "serial"]
ProseForm = Literal["markdown", "html", "text"]
Repeated = Literal["title", "subtitle", "description", "content", "tags"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A run of Markdown between quotes; or notes in HTML or plain text, which reach the feed word for word."""

    text: str
    form: ProseForm = "markdown"
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words that somebody said; `at` is None where the record gives no time."""

    text: str
    speaker: str = ""
    at: int | None = None
    line: int = field(default=0, compare=False)


Block = Prose | Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A stretch of the audio from `start` to the next chapter, and what the notes say of it.

    A chapter with `toc=False` is silent: players do not list it (JSON chapters 1.2, "toc").
    """

    start: int
    title: str
    link: str = ""
    image: str = ""
    toc: bool = True
    blocks: tuple[Block, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the notes under a heading of its own that is no chapter, such as a list of links."""

    title: str
    blocks: tuple[Block, ...] = ()
    line: int = field(default=0, compare=False)


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
class Person:
    """Somebody who takes part (podcast:person); role and group are of the podcast taxonomy, or of the author's own."""

    name: str
    role: str = "host"
    group: str = "cast"
    img: str = ""
    href: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """What an episode or channel is about, or where it was made (podcast:location)."""

    name: str
    rel: str = ""
    geo: str = ""
    osm: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class License:
    """The licence of the media (podcast:license): an identifier, and a URL where it is not a listed one."""

    identifier: str
    url: str = ""


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
class Transcript:
    """A transcript as the record names it; `source` is a file beside the record, or a URL."""

    source: str
    type: str
    language: str = ""
    rel: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """An episode as its author wrote it: the front matter, then the notes in their order.

    `path` is how messages name the record, and `lines` where the keys of its front matter stand in it.
    For episodes that were published elsewhere before: `description` is that of the feed where it is not made of the
    notes; `extra` are elements word for word (feeds.markup.fragments), in place of those of their names; `repeats`
    names elements that say again what another part says; with `feed` it is in the feed though it has no audio.
    """

    title: str
    date: dt.datetime
    path: str = field(default="", compare=False)
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)
    audio: Audio | None = None
    duration: int = 0
    subtitle: str = ""
    slug: str = ""
    guid: str = ""
    link: str = ""
    language: str = ""
    author: str = ""
    season: int | None = None
    episode: int | None = None
    type: EpisodeType = "full"
    explicit: bool | None = None
    block: bool = False
    draft: bool = False
    image: str = ""
    persons: tuple[Person, ...] = ()
    location: Location | None = None
    license: License | None = None
    transcripts: tuple[Transcript, ...] = ()
    tags: tuple[str, ...] = ()
    description: str = ""
    repeats: tuple[tuple[str, Repeated], ...] = ()
    extra: str = ""
    feed: bool = False
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding:
    """A way to support the show (podcast:funding)."""

    url: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteItem:
    """Another podcast that the channel recommends (podcast:podroll, podcast:remoteItem)."""

    feed_guid: str
    feed_url: str = ""
    title: str = ""
    medium: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Txt:
    """Free text for a machine, such as a proof of ownership (podcast:txt)."""

    value: str
    purpose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Whom a directory may write to (itunes:owner); off unless the author gives it."""

    name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One podcast: everything that stands in its table of channel.toml.

    `path` is the file that holds the table, as messages name it, and `lines` where its keys stand in it, "" for the
    table itself; `seeds` and `image` are relative to the file.
    A category is a pair; its second half is "" where there is no subcategory. `extra` as in an episode.
    """

    slug: str
    title: str
    description: str
    categories: tuple[tuple[str, str], ...]
    language: str
    author: str
    image: str
    path: str = ""
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)
    explicit: bool = False
    seeds: str = ""
    link: str = ""
    copyright: str = ""
    type: ChannelType = "episodic"
    medium: str = "podcast"
    guid: str = ""
    owner: Owner | None = None
    locked: bool = False
    persons: tuple[Person, ...] = ()
    funding: tuple[Funding, ...] = ()
    location: Location | None = None
    license: License | None = None
    podroll: tuple[RemoteItem, ...] = ()
    txt: tuple[Txt, ...] = ()
    hub: str = ""
    new_feed_url: str = ""
    complete: bool = False
    block: bool = False
    extra: str = ""

    @property
    def folder(self) -> Path:
        """Where its file stands."""
        return Path(self.path).parent

    def line(self, key: str) -> int:
        """Where a key stands, or else the table, for a message that asks for the key."""
        return self.lines.get(key, self.lines.get("", 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What all channels share. `url` is where the site will stand, without a slash at its end."""

    url: str
    title: str
    language: str = "en"
    description: str = ""
    timezone: dt.tzinfo = dt.UTC
    accent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """The media file of an item: absolute URL, bytes, media type."""

    url: str
    length: int
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture as it is published: absolute URL, size in pixels (0 where it is not ours to measure)."""

    url: str
    width: int = 0
    height: int = 0
    type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptFile:
    """A transcript as it is published.

    `key` is the path of the file relative to the project, "" for one that is on another server.
    """

    url: str
    type: str
    language: str = ""
    rel: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An episode as it is published: what was written, who it is, and the facts of its files.

    `enclosure` is None for an episode without audio, which has a page and no place in the feed.
    `persons` already holds the channel's own, since persons of an item replace those of the channel
    (podcast namespace, tag person). `spelled` as of a locked episode.
    """

    episode: Episode
    guid: str
    slug: str
    url: str
    language: str
    explicit: bool
    duration: int
    persons: tuple[Person, ...]
    enclosure: Enclosure | None
    image: Picture | None
    chapters_url: str
    transcripts: tuple[TranscriptFile, ...]
    spelled: tuple[tuple[str, str], ...] = ()

    @property
    def in_feed(self) -> bool:
        """Say whether it stands in the feed, and not only on the site."""
        return self.enclosure is not None or self.episode.feed


@dataclass(frozen=True, slots=True, kw_only=True)
class Podcast:
    """A channel with its identity and its items, newest first; `spelled` as that of an item."""

    channel: Channel
    guid: str
    url: str
    feed_url: str
    image: Picture
    items: tuple[Item, ...]
    spelled: tuple[tuple[str, str], ...] = ()

    @property
    def updated(self) -> dt.datetime | None:
        """The newest date in the content, so that building again at another time changes nothing."""
        return max((item.episode.date for item in self.items), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """Everything that is published: all channels of a site, all known before anything is rendered."""

    site: Site
    podcasts: tuple[Podcast, ...]
