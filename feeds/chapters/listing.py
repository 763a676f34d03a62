"""Lists of chapters out of what other programs have written: in time order, each with a title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import NamedTuple
from urllib.parse import urlsplit

from feeds.formats import CONTROL, LONGEST
from feeds.media_types import is_url
from feeds.model import Chapter, Location


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterList:
    """The chapters of one recording in time order, and what carriers say of the recording, "" where they do not.

    `podcast` is the title of the show, `file_name` that of the recording, `duration` is in milliseconds and 0 if
    unknown. `waypoints` says that the places of the chapters are a route (JSON chapters 1.2). `repeated` is how many
    chapters were left out as they start together with another.
    """

    chapters: tuple[Chapter, ...]
    title: str = ""
    author: str = ""
    podcast: str = ""
    description: str = ""
    file_name: str = ""
    waypoints: bool = False
    duration: int = 0
    repeated: int = field(default=0, compare=False)

    @property
    def listed(self) -> tuple[Chapter, ...]:
        """The chapters that players list."""
        return tuple(chapter for chapter in self.chapters if chapter.toc)


class Entry(NamedTuple):
    """A chapter as another program wrote it: times in milliseconds, a start of None if it cannot be read."""

    start: int | None
    title: str = ""
    link: str = ""
    image: str = ""
    toc: bool = True
    end: int | None = None
    location: Location | None = None


def list_chapters(entries: Iterable[Entry]) -> ChapterList:
    """Make a list of chapters in time order; none at all where one has no time, since a gap would mislead.

    An end that is not behind its start is none.
    """
    chapters = []
    for entry in entries:
        if entry.start is None or entry.start >= LONGEST:
            return ChapterList(chapters=())
        chapters.append(
            Chapter(
                start=entry.start,
                title=clean_title(entry.title) or "…",
                link=_find_url(entry.link),
                image=_find_url(entry.image),
                toc=entry.toc,
                end=entry.end if entry.end is not None and entry.start < entry.end < LONGEST else None,
                location=entry.location,
            )
        )
    chapters.sort(key=lambda chapter: chapter.start)
    kept = tuple(_drop_repeated(chapters))
    return ChapterList(chapters=kept, repeated=len(chapters) - len(kept))


def clean_title(title: str) -> str:
    """A title as it can be published: one line, without control characters."""
    return " ".join(CONTROL.sub("", title).split())


def find_ends(chapters: Sequence[Chapter], duration: int) -> tuple[int | None, ...]:
    """Where each of listed chapters ends: where it says so, else where the next begins, the last with the recording.

    None for a last one of which nobody knows it, as `duration` is 0 or lies before its start.

    >>> find_ends([Chapter(start=0, title="Ebb"), Chapter(start=187_500, title="Flow")], 0)
    (187500, None)
    """
    following = [chapter.start for chapter in chapters[1:]]
    last = duration if chapters and duration > chapters[-1].start else None
    return tuple(
        chapter.end if chapter.end is not None else (last if after is None else after)
        for chapter, after in zip_longest(chapters, following)
    )


def drop_needless_ends(chapters: Sequence[Chapter]) -> tuple[Chapter, ...]:
    """Take away the ends at which the next listed chapter begins, for carriers that must write one for each."""
    following = [chapter.start for chapter in chapters[1:]]
    return tuple(
        replace(chapter, end=None) if chapter.end == after else chapter
        for chapter, after in zip_longest(chapters, following)
    )


def _drop_repeated(chapters: Iterable[Chapter]) -> Iterator[Chapter]:
    """Of chapters that start together only the first is one, silent ones aside (JSON chapters 1.2)."""
    last: int | None = None
    for chapter in chapters:
        if not chapter.toc or chapter.start != last:
            yield chapter
        last = chapter.start if chapter.toc else last


def _find_url(text: str) -> str:
    url = text.strip()
    try:
        whole = is_url(url) and bool(urlsplit(url).hostname)
    except ValueError:
        return ""
    return url if whole and not any(letter in url for letter in ' "{}\t\n') else ""
