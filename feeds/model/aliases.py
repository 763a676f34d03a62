"""Other names of what is spoken of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A person, an organisation or an idea that goes by several names: the one that is shown, and the others."""

    name: str
    others: tuple[str, ...]
