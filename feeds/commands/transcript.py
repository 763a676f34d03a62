"""`feeds transcript`: transcripts on their own, without a show around them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from feeds.commands.reporting import print_lines, report_faults
from feeds.model import TranscriptForm

if TYPE_CHECKING:
    from feeds.transcripts.cue import Speech

_STDIN = Path("-")
_readable = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)
_writable = click.Path(dir_okay=False, allow_dash=True, path_type=Path)


@click.group()
def transcript() -> None:
    """Work with transcripts: WebVTT, SRT, JSON, plain text and HTML."""


@transcript.command()
@click.argument("file", type=_readable)
@click.option(
    "--to", "form", type=click.Choice(get_args(TranscriptForm)), help="The form to write; otherwise by the name of OUT."
)
@click.option("--out", "-o", type=_writable, help="Where to write; otherwise it is printed.")
def convert(file: Path, form: TranscriptForm | None, out: Path | None) -> None:
    """Write FILE in another form, with all its times and speakers; - is standard input."""
    from feeds.errors import Fault, FeedsError, format_path
    from feeds.transcripts.cue import check_ends, find_cues, gather_cues
    from feeds.transcripts.forms import format_transcript
    from feeds.tree import guard_output, write_whole

    name = "<stdin>" if file == _STDIN else format_path(file)
    place = None if out == _STDIN else out
    with report_faults():
        target = form or _find_form(place)
        if place:
            guard_output(place, [file])
        try:
            speeches = _read(file)
            cues = gather_cues(speeches)
        except ValueError as error:
            raise FeedsError([Fault(path=name, message=str(error))]) from error
        if not cues:
            raise FeedsError([Fault(path=name, message="nothing is said in it: a transcript has words with times")])
        text = format_transcript(cues, target)
        if place:
            write_whole(place, text.encode())
            click.echo(f"wrote {place}")
        else:
            click.echo(text, nl=False)
    backward = check_ends(find_cues(speeches))
    print_lines("warning: ", (Fault(path=name, line=cue.line, message=message) for cue, message in backward))


def _read(file: Path) -> tuple[Speech, ...]:
    from feeds.media_types import find_transcript_type
    from feeds.transcripts.forms import find_type, parse_transcript, parse_transcript_bytes

    content = sys.stdin.buffer.read() if file == _STDIN else file.read_bytes()
    text = parse_transcript_bytes(content)
    return parse_transcript(text, find_transcript_type(file.name) or find_type(text))


def _find_form(out: Path | None) -> TranscriptForm:
    """The form that the name of the output file tells. Raises OptionError if it tells none that is written."""
    from feeds.errors import Fault, OptionError
    from feeds.media_types import find_transcript_type
    from feeds.transcripts.forms import find_timed_form

    form = find_timed_form(find_transcript_type(out.name)) if out else None
    if form is None:
        forms = ", ".join(get_args(TranscriptForm))
        raise OptionError([Fault(path="--to", message=f"name the form to write, of {forms}, or a file that ends so")])
    return form
