"""How times, dates, sizes and slugs are spelled and read.

Times are whole milliseconds everywhere in the program; only these functions know how they are written.
Every `parse_` raises ValueError with a message that says what was expected.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import email.utils
import re
import reprlib
import string
import unicodedata
from collections.abc import Sequence
from urllib.parse import quote, urlsplit

import dateutil.parser
import dateutil.tz

HOUR = 3_600_000
MINUTE = 60_000
SECOND = 1_000
LONGEST = 1_000 * HOUR
"""Milliseconds; no time is written that is as long."""


_BYTES = re.compile(r"(\d+(?:\.\d+)?) ?([kKMG]?B|)")
_UNITS = ("B", "KB", "MB", "GB")
_SHORT = reprlib.Repr()
_SHORT.maxlevel, _SHORT.maxlist, _SHORT.maxdict = 2, 3, 3
_SHORT.maxstring = _SHORT.maxother = 100

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that no XML document can carry, and those that none should (XML 1.0, section 2.2)."""

TIMESTAMP = re.compile(r"(?:(\d{1,3}):)?(\d{1,3})[:,][ ]?(\d{1,2})(?:\.(\d{1,3}))?")
_HOURS_WITH_COMMAS = re.compile(r"(\d{1,3}), ?(\d{1,2}), ?(\d{1,2})")


def parse_timestamp(text: str) -> int:
    """Read a time of a chapter or quote, in milliseconds.

    Hours are optional, minutes may exceed 59 when no hours are given, and a comma may stand for the colon.

    >>> parse_timestamp("01:20"), parse_timestamp("62:39"), parse_timestamp("1:02:39.5")
    (80000, 3759000, 3759500)
    >>> parse_timestamp("4, 8"), parse_timestamp("1, 2, 3")
    (248000, 3723000)
    >>> parse_timestamp("01:75")
    Traceback (most recent call last):
    ValueError: '01:75' is no time: seconds stop at 59
    """
    stripped = text.strip()
    if with_commas := _HOURS_WITH_COMMAS.fullmatch(stripped):
        stripped = ":".join(with_commas.groups())
    match = TIMESTAMP.fullmatch(stripped)
    if match is None:
        raise ValueError(f"{text!r} is no time: expected mm:ss or h:mm:ss")
    hours, minutes, seconds, fraction = match.groups()
    if int(seconds) > 59:
        raise ValueError(f"{text!r} is no time: seconds stop at 59")
    if hours is not None and int(minutes) > 59:
        raise ValueError(f"{text!r} is no time: minutes stop at 59 when hours are given")
    return int(hours or 0) * HOUR + int(minutes) * MINUTE + int(seconds) * SECOND + int((fraction or "0").ljust(3, "0"))


def format_timestamp(ms: int) -> str:
    """Write a time as people do: minutes and seconds, hours and fractions only where there are some.

    >>> format_timestamp(80_000), format_timestamp(3_759_500), format_timestamp(0)
    ('01:20', '1:02:39.5', '00:00')
    """
    fraction = f".{ms % SECOND:03d}".rstrip("0") if ms % SECOND else ""
    return format_clock(ms) + fraction


def format_clock(ms: int) -> str:
    """Write a time for display, floored to whole seconds.

    >>> format_clock(80_999), format_clock(3_759_500)
    ('01:20', '1:02:39')
    """
    minutes, seconds = divmod(ms // SECOND, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes:02d}:{seconds:02d}"


def format_stamps(starts: Sequence[int]) -> tuple[str, ...]:
    """Write the time stamps of one block of show notes, all in the same form.

    Apple, Spotify and YouTube read zero-padded stamps, floored to seconds; once one passes the hour,
    all of them carry hours.

    >>> format_stamps([0, 83_700])
    ('00:00', '01:23')
    >>> format_stamps([0, 3_600_000])
    ('00:00:00', '01:00:00')
    """
    if not starts or max(starts) < HOUR:
        return tuple(format_clock(start) for start in starts)
    return tuple(format_npt(start).partition(".")[0] for start in starts)


def format_npt(ms: int) -> str:
    """Write Normal Play Time, as Podlove Simple Chapters 1.2 wants it.

    >>> format_npt(3_759_500)
    '01:02:39.500'
    """
    seconds, fraction = divmod(ms, SECOND)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}.{fraction:03d}"


