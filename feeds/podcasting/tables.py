"""Tags as authors write them: in front matter and channel.toml, read and written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from feeds.podcasting.forms import Form, Key
from feeds.tables.table import Table

T = TypeVar("T")


def parse_values(form: Form[T], table: Table, key: str) -> tuple[T, ...]:
    """Read a list of tables, or a single one; what is wrong with them joins the faults of the table."""
    return tuple(_parse_value(form, entry) for entry in table.tables(key, form.short, form.example))


def parse_single(form: Form[T], table: Table, key: str) -> T | None:
    """Read a table, None if there is none; what is wrong with it joins the faults of the table."""
    entry = table.table(key, form.short, form.example)
    return None if entry is None else _parse_value(form, entry)


def _parse_value(form: Form[T], entry: Table) -> T:
    before = len(entry.faults)
    values: dict[str, Any] = {key.name: _parse_key(key, entry) for key in form.keys}
    for inner in form.inner:
        parse = parse_single if inner.single else parse_values
        values[inner.name] = parse(inner.form, entry, inner.name)
    if form.is_placed:
        values["line"] = entry.line(form.keys[0].name)
    value = form.make(**values)
    if len(entry.faults) == before and (fault := form.find_fault(value)):
        entry.fault("", fault)
    entry.close()
    return value


def _parse_key(key: Key, entry: Table) -> Any:
    if not key.remedy:
        return entry.value(key.name, key.spelling.parse, key.default)
    return entry.required(key.name, key.spelling.parse, key.remedy)


def format_values(form: Form[T], values: tuple[T, ...]) -> list[object]:
    """Write tables, so that `parse_values` reads them again."""
    return [format_value(form, value) for value in values]


def format_value(form: Form[Any], value: Any) -> object:
    """Write a table; as a text alone, where no more is said."""
    entry = dict(_list_pairs(form, value))
    return entry[form.short] if form.short and [*entry] == [form.short] else entry


def _list_pairs(form: Form[Any], value: Any) -> Iterator[tuple[str, object]]:
    """What a value says, key by key; what nobody would write is left out."""
    for key in form.keys:
        if (said := getattr(value, key.name)) != key.default or key.remedy:
            yield key.name, key.spelling.format(said)
    for inner in form.inner:
        if said := getattr(value, inner.name):
            yield inner.name, format_value(inner.form, said) if inner.single else format_values(inner.form, said)
