"""Chapters in Vorbis comments, as Ogg, Opus and FLAC files have them (Xiph wiki, "Chapter Extension").

A chapter is up to three comments: CHAPTER001=00:01:20.000, CHAPTER001NAME=Title, CHAPTER001URL=https://…
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from feeds.chapters.embedded import arrange_chapters
from feeds.formats import HOUR, MINUTE, SECOND
from feeds.model import Chapter

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
