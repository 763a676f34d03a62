"""A rule: one promise that a feed keeps or breaks, with the sentence of a specification behind it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from feeds.rulebook.places import Place

Hits = Iterator[tuple[Place, str]]
"""What a rule yields: where a fault stands, and what is there and what was expected."""

PROFILES = ("apple", "spotify", "psp1", "podcasting2", "rss")
"""Whose wishes can be chosen: two directories, the PSP-1 standard, the podcast namespace, and plain RSS 2.0."""


class Level(IntEnum):
    """How bad a fault is: an error loses listeners or the whole feed, a warning annoys them, the rest is advice."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of the rulebook.

    `on` names what it looks at (feeds.rulebook.check lists what there is). `levels` says by profile how bad its fault
    is; a profile that is not in it does not ask for it. `summary` is what holds in a feed that keeps the rule, `why`
    the reason. `source` names the documents that ask for it, with their sections.
    """

    id: str
    on: tuple[str, ...]
    levels: Mapping[str, Level]
    source: str
    summary: str
    why: str
    check: Callable[[Any], Hits]

    def find_level(self, profiles: Collection[str]) -> Level | None:
        """How bad a fault is for whoever asks hardest; None if nobody does."""
        return max((level for profile, level in self.levels.items() if profile in profiles), default=None)

    def find_profiles(self, profiles: Collection[str]) -> tuple[str, ...]:
        """Which of the profiles ask for it, in their usual order."""
        return tuple(profile for profile in PROFILES if profile in profiles and profile in self.levels)


def rule(
    *on: str,
    source: str,
    everywhere: str = "",
    apple: str = "",
    spotify: str = "",
    psp1: str = "",
    podcasting2: str = "",
    rss: str = "",
) -> Callable[[Callable[[Any], Hits]], Rule]:
    """Make a rule of a generator; its name becomes the id, the first paragraph of its docstring what holds.

    Each profile that asks for it is named with a level; `everywhere` is the level for those not named.
    """
    named = {"apple": apple, "spotify": spotify, "psp1": psp1, "podcasting2": podcasting2, "rss": rss}
    levels = {profile: Level[level.upper()] for profile in PROFILES if (level := named[profile] or everywhere)}

    def make(check: Callable[[Any], Hits]) -> Rule:
        summary, _, why = inspect.cleandoc(check.__doc__ or "").partition("\n\n")
        return Rule(
            id=check.__name__.replace("_", "-"),
            on=on,
            levels=levels,
            source=source,
            summary=" ".join(summary.split()),
            why=" ".join(why.split()),
            check=check,
        )

    return make
