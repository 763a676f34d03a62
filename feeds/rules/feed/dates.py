"""Dates: their form by RFC 822, whether the day exists, and whether anybody can mean it."""

from __future__ import annotations

import re

from lxml import etree

from feeds.formats import format_rfc2822
from feeds.rulebook.document import find_attribute, find_name, find_text
from feeds.rulebook.forms.dates import (
    WEEKDAYS,
    find_moment,
    is_ahead,
    is_iso_date,
    parse_iso,
    parse_rfc822,
    split_rfc822,
)
from feeds.rulebook.places import Attribute
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Channel, Value
from feeds.rulebook.wording import quote

_EXAMPLE = "Mon, 02 Mar 2026 08:00:00 +0000"
_FOUR_DIGITS = 4
_EARLIEST = 1990

# The form of RFC 2822, section 3.3, that readers know, and the zones that RFC 822 names.
_PLAIN = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?[0-9]{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) "
    r"(?:[0-9]{4}|[0-9]{2}) [0-9]{2}:[0-9]{2}(?::[0-9]{2})? (?:[+-][0-9]{4}|[A-Z]{2,3}|Z)"
)
_LONG_NAMES = re.compile(
    r"\b(?:January|February|March|April|June|July|August|Sept|September|October|November|December"
    r"|Monday|Tuesday|Tues|Wednesday|Thursday|Thurs|Friday|Saturday|Sunday)\b",
    re.IGNORECASE,
)
# RFC 3339, and the note of the W3C that Dublin Core refers to: where there is a time, there is a zone.
_TIME_OF_DAY = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,20})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})"
_DATE_OF_ATOM = re.compile(rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}T{_TIME_OF_DAY}")
_DATE_OF_W3C = re.compile(rf"[0-9]{{4}}(?:-(?:0[1-9]|1[0-2])(?:-[0-9]{{2}}(?:T{_TIME_OF_DAY})?)?)?")
_LONGEST = 60
_HAS_ZONE = re.compile(r"(?:[+-][0-9]{2}:?[0-9]{2}|[A-Za-z]{1,5})\s*\Z")
_ZONE_NAME = re.compile(r"\s([A-Za-z]{1,5})\Z")
_TWELVE_HOURS = re.compile(r"[0-9]\s?[AaPp]\.?[Mm]\b")
_ONE_DIGIT = re.compile(r"\s[0-9]:[0-9]{2}")
_COLON_IN_ZONE = re.compile(r"[+-][0-9]{1,2}:[0-9]{2}\Z")


@rule("date", source="RSS 2.0, pubDate; RSS Profile, 3.2; Apple 823; RFC 2822, 3.3", everywhere="error")
def feed_date_not_rfc2822(value: Value) -> Hits:
    """A date has the form of RFC 2822: day, month in three letters, year, time of 24 hours, zone.

    Apps cannot read another form. The episode stands at the end of the list then, or at the top for ever.
    """
    text = value.text.strip()
    if text and not split_rfc822(text):
        yield value.place, f"{value.title} is {quote(text)}, {_find_difference(text)}"


def _find_difference(text: str) -> str:
    moment = parse_iso(text)
    if moment is not None or is_iso_date(text):
        example = format_rfc2822(moment) if moment is not None and moment.tzinfo else _EXAMPLE
        return f"which is ISO 8601: write it as {example}"
    if len(text) > 100 or not any(character.isdigit() for character in text):
        return f"which is no date: write one such as {_EXAMPLE}"
    if long := _LONG_NAMES.search(text):
        return f"where {long[0]} has more than three letters: write it as {_EXAMPLE}"
    if _TWELVE_HOURS.search(text):
        return f"with a time of 12 hours: write it as {_EXAMPLE}"
    if _ONE_DIGIT.search(text):
        return f"where the hour has one digit: write it as {_EXAMPLE}"
    if _COLON_IN_ZONE.search(text):
        return "with a colon in its zone: write +0000 for +00:00"
    if ":" in text and not _HAS_ZONE.search(text):
        return "without a zone: add +0000 or the one that it is in"
    zone = _ZONE_NAME.search(text)
    if zone and split_rfc822(f"{text[: zone.start()]} +0000"):
        return f"where {zone[1]} is no zone that RFC 822 knows: write its offset, such as +0000"
    return f"which is no date of RFC 2822: write it as {_EXAMPLE}"


