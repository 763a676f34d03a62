"""What all commands have in common: options, how faults are told, how a result is printed.

0 says that all went well, 1 that the input has faults, 2 that the command was called wrongly.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from feeds.errors import Fault

FAULTY = 1
MISCALLED = 2

NAMED = 3
"""How many places are named before the rest of them is counted."""

Tell = Callable[[Iterable["Fault"]], None]

project_option = click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    show_default="the current folder",
    help="The folder with channel.toml.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
quiet_option = click.option("--quiet", "-q", is_flag=True, help="Print nothing but faults.")


@contextmanager
def report_faults(tell: Tell | None = None, *, ending: str = "nothing was written.") -> Iterator[None]:
    """The one place where faults become lines on standard error and an exit code; `tell` takes them too.

    `ending` says what became of the rest.
    """
    from feeds.errors import Fault, FeedsError, OptionError

    try:
        yield
    except FeedsError as error:
        if tell:
            tell(error.faults)
        print_lines("", error.faults)
        click.echo(f"{format_count(len(error.faults), 'fault')}; {ending}", err=True)
        sys.exit(MISCALLED if isinstance(error, OptionError) else FAULTY)
    except OSError as error:
        fault = Fault(path=str(error.filename or "disk"), message=str(error.strerror or error))
        if tell:
            tell([fault])
        click.echo(str(fault), err=True)
        sys.exit(FAULTY)


def format_count(count: int, word: str) -> str:
    """Write how many there are of what an English word with a plain plural names."""
    return f"{count} {word if count == 1 else word + 's'}"


def print_lines(mark: str, faults: Iterable[Fault]) -> None:
    """Print faults on standard error, a mark before each."""
    for fault in faults:
        click.echo(f"{mark}{fault}", err=True)


def print_groups(mark: str, faults: Iterable[Fault]) -> None:
    """Print faults on standard error; what holds for many places once, with the first of them."""
    groups: dict[str, list[Fault]] = {}
    for fault in faults:
        groups.setdefault(fault.message, []).append(fault)
    for message, several in groups.items():
        if len(several) <= NAMED:
            print_lines(mark, several)
        else:
            named = ", ".join(_format_place(fault) for fault in several[:NAMED])
            rest = format_count(len(several) - NAMED, "other")
            click.echo(f"{mark}{named} and {rest}: each {message}", err=True)


def _format_place(fault: Fault) -> str:
    name = PurePath(fault.path).name
    return f"{name}:{fault.line}" if fault.line else name


def print_json(document: Mapping[str, object] | Sequence[object]) -> None:
    """Print the result of a command for programs."""
    import json

    click.echo(json.dumps(document, ensure_ascii=False, indent=1))


def print_json_faults(faults: Iterable[Fault]) -> None:
    """Print for programs why a command has no result."""
    print_json({"faults": list_faults(faults)})


def list_faults(faults: Iterable[Fault]) -> list[dict[str, object]]:
    """Faults as they stand in JSON."""
    return [{"path": fault.path, "line": fault.line, "message": fault.message} for fault in faults]
