"""A new record: with what an audio file says of itself, or with a stand-in until there is one."""

from __future__ import annotations

import datetime as dt
import difflib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from feeds.authoring.additions import write_additions
from feeds.authoring.options import parse_line, parse_option
from feeds.errors import Fault, FeedsError, OptionError, format_path
from feeds.formats import MINUTE, format_slug, format_title, parse_date
from feeds.media.measure import measure_tags
from feeds.media.tags import Tags
from feeds.media_types import find_audio_type
from feeds.model import Channel, Chapter, Episode, LocalAudio, Prose, StandIn
from feeds.records.seeds import format_seed
from feeds.settings.channel import read_settings

_NO_TITLE = "New episode"
_NAME_LETTERS = 60

_SUMMARY = "*Write here, in a paragraph or two, what this episode is about. It is the part that every app shows.*"
_NO_CHAPTERS = "<!-- A heading with a time begins a chapter, as in: ## [05:00] The main part -->"
_NO_AUDIO = """\
*Nothing is recorded yet, so silence stands in for it. When you have the recording, put it beside this file, write \
its name in place of `stand-in`, and delete the line with the duration. Then delete this paragraph.*"""

_STAND_IN_DURATION = 30 * MINUTE
_STAND_IN_CHAPTERS = (
    (0, "Opening", "*A heading with a time begins a chapter: give these three your own times and titles.*"),
    (5 * MINUTE, "The main part", "*Below the heading stands what is worth reading about it, or nothing.*"),
    (25 * MINUTE, "Closing", "*There can be more chapters, or none. They stand in the order of their times.*"),
)

# What would begin a heading, a quote, code or a comment.
_STRUCTURE = re.compile(r"^([ \t]*)(?=[#>]|```|~~~|<(?:!--|pre|script|style|textarea))", re.MULTILINE | re.IGNORECASE)


def write_record(
    project: Path, *, audio: Path | None, channel: str, title: str, when: str, at: dt.datetime
) -> tuple[str, ...]:
    """Write a record into the folder of its channel, and give the paths of what was written, the record last.

    `channel` may be "" where there is only one. Without a title the episode is called as its audio is, by the tags
    or else by the name of the file. Without a date it is dated `at`, to the minute, in the time zone of the site, so
    that the next build has it. Audio from outside the project is copied beside the record, under the same name.

    Raises FeedsError, and writes nothing, where a value is wrong or a file of that name is there already.
    """
    settings = read_settings(project / "channel.toml")
    zone = settings.site.timezone
    faults: list[Fault] = []
    chosen = parse_option("--channel", channel, partial(_find_channel, settings.channels), None, faults)
    date = at.astimezone(zone).replace(second=0, microsecond=0)
    if when:
        date = parse_option("--date", when, partial(parse_date, zone=zone), date, faults)
    title = parse_option("--title", title, parse_line, "", faults)
    miscalled = bool(faults)
    tags = _measure_tags(audio, faults) if audio else None
    if miscalled or chosen is None:
        raise OptionError(faults)
    if faults:
        raise FeedsError(faults)
    title = title or _find_title(audio, tags)
    record = chosen.folder / chosen.seeds / f"{find_record_name(title)}.md"
    files: dict[Path, bytes | Path] = {}
    if audio and tags:
        place = _find_place(audio, record, project)
        episode = draft_episode(title, date, tags, audio=_find_relative(place, record.parent))
        if place != audio:
            files[place] = audio
    else:
        episode = draft_stand_in(title, date)
    files[record] = format_seed(episode).encode()
    write_additions(files, remedy="give the new episode another --title")
    return tuple(map(format_path, files))


def draft_stand_in(title: str, date: dt.datetime) -> Episode:
    """An episode that is not recorded yet, with chapters that say what to put in their place."""
    return Episode(
        title=title,
        date=date,
        audio=StandIn(),
        duration=_STAND_IN_DURATION,
        opening=(Prose(text=_SUMMARY), Prose(text=_NO_AUDIO)),
        sections=tuple(
            Chapter(start=start, title=name, blocks=(Prose(text=text),)) for start, name, text in _STAND_IN_CHAPTERS
        ),
    )


def draft_episode(title: str, date: dt.datetime, tags: Tags, *, audio: str) -> Episode:
    """An episode as its audio describes it; `audio` is the path of the file as seen from the record."""
    chapters = tuple(_find_usable(tags.chapters, tags.duration))
    summary = _STRUCTURE.sub(r"\1\\", tags.description) or _SUMMARY
    return Episode(
        title=title,
        date=date,
        audio=LocalAudio(path=audio),
        subtitle=tags.subtitle,
        season=tags.season,
        episode=tags.episode,
        opening=(Prose(text=summary),) if chapters else (Prose(text=summary), Prose(text=_NO_CHAPTERS)),
        sections=chapters,
    )


def _find_usable(chapters: Iterable[Chapter], duration: int) -> Iterator[Chapter]:
    """The chapters that a record can hold: none past the end, and of those listed at one time the first."""
    listed: set[int] = set()
    for chapter in chapters:
        if chapter.start < duration and not (chapter.toc and chapter.start in listed):
            yield chapter
        if chapter.toc:
            listed.add(chapter.start)


def _find_channel(channels: Sequence[Channel], slug: str) -> Channel:
    by_slug = {channel.slug: channel for channel in channels}
    if slug in by_slug:
        return by_slug[slug]
    if not slug and len(channels) == 1:
        return channels[0]
    if not slug:
        raise ValueError(f"is missing: there are several, so write one of {', '.join(by_slug)}")
    near = difflib.get_close_matches(slug, by_slug, n=1)
    remedy = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(by_slug)}"
    raise ValueError(f"{slug!r} is no channel of this project; {remedy}")


def _measure_tags(audio: Path, faults: list[Fault]) -> Tags | None:
    try:
        if not find_audio_type(audio.name):
            raise ValueError("is no audio or video file that podcast apps play (mp3, m4a, mp4, ogg, opus…)")
        return measure_tags(audio)
    except ValueError as error:
        faults.append(Fault(path=format_path(audio), message=str(error)))
        return None


def _find_title(audio: Path | None, tags: Tags | None) -> str:
    return (tags and tags.title) or (audio and format_title(audio.stem)) or _NO_TITLE


def find_record_name(title: str) -> str:
    """The name of the record, which the address of its page comes from. README.md would be none."""
    name = format_slug(title)[:_NAME_LETTERS].strip("-")
    return name if name not in ("", "readme") else f"{name}-episode".strip("-")


def _find_place(audio: Path, record: Path, project: Path) -> Path:
    """Where the audio stands for the record: where it is within the project, else beside the record."""
    inside = audio.resolve().is_relative_to(project.resolve())
    return audio if inside else record.with_suffix(audio.suffix.lower())


def _find_relative(file: Path, folder: Path) -> str:
    return os.path.relpath(file.resolve(), folder.resolve()).replace(os.sep, "/")
