"""Where a feed comes from: a file, a folder with feeds, the web, standard input."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from feeds.errors import Fault, FeedsError, format_path
from feeds.media_types import is_url
from feeds.network.documents import fetch_document
from feeds.network.limits import Limits

STDIN = "-"
_STDIN_NAME = "<stdin>"
_ENDINGS = (".xml", ".rss")
_HEAD = 4096
# The first element of a feed; what else is XML in a folder, such as a sitemap, is none.
_ROOT = re.compile(rb"<(?:[A-Za-z][\w.-]*:)?(?:rss|feed|RDF)[\s>]")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


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


def read_origins(source: str, *, stdin: BinaryIO, limits: Limits) -> Iterator[Origin]:
    """Read what a user names: every feed of a folder, or the one at an address, of a file, or of standard input.

    Raises FeedsError if there is none.
    """
    if source == STDIN:
        yield Origin(name=_STDIN_NAME, data=stdin.read())
    elif is_url(source):
        yield _fetch(source, limits)
    elif Path(source).is_dir():
        yield from _read_folder(Path(source))
    else:
        yield _read_file(Path(source))


def _fetch(url: str, limits: Limits) -> Origin:
    body = io.BytesIO()
    fetched = fetch_document(url, body, limits=limits)
    return Origin(name=url, data=body.getvalue(), url=fetched.url, charset=fetched.charset)


def _read_folder(folder: Path) -> Iterator[Origin]:
    files = [
        file
        for file in sorted(folder.rglob("*"))
        if file.suffix.lower() in _ENDINGS and file.is_file() and _is_feed(file)
    ]
    if not files:
        message = "holds no feed: name the folder that a build wrote, or the feed itself"
        raise FeedsError([Fault(path=format_path(folder), message=message)])
    yield from map(_read_file, files)


def _read_file(file: Path) -> Origin:
    try:
        return Origin(name=format_path(file), data=file.read_bytes(), file=file)
    except FileNotFoundError:
        message = "is not there: name a feed, its URL, a folder with feeds, or - for standard input"
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
    raise FeedsError([Fault(path=format_path(file), message=message)])


def _is_feed(file: Path) -> bool:
    """Say whether a file looks like a feed; one that cannot be read is told as such later."""
    try:
        with file.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        return True
    return _ROOT.search(head.replace(b"\0", b"") if head[:2] in _UTF16 else head) is not None
