"""The straight line from a project on the disk to its published site, and nothing else.

Everything is read and known before anything is rendered; everything is rendered before anything takes its place.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Literal

from feeds import addresses
from feeds.building.assemble import Placed, Shelf, assemble_podcast, find_channel_files
from feeds.building.attached.images import find_image_warnings
from feeds.building.checks import (
    check_channels,
    check_links,
    check_times,
    find_artwork_warnings,
    find_credit_warnings,
    find_prompts,
    find_warnings,
)
from feeds.building.making.batches import Workshop
from feeds.building.making.files import Progress, make_files
from feeds.building.making.proof import NoProof, Proof
from feeds.building.moves import find_move_warnings, find_moved_files, find_taken, keep_files, make_moves
from feeds.building.settle import check_channels_known, find_podcast_guid, is_example, settle_lock
from feeds.building.sources import Library, Source, find_duration, find_picture_kind, find_sources, measure_sources
from feeds.errors import Fault, FeedsError, LockError, format_path
from feeds.hosting.redirects import check_redirects, find_idle, find_key, find_redirects
from feeds.identity.claims import find_doubts, find_lost
from feeds.identity.guids import make_guid, make_passing_guid
from feeds.identity.lock import FILE_NAME, Lock, LockedEpisode, find_lock_changes, read_lock, write_lock
from feeds.identity.unfinished import is_unfinished
from feeds.media.sightings import read_sightings, write_sightings
from feeds.media_types import is_url
from feeds.model import Channel, Show
from feeds.prompts import find_prompt
from feeds.records.record import Record, find_project_key, read_records
from feeds.rules.every import RULES
from feeds.rules.examples import read_examples
from feeds.rules.ids import check_ignored
from feeds.settings.channel import SETTINGS, Settings, read_settings
from feeds.site.edition import Edition, make_edition
from feeds.site.rules import render_rule_pages
from feeds.theme.theme import read_theme
from feeds.tree import File, Staged, Written, is_built, is_standing, write_tree

OUTPUT = "public"

Locking = Literal["write", "check", "leave"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a build did; `channels` and `episodes` count what is published."""

    written: Written
    warnings: tuple[Fault, ...]
    channels: int
    episodes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """Everything that was read: settings, records by the slug of their channel, facts of files."""

    folder: Path
    settings: Settings
    records: Mapping[str, tuple[Record, ...]]
    library: Library
    lock: Lock


def build_site(
    project: Path,
    out: Path,
    *,
    at: dt.datetime,
    url: str = "",
    locking: Locking = "write",
    progress: Progress | None = None,
) -> Outcome:
    """Build the site of a project into a folder.

    `at` decides which episodes are due, and what is overdue and so worth a warning, and nothing else. `url` replaces
    the address of the site, for a preview. `locking` says what becomes of channel.lock: a build for publishing writes
    it, one under `--locked` checks that it need not change, and a preview leaves it alone, so that nothing is settled
    before it is published.

    Raises FeedsError with every fault of the input, before anything is written.
    """
    faults: list[Fault] = []
    read = read_project(project, faults)
    make = make_passing_guid if locking == "leave" else lambda _: make_guid()
    settlement = settle_lock(
        read.settings,
        read.records,
        read.library,
        read.lock,
        faults,
        artworks={channel.slug: _find_artwork_key(channel, project) for channel in read.settings.channels},
        make_guid=make,
        standing=partial(is_standing, out),
    )
    identities, lock = settlement.identities, settlement.lock
    faults += chain(_check_records(read, at), check_channels_known(read.settings, read.lock, lock))
    faults += check_ignored(read.settings.ignored, read.settings.lines, format_path(project / SETTINGS))
    if locking != "leave" and is_built(out):
        faults += _check_lock_there(read, out)
    if faults:
        raise FeedsError(faults)
    if locking == "check":
        _check_lock(read, lock)
    site = replace(read.settings.site, url=url or read.settings.site.url)
    published = _find_published(read, identities, at)
    pages = {
        one.record.key: addresses.url(site, addresses.episode_page(slug, one.identity.slug))
        for slug, several in published.items()
        for one in several
    }
    shelves = [
        Shelf(
            site=site,
            channel=channel,
            library=read.library,
            artwork=_find_artwork_key(channel, project),
            images=_find_image_keys(channel, project),
            pages=pages,
            labels=settlement.labels,
        )
        for channel in read.settings.channels
    ]
    show = Show(
        site=site,
        podcasts=tuple(
            assemble_podcast(
                shelf,
                published[shelf.channel.slug],
                find_podcast_guid(shelf.channel, read.settings.site, lock),
                lock.channels[shelf.channel.slug].spelled,
            )
            for shelf in shelves
        ),
    )
    edition = make_edition(show, read_theme(project, show.languages))

    def find_media() -> Iterator[File]:
        return (file for shelf in shelves for file in find_channel_files(shelf, published[shelf.channel.slug]))

    taken = find_taken(edition, find_media())
    redirects = find_redirects(show, taken)
    if faults := list(check_redirects(redirects, taken)):
        raise FeedsError(faults)
    occupied = taken.keys() | {find_key(redirect.old) for redirect in redirects}
    moved = tuple(find_moved_files(show, published, find_media(), occupied))
    workshop = Workshop(edition=edition, library=read.library, out=out)
    commit = partial(_write_knowledge, project, lock if locking == "write" else None, read.library)
    proof = (NoProof if url else Proof)(at=at, ignored=read.settings.ignored, lock=lock)
    told: list[Fault] = []
    written = write_tree(
        chain[File | Staged](
            find_media(),
            keep_files(moved, published, read.lock, site.hosts),
            make_moves(edition, redirects, moved, find_media()),
            make_files(workshop, progress, proof, told),
            _make_rule_pages(read.settings, edition),
        ),
        out,
        commit=commit,
    )
    warnings = chain(
        edition.theme.warnings,
        proof.warnings,
        told,
        find_idle(redirects, site),
        [] if url else _find_unready(read, published),
        [] if url else _find_moves(show, lock),
        _find_doubts(read, identities),
        [] if url else _find_lost(read, lock, at),
        settlement.warnings,
        _find_warnings(read, published, at),
    )
    return Outcome(
        written=written,
        warnings=tuple(sorted(warnings)),
        channels=len(show.podcasts),
        episodes=sum(len(podcast.items) for podcast in show.podcasts),
    )


