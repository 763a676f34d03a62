"""Transcripts: WebVTT, SRT and the JSON of the podcast namespace, read into cues; and cues written as WebVTT.

Plain text and HTML carry no times and are published as they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape, unescape

from feeds.formats import CONTROL, format_npt

_VTT_TIME = r"(?:(\d+):)?(\d{2}):(\d{2})[.,](\d{3})"
_ARROW = re.compile(_VTT_TIME + r"[ \t]+-->[ \t]+" + _VTT_TIME)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]+)>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<[\d:.]+>")
_SPEAKER = re.compile(r"([^\W\d_][^:\n,!?]{0,40}): +(?=\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One stretch of a transcript."""

    start: int
    end: int
    text: str
    speaker: str = ""


def parse_transcript(text: str, type: str) -> tuple[Cue, ...]:
    """Read the cues of a transcript; a type without times has none.

    Raises ValueError if the text is not what its media type promises.
    """
    parse = _PARSERS.get(type)
    return tuple(parse(text.removeprefix("\ufeff"))) if parse else ()


def format_vtt(cues: Iterable[Cue]) -> str:
    """Write cues as WebVTT, so that `parse_transcript` reads them again; who speaks stands in a voice span."""
    return "\n\n".join(["WEBVTT", *map(_format_cue, cues)]) + "\n"


def _format_cue(cue: Cue) -> str:
    voice = f"<v {escape(cue.speaker, quote=False)}>" if cue.speaker else ""
    return f"{format_npt(cue.start)} --> {format_npt(cue.end)}\n{voice}{escape(cue.text, quote=False)}"


def _parse_vtt(text: str) -> Iterator[Cue]:
    """WebVTT (W3C): blocks between blank lines, those without an arrow are notes and styles."""
    if not text.startswith("WEBVTT"):
        raise ValueError("a WebVTT file begins with the word WEBVTT")
    yield from _parse_cues(text, _split_voices)


def _parse_srt(text: str) -> Iterator[Cue]:
    cues = list(_parse_cues(text, _split_speaker))
    if not cues and text.strip():
        raise ValueError("an SRT file has lines such as 00:00:01,000 --> 00:00:04,000")
    yield from cues


def _parse_cues(text: str, split: Callable[[str], Iterator[tuple[str, str]]]) -> Iterator[Cue]:
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        arrow = _ARROW.search(block)
        if arrow is None:
            continue
        start, end = _milliseconds(arrow.groups()[:4]), _milliseconds(arrow.groups()[4:])
        words = block[arrow.end() :].partition("\n")[2]
        for speaker, said in split(words):
            if plain := _join_lines(unescape(_TAG.sub("", said))):
                yield Cue(start=start, end=end, text=plain, speaker=_join_lines(unescape(speaker)))


def _split_voices(words: str) -> Iterator[tuple[str, str]]:
    """WebVTT names who speaks in a voice span, of which a cue may hold several."""
    before, *voices = _VOICE.split(words)
    yield "", before
    yield from zip(voices[::2], voices[1::2], strict=True)


def _split_speaker(words: str) -> Iterator[tuple[str, str]]:
    """SRT has no place for the speaker; the podcast namespace puts the name and a colon first."""
    match = _SPEAKER.match(words)
    yield (match[1], words[match.end() :]) if match else ("", words)


def _parse_json(text: str) -> Iterator[Cue]:
    """JSON of the podcast namespace (docs/examples/transcripts/transcripts.md): segments in seconds."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"this is no valid JSON: {error}") from error
    segments = document.get("segments") if isinstance(document, dict) else None
    if not isinstance(segments, list):
        raise ValueError('a JSON transcript has a list "segments"')
    for segment in segments:
        try:
            start = round(float(segment["startTime"]) * 1000)
            end = max(start, round(float(segment.get("endTime") or 0) * 1000))
            said, speaker = _join_lines(segment["body"]), _join_lines(segment.get("speaker") or "")
        except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
            raise ValueError('each segment of a JSON transcript has a "startTime" in seconds and a "body"') from error
        if said:
            yield Cue(start=start, end=end, text=said, speaker=speaker)


def _join_lines(text: str) -> str:
    """Words as they can be published: in one line, without the control characters that entities can bring in."""
    return " ".join(CONTROL.sub("", text).split())


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, fraction = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction


_PARSERS: dict[str, Callable[[str], Iterator[Cue]]] = {
    "text/vtt": _parse_vtt,
    "application/x-subrip": _parse_srt,
    "application/srt": _parse_srt,
    "application/json": _parse_json,
}
