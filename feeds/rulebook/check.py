"""Holding a document against the rulebook, in one pass.

What a rule looks at, and what it is given:

document            the Document, once
channel             the Channel, once, when it knows the facts of all items
change              the Change since the published feed, where that is given
item                each Item
live                each podcast:liveItem, as an Item
<*>                 every element, as lxml has it
<itunes:image>      every element of that usual name
<podcast:*>         every element whose usual name has that prefix
url, date, plain,   every Value of that kind (feeds.rulebook.values), but for those in which nothing is unusual
html, email, language
text                every Value that is remarkable as a text: with white space around it, odd characters, or long

What is linked to is looked at by itself, one subject at a time (feeds.rulebook.files):

chapters            a ChaptersFile
transcript          a TranscriptFile
artwork, media      an Artwork, a Media
exchange            an Exchange: how the server of a linked file answers, or that of the feed
absence             an Absence: a file that should stand beside the feed
carriers            a CarrierPair: the chapters of an episode in a linked file, and in another carrier
kept                a KeptFile: a linked file under the address that it has in the published feed as well
lookup              the Lookup of all linked files, once
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any, NamedTuple

from lxml import etree

from feeds.rulebook.changes import find_change
from feeds.rulebook.document import Document, find_break, find_name, find_tag, iterate
from feeds.rulebook.finding import Finding, Verdict
from feeds.rulebook.locating import find_spots
from feeds.rulebook.places import Offset, Place, Spot
from feeds.rulebook.rule import PROFILES, Hits, Level, Rule
from feeds.rulebook.values import USUAL, VALUES
from feeds.rulebook.views import Channel, Item, Value

MOST = 200
"""How many findings of one rule are listed, unless all are asked for."""

LONG = 255
"""Characters from which on a text counts as long (PSP-1; Apple's guide)."""

_LONGEST = 1_000_000
"""Characters of a value that rules look at: of a longer one all that is worth saying has been said."""
_MOST_NAMES = 10_000
_MOST_ATTRIBUTES = 100
"""How many attributes of one element are looked at as texts."""

_REMARKABLE = re.compile(r"\A\s|\s\Z|[\x7f-\x9f\ufffd]|[\xc2\xc3\xe2][\x80-\xbf\u20ac]")
_ITEM = "item"
_LIVE = find_tag("podcast:liveItem")


class Chosen(NamedTuple):
    """A rule that counts in this run, and how bad its fault is in it."""

    rule: Rule
    level: Level
    profiles: tuple[str, ...]
    check: Callable[[Any], Hits]


class _Plan(NamedTuple):
    """What is to be looked at in elements of one name, which has the usual prefix."""

    name: str
    rules: tuple[Chosen, ...]
    values: tuple[tuple[str, Callable[[str], bool], tuple[Chosen, ...]], ...]


class Rulebook:
    """The rules that count for chosen profiles and are at least so bad, sorted by what they look at."""

    def __init__(
        self, rules: Iterable[Rule], profiles: Collection[str] = PROFILES, *, least: Level = Level.INFO
    ) -> None:
        self._by_subject: dict[str, list[Chosen]] = {}
        self._plans: dict[str, _Plan] = {}
        for rule in rules:
            level = rule.find_level(profiles)
            if level is not None and level >= least:
                chosen = Chosen(rule, level, rule.find_profiles(profiles), rule.check)
                for subject in rule.on:
                    self._by_subject.setdefault(subject, []).append(chosen)

    def find(self, subject: str) -> tuple[Chosen, ...]:
        """The rules that look at a subject."""
        return tuple(self._by_subject.get(subject, ()))

    def plan(self, element: etree._Element) -> _Plan:
        """What is to be looked at in elements of the same name."""
        plan = self._plans.get(element.tag)
        if plan is None:
            name = find_name(element)
            values = (
                (attribute, USUAL.get(kind, _is_never), self.find(kind)) for attribute, kind in VALUES.get(name, ())
            )
            prefix = name.partition(":")[0]
            plan = _Plan(
                name,
                self.find("<*>") + self.find(f"<{prefix}:*>") + self.find(f"<{name}>"),
                tuple(value for value in values if value[2]),
            )
            if len(self._plans) < _MOST_NAMES:
                self._plans[element.tag] = plan
        return plan


class Hit(NamedTuple):
    """One fault, before anybody has looked up its line."""

    chosen: Chosen
    place: Place
    message: str


class Tally:
    """Collects hits, of each rule only so many as anybody reads."""

    def __init__(self, most: int) -> None:
        self.hits: list[Hit] = []
        self._most = most
        self._counts: Counter[str] = Counter()

    def run(self, rules: Sequence[Chosen], subject: Any) -> None:
        """Hold a subject against rules."""
        for chosen in rules:
            for place, message in chosen.check(subject):
                self._counts[chosen.rule.id] += 1
                if self._counts[chosen.rule.id] <= self._most:
                    self.hits.append(Hit(chosen, place, message))

    def find_omitted(self) -> tuple[tuple[str, int], ...]:
        """Of which rules there were more hits, and how many more."""
        return tuple((rule, count - self._most) for rule, count in self._counts.items() if count > self._most)


def check_document(
    document: Document, book: Rulebook, *, previous: Document | None = None, most: int = MOST
) -> Verdict:
    """Hold a feed against a rulebook, and against what is published of it, if that is given.

    Of each rule no more than `most` findings are listed.
    """
    tally = Tally(most)
    tally.run(book.find("document"), document)
    if document.root is not None and document.channel is not None:
        channel = _check_channel(document.channel, document, book, tally)
        if previous is not None and (change := find_change(previous, channel)):
            tally.run(book.find("change"), change)
    spots = find_spots(document, (hit.place for hit in tally.hits))
    if last := find_break(document):
        # What follows may be an episode that the parser took for a part of the one before.
        tally.hits = [hit for hit in tally.hits if isinstance(hit.place, Offset) or spots[hit.place].line < last]
    return _make_verdict(document.source.name, tally, spots)


def check_subject(on: str, subject: Any, file: str, book: Rulebook, *, most: int = MOST) -> Verdict:
    """Hold something that is no feed, such as a chapters file, against the rules that look at it; they yield Spots."""
    tally = Tally(most)
    tally.run(book.find(on), subject)
    return _make_verdict(file, tally, {hit.place: hit.place for hit in tally.hits if isinstance(hit.place, Spot)})


def _make_verdict(file: str, tally: Tally, spots: dict[Place, Spot]) -> Verdict:
    """Make findings of hits, in the order of the document, the worst of one place first."""
    findings = [
        Finding(
            rule=hit.chosen.rule.id,
            level=hit.chosen.level,
            message=hit.message,
            file=file,
            line=spots[hit.place].line,
            column=spots[hit.place].column,
            path=spots[hit.place].path,
            source=hit.chosen.rule.source,
            profiles=hit.chosen.profiles,
        )
        for hit in tally.hits
    ]
    findings.sort(key=lambda finding: (finding.line, finding.column, -finding.level, finding.rule))
    return Verdict(findings=tuple(findings), omitted=tally.find_omitted())


def _check_channel(element: etree._Element, document: Document, book: Rulebook, tally: Tally) -> Channel:
    """Hold a channel against the rules, item by item, and return it with the facts of all of them."""
    channel = Channel(element, document)
    for child in element.iterchildren(etree.Element):
        if child.tag != _ITEM:
            channel.add(child)
    _check_elements(_find_outer(document, channel), book, tally)
    of_item, of_live = book.find("item"), book.find("live")
    for number, child in enumerate(element.iterchildren(_ITEM), 1):
        item = Item(child, channel, number)
        tally.run(of_item, item)
        _check_elements(iterate(child), book, tally)
        channel.items.append(item.find_facts())
    for number, child in enumerate(element.iterchildren(_LIVE), 1):
        tally.run(of_live, Item(child, channel, number))
    tally.run(book.find("channel"), channel)
    return channel


def _find_outer(document: Document, channel: Channel) -> Iterable[etree._Element]:
    """Every element that is in no item."""
    root = document.root
    if root is not None and root is not channel.element:
        yield root
        for child in root.iterchildren(etree.Element):
            if child is not channel.element:
                yield from iterate(child)
    yield channel.element
    for several in channel.children.values():
        for child in several:
            yield from iterate(child)


def _check_elements(elements: Iterable[etree._Element], book: Rulebook, tally: Tally) -> None:
    of_text = book.find("text")
    for element in elements:
        plan = book.plan(element)
        tally.run(plan.rules, element)
        text = element.text or ""
        for attribute, is_usual, rules in plan.values:
            value = element.get(attribute) if attribute else text
            if value and not is_usual(value):
                tally.run(rules, Value(element, plan.name, attribute, value[:_LONGEST]))
        if of_text:
            if text and _is_remarkable(text) and not len(element):
                tally.run(of_text, Value(element, plan.name, "", text))
            for attribute, written in _find_attributes(element):
                if _is_remarkable(written):
                    tally.run(of_text, Value(element, plan.name, attribute, written))


def _is_never(_text: str) -> bool:
    """Of kinds that no look can tell to be right."""
    return False


def _is_remarkable(text: str) -> bool:
    """Say whether the rules for texts may have something to say; most texts are short and plain."""
    if text.isascii() and len(text) <= LONG:
        return text[:1] <= " " or text[-1:] <= " "
    return len(text) > LONG or _REMARKABLE.search(text) is not None


def _find_attributes(element: etree._Element) -> Iterator[tuple[str, str]]:
    # The parser looks for each value from the start, so that the time grows with the square of the number.
    for attribute in map(str, islice(element.attrib, _MOST_ATTRIBUTES)):
        with suppress(ValueError):  # a name that the parser lets through and that is none
            yield attribute, element.get(attribute) or ""
