"""Chapters in the ID3 tag of an MP3: frames CHAP and CTOC (ID3v2 Chapter Frame Addendum 1.0).

They hold all that a chapter has but its place on a map. Silent chapters stand in no table of contents; where all are
silent there is none, and they are read as if they were listed.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from feeds.chapters.embedded import arrange_chapters
from feeds.chapters.id3_spelling import (
    OTHER,
    Version,
    format_frame,
    format_own_link_frame,
    format_picture_frame,
    format_picture_link_frame,
    format_text_frame,
)
from feeds.formats import CONTROL
from feeds.media_types import is_url
from feeds.model import Chapter

Pictures = Mapping[str, tuple[bytes, str]]
"""The bytes of pictures and their media types, by `Chapter.image`."""

_ANYWHERE = 0xFFFF_FFFF
_ROOT = "toc"
_TOP, _ORDERED = 0b10, 0b01
_MOST_CHILDREN = 255
_ADDRESS = "-->"
_SLACK = 50
"""Milliseconds by which an end may miss the next start and still be it: encoders move sound by less."""


def parse_id3_chapters(tags: Any, duration: int = 0) -> tuple[Chapter, ...]:
    """Read the chapters of a `mutagen.id3.ID3` of so many milliseconds: title (TIT2), link (WXXX), picture, end.

    A picture (APIC) is read if it is an address. An end that is the start of the next chapter, or the end of the
    recording, says nothing. A chapter that no table of contents names is silent: such frames change the picture and
    are not listed. Where no chapter is named at all, the table is missing or broken, and all are listed.
    """
    frames = tags.getall("CHAP")
    contents = {element for table in tags.getall("CTOC") for element in table.child_element_ids}
    named = contents & {frame.element_id for frame in frames}
    chapters = arrange_chapters(
        Chapter(
            start=frame.start_time,
            end=frame.end_time,
            title=" ".join(text for title in frame.sub_frames.getall("TIT2") for text in title.text),
            link=next((link.url for link in frame.sub_frames.getall("WXXX")), ""),
            image=next(_find_addresses(frame.sub_frames), ""),
            toc=frame.element_id in named or not named,
        )
        for frame in frames
    )
    usual = find_ends(chapters, duration)
    return tuple(
        chapter if chapter.end is not None and _says_more(chapter, end, duration) else replace(chapter, end=None)
        for chapter, end in zip(chapters, usual, strict=True)
    )


def _find_addresses(frames: Any) -> Iterator[str]:
    return (picture.data.decode("latin-1") for picture in frames.getall("APIC") if picture.mime == _ADDRESS)


def _says_more(chapter: Chapter, usual: int, duration: int) -> bool:
    """Say whether the end of a chapter is one, and another than the usual; nothing is known of the last without it."""
    end = chapter.end or 0
    is_last = usual == max(duration, chapter.start)
    return chapter.start < end < _ANYWHERE and abs(end - usual) > _SLACK and not (is_last and not duration)


def find_ends(chapters: Sequence[Chapter], duration: int) -> tuple[int, ...]:
    """Where chapters in time order end that do not say so, in milliseconds.

    It is where the next listed one starts, or else where the recording ends; a silent one ends with the next of any
    kind.
    """
    return tuple(
        next(
            (
                after.start
                for after in chapters[number:]
                if after.start > chapter.start and (after.toc or not chapter.toc)
            ),
            max(chapter.start, duration),
        )
        for number, chapter in enumerate(chapters, 1)
    )


def format_id3_chapters(
    chapters: Sequence[Chapter], *, title: str, duration: int, pictures: Pictures, version: Version
) -> bytes:
    """Write the frames of chapters in time order, of a recording of so many milliseconds: contents, then chapters.

    One table of contents stands at the top, named `title`; more chapters than it can list stand in tables below it. A
    picture is embedded where its bytes are given, and named by its address where it has one. Times count, and no bytes.
    Raises ValueError for a time that 32 bits do not hold.
    """
    names = [f"chp{number}" for number in range(len(chapters))]
    listed = [name for name, chapter in zip(names, chapters, strict=True) if chapter.toc]
    frames = [_format_contents(listed, title, version)] if listed else []
    ends = find_ends(chapters, duration)
    for name, chapter, usual in zip(names, chapters, ends, strict=True):
        frames.append(_format_chapter(name, chapter, chapter.end or usual, pictures, version))
    return b"".join(frames)


def _format_chapter(name: str, chapter: Chapter, end: int, pictures: Pictures, version: Version) -> bytes:
    if max(chapter.start, end) >= _ANYWHERE:
        raise ValueError(f"the chapter {chapter.title!r} lies beyond 49 days, which is as far as a tag counts")
    content = name.encode() + b"\0" + struct.pack(">4I", chapter.start, end, _ANYWHERE, _ANYWHERE)
    content += _format_title(chapter.title, version)
    if chapter.link:
        content += format_own_link_frame(chapter.link, version)
    if chapter.image in pictures:
        data, type = pictures[chapter.image]
        content += format_picture_frame(data, type, OTHER, version)
    elif is_url(chapter.image):
        content += format_picture_link_frame(chapter.image, version)
    return format_frame("CHAP", content, version)


def _format_contents(listed: Sequence[str], title: str, version: Version) -> bytes:
    """The table at the top, and those below it, each before its own; the numbers of chapters are their titles."""
    step = 1
    while len(listed) > step * _MOST_CHILDREN:
        step *= _MOST_CHILDREN
    return _format_table(_ROOT, _TOP | _ORDERED, listed, step, title, version)


def _format_table(name: str, flags: int, listed: Sequence[str], step: int, title: str, version: Version) -> bytes:
    """A table of entries that stand for `step` chapters each; 1 is a chapter itself."""
    parts = [(first, listed[first : first + step]) for first in range(0, len(listed), step)]
    children = list(listed) if step == 1 else [f"{name}.{number}" for number in range(1, len(parts) + 1)]
    content = name.encode() + bytes((0, flags, len(children)))
    content += b"".join(child.encode() + b"\0" for child in children) + _format_title(title, version)
    table = format_frame("CTOC", content, version)
    if step == 1:
        return table
    return table + b"".join(
        _format_table(child, _ORDERED, part, step // _MOST_CHILDREN, f"{first + 1}–{first + len(part)}", version)
        for child, (first, part) in zip(children, parts, strict=True)
    )


def _format_title(title: str, version: Version) -> bytes:
    return format_text_frame("TIT2", " ".join(CONTROL.sub("", title).split()), version)
