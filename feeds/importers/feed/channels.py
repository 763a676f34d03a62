"""The channel of a feed as a table of channel.toml, and what such a table has no place for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from html import unescape

import tomli_w
from lxml import etree

from feeds.formats import format_url
from feeds.importers.feed.items import Elements, find_url
from feeds.importers.feed.leftovers import NOWHERE, find_leftovers
from feeds.markup.meaning import is_set, parse_feed_date, parse_feed_flag
from feeds.media_types import is_url
from feeds.model import (
    Channel,
    ChannelType,
    Locked,
    Owner,
    Picture,
    Podcast,
    Site,
)
from feeds.podcasting.elements import parse_elements
from feeds.podcasting.locks import format_locked
from feeds.podcasting.places import CHANNEL, format_tags, parse_tag_elements
from feeds.podcasting.spellings import FLAG
from feeds.podcasting.tables import format_values
from feeds.podcasting.tags import LOCKED, PERSON
from feeds.rss.feed import render_channel
from feeds.settings.categories import format_category, parse_category
from feeds.tables.toml import format_text
from feeds.tables.values import (
    DESCRIPTION_BYTES,
    parse_email,
    parse_language,
    parse_medium,
    parse_uuid,
)

SETTLED = frozenset({"atom:link self", "generator", "lastBuildDate", "pubDate"})
"""What each build says anew."""

_MAILBOX = re.compile(r"\s*\S+@\S+\s*\((.+)\)\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelDraft:
    """A channel that was read, the spellings of the lock, and what had to be decided, each in a few words."""

    channel: Channel
    spelled: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


def parse_channel(elements: Elements, *, slug: str, artwork: str, guid: str, settled: Iterable[str]) -> ChannelDraft:
    """Read the channel of a feed.

    `artwork` is the path of a picture for a channel that has none, `guid` the podcast:guid of one that has none. Of
    names that are `settled` nothing is kept.
    """
    notes: list[str] = []
    owner = _find_owner(elements)
    language = _try(parse_language, elements.text("language").replace("_", "-"))
    categories = tuple(dict.fromkeys(_parse_categories(elements)))
    image = elements.url("itunes:image", "href") or find_url(_find_picture(elements))
    author = elements.text("itunes:author", "googleplay:author", "dc:creator") or _find_name(elements)
    description = elements.text("description", "itunes:summary", "googleplay:description", "itunes:subtitle")
    title = elements.text("title", "itunes:title")
    for said, note in (
        (title, "title: the feed has none"),
        (description, "description: the feed has none"),
        (author, "author: the feed names nobody"),
        (language, "language: the feed names none that is one"),
        (categories, 'categories: the feed names none of Apple\'s, so "Technology" stands there'),
        (image, "image: the feed has no artwork, so one was drawn"),
    ):
        if not said:
            notes.append(f"{note}: write your own")
    if len(description.encode()) > DESCRIPTION_BYTES:
        notes.append("description: it was cut for apps, the feed keeps the whole until you change it")
    notes += (
        f"{key.replace('-', '_')}: the feed has it, and so has the new one: take it out if it is over"
        for key in ("new-feed-url", "complete", "block")
        if elements.text(f"itunes:{key}").casefold() not in ("", "no", "false")
    )
    notes += _find_unreadable(elements)
    channel = Channel(
        slug=slug,
        title=title or "Untitled",
        description=_cut(description) or title or "Untitled",
        link=elements.url("link"),
        language=language or "en",
        author=author or title or "Unknown",
        categories=categories or (("Technology", ""),),
        image=image or artwork,
        explicit=bool(elements.read("itunes:explicit", parse_feed_flag)),
        type=_find_type(elements),
        medium=_try(parse_medium, elements.text("podcast:medium")) or "podcast",
        copyright=elements.text("copyright"),
        guid=_try(parse_uuid, elements.text("podcast:guid")) or guid,
        owner=owner,
        locked=_find_locked(elements, owner),
        persons=parse_elements(PERSON, elements.list("podcast:person")),
        podping=_find_podping(elements),
        **parse_tag_elements(CHANNEL, elements.list),
        hub=elements.url("atom:link hub", "href"),
        new_feed_url=elements.url("itunes:new-feed-url"),
        complete=elements.read("itunes:complete", is_set) or False,
        block=elements.read("itunes:block", is_set) or False,
    )
    leftovers = find_leftovers(elements.all, _render(channel), texts={}, settled=SETTLED.union(settled))
    return ChannelDraft(
        channel=replace(channel, extra=leftovers.extra),
        spelled=leftovers.spelled,
        notes=(*notes, *leftovers.notes),
    )


def _find_unreadable(elements: Elements) -> Iterator[str]:
    """Name what every channel has, and this one in a way that cannot be read."""
    for name, parse, remedy in (
        ("guid", parse_uuid, "so the feed gets a new one"),
        ("medium", parse_medium, "so it is kept word for word"),
    ):
        if text := elements.text(f"podcast:{name}"):
            try:
                parse(text)
            except ValueError as error:
                yield f"{name}: {str(error).partition(':')[0]}, {remedy}"


def find_date(elements: Elements) -> dt.datetime | None:
    """When the channel says that it was last changed."""
    return elements.read("pubDate", parse_feed_date) or elements.read("lastBuildDate", parse_feed_date)


def format_channel(channel: Channel) -> str:
    """Write the table of a channel for channel.toml."""
    table = {key: value for key, value in _list_keys(channel) if value}
    if channel.podping is not None:
        table["podping"] = channel.podping
    texts = {key: value for key, value in table.items() if isinstance(value, str)}
    others = {key: value for key, value in table.items() if key not in texts}
    lines = "".join(f"{key} = {format_text(value)}\n" for key, value in texts.items())
    head, mark, rest = tomli_w.dumps({"channels": {channel.slug: others}}).partition("]\n")
    return f"{head}{mark}{lines}{rest}"


def _list_keys(channel: Channel) -> Iterator[tuple[str, object]]:
    """What a channel says, key by key; what it does not say is empty."""
    for key in ("title", "description", "link", "language", "author"):
        yield key, getattr(channel, key)
    yield "categories", [format_category(*pair) for pair in channel.categories]
    for key in ("image", "explicit", "copyright", "guid", "new_feed_url", "complete", "block", "hub"):
        yield key, getattr(channel, key)
    yield "type", channel.type if channel.type != "episodic" else ""
    yield "medium", channel.medium if channel.medium != "podcast" else ""
    yield "extra", channel.extra
    yield "locked", format_locked(channel.locked, channel.owner.email if channel.owner else "")
    yield "owner", {"name": channel.owner.name, "email": channel.owner.email} if channel.owner else {}
    yield "persons", format_values(PERSON, channel.persons)
    yield from format_tags(CHANNEL, channel)


def _render(channel: Channel) -> list[etree._Element]:
    """The elements that a build makes of a channel."""
    podcast = Podcast(
        channel=channel,
        guid=channel.guid,
        url=NOWHERE,
        feed_url=f"{NOWHERE}feed.xml",
        image=Picture(url=format_url(channel.image) if is_url(channel.image) else f"{NOWHERE}artwork.png"),
        items=(),
    )
    site = Site(url="https://example.org", title=channel.title)
    channel_element = etree.fromstring(b"".join(render_channel(podcast, site))).find("channel")
    return [] if channel_element is None else list(channel_element)


def _parse_categories(elements: Elements) -> Iterator[tuple[str, str]]:
    for element in elements.list("itunes:category"):
        outer = unescape(element.get("text", "")).strip()
        inner = [unescape(child.get("text", "")).strip() for child in element if isinstance(child.tag, str)]
        for name in inner or [""]:
            for pair in ((outer, name), (outer, "")):
                try:
                    yield parse_category(format_category(*pair))
                    break
                except ValueError:
                    continue


def _find_owner(elements: Elements) -> Owner | None:
    for element in elements.list("itunes:owner"):
        inner = Elements(element)
        name, email = inner.text("itunes:name"), _try(parse_email, inner.text("itunes:email"))
        if name and email:
            return Owner(name=name, email=email)
    return None


def _find_locked(elements: Elements, owner: Owner | None) -> Locked:
    said = parse_elements(LOCKED, elements.list("podcast:locked"))
    return next(iter(said), Locked(owner=owner.email if owner else ""))


def _find_podping(elements: Elements) -> bool | None:
    for element in elements.list("podcast:podping"):
        with suppress(ValueError):
            return FLAG.parse_feed(element.get("usesPodping", ""))
    return None


def _find_name(elements: Elements) -> str:
    """Who makes the show, where itunes:author does not say: its owner, or the name behind an address."""
    for element in elements.list("itunes:owner"):
        if name := Elements(element).text("itunes:name"):
            return name
    text = elements.text("managingEditor", "author")
    mailbox = _MAILBOX.fullmatch(text)
    return mailbox[1].strip() if mailbox else text if "@" not in text else ""


def _find_picture(elements: Elements) -> str:
    return next((element.findtext("url") or "" for element in elements.list("image")), "")


def _find_type(elements: Elements) -> ChannelType:
    return "serial" if elements.text("itunes:type").casefold() == "serial" else "episodic"


def _cut(text: str) -> str:
    """A description within the limit of channel.toml, cut between words; the whole of it is kept beside."""
    if len(text.encode()) <= DESCRIPTION_BYTES:
        return text
    cut = text.encode()[: DESCRIPTION_BYTES - len("…".encode())].decode(errors="ignore")
    whole = cut.rpartition(" ")[0].rstrip()
    return (whole if 2 * len(whole) > len(cut) else cut) + "…"  # some languages have no spaces


def _try(parse: Callable[[object], str], text: str) -> str:
    try:
        return parse(text.strip())
    except ValueError:
        return ""
