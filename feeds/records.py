"""Every record of a channel, read from the disk; a broken one is a fault, and the others are read all the same."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from feeds.errors import Fault, SeedError, format_path
from feeds.formats import CONTROL
from feeds.links import find_local_links
from feeds.model import Channel, Episode
from feeds.seeds import read_record_names, read_seed


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


def read_records(channel: Channel, project: Path, zone: dt.tzinfo, faults: list[Fault]) -> tuple[Record, ...]:
    """Read the records of a channel in the order of their paths; what is wrong with them joins `faults`."""
    folder = Path(channel.folder) / channel.seeds
    if not folder.is_dir():
        message = f"channels.{channel.slug}: its records should stand in {format_path(folder)}, which is no folder"
        faults.append(Fault(path=format_path(Path(channel.folder) / "channel.toml"), message=message))
        return ()
    records = []
    for file in read_record_names(folder):
        key, path = find_project_key(file, project), format_path(file)
        if CONTROL.search(key):
            faults.append(Fault(path=path, message="its name is not UTF-8, or holds a control character: rename the file"))
            continue
        try:
            episode = read_seed(file, path, zone)
        except SeedError as error:
            faults += error.faults
        else:
            records.append(Record(key=key, episode=episode, links=find_local_links(episode)))
    return tuple(records)
