"""The items of a feed, one after the other, each with a guid, a date and the chapters that can be had."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import uuid
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from feeds.chapters.stamps import find_stamped_chapters
from feeds.errors import SeedError
from feeds.identity.lock import LockedEpisode
from feeds.importers.feed.channels import find_date
from feeds.importers.feed.items import (
    STREAM,
    Draft,
    Elements,
    complete_draft,
    find_chapters_url,
    find_moment,
    parse_item,
    parse_stream,
)
from feeds.importers.feed.reading import Head, Page, read_items
from feeds.markup.fragments import find_name
from feeds.model import Channel, Chapter, Live, RemoteAudio
from feeds.podcasting.places import EPISODE_TAGS, make_no_tags
from feeds.records.seeds import format_seed, parse_seed

_LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_NOT_HELD = "something that a record cannot hold, so much of it stands in the feed alone"
_APART = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What is known of a feed before its items are read one by one.

    All guids, those that several items have, the marks of all items (see `find_marks`), the files of chapters that are
    named, and how many items stand above the first that has a date, with that date.
    """

    guids: frozenset[str]
    shared: frozenset[str]
    marks: frozenset[tuple[str, str]]
    chapters: tuple[str, ...]
    undated: int
    date: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A feed to take in.

    `head` is that of the first page; `url` is its address, "" where that is unknown. `chapters` are those of the JSON
    files that items name, by their addresses, as far as they could be had.
    """

    pages: tuple[Page, ...]
    head: Head
    survey: Survey
    url: str = ""
    chapters: Mapping[str, tuple[Chapter, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """An item: its place in the feed, counted from 0 over all pages, and what it says.

    `stamped` are chapters that its notes give as time stamps, where it has no others. `repeated` is true of an item
    that stood there already.
    """

    place: int
    draft: Draft
    element: etree._Element
    stamped: tuple[Chapter, ...] = ()
    repeated: bool = False


def read_survey(pages: tuple[Page, ...]) -> Survey:
    """Go through all items once."""
    guids: Counter[str] = Counter()
    marks: set[tuple[str, str]] = set()
    chapters: dict[str, None] = {}
    undated, date = 0, None
    for page in pages:
        for element in read_items(page):
            elements = Elements(element)
            guids[elements.text("guid")] += 1
            marks |= find_marks(elements.text("guid"), elements.text("title"), elements.url("enclosure", "url"))
            if url := find_chapters_url(elements):
                chapters[url] = None
            if date is None:
                date = find_moment(elements)
                undated += date is None
    shared = frozenset(guid for guid, count in guids.items() if count > 1)
    return Survey(
        guids=frozenset(guids),
        shared=shared,
        marks=frozenset(marks),
        chapters=tuple(chapters),
        undated=undated,
        date=date,
    )


def find_marks(guid: str, title: str, audio: str) -> set[tuple[str, str]]:
    """By what an episode is known again in another state of its feed: two things, as each alone may be another's.

    >>> sorted(find_marks("1", "Talk", ""))
    [('1', 'Talk')]
    """
    return {pair for pair in ((guid, title), (guid, audio), (title, audio)) if all(pair)}


def read_drafts(source: Source, episodes: Mapping[str, LockedEpisode]) -> Iterator[Gathered]:
    """Read the items of all pages; `episodes` are those that were taken in before, by guid.

    An item with the guid and the recording of another is the same once more. One that shares the guid alone gets one
    of its own, which no other item has: wherever they stand in the feed, the guid belongs to the one that had it first.
    """
    known = {guid: episode.enclosure or episode.title for guid, episode in episodes.items()}
    date = _find_first_date(source)
    taken: dict[str, str] = {}
    place = -1
    for page in source.pages:
        before = frozenset(taken)
        for element in read_items(page):
            place += 1
            draft = parse_item(element, date=date - _APART)
            guid = draft.guid or _make_guid(draft)
            audio = draft.episode.audio.url if isinstance(draft.episode.audio, RemoteAudio) else draft.episode.title
            if guid in before or taken.get(guid) == audio:
                yield Gathered(place=place, draft=draft, element=element, repeated=True)
                continue
            if guid in taken or (guid in source.survey.shared and known.get(guid, audio) != audio):
                guid = _make_own_guid(guid, audio, source.survey.guids, taken)
                draft = _note(draft, "a guid that another item has, so it got one of its own")
            taken[guid] = audio
            if not draft.dated:
                date = episodes[guid].date if guid in episodes else draft.episode.date.astimezone(dt.UTC)
                draft = replace(draft, episode=replace(draft.episode, date=date))
            date = draft.episode.date
            own = draft.has_own_guid or guid != draft.guid
            draft = replace(draft, guid=guid, has_own_guid=own, episode=replace(draft.episode, guid=guid))
            draft = _take_chapters(draft, source.chapters)
            stamped = () if draft.episode.sections else find_stamped_chapters(draft.episode.verbatim)
            yield Gathered(place=place, draft=draft, element=element, stamped=stamped)


@dataclass(frozen=True, slots=True, kw_only=True)
class Streams:
    """The live items of a feed: those that records can hold, each with its element, and those that they cannot."""

    taken: tuple[tuple[Draft, etree._Element], ...] = ()
    left: tuple[etree._Element, ...] = ()


def gather_streams(
    source: Source, channel: Channel, episodes: Mapping[str, LockedEpisode], *, at: dt.datetime
) -> Streams:
    """Read the live items of a feed; `episodes` are those that were taken in before, by guid.

    What a record would say in another way stays word for word, and so do those that name nothing to be known by: a
    changed guid is a new stream (podcast namespace, tag live-item). One without a date gets that at which it begins;
    where either is after `at`, the record has the date of the feed, as a stream is announced before it begins.
    """
    elements = [element for element in source.head.elements if find_name(element) == STREAM]
    guids = Counter([*source.survey.guids, *(Elements(element).text("guid") for element in elements)])
    of_feed = find_date(Elements(source.head.elements))
    taken, left = [], []
    for element in elements:
        guid = Elements(element).text("guid")
        live = parse_stream(element)
        draft = None
        if live and guid and guids[guid] == 1:
            began = episodes[guid].date if guid in episodes else live.start
            written = find_moment(Elements(element)) or began
            date = written if written <= at else of_feed or _LONG_AGO
            draft = _draft_stream(element, live, channel, date)
        if draft:
            taken.append((draft, element))
        else:
            left.append(element)
    return Streams(taken=tuple(taken), left=tuple(left))


def _draft_stream(element: etree._Element, live: Live, channel: Channel, date: dt.datetime) -> Draft | None:
    """Read a live item; None where a record cannot hold it as it is."""
    draft = parse_item(element, date=date)
    draft = _settle_duration(replace(draft, episode=replace(draft.episode, date=date, live=live, feed=False)))
    whole = complete_draft(replace(draft, notes=()), element, channel)  # which are about dates, and those of items
    return whole if _is_whole(whole) else None


def finish_draft(draft: Draft, element: etree._Element, channel: Channel) -> Draft:
    """Find the rest of an item; where a record cannot hold something as it is, that becomes a part of the rest."""
    draft = _settle_duration(draft)
    whole = complete_draft(draft, element, channel)
    if _is_whole(whole):
        return whole
    bare = replace(draft.episode, subtitle="", author="", image="", link="", tags=(), persons=(), transcripts=())
    bare = replace(bare, **make_no_tags(EPISODE_TAGS), sections=(), duration=0)
    return complete_draft(_note(replace(draft, episode=bare), _NOT_HELD), element, channel)


def _find_first_date(source: Source) -> dt.datetime:
    """The date below which that of the first item lies, should it have none: feeds begin with the newest."""
    if source.survey.date:
        return source.survey.date + _APART * (source.survey.undated + 1)
    return find_date(Elements(source.head.elements)) or _LONG_AGO


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
    draft = _note(draft, "chapters past the end that its duration gives, so the record has none")
    return replace(draft, episode=replace(episode, duration=0))


def _is_whole(draft: Draft) -> bool:
    """Say whether the record that is written is read as it was."""
    with contextlib.suppress(SeedError):
        return parse_seed(format_seed(draft.episode), "") == draft.episode
    return False


def _make_guid(draft: Draft) -> str:
    """A guid for an item that has none, nor audio: the same each time it is read, whatever stands above it."""
    episode = draft.episode
    words = (episode.title, episode.link, *(prose.text for prose in episode.summary))
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "\n".join(words)))


def _make_own_guid(guid: str, audio: str, guids: Collection[str], taken: Collection[str]) -> str:
    """A guid for an item whose own belongs to another one: made of its recording, so that it stays."""
    name = f"{guid}-{hashlib.sha256(audio.encode()).hexdigest()[:8]}"
    while name in guids or name in taken:
        name = f"{name}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
    return name


def _note(draft: Draft, note: str) -> Draft:
    return replace(draft, notes=(*draft.notes, note))
