"""`feeds transcript`: transcripts on their own, without a show around them."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from feeds.commands.reporting import report_faults
from feeds.model import TranscriptForm


@click.group()
def transcript() -> None:
    """Work with transcripts: WebVTT, SRT, JSON, plain text and HTML."""


@transcript.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--to", "form", required=True, type=click.Choice(get_args(TranscriptForm)), help="The form to write.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write; otherwise it is printed.")
def convert(file: Path, form: TranscriptForm, out: Path | None) -> None:
    """Write FILE in another form, with all its times and speakers."""
    from feeds.errors import Fault, FeedsError, format_path
    from feeds.media.measure import read_transcript
    from feeds.media_types import find_transcript_type
    from feeds.transcripts.cue import gather_cues
    from feeds.transcripts.forms import format_transcript
    from feeds.tree import write_whole

    with report_faults():
        try:
            cues = gather_cues(read_transcript(file, find_transcript_type(file.name) or "text/plain"))
        except ValueError as error:
            raise FeedsError([Fault(path=format_path(file), message=str(error))]) from error
        text = format_transcript(cues, form)
        if out:
            write_whole(out, text.encode())
            click.echo(f"wrote {out}")
        else:
            click.echo(text, nl=False)
