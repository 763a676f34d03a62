"""From records, identities and facts to a podcast: who each episode is, and where its files stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath

from feeds import addresses
from feeds.building.attached.alternates import is_recording, publish_alternates
from feeds.building.attached.images import publish_images
from feeds.building.enclosures import find_enclosure_file, find_length
from feeds.building.labels import Labelling
from feeds.building.sources import Library, find_duration
from feeds.formats import format_url
from feeds.identity.lock import LockedEpisode
from feeds.media.measure import Facts
from feeds.media.standin import MEDIA_TYPE
from feeds.media_types import is_url
from feeds.model import (
    Channel,
    Chapter,
    Enclosure,
    Episode,
    Item,
    LocalAudio,
    Person,
    Picture,
    Podcast,
    RemoteAudio,
    Site,
    TranscriptFile,
)
from feeds.records.links import replace_links
from feeds.records.record import Record
from feeds.transcripts.forms import FORM_TYPES, find_timed_form
from feeds.tree import File


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A record with its identity, on its way into a channel."""

    record: Record
    identity: LockedEpisode


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What every step of putting a channel together looks up.

    `artwork` is the key of the channel's picture, "" where it is on another server. `pages` has the address of the
    page of each published record of the site, and `labels` what its recording says, by the key of the record.
    `images` has the keys of the channel's other pictures by their names.
    """

    site: Site
    channel: Channel
    library: Library
    artwork: str
    images: Mapping[str, str]
    pages: Mapping[str, str]
    labels: Mapping[str, Labelling]

    def url(self, path: str) -> str:
        """The absolute URL of a path of the site."""
        return addresses.url(self.site, path)

    def file_path(self, slug: str, key: str, *, suffix: str = "") -> str:
        """Where a file of an episode is published, or what is made of it, which has another `suffix`."""
        name = PurePosixPath(key)
        sha256 = self.library.facts[key].sha256
        return addresses.episode_file(self.channel.slug, slug, name.stem, sha256, suffix or name.suffix.lower())

    def image_path(self, key: str) -> str:
        """Where a picture of the channel is published."""
        name, stem = PurePosixPath(key), "artwork" if key == self.artwork else PurePosixPath(key).stem
        return addresses.channel_file(self.channel.slug, stem, self.library.facts[key].sha256, name.suffix.lower())


def assemble_podcast(
    shelf: Shelf, placed: Iterable[Placed], guid: str, spelled: tuple[tuple[str, str], ...]
) -> Podcast:
    """Put a channel together from its published records, newest first."""
    newest_first = sorted(placed, key=lambda one: (one.record.episode.date, one.record.key), reverse=True)
    channel = shelf.channel
    items = [_assemble_item(shelf, one) for one in newest_first]
    streams = [(item.episode.live.start, item.slug, item) for item in items if item.episode.live]
    return Podcast(
        channel=replace(channel, images=publish_images(channel.images, partial(_find_channel_image, shelf))),
        guid=guid,
        url=shelf.url(addresses.channel_page(channel.slug)),
        feed_url=shelf.url(addresses.feed(channel.slug)),
        image=_assemble_artwork(shelf),
        items=tuple(item for item in items if not item.episode.live),
        streams=tuple(item for _, _, item in sorted(streams)),
        spelled=spelled,
    )


def find_channel_files(shelf: Shelf, placed: Sequence[Placed]) -> Iterator[File]:
    """List the files that a channel and its episodes bring along: artwork, audio, transcripts, pictures.

    A file that is not in this checkout comes without its content: it was published from another.
    """
    pictures = {shelf.image_path(key): key for key in (shelf.artwork, *shelf.images.values()) if key}
    for path, key in pictures.items():
        yield _make_copy(path, key, shelf.library)
    for one in placed:
        yield from _find_episode_files(shelf, one)


def _find_episode_files(shelf: Shelf, placed: Placed) -> Iterator[File]:
    record, slug = placed.record, placed.identity.slug
    published = {shelf.file_path(slug, key): key for key in _find_keys(record) if key in shelf.library.facts}
    if recording := find_enclosure_file(record, placed.identity, shelf.labels[record.key], shelf.library):
        yield recording
        published.pop(recording.path, None)
    for path, key in published.items():
        yield _make_copy(path, key, shelf.library)


def _make_copy(path: str, key: str, library: Library) -> File:
    return File(path=path, content=library.files.get(key), source=key, length=library.facts[key].bytes)


def _find_keys(record: Record) -> Iterator[str]:
    """The keys of the files of a record whose address is made of their own name."""
    episode = record.episode
    names = [episode.image, *(transcript.source for transcript in episode.transcripts)]
    names += [chapter.image for chapter in episode.chapters]
    names += [image.href for image in episode.images]
    names += [one.file for one in episode.alternate_enclosures if not is_recording(record, one)]
    names += record.links
    return (record.find_key(name) for name in names if name and not is_url(name))


def _assemble_item(shelf: Shelf, placed: Placed) -> Item:
    record, identity = placed.record, placed.identity
    channel, slug = shelf.channel, identity.slug
    episode = _resolve_addresses(shelf, record, slug)
    given = tuple(_assemble_transcripts(shelf, record, slug))
    enclosure = _assemble_enclosure(shelf, record, identity)
    find_url = partial(_find_file_url, shelf, slug)
    recording = _find_recording(shelf, record, identity, enclosure) if enclosure else None
    return Item(
        episode=replace(
            episode,
            images=publish_images(episode.images, partial(_find_image, shelf, record, slug)),
            alternate_enclosures=publish_alternates(record, shelf.library, find_url, recording),
        ),
        guid=identity.guid,
        slug=slug,
        url=shelf.url(addresses.episode_page(channel.slug, slug)),
        language=episode.language or channel.language,
        explicit=channel.explicit if episode.explicit is None else episode.explicit,
        duration=find_duration(record, shelf.library),
        persons=merge_persons(channel.persons, episode.persons),
        enclosure=enclosure,
        image=_assemble_picture(shelf, record, slug),
        chapters_url=shelf.url(addresses.chapters(channel.slug, slug)) if episode.chapters else "",
        transcripts=(*given, *_assemble_forms(shelf, given, slug)),
        spelled=identity.spelled,
        formerly=identity.formerly,
    )


def _find_file_url(shelf: Shelf, slug: str, key: str) -> str:
    return shelf.url(shelf.file_path(slug, key))


def _find_image(shelf: Shelf, record: Record, slug: str, name: str) -> tuple[str, Facts]:
    key = record.find_key(name)
    return _find_file_url(shelf, slug, key), shelf.library.facts[key]


def _find_channel_image(shelf: Shelf, name: str) -> tuple[str, Facts]:
    key = shelf.images[name]
    return shelf.url(shelf.image_path(key)), shelf.library.facts[key]


def _find_recording(
    shelf: Shelf, record: Record, identity: LockedEpisode, enclosure: Enclosure
) -> tuple[str, Facts] | None:
    """What is published of a recording: of a copy with tags in it nobody has made the hash."""
    audio = record.episode.audio
    if not isinstance(audio, LocalAudio):
        return None
    facts = shelf.library.facts[record.find_key(audio.path)]
    return enclosure.url, replace(facts, bytes=enclosure.length, sha256="" if identity.label else facts.sha256)


def _resolve_addresses(shelf: Shelf, record: Record, slug: str) -> Episode:
    """Put URLs in the place of the paths that the notes and chapters name."""
    episode = record.episode
    links = {}
    for link in record.links:
        key = record.find_key(link)
        links[link] = shelf.pages[key] if key in shelf.pages else shelf.url(shelf.file_path(slug, key))
    episode = replace_links(episode, links, shelf.site.url)
    if not any(chapter.image and not is_url(chapter.image) for chapter in episode.chapters):
        return episode

    def resolve(chapter: Chapter) -> Chapter:
        if not chapter.image or is_url(chapter.image):
            return chapter
        return replace(chapter, image=shelf.url(shelf.file_path(slug, record.find_key(chapter.image))))

    sections = tuple(resolve(section) if isinstance(section, Chapter) else section for section in episode.sections)
    return replace(episode, sections=sections)


def _assemble_enclosure(shelf: Shelf, record: Record, identity: LockedEpisode) -> Enclosure | None:
    audio = record.episode.audio
    if audio is None:
        return None
    if isinstance(audio, RemoteAudio):
        return Enclosure(url=format_url(audio.url), length=audio.length, type=audio.type)
    length = find_length(record, identity, shelf.library)
    local = shelf.library.facts[record.find_key(audio.path)].type if isinstance(audio, LocalAudio) else MEDIA_TYPE
    return Enclosure(url=shelf.url(identity.enclosure), length=length, type=local)


def _assemble_transcripts(shelf: Shelf, record: Record, slug: str) -> Iterator[TranscriptFile]:
    for transcript in record.episode.transcripts:
        key = "" if is_url(transcript.source) else record.find_key(transcript.source)
        yield TranscriptFile(
            url=shelf.url(shelf.file_path(slug, key)) if key else format_url(transcript.source),
            type=transcript.type,
            language=transcript.language or record.episode.language,
            rel=transcript.rel,
            key=key,
        )


def _assemble_forms(shelf: Shelf, given: Sequence[TranscriptFile], slug: str) -> Iterator[TranscriptFile]:
    """The forms that the channel wants and the record does not name, each made of its first file of that language."""
    there = {(find_timed_form(file.type), file.language) for file in given}
    for file in given:
        if not file.key or not find_timed_form(file.type):
            continue
        for form in shelf.channel.transcript_forms:
            if (form, file.language) not in there:
                there.add((form, file.language))
                path = shelf.file_path(slug, file.key, suffix=f".{form}")
                yield replace(file, url=shelf.url(path), type=FORM_TYPES[form], path=path)


def _assemble_picture(shelf: Shelf, record: Record, slug: str) -> Picture | None:
    image = record.episode.image
    if not image or is_url(image):
        return Picture(url=format_url(image)) if image else None
    key = record.find_key(image)
    return _picture(shelf.url(shelf.file_path(slug, key)), shelf.library.facts[key])


def _assemble_artwork(shelf: Shelf) -> Picture:
    if not shelf.artwork:
        return Picture(url=format_url(shelf.channel.image))
    return _picture(shelf.url(shelf.image_path(shelf.artwork)), shelf.library.facts[shelf.artwork])


def _picture(url: str, facts: Facts) -> Picture:
    return Picture(url=url, width=facts.width, height=facts.height, type=facts.type)


def merge_persons(regular: Sequence[Person], named: Sequence[Person]) -> tuple[Person, ...]:
    """The persons of an item replace those of the channel, so the regular ones are named again."""
    own = {person.name for person in named}
    return (*(person for person in regular if person.name not in own), *named)
