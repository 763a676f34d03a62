"""The published site as a stream of files, and how it reaches the disk whole.

Files are staged first: what differs from what stands in the folder is written aside. Once all are staged they take
their places one by one, media first and feeds last, so that every URL that a feed names answers with a whole file at
every moment. Only then are files removed, and only those that an earlier build wrote. A run that was killed in
between is finished by the next one.
"""

from __future__ import annotations

import json
import os
import shutil
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import BinaryIO

from feeds.errors import CollisionError, Fault, OptionError, format_path

MANIFEST = ".feeds-manifest.json"
"""Lists the files that a build wrote, and so may remove."""

STAGE = ".feeds-staged"
"""Where files wait: one folder on the same disk, so that what a killed run has left is found at once."""

_CHUNK = 1 << 20
_LONGEST_NAME = 255
_numbers = count()
_PAGES = (".html", ".json", ".xml", ".opml", ".txt", ".css", ".js")

Content = bytes | Path | Callable[[], Iterable[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file of the published site.

    `content` is the bytes themselves, a file to copy, or a function that yields the bytes in pieces; it is None for
    a file that is not at hand: what an earlier build put in its place stays. `source` says whose file it is, so that
    a collision can name both. `length` in bytes is given where the path names the content by its hash: a file of
    that length under that path needs no second look. It is 0 elsewhere.
    """

    path: str
    content: Content | None
    source: str
    length: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """A file that was compared with what stands in its place: where the two differ, it waits under `aside`.

    `absent` is true of a file whose content is not at hand.
    """

    path: str
    source: str
    aside: Path | None = None
    absent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a build did to the folder: paths of the site."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


def write_tree(files: Iterable[File | Staged], folder: Path, *, commit: Callable[[], None] | None = None) -> Written:
    """Make a folder hold these files, and of the files of an earlier build no others.

    Files come one at a time and are forgotten once they are staged, if they are not staged already. Where making one
    of them fails, nothing in the folder has changed. `commit` is called when nothing can fail any more but the disk,
    before the first file takes its place. Raises CollisionError if two sources claim one path, naming both, if a name
    is too long, or if a file would be written over that no build wrote.
    """
    stage = _Stage(folder)
    try:
        for file in files:
            stage.add(stage_file(file, folder) if isinstance(file, File) else file)
        stage.check()
        if commit:
            commit()
        return stage.put_in_place()
    finally:
        stage.clear()


def write_whole(file: Path, content: bytes) -> None:
    """Write a single file, whole or not at all."""
    staged = file.with_name(f"{file.name}.new")
    staged.write_bytes(content)
    staged.replace(file)


def guard_output(out: Path, read: Iterable[Path]) -> None:
    """Let nothing be written over what it is made of, by whatever name, or into a folder that is not there.

    Raises OptionError where it would be.
    """
    if out.exists() and any(file.exists() and out.samefile(file) for file in read):
        raise OptionError([Fault(path="--out", message=f"{format_path(out)} is what is read: name another file")])
    if not out.parent.is_dir():
        message = f"the folder {format_path(out.parent)} is not there: make it, or name another"
        raise OptionError([Fault(path="--out", message=message)])


def is_built(folder: Path) -> bool:
    """Say whether a build has written this folder."""
    return (folder / MANIFEST).is_file()


def is_standing(folder: Path, path: str, length: int) -> bool:
    """Say whether a file of so many bytes stands in its place in a folder."""
    try:
        return (folder / path).stat().st_size == length
    except (FileNotFoundError, NotADirectoryError):
        return False


def stage_file(file: File, folder: Path) -> Staged:
    """Compare a file with what stands in its place in a folder, and write it aside if it differs.

    Several processes may stage at once, while another one runs `write_tree` on that folder.
    """
    staged = Staged(path=file.path, source=file.source, absent=file.content is None)
    if file.content is None or _has_long_name(file.path):
        return staged
    aside = folder / STAGE / f"{os.getpid()}-{next(_numbers)}"
    different = _write_if_different(file.content, folder / file.path, aside, length=file.length)
    return replace(staged, aside=aside) if different else staged


class _Stage:
    """The files of one build on their way into the folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._before = _read_manifest(folder)
        self._paths: dict[str, str] = {}
        self._waiting: dict[str, Path] = {}
        self._sources: dict[str, str] = {}
        self._folders: dict[str, str] = {}
        self._faults: list[Fault] = []
        self.clear()

    def add(self, file: Staged) -> None:
        """Take a file in, unless its path cannot be."""
        place, *folders = _find_places(file.path)
        taken_by = next((self._sources[one] for one in (place, *folders) if one in self._sources), "")
        if other := taken_by or self._folders.get(place):
            message = f"{file.path} is already written for {other}: give one of the two another slug"
            self._faults.append(Fault(path=file.source, message=message))
            return
        if _has_long_name(file.path):
            message = f"{file.path} has a longer name than disks take, which is {_LONGEST_NAME} bytes: shorten the slug"
            self._faults.append(Fault(path=file.source, message=message))
            return
        self._sources[place] = file.source
        self._folders.update(dict.fromkeys(folders, file.source))
        if file.absent and file.path not in self._before:
            return
        self._paths[place] = file.path
        if file.aside:
            self._waiting[file.path] = file.aside

    def check(self) -> None:
        """Raise CollisionError if there is a path that cannot be, or whose file is not ours to write over."""
        ours = {_find_places(path)[0] for path in self._before}
        new = (path for path in self._waiting if _find_places(path)[0] not in ours)
        foreign = [path for path in new if (self._folder / path).is_file()]
        if foreign:
            message = (
                f"holds {min(foreign)} already, which no build wrote ({len(foreign)} such in all): nothing is written "
                "over it. Name another folder with --out, or empty this one"
            )
            self._faults.append(Fault(path=format_path(self._folder), message=message))
        if self._faults:
            raise CollisionError(self._faults)

    def put_in_place(self) -> Written:
        """Put every staged file in its place, feeds last, then remove what no longer belongs."""
        paths = set(self._paths.values())
        removed = sorted(self._before - paths)
        if paths != self._before:
            # Noted before anything moves: whatever happens, the next run knows which files are ours.
            _write_manifest(self._folder, self._before | paths)
        for path in filter(self._is_in_the_way, removed):
            self._remove(path)
        written = sorted(self._waiting, key=_find_turn)
        for path in written:
            _move(self._waiting[path], self._folder / path)
        for path in removed:
            self._remove(path)
        if removed:
            _write_manifest(self._folder, paths)
        return Written(written=tuple(written), removed=tuple(removed), unchanged=len(paths) - len(written))

    def clear(self) -> None:
        """Take away what was staged and not put in its place."""
        shutil.rmtree(self._folder / STAGE, ignore_errors=True)

    def _is_in_the_way(self, path: str) -> bool:
        """Say whether an old file stands where a folder must be now, or in a folder where a file must be."""
        place, *folders = _find_places(path)
        return place in self._folders or any(folder in self._sources for folder in folders)

    def _remove(self, path: str) -> None:
        """Remove an old file with the folders that it leaves empty, unless a new path leads to the same file."""
        target = self._folder / path
        if target.is_file():
            kept = self._paths.get(_find_places(path)[0])
            if kept and (self._folder / kept).is_file() and target.samefile(self._folder / kept):
                return
            target.unlink()
        folder = PurePosixPath(path).parent
        while folder.name:
            try:
                (self._folder / folder).rmdir()
            except OSError:
                return
            folder = folder.parent


def _move(aside: Path, target: Path) -> None:
    try:
        aside.replace(target)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        aside.replace(target)


def _has_long_name(path: str) -> bool:
    return any(len(name.encode()) > _LONGEST_NAME for name in path.split("/"))


def _find_places(path: str) -> tuple[str, ...]:
    """A path and the folders above it, alike for all spellings that some disk does not tell apart.

    >>> _find_places("shape/Café/a.mp3")
    ('shape/café/a.mp3', 'shape', 'shape/café')
    """
    place = unicodedata.normalize("NFC", path).casefold()
    return place, *(place[:at] for at, letter in enumerate(place) if letter == "/")


def _find_turn(path: str) -> tuple[int, str]:
    """Media take their places first, then pages and what they load, feeds last."""
    if PurePosixPath(path).name == "feed.xml":
        return 2, path
    return int(path.endswith(_PAGES)), path


def _write_if_different(content: Content, target: Path, aside: Path, *, length: int) -> bool:
    """Write a file aside if the bytes in its place are not the same, and say whether they were not.

    The content is compared while it is made; from the first difference on it is written. Where `length` is given,
    it stands for the content.
    """
    try:
        standing = target.open("rb")
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        _write_rest(_open_content(content), aside)
        return True
    with standing:
        if length and standing.seek(0, 2) == length:
            return False
        standing.seek(0)
        same = 0
        pieces = iter(_open_content(content))
        for piece in pieces:
            if standing.read(len(piece)) != piece:
                standing.seek(0)
                _write_rest(_chain(_read_pieces(standing, same), piece, pieces), aside)
                return True
            same += len(piece)
        if standing.read(1):
            standing.seek(0)
            _write_rest(_read_pieces(standing, same), aside)
            return True
    return False


def _open_content(content: Content) -> Iterable[bytes]:
    if isinstance(content, bytes):
        return (content,)
    if isinstance(content, Path):
        return _read_file(content)
    return content()


def _read_file(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while piece := stream.read(_CHUNK):
            yield piece


def _read_pieces(stream: BinaryIO, length: int) -> Iterator[bytes]:
    while length and (piece := stream.read(min(length, _CHUNK))):
        yield piece
        length -= len(piece)


def _chain(before: Iterable[bytes], piece: bytes, after: Iterable[bytes]) -> Iterator[bytes]:
    yield from before
    yield piece
    yield from after


def _write_rest(pieces: Iterable[bytes], aside: Path) -> None:
    try:
        stream = aside.open("wb")
    except FileNotFoundError:
        aside.parent.mkdir(parents=True, exist_ok=True)
        stream = aside.open("wb")
    with stream:
        for piece in pieces:
            stream.write(piece)


def _read_manifest(folder: Path) -> set[str]:
    """The paths that an earlier build wrote; none if there was no build, or if its list cannot be read."""
    try:
        listed = json.loads((folder / MANIFEST).read_bytes())
    except (FileNotFoundError, ValueError):
        return set()
    paths = {str(path) for path in listed} if isinstance(listed, list) else set()
    return {path for path in paths if _is_inside(PureWindowsPath(path))}


def _is_inside(path: PureWindowsPath) -> bool:
    """Say whether a path stays in its folder, whichever system reads it."""
    return bool(path.parts) and not path.anchor and ".." not in path.parts


def _write_manifest(folder: Path, paths: Iterable[str]) -> None:
    staged = folder / STAGE / MANIFEST
    text = json.dumps(sorted(paths), ensure_ascii=False, indent=0) + "\n"
    _write_rest((text.encode(),), staged)
    staged.replace(folder / MANIFEST)
