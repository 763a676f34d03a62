"""A review of doubtful boundaries at the terminal: shows them, reads keys, and keeps each decision at once."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feeds.errors import Fault, OptionError
from feeds.importers.capture.decisions import find_decisions_file, find_key, read_decisions, write_decisions
from feeds.importers.capture.review import begin_review, press_key

if TYPE_CHECKING:
    from feeds.importers.capture.capture import Capture
    from feeds.importers.capture.review import Key, Question, Review

_KEYS: dict[str, Key] = {
    "\r": "keep",
    "\n": "keep",
    "\x1b[D": "left",
    "\x1bOD": "left",
    "\xe0K": "left",
    "\x1b[C": "right",
    "\x1bOC": "right",
    "\xe0M": "right",
    "q": "stop",
    "\x04": "stop",
}
"""What terminals send, Windows among them (\\xe0)."""

_KEY = re.compile(r"\x1b[\[O][A-D]|.", re.DOTALL)
_HELP = "← → move the end of the title   Enter keeps it   q stops"


def review_capture(page: Capture, file: Path) -> None:
    """Ask about each doubtful boundary of a capture; every answer is kept at once, so q and Ctrl-C lose none.

    Raises OptionError where there is no terminal to ask at.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise OptionError([Fault(path="--review", message="asks at a terminal, and this is none: leave it out here")])
    kept = find_decisions_file(file)
    decisions = read_decisions(kept)
    review = begin_review(page.episodes)
    with _open_keys() as read_key:
        while question := review.question:
            _show_question(question, review)
            while (key := _KEYS.get(read_key())) is None:
                continue
            before, review = review, press_key(review, key)
            for boundary, title in review.decided[len(before.decided) :]:
                decisions[find_key(boundary.run)] = title
                write_decisions(kept, decisions)
    left = len(review.questions) - len(review.decided)
    if review.decided:
        click.echo(f"Kept {len(review.decided)} in {kept}.")
    if left:
        click.echo(f"{left} left: call it again to go on.")


@contextmanager
def _open_keys() -> Iterator[Callable[[], str]]:
    """Read keys as they are pressed, without showing them; what is typed ahead is not lost."""
    try:
        import termios
        import tty
    except ImportError:  # Windows has other means, which click knows
        yield click.getchar
        return
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    pressed: list[str] = []

    def read_key() -> str:
        while not pressed:
            data = os.read(terminal, 64)
            if not data:
                return "q"
            pressed.extend(_KEY.findall(data.decode("utf-8", "ignore")))
        return pressed.pop(0)

    tty.setcbreak(terminal, termios.TCSADRAIN)
    try:
        yield read_key
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def _show_question(question: Question, review: Review) -> None:
    boundary = question.boundary
    room = max(20, shutil.get_terminal_size().columns - 2) * 3
    click.clear()
    time = f" [{boundary.time}]" if boundary.time else ""
    click.secho(f"{review.place + 1} of {len(review.questions)}: {boundary.place}{time}", dim=True)
    click.echo()
    title = click.style(question.title, fg="green", bold=True)
    body = click.style(question.body[: max(0, room - len(question.title))], fg="cyan")
    click.echo(f"{title} {click.style('|', fg='yellow', bold=True)} {body}")
    click.echo()
    click.secho(_HELP, dim=True)
