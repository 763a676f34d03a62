"""Podlove Simple Chapters 1.2: in a feed, and as a file of their own (podlove.org/simple-chapters)."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from feeds.chapters.listing import ChapterList, Entry, list_chapters
from feeds.formats import format_npt
from feeds.markup.meaning import parse_npt
from feeds.model import Chapter
from feeds.namespaces import PSC

VERSION = "1.2"

_LONGEST_MESSAGE = 120

_PARSER = etree.XMLParser(
    encoding="utf-8", resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
)


def render_psc_element(chapters: Sequence[Chapter]) -> etree._Element | None:
    """Write the chapters that a player lists, for this form knows no silent ones; None if there are none.

    An attribute of which nothing is known is left out.
    """
    listed = [chapter for chapter in chapters if chapter.toc]
    if not listed:
        return None
    element = etree.Element(f"{{{PSC}}}chapters", nsmap={"psc": PSC}, version=VERSION)
    for chapter in listed:
        entry = etree.SubElement(element, f"{{{PSC}}}chapter", start=format_npt(chapter.start), title=chapter.title)
        for name, value in (("href", chapter.link), ("image", chapter.image)):
            if value:
                entry.set(name, value)
    return element


def parse_psc_element(element: etree._Element) -> tuple[Chapter, ...]:
    """Read psc:chapters; none where the time of one of them cannot be read."""
    return _parse_list(element).chapters


def _parse_list(element: etree._Element) -> ChapterList:
    return list_chapters(
        Entry(
            start=parse_npt(child.get("start", "")),
            title=child.get("title", ""),
            link=child.get("href", ""),
            image=child.get("image", ""),
        )
        for child in element
        if isinstance(child.tag, str)
    )


def format_psc_chapters(listing: ChapterList) -> str:
    """Write psc:chapters as a document, a chapter on each line."""
    element = render_psc_element(listing.chapters)
    if element is None:
        element = etree.Element(f"{{{PSC}}}chapters", nsmap={"psc": PSC}, version=VERSION)
    etree.indent(element)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(element, encoding="unicode") + "\n"


def parse_psc_chapters(text: str) -> ChapterList:
    """Read the first psc:chapters of a document. Raises ValueError if there is none."""
    root = parse_xml(text)
    element = next(root.iter(f"{{{PSC}}}chapters"), None)
    if element is None:
        raise ValueError(f"there is no psc:chapters of the namespace {PSC} in it")
    return _parse_list(element)


def is_psc(text: str) -> bool:
    """Say whether a text is a document of XML with psc:chapters."""
    return text.lstrip().startswith("<") and PSC in text


def parse_xml(text: str) -> etree._Element:
    """Read a small XML document that may come from anywhere. Raises ValueError if it is none."""
    try:
        return etree.fromstring(text.encode(), _PARSER)
    except etree.XMLSyntaxError as error:
        # Behind the first line some messages repeat what they are about.
        message = str(error.msg).split("\n", 1)[0].strip()[:_LONGEST_MESSAGE]
        raise ValueError(f"it is no well-formed XML: {message}") from error
