"""Seasons and episodes by their numbers, and the trailers that announce them."""

from __future__ import annotations

from lxml import etree

from feeds.rulebook.document import find_text
from feeds.rulebook.forms.numbers import is_whole, parse_number
from feeds.rulebook.forms.types import find_essence
from feeds.rulebook.places import Attribute
from feeds.rulebook.podcast.fields import find_blank, find_malformed, find_missing, find_too_long, find_value
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Channel, Item
from feeds.rulebook.wording import quote

_SEASON = "podcast namespace, tag season"
_EPISODE = "podcast namespace, tag episode"
_TRAILER = "podcast namespace, tag trailer"
# What people write for types that are registered at IANA; what Apple or PSP-1 names, such as audio/x-m4a, is left out.
_REGISTERED = {
    "audio/mp3": "audio/mpeg",
    "audio/mpeg3": "audio/mpeg",
    "audio/mpg": "audio/mpeg",
    "audio/x-mp3": "audio/mpeg",
    "audio/x-mpeg": "audio/mpeg",
    "audio/x-mpeg-3": "audio/mpeg",
    "video/mov": "video/quicktime",
}
_SILENT = frozenset(("font", "image", "message", "multipart", "text"))
"""Media types of which none plays."""


@rule("<podcast:season>", source=f"{_SEASON}, Node Value", podcasting2="error")
def podcast_season_invalid(element: etree._Element) -> Hits:
    """The text of podcast:season is a whole number; a name stands in the attribute name.

    Apps group and sort episodes by it.
    """
    yield from find_blank(element, "write the number of the season")
    yield from find_malformed(element, "")


@rule("<podcast:season>", source=f"{_SEASON}, Attributes", podcasting2="warning")
def podcast_season_name_too_long(element: etree._Element) -> Hits:
    """The name of a season has at most 128 characters.

    Apps show it in place of the number, in a narrow list.
    """
    yield from find_too_long(element, "name", "the name of the season")


@rule("channel", source="house; podcast namespace, tag season, Attributes", everywhere="warning")
def podcast_season_name_inconsistent(channel: Channel) -> Hits:
    """A season has one name in all of its episodes.

    With two names apps show either, or one season as two.
    """
    names: dict[str, str] = {}
    for item in channel.items:
        season = item.podcast_season
        if season is not None and (name := find_value(season, "name")):
            number = find_text(season).lstrip("0")
            first = names.setdefault(number, name)
            if first != name:
                message = (
                    f"season {find_text(season)[:20]} is named {quote(name)} here and {quote(first)} above: keep one"
                )
                yield Attribute(season, "name"), message


@rule("item", "live", source="house; podcast namespace, tag season; PSP-1, itunes:season", everywhere="warning")
def podcast_season_itunes_mismatch(item: Item) -> Hits:
    """podcast:season and itunes:season of an episode are the same number.

    One app sorts by the one, the next by the other.
    """
    ours, theirs = item.text("podcast:season"), item.text("itunes:season")
    if is_whole(ours) and is_whole(theirs) and ours.lstrip("0") != theirs.lstrip("0"):
        message = f"podcast:season is {quote(ours)} and itunes:season is {quote(theirs)}: write one number in both"
        yield item.children["podcast:season"][0], message


@rule("<podcast:episode>", source=f"{_EPISODE}, Node Value", podcasting2="error")
def podcast_episode_invalid(element: etree._Element) -> Hits:
    """The text of podcast:episode is a number, which may have a fraction: 100.5 comes between 100 and 101.

    Apps sort by it. What shall be shown instead stands in the attribute display.
    """
    yield from find_blank(element, "write the number of the episode")
    yield from find_malformed(element, "")


@rule("<podcast:episode>", source=f"{_EPISODE}, Attributes", podcasting2="warning")
def podcast_episode_display_too_long(element: etree._Element) -> Hits:
    """What is shown in place of the number of an episode has at most 32 characters.

    It takes the place of a number, so it has the room of one; the title of the episode has its own tag.
    """
    yield from find_too_long(element, "display", "what is shown in place of the number")


