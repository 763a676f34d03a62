"""How the recording of an episode is published: as a copy with its tags and chapters in it, or as it is.

The address of a copy is made of the recording and of all that it says, since apps do not fetch a file again whose
address they know. Its length stands in the lock, so that it is made, and its source opened, only when it is another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path, PurePosixPath

from feeds import addresses
from feeds.building.labels import Labelling, read_label
from feeds.building.sources import Library
from feeds.errors import Fault, FeedsError, format_path
from feeds.identity.lock import LockedEpisode
from feeds.media.standin import count_bytes, format_standin
from feeds.media_types import is_url
from feeds.model import Channel, Episode, LocalAudio, RemoteAudio, StandIn
from feeds.records.record import Record
from feeds.tagging.copy import measure_copy
from feeds.tagging.id3 import Tag
from feeds.tagging.label import Label
from feeds.tagging.mp3 import format_labelled_tag
from feeds.tree import Content, File

REMEMBERED = 5
"""How many former paths of a recording are known: an author may build as often before one of them is published."""

Standing = Callable[[str, int], bool]
"""Tells whether a file of the site stands in its place: its path, and its length in bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Where the recording of an episode stands: a path of the site, the URL of a remote one, "" for none.

    `label` and `length` as in the lock. `warning` is what its author should know, "" for nothing.
    """

    enclosure: str
    label: str = ""
    length: int = 0
    warning: str = ""


def settle_enclosure(
    channel: Channel,
    record: Record,
    before: LockedEpisode | None,
    labelling: Labelling,
    library: Library,
    standing: Standing,
) -> Settled:
    """Settle where the recording of an episode stands, and what it says; `before` is what is locked of it.

    A copy that is locked, and stands in its place, is not measured again. Of a recording that is not in this checkout
    what is locked stays, old tags among it.
    """
    audio, source = record.episode.audio, _find_mark(record, library)
    plain = Settled(enclosure=_find_path(channel, record, labelling.slug, source))
    if isinstance(audio, RemoteAudio) or not source or not channel.embed:
        return plain
    if isinstance(audio, LocalAudio) and record.find_key(audio.path) not in library.files:
        return _keep(before, _join(source, labelling.mark)) if before and before.enclosure else plain
    mark = _join(source, labelling.mark)
    path = _find_path(channel, record, labelling.slug, mark)
    if before and before.label == mark and before.length and standing(path, before.length):
        return Settled(enclosure=path, label=mark, length=before.length)
    try:
        return Settled(enclosure=path, label=mark, length=_measure_length(record, labelling, library))
    except ValueError as error:
        lost = "so its chapters are not in it" if record.episode.chapters else "so it says nothing of its episode"
        return replace(plain, warning=f"audio: {error}, {lost}")


def _keep(before: LockedEpisode, mark: str) -> Settled:
    warning = ""
    if before.label and before.label != mark:
        warning = "audio: what its tags say has changed, and it is not here: they stay as they are until a build has it"
    return Settled(enclosure=before.enclosure, label=before.label, length=before.length, warning=warning)


def find_superseded(before: LockedEpisode | None, enclosure: str) -> tuple[str, ...]:
    """The paths at which a recording stood before it came to `enclosure`, oldest first, as many as are remembered."""
    if before is None:
        return ()
    had = (path for path in (*before.superseded, before.enclosure) if path not in ("", enclosure) and not is_url(path))
    return tuple(dict.fromkeys(had))[-REMEMBERED:]


def find_enclosure_file(record: Record, identity: LockedEpisode, labelling: Labelling, library: Library) -> File | None:
    """The published file of a recording, or of a stand-in, None where there is neither.

    It is without its content where the recording is not in this checkout.
    """
    audio, key = record.episode.audio, record.key
    content: Content | None
    if isinstance(audio, StandIn):
        label = labelling if identity.length else None
        content = partial(_read_stand_in, record.episode, label, library)
    elif isinstance(audio, LocalAudio):
        key = record.find_key(audio.path)
        file = library.files.get(key)
        content = partial(_read_copy, file, labelling, library, identity.length) if file and identity.length else file
    else:
        return None
    return File(path=identity.enclosure, content=content, source=key, length=find_length(record, identity, library))


def find_length(record: Record, identity: LockedEpisode, library: Library) -> int:
    """The size in bytes of the published file of a recording of the author's, or of a stand-in."""
    audio = record.episode.audio
    if identity.length:
        return identity.length
    if isinstance(audio, LocalAudio):
        return library.facts[record.find_key(audio.path)].bytes
    return count_bytes(duration=record.episode.duration)


def _measure_length(record: Record, labelling: Labelling, library: Library) -> int:
    label = read_label(labelling, library)
    audio = record.episode.audio
    if isinstance(audio, LocalAudio):
        return measure_copy(library.files[record.find_key(audio.path)], label).length
    return len(_format_tag(label)) + count_bytes(duration=record.episode.duration)


def _read_copy(file: Path, labelling: Labelling, library: Library, length: int) -> Iterator[bytes]:
    """Read a copy that was measured. Raises FeedsError if it is not what was measured any more."""
    try:
        copy = measure_copy(file, read_label(labelling, library))
        if copy.length != length:
            raise ValueError("it has another length than it had")
        yield from copy.read_pieces()
    except ValueError as error:
        message = f"changed while the site was built ({error}): build again"
        raise FeedsError([Fault(path=format_path(file), message=message)]) from error


def _read_stand_in(episode: Episode, labelling: Labelling | None, library: Library) -> Iterator[bytes]:
    if labelling:
        yield _format_tag(read_label(labelling, library))
    yield from format_standin(duration=episode.duration, marks=_find_marks(episode))


def _format_tag(label: Label) -> bytes:
    """The tag in front of a stand-in, which has none of its own."""
    return format_labelled_tag(Tag(), label)


def _find_path(channel: Channel, record: Record, slug: str, mark: str) -> str:
    """The path of a recording that is known by its mark; the URL of a remote one, "" for none."""
    audio = record.episode.audio
    if isinstance(audio, RemoteAudio):
        return audio.url
    if not mark:
        return ""
    suffix = PurePosixPath(audio.path).suffix.lower() if isinstance(audio, LocalAudio) else ".mp3"
    return addresses.episode_file(channel.slug, slug, slug, mark, suffix)


def _find_mark(record: Record, library: Library) -> str:
    """By what a recording is known: its hash, or for a stand-in what it is made of, which is quicker than making it."""
    episode = record.episode
    if isinstance(episode.audio, StandIn):
        return _join(f"{episode.duration} {_find_marks(episode)}", _make_sample().hex())
    facts = library.facts.get(record.find_key(episode.audio.path)) if isinstance(episode.audio, LocalAudio) else None
    return facts.sha256 if facts else ""


def _find_marks(episode: Episode) -> tuple[int, ...]:
    return tuple(chapter.start for chapter in episode.chapters if chapter.toc)


def _join(*marks: str) -> str:
    return hashlib.sha256("".join(marks).encode()).hexdigest()


@cache
def _make_sample() -> bytes:
    return b"".join(format_standin(duration=1000, marks=(0,)))
