"""Whether the carriers of chapters of one episode agree."""

from __future__ import annotations

from feeds.chapters.comparing import find_disagreement
from feeds.chapters.psc import parse_psc_chapters
from feeds.formats import SECOND
from feeds.model import Chapter
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Item

_LEAST = 3


@rule("item", source="house; seen in AntennaPod", everywhere="warning")
def chapters_sources_disagree(item: Item) -> Hits:
    """The chapters of one episode are the same in every carrier: in the feed, in the JSON file, in the description.

    Each app reads another carrier, so listeners of one episode get different chapters; AntennaPod merges lists that
    agree within a second, and else keeps the longer one.
    """
    element = item.first("psc:chapters")
    lines = item.find_stamps().lines
    if element is None or item.notes is None or len(lines) < _LEAST or lines[0].seconds:
        return
    chapters = parse_psc_chapters(element)
    stamped = [Chapter(start=line.seconds * SECOND, title=line.title) for line in lines]
    if chapters and (difference := find_disagreement(chapters, stamped)):
        yield element, f"psc:chapters and the time stamps in the description differ, {difference}: make them the same"
