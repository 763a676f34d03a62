"""What an element says, whatever way it is spelled: yes is true, 1:02:03 is 3723 seconds, a date is an instant."""

from __future__ import annotations

import datetime as dt
import email.utils
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress

import dateutil.parser
from lxml import etree

from feeds.formats import SECOND, format_instant, format_url, parse_date
from feeds.markup.fragments import find_name

_FLAGS = {"yes": True, "true": True, "explicit": True, "no": False, "false": False, "clean": False}
_TRUE = ("yes", "true")
# Zone names that RFC 822 (section 5.1) defines, and those that feeds use beside them, in hours from UTC.
_ZONES = {
    "UT": 0,
    "UTC": 0,
    "GMT": 0,
    "Z": 0,
    "WET": 0,
    "BST": 1,
    "CET": 1,
    "WEST": 1,
    "CEST": 2,
    "EET": 2,
    "EEST": 3,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
    "AKST": -9,
    "AKDT": -8,
    "HST": -10,
    "AEST": 10,
    "AEDT": 11,
    "JST": 9,
    "KST": 9,
    "SGT": 8,
    "NZST": 12,
    "NZDT": 13,
    "MSK": 3,
}
_NUMBERS = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}")
_ZONE = re.compile(r"\d ([A-Z]{2,5})$")
_FIRST_YEAR = 1970
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,5}):(\d{1,2})(?:[.,]\d+)?")
_SECONDS = re.compile(r"(\d{1,8})(?:\.\d+)?")


def find_group_meaning(elements: Sequence[etree._Element]) -> object:
    """What elements of one name say together."""
    if elements and find_name(elements[0]) == "itunes:category":
        return tuple(dict.fromkeys(pair for element in elements for pair in _find_category(element)))
    return tuple(map(find_meaning, elements))


def find_mark(elements: Sequence[etree._Element]) -> str:
    """A short mark of what elements of one name say together, which is another once they say something else."""
    return hashlib.sha256(repr(find_group_meaning(elements)).encode()).hexdigest()[:12]


def find_meaning(element: etree._Element) -> object:
    """What an element says; equal for two elements of one name that say the same."""
    name = find_name(element)
    if name in _READERS:
        meaning = _READERS[name](element)
        if meaning is not None:
            return meaning
    return find_wording(element)


def find_wording(element: etree._Element) -> object:
    """All that stands in an element, white space at the ends of its texts aside."""
    children = tuple(
        (child.tag, find_wording(child), (child.tail or "").strip()) for child in element if isinstance(child.tag, str)
    )
    attributes = tuple(sorted((key, value.strip()) for key, value in element.attrib.items()))
    return (element.text or "").strip(), attributes, children


def parse_feed_date(text: str) -> dt.datetime | None:
    """Read a date as feeds write it, in its own zone, UTC where it names none; None if it cannot be read.

    RFC 822 with its zone names and those that are just as common, long names of months, ISO 8601.

    >>> str(parse_feed_date("Thurs, 4 September 2014 7:00:00 PST"))
    '2014-09-04 07:00:00-08:00'
    >>> parse_feed_date("soon") is None
    True
    """
    written = re.sub(r"\s+", " ", text).strip()
    late = dt.timedelta(days=1) if re.search(r"\b24:00(?::00)?\b", written) else dt.timedelta()
    written = re.sub(r"\b24:00(:00)?\b", r"00:00\1", written)  # the end of a day is the beginning of the next
    zone = re.search(r" ([A-Z]{1,4})$", written)
    if zone and zone[1] in _ZONES:
        hours = _ZONES[zone[1]]
        written = f"{written[: zone.start()]} {'-' if hours < 0 else '+'}{abs(hours):02d}00"
    without_day = re.sub(r"^[^\W\d]+\.?,? (?=\d)", "", written)
    twelve = re.search(r"\d ?[ap]\.?m\b", without_day, re.IGNORECASE)
    for parse in (_parse_freely,) if twelve else (_parse_rfc, parse_date, _parse_freely):
        try:
            moment = parse(without_day)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
            moment.astimezone(dt.UTC)
        except (ValueError, OverflowError, TypeError):
            continue
        if moment.year >= _FIRST_YEAR:  # .NET writes the year 1 for no date at all
            return moment.replace(microsecond=0) + late
    return None


def find_unknown_zone(text: str) -> str:
    """The name of a time zone that is not known, and so counts as UTC; "" where there is none.

    >>> find_unknown_zone("Mon, 10 Mar 2025 09:00:00 IST"), find_unknown_zone("Mon, 10 Mar 2025 09:00:00 PST")
    ('IST', '')
    """
    zone = _ZONE.search(text.strip())
    return zone[1] if zone and zone[1] not in _ZONES and zone[1] not in ("AM", "PM") else ""


def parse_feed_duration(text: str) -> int | None:
    """Read a duration as feeds write it, in milliseconds: seconds, mm:ss, hh:mm:ss; None if it cannot be read.

    >>> parse_feed_duration("01:02:03"), parse_feed_duration("3723"), parse_feed_duration("62:03")
    (3723000, 3723000, 3723000)
    """
    written = text.strip()
    if match := _CLOCK.fullmatch(written):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return ((hours * 60 + minutes) * 60 + seconds) * SECOND
    match = _SECONDS.fullmatch(written)
    return int(match[1]) * SECOND if match else None


