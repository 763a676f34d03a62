"""Where a fault stands: an element, one of its attributes, a byte of a document, a line of a linked file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, final

from lxml import etree


class Attribute(NamedTuple):
    """An attribute of an element, by its name in XML."""

    element: etree._Element
    name: str


@final
@dataclass(frozen=True, slots=True)
class Offset:
    """A byte of the document, counted from 0."""

    byte: int


class Spot(NamedTuple):
    """A place in a file that is no feed: line and column from 1, 0 for the whole file, and the way to the value."""

    line: int = 0
    column: int = 0
    path: str = ""


Place = etree._Element | Attribute | Offset | Spot
