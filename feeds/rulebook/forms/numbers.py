"""Numbers, as feeds write them: digits of ASCII, and nothing that only some programs would read."""

from __future__ import annotations

import re

_WHOLE = re.compile(r"[0-9]+")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)")
_LONGEST = 18
"""Digits of the longest number that is believed; Python refuses to read those of thousands."""


def is_whole(text: str) -> bool:
    """Say whether a text is a whole number of 0 or more: digits alone.

    >>> is_whole("007"), is_whole("-1"), is_whole("1.0"), is_whole("１")
    (True, False, False, False)
    """
    return _WHOLE.fullmatch(text) is not None


def parse_whole(text: str) -> int | None:
    """Read a whole number of 0 or more; None if it is none, or absurdly long."""
    return int(text) if len(text) <= _LONGEST and is_whole(text) else None


def parse_number(text: str) -> float | None:
    """Read a decimal number without exponent; None if it is none.

    >>> parse_number("100.5"), parse_number("-1"), parse_number("1e3"), parse_number("1.")
    (100.5, -1.0, None, None)
    """
    return float(text) if len(text) <= 2 * _LONGEST and _NUMBER.fullmatch(text) else None


def is_number(text: str) -> bool:
    """Say whether a text is a decimal number of 0 or more, however long.

    >>> is_number("0.5"), is_number(".5"), is_number("-0.5")
    (True, True, False)
    """
    return _NUMBER.fullmatch(text) is not None and not text.startswith("-")
