"""What Apple's tags say of an item."""

from __future__ import annotations

import re

from lxml import etree

from feeds.rulebook.document import find_attribute, find_name, find_text, is_in_item
from feeds.rulebook.forms.numbers import is_whole
from feeds.rulebook.forms.urls import find_path, is_http, leads_nowhere
from feeds.rulebook.places import Attribute
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Item
from feeds.rulebook.wording import quote
from feeds.rules.channel.apple import MOST_SUMMARY
from feeds.rules.channel.flags import LEGACY, find_legacy_flag

_CLOCK = re.compile(r"(?:[0-9]{1,3}:)?[0-5]?[0-9]:[0-5][0-9]")
_TYPES = ("full", "trailer", "bonus")
_YES = ("Yes", "yes")
_OTHER_PICTURE = re.compile(
    r"\.(?:apng|avif|bmp|gif|heic|heif|ico|jfif|jp2|jxl|pdf|psd|svg|svgz|tiff?|webp|html?|php|mp[34]|m4a)\Z",
    re.IGNORECASE,
)
_NO_COMMA = re.compile(r"[;|\s]")
_SAME_LENGTH = 280
"""Characters from which on a summary that equals the description is a copy, not a short summary."""


@rule(
    "item",
    source="PSP-1, itunes:duration; Apple guide, itunes:duration",
    psp1="warning",
    apple="warning",
)
def item_itunes_duration_missing(item: Item) -> Hits:
    """An episode has itunes:duration.

    Apps show it before anything is downloaded, and some sort or filter by it.
    """
    if "itunes:duration" not in item and "enclosure" in item:
        yield item.element, "the item has no itunes:duration: write the length of the audio in seconds"


@rule(
    "<itunes:duration>",
    source="Apple guide, itunes:duration; W3C validator, InvalidItunesDuration",
    everywhere="warning",
    rss="error",
)
def item_itunes_duration_invalid(duration: etree._Element) -> Hits:
    """itunes:duration is a number of seconds, M:SS or H:MM:SS, with minutes and seconds below 60.

    Apps show what they cannot read as zero, or not at all.
    """
    text = find_text(duration)
    if not text:
        yield duration, "itunes:duration is empty: write the length of the audio in seconds"
    elif not is_whole(text) and not _is_clock(text):
        yield duration, f"itunes:duration is {quote(text)}: write seconds, such as 3723, or 1:02:03"


@rule("<itunes:duration>", source="PSP-1, itunes:duration; house", everywhere="warning")
def item_itunes_duration_zero(duration: etree._Element) -> Hits:
    """itunes:duration is greater than zero.

    Apps show an episode of no length, and may count it as heard.
    """
    text = find_text(duration)
    if text and not text.strip("0:") and (is_whole(text) or _is_clock(text)):
        yield duration, f"itunes:duration is {text[:20]}: write the length of the audio in seconds"


@rule("item", source="PSP-1, itunes:image; Apple guide, itunes:image", psp1="info")
def item_itunes_image_missing(item: Item) -> Hits:
    """An episode has an artwork of its own.

    Apps show it in place of that of the show, where the eye looks first. Without one nothing is wrong.
    """
    if "itunes:image" not in item:
        yield item.element, "the item has no itunes:image: apps show that of the channel"


@rule("item", source="PSP-1, itunes:explicit; Apple guide, itunes:explicit", psp1="info", apple="info")
def item_itunes_explicit_missing(item: Item) -> Hits:
    """An episode has itunes:explicit.

    Without it the word of the channel holds for the episode too.
    """
    if "itunes:explicit" not in item:
        yield item.element, "the item has no itunes:explicit: apps take what the channel says"


@rule("<itunes:image>", source="PSP-1, itunes:image; W3C validator, MissingAttribute", everywhere="error")
def item_itunes_image_href_missing(image: etree._Element) -> Hits:
    """The itunes:image of an item has the address of a picture in its href.

    Text between the tags is read by nobody, and a relative address leads nowhere.
    """
    if not is_in_item(image):
        return
    href = find_attribute(image, "href")
    if not href:
        yield image, "itunes:image has no href: write the address of the picture into it"
    elif leads_nowhere(href):
        yield Attribute(image, "href"), f"the href {quote(href)} is no address of http or https: write it in full"


