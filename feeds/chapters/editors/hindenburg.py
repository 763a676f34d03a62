"""Markers of a session of Hindenburg (.nhsx): an XML document with markers, each with a name and a time.

There is no public description of the form. Times are written as in the regions of a session, whose unit are seconds
with minutes and hours before them where there are some: `35.600`, `01:04.000`. What a marker is called, and where its
address stands, is looked for under every name that has been seen.
"""

from __future__ import annotations

from lxml import etree

from feeds.chapters.listing import ChapterList, Entry, list_chapters
from feeds.chapters.psc import parse_xml
from feeds.markup.meaning import parse_npt

_SESSION = "<Session"
_TIMES = ("Time", "Start", "Position")
_TITLES = ("Name", "Title", "Text")
_LINKS = ("URL", "Url", "Link", "Href")


def parse_hindenburg_session(text: str) -> ChapterList:
    """Read the markers of a session. Raises ValueError if it is none."""
    root = parse_xml(text)
    if root.tag != "Session":
        raise ValueError("it is no session of Hindenburg")
    return list_chapters(
        Entry(
            start=parse_npt(_find(marker, _TIMES)),
            title=_find(marker, _TITLES) or marker.text or "",
            link=_find(marker, _LINKS),
        )
        for marker in root.iter("Marker")
    )


def is_hindenburg(text: str) -> bool:
    """Say whether a text is a session."""
    return _SESSION in text[:500] and "<Marker" in text


def _find(marker: etree._Element, names: tuple[str, ...]) -> str:
    return next((value for name in names if (value := marker.get(name))), "")
