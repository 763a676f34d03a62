"""`feeds import feed`."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feeds.commands.reporting import (
    FAULTY,
    format_count,
    json_option,
    list_faults,
    print_json,
    print_json_faults,
    print_lines,
    project_option,
    quiet_option,
    report_faults,
)

if TYPE_CHECKING:
    from feeds.importers.feed.comparing import Comparison
    from feeds.importers.feed.taking import Taken
    from feeds.progress import Tell

_NAMED = 5
"""How many of a kind are named."""

_FATES = {
    "new": "new",
    "updated": "updated",
    "kept": "as they were",
    "edited": "edited here, and kept",
    "conflict": "in conflict",
    "deleted": "deleted here, and left out",
}


@click.command()
@click.argument("source", metavar="URL|FILE")
@click.option("--channel", default="", help="The name of the channel, a part of its address; otherwise of its title.")
@click.option("--url", default="", help="Where the site will stand, for a project that has no channel.toml yet.")
@click.option(
    "--media",
    type=click.Choice(["keep", "download"]),
    default="keep",
    show_default=True,
    help="Whether recordings stay where they are, or come beside their records.",
)
@click.option("--stamps", is_flag=True, help="Take chapters from time stamps in the notes, where there are no others.")
@click.option("--theirs", is_flag=True, help="Of what was edited or deleted here, take the version of the feed.")
@click.option("--verify", is_flag=True, help="Build, compare with the feed element by element, and print what differs.")
@click.option("--allow-private", is_flag=True, help="Also fetch from this machine and its own network.")
@project_option
@quiet_option
@json_option
def feed(
    source: str,
    channel: str,
    url: str,
    media: str,
    stamps: bool,
    theirs: bool,
    verify: bool,
    allow_private: bool,
    project: Path,
    quiet: bool,
    as_json: bool,
) -> None:
    """Take in an existing podcast, whole: its feed becomes records, a table of channel.toml, and the lock.

    No guid, date or enclosure changes, so that no app downloads anything again. What has no place of its own in a
    record stands word for word under extra. Run again, it brings what is new, and leaves alone what was edited here.
    """
    from tempfile import TemporaryDirectory

    from feeds.importers.feed.taking import Asked, compare_build, take_feed
    from feeds.progress import show_progress

    asked = Asked(
        source=source,
        slug=channel,
        site_url=url,
        download=media == "download",
        stamps=stamps,
        theirs=theirs,
        again=verify,
        allow_private=allow_private,
    )
    tell = print_json_faults if as_json else None
    hidden = quiet or as_json

    def show_download(name: str) -> AbstractContextManager[Tell]:
        return show_progress(f"{name} (bytes)", hidden=hidden)

    with report_faults(tell), TemporaryDirectory() as folder:
        # One bar at a time: that of a download, if there is any.
        with show_progress("Episodes", hidden=hidden or asked.download) as progress:
            taken = take_feed(asked, project, Path(folder), progress=progress, show_download=show_download)
        if taken and not hidden:
            _print(taken)
        with report_faults(tell, ending="what was taken in stays, and could not be compared."):
            compared = compare_build(taken, project, Path(folder)) if taken and verify else None
    if as_json:
        print_json(_describe(taken, compared))
    elif not taken:
        click.echo(f"{source} is as it was when it was taken in; nothing was written.")
    elif not quiet:
        _print_end(compared)
    print_lines("", taken.failed if taken else ())
    if (taken and taken.failed) or (compared and compared.faults):
        sys.exit(FAULTY)


def _print_end(compared: Comparison | None) -> None:
    from feeds.importers.feed.comparing import format_comparison

    if compared:
        click.echo(format_comparison(compared))
    click.echo("Next: read channel.toml, then run feeds build")


def _print(taken: Taken) -> None:
    report, pages = taken.report, taken.pages
    for fault in pages.head.faults[:_NAMED]:
        click.echo(f"warning: {fault}: read as far as it can be", err=True)
    for what, count in [*pages.mended.items(), *pages.head.renamed.items()]:
        if count:
            click.echo(f"mended: {count} × {what}", err=True)
    for note, count in report.notes.items():
        click.echo(f"note: {count} × {note} (first: {report.first[note]})", err=True)
    if pages.unread:
        click.echo(f"note: the feed goes on at {pages.unread}: import it from its address to get all", err=True)
    conflicts = report.records.get("conflict", [])
    for key in conflicts[:_NAMED]:
        click.echo(f"conflict: {key} was changed here and in the feed: --theirs takes that of the feed", err=True)
    for key in report.records.get("deleted", [])[:_NAMED]:
        click.echo(f"deleted: {key} was deleted here, and stays so: --theirs brings it back", err=True)
    if report.offered:
        click.echo(
            f"{format_count(report.offered, 'episode')} with chapters in the notes: --stamps takes them in", err=True
        )
    counts = ", ".join(f"{len(keys)} {_FATES[fate]}" for fate, keys in report.records.items())
    total = sum(map(len, report.records.values()))
    click.echo(f"{report.slug}: {format_count(total, 'episode')}: {counts or 'none'}.")


def _describe(taken: Taken | None, compared: Comparison | None) -> dict[str, object]:
    from feeds.importers.feed.comparing import describe_comparison

    if not taken:
        return {"changed": False}
    report, pages = taken.report, taken.pages
    return {
        "changed": True,
        "channel": report.slug,
        "records": report.records,
        "notes": {note: {"count": count, "first": report.first[note]} for note, count in report.notes.items()},
        "mended": {**pages.mended, **pages.head.renamed},
        "faults": pages.head.faults,
        "unread": pages.unread,
        "offered": report.offered,
        "failed": list_faults(taken.failed),
        **({"comparison": describe_comparison(compared)} if compared else {}),
    }
