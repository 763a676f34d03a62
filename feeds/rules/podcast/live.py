"""Live streams: podcast:liveItem, and the links for those whose app cannot play them."""

from __future__ import annotations

import datetime as dt

from lxml import etree

from feeds.rulebook.document import find_attribute, find_missing_names, find_text
from feeds.rulebook.forms.dates import parse_iso
from feeds.rulebook.places import Attribute
from feeds.rulebook.podcast.tags import TAGS
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Channel, Item
from feeds.rulebook.wording import quote

_STATES = TAGS["podcast:liveItem"].fields["status"].words


@rule("live", source="podcast namespace, tag live-item", podcasting2="error")
def podcast_live_item_status_invalid(live: Item) -> Hits:
    """The status of a podcast:liveItem is pending, live or ended.

    Apps go by the status alone when they decide whether a stream is on the air.
    """
    status = find_attribute(live.element, "status")
    if not status:
        yield live.element, "the live item has no status: write pending, live or ended"
    elif status not in _STATES:
        yield Attribute(live.element, "status"), f"the status is {quote(status)}: write pending, live or ended"


@rule("live", source="podcast namespace, tag live-item", podcasting2="error")
def podcast_live_item_start_invalid(live: Item) -> Hits:
    """The start of a podcast:liveItem is a date with a time, as ISO 8601 writes it.

    Apps show it as the time to tune in; a day alone, or a date as RSS writes it, is not read.
    """
    start = find_attribute(live.element, "start")
    if not start:
        yield live.element, "the live item has no start: write it as 2026-03-09T19:00:00Z"
    elif _parse_moment(start) is None:
        message = f"the start {quote(start)} is no date with a time of ISO 8601: write it as 2026-03-09T19:00:00Z"
        yield Attribute(live.element, "start"), message


@rule("live", source="podcast namespace, tag live-item; ISO 8601, 4.3.2", podcasting2="warning")
def podcast_live_item_zone_missing(live: Item) -> Hits:
    """The start and the end of a podcast:liveItem say in which zone the time is.

    Listeners live in all of them: without Z or an offset such as +01:00, each app shows the time of its own place.
    """
    for name in ("start", "end"):
        moment = _parse_moment(find_attribute(live.element, name))
        if moment is not None and moment.tzinfo is None:
            written = quote(find_attribute(live.element, name))
            yield Attribute(live.element, name), f"the {name} {written} has no zone: add Z, or an offset such as +01:00"


@rule("live", source="podcast namespace, tag live-item", podcasting2="warning")
def podcast_live_item_end(live: Item) -> Hits:
    """A podcast:liveItem has an end, as ISO 8601 writes it, later than its start.

    With it apps know how long to reserve, and when to stop asking for a stream that never came.
    """
    written = find_attribute(live.element, "end")
    if "end" not in live.element.attrib:
        yield live.element, "the live item has no end: say when it is meant to end, as 2026-03-09T21:00:00Z"
        return
    end = _parse_moment(written)
    start = _parse_moment(find_attribute(live.element, "start"))
    if written and end is None:
        message = f"the end {quote(written)} is no date with a time of ISO 8601: write it as 2026-03-09T21:00:00Z"
        yield Attribute(live.element, "end"), message
    elif start and end and (start.tzinfo is None) == (end.tzinfo is None) and end <= start:
        yield Attribute(live.element, "end"), f"the end {quote(written)} is not after the start: correct one of the two"


@rule("live", source="podcast namespace, tag live-item", podcasting2="error")
def podcast_live_item_guid_missing(live: Item) -> Hits:
    """A podcast:liveItem has a guid; a new guid means a new stream.

    Without one, apps cannot tell whether the stream that goes on the air is the one they announced.
    """
    if "guid" not in live:
        yield live.element, "the live item has no guid: give it one of its own"


@rule("channel", source="podcast namespace, tag live-item", podcasting2="error")
def podcast_live_item_guid_duplicate(channel: Channel) -> Hits:
    """No two live items share a guid.

    The second is taken for the first, so nobody is told of it.
    """
    seen: set[str] = set()
    for live in channel.all("podcast:liveItem"):
        place = live.find("guid")
        guid = find_text(place)
        if guid and place is not None and guid in seen:
            yield place, f"the guid {quote(guid)} is that of another live item: every stream needs its own"
        seen.add(guid)


@rule("live", source="podcast namespace, tag live-item; RSS 2.0, item", podcasting2="error")
def podcast_live_item_title_missing(live: Item) -> Hits:
    """A podcast:liveItem has a title, as every item has.

    It is all that an app can show of a stream before it begins.
    """
    if not live.text("title"):
        place = live.first("title")
        yield live.element if place is None else place, "the live item has no title: name the stream"


@rule("live", source="podcast namespace, tag live-item", podcasting2="error")
def podcast_live_item_content_link_missing(live: Item) -> Hits:
    """A podcast:liveItem has at least one podcast:contentLink.

    Many apps cannot play a stream; the link leads their listeners to a page that can.
    """
    if "podcast:contentLink" not in live:
        yield live.element, "the live item has no podcast:contentLink: link to a page where the stream can be heard"


@rule("live", source="podcast namespace, tag live-item", podcasting2="warning")
def podcast_live_item_enclosure_missing(live: Item) -> Hits:
    """A podcast:liveItem has a plain enclosure, whether or not a podcast:alternateEnclosure describes the stream.

    It is the fallback for the many apps that know nothing else.
    """
    if "enclosure" not in live:
        yield live.element, "the live item has no enclosure: add one as a fallback for apps that know nothing else"


@rule("<podcast:contentLink>", source="podcast namespace, tag content-link", podcasting2="error")
def podcast_content_link_href_missing(link: etree._Element) -> Hits:
    """A podcast:contentLink has an href.

    Without an address it leads nowhere.
    """
    if find_missing_names(link, "href"):
        yield link, "podcast:contentLink has no href: give the address of the page"


@rule("<podcast:contentLink>", source="podcast namespace, tag content-link", podcasting2="warning")
def podcast_content_link_text_missing(link: etree._Element) -> Hits:
    """A podcast:contentLink says in its text where it leads.

    Apps show the text as the button; without it a listener sees an empty one or a bare address.
    """
    if not find_text(link):
        yield link, "podcast:contentLink has no text: say where it leads, such as Watch on PeerTube"


def _parse_moment(text: str) -> dt.datetime | None:
    """ISO 8601 joins day and time with a T; a space is RFC 3339."""
    return None if " " in text else parse_iso(text)
