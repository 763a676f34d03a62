"""How much another server may cost: bytes, seconds, and where it may stand."""

from __future__ import annotations

from dataclasses import dataclass

_HOUR = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a fetch may cost.

    `max_bytes` counts a document as it is once unpacked, since a few packed bytes can grow without end. `connect` and
    `read` are the seconds that a server may stay silent before it is connected and after, `total` those of the whole
    fetch with every further try; only the look-up of a name, which the system does, may take longer. `tries` counts
    the first one; the second comes after `pause` seconds, each further one after twice as many. `allow_private` lets
    the addresses be fetched that only this machine or its network sees.
    """

    max_bytes: int = 200_000_000
    connect: float = 10.0
    read: float = 30.0
    total: float = 300.0
    tries: int = 3
    pause: float = 1.0
    allow_private: bool = False


DOCUMENT_LIMITS = Limits()
"""Fits a feed of many thousand episodes; the largest that are known have some 100 MB."""

MEDIA_LIMITS = Limits(max_bytes=10_000_000_000, total=6 * _HOUR)
"""Fits hours of video over a slow line."""
