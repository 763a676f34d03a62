"""The pictures that records show: each is kept once, however many recordings hold it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from feeds.media.measure import measure_file, measure_picture_bytes, read_pictures
from feeds.model import Channel
from feeds.records.record import Record

_SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "image/gif": ".gif"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture in the tags of a recording: its bytes, the hash that tells it from others, the ending that its file
    has, and its sides in pixels.
    """

    data: bytes = field(repr=False, compare=False)
    sha256: str
    suffix: str
    sides: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Album:
    """The pictures of one recording, that can be shown; `notes` say which cannot."""

    cover: Picture | None = None
    chapters: Mapping[int, Picture] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


class Shelf:
    """Where each picture of a channel stands, by its hash. `artwork` is the hash of the channel's own."""

    def __init__(self, channel: Channel, records: Iterable[Record], project: Path) -> None:
        artwork = channel.folder / channel.image
        self.artwork = measure_file(artwork).sha256 if artwork.is_file() else ""
        self.shared: Counter[str] = Counter()
        self._places: dict[str, Path] = {}
        for key in sorted({record.find_key(record.episode.image) for record in records if record.episode.image}):
            if (project / key).is_file():
                self._places.setdefault(measure_file(project / key).sha256, project / key)

    def find_place(self, picture: Picture) -> Path | None:
        """Where a picture stands already, None if it does not."""
        return self._places.get(picture.sha256)

    def put(self, picture: Picture, place: Path) -> None:
        """Remember where a picture was written."""
        self._places[picture.sha256] = place


def read_album(file: Path) -> Album:
    """Read the pictures in the tags of a recording. Raises ValueError if it is none that can be read."""
    pictures = read_pictures(file)
    notes: list[str] = []
    cover = _measure(pictures.cover, "the picture", notes) if pictures.cover else None
    chapters = {start: _measure(data, "the picture of a chapter", notes) for start, data in pictures.chapters}
    return Album(
        cover=cover, chapters={start: one for start, one in chapters.items() if one}, notes=tuple(dict.fromkeys(notes))
    )


def _measure(data: bytes, what: str, notes: list[str]) -> Picture | None:
    try:
        facts = measure_picture_bytes(data)
    except ValueError as error:
        notes.append(f"goes without {what} in its tags: {error}")
        return None
    return Picture(data=data, sha256=facts.sha256, suffix=_SUFFIXES[facts.type], sides=(facts.width, facts.height))
