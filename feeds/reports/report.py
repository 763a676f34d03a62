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
    """Everything that was looked at. `rules` counts the rules of the rulebook, `notes` are remarks for the user.

    `fails_from` is the level from which on a finding fails the run, None if none does.
    """

    judged: tuple[Judged, ...]
    rules: int
    notes: tuple[str, ...] = ()
    fails_from: Level | None = Level.ERROR

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

    def fails(self, level: Level) -> bool:
        """Say whether a finding of a level fails the run."""
        return self.fails_from is not None and level >= self.fails_from

    @property
    def is_failed(self) -> bool:
        """Say whether there is a finding that fails the run, or a document that could not be looked at."""
        return any(one.fault for one in self.judged) or any(map(self.fails, self.count_levels()))


def find_rule_page(rule: str) -> str:
    """Where the page of a rule stands."""
    return f"{RULES_URL}{rule}/"
