"""Dates as the tags and the names of audio files have them: often no more than a year."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from feeds.formats import parse_date

Known = Literal["year", "month", "day"]

_ROUGH = re.compile(r"(\d{4})(?:[-/.]?(\d{2}))?(?:[-/.]?(\d{2}))?")
_SPACED_OUT = re.compile(r"^(\d{4})[/.](\d{2})[/.](\d{2})(?!\d)")
_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d{2})([-_.]?)(\d{2})\2(\d{2})(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoughDate:
    """A date as far as it is known: `moment` is the first instant that it can mean; one with a time is known to the
    day and better.
    """

    moment: dt.datetime
    known: Known


def parse_rough_date(text: str, zone: dt.tzinfo = dt.UTC) -> RoughDate:
    """Read the date of a tag: a year, a year and a month, a day, or a day with its time. `zone` is used where none
    is named.

    Takes ISO 8601 as ID3 (ID3v2.4 structure, 4) and MP4 have it, slashes and dots for the hyphens, and RFC 2822.
    Raises ValueError.

    >>> parse_rough_date("2024-05").moment.isoformat(), parse_rough_date("20240501").known
    ('2024-05-01T00:00:00+00:00', 'day')
    >>> parse_rough_date("2024-05-01 09:30:00Z").moment.isoformat()
    '2024-05-01T09:30:00+00:00'
    """
    if rough := _ROUGH.fullmatch(text.strip()):
        year, month, day = rough.groups()
        try:
            moment = dt.datetime(int(year), int(month or 1), int(day or 1), tzinfo=zone)
        except ValueError as error:
            raise ValueError(f"{text!r} is no date: {error}") from error
        known: Known = "day" if day else "month" if month else "year"
        return RoughDate(moment=parse_date(moment), known=known)
    return RoughDate(moment=parse_date(_SPACED_OUT.sub(r"\1-\2-\3", text.strip()), zone), known="day")


def find_date_in_name(name: str) -> dt.date | None:
    """Find the one day that the name of a file tells; where it tells two, neither is sure.

    >>> find_date_in_name("ep 12 2024-05-01 final"), find_date_in_name("20240501_bells")
    (datetime.date(2024, 5, 1), datetime.date(2024, 5, 1))
    >>> find_date_in_name("2024-13-01"), find_date_in_name("2024-05-01 to 2024-05-03")
    (None, None)
    """
    days = {day for match in _IN_NAME.finditer(name) if (day := _find_day(match))}
    return days.pop() if len(days) == 1 else None


def _find_day(match: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int(match[1]), int(match[3]), int(match[4]))
    except ValueError:
        return None
