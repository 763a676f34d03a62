"""`feeds import capture`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feeds.commands.reporting import print_json, print_json_faults, print_lines, report_faults

if TYPE_CHECKING:
    from datetime import datetime

    from feeds.importers.capture.capture import Capture
    from feeds.importers.capture.episodes import Boundary
    from feeds.importers.capture.writing import Written


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of the records, such as seeds/my-show; without it nothing is written.",
)
@click.option(
    "--date", "when", default="", help="When the first episode of the page came out; without it all are drafts."
)
@click.option(
    "--every",
    type=click.IntRange(-3650, 3650),
    default=7,
    show_default=True,
    help="By how many days each further episode is older than the one above it; negative where they ascend.",
)
@click.option("--review", is_flag=True, help="Ask at the terminal about each boundary that is doubtful.")
@click.option("--json", "as_json", is_flag=True, help="Print the episodes as JSON, and what there is to say on stderr.")
def capture(file: Path, into: Path | None, when: str, every: int, review: bool, as_json: bool) -> None:
    """Read the text of a page whose line breaks are lost, and make records of its episodes."""
    from datetime import timedelta

    from feeds.importers.capture.records import format_captured
    from feeds.importers.capture.writing import find_faults, read_capture, write_records

    date = _parse_date(when)
    with report_faults(print_json_faults if as_json else None):
        page = read_capture(file)
        if review:
            from feeds.commands.review import review_capture

            review_capture(page, file)
            page = read_capture(file)
        written = None
        if into:
            written = write_records(
                page, file, into, newest=date or _find_today(), every=timedelta(days=every), drafts=date is None
            )
    if as_json:
        print_json([format_captured(episode) for episode in page.episodes])
    _print_summary(page, file, written, err=as_json)
    if not into:
        print_lines("could not be written: ", find_faults(page, file, newest=_find_today()))
    if written:
        print_lines("warning: ", written.conflicts)
        _print_written(written, into, dated=date is not None, every=every, err=as_json)


def _parse_date(text: str) -> datetime | None:
    from feeds.formats import parse_date

    try:
        return parse_date(text) if text else None
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--date") from error


def _find_today() -> datetime:
    from datetime import UTC, datetime

    return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _print_summary(page: Capture, file: Path, written: Written | None, *, err: bool) -> None:
    from feeds.importers.capture.records import count_parts
    from feeds.importers.capture.review import find_doubtful

    counts = count_parts(page.episodes)
    click.echo(", ".join(_count(number, name) for name, number in counts.items()) + ".", err=err)
    for line, text in page.left_out:
        click.echo(f"left out, as it belongs to no episode: line {line}: {_shorten(text, 80)}", err=err)
    doubtful = find_doubtful(page.episodes)
    if doubtful:
        click.echo(f"{_count(len(doubtful), 'boundaries')} in doubt, the likeliest first:", err=err)
        _print_doubtful(doubtful, file, err=err)
        click.echo(f"To decide them yourself: feeds import capture {file} --review", err=err)
    if written is None:
        click.echo("Nothing was written: to write records, say where, as in --into seeds/my-show", err=err)


def _print_doubtful(doubtful: Iterable[Boundary], file: Path, *, err: bool) -> None:
    for boundary in doubtful:
        time = f"[{boundary.time}] " if boundary.time else ""
        click.echo(f"  {file}:{boundary.line}: {time}{_shorten(boundary.place, 60)}", err=err)
        for choice in boundary.choices[:3]:
            title, body = boundary.run[: choice.end], boundary.run[choice.end :].strip()
            click.echo(f"    {choice.confidence:4.0%}  {title} | {_shorten(body, 40)}", err=err)


def _print_written(written: Written, into: Path | None, *, dated: bool, every: int, err: bool) -> None:
    for path in written.written:
        click.echo(f"wrote {path}", err=err)
    if written.unchanged:
        click.echo(f"{_count(written.unchanged, 'records')} in {into} already, and unchanged.", err=err)
    if not written.written:
        return
    apart = f"{abs(every)} days apart" if abs(every) != 1 else "a day apart"
    if dated:
        click.echo(f"The page says no dates: yours is that of the first, the others follow {apart}.", err=err)
    else:
        click.echo(
            f"The page says no dates: the records are drafts dated from today, {apart}. "
            "Write the dates and take draft out, or delete them and import again with --date.",
            err=err,
        )
    click.echo("It names no recording: silence stands in, five minutes longer than the last time it names.", err=err)


def _count(number: int, names: str) -> str:
    singular = {"boundaries": "boundary", "entities": "entity"}.get(names, names.removesuffix("s"))
    return f"{number} {singular if number == 1 else names}"


def _shorten(text: str, letters: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= letters else line[: letters - 1].rstrip() + "…"