@rule("item", "live", source="house; podcast namespace, tag episode; PSP-1, itunes:episode", everywhere="warning")
def podcast_episode_itunes_mismatch(item: Item) -> Hits:
    """podcast:episode and itunes:episode are the same number, where the former is whole.

    One app shows the one, the next the other.
    """
    ours, theirs = item.text("podcast:episode"), item.text("itunes:episode")
    number = parse_number(ours)
    if number is not None and number.is_integer() and is_whole(theirs) and number != parse_number(theirs):
        message = f"podcast:episode is {quote(ours)} and itunes:episode is {quote(theirs)}: write one number in both"
        yield item.children["podcast:episode"][0], message


@rule("<podcast:trailer>", source=f"{_TRAILER}, Attributes", podcasting2="error")
def podcast_trailer_url_missing(element: etree._Element) -> Hits:
    """podcast:trailer has the address of its recording.

    Without it there is nothing to play.
    """
    yield from find_missing(element, "url", "write the address of the recording")


@rule("<podcast:trailer>", source=f"{_TRAILER}, Attributes", podcasting2="error")
def podcast_trailer_pubdate_missing(element: etree._Element) -> Hits:
    """podcast:trailer says when it was published, as pubdate, all in lower case.

    Of several trailers apps play the newest, so they must know which one that is.
    """
    yield from find_missing(element, "pubdate", "write a date such as Mon, 02 Mar 2026 08:00:00 +0000")


@rule("<podcast:trailer>", source=f"{_TRAILER}, Node Value", podcasting2="error")
def podcast_trailer_title_blank(element: etree._Element) -> Hits:
    """The text of podcast:trailer is its title.

    Apps show it beside the button that plays the trailer.
    """
    yield from find_blank(element, "write the title of the trailer")


@rule("<podcast:trailer>", source=f"{_TRAILER}, Node Value", podcasting2="warning")
def podcast_trailer_title_too_long(element: etree._Element) -> Hits:
    """The title of a trailer has at most 128 characters.

    Directories cut a longer one.
    """
    yield from find_too_long(element, "", "the title of the trailer")


@rule("<podcast:trailer>", source=f"{_TRAILER}, Attributes", podcasting2="warning")
def podcast_trailer_length_type_missing(element: etree._Element) -> Hits:
    """podcast:trailer says how many bytes its recording has, and of which type it is.

    Apps decide by it whether they can play the trailer, and whether to load it without asking.
    """
    missing = [attribute for attribute in ("length", "type") if attribute not in element.attrib]
    if missing:
        yield element, f"podcast:trailer has no {' and no '.join(missing)}: write both, as enclosure has them"


@rule("<podcast:trailer>", source=f"{_TRAILER}, Attributes", podcasting2="error")
def podcast_trailer_length_invalid(element: etree._Element) -> Hits:
    """The length of a trailer is a whole number of bytes.

    A duration or a number with commas in its place is read as no length, or as a wrong one.
    """
    yield from find_malformed(element, "length")


@rule("<podcast:trailer>", source=f"{_TRAILER}, Attributes", podcasting2="error")
def podcast_trailer_type_invalid(element: etree._Element) -> Hits:
    """The type of a trailer is a media type of audio or video, such as audio/mpeg.

    Apps do not offer to play what they cannot place.
    """
    faults = tuple(find_malformed(element, "type"))
    yield from faults
    written = find_value(element, "type")
    if not faults and find_essence(written).partition("/")[0] in _SILENT:
        message = (
            f"the type of podcast:trailer is {quote(written)}, which nobody can hear: write audio/mpeg, or another"
        )
        yield Attribute(element, "type"), message


@rule("<podcast:trailer>", source=f"{_TRAILER}, Attributes; IANA, Media Types", podcasting2="info")
def podcast_trailer_type_unregistered(element: etree._Element) -> Hits:
    """The type of a trailer is a registered one: audio/mpeg, not audio/mp3.

    The example in the page of the tag has audio/mp3, so that many feeds have it too. Apps that know their types by the
    register do not play it.
    """
    right = _REGISTERED.get(find_essence(find_value(element, "type")))
    if right:
        message = f"the type {quote(find_value(element, 'type'))} is not registered: {right} is read everywhere"
        yield Attribute(element, "type"), message


@rule("<podcast:trailer>", source=f"{_TRAILER}, Attributes", podcasting2="error")
def podcast_trailer_season_invalid(element: etree._Element) -> Hits:
    """The season of a trailer is a whole number, as podcast:season has it.

    By that number apps show the trailer with its season.
    """
    yield from find_malformed(element, "season")
