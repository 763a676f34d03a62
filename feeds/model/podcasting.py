"""The values of the podcast namespace, as the page of each tag describes them."""

from __future__ import annotations

from dataclasses import dataclass, field


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
class Transcript:
    """A transcript as the record names it; `source` is a file beside the record, or a URL."""

    source: str
    type: str
    language: str = ""
    rel: str = ""