@rule("date", source="RFC 2822, 3.3; W3C validator, InvalidRFC2822Date", everywhere="error")
def feed_date_impossible(value: Value) -> Hits:
    """The day and the time of a date exist.

    There is no 31 June and no hour 24. One app takes the next day for it, another no date at all.
    """
    text = value.text.strip()
    written = split_rfc822(text)
    if written and not find_moment(written):
        yield value.place, f"{value.title} is {quote(text)}, a day, time or zone that does not exist: correct it"


@rule("date", source="RFC 2822, 3.3; W3C validator, IncorrectDOW", everywhere="warning", rss="error")
def feed_date_wrong_weekday(value: Value) -> Hits:
    """The weekday of a date is that of its day.

    Strict parsers refuse a date that contradicts itself.
    """
    text = value.text.strip()
    written = split_rfc822(text)
    if written and written.weekday and (moment := find_moment(written)):
        right = WEEKDAYS[moment.weekday()]
        if written.weekday.title() != right:
            yield value.place, f"{value.title} is {quote(text)}, and that day is a {right}: write {right}"


@rule("date", source="RSS Profile, 3.2; RFC 2822, 4.3", everywhere="warning")
def feed_date_two_digit_year(value: Value) -> Hits:
    """A year has four digits.

    Readers do not agree which century two digits are in.
    """
    written = split_rfc822(value.text.strip())
    if written and len(written.year) < _FOUR_DIGITS and (moment := find_moment(written)):
        message = f"where the year has two digits: write {moment.year}"
        yield value.place, f"{value.title} is {quote(value.text)}, {message}"


@rule("date", source="RSS Profile, 3.2; W3C validator, ProblematicalRFC822Date", everywhere="warning")
def feed_date_problematic_form(value: Value) -> Hits:
    """A date is without comments, double spaces and letters for zones, and its names begin with a capital.

    RFC 822 allows all that, and many apps do not read it.
    """
    text = value.text.strip()
    written = split_rfc822(text)
    if written and not _PLAIN.fullmatch(text) and (moment := find_moment(written)):
        remedy = f"write it as {format_rfc2822(moment)}"
        yield value.place, f"{value.title} is {_show(text)}, a form that not all apps read: {remedy}"


def _show(text: str) -> str:
    """As it is, since double spaces are what it is about; a date is short."""
    return repr(text)


@rule("channel", source="W3C validator, ImplausibleDate", everywhere="warning")
def feed_date_implausible(channel: Channel) -> Hits:
    """A date is not before 1990, and that of a channel not in the future.

    A date of 1970 is one that a program did not know. Apps put the episode at the end of the list.
    """
    for name in ("pubDate", "lastBuildDate"):
        for element in channel.all(name):
            moment = parse_rfc822(find_text(element))
            if moment and is_ahead(moment, channel.document.at):
                yield element, f"{name} is {quote(find_text(element))}, which is in the future: write when it was made"
            elif moment and moment.year < _EARLIEST:
                yield element, _tell_early(name, find_text(element))
    for trailer in channel.all("podcast:trailer"):
        written = split_rfc822(find_attribute(trailer, "pubdate"))
        if written and len(written.year) == _FOUR_DIGITS and int(written.year) < _EARLIEST:
            yield Attribute(trailer, "pubdate"), _tell_early("pubdate of podcast:trailer", trailer.get("pubdate") or "")
    for item in channel.items:
        written = split_rfc822(item.date) if item.date else None
        if written and len(written.year) == _FOUR_DIGITS and int(written.year) < _EARLIEST:
            place = item.element.find("pubDate")
            yield item.element if place is None else place, _tell_early("pubDate", item.date)


def _tell_early(name: str, text: str) -> str:
    return f"{name} is {quote(text)}, before there was RSS: write when it was published"


@rule(
    *("<dc:date>", "<atom:updated>", "<atom:published>", "<dcterms:created>", "<dcterms:modified>", "<dcterms:issued>"),
    source="W3C validator, InvalidW3CDTFDate and InvalidRFC3339Date; RSS Profile, 5.3",
    rss="warning",
)
def feed_date_not_iso8601(element: etree._Element) -> Hits:
    """The dates of Dublin Core and Atom have the form of ISO 8601.

    They are not written as RSS writes its own: 2026-03-02T08:00:00Z.
    """
    name, text = find_name(element), find_text(element)
    form = _DATE_OF_ATOM if name.startswith("atom:") else _DATE_OF_W3C
    real = len(text) <= len("2026-03") or is_iso_date(text) or parse_iso(text)
    if not form.fullmatch(text[:_LONGEST]) or not real:
        yield element, f"{name} is {quote(text)}: write it as 2026-03-02T08:00:00Z"
