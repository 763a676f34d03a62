"""What can be wrong, as values and as exceptions: every one says where and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Fault:
    """One thing that is wrong, at one place.

    `path` is written as the user would type it; `line` counts from 1, and 0 means the whole file.
    """

    path: str
    line: int = 0
    message: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.message}"


def format_path(path: Path) -> str:
    """Write a path as the user would type it: from the current directory if it is below it, with slashes.

    >>> format_path(Path.cwd() / "shows" / "channel.toml"), format_path(Path("../channel.toml"))
    ('shows/channel.toml', '../channel.toml')
    """
    here = Path.cwd()
    whole = here / path
    return (whole.relative_to(here) if whole.is_relative_to(here) else path).as_posix()


class FeedsError(Exception):
    """Bad input. Carries every fault that was found, so that one run shows them all."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(map(str, self.faults)))

    def __reduce__(self) -> tuple[type[FeedsError], tuple[tuple[Fault, ...]]]:
        """Lets an error pass from one process to another."""
        return type(self), (self.faults,)


class OptionError(FeedsError):
    """A command that was called with a value that cannot be."""


class SeedError(FeedsError):
    """A record that cannot be read as an episode."""


class ChannelError(FeedsError):
    """A channel.toml that cannot be read, or that asks for something that does not exist."""


class LockError(FeedsError):
    """A channel.lock that cannot be read, or that would have to change under `--locked`."""


class ThemeError(FeedsError):
    """A template of the user's that cannot be rendered."""


class CollisionError(FeedsError):
    """A path of the published site that two sources claim, or that no disk takes."""


class FetchError(FeedsError):
    """Something on another server that cannot be had, or that is not fetched on purpose."""
