"""Chapters: what platforms ask of a list beyond its format."""

from __future__ import annotations

import re
from itertools import pairwise

from feeds.chapters.stamps import find_stamped_chapters
from feeds.formats import SECOND
from feeds.markup.meaning import parse_feed_duration
from feeds.rulebook.document import find_tag
from feeds.rulebook.files.chapters import ChaptersFile
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Channel, ItemFacts
from feeds.rulebook.wording import quote

_CLOCK = re.compile(r"[0-9]:[0-9]{2}")
_LEAST = 3
_SHORT = 30
_VERY_SHORT = 10
_TEN_MINUTES = 600 * SECOND
_CARRIERS = (find_tag("podcast:chapters"), find_tag("psc:chapters"))
_NOTES = (find_tag("description"), find_tag("content:encoded"))


@rule("chapters", source="Apple 5482; Spotify chapters", apple="warning", spotify="warning")
def chapters_first_not_zero(file: ChaptersFile) -> Hits:
    """The first chapter of the list begins at 0.

    Apple and Spotify say so of chapters in the notes, where they otherwise pass over the whole list; one list serves
    all.
    """
    if file.timeline:
        start, chapter = file.timeline[0]
        if start > 0:
            place = chapter.node.members["startTime"].spot
            yield place, f"the first chapter begins at {start:g} s: begin at 0, if need be with an opening chapter"


@rule("chapters", source="Apple 5482; Spotify chapters", apple="info", spotify="info")
def chapters_too_few(file: ChaptersFile) -> Hits:
    """The list has at least three chapters.

    Apple and Spotify ask for three in the notes before they show any.
    """
    listed = [chapter for chapter in file.chapters if chapter.listed]
    if file.chapters and len(listed) < _LEAST:
        place = (listed[-1] if listed else file.chapters[0]).node.spot
        count = ("no chapter", "one chapter", "two chapters")[len(listed)]
        yield place, f"the list shows {count}: Apple and Spotify ask for at least {_LEAST}"


@rule("chapters", source="Spotify chapters", spotify="info")
def chapters_too_short(file: ChaptersFile) -> Hits:
    """A chapter lasts at least half a minute.

    Spotify advises it; YouTube passes over a list with chapters of less than ten seconds.
    """
    for (start, chapter), (following, _) in pairwise(file.timeline):
        if following - start < _SHORT and int(following) > int(start):  # those of one second have rules of their own
            youtube = f", YouTube wants {_VERY_SHORT}" if following - start < _VERY_SHORT else ""
            message = f"the chapter lasts {following - start:g} s: Spotify advises at least {_SHORT}{youtube}"
            yield chapter.node.members["startTime"].spot, message


@rule("chapters", source="seen in AntennaPod; JSON chapters, 1.2, Chapter Object; house", everywhere="info")
def chapters_toc_support(file: ChaptersFile) -> Hits:
    """A silent chapter has a title all the same.

    Some apps, such as AntennaPod, do not know "toc" and list it with the others; there it should not be blank.
    """
    blank = [chapter for chapter in file.chapters if not chapter.listed and not chapter.title]
    if blank:
        more = f" ({len(blank) - 1} more such)" if len(blank) > 1 else ""
        yield blank[0].node.spot, f"the silent chapter has no title{more}: apps that ignore toc show a blank line"


@rule("channel", source="Apple 5482", apple="info")
def chapters_recommended_long_episode(channel: Channel) -> Hits:
    """Where other episodes of an English podcast have chapters, one of more than ten minutes has its own as well.

    Apple makes chapters by itself for what has none; nobody has looked at those.
    """
    if not channel.text("language").lower().startswith("en"):
        return
    bare = [item for item in channel.items if not _has_carrier(item)]
    if len(bare) == len(channel.items):
        return
    for item in bare:
        length = parse_feed_duration(item.duration) or 0
        if length > _TEN_MINUTES and item.episode_type != "trailer" and not _has_stamps(item):
            yield item.element, f"{quote(item.title)} is {length // 60_000} minutes long: it could have chapters too"


def _has_carrier(item: ItemFacts) -> bool:
    return any(item.element.find(tag) is not None for tag in _CARRIERS)


def _has_stamps(item: ItemFacts) -> bool:
    notes = (item.element.findtext(tag) or "" for tag in _NOTES)
    return any(_CLOCK.search(text) and find_stamped_chapters(text) for text in notes)
