"""Transcripts in SRT as the podcast namespace has it: cards of two short lines, who speaks with a colon in front."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape, unescape

from feeds.formats import format_npt
from feeds.transcripts.blocks import TAG, parse_blocks, take_line
from feeds.transcripts.cue import Cue, name_changes

_SPEAKER = re.compile(r"([^\W\d_][^:\n,!?]{0,40}): +(?=\S)")
_NO_NAME = re.compile(r"[\s:,!?]+")
_LONGEST_NAME = 41
_LINES, _WIDTH = 2, 32  # podcast namespace, transcripts.md, SRT


@dataclass(frozen=True, slots=True, kw_only=True)
class _Card:
    start: int
    end: int
    lines: tuple[str, ...]


def parse_srt(text: str) -> Iterator[Cue]:
    """Read SRT, also one without numbers, and with points for commas. Raises ValueError for what has no times."""
    cues = list(parse_blocks(text, _split_speaker))
    if not cues and text.strip():
        raise ValueError("an SRT file has lines such as 00:00:01,000 --> 00:00:04,000")
    yield from cues


def format_srt(cues: Iterable[Cue]) -> str:
    """Write cues as SRT: two lines of 32 characters a card, and the name of who speaks where that changes.

    What is longer goes on in further cards, each with its share of the time. A name has no comma or colon here.
    """
    cards = (card for cue in name_changes(cues) for card in _find_cards(cue))
    return "\n".join(_format_card(number, card) for number, card in enumerate(cards, 1))


def _find_cards(cue: Cue) -> Iterator[_Card]:
    lines = _wrap_cards(cue)
    pairs = [tuple(lines[first : first + _LINES]) for first in range(0, len(lines), _LINES)]
    letters = sum(map(len, lines))
    start, said = cue.start, 0
    for pair in pairs:
        said += sum(map(len, pair))
        end = cue.end if pair is pairs[-1] else cue.start + (cue.end - cue.start) * said // letters
        yield _Card(start=start, end=end, lines=pair)
        start = end


def _wrap_cards(cue: Cue) -> list[str]:
    """The lines of a cue, the first with the name; no other that begins a card looks as if it had one."""
    name = _NO_NAME.sub(" ", cue.speaker)[:_LONGEST_NAME].strip()
    prefix = f"{name}: " if name else ""
    lines: list[str] = []
    rest = prefix + cue.text
    while rest:
        named = bool(prefix) and not lines
        line, after = take_line(rest, _WIDTH, least=len(prefix) if named else 0)
        if not named and not len(lines) % _LINES and (match := _SPEAKER.match(line)):
            line, after = rest[: match.end(1) + 1], rest[match.end() :]
        lines.append(line)
        rest = after
    return lines


def _format_card(number: int, card: _Card) -> str:
    start, end = (format_npt(time).replace(".", ",") for time in (card.start, card.end))
    words = _escape("\n".join(card.lines))
    return f"{number}\n{start} --> {end}\n{words}\n"


def _escape(words: str) -> str:
    """SRT has no escapes; but what would be read as a tag, or as an escape of HTML, is written as in HTML."""
    return words if unescape(TAG.sub("", words)) == words else escape(words, quote=False)


def _split_speaker(words: str) -> Iterator[tuple[str, str]]:
    match = _SPEAKER.match(words)
    yield (match[1], words[match.end() :]) if match else ("", words)
