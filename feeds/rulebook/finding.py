"""What was found: one fault at one place, under one rule."""

from __future__ import annotations

from dataclasses import dataclass

from feeds.rulebook.rule import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault.

    `file` is the path or URL of the document, `line` and `column` count from 1 (in characters), and 0 means the whole
    document. `path` leads to the element (/rss/channel/item[3]/enclosure/@url) or the value (/chapters/2/startTime).
    `profiles` are those that ask for it, of the ones that were chosen.
    """

    rule: str
    level: Level
    message: str
    file: str
    line: int = 0
    column: int = 0
    path: str = ""
    source: str = ""
    profiles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found in one document, in its order; `omitted` counts by rule those that are not listed."""

    findings: tuple[Finding, ...]
    omitted: tuple[tuple[str, int], ...] = ()
