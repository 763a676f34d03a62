"""What may not happen to an episode once it is published."""

from __future__ import annotations

from itertools import pairwise

from lxml import etree

from feeds.rulebook.changes import Change
from feeds.rulebook.forms.dates import parse_rfc822
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import ItemFacts
from feeds.rulebook.wording import quote
from feeds.rules.channel.relations import find_address


@rule("change", source="PSP-1, guid; Apple guide, guid; podcast namespace, other recommendations", everywhere="error")
def item_guid_changed(change: Change) -> Hits:
    """An episode that was published keeps its guid, whatever else changes.

    An app that meets a new guid takes it for a new episode: every subscriber gets it again, what was heard counts as
    unheard, and its statistics begin anew.
    """
    for before, after in change.renamed:
        if before.guid:
            message = f"{quote(after.title)} was published with the guid {quote(before.guid)}: give it that guid again"
            yield _find_place(after, "guid"), message


@rule("change", source="house, follows from PSP-1, guid", everywhere="error")
def item_guid_reused(change: Change) -> Hits:
    """The guid of a published episode is not given to another one.

    Whoever has heard the old episode never sees the new one, since their app knows it already.
    """
    for before, after in change.same:
        told = (before.title, before.enclosure, before.date)
        if before.guid and all(was and now and was != now for was, now in zip(told, _tell(after), strict=True)):
            message = (
                f"the guid was that of {quote(before.title)}, another episode: a new episode needs a guid of its own"
            )
            yield _find_place(after, "guid"), message


@rule("change", source="house, follows from PSP-1, guid", everywhere="error")
def feed_emptied(change: Change) -> Hits:
    """A feed keeps at least one of its published episodes.

    One that has lost all of them was made by a build that went wrong, or stands in the place of another show.
    """
    if change.gone and not change.same and not change.renamed:
        message = f"none of the {len(change.gone)} published episodes is in the feed: look at what made it"
        yield change.after.element, message


@rule("change", source="PSP-1, guid; Apple guide, guid", everywhere="warning")
def item_dropped(change: Change) -> Hits:
    """A published episode stays in the feed, except that the oldest may leave at its end.

    Apps take an episode that is missing for withdrawn: they delete it, and Apple removes it from the show's page.
    """
    last = max((before.number for before, _ in (*change.same, *change.renamed)), default=0)
    for item in change.gone:
        if item.number < last:
            yield change.after.element, f"{_tell_item(item)} was published and is no longer in the feed: put it back"


@rule("change", source="house, follows from RFC 5005, 2", everywhere="info")
def item_left_at_the_end(change: Change) -> Hits:
    """The oldest episodes stay in the feed as long as they shall be heard.

    Many feeds hold only the newest episodes. Those that leave are lost to whoever subscribes later, unless an archive
    keeps them, to which the feed has a link.
    """
    if find_address(change.after, "prev-archive"):
        return
    last = max((before.number for before, _ in (*change.same, *change.renamed)), default=0)
    for item in change.gone:
        if last and item.number > last:
            yield change.after.element, f"{_tell_item(item)} has left the end of the feed: keep it if it shall be heard"


@rule("change", source="house, seen in apps", everywhere="info")
def item_pubdate_changed(change: Change) -> Hits:
    """The date of a published episode moves only if it shall surface again.

    Apps sort by date: an episode whose date moves jumps to another place in the list, and may be shown as new.
    """
    for before, after in change.same:
        was, now = parse_rfc822(before.date), parse_rfc822(after.date)
        if was and now and was != now:
            dates = f"with the date {before.date}, now it has {after.date}"
            message = f"{quote(after.title)} was published {dates}: put it back, unless it shall surface again"
            yield _find_place(after, "pubDate"), message


@rule("change", source="house, follows from the guids of RSS 2.0, guid", everywhere="warning")
def item_order_changed(change: Change) -> Hits:
    """Published episodes keep their order.

    Apps that show a feed in its own order show another one, and serial shows are heard in a wrong one.
    """
    highest = -1
    moved = []
    for earlier, later in pairwise((before.number, after) for before, after in change.same):
        highest = max(highest, earlier[0])
        if later[0] < highest:
            moved.append(later[1])
    if moved and not _is_reversed(change):
        message = f"{quote(moved[0].title)} stands behind an episode that it stood before: keep the published order"
        yield moved[0].element, message if len(moved) == 1 else f"{message} ({len(moved)} episodes)"
    elif moved:
        yield change.after.element, "the feed is published in the opposite order: keep it, apps show it as it is"


def _is_reversed(change: Change) -> bool:
    numbers = [before.number for before, _ in change.same]
    return numbers == sorted(numbers, reverse=True)


def _tell(item: ItemFacts) -> tuple[str, str, str]:
    return item.title, item.enclosure, item.date


def _tell_item(item: ItemFacts) -> str:
    known = f" ({item.guid[:80]})" if item.guid else ""
    return f"{quote(item.title)}{known}" if item.title else f"the item {quote(item.guid or item.enclosure)}"


def _find_place(item: ItemFacts, name: str) -> etree._Element:
    child = item.element.find(name)
    return item.element if child is None else child
