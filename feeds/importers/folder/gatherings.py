"""What lies in a folder that is to be imported: recordings, transcripts beside them, and all the rest."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from feeds.errors import Fault, format_path
from feeds.media_types import find_audio_type
from feeds.tree import is_built

_TRANSCRIPTS = (".srt", ".vtt")
"""Those that can be nothing else, the better one last; a text beside a recording may be anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """The audio files of a folder, the transcripts beside them, and what was left aside with the reason."""

    audio: tuple[Path, ...]
    transcripts: Mapping[Path, Path]
    others: tuple[Path, ...]
    closed: tuple[Fault, ...] = field(default=())


def read_gathering(folder: Path) -> Gathering:
    """Look through a folder and all below it. What is hidden belongs to a program, and is not looked at; nor is what
    a build wrote, which are copies and stand-ins.
    """
    files: list[Path] = []
    closed: list[Fault] = []

    def note_error(error: OSError) -> None:
        closed.append(Fault(path=format_path(Path(error.filename)), message=f"cannot be read: {error.strerror}"))

    for name, folders, names in os.walk(folder, onerror=note_error):
        here = Path(name)
        closed += _close_folders(here, folders)
        files += (here / each for each in names if not each.startswith("."))
    audio = sorted(file for file in files if find_audio_type(file.name) and file.is_file())
    found = set(files)
    pairs = ((file, file.with_suffix(suffix)) for file in audio for suffix in _TRANSCRIPTS)
    transcripts = {file: words for file, words in pairs if words in found}
    others = found - set(audio) - set(transcripts.values())
    return Gathering(audio=tuple(audio), transcripts=transcripts, others=tuple(sorted(others)), closed=tuple(closed))


def _close_folders(here: Path, folders: list[str]) -> list[Fault]:
    """Take out of the list what is not to be looked into, and say of what is not hidden why."""
    closed = []
    for name in sorted(folders):
        folder = here / name
        hidden = name.startswith(".")
        reason = (
            "is a link to a folder, and is not followed"
            if folder.is_symlink()
            else "was written by feeds build, and is not looked into"
            if is_built(folder)
            else ""
        )
        if hidden or reason:
            folders.remove(name)
        if reason and not hidden:
            closed.append(Fault(path=format_path(folder), message=reason))
    folders.sort()
    return closed
