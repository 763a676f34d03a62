"""The chapters of one episode of a feed: those in psc:chapters, else time stamps in its notes."""

from __future__ import annotations

import re

from lxml import etree

from feeds.chapters.listing import ChapterList
from feeds.chapters.psc import parse_psc_element
from feeds.chapters.stamps import find_stamped_chapters
from feeds.markup.meaning import parse_feed_duration
from feeds.model import Chapter
from feeds.rulebook.document import find_tag

_FEED = re.compile(r"<rss\b", re.IGNORECASE)
_HEAD = 20_000
_PARSER = etree.XMLParser(recover=True, huge_tree=True, resolve_entities=False, no_network=True)
_NUMBERS = (find_tag("itunes:episode"), find_tag("podcast:episode"))
_NOTES = (find_tag("content:encoded"), "description", find_tag("itunes:summary"))
_NAMED = 5
"""How many episodes a message names."""


def is_feed(text: str) -> bool:
    """Say whether a text is an RSS feed."""
    return text.lstrip()[:1] == "<" and _FEED.search(text, 0, _HEAD) is not None


def find_item_chapters(data: bytes, episode: str) -> tuple[str, ChapterList]:
    """Find the chapters of an episode, named by guid, title or number; the only one need not be named.

    They come with the name of their carrier. Without numbers of its own a feed is counted from its first item, 1.
    Raises ValueError if there is no such episode, or if it carries no chapters.
    """
    root = etree.fromstring(data, _PARSER)
    items = [] if root is None else list(root.iter("item"))
    item = _choose(items, episode)
    show = root.findtext("channel/title") or ""
    carrier, chapters = _find_chapters(item)
    if not chapters:
        linked = item.find(find_tag("podcast:chapters"))
        url = "" if linked is None else linked.get("url", "")
        rest = f": they stand in {url}, name that" if url else ""
        raise ValueError(f"the item {_name(item)!r} carries no chapters itself{rest}")
    duration = parse_feed_duration(item.findtext(find_tag("itunes:duration")) or "") or 0
    return carrier, ChapterList(chapters=chapters, title=_name(item), podcast=_fold(show), duration=duration)


def _choose(items: list[etree._Element], episode: str) -> etree._Element:
    if not items:
        raise ValueError("the feed has no items")
    if not episode:
        if len(items) == 1:
            return items[0]
        named = ", ".join(repr(_name(item)) for item in items[:_NAMED])
        more = f" and {len(items) - _NAMED} more" if len(items) > _NAMED else ""
        raise ValueError(f"the feed has {len(items)} items: choose one with --episode, of {named}{more}")
    for matches in (_has_guid, _has_title, _has_number):
        found = [item for item in items if matches(item, episode)]
        if len(found) == 1:
            return found[0]
        if found:
            raise ValueError(f"{len(found)} items are meant by {episode!r}: name one by its guid")
    is_place = episode.isdecimal() and not any(item.findtext(tag) for item in items for tag in _NUMBERS)
    if is_place and 0 < int(episode[:9]) <= len(items):
        return items[int(episode) - 1]
    raise ValueError(f"no item has the guid, the title or the number {episode!r}")


def _has_guid(item: etree._Element, episode: str) -> bool:
    return (item.findtext("guid") or "").strip() == episode.strip()


def _has_title(item: etree._Element, episode: str) -> bool:
    return _name(item).casefold() == _fold(episode).casefold()


def _has_number(item: etree._Element, episode: str) -> bool:
    return any((item.findtext(tag) or "").strip() == episode.strip() for tag in _NUMBERS)


def _name(item: etree._Element) -> str:
    return _fold(item.findtext("title") or "")


def _fold(text: str) -> str:
    return " ".join(text.split())


def _find_chapters(item: etree._Element) -> tuple[str, tuple[Chapter, ...]]:
    element = item.find(find_tag("psc:chapters"))
    if element is not None and (chapters := parse_psc_element(element)):
        return "psc", chapters
    notes = (item.findtext(tag) or "" for tag in _NOTES)
    return "stamps", next(filter(None, map(find_stamped_chapters, notes)), ())
