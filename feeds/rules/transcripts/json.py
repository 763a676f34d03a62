"""Transcripts in the JSON of the podcast namespace: segments, each with its words and when they are said."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from feeds.rulebook.files.located import Node
from feeds.rulebook.files.transcripts import TranscriptFile
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.wording import quote
from feeds.rules.transcripts.telling import SpotHits, find_told

_GUIDE = "podcast namespace, transcripts.md, JSON"
_OTHER_NAMES = {"startTime": ("start", "start_time", "begin", "offset"), "body": ("text", "content", "words")}


@rule("transcript", source=f"{_GUIDE}; RFC 8259, 2", everywhere="error")
def transcript_json_invalid(file: TranscriptFile) -> Hits:
    """A JSON transcript is JSON, with an object at its top.

    Apps throw away all of it for one comma too many.
    """
    if file.form == "json":
        root = file.json.root
        if file.json.fault:
            yield file.json.fault_at, f"{file.json.fault}: the transcript cannot be read"
        elif root and not root.is_object:
            yield root.spot, f'the file holds {root.describe()}: it is an object with "version" and "segments"'


@rule("transcript", source=_GUIDE, everywhere="error")
def transcript_json_version(file: TranscriptFile) -> Hits:
    """A JSON transcript says its version, as a text such as 1.0.0.

    By it an app knows what the rest of the file means.
    """
    if root := file.json.object:
        version = root.members.get("version")
        if version is None:
            yield root.spot, 'the file has no "version": add "version": "1.0.0"'
        elif not version.text:
            yield version.spot, f'the version is {version.describe()}: it is a text such as "1.0.0"'


@rule("transcript", source=_GUIDE, everywhere="error")
def transcript_json_segments(file: TranscriptFile) -> Hits:
    """A JSON transcript has "segments", a list of objects.

    Without it there is nothing to show.
    """
    if root := file.json.object:
        segments = root.members.get("segments")
        if segments is None:
            yield root.spot, 'the file has no "segments": the list of what is said goes there'
        elif not isinstance(segments.value, list):
            yield segments.spot, f'"segments" is {segments.describe()}: it is a list'
        hits = ((one.spot, one.describe()) for one in file.segments if not one.is_object)
        remedy = 'a segment is an object with "startTime" and "body"'
        yield from find_told(((spot, f"here stands {what}: {remedy}") for spot, what in hits), "segments")


@rule("transcript", source=_GUIDE, everywhere="error")
def transcript_json_segment(file: TranscriptFile) -> Hits:
    """A segment has a startTime, a number of seconds, and a body, a text; speaker and endTime may be missing.

    Apps pass over a segment that they cannot place in time or that has no words, or give up all of it.
    """
    if file.json.object:
        yield from find_told((hit for one in file.segments if one.is_object for hit in _find_faults(one)), "faults")


@rule("transcript", source=f"house; {_GUIDE}", everywhere="warning")
def transcript_json_order(file: TranscriptFile) -> Hits:
    """Segments stand in the order of time, and none ends before it starts.

    Players that go through the file from top to bottom jump back and forth.
    """
    if file.json.object:
        yield from find_told(_find_disorder(file), "segments")


def _find_faults(segment: Node) -> SpotHits:
    members = segment.members
    for name, what in (("startTime", "the seconds at which it is said"), ("body", "what is said")):
        if name not in members:
            other = next((f", but {quote(one)}" for one in _OTHER_NAMES[name] if one in members), "")
            yield segment.spot, f'the segment has no "{name}"{other}: write {what}'
    for name in ("startTime", "endTime"):
        if (time := members.get(name)) and (time.number is None or time.number < 0):
            yield time.spot, f'"{name}" is {time.describe()}: write seconds as a number, such as 60 or 60.5'
    for name in ("body", "speaker"):
        if (text := members.get(name)) and not isinstance(text.value, str):
            yield text.spot, f'"{name}" is {text.describe()}: it is a text'


def _find_disorder(file: TranscriptFile) -> SpotHits:
    timed = list(_find_timed(file))
    for (_, before), (node, start) in pairwise(timed):
        if start < before:
            message = f"the segment starts at {start:g} s, the one before it at {before:g} s"
            yield node.members["startTime"].spot, f"{message}: put them in the order of time"
    for node, start in timed:
        end = node.members.get("endTime")
        if end and end.number is not None and 0 <= end.number < start:
            message = f"the segment ends at {end.number:g} s, but starts at {start:g} s"
            yield end.spot, f"{message}: endTime counts from the beginning of the recording"


def _find_timed(file: TranscriptFile) -> Iterator[tuple[Node, float]]:
    for node in file.segments:
        start = node.members.get("startTime")
        if start and start.number is not None and start.number >= 0:
            yield node, start.number
