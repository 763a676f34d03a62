"""The forms in which a report is written, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from feeds.reports.programs import render_github, render_json, render_junit
from feeds.reports.report import Report
from feeds.reports.sarif import render_sarif
from feeds.reports.text import Style, render_text
from feeds.rules.every import RULE_BY_ID

Render = Callable[[Report, Style], str]

FORMATS: Mapping[str, Render] = {
    "text": render_text,
    "json": lambda report, _style: render_json(report),
    "sarif": lambda report, _style: render_sarif(report, RULE_BY_ID),
    "github": lambda report, _style: render_github(report),
    "junit": lambda report, _style: render_junit(report),
}
