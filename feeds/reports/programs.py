"""Findings for programs: JSON of our own, annotations for GitHub, JUnit XML."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from feeds.reports.report import Judged, Report, find_rule_page
from feeds.reports.text import group_by_rule, render_sum
from feeds.rulebook.finding import Finding
from feeds.rulebook.rule import Level

SCHEMA = Path(__file__).with_name("report.schema.json")
"""The JSON Schema of the JSON report."""

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}


def render_json(report: Report) -> str:
    """Render a report as JSON, as report.schema.json describes it."""
    counts = report.count_levels()
    document = {
        "findings": [list_finding(finding) for finding in report.findings],
        "documents": [
            {
                "file": one.name,
                "fault": one.fault,
                "omitted": dict(one.omitted),
                "ignored": dict(one.ignored),
            }
            for one in report.judged
        ],
        "summary": {str(level): counts[level] for level in sorted(Level, reverse=True)},
        "notes": list(report.notes),
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def list_finding(finding: Finding) -> dict[str, object]:
    """A finding as it stands in JSON."""
    return {
        "rule": finding.rule,
        "level": str(finding.level),
        "message": finding.message,
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "path": finding.path,
        "source": finding.source,
        "profiles": list(finding.profiles),
        "help": find_rule_page(finding.rule),
    }


def render_github(report: Report) -> str:
    """Render a report as workflow commands, which GitHub shows in the diff (GitHub Docs, workflow commands).

    What it comes to stands in the log alone.
    """
    lines = [_format_command("error", {"file": one.name}, one.fault) for one in report.judged if one.fault]
    for finding in report.findings:
        where = {"file": finding.file, "title": finding.rule}
        if finding.line:
            where |= {"line": str(finding.line)}
        if finding.column:
            where |= {"col": str(finding.column)}
        lines.append(_format_command(_COMMANDS[finding.level], where, finding.message))
    for one in report.judged:
        lines += [
            _format_command("notice", {"file": one.name, "title": rule}, f"and {count} more of {rule}")
            for rule, count in one.omitted.items()
        ]
    lines += [_format_command("notice", {}, note) for note in report.notes]
    return "".join(f"{line}\n" for line in [*lines, render_sum(report)])


def _format_command(command: str, properties: Mapping[str, str], message: str) -> str:
    written = ",".join(f"{name}={_escape_property(value)}" for name, value in properties.items())
    return f"::{command} {written}".rstrip() + f"::{_escape(message)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")


def render_junit(report: Report) -> str:
    """Render a report as JUnit XML: a suite for each document, a case for each rule that found something.

    A case fails where its findings fail the run.
    """
    root = etree.Element("testsuites", name="feeds validate")
    for one in report.judged:
        _add_suite(root, one, report)
    for total in ("tests", "failures", "errors"):
        root.set(total, str(sum(int(suite.get(total, "0")) for suite in root)))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True).decode()


def _add_suite(root: etree._Element, one: Judged, report: Report) -> None:
    rules = list(group_by_rule(one.findings))
    suite = etree.SubElement(root, "testsuite", name=clean(one.name))
    if one.fault:
        case = etree.SubElement(suite, "testcase", classname=clean(one.name), name="can be read")
        etree.SubElement(case, "error", message=clean(one.fault))
    elif not rules:
        etree.SubElement(suite, "testcase", classname=clean(one.name), name="keeps every rule")
    failures = 0
    for rule, findings in rules:
        case = etree.SubElement(suite, "testcase", classname=clean(one.name), name=rule)
        lines = "\n".join(f"{finding.file}:{finding.line}:{finding.column}: {finding.message}" for finding in findings)
        if rule in one.omitted:
            lines += f"\nand {one.omitted[rule]} more"
        if not report.fails(findings[0].level):
            etree.SubElement(case, "system-out").text = clean(lines)
        else:
            failures += 1
            message = clean(findings[0].message)
            etree.SubElement(case, "failure", type=str(findings[0].level), message=message).text = clean(lines)
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(failures))
    suite.set("errors", str(int(bool(one.fault))))


def clean(text: str) -> str:
    """A text without the characters that XML forbids (XML 1.0, section 2.2)."""
    return "".join(
        character if character in "\t\n\r" or (character >= " " and not "\ud800" <= character <= "\udfff") else "\ufffd"
        for character in text
    ).translate({0xFFFE: "\ufffd", 0xFFFF: "\ufffd"})
