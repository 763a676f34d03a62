"""Documents, such as feeds, chapters and transcripts: fetched whole, unpacked, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from feeds.network.bodies import unpack
from feeds.network.connections import Guard
from feeds.network.exchange import Answer, fetch_answer, try_often
from feeds.network.failures import PassingError, check_size, name_failures
from feeds.network.limits import DOCUMENT_LIMITS, Limits

_FOUND = frozenset((200, 203))
_NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """By what a server knows the state of a file again, word for word as it gave it; "" where it gave none."""

    etag: str = ""
    last_modified: str = ""


NOTHING_KNOWN = Validators()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A document that was fetched.

    `url` is where it was found after every redirect, and `moved` is that address again if it should be asked for
    there from now on, "" if not; both are without credentials. `modified` is false if the server says that it is as
    it was known: then nothing is written. `bytes` is its size once unpacked. `type` and `charset` are what the server
    says of it, in lower case, "" where it does not.
    """

    url: str
    moved: str
    modified: bool
    bytes: int
    type: str
    charset: str
    validators: Validators


def fetch_document(
    url: str, target: Path | BinaryIO, *, limits: Limits = DOCUMENT_LIMITS, known: Validators = NOTHING_KNOWN
) -> Fetched:
    """Fetch a document from the web into a file; what is packed with gzip arrives unpacked.

    The target is a path, where the file takes its place when it is whole, or a file open for reading and writing, to
    which the document is written from where it stands. `known` are the validators of a copy that is at hand: the
    server is asked for the document only if it has changed.

    Raises FetchError.
    """
    with name_failures(url, advice="try again later"), Guard(limits) as guard:
        if not isinstance(target, Path):
            return _fetch_often(url, target, guard, known)
        with _open_aside(target) as (aside, stream):
            fetched = _fetch_often(url, stream, guard, known)
            stream.close()
            if fetched.modified:
                aside.replace(target)
        return fetched


@contextmanager
def _open_aside(target: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """Give a file beside another one that is gone afterwards, unless it has taken its place."""
    aside = target.with_name(f".{target.name}.part")
    try:
        with aside.open("w+b") as stream:
            yield aside, stream
    finally:
        aside.unlink(missing_ok=True)


def _fetch_often(url: str, stream: BinaryIO, guard: Guard, known: Validators) -> Fetched:
    begin = stream.tell()

    def attempt() -> Fetched:
        stream.seek(begin)
        stream.truncate()
        return _fetch_once(url, stream, guard, known)

    return try_often(attempt, guard)


def _fetch_once(url: str, stream: BinaryIO, guard: Guard, known: Validators) -> Fetched:
    headers = {"Accept": "*/*", "Accept-Encoding": "gzip, deflate", **_format_conditions(known)}
    statuses = _FOUND if known == NOTHING_KNOWN else _FOUND | {_NOT_MODIFIED}
    with fetch_answer(url, headers, guard=guard, statuses=statuses) as answer:
        modified = answer.status != _NOT_MODIFIED
        size = _write_body(answer, stream, guard.limits) if modified else 0
        return Fetched(
            url=answer.url,
            moved=answer.moved,
            modified=modified,
            bytes=size,
            type=answer.type,
            charset=answer.charset,
            validators=_find_validators(answer) if modified else known,
        )


def _format_conditions(known: Validators) -> dict[str, str]:
    """Ask for a document only if it is another one (RFC 9110, section 13.1)."""
    conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in conditions.items() if value.isascii() and value.isprintable() and value}


def _find_validators(answer: Answer) -> Validators:
    """By what a server will know again what it answers."""
    return Validators(etag=answer.headers.get("etag", ""), last_modified=answer.headers.get("last-modified", ""))


def fetch_pieces(answer: Answer, limits: Limits) -> Iterator[bytes]:
    """The body of an answer, unpacked, as it comes. Raises ExchangeError where it breaks off or is too large."""
    check_size(answer.length, limits)
    size = 0
    try:
        for piece in unpack(answer.pieces, answer.headers.get("content-encoding", "")):
            size += len(piece)
            check_size(size, limits)
            yield piece
    except ValueError as error:
        raise PassingError(str(error)) from error


def _write_body(answer: Answer, stream: BinaryIO, limits: Limits) -> int:
    size = 0
    for piece in fetch_pieces(answer, limits):
        size += len(piece)
        stream.write(piece)
    return size
