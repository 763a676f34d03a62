"""A new record: with what an audio file says of itself, or with a stand-in until there is one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial
from pathlib import Path

from feeds import prompts
from feeds.authoring.additions import write_additions
from feeds.authoring.options import parse_line, parse_option
from feeds.authoring.recordings import (
    draft_recording,
    find_channel,
    find_place,
    find_record_name,
    find_relative,
    find_title,
)
from feeds.errors import Fault, FeedsError, OptionError, format_path
from feeds.formats import MINUTE, parse_date
from feeds.media.measure import measure_tags
from feeds.media.tags import Tags
from feeds.media_types import find_audio_type
from feeds.model import Channel, Chapter, Episode, Prose, StandIn
from feeds.records.seeds import format_seed
from feeds.settings.channel import read_settings

_NO_TITLE = "New episode"

_NO_CHAPTERS = "<!-- A heading with a time begins a chapter, as in: ## [05:00] The main part -->"

_STAND_IN_DURATION = 30 * MINUTE
_STAND_IN_CHAPTERS = ((0, "Opening"), (5 * MINUTE, "The main part"), (25 * MINUTE, "Closing"))


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
    chosen = parse_option("--channel", channel, partial(find_channel, settings.channels), None, faults)
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
    title = title or (find_title(tags, audio) if audio and tags else "") or _NO_TITLE
    record = chosen.folder / chosen.seeds / f"{find_record_name(title)}.md"
    files: dict[Path, bytes | Path] = {}
    if audio and tags:
        place = find_place(audio, record.with_suffix(audio.suffix.lower()), project)
        episode = draft_episode(title, date, tags, audio=find_relative(place, record.parent), channel=chosen)
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
        opening=(Prose(text=prompts.SUMMARY), Prose(text=prompts.NO_AUDIO)),
        sections=tuple(
            Chapter(start=start, title=name, blocks=(Prose(text=text),))
            for (start, name), text in zip(_STAND_IN_CHAPTERS, prompts.CHAPTERS, strict=True)
        ),
    )


def draft_episode(title: str, date: dt.datetime, tags: Tags, *, audio: str, channel: Channel) -> Episode:
    """An episode as its recording describes it, and what there is to write; `audio` is its path from the record."""
    episode = draft_recording(title, date, tags, audio=audio, channel=channel)
    opening = episode.opening or (Prose(text=prompts.SUMMARY),)
    return replace(episode, opening=opening if episode.sections else (*opening, Prose(text=_NO_CHAPTERS)))


def _measure_tags(audio: Path, faults: list[Fault]) -> Tags | None:
    try:
        if not find_audio_type(audio.name):
            raise ValueError("is no audio or video file that podcast apps play (mp3, m4a, mp4, ogg, opus…)")
        return measure_tags(audio)
    except ValueError as error:
        faults.append(Fault(path=format_path(audio), message=str(error)))
        return None
