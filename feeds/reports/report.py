"""What a validation found, of every document that was looked at: what all reports are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from feeds.rulebook.finding import Finding
from feeds.rulebook.rule import Level

RULES_URL = "https://podcast.example/rules/"
"""Where the page of each rule stands: on the example site, which builds them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One document that was looked at; `text` are its bytes as UTF-8, from which lines are shown, b"" if unknown.

    `feed` is the name of the feed that links to it, "" for a feed itself. `omitted` counts by rule the findings that
    are not listed, `ignored` those that the user does not want to hear. `fault` says why it could not be looked at, ""
    if it was.
    """

    name: str
    text: bytes = b""
    feed: str = ""
    findings: tuple[Finding, ...] = ()
    omitted: Mapping[str, int] = field(default_factory=dict)
    ignored: Mapping[str, int] = field(default_factory=dict)
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that was looked at. `rules` counts the rules of the rulebook, `notes` are remarks for the user."""

    judged: tuple[Judged, ...]
    rules: int
    notes: tuple[str, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings of all documents."""
        return tuple(finding for one in self.judged for finding in one.findings)

    def count_levels(self) -> Counter[Level]:
        """How many findings there are of each level, those included that are not listed."""
        counts: Counter[Level] = Counter(finding.level for finding in self.findings)
        for one in self.judged:
            levels = {finding.rule: finding.level for finding in one.findings}
            for rule, count in one.omitted.items():
                counts[levels[rule]] += count
        return counts

    def is_failed(self, least: Level | None) -> bool:
        """Say whether there is a finding of a level from `least` on, or a document that could not be looked at."""
        if any(one.fault for one in self.judged):
            return True
        return least is not None and any(level >= least for level in self.count_levels())


def find_rule_page(rule: str) -> str:
    """Where the page of a rule stands."""
    return f"{RULES_URL}{rule}/"
