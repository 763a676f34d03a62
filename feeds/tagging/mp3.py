"""The tagged copy of an MP3: a new ID3 tag, and all that stands behind the old one.

Tags at the end of the file (ID3v1, APE) are left alone. Readers take an ID3v1 tag only where there is no other, so that
an old title in it misleads nobody. The first frame of sound, which tells how much silence the encoder added, is left
too.

Not written: PCST, TGID and WFED, by which iTunes knew a podcast that it had subscribed to. They would move a file among
subscriptions that the listener does not have. Where a file has them they stay.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import BinaryIO

from feeds.chapters.id3 import format_id3_chapters
from feeds.chapters.id3_frames import HEADER, find_tag_size
from feeds.chapters.id3_spelling import (
    FRONT,
    Version,
    format_comment_frame,
    format_link_frame,
    format_picture_frame,
    format_tag,
    format_text_frame,
)
from feeds.tagging.id3 import Frame, Tag, format_frames, join_tags, parse_tag
from feeds.tagging.label import Label, clean_line, clean_text, find_language, format_number
from feeds.tagging.lowering import lower_tag
from feeds.tagging.pieces import Piece, Span

_ID3 = b"ID3"
_DATES = ("TDRC", "TDRL", "TYER", "TDAT", "TIME", "TRDA")
_COVER = f"APIC:{FRONT:02x}"
_WIDE = (1, 2)  # encodings of UTF-16


def measure_mp3(stream: BinaryIO, label: Label) -> tuple[Piece, ...]:
    """Tell what the copy of an MP3 is made of. Raises ValueError if its tags cannot be read."""
    tags, begin = _read_tags(stream)
    return (format_labelled_tag(join_tags(tags), label), Span(begin=begin, end=stream.seek(0, io.SEEK_END)))


def _read_tags(stream: BinaryIO) -> tuple[list[Tag], int]:
    """All tags at the beginning, and where the file itself begins."""
    tags: list[Tag] = []
    begin = 0
    while (head := _read_from(stream, begin, HEADER)).startswith(_ID3):
        tags.append(parse_tag(_read_from(stream, begin, max(find_tag_size(head), HEADER))))
        begin += find_tag_size(head)
    return tags, begin


def _read_from(stream: BinaryIO, begin: int, size: int) -> bytes:
    stream.seek(begin)
    return stream.read(size)


def format_labelled_tag(tag: Tag, label: Label) -> bytes:
    """Write a tag anew: the label, its chapters in time order, its cover, and what stood there and is not said anew.

    Its version stays, but that one with chapters is of version 2.3 if it can be.
    """
    tag = lower_tag(tag) if label.chapters else tag
    written = dict(_format_label(label, tag.version))
    replaced = {name for names, frames in written.items() if frames for name in names}
    kept = (frame for frame in tag.frames if _find_name(frame, tag.version) not in replaced)
    return format_tag(b"".join(written.values()) + format_frames(kept, tag.version) + tag.rest, tag.version)


def _format_label(label: Label, version: Version) -> Iterator[tuple[tuple[str, ...], bytes]]:
    """What is said, b"" where nothing is, by the names of the frames that it replaces."""
    language = find_language(label.language)
    lines = {"TIT2": label.title, "TALB": label.show, "TPE1": label.author, "TLAN": language}
    lines |= {"TRCK": format_number(label.episode), "TPOS": format_number(label.season)}
    yield from (((name,), _format_line(name, text, version)) for name, text in lines.items())
    yield _DATES, b"".join(_format_line(*said, version) for said in _format_date(label.date, version).items())
    if label.link:
        yield ("WOAF",), format_link_frame("WOAF", label.link, version)
    if summary := clean_text(label.summary):
        frames = format_comment_frame(summary, language, version) + format_text_frame("TDES", summary, version)
        yield ("COMM:", "TDES"), frames
    pictures = {name: (cover.data, cover.type) for name, cover in label.pictures.items()}
    yield (
        ("CHAP", "CTOC"),
        format_id3_chapters(
            label.chapters, title=label.title, duration=label.duration, pictures=pictures, version=version
        ),
    )
    if label.cover:
        yield (_COVER,), format_picture_frame(label.cover.data, label.cover.type, FRONT, version)


def _format_line(name: str, text: str, version: Version) -> bytes:
    line = clean_line(text)
    return format_text_frame(name, line, version) if line else b""


def _format_date(date: dt.datetime | None, version: Version) -> dict[str, str]:
    """When it was released, in UTC (ID3v2.4.0-structure, section 4); iTunes has TDRL in version 2.3 too.

    The year has four digits, day and month stand in this order (ID3v2.3.0, section 4.2.1).
    """
    if date is None:
        return {}
    moment = date.astimezone(dt.UTC).replace(tzinfo=None)
    stamp = moment.isoformat(timespec="seconds")
    if version == 4:
        return {"TDRC": stamp, "TDRL": stamp}
    day, time = f"{moment.day:02d}{moment.month:02d}", f"{moment.hour:02d}{moment.minute:02d}"
    return {"TYER": f"{moment.year:04d}", "TDAT": day, "TIME": time, "TDRL": stamp}


def _find_name(frame: Frame, version: Version) -> str:
    """What a frame is called: a comment with its description, since programs note things there, a picture its kind."""
    content = frame.unpack(version)
    if frame.name == "COMM" and content:
        return f"COMM:{_find_description(content)}"
    if frame.name == "APIC":
        _, _, picture = content[1:].partition(b"\0")
        return f"APIC:{picture[:1].hex()}"
    return frame.name


def _find_description(content: bytes) -> str:
    """What a comment is about, behind an encoding and a language; "" for that of the whole file."""
    codec = "utf-16-le" if content[0] in _WIDE else "latin-1"
    return content[4:].decode(codec, "replace").strip("\ufeff\ufffe").partition("\0")[0]
