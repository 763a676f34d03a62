"""Judging feeds: each as it came is held against the rulebook, and what the user ignores is set aside."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from feeds.errors import FeedsError
from feeds.network.limits import DOCUMENT_LIMITS
from feeds.reports.report import Judged, Report
from feeds.rulebook.check import MOST, Rulebook, check_document
from feeds.rulebook.document import Document, parse_document
from feeds.rulebook.files.linked import LINKED
from feeds.rulebook.finding import Verdict
from feeds.rulebook.rule import PROFILES
from feeds.rulebook.source import parse_source
from feeds.rules.every import RULE_BY_ID, RULES
from feeds.validating.origins import Origin, read_origins

Tell = Callable[[int, int], None]

EVERYTHING = 1_000_000_000
"""As many findings of one rule as nobody has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a user wants of a validation.

    `at` is the time against which dates are held, `url` the address at which a feed from the disk is published, "" if
    unknown. `ignored` has a reason by the id of each rule that the user does not want to hear of. `against` is the
    published feed, as a path or URL, "" for none. `linked` asks for what a feed links to as well. `most` is how many
    findings of a rule are listed.
    """

    at: dt.datetime
    profiles: Collection[str] = PROFILES
    url: str = ""
    ignored: Mapping[str, str] = field(default_factory=dict)
    against: str = ""
    allow_private: bool = False
    linked: bool = False
    most: int = MOST


def judge_sources(sources: Iterable[str], wishes: Wishes, *, stdin: BinaryIO, progress: Tell | None = None) -> Report:
    """Judge every feed that the sources name; one that cannot be read is told, and the others are still judged.

    `progress` is told how many of how many linked files of a feed have been looked at.
    """
    book = Rulebook(RULES, wishes.profiles)
    limits = replace(DOCUMENT_LIMITS, allow_private=wishes.allow_private)
    judged: list[Judged] = []
    for source in sources:
        try:
            previous = _read_previous(wishes, stdin)
            for origin in read_origins(source, stdin=stdin, limits=limits):
                judged += judge_origin(origin, book, wishes, previous, progress)
        except FeedsError as error:
            judged += (Judged(name=fault.path, fault=fault.message) for fault in error.faults)
    return Report(judged=tuple(judged), rules=len(RULES), notes=tuple(_find_idle(judged, wishes)))


def judge_origin(
    origin: Origin, book: Rulebook, wishes: Wishes, previous: Document | None, progress: Tell | None = None
) -> list[Judged]:
    """Judge one feed, and of what it links to everything in which something is found, if that is wished."""
    document = _parse(origin, wishes)
    verdict = check_document(document, book, previous=previous, most=wishes.most)
    judged = [sort_verdict(origin.name, document.source.text, verdict, wishes.ignored)]
    if wishes.linked:
        # Costs every other validation its time.
        from feeds.validating.linked import LINK_LIMITS, fetch_linked_files

        each = replace(LINK_LIMITS.each, allow_private=wishes.allow_private)
        files = fetch_linked_files(document, origin, book, replace(LINK_LIMITS, each=each), progress)
        judged += (sort_verdict(file.name, file.text, file.verdict, wishes.ignored) for file in files)
    return judged


def sort_verdict(name: str, text: bytes, verdict: Verdict, ignored: Mapping[str, str]) -> Judged:
    """Set aside what the user does not want to hear of."""
    silent = Counter(finding.rule for finding in verdict.findings if finding.rule in ignored)
    silent.update({rule: count for rule, count in verdict.omitted if rule in ignored})
    return Judged(
        name=name,
        text=text,
        findings=tuple(finding for finding in verdict.findings if finding.rule not in ignored),
        omitted={rule: count for rule, count in verdict.omitted if rule not in ignored},
        ignored=silent,
    )


def _parse(origin: Origin, wishes: Wishes) -> Document:
    source = parse_source(origin.name, origin.data)
    return parse_document(source, at=wishes.at, url=origin.url or wishes.url, charset=origin.charset)


def _read_previous(wishes: Wishes, stdin: BinaryIO) -> Document | None:
    """The published feed; of a folder the first. Raises FeedsError if there is none."""
    if not wishes.against:
        return None
    limits = replace(DOCUMENT_LIMITS, allow_private=wishes.allow_private)
    return _parse(next(read_origins(wishes.against, stdin=stdin, limits=limits)), wishes)


def _find_idle(judged: Iterable[Judged], wishes: Wishes) -> Iterator[str]:
    """Name each ignore that matched nothing though it could, as it would hide the next fault of its kind."""
    matched = {rule for one in judged for rule in one.ignored}
    for rule in wishes.ignored:
        is_looked_at = wishes.linked or not LINKED.issuperset(RULE_BY_ID[rule].on)
        if rule not in matched and is_looked_at:
            yield f"{rule} is ignored, and nothing was found of it: take it out"
