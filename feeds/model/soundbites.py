"""What can be heard of an episode before the whole of it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Soundbite:
    """A stretch of the audio that makes somebody listen (podcast:soundbite), in milliseconds.

    `title` is "" where that of the episode serves.
    """

    start_time: int
    duration: int
    title: str = ""
    line: int = field(default=0, compare=False)
