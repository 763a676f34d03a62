"""When apps look at the feed again: ttl, skipHours, skipDays."""

from __future__ import annotations

from lxml import etree

from feeds.rulebook.document import find_text
from feeds.rulebook.forms.dates import is_iso_date, parse_iso
from feeds.rulebook.forms.numbers import is_whole, parse_whole
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Channel
from feeds.rulebook.wording import quote

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""The days as skipDays spells them (RSS 2.0, skipDays)."""

_HOURS = 24
_PERIODS = ("hourly", "daily", "weekly", "monthly", "yearly")


@rule("channel", source="RSS 2.0, ttl; W3C validator, InvalidPositiveInteger", everywhere="warning", rss="error")
def channel_ttl_invalid(channel: Channel) -> Hits:
    """The ttl is a whole number of minutes, at least 1.

    It is how long a copy of the feed may be kept. What is no number is passed over, or taken for 0, and the feed is
    fetched without end.
    """
    for ttl in channel.all("ttl"):
        text = find_text(ttl)
        if not is_whole(text) or not text.strip("0"):
            yield ttl, f"ttl is {quote(text)}: write a whole number of minutes, such as 60"


@rule(
    "channel",
    source="RSS 2.0, skipHours; RSS Profile, 4.1.1.16; W3C validator, InvalidHour",
    everywhere="warning",
    rss="error",
)
def channel_skiphours_invalid(channel: Channel) -> Hits:
    """The skipHours hold at least one hour, from 0 to 23, and none of them twice.

    In these hours (GMT) apps need not look for new episodes. An hour that there is not is passed over.
    """
    for skip in channel.all("skipHours"):
        if skip.find("hour") is None:
            yield skip, f"skipHours {_tell(skip)}: write <hour>0</hour>, or leave skipHours out"
        seen: set[int] = set()
        for hour in skip.iterchildren("hour"):
            number = parse_whole(find_text(hour))
            if number is None or number > _HOURS:
                yield hour, f"the hour {quote(find_text(hour))} is none: write a number from 0 to 23"
            elif number % _HOURS in seen:
                yield hour, f"the hour {number} is there twice: leave out one"
            seen.add(-1 if number is None else number % _HOURS)


@rule("channel", source="RSS Profile, 4.1.1.16.1; W3C validator, UseZeroForMidnight", everywhere="warning")
def channel_skiphours_24(channel: Channel) -> Hits:
    """Midnight is written 0, not 24.

    Hours go from 0 to 23; many programs pass over 24.
    """
    for skip in channel.all("skipHours"):
        for hour in skip.iterchildren("hour"):
            if parse_whole(find_text(hour)) == _HOURS:
                yield hour, "midnight is written 24: write 0"


@rule(
    "channel",
    source="RSS 2.0, skipDays; RSS Profile, 4.1.1.15.1; W3C validator, InvalidDay",
    everywhere="warning",
    rss="error",
)
def channel_skipdays_invalid(channel: Channel) -> Hits:
    """The skipDays hold at least one day, by its full English name, and none of them twice.

    On these days apps need not look for new episodes. A name that they do not know is passed over.
    """
    for skip in channel.all("skipDays"):
        if skip.find("day") is None:
            yield skip, f"skipDays {_tell(skip)}: write <day>Sunday</day>, or leave skipDays out"
        seen = set()
        for day in skip.iterchildren("day"):
            name = find_text(day)
            if name not in DAYS:
                begun = name[:3].title()
                meant = next((full for full in DAYS if begun and full.startswith(begun)), "Monday, Tuesday and so on")
                yield day, f"the day {quote(name)} is none: write {meant}"
            elif name in seen:
                yield day, f"{name} is there twice: leave out one"
            seen.add(name)


@rule("channel", source="W3C validator, InvalidSYUpdatePeriod", everywhere="warning", rss="error")
def channel_sy_invalid(channel: Channel) -> Hits:
    """What a channel says with the syndication module is hourly, daily, weekly, monthly or yearly, and how often.

    Some readers plan their visits by it. A word that they do not know counts as once a day.
    """
    for period in channel.all("sy:updatePeriod"):
        if find_text(period) not in _PERIODS:
            yield period, f"sy:updatePeriod is {quote(find_text(period))}: write one of {', '.join(_PERIODS)}"
    for often in channel.all("sy:updateFrequency"):
        text = find_text(often)
        if not is_whole(text) or not text.strip("0"):
            yield often, f"sy:updateFrequency is {quote(text)}: write how many times in that period, such as 1"
    for base in channel.all("sy:updateBase"):
        text = find_text(base)
        if not parse_iso(text) and not is_iso_date(text):
            yield base, f"sy:updateBase is {quote(text)}: write a date such as 2026-03-02T08:00:00Z"


def _tell(skip: etree._Element) -> str:
    return f"holds {quote(find_text(skip))}" if find_text(skip) else "holds nothing"
