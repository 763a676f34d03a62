"""Podlove Simple Chapters, which stand in the feed itself."""

from __future__ import annotations

from lxml import etree

from feeds.formats import SECOND, format_clock
from feeds.markup.meaning import parse_feed_duration
from feeds.rulebook.document import (
    find_attribute,
    find_loose_text,
    find_missing_names,
    find_name,
    find_parent_name,
    find_tag,
)
from feeds.rulebook.forms.times import parse_play_time
from feeds.rulebook.forms.urls import find_url_fault, is_absolute, is_http
from feeds.rulebook.places import Attribute
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Channel, Item, Parts
from feeds.rulebook.wording import quote

_CHAPTERS = "psc:chapters"
_CHAPTER = find_tag("psc:chapter")
_ENTRIES = ("item", "podcast:liveItem", "atom:entry")
_VERSIONS = ("1.0", "1.1", "1.2")
_LEAST = 3
_LINK = "http://podlove.org/simple-chapters"
_LIST_ATTRIBUTES = frozenset(("version",))
_ATTRIBUTES = frozenset(("start", "title", "href", "image"))
_MEANT = {
    "begin": "start",
    "img": "image",
    "link": "href",
    "name": "title",
    "startTime": "start",
    "time": "start",
    "url": "href",
}


@rule("item", "live", source="Podlove Simple Chapters, psc:chapters", everywhere="error")
def chapters_psc_multiple(item: Parts) -> Hits:
    """An episode has one psc:chapters.

    Apps read the first and drop the others with all that is in them.
    """
    for extra in item.all(_CHAPTERS)[1:]:
        yield extra, "this is not the first psc:chapters of the episode, so nobody reads it: put all chapters into one"


@rule("<psc:chapters>", source="Podlove Simple Chapters, psc:chapters", everywhere="error")
def chapters_psc_empty(chapters: etree._Element) -> Hits:
    """A psc:chapters holds at least one psc:chapter.

    An empty list hides the chapters that an app might have found in the audio.
    """
    if chapters.find(_CHAPTER) is None:
        yield chapters, "psc:chapters holds no psc:chapter: add one for each chapter, or leave it out"


@rule("<psc:chapters>", "<psc:chapter>", source="Podlove Simple Chapters, Structure", everywhere="error")
def chapters_psc_misplaced(element: etree._Element) -> Hits:
    """A psc:chapters stands in an item, and a psc:chapter in a psc:chapters.

    Chapters belong to one recording; apps look for them nowhere else.
    """
    within = find_parent_name(element)
    if element.tag == _CHAPTER and within != _CHAPTERS:
        yield element, f"psc:chapter stands in {quote(within)}: put it into a psc:chapters"
    elif element.tag != _CHAPTER and within not in _ENTRIES:
        yield element, f"psc:chapters stands in {quote(within)}: put it into the item whose chapters they are"


@rule("<psc:chapters>", "<psc:chapter>", source="Podlove Simple Chapters, Structure", everywhere="warning")
def chapters_psc_unknown_element(element: etree._Element) -> Hits:
    """A psc:chapters holds psc:chapter elements alone, and these hold nothing.

    The list is flat: what stands deeper, or under another name, is passed over.
    """
    for child in element.iterchildren(etree.Element):
        if element.tag == _CHAPTER or child.tag != _CHAPTER:
            remedy = "take it out" if element.tag == _CHAPTER else "write psc:chapter"
            yield child, f"{find_name(element)} holds {quote(find_name(child))}, which nobody reads there: {remedy}"


@rule("<psc:chapters>", "<psc:chapter>", source="Podlove Simple Chapters, Structure", everywhere="warning")
def chapters_psc_unexpected_text(element: etree._Element) -> Hits:
    """Neither a psc:chapters nor a psc:chapter has a text.

    All that is said of a chapter stands in its attributes; a title in the text is read by nobody.
    """
    told = element.tag != _CHAPTER or not find_missing_names(element, "start", "title")
    if told and (text := find_loose_text(element)):
        message = f"{find_name(element)} has the text {quote(text)}, which nobody reads: take it out"
        yield element, message


