"""What the tagged copy of a recording says of itself, whatever its container calls it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from feeds.formats import CONTROL
from feeds.model import Chapter


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """A picture as it is embedded: the bytes of a JPEG or PNG file, and its media type."""

    data: bytes
    type: Literal["image/jpeg", "image/png"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a copy says of its episode: "" and None where nothing is to be said, and what the recording says stays.

    `chapters` are in time order, silent ones among them, and `pictures` theirs by `Chapter.image`. `duration` is in
    milliseconds: there the last chapter ends, if it does not say where.
    """

    title: str
    show: str
    author: str = ""
    date: dt.datetime | None = None
    season: int | None = None
    episode: int | None = None
    link: str = ""
    summary: str = ""
    language: str = ""
    cover: Cover | None = None
    chapters: tuple[Chapter, ...] = ()
    pictures: Mapping[str, Cover] = field(default_factory=dict)
    duration: int = 0


def find_language(tag: str) -> str:
    """The three letters of a language (ISO 639-2), "" where it has none.

    >>> find_language("de"), find_language("en-GB"), find_language("ko-KR"), find_language("")
    ('deu', 'eng', 'kor', '')
    """
    import langcodes  # costs every build its time, and is needed by new copies alone

    try:
        return langcodes.get(tag).to_alpha3() if tag else ""
    except (LookupError, ValueError):
        return ""


def clean_line(text: str) -> str:
    """A text as a tag of one line holds it: no control characters, since one of them ends it."""
    return " ".join(CONTROL.sub("", text).split())


def clean_text(text: str) -> str:
    """A text of several lines, without control characters but those that end a line."""
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def format_number(number: int | None) -> str:
    """The number of an episode or a season, "" where it has none."""
    return "" if number is None else str(number)
