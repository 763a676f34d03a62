"""An item of a feed as an episode: what the model has a place for, and the rest word for word."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any, TypeVar, get_args
from urllib.parse import unquote, urlsplit

from lxml import etree

from feeds.building.assemble import merge_persons
from feeds.chapters.psc import parse_psc_element
from feeds.formats import CONTROL, format_title, format_url
from feeds.importers.feed.leftovers import NOWHERE, find_leftovers
from feeds.markup.fragments import find_name
from feeds.markup.meaning import (
    find_unknown_zone,
    find_words,
    is_set,
    parse_feed_date,
    parse_feed_duration,
    parse_feed_flag,
    parse_feed_number,
)
from feeds.media_types import find_audio_type, find_transcript_type, is_url
from feeds.model import (
    Channel,
    Chapter,
    Enclosure,
    Episode,
    EpisodeType,
    Item,
    Live,
    LocalAudio,
    Numbering,
    Picture,
    Prose,
    ProseForm,
    RemoteAudio,
    Repeated,
    Season,
    Transcript,
    TranscriptFile,
)
from feeds.notes.markdown import find_markdown
from feeds.notes.render import render_content, render_description
from feeds.podcasting.elements import parse_elements
from feeds.podcasting.places import EPISODE_TAGS, parse_tag_elements
from feeds.podcasting.tags import LIVE, PERSON, TRANSCRIPT
from feeds.rss.feed import make_entry
from feeds.tables.values import parse_url

T = TypeVar("T")

_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|<!--|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]\w*);")
_LONGEST_SUBTITLE = 255
STREAM = "podcast:liveItem"
_NOTES = ("content:encoded", "description", "itunes:summary", "googleplay:description", "media:description")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An item that was read: its episode, its guid, and the spellings of the lock.

    `dated` is false where the item has no date that can be read, `has_own_guid` is true where the guid is not that of
    the item, `enclosures` counts those that it has, and `chapters_url` is the file of JSON chapters that it names, if
    any. `notes` says what had to be decided, each in a few words.
    """

    episode: Episode
    guid: str
    spelled: tuple[tuple[str, str], ...] = ()
    dated: bool = True
    has_own_guid: bool = False
    enclosures: int = 0
    chapters_url: str = ""
    notes: tuple[str, ...] = ()


class Elements:
    """The children of an item or channel, by name."""

    def __init__(self, children: Iterable[etree._Element]) -> None:
        self.all = tuple(child for child in children if isinstance(child.tag, str))
        self._named: dict[str, list[etree._Element]] = {}
        for child in self.all:
            self._named.setdefault(find_name(child), []).append(child)

    def list(self, name: str) -> tuple[etree._Element, ...]:
        """All of a name."""
        return tuple(self._named.get(name, ()))

    def text(self, *names: str) -> str:
        """The first text that is not empty of the elements of these names, an earlier name first."""
        for name in names:
            for element in self._named.get(name, ()):
                if text := (element.text or "").strip():
                    return text
        return ""

    def read(self, name: str, parse: Callable[[str], T | None]) -> T | None:
        """The text of an element, read; None where there is none, or it cannot be read."""
        text = self.text(name)
        return parse(text) if text else None

    def url(self, name: str, attribute: str = "") -> str:
        """The web address that an element, or an attribute of it, holds; "" where there is none."""
        for element in self._named.get(name, ()):
            if url := find_url(element.get(attribute, "") if attribute else element.text or ""):
                return url
        return ""


def find_url(text: str) -> str:
    """A text if it is a whole web address, else nothing."""
    url = text.strip()
    try:
        return parse_url(url) if is_url(url) else ""
    except ValueError:
        return ""


