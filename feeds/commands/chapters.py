"""`feeds chapters`: the chapters of one episode, read from any carrier, shown, written, embedded, checked."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feeds.commands.reporting import FAULTY, format_count, report_faults

if TYPE_CHECKING:
    from feeds.chaptering.sources import Source
    from feeds.network.limits import Limits

_source = click.argument("source", metavar="FILE")
_episode = click.option("--episode", default="", help="Of a feed, which item: its guid, its title or its number.")
_to = click.option("--to", "form", default="", help="The form to write; otherwise by the name of OUT, else json.")
_out = click.option(
    "--out",
    "-o",
    type=click.Path(dir_okay=False, allow_dash=True),
    default="-",
    help="Where to write; otherwise standard output.",
)
_private = click.option("--allow-private", is_flag=True, help="Also fetch from this machine and its own network.")
_audio = click.argument("audio", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group()
def chapters() -> None:
    """Read chapters from any carrier, and write any other.

    FILE is a chapters file of any form, a recording, a record of an episode (.md), a feed, an address, or - for
    standard input. `feeds chapters carriers` lists the forms and what each can hold.
    """


@chapters.command()
def carriers() -> None:
    """List the forms that chapters have, and what each can hold."""
    from feeds.chaptering.tables import render_carriers

    click.echo(render_carriers(), nl=False)


@chapters.command()
@_source
@_episode
@_private
def show(source: str, episode: str, allow_private: bool) -> None:
    """Show the chapters of FILE."""
    from feeds.chaptering.tables import render_chapters

    with report_faults():
        found = _read(source, episode, allow_private=allow_private)
    click.echo(f"{found.name}: {format_count(len(found.listing.chapters), 'chapter')}, {found.form}", err=True)
    click.echo(render_chapters(found.listing), nl=False)


@chapters.command()
@_source
@_to
@_out
@_episode
@_private
def convert(source: str, form: str, out: str, episode: str, allow_private: bool) -> None:
    """Write the chapters of FILE in another form, and say what is lost.

    `feeds chapters carriers` lists the forms; those that are written have a yes there.
    """
    from feeds.chaptering.converting import convert_chapters, find_target

    with report_faults():
        target = find_target(form, out)
        found = _read(source, episode, allow_private=allow_private)
        converted = convert_chapters(found.listing, target)
        _write(converted.text, out, found)
    _tell_losses(converted.lost)


@chapters.command()
@_audio
@click.option("--chapters", "source", required=True, help="Where the chapters are: any FILE.")
@click.option("--out", "-o", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The copy to write.")
@_episode
@_private
def embed(audio: Path, source: str, out: Path, episode: str, allow_private: bool) -> None:
    """Write a copy of AUDIO with these chapters; its sound and its other tags stay as they are."""
    from feeds.chaptering.embedding import write_embedded

    with report_faults():
        lost = write_embedded(audio, _read(source, episode, allow_private=allow_private), out)
    click.echo(f"wrote {out}")
    _tell_losses(lost)


@chapters.command()
@_audio
@_to
@_out
@click.option("--pictures", type=click.Path(file_okay=False, path_type=Path), help="A folder for the pictures in it.")
def extract(audio: Path, form: str, out: str, pictures: Path | None) -> None:
    """Write the chapters in the tags of AUDIO, and their pictures."""
    from feeds.chaptering.converting import convert_chapters, find_target
    from feeds.chaptering.embedding import write_pictures

    with report_faults():
        target = find_target(form, out)
        found = _read(str(audio), "", allow_private=False)
        converted = convert_chapters(found.listing, target)
        _write(converted.text, out, found)
        written = write_pictures(audio, pictures) if pictures else ()
    for path in written:
        click.echo(f"wrote {path}", err=True)
    _tell_losses(converted.lost)


@chapters.command()
@_source
@click.option(
    "--audio",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The recording, whose end no chapter may pass.",
)
@_episode
@_private
def check(source: str, audio: Path | None, episode: str, allow_private: bool) -> None:
    """Check the chapters of FILE, and say which platforms take them. Fails where something is an error."""
    from feeds.chaptering.checking import check_chapters, read_checked
    from feeds.chaptering.tables import render_opinions

    with report_faults(ending="nothing was checked."):
        limits = _find_limits(allow_private=allow_private)
        found = read_checked(source, stdin=sys.stdin.buffer, audio=audio, episode=episode, limits=limits)
        _tell_repeated(found[0])
        result = check_chapters(*found)
    for line in result.lines:
        click.echo(line, err=True)
    click.echo(render_opinions(result.opinions), nl=False)
    if result.is_failed:
        sys.exit(FAULTY)


def _read(source: str, episode: str, *, allow_private: bool) -> Source:
    from feeds.chaptering.sources import read_chapters

    limits = _find_limits(allow_private=allow_private)
    found = read_chapters(source, stdin=sys.stdin.buffer, episode=episode, limits=limits)
    _tell_repeated(found)
    return found


def _tell_repeated(found: Source) -> None:
    if count := found.listing.repeated:
        is_or_are = "starts together with another and is" if count == 1 else "start together with another and are"
        click.echo(f"{found.name}: {format_count(count, 'chapter')} {is_or_are} left out", err=True)


def _find_limits(*, allow_private: bool) -> Limits:
    from feeds.network.limits import DOCUMENT_LIMITS

    return replace(DOCUMENT_LIMITS, allow_private=allow_private)


def _write(text: str, out: str, found: Source) -> None:
    from feeds.tree import guard_output, write_whole

    if out == "-":
        click.echo(text.encode(), nl=False)
    else:
        guard_output(Path(out), [found.file] if found.file else [])
        write_whole(Path(out), text.encode())
        click.echo(f"wrote {out}", err=True)


def _tell_losses(lost: str) -> None:
    if lost:
        click.echo(f"lost: {lost}", err=True)
