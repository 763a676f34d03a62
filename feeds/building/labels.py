"""What the published copy of a recording says of its episode, and by what it is known that it still does.

A label is known before any picture is read, and its mark stands in the lock: as long as it is the same, so is the copy.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from feeds.building.sources import Library, find_duration
from feeds.formats import format_instant
from feeds.media_types import is_url
from feeds.model import Channel, Episode
from feeds.records.record import Record
from feeds.tagging.covers import CHAPTER_SIDE, COVER_SIDE, read_cover
from feeds.tagging.label import Cover, Label

_FORM = 1
"""Another form of tags makes other copies: every recording then gets a new address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelling:
    """A label whose pictures are still files: the key of its cover, "" for none, and those of the chapters' pictures.

    `slug` is that of the episode. `mark` is another one as soon as anything that the label says is.
    """

    label: Label
    cover: str
    pictures: Mapping[str, str]
    slug: str
    mark: str = field(default="", compare=False)


def find_labelling(
    channel: Channel, record: Record, library: Library, *, artwork: str, slug: str, link: str
) -> Labelling:
    """Say what the copy of an episode's recording is to say.

    `artwork` is the key of the picture of the channel, "" for one on another server, and `link` the page of the
    episode. Pictures on other servers are named by their addresses.
    """
    episode = record.episode
    own = record.find_key(episode.image) if episode.image and not is_url(episode.image) else ""
    pictures = {
        chapter.image: record.find_key(chapter.image)
        for chapter in episode.chapters
        if chapter.image and not is_url(chapter.image)
    }
    labelling = Labelling(
        label=Label(
            title=episode.title,
            show=channel.title,
            author=episode.author or channel.author,
            date=episode.date,
            season=episode.season.number if episode.season else None,
            episode=_find_whole(episode),
            link=episode.link or link,
            language=episode.language or channel.language,
            chapters=tuple(replace(chapter, blocks=(), line=0) for chapter in episode.chapters),
            duration=find_duration(record, library),
        ),
        cover=own or artwork,
        pictures=pictures,
        slug=slug,
    )
    return replace(labelling, mark=_find_mark(labelling, library))


def read_label(labelling: Labelling, library: Library) -> Label:
    """Read the pictures that belong to a label; one that is not in this checkout, or not measured, is left out.

    Raises ValueError for one that is broken.
    """
    pictures = {image: _read_cover(key, library, CHAPTER_SIDE) for image, key in labelling.pictures.items()}
    return replace(
        labelling.label,
        cover=_read_cover(labelling.cover, library, COVER_SIDE),
        pictures={image: cover for image, cover in pictures.items() if cover},
    )


def _read_cover(key: str, library: Library, side: int) -> Cover | None:
    file, facts = library.files.get(key), library.facts.get(key)
    return read_cover(file, facts.sha256, side) if file and facts else None


def _find_whole(episode: Episode) -> int | None:
    """The number of an episode, if it is a whole one: tags have no others."""
    number = episode.episode.number if episode.episode else Decimal()
    return int(number) if number and number == number.to_integral_value() else None


def _find_mark(labelling: Labelling, library: Library) -> str:
    said = json.dumps([_FORM, *_list_said(labelling, library)], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def _list_said(labelling: Labelling, library: Library) -> Iterator[object]:
    label = labelling.label
    yield from (label.title, label.show, label.author, format_instant(label.date) if label.date else "")
    yield from (label.season, label.episode, label.link, label.language, label.duration)
    yield _find_hash(labelling.cover, library)
    for chapter in label.chapters:
        image = _find_hash(labelling.pictures.get(chapter.image, ""), library) or chapter.image
        yield [chapter.start, chapter.end, chapter.title, chapter.link, chapter.toc, image]


def _find_hash(key: str, library: Library) -> str:
    facts = library.facts.get(key)
    return facts.sha256 if facts else ""
