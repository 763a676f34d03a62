"""Quotes as records write them, in every dialect that is about.

    > *"The words"* — Speaker
    > *the words [01:29]*

    > *the words*
    > *[1, 29]*

The canonical form is `> *"The words" [01:29]* — Speaker`. Stars may be underscores, and there may be none around
words in quotation marks. `{soundbite}` behind it all makes a soundbite of the quote; where a speaker is called so,
empty braces follow.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from feeds.formats import TIMESTAMP, format_timestamp, parse_timestamp
from feeds.model import Quote

_TIME = re.compile(r"\[(" + TIMESTAMP.pattern + r"|\d{1,3}, ?\d{1,2}, ?\d{1,2})\]$")
_MARK = r"(?:[ \t]+\{ *(?:soundbite *)?\})?"
_LONE_TIME = re.compile(r"([*_]?)(\[[\d:., ]+\])\1(" + _MARK + ")")
_MARKED = re.compile(r"(?:^|[ \t])\{ *(?:soundbite *)?\}$")
_PAIRS = {'"': '"', "“": "”", "„": "“", "«": "»", "»": "«", "「": "」", "『": "』"}
_OPENINGS = ("*", "_", *_PAIRS)
_QUOTE = re.compile(
    r"(?:"
    r"\*(?!\*)(?P<starred>(?:\\.|[^*\\])+)\*|"
    r"_(?!_)(?P<lined>(?:\\.|[^_\\]|(?<=\w)_(?=\w))+)_|"
    "(?P<marked>" + "|".join(f"{opening}[^{opening}{closing}]+{closing}" for opening, closing in _PAIRS.items()) + ")"
    r")[ \t]*(?:(?P<time>\[[\d:., ]+\])[ \t]*)?(?:(?:—|–|―|--|-)[ \t]*(?P<speaker>.*?))?(?P<mark>" + _MARK + ")"
)
_LONGEST = 4_000
"""Letters. Where a quote ends is sought line by line, which in a text without an end would take for ever."""

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")  # only punctuation can be escaped (CommonMark 0.31, section 2.4)


def parse_quotes(lines: Sequence[str], first_line: int, note: Callable[[int, str], None]) -> tuple[Quote, ...]:
    """Read a run of `>` lines as quotes; an empty tuple says that it is an ordinary block quote.

    `note` takes the line of each quote whose time is none, and what is wrong with it.
    """
    found: list[tuple[int, re.Match[str]]] = []
    text, match, begun = "", None, first_line
    for number, line in enumerate(lines, first_line):
        words = line.lstrip(">").strip()
        lone_time = _LONE_TIME.fullmatch(words) if text else None
        if match and not lone_time and (not words or words.startswith(_OPENINGS)):
            found.append((begun, match))
            text, match = "", None
        if not text:
            begun = number
        text = f"{text} {lone_time[2] + lone_time[3] if lone_time else words}".strip()
        if len(text) > _LONGEST:
            return ()
        match = _QUOTE.fullmatch(text)
    if match:
        found.append((begun, match))
    elif text:
        return ()
    quotes = []
    for line_number, quote in found:
        try:
            quotes.append(_build_quote(quote, line_number))
        except ValueError as error:
            note(line_number, f"quote: {error}")
    return tuple(quotes) if all(quote.text for quote in quotes) else ()


def format_quote(quote: Quote) -> str:
    """Write a quote in the canonical form, in quotation marks that do not occur in its words."""
    text = escape_stars(quote.text)
    words = next(
        (f"{opening}{text}{closing}" for opening, closing in _PAIRS.items() if not {opening, closing} & set(text)), text
    )
    time = f" [{format_timestamp(quote.at)}]" if quote.at is not None else ""
    speaker = f" — {quote.speaker}" if quote.speaker else ""
    mark = " {soundbite}" if quote.soundbite else " {}" if _MARKED.search(quote.speaker) else ""
    return f"> *{words}{time}*{speaker}{mark}"


def escape_stars(text: str) -> str:
    """Write a text so that it can stand between stars in Markdown.

    >>> print(escape_stars("2 * 3"), unescape(escape_stars("2 * 3")))
    2 \\* 3 2 * 3
    """
    return text.replace("\\", "\\\\").replace("*", "\\*")


def unescape(text: str) -> str:
    """Read a text in which Markdown has escaped something."""
    return _ESCAPED.sub(r"\1", text)


def _build_quote(match: re.Match[str], line: int) -> Quote:
    """Make a quote of its parts. Raises ValueError if its time, which may stand in three places, is none."""
    words, at = take_time(unescape(match["starred"] or match["lined"] or match["marked"]).strip())
    words = strip_marks(words)
    speaker = (match["speaker"] or "").strip()
    if at is None:
        words, at = take_time(words)
    if match["time"] and at is not None:
        raise ValueError(f"has a second time, {match['time']}: take one out")
    if match["time"]:
        at = parse_timestamp(match["time"][1:-1])
    if at is None:
        speaker, at = take_time(speaker)
    soundbite = "soundbite" in match["mark"]
    if soundbite and at is None:
        raise ValueError("a soundbite needs its time: write [mm:ss] behind the words")
    return Quote(text=" ".join(words.split()), speaker=speaker, at=at, soundbite=soundbite, line=line)


def take_time(text: str) -> tuple[str, int | None]:
    """Part a text from the time at its end. Raises ValueError for one that no clock shows, such as [01:75]."""
    match = _TIME.search(text)
    return (text[: match.start()].rstrip(), parse_timestamp(match[1])) if match else (text, None)


def strip_marks(text: str) -> str:
    """Take one pair of quotation marks off, if they belong together."""
    opening, inside, closing = text[:1], text[1:-1], text[-1:]
    if len(text) < 2 or _PAIRS.get(opening) != closing:
        return text
    if opening not in inside and closing not in inside:
        return inside.strip()
    depth = 0
    for position, letter in enumerate(inside):
        if letter == opening and (opening != closing or not inside[:position].strip() or inside[position - 1] in " (["):
            depth += 1
        elif letter == closing:
            depth -= 1
        if depth < 0:
            return text
    return inside.strip() if not depth else text
