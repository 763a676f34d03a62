"""What a record says of its recording: all that stands in the tags, and where the file is."""

from __future__ import annotations

import datetime as dt
import difflib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from feeds.formats import CONTROL, format_slug, format_title
from feeds.media.tags import Tags
from feeds.model import Channel, Chapter, Episode, LocalAudio, Numbering, Prose, Season

_NAME_LETTERS = 60

# What would begin a heading, a quote, code or a comment.
# What a tag says is plain text, in which Markdown would see HTML.
_MARKUP = re.compile(r"[<&]")
_STRUCTURE = re.compile(r"^([ \t]*)(?=[#>]|```|~~~|<(?:!--|pre|script|style|textarea))", re.MULTILINE | re.IGNORECASE)


def draft_recording(title: str, date: dt.datetime, tags: Tags, *, audio: str, channel: Channel) -> Episode:
    """An episode as its recording describes it; `audio` is the path of the file as seen from the record.

    What the channel says already is not said again.
    """
    summary = _STRUCTURE.sub(r"\1\\", _MARKUP.sub(r"\\\g<0>", tags.description))
    return Episode(
        title=title,
        date=date,
        audio=LocalAudio(path=audio),
        subtitle=tags.subtitle,
        author=tags.author if tags.author != channel.author else "",
        season=Season(number=tags.season) if tags.season is not None else None,
        episode=Numbering(number=Decimal(tags.episode)) if tags.episode is not None else None,
        explicit=tags.explicit if tags.explicit != channel.explicit else None,
        tags=tags.keywords,
        opening=(Prose(text=summary),) if summary else (),
        sections=tuple(_find_usable(tags.chapters, tags.duration)),
    )


def find_channel(channels: Sequence[Channel], slug: str) -> Channel:
    """Find the channel behind --channel, "" where there is only one. Raises ValueError."""
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


def find_title(tags: Tags, audio: Path) -> str:
    """The title in the tags, else the one that the name of the file proposes, "" if neither says anything."""
    return tags.title or format_title(CONTROL.sub("", audio.stem))


def find_record_name(title: str) -> str:
    """The name of the record, which the address of its page comes from. README.md would be none."""
    name = format_slug(title)[:_NAME_LETTERS].strip("-")
    return name if name not in ("", "readme") else f"{name}-episode".strip("-")


def find_place(file: Path, copy: Path, project: Path) -> Path:
    """Where a file stands for the record: where it is within the project, else where its copy shall be."""
    return file if file.resolve().is_relative_to(project.resolve()) else copy


def find_relative(file: Path, folder: Path) -> str:
    """The path of a file as seen from the folder of a record, with slashes on every system."""
    return os.path.relpath(file.resolve(), folder.resolve()).replace(os.sep, "/")


def _find_usable(chapters: Iterable[Chapter], duration: int) -> Iterator[Chapter]:
    """The chapters that a record can hold: none past the end, and of those listed at one time the first."""
    listed: set[int] = set()
    for chapter in chapters:
        if chapter.start < duration and not (chapter.toc and chapter.start in listed):
            yield chapter
        if chapter.toc:
            listed.add(chapter.start)
