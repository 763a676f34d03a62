"""What only shows once a record meets its files and the other records: faults, and warnings."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from feeds.building.attached.alternates import find_alternate_warnings
from feeds.building.attached.images import find_image_warnings
from feeds.building.sources import Library
from feeds.chapters.stamps import format_stamp_html
from feeds.errors import Fault
from feeds.formats import SECOND, format_instant, format_seconds, format_timestamp
from feeds.media_types import APPLE_TYPES, find_audio_type
from feeds.model import Channel, Episode, Live, LocalAudio, Person, Prose, RemoteAudio, Section
from feeds.notes.render import STAMPS_BYTES
from feeds.prompts import find_prompt
from feeds.records.record import Record
from feeds.transcripts.soundbites import LONGEST, SHORTEST
from feeds.vocabulary import GROUPS, ROLES

# A clock within brackets or bare, or hours and minutes in letters, at either end of a heading.
_CLOCK = r"(?:\d{1,3}:\d{2}(?::\d{2})?(?:\.\d+)?|\d+ ?h ?\d+ ?m(?:in)?)"
# What was to be a clock, such as [00:4x].
_MISTYPED = r"\[\s*\d\w*[:：][\w:：.,]*\s*\]"
_HEADING_TIME = re.compile(rf"^[\[(]?\s*{_CLOCK}(?!\d)|^{_MISTYPED}|{_CLOCK}\s*[\])]?$")
_OTHER_HEADING = re.compile(
    rf" {{0,3}}(?:#{{2}}(?=[\[(\d])|#{{1,6}}[ \t]+(?=[\[(]))(?:[\[(]?\s*{_CLOCK}(?!\d)|{_MISTYPED})"
)

_LATE = dt.timedelta(days=1)

ARTWORK_TYPES = ("image/jpeg", "image/png")
SQUARE = (1400, 3000)
"""The least and the greatest side of artwork in pixels (Apple, artwork requirements)."""


def check_times(record: Record, duration: int) -> Iterator[Fault]:
    """Find chapters and quotes that lie past the end of the audio; `duration` 0 means that nobody knows it."""
    if not duration:
        return
    path, end = record.episode.path, format_timestamp(duration)
    for chapter in record.episode.chapters:
        if chapter.start >= duration:
            time = format_timestamp(chapter.start)
            yield Fault(
                path=path, line=chapter.line, message=f"the chapter at {time} is past the end of the audio at {end}"
            )
    for soundbite in record.episode.soundbites:
        if soundbite.start_time + soundbite.duration > duration:
            message = (
                f"the soundbite at {format_timestamp(soundbite.start_time)} ends past the end of the audio at {end}"
            )
            yield Fault(path=path, line=soundbite.line, message=message)
    for quote, _ in record.episode.quotes:
        if quote.at is not None and quote.at >= duration:
            time = format_timestamp(quote.at)
            yield Fault(
                path=path, line=quote.line, message=f"the quote at {time} is past the end of the audio at {end}"
            )


def check_channels(records: Mapping[str, Iterable[Record]]) -> Iterator[Fault]:
    """Find records that stand in the folders of two channels; `records` are by the slug of their channel."""
    owners: dict[str, str] = {}
    for channel, several in records.items():
        for record in several:
            owner = owners.setdefault(record.key, channel)
            if owner != channel:
                message = f"is a record of two channels, {owner} and {channel}: give each a folder of its own (seeds)"
                yield Fault(path=record.episode.path, message=message)


def check_links(record: Record, records: Collection[str], published: Collection[str]) -> Iterator[Fault]:
    """Find links to records that exist but are not published."""
    for link, line in record.links.items():
        key = record.find_key(link)
        if key in records and key not in published:
            message = f"link: {key} is not published yet, so nothing may lead to it: take the link out until it is"
            yield Fault(path=record.episode.path, line=line, message=message)


def find_warnings(record: Record, library: Library, *, at: dt.datetime) -> Iterator[Fault]:
    """Find what is allowed, but is not what the author may expect; `at` is now."""
    episode = record.episode
    yield from (
        _find_stream_warnings(episode, episode.live, at) if episode.live else _find_recording_warnings(record, library)
    )
    for message in find_image_warnings(episode.images, record.find_key, library):
        yield _warn(episode, "images", message)
    yield from find_alternate_warnings(record, library)
    yield from find_credit_warnings(episode.path, episode.persons)
    if len(format_stamp_html(episode.chapters).encode()) > STAMPS_BYTES:
        message = "its chapters are too many for the description of 4,000 bytes, and are left out there"
        yield Fault(path=episode.path, message=message)
    yield from find_soundbite_warnings(episode)
    yield from find_near_chapters(episode)


def _warn(episode: Episode, key: str, message: str) -> Fault:
    return Fault(path=episode.path, line=episode.lines.get(key, 0), message=f"{key}: {message}")


def _find_stream_warnings(episode: Episode, live: Live, at: dt.datetime) -> Iterator[Fault]:
    """Apps go by the status alone, so one that nobody changes says for ever that there will be something to hear."""
    if live.end and live.end < at and live.status != "ended":
        ended = format_instant(live.end)
        yield _warn(episode, "live", f'was to end at {ended}, and is {live.status} still: write status = "ended"')
    elif live.status == "pending" and live.start + _LATE < at:
        began = format_instant(live.start)
        yield _warn(episode, "live", f"was to start at {began}, and is pending still: write another status, or start")
    if episode.audio is None:
        yield _warn(episode, "live", 'apps have nothing to play: write audio = { url = "https://…" }')


def _find_recording_warnings(record: Record, library: Library) -> Iterator[Fault]:
    episode = record.episode
    if episode.audio is None and not episode.feed:
        yield Fault(path=episode.path, message="has no audio: it gets a page, but no place in the feed")
    if isinstance(episode.audio, RemoteAudio) and not episode.audio.length:
        yield _warn(episode, "audio", 'its size is not known: write audio = {url = "…", length = bytes}')
    if isinstance(episode.audio, LocalAudio):
        key = record.find_key(episode.audio.path)
        facts = library.facts[key]
        if key not in library.files:
            message = f"{key} is not here: its facts come from channel.lock, the file itself is not written"
            yield _warn(episode, "audio", message)
        if episode.duration and abs(episode.duration - facts.duration) > SECOND:
            measured = format_timestamp(facts.duration)
            message = f"the audio lasts {measured}, and that is what is published: take this line out"
            yield _warn(episode, "duration", message)
    media = _find_media_type(episode)
    if media and media not in APPLE_TYPES:
        remedy = 'write type = "audio/mpeg"' if "mp3" in media else "publish it as MP3 or M4A"
        yield _warn(episode, "audio", f"Apple Podcasts does not take {media}: {remedy}")


def _find_media_type(episode: Episode) -> str:
    if isinstance(episode.audio, LocalAudio):
        return find_audio_type(episode.audio.path)
    return episode.audio.type if isinstance(episode.audio, RemoteAudio) else ""


def find_credit_warnings(path: str, persons: Iterable[Person]) -> Iterator[Fault]:
    """Find roles and groups that apps do not know, and so show as none or as something else."""
    for person in persons:
        for kind, word, known in (("role", person.role, ROLES), ("group", person.group, GROUPS)):
            if word not in known:
                near = difflib.get_close_matches(word, known, n=1)
                remedy = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known[:12])}…"
                message = f"persons: {person.name}: {word!r} is no {kind} that apps know; {remedy}"
                yield Fault(path=path, line=person.line, message=message)


def find_prompts(episode: Episode) -> Iterator[Fault]:
    """Find notes that nobody has written yet, which every app would show; once is enough for an episode."""
    blocks = (*episode.opening, *(block for section in episode.sections for block in section.blocks))
    for block in blocks:
        if isinstance(block, Prose) and (found := find_prompt(block.text)):
            command, line = found
            message = f"still has the notes that {command} wrote: write your own"
            yield Fault(path=episode.path, line=block.line + line, message=message)
            return


def find_soundbite_warnings(episode: Episode) -> Iterator[Fault]:
    """Find soundbites that are shorter or longer than apps take them (podcast namespace, tag soundbite)."""
    for soundbite in episode.soundbites:
        if not SHORTEST <= soundbite.duration <= LONGEST:
            time, length = format_timestamp(soundbite.start_time), format_seconds(soundbite.duration)
            message = f"the soundbite at {time} lasts {length} seconds: choose 15 to 120"
            yield Fault(path=episode.path, line=soundbite.line, message=message)


def find_near_chapters(episode: Episode) -> Iterator[Fault]:
    """Find headings that look like chapters and are none, which would be missing in every player without a word."""
    for section in episode.sections:
        if isinstance(section, Section) and _HEADING_TIME.search(section.title):
            yield _explain_near_chapter(episode.path, section.line, section.title)
    for block in (*episode.opening, *(block for section in episode.sections for block in section.blocks)):
        if isinstance(block, Prose) and block.form == "markdown":
            for number, line in enumerate(block.text.split("\n"), block.line):
                if _OTHER_HEADING.match(line):
                    yield _explain_near_chapter(episode.path, number, line.strip())


def _explain_near_chapter(path: str, line: int, heading: str) -> Fault:
    message = f"{heading!r} is no chapter: a chapter is written ## [mm:ss] Title"
    return Fault(path=path, line=line, message=message)


def find_artwork_warnings(channel: Channel, key: str, library: Library) -> Iterator[Fault]:
    """Find artwork that Apple would refuse."""
    facts = library.facts[key]

    def warn(message: str) -> Fault:
        line = channel.line("image")
        return Fault(path=channel.path, line=line, message=f"channels.{channel.slug}.image: {key} {message}")

    if facts.type not in ARTWORK_TYPES:
        yield warn(f"is {facts.type}: Apple takes JPEG and PNG alone")
    low, high = SQUARE
    if facts.width != facts.height or not low <= facts.width <= high:
        size = f"{facts.width} × {facts.height}"
        yield warn(f"measures {size} pixels: Apple wants a square of {low} to {high}")
    if facts.flaw:
        yield warn(f"has {facts.flaw}, which Apple refuses: save it as plain RGB")
