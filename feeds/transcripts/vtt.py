"""Transcripts in WebVTT (W3C), which names who speaks in voice spans."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from feeds.formats import format_npt
from feeds.transcripts.blocks import has_words, parse_blocks, wrap_line
from feeds.transcripts.cue import Cue

_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]+([^\s<>][^<>]*)>")
_WIDTH = 65  # podcast namespace, transcripts.md, WebVTT


def parse_vtt(text: str) -> Iterator[Cue]:
    """Read WebVTT: blocks between blank lines, those without an arrow are notes and styles.

    Raises ValueError for what does not begin as WebVTT does, or has words and no times.
    """
    if not text.startswith("WEBVTT"):
        raise ValueError("a WebVTT file begins with the word WEBVTT")
    cues = list(parse_blocks(text, _split_voices))
    if not cues and has_words(text):
        raise ValueError("a WebVTT file has lines such as 00:00:01.000 --> 00:00:04.000")
    yield from cues


def format_vtt(cues: Iterable[Cue]) -> str:
    """Write cues as WebVTT, so that `parse_vtt` reads them again; who speaks stands in a voice span."""
    return "\n\n".join(["WEBVTT", *map(_format_cue, cues)]) + "\n"


def _format_cue(cue: Cue) -> str:
    voice = f"<v {escape(cue.speaker, quote=False)}>" if cue.speaker else ""
    words = escape("\n".join(wrap_line(cue.text, _WIDTH)), quote=False)
    return f"{format_npt(cue.start)} --> {format_npt(cue.end)}\n{voice}{words}"


def _split_voices(words: str) -> Iterator[tuple[str, str]]:
    """A cue may hold several voice spans."""
    before, *voices = _VOICE.split(words)
    yield "", before
    yield from zip(voices[::2], voices[1::2], strict=True)
