"""The values of the podcast namespace, as the page of each tag describes them (docs/tags/).

How each is written, by an author and in a feed, is in feeds.podcasting.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

TranscriptForm = Literal["vtt", "srt", "json"]
"""What a transcript can be published as, beside what its author wrote."""


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

    id: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """A transcript as the record names it; `source` is a file beside the record, or a URL."""

    source: str
    type: str
    language: str = ""
    rel: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding:
    """A way to support the show (podcast:funding)."""

    url: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteItem:
    """Another podcast, or an episode of one (podcast:remoteItem)."""

    feed_guid: str
    feed_url: str = ""
    item_guid: str = ""
    medium: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Txt:
    """Free text for a machine, such as a proof of ownership (podcast:txt)."""

    value: str
    purpose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """The season of an episode (podcast:season); apps show its name in place of its number, where it has one."""

    number: int
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """The number of an episode (podcast:episode), which may have a fraction; apps show `display` where there is one."""

    number: Decimal
    display: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trailer:
    """A trailer of the show or of a season (podcast:trailer); `length` in bytes."""

    title: str
    url: str
    pubdate: dt.datetime
    length: int | None = None
    type: str = ""
    season: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture for a purpose (podcast:image); `href` is a file until the build has published it, sides are pixels."""

    href: str
    alt: str = ""
    aspect_ratio: str = ""
    width: int | None = None
    height: int | None = None
    type: str = ""
    purpose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentLink:
    """A page where the episode or stream can be had, for apps that cannot play it (podcast:contentLink)."""

    href: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SocialInteract:
    """The post under which listeners comment (podcast:socialInteract); the protocol `disabled` says that none may."""

    protocol: str
    uri: str = ""
    account_id: str = ""
    account_url: str = ""
    priority: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocking:
    """Whether platforms may publish the feed, all or the one that `id` names (podcast:block)."""

    block: bool
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateFrequency:
    """How often episodes come (podcast:updateFrequency); `rrule` is a rule of RFC 5545, section 3.3.10."""

    text: str = ""
    rrule: str = ""
    dtstart: dt.datetime | None = None
    complete: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """Where listeners talk while they listen (podcast:chat)."""

    server: str
    protocol: str
    account_id: str = ""
    space: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a version of the media can be had, by whatever scheme (podcast:source)."""

    uri: str
    content_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Integrity:
    """By what a file is known to be whole (podcast:integrity): an SRI string, or a signature in Base64."""

    type: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternateEnclosure:
    """Another version of the media (podcast:alternateEnclosure).

    `length` in bytes, `bitrate` in bits a second, `height` in pixels. `file` is one of the author's, beside the record,
    from which the build makes a source, its type, its length and its integrity.
    """

    file: str = ""
    type: str = ""
    length: int | None = None
    bitrate: Decimal | None = None
    height: int | None = None
    lang: str = ""
    title: str = ""
    rel: str = ""
    codecs: str = ""
    default: bool = False
    sources: tuple[Source, ...] = ()
    integrity: Integrity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRecipient:
    """Who gets how many shares of what listeners pay (podcast:valueRecipient); a fee comes off the top."""

    type: str
    address: str
    split: int
    name: str = ""
    custom_key: str = ""
    custom_value: str = ""
    fee: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueTimeSplit:
    """Who is paid instead for a stretch of the episode (podcast:valueTimeSplit); times in milliseconds.

    Either the recipients of another item, which get `remote_percentage` of each payment, or recipients of its own.
    """

    start_time: int
    duration: int
    remote_start_time: int = 0
    remote_percentage: Decimal | None = None
    remote_item: RemoteItem | None = None
    recipients: tuple[ValueRecipient, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """How listeners can pay (podcast:value); `suggested` is an amount for a minute, in BTC for lightning."""

    type: str
    method: str
    suggested: Decimal | None = None
    recipients: tuple[ValueRecipient, ...] = ()
    time_splits: tuple[ValueTimeSplit, ...] = ()
