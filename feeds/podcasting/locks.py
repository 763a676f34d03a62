"""The lock of a feed, as authors write it: a flag, or a table where another address shall stand in it."""

from __future__ import annotations

from collections.abc import Mapping

from feeds.model import Locked
from feeds.tables.table import Table
from feeds.tables.values import parse_email


def parse_locked(table: Table, email: str) -> Locked:
    """Read `locked`, which is true, false, or a table with an `owner`; such a table means true unless it says false.

    `email` is the address that stands in the lock where the table names none; an empty text there means nobody's.
    """
    if not isinstance(table.raw("locked"), Mapping):
        return Locked(locked=table.flag("locked") or False, owner=email)
    entry = table.table("locked", "")
    assert entry is not None
    locked = Locked(locked=entry.flag("locked") is not False, owner=entry.value("owner", _parse_owner, email))
    entry.close()
    return locked


def _parse_owner(value: object) -> str:
    return "" if value == "" else parse_email(value)


def format_locked(locked: Locked, email: str) -> object:
    """Write a lock, so that `parse_locked` reads it again with the same address of the channel's owner."""
    if locked.owner == email:
        return locked.locked
    return {"owner": locked.owner} if locked.locked else {"locked": False, "owner": locked.owner}
