"""A mark in a checkout that identities were locked whose records are still being written.

A build in between would publish half a show, and take what is missing for deleted.
"""

from __future__ import annotations

from pathlib import Path

from feeds.media.sightings import FOLDER, write_folder

_UNFINISHED = "unfinished"


def mark_unfinished(project: Path) -> None:
    """Note that files of a project are being written, of which one without the others is worth nothing."""
    (write_folder(project) / _UNFINISHED).touch()


def forget_unfinished(project: Path) -> None:
    """Note that all is written."""
    (project / FOLDER / _UNFINISHED).unlink(missing_ok=True)


def is_unfinished(project: Path) -> bool:
    """Say whether something was begun that never came to its end."""
    return (project / FOLDER / _UNFINISHED).is_file()
