"""The items of a feed, one after the other, each with a guid, a date and the chapters that can be had."""

from __future__ import annotations

import contextlib
import datetime as dt
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from feeds.chapters.stamps import find_stamped_chapters
from feeds.errors import SeedError
from feeds.importers.feed.channels import find_date
from feeds.importers.feed.items import Draft, Elements, complete_draft, find_chapters_url, parse_item
from feeds.importers.feed.reading import Head, read_items
from feeds.model import Channel, Chapter
from feeds.records.seeds import format_seed, parse_seed

ENDS = ("", *(f"-{number}" for number in range(2, 100_000)))
"""What makes a name another one where it is taken."""

_LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A feed to take in.

    `pages` are its files as clean XML and `head` is that of the first; `url` is its address, "" where that is unknown.
    `chapters` are those of the JSON files that items name, by their addresses, as far as they could be had.
    """

    pages: tuple[Path, ...]
    head: Head
    url: str = ""
    chapters: Mapping[str, tuple[Chapter, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """An item: its place in the feed, counted from 0 over all pages, and what it says.

    `stamped` are chapters that its notes give as time stamps, where it has no others.
    """

    place: int
    draft: Draft
    element: etree._Element
    stamped: tuple[Chapter, ...]


def read_drafts(source: Source, dates: Mapping[str, dt.datetime]) -> Iterator[Gathered]:
    """Read the items of all pages; `dates` are those of episodes without one that were taken in before, by guid.

    Of two with one guid the second gets another; on a later page it is the same item once more.
    """
    date = find_date(Elements(source.head.elements)) or _LONG_AGO
    taken: set[str] = set()
    place = -1
    for page in source.pages:
        before = set(taken)
        for element in read_items(page):
            place += 1
            draft = parse_item(element, date=date - dt.timedelta(minutes=1))
            guid = draft.guid or _make_guid(draft)
            if guid in before:
                continue
            if guid in taken:
                guid = next(name for end in ENDS[1:] if (name := f"{guid}{end}") not in taken)
                draft = _note(draft, "a guid that another item has, so it got one of its own")
            taken.add(guid)
            if not draft.dated:
                date = dates.get(guid, draft.episode.date)
                draft = _note(draft, "no date, so it got that of its place in the feed")
                draft = replace(draft, episode=replace(draft.episode, date=date))
            date = draft.episode.date
            draft = replace(draft, guid=guid, episode=replace(draft.episode, guid=guid))
            draft = _take_chapters(draft, source.chapters)
            stamped = () if draft.episode.sections else find_stamped_chapters(draft.episode.verbatim)
            yield Gathered(place=place, draft=draft, element=element, stamped=stamped)


def read_chapter_urls(pages: tuple[Path, ...]) -> tuple[str, ...]:
    """List the files of chapters that items name."""
    urls = (find_chapters_url(Elements(element)) for page in pages for element in read_items(page))
    return tuple(dict.fromkeys(filter(None, urls)))


def finish_draft(draft: Draft, element: etree._Element, channel: Channel) -> Draft:
    """Find the rest of an item; where a record cannot hold something as it is, that becomes a part of the rest."""
    draft = _settle_duration(draft)
    whole = complete_draft(draft, element, channel)
    if _is_whole(whole):
        return whole
    bare = replace(draft.episode, subtitle="", author="", image="", tags=(), persons=(), transcripts=())
    bare = replace(bare, location=None, license=None)
    return complete_draft(replace(draft, episode=bare), element, channel)


def _take_chapters(draft: Draft, files: Mapping[str, tuple[Chapter, ...]]) -> Draft:
    """Take the chapters of the file, which says more of each than psc can."""
    if chapters := files.get(draft.chapters_url):
        return replace(draft, episode=replace(draft.episode, sections=chapters))
    return _note(draft, "chapters in a file that could not be taken in") if draft.chapters_url else draft


def _settle_duration(draft: Draft) -> Draft:
    """Leave out a duration that ends before the last chapter begins: one of them is wrong, and who knows which."""
    episode = draft.episode
    if not episode.duration or all(chapter.start < episode.duration for chapter in episode.chapters):
        return draft
    draft = _note(draft, "chapters past the end that its duration gives, so the duration stands under extra")
    return replace(draft, episode=replace(episode, duration=0))


def _is_whole(draft: Draft) -> bool:
    """Say whether the record that is written is read as it was."""
    with contextlib.suppress(SeedError):
        return parse_seed(format_seed(draft.episode), "") == draft.episode
    return False


def _make_guid(draft: Draft) -> str:
    """A guid for an item that has none, nor audio: the same each time it is read."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{draft.episode.title} {draft.episode.date.isoformat()}"))


def _note(draft: Draft, note: str) -> Draft:
    return replace(draft, notes=(*draft.notes, note))
