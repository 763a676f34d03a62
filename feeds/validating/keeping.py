"""Files under an address that the published feed has as well: what stands there, and what is to stand there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from feeds.media.measure import measure_file
from feeds.media_types import is_url
from feeds.network.connections import Guard
from feeds.network.digests import fetch_digest
from feeds.network.failures import ExchangeError
from feeds.network.probes import fetch_head
from feeds.rulebook.files.linked import Content, KeptFile, Purpose
from feeds.validating.editions import Edition
from feeds.validating.links import Link, Links, find_links
from feeds.validating.surroundings import Surroundings, find_surroundings

_COMPARED: tuple[Purpose, ...] = ("artwork", "media")
_WHOLE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """An address that stays: the file at `path` is to stand where the one at `before` is published.

    `number` is that of the linked file in the new feed. `before` is None where the published file is to be fetched.
    """

    number: int
    link: Link
    path: Path
    published: Link
    before: Path | None


def find_keepings(links: Links, around: Surroundings, published: Edition) -> Iterator[Keeping]:
    """Find the pictures and recordings beside a feed whose address the published feed has as well.

    What is published stands beside the published feed, or, where that was fetched, at its address.
    """
    origin = published.origin
    there = find_surroundings(published.document, origin.file)
    known = {(link.url, link.purpose): link for link in find_links(published.document, there.url).files}
    for number, link in enumerate(links.files):
        path = around.locate(link.url) if link.purpose in _COMPARED else None
        before = there.locate(link.url)
        stays = known.get((link.url, link.purpose))
        if path and stays and (before or (origin.url and is_url(link.url))) and path != before:
            yield Keeping(number=number, link=link, path=path, published=stays, before=before)


def fetch_kept_file(keeping: Keeping, guard: Guard) -> KeptFile | None:
    """Look at both files; None where one of them is not to be had, as then there is nothing to compare.

    Of pictures the bytes are compared, for which both are read whole, of recordings the sizes.
    """
    purpose = keeping.link.purpose
    try:
        now = _measure_content(keeping.path, purpose)
        was = (
            _measure_content(keeping.before, purpose)
            if keeping.before
            else _fetch_content(keeping.link.url, purpose, guard)
        )
    except (OSError, ExchangeError):
        return None
    uses, before = keeping.link.uses, keeping.published.uses
    return KeptFile(url=keeping.link.url, purpose=purpose, uses=uses, before=before, was=was, now=now)


def _measure_content(path: Path, purpose: Purpose) -> Content:
    if purpose == "media":
        return Content(bytes=path.stat().st_size)
    facts = measure_file(path)
    return Content(bytes=facts.bytes, sha256=facts.sha256)


def _fetch_content(url: str, purpose: Purpose, guard: Guard) -> Content:
    if purpose == "artwork":
        digest = fetch_digest(url, guard)
        return Content(bytes=digest.bytes, sha256=digest.sha256)
    head = fetch_head(url, guard)
    if head.status != _WHOLE or not head.total:
        raise ExchangeError("does not tell its size")
    return Content(bytes=head.total)
