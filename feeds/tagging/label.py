"""What the tagged copy of a recording says of itself, whatever its container calls it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

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
