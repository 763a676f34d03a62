"""Other versions of a recording, of files of the author's (podcast namespace, tag alternate-enclosure).

What can be told of a file is filled in where its author says nothing; what they say stays.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from feeds.building.sources import Library, find_duration
from feeds.errors import Fault
from feeds.formats import SECOND, format_timestamp
from feeds.media.measure import Facts
from feeds.media_types import find_suffix
from feeds.model import AlternateEnclosure, Integrity, LocalAudio, Source
from feeds.records.record import Record

NEAR = 5 * SECOND
"""By how many milliseconds two versions of one recording may differ: encoders add silence at its ends."""

_BITS = 8
_CODECS = {".opus": "opus"}
"""What the type does not tell, as it is that of every Ogg (RFC 7845, section 9)."""


def publish_alternates(
    record: Record, library: Library, find_url: Callable[[str], str], recording: tuple[str, Facts] | None
) -> tuple[AlternateEnclosure, ...]:
    """Say of every version of an episode where it can be had; `find_url` tells the address of a file by its key.

    One of the very file of the recording is what is published of that: `recording` tells its address and facts.
    """
    return tuple(_publish_all(record, library, find_url, recording))


def _publish_all(
    record: Record, library: Library, find_url: Callable[[str], str], recording: tuple[str, Facts] | None
) -> Iterator[AlternateEnclosure]:
    for alternate in record.episode.alternate_enclosures:
        key = record.find_key(alternate.file)
        if not alternate.file:
            yield alternate
        elif recording and is_recording(record, alternate):
            yield publish_alternate(_with_bitrate(alternate, library.facts[key]), *recording)
        else:
            yield publish_alternate(alternate, find_url(key), library.facts[key])


def is_recording(record: Record, alternate: AlternateEnclosure) -> bool:
    """Say whether a version is the recording of its episode once more, which may be had elsewhere too."""
    audio = record.episode.audio
    return isinstance(audio, LocalAudio) and record.find_key(audio.path) == record.find_key(alternate.file)


def publish_alternate(alternate: AlternateEnclosure, url: str, facts: Facts) -> AlternateEnclosure:
    """Say of a version where its file stands, and what it is; a hash of "" is one that nobody knows.

    The sources that the author gives come behind: they are the same file elsewhere.
    """
    integrity = Integrity(type="sri", value=format_sri(facts.sha256)) if facts.sha256 else None
    return replace(
        _with_bitrate(alternate, facts),
        file="",
        type=alternate.type or facts.type,
        length=facts.bytes if alternate.length is None else alternate.length,
        height=facts.height or None if alternate.height is None else alternate.height,
        codecs=alternate.codecs or ("" if alternate.type else _CODECS.get(find_suffix(alternate.file), "")),
        sources=(Source(uri=url), *alternate.sources),
        integrity=alternate.integrity or integrity,
    )


def _with_bitrate(alternate: AlternateEnclosure, facts: Facts) -> AlternateEnclosure:
    """The mean of the whole file, as it is what a listener downloads."""
    if alternate.bitrate is not None or not facts.duration:
        return alternate
    return replace(alternate, bitrate=Decimal(round(facts.bytes * _BITS * SECOND / facts.duration)))


def format_sri(sha256: str) -> str:
    """Write a hash as a browser checks it (Subresource Integrity, section 3.5).

    >>> format_sri("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
    """
    return f"sha256-{base64.b64encode(bytes.fromhex(sha256)).decode()}"


def find_alternate_warnings(record: Record, library: Library) -> Iterator[Fault]:
    """Find versions that are not at hand, and those that are longer or shorter than the recording.

    One with a name for what it is instead, in `rel`, may be: a commentary, a clip.
    """
    episode, whole = record.episode, find_duration(record, library)
    for alternate in episode.alternate_enclosures:
        if not alternate.file:
            continue
        key = record.find_key(alternate.file)
        facts = library.facts[key]
        messages = []
        if key not in library.files:
            messages.append("is not here: its facts come from channel.lock, the file itself is not written")
        if whole and alternate.rel in ("", "default") and abs(facts.duration - whole) > NEAR:
            lengths = f"{format_timestamp(facts.duration)}, and the episode {format_timestamp(whole)}"
            messages.append(f"lasts {lengths}: give the right file, or say in its rel what else it is")
        for message in messages:
            line = episode.lines.get("alternate_enclosures", 0)
            yield Fault(path=episode.path, line=line, message=f"alternate_enclosures: {key} {message}")
