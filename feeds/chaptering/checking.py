"""Chapters held against the rules that look at them: those of their own form, and what holds in any."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import BinaryIO

from feeds.chaptering.platforms import Opinion, find_opinions
from feeds.chaptering.sources import Source, check_readable, read_duration, read_source
from feeds.chapters.json import format_json_text
from feeds.chapters.listing import ChapterList
from feeds.formats import CONTROL, SECOND, format_clock
from feeds.media_types import is_url
from feeds.network.limits import DOCUMENT_LIMITS, Limits
from feeds.rulebook.check import Rulebook, check_document, check_subject
from feeds.rulebook.document import parse_document
from feeds.rulebook.files.chapters import parse_chapters_file
from feeds.rulebook.finding import Finding
from feeds.rulebook.rule import Level, Rule
from feeds.rulebook.source import parse_source
from feeds.rules.every import RULES

_DECLARATION = re.compile(r"<\?xml[^>]*\?>")
_PLACE = re.compile(r"/chapters/(\d+)")
_FEED = (
    '<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><item>'
    "<itunes:duration>{duration}</itunes:duration>{content}</item></channel></rss>"
)
_JUDGED = "json"
"""The form that rules look at as it is written."""

_OWN = {"psc": "chapters-psc-", "stamps": "chapters-text-"}
"""How the rules begin that look at a form which stands in a feed."""

_OF_OTHERS = frozenset(("chapters-psc-missing", "chapters-psc-external-link"))
"""Those of them that look at the rest of the feed."""

_SAID = {
    "psc": frozenset(("chapters-first-not-zero", "chapters-too-few", "chapters-duplicate-start", "chapters-past-end")),
    "stamps": frozenset(
        (
            *("chapters-first-not-zero", "chapters-too-few", "chapters-past-end"),
            *("chapters-too-short", "chapters-title-long"),
        )
    ),
}
"""What the rules of a form say of it themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What was found of a list, the lines that tell it, and what each platform does with it."""

    findings: tuple[Finding, ...]
    lines: tuple[str, ...]
    opinions: tuple[Opinion, ...]

    @property
    def is_failed(self) -> bool:
        """Whether an error is among the findings."""
        return any(finding.level is Level.ERROR for finding in self.findings)


def read_checked(
    source: str, *, stdin: BinaryIO, audio: Path | None, episode: str, limits: Limits = DOCUMENT_LIMITS
) -> tuple[Source, int]:
    """Read what shall be checked, and how long its recording is in milliseconds, 0 if unknown.

    A broken JSON file is for the rules to judge. Raises FeedsError for what cannot be read otherwise.
    """
    duration = read_duration(audio) if audio else 0
    found = read_source(source, stdin=stdin, episode=episode, limits=limits)
    is_judged = found.carrier is not None and found.carrier.name == _JUDGED
    return found if is_judged else check_readable(found), duration


def check_chapters(source: Source, duration: int) -> Check:
    """Hold chapters against the rules; `duration` is that of the recording in milliseconds, 0 if unknown."""
    name = source.carrier.name if source.carrier else ""
    length = duration or source.listing.duration
    opinions = find_opinions(source.listing.chapters, name)
    if name == _JUDGED:
        found = _check_json(source.name, source.text.encode(), length, RULES)
        lines = tuple(f"{source.name}:{one.line}:{one.column}: {_tell(one)}" for one in found)
        return Check(findings=found, lines=lines, opinions=opinions)
    is_alone = bool(source.text)
    own = tuple(_check_own(source, name, length)) if is_alone and name in _OWN else ()
    said = _SAID.get(name, frozenset()) if is_alone else frozenset()
    rules = [rule for rule in RULES if rule.id not in said]
    general = _check_json(source.name, format_json_text(_drop_local(source)).encode(), length, rules)
    return Check(
        findings=(*own, *general),
        lines=(
            *(f"{source.name}: {_tell(one)}" for one in own),
            *(f"{source.name}: {_find_place(source, one)}{_tell(one)}" for one in general),
        ),
        opinions=opinions,
    )


def _check_json(name: str, data: bytes, duration: int, rules: Iterable[Rule]) -> tuple[Finding, ...]:
    file = parse_chapters_file(name, data, duration=duration or None)
    return check_subject("chapters", file, name, Rulebook(rules)).findings


def _check_own(source: Source, name: str, duration: int) -> Iterator[Finding]:
    """Hold a form that stands in a feed against its rules: in a feed of one item with nothing else."""
    text = _DECLARATION.sub("", source.text) if name == "psc" else f"<description>{_escape(source.text)}</description>"
    feed = _FEED.format(duration=duration // SECOND or "", content=text)
    document = parse_document(parse_source(source.name, feed.encode()), at=datetime.now(UTC))
    rules = [rule for rule in RULES if rule.id.startswith(_OWN[name]) and rule.id not in _OF_OTHERS]
    yield from check_document(document, Rulebook(rules)).findings


def _escape(text: str) -> str:
    return escape(CONTROL.sub("", text), quote=False)


def _drop_local(source: Source) -> ChapterList:
    """The list without pictures that are files beside a record, which have an address once they are published."""
    chapters = (chapter if is_url(chapter.image) else replace(chapter, image="") for chapter in source.listing.chapters)
    return replace(source.listing, chapters=tuple(chapters))


def _find_place(source: Source, finding: Finding) -> str:
    """Which chapter a finding is about, "" if it is about the list."""
    match = _PLACE.match(finding.path)
    if match is None or int(match[1]) >= len(source.listing.chapters):
        return ""
    chapter = source.listing.chapters[int(match[1])]
    return f"chapter {int(match[1]) + 1} at {format_clock(chapter.start)}: "


def _tell(finding: Finding) -> str:
    return f"{finding.level}: {finding.message} [{finding.rule}]"
