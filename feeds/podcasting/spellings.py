"""The kinds of values that tags hold, as authors write them and as feeds do."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial

from feeds.formats import (
    LONGEST,
    SECOND,
    format_instant,
    format_rfc2822,
    format_timestamp,
    format_value,
    parse_date,
    parse_timestamp,
)
from feeds.media_types import is_url
from feeds.podcasting.forms import Spelling
from feeds.rulebook.forms.countries import find_country_fault
from feeds.rulebook.forms.dates import parse_iso
from feeds.rulebook.forms.geo import find_range_faults, is_osm, parse_geo
from feeds.rulebook.forms.numbers import is_number, is_whole
from feeds.rulebook.forms.recurrence import find_recurrence_fault
from feeds.rulebook.forms.types import find_type_fault
from feeds.rulebook.forms.urls import find_url_fault, is_absolute
from feeds.tables.values import (
    parse_count,
    parse_email,
    parse_flag,
    parse_free_text,
    parse_label,
    parse_language,
    parse_medium,
    parse_short_label,
    parse_source,
    parse_text,
    parse_url,
    parse_uuid,
)

_FLAGS = {"true": True, "false": False}
_ANSWERS = {"yes": True, "no": False}
_LONGEST_NUMBER = 40


def spell_text(parse: Callable[[object], str]) -> Spelling[str]:
    """The spelling of a text that is the same in a table and in a feed."""
    return Spelling(parse=parse, format=str, parse_feed=lambda text: parse(text.strip()), format_feed=str)


def spell_word(words: Sequence[str]) -> Spelling[str]:
    """The spelling of a word of a closed list."""
    return spell_text(partial(_parse_word, words=words))


def _parse_word(value: object, words: Sequence[str]) -> str:
    text = parse_text(value)
    if text not in words:
        raise ValueError(f"{text!r} is none of {', '.join(words)}")
    return text


def _parse_lower(value: object) -> str:
    return parse_text(value).lower()


def _parse_uri(value: object) -> str:
    text = parse_text(value)
    if fault := find_url_fault(text):
        raise ValueError(f"{text!r} is no address: it {fault}")
    if not is_absolute(text):
        raise ValueError(f"{text!r} is no whole address: write it with its scheme, such as https: or ipfs:")
    return text


def _parse_type(value: object) -> str:
    text = parse_text(value)
    if fault := find_type_fault(text):
        raise ValueError(f"{text!r} {fault}")
    return text


def _parse_country(value: object) -> str:
    text = parse_text(value).upper()
    if fault := find_country_fault(text):
        raise ValueError(f"{text!r} is no country: it {fault}")
    return text


def _parse_geo(value: object) -> str:
    """A position may be written as two numbers, as maps show it."""
    text = parse_text(value)
    uri = f"geo:{text}" if text[:1] in "+-0123456789" else text
    point = parse_geo(re.sub(r",\s+", ",", uri))
    if point is None:
        raise ValueError(f"{text!r} is no place: write geo:latitude,longitude, such as geo:60.39,5.32")
    if faults := find_range_faults(point):
        raise ValueError(faults[0])
    return re.sub(r",\s+", ",", uri)


def _parse_osm(value: object) -> str:
    text = parse_text(value)
    if not is_osm(text):
        raise ValueError(f"{text!r} names nothing in OpenStreetMap: write N, W or R and its number, such as R7444")
    return text


def _parse_rule(value: object) -> str:
    text = parse_text(value)
    if fault := find_recurrence_fault(text):
        raise ValueError(f"{text!r} {fault} (RFC 5545: write one such as FREQ=WEEKLY;BYDAY=MO)")
    return text


def _parse_ratio(value: object) -> str:
    text = parse_text(value)
    if not re.fullmatch(r"\d+(\.\d+)?(\s*/\s*\d+(\.\d+)?)?", text):
        raise ValueError(f"{text!r} is no ratio: write width/height, such as 16/9")
    return text


def _parse_count_feed(text: str) -> int:
    if not is_whole(text.strip()) or len(text) > _LONGEST_NUMBER:
        raise ValueError(text)
    return int(text)


def parse_number(value: object) -> Decimal:
    """Take a decimal number of 0 or more, in quotation marks or not.

    >>> parse_number("0.00000005"), parse_number(100.5)
    (Decimal('5E-8'), Decimal('100.5'))
    """
    text = str(value).strip() if isinstance(value, int | float | str) and not isinstance(value, bool) else ""
    text = f"{Decimal(text):f}" if re.fullmatch(r"\d(\.\d+)?e-\d{1,2}", text) else text  # TOML reads 0.00000005 so
    if not is_number(text) or len(text) > _LONGEST_NUMBER or text.startswith("-"):
        raise ValueError(f"{format_value(value)} is no number of 0 or more")
    return Decimal(text)


def format_number(number: Decimal) -> str:
    """Write a number without an exponent.

    >>> format_number(Decimal("5E-8")), format_number(Decimal("3.50"))
    ('0.00000005', '3.50')
    """
    return f"{number:f}"


def _format_number_toml(number: Decimal) -> object:
    """As a number where TOML gives the same one back."""
    if number == number.to_integral_value() and number.as_tuple().exponent == 0:
        return int(number)
    return float(number) if Decimal(repr(float(number))) == number and "e" not in repr(float(number)) else f"{number:f}"


def _parse_time(value: object) -> int:
    """A time within the media: text like 1:23.5, or seconds."""
    if isinstance(value, str):
        return parse_timestamp(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < LONGEST / SECOND:
        raise ValueError(f"{format_value(value)} is no time: write one like 1:23.5, or seconds")
    return round(value * SECOND)


def _parse_seconds(text: str) -> int:
    seconds = parse_number(text)
    if seconds >= LONGEST / SECOND:
        raise ValueError(text)
    return int((seconds * SECOND).to_integral_value())


def _format_seconds(ms: int) -> str:
    """Seconds, with as many decimals as are needed.

    >>> _format_seconds(83_500), _format_seconds(80_000)
    ('83.5', '80')
    """
    return f"{Decimal(ms) / SECOND:f}"


def _parse_moment(value: object) -> dt.datetime:
    """An instant, which is one only with its time zone."""
    zone = dt.timezone(dt.timedelta(), "none")
    moment = parse_date(value, zone)
    if moment.tzinfo is zone or (isinstance(value, dt.date) and not isinstance(value, dt.datetime)):
        raise ValueError(f"{value} is no moment: write its time and time zone too, such as 2026-05-12T09:00:00+02:00")
    return moment.replace(microsecond=0)


def _parse_moment_feed(text: str) -> dt.datetime:
    moment = parse_iso(text.strip())
    if moment is None or moment.tzinfo is None or not dt.MINYEAR < moment.year < dt.MAXYEAR:
        raise ValueError(text)
    return moment.replace(microsecond=0)


def _parse_date_feed(text: str) -> dt.datetime:
    return _parse_moment(text.strip())


def _spell_flag(words: dict[str, bool]) -> Spelling[bool]:
    def parse(value: object) -> bool:
        return words[value] if isinstance(value, str) and value in words else parse_flag(value)

    def parse_feed(text: str) -> bool:
        word = text.strip().casefold()
        if word not in words:
            raise ValueError(text)
        return words[word]

    spelled = {meaning: word for word, meaning in words.items()}
    return Spelling(parse=parse, format=bool, parse_feed=parse_feed, format_feed=lambda flag: spelled[flag])


TEXT = spell_text(parse_text)
LABEL = spell_text(parse_label)
SHORT_LABEL = spell_text(parse_short_label)
FREE_TEXT = spell_text(parse_free_text)
NAME = replace(spell_text(_parse_lower), format_feed=str.lower)
"""A word of the taxonomy, in small letters."""

URI = spell_text(_parse_uri)
TYPE = spell_text(_parse_type)
EMAIL = spell_text(parse_email)
LANGUAGE = spell_text(parse_language)
COUNTRY = spell_text(_parse_country)
GEO = spell_text(_parse_geo)
OSM = spell_text(_parse_osm)
RULE = spell_text(_parse_rule)
RATIO = spell_text(_parse_ratio)
UUID = spell_text(parse_uuid)
MEDIUM = spell_text(parse_medium)


def _parse_url_feed(text: str) -> str:
    if not is_url(text.strip()):
        raise ValueError(text)
    return parse_url(text.strip())


URL = Spelling(parse=parse_url, format=str, parse_feed=_parse_url_feed, format_feed=str)
SOURCE = Spelling(parse=parse_source, format=str, parse_feed=_parse_url_feed, format_feed=str)
"""A file beside the one that names it, or a web address."""

WHOLE = Spelling(parse=parse_count, format=int, parse_feed=_parse_count_feed, format_feed=str)
NUMBER = Spelling(parse=parse_number, format=_format_number_toml, parse_feed=parse_number, format_feed=format_number)
TIME = Spelling(parse=_parse_time, format=format_timestamp, parse_feed=_parse_seconds, format_feed=_format_seconds)
"""A time or a length within the media, in milliseconds; seconds in a feed."""

MOMENT = Spelling(
    parse=_parse_moment, format=lambda moment: moment, parse_feed=_parse_moment_feed, format_feed=format_instant
)
"""An instant: ISO 8601 in a feed."""

DATE = Spelling(
    parse=_parse_moment, format=lambda moment: moment, parse_feed=_parse_date_feed, format_feed=format_rfc2822
)
"""An instant: RFC 2822 in a feed."""

FLAG = _spell_flag(_FLAGS)
ANSWER = _spell_flag(_ANSWERS)
"""Yes or no."""
