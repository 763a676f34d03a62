"""[aliases] of channel.toml: names that mean the same, across all episodes and channels."""

from __future__ import annotations

from collections.abc import Iterator

from feeds.knowledge.names import fold_name
from feeds.model import Alias
from feeds.tables.table import Table


def parse_aliases_table(root: Table) -> tuple[Alias, ...]:
    """Read the names that are shown, each with the others that mean the same."""
    table = root.table("aliases", "", '[aliases] on a line of its own, and below it "Name" = ["other name"]')
    if table is None:
        return ()
    aliases = tuple(_parse_aliases(table))
    table.close()
    return aliases


def _parse_aliases(table: Table) -> Iterator[Alias]:
    owners: dict[str, str] = {fold_name(name): name for name in table.keys}
    for name in table.keys:
        others = table.texts(name)
        if not others:
            table.fault(name, "has no other name: write at least one, or take the line out")
        for number, other in enumerate(others, 1):
            owner = owners.setdefault(fold_name(other), name)
            if owner != name:
                table.fault(f"{name}.{number}", f"{other!r} is a name of {owner!r} already: one name, one meaning")
        yield Alias(name=name, others=others)
