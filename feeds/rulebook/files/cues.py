"""Cues of WebVTT and cards of SRT, with the lines that they stand on and everything that is wrong with their form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from feeds.rulebook.files.text import split_lines
from feeds.rulebook.wording import quote

ARROW = "-->"

_VTT_TIME = r"(?:([0-9]{2,4}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})"
_SRT_TIME = r"([0-9]{2,4}):([0-5][0-9]):([0-5][0-9]),([0-9]{3})"
_VTT_TIMING = re.compile(rf"{_VTT_TIME}[ \t]+-->[ \t]+{_VTT_TIME}(?:[ \t]+(.*))?")
_SRT_TIMING = re.compile(rf"{_SRT_TIME}[ \t]+-->[ \t]+{_SRT_TIME}[ \t]*(?:[ \t](X1:.*))?")
_LOOSE_TIME = re.compile(r"(?:([0-9]+):)?([0-9]+):([0-9]+)(?:([.,])([0-9]*))?")
_HEADER = re.compile(r"WEBVTT(?:[ \t]|\Z)")
_HEADER_LINE = re.compile(r"[A-Za-z][A-Za-z-]*\s*[:=]")
_COMMENT = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t]|\Z)")
_SPOILT = re.compile(r"NOTE(?:[ \t]|\Z)")
_LAST_MINUTE = 59
_MOST_HOUR_DIGITS = 4


class Card(NamedTuple):
    """A cue: `line` is that of its times, `start` and `end` are milliseconds, None where `fault` tells what is wrong.

    `label` is the line before, an identifier or a number, and `label_line` where it stands, 0 without one. `lines` are
    the lines of its text with their numbers.
    """

    line: int
    timing: str
    start: int | None
    end: int | None
    fault: str
    settings: str
    label: str
    label_line: int
    lines: tuple[tuple[int, str], ...]


class Stray(NamedTuple):
    """A line that belongs to no cue, or that cuts one off, and what is wrong with it."""

    line: int
    message: str


class Script(NamedTuple):
    """A file of cues. `header` is what is wrong with the beginning of WebVTT, "" if nothing is."""

    cards: tuple[Card, ...]
    strays: tuple[Stray, ...] = ()
    header: str = ""
    header_line: int = 1


NO_SCRIPT = Script(())


class _Dialect(NamedTuple):
    timing: re.Pattern[str]
    name: str
    noun: str
    point: str
    is_blank: Callable[[str], bool]


_VTT = _Dialect(_VTT_TIMING, "WebVTT", "cue", ".", lambda line: line == "")
_SRT = _Dialect(_SRT_TIMING, "SRT", "card", ",", lambda line: not line.strip())


def parse_vtt_script(text: str) -> Script:
    """Read WebVTT (W3C, WebVTT, sections 4.1 and 6.1)."""
    lines = split_lines(text)
    header, header_line, first, strays = _find_header(lines)
    cards: list[Card] = []
    for begin, end in _find_blocks(lines, first, _VTT):
        if _COMMENT.match(lines[begin]):
            arrow = next((number for number in range(begin, end) if ARROW in lines[number]), end)
            if arrow < end and _SPOILT.match(lines[begin]):
                strays.append(Stray(arrow + 1, f"{ARROW} ends the note, and players show what follows"))
            continue
        _take_cards(lines, begin, end, _VTT, cards, strays)
    return Script(tuple(cards), tuple(strays), header, header_line)


def parse_srt_script(text: str) -> Script:
    """Read SRT, which has no specification but its habit: number, times, text, an empty line."""
    lines = split_lines(text)
    cards: list[Card] = []
    strays: list[Stray] = []
    for begin, end in _find_blocks(lines, 0, _SRT):
        _take_cards(lines, begin, end, _SRT, cards, strays)
    return Script(tuple(cards), tuple(strays))


def find_loose_times(line: str) -> tuple[str, str] | None:
    """The two times around an arrow, however they are spelled, None if there are none.

    >>> find_loose_times("1:02.5-->1:04,1 align:start")
    ('1:02.5', '1:04,1')
    """
    before, arrow, after = line.partition(ARROW)
    start, end = _LOOSE_TIME.fullmatch(before.strip()), _LOOSE_TIME.match(after.lstrip())
    return (start[0], end[0]) if arrow and start and end else None


def _find_header(lines: Sequence[str]) -> tuple[str, int, int, list[Stray]]:
    """What is wrong with the header and where, the line after it, and the lines in it that players throw away."""
    if not _HEADER.match(lines[0]):
        at = next((number for number, line in enumerate(lines) if line.strip()), 0)
        written = lines[at].strip()
        if _HEADER.match(written):
            return "white space stands before WEBVTT", 1, at + 1, []
        begins = _HEADER.match(written.upper()) is not None
        return f"the file begins with {quote(written)}, not with WEBVTT", at + 1, at + 1 if begins else 0, []
    strays: list[Stray] = []
    for number in range(1, len(lines)):
        line = lines[number]
        if not line:
            return "", 1, number, strays
        if ARROW in line or (number + 1 < len(lines) and ARROW in lines[number + 1]):
            return "no empty line stands between WEBVTT and the first cue", number + 1, number, strays
        if not _HEADER_LINE.match(line):
            strays.append(Stray(number + 1, f"{quote(line)} stands in the header, which players do not show"))
    return "", 1, len(lines), strays


def _find_blocks(lines: Sequence[str], first: int, dialect: _Dialect) -> Iterator[tuple[int, int]]:
    """Where each group of lines begins and ends; empty lines stand between them."""
    begin = -1
    for number in range(first, len(lines)):
        if dialect.is_blank(lines[number]):
            if begin >= 0:
                yield begin, number
            begin = -1
        elif begin < 0:
            begin = number
    if begin >= 0:
        yield begin, len(lines)


def _take_cards(
    lines: Sequence[str], begin: int, end: int, dialect: _Dialect, cards: list[Card], strays: list[Stray]
) -> None:
    """Take the cues of one block, of which there should be one: a number or name, the times, the text."""
    arrows = [number for number in range(begin, end) if ARROW in lines[number]]
    if not arrows:
        what = (
            f"follows an empty line, so that no {dialect.noun} has it"
            if cards
            else f"stands before the first {dialect.noun}"
        )
        strays.append(Stray(begin + 1, f"{quote(lines[begin])} {what}"))
        return
    if arrows[0] > begin + 1:
        strays.append(Stray(begin + 1, f"{quote(lines[begin])} and what follows it belong to no {dialect.noun}"))
    previous = begin - 1
    for arrow, following in zip(arrows, [*arrows[1:], end], strict=True):
        label = arrow - 1 if arrow - 1 > previous else -1
        if arrow > arrows[0]:
            strays.append(Stray(arrow + 1, f"a new {dialect.noun} begins without an empty line before it"))
            label = label if label >= 0 and _is_number(lines[label]) else -1
        last = following - 1 if following < end and _is_number(lines[following - 1]) else following
        texts = tuple((number + 1, lines[number]) for number in range(arrow + 1, last))
        cards.append(_make_card(lines, arrow, label, texts, dialect))
        previous = arrow


def _is_number(line: str) -> bool:
    return line.strip().isdecimal()


def _make_card(
    lines: Sequence[str], arrow: int, label: int, texts: tuple[tuple[int, str], ...], dialect: _Dialect
) -> Card:
    timing = lines[arrow]
    match = dialect.timing.fullmatch(timing.rstrip() if dialect is _SRT else timing)
    times = match.groups() if match else ()
    return Card(
        line=arrow + 1,
        timing=timing,
        start=_find_milliseconds(times[:4]),
        end=_find_milliseconds(times[4:8]),
        fault="" if match else _explain(timing, dialect),
        settings=(times[8] or "") if times else "",
        label=lines[label] if label >= 0 else "",
        label_line=label + 1,
        lines=texts,
    )


def _find_milliseconds(parts: Sequence[str | None]) -> int | None:
    if not parts:
        return None
    hours, minutes, seconds, fraction = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction


def _explain(timing: str, dialect: _Dialect) -> str:
    """What keeps a line of times from being one."""
    before, _, after = timing.partition(ARROW)
    start, end = _LOOSE_TIME.fullmatch(before.strip()), _LOOSE_TIME.match(after.strip())
    for time, side, written in ((start, "before", before), (end, "behind", after)):
        if time is None:
            return f"{side} the arrow no time is read, but {quote(written)}"
        if fault := _explain_time(time, dialect):
            return fault
    if not before.endswith((" ", "\t")) or not after.startswith((" ", "\t")):
        return "the arrow has no space on each side"
    if before != before.strip():
        return "the line does not begin with the time"
    return f"behind the second time stands {quote(after.strip()[end.end() :] if end else after)}"


def _explain_time(time: re.Match[str], dialect: _Dialect) -> str:
    hours, minutes, seconds, point, fraction = time.groups()
    other = "a point" if dialect.point == "," else "a comma"
    usual = "a comma" if dialect.point == "," else "a point"
    if point is None:
        return f"{time[0][:40]} has no milliseconds"
    if point != dialect.point:
        return f"{time[0][:40]} has {other} before the milliseconds, where {dialect.name} has {usual}"
    if len(fraction) != 3:
        return f"{time[0][:40]} has no three digits for the milliseconds"
    if hours is None and dialect is _SRT:
        return f"{time[0][:40]} has no hours"
    if hours is not None and not 2 <= len(hours) <= _MOST_HOUR_DIGITS:
        return f"{time[0][:40]} has hours of {len(hours)} digits"
    if len(minutes) != 2 or len(seconds) != 2:
        return f"{time[0][:40]} has minutes or seconds that are not of two digits"
    if int(minutes) > _LAST_MINUTE or int(seconds) > _LAST_MINUTE:
        return f"{time[0][:40]} has more than {_LAST_MINUTE} minutes or seconds"
    return ""
