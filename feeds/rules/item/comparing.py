"""What holds between the items of a channel."""

from __future__ import annotations

from collections.abc import Iterator

from feeds.formats import SECOND
from feeds.markup.meaning import parse_feed_duration
from feeds.rulebook.document import find_tag
from feeds.rulebook.forms.dates import parse_rfc822
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Channel, ItemFacts
from feeds.rulebook.wording import quote

_EPISODE = find_tag("itunes:episode")
_NEAR = 600 * SECOND
"""Milliseconds by which the lengths of two episodes that AntennaPod takes for one may differ."""


@rule("channel", source="house, follows from Apple guide, itunes:episode", everywhere="warning")
def item_itunes_episode_duplicate(channel: Channel) -> Hits:
    """Within a season no two full episodes have the same number.

    Apps that sort by number show them in any order.
    """
    seen: dict[tuple[str, str], int] = {}
    for item in channel.items:
        if item.episode and item.episode_type in ("", "full"):
            key = item.season.lstrip("0"), item.episode.lstrip("0")
            if seen.setdefault(key, item.number) != item.number:
                place = item.element.find(_EPISODE)
                season = f" in season {item.season[:8]}" if item.season else ""
                message = f"itunes:episode {item.episode[:8]}{season} is that of item {seen[key]} as well: correct one"
                yield place if place is not None else item.element, message


@rule("channel", source="house, seen in AntennaPod, FeedItemDuplicateGuesser", everywhere="warning")
def item_looks_duplicate(channel: Channel) -> Hits:
    """No two items share title, day, kind of media and, within ten minutes, length.

    AntennaPod takes such items for one episode, whatever their guids, and shows one of them.
    """
    seen: dict[tuple[str, str, str], list[ItemFacts]] = {}
    for item in channel.items:
        moment = parse_rfc822(item.date)
        if item.title and moment:
            key = item.title, f"{moment:%Y-%m-%d}", item.type.partition("/")[0]
            others = seen.setdefault(key, [])
            twin = next(_find_twins(item, others), None)
            if twin:
                message = (
                    f"{quote(item.title)} has the title, day and length of item {twin.number}: AntennaPod drops one"
                )
                yield item.element, message
            elif len(others) < 10:
                others.append(item)


def _find_twins(item: ItemFacts, others: list[ItemFacts]) -> Iterator[ItemFacts]:
    for other in others:
        different = item.guid != other.guid and item.enclosure != other.enclosure
        if different and abs(_find_length(item) - _find_length(other)) < _NEAR:
            yield other


def _find_length(item: ItemFacts) -> int:
    """The length in milliseconds, 0 if it cannot be read."""
    return parse_feed_duration(item.duration) or 0
