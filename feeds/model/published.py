"""What is published: episodes and channels with their identities and the facts of their files."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from feeds.model.channels import Channel, Site
from feeds.model.episodes import Episode
from feeds.model.paging import Place
from feeds.model.podcasting import Person


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

    `key` is the path of the file relative to the project, "" for one that is on another server. `path` is where in
    the site the build puts what it makes of that file in another form, "" for one that is published as it is.
    """

    url: str
    type: str
    language: str = ""
    rel: str = ""
    key: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An episode as it is published: what was written, who it is, and the facts of its files.

    `enclosure` is None for an episode without audio, which has a page and no place in the feed.
    `persons` already holds the channel's own, since persons of an item replace those of the channel
    (podcast namespace, tag person). `spelled` as of a locked episode, and so are the slugs that it
    had before, `formerly`.
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
    formerly: tuple[str, ...] = ()

    @property
    def in_feed(self) -> bool:
        """Say whether it stands in the feed, and not only on the site."""
        return self.enclosure is not None or self.episode.feed


@dataclass(frozen=True, slots=True, kw_only=True)
class Podcast:
    """A channel with its identity and its items, newest first; `spelled` as that of an item.

    A page of the archive of a long feed is one too, with its own items and address: `place` says which it is. Episodes
    that are live are no items but `streams` of the feed itself, those first that begin first.
    """

    channel: Channel
    guid: str
    url: str
    feed_url: str
    image: Picture
    items: tuple[Item, ...]
    streams: tuple[Item, ...] = ()
    spelled: tuple[tuple[str, str], ...] = ()
    place: Place | None = None

    @property
    def episodes(self) -> tuple[Item, ...]:
        """All that have a page: items, and streams behind them."""
        return (*self.items, *self.streams)

    @property
    def updated(self) -> dt.datetime | None:
        """The newest date in the content, so that building again at another time changes nothing."""
        return max((item.episode.date for item in self.episodes), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """Everything that is published: all channels of a site, all known before anything is rendered."""

    site: Site
    podcasts: tuple[Podcast, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which there are pages, that of the site first."""
        found = dict.fromkeys([self.site.language])
        for podcast in self.podcasts:
            found |= dict.fromkeys([podcast.channel.language, *(item.language for item in podcast.episodes)])
        return tuple(found)
