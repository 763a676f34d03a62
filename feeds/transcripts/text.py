"""Transcripts in plain text: paragraphs, with a time or the name of who speaks in front, as editors export them.

[00:12] Ada: Words          Ada (00:12): Words          Ada  0:12
                                                        Words
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from feeds.formats import parse_timestamp
from feeds.transcripts.cue import Speech, join_lines, make_speeches

_CLOCK = r"(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?"
_NAME = r"(?P<name>[^\W\d_][^\n:：,!?\[\](){}<>\"“”]{0,40}?)"
_TO = rf"(?:[ ]*(?:-->|[-–—])[ ]*{_CLOCK})?"
_BRACKETED = re.compile(rf"[\[(<](?P<time>{_CLOCK}){_TO}[\])>][ ]*[-–—:：]?[ ]*")
_BARE = re.compile(rf"(?P<time>{_CLOCK}){_TO}(?:[ ]+[-–—][ ]+|[ ]*$|[ ]+(?={_NAME.replace('?P<name>', '?:')}[:：]))")
_LONG = re.compile(r"(?P<time>\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,3})?)[ ]+")
_NAMED = re.compile(rf"{_NAME}[ ]*(?:[\[(](?P<time>{_CLOCK})[\])][ ]*)?(?::(?=\s|$)|：)[ ]*")
_HEADED = re.compile(rf"{_NAME}[ ]*[ (\[](?P<time>{_CLOCK})[)\]]?[ ]*$")
_MOST_WORDS = 5


def parse_text(text: str) -> Iterator[Speech]:
    """Read paragraphs, which end with an empty line, or where the next one begins with a time or a name."""
    return make_speeches(_find_paragraphs(text))


def parse_heading(text: str) -> tuple[int | None, str, str]:
    """Part words from the time in milliseconds, and from the name of the speaker, that stand in front of them.

    >>> parse_heading("[00:12] Ada: Well: yes"), parse_heading("Ada Marsh  0:12"), parse_heading("At 10:30 we met")
    ((12000, 'Ada', 'Well: yes'), (12000, 'Ada Marsh', ''), (None, '', 'At 10:30 we met'))
    """
    start, speaker, rest = None, "", text.strip()
    for stamp in (_BRACKETED, _BARE, _LONG):
        if match := stamp.match(rest):
            start, rest = parse_clock(match["time"]), rest[match.end() :] if _is_clock(match["time"]) else rest
            break
    for heading in (_NAMED, _HEADED):
        match = heading.match(rest)
        if match and _is_name(match["name"]) and not (match["time"] and start is not None):
            start = start if match["time"] is None else parse_clock(match["time"])
            speaker, rest = match["name"].strip(), rest[match.end() :]
            break
    return start, speaker, rest


def parse_clock(text: str) -> int | None:
    """Read a time in milliseconds, None if it is none that a clock shows."""
    try:
        return parse_timestamp(text.strip().replace(",", "."))
    except ValueError:
        return None


def _is_clock(text: str) -> bool:
    return parse_clock(text) is not None


def _is_name(text: str) -> bool:
    """Say whether a few words may be a name; those of a sentence rarely are so few, and begin small."""
    return not text[0].islower() and len(text.split()) <= _MOST_WORDS


def _find_paragraphs(text: str) -> Iterator[tuple[int | None, Speech]]:
    start: int | None = None
    speaker, words, begun = "", list[str](), 0
    for number, line in enumerate((*text.splitlines(), ""), 1):
        time, name, rest = parse_heading(line)
        if words and (not line.strip() or name or time is not None):
            if said := join_lines("\n".join(words)):
                yield start, Speech(text=said, speaker=join_lines(speaker), line=begun)
            start, speaker, words = None, "", []
        start, speaker = start if time is None else time, name or speaker
        if rest:
            begun = begun if words else number
            words.append(rest)
