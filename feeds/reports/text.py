"""Findings for people: where, how bad, what, and the line with a mark under the fault."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, groupby

from feeds.reports.report import Judged, Report
from feeds.rulebook.finding import Finding
from feeds.rulebook.rule import Level

SHOWN = 3
"""How many findings of one rule are shown before the rest is counted: in one feed, or in all that it links to."""

_COLOURS = {Level.ERROR: "31", Level.WARNING: "33", Level.INFO: "36"}
_INDENT = "    "
_LEAST = 24
"""Columns of a line that are shown even where the terminal has fewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How text is shown: columns of the terminal, whether in colour, and whether every finding is."""

    width: int = 100
    colour: bool = False
    everything: bool = False


PLAIN = Style()


def render_text(report: Report, style: Style = PLAIN) -> str:
    """Render a report for the terminal, document by document, and what it comes to in the last line."""
    lines: list[str] = []
    for several in _group_by_feed(report.judged):
        total = sum(map(_count_rules, several), Counter[str]())
        seen: Counter[str] = Counter()
        for one in several:
            if one.fault:
                lines.append(f"{one.name}: {one.fault}")
            lines += _render_document(one, seen, total, style)
    lines += [f"note: {note}" for note in report.notes]
    return "\n".join([*lines, render_sum(report, style)]) + "\n"


def _group_by_feed(judged: Iterable[Judged]) -> list[list[Judged]]:
    """Each feed by itself, and all that it links to together: a server that errs does so in every file."""
    groups: list[list[Judged]] = []
    for one in judged:
        if one.feed and groups and groups[-1][0].feed == one.feed:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _count_rules(one: Judged) -> Counter[str]:
    return Counter(finding.rule for finding in one.findings) + Counter(one.omitted)


def _render_document(one: Judged, seen: Counter[str], total: Counter[str], style: Style) -> Iterator[str]:
    """Render what was found in a document; `seen` counts by rule what was before it, `total` what there is in all."""
    source = Lines(one.text if one.findings else b"")
    for finding in one.findings:
        seen[finding.rule] += 1
        if seen[finding.rule] > SHOWN and not style.everything:
            continue
        yield _render_head(finding, style)
        yield from _render_line(finding, source, style)
        if seen[finding.rule] == SHOWN and total[finding.rule] > SHOWN and not style.everything:
            yield f"{_INDENT}… and {total[finding.rule] - SHOWN:,} more of {finding.rule} (--all shows them)"
    if style.everything:
        yield from (f"{_INDENT}… and {count:,} more of {rule}" for rule, count in one.omitted.items())


def _render_head(finding: Finding, style: Style) -> str:
    place = finding.file
    if finding.line:
        place += f":{finding.line}"
        if finding.column:
            place += f":{finding.column}"
    level = _paint(str(finding.level), f"1;{_COLOURS[finding.level]}", style)
    return f"{_paint(place, '1', style)}: {level}: {finding.message} {_paint(f'[{finding.rule}]', '2', style)}"


class Lines:
    """The lines of a document by number. That which was asked for last is kept, as some feeds have only one."""

    def __init__(self, text: bytes) -> None:
        self._lines = text.split(b"\n")
        self._last = (0, "")

    def find(self, number: int) -> str:
        """A line, counted from 1; "" where there is none."""
        if not 0 < number <= len(self._lines):
            return ""
        if self._last[0] != number:
            self._last = number, self._lines[number - 1].decode("utf-8", "replace").rstrip("\r")
        return self._last[1]


def _render_line(finding: Finding, source: Lines, style: Style) -> Iterator[str]:
    """The line of the document, cut around the fault, and a caret below it."""
    line = source.find(finding.line)
    if not line:
        return
    room = max(style.width - len(_INDENT), _LEAST)
    at = min(max(finding.column - 1, 0), len(line))
    # No more characters than could be shown are looked at, however long the line is.
    before = _clean(line[max(0, at - room) : at])
    if at > room or _measure(before) > room * 2 // 3:
        before = "…" + _cut(before[::-1], room // 4)[::-1]
    yield _INDENT + before + _shorten(_clean(line[at : at + room + 1]), room - _measure(before))
    if finding.column:
        yield _INDENT + " " * _measure(before) + _paint("^", _COLOURS[finding.level], style)


def _clean(text: str) -> str:
    """A text of which every character has its width, and none commands the terminal."""
    text = text.replace("\t", " ")
    return text if text.isprintable() else "".join(one if one.isprintable() else "·" for one in text)


def _shorten(text: str, room: int) -> str:
    return text if _measure(text) <= room else _cut(text, room - 1) + "…"


def _cut(text: str, room: int) -> str:
    """The beginning of a text that fits into so many columns."""
    if text.isascii():
        return text[:room]
    return text[: sum(columns <= room for columns in accumulate(map(_measure, text)))]


def _measure(text: str) -> int:
    """The columns that a text takes: none for a combining mark, two for a wide character (Unicode, annex 11)."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def render_sum(report: Report, style: Style = PLAIN) -> str:
    """What a report comes to, in one line."""
    counts = report.count_levels()
    unread = sum(bool(one.fault) for one in report.judged)
    scope = f"{_count(len(report.judged) - unread, 'document')}, {_count(report.rules, 'rule')}"
    if unread:
        scope += f", {_count(unread, 'source')} that cannot be read"
    ignored = sum(sum(one.ignored.values()) for one in report.judged)
    tail = f" ({_count(ignored, 'finding')} ignored)" if ignored else ""
    if not counts:
        said = f"{scope}: nothing found{tail}."
        return said if unread else _paint(said, "32", style)
    said = ", ".join(_count(counts[level], str(level)) for level in sorted(counts, reverse=True))
    return f"{scope}: {said.replace('infos', 'info')}{tail}."


def _count(number: int, word: str) -> str:
    return f"{number:,} {word if number == 1 else word + 's'}"


def _paint(text: str, code: str, style: Style) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if style.colour else text


def group_by_rule(findings: tuple[Finding, ...]) -> Iterator[tuple[str, list[Finding]]]:
    """Findings by their rule, in the order of its id."""
    for rule, several in groupby(sorted(findings, key=lambda finding: finding.rule), key=lambda finding: finding.rule):
        yield rule, list(several)
