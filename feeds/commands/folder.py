"""`feeds import folder`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feeds.commands.reporting import (
    FAULTY,
    NAMED,
    format_count,
    json_option,
    list_faults,
    print_groups,
    print_json,
    print_json_faults,
    print_lines,
    project_option,
    quiet_option,
    report_faults,
)

if TYPE_CHECKING:
    from feeds.errors import Fault
    from feeds.importers.folder.taking import Imported


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--channel", default="", help="The channel, where there are several.")
@project_option
@quiet_option
@json_option
def folder(folder: Path, channel: str, project: Path, quiet: bool, as_json: bool) -> None:
    """Take in the audio files of DIR, and of all folders in it: a record for each, from its tags.

    Title, date, numbers, author, description, chapters, pictures and lyrics become those of the record. Recordings
    from outside the project are copied beside their records; those within it stay where they are. Run again, it takes
    what has come since, and writes over nothing. It exits with 1 if a file could not be read, all others being taken.
    """
    from feeds.importers.folder.taking import import_folder
    from feeds.progress import show_progress

    tell = print_json_faults if as_json else None
    with report_faults(tell), show_progress("Recordings", hidden=quiet or as_json) as progress:
        imported = import_folder(folder, project, channel=channel, progress=progress)
    if as_json:
        _print_json(imported)
    elif quiet:
        print_lines("", imported.broken)
    else:
        _print_imported(imported)
    if imported.broken:
        sys.exit(FAULTY)


def _print_imported(imported: Imported) -> None:
    for record in imported.records:
        click.echo(f"wrote {record}")
    print_groups("note: ", imported.notes)
    _print_first("known: ", imported.known)
    print_groups("left out: ", imported.others)
    print_lines("", imported.broken)
    click.echo(
        f"{format_count(len(imported.records), 'record')} written for {imported.channel}; "
        f"{format_count(len(imported.known), 'recording')} known already, {len(imported.broken)} that cannot be read, "
        f"{format_count(len(imported.others), 'other file')} left out."
    )
    if imported.records:
        click.echo("Next: read the records, then run feeds build")


def _print_first(mark: str, faults: Sequence[Fault]) -> None:
    """Print the first of what is as it should be."""
    print_lines(mark, faults[:NAMED])
    if len(faults) > NAMED:
        click.echo(f"{mark}and {format_count(len(faults) - NAMED, 'other')}, which --json names", err=True)


def _print_json(imported: Imported) -> None:
    print_json(
        {
            "channel": imported.channel,
            "records": imported.records,
            "written": imported.written,
            "known": list_faults(imported.known),
            "broken": list_faults(imported.broken),
            "others": list_faults(imported.others),
            "notes": list_faults(imported.notes),
        }
    )
