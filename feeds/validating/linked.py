"""Looking at everything that a feed links to, and holding it against the rulebook."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from urllib.parse import urlsplit

from feeds.errors import format_path
from feeds.markup.meaning import parse_feed_duration
from feeds.media_types import is_url
from feeds.network.connections import Guard
from feeds.network.limits import Limits
from feeds.network.places import format_shown_url
from feeds.progress import Tell
from feeds.rulebook.check import Rulebook, check_subject
from feeds.rulebook.files.chapters import parse_chapters_file
from feeds.rulebook.files.linked import Absence, Artwork, Carrier, Exchange, Lookup, Media, Use
from feeds.rulebook.files.transcripts import parse_transcript_file
from feeds.rulebook.finding import Finding, Verdict
from feeds.validating.carriers import find_carrier_pairs, parse_carrier
from feeds.validating.editions import Edition
from feeds.validating.keeping import Keeping, fetch_kept_file, find_keepings
from feeds.validating.lanes import run_in_lanes
from feeds.validating.links import Link, find_links
from feeds.validating.sights import Sight, fetch_feed_exchange, fetch_sight, measure_local
from feeds.validating.surroundings import find_surroundings

_EACH = Limits(read=20.0, total=60.0, tries=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkLimits:
    """What looking at linked files may cost.

    `each` holds for every file by itself. No more than `at_once` are looked at together, and of one server no more than
    `per_host`. `seconds` are those of all of them: what is not looked at by then is told.
    """

    each: Limits = _EACH
    at_once: int = 16
    per_host: int = 4
    seconds: float = 600.0


LINK_LIMITS = LinkLimits()
NOTHING = Verdict(findings=())


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedFile:
    """A linked file in which something was found: its path or address, its text where that has lines, the verdict."""

    name: str
    text: bytes = b""
    verdict: Verdict = NOTHING

    def add(self, verdict: Verdict) -> LinkedFile:
        """The same file with what else was found in it."""
        return replace(self, verdict=_add_verdicts([self.verdict, verdict]))


def fetch_linked_files(
    edition: Edition,
    book: Rulebook,
    limits: LinkLimits = LINK_LIMITS,
    *,
    published: Edition | None = None,
    progress: Tell | None = None,
) -> tuple[LinkedFile, ...]:
    """Look at every file that a feed links to, and at its own server where it came from one.

    Files that stand beside the feed are read there, everything else is fetched: documents and pictures whole,
    recordings in the parts that tell what they are. Each is looked at once, however many elements name it. Those that
    stand beside the feed are compared with what the published one has under the same address, where it is given. What
    was found is given by file, in the order of the feed. Nothing that a server or a file does raises.
    """
    search = _Search(edition, book, limits, published)
    found: dict[int, LinkedFile] = {}
    tell = _count(progress, search.total)
    run = partial(run_in_lanes, at_once=limits.at_once, each=limits.per_host)
    for jobs in search.find_jobs():
        for (number, _), file in run(search.fetch_file, jobs, search.find_lane):
            found[number] = file
            tell()
    for keeping, verdict in run(search.fetch_kept, search.keepings, _find_kept_lane):
        found[keeping.number] = found[keeping.number].add(verdict)
        tell()
    for number, verdict in search.check_carriers():
        found[number] = found[number].add(verdict)
    several = [*(file for _, file in sorted(found.items())), search.check_rest()]
    return tuple(file for file in several if file.verdict.findings)


_Job = tuple[int, Link | None]
"""A file by its number in the feed; None is the feed itself."""


class _Search:
    """One look at all linked files, and what the later part of it has to know of the earlier."""

    def __init__(self, edition: Edition, book: Rulebook, limits: LinkLimits, published: Edition | None) -> None:
        document, origin = edition.document, edition.origin
        self._name = document.source.name
        self._feed = origin.name if origin.url else ""
        self._around = find_surroundings(document, origin.file)
        self._links = find_links(document, self._around.url)
        self._book = book
        self._limits = limits
        self._end = time.monotonic() + limits.seconds
        self._document = document
        self._durations: dict[str, int] = {}
        self._carriers: dict[str, Carrier] = {}
        self._missed: list[str] = []
        self.keepings = tuple(find_keepings(self._links, self._around, published)) if published else ()
        self.total = len(self._links.files) + bool(self._feed) + len(self.keepings)

    def find_jobs(self) -> Iterator[list[_Job]]:
        """First the feed, recordings and pictures; then what is held against the length of a recording."""
        first: list[_Job] = [(-1, None)] if self._feed else []
        second: list[_Job] = []
        for number, link in enumerate(self._links.files):
            (first if link.purpose in ("media", "artwork") else second).append((number, link))
        yield first
        yield second

    def find_lane(self, job: _Job) -> str:
        """The server of a file, "" for the disk."""
        url = job[1].url if job[1] else self._feed
        return "" if job[1] and self._around.locate(url) else _find_host(url)

    def fetch_file(self, job: _Job) -> LinkedFile:
        """Look at one file."""
        link = job[1]
        url = link.url if link else self._feed
        path = self._around.locate(url) if link else None
        limits = self._find_limits(url)
        if limits is None:
            return LinkedFile(name=url)
        if link and path:
            return self._judge(link, measure_local(link, path), format_path(path))
        shown = format_shown_url(url)
        if not is_url(url):
            return LinkedFile(name=shown)
        with Guard(limits) as guard:
            if link is None:
                exchange = fetch_feed_exchange(url, guard, self._links.hubs)
                return LinkedFile(name=shown, verdict=check_subject("exchange", exchange, shown, self._book))
            sight = fetch_sight(link, guard)
        return self._judge(link, sight, shown)

    def fetch_kept(self, keeping: Keeping) -> Verdict:
        """Compare a file with the one that is published under its address."""
        limits = self._find_limits(keeping.link.url)
        if limits is None:
            return NOTHING
        with Guard(limits) as guard:
            kept = fetch_kept_file(keeping, guard)
        if kept is None:
            return NOTHING
        verdict = check_subject("kept", kept, format_path(keeping.path), self._book)
        return _join_verdicts([verdict], keeping.link.uses, self._name)

    def _find_limits(self, url: str) -> Limits | None:
        """What looking at one more file may cost; None if the time of all is over, and then it is told."""
        left = self._end - time.monotonic()
        if left <= 0:
            self._missed.append(url)
            return None
        each = self._limits.each
        return replace(each, total=min(each.total, left))

    def _judge(self, link: Link, sight: Sight, shown: str) -> LinkedFile:
        """Hold against the rulebook what was seen of a file, and keep what is asked for later."""
        if link.purpose == "media":
            self._durations[link.url] = sight.duration
            self._carriers[link.url] = Carrier(name="the chapters in the recording", chapters=sight.chapters)
        verdicts = [check_subject(_ON[type(subject)], subject, shown, self._book) for subject in sight.subjects]
        if sight.data is not None:
            verdicts.append(self._check_data(link, sight.data, shown))
        verdict = _join_verdicts(verdicts, link.uses, self._name)
        has_lines = any(finding.line for finding in verdict.findings)
        return LinkedFile(name=shown, text=sight.data or b"" if has_lines else b"", verdict=verdict)

    def _check_data(self, link: Link, data: bytes, shown: str) -> Verdict:
        """Hold chapters or a transcript against the rulebook."""
        duration = self._find_duration(link.uses[0])
        if link.purpose == "chapters":
            self._carriers[link.url] = parse_carrier(data)
            chapters = parse_chapters_file(shown, data, duration=duration)
            return check_subject("chapters", chapters, shown, self._book)
        transcript = parse_transcript_file(shown, data, type=link.uses[0].type, duration=duration)
        return check_subject("transcript", transcript, shown, self._book)

    def _find_duration(self, use: Use) -> int | None:
        """How many milliseconds the recording of an item lasts, by itself or else by what the feed says."""
        measured = self._durations.get(self._links.enclosures.get(use.item, ""))
        return measured or parse_feed_duration(use.duration) or None

    def check_carriers(self) -> Iterator[tuple[int, Verdict]]:
        """What differs in the chapters of an item, with the number of the linked file that differs."""
        for number, pair in find_carrier_pairs(self._document, self._links, self._carriers):
            link = self._links.files[number]
            path = self._around.locate(link.url)
            shown = format_path(path) if path else format_shown_url(link.url)
            verdict = check_subject("carriers", pair, shown, self._book)
            yield number, _join_verdicts([verdict], link.uses, self._name)

    def check_rest(self) -> LinkedFile:
        """Say which files there was no time for."""
        lookup = Lookup(missed=tuple(dict.fromkeys(map(format_shown_url, self._missed))), seconds=self._limits.seconds)
        return LinkedFile(name=self._name, verdict=check_subject("lookup", lookup, self._name, self._book))


_ON: Mapping[type, str] = {Exchange: "exchange", Artwork: "artwork", Media: "media", Absence: "absence"}


def _find_host(url: str) -> str:
    return urlsplit(url).netloc.rpartition("@")[2].lower()


def _find_kept_lane(keeping: Keeping) -> str:
    """The server that has the published file, "" for the disk."""
    return "" if keeping.before else _find_host(keeping.link.url)


def _count(progress: Tell | None, total: int) -> Callable[[], None]:
    """What is called after each file, so that progress is told how many of all that is."""
    done = count(1)
    return lambda: progress(next(done), total) if progress else None


def _join_verdicts(verdicts: Iterable[Verdict], uses: tuple[Use, ...], feed: str) -> Verdict:
    """Make one verdict of those on the same file, each finding of which says what line of the feed names the file."""
    lines = {use.path: use.line for use in reversed(uses)}
    verdict = _add_verdicts(list(verdicts))
    named = (_name_feed(finding, lines.get(finding.path, uses[0].line), feed) for finding in verdict.findings)
    return replace(verdict, findings=tuple(named))


def _add_verdicts(verdicts: Sequence[Verdict]) -> Verdict:
    omitted: Counter[str] = Counter()
    for verdict in verdicts:
        omitted.update(dict(verdict.omitted))
    findings = tuple(finding for verdict in verdicts for finding in verdict.findings)
    return Verdict(findings=findings, omitted=tuple(omitted.items()))


def _name_feed(finding: Finding, line: int, feed: str) -> Finding:
    return replace(finding, message=f"{finding.message} (named in line {line} of {feed})")
