"""The command `feeds`: options in, one call, an exit code out.

0 says that all went well, 1 that the input has faults, 2 that the command was called wrongly. What takes time to
import is imported by the command that needs it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feeds import __version__
from feeds.commands.chapters import chapters
from feeds.commands.imports import import_group
from feeds.commands.reporting import (
    format_count,
    json_option,
    list_faults,
    print_groups,
    print_json,
    print_json_faults,
    project_option,
    quiet_option,
    report_faults,
)
from feeds.commands.transcript import transcript
from feeds.commands.validate import explain, parse_moment, rules, validate

if TYPE_CHECKING:
    from feeds.building.build import Outcome


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="feeds")
def main() -> None:
    """Publish podcasts: episode records in, a site and valid RSS feeds out."""


for _command in (import_group, chapters, transcript, validate, explain, rules):
    main.add_command(_command)


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--title", default="", help="The name of the show; otherwise that of the folder.")
@click.option("--author", default="", help="Who makes the show; otherwise its name.")
@click.option("--url", default="https://example.org", show_default=True, help="Where the site will stand.")
def init(folder: Path, title: str, author: str, url: str) -> None:
    """Begin a show in FOLDER, with an artwork and a first episode; it builds at once."""
    import shlex
    from datetime import UTC, datetime

    from feeds.authoring.scaffold import write_show

    with report_faults():
        for path in write_show(folder, title=title, author=author, url=url, at=datetime.now(UTC)):
            click.echo(f"wrote {path}")
    there = "" if folder.resolve() == Path.cwd() else f"cd {shlex.quote(str(folder))} && "
    click.echo(f"Next: {there}feeds serve")


@main.command()
@click.argument("audio", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--channel", default="", help="The channel, where there are several.")
@click.option("--title", default="", help="The title; otherwise that in the tags of AUDIO, or its name.")
@click.option(
    "--date",
    "when",
    default="",
    help="When it comes out, such as 2026-05-12 or 2026-05-12T09:00; otherwise now.",
)
@project_option
def new(audio: Path | None, channel: str, title: str, when: str, project: Path) -> None:
    """Begin an episode: a record with the facts and chapters of AUDIO, or with a stand-in for it."""
    from datetime import UTC, datetime

    from feeds.authoring.drafting import write_record

    with report_faults():
        paths = write_record(project, audio=audio, channel=channel, title=title, when=when, at=datetime.now(UTC))
    for path in paths:
        click.echo(f"wrote {path}")
    click.echo(f"Next: write the notes in {paths[-1]}, then run feeds build")


@main.command()
@project_option
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Where to write; otherwise public.")
@click.option(
    "--at", metavar="DATE", help="Publish what is due at this time (UTC unless it names a zone); otherwise now."
)
@click.option("--locked", is_flag=True, help="Fail where channel.lock would have to change (for CI).")
@quiet_option
@json_option
def build(project: Path, out: Path | None, at: str | None, locked: bool, quiet: bool, as_json: bool) -> None:
    """Build the site and its feeds into the folder public."""
    from feeds.building.build import OUTPUT, build_site
    from feeds.progress import show_progress

    moment = parse_moment(at)
    tell = print_json_faults if as_json else None
    with report_faults(tell), _keep_everything(), show_progress("Episodes", hidden=quiet or as_json) as progress:
        outcome = build_site(
            project, out or project / OUTPUT, at=moment, locking="check" if locked else "write", progress=progress
        )
    if as_json:
        _print_json_outcome(outcome)
    elif not quiet:
        print_groups("warning: ", outcome.warnings)
        _print_outcome(outcome)


@main.command()
@project_option
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port; 0 takes any that is free."
)
def serve(project: Path, port: int) -> None:
    """Build the site, show it on this machine, and build it again whenever a file changes."""
    from datetime import UTC, datetime

    from feeds.building.build import build_site
    from feeds.preview.app import Built
    from feeds.preview.serve import serve_site
    from feeds.progress import show_progress

    def rebuild(folder: Path, url: str) -> Built:
        with show_progress("Episodes", hidden=False) as progress:
            outcome = build_site(project, folder, at=datetime.now(UTC), url=url, locking="leave", progress=progress)
        written = outcome.written
        return Built(written=len(written.written), removed=len(written.removed), warnings=outcome.warnings)

    with report_faults():
        serve_site(project, build=rebuild, say=click.echo, port=port)


@contextmanager
def _keep_everything() -> Iterator[None]:
    """Do not look for garbage: a build makes a million things and throws few away; the search takes a tenth of it."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _print_outcome(outcome: Outcome) -> None:
    written = outcome.written
    click.echo(
        f"{format_count(outcome.channels, 'channel')}, {format_count(outcome.episodes, 'episode')}: "
        f"{format_count(len(written.written), 'file')} written, "
        f"{written.unchanged} unchanged, {len(written.removed)} removed."
    )


def _print_json_outcome(outcome: Outcome) -> None:
    document = {
        "channels": outcome.channels,
        "episodes": outcome.episodes,
        "written": outcome.written.written,
        "unchanged": outcome.written.unchanged,
        "removed": outcome.written.removed,
        "warnings": list_faults(outcome.warnings),
    }
    print_json(document)
