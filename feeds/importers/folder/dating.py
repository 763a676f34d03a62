"""When the recordings of a folder came out: from their tags, else from their names, else from their files."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from feeds.media.dates import RoughDate, find_date_in_name, parse_rough_date
from feeds.media.tags import Tags

_STEP = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """An audio file and what it says. `modified` is when the file was last changed, and `transcript` the file of that
    kind beside it, if there is one.
    """

    file: Path
    tags: Tags
    modified: dt.datetime
    transcript: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """A recording with its date; `notes` say what was guessed about it."""

    recording: Recording
    date: dt.datetime
    notes: tuple[str, ...] = ()


def find_take(recording: Recording, zone: dt.tzinfo) -> Take:
    """Date a recording by the day that its tags tell, or its name, or as far as its tags do, or else by its file.

    A file's own time is only taken to the day: files that were copied together differ by seconds which tell nothing,
    and their tracks shall count.
    """
    dates, notes = _find_dates(recording.tags.dates, zone)
    named = find_date_in_name(recording.file.stem)
    tagged = next((date for date in dates if date.known == "day"), None) or next(iter(dates), None)
    if tagged and tagged.known == "day":
        if named and named not in (tagged.moment.date(), tagged.moment.astimezone(zone).date()):
            notes.append(f"is dated by its tags, though the name of its file says {named}")
        return _take(recording, tagged.moment, notes)
    if named:
        differs = f", though its tags say {_format_rough(tagged)}" if tagged and not _agrees(tagged, named) else ""
        notes.append(f"is dated by the name of its file{differs}")
        return _take(recording, _find_midnight(named, zone), notes)
    if tagged:
        notes.append(f"is dated the first day of {_format_rough(tagged)}, which is all that its tags say")
        return _take(recording, tagged.moment, notes)
    notes.append("is dated by the last change of its file, as neither its tags nor its name tell a date")
    return _take(recording, _find_midnight(recording.modified.astimezone(zone).date(), zone), notes)


def arrange_takes(takes: Iterable[Take], taken: Collection[dt.datetime]) -> Iterator[Take]:
    """Put takes in the order in which they came out: by date, then by disc and track, then by name.

    Apps sort by date alone, so each one gets a date of its own, a minute after the one before it where they share
    one. `taken` are the dates of episodes that are there already, which stay as they are.
    """
    before: dt.datetime | None = None
    for take in sorted(takes, key=_find_order):
        date = take.date
        if before and date <= before:
            date = before + _STEP
        while date in taken:
            date += _STEP
        before = date
        moved = "shares its date with another: it follows that one by minutes, so that their order holds"
        yield take if date == take.date else replace(take, date=date, notes=(*take.notes, moved))


def _take(recording: Recording, date: dt.datetime, notes: Sequence[str]) -> Take:
    return Take(recording=recording, date=date, notes=tuple(notes))


def _find_dates(texts: Iterable[str], zone: dt.tzinfo) -> tuple[list[RoughDate], list[str]]:
    dates, notes = [], []
    for text in texts:
        try:
            dates.append(parse_rough_date(text, zone))
        except ValueError:
            notes.append(f"has {text!r} for a date in its tags, which cannot be read")
    return dates, notes


def _find_midnight(day: dt.date, zone: dt.tzinfo) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), zone)


def _format_rough(date: RoughDate) -> str:
    return f"{date.moment:%Y-%m}" if date.known == "month" else f"{date.moment:%Y}"


def _agrees(rough: RoughDate, day: dt.date) -> bool:
    return rough.moment.year == day.year and (rough.known == "year" or rough.moment.month == day.month)


def _find_order(take: Take) -> tuple[object, ...]:
    tags = take.recording.tags
    return take.date, tags.season or 0, tags.episode or 0, _split_numbers(take.recording.file.as_posix())


def _split_numbers(name: str) -> list[tuple[int, str]]:
    """A name in parts that sort as people count: 9 before 10."""
    return [(int(part), "") if part.isdecimal() else (-1, part.casefold()) for part in re.split(r"(\d+)", name)]
