"""Chapters in the ID3 tag of an MP3: frames CHAP and CTOC (ID3v2 Chapter Frame Addendum 1.0)."""

from __future__ import annotations

from typing import Any

from feeds.chapters.embedded import arrange_chapters
from feeds.model import Chapter


def parse_id3_chapters(tags: Any) -> tuple[Chapter, ...]:
    """Read the chapters of a `mutagen.id3.ID3`, each with its title (TIT2) and its link (WXXX).

    One that no table of contents names is silent: such frames change the picture and are not listed. Where no
    chapter is named at all, the table is missing or broken, and all are listed.
    """
    frames = tags.getall("CHAP")
    contents = {element for table in tags.getall("CTOC") for element in table.child_element_ids}
    named = contents & {frame.element_id for frame in frames}
    return arrange_chapters(
        Chapter(
            start=frame.start_time,
            title=" ".join(text for title in frame.sub_frames.getall("TIT2") for text in title.text),
            link=next((link.url for link in frame.sub_frames.getall("WXXX")), ""),
            toc=frame.element_id in named or not named,
        )
        for frame in frames
    )
