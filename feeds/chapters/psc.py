"""Podlove Simple Chapters 1.2, as feeds carry them."""

from __future__ import annotations

from lxml import etree

from feeds.chapters.listing import order_chapters
from feeds.markup.meaning import parse_npt
from feeds.model import Chapter


def parse_psc_chapters(element: etree._Element) -> tuple[Chapter, ...]:
    """Read psc:chapters; none where the time of one of them cannot be read."""
    return order_chapters(
        (
            parse_npt(child.get("start", "")),
            child.get("title", ""),
            child.get("href", ""),
            child.get("image", ""),
            True,
        )
        for child in element
        if isinstance(child.tag, str)
    )
