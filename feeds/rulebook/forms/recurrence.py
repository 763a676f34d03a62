"""Recurrence rules of calendars, which say how often a show appears.

The grammar is that of RFC 5545, section 3.3.10, read once from left to right; nothing is ever counted out, so a rule
that means ten thousand years of seconds costs no more than another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from feeds.rulebook.forms.dates import is_iso_date, parse_iso

_FREQUENCIES = ("SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_WEEKDAY = "(?:SU|MO|TU|WE|TH|FR|SA)"
_DAY = re.compile(rf"([+-]?[0-9]{{1,2}})?{_WEEKDAY}")
_SIGNED = re.compile(r"[+-]?[0-9]{1,3}")
_PLAIN = re.compile(r"[0-9]{1,2}")
_COUNTED = re.compile(r"0*[1-9][0-9]{0,8}")
_UNTIL = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})Z?)?")
_LONGEST = 2_000
_WEEKS, _DAYS = 53, 366

Check = Callable[[str], str]
"""Says of the value of one part what is wrong with it, "" if nothing is."""


@lru_cache(maxsize=256)
def split_recurrence(text: str) -> Mapping[str, str]:
    """The parts of a rule by name, in capitals; what has not the form NAME=VALUE is left out, of two parts the first.

    >>> split_recurrence("FREQ=weekly;BYDAY=mo")
    {'FREQ': 'WEEKLY', 'BYDAY': 'MO'}
    """
    parts: dict[str, str] = {}
    for part in text.strip()[:_LONGEST].upper().split(";"):
        name, sign, value = part.partition("=")
        if sign:
            parts.setdefault(name, value)
    return parts


@lru_cache(maxsize=256)
def find_recurrence_fault(text: str) -> str:
    """What is wrong with a recurrence rule, "" if nothing is (RFC 5545, section 3.3.10).

    Two things pass that RFC 5545 forbids and the podcast namespace shows in its examples: an UNTIL that is written as
    ISO 8601 with dashes, and BYMONTHDAY in a weekly rule (every Friday the 13th).

    >>> find_recurrence_fault("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE"), find_recurrence_fault("FREQ=YEARLY;BYDAY=+4TH")
    ('', '')
    >>> find_recurrence_fault("WEEKLY"), find_recurrence_fault("FREQ=FORTNIGHTLY")
    ("holds 'WEEKLY', which has not the form NAME=VALUE", "has the FREQ 'FORTNIGHTLY', which is none: write WEEKLY")
    """
    rule = text.strip()
    if not rule:
        return "is empty"
    if len(rule) > _LONGEST:
        return f"is longer than {_LONGEST} characters"
    if rule.upper().startswith("RRULE:"):
        return "begins with RRULE:, which belongs to a calendar: leave it out"
    seen = set()
    for part in rule.upper().split(";"):
        name, sign, value = part.partition("=")
        if not sign or not value:
            return f"holds {part[:40]!r}, which has not the form NAME=VALUE" if part else "holds an empty part"
        if name in seen:
            return f"says {name} twice"
        if name not in _PARTS:
            return f"holds {name[:40]!r}, which is no part of a recurrence rule"
        seen.add(name)
        if fault := _PARTS[name](value):
            return f"has the {name} {value[:40]!r}, {fault}"
    return _find_conflict(split_recurrence(rule))


def is_dashed_until(text: str) -> bool:
    """Say whether a rule writes its UNTIL with dashes, as the podcast namespace does and RFC 5545 does not.

    >>> is_dashed_until("FREQ=DAILY;UNTIL=2026-12-31"), is_dashed_until("FREQ=DAILY;UNTIL=20261231")
    (True, False)
    """
    return "-" in split_recurrence(text).get("UNTIL", "")


def _find_conflict(parts: Mapping[str, str]) -> str:
    """Parts that are right each for itself, but not together."""
    frequency = parts.get("FREQ", "")
    if not frequency:
        return "has no FREQ, which says how often: add FREQ=WEEKLY or another"
    if "COUNT" in parts and "UNTIL" in parts:
        return "has COUNT and UNTIL: keep one of them"
    if "BYWEEKNO" in parts and frequency != "YEARLY":
        return "has BYWEEKNO, which only goes with FREQ=YEARLY"
    if "BYYEARDAY" in parts and frequency in ("DAILY", "WEEKLY", "MONTHLY"):
        return f"has BYYEARDAY, which does not go with FREQ={frequency}"
    numbered = re.search(r"[0-9]", parts.get("BYDAY", ""))
    if numbered and (frequency not in ("MONTHLY", "YEARLY") or "BYWEEKNO" in parts):
        return "has a number in BYDAY, which only goes with FREQ=MONTHLY or YEARLY, and not with BYWEEKNO"
    if "BYSETPOS" in parts and not any(name.startswith("BY") and name != "BYSETPOS" for name in parts):
        return "has BYSETPOS, which picks from another BY… part: add one"
    return ""


def _check_frequency(value: str) -> str:
    return "" if value in _FREQUENCIES else "which is none: write WEEKLY" + _hint(value)


def _hint(value: str) -> str:
    return " with INTERVAL=2" if value in ("BIWEEKLY", "BI-WEEKLY") else ""


def _check_until(value: str) -> str:
    """A date or a date with a time, without dashes (RFC 5545) or with them (ISO 8601)."""
    basic = _UNTIL.fullmatch(value)
    if basic:
        time = f"T{basic[4]}:{basic[5]}:{basic[6]}" if basic[4] else ""
        value = f"{basic[1]}-{basic[2]}-{basic[3]}{time}"
    return "" if is_iso_date(value) or parse_iso(value) else "which is no date: write 20261231 or 20261231T000000Z"


def _check_count(value: str) -> str:
    return "" if _COUNTED.fullmatch(value) else "which is no whole number above 0"


def _check_week_start(value: str) -> str:
    return "" if re.fullmatch(_WEEKDAY, value) else "which is no day of the week: write MO or SU"


def _check_days(value: str) -> str:
    for day in value.split(","):
        match = _DAY.fullmatch(day)
        if not match:
            return f"where {day[:20]!r} is no day of the week: write SU, MO, TU, WE, TH, FR or SA"
        if match[1] and not 1 <= abs(int(match[1])) <= _WEEKS:
            return f"where the number of {day!r} does not lie between 1 and {_WEEKS}"
    return ""


def _make_list_check(pattern: re.Pattern[str], least: int, most: int) -> Check:
    def check(value: str) -> str:
        for number in value.split(","):
            if not pattern.fullmatch(number) or not least <= abs(int(number)) <= most:
                return f"where {number[:20]!r} does not lie between {least} and {most}"
        return ""

    return check


_PARTS: Mapping[str, Check] = {
    "FREQ": _check_frequency,
    "UNTIL": _check_until,
    "COUNT": _check_count,
    "INTERVAL": _check_count,
    "BYSECOND": _make_list_check(_PLAIN, 0, 60),
    "BYMINUTE": _make_list_check(_PLAIN, 0, 59),
    "BYHOUR": _make_list_check(_PLAIN, 0, 23),
    "BYDAY": _check_days,
    "BYMONTHDAY": _make_list_check(_SIGNED, 1, 31),
    "BYYEARDAY": _make_list_check(_SIGNED, 1, _DAYS),
    "BYWEEKNO": _make_list_check(_SIGNED, 1, _WEEKS),
    "BYMONTH": _make_list_check(_PLAIN, 1, 12),
    "BYSETPOS": _make_list_check(_SIGNED, 1, _DAYS),
    "WKST": _check_week_start,
}