def read_project(project: Path, faults: list[Fault]) -> Project:
    """Read everything that a build needs from the disk. Raises FeedsError only where nothing can go on."""
    if is_unfinished(project):
        message = (
            "an import was interrupted here: run it again (or delete .feeds/unfinished, if all is as it should be)"
        )
        raise FeedsError([Fault(path=format_path(project / SETTINGS), message=message)])
    settings = read_settings(project / SETTINGS)
    zone = settings.site.timezone
    records = read_records(settings.channels, project, zone, faults)
    lock = read_lock(project / FILE_NAME, format_path(project / FILE_NAME))
    keys = {record.key for several in records.values() for record in several}
    sources = chain(
        (source for channel in settings.channels for source in _find_picture_sources(channel, project)),
        (source for record in _find_written(records) for source in find_sources(record, keys)),
    )
    library = measure_sources(sources, project, lock.files, read_sightings(project), faults)
    return Project(folder=project, settings=settings, records=records, library=library, lock=lock)


def _find_written(records: Mapping[str, Iterable[Record]]) -> Iterator[Record]:
    """The records that are no drafts: of a draft nothing is looked at but whether it can be read."""
    return (record for several in records.values() for record in several if not record.episode.draft)


def _find_artwork_key(channel: Channel, project: Path) -> str:
    """The key of the picture of a channel, "" for one on another server."""
    return "" if is_url(channel.image) else find_project_key(channel.folder / channel.image, project)


def _find_image_keys(channel: Channel, project: Path) -> dict[str, str]:
    """The keys of the other pictures of a channel by their names, but for those on other servers."""
    names = [image.href for image in channel.images if not is_url(image.href)]
    return {name: find_project_key(channel.folder / name, project) for name in names}


def _find_picture_sources(channel: Channel, project: Path) -> Iterator[Source]:
    where = f"channels.{channel.slug}"
    if key := _find_artwork_key(channel, project):
        line = channel.line("image")
        yield Source(key=key, kind="picture", what=f"{where}.image", path=channel.path, line=line)
    for name, key in _find_image_keys(channel, project).items():
        kind, line = find_picture_kind(name), channel.line("images")
        yield Source(key=key, kind=kind, what=f"{where}.images", path=channel.path, line=line)


def _check_records(read: Project, at: dt.datetime) -> Iterator[Fault]:
    yield from check_channels(read.records)
    keys = {record.key for several in read.records.values() for record in several}
    written = list(_find_written(read.records))
    due = {record.key for record in written if record.episode.date <= at}
    for record in written:
        yield from check_times(record, find_duration(record, read.library))
        if record.key in due:
            yield from check_links(record, keys, due)


def _write_knowledge(project: Path, lock: Lock | None, library: Library) -> None:
    """Write the lock before anything is published under it, as an identity must not be lost, and what was seen."""
    if lock:
        write_lock(project / FILE_NAME, lock)
    write_sightings(project, library.sightings)


