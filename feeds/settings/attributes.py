"""What an episode and a channel can both say of themselves: persons, a place, a licence."""

from __future__ import annotations

from feeds.model import License, Location, Person
from feeds.tables.table import Table
from feeds.tables.values import parse_url


def parse_persons(table: Table) -> tuple[Person, ...]:
    """Read `hosts` and `guests` (names) and `persons` (tables or names), in this order.

    Roles and groups are those of the podcast namespace, tag person; a name alone is a host.
    """
    persons = [Person(name=name) for name in table.texts("hosts")]
    persons += [Person(name=name, role="guest") for name in table.texts("guests")]
    for entry in table.tables("persons", "name"):
        persons.append(
            Person(
                name=entry.required_text("name", "write the person's name"),
                role=entry.text("role", "host").lower(),
                group=entry.text("group", "cast").lower(),
                img=entry.value("img", parse_url, ""),
                href=entry.value("href", parse_url, ""),
                line=entry.line("name"),
            )
        )
        entry.close()
    return tuple(persons)


def parse_location(table: Table) -> Location | None:
    """Read `location`: a place name, or a table as in the podcast namespace, tag location."""
    entry = table.table("location", "name")
    if entry is None:
        return None
    location = Location(
        name=entry.required_text("name", "write the name of the place"),
        rel=entry.text("rel"),
        geo=entry.text("geo"),
        osm=entry.text("osm"),
        country=entry.text("country"),
    )
    entry.close()
    return location


def parse_license(table: Table) -> License | None:
    """Read `license`: an identifier, or a table with `id` and `url` (podcast namespace, tag license)."""
    entry = table.table("license", "id")
    if entry is None:
        return None
    license = License(
        identifier=entry.required_text("id", "write an identifier such as CC-BY-4.0"),
        url=entry.value("url", parse_url, ""),
    )
    entry.close()
    return license
