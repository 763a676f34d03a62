"""The files that a show names: audio, pictures, transcripts, and what the notes link to.

Each is known by its key, the path relative to the project. Its facts come from the lock where they stand there,
so that a checkout without the audio builds the same bytes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Literal

from feeds.errors import Fault
from feeds.media.measure import (
    Facts,
    measure_audio,
    measure_file,
    measure_picture,
    measure_transcript,
    measure_video,
)
from feeds.media.sightings import Sighting, measure_look
from feeds.media_types import find_audio_type, is_url
from feeds.model import LocalAudio
from feeds.records.record import Record

Kind = Literal["audio", "video", "picture", "transcript", "file"]

_KINDS: tuple[Kind, ...] = ("audio", "video", "picture", "transcript", "file")
"""Those first of which more is measured: a file may be two things at once."""

_TEXTS = ("transcript", "file")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that something names. `path` and `line` say where, `what` says as what.

    `outside` is true of one that leads out of the project from a record within it; `folder` is where that record
    stands, relative to the project. `type` is the media type that a transcript has by its record.
    """

    key: str
    kind: Kind
    what: str
    path: str
    line: int = 0
    outside: bool = False
    folder: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """The facts of every file that the show names, by key, and the files that are really there.

    `sightings` says how each of them looks.
    """

    facts: Mapping[str, Facts]
    files: Mapping[str, Path]
    sightings: Mapping[str, Sighting]


def find_sources(record: Record, records: Collection[str]) -> Iterator[Source]:
    """List the files that a record names. `records` are the keys of all records: a link to one is no file."""
    path, folder = record.episode.path, str(PurePosixPath(record.key).parent)
    for name, named in _find_names(record):
        key = record.find_key(name)
        if name and not is_url(name) and not (named.kind == "file" and key in records):
            outside = key.startswith("../") and not record.key.startswith("../")
            yield replace(named, key=key, path=path, outside=outside, folder=folder)


def _find_names(record: Record) -> Iterator[tuple[str, Source]]:
    """Every file and address that a record names, with what that is, whose place is not known yet."""
    episode = record.episode

    def named(kind: Kind, what: str, line: int | None = None) -> Source:
        return Source(key="", kind=kind, what=what, path="", line=episode.lines.get(what, 0) if line is None else line)

    if isinstance(episode.audio, LocalAudio):
        yield episode.audio.path, named("audio", "audio")
    yield episode.image, named("picture", "image")
    for transcript in episode.transcripts:
        yield transcript.source, replace(named("transcript", "transcripts"), type=transcript.type)
    for alternate in episode.alternate_enclosures:
        yield alternate.file, named("audio", "alternate_enclosures")
    for image in episode.images:
        yield image.href, named(find_picture_kind(image.href), "images")
    for chapter in episode.chapters:
        yield chapter.image, named("picture", "chapter image", chapter.line)
    for link, line in record.links.items():
        yield link, named("file", "link", line)


def find_picture_kind(name: str) -> Kind:
    """What a picture is: one that moves is a video, which may be without a sound."""
    return "video" if find_audio_type(name).startswith("video/") else "picture"


def find_duration(record: Record, library: Library) -> int:
    """The length of an episode in milliseconds: as measured, else as its record says, else 0."""
    episode, measured = record.episode, None
    if isinstance(episode.audio, LocalAudio):
        measured = library.facts.get(record.find_key(episode.audio.path))
    return measured.duration if measured else episode.duration


def measure_sources(
    sources: Iterable[Source],
    project: Path,
    locked: Mapping[str, Facts],
    seen: Mapping[str, Sighting],
    faults: list[Fault],
) -> Library:
    """Find the facts of each file: those that it had in this checkout as long as it looks the same, else by measuring
    it. Of a file that is not here the lock tells them.

    A file that the lock does not know either is a fault. So is one outside the project, which is not even
    opened: a record may come from somebody else, and whatever it names is published.
    """
    facts: dict[str, Facts] = {}
    files: dict[str, Path] = {}
    sightings: dict[str, Sighting] = {}
    for source in sorted(sources, key=_find_turn):
        if source.key in facts:
            continue
        if source.outside:
            message = f"{source.what}: {source.key} leads out of the project: nothing from there is published"
            faults.append(Fault(path=source.path, line=source.line, message=message))
            continue
        file = project / source.key
        if not file.is_file():
            known = locked.get(source.key)
            if known and _tells_enough(source, known):
                facts[source.key] = known
            else:
                message = f"{source.what}: there is no file {source.key}"
                faults.append(Fault(path=source.path, line=source.line, message=message))
            continue
        if source.kind in _TEXTS and _leads_away(file, project, project / source.folder):
            message = f"{source.what}: {source.key} is a link to a file elsewhere: put the file itself here"
            faults.append(Fault(path=source.path, line=source.line, message=message))
            continue
        files[source.key] = file
        look = measure_look(file)  # before its content: what changes meanwhile will look another way
        sighting = seen.get(source.key)
        # Text is short and costs nothing to read again.
        if sighting and sighting.look == look and source.kind not in _TEXTS and _tells_enough(source, sighting.facts):
            found = sighting.facts
        else:
            try:
                found = _measure(source, file, sighting.facts if sighting else None)
            except (ValueError, OSError) as error:
                reason = error.strerror if isinstance(error, OSError) else error
                message = f"{source.what}: {source.key}: {reason}"
                faults.append(Fault(path=source.path, line=source.line, message=message))
                continue
        facts[source.key] = found
        sightings[source.key] = Sighting(look=look, facts=found)
    return Library(facts=facts, files=files, sightings=sightings)


def _measure(source: Source, file: Path, known: Facts | None) -> Facts:
    match source.kind:
        case "audio":
            return measure_audio(file)
        case "video":
            return measure_video(file)
        case "picture":
            return measure_picture(file)
        case "transcript":
            return measure_transcript(file, source.type, known)
        case "file":
            return measure_file(file)


def _leads_away(file: Path, *folders: Path) -> bool:
    """Say whether a symbolic link takes a file out of all these folders. Audio and pictures may stand on another disk;
    a text could be any file of the machine.
    """
    return not any(file.resolve().is_relative_to(folder.resolve()) for folder in folders)


def _find_turn(source: Source) -> int:
    """A file that is both audio and the end of a link is measured as audio, which tells most of it."""
    return _KINDS.index(source.kind)


def _tells_enough(source: Source, known: Facts) -> bool:
    """Say whether the facts of a file are those of its kind: it may have been no more than the end of a link."""
    return bool({"audio": known.duration, "video": known.width, "picture": known.width}.get(source.kind, True))