def _check_lock_there(read: Project, out: Path) -> Iterator[Fault]:
    """Find that the lock of a show that was built is gone, before every guid is made anew."""
    if not read.lock.channels:
        message = (
            f"is missing, though {format_path(out)} was built: take it from your last commit, it holds the guids "
            f"(or, to publish everything as new, delete {format_path(out)})"
        )
        yield Fault(path=format_path(read.folder / FILE_NAME), message=message)


def _check_lock(read: Project, after: Lock) -> None:
    """Raise LockError if what is published would no longer agree with the lock."""
    path, remedy = format_path(read.folder / FILE_NAME), "build without --locked and commit channel.lock"
    if changes := find_lock_changes(read.lock, after):
        raise LockError(Fault(path=path, message=f"{change}: {remedy}") for change in changes)


def _find_published(
    read: Project, identities: Mapping[str, LockedEpisode], at: dt.datetime
) -> dict[str, tuple[Placed, ...]]:
    """The records that are due, with their identities, by channel."""
    return {
        slug: tuple(
            Placed(record=record, identity=identities[record.key])
            for record in records
            if record.key in identities and record.episode.date <= at
        )
        for slug, records in read.records.items()
    }


def _find_unready(read: Project, published: Mapping[str, Iterable[Placed]]) -> Iterator[Fault]:
    """Find what is not ready for listeners, which in a preview is no news to its author."""
    if is_example(read.settings.site.url):
        message = f"site.url: {read.settings.site.url} is an example: write your own address before you publish"
        line = read.settings.lines["site.url"]
        yield Fault(path=format_path(read.folder / SETTINGS), line=line, message=message)
    for channel in read.settings.channels:
        if found := find_prompt(channel.description):
            message = f"channels.{channel.slug}.description: still is the text that {found[0]} wrote: write your own"
            yield Fault(path=channel.path, line=channel.line("description"), message=message)
    for several in published.values():
        for one in several:
            yield from find_prompts(one.record.episode)


def _find_moves(show: Show, lock: Lock) -> Iterator[Fault]:
    """Find feeds that send apps to an address that cannot be right."""
    for podcast in show.podcasts:
        imported = bool(lock.channels[podcast.channel.slug].imported)
        yield from find_move_warnings(podcast, show.site, imported=imported)


def _find_doubts(read: Project, identities: Mapping[str, LockedEpisode]) -> Iterator[Fault]:
    """Find new episodes that may be old ones. A record that is a draft now is not gone."""
    for slug, records in read.records.items():
        paths = {record.key: record.episode.path for record in records}
        settled = [identities[key] for key in paths if key in identities]
        before = [episode for episode in _find_locked(read.lock, slug) if episode.record not in paths]
        for key, message in find_doubts(before, settled, known={one.guid for one in _find_locked(read.lock, slug)}):
            yield Fault(path=paths[key], message=message)


def _find_lost(read: Project, after: Lock, at: dt.datetime) -> Iterator[Fault]:
    """Find published episodes whose records are gone since the lock was written, which may be by mistake."""
    for slug in read.records:
        for episode in find_lost(_find_locked(read.lock, slug), _find_locked(after, slug), at=at):
            message = (
                f"is gone, and with it the published episode {episode.title!r} (guid {episode.guid}): if you did not "
                "mean that, take the record from your last commit, and it is the same episode again"
            )
            yield Fault(path=format_path(read.folder / episode.record), message=message)


def _find_locked(lock: Lock, slug: str) -> tuple[LockedEpisode, ...]:
    return lock.channels[slug].episodes if slug in lock.channels else ()


def _find_warnings(read: Project, published: Mapping[str, Iterable[Placed]], at: dt.datetime) -> Iterator[Fault]:
    for channel in read.settings.channels:
        yield from find_credit_warnings(channel.path, channel.persons)
        if not is_url(channel.image):
            yield from find_artwork_warnings(channel, _find_artwork_key(channel, read.folder), read.library)
        find_key = _find_image_keys(channel, read.folder).__getitem__
        for message in find_image_warnings(channel.images, find_key, read.library):
            message = f"channels.{channel.slug}.images: {message}"
            yield Fault(path=channel.path, line=channel.line("images"), message=message)
    for several in published.values():
        for one in several:
            yield from find_warnings(one.record, read.library, at=at)


def _make_rule_pages(settings: Settings, edition: Edition) -> Iterator[File]:
    """Make the pages of the validator's rules, for a site that wants them."""
    if settings.rule_pages:
        yield from render_rule_pages(edition, {rule.id: read_examples(rule.id) for rule in RULES})
