"""What all commands print alike, and the one place where faults become lines and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from feeds.errors import Fault

FAULTY = 1
MISCALLED = 2

Tell = Callable[[Iterable["Fault"]], None]


@contextmanager
def report_faults(tell: Tell | None = None) -> Iterator[None]:
    """The one place where faults become lines on standard error and an exit code; `tell` takes them too."""
    from feeds.errors import FeedsError, OptionError

    try:
        yield
    except FeedsError as error:
        if tell:
            tell(error.faults)
        print_lines("", error.faults)
        count = len(error.faults)
        click.echo(f"{count} {'fault' if count == 1 else 'faults'}; nothing was written.", err=True)
        sys.exit(MISCALLED if isinstance(error, OptionError) else FAULTY)
    except OSError as error:
        click.echo(f"{error.filename or 'disk'}: {error.strerror or error}", err=True)
        sys.exit(FAULTY)


def print_lines(mark: str, faults: Iterable[Fault]) -> None:
    """Print faults on standard error, one a line."""
    for fault in faults:
        click.echo(f"{mark}{fault}", err=True)


def print_json(document: Mapping[str, object] | list[object]) -> None:
    """Print a result for programs."""
    import json

    click.echo(json.dumps(document, ensure_ascii=False, indent=1))


def print_json_faults(faults: Iterable[Fault]) -> None:
    """Print faults for programs."""
    print_json({"faults": list_faults(faults)})


def list_faults(faults: Iterable[Fault]) -> list[dict[str, object]]:
    """Faults as JSON has them."""
    return [{"path": fault.path, "line": fault.line, "message": fault.message} for fault in faults]
