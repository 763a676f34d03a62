"""Chapters in an MP4 or M4A file: the box `chpl`, which Nero introduced and ffmpeg writes too."""

from __future__ import annotations

from typing import Any

from feeds.chapters.embedded import arrange_chapters
from feeds.formats import SECOND
from feeds.model import Chapter


def parse_mp4_chapters(chapters: Any) -> tuple[Chapter, ...]:
    """Read the chapters of a `mutagen.mp4.MP4Chapters`: times and titles, for the box holds nothing else."""
    return arrange_chapters(Chapter(start=round(chapter.start * SECOND), title=chapter.title) for chapter in chapters)
