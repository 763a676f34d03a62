"""Looking at an address: how its server answers, whatever that is, and the beginning of what it sends."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from feeds.network.bodies import PACKED, unpack
from feeds.network.connections import Guard
from feeds.network.exchange import fetch_answer, parse_wait, try_often
from feeds.network.failures import PASSING, PassingError

_ALL = range(100, 1000)
_PARTIAL = 206
_RANGE = re.compile(r"bytes (\d{1,18})-\d{1,18}/(\d{1,18})")
_NO_BODY = 0
_PACKED = "gzip, deflate"
_PLAIN = "identity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """An answer of any status. `url` is where it came from, after `redirects`, each a status and where it led to.

    `headers` have names in lower case. `body` is the beginning of the file, or all of it, unpacked. `total` is the size
    of the whole file, 0 where the server does not say.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    redirects: tuple[tuple[int, str], ...] = ()
    body: bytes = field(default=b"", repr=False)
    total: int = 0


def fetch_head(url: str, guard: Guard) -> Probe:
    """Ask with HEAD. Raises ExchangeError where no answer comes."""
    return _fetch(url, "HEAD", {"Accept-Encoding": _PLAIN}, guard, _NO_BODY)


def fetch_begin(url: str, guard: Guard, *, most: int, begin: int = 0) -> Probe:
    """Ask for so many bytes of a file from one on; a server that knows no parts sends them from the first.

    Raises ExchangeError where no answer comes.
    """
    headers = {"Accept-Encoding": _PLAIN, "Range": f"bytes={begin}-{begin + most - 1}"}
    return _fetch(url, "GET", headers, guard, most)


def fetch_whole(url: str, guard: Guard, *, most: int, headers: Mapping[str, str]) -> Probe:
    """Ask for a document, of which no more than so many bytes are kept, with further headers.

    Raises ExchangeError where no answer comes.
    """
    return _fetch(url, "GET", {"Accept-Encoding": _PACKED, **headers}, guard, most)


def _fetch(url: str, method: str, headers: Mapping[str, str], guard: Guard, most: int) -> Probe:
    """Ask as often as the limits say; a status that may pass and does not is an answer like others."""
    answered: list[Probe] = []

    def attempt() -> Probe:
        answered.clear()
        probe = _fetch_once(url, method, {"Accept": "*/*", **headers}, guard, most)
        if probe.status in PASSING:
            answered.append(probe)
            wait = parse_wait(probe.headers.get("retry-after", ""), time.time())
            raise PassingError(f"is answered with the status {probe.status}", wait=wait)
        return probe

    try:
        return try_often(attempt, guard)
    except PassingError:
        if answered:
            return answered[0]
        raise


def _fetch_once(url: str, method: str, headers: Mapping[str, str], guard: Guard, most: int) -> Probe:
    with fetch_answer(url, headers, guard=guard, statuses=_ALL, method=method) as answer:
        pieces = answer.pieces
        if headers["Accept-Encoding"] == _PACKED:
            pieces = unpack(pieces, answer.headers.get("content-encoding", ""))
        body = bytearray()
        try:
            while len(body) < most and (piece := next(pieces, b"")):
                body += piece
        except ValueError as error:
            raise PassingError(str(error)) from error
        return Probe(
            url=answer.url,
            status=answer.status,
            headers=answer.headers,
            redirects=answer.redirects,
            body=bytes(body[:most]),
            total=_find_total(answer.status, answer.headers, answer.length),
        )


def _find_total(status: int, headers: Mapping[str, str], length: int) -> int:
    """The size of a file by an answer: that of which a part came (RFC 9110, section 14.4), else that of the body."""
    if status == _PARTIAL:
        match = _RANGE.fullmatch(headers.get("content-range", "").strip())
        return int(match[2]) if match else 0
    return 0 if headers.get("content-encoding", "").lower() in PACKED else length


def find_part_begin(probe: Probe) -> int:
    """From which byte on the body of an answer is: that of a part, or the first.

    >>> find_part_begin(Probe(url="", status=206, headers={"content-range": "bytes 20-29/100"}))
    20
    """
    match = _RANGE.fullmatch(probe.headers.get("content-range", "").strip()) if probe.status == _PARTIAL else None
    return int(match[1]) if match else 0
