"""Metadata files of ffmpeg: what it says of a recording, and its chapters (ffmpeg formats, "Metadata").

A chapter begins with [CHAPTER], its times count in a unit of its own (TIMEBASE, nanoseconds without one), and of its
tags only the title is known to every container.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from feeds.chapters.listing import (
    ChapterList,
    Entry,
    clean_title,
    drop_needless_ends,
    find_ends,
    list_chapters,
)
from feeds.formats import LONGEST, SECOND

_HEAD = ";FFMETADATA"
_CHAPTER = "[CHAPTER]"
_FACTS = {"title": "title", "artist": "author", "album": "podcast", "description": "description"}
"""The tags of the recording, and what a list of chapters calls them."""

_SPECIAL = re.compile(r"([=;#\\\n])")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_KEY = re.compile(r"((?:[^=\\]|\\.)*)=(.*)", re.DOTALL)
_BASE = re.compile(r"(\d{1,12})/(\d{1,12})")
_NUMBER = re.compile(r"\d{1,18}")


def format_ffmetadata(listing: ChapterList) -> str:
    """Write what is known of the recording, then the chapters that are not silent, in milliseconds.

    Every one has an end, since ffmpeg loses the title of one without: where nobody knows that of the last, it is as
    late as times are written.
    """
    lines = [f"{_HEAD}1"]
    lines += [f"{tag}={_escape(value)}" for tag, field in _FACTS.items() if (value := getattr(listing, field))]
    for chapter, end in zip(listing.listed, find_ends(listing.listed, listing.duration), strict=True):
        lines += [_CHAPTER, "TIMEBASE=1/1000", f"START={chapter.start}", f"END={end or LONGEST}"]
        lines.append(f"title={_escape(chapter.title)}")
    return "\n".join(lines) + "\n"


def parse_ffmetadata(text: str) -> ChapterList:
    """Read chapters and what the file says of the recording. Raises ValueError if it is no such file."""
    if not is_ffmetadata(text):
        raise ValueError(f"it does not begin with {_HEAD}1")
    about, *chapters = _split_sections(text)
    facts: dict[str, Any] = {field: clean_title(about[tag]) for tag, field in _FACTS.items() if about.get(tag)}
    entries = (_parse_entry(chapter) for chapter in chapters)
    listing = list_chapters(entries)
    return replace(listing, chapters=drop_needless_ends(listing.chapters), **facts)


def is_ffmetadata(text: str) -> bool:
    """Say whether a text is such a file."""
    return text.startswith(_HEAD)


def _split_sections(text: str) -> Iterator[dict[str, str]]:
    """What the file says of the recording, then each chapter; streams and other sections say nothing here."""
    section: dict[str, str] = {}
    wanted = True
    for line in _join_escaped(text.split("\n")[1:]):
        if line.startswith("[") and line.rstrip().endswith("]"):
            if wanted:
                yield section
            section, wanted = {}, line.strip() == _CHAPTER
        elif not line.startswith((";", "#")) and (match := _KEY.fullmatch(line)):
            section[_unescape(match[1]).lower()] = _unescape(match[2])
    if wanted:
        yield section


def _join_escaped(lines: list[str]) -> Iterator[str]:
    """Lines, of which one that ends with a backslash goes on in the next."""
    parts: list[str] = []
    for line in lines:
        parts.append(line.rstrip("\r"))
        if (len(parts[-1]) - len(parts[-1].rstrip("\\"))) % 2:
            parts.append("\n")
        else:
            yield "".join(parts)
            parts = []
    yield "".join(parts)


def _parse_entry(chapter: dict[str, str]) -> Entry:
    base = _BASE.fullmatch(chapter.get("timebase", "1/1000000000").strip())
    times = [_NUMBER.fullmatch(chapter.get(name, "").strip()) for name in ("start", "end")]
    if base is None or not int(base[2]):
        return Entry(start=None)
    start, end = (int(time[0]) * int(base[1]) * SECOND / int(base[2]) if time else None for time in times)
    return Entry(
        start=None if start is None else round(start),
        title=chapter.get("title", ""),
        end=None if end is None else round(end),
    )


def _escape(value: str) -> str:
    return _SPECIAL.sub(r"\\\1", value)


def _unescape(value: str) -> str:
    return _ESCAPED.sub(r"\1", value)
