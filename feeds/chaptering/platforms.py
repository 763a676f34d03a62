"""Which platforms take a list of chapters, in which form, and why the others ignore it.

Sources: Apple Podcasts help, "Chapters" (5482); Spotify for creators, "Chapters"; YouTube as hosts tell it; AntennaPod
and Overcast as they were seen to read.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from feeds.formats import SECOND, format_clock
from feeds.model import Chapter
from feeds.rules.chapters.text import find_emoji

_LEAST = 3
_NAMES = {"json": "JSON", "psc": "psc", "stamps": "time stamps"}
_TAGS = {"id3": "MP3", "mp4": "M4A", "vorbis": "Opus"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """A platform: what it `reads` by the names of carriers, and what it asks of lists in those that are `strict`.

    `gap` is how many seconds chapters must be apart. `advice` counts in seconds, `longest` in characters: what is
    beyond them is taken all the same.
    """

    name: str
    reads: tuple[str, ...]
    strict: tuple[str, ...] = ()
    gap: int = 0
    advice: int = 0
    longest: int = 0
    is_plain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What a platform does with a list: `takes` it, and the words on it."""

    platform: str
    takes: bool
    words: str


PLATFORMS = (
    Platform(name="Apple Podcasts", reads=("json", "id3", "mp4", "stamps"), strict=("stamps",)),
    Platform(
        name="Spotify",
        reads=("psc", "stamps"),
        strict=("psc", "stamps"),
        advice=30,
        longest=40,
        is_plain=True,
    ),
    Platform(name="YouTube", reads=("stamps",), strict=("stamps",), gap=10, longest=70),
    Platform(name="AntennaPod", reads=("json", "psc", "id3", "mp4", "vorbis")),
    Platform(name="Overcast", reads=("id3", "mp4")),
    Platform(name="Castro", reads=("id3", "mp4")),
)


def find_opinions(chapters: Sequence[Chapter], carrier: str) -> tuple[Opinion, ...]:
    """What each platform does with chapters in a carrier.

    Where no platform reads the carrier, as it is an editor's or the record of an episode ("" as its name), it is what
    each does with the list in the forms that it reads.
    """
    listed = [chapter for chapter in chapters if chapter.toc]
    published = carrier if any(carrier in platform.reads for platform in PLATFORMS) else ""
    return tuple(_judge(platform, listed, published) for platform in PLATFORMS)


def _judge(platform: Platform, chapters: Sequence[Chapter], carrier: str) -> Opinion:
    reasons = {name: list(_find_reasons(platform, chapters, name)) for name in platform.reads}
    taken = [name for name, several in reasons.items() if not several]
    if carrier and carrier not in reasons:
        faults = "; ".join(reasons[platform.reads[-1]])
        words = f"in this form; it takes {_name(taken)}" if taken else f"in any form: {faults}"
        return Opinion(platform=platform.name, takes=False, words=words)
    if not taken or (carrier and reasons[carrier]):
        return Opinion(platform=platform.name, takes=False, words="; ".join(reasons[carrier or platform.reads[-1]]))
    as_what = "" if carrier else f"as {_name(taken)}"
    words = "; ".join(filter(None, (as_what, *_find_remarks(platform, chapters))))
    return Opinion(platform=platform.name, takes=True, words=words)


def _find_reasons(platform: Platform, chapters: Sequence[Chapter], carrier: str) -> Iterator[str]:
    """Why a platform ignores a list in a carrier."""
    if not chapters:
        yield "no chapter is listed"
        return
    if carrier not in platform.strict:
        return
    if chapters[0].start >= SECOND:
        yield f"the first chapter begins at {format_clock(chapters[0].start)}, not at 00:00"
    if len(chapters) < _LEAST:
        yield f"it has {len(chapters)} of the {_LEAST} chapters that are asked for"
    if short := _find_short(chapters, platform.gap):
        yield f"{_tell(short)} shorter than {platform.gap} s"


def _find_remarks(platform: Platform, chapters: Sequence[Chapter]) -> Iterator[str]:
    """What a platform advises, or shows otherwise than it is written."""
    if short := _find_short(chapters, platform.advice):
        yield f"{_tell(short)} shorter than the {platform.advice} s that are advised"
    if platform.longest and (long := sum(len(chapter.title) >= platform.longest for chapter in chapters)):
        yield f"{long} of {len(chapters)} titles have {platform.longest} characters or more"
    if platform.is_plain and (emoji := sum(bool(find_emoji(chapter.title)) for chapter in chapters)):
        yield f"{emoji} of {len(chapters)} titles have emoji"
    if platform.is_plain and (other := sum(not _is_latin(chapter.title) for chapter in chapters)):
        yield f"{other} of {len(chapters)} titles are in no Latin script, which its help once asked for"


def _find_short(chapters: Sequence[Chapter], least: int) -> list[Chapter]:
    return [one for one, after in pairwise(chapters) if after.start // SECOND - one.start // SECOND < least]


def _tell(chapters: Sequence[Chapter]) -> str:
    first = f"the chapter at {format_clock(chapters[0].start)}"
    return f"{first} is" if len(chapters) == 1 else f"{first} and {len(chapters) - 1} more are"


def _name(carriers: Sequence[str]) -> str:
    tags = _join([_TAGS[name] for name in carriers if name in _TAGS])
    return _join([*(_NAMES[name] for name in carriers if name in _NAMES), *([f"the tags of {tags}"] if tags else [])])


def _join(words: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def _is_latin(text: str) -> bool:
    """Say whether most letters of a text are Latin ones, or it has none.

    >>> _is_latin("Überfluss, 3 °C"), _is_latin("The Ελληνικά of it"), _is_latin("밀물과 썰물"), _is_latin("1914")
    (True, False, False, True)
    """
    letters = [letter for letter in text if letter.isalpha()]
    latin = sum(letter.isascii() or "LATIN" in unicodedata.name(letter, "") for letter in letters)
    return latin * 2 >= len(letters)
