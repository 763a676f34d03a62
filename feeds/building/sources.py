"""The files that a show names: audio, pictures, transcripts, and what the notes link to.

Each is known by its key, the path relative to the project. Its facts come from the lock where they stand there,
so that a checkout without the audio builds the same bytes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from feeds.errors import Fault
from feeds.identity.lock import Lock
from feeds.media.measure import Facts, measure_audio, measure_file, measure_picture, measure_transcript
from feeds.media_types import is_url
from feeds.model import LocalAudio
from feeds.records.record import Record

Kind = Literal["audio", "picture", "transcript", "file"]

_MEASURE = {
    "audio": measure_audio,
    "picture": measure_picture,
    "transcript": measure_transcript,
    "file": measure_file,
}
_TEXTS = ("transcript", "file")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that something names. `path` and `line` say where, `what` says as what.

    `outside` is true of one that leads out of the project from a record within it.
    """

    key: str
    kind: Kind
    what: str
    path: str
    line: int = 0
    outside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """The facts of every file that the show names, by key, and the files that are really there.

    `seen` tells how new the newest of these is, as in Lock.
    """

    facts: Mapping[str, Facts]
    files: Mapping[str, Path]
    seen: int = 0


def find_sources(record: Record, records: Collection[str]) -> Iterator[Source]:
    """List the files that a record names. `records` are the keys of all records: a link to one is no file."""
    episode = record.episode

    def source(name: str, kind: Kind, what: str, line: int) -> Source:
        key = record.find_key(name)
        outside = key.startswith("../") and not record.key.startswith("../")
        return Source(key=key, kind=kind, what=what, path=episode.path, line=line, outside=outside)

    if isinstance(episode.audio, LocalAudio):
        yield source(episode.audio.path, "audio", "audio", episode.lines.get("audio", 0))
    if episode.image and not is_url(episode.image):
        yield source(episode.image, "picture", "image", episode.lines.get("image", 0))
    for transcript in episode.transcripts:
        if not is_url(transcript.source):
            yield source(transcript.source, "transcript", "transcripts", episode.lines.get("transcripts", 0))
    for chapter in episode.chapters:
        if chapter.image and not is_url(chapter.image):
            yield source(chapter.image, "picture", "chapter image", chapter.line)
    for link, line in record.links.items():
        if record.find_key(link) not in records:
            yield source(link, "file", "link", line)


def measure_sources(sources: Iterable[Source], project: Path, locked: Lock, faults: list[Fault]) -> Library:
    """Find the facts of each file: from the lock where they still hold, else by measuring it.

    A file that is not there is a fault, unless the lock knows it. So is one outside the project, which is not even
    opened: a record may come from somebody else, and whatever it names is published.
    """
    facts: dict[str, Facts] = {}
    files: dict[str, Path] = {}
    seen = 0
    for source in sorted(sources, key=_find_turn):
        if source.key in facts:
            continue
        if source.outside:
            message = f"{source.what}: {source.key} leads out of the project: nothing from there is published"
            faults.append(Fault(path=source.path, line=source.line, message=message))
            continue
        file = project / source.key
        known = locked.files.get(source.key)
        if known and not _tells_enough(source, known):
            known = None
        if not file.is_file():
            if known is None:
                message = f"{source.what}: there is no file {source.key}"
                faults.append(Fault(path=source.path, line=source.line, message=message))
            else:
                facts[source.key] = known
            continue
        files[source.key] = file
        stat = file.stat()
        changed = max(stat.st_mtime_ns, stat.st_ctime_ns)  # an older file that was moved here has kept the former
        seen = max(seen, changed)
        # Audio that was encoded again often has the very size that it had. Text is short: no need to trust a date.
        if known is None or source.kind in _TEXTS or known.bytes != stat.st_size or changed > locked.seen:
            try:
                known = _MEASURE[source.kind](file)
            except (ValueError, OSError) as error:
                reason = error.strerror if isinstance(error, OSError) else error
                message = f"{source.what}: {source.key}: {reason}"
                faults.append(Fault(path=source.path, line=source.line, message=message))
                continue
        facts[source.key] = known
    return Library(facts=facts, files=files, seen=seen)


def _find_turn(source: Source) -> int:
    """A file that is both audio and the end of a link is measured as audio, which tells most of it."""
    return tuple(_MEASURE).index(source.kind)


def _tells_enough(source: Source, known: Facts) -> bool:
    """Say whether the facts of a file are those of its kind: it may have been no more than the end of a link."""
    return bool({"audio": known.duration, "picture": known.width}.get(source.kind, True))
