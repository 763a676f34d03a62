"""What WebVTT and SRT have in common: blocks between blank lines, each with its times, and lines of a width."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape

from feeds.formats import HOUR, MINUTE, SECOND
from feeds.transcripts.cue import WIDE, Cue, join_lines

# Hours have an end, as everywhere in the program, so that a row of digits is not looked through once for each of them.
_TIME = r"(?:(\d{1,3}):)?(\d{2}):(\d{2})[.,](\d{3})"
_ARROW = re.compile(rf"(?<![\d:]){_TIME}[ \t]+-->[ \t]+{_TIME}")
_BLANK = re.compile(r"\n[ \t]*(?=\n)")
_ASIDE = re.compile(r"\s*(?:NOTE|STYLE|REGION)\b")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<[\d:.]+>")

# A space between wide letters is none where a line ends, so no line ends there; nor does one begin with what closes.
_OPENING = "「『（［｛〈《【〔"
_CLOSING = "、。，．・：；！？」』）］｝〉》】〕…ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
_BREAK = re.compile(rf"(?<![{WIDE}]) | (?![{WIDE}])|(?<=[{WIDE}])(?<![{_OPENING}])(?=[{WIDE}])(?![{_CLOSING}])")

Split = Callable[[str], Iterator[tuple[str, str]]]
"""Parts the text of a block into what each speaker says."""


def parse_blocks(text: str, split: Split) -> Iterator[Cue]:
    """Read the blocks that have times; all others are notes, styles and the like."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    number, begun = 1, 0
    for end in (*(match.end() for match in _BLANK.finditer(plain)), len(plain)):
        block = plain[begun:end]
        arrow = _ARROW.search(block)
        if arrow:
            start, stop = _milliseconds(arrow.groups()[:4]), _milliseconds(arrow.groups()[4:])
            line = number + block.count("\n", 0, arrow.start())
            for speaker, said in split(block[arrow.end() :].partition("\n")[2]):
                if words := join_lines(unescape(TAG.sub("", said) if "<" in said else said)):
                    yield Cue(start=start, end=stop, text=words, speaker=join_lines(unescape(speaker)), line=line)
        number, begun = number + block.count("\n"), end


def has_words(text: str) -> bool:
    """Say whether any block behind the first, which is the head of a WebVTT file, is no note, style or region.

    >>> has_words("WEBVTT\\n\\nNOTE Of the sea"), has_words("WEBVTT\\n\\n00:01.000 -> 00:02.000\\nEbb")
    (False, True)
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    _, *blocks = _BLANK.split(plain)
    return any(block.strip() and not _ARROW.search(block) and not _ASIDE.match(block) for block in blocks)


def wrap_line(text: str, width: int) -> Iterator[str]:
    """Break a text into lines of a width, so that `join_lines` makes the same text of them again.

    >>> list(wrap_line("Seven words, of which some are longer.", 16))
    ['Seven words, of', 'which some are', 'longer.']
    """
    while text:
        line, text = take_line(text, width)
        yield line


def take_line(text: str, width: int, *, least: int = 0) -> tuple[str, str]:
    """Part a text into its first line, of a width, and the rest; the line has more than the `least` letters.

    A word that is longer stays whole.
    """
    if text.isascii():  # the same, in a tenth of the time
        end = text.rfind(" ", least, width + 1) if len(text) > width else -1
        end = text.find(" ", max(least, width)) if end < 0 and len(text) > width else end
        return (text[:end], text[end + 1 :]) if end >= 0 else (text, "")
    found = None
    for match in _BREAK.finditer(text) if len(text) > width else ():
        if found and match.start() > width:
            break
        found = match if match.start() >= least else None
    return (text[: found.start()], text[found.end() :]) if found else (text, "")


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, fraction = (int(part or 0) for part in parts)
    return hours * HOUR + minutes * MINUTE + seconds * SECOND + fraction
