"""What a project has decided not to hear of: the [validate.ignore] of its channel.toml."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from feeds.errors import Fault, FeedsError, format_path
from feeds.media_types import is_url
from feeds.rules.ids import check_ignored
from feeds.settings.channel import SETTINGS, read_validation
from feeds.validating.origins import STDIN

Ignored = Mapping[str, str]
"""By the id of each rule that may be broken, the reason."""


def read_ignored(sources: Iterable[str], project: Path | None) -> tuple[Ignored, ...]:
    """Read for each source what its project ignores.

    That is `project`, or if it is None the one in which the source lies: the nearest folder with a channel.toml at or
    above it. What does not come from the disk belongs to the project of the current folder.

    Raises FeedsError with every fault of every channel.toml.
    """
    sources = tuple(sources)
    folders = [_locate_project(source) for source in sources] if project is None else [project] * len(sources)
    read: dict[Path | None, Ignored] = {None: {}}
    faults: list[Fault] = []
    for folder in folders:
        if folder is not None and folder not in read:
            read[folder] = _read_project(folder / SETTINGS, faults)
    if faults:
        raise FeedsError(faults)
    return tuple(read[folder] for folder in folders)


def _locate_project(source: str) -> Path | None:
    here = Path.cwd()
    place = here if source == STDIN or is_url(source) else Path(os.path.normpath(here / source))
    try:
        return next((folder for folder in (place, *place.parents) if (folder / SETTINGS).is_file()), None)
    except OSError:  # a name too long, for one: whoever reads the source says what is wrong
        return None


def _read_project(file: Path, faults: list[Fault]) -> Ignored:
    """What one channel.toml ignores, nothing if there is none; what is wrong with it joins the faults."""
    if not file.is_file():
        return {}
    part = read_validation(file)
    faults += part.faults
    faults += check_ignored(part.ignored, part.lines, format_path(file))
    return part.ignored
