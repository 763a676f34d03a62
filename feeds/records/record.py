"""Every record of a show, read from the disk; a broken one is a fault, and the others are read all the same."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from feeds.errors import Fault, SeedError, format_path
from feeds.formats import CONTROL
from feeds.model import Channel, Episode
from feeds.processes import run_jobs
from feeds.records.links import find_local_links
from feeds.records.seeds import read_record_names, read_seed
from feeds.rulebook.podcast.tags import LIST_MEDIUMS

BATCH = 50
"""How many records are read at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record that was read. `key` is its path relative to the project, with slashes on every system.

    `links` are the relative links of its notes, with the lines on which they stand.
    """

    key: str
    episode: Episode
    links: Mapping[str, int]

    def find_key(self, source: str) -> str:
        """The path, relative to the project, of a file that the record names relative to itself."""
        return os.path.normpath(PurePosixPath(self.key).parent / source).replace(os.sep, "/")


def find_project_key(file: Path, project: Path) -> str:
    """The path of a file relative to the project, with slashes on every system."""
    return os.path.relpath(file, project).replace(os.sep, "/")


def read_records(
    channels: Iterable[Channel], project: Path, zone: dt.tzinfo, faults: list[Fault]
) -> dict[str, tuple[Record, ...]]:
    """Read the records of each channel, by its slug, in the order of their paths; what is wrong joins `faults`."""
    files = [(channel.slug, file) for channel in channels for file in _read_names(channel, faults)]
    batches = tuple(files[start : start + BATCH] for start in range(0, len(files), BATCH))
    records: dict[str, list[Record]] = {channel.slug: [] for channel in channels}
    for read in run_jobs(partial(_read_batch, project=project, zone=zone), batches):
        for slug, result in read:
            if isinstance(result, Record):
                records[slug].append(result)
            else:
                faults += result
    return {slug: tuple(several) for slug, several in records.items()}


def _read_names(channel: Channel, faults: list[Fault]) -> tuple[Path, ...]:
    folder = channel.folder / channel.seeds
    if folder.is_dir():
        return read_record_names(folder)
    if "seeds" not in channel.lines and channel.medium in (*LIST_MEDIUMS, "publisher"):
        return ()  # all that it has to say is in channel.toml
    message = f"channels.{channel.slug}: its records should stand in {format_path(folder)}, which is no folder"
    faults.append(Fault(path=channel.path, line=channel.line("seeds"), message=message))
    return ()


def _read_batch(
    files: Iterable[tuple[str, Path]], project: Path, zone: dt.tzinfo
) -> list[tuple[str, Record | tuple[Fault, ...]]]:
    return [(slug, _read_record(file, project, zone)) for slug, file in files]


def _read_record(file: Path, project: Path, zone: dt.tzinfo) -> Record | tuple[Fault, ...]:
    key, path = find_project_key(file, project), format_path(file)
    if CONTROL.search(key):
        return (Fault(path=path, message="its name is not UTF-8, or holds a control character: rename the file"),)
    try:
        episode = read_seed(file, path, zone)
    except SeedError as error:
        return error.faults
    return Record(key=key, episode=episode, links=find_local_links(episode))
