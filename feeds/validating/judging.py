"""Judging feeds: each as it came is held against the rulebook, and what the user ignores is set aside."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from feeds.errors import Fault
from feeds.network.limits import DOCUMENT_LIMITS
from feeds.progress import Tell
from feeds.reports.report import Judged, Report
from feeds.rulebook.check import MOST, Rulebook, check_document
from feeds.rulebook.document import Document, parse_document
from feeds.rulebook.files.linked import AGAINST, LINKED
from feeds.rulebook.finding import Verdict
from feeds.rulebook.rule import PROFILES
from feeds.rulebook.source import parse_source
from feeds.rules.every import RULES
from feeds.validating.editions import Edition, find_published
from feeds.validating.ignores import Ignored, read_ignored
from feeds.validating.origins import Origin, read_origins

EVERYTHING = 1_000_000_000
"""As many findings of one rule as nobody has."""

_NOTHING_PUBLISHED = "holds no channel, so nothing can be held against it: name the feed as it is published"
"""A guard that finds nothing since it has nothing, such as the page of an error, would be none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a user wants of a validation.

    `at` is the time against which dates are held, `url` the address at which a feed from the disk is published, "" if
    unknown. `ignored` has a reason by the id of each rule that the user does not want to hear of, besides what the
    channel.toml of `project` ignores; None is the project in which each source lies. `against` is the published feed,
    as a path or URL, or a folder with several, "" for none. `linked` asks for what a feed links to as well. `most` is
    how many findings of a rule are listed.
    """

    at: dt.datetime
    profiles: Collection[str] = PROFILES
    url: str = ""
    ignored: Ignored = field(default_factory=dict)
    project: Path | None = None
    against: str = ""
    allow_private: bool = False
    linked: bool = False
    most: int = MOST


def judge_sources(sources: Sequence[str], wishes: Wishes, *, stdin: BinaryIO, progress: Tell | None = None) -> Report:
    """Judge every feed that the sources name; one that cannot be read is told, and the others are still judged.

    `progress` is told how many of how many linked files of a feed have been looked at. Raises FeedsError if the
    channel.toml of a source cannot be read.
    """
    several = [{**ignored, **wishes.ignored} for ignored in read_ignored(sources, wishes.project)]
    limits = replace(DOCUMENT_LIMITS, allow_private=wishes.allow_private)
    book = Rulebook(RULES, wishes.profiles)
    judged: list[Judged] = []
    published: list[Edition] = []
    for origin in read_origins(wishes.against, stdin=stdin, limits=limits) if wishes.against else ():
        if isinstance(origin, Fault):
            judged.append(_tell(origin))
        elif (document := _parse(origin, wishes)).channel is None:
            judged.append(Judged(name=origin.name, fault=_NOTHING_PUBLISHED))
        else:
            published.append(Edition(document=document, origin=origin))
    for source, ignored in zip(sources, several, strict=True):
        for origin in read_origins(source, stdin=stdin, limits=limits):
            if isinstance(origin, Origin):
                judged += _judge_origin(origin, book, replace(wishes, ignored=ignored), published, progress)
            else:
                judged.append(_tell(origin))
    asked = _find_asked(wishes)
    return Report(judged=tuple(judged), rules=len(asked), notes=tuple(_find_idle(judged, several, asked)))


def _tell(fault: Fault) -> Judged:
    return Judged(name=fault.path, fault=fault.message)


def _judge_origin(
    origin: Origin, book: Rulebook, wishes: Wishes, published: Sequence[Edition], progress: Tell | None = None
) -> list[Judged]:
    """Judge one feed, and of what it links to everything in which something is found, if that is wished."""
    document = _parse(origin, wishes)
    before = find_published(document, published)
    verdict = check_document(document, book, previous=before.document if before else None, most=wishes.most)
    judged = [_set_aside(origin.name, document.source.text, verdict, wishes.ignored)]
    if wishes.linked:
        # Costs every other validation its time.
        from feeds.validating.linked import LINK_LIMITS, fetch_linked_files

        each = replace(LINK_LIMITS.each, allow_private=wishes.allow_private)
        limits = replace(LINK_LIMITS, each=each)
        edition = Edition(document=document, origin=origin)
        files = fetch_linked_files(edition, book, limits, published=before, progress=progress)
        linked = (_set_aside(file.name, file.text, file.verdict, wishes.ignored) for file in files)
        judged += (replace(one, feed=origin.name) for one in linked)
    return judged


def _set_aside(name: str, text: bytes, verdict: Verdict, ignored: Ignored) -> Judged:
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


def _find_asked(wishes: Wishes) -> frozenset[str]:
    """The rules that these wishes ask for: somebody among the profiles wants them, and there is what they look at."""
    absent = {*(() if wishes.linked else LINKED), *(() if wishes.against else AGAINST)}
    wanted = (rule for rule in RULES if rule.find_profiles(wishes.profiles))
    return frozenset(rule.id for rule in wanted if not absent.issuperset(rule.on))


def _find_idle(judged: Iterable[Judged], several: Iterable[Ignored], asked: Container[str]) -> Iterator[str]:
    """Name each ignore that matched nothing though it could, as it would hide the next fault of its kind."""
    if any(one.fault for one in judged):
        return
    matched = {rule for one in judged for rule in one.ignored}
    for rule in sorted({rule for ignored in several for rule in ignored}):
        if rule in asked and rule not in matched:
            yield f"{rule} is ignored, and nothing was found of it: take it out"
