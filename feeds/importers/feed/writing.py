"""What an import writes: records that wait until all of them are there, the table of a channel, the lock."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Literal

import tomli_w

from feeds.authoring.artwork import render_artwork
from feeds.errors import ChannelError, SeedError
from feeds.formats import format_slug
from feeds.identity.lock import FILE_NAME, Lock, LockedChannel, LockedEpisode, write_lock
from feeds.identity.unfinished import is_unfinished
from feeds.importers.feed.channels import ChannelDraft, format_channel
from feeds.importers.feed.items import Draft
from feeds.media.sightings import FOLDER
from feeds.media_types import is_url
from feeds.model import Channel, RemoteAudio
from feeds.records.record import find_project_key
from feeds.records.seeds import read_record_names, read_seed
from feeds.settings.channel import SETTINGS, parse_channels
from feeds.tree import write_whole

_NO_SITE = "https://podcast.example"
_NAME_BYTES = 120

Fate = Literal["new", "updated", "kept", "edited", "conflict", "deleted"]
"""What becomes of a record.

One that was edited here is kept; it is in conflict if the feed has changed it too. One that was deleted here stays so.
"""


class Places:
    """The paths of records, and the slugs, that are taken."""

    def __init__(self, project: Path, folder: str, episodes: Mapping[str, LockedEpisode]) -> None:
        self._folder = folder
        self._episodes = episodes
        self._numbers: defaultdict[tuple[str, str], int] = defaultdict(lambda: 1)
        self._slugs = {episode.slug.casefold() for episode in episodes.values()}
        there = project / folder
        # A file that the lock does not know is somebody else's, unless it is one that has another name now.
        self._keys = {f"{self._folder}/{file.name}" for file in (there.iterdir() if there.is_dir() else ())}
        self._renamed = _read_renamed(project, folder, episodes) if episodes else {}

    def take(self, draft: Draft) -> tuple[str, str]:
        """Where a record stands, and its slug: as before, else by its date and title."""
        if before := self._episodes.get(draft.guid):
            return self._renamed.get(draft.guid, before.record), before.slug
        title = format_slug(draft.episode.title).encode()[:_NAME_BYTES].decode(errors="ignore").strip("-") or "episode"
        stem = f"{self._folder}/{draft.episode.date:%Y-%m-%d}-{title}"
        return self._take_name(self._keys, stem, ".md"), self._take_name(self._slugs, title, "")

    def _take_name(self, taken: set[str], stem: str, suffix: str) -> str:
        """Take a name that is free; a show may have thousands of episodes of one title."""
        for number in count(self._numbers[stem, suffix]):
            name = f"{stem}-{number}{suffix}" if number > 1 else stem + suffix
            if name not in taken:
                break
        self._numbers[stem, suffix] = number + 1
        taken.add(name)
        return name


class Stage:
    """Records that wait, in a folder of the project, until nothing can fail any more but the disk."""

    def __init__(self, project: Path, *, theirs: bool) -> None:
        self._project = project
        self._theirs = theirs
        self._unfinished = is_unfinished(project)  # then what is missing was never written
        self._folder = project / FOLDER / "import"
        self.clear()

    def add(self, key: str, text: str, imported: str) -> tuple[Fate, str]:
        """Add a record if it is to be written. Give its fate, and the hash of what was last taken in.

        `imported` is the hash of the record as it was taken in before, "" if it never was.
        """
        new = _find_hash(text.encode())
        file = self._project / key
        fate: Fate = "updated"
        if not file.exists():
            if imported and not (self._theirs or self._unfinished):
                return "deleted", imported
            fate = "new"
        else:
            standing = _find_hash(file.read_bytes())
            if standing == new:
                return "kept", new
            if standing != imported and not self._theirs:
                return ("edited" if new == imported else "conflict"), imported
        staged = self._folder / key
        staged.parent.mkdir(parents=True, exist_ok=True)
        staged.write_text(text, encoding="utf-8", newline="\n")
        return fate, new

    def put_in_place(self) -> None:
        """Put all records in their places."""
        for staged in sorted(self._folder.rglob("*.md")):
            target = self._project / staged.relative_to(self._folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            staged.replace(target)

    def clear(self) -> None:
        """Take away what waits."""
        shutil.rmtree(self._folder, ignore_errors=True)


def make_settings(above: str, draft: ChannelDraft, *, site_url: str, path: str) -> str:
    """The text of channel.toml with the table of a new channel; `above` is what stands there already.

    Raises ChannelError if that is none that a build can read.
    """
    channel = draft.channel
    if not above.strip():
        site = {"url": site_url or _NO_SITE, "title": channel.title, "language": channel.language}
        above = tomli_w.dumps({"site": site})
    text = f"{above.rstrip()}\n\n{format_channel(channel)}"
    if faults := parse_channels(text, path).faults:
        raise ChannelError(faults)
    return text


def write_settings(project: Path, text: str, channel: Channel) -> None:
    """Write channel.toml, with a folder for the records, and the artwork of a channel that has to be drawn one."""
    (project / "seeds" / channel.slug).mkdir(parents=True, exist_ok=True)
    if not is_url(channel.image) and not (project / channel.image).exists():
        (project / channel.image).write_bytes(render_artwork(channel.title))
    write_whole(project / SETTINGS, text.encode())


def lock_item(draft: Draft, key: str, slug: str, before: LockedEpisode | None, imported: str) -> LockedEpisode:
    """The entry of the lock for an item; what was published before is kept."""
    audio = draft.episode.audio
    url = audio.url if isinstance(audio, RemoteAudio) else ""
    proof = "" if draft.episode.live else url  # every stream of a show may be at one address
    date = draft.episode.date.replace(microsecond=0)
    return LockedEpisode(
        guid=draft.guid,
        record=key,
        title=draft.episode.title,
        slug=slug,
        date=date,
        published=before.published if before else date,
        audio=proof or (before.audio if before else ""),
        enclosure=url or (before.enclosure if before else ""),
        label=before.label if before and not url else "",
        length=before.length if before and not url else 0,
        spelled=draft.spelled,
        imported=imported,
    )


def write_identities(project: Path, lock: Lock, draft: ChannelDraft, locked: Sequence[LockedEpisode]) -> None:
    """Write the lock with the identities of a channel; episodes that are gone from the feed stay in it."""
    channel = draft.channel
    known = lock.channels.get(channel.slug, LockedChannel(guid=""))
    present = {episode.guid for episode in locked}
    gone = (episode for episode in known.episodes if episode.guid not in present)
    entry = LockedChannel(
        guid=known.guid or channel.guid,
        episodes=(*locked, *gone),
        spelled=draft.spelled,
        imported=find_channel_hash(channel),
    )
    write_lock(project / FILE_NAME, replace(lock, channels={**lock.channels, channel.slug: entry}))


def find_channel_hash(channel: Channel) -> str:
    """The hash of all that a feed says of its channel."""
    return _find_hash(format_channel(channel).encode())


def _find_hash(content: bytes) -> str:
    """Names a content; half of the hash is enough to tell versions of one record apart."""
    return hashlib.sha256(content).hexdigest()[:32]


def _read_renamed(project: Path, folder: str, episodes: Mapping[str, LockedEpisode]) -> dict[str, str]:
    """Find records that have another name than the lock knows, by their guids; none where all are in their places."""
    missing = {guid for guid, episode in episodes.items() if not (project / episode.record).is_file()}
    if not missing:
        return {}
    known = {episode.record for episode in episodes.values()}
    renamed = {}
    for file in read_record_names(project / folder):
        key = find_project_key(file, project)
        if key not in known:
            with suppress(SeedError):
                guid = read_seed(file, key, dt.UTC).guid
                renamed.update({guid: key} if guid in missing else {})
    return renamed