def parse_item(element: etree._Element, *, date: dt.datetime) -> Draft:
    """Read an item. `date` is that of the episode where the item has none."""
    elements = Elements(element)
    audio = _parse_audio(elements)
    title = elements.text("title", "itunes:title", "media:title")
    moment = find_moment(elements)
    guid = elements.text("guid")
    episode = Episode(
        title=title or _make_title(audio, guid) or "Untitled",
        date=moment or date,
        guid=guid or (audio.url if audio else ""),
        audio=audio,
        duration=elements.read("itunes:duration", parse_feed_duration) or 0,
        link=elements.url("link"),
        author=elements.text("itunes:author"),
        type=_parse_type(elements),
        explicit=elements.read("itunes:explicit", parse_feed_flag),
        block=elements.read("itunes:block", is_set) or False,
        image=elements.url("itunes:image", "href"),
        persons=parse_elements(PERSON, elements.list("podcast:person")),
        transcripts=tuple(_parse_transcripts(elements)),
        tags=elements.read("itunes:keywords", find_words) or (),
        feed=audio is None,
        sections=_parse_chapters(elements),
        **_parse_tags(elements),
    )
    written = elements.text("pubDate", "dc:date")
    enclosures = len(elements.list("enclosure"))
    decided = {
        "a title made of its file": not title,
        "no guid, so its audio is its name": not guid and audio,
        "no guid and no audio, so it got a name from its title and text": not guid and not audio,
        "no date, so it got that of its place in the feed": not moment and not written,
        f"a date that cannot be read ({written}), so it got that of its place in the feed": not moment and written,
        f"a date in a time zone that is not known ({find_unknown_zone(written)}), taken for UTC": moment
        and find_unknown_zone(written),
        "several enclosures, of which the record has the first": enclosures > 1,
        "an enclosure whose address cannot be fetched, so the record has no audio": enclosures and not audio,
    }
    return Draft(
        episode=_with_notes(_with_subtitle(episode, elements), elements),
        guid=guid or episode.guid,
        has_own_guid=not guid or len(elements.list("guid")) > 1,
        dated=moment is not None,
        enclosures=enclosures,
        chapters_url=find_chapters_url(elements),
        notes=tuple(note for note, holds in decided.items() if holds),
    )


def parse_stream(element: etree._Element) -> Live | None:
    """Read when a live item is on the air; None where it says that in a way that we would not, or more beside it."""
    (live,) = parse_elements(LIVE, [element]) or (None,)
    said = {"status", "start", *(["end"] if live and live.end else [])}
    return live if live and {str(key) for key in element.attrib} == said else None


def find_moment(elements: Elements) -> dt.datetime | None:
    """When an item was published; None if it does not say, or in a way that cannot be read."""
    return elements.read("pubDate", parse_feed_date) or elements.read("dc:date", parse_feed_date)


def find_chapters_url(elements: Elements) -> str:
    """The file of JSON chapters that an item names, "" where it names none."""
    return elements.url("podcast:chapters", "url")


def complete_draft(draft: Draft, element: etree._Element, channel: Channel) -> Draft:
    """Find what the item says beyond its episode, by rendering the one and comparing with the other.

    A guid that is not the one of the item, as where two have the same, stays; and a file of chapters that were taken
    in is replaced by one of ours.
    """
    item = _make_item(draft, channel)
    episode = draft.episode
    texts: dict[Repeated, str] = {
        "title": episode.title,
        "subtitle": episode.subtitle,
        "description": render_description(item),
        "content": render_content(item),
        "tags": ", ".join(episode.tags),
    }
    leftovers = find_leftovers(
        (child for child in element if isinstance(child.tag, str) and not _is_other_guid(child, draft.guid)),
        make_entry(item).rss_entry(),
        texts=texts,
        settled=_find_settled(episode),
    )
    repeats = (*episode.repeats, *leftovers.repeats)
    episode = replace(episode, repeats=repeats, extra=leftovers.extra)
    return replace(draft, episode=episode, spelled=leftovers.spelled, notes=(*draft.notes, *leftovers.notes))


def _is_other_guid(element: etree._Element, guid: str) -> bool:
    """Say whether an element is a guid that another item has, or none at all."""
    return element.tag == "guid" and (element.text or "").strip() != guid


def _find_settled(episode: Episode) -> frozenset[str]:
    """What is never taken word for word, as there is a file of our own."""
    chapters = {"podcast:chapters"} if episode.chapters else set()
    recording = {"enclosure", "itunes:duration"} if isinstance(episode.audio, LocalAudio) else set()
    return frozenset(chapters | recording)


