"""Findings as SARIF 2.1.0, which code scanning reads (OASIS, Static Analysis Results Interchange Format)."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from feeds import __version__
from feeds.media_types import is_url
from feeds.reports.report import Report, find_rule_page
from feeds.rulebook.authorities import find_documents
from feeds.rulebook.finding import Finding
from feeds.rulebook.rule import Level, Rule

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
                        "toolExecutionNotifications": [
                            {"level": "error", "message": {"text": f"{one.name}: {one.fault}"}}
                            for one in report.judged
                            if one.fault
                        ],
                    }
                ],
                "results": [_format_result(finding, index, seen) for finding in report.findings],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


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
    # What stays when lines move: the rule, the document, and the way to the element, by the times that it occurs.
    mark = f"{finding.rule}\n{finding.file}\n{finding.path}"
    seen[mark] += 1
    fingerprint = hashlib.sha256(f"{mark}\n{seen[mark]}".encode()).hexdigest()
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
    """A path as a relative URI, so that code scanning finds the file in the repository."""
    return file if is_url(file) and urlsplit(file).netloc else quote(file.replace("\\", "/"))
