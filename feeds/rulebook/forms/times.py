"""Times within a recording, read strictly: Normal Play Time, and the time stamps in notes line by line."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from feeds.formats import SECOND

# Media Fragments URI 1.0, section 4.2.1: minutes and seconds are 00 to 59; Podlove writes minutes with one digit too.
_NPT = re.compile(r"(?:(?:([0-9]+):([0-5][0-9])|([0-5]?[0-9])):([0-5][0-9])|([0-9]+))(?:\.([0-9]*))?")
_LONGEST_TIME = 24
_BREAK = re.compile(r"<(?:br|/?p|/?li|/?div|/?h[1-6]|/?ul|/?ol|/?t(?:able|body|r))\b[^>]*>|\n", re.IGNORECASE)
_CELL = re.compile(r"</?t[dh]\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_ANY = re.compile(r"[0-9](?:[:.hm][0-9]|m\b)")
_CLOCK = r"[0-9]{1,3}(?::[0-9]{1,2}){1,2}(?:[.,][0-9]{1,3})?(?!:?[0-9])"
_OTHER = r"[0-9]{1,2}(?:\.[0-9]{2}){1,2}(?![0-9.])|(?:[0-9]{1,2}h ?)?[0-9]{1,3}m(?: ?[0-9]{1,2}s)?(?![0-9a-z])"
_LINE = r"(?:[-–—*•·▪►▶➤] ?)?(?P<open>[\[({{<]?)(?P<time>{})(?P<close>[\])}}>]?)(?P<rest>.*)"
_FIRST = re.compile(_LINE.format(_CLOCK))
_FIRST_LOOSELY = re.compile(_LINE.format(f"{_CLOCK}|{_OTHER}"))
_LAST = re.compile(rf".*?[^0-9:.,][\[(]?(?P<time>{_CLOCK})[\])]?[.,;]?")
_WITHIN = re.compile(r"(?<![0-9:.,])[0-9]{1,2}(?::[0-9]{2}){1,2}(?!:?[0-9]|\.[0-9])")
_SEPARATOR = re.compile(r"[\s:.,;|•·*>=→»_‐-―-]*")
_OF_DAY = re.compile(r"\s*(?:[ap]\.?m\b|uhr\b|h\b|o['’]clock\b)", re.IGNORECASE)
_RANGE = re.compile(rf"\s*(?:[-–—]|to|bis)\s*[\[(]?{_CLOCK}")
_LONGEST_LINE = 500
_LONGEST_TEXT = 200_000
_MOST_LINES = 500
_LEAST = 3
_MORNING = 6 * 60  # what is meant as hours and minutes is read as minutes and seconds
_ROUND = 5


@lru_cache(maxsize=4096)
def parse_play_time(text: str) -> int | None:
    """Read Normal Play Time without mercy, in milliseconds: seconds, M:SS or H:MM:SS, with a fraction; None if not.

    >>> parse_play_time("37"), parse_play_time("7:48"), parse_play_time("05:12:03.5")
    (37000, 468000, 18723500)
    >>> parse_play_time("7:60"), parse_play_time("1:2:03"), parse_play_time("00:01:02,5"), parse_play_time("-1")
    (None, None, None, None)
    """
    match = _NPT.fullmatch(text) if len(text) <= _LONGEST_TIME else None
    if not match:
        return None
    hours, minutes, few, seconds, whole, fraction = (part or "0" for part in match.groups())
    total = (int(hours) * 60 + int(minutes) + int(few)) * 60 + int(seconds) + int(whole)
    return total * SECOND + int((fraction + "000")[:3])


class StampLine(NamedTuple):
    """A line that begins with a time, as it is written.

    `seconds` is the time. `brackets` are the characters right before and behind it, `separator` is what parts it from
    the title. `until` says that a second time follows, so that it is a stretch. `raw` is the line with its tags.
    """

    time: str
    seconds: int
    brackets: str
    separator: str
    title: str
    until: bool
    raw: str


class Stamps(NamedTuple):
    """The times in notes that look like chapters.

    `lines` are those that begin a line. `crowded` is a line in which several stand, or that ends with its time where
    three do; "" where there is none.
    """

    lines: tuple[StampLine, ...]
    crowded: str


def find_stamps(notes: str) -> Stamps:
    """Find time stamps in notes, of HTML or text.

    A time of day is none (8:30 pm), nor is one that stands in a sentence.

    >>> stamps = find_stamps("00:00 Intro<br/>(03:07) - Ebb")
    >>> [(line.seconds, line.brackets, line.separator, line.title) for line in stamps.lines]
    [(0, '', ' ', 'Intro'), (187, '()', ' - ', 'Ebb')]
    >>> find_stamps("Chapters: 00:00 Intro 03:07 Ebb 12:42 Flow").crowded[:9], find_stamps("We met at 8:30 pm.").lines
    ('Chapters:', ())
    """
    if not _ANY.search(notes, 0, _LONGEST_TEXT):
        return Stamps((), "")
    timed = [line for line in _BREAK.split(notes[:_LONGEST_TEXT]) if _ANY.search(line)]
    raw = [_CELL.sub(" ", line) for line in timed[:_MOST_LINES]]
    texts = [(" ".join(unescape(_TAG.sub("", line)).split()), line) for line in raw]
    short = [(text, line) for text, line in texts if text and len(text) <= _LONGEST_LINE]
    lines = tuple(_find_lines(short, _FIRST_LOOSELY))
    if len(lines) < _LEAST or lines[0].seconds:  # in no list of chapters 1.20 is a price or a version
        lines = tuple(_find_lines(short, _FIRST))
    lines = () if _is_timetable(lines) else lines
    return Stamps(lines, _find_crowded([text for text, _ in texts if text], lines))


def parse_stamp(time: str) -> int:
    """The seconds of a stamp, however it is written.

    >>> parse_stamp("1:02:03.5"), parse_stamp("05.30"), parse_stamp("1h02m"), parse_stamp("5m10s")
    (3723, 330, 3720, 310)
    """
    if "m" in time:
        hours, minutes, seconds = (
            int(found[1]) if (found := re.search(rf"([0-9]+){unit}", time)) else 0 for unit in "hms"
        )
        return (hours * 60 + minutes) * 60 + seconds
    whole = re.sub(r"[.,][0-9]*\Z", "", time) if ":" in time else time.replace(".", ":")
    seconds = 0
    for part in whole.split(":"):
        seconds = seconds * 60 + int(part)
    return seconds


def _find_lines(lines: list[tuple[str, str]], pattern: re.Pattern[str]) -> list[StampLine]:
    found = []
    for text, raw in lines:
        match = pattern.match(text)
        if not match or _OF_DAY.match(match["rest"]):
            continue
        until = _RANGE.match(match["rest"])
        rest = match["rest"][until.end() :] if until else match["rest"]
        separator = _SEPARATOR.match(rest)
        between = separator[0] if separator else ""
        found.append(
            StampLine(
                time=match["time"],
                seconds=parse_stamp(match["time"]),
                brackets=match["open"] + match["close"],
                separator=between,
                title=rest[len(between) :],
                until=until is not None,
                raw=raw,
            )
        )
    return found


def _is_timetable(lines: tuple[StampLine, ...]) -> bool:
    """Say whether times are those of a day: none is zero, the first is six o'clock or later, all are round."""
    return bool(lines) and all(line.seconds >= _MORNING and line.seconds % _ROUND == 0 for line in lines)


def _find_crowded(texts: list[str], lines: tuple[StampLine, ...]) -> str:
    """A line with three times or more that begin at zero, or the first of three that end with a time."""
    for text in texts:
        times = [parse_stamp(time) for time in _WITHIN.findall(text)]
        if len(times) >= _LEAST and times[0] == 0 and times == sorted(times):
            return text
        if len(lines) == 1 and len(times) > 1 and times[0] == lines[0].seconds == 0 and not lines[0].until:
            return text
    if lines:
        return ""
    last = [(text, match) for text in texts if len(text) <= _LONGEST_LINE and (match := _LAST.fullmatch(text))]
    if len(last) >= _LEAST and parse_stamp(last[0][1]["time"]) == 0:
        return last[0][0]
    return ""