@rule("<psc:chapters>", "<psc:chapter>", source="Podlove Simple Chapters, Structure", everywhere="warning")
def chapters_psc_unknown_attribute(element: etree._Element) -> Hits:
    """A psc:chapters has version alone, a psc:chapter has start, title, href and image.

    An attribute of any other name is passed over, mostly a misspelled one.
    """
    known = _ATTRIBUTES if element.tag == _CHAPTER else _LIST_ATTRIBUTES
    for name in map(str, element.keys()):
        if name not in known and not name.startswith("{"):
            meant = _MEANT.get(name, "")
            remedy = f"write {meant}" if meant in known else f"there are {', '.join(sorted(known))}"
            yield Attribute(element, name), f"{find_name(element)} has no attribute {quote(name)}: {remedy}"


@rule("<psc:chapters>", source="Podlove Simple Chapters, psc:chapters", everywhere="info")
def chapters_psc_version(chapters: etree._Element) -> Hits:
    """The version of psc:chapters, if it is given, is 1.0, 1.1 or 1.2.

    No other has been published; apps read all of them alike.
    """
    version = chapters.get("version")
    if version is not None and version.strip() not in _VERSIONS:
        yield Attribute(chapters, "version"), f"the version is {quote(version)}: write {_VERSIONS[-1]}"


@rule("<psc:chapter>", source="Podlove Simple Chapters, psc:chapter", everywhere="error")
def chapters_psc_start_missing(chapter: etree._Element) -> Hits:
    """A psc:chapter has a start.

    Without a time a chapter is nowhere, and many apps drop the whole list.
    """
    if find_missing_names(chapter, "start"):
        yield chapter, "psc:chapter has no start: say when it begins, such as 00:03:07"


@rule("<psc:chapter>", source="Podlove Simple Chapters, Time", everywhere="error")
def chapters_psc_start_invalid(chapter: etree._Element) -> Hits:
    """The start of a psc:chapter is Normal Play Time: seconds, M:SS or H:MM:SS, with or without a fraction.

    Minutes and seconds stay below 60. A time that cannot be read costs the chapter, and in many apps the whole list.
    """
    start = find_attribute(chapter, "start")
    if start and parse_play_time(start) is None:
        yield (
            Attribute(chapter, "start"),
            f"the start {quote(start)} is no play time: write it as 00:03:07 or 00:03:07.250",
        )


@rule("<psc:chapter>", source="Podlove Simple Chapters, psc:chapter", everywhere="error")
def chapters_psc_title_missing(chapter: etree._Element) -> Hits:
    """A psc:chapter has a title.

    It is all that a listener sees of a chapter.
    """
    if find_missing_names(chapter, "title"):
        yield chapter, "psc:chapter has no title: name the chapter"


@rule("<psc:chapters>", source="Podlove Simple Chapters, psc:chapter", everywhere="warning")
def chapters_psc_out_of_order(chapters: etree._Element) -> Hits:
    """The psc:chapter elements stand in the order of their times.

    Apps should sort them; those that do not show the wrong chapter while they play.
    """
    last = -1
    for chapter in chapters.iterchildren(_CHAPTER):
        start = parse_play_time(find_attribute(chapter, "start"))
        if start is not None:
            if start < last:
                before = format_clock(last)
                yield (
                    Attribute(chapter, "start"),
                    f"the chapter begins before the one above it, at {before}: sort by time",
                )
            last = start


