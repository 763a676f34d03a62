"""Taking a podcast in: its feed becomes records, a table of channel.toml and entries of the lock.

The second time it brings what is new. What was edited here stays, and where both sides have changed, that is told.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import shutil
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import tomli_w
from lxml import etree

from feeds.authoring.artwork import render_artwork
from feeds.errors import Fault, FeedsError, SeedError, format_path
from feeds.formats import format_slug
from feeds.identity.guids import compute_podcast_guid
from feeds.identity.lock import FILE_NAME, Lock, LockedChannel, LockedEpisode, read_lock, write_lock
from feeds.importers.feed.channels import ChannelDraft, find_date, format_channel, parse_channel
from feeds.importers.feed.chapters import find_stamped_chapters
from feeds.importers.feed.items import Draft, Elements, complete_draft, parse_item
from feeds.importers.feed.reading import Head, read_items
from feeds.media.sightings import FOLDER
from feeds.media_types import is_url
from feeds.model import Channel, Chapter, RemoteAudio
from feeds.records.seeds import format_seed, parse_seed
from feeds.settings.channel import read_settings

SETTINGS = "channel.toml"
_NO_SITE = "https://podcast.example"
_MEMORY = "imported.json"
_SLUG_BYTES = 120
_LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_ENDS = ("", *(f"-{number}" for number in range(2, 100_000)))
_PAGING = frozenset(f"atom:link {rel}" for rel in ("next", "prev-archive", "first", "last", "current", "previous"))

FindChapters = Callable[[Sequence[str]], Mapping[str, tuple[Chapter, ...]]]
"""Gives the chapters of JSON files by their addresses, as far as they can be had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A feed to take in: its pages as clean XML, the head of the first, and its address, "" where that is unknown."""

    pages: tuple[Path, ...]
    head: Head
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the user asked for: the name of the channel, the address of the site, chapters from time stamps."""

    slug: str
    site_url: str = ""
    stamps: bool = False


