"""How messages quote what a feed says."""

from __future__ import annotations

_MOST = 80


def quote(text: str) -> str:
    """Quote a value in a message: white space folded, cut where it is long.

    >>> quote(" en_US\\n "), quote("a" * 100)[-5:]
    ("'en_US'", "aaa…'")
    """
    folded = " ".join(text[: _MOST * 10].split())
    return repr(folded if len(folded) <= _MOST else folded[: _MOST - 1] + "…")


def format_served(type: str) -> str:
    """How a message tells the media type that a server gives a file, "" where it gives none.

    >>> format_served("text/html"), format_served("")
    ("served as 'text/html'", 'served without a Content-Type')
    """
    return f"served as {quote(type)}" if type else "served without a Content-Type"


def format_names(names: tuple[str, ...]) -> str:
    """Write names into a sentence.

    >>> format_names(("url",)), format_names(("type", "address", "split"))
    ('url', 'type, address and split')
    """
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