@rule("<itunes:image>", source="PSP-1, itunes:image; Apple guide, itunes:image", apple="warning", psp1="warning")
def item_itunes_image_extension(image: etree._Element) -> Hits:
    """The name of an episode's picture does not end as another format than JPEG or PNG does.

    Apple takes JPEG and PNG alone, and shows the artwork of the show in place of another one. What follows a question
    mark does not count.
    """
    href = find_attribute(image, "href")
    if is_in_item(image) and is_http(href) and (ending := _OTHER_PICTURE.search(find_path(href))):
        yield Attribute(image, "href"), f"the picture {quote(href)} ends in {ending[0]!r}: Apple takes .jpg and .png"


@rule("<itunes:explicit>", source="PSP-1, itunes:explicit; Apple guide, itunes:explicit", everywhere="error")
def item_itunes_explicit_invalid(explicit: etree._Element) -> Hits:
    """The itunes:explicit of an item is true or false.

    Apple does not know what else is meant, and takes the episode for whatever the channel says.
    """
    text = find_text(explicit)
    if is_in_item(explicit) and text.lower() not in LEGACY:
        said = quote(text) if text else "empty"
        yield explicit, f"itunes:explicit is {said}: write true or false"


@rule(
    "<itunes:explicit>",
    source="W3C validator, InvalidTrueFalse; Podcast Index aggregator, partytime.js",
    everywhere="warning",
)
def item_itunes_explicit_legacy_value(explicit: etree._Element) -> Hits:
    """The itunes:explicit of an item is true or false in lower case, no longer yes, no, clean or explicit.

    Apple has named only true and false since 2019; some readers still understand the old words, others take no for set.
    """
    if is_in_item(explicit) and (message := find_legacy_flag(find_text(explicit))):
        yield explicit, message


@rule(
    "<itunes:episode>",
    source="PSP-1, itunes:episode; Apple guide, itunes:episode",
    everywhere="warning",
    apple="error",
    psp1="error",
    rss="error",
)
def item_itunes_episode_invalid(episode: etree._Element) -> Hits:
    """itunes:episode is a whole number above zero.

    Apple passes over any other, and the episodes of a serial show lose their order.
    """
    yield from _find_number_fault(episode)


@rule(
    "<itunes:season>",
    source="PSP-1, itunes:season; Apple guide, itunes:season",
    everywhere="warning",
    apple="error",
    psp1="error",
    rss="error",
)
def item_itunes_season_invalid(season: etree._Element) -> Hits:
    """itunes:season is a whole number above zero.

    Apple passes over any other, and puts the episode into no season.
    """
    yield from _find_number_fault(season)


@rule("<itunes:order>", source="Apple guide, itunes:order; W3C validator, InvalidInteger", everywhere="warning")
def item_itunes_order_invalid(order: etree._Element) -> Hits:
    """itunes:order, if it is still written, is a whole number.

    It gave an episode its place in Apple's list; what is no number gave it none.
    """
    if not is_whole(find_text(order)):
        yield order, f"itunes:order is {quote(find_text(order))}: write a whole number, or leave it out"


@rule(
    "<itunes:isClosedCaptioned>",
    source="Apple guide, itunes:isClosedCaptioned; W3C validator, InvalidYesNo",
    everywhere="warning",
)
def item_itunes_closed_captioned_invalid(captioned: etree._Element) -> Hits:
    """itunes:isClosedCaptioned, if it is written, is Yes or No.

    Apple marks a video as captioned only for Yes.
    """
    if find_text(captioned).lower() not in ("yes", "no"):
        yield captioned, f"itunes:isClosedCaptioned is {quote(find_text(captioned))}: write Yes, or leave it out"


@rule(
    "<itunes:episodeType>",
    source="PSP-1, itunes:episodeType; W3C validator, InvalidItunesEpisodeType",
    everywhere="warning",
    apple="error",
    psp1="error",
    rss="error",
)
def item_itunes_episodetype_invalid(type: etree._Element) -> Hits:
    """itunes:episodeType is full, trailer or bonus, in lower case.

    Apple takes what it does not know for a full episode, and lists a trailer among the episodes.
    """
    text = find_text(type)
    if text not in _TYPES:
        near = text.lower() if text.lower() in _TYPES else "full, trailer or bonus"
        yield type, f"itunes:episodeType is {quote(text) if text else 'empty'}: write {near}"


