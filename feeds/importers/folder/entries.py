"""The record of a recording, and the files that belong to it: its copy, its pictures and its transcripts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from feeds.authoring.additions import write_additions
from feeds.authoring.recordings import draft_recording, find_place, find_record_name, find_relative, find_title
from feeds.errors import format_path
from feeds.importers.folder.dating import Recording, Take
from feeds.importers.folder.shelves import Album, Picture, Shelf, read_album
from feeds.media.lyrics import Lyrics
from feeds.media.measure import measure_transcript
from feeds.media_types import find_transcript_type
from feeds.model import Channel, Chapter, Episode, Transcript
from feeds.records.seeds import format_seed
from feeds.transcripts.vtt import format_vtt

_NO_TITLE = "Episode"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What was written for one recording: the path of its record, and of every file, the record last."""

    record: str
    written: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where records are written: the channel, the project, and the pictures that the channel has."""

    channel: Channel
    project: Path
    shelf: Shelf

    @property
    def folder(self) -> Path:
        """The folder of the channel's records."""
        return self.channel.folder / self.channel.seeds


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """An episode, and the files that are to be written for it; `shown` are pictures with their places."""

    episode: Episode
    files: dict[Path, bytes | Path]
    shown: tuple[tuple[Picture, Path], ...]


def write_entry(take: Take, desk: Desk) -> Entry:
    """Write the record of a recording and all that belongs to it, or nothing of it.

    A recording from outside the project is copied, never moved: whoever wants no second copy of a hundred gigabytes
    puts the folder into the project first, where recordings are left as they lie. A name that is taken gets a number.
    """
    recording = take.recording
    album = read_album(recording.file)
    title = find_title(recording.tags, recording.file) or _NO_TITLE
    notes = [*take.notes, *album.notes]
    if not recording.tags.title:
        notes.append("has its title from the name of its file, as its tags have none")
    if recording.tags.feed:
        notes.append(f"came from the podcast {recording.tags.feed}: `feeds import feed` takes a whole show over")
    transcript = _measure_transcript(recording, notes)
    for name in _find_names(find_record_name(title)):
        record = desk.folder / f"{name}.md"
        layout = _lay_out(
            replace(take, recording=replace(recording, transcript=transcript)), title, album, record, desk
        )
        if not any(file.exists() or file.is_symlink() for file in (record, *layout.files)):
            break
    layout.files[record] = format_seed(layout.episode).encode()
    write_additions(layout.files, remedy="take it away, and run the import again")
    for picture, place in layout.shown:
        desk.shelf.put(picture, place)
    return Entry(record=format_path(record), written=tuple(map(format_path, layout.files)), notes=tuple(notes))


def _find_names(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}-{number}" for number in count(2))


def _measure_transcript(recording: Recording, notes: list[str]) -> Path | None:
    """The transcript beside a recording, if it is one."""
    file = recording.transcript
    try:
        if file:
            measure_transcript(file, find_transcript_type(file.name))
    except (ValueError, OSError) as error:
        notes.append(f"goes without the transcript beside it: {error}")
        return None
    return file


def _lay_out(take: Take, title: str, album: Album, record: Path, desk: Desk) -> _Layout:
    recording, tags = take.recording, take.recording.tags
    files: dict[Path, bytes | Path] = {}
    place = find_place(recording.file, record.with_suffix(recording.file.suffix.lower()), desk.project)
    if place != recording.file:
        files[place] = recording.file
    episode = draft_recording(title, take.date, tags, audio=find_relative(place, record.parent), channel=desk.channel)
    shown: dict[Picture, Path] = {}
    cover = album.cover if album.cover and album.cover.sha256 != desk.shelf.artwork else None
    if cover:
        shared = desk.shelf.shared[cover.sha256] > 1
        _show(cover, record.with_name("cover") if shared else record, shown, files, desk.shelf)
    for number, picture in enumerate(album.chapters.values(), 1):
        _show(picture, record.with_name(f"{record.stem}-{number}"), shown, files, desk.shelf)
    chapters = (
        replace(section, image=find_relative(shown[album.chapters[section.start]], record.parent))
        if isinstance(section, Chapter) and section.start in album.chapters
        else section
        for section in episode.sections
    )
    episode = replace(
        episode,
        guid=tags.guid,
        image=find_relative(shown[cover], record.parent) if cover else "",
        sections=tuple(chapters),
        transcripts=tuple(_lay_out_transcripts(recording, record, files, desk.project)),
    )
    return _Layout(episode=episode, files=files, shown=tuple(shown.items()))


def _show(
    picture: Picture, name: Path, shown: dict[Picture, Path], files: dict[Path, bytes | Path], shelf: Shelf
) -> None:
    """Find a place for a picture, which is written there unless it stands somewhere already."""
    if picture in shown:
        return
    place = shelf.find_place(picture)
    if place is None:
        names = (name.with_name(f"{each}{picture.suffix}") for each in _find_names(name.stem))
        # The picture that all share is called "cover", which another one may be; that of an episode is called as its
        # record, for which a free name is found anyway.
        place = next(each for each in names if name.name != "cover" or not each.exists())
        files[place] = picture.data
    shown[picture] = place


def _lay_out_transcripts(
    recording: Recording, record: Path, files: dict[Path, bytes | Path], project: Path
) -> Iterator[Transcript]:
    """The transcript that lies beside the recording, then those in its tags.

    Programs call words English unless told otherwise, so a language is only believed where there are several.
    """
    if recording.transcript:
        place = find_place(recording.transcript, record.with_suffix(recording.transcript.suffix.lower()), project)
        if place != recording.transcript:
            files[place] = recording.transcript
        source = find_relative(place, record.parent)
        yield Transcript(source=source, type=find_transcript_type(source))
    several = len({lyrics.language for lyrics in recording.tags.lyrics}) > 1
    for lyrics in recording.tags.lyrics:
        language = lyrics.language if several else ""
        place = _find_transcript_place(lyrics, language, record, {*files, recording.transcript})
        files[place] = (format_vtt(lyrics.cues) if lyrics.cues else f"{lyrics.text}\n").encode()
        yield Transcript(source=place.name, type=find_transcript_type(place.name), language=language)


def _find_transcript_place(lyrics: Lyrics, language: str, record: Path, taken: set[Path | None]) -> Path:
    suffix = ".vtt" if lyrics.cues else ".txt"
    stem = f"{record.stem}.{language}" if language else record.stem
    places = (record.with_name(f"{name}{suffix}") for name in _find_names(stem))
    return next(place for place in places if place not in taken)
