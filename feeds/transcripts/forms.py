"""The forms of a transcript by their media types, and which of them the program writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from feeds.media_types import SUBRIP_TYPES
from feeds.model import TranscriptForm
from feeds.transcripts.cue import Cue, Speech
from feeds.transcripts.html import parse_html
from feeds.transcripts.json import format_json, parse_json
from feeds.transcripts.srt import format_srt, parse_srt
from feeds.transcripts.text import parse_text
from feeds.transcripts.vtt import format_vtt, parse_vtt

_PARSERS: Mapping[str, Callable[[str], Iterator[Speech]]] = {
    "text/vtt": parse_vtt,
    **dict.fromkeys(SUBRIP_TYPES, parse_srt),
    "application/json": parse_json,
    "text/html": parse_html,
    "text/plain": parse_text,
}
_FORMATTERS: Mapping[TranscriptForm, Callable[[Iterable[Cue]], str]] = {
    "vtt": format_vtt,
    "srt": format_srt,
    "json": format_json,
}

FORM_TYPES: Mapping[TranscriptForm, str] = {"vtt": "text/vtt", "srt": SUBRIP_TYPES[0], "json": "application/json"}
"""The media types of the forms that can be written."""


def parse_transcript_bytes(content: bytes) -> str:
    """Read the text of a transcript. Raises ValueError if it is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError("this is not UTF-8: save the transcript in that encoding") from error


def parse_transcript(text: str, type: str) -> tuple[Speech, ...]:
    """Read what is said in a transcript, cues where it has times; of an unknown media type nothing is read.

    Raises ValueError if the text is not what its media type promises.
    """
    parse = _PARSERS.get(_find_essence(type))
    return tuple(parse(text.removeprefix("\ufeff"))) if parse else ()


def format_transcript(cues: Iterable[Cue], form: TranscriptForm) -> str:
    """Write cues in a form that has times."""
    return _FORMATTERS[form](cues)


def find_type(text: str) -> str:
    """The media type of a transcript by its content, which is plain text if it is nothing else.

    >>> find_type("WEBVTT"), find_type("1\\n00:00:01,000 --> 00:00:04,000\\nEbb"), find_type("[00:05] Ada: Ebb")
    ('text/vtt', 'application/x-subrip', 'text/plain')
    """
    plain = text.removeprefix("\ufeff").lstrip()
    begins = (("WEBVTT", "text/vtt"), ("{", "application/json"), ("<", "text/html"))
    known = next((type for begin, type in begins if plain.startswith(begin)), "")
    return known or (SUBRIP_TYPES[0] if "-->" in "".join(plain.splitlines(keepends=True)[:2]) else "text/plain")


def find_timed_form(type: str) -> TranscriptForm | None:
    """The form of a media type in which everything has its time, None for another."""
    essence = _find_essence(type)
    if essence in SUBRIP_TYPES:
        return "srt"
    return next((form for form, known in FORM_TYPES.items() if known == essence), None)


def _find_essence(type: str) -> str:
    return type.partition(";")[0].strip().lower()
