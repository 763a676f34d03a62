"""A transcript as rules look at it, in whichever of its forms (podcast namespace, transcripts.md)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from feeds.media_types import SUBRIP_TYPES
from feeds.rulebook.files.cues import ARROW, NO_SCRIPT, Script, find_loose_times, parse_srt_script, parse_vtt_script
from feeds.rulebook.files.located import NO_JSON, JsonText, Node, parse_located
from feeds.rulebook.files.text import FileText, parse_file_text, split_lines
from feeds.rulebook.forms.types import find_essence
from feeds.rulebook.wording import quote

Form = Literal["vtt", "srt", "json", "html", "text", ""]

_FORMS: dict[str, Form] = {
    "text/vtt": "vtt",
    **dict.fromkeys(SUBRIP_TYPES, "srt"),
    "application/json": "json",
    "text/json": "json",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
}
_NAMES: dict[Form, str] = {
    "vtt": "WebVTT",
    "srt": "SRT",
    "json": "JSON",
    "html": "HTML",
    "text": "plain text",
    "": "nothing known",
}
_VTT = re.compile(r"\s*WEBVTT(?:\s|\Z)", re.IGNORECASE)
_JSON = re.compile(r"""\s*(?:\{\s*["'}]|\[\s*[{\["\]])""")
_HTML = re.compile(
    r"\s*<(?:!doctype|!--|\?xml|(?:html|head|body|main|article|div|section|p|cite|time|h[1-6]|ul)\b)", re.I
)
_TAG = re.compile(r"<[A-Za-z][^<>]*>")
_HEAD = 4000
"""Characters within which a file shows what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptFile:
    """A transcript: its name as the user knows it, its text, the type that the feed states, what it is.

    `duration` is that of the recording in milliseconds, None if nobody knows it. `form` is the form that it is judged
    in, "" if it is not the one that the feed states: then `mismatch` says so. `script` holds
    the cues of WebVTT and SRT, `json` and `segments` those of JSON.
    """

    name: str
    text: FileText
    type: str
    duration: int | None
    form: Form
    mismatch: str = ""
    script: Script = NO_SCRIPT
    json: JsonText = NO_JSON
    segments: tuple[Node, ...] = ()


def parse_transcript_file(name: str, data: bytes, *, type: str = "", duration: int | None = None) -> TranscriptFile:
    """Read a transcript of a media type; with an unknown one, or none, as what it looks like."""
    text = parse_file_text(data)
    stated = _FORMS.get(find_essence(type), "")
    readable = bool(text.text.strip())
    looks = find_form(text.text) if readable else ""
    form = _find_judged_form(stated, looks, text.text) if readable else ""
    mismatch = ""
    if readable and not form:
        mismatch = f"the feed states {quote(type)}, but the file is {_NAMES[looks]}, no {_NAMES[stated]}"
    json = parse_located(text.text) if form == "json" else NO_JSON
    segments = json.root.members.get("segments") if json.root else None
    return TranscriptFile(
        name=name,
        text=text,
        type=type,
        duration=duration,
        form=form,
        mismatch=mismatch,
        script=_SCRIPTS[form](text.text) if form in _SCRIPTS else NO_SCRIPT,
        json=json,
        segments=tuple(segments.items) if segments else (),
    )


def find_form(text: str) -> Form:
    """What a transcript looks like, whatever anybody says of it.

    >>> find_form("WEBVTT\\n"), find_form("00:00:00,000 --> 00:00:01,000"), find_form("[Wind]"), find_form("[{")
    ('vtt', 'srt', 'text', 'json')
    """
    if _VTT.match(text):
        return "vtt"
    if _JSON.match(text):
        return "json"
    if _HTML.match(text):
        return "html"
    return "srt" if any(map(find_loose_times, split_lines(text[:_HEAD]))) else "text"


def _find_judged_form(stated: Form, looks: Form, text: str) -> Form:
    """The form to judge a file in, "" if it is not of the one that the feed states."""
    if not stated or stated == looks:
        return stated or looks
    if stated == "vtt" and looks == "srt" and not _has_commas(text):
        return "vtt"  # the header alone is missing
    if stated == "srt" and looks == "text" and ARROW in text:
        return "srt"
    if stated == "html" and looks == "text" and _TAG.search(text):
        return "html"
    return ""


def _has_commas(text: str) -> bool:
    """Say whether the first times are written as in SRT."""
    pairs = map(find_loose_times, split_lines(text[:_HEAD]))
    return "," in next((pair[0] for pair in pairs if pair), "")


_SCRIPTS: dict[str, Callable[[str], Script]] = {"vtt": parse_vtt_script, "srt": parse_srt_script}
