"""Which recordings a project has already, and what it has of each: so nothing is taken twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from feeds.identity.lock import Lock
from feeds.media.measure import measure_file
from feeds.model import LocalAudio
from feeds.records.record import Record, find_project_key


@dataclass(frozen=True, slots=True, kw_only=True)
class _Copy:
    """A recording, and who has it; the hash is that in the lock, "" where the file itself is here."""

    owner: str
    file: Path
    sha256: str = ""


class Holdings:
    """The recordings of a project, whose number grows while others join them.

    A file is only read where another of the same size is known, or where a record was deleted: a folder may hold a
    hundred gigabytes.
    """

    def __init__(self, records: Sequence[Record], project: Path, lock: Lock) -> None:
        self._deleted = _find_deleted(records, lock)
        self._project = project.resolve()
        self._owners: dict[str, str] = {}
        self._by_size: dict[int, list[_Copy]] = {}
        self._digests: dict[Path, str] = {}
        for record in records:
            if isinstance(record.episode.audio, LocalAudio):
                self._hold(record.find_key(record.episode.audio.path), record.episode.path, lock)

    def read_owner(self, file: Path) -> str:
        """Who has this very recording, as a path; "" if nobody does."""
        if owner := self._owners.get(find_project_key(file.resolve(), self._project)):
            return owner
        rivals = self._by_size.get(file.stat().st_size, [])
        digest = self._read_digest(file) if rivals or self._deleted else ""
        owner = next((copy.owner for copy in rivals if (copy.sha256 or self._read_digest(copy.file)) == digest), "")
        return owner or self._deleted.get(digest, "")

    def add(self, file: Path, owner: str) -> None:
        """Count a file as held from now on."""
        self._by_size.setdefault(file.stat().st_size, []).append(_Copy(owner=owner, file=file))

    def _read_digest(self, file: Path) -> str:
        """The hash of a file, for which it is read once: recordings of one length may all have one size."""
        if file not in self._digests:
            self._digests[file] = measure_file(file).sha256
        return self._digests[file]

    def _hold(self, key: str, owner: str, lock: Lock) -> None:
        """The file itself tells most; where it is not in this checkout, the lock does."""
        file = self._project / key
        self._owners[key] = owner
        if file.is_file():
            self._owners[find_project_key(file.resolve(), self._project)] = owner
            self.add(file, owner)
        elif facts := lock.files.get(key):
            self._by_size.setdefault(facts.bytes, []).append(_Copy(owner=owner, file=file, sha256=facts.sha256))


def _find_deleted(records: Iterable[Record], lock: Lock) -> dict[str, str]:
    """The records that were deleted here, by the hashes of their recordings: what was thrown out stays out."""
    there = {record.key for record in records}
    return {
        episode.audio: f"{episode.record} (deleted here)"
        for channel in lock.channels.values()
        for episode in channel.episodes
        if episode.audio and episode.record not in there
    }


def find_guids(records: Iterable[Record], lock: Lock) -> Mapping[str, str]:
    """Every guid of an episode that is there, and its record."""
    locked = {
        episode.guid: episode.record
        for channel in lock.channels.values()
        for episode in channel.episodes
        if not episode.gone
    }
    return locked | {record.episode.guid: record.episode.path for record in records if record.episode.guid}


def find_named_files(records: Iterable[Record]) -> frozenset[str]:
    """The keys of all records, and of all files that they name."""
    keys: set[str] = set()
    for record in records:
        episode = record.episode
        sources = [
            episode.image,
            *(one.source for one in episode.transcripts),
            *(one.image for one in episode.chapters),
        ]
        keys |= {record.key, *(record.find_key(source) for source in sources if source)}
        keys |= {record.find_key(link) for link in record.links}
    return frozenset(keys)
