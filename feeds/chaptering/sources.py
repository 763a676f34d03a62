"""Where chapters come from: texts of any form, recordings, records, feeds; the disk, the web, standard input."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from feeds.chaptering.items import find_item_chapters, is_feed
from feeds.chapters.carriers import CARRIER_BY_NAME, Carrier, find_text_carrier
from feeds.chapters.listing import ChapterList
from feeds.errors import Fault, FeedsError, format_path
from feeds.media.containers import HEAD, find_container
from feeds.media.measure import measure_tags
from feeds.media_types import find_audio_type, is_url
from feeds.model import LocalAudio
from feeds.network.limits import DOCUMENT_LIMITS, Limits
from feeds.records.seeds import read_seed
from feeds.rulebook.forms.containers import FLAC, MP3, MP4, OGG, WAVE
from feeds.validating.origins import STDIN, Origin, read_origins

_RECORD = ".md"
CARRIER_OF = {MP3: "id3", WAVE: "id3", MP4: "mp4", OGG: "vorbis", FLAC: "vorbis"}
"""The carriers in the tags of each kind of recording, by their names."""

_SUFFIXES = {MP3: ".mp3", WAVE: ".wav", MP4: ".m4a", OGG: ".ogg", FLAC: ".flac"}
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_NO_FORM = "holds no chapters in a form that is known: `feeds chapters carriers` lists the forms"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Chapters and where they stood.

    `carrier` is None for a record, whose chapters may have pictures beside it. `text` is what was read, "" of a
    recording. `file` is None where they did not come from the disk. `fault` is what keeps the text from being read.
    """

    name: str
    listing: ChapterList
    carrier: Carrier | None
    text: str = ""
    file: Path | None = None
    fault: str = ""

    @property
    def form(self) -> str:
        """What the form of the chapters is called."""
        return self.carrier.title if self.carrier else "record of an episode"


def read_chapters(source: str, *, stdin: BinaryIO, episode: str = "", limits: Limits = DOCUMENT_LIMITS) -> Source:
    """Read the chapters of a source; `episode` names one of a feed by guid, title or number.

    Raises FeedsError if there are none.
    """
    return check_readable(read_source(source, stdin=stdin, episode=episode, limits=limits))


def check_readable(source: Source) -> Source:
    """Give back a source that has chapters. Raises FeedsError for any other."""
    if source.fault:
        raise _fail(source.name, f"cannot be read as {source.form}: {source.fault}")
    if not source.listing.chapters and source.carrier and source.carrier.parse is None:
        raise _fail(source.name, "this recording has no chapters: `feeds chapters embed` writes some into a copy")
    if not source.listing.chapters:
        raise _fail(source.name, f"holds no chapters that can be read, as {source.form}: every chapter needs a time")
    return source


def read_source(source: str, *, stdin: BinaryIO, episode: str = "", limits: Limits = DOCUMENT_LIMITS) -> Source:
    """Read the chapters of a source, if there are any. Raises FeedsError if it cannot be read."""
    path = Path(source)
    if source != STDIN and path.suffix.lower() == _RECORD and path.is_file():
        return read_record(path)
    if path.is_file() and (kind := read_kind(path)):
        return read_recording(path, kind)
    if source != STDIN and path.is_dir():
        raise _fail(source, "is a folder: name a file in it")
    if source != STDIN and not is_url(source) and not path.is_file():
        raise _fail(
            source, "is not there: name a chapters file, a recording, a record, a feed, or - for standard input"
        )
    for origin in read_origins(source, stdin=stdin, limits=limits):
        if isinstance(origin, Fault):
            raise FeedsError([origin])
        if origin.file is None and (kind := find_kind(origin.data[:HEAD], origin.name)):
            return _read_passing(origin, kind)
        return parse_origin(origin, episode)
    raise _fail(source, _NO_FORM)


def read_kind(file: Path) -> str:
    """The kind of a recording whose tags can carry chapters, such as "MP3", "" if the file is none."""
    with file.open("rb") as stream:
        return find_kind(stream.read(HEAD), file.name)


def find_kind(head: bytes, name: str) -> str:
    """The kind of a recording whose tags can carry chapters, by its first bytes, else by its name; "" if it is none."""
    if head.startswith(tuple(_MARKS)):  # a text in UTF-16 begins like a frame of MPEG
        return ""
    kind = MP3 if head.startswith(b"ID3") else find_container(head)
    return kind if kind in CARRIER_OF else MP3 if find_audio_type(name) == "audio/mpeg" else ""


def _read_passing(origin: Origin, kind: str) -> Source:
    """Read a recording that came without a file, which it needs for as long as it is read."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"recording{_SUFFIXES[kind]}"
        file.write_bytes(origin.data)
        try:
            return replace(read_recording(file, kind), name=origin.name, file=None)
        except FeedsError as error:
            raise FeedsError([replace(fault, path=origin.name) for fault in error.faults]) from error


def read_recording(file: Path, kind: str) -> Source:
    """Read the chapters in the tags of a recording. Raises FeedsError if it cannot be read."""
    try:
        tags = measure_tags(file)
    except ValueError as error:
        raise _fail(format_path(file), str(error)) from error
    listing = ChapterList(chapters=tags.chapters, title=tags.title, author=tags.author, duration=tags.duration)
    return Source(name=format_path(file), listing=listing, carrier=CARRIER_BY_NAME[CARRIER_OF[kind]], file=file)


def read_record(file: Path) -> Source:
    """Read the chapters of a record, and how long its recording is. Raises FeedsError if it cannot be read."""
    episode = read_seed(file, format_path(file), UTC)
    duration = episode.duration
    audio = file.parent / episode.audio.path if isinstance(episode.audio, LocalAudio) else None
    if audio and audio.is_file():
        duration = read_duration(audio)
    chapters = tuple(replace(chapter, blocks=()) for chapter in episode.chapters)
    listing = ChapterList(chapters=chapters, title=episode.title, author=episode.author, duration=duration)
    return Source(name=format_path(file), listing=listing, carrier=None, file=file)


def read_duration(file: Path) -> int:
    """How long a recording is, in milliseconds. Raises FeedsError if it cannot be read."""
    try:
        return measure_tags(file).duration
    except ValueError as error:
        raise _fail(format_path(file), str(error)) from error


def parse_origin(origin: Origin, episode: str) -> Source:
    """Read what came from anywhere: a feed, or a text of any form. Raises FeedsError if it is none."""
    text = _decode(origin)
    if is_feed(text):
        try:
            name, listing = find_item_chapters(origin.data, episode)
        except ValueError as error:
            raise _fail(origin.name, str(error)) from error
        return Source(name=origin.name, listing=listing, carrier=CARRIER_BY_NAME[name], text="", file=origin.file)
    carrier = find_text_carrier(text)
    if carrier is None or carrier.parse is None:
        raise _fail(origin.name, _NO_FORM)
    try:
        listing, fault = carrier.parse(text), ""
    except ValueError as error:
        listing, fault = ChapterList(chapters=()), str(error)
    return Source(name=origin.name, listing=listing, carrier=carrier, text=text, file=origin.file, fault=fault)


def _decode(origin: Origin) -> str:
    encoding = next((name for mark, name in _MARKS.items() if origin.data.startswith(mark)), "utf-8")
    try:
        text = origin.data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _fail(origin.name, "is neither UTF-8 nor a recording: save the chapters in UTF-8") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _fail(name: str, message: str) -> FeedsError:
    return FeedsError([Fault(path=name, message=message)])
