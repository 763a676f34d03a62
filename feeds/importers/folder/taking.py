"""A record for each recording of a folder that the project does not have yet."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from feeds.authoring.artwork import SIZE, render_artwork
from feeds.authoring.options import parse_option
from feeds.authoring.recordings import find_channel, find_relative, find_title
from feeds.errors import Fault, FeedsError, OptionError, format_path
from feeds.identity.lock import FILE_NAME, read_lock
from feeds.importers.folder.dating import Recording, Take, arrange_takes, find_take
from feeds.importers.folder.entries import Desk, write_entry
from feeds.importers.folder.gatherings import Gathering, read_gathering
from feeds.importers.folder.holdings import Holdings, find_guids, find_named_files
from feeds.importers.folder.shelves import Picture, Shelf, read_album
from feeds.media.measure import measure_tags
from feeds.model import Channel
from feeds.progress import Tell
from feeds.records.record import Record, find_project_key, read_records
from feeds.settings.channel import Settings, read_settings
from feeds.tables.values import parse_path
from feeds.tree import is_built


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of a folder. Every file of it that is not hidden is in one of these.

    `records` are the paths of the new records, in the order in which they came out, and `written` those of all files;
    `known` names recordings that the project has already, `broken` those that cannot be read, `others` what is no
    recording, and `notes` what was guessed or left out about each new record.
    """

    channel: str
    records: tuple[str, ...]
    written: tuple[str, ...]
    known: tuple[Fault, ...]
    broken: tuple[Fault, ...]
    others: tuple[Fault, ...]
    notes: tuple[Fault, ...]


def import_folder(folder: Path, project: Path, *, channel: str, progress: Tell) -> Imported:
    """Write a record for each recording in a folder and below it that the project does not have yet.

    `channel` may be "" where there is only one. A record is written with all that belongs to it or not at all, so a
    run that was stopped is taken up by the next one. There must be a project: an audio file does not know what the
    show is called in the directories, nor has it an artwork that they take.

    Raises FeedsError, and writes nothing, where the folder holds no audio, or where a record of the project cannot be
    read, since nobody knows then which recordings it has.
    """
    settings = read_settings(project / "channel.toml")
    faults: list[Fault] = []
    chosen = parse_option("--channel", channel, partial(find_channel, settings.channels), None, faults)
    if chosen is None:
        raise OptionError(faults)
    records = _read_project(settings, project)
    lock = read_lock(project / FILE_NAME, format_path(project / FILE_NAME))
    gathering = _read_folder(folder)
    everything = [record for several in records.values() for record in several]
    intake = _Intake(project, Holdings(everything, project, lock), progress, len(gathering.audio))
    intake.read_recordings(gathering)
    takes = _find_takes(intake, settings, chosen, records, find_guids(everything, lock))
    desk = Desk(channel=chosen, project=project, shelf=Shelf(chosen, records.get(chosen.slug, ()), project))
    desk.shelf.shared.update(picture.sha256 for picture in intake.covers.values())
    entries = []
    for take in takes:
        entries.append(write_entry(take, desk))
        intake.tell()
    notes = [Fault(path=entry.record, message=note) for entry in entries for note in entry.notes]
    return Imported(
        channel=chosen.slug,
        records=tuple(entry.record for entry in entries),
        written=tuple(path for entry in entries for path in entry.written),
        known=tuple(intake.known),
        broken=tuple(intake.broken),
        others=tuple(_find_others(gathering, everything, settings.channels, project)),
        notes=(*notes, *_offer_artwork(desk, takes, intake.covers)),
    )


class _Intake:
    """The recordings of a folder as they are read one by one, sorted by whether they can be taken."""

    def __init__(self, project: Path, holdings: Holdings, progress: Tell, total: int) -> None:
        self.recordings: list[Recording] = []
        self.covers: dict[Path, Picture] = {}
        self.known: list[Fault] = []
        self.broken: list[Fault] = []
        self._project = project
        self._holdings = holdings
        self._progress = progress
        self._done, self._total = 0, 2 * total  # each is read, and then written

    def read_recordings(self, gathering: Gathering) -> None:
        for file in gathering.audio:
            try:
                self._read_recording(file, gathering.transcripts.get(file))
            except (ValueError, OSError) as error:
                reason = (error.strerror if isinstance(error, OSError) else "") or str(error)
                self.broken.append(Fault(path=format_path(file), message=reason))
            self.tell()

    def tell(self) -> None:
        self._done += 1
        self._progress(self._done, self._total)

    def _read_recording(self, file: Path, transcript: Path | None) -> None:
        tags = measure_tags(file)
        if owner := self._holdings.read_owner(file):
            self.known.append(Fault(path=format_path(file), message=f"is a recording that {owner} has already"))
            return
        _check_name(file, self._project)
        if cover := read_album(file).cover:
            self.covers[file] = replace(cover, data=b"")  # those of a thousand recordings need not be held at once
        modified = dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC)
        self.recordings.append(Recording(file=file, tags=tags, modified=modified, transcript=transcript))
        self._holdings.add(file, format_path(file))


