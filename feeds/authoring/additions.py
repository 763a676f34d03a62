"""Files that a command adds to a user's folder: all of them or none, and never over one that is there."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path

from feeds.errors import Fault, FeedsError, format_path


def write_additions(files: Mapping[Path, bytes | Path], *, remedy: str) -> None:
    """Write new files with their folders; the content of one is bytes, or a file to copy.

    Each is written aside, and takes its place once all are. Raises FeedsError, naming everything that stands in
    the way, before anything is written; `remedy` says what to do then. Where the disk fails in between, what was
    written is taken away again.
    """
    obstacles = {obstacle for file in files for obstacle in _read_obstacles(file)}
    if obstacles:
        message = f"is there already, and is not written over: {remedy}"
        raise FeedsError(Fault(path=format_path(obstacle), message=message) for obstacle in obstacles)
    with ExitStack() as undo:
        for file, content in files.items():
            _make_folders(file.parent, undo)
            undo.callback(_find_staged(file).unlink, missing_ok=True)
            _write_content(content, _find_staged(file))
        for file in files:
            _find_staged(file).replace(file)
            undo.callback(file.unlink)
        undo.pop_all()


def _read_obstacles(file: Path) -> Iterable[Path]:
    """What stands where the file shall be, or is a file where one of its folders shall be."""
    if file.is_symlink() or file.exists():
        yield file
    yield from (folder for folder in file.parents if folder.exists() and not folder.is_dir())


def _make_folders(folder: Path, undo: ExitStack) -> None:
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir()
        undo.callback(_remove_folder, each)


def _remove_folder(folder: Path) -> None:
    with suppress(OSError):  # somebody may have put something there meanwhile
        folder.rmdir()


def _find_staged(file: Path) -> Path:
    return file.with_name(f"{file.name}.new")


def _write_content(content: bytes | Path, file: Path) -> None:
    if isinstance(content, bytes):
        file.write_bytes(content)
    else:
        shutil.copyfile(content, file)
