"""Taking a podcast in: its feed becomes records, a table of channel.toml and entries of the lock.

The second time it brings what is new. What was edited here stays, and where both sides have changed, that is told.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree

from feeds.errors import Fault, FeedsError, SeedError, format_path
from feeds.identity.guids import compute_podcast_guid
from feeds.identity.lock import FILE_NAME, Lock, LockedChannel, LockedEpisode, read_lock
from feeds.identity.unfinished import forget_unfinished, mark_unfinished
from feeds.importers.feed.channels import ChannelDraft, parse_channel
from feeds.importers.feed.gathering import Gathered, Source, find_marks, finish_draft, gather_streams, read_drafts
from feeds.importers.feed.items import STREAM, Draft, Elements
from feeds.importers.feed.writing import (
    Fate,
    Places,
    Stage,
    find_channel_hash,
    lock_item,
    make_settings,
    write_identities,
    write_settings,
)
from feeds.markup.fragments import find_name
from feeds.model import Channel, Chapter, LocalAudio
from feeds.progress import Tell
from feeds.records.record import find_project_key
from feeds.records.seeds import format_seed, read_seed
from feeds.settings.channel import SETTINGS, parse_channels, read_settings

PAGING = frozenset(f"atom:link {rel}" for rel in ("next", "prev-archive", "first", "last", "current", "previous"))
"""Links between the pages of a feed (RFC 5005), which lead nowhere once the pages are joined."""

EDITED = ("edited", "conflict", "deleted")
_REPEATED = "items that stand in the feed more than once, and are taken once"
HERE = "items whose records were edited or deleted here"
_LEFT = "a live item that a record cannot hold as it is, so it stays in the extra of the channel"
_LATER = "a date that is still to come, so the episode appears then"

TakeMedia = Callable[[Draft, str], Draft]
"""Takes the recording of an episode in, whose record has the given key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the user asked for.

    The name of the channel, the address of the site, chapters from time stamps, and that of what was edited or deleted
    here the version of the feed is taken. `at` is now.
    """

    slug: str
    at: dt.datetime
    site_url: str = ""
    stamps: bool = False
    theirs: bool = False


@dataclass(slots=True, kw_only=True)
class Report:
    """What came of an import.

    Records are named by their keys. `guids` tells the guid of each item by its place, `left_out` why the one of a place
    is not to be compared, and `replaced` which of its elements have others in their place. `notes` counts decisions,
    and `first` has the first record of each; `offered` counts episodes whose notes have chapters as time stamps.
    `streams` tells what became of the records of live items, by their guids.
    """

    slug: str
    records: dict[Fate, list[str]] = field(default_factory=dict)
    notes: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)
    offered: int = 0
    guids: dict[int, str] = field(default_factory=dict)
    left_out: dict[int, str] = field(default_factory=dict)
    replaced: dict[int, frozenset[str]] = field(default_factory=dict)
    streams: dict[str, Fate] = field(default_factory=dict)

    def note(self, notes: Iterable[str], record: str) -> None:
        """Count decisions that a record took."""
        for note in notes:
            self.notes[note] += 1
            self.first.setdefault(note, record)


def import_feed(
    source: Source, project: Path, wishes: Wishes, *, take_media: TakeMedia, progress: Tell | None = None
) -> Report:
    """Take a feed into a project, which need not exist yet.

    Raises FeedsError, and writes nothing, where it cannot be taken in.
    """
    lock = read_lock(project / FILE_NAME, format_path(project / FILE_NAME))
    before = lock.channels.get(wishes.slug, LockedChannel(guid=""))
    draft = _draft_channel(source, wishes.slug, ())
    standing = _read_channel(project, before, source, draft.channel)
    known = {episode.guid: episode for episode in before.episodes}
    streams = gather_streams(source, standing or draft.channel, known, at=wishes.at)
    if streams.left:
        draft = _draft_channel(source, wishes.slug, streams.left)
    if not standing:
        _check_new(draft, lock, project)
    settings = "" if standing else _make_settings(project, draft, wishes)
    folder = find_project_key(standing.folder / standing.seeds, project) if standing else f"seeds/{wishes.slug}"
    taking = _Taking(project, standing or draft.channel, folder, before, wishes, take_media)
    try:
        for stream, _ in streams.taken:
            taking.take_stream(stream)
        for item in read_drafts(source, taking.known):
            taking.take(item)
            if progress:
                progress(len(taking.locked), max(len(taking.locked), source.head.items))
        _write(project, lock, draft, taking, settings)
    finally:
        taking.stage.clear()
    taking.report.note([_LEFT for _ in streams.left if not standing], SETTINGS)
    taking.report.note(_find_notes(draft, before, is_new=not standing), SETTINGS)
    return taking.report


class _Taking:
    """The items of a feed on their way into a channel."""

    def __init__(
        self,
        project: Path,
        channel: Channel,
        folder: str,
        before: LockedChannel,
        wishes: Wishes,
        take_media: TakeMedia,
    ) -> None:
        self.report = Report(slug=channel.slug)
        self.known = {episode.guid: episode for episode in before.episodes}
        self.locked: list[LockedEpisode] = []
        self.stage = Stage(project, theirs=wishes.theirs)
        self._places = Places(project, folder, self.known)
        self._project, self._channel, self._wishes, self._take_media = project, channel, wishes, take_media

    def take_stream(self, draft: Draft) -> None:
        """Take a stream, whose recording is none yet: its address is that of whatever is on the air."""
        key, slug = self._places.take(draft)
        self.report.streams[draft.guid] = self._put(draft, key, slug)

    def take(self, item: Gathered) -> None:
        """Take an item; what becomes of it goes into the report, and its identity to those that will be locked."""
        if item.repeated:
            self.report.left_out[item.place] = _REPEATED
            self.report.guids[item.place] = item.draft.guid
            return
        key, slug = self._places.take(item.draft)
        drafted = self._take_stamps(item, key)
        draft = finish_draft(self._take_media(drafted, key), item.element, self._channel)
        self.report.guids[item.place] = draft.guid
        self.report.replaced[item.place] = _find_replaced(item.draft, draft)
        if self._put(draft, key, slug) in EDITED:
            self.report.left_out[item.place] = HERE

    def _put(self, draft: Draft, key: str, slug: str) -> Fate:
        before = self.known.get(draft.guid)
        fate, imported = self.stage.add(key, format_seed(draft.episode), before.imported if before else "")
        self.report.records.setdefault(fate, []).append(key)
        self.report.note(draft.notes, key)
        if draft.episode.date > self._wishes.at:
            self.report.note([_LATER], key)
        self.locked.append(lock_item(draft, key, slug, before, imported))
        return fate

    def _take_stamps(self, item: Gathered, key: str) -> Draft:
        """Take chapters from time stamps if the user wishes it, or did before; else they are offered."""
        if not item.stamped:
            return item.draft
        if not (self._wishes.stamps or _has_chapters(self._project / key, item.stamped)):
            self.report.offered += 1
            return item.draft
        return replace(item.draft, episode=replace(item.draft.episode, sections=item.stamped))


def _write(project: Path, lock: Lock, draft: ChannelDraft, taking: _Taking, settings: str) -> None:
    """Write everything, the identities first; until all is there, a build knows that it is not."""
    project.mkdir(parents=True, exist_ok=True)
    mark_unfinished(project)
    write_identities(project, lock, draft, taking.locked)
    taking.stage.put_in_place()
    if settings:
        write_settings(project, settings, draft.channel)
    forget_unfinished(project)


def _read_channel(project: Path, before: LockedChannel, source: Source, drafted: Channel) -> Channel | None:
    """The channel as it was imported before; None if there is none of its name."""
    slug = drafted.slug
    for folder in (project / "seeds", project / "seeds" / slug):
        if folder.exists() and not folder.is_dir():
            message = "is a file, where the records shall be: move it away"
            raise FeedsError([Fault(path=format_path(folder), message=message)])
    channel = next((one for one in _read_channels(project) if one.slug == slug), None)
    if channel is None:
        return None
    if not before.imported:
        message = (
            f"channels.{slug}: is there already, and nothing in channel.lock says that it was imported: give the new "
            "one another --channel (or, if it was, take channel.lock from your last commit)"
        )
    elif drafted.title != channel.title and _is_other(before, source):
        message = (
            f"channels.{slug}: was imported from a feed with another title and other episodes: give the new one "
            "another --channel (or, if it is the same, write its title here)"
        )
    else:
        return channel
    raise FeedsError([Fault(path=channel.path, message=message)])


def _read_channels(project: Path) -> tuple[Channel, ...]:
    """The channels of a project; none where channel.toml is not there, or has a site alone."""
    if not (project / SETTINGS).exists():
        return ()
    part = parse_channels((project / SETTINGS).read_text(encoding="utf-8"), format_path(project / SETTINGS))
    if not part.channels and not part.include and not part.faults:
        return ()
    return read_settings(project / SETTINGS).channels


def _is_other(before: LockedChannel, source: Source) -> bool:
    """Say whether few episodes of a channel are in a feed, or the other way round."""
    imported = [episode for episode in before.episodes if episode.imported]
    shared = sum(
        not source.survey.marks.isdisjoint(find_marks(episode.guid, episode.title, episode.enclosure))
        for episode in imported
    )
    return bool(imported) and 2 * shared < min(len(imported), source.head.items)


def _draft_channel(source: Source, slug: str, streams: Iterable[etree._Element]) -> ChannelDraft:
    """Read the channel of a feed, and with it the live items that records cannot hold."""
    elements = Elements([*(one for one in source.head.elements if find_name(one) != STREAM), *streams])
    return parse_channel(
        elements,
        slug=slug,
        artwork=f"seeds/{slug}/artwork.png",
        guid=compute_podcast_guid(url) if (url := source.url or elements.url("atom:link self", "href")) else "",
        settled=PAGING if len(source.pages) > 1 else (),
    )


def _check_new(draft: ChannelDraft, lock: Lock, project: Path) -> None:
    """Raise FeedsError if a feed is that of another channel already: it would be published twice under one guid."""
    guid = draft.channel.guid
    for slug, channel in lock.channels.items():
        if guid and channel.guid == guid and slug != draft.channel.slug:
            message = f"channels.{slug}: is this podcast already, by its podcast:guid: import it with --channel {slug}"
            raise FeedsError([Fault(path=format_path(project / SETTINGS), message=message)])


def _make_settings(project: Path, draft: ChannelDraft, wishes: Wishes) -> str:
    file = project / SETTINGS
    above = file.read_text(encoding="utf-8") if file.exists() else ""
    return make_settings(above, draft, site_url=wishes.site_url, path=format_path(file))


def _find_notes(draft: ChannelDraft, before: LockedChannel, *, is_new: bool) -> tuple[str, ...]:
    """What there is to say of a channel: all that was decided when it was new, later only that it has changed."""
    if is_new:
        return draft.notes
    changed = before.imported != find_channel_hash(draft.channel)
    return ("the feed says something else of its channel than before: channel.toml stays as it is",) if changed else ()


def _find_replaced(read: Draft, taken: Draft) -> frozenset[str]:
    """What of an item has something of our own in its place."""
    names = set()
    if taken.has_own_guid:
        names.add("guid")
    if isinstance(taken.episode.audio, LocalAudio):
        names.update(("enclosure", "itunes:duration"))
    if read.chapters_url and taken.episode.chapters:
        names.add("podcast:chapters")
    return frozenset(names)


def _has_chapters(record: Path, stamped: tuple[Chapter, ...]) -> bool:
    """Say whether a record holds the chapters that its notes give as time stamps."""
    try:
        episode = read_seed(record, str(record), dt.UTC)
    except SeedError:
        return False
    return [one.start for one in episode.chapters] == [one.start for one in stamped]