@rule("<psc:chapters>", source="house; Podlove Simple Chapters, psc:chapter", everywhere="warning")
def chapters_psc_duplicate_start(chapters: etree._Element) -> Hits:
    """No two chapters begin at the same time.

    One of them lasts no time at all, and nobody can choose it.
    """
    seen = set()
    for chapter in chapters.iterchildren(_CHAPTER):
        start = parse_play_time(find_attribute(chapter, "start"))
        if start is not None and start in seen:
            message = f"another chapter begins at {format_clock(start)} as well: give each its own time"
            yield Attribute(chapter, "start"), message
        seen.add(start)


@rule("item", source="house; Podlove Simple Chapters, Time", everywhere="warning")
def chapters_psc_past_end(item: Item) -> Hits:
    """Every chapter begins before the episode ends.

    What lies behind the end cannot be reached; mostly the chapters are those of another episode.
    """
    chapters = item.first(_CHAPTERS)
    length = parse_feed_duration(item.text("itunes:duration")) if chapters is not None else None
    if chapters is None or not length:
        return
    for chapter in chapters.iterchildren(_CHAPTER):
        start = parse_play_time(find_attribute(chapter, "start"))
        if start is not None and start >= length + SECOND:
            message = (
                f"the chapter begins at {format_clock(start)}, the episode ends at {format_clock(length)}: correct one"
            )
            yield Attribute(chapter, "start"), message


@rule("<psc:chapter>", source="Podlove Simple Chapters, psc:chapter; RSS Profile, 3.4; RFC 3986", everywhere="error")
def chapters_psc_url_invalid(chapter: etree._Element) -> Hits:
    """The href and image of a psc:chapter are absolute addresses.

    An app has nothing to complete a relative one with, so the link leads nowhere and the picture stays empty.
    """
    for name in ("href", "image"):
        written = chapter.get(name)
        if written is None:
            continue
        url = written.strip()
        if fault := find_url_fault(url):
            yield (
                Attribute(chapter, name),
                f"the {name} {quote(url)} {fault}" if url else f"the {name} is empty: leave it out",
            )
        elif not is_absolute(url):
            yield (
                Attribute(chapter, name),
                f"the {name} {quote(url)} is relative: write the whole address, with https://",
            )
        elif name == "image" and not is_http(url):
            yield Attribute(chapter, name), f"the image {quote(url)} is no file of the web: write one with https"


@rule("<psc:chapters>", source="Spotify chapters", spotify="info")
def chapters_psc_spotify(chapters: etree._Element) -> Hits:
    """For Spotify, chapters begin at 0 and are three or more.

    Spotify shows no chapters at all where it finds fewer, or where the first begins later.
    """
    starts = [parse_play_time(find_attribute(chapter, "start")) for chapter in chapters.iterchildren(_CHAPTER)]
    if not starts or None in starts:
        return
    if len(starts) < _LEAST:
        yield chapters, f"Spotify takes {_LEAST} chapters or more, here are {len(starts)}: it may show none of them"
    elif 0 not in starts:
        yield chapters, "Spotify wants the first chapter at 0: it may show none of these"


@rule("item", source="Spotify chapters", spotify="info")
def chapters_psc_missing(item: Item) -> Hits:
    """An episode with podcast:chapters has psc:chapters, or time stamps in its description, as well.

    Spotify reads these two, and does not name the JSON file among what it reads.
    """
    if "podcast:chapters" in item and _CHAPTERS not in item and len(item.find_stamps().lines) < _LEAST:
        message = "the chapters are in podcast:chapters alone, and Spotify reads psc:chapters: they may stand in both"
        yield item.element, message


@rule("channel", source="Podlove Simple Chapters, External Chapter Information", everywhere="info")
def chapters_psc_external_link(channel: Channel) -> Hits:
    """An atom:link to an outside file of chapters stands in a feed of one episode.

    The link belongs to the channel, so it names one file for all episodes, which fits one at most.
    """
    for link in channel.all("atom:link"):
        if find_attribute(link, "rel") == _LINK and len(channel.items) > 1:
            message = (
                f"one file of chapters is named for all {len(channel.items)} episodes: put psc:chapters into each item"
            )
            yield link, message
