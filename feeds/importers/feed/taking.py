"""The whole way of a feed: found, fetched, cleaned, taken in, and measured against what a build makes of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from feeds.authoring.scaffold import find_channel_slug
from feeds.building.build import build_site
from feeds.errors import Fault, FeedsError, FetchError, format_path
from feeds.identity.lock import FILE_NAME, read_lock
from feeds.importers.feed.comparing import Comparison, compare_feeds
from feeds.importers.feed.fetching import (
    Pages,
    fetch_chapters,
    fetch_pages,
    fetch_recording,
    find_recording,
    use_recording,
)
from feeds.importers.feed.gathering import Source, read_survey
from feeds.importers.feed.importing import Report, Wishes, import_feed
from feeds.importers.feed.items import Draft, Elements
from feeds.importers.feed.reading import Page
from feeds.importers.feed.states import State, read_states, write_states
from feeds.model import LocalAudio, RemoteAudio
from feeds.network.places import format_shown_url
from feeds.progress import Tell
from feeds.records.seeds import read_seed

ShowDownload = Callable[[str], AbstractContextManager[Tell | None]]
"""Shows how far the download of a file is, by its name."""

_END_OF_TIME = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the user asked for.

    `source` is an address or a file, `slug` is "" where the title shall decide. With `again` a feed is read even if it
    is as it was.
    """

    source: str
    slug: str = ""
    site_url: str = ""
    download: bool = False
    stamps: bool = False
    theirs: bool = False
    again: bool = False
    allow_private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A feed that was taken in; `failed` says which recordings could not be downloaded."""

    pages: Pages
    report: Report
    failed: tuple[Fault, ...] = ()


def show_nothing(_name: str) -> AbstractContextManager[None]:
    """Show no download."""
    return nullcontext()


def take_feed(
    asked: Asked,
    project: Path,
    folder: Path,
    *,
    progress: Tell | None = None,
    show_download: ShowDownload = show_nothing,
) -> Taken | None:
    """Take a feed into a project; None if it is as it was when it was last taken in.

    `folder` is one for files that nobody needs afterwards but `compare_build`. `progress` is told how many of how many
    episodes are done, and what `show_download` gives for a recording how many of how many of its bytes are here.
    Raises FeedsError.
    """
    states = read_states(project)
    address = format_shown_url(asked.source)
    before = states.get(address, State())
    state = before if _is_whole(asked, project, before.slug) else State()
    pages = fetch_pages(asked.source, folder, allow_private=asked.allow_private, state=state)
    if pages is None:
        return None
    slug = asked.slug or before.slug or find_channel_slug(Elements(pages.head.elements).text("title", "itunes:title"))
    survey = read_survey(pages.pages)
    chapters = fetch_chapters(survey.chapters, allow_private=asked.allow_private)
    source = Source(pages=pages.pages, head=pages.head, survey=survey, url=pages.url, chapters=chapters)
    failed: list[Fault] = []
    report = import_feed(
        source,
        project,
        Wishes(
            slug=slug, at=dt.datetime.now(dt.UTC), site_url=asked.site_url, stamps=asked.stamps, theirs=asked.theirs
        ),
        take_media=partial(_take_media, asked=asked, project=project, show_download=show_download, failed=failed),
        progress=progress,
    )
    if pages.url and len(chapters) == len(survey.chapters):  # else the next time may find the others
        write_states(project, states | {address: replace(pages.state, slug=slug)})
    return Taken(pages=pages, report=report, failed=tuple(failed))


def compare_build(taken: Taken, project: Path, folder: Path) -> Comparison:
    """Build the project aside, and compare the feed of the channel with the one that was taken in."""
    out = folder / "public"
    build_site(project, out, at=_END_OF_TIME, locking="leave")
    built = Page(file=out / taken.report.slug / "feed.xml")
    return compare_feeds(taken.pages.pages, built, taken.report, unread=taken.pages.unread)


def _take_media(
    draft: Draft, key: str, *, asked: Asked, project: Path, show_download: ShowDownload, failed: list[Fault]
) -> Draft:
    """Download a recording if it is asked for; one that was downloaded before stays the one of its record.

    One that cannot be had stays where it is, and joins `failed`: the others are worth having.
    """
    audio = draft.episode.audio
    if not isinstance(audio, RemoteAudio):
        return draft
    if draft.enclosures > 1:  # downloading one of them would lose the others
        note = "several enclosures, so its recordings stay where they are"
        return replace(draft, notes=(*draft.notes, note)) if asked.download else draft
    target = find_recording(audio, key, project)
    if asked.download:
        try:
            with show_download(target.name) as tell:
                return fetch_recording(draft, audio, target, allow_private=asked.allow_private, progress=tell)
        except FetchError as error:
            failed += error.faults
            return draft
    standing = _read_recording(project / key)
    if not standing:
        return draft
    if standing != target.name:
        draft = replace(draft, notes=(*draft.notes, "another recording than the one here: --media download takes it"))
    return use_recording(draft, target.with_name(standing))


def _read_recording(record: Path) -> str:
    """The file that a record names as its recording, if it was downloaded; it need not be in this checkout."""
    try:
        audio = read_seed(record, str(record), dt.UTC).audio
    except FeedsError:
        return ""
    return audio.path if isinstance(audio, LocalAudio) and audio.path.startswith(f"{record.stem}.") else ""


def _is_whole(asked: Asked, project: Path, slug: str) -> bool:
    """Say whether all is here that a feed has brought into a channel, and no more is asked for."""
    if asked.download or asked.stamps or asked.theirs or asked.again or asked.slug not in ("", slug):
        return False
    locked = read_lock(project / FILE_NAME, format_path(project / FILE_NAME)).channels.get(slug)
    return locked is not None and all((project / episode.record).is_file() for episode in locked.episodes)
