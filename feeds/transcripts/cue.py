"""What is said in a transcript: speeches, and cues, which are speeches with times."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from feeds.formats import CONTROL, SECOND, format_timestamp

# Scripts that part their words by no spaces, with their punctuation: Han, kana, and the wide forms of Latin.
WIDE = "\u2e80-\u2fff\u3001-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uffee\U00020000-\U0003ffff"
_WIDE_BREAK = re.compile(rf"(?<=[{WIDE}])[ \t]*\n[ \t]*(?=[{WIDE}])")

SENTENCE_END = re.compile(r"[.?!…。？！।؟۔][\"'”’»」』)]*$")
"""Ends a text that ends a sentence."""

_SLACK = 2 * SECOND
"""Milliseconds by which words may begin late: a length is often rounded."""

LETTER = 70
"""Milliseconds that a letter takes to say, about: for the end of words whose end nobody knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """Something that is said, at a time that the transcript does not give.

    `speaker` is "" where the one before goes on (podcast namespace, transcripts.md, SRT), or where nobody is named.
    `line` is where it stands in its file, 0 where that cannot be told.
    """

    text: str
    speaker: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue(Speech):
    """Something that is said from `start` to `end`, in milliseconds; both are the same where the form gives no end."""

    start: int
    end: int


def find_cues(speeches: Iterable[Speech]) -> tuple[Cue, ...]:
    """Those that have times."""
    return tuple(speech for speech in speeches if isinstance(speech, Cue))


def gather_cues(speeches: Iterable[Speech]) -> tuple[Cue, ...]:
    """Make cues of all, for a form in which everything has a time: what has none goes on with what is before it.

    Raises ValueError where somebody else begins to speak at a time that is not given: it would be a guess.
    """
    cues: list[Cue] = []
    speaker = ""
    for speech in speeches:
        if isinstance(speech, Cue):
            cues.append(speech)
        elif cues and speech.speaker in ("", speaker):
            cues[-1] = replace(cues[-1], text=join_lines(f"{cues[-1].text}\n{speech.text}"))
        else:
            raise ValueError(f"{speech.text[:40]!r} has no time, and nothing but a guess could give it one")
        speaker = speech.speaker or speaker
    return tuple(close_cues(cues))


def close_cues(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Give an end to cues that have none: where the next begins, or when their words must have been said."""
    several = list(cues)
    for cue, after in zip(several, [*several[1:], None], strict=False):
        if cue.end > cue.start:
            yield cue
        elif after and after.start > cue.start:
            yield replace(cue, end=after.start)
        else:
            yield replace(cue, end=cue.start + max(SECOND, LETTER * len(cue.text)))


def check_ends(cues: Iterable[Cue]) -> Iterator[tuple[Cue, str]]:
    """Find the cues that end before they begin, and say so of each."""
    for cue in cues:
        if cue.end < cue.start:
            begin, end = format_timestamp(cue.start), format_timestamp(cue.end)
            yield cue, f"the words at {begin} end before they begin, at {end}: another end is written"


def name_speakers(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Name in every cue who speaks, once somebody was named."""
    speaker = ""
    for cue in cues:
        speaker = cue.speaker or speaker
        yield replace(cue, speaker=speaker)


def name_changes(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Name who speaks where another one begins, and nowhere else."""
    speaker = ""
    for cue in cues:
        yield replace(cue, speaker="") if cue.speaker == speaker else cue
        speaker = cue.speaker or speaker


def make_speeches(spoken: Iterable[tuple[int | None, Speech]]) -> Iterator[Speech]:
    """Make cues of those that have a start; each lasts to the next start, and of the last nobody knows the end."""
    made: list[Speech] = []
    following: int | None = None
    for start, speech in reversed(list(spoken)):
        if start is None:
            made.append(speech)
            continue
        end = start if following is None else max(start, following)
        made.append(Cue(start=start, end=end, text=speech.text, speaker=speech.speaker, line=speech.line))
        following = start
    return reversed(made)


def check_length(cues: Iterable[Cue], duration: int) -> Iterator[tuple[Cue, str]]:
    """Find the first cue that begins past the end of a recording of `duration` milliseconds, and say how many do."""
    past = [cue for cue in cues if cue.start >= duration + _SLACK]
    if past:
        first = min(past, key=lambda cue: cue.start)
        others = f", and {len(past) - 1} more" if len(past) > 1 else ""
        end = format_timestamp(duration)
        yield first, f"the words at {format_timestamp(first.start)}{others} are past the end of the audio at {end}"


def join_lines(text: str) -> str:
    """Words as they can be published: in one line, without the control characters that entities can bring in.

    Where a line ends within a script that parts its words by no spaces, none is put there.

    >>> join_lines("two\\n  lines"), join_lines("二行\\nです。")
    ('two lines', '二行です。')
    """
    clean = CONTROL.sub("", text)
    return " ".join((clean if clean.isascii() else _WIDE_BREAK.sub("", clean)).split())
