"""Taking a podcast in: its feed becomes records, a table of channel.toml and entries of the lock.

The second time it brings what is new. What was edited here stays, and where both sides have changed, that is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from feeds.errors import Fault, FeedsError, format_path
from feeds.identity.guids import compute_podcast_guid
from feeds.identity.lock import FILE_NAME, LockedChannel, LockedEpisode, read_lock
from feeds.importers.feed.channels import ChannelDraft, parse_channel
from feeds.importers.feed.gathering import Source, finish_draft, read_drafts
from feeds.importers.feed.items import Draft, Elements
from feeds.importers.feed.memory import Memory, Seen, read_memory, write_memory
from feeds.importers.feed.writing import (
    SETTINGS,
    Fate,
    Names,
    Stage,
    lock_item,
    make_settings,
    write_identities,
    write_settings,
)
from feeds.model import Channel, Chapter
from feeds.progress import Tell
from feeds.records.seeds import format_seed
from feeds.settings.channel import read_settings

PAGING = frozenset(f"atom:link {rel}" for rel in ("next", "prev-archive", "first", "last", "current", "previous"))
"""Links between the pages of a feed (RFC 5005), which lead nowhere once the pages are joined."""

TakeMedia = Callable[[Draft, str], Draft]
"""Takes the recording of an episode in, whose record has the given key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the user asked for: the name of the channel, the address of the site, chapters from time stamps."""

    slug: str
    site_url: str = ""
    stamps: bool = False


@dataclass(slots=True, kw_only=True)
class Report:
    """What came of an import.

    Records are named by their keys. `guids` tells the guid of each item by its place. `notes` counts decisions, and
    `first` has the first record of each; `offered` counts episodes whose notes have chapters as time stamps.
    """

    slug: str
    records: dict[Fate, list[str]] = field(default_factory=dict)
    notes: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)
    offered: int = 0
    guids: dict[int, str] = field(default_factory=dict)

    def note(self, notes: Iterable[str], record: str) -> None:
        """Count decisions that a record took."""
        for note in notes:
            self.notes[note] += 1
            self.first.setdefault(note, record)


def import_feed(
    source: Source, project: Path, wishes: Wishes, *, take_media: TakeMedia, seen: Seen, progress: Tell | None = None
) -> Report:
    """Take a feed into a project, which need not exist yet. `seen` is the state of the feed that is remembered.

    Raises FeedsError, and writes nothing, where it cannot be taken in.
    """
    report = Report(slug=wishes.slug)
    memory = read_memory(project)
    lock = read_lock(project / FILE_NAME, format_path(project / FILE_NAME))
    known = {episode.guid: episode for episode in lock.channels.get(wishes.slug, LockedChannel(guid="")).episodes}
    standing = _read_channel(project, wishes.slug, is_locked=wishes.slug in lock.channels)
    draft = _draft_channel(source, wishes.slug)
    channel = standing or draft.channel
    settings = "" if standing else _make_settings(project, draft, wishes)
    stage, names = Stage(project), Names(project, channel, known)
    locked: list[LockedEpisode] = []
    hashes = dict(memory.records)
    try:
        for item in read_drafts(source, {guid: episode.date for guid, episode in known.items()}):
            key, slug = names.take(item.draft)
            gathered = _take_stamps(item.draft, item.stamped, wishes, report)
            whole = finish_draft(take_media(gathered, key), item.element, channel)
            fate, hashes[whole.guid] = stage.add(key, format_seed(whole.episode), hashes.get(whole.guid, ""))
            report.records.setdefault(fate, []).append(key)
            report.note(whole.notes, key)
            report.guids[item.place] = whole.guid
            locked.append(lock_item(whole, key, slug, known.get(whole.guid)))
            if progress:
                progress(len(locked), max(len(locked), source.head.items))
        # The identities first: whatever happens then, the next run goes on from them.
        write_identities(project, lock, draft, channel, locked)
        stage.put_in_place()
        if settings:
            write_settings(project, settings, channel)
            report.note(draft.notes, SETTINGS)
        states = {**memory.feeds, source.url: replace(seen, slug=wishes.slug)} if source.url else memory.feeds
        write_memory(project, Memory(records=hashes, feeds=states))
    finally:
        stage.clear()
    return report


def _read_channel(project: Path, slug: str, *, is_locked: bool) -> Channel | None:
    """The channel as it was imported before; None if there is none of its name."""
    if not (project / SETTINGS).exists():
        return None
    channel = next((one for one in read_settings(project / SETTINGS).channels if one.slug == slug), None)
    if channel and not is_locked:
        message = f"channels.{slug}: is there already, and was not imported: give the new one another --channel"
        raise FeedsError([Fault(path=channel.path, message=message)])
    return channel


def _draft_channel(source: Source, slug: str) -> ChannelDraft:
    elements = Elements(source.head.elements)
    return parse_channel(
        elements,
        slug=slug,
        artwork=f"seeds/{slug}/artwork.png",
        guid=compute_podcast_guid(url) if (url := source.url or elements.url("atom:link self", "href")) else "",
        settled=PAGING if len(source.pages) > 1 else (),
    )


def _make_settings(project: Path, draft: ChannelDraft, wishes: Wishes) -> str:
    file = project / SETTINGS
    above = file.read_text(encoding="utf-8") if file.exists() else ""
    return make_settings(above, draft, site_url=wishes.site_url, path=format_path(file))


def _take_stamps(draft: Draft, stamped: tuple[Chapter, ...], wishes: Wishes, report: Report) -> Draft:
    """Take chapters from time stamps if the user wishes it; else they are offered."""
    if not stamped:
        return draft
    if not wishes.stamps:
        report.offered += 1
        return draft
    return replace(draft, episode=replace(draft.episode, sections=stamped))
