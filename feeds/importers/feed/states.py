"""The states of feeds as they were when they were last taken in, by which a server is asked only for what is new.

They belong to one checkout; where they are lost, a feed is only read once more.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from feeds.media.sightings import FOLDER, write_folder
from feeds.tree import write_whole

_NAME = "imported.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The state of a feed as its server names it, and the channel that it became."""

    slug: str = ""
    etag: str = ""
    last_modified: str = ""


def read_states(project: Path) -> dict[str, State]:
    """Read the states of feeds, by their addresses; none where there are none that can be read."""
    try:
        document = json.loads((project / FOLDER / _NAME).read_bytes())
        return {str(url): State(**state) for url, state in document.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def write_states(project: Path, states: Mapping[str, State]) -> None:
    """Write the states of feeds where git does not see them."""
    document = {url: asdict(state) for url, state in states.items()}
    write_whole(write_folder(project) / _NAME, json.dumps(document, indent=0).encode())