def _check_name(file: Path, project: Path) -> None:
    """A recording within the project is named in its record, which cannot say every name. Raises ValueError."""
    if file.resolve().is_relative_to(project.resolve()):
        key = find_project_key(file.resolve(), project.resolve())
        try:
            sayable = parse_path(key) == key and "://" not in key
        except ValueError:
            sayable = False
        if not sayable:
            raise ValueError("no record can say this name: rename the file")


def _read_project(settings: Settings, project: Path) -> Mapping[str, tuple[Record, ...]]:
    """The records of all channels; one that has no folder yet has none."""
    faults: list[Fault] = []
    begun = [channel for channel in settings.channels if (channel.folder / channel.seeds).is_dir()]
    records = read_records(begun, project, settings.site.timezone, faults)
    if faults:
        raise FeedsError(faults)
    return records


def _read_folder(folder: Path) -> Gathering:
    """Look through the folder. Raises FeedsError if nothing in it can become an episode."""
    if is_built(folder):
        message = "was written by feeds build: name the folder in which your recordings lie"
        raise FeedsError([Fault(path=format_path(folder), message=message)])
    gathering = read_gathering(folder)
    if not gathering.audio:
        message = "holds no audio or video file that podcast apps play (mp3, m4a, m4b, mp4, ogg, opus, flac…)"
        raise FeedsError([*gathering.closed, Fault(path=format_path(folder), message=message)])
    return gathering


def _find_takes(
    intake: _Intake,
    settings: Settings,
    channel: Channel,
    records: Mapping[str, tuple[Record, ...]],
    guids: Mapping[str, str],
) -> tuple[Take, ...]:
    """Date the recordings and put them in order; those that a record seems to speak of join the known ones.

    A tag that was mended makes another file of the same episode, which must not come to listeners twice.
    """
    zone = settings.site.timezone
    there = [record.episode for record in records.get(channel.slug, ())]
    days = {(episode.title.casefold(), episode.date.astimezone(zone).date()): episode.path for episode in there}
    counts = Counter(recording.tags.guid for recording in intake.recordings)
    takes = []
    for recording in intake.recordings:
        take = find_take(recording, zone)
        tags, path = recording.tags, format_path(recording.file)
        title = find_title(tags, recording.file).casefold()
        if owner := guids.get(tags.guid):
            intake.known.append(
                Fault(path=path, message=f"has the guid of {owner} in its tags, and is not taken again")
            )
        elif owner := days.get((title, take.date.astimezone(zone).date())):
            message = f"has the title and the day of {owner}, so it is not taken: if it is another, use feeds new"
            intake.known.append(Fault(path=path, message=message))
        else:
            takes.append(_drop_shared_guid(take) if counts[tags.guid] > 1 else take)
    return tuple(arrange_takes(takes, {episode.date for episode in there}))


def _drop_shared_guid(take: Take) -> Take:
    """A guid that several have tells none of them apart; it comes of tags that were copied."""
    guid = take.recording.tags.guid
    if not guid:
        return take
    tags = replace(take.recording.tags, guid="")
    note = f"goes without the guid {guid!r} in its tags, which other recordings have too"
    return replace(take, recording=replace(take.recording, tags=tags), notes=(*take.notes, note))


def _find_others(
    gathering: Gathering, records: Iterable[Record], channels: Iterable[Channel], project: Path
) -> Iterable[Fault]:
    """What is no recording, but for that which belongs to the project already."""
    ours = find_named_files(records) | {
        find_project_key(channel.folder / channel.image, project) for channel in channels
    }
    yield from gathering.closed
    for file in gathering.others:
        if find_project_key(file, project) not in ours:
            yield Fault(path=format_path(file), message="is no recording")


def _offer_artwork(desk: Desk, takes: Sequence[Take], covers: Mapping[Path, Picture]) -> Iterable[Fault]:
    """Where all recordings hold one picture, it is the show's; the one that feeds init drew may make room for it."""
    pictures = {covers.get(take.recording.file) for take in takes}
    picture = pictures.pop() if len(pictures) == 1 and len(takes) > 1 else None
    place = desk.shelf.find_place(picture) if picture else None
    if picture and place and picture.sides[0] == picture.sides[1] >= SIZE and _is_drawn(desk.channel):
        image = find_relative(place, desk.channel.folder)
        message = (
            f"channels.{desk.channel.slug}.image: all {len(takes)} recordings hold one picture: "
            f'write image = "{image}" to make it that of the show'
        )
        yield Fault(path=desk.channel.path, message=message)


def _is_drawn(channel: Channel) -> bool:
    artwork = channel.folder / channel.image
    return artwork.is_file() and artwork.read_bytes() == render_artwork(channel.title)
