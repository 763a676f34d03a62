"""Which files were measured in this checkout, how they looked then, and what came of it.

The facts of a file stand in channel.lock, which goes from one checkout to the next. Whether the file that lies here
is the one they speak of, only this checkout can know: after a clone or a pull each file is read once more. A file
counts as the same as long as its size and its times are, as with git and its index.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from feeds import __version__
from feeds.media.measure import Facts
from feeds.tree import write_whole

FOLDER = ".feeds"
"""Holds what belongs to one checkout alone; git is told to leave it alone, and nobody needs to keep it."""

_NAME = "sightings.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a file looks from outside: size in bytes, times in nanoseconds since 1970."""

    size: int
    modified: int
    changed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """How a file looked when it was measured, and its facts."""

    look: Look
    facts: Facts


def measure_look(file: Path) -> Look:
    """Look at a file from outside."""
    stat = file.stat()
    return Look(size=stat.st_size, modified=stat.st_mtime_ns, changed=stat.st_ctime_ns)


def write_folder(project: Path) -> Path:
    """Make the folder of this checkout, hidden from git, if it is not there."""
    folder = project / FOLDER
    folder.mkdir(exist_ok=True)
    (folder / ".gitignore").write_text("*\n")
    return folder


def read_sightings(project: Path) -> dict[str, Sighting]:
    """Read the sightings of a project by the keys of the files; none where there are none that this version wrote."""
    try:
        document = json.loads((project / FOLDER / _NAME).read_bytes())
        if document["version"] != __version__:
            return {}
        return {
            key: Sighting(look=Look(**entry["look"]), facts=Facts(**entry["facts"]))
            for key, entry in document["files"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def write_sightings(project: Path, sightings: Mapping[str, Sighting]) -> None:
    """Write the sightings of a project, where it can be written to: without them files are only read once more."""
    if sightings == read_sightings(project):
        return
    document = {"version": __version__, "files": {key: asdict(sighting) for key, sighting in sorted(sightings.items())}}
    with contextlib.suppress(OSError):
        write_whole(write_folder(project) / _NAME, json.dumps(document, indent=0).encode())
