"""Findings as SARIF 2.1.0, which code scanning reads (OASIS, Static Analysis Results Interchange Format)."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from urllib.parse import quote

from feeds import __version__
from feeds.media_types import is_url
from feeds.reports.report import Report, find_rule_page
from feeds.rulebook.authorities import find_documents
from feeds.rulebook.finding import Finding
from feeds.rulebook.rule import Level, Rule

_NUMBER = re.compile(r"\[\d+\]")
_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}


def render_sarif(report: Report, rules: Mapping[str, Rule]) -> str:
    """Render a report as a SARIF log; `rules` is the rulebook by id, of which those that found something are described.

    Columns are counted in characters.
    """
    used = sorted({finding.rule for finding in report.findings})
    index = {rule: number for number, rule in enumerate(used)}
    seen: Counter[str] = Counter()
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "feeds",
                        "version": __version__,
                        "informationUri": find_rule_page("").rstrip("/"),
                        "rules": [_describe(rules[rule]) for rule in used if rule in rules],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "invocations": [
                    {
                        "executionSuccessful": not any(one.fault for one in report.judged),
                        "toolExecutionNotifications": list(_list_notifications(report)),
                    }
                ],
                "results": [_format_result(finding, index, seen) for finding in report.findings],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _list_notifications(report: Report) -> Iterator[dict[str, object]]:
    """What is said of the validation, and not of a place in a document."""
    for one in report.judged:
        if one.fault:
            yield {"level": "error", "message": {"text": f"{one.name}: {one.fault}"}}
        for rule, count in one.omitted.items():
            yield {"level": "note", "message": {"text": f"{one.name}: and {count} more of {rule}"}}
    for note in report.notes:
        yield {"level": "note", "message": {"text": note}}


def _describe(rule: Rule) -> dict[str, object]:
    sources = ", ".join(f"[{name}]({url})" if url else name for name, url in find_documents(rule.source))
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": f"{rule.summary} {rule.why}"},
        "help": {"text": f"{rule.why}\n\n{rule.source}", "markdown": f"{rule.why}\n\n{sources}"},
        "helpUri": find_rule_page(rule.id),
        "defaultConfiguration": {"level": _LEVELS[max(rule.levels.values())]},
        "properties": {"tags": sorted(rule.levels)},
    }


def _format_result(finding: Finding, index: Mapping[str, int], seen: Counter[str]) -> dict[str, object]:
    # What stays when lines move and a new episode comes in above: which number an item has is left out.
    mark = f"{finding.rule}\n{finding.file}\n{_NUMBER.sub('', finding.path)}\n{finding.message}"
    seen[mark] += 1
    fingerprint = hashlib.sha256(f"{mark}\n{seen[mark]}".encode("utf-8", "surrogateescape")).hexdigest()
    location: dict[str, object] = {"artifactLocation": {"uri": _format_uri(finding.file)}}
    if finding.line:
        location["region"] = {"startLine": finding.line} | ({"startColumn": finding.column} if finding.column else {})
    logical = [{"fullyQualifiedName": finding.path}] if finding.path else []
    return {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": _LEVELS[finding.level],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": location, **({"logicalLocations": logical} if logical else {})}],
        "partialFingerprints": {"finding/v1": fingerprint},
        "properties": {"profiles": list(finding.profiles)},
    }


def _format_uri(file: str) -> str:
    """A path as a relative URI, so that code scanning finds the file in the repository; outside of it, an absolute one.

    >>> _format_uri("public/my show/feed.xml"), _format_uri("/srv/feed.xml")
    ('public/my%20show/feed.xml', 'file:///srv/feed.xml')
    >>> _format_uri("https://example.org/käse feed?page=2")
    'https://example.org/k%C3%A4se%20feed?page=2'
    """
    if is_url(file):
        return quote(file, safe="%!#$&'()*+,/:;=?@[]~")
    path = quote(PurePath(file).as_posix(), errors="surrogateescape")
    return f"file://{path}" if PurePath(file).is_absolute() else path