@rule("item", source="PSP-1, itunes:episode; Apple guide, itunes:type", apple="error", psp1="error")
def item_itunes_episode_missing_serial(item: Item) -> Hits:
    """In a serial show every full episode has itunes:episode.

    Without numbers Apple cannot show the episodes in the order in which they are to be heard.
    """
    serial = item.channel.text("itunes:type") == "serial"
    if serial and "itunes:episode" not in item and item.text("itunes:episodeType") in ("", "full"):
        yield item.element, "the show is serial, and the item has no itunes:episode: write its number"


@rule("<itunes:block>", source="PSP-1, itunes:block; Apple guide, itunes:block", everywhere="warning")
def item_itunes_block_invalid(block: etree._Element) -> Hits:
    """The itunes:block of an item is Yes, or is not there.

    Every other value has no effect: what was to be hidden is shown.
    """
    if is_in_item(block) and find_text(block) not in (*_YES, "No", "no"):
        yield block, f"itunes:block is {quote(find_text(block))}, which has no effect: write Yes, or leave it out"


@rule("<itunes:block>", source="PSP-1, itunes:block; Apple guide, itunes:block", apple="info", psp1="info")
def item_itunes_block_yes(block: etree._Element) -> Hits:
    """An item that is hidden from Apple is hidden on purpose.

    It is reported so that it is never left in by accident.
    """
    if is_in_item(block) and find_text(block) in _YES:
        yield block, "itunes:block hides the episode from Apple: take it out if that is not meant"


@rule("item", "live", source="Apple guide, itunes; W3C validator, DuplicateElement", everywhere="warning", rss="error")
def item_itunes_duplicate(item: Item) -> Hits:
    """No itunes element occurs twice in an item.

    Which of the two counts, every app decides for itself.
    """
    for name, children in item.children.items():
        if len(children) > 1 and name.startswith("itunes:") and name != "itunes:category":
            for child in children[1:]:
                yield child, f"the item has an {name} already: keep one"


@rule("item", source="podcast namespace, other recommendations", podcasting2="info")
def item_itunes_summary_copy(item: Item) -> Hits:
    """itunes:summary, if it is written, is a short summary and no copy of the description.

    Current apps read the description; a copy doubles the size of the feed.
    """
    summary = item.first("itunes:summary")
    if summary is not None:
        text = find_text(summary)
        if len(text) >= _SAME_LENGTH and text in (item.text("description"), item.text("content:encoded")):
            yield summary, "itunes:summary is a copy of the show notes: leave it out, or write a sentence"


@rule("item", source="W3C validator, TooLong", everywhere="warning")
def item_itunes_summary_too_long(item: Item) -> Hits:
    """The itunes:summary of an item has at most 4,000 characters.

    Those who still read it cut it off there. A copy of the description has rules of its own.
    """
    for summary in item.all("itunes:summary"):
        text = find_text(summary)
        if len(text) > MOST_SUMMARY and text not in (item.text("description"), item.text("content:encoded")):
            yield summary, f"itunes:summary has {len(text):,} characters, {MOST_SUMMARY:,} are allowed: shorten it"


@rule("<itunes:keywords>", source="W3C validator, InvalidKeywords", everywhere="info", rss="warning")
def item_itunes_keywords_format(keywords: etree._Element) -> Hits:
    """The itunes:keywords of an item are separated by commas.

    Otherwise all of them are one keyword, which nobody searches for.
    """
    text = find_text(keywords)
    if is_in_item(keywords) and "," not in text and _NO_COMMA.search(text):
        yield keywords, f"itunes:keywords are {quote(text)}: put commas between them"


@rule("item", source="Apple guide, itunes:episodeType", apple="info")
def item_itunes_trailer_guid(item: Item) -> Hits:
    """A trailer that a real episode later replaces has a guid of its own.

    If the episode takes the guid of its trailer, whoever heard the trailer does not get the episode.
    """
    kind = item.first("itunes:episodeType")
    if kind is not None and find_text(kind) == "trailer" and "itunes:episode" in item:
        yield kind, "a trailer with an episode number looks like that episode: give the episode a guid of its own"


def _find_number_fault(element: etree._Element) -> Hits:
    text = find_text(element)
    if text and (not is_whole(text) or not text.strip("0")):
        yield element, f"{find_name(element)} is {quote(text)}: write a whole number above zero, or leave it out"


def _is_clock(text: str) -> bool:
    return _CLOCK.fullmatch(text) is not None