def parse_feed_flag(text: str) -> bool | None:
    """Read a flag as feeds write it: yes, no, clean, explicit, true, false in any case; None if it is none of them."""
    return _FLAGS.get(text.strip().casefold())


def is_set(text: str) -> bool:
    """Say whether a flag that is either set or not there, such as itunes:block, is set."""
    return _fold(text) in _TRUE


def parse_feed_number(text: str) -> int | None:
    """Read a whole number of 0 or more as feeds write it; None if it is none."""
    written = text.strip()
    return int(written) if written.isascii() and written.isdigit() and len(written) < 16 else None


def find_words(text: str) -> tuple[str, ...]:
    """Part a list of keywords at its commas."""
    return tuple(word for part in text.split(",") if (word := " ".join(part.split())))


def _parse_rfc(text: str) -> dt.datetime:
    """RFC 822 alone; the standard library would take the year 0014 of a date without a time for 2014."""
    found = email.utils.parsedate_tz(text)
    if found is None or found[0] < _FIRST_YEAR:
        raise ValueError(text)
    return email.utils.parsedate_to_datetime(text)


def _parse_freely(text: str) -> dt.datetime:
    if _NUMBERS.match(text):  # day and month, or month and day: nobody can tell
        raise ValueError(text)
    # Two defaults: what a text leaves out would else come from today.
    # An unknown zone name is UTC: left alone, dateutil asks the machine what it means.
    first, second = (
        dateutil.parser.parse(text, default=dt.datetime(*day), tzinfos=_make_zone)
        for day in ((2000, 1, 1), (2004, 2, 2))
    )
    if first != second:
        raise ValueError(text)
    return first


def _find_instant(text: str) -> str | None:
    moment = parse_feed_date(text)
    return format_instant(moment) if moment else None


def _make_zone(_name: str | None, offset: int | None) -> dt.tzinfo:
    return dt.timezone(dt.timedelta(seconds=offset or 0))


def _by_text(parse: Callable[[str], object]) -> Callable[[etree._Element], object]:
    def read(element: etree._Element) -> object:
        if len(element) or element.attrib:
            return None
        return parse(element.text or "")

    return read


def _find_guid(element: etree._Element) -> object:
    return (element.text or "").strip() or None


def _find_enclosure(element: etree._Element) -> object:
    url = element.get("url", "").strip()
    length = parse_feed_number(element.get("length", "")) or 0
    with suppress(ValueError):
        url = format_url(url)
    return url, length, element.get("type", "").strip()


def _find_person(element: etree._Element) -> object:
    role, group = (element.get(key, "").casefold() for key in ("role", "group"))
    name = (element.text or "").strip()
    return name, role or "host", group or "cast", element.get("img", "").strip(), element.get("href", "").strip()


def _find_chapters(element: etree._Element) -> object:
    return tuple(_find_chapter(child) for child in element if isinstance(child.tag, str))


def _find_chapter(element: etree._Element) -> object:
    return (
        parse_npt(element.get("start", "")),
        *(element.get(key, "").strip() for key in ("title", "href", "image")),
    )


def parse_npt(text: str) -> int | None:
    """Read Normal Play Time, in milliseconds (Podlove Simple Chapters 1.2); None if it is none.

    >>> parse_npt("00:01:02.5"), parse_npt("62"), parse_npt("1:02")
    (62500, 62000, 62000)
    """
    whole, _, fraction = text.strip().replace(",", ".").partition(".")
    seconds = parse_feed_duration(whole)
    if seconds is None or not (fraction == "" or fraction.isdecimal()):
        return None
    return seconds + int((fraction + "000")[:3])


def _find_image(element: etree._Element) -> object:
    return (element.findtext("url") or "").strip() or None


def _find_owner(element: etree._Element) -> object:
    said = {find_name(child): (child.text or "").strip() for child in element if isinstance(child.tag, str)}
    return said.get("itunes:name", ""), said.get("itunes:email", "")


def _find_category(element: etree._Element) -> Iterator[tuple[str, str]]:
    """The pairs of a category and a subcategory; a category counts of itself only where it has none."""
    outer = element.get("text", "").strip()
    inner = [child.get("text", "").strip() for child in element if isinstance(child.tag, str)]
    yield from ((outer, name) for name in inner or [""])


def _fold(text: str) -> str:
    return text.strip().casefold()


_READERS: Mapping[str, Callable[[etree._Element], object]] = {
    "enclosure": _find_enclosure,
    "guid": _find_guid,
    "image": _find_image,
    "language": _by_text(lambda text: text.strip().casefold().replace("_", "-")),
    "lastBuildDate": _by_text(_find_instant),
    "pubDate": _by_text(_find_instant),
    "itunes:block": _by_text(is_set),
    "itunes:complete": _by_text(is_set),
    "itunes:duration": _by_text(parse_feed_duration),
    "itunes:episode": _by_text(parse_feed_number),
    "itunes:episodeType": _by_text(_fold),
    "itunes:explicit": _by_text(parse_feed_flag),
    "itunes:keywords": _by_text(find_words),
    "itunes:owner": _find_owner,
    "itunes:season": _by_text(parse_feed_number),
    "itunes:type": _by_text(_fold),
    "podcast:episode": _by_text(parse_feed_number),
    "podcast:person": _find_person,
    "podcast:season": _by_text(parse_feed_number),
    "psc:chapters": _find_chapters,
}
