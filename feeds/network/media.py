"""Media files: fetched byte for byte, and taken up again where an earlier try was broken off."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from feeds.network.bodies import PACKED
from feeds.network.connections import Guard
from feeds.network.exchange import Answer, fetch_answer, try_often
from feeds.network.failures import ExchangeError, PassingError, check_size, name_failures
from feeds.network.limits import MEDIA_LIMITS, Limits
from feeds.network.parts import Note, Part

_WHOLE = 200
_REST = 206
_NO_REST = 416
_PAGES = frozenset(("text/html", "application/xhtml+xml"))
_RANGE = re.compile(r"bytes (\d{1,18})-\d+/(\d{1,18}|\*)")

Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Downloaded:
    """A media file that stands in its place.

    `bytes` is its size, to be compared with what the feed says. `type` is the media type that the server gives it, ""
    if it gave none, or was not asked as the file stood there before.
    """

    bytes: int
    type: str


def fetch_media(
    url: str, target: Path, *, length: int = 0, limits: Limits = MEDIA_LIMITS, progress: Tell | None = None
) -> Downloaded:
    """Fetch a media file from the web, unless it stands in its place, where it only ever comes when it is whole.

    What has come of it stands beside it until then, and the next call goes on from there, whatever ended this one.
    `length` is its size in bytes as the feed has it, 0 if it has none; it is believed only as long as the server says
    nothing. `progress` is told how many bytes of how many are there, the latter 0 where nobody knows.

    Raises FetchError.
    """
    with name_failures(url, advice="run it again, and it goes on from where it stopped"), Guard(limits) as guard:
        part = Part(target, url)
        if target.is_file():
            part.remove()
            return Downloaded(bytes=target.stat().st_size, type="")
        if not part.is_whole:
            try_often(lambda: _fetch_rest(url, part, guard, progress, length), guard)
        part.put_in_place()
        return Downloaded(bytes=part.size, type=part.note.type)


def _fetch_rest(url: str, part: Part, guard: Guard, progress: Tell | None, length: int) -> None:
    before = part.size if part.note.validator else 0
    headers = {"Accept": "*/*", "Accept-Encoding": "identity", **_format_range(before, part.note)}
    statuses = frozenset((_WHOLE, _REST, _NO_REST) if before else (_WHOLE,))
    with fetch_answer(url, headers, guard=guard, statuses=statuses) as answer:
        if answer.status == _WHOLE:
            _check_file(answer, guard.limits)
            part.begin(validator=find_validator(answer.headers), total=answer.length, type=answer.type)
        elif rest := find_rest(answer, before, part.note):
            part.note = rest
        else:
            part.remove()
            raise PassingError("has changed since its download began")
        try:
            for size in part.append(answer.pieces):
                check_size(size, guard.limits)
                if progress:
                    progress(size, part.note.total or length)
            _check_whole(part)
        except PassingError as failure:
            failure.advanced = bool(part.note.validator) and part.size > before
            raise
        except ExchangeError:
            part.remove()  # for good: it will not be better the next time
            raise


def _format_range(begin: int, note: Note) -> dict[str, str]:
    """Ask for the rest of a file, or for all of it if it is not the same any more (RFC 9110, section 13.1.5)."""
    return {"Range": f"bytes={begin}-", "If-Range": note.validator} if begin else {}


def find_validator(headers: Mapping[str, str]) -> str:
    """By what a server knows just these bytes again: its ETag unless that is a weak one, or the date of the file."""
    etag = headers.get("etag", "")
    return etag if etag.startswith('"') else headers.get("last-modified", "")


def find_rest(answer: Answer, begin: int, note: Note) -> Note | None:
    """What an answer says of the file whose rest it is; none where it does not go on where we are.

    That of another file is none either: some servers do not look at If-Range.
    """
    match = _RANGE.fullmatch(answer.headers.get("content-range", ""))
    if answer.status != _REST or match is None or int(match[1]) != begin:
        return None
    total = note.total if match[2] == "*" else int(match[2])
    if (total != note.total and note.total) or find_validator(answer.headers) not in ("", note.validator):
        return None
    return replace(note, total=total)


def _check_file(answer: Answer, limits: Limits) -> None:
    """Raise ExchangeError if this is not the beginning of a media file as it stands on the server."""
    if answer.type in _PAGES:
        raise ExchangeError("is answered with a web page and not with a media file: check the address in a browser")
    if (encoding := answer.headers.get("content-encoding", "").lower()) in PACKED:
        raise ExchangeError(f"is packed as {encoding}, which was not asked for: tell its host")
    check_size(answer.length, limits)


def _check_whole(part: Part) -> None:
    if not part.size:
        raise ExchangeError("is empty: tell its host")
    if part.note.total and part.size != part.note.total:
        raise PassingError(f"ends after {part.size:,} of {part.note.total:,} bytes")