@dataclass(slots=True)
class Report:
    """What came of an import.

    Records are named by their keys. `guids` tells the guid of each item by its place. `notes` counts decisions, and
    `first` has the first record of each; `offered` counts episodes whose notes have chapters as time stamps.
    """

    slug: str
    items: int = 0
    new: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)
    offered: int = 0
    guids: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is there before: the channel if it was imported, the lock, its podcast:guid and its episodes by their guids,
    and the hashes of the records as they were imported.
    """

    channel: Channel | None
    lock: Lock
    guid: str
    episodes: Mapping[str, LockedEpisode]
    hashes: Mapping[str, str]


def import_feed(source: Source, project: Path, wishes: Wishes, *, find_chapters: FindChapters) -> Report:
    """Take a feed into a project, which need not exist. Raises FeedsError, and writes nothing, where it cannot be."""
    known = _read_known(project, wishes.slug)
    report = Report(slug=wishes.slug)
    draft = _draft_channel(source, wishes)
    channel = known.channel or draft.channel
    stage = project / FOLDER / "import"
    shutil.rmtree(stage, ignore_errors=True)
    locked: list[LockedEpisode] = []
    names = _Names(known.episodes.values())
    hashes = dict(known.hashes)
    try:
        for item in _draft_items(source, channel, known, report, wishes, find_chapters):
            key, slug = names.find(item, known, channel)
            _note(report, item.notes, key)
            text = format_seed(item.episode)
            hashes[key] = _stage_record(project, stage, key, text, known.hashes.get(key, ""), report)
            locked.append(_lock_item(item, key, slug, known))
        # The identities first: whatever happens then, the next run goes on from them.
        _write_known(project, known, draft, channel, locked)
        _put_in_place(stage, project)
        _write_hashes(project, hashes)
        if not known.channel:
            _note(report, draft.notes, SETTINGS)
            _write_channel(project, draft, wishes)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return report


def _read_known(project: Path, slug: str) -> _Known:
    lock = read_lock(project / FILE_NAME, format_path(project / FILE_NAME))
    channel = None
    if (project / SETTINGS).exists():
        channels = {one.slug: one for one in read_settings(project / SETTINGS).channels}
        channel = channels.get(slug)
    if channel and slug not in lock.channels:
        message = f"channels.{slug}: is there already, and was not imported: give the new one another --channel"
        raise FeedsError([Fault(path=channel.path, message=message)])
    locked = lock.channels.get(slug, LockedChannel(guid=""))
    return _Known(
        channel=channel,
        lock=lock,
        guid=locked.guid,
        episodes={episode.guid: episode for episode in locked.episodes},
        hashes=_read_hashes(project),
    )


def _draft_channel(source: Source, wishes: Wishes) -> ChannelDraft:
    elements = Elements(source.head.elements)
    return parse_channel(
        elements,
        slug=wishes.slug,
        artwork=f"seeds/{wishes.slug}/artwork.png",
        guid=compute_podcast_guid(url) if (url := source.url or elements.url("atom:link self", "href")) else "",
        settled=_PAGING if len(source.pages) > 1 else (),
    )


def _draft_items(
    source: Source, channel: Channel, known: _Known, report: Report, wishes: Wishes, find_chapters: FindChapters
) -> Iterator[Draft]:
    """Read the items of all pages. Of two with one guid the second gets another; on a later page it is the same."""
    date = find_date(Elements(source.head.elements)) or _LONG_AGO
    files = find_chapters(sorted(set(_read_chapter_urls(source.pages))))
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
                guid = next(name for end in _ENDS[1:] if (name := f"{guid}{end}") not in taken)
                draft = replace(draft, notes=(*draft.notes, "a guid that another item has"))
            taken.add(guid)
            if not draft.dated:
                date = known.episodes[guid].date if guid in known.episodes else draft.episode.date
                draft = replace(draft, episode=replace(draft.episode, date=date))
                draft = replace(draft, notes=(*draft.notes, "no date, so that of its place in the feed"))
            date = draft.episode.date
            draft = replace(draft, guid=guid, episode=replace(draft.episode, guid=guid))
            draft = _settle_duration(_take_chapters(draft, files, report, wishes))
            report.items += 1
            report.guids[place] = guid
            yield _complete(draft, element, channel)


def _read_chapter_urls(pages: Iterable[Path]) -> Iterator[str]:
    for page in pages:
        for element in read_items(page):
            draft = parse_item(element, date=_LONG_AGO)
            if draft.chapters_url:
                yield draft.chapters_url


def _take_chapters(draft: Draft, files: Mapping[str, tuple[Chapter, ...]], report: Report, wishes: Wishes) -> Draft:
    """Take the chapters of the file, which has more of them than psc can hold; those of the notes only if asked to."""
    episode = draft.episode
    chapters = files.get(draft.chapters_url, ())
    if draft.chapters_url and not chapters:
        draft = replace(draft, notes=(*draft.notes, "chapters in a file that could not be taken in"))
    if not chapters and not episode.sections:
        stamped = find_stamped_chapters(episode.verbatim)
        report.offered += bool(stamped)
        chapters = stamped if wishes.stamps else ()
    return replace(draft, episode=replace(episode, sections=chapters)) if chapters else draft


def _settle_duration(draft: Draft) -> Draft:
    """Leave out a duration that ends before the last chapter begins: one of them is wrong, and who knows which."""
    episode = draft.episode
    if not episode.duration or all(chapter.start < episode.duration for chapter in episode.chapters):
        return draft
    note = "chapters past the end that its duration gives, so the duration is kept under extra"
    return replace(draft, episode=replace(episode, duration=0), notes=(*draft.notes, note))


def _complete(draft: Draft, element: etree._Element, channel: Channel) -> Draft:
    """Find the rest; where a record cannot hold something as it is, that becomes a part of the rest."""
    whole = complete_draft(draft, element, channel)
    if _is_whole(whole):
        return whole
    bare = replace(
        draft.episode,
        persons=(),
        location=None,
        license=None,
        transcripts=(),
        tags=(),
        subtitle="",
        author="",
        image="",
    )
    return complete_draft(replace(draft, episode=bare), element, channel)


def _is_whole(draft: Draft) -> bool:
    """Say whether the record that is written is read as it was."""
    with contextlib.suppress(SeedError):
        return parse_seed(format_seed(draft.episode), "") == draft.episode
    return False


def _make_guid(draft: Draft) -> str:
    """A guid for an item that has none, nor audio: the same each time it is read."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{draft.episode.title} {draft.episode.date.isoformat()}"))


