"""What is seen of a linked file: how its server answers, and what the file is."""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from feeds.media.artworks import measure_look
from feeds.media.recordings import Recording, measure_recording
from feeds.model import Chapter
from feeds.network.connections import Guard
from feeds.network.distant import DistantFile
from feeds.network.failures import DistrustError, ExchangeError
from feeds.network.probes import Probe, fetch_begin, fetch_head, fetch_whole
from feeds.rulebook.files.linked import (
    ASKING_ORIGIN,
    GIVEN,
    Absence,
    Artwork,
    Exchange,
    Media,
    Purpose,
    Redirect,
    Reply,
    Use,
)
from feeds.rulebook.files.text import LARGEST
from feeds.validating.links import Link

_LARGEST_DOCUMENT = LARGEST + 1
"""Bytes of chapters and transcripts that are kept: one more than a rule reads, so that it sees that there are more."""

LARGEST_PICTURE = 64_000_000
LARGEST_FEED = 200_000_000
FIRST_PART = 256 * 1024
MOST_OF_MEDIA = 24_000_000
"""Bytes of a recording that are fetched at most: its tag with the pictures of its chapters, its tables, its end."""

Subject = Exchange | Artwork | Media | Absence


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What was seen of a linked file.

    `subjects` are what rules look at. `duration` in milliseconds and `chapters` are those of a recording, and `data` is
    the text of chapters or of a transcript, None where it did not come.
    """

    subjects: tuple[Subject, ...]
    duration: int = 0
    chapters: tuple[Chapter, ...] = ()
    data: bytes | None = field(default=None, repr=False)


def measure_local(link: Link, path: Path) -> Sight:
    """Look at a linked file that should stand on this disk."""
    try:
        with path.open("rb") as stream:
            if link.purpose == "media":
                return _measure_media_sight(link, stream, path.stat().st_size, ())
            data = stream.read(_MOST[link.purpose])
    except OSError:
        return Sight(subjects=(Absence(url=link.url, uses=link.uses),))
    return _measure_file_sight(link, data, ())


def fetch_sight(link: Link, guard: Guard) -> Sight:
    """Look at a linked file on its server: a recording is never fetched whole. A failure is something seen as well."""
    try:
        if link.purpose == "media":
            probe = fetch_begin(link.url, guard, most=FIRST_PART)
        else:
            headers = {} if link.purpose == "artwork" else {"Origin": ASKING_ORIGIN}
            probe = fetch_whole(link.url, guard, most=_MOST[link.purpose], headers=headers)
    except ExchangeError as failure:
        return Sight(subjects=(_find_failed(link.url, link.purpose, link.uses, failure),))
    if probe.status not in GIVEN:
        return Sight(subjects=(_find_exchange(link, probe),))
    exchange = _fetch_exchange(link, probe, guard)
    if link.purpose != "media":
        return _measure_file_sight(link, probe.body, (exchange,))
    with io.BufferedReader(DistantFile(probe, guard, most=MOST_OF_MEDIA)) as stream:
        return _measure_media_sight(link, stream, exchange.size, (exchange,))


def fetch_feed_exchange(url: str, guard: Guard, hubs: tuple[str, ...]) -> Exchange:
    """Look at how the server of a feed answers, and whether it answers shortly to who has the feed already."""
    try:
        probe = fetch_whole(url, guard, most=LARGEST_FEED, headers={})
        conditions = {
            name: value
            for name, value in (
                ("If-None-Match", probe.headers.get("etag", "")),
                ("If-Modified-Since", probe.headers.get("last-modified", "")),
            )
            if value and value.isascii() and value.isprintable()
        }
        is_asked = conditions and probe.status in GIVEN
        again = fetch_whole(url, guard, most=0, headers=conditions) if is_asked else None
    except ExchangeError as failure:
        return _find_failed(url, "feed", (), failure)
    return Exchange(
        url=url,
        purpose="feed",
        reply=_find_reply(probe),
        again=_find_reply(again) if again else None,
        size=len(probe.body),
        hubs=hubs,
    )


_MOST: dict[Purpose, int] = {
    "artwork": LARGEST_PICTURE,
    "chapters": _LARGEST_DOCUMENT,
    "transcript": _LARGEST_DOCUMENT,
}


def _fetch_exchange(link: Link, probe: Probe, guard: Guard) -> Exchange:
    """How a server answers that has the file: for pictures and recordings to HEAD as well."""
    if link.purpose not in ("media", "artwork"):
        return _find_exchange(link, probe)
    try:
        return _find_exchange(link, probe, head=_find_reply(fetch_head(link.url, guard)))
    except ExchangeError as failure:
        # Where the time is over, it is not the server that fails.
        return _find_exchange(link, probe, head_failure=str(failure) if guard.remaining else "")


def _find_exchange(link: Link, probe: Probe, *, head: Reply | None = None, head_failure: str = "") -> Exchange:
    return Exchange(
        url=link.url,
        purpose=link.purpose,
        uses=link.uses,
        reply=_find_reply(probe),
        head=head,
        head_failure=head_failure,
        size=probe.total,
    )


def _find_failed(url: str, purpose: Purpose, uses: tuple[Use, ...], failure: ExchangeError) -> Exchange:
    if isinstance(failure, DistrustError):
        return Exchange(url=url, purpose=purpose, uses=uses, distrust=str(failure))
    return Exchange(url=url, purpose=purpose, uses=uses, failure=str(failure))


def _find_reply(probe: Probe) -> Reply:
    redirects = tuple(Redirect(status=status, url=url) for status, url in probe.redirects)
    return Reply(status=probe.status, headers=probe.headers, redirects=redirects)


def _measure_media_sight(link: Link, stream: BinaryIO, size: int, before: tuple[Subject, ...]) -> Sight:
    media, recording = measure_media(link, stream, size)
    return Sight(subjects=(*before, media), duration=recording.duration, chapters=recording.chapters)


def _measure_file_sight(link: Link, data: bytes, before: tuple[Subject, ...]) -> Sight:
    if link.purpose == "artwork":
        artwork = measure_artwork(link, data)
        if len(data) == LARGEST_PICTURE:  # then it was cut off here, and is damaged by nobody else
            artwork = replace(artwork, damage="")
        return Sight(subjects=(*before, artwork))
    return Sight(subjects=before, data=data)


def measure_media(link: Link, stream: BinaryIO, size: int) -> tuple[Media, Recording]:
    """What rules look at in a recording of so many bytes, and all that was measured of it."""
    recording = measure_recording(stream)
    media = Media(
        url=link.url,
        uses=link.uses,
        bytes=size,
        container=recording.container,
        duration=recording.duration,
        bitrate=recording.bitrate,
        channels=recording.channels,
        tag=recording.tag,
    )
    return media, recording


def measure_artwork(link: Link, data: bytes) -> Artwork:
    """What rules look at in a picture."""
    look = measure_look(data)
    return Artwork(
        url=link.url,
        uses=link.uses,
        bytes=len(data),
        format=look.format,
        mode=look.mode,
        width=look.width,
        height=look.height,
        has_alpha=look.has_alpha,
        dpi=look.dpi,
        damage=look.damage,
    )
