"""Notes as their author wrote them: prose, quotes, chapters and what else has a heading."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from feeds.model.podcasting import Location

ProseForm = Literal["markdown", "html", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A run of Markdown between quotes; or notes in HTML or plain text, which reach the feed word for word."""

    text: str
    form: ProseForm = "markdown"
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words that somebody said; `at` is None where the record gives no time.

    `soundbite` says that the record wants it to be heard before the episode.
    """

    text: str
    speaker: str = ""
    at: int | None = None
    soundbite: bool = False
    line: int = field(default=0, compare=False)


Block = Prose | Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A stretch of the audio from `start` to `end`, and what the notes say of it.

    One without an end lasts to the next that is listed. A chapter with `toc=False` is silent: players do not list it
    (JSON chapters 1.2, "toc"). `location` is what it is about, which a map can show.
    """

    start: int
    title: str
    link: str = ""
    image: str = ""
    toc: bool = True
    end: int | None = None
    location: Location | None = None
    blocks: tuple[Block, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the notes under a heading of its own that is no chapter, such as a list of links."""

    title: str
    blocks: tuple[Block, ...] = ()
    line: int = field(default=0, compare=False)
