"""Findings for people: where, how bad, what, and the line with a mark under the fault."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from feeds.reports.report import Judged, Report
from feeds.rulebook.finding import Finding
from feeds.rulebook.rule import Level

SHOWN = 3
"""How many findings of one rule in one document are shown before the rest is counted."""

_COLOURS = {Level.ERROR: "31", Level.WARNING: "33", Level.INFO: "36"}
_BEFORE = 24
"""Columns of the line that are kept before the fault, where it has to be cut."""


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
    for one in report.judged:
        if one.fault:
            lines.append(f"{one.name}: {one.fault}")
        lines += _render_document(one, style)
    lines += [f"note: {note}" for note in report.notes]
    return "\n".join([*lines, _render_sum(report, style)]) + "\n"


def _render_document(one: Judged, style: Style) -> Iterator[str]:
    source = one.text.split(b"\n") if one.findings else []
    seen: Counter[str] = Counter()
    total = Counter(finding.rule for finding in one.findings) + Counter(one.omitted)
    for finding in one.findings:
        seen[finding.rule] += 1
        if seen[finding.rule] > SHOWN and not style.everything:
            continue
        yield _render_head(finding, style)
        yield from _render_line(finding, source, style)
        if seen[finding.rule] == SHOWN and total[finding.rule] > SHOWN and not style.everything:
            yield f"    … and {total[finding.rule] - SHOWN} more of {finding.rule} (--all shows them)"
    if style.everything:
        yield from (f"    … and {count} more of {rule}" for rule, count in one.omitted.items())


def _render_head(finding: Finding, style: Style) -> str:
    place = finding.file
    if finding.line:
        place += f":{finding.line}"
        if finding.column:
            place += f":{finding.column}"
    level = _paint(str(finding.level), f"1;{_COLOURS[finding.level]}", style)
    return f"{_paint(place, '1', style)}: {level}: {finding.message} {_paint(f'[{finding.rule}]', '2', style)}"


def _render_line(finding: Finding, source: list[bytes], style: Style) -> Iterator[str]:
    """The line of the document, cut around the fault, and a caret below it."""
    if not 0 < finding.line <= len(source):
        return
    line = source[finding.line - 1][:100_000].decode("utf-8", "replace").rstrip("\r").expandtabs(1)
    line = "".join(character if character.isprintable() else "·" for character in line)
    at = min(max(finding.column - 1, 0), len(line))
    start = 0 if at < style.width - _BEFORE - 8 else at - _BEFORE
    before = ("…" if start else "") + line[start:at]
    room = style.width - 4 - _measure(before)
    after = line[at:]
    shown = _cut(after, room)
    yield f"    {before}{shown}".rstrip()
    yield "    " + " " * _measure(before) + _paint("^", _COLOURS[finding.level], style)


def _cut(text: str, room: int) -> str:
    """The beginning of a text that fits into so many columns."""
    columns = 0
    for number, character in enumerate(text):
        columns += _measure(character)
        if columns > room:
            return text[: max(number - 1, 0)] + "…"
    return text


def _measure(text: str) -> int:
    """The columns that a text takes: none for a combining mark, two for a wide character (Unicode, annex 11)."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def _render_sum(report: Report, style: Style) -> str:
    counts = report.count_levels()
    looked_at = sum(not one.fault for one in report.judged)
    scope = f"{_count(looked_at, 'document')}, {_count(report.rules, 'rule')}"
    ignored = sum(sum(one.ignored.values()) for one in report.judged)
    tail = f" ({_count(ignored, 'finding')} ignored)" if ignored else ""
    if not counts:
        return _paint(f"{scope}: nothing found{tail}.", "32", style)
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
