"""What chapters need that come out of the tags of an audio file, where any program may have put anything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from feeds.formats import CONTROL
from feeds.media_types import is_url
from feeds.model import Chapter


def arrange_chapters(chapters: Iterable[Chapter]) -> tuple[Chapter, ...]:
    """Put chapters in time order, with titles of one line; one without a title is called "Chapter 3" by its place.

    Links that lead to no web page are left out, and so are pictures that stand nowhere.
    """
    in_order = sorted(chapters, key=lambda chapter: chapter.start)
    return tuple(
        replace(
            chapter,
            title=_clean(chapter.title) or f"Chapter {number}",
            link=_clean_link(chapter.link),
            image=_clean_link(chapter.image),
        )
        for number, chapter in enumerate(in_order, 1)
    )


def _clean(text: str) -> str:
    return " ".join(CONTROL.sub("", text).split())


def _clean_link(link: str) -> str:
    """An address has neither white space nor quotation marks (RFC 3986, appendix A)."""
    address = _clean(link).replace(" ", "%20").replace('"', "%22")
    return address if is_url(address) else ""
