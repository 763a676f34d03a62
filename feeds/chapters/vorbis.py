"""Chapters in Vorbis comments, as Ogg, Opus and FLAC files have them (Xiph wiki, "Chapter Extension").

A chapter is up to three comments: CHAPTER001=00:01:20.000, CHAPTER001NAME=Title, CHAPTER001URL=https://…
They hold neither ends nor pictures nor places, and nothing is silent in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from feeds.chapters.embedded import arrange_chapters
from feeds.formats import CONTROL, HOUR, MINUTE, SECOND, format_npt, format_url
from feeds.model import Chapter

MOST = 999
"""How many chapters there can be: programs read three digits, and of CHAPTER1000 the first three."""

_KEY = re.compile(r"chapter\d+")
# The first draft of the extension put an arrow and the end behind the start.
_START = re.compile(r"\s*(\d+):(\d{1,2}):(\d{1,2}(?:\.\d+)?)\s*(?:-->.*)?")


def parse_vorbis_chapters(comments: Mapping[str, Sequence[str]]) -> tuple[Chapter, ...]:
    """Read the chapters among comments, whose keys are in lower case; one whose time cannot be read is left out."""
    return arrange_chapters(_find_chapters(comments))


def _find_chapters(comments: Mapping[str, Sequence[str]]) -> Iterator[Chapter]:
    for key in filter(_KEY.fullmatch, comments):
        if time := _START.fullmatch(comments[key][0]):
            yield Chapter(
                start=int(time[1]) * HOUR + int(time[2]) * MINUTE + round(float(time[3]) * SECOND),
                title=" ".join(comments.get(f"{key}name", ())),
                link=next(iter(comments.get(f"{key}url", ())), ""),
            )


def format_vorbis_chapters(chapters: Sequence[Chapter]) -> tuple[tuple[str, str], ...]:
    """Write the chapters that are listed as names and texts of comments, in time order.

    Raises ValueError for more than there can be.
    """
    listed = [chapter for chapter in chapters if chapter.toc]
    if len(listed) > MOST:
        raise ValueError(
            f"{len(listed):,} chapters are more than the {MOST} that such a file can hold: join some of them"
        )
    return tuple(comment for number, chapter in enumerate(listed, 1) for comment in _format_chapter(number, chapter))


def _format_chapter(number: int, chapter: Chapter) -> Iterator[tuple[str, str]]:
    key = f"CHAPTER{number:03d}"
    yield key, format_npt(chapter.start)
    yield f"{key}NAME", " ".join(CONTROL.sub("", chapter.title).split())
    if chapter.link:
        yield f"{key}URL", CONTROL.sub("", format_url(chapter.link))
