"""Which files were measured in this checkout, and how they looked then, so that none is read at every build.

The facts of a file stand in channel.lock, which goes from one checkout to the next. Whether the file that lies here
is the one they speak of, only this checkout can know: after a clone or a pull each file is read once more. A file
counts as the same as long as its size and its times are, as with git and its index.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from pathlib import Path

FOLDER = ".feeds"
"""Holds what belongs to one checkout alone; git is told to leave it alone, and nobody needs to keep it."""

_NAME = "sightings.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """How a file looked when it was measured: size in bytes, times in nanoseconds since 1970, and its hash."""

    size: int
    modified: int
    changed: int
    sha256: str = ""


def measure_sighting(file: Path) -> Sighting:
    """Note how a file looks, before anything is known of its content."""
    stat = file.stat()
    return Sighting(size=stat.st_size, modified=stat.st_mtime_ns, changed=stat.st_ctime_ns)


def read_sightings(project: Path) -> dict[str, Sighting]:
    """Read the sightings of a project by the keys of the files; none if there are none that can be read."""
    try:
        entries = json.loads((project / FOLDER / _NAME).read_bytes())
        keys = ("size", "modified", "changed", "sha256")
        return {key: Sighting(**dict(zip(keys, values, strict=True))) for key, values in entries.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def write_sightings(project: Path, sightings: Mapping[str, Sighting]) -> None:
    """Write the sightings of a project, where it can be written to: without them files are only read once more."""
    if sightings == read_sightings(project):
        return
    folder = project / FOLDER
    with contextlib.suppress(OSError):
        folder.mkdir(exist_ok=True)
        (folder / ".gitignore").write_text("*\n")
        staged = folder / f"{_NAME}.new"
        staged.write_text(json.dumps({key: astuple(sighting) for key, sighting in sorted(sightings.items())}, indent=0))
        staged.replace(folder / _NAME)
