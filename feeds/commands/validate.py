"""`feeds validate`, and the rulebook behind it: `feeds explain` and `feeds rules`."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feeds.commands.reporting import FAULTY, json_option, print_json, report_faults

if TYPE_CHECKING:
    from datetime import datetime

    from feeds.reports.report import Report
    from feeds.rulebook.rule import Level, Rule

FORMATS = ("text", "json", "sarif", "github", "junit")
LEVELS = ("error", "warning", "info", "never")


@click.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="How findings are written."
)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file; otherwise to the terminal."
)
@click.option(
    "--profile", default="", help="Whose wishes count: apple, spotify, psp1, podcasting2, rss; otherwise all."
)
@click.option(
    "--fail-on", type=click.Choice(LEVELS), default="error", show_default=True, help="From which level on it fails."
)
@click.option(
    "--against",
    metavar="FEED",
    default="",
    help="The published feed, or a folder with several: find changes that hurt subscribers.",
)
@click.option("--url", default="", help="The address at which a feed from the disk is published.")
@click.option("--at", metavar="DATE", help="Hold dates against this time; otherwise now.")
@click.option("--ignore", "ignores", metavar="RULE=REASON", multiple=True, help="A rule that may be broken, and why.")
@click.option(
    "--linked", is_flag=True, help="Look at what it links to as well: media, pictures, chapters, transcripts."
)
@click.option("--allow-private", is_flag=True, help="Also fetch from this machine and its own network.")
@click.option("--all", "everything", is_flag=True, help="List every finding, not the first few of each rule.")
@click.option("--color/--no-color", "colour", default=None, help="In colour or not; otherwise as the terminal can.")
@click.option("--quiet", "-q", is_flag=True, help="Print nothing if nothing is found.")
@click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder with the channel.toml whose [validate.ignore] holds; otherwise that in which SOURCE lies.",
)
def validate(
    sources: tuple[str, ...],
    form: str,
    output: Path | None,
    profile: str,
    fail_on: str,
    against: str,
    url: str,
    at: str | None,
    ignores: tuple[str, ...],
    linked: bool,
    allow_private: bool,
    everything: bool,
    colour: bool | None,
    quiet: bool,
    project: Path | None,
) -> None:
    """Judge podcast feeds, whatever made them: files, URLs, folders with feeds, or - for standard input."""
    from dataclasses import replace

    from feeds.progress import show_progress
    from feeds.rulebook.check import MOST
    from feeds.validating.judging import EVERYTHING, Wishes, judge_sources

    with report_faults(ending="nothing was judged."):
        wishes = Wishes(
            at=parse_moment(at),
            profiles=_parse_profiles(profile),
            url=url,
            ignored=_parse_ignores(ignores),
            project=project,
            against=against,
            linked=linked,
            allow_private=allow_private,
            most=EVERYTHING if everything else MOST,
        )
        with show_progress("Linked files", hidden=quiet or not linked) as progress:
            judged = judge_sources(sources, wishes, stdin=sys.stdin.buffer, progress=progress)
        report = replace(judged, fails_from=_find_least(fail_on))
        if output or form != "text" or not quiet or report.is_failed or report.findings:
            _write(report, form, output, everything=everything, colour=colour)
    if report.is_failed:
        sys.exit(FAULTY)


def _write(report: Report, form: str, output: Path | None, *, everything: bool, colour: bool | None) -> None:
    from feeds.reports.formats import FORMATS as RENDERERS
    from feeds.reports.text import Style
    from feeds.tree import write_whole

    terminal = output is None and form == "text" and sys.stdout.isatty()
    style = Style(
        width=shutil.get_terminal_size((100, 24)).columns if terminal else 100,
        colour=_is_coloured(terminal) if colour is None else colour,
        everything=everything,
    )
    text = RENDERERS[form](report, style)
    if output:
        write_whole(output, text.encode("utf-8", "replace"))
    elif form == "text":
        # What the terminal cannot write is no reason to say nothing.
        encoding = sys.stdout.encoding
        click.echo(text.encode(encoding, "replace").decode(encoding), nl=False, color=style.colour)
    else:
        click.echo(text.encode("utf-8", "replace"), nl=False)


def _is_coloured(terminal: bool) -> bool:
    """In colour at a terminal, unless the user wants none (no-color.org)."""
    import os

    return terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _find_least(level: str) -> Level | None:
    from feeds.rulebook.rule import Level

    return None if level == "never" else Level[level.upper()]


def parse_moment(text: str | None) -> datetime:
    """The time that an option names, in UTC unless it names a zone; otherwise now."""
    from datetime import UTC, datetime

    from feeds.formats import parse_date

    if text is None:
        return datetime.now(UTC)
    try:
        return parse_date(text)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--at") from error


def _parse_profiles(text: str) -> tuple[str, ...]:
    from feeds.rulebook.rule import PROFILES

    named = tuple(filter(None, (part.strip().lower() for part in text.split(","))))
    for name in named:
        if name not in PROFILES:
            raise click.BadParameter(f"{name!r} is none of {', '.join(PROFILES)}", param_hint="--profile")
    return named or PROFILES


def _parse_ignores(options: Sequence[str]) -> Mapping[str, str]:
    """The rules that options ignore, with their reasons. Raises OptionError for one without, or that does not exist."""
    from feeds.errors import Fault, OptionError
    from feeds.rules.every import RULE_BY_ID
    from feeds.rules.ids import explain_unknown

    ignored: dict[str, str] = {}
    faults: list[Fault] = []
    for option in options:
        rule, _, reason = option.partition("=")
        if rule not in RULE_BY_ID:
            faults.append(Fault(path="--ignore", message=explain_unknown(rule)))
        elif not reason.strip():
            faults.append(Fault(path="--ignore", message=f"{rule} has no reason: write {rule}=why"))
        ignored[rule] = reason.strip()
    if faults:
        raise OptionError(faults)
    return ignored


@click.command()
@click.argument("rule")
def explain(rule: str) -> None:
    """Explain a RULE: what holds, why, who asks for it, and an example that breaks it and one that keeps it."""
    from feeds.errors import Fault, OptionError
    from feeds.reports.explaining import render_explanation
    from feeds.rules.every import RULE_BY_ID
    from feeds.rules.examples import read_examples
    from feeds.rules.ids import explain_unknown

    with report_faults(ending="nothing was explained."):
        if rule not in RULE_BY_ID:
            raise OptionError([Fault(path="feeds explain", message=explain_unknown(rule))])
        click.echo(render_explanation(RULE_BY_ID[rule], read_examples(rule)), nl=False)


@click.command()
@click.argument("words", nargs=-1)
@click.option("--profile", default="", help="Only what these ask for: apple, spotify, psp1, podcasting2, rss.")
@json_option
def rules(words: tuple[str, ...], profile: str, as_json: bool) -> None:
    """List the rules of the validator; of those in which all WORDS occur."""
    from feeds.rules.every import RULES

    profiles = _parse_profiles(profile)
    found = [
        rule
        for rule in RULES
        if rule.find_profiles(profiles) and all(word.lower() in f"{rule.id} {rule.summary}".lower() for word in words)
    ]
    if as_json:
        print_json([_list_rule(rule) for rule in found])
        return
    if not found:
        click.echo(f"No rule holds all of these words: {' '.join(words)}", err=True)
    width = max((len(rule.id) for rule in found), default=0)
    for rule in found:
        click.echo(f"{rule.id:{width}}  {rule.find_level(profiles)!s:7}  {rule.summary}")


def _list_rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "levels": {profile: str(level) for profile, level in rule.levels.items()},
        "holds": rule.summary,
        "why": rule.why,
        "source": rule.source,
    }
