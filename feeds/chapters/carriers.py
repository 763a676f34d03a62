"""Every carrier of chapters that is known here: how it is told from others, read and written, and what it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from feeds.chapters.editors.audacity import format_audacity_labels, is_audacity, parse_audacity_labels
from feeds.chapters.editors.cue import is_cue, parse_cue_sheet
from feeds.chapters.editors.ffmetadata import format_ffmetadata, is_ffmetadata, parse_ffmetadata
from feeds.chapters.editors.hindenburg import is_hindenburg, parse_hindenburg_session
from feeds.chapters.editors.mp4chaps import format_mp4chaps, is_mp4chaps, parse_mp4chaps
from feeds.chapters.editors.ogm import format_ogm_chapters, is_ogm, parse_ogm_chapters
from feeds.chapters.editors.podlove import is_podlove_json, parse_podlove_json
from feeds.chapters.editors.reaper import (
    is_reaper_project,
    is_reaper_table,
    parse_reaper_project,
    parse_reaper_table,
)
from feeds.chapters.json import format_json_text, is_json, parse_json_chapters
from feeds.chapters.listing import ChapterList
from feeds.chapters.mp4.texts import LONGEST_TITLE
from feeds.chapters.psc import format_psc_chapters, is_psc, parse_psc_chapters
from feeds.chapters.stamps import format_stamps_text, has_stamps, parse_stamps_text
from feeds.chapters.vorbis import MOST
from feeds.chapters.webvtt import format_webvtt_chapters, is_webvtt, parse_webvtt_chapters
from feeds.formats import SECOND
from feeds.model import Chapter


@dataclass(frozen=True, slots=True, kw_only=True)
class Holds:
    """What a carrier can say of chapters, besides their starts and titles.

    `finest` is the unit of its times in milliseconds. `most` is how many chapters it takes, `longest` how many bytes of
    a title, both 0 where there is no limit. `facts` are what it says of the recording, by the names of ChapterList.
    """

    finest: int = 1
    link: bool = False
    image: bool = False
    silent: bool = False
    end: bool = False
    location: bool = False
    most: int = 0
    longest: int = 0
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """A carrier of chapters.

    `title` is what people call it, `suffixes` how names of its files end. `is_form` knows a text of this form by its
    content, `parse` reads one and raises ValueError if it is broken; `format` is None where it is only read. The
    carriers in the tags of recordings have none of these: feeds.media reads them, and feeds.tagging writes them.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    holds: Holds
    is_form: Callable[[str], bool] | None = None
    parse: Callable[[str], ChapterList] | None = None
    format: Callable[[ChapterList], str] | None = None


_JSON_FACTS = ("title", "author", "podcast", "description", "file_name", "waypoints")

CARRIERS = (
    Carrier(
        name="podlove",
        title="JSON of Podlove's player and of Auphonic",
        suffixes=(),
        holds=Holds(link=True, image=True, facts=("title",)),
        is_form=is_podlove_json,
        parse=parse_podlove_json,
    ),
    Carrier(
        name="json",
        title="JSON chapters 1.2 (podcast:chapters)",
        suffixes=(".json",),
        holds=Holds(link=True, image=True, silent=True, end=True, location=True, facts=_JSON_FACTS),
        is_form=is_json,
        parse=parse_json_chapters,
        format=format_json_text,
    ),
    Carrier(
        name="psc",
        title="Podlove Simple Chapters 1.2 (psc:chapters)",
        suffixes=(".psc", ".xml"),
        holds=Holds(link=True, image=True),
        is_form=is_psc,
        parse=parse_psc_chapters,
        format=format_psc_chapters,
    ),
    Carrier(
        name="hindenburg",
        title="session of Hindenburg",
        suffixes=(".nhsx",),
        holds=Holds(link=True),
        is_form=is_hindenburg,
        parse=parse_hindenburg_session,
    ),
    Carrier(
        name="vtt",
        title="WebVTT chapters",
        suffixes=(".vtt",),
        holds=Holds(end=True),
        is_form=is_webvtt,
        parse=parse_webvtt_chapters,
        format=format_webvtt_chapters,
    ),
    Carrier(
        name="ffmetadata",
        title="metadata file of ffmpeg",
        suffixes=(".ffmetadata", ".ffmeta"),
        holds=Holds(end=True, facts=("title", "author", "podcast", "description")),
        is_form=is_ffmetadata,
        parse=parse_ffmetadata,
        format=format_ffmetadata,
    ),
    Carrier(
        name="ogm",
        title="simple chapters of OGM and Matroska",
        suffixes=(".ogm",),
        holds=Holds(),
        is_form=is_ogm,
        parse=parse_ogm_chapters,
        format=format_ogm_chapters,
    ),
    Carrier(
        name="reaper",
        title="table of Reaper's region/marker manager",
        suffixes=(".csv",),
        holds=Holds(end=True),
        is_form=is_reaper_table,
        parse=parse_reaper_table,
    ),
    Carrier(
        name="reaper-project",
        title="project of Reaper",
        suffixes=(".rpp",),
        holds=Holds(end=True),
        is_form=is_reaper_project,
        parse=parse_reaper_project,
    ),
    Carrier(
        name="cue",
        title="cue sheet",
        suffixes=(".cue",),
        holds=Holds(finest=14, most=99, facts=("title", "author")),
        is_form=is_cue,
        parse=parse_cue_sheet,
    ),
    Carrier(
        name="audacity",
        title="label track of Audacity",
        suffixes=(".labels", ".tsv"),
        holds=Holds(end=True),
        is_form=is_audacity,
        parse=parse_audacity_labels,
        format=format_audacity_labels,
    ),
    Carrier(
        name="mp4chaps",
        title="chapter file of mp4chaps",
        suffixes=(".chapters.txt", ".mp4chaps"),
        holds=Holds(),
        is_form=is_mp4chaps,
        parse=parse_mp4chaps,
        format=format_mp4chaps,
    ),
    Carrier(
        name="stamps",
        title="time stamps in a description",
        suffixes=(".txt",),
        holds=Holds(finest=SECOND),
        is_form=has_stamps,
        parse=parse_stamps_text,
        format=format_stamps_text,
    ),
    Carrier(
        name="id3",
        title="ID3 tag of an MP3 (CHAP and CTOC)",
        suffixes=(".mp3",),
        holds=Holds(link=True, image=True, silent=True, end=True),
    ),
    Carrier(
        name="mp4",
        title="chapter tracks and Nero box of an M4A or MP4",
        suffixes=(".m4a", ".m4b", ".mp4", ".m4v", ".mov"),
        holds=Holds(link=True, image=True, longest=LONGEST_TITLE),
    ),
    Carrier(
        name="vorbis",
        title="Vorbis comments of Opus, Ogg and FLAC",
        suffixes=(".opus", ".ogg", ".oga", ".flac"),
        holds=Holds(link=True, most=MOST),
    ),
)
"""In the order in which a text is held against them: what is known at a glance comes first."""