class _Names:
    """The paths of records and the slugs that are taken."""

    def __init__(self, episodes: Iterable[LockedEpisode]) -> None:
        self._keys: set[str] = set()
        self._slugs: set[str] = set()
        for episode in episodes:
            self._keys.add(episode.record)
            self._slugs.add(episode.slug.casefold())

    def find(self, draft: Draft, known: _Known, channel: Channel) -> tuple[str, str]:
        """Where a record stands, and its slug: as before, else by its date and title."""
        if before := known.episodes.get(draft.guid):
            return before.record, before.slug
        title = format_slug(draft.episode.title).encode()[:_SLUG_BYTES].decode(errors="ignore").strip("-") or "episode"
        slug = self._take(self._slugs, title, "")
        return self._take(self._keys, f"seeds/{channel.slug}/{draft.episode.date:%Y-%m-%d}-{title}", ".md"), slug

    def _take(self, taken: set[str], stem: str, suffix: str) -> str:
        name = next(name for end in _ENDS if (name := f"{stem}{end}{suffix}") not in taken)
        taken.add(name)
        return name


def _stage_record(project: Path, stage: Path, key: str, text: str, imported: str, report: Report) -> str:
    """Put a record aside if it is to be written, and give the hash of what was last taken in."""
    new = hashlib.sha256(text.encode()).hexdigest()
    file = project / key
    if not file.exists():
        report.new.append(key)
    elif (standing := hashlib.sha256(file.read_bytes()).hexdigest()) == new:
        report.kept.append(key)
        return new
    elif standing == imported:
        report.updated.append(key)
    else:
        (report.kept if new == imported else report.conflicts).append(key)
        return imported
    staged = stage / key
    staged.parent.mkdir(parents=True, exist_ok=True)
    staged.write_text(text, encoding="utf-8", newline="\n")
    return new


def _lock_item(draft: Draft, key: str, slug: str, known: _Known) -> LockedEpisode:
    before = known.episodes.get(draft.guid)
    audio = draft.episode.audio
    url = audio.url if isinstance(audio, RemoteAudio) else ""
    date = draft.episode.date.replace(microsecond=0)
    return LockedEpisode(
        guid=draft.guid,
        record=key,
        title=draft.episode.title,
        slug=slug,
        date=date,
        published=before.published if before else date,
        audio=url,
        enclosure=before.enclosure if before else url,
        spelled=draft.spelled,
    )


def _write_channel(project: Path, draft: ChannelDraft, wishes: Wishes) -> None:
    """Add the table of the channel to channel.toml, which need not exist, and the artwork if it has to be drawn."""
    channel, file = draft.channel, project / SETTINGS
    if not is_url(channel.image):
        artwork = project / channel.image
        artwork.parent.mkdir(parents=True, exist_ok=True)
        artwork.write_bytes(render_artwork(channel.title))
    if file.exists():
        above = file.read_text(encoding="utf-8").rstrip()
    else:
        site = {"url": wishes.site_url or _NO_SITE, "title": channel.title, "language": channel.language}
        above = tomli_w.dumps({"site": site}).rstrip()
    staged = file.with_name(f"{file.name}.new")
    staged.write_text(f"{above}\n\n{format_channel(channel)}", encoding="utf-8", newline="\n")
    staged.replace(file)


def _write_known(
    project: Path, known: _Known, draft: ChannelDraft, channel: Channel, locked: Sequence[LockedEpisode]
) -> None:
    present = {episode.guid for episode in locked}
    gone = (episode for guid, episode in known.episodes.items() if guid not in present)
    entry = LockedChannel(guid=known.guid or channel.guid, episodes=(*locked, *gone), spelled=draft.spelled)
    write_lock(project / FILE_NAME, replace(known.lock, channels={**known.lock.channels, channel.slug: entry}))


def _put_in_place(stage: Path, project: Path) -> None:
    for staged in sorted(stage.rglob("*.md")):
        target = project / staged.relative_to(stage)
        target.parent.mkdir(parents=True, exist_ok=True)
        staged.replace(target)


def _read_hashes(project: Path) -> dict[str, str]:
    try:
        document = json.loads((project / FOLDER / _MEMORY).read_bytes())
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in document.items()} if isinstance(document, dict) else {}


def _write_hashes(project: Path, hashes: Mapping[str, str]) -> None:
    folder = project / FOLDER
    folder.mkdir(exist_ok=True)
    (folder / ".gitignore").write_text("*\n")
    staged = folder / f"{_MEMORY}.new"
    staged.write_text(json.dumps(hashes, indent=0, sort_keys=True))
    staged.replace(folder / _MEMORY)


def _note(report: Report, notes: Iterable[str], record: str) -> None:
    for note in notes:
        report.notes[note] += 1
        report.first.setdefault(note, record)
