"""A channel and the site it stands on, as their author wrote them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from feeds.model.aliases import Alias
from feeds.model.locks import UNLOCKED, Locked
from feeds.model.paging import WHOLE, Paging
from feeds.model.podcasting import (
    Blocking,
    Chat,
    Funding,
    Image,
    License,
    Location,
    Person,
    RemoteItem,
    SocialInteract,
    Trailer,
    TranscriptForm,
    Txt,
    UpdateFrequency,
    Value,
)

ChannelType = Literal["episodic", "serial"]

SoundbiteSource = Literal["none", "quotes"]
"""Of what soundbites are made where a record names none."""
Host = Literal["html", "netlify", "cloudflare", "caddy", "nginx"]
"""What serves a site: html stands for any that serves files and nothing more."""


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
    A category is a pair; its second half is "" where there is no subcategory. `transcript_forms` are made of
    the transcripts of each episode, beside what their author wrote. `podping` is None where the channel does not say
    whether it announces itself so. `extra` as in an episode.
    `aliases` and `feed_aliases` are old addresses of its page and of its feed: paths of the site that begin with /.
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
    locked: Locked = UNLOCKED
    persons: tuple[Person, ...] = ()
    funding: tuple[Funding, ...] = ()
    location: tuple[Location, ...] = ()
    license: License | None = None
    podroll: tuple[RemoteItem, ...] = ()
    txt: tuple[Txt, ...] = ()
    trailers: tuple[Trailer, ...] = ()
    images: tuple[Image, ...] = ()
    social_interact: tuple[SocialInteract, ...] = ()
    chat: Chat | None = None
    value: tuple[Value, ...] = ()
    remote_items: tuple[RemoteItem, ...] = ()
    publisher: RemoteItem | None = None
    blocks: tuple[Blocking, ...] = ()
    update_frequency: UpdateFrequency | None = None
    podping: bool | None = None
    hub: str = ""
    transcript_forms: tuple[TranscriptForm, ...] = ()
    soundbites: SoundbiteSource = "none"
    new_feed_url: str = ""
    complete: bool = False
    block: bool = False
    embed: bool = True
    extra: str = ""
    aliases: tuple[str, ...] = ()
    feed_aliases: tuple[str, ...] = ()
    paging: Paging = WHOLE

    @property
    def folder(self) -> Path:
        """Where its file stands."""
        return Path(self.path).parent

    def line(self, key: str) -> int:
        """Where a key stands, or else the table, for a message that asks for the key."""
        return self.lines.get(key, self.lines.get("", 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What all channels share. `url` is where the site will stand, without a slash at its end; `paging` is that of
    every channel which says nothing else; `aliases` are names that mean the same.
    """

    url: str
    title: str
    language: str = "en"
    description: str = ""
    timezone: dt.tzinfo = dt.UTC
    accent: str = ""
    hosts: tuple[Host, ...] = ("html",)
    paging: Paging = WHOLE
    aliases: tuple[Alias, ...] = ()
