"""Who may move a podcast to another host."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Locked:
    """Whether other platforms are told not to import the feed (podcast:locked).

    `owner` is the e-mail address by which its owner is known when it moves, "" where the feed names none.
    """

    locked: bool = False
    owner: str = ""


UNLOCKED = Locked()
