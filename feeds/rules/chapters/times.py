"""JSON chapters: where each begins and ends."""

from __future__ import annotations

from itertools import pairwise

from feeds.formats import SECOND, format_timestamp
from feeds.rulebook.files.chapters import ChaptersFile
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.wording import quote
from feeds.rules.chapters.files import find_meant

_SPARE = 1000
"""Milliseconds by which a chapter may pass the end: durations are often rounded to seconds."""

_LONGEST = 360_000
"""Seconds that no recording has: a hundred hours. Where the duration is known, the rule of the end judges."""

_CHAPTER = "JSON chapters, 1.2, Chapter Object"


@rule("chapters", source=_CHAPTER, apple="error", podcasting2="error")
def chapters_start_missing(file: ChaptersFile) -> Hits:
    """Each chapter has a startTime.

    Without it an app does not know where the chapter begins.
    """
    for chapter in file.chapters:
        if "startTime" not in chapter.node.members:
            meant = find_meant("startTime", chapter.node.members)
            yield chapter.node.spot, f'the chapter has no "startTime"{meant}: write the seconds at which it begins'


@rule("chapters", source=_CHAPTER, apple="error", podcasting2="error")
def chapters_start_invalid(file: ChaptersFile) -> Hits:
    """A startTime is a number of seconds, from 0 on.

    Apps do not read "00:01:00", nor a number in quotes: the chapter is dropped, or begins at 0.
    """
    for chapter in file.chapters:
        start = chapter.node.members.get("startTime")
        if start and chapter.start is None:
            yield start.spot, f"the startTime is {start.describe()}: write seconds as a number, such as 60 or 60.5"
        elif start and chapter.start is not None and chapter.start > _LONGEST and file.duration is None:
            yield (
                start.spot,
                f"the startTime is {chapter.start:.0f} s, which is {chapter.start / 3600:,.0f} hours: write seconds",
            )


@rule("chapters", source=_CHAPTER, podcasting2="error", apple="error")
def chapters_end_invalid(file: ChaptersFile) -> Hits:
    """An endTime is a number of seconds, greater than the startTime.

    A chapter that ends before it begins is never played.
    """
    for chapter in file.chapters:
        end = chapter.node.members.get("endTime")
        if end and chapter.end is None:
            yield end.spot, f"the endTime is {end.describe()}: write seconds as a number, or leave it out"
        elif end and chapter.end is not None and chapter.start is not None and chapter.end <= chapter.start:
            message = f"the chapter ends at {chapter.end:g} s, but begins at {chapter.start:g} s"
            yield end.spot, f"{message}: endTime counts from the beginning of the recording"


@rule("chapters", source="JSON chapters, 1.2", apple="error", podcasting2="error")
def chapters_not_ascending(file: ChaptersFile) -> Hits:
    """Chapters stand in the order of their startTimes.

    Apps take the order as given, and show the wrong chapter while the recording plays.
    """
    timed = [(chapter, chapter.start) for chapter in file.chapters if chapter.start is not None]
    for (_, before), (chapter, start) in pairwise(timed):
        if start < before:
            message = f"the chapter begins at {start:g} s, the one before it at {before:g} s"
            yield chapter.node.members["startTime"].spot, f"{message}: put them in the order of time"


@rule("chapters", source="house; JSON chapters, 1.2", everywhere="warning")
def chapters_duplicate_start(file: ChaptersFile) -> Hits:
    """No two chapters of the list begin at the same time.

    One of them is never the current chapter, and a tap on either leads to the same place.
    """
    for (before, first), (start, chapter) in pairwise(file.timeline):
        if start == before:
            message = f"two chapters begin at {start:g} s, {quote(first.title)} and {quote(chapter.title)}"
            yield chapter.node.members["startTime"].spot, f"{message}: give each its own time"


@rule("chapters", source="house; JSON chapters, 1.2", everywhere="warning")
def chapters_past_end(file: ChaptersFile) -> Hits:
    """No chapter begins or ends after the end of the recording.

    Nobody ever gets there; often minutes were written as hours, or the times belong to another cut.
    """
    if file.duration is None:
        return
    for chapter in file.chapters:
        for name, seconds in (("startTime", chapter.start), ("endTime", chapter.end)):
            if seconds is not None and seconds * SECOND > file.duration + _SPARE:
                length = format_timestamp(file.duration // SECOND * SECOND)
                message = (
                    f"{name} is {seconds:g} s, but the recording is over at {length}, {file.duration / SECOND:g} s"
                )
                yield chapter.node.members[name].spot, f"{message}: write seconds of this recording"


@rule("chapters", source="house; JSON chapters, 1.2", podcasting2="info")
def chapters_end_overlap(file: ChaptersFile) -> Hits:
    """A chapter ends before the next one of the list begins.

    While two chapters last, an app shows either of them.
    """
    for (_, chapter), (following, _) in pairwise(file.timeline):
        if chapter.end is not None and chapter.end > following >= (chapter.start or 0):
            message = f"the chapter ends at {chapter.end:g} s, after the next one began at {following:g} s"
            yield chapter.node.members["endTime"].spot, f"{message}: end it there, or leave endTime out"


@rule("chapters", source="seen in AntennaPod; JSON chapters, 1.2, Chapter Object; house", everywhere="info")
def chapters_fraction_support(file: ChaptersFile) -> Hits:
    """No two chapters of the list begin within the same second.

    Fractions of a second may be lost: AntennaPod reads whole seconds, and then both begin at the same time.
    """
    for (before, _), (start, chapter) in pairwise(file.timeline):
        if start != before and int(start) == int(before):
            message = f"the chapter begins at {start:g} s, the one before it at {before:g} s"
            yield chapter.node.members["startTime"].spot, f"{message}: apps that read whole seconds take them for one"
