"""From the file of a capture to the records of a channel: what is new is written, what is there stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from feeds.authoring.additions import write_additions
from feeds.authoring.recordings import find_record_name
from feeds.errors import Fault, FeedsError, SeedError, format_path
from feeds.importers.capture.capture import Capture, parse_capture
from feeds.importers.capture.decisions import find_decisions_file, read_decisions
from feeds.importers.capture.records import check_records, draft_episodes, is_same
from feeds.model import Episode
from feeds.records.seeds import format_seed, read_record_names, read_seed

EVERY = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What came of an import: the paths of new records, how many stood there already, and the conflicts."""

    written: tuple[str, ...]
    unchanged: int
    conflicts: tuple[Fault, ...]


def read_capture(file: Path) -> Capture:
    """Read the text of a page, with the boundaries that somebody set in an earlier review.

    Raises FeedsError where it is no text, or holds no episode.
    """
    path = format_path(file)
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = file.read_bytes()[: error.start].count(b"\n") + 1
        message = "this is not UTF-8: save the text of the page in that encoding"
        raise FeedsError([Fault(path=path, line=line, message=message)]) from error
    return parse_capture(text, path, read_decisions(find_decisions_file(file)))


def write_records(
    capture: Capture, file: Path, folder: Path, *, newest: dt.datetime, every: dt.timedelta, drafts: bool
) -> Written:
    """Write the episodes of a capture as records into a folder.

    A record of the same title that is there already is left alone: it may have been worked on. Where its notes are
    not those of the capture, that is a conflict. Raises FeedsError, and writes nothing, where a record would be
    faulty.
    """
    episodes = _draft_records(capture, file, newest=newest, every=every, drafts=drafts)
    known = _read_known(folder)
    names = {name.casefold() for name in known}
    files: dict[Path, bytes | Path] = {}
    conflicts: list[Fault] = []
    unchanged = 0
    for episode in episodes:
        there = _find_there(episode, known)
        if there is None:
            name = _find_free(find_record_name(episode.title), names)
            names.add(name.casefold())
            files[folder / name] = format_seed(episode).encode()
        elif any(is_same(other, episode) for other in there.values() if other):
            unchanged += 1
        else:
            conflicts += [_describe_conflict(folder / name, other) for name, other in there.items()]
    write_additions(files, remedy="move it away, and import again")
    return Written(written=tuple(map(format_path, files)), unchanged=unchanged, conflicts=tuple(conflicts))


def find_faults(capture: Capture, file: Path, *, newest: dt.datetime) -> tuple[Fault, ...]:
    """Find why the records of a capture could not be written."""
    try:
        _draft_records(capture, file, newest=newest, every=EVERY, drafts=True)
    except FeedsError as error:
        return error.faults
    return ()


def _draft_records(
    capture: Capture, file: Path, *, newest: dt.datetime, every: dt.timedelta, drafts: bool
) -> list[Episode]:
    """The records of a capture. Raises FeedsError if one would be faulty."""
    episodes = [*draft_episodes(capture.episodes, newest=newest, every=every, drafts=drafts)]
    check_records(episodes, capture.episodes, format_path(file))
    return episodes


def _read_known(folder: Path) -> dict[str, Episode | None]:
    """The records of a folder by their paths in it; None for one that cannot be read."""
    known: dict[str, Episode | None] = {}
    for file in read_record_names(folder) if folder.is_dir() else ():
        name = file.relative_to(folder).as_posix()
        try:
            known[name] = read_seed(file, format_path(file), dt.UTC)
        except SeedError:
            known[name] = None
    return known


def _find_there(episode: Episode, known: Mapping[str, Episode | None]) -> dict[str, Episode | None] | None:
    """The records that have the title of an episode, or the name that its record would have though unreadable."""
    name = f"{find_record_name(episode.title)}.md"
    there: dict[str, Episode | None] = {
        path: other for path, other in known.items() if other and other.title == episode.title
    }
    if name in known and known[name] is None:
        there[name] = None
    return there or None


def _find_free(stem: str, names: set[str]) -> str:
    """A name for a record that no other has."""
    number = 1
    while (name := f"{stem}.md" if number == 1 else f"{stem}-{number}.md").casefold() in names:
        number += 1
    return name


def _describe_conflict(file: Path, other: Episode | None) -> Fault:
    what = "has other notes than this capture" if other else "cannot be read as a record"
    message = f"{what}, and stays as it is: move it away to import the episode anew"
    return Fault(path=format_path(file), message=message)