CARRIER_BY_NAME = {carrier.name: carrier for carrier in CARRIERS}


def find_text_carrier(text: str) -> Carrier | None:
    """Know a carrier by its content; None if the text is none."""
    return next((carrier for carrier in CARRIERS if carrier.is_form and carrier.is_form(text)), None)


def find_carrier_by_suffix(name: str) -> Carrier | None:
    """The carrier that files of such a name are, None if the name does not tell.

    >>> find_carrier_by_suffix("ebb.chapters.txt").name, find_carrier_by_suffix("EBB.JSON").name
    ('mp4chaps', 'json')
    """
    lower = name.lower()
    return next((carrier for carrier in CARRIERS if carrier.suffixes and lower.endswith(carrier.suffixes)), None)


def find_losses(listing: ChapterList, holds: Holds) -> tuple[str, ...]:
    """What is lost where a list goes into a carrier: counts and kinds, as a message says them.

    >>> ebb = Chapter(start=500, title="Ebb", link="https://example.org")
    >>> find_losses(ChapterList(chapters=(ebb,), author="Ada"), Holds(finest=1000))
    ('1 link', 'fractions of a second of 1 chapter', 'the author')
    """
    chapters = listing.chapters if holds.silent else listing.listed
    apart = _find_apart(chapters, holds)
    kept = apart[: holds.most or None]
    counts = (
        (len(listing.chapters) - len(chapters), "silent chapter", ""),
        (len(chapters) - len(apart), "chapter", " that begin within the second of another"),
        (len(apart) - len(kept), "chapter", f" beyond the {holds.most} that it takes"),
        (sum(bool(chapter.link) and not holds.link for chapter in kept), "link", ""),
        (sum(bool(chapter.image) and not holds.image for chapter in kept), "image", ""),
        (sum(chapter.end is not None and not holds.end for chapter in kept), "end", ""),
        (sum(chapter.location is not None and not holds.location for chapter in kept), "place", ""),
    )
    return (
        *(f"{_count(count, word)}{rest}" for count, word, rest in counts if count),
        *_find_cuts(kept, holds),
        *_find_lost_facts(listing, holds),
    )


def _find_apart(chapters: tuple[Chapter, ...], holds: Holds) -> tuple[Chapter, ...]:
    """The chapters that a carrier can tell from each other: in whole seconds, one of each second."""
    by_time: dict[int, Chapter] = {}
    for chapter in chapters:
        by_time.setdefault(chapter.start // holds.finest, chapter)
    return tuple(by_time.values()) if holds.finest > 1 else chapters


def _find_cuts(chapters: tuple[Chapter, ...], holds: Holds) -> Iterator[str]:
    """What is cut off of times and titles."""
    if holds.finest > 1 and (count := sum(chapter.start % holds.finest > 0 for chapter in chapters)):
        yield f"fractions of a second of {_count(count, 'chapter')}"
    if holds.longest and (count := sum(len(chapter.title.encode()) > holds.longest for chapter in chapters)):
        yield f"what is longer than {holds.longest} bytes of {_count(count, 'title')}"


def _find_lost_facts(listing: ChapterList, holds: Holds) -> Iterator[str]:
    lost = [name.replace("_", " ") for name in _JSON_FACTS if getattr(listing, name) and name not in holds.facts]
    if lost:
        yield f"the {' and '.join(filter(None, (', '.join(lost[:-1]), lost[-1])))}"


def _count(count: int, word: str) -> str:
    return f"{count} {word if count == 1 else word + 's'}"
