"""Quotes as soundbites: from where the words begin to the end of a sentence (podcast namespace, tag soundbite)."""

from __future__ import annotations

from feeds.formats import SECOND
from feeds.model import Quote, Soundbite
from feeds.transcripts.cue import LETTER, SENTENCE_END, Cue, close_cues, find_cues
from feeds.transcripts.search import Spoken

SHORTEST, LONGEST = 15 * SECOND, 120 * SECOND
"""Milliseconds that a soundbite lasts (podcast namespace, tag soundbite)."""

LONGEST_TITLE = 128
"""Letters of a title (podcast namespace, tag soundbite)."""

_LEAD = 5 * SECOND
"""Milliseconds by which a soundbite may begin before the time of its quote, where a cue begins there."""


def cut_soundbite(quote: Quote, spoken: Spoken, duration: int) -> Soundbite | None:
    """Make a soundbite of a quote that has a time; None where the episode is too short for any.

    It begins with the cue in which the quote does, and ends with the first cue behind the quote that ends a sentence
    and makes it long enough. Without such a cue it lasts as long as the words take to say. `duration` is that of the
    episode in milliseconds, 0 if nobody knows it. Near the end of the episode it begins earlier.
    """
    if quote.at is None:
        return None
    cues = tuple(close_cues(find_cues(spoken.speeches)))
    passages = [passage for passage in spoken.find(quote.text, quote.at) if passage.is_near(quote.at)]
    said_until = max((one.last.end for one in passages if isinstance(one.last, Cue)), default=0)
    start = max((cue.start for cue in cues if quote.at - _LEAD <= cue.start <= quote.at < cue.end), default=quote.at)
    least = max(start + SHORTEST, min(said_until or start + LETTER * len(quote.text), start + LONGEST))
    ends = [cue.end for cue in cues if SENTENCE_END.search(cue.text) and least <= cue.end <= start + LONGEST]
    end = min(ends, default=least)
    if duration and end > duration:
        end = duration
        if end - start < SHORTEST:
            latest = end - SHORTEST
            starts = [cue.start for cue in cues if end - LONGEST <= cue.start <= latest]
            start = max(starts, default=latest)
    if start < 0 or end - start < SHORTEST:
        return None
    return Soundbite(start_time=start, duration=end - start, title=cut_title(quote.text), line=quote.line)


def cut_title(text: str) -> str:
    """Cut a text to the length of a title, between words where it has any.

    >>> cut_title("word " * 40)[-12:], len(cut_title("字" * 200))
    ('d word word…', 128)
    """
    if len(text) <= LONGEST_TITLE:
        return text
    begun = text[:LONGEST_TITLE]
    return f"{begun[: begun.rfind(' ')] if ' ' in begun else begun[:-1]}…"
