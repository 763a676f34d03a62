"""Transcripts in the JSON of the podcast namespace (docs/examples/transcripts/transcripts.md): segments in seconds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from feeds.formats import LONGEST, SECOND, format_seconds
from feeds.transcripts.cue import Cue, join_lines, name_speakers

_VERSION = "1.0.0"


def parse_json(text: str) -> Iterator[Cue]:
    """Read the segments of a JSON transcript. Raises ValueError if it has none, or one is broken."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"this is no valid JSON: {error}") from error
    segments = document.get("segments") if isinstance(document, dict) else None
    if not isinstance(segments, list):
        raise ValueError('a JSON transcript has a list "segments"')
    for segment in segments:
        try:
            start = _parse_time(segment["startTime"])
            end = max(start, _parse_time(segment.get("endTime") or 0))
            said, speaker = join_lines(segment["body"]), join_lines(segment.get("speaker") or "")
        except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
            raise ValueError('each segment of a JSON transcript has a "startTime" in seconds and a "body"') from error
        if said:
            yield Cue(start=start, end=end, text=said, speaker=speaker)


def _parse_time(seconds: object) -> int:
    """Read a time; what an aligner puts a little before the start is at the start."""
    time = float(str(seconds)) * SECOND
    if not time < LONGEST:
        raise ValueError
    return max(0, round(time))


def format_json(cues: Iterable[Cue]) -> str:
    """Write cues as JSON; every segment names who speaks, once somebody was named."""
    segments = [_format_segment(cue) for cue in name_speakers(cues)]
    return json.dumps({"version": _VERSION, "segments": segments}, ensure_ascii=False, indent=1) + "\n"


def _format_segment(cue: Cue) -> dict[str, object]:
    return {
        **({"speaker": cue.speaker} if cue.speaker else {}),
        "startTime": format_seconds(cue.start),
        **({"endTime": format_seconds(cue.end)} if cue.end > cue.start else {}),
        "body": cue.text,
    }
