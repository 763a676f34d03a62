"""JSON chapters 1.2 of the podcast namespace (docs/examples/chapters/jsonChapters.md)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from feeds.formats import format_seconds
from feeds.model import Chapter

VERSION = "1.2.0"


def format_json_chapters(chapters: Sequence[Chapter], *, title: str, podcast: str) -> bytes:
    """Write the chapters file of an episode, as UTF-8.

    Times are seconds with up to three decimals. A silent chapter carries `"toc": false`.
    """
    document = {
        "version": VERSION,
        "title": title,
        "podcastName": podcast,
        "chapters": [_format_chapter(chapter) for chapter in chapters],
    }
    return (json.dumps(document, ensure_ascii=False) + "\n").encode()


def _format_chapter(chapter: Chapter) -> dict[str, object]:
    entry: dict[str, object] = {"startTime": format_seconds(chapter.start), "title": chapter.title}
    if chapter.image:
        entry["img"] = chapter.image
    if chapter.link:
        entry["url"] = chapter.link
    if not chapter.toc:
        entry["toc"] = False
    return entry
