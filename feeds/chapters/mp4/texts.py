"""The titles and links of chapters as samples of a text track.

A sample is a length of two bytes, the title in UTF-8, and boxes; the link is one of them, `href`. Programs for podcasts
read it there, through Apple's frameworks ("HREF" among the extra attributes of a title), and tools that make podcasts
write it so. Spec: 3GPP TS 26.245, sections 5.2 and 5.17.1.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import replace

from feeds.chapters.embedded import arrange_chapters
from feeds.chapters.mp4.boxes import find_box, format_box
from feeds.formats import format_url
from feeds.model import Chapter

LARGEST_SAMPLE = (1 << 16) + (1 << 10)
"""Bytes: the length of a title is counted in two of them, that of a link in one."""

LONGEST_TITLE = (1 << 16) - 1
"""Bytes."""

_LONGEST_LINK = 255


def parse_text_samples(samples: Iterable[tuple[int, bytes]]) -> tuple[Chapter, ...]:
    """Read the chapters of a track: the start of each sample in milliseconds, and its bytes."""
    return arrange_chapters(
        Chapter(start=start, title=_parse_title(sample), link=_parse_link(sample)) for start, sample in samples
    )


def format_text_sample(chapter: Chapter) -> bytes:
    """Write the title and the link of a chapter; a link that is too long for its box is left out."""
    title = cut_text(chapter.title, LONGEST_TITLE)
    sample = struct.pack(">H", len(title)) + title
    link = format_url(chapter.link).encode("ascii", "ignore")
    if not 0 < len(link) <= _LONGEST_LINK:
        return sample
    # It lies on all characters of the title. The last byte is the length of a text for the pointer, which is empty.
    return sample + format_box(b"href", struct.pack(">HHB", 0, len(title.decode()), len(link)), link, b"\0")


def join_text_tracks(tracks: Iterable[tuple[Chapter, ...]]) -> tuple[Chapter, ...]:
    """Make one list of the chapters of several tracks.

    Apple's tools wrote the links into a track of their own, whose titles are labels of the links: where one track has
    links and another has none, the titles are those of the latter.
    """
    filled = sorted(filter(None, tracks), key=lambda chapters: any(chapter.link for chapter in chapters))
    links = {chapter.start: chapter.link for chapters in filled for chapter in chapters if chapter.link}
    titles = filled[0] if filled else ()
    return tuple(replace(chapter, link=links.get(chapter.start, chapter.link)) for chapter in titles)


def cut_text(text: str, length: int) -> bytes:
    """A text in UTF-8, cut at a character if it has more bytes."""
    return text.encode("utf-8", "replace")[:length].decode("utf-8", "ignore").encode()


def _parse_title(sample: bytes) -> str:
    """UTF-8, or UTF-16 if it begins with a byte order mark."""
    text = sample[2 : 2 + int.from_bytes(sample[:2], "big")]
    utf16 = text.startswith((b"\xfe\xff", b"\xff\xfe"))
    return text.decode("utf-16" if utf16 else "utf-8", "replace")


def _parse_link(sample: bytes) -> str:
    content = find_box(sample[2 + int.from_bytes(sample[:2], "big") :], b"href")
    return content[5 : 5 + content[4]].decode("utf-8", "replace") if len(content) > 5 else ""