def format_seconds(ms: int) -> int | float:
    """Write a time as a JSON number of seconds without trailing zeros.

    >>> format_seconds(80_000), format_seconds(80_250)
    (80, 80.25)
    """
    return ms // SECOND if ms % SECOND == 0 else ms / SECOND


def parse_duration(value: object) -> int:
    """Read a length of time, in milliseconds: a number of seconds, or text like mm:ss and h:mm:ss.

    It ends below 1,000 hours, which is as far as times are written.

    >>> parse_duration("40:00"), parse_duration("1:05:00"), parse_duration(90), parse_duration(1.5)
    (2400000, 3900000, 90000, 1500)
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(f"{format_value(value)} is no duration: expected text like 40:00, or seconds")
    # TOML knows nan and inf: compared in this order, they become 0 and the longest.
    seconds = 0 if isinstance(value, str) else min(max(0, value), LONGEST // SECOND)
    ms = parse_timestamp(value) if isinstance(value, str) else round(seconds * SECOND)
    if not 0 < ms < LONGEST:
        raise ValueError(f"{value!r} is no duration: it is longer than nothing and shorter than 1,000 hours")
    return ms


def parse_date(value: object, zone: dt.tzinfo = dt.UTC) -> dt.datetime:
    """Read a date of publication as an instant; `zone` is used where the text names none.

    Takes the dates of TOML and YAML, ISO 8601 and RFC 2822; in UTC too it lies within the years 1 to 9999.

    >>> parse_date("2026-05-12").isoformat(), parse_date("Tue, 12 May 2026 09:00:00 +0200").isoformat()
    ('2026-05-12T00:00:00+00:00', '2026-05-12T09:00:00+02:00')
    """
    if isinstance(value, dt.datetime):
        moment = value
    elif isinstance(value, dt.date):
        moment = dt.datetime.combine(value, dt.time())
    elif isinstance(value, str):
        moment = _parse_date_text(value)
    else:
        raise ValueError(f"{format_value(value)} is no date: expected one like 2026-05-12 or 2026-05-12T09:00:00Z")
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    try:
        moment.astimezone(dt.UTC)
    except OverflowError:
        raise ValueError(f"{value!r} is no date: it lies outside the years 1 to 9999") from None
    return moment


def _parse_date_text(text: str) -> dt.datetime:
    day, _, time = text.strip().partition(" ")
    iso = f"{day}T{time.replace(' ', '')}" if time else day  # Jekyll writes 2026-05-12 09:00:00 +0200
    for parse, written in ((dateutil.parser.isoparse, iso), (email.utils.parsedate_to_datetime, text)):
        try:
            return parse(written)
        except (ValueError, OverflowError):
            continue
    raise ValueError(f"{text!r} is no date: expected one like 2026-05-12 or 2026-05-12T09:00:00Z")


def parse_zone(name: str) -> dt.tzinfo:
    """Find a time zone by its IANA name, such as Europe/Berlin.

    >>> parse_zone("UTC").utcoffset(None)
    datetime.timedelta(0)
    """
    zone = dateutil.tz.gettz(name)
    if not name or zone is None:
        raise ValueError(f"{name!r} is no time zone: expected a name such as Europe/Berlin")
    return zone


def format_rfc2822(moment: dt.datetime) -> str:
    """Write a date as RSS wants it (RSS 2.0, pubDate; RFC 2822), whatever the locale.

    >>> format_rfc2822(dt.datetime(2026, 5, 12, 9, tzinfo=dt.UTC))
    'Tue, 12 May 2026 09:00:00 +0000'
    """
    return email.utils.format_datetime(moment)


def format_instant(moment: dt.datetime) -> str:
    """Write a date for machines: ISO 8601 in UTC, to the second.

    >>> format_instant(dt.datetime(2026, 5, 12, 9, tzinfo=dt.UTC))
    '2026-05-12T09:00:00Z'
    """
    return moment.astimezone(dt.UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def format_value(value: object) -> str:
    """Write into a message what stands where it should not; a list may hold itself, or thousands of others.

    >>> format_value({"name": "Ada"}), format_value([[0] * 9] * 9)
    ("{'name': 'Ada'}", '[[0, 0, 0, ...], [0, 0, 0, ...], [0, 0, 0, ...], ...]')
    """
    return _SHORT.repr(value)


def format_bytes(count: int) -> str:
    """Write a size for people.

    >>> format_bytes(950), format_bytes(2_400_000)
    ('950 B', '2.4 MB')
    """
    size = float(count)
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            break
        size /= 1000
    return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"


def parse_bytes(value: object) -> int:
    """Read a size: a number of bytes, or one with a unit.

    >>> parse_bytes("4 MB"), parse_bytes("512kB"), parse_bytes(1_500_000)
    (4000000, 512000, 1500000)
    """
    found = _BYTES.fullmatch(str(value).strip())
    if isinstance(value, bool) or not found:
        raise ValueError(f"{format_value(value)} is no size: write one such as 4 MB")
    return int(float(found[1]) * 1000.0 ** _UNITS.index(found[2].upper() or "B"))


def format_slug(text: str) -> str:
    """Make the part of an address that names something: lower case, letters and digits of any script, hyphens.

    >>> format_slug("The Guid That Must Not Change!"), format_slug("실시간 RL"), format_slug("…")
    ('the-guid-that-must-not-change', '실시간-rl', '')
    """
    words = re.findall(r"[^\W_]+(?:['’][^\W_]+)*", unicodedata.normalize("NFC", text).lower())
    return "-".join(re.sub("['’]", "", word) for word in words)


def format_title(name: str) -> str:
    """Make a title of the name of a file or folder: no date in front, spaces between its words.

    >>> format_title("2026-05-12-talk_with_ada"), format_title("Ada Marsh - the talk")
    ('Talk with ada', 'Ada Marsh - the talk')
    >>> format_title("20240512_bells"), format_title("20240512")
    ('Bells', '20240512')
    """
    words = re.sub(r"^(?:19|20)\d{2}([-_.]?)\d{2}\1\d{2}[-_ ]+", "", name)
    title = " ".join((words if " " in words else words.replace("-", " ")).replace("_", " ").split())
    return title[:1].upper() + title[1:]


def format_url(url: str) -> str:
    """Write an address without a letter that URLs do not have, as feeds want it (RFC 3987, section 3.1).

    What is escaped in it already stays so.

    >>> format_url("https://köln.example:80/Ton%20(1)/größe.mp3?a=ß")
    'https://xn--kln-sna.example:80/Ton%20(1)/gr%C3%B6%C3%9Fe.mp3?a=%C3%9F'
    """
    if url.isascii():
        return url
    parts = urlsplit(url)
    account, at, host = parts.netloc.rpartition("@")
    name, colon, port = host.partition(":")
    with contextlib.suppress(UnicodeError):  # a name that is none in IDNA either: better escaped than left out
        name = name.encode("idna").decode("ascii")
    return quote(parts._replace(netloc=f"{account}{at}{name}{colon}{port}").geturl(), safe=string.punctuation)


def format_url_path(path: str) -> str:
    """Escape a path of the site for use in a URL (RFC 3986, section 2.1).

    >>> format_url_path("shape/실시간/feed.xml")
    'shape/%EC%8B%A4%EC%8B%9C%EA%B0%84/feed.xml'
    """
    return quote(path, safe="/~!$&'()*+,;=:@-._")
