"""What tells a file on a server from another one, where nothing of it is kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from feeds.network.connections import Guard
from feeds.network.documents import fetch_pieces
from feeds.network.exchange import fetch_answer, try_often

_FOUND = frozenset((200, 203))


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The size of a file in bytes once it is unpacked, and its SHA-256 in hexadecimal digits."""

    bytes: int
    sha256: str


def fetch_digest(url: str, guard: Guard) -> Digest:
    """Fetch a file whole and keep of it what tells it from others. Raises ExchangeError where it does not come."""
    return try_often(lambda: _fetch_once(url, guard), guard)


def _fetch_once(url: str, guard: Guard) -> Digest:
    digest = hashlib.sha256()
    size = 0
    headers = {"Accept": "*/*", "Accept-Encoding": "identity"}
    with fetch_answer(url, headers, guard=guard, statuses=_FOUND) as answer:
        for piece in fetch_pieces(answer, guard.limits):
            size += len(piece)
            digest.update(piece)
    return Digest(bytes=size, sha256=digest.hexdigest())
