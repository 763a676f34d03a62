"""Where a feed comes from: a file, a folder with feeds, the web, standard input."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from feeds.errors import Fault, FetchError, format_path
from feeds.media_types import is_url
from feeds.network.documents import fetch_document
from feeds.network.limits import Limits
from feeds.network.places import format_shown_url

STDIN = "-"
_STDIN_NAME = "<stdin>"
_ENDINGS = (".xml", ".rss")
_HEAD = 1 << 16
_ASIDE = re.compile(rb"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)
_FIRST = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A feed as it came: `url` is the address where it was fetched, `file` its place on the disk, None elsewhere.

    `charset` is what the server says of its encoding, "" where it does not.
    """

    name: str
    data: bytes
    url: str = ""
    file: Path | None = None
    charset: str = ""


def read_origins(source: str, *, stdin: BinaryIO, limits: Limits) -> Iterator[Origin | Fault]:
    """Read what a user names: every feed of a folder, or the one at an address, of a file, or of standard input.

    What cannot be read is a fault, and keeps nothing else from being read.
    """
    if source == STDIN:
        yield Origin(name=_STDIN_NAME, data=stdin.read())
    elif is_url(source):
        yield from _fetch(source, limits)
    else:
        yield from _read_path(Path(source))


def _fetch(url: str, limits: Limits) -> Iterator[Origin | Fault]:
    body = io.BytesIO()
    try:
        fetched = fetch_document(url, body, limits=limits)
    except FetchError as error:
        yield from error.faults
    else:
        name = format_shown_url(url)
        yield Origin(name=name, data=body.getvalue(), url=fetched.url, charset=fetched.charset)


def _read_path(path: Path) -> Iterator[Origin | Fault]:
    try:
        files = _list_feeds(path) if path.is_dir() else [path]
    except OSError as error:
        yield _explain(path, error)
        return
    if not files:
        message = "holds no RSS feed: name the folder that a build wrote, or the feed itself"
        yield Fault(path=format_path(path), message=message)
    for file in files:
        try:
            yield Origin(name=format_path(file), data=file.read_bytes(), file=file)
        except OSError as error:
            yield _explain(file, error)


def _explain(path: Path, error: OSError) -> Fault:
    message = f"cannot be read: {error.strerror or error}"
    if isinstance(error, FileNotFoundError):
        message = "is not there: name a feed, its URL, a folder with feeds, or - for standard input"
    return Fault(path=format_path(path), message=message)


def _list_feeds(folder: Path) -> list[Path]:
    """The feeds in a folder and below it, in the order of their paths."""
    candidates = (file for file in folder.rglob("*") if file.suffix.lower() in _ENDINGS and file.is_file())
    return [file for file in sorted(candidates) if _is_feed(file)]


def _is_feed(file: Path) -> bool:
    """Say whether the first element of a file is that of a feed.

    One that cannot be read, or has no element, such as one that was written empty, is told as such later.
    """
    try:
        with file.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        return True
    first = _FIRST.search(_ASIDE.sub(b"", head.replace(b"\0", b"")))
    return first is None or first[1].lower() == b"rss"
