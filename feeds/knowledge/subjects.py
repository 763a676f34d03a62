"""People, organisations and ideas across all episodes: who is one and the same, and who appears where.

A name is the same whatever its case and punctuation. Types that differ are one, and the most used one wins; but a
person and something else of the same name stay two, unless channel.toml says under [aliases] that they are not.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from feeds import addresses
from feeds.formats import format_slug
from feeds.knowledge.names import find_full_name, find_name_language, fold_name
from feeds.model import Alias, Item, Show

Key = tuple[str, str]
"""A sort of names and a folded name: "person", "idea", or "alias" for what channel.toml names."""

Place = tuple[int, int]
"""An episode by the numbers of its podcast and of itself in there."""

PERSON = "person"

NEIGHBOURS = 8
"""How many of those that appear with a subject are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A person, an organisation, an idea… across all episodes of a site.

    `names` are all under which it goes, the one that is shown first. `language` is that in which its name is written,
    "" where any reader can read it. `description` is the newest in the language of the site, or else in
    any, which `described` says. `places` are its episodes,
    newest first.
    """

    name: str
    kind: str
    slug: str
    language: str = ""
    names: tuple[str, ...] = ()
    description: str = ""
    described: str = ""
    href: str = ""
    places: tuple[Place, ...] = ()

    @property
    def is_person(self) -> bool:
        """Say whether it stands among the people."""
        return self.kind == PERSON

    @property
    def path(self) -> str:
        """Where its page stands."""
        return (addresses.person_page if self.is_person else addresses.idea_page)(self.slug)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A subject in one episode: as what, and what is said of it there, "" where its record does not say."""

    subject: Subject
    type: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class _Named:
    """A name in a record, and what stands beside it."""

    name: str
    kind: str
    type: str = ""
    description: str = ""
    href: str = ""


class Knowledge:
    """Who and what occurs in a show; made once, before anything is rendered."""

    def __init__(
        self, subjects: Mapping[Key, Subject], aliases: Mapping[str, str], there: Mapping[Place, tuple[Key, ...]]
    ) -> None:
        self._subjects = subjects
        self._aliases = aliases
        self._there = there
        self.subjects = tuple(sorted(subjects.values(), key=_rank))

    def find(self, name: str, *, person: bool) -> Subject | None:
        """Find who or what goes by a name."""
        return self._subjects.get(_make_key(name, self._aliases, person=person))

    def find_speaker(self, name: str, item: Item) -> Subject | None:
        """Find who speaks under a name in an episode, which may be no more than a part of the whole one."""
        return self.find(find_full_name(name, _find_people(item)) or name, person=True)

    def find_mentions(self, item: Item) -> tuple[Mention, ...]:
        """Find who and what occurs in an episode: people first, those who are credited before others, hosts last."""
        found: dict[Key, Mention] = {}
        for named in _find_named(item):
            key = _make_key(named.name, self._aliases, person=named.kind == PERSON)
            before = found.get(key)
            if before is None or (named.type and not before.type):
                found[key] = Mention(subject=self._subjects[key], type=named.type, description=named.description)
        return tuple(sorted(found.values(), key=lambda mention: not mention.subject.is_person))

    def find_neighbours(self, subject: Subject) -> tuple[tuple[Subject, int], ...]:
        """Find who and what appears with a subject in most episodes, and in how many."""
        counted: Counter[Key] = Counter()
        for place in subject.places:
            counted.update(self._there[place])
        pairs = [(self._subjects[key], count) for key, count in counted.items() if self._subjects[key] is not subject]
        return tuple(sorted(pairs, key=lambda pair: (-pair[1], not pair[0].is_person, _rank(pair[0])))[:NEIGHBOURS])

    def count_shared(self, one: Subject, other: Subject) -> int:
        """Count the episodes in which two subjects appear together."""
        return len(set(one.places) & set(other.places))


@dataclass(slots=True)
class _Gathering:
    """All that is said of a subject, while the episodes are gone through from the newest on.

    `since` counts the episodes that are newer than its first.
    """

    kinds: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    languages: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    href: str = ""
    places: dict[Place, None] = field(default_factory=dict)
    since: int = 0

    def add(self, named: _Named, place: Place, language: str) -> None:
        self.kinds[named.kind] += 1
        self.names[named.name] += 1
        self.languages.setdefault(named.name, find_name_language(named.name, language))
        if named.description:
            self.descriptions.setdefault(language, named.description)
        self.href = self.href or named.href
        self.places[place] = None


