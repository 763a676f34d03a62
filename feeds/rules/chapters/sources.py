"""Whether the carriers of chapters of one episode agree."""

from __future__ import annotations

from lxml import etree

from feeds.chapters.comparing import find_disagreement
from feeds.chapters.psc import parse_psc_element
from feeds.formats import SECOND
from feeds.model import Chapter
from feeds.rulebook.files.linked import Carrier, CarrierPair
from feeds.rulebook.places import Place
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Item

_LEAST = 3


@rule("item", "carriers", source="house; seen in AntennaPod", everywhere="warning")
def chapters_sources_disagree(subject: Item | CarrierPair) -> Hits:
    """The chapters of one episode are the same in every carrier: feed, JSON file, tag of the recording, description.

    Each app reads another carrier, so listeners of one episode get different chapters; AntennaPod merges lists that
    agree within a second, and else keeps the longer one.
    """
    if isinstance(subject, CarrierPair):
        place: Place = subject.use.spot
        one, other = subject.linked, subject.other
    else:
        element, stamped = subject.first("psc:chapters"), find_stamped(subject)
        if element is None or stamped is None:
            return
        place = element
        one, other = find_marked(element), stamped
    if one.chapters and (difference := find_disagreement(one.chapters, other.chapters)):
        yield place, f"{one.name} and {other.name} differ, {difference}: make them the same"


def find_carrier(item: Item) -> Carrier | None:
    """The chapters that an item holds itself: elements first, else time stamps; None where it holds none."""
    element = item.first("psc:chapters")
    marked = find_marked(element) if element is not None else None
    return marked if marked and marked.chapters else find_stamped(item)


def find_marked(element: etree._Element) -> Carrier:
    """The chapters in psc:chapters."""
    return Carrier(name="psc:chapters", chapters=parse_psc_element(element))


def find_stamped(item: Item) -> Carrier | None:
    """The chapters that platforms make of time stamps: three or more, the first at zero; None if there are none."""
    lines = item.find_stamps().lines
    if item.notes is None or len(lines) < _LEAST or lines[0].seconds:
        return None
    chapters = tuple(Chapter(start=line.seconds * SECOND, title=line.title) for line in lines)
    return Carrier(name="the time stamps in the description", chapters=chapters)
