"""Quotes in running text: where the words end, where the name of the speaker ends, and what is prose again."""

from __future__ import annotations

import re
from dataclasses import dataclass

from feeds.records.quotations import strip_marks, take_time, unescape

_TIME = r"\[[\d:., ]+\]"
_SPAN = re.compile(
    # Between stars and in quotation marks, where emphasis may stand within.
    r"\*(?!\*)(?P<starred>[\"“„«»「『](?:(?!\n[ \t]*\n|\s##[ \t]).)+?[\"”“»«」』][ \t]*(?:"
    + _TIME
    + r"[ \t]*)?)\*(?!\w)"
    r"|\*(?!\*)(?P<plain>(?:\\.|(?!\n[ \t]*\n)[^*\\])+)\*"
    r"|_(?!_)(?P<lined>(?:\\.|(?!\n[ \t]*\n)[^_\\]|(?<=\w)_(?=\w))+)_"
    r'|(?P<marked>"[^"\n]+"|“[^“”\n]+”|„[^„“”\n]+[“”]|«[^«»\n]+»|»[^«»\n]+«|「[^「」\n]+」|『[^『』\n]+』)',
    re.DOTALL,
)
_BEHIND = re.compile(r"[ \t]*(?P<time>" + _TIME + r")?[ \t]*(?:(?:\n[ \t]*>?[ \t]*)?(?:—|–|―|--|-)[ \t]*(?P<dash>))?")
_LONGEST = 4_000
"""Letters, as in a record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """A quote in running text. `speaks` says that a dash follows it, so that `rest` begins with a speaker.

    `text` is "" for a time on its own, which belongs to the quote above it.
    """

    text: str
    at: int | None
    speaks: bool
    rest: str


def find_quote_end(text: str, begin: int) -> int | None:
    """Where the words of a quote that begins at `begin` end, None if it is none after all."""
    span = _SPAN.match(text, begin, begin + _LONGEST)
    return span.end() if span else None


def parse_utterance(text: str) -> Utterance:
    """Read a quote, from behind its `>` to the next mark. A time that no clock shows stays in its words."""
    span = _SPAN.match(text)
    if span is None:
        return Utterance(text=text.strip(), at=None, speaks=False, rest="")
    words = re.sub(r"\n[ \t]*>?[ \t]*", " ", next(group for group in span.groups() if group is not None)).strip()
    words, at = _part_time(unescape(words))
    words = strip_marks(words)
    if at is None:
        words, at = _part_time(words)
    behind = _BEHIND.match(text, span.end())
    end = behind.end() if behind else span.end()
    if behind and behind["time"] and at is None:
        left, at = _part_time(behind["time"])
        if left:
            end = span.end()
    elif behind and behind["time"]:
        end = behind.start("time")
    speaks = bool(behind and behind["dash"] is not None and end == behind.end())
    return Utterance(text=" ".join(words.split()), at=at, speaks=speaks, rest=text[end:])


def _part_time(text: str) -> tuple[str, int | None]:
    try:
        return take_time(text)
    except ValueError:
        return text, None
