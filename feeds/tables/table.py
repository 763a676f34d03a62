"""Reading a table of TOML or YAML into values: typed access that notes every fault and goes on.

The reader of a table asks for each key it knows; `close()` then names the keys that nobody asked for, with
the nearest one that somebody did.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from feeds.errors import Fault
from feeds.formats import format_value
from feeds.tables.values import parse_count, parse_flag, parse_text, parse_texts

T = TypeVar("T")
Choice = TypeVar("Choice", bound=str)
# Tells the line of a key; a key of a table within the table is asked for as `owner.name` or `persons.2.name`.
Locate = Callable[[str], int]


class Table:
    """One table under reading. Faults gather in `faults`, which tables within a table share."""

    def __init__(
        self,
        data: Mapping[str, object],
        *,
        path: str,
        locate: Locate,
        faults: list[Fault],
        name: str = "",
    ) -> None:
        self.path = path
        self.faults = faults
        self._data = data
        self._locate = locate
        self._name = name
        self._asked: list[str] = []

    def __contains__(self, key: str) -> bool:
        return key in self._data

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that the table holds, in their order."""
        return tuple(self._data)

    def line(self, key: str) -> int:
        """Where a key stands, counted from 1; 0 where that cannot be told."""
        return self._locate(key)

    def fault(self, key: str, message: str) -> None:
        """Note that the value of a key is wrong, or the table as a whole if no key is named."""
        where = ".".join(filter(None, (self._name, key)))
        self.faults.append(Fault(path=self.path, line=self._locate(key), message=f"{where}: {message}"))

    def raw(self, key: str) -> object:
        """The value of a key as it stands, None where there is none."""
        self._asked.append(key)
        return self._data.get(key)

    def without(self, key: str) -> Table:
        """The same table, in which nobody wrote a key."""
        data = {other: value for other, value in self._data.items() if other != key}
        return Table(data, path=self.path, locate=self._locate, faults=self.faults, name=self._name)

    def value(self, key: str, parse: Callable[[object], T], default: T) -> T:
        """The value of a key, read by `parse`, whose ValueError becomes a fault."""
        value = self.raw(key)
        if value is None:
            return default
        try:
            return parse(value)
        except ValueError as error:
            self.fault(key, str(error))
            return default

    def text(self, key: str, default: str = "") -> str:
        """A text, without white space at its ends; an empty one counts as none."""
        return self.value(key, parse_text, "") or default

    def required_text(self, key: str, remedy: str) -> str:
        """A text that must be there; `remedy` says what to write."""
        return self.required(key, parse_text, remedy)

    def required(self, key: str, parse: Callable[[object], str], remedy: str) -> str:
        """A text that must be there, read by `parse`; `remedy` says what to write."""
        value = self.raw(key)
        if value is None:
            self.fault(key, f"is missing: {remedy}")
            return ""
        if isinstance(value, str) and not value.strip():
            self.fault(key, f"is empty: {remedy}")
            return ""
        return self.value(key, parse, "")

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; a single text counts as a list of one, unless there are commas in it.

        Its author may mean two names, or one such as Sammy Davis, Jr.: only a list says which.
        """
        value = self.raw(key)
        if isinstance(value, str) and "," in value:
            several = ", ".join(f'"{text.strip()}"' for text in value.split(","))
            self.fault(key, f'{value!r} is one text: write a list, [{several}] (or ["{value.strip()}"] if it is one)')
            return ()
        return self.value(key, parse_texts, ())

    def integer(self, key: str) -> int | None:
        """A whole number of 0 or more."""
        return self.value(key, parse_count, None)

    def flag(self, key: str) -> bool | None:
        """true or false; None where the table does not say."""
        return self.value(key, parse_flag, None)

    def choice(self, key: str, choices: Sequence[Choice], default: Choice) -> Choice:
        """One of a few words."""
        text = self.text(key, default)
        for choice in choices:
            if choice == text:
                return choice
        self.fault(key, f"{text!r} is none of {', '.join(choices)}")
        return default

    def table(self, key: str, short: str, form: str = "") -> Table | None:
        """A table within the table; a plain text or number stands for the key `short` of such a table.

        `form` shows how it is written, where that is not all there is to it.
        """
        value = self.raw(key)
        return None if value is None else self._inner(key, value, short, form)

    def tables(self, key: str, short: str, form: str = "") -> Iterator[Table]:
        """A list of tables, in which a plain text or number stands for the key `short` of such a table."""
        value = self.raw(key)
        if value is None:
            return
        entries = value if isinstance(value, list) else [value]
        for number, entry in enumerate(entries, 1):
            inner = self._inner(f"{key}.{number}" if isinstance(value, list) else key, entry, short, form)
            if inner is not None:
                yield inner

    def _inner(self, address: str, value: object, short: str, form: str) -> Table | None:
        try:
            data = _parse_table(value, short)
        except ValueError as error:
            self.fault(address, f"{error}: write {form}" if form else str(error))
            return None
        return Table(
            data,
            path=self.path,
            locate=lambda key: self._locate(f"{address}.{key}" if key else address),
            faults=self.faults,
            name=f"{self._name}.{address}" if self._name else address,
        )

    def close(self) -> None:
        """Note each key that nobody asked for."""
        for key in self._data:
            if key not in self._asked:
                near = difflib.get_close_matches(str(key), self._asked, n=1)
                known = ", ".join(sorted(set(self._asked)))
                remedy = f"did you mean {near[0]!r}?" if near else f"known are {known}"
                self.fault(key, f"is no known key; {remedy}")


def _parse_table(value: object, short: str) -> Mapping[str, object]:
    if short and isinstance(value, str | int | float) and not isinstance(value, bool):
        return {short: value}
    if not isinstance(value, Mapping):
        raise ValueError(f"{format_value(value)} is no table" + (f" and no {short}" if short else ""))
    return value