def find_knowledge(show: Show) -> Knowledge:
    """Find who and what occurs in the episodes of all channels."""
    aliases = {fold_name(other): alias.name for alias in show.site.aliases for other in (alias.name, *alias.others)}
    gathered: defaultdict[Key, _Gathering] = defaultdict(_Gathering)
    there: dict[Place, tuple[Key, ...]] = {}
    for number, (place, item) in enumerate(_find_newest_first(show)):
        keys = []
        for named in _find_named(item):
            key = _make_key(named.name, aliases, person=named.kind == PERSON)
            gathered[key].add(named, place, item.language)
            gathered[key].since = number
            keys.append(key)
        there[place] = tuple(dict.fromkeys(keys))
    named_by_author = {fold_name(alias.name): alias for alias in show.site.aliases}
    subjects: dict[Key, Subject] = {}
    taken: set[tuple[bool, str]] = set()
    # The oldest first, so that an address stays whose it is when something comes that would have the same.
    for key in sorted(gathered, key=lambda key: (-gathered[key].since, key)):
        alias = named_by_author.get(key[1]) if key[0] == "alias" else None
        subjects[key] = _make_subject(key, gathered[key], alias, taken, show.site.language)
    return Knowledge(subjects, aliases, there)


def _find_newest_first(show: Show) -> list[tuple[Place, Item]]:
    places = [
        ((number, index), item)
        for number, podcast in enumerate(show.podcasts)
        for index, item in enumerate(podcast.episodes)
    ]
    return sorted(places, key=lambda pair: pair[1].episode.date, reverse=True)


def _find_named(item: Item) -> Iterator[_Named]:
    """Every name of a subject in an episode: those who are credited, those of whom it is, and those who are quoted."""
    for person in sorted(item.persons, key=lambda person: person.role == "host"):
        yield _Named(person.name, PERSON, href=person.href)
    for entity in item.episode.entities:
        yield _Named(entity.name, entity.kind, type=entity.type, description=entity.description)
    people: tuple[str, ...] | None = None
    for quote, _ in item.episode.quotes:
        if quote.speaker:
            people = _find_people(item) if people is None else people
            yield _Named(find_full_name(quote.speaker, people) or quote.speaker, PERSON)


def _find_people(item: Item) -> tuple[str, ...]:
    entities = (entity.name for entity in item.episode.entities if entity.kind == PERSON)
    return tuple(dict.fromkeys((*(person.name for person in item.persons), *entities)))


def _make_key(name: str, aliases: Mapping[str, str], *, person: bool) -> Key:
    folded = fold_name(name)
    if folded in aliases:
        return "alias", fold_name(aliases[folded])
    return PERSON if person else "idea", folded


def _make_subject(
    key: Key, gathering: _Gathering, alias: Alias | None, taken: set[tuple[bool, str]], language: str
) -> Subject:
    name = alias.name if alias else min(gathering.names, key=lambda name: (-gathering.names[name], len(name)))
    kind = PERSON if key[0] == PERSON else gathering.kinds.most_common(1)[0][0]
    slug = format_slug(name) or hashlib.sha256(key[1].encode()).hexdigest()[:8]
    slug = next(free for free in _find_slugs(slug) if (kind == PERSON, free) not in taken)
    taken.add((kind == PERSON, slug))
    others = alias.others if alias else ()
    described = language if language in gathering.descriptions else next(iter(gathering.descriptions), "")
    return Subject(
        name=name,
        kind=kind,
        slug=slug,
        language=gathering.languages.get(name, ""),
        names=tuple(dict.fromkeys((name, *others, *gathering.names))),
        description=gathering.descriptions.get(described, ""),
        described=described,
        href=gathering.href,
        places=tuple(gathering.places),
    )


def _find_slugs(slug: str) -> Iterator[str]:
    yield slug
    yield from (f"{slug}-{number}" for number in count(2))


def _rank(subject: Subject) -> tuple[int, Place, str]:
    """Those in most episodes first, then those of newer ones."""
    return -len(subject.places), subject.places[0], subject.name
