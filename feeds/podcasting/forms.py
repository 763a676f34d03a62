"""What the form of a tag is: which values it holds, and how each is spelled in a table and in a feed.

A form is declared once (feeds.podcasting.tags), and four things follow from it: tables are read and written
(feeds.podcasting.tables), elements are read and written (feeds.podcasting.elements).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling(Generic[T]):
    """How a kind of value is written by authors, and how in a feed.

    Both ways of reading raise ValueError: `parse` with the remedy, `parse_feed` only to say that it is none.
    """

    parse: Callable[[object], T]
    format: Callable[[T], object]
    parse_feed: Callable[[str], T]
    format_feed: Callable[[T], str]


@dataclass(frozen=True, slots=True)
class Key:
    """A single value of a tag: its name in the model and in a table, and the attribute that holds it in a feed.

    An `attribute` of "" is the text of the element, and None says that a feed has no place for it. `remedy` says what
    to write where the value is missing; it is "" where the value may be. What equals `default` is left out, unless it
    is `spoken`: then a feed says it all the same.
    """

    name: str
    spelling: Spelling[Any]
    attribute: str | None
    _: KW_ONLY
    remedy: str = ""
    default: object = ""
    spoken: bool = False


@dataclass(frozen=True, slots=True)
class Inner:
    """Values of a tag that have an element of their own within it: one, if it is `single`, or any number."""

    name: str
    form: Form[Any]
    _: KW_ONLY
    single: bool = False


def _find_nothing(_: object) -> str:
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(Generic[T]):
    """How one tag is written. `make` makes its value of the names of the keys, `tag` is its name in the namespace.

    A plain text in a table stands for the key `short`, and `example` shows how the table is written. `find_fault`
    says what is wrong with a whole value, "" if nothing is. Where `is_placed`, the value keeps the line on which it
    stands.
    """

    make: Callable[..., T]
    tag: str
    keys: tuple[Key, ...]
    inner: tuple[Inner, ...] = ()
    short: str = ""
    example: str = ""
    find_fault: Callable[[T], str] = _find_nothing
    is_placed: bool = False
