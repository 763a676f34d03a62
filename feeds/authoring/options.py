"""What stands behind the options of a command: checked before anything is done, and all at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from feeds.errors import Fault
from feeds.tables.values import parse_text

T = TypeVar("T")


def parse_option(option: str, text: str, parse: Callable[[str], T], default: T, faults: list[Fault]) -> T:
    """The text behind an option such as --title, read by `parse`, whose ValueError becomes a fault."""
    try:
        return parse(text)
    except ValueError as error:
        faults.append(Fault(path=option, message=str(error)))
        return default


def parse_line(text: str) -> str:
    """Take a text of one line, or an empty one."""
    return " ".join(parse_text(text).split())
