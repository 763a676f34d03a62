"""What was taken in, as it was then: by this the next import tells what was edited here from what is new there.

It belongs to one checkout. Where it is lost, a record that differs from the feed counts as edited.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from feeds.media.sightings import FOLDER

_NAME = "imported.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The state of a feed when it was last taken in, as its server names it, and the channel that it became."""

    slug: str = ""
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """The hashes of the records as they were taken in, by guid, and the state of feeds, by address."""

    records: Mapping[str, str] = field(default_factory=dict)
    feeds: Mapping[str, Seen] = field(default_factory=dict)


def read_memory(project: Path) -> Memory:
    """Read what was taken in; nothing where nothing was, or where it cannot be read."""
    try:
        document = json.loads((project / FOLDER / _NAME).read_bytes())
        return Memory(
            records={str(guid): str(sha256) for guid, sha256 in document["records"].items()},
            feeds={str(url): Seen(**seen) for url, seen in document["feeds"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Memory()


def write_memory(project: Path, memory: Memory) -> None:
    """Write what was taken in, where git does not see it."""
    folder = project / FOLDER
    folder.mkdir(exist_ok=True)
    (folder / ".gitignore").write_text("*\n")
    staged = folder / f"{_NAME}.new"
    staged.write_text(json.dumps(asdict(memory), indent=0, sort_keys=True), encoding="utf-8")
    staged.replace(folder / _NAME)
