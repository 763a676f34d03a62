"""Who takes part, as authors write it: hosts and guests by their names, everybody else with a role."""

from __future__ import annotations

from collections.abc import Iterator

from feeds.model import Person
from feeds.podcasting.tables import format_values, parse_values
from feeds.podcasting.tags import PERSON
from feeds.tables.table import Table


def parse_persons(table: Table) -> tuple[Person, ...]:
    """Read `hosts` and `guests` (names) and `persons` (tables or names), in this order.

    Roles and groups are those of the podcast namespace, tag person; a name alone is a host.
    """
    hosts = (Person(name=name) for name in table.texts("hosts"))
    guests = (Person(name=name, role="guest") for name in table.texts("guests"))
    return (*hosts, *guests, *parse_values(PERSON, table, "persons"))


def format_persons(persons: tuple[Person, ...]) -> Iterator[tuple[str, object]]:
    """Write persons, so that `parse_persons` reads them again.

    Hosts and guests who are no more than a name come as names, if that keeps the order of all.
    """
    hosts = _take_names(persons, "host")
    guests = _take_names(persons[len(hosts) :], "guest")
    others = persons[len(hosts) + len(guests) :]
    if hosts:
        yield "hosts", hosts
    if guests:
        yield "guests", guests
    if others:
        yield "persons", format_values(PERSON, others)


def _take_names(persons: tuple[Person, ...], role: str) -> list[str]:
    names = []
    for person in persons:
        if person != Person(name=person.name, role=role):
            break
        names.append(person.name)
    return names