def _make_item(draft: Draft, channel: Channel) -> Item:
    """The item that a build makes of the episode, as far as elements depend on it."""
    episode = draft.episode
    audio = episode.audio if isinstance(episode.audio, RemoteAudio) else None
    return Item(
        episode=episode,
        guid=draft.guid,
        slug="",
        url=NOWHERE,
        language=channel.language,
        explicit=channel.explicit if episode.explicit is None else episode.explicit,
        duration=episode.duration,
        persons=merge_persons(channel.persons, episode.persons),
        enclosure=Enclosure(url=format_url(audio.url), length=audio.length, type=audio.type) if audio else None,
        image=Picture(url=format_url(episode.image)) if episode.image else None,
        chapters_url=f"{NOWHERE}chapters.json" if episode.chapters else "",
        transcripts=tuple(
            TranscriptFile(url=format_url(one.source), type=one.type, language=one.language, rel=one.rel)
            for one in episode.transcripts
        ),
    )


def _parse_audio(elements: Elements) -> RemoteAudio | None:
    for enclosure in elements.list("enclosure"):
        if url := find_url(enclosure.get("url", "")):
            return RemoteAudio(
                url=url,
                length=parse_feed_number(enclosure.get("length", "")) or 0,
                type=enclosure.get("type", "").strip() or find_audio_type(url) or "audio/mpeg",
            )
    return None


def _make_title(audio: RemoteAudio | None, guid: str) -> str:
    source = urlsplit(audio.url).path if audio else guid
    return format_title(CONTROL.sub("", PurePosixPath(unquote(source)).stem))


def _parse_tags(elements: Elements) -> dict[str, Any]:
    """Read the podcast namespace; where Apple's numbers say something else they count, as more apps read them."""
    tags = parse_tag_elements(EPISODE_TAGS, elements.list)
    season, number = tags["season"], tags["episode"]
    whole = {key: elements.read(f"itunes:{key}", parse_feed_number) for key in ("season", "episode")}
    if whole["season"] is not None and (season is None or season.number != whole["season"]):
        tags["season"] = Season(number=whole["season"])
    if whole["episode"] is not None and (number is None or int(number.number) != whole["episode"]):
        tags["episode"] = Numbering(number=Decimal(whole["episode"]))
    return tags


def _parse_type(elements: Elements) -> EpisodeType:
    said = elements.text("itunes:episodeType").casefold()
    return next((kind for kind in get_args(EpisodeType) if kind == said), "full")


def _parse_transcripts(elements: Elements) -> Iterator[Transcript]:
    for element in elements.list("podcast:transcript"):
        url = find_url(element.get("url", ""))
        if not element.get("type", "").strip() and (type := find_transcript_type(url)):
            element = copy(element)
            element.set("type", type)
        for one in parse_elements(TRANSCRIPT, [element]):
            yield Transcript(source=one.url, type=one.type, language=one.language, rel=one.rel)


def _parse_chapters(elements: Elements) -> tuple[Chapter, ...]:
    for element in elements.list("psc:chapters"):
        if chapters := parse_psc_element(element):
            return chapters
    return ()


def _with_subtitle(episode: Episode, elements: Elements) -> Episode:
    subtitle = elements.text("itunes:subtitle")
    others = {elements.text(name) for name in ("title", *_NOTES)}
    short = 0 < len(subtitle) <= _LONGEST_SUBTITLE and "\n" not in subtitle and not _MARKUP.search(subtitle)
    return replace(episode, subtitle=subtitle) if short and subtitle not in others else episode


def _with_notes(episode: Episode, elements: Elements) -> Episode:
    """Take the fullest text as notes: as Markdown if it says just the same, else word for word."""
    notes = elements.text(*_NOTES)
    if not notes:
        return episode
    description = elements.text("description")
    own = description if description and description != notes else ""
    if not episode.sections and (markdown := find_markdown(notes)):
        repeats: tuple[tuple[str, Repeated], ...] = () if own else (("description", "content"),)
        return replace(episode, opening=(Prose(text=markdown),), description=own, repeats=repeats)
    form: ProseForm = "html" if _MARKUP.search(notes) else "text"
    return replace(episode, opening=(Prose(text=notes, form=form),), description=own)
