"""Dates, in the two forms that feeds know: RFC 822 as RFC 2822 amends it, and ISO 8601."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
ZONES = {"UT": 0, "GMT": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
"""The named zones, in hours from UTC (RFC 822, section 5.1)."""

_RFC822 = re.compile(
    r"(?:(?P<weekday>[A-Za-z]{3})\s*,\s*)?(?P<day>[0-9]{1,2})\s+(?P<month>[A-Za-z]{3})\s+(?P<year>[0-9]{4}|[0-9]{2})\s+"
    r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?\s+(?P<zone>[+-][0-9]{4}|[A-Za-z]{1,5})"
)
_COMMENT = re.compile(r"\([^()]*\)")
_ISO = re.compile(
    r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:[Tt ](?P<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?)"
    r"(?P<zone>[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)
_USUAL = re.compile(r"[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} (?:[+-][0-9]{4}|GMT)")
_LONGEST = 100
_PIVOT = 50
_AHEAD = 600
"""Seconds that a clock may go before ours."""


class Written(NamedTuple):
    """The parts of a date of RFC 822 as they are written; weekday and second are "" where there are none."""

    weekday: str
    day: str
    month: str
    year: str
    hour: str
    minute: str
    second: str
    zone: str


@lru_cache(maxsize=4096)
def split_rfc822(text: str) -> Written | None:
    """Part a date of RFC 822 with a zone; None if it has not that form. Comments in brackets are passed over.

    The parts need not make a date that exists: that is what find_moment says.

    >>> split_rfc822("Mon, 02 Mar 2026 08:00:00 +0000")
    Written(weekday='Mon', day='02', month='Mar', year='2026', hour='08', minute='00', second='00', zone='+0000')
    >>> split_rfc822("2026-03-02T08:00:00Z") is None, split_rfc822("Mon, 2 March 2026 08:00:00 GMT") is None
    (True, True)
    """
    if len(text) > _LONGEST:
        return None
    match = _RFC822.fullmatch(_COMMENT.sub(" ", text).strip())
    if not match or match["month"].title() not in MONTHS:
        return None
    if match["weekday"] and match["weekday"].title() not in WEEKDAYS:
        return None
    if match["zone"].isalpha() and match["zone"].upper() not in ZONES and not _is_military(match["zone"]):
        return None
    return Written(**{name: part or "" for name, part in match.groupdict().items()})


@lru_cache(maxsize=4096)
def find_moment(written: Written) -> dt.datetime | None:
    """The moment that the parts of a date name; None if there is no such day or hour.

    A year of two digits is read as RFC 2822 (section 4.3) says.

    >>> find_moment(split_rfc822("02 Mar 2026 08:00 EST")).isoformat()
    '2026-03-02T08:00:00-05:00'
    >>> find_moment(split_rfc822("31 Jun 2026 08:00:00 GMT")) is None
    True
    """
    year = int(written.year)
    if len(written.year) == len("26"):
        year += 2000 if year < _PIVOT else 1900
    try:
        return dt.datetime(
            year,
            MONTHS.index(written.month.title()) + 1,
            int(written.day),
            int(written.hour),
            int(written.minute),
            min(int(written.second or 0), 59) if written.second == "60" else int(written.second or 0),
            tzinfo=_find_zone(written.zone),
        )
    except ValueError:
        return None


def is_usual_date(text: str) -> bool:
    """Say whether a date has the form that all apps read, and is right in all its parts.

    >>> is_usual_date("Mon, 02 Mar 2026 08:00:00 +0000"), is_usual_date("Tue, 02 Mar 2026 08:00:00 +0000")
    (True, False)
    """
    moment = parse_rfc822(text) if _USUAL.fullmatch(text) else None
    return moment is not None and WEEKDAYS[moment.weekday()] == text[:3]


def parse_rfc822(text: str) -> dt.datetime | None:
    """Read a date of RFC 822 with a zone; None if it has not that form or does not exist."""
    written = split_rfc822(text.strip())
    return find_moment(written) if written else None


def is_ahead(moment: dt.datetime, at: dt.datetime) -> bool:
    """Say whether a moment lies behind another by more than clocks differ."""
    return (moment - at).total_seconds() > _AHEAD


@lru_cache(maxsize=1024)
def parse_iso(text: str) -> dt.datetime | None:
    """Read a date with a time of ISO 8601, with or without a zone; None if it is none.

    >>> parse_iso("2026-03-02T08:00:00.000-0600").isoformat()
    '2026-03-02T08:00:00-06:00'
    >>> parse_iso("2026-03-02") is None, parse_iso("2026-03-02T25:00:00Z") is None
    (True, True)
    """
    match = _ISO.fullmatch(text.strip()[:_LONGEST])
    return _make_moment(match) if match and match["time"] else None


def is_iso_date(text: str) -> bool:
    """Say whether a text is a day of ISO 8601 without a time.

    >>> is_iso_date("2026-03-02"), is_iso_date("2026-02-30")
    (True, False)
    """
    match = _ISO.fullmatch(text.strip()[:_LONGEST])
    return match is not None and match["time"] is None and _make_moment(match) is not None


def _make_moment(match: re.Match[str]) -> dt.datetime | None:
    zone = match["zone"] or ""
    if len(zone) == len("+08"):
        zone += "00"
    try:
        return dt.datetime.fromisoformat(
            f"{match['date']}T{(match['time'] or '00:00').replace(',', '.')}{zone.upper()}"
        )
    except ValueError:
        return None


def _is_military(zone: str) -> bool:
    """One letter, which is no J (RFC 822, section 5.1)."""
    return len(zone) == 1 and zone.upper() != "J"


def _find_zone(zone: str) -> dt.tzinfo:
    """The zone; a letter counts as UTC, since nobody agrees what it means (RFC 2822, section 4.3)."""
    if zone.isalpha():
        return dt.timezone(dt.timedelta(hours=ZONES.get(zone.upper(), 0)))
    hours, minutes = int(zone[1:3]), int(zone[3:5])
    if minutes > 59:
        raise ValueError(zone)
    offset = dt.timedelta(hours=hours, minutes=minutes)
    return dt.timezone(-offset if zone.startswith("-") else offset)
