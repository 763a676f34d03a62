"""A progress bar for work that takes long enough to wonder about."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

PATIENCE = 1.0
"""Seconds that pass before a bar is shown."""

Tell = Callable[[int, int], None]


@contextmanager
def show_progress(label: str, *, hidden: bool) -> Iterator[Tell]:
    """Give a function to tell how many of how many are done.

    The bar comes on standard error after PATIENCE seconds, if a person is there to see it.
    """
    console = Console(stderr=True)
    bar = Progress(
        TextColumn(label),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=hidden or not console.is_interactive,
    )
    task = bar.add_task(label)
    begin = time.monotonic()

    def tell(done: int, total: int) -> None:
        if bar.live.is_started:
            bar.update(task, completed=done, total=total)
        elif time.monotonic() - begin > PATIENCE:
            bar.start()

    try:
        yield tell
    finally:
        bar.stop()
