"""Transcripts of every form: that they are what the feed says, and that something is in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feeds.formats import SECOND, format_timestamp
from feeds.rulebook.files.cues import Card
from feeds.rulebook.files.located import Node
from feeds.rulebook.files.transcripts import TranscriptFile
from feeds.rulebook.places import Spot
from feeds.rulebook.rule import Hits, rule

_TAG = re.compile(r"<[^<>]*>")
_SPARE = 5 * SECOND
"""By how much a cue may outlast the recording: many programs end the last one late."""


@rule("transcript", source="podcast namespace, tag transcript; house", everywhere="error")
def transcript_empty(file: TranscriptFile) -> Hits:
    """A transcript says something: it has at least one cue, segment or paragraph with words in it.

    A player that offers an empty transcript lets down those who need it to follow.
    """
    text = file.text
    if text.fault or text.large or file.mismatch:
        return
    if not text.text.strip():
        yield Spot(), "the file is empty: write the transcript, or take it out of the feed"
    elif file.form in ("vtt", "srt") and not file.script.strays and not _has_words(file):
        yield Spot(), "no cue has any words: write the transcript, or take it out of the feed"
    elif file.form == "html" and not _TAG.sub("", text.text).strip():
        yield Spot(), "there are tags, but no words: write the transcript, or take it out of the feed"
    elif file.form == "json" and file.json.root:
        segments = file.json.root.members.get("segments")
        if segments and segments.value == []:
            yield segments.spot, "there are no segments: write the transcript, or take it out of the feed"


@rule("transcript", source="WebVTT, 4.1; RFC 8259, 8.1; house", everywhere="error")
def transcript_not_utf8(file: TranscriptFile) -> Hits:
    """A transcript is text in UTF-8.

    Players read it as UTF-8, whatever it is: letters with accents turn into signs that nobody can read.
    """
    if file.text.fault:
        yield file.text.fault_at, f"{file.text.fault}: save the transcript in UTF-8"


@rule("transcript", source="podcast namespace, tag transcript, type", everywhere="error")
def transcript_type_mismatch(file: TranscriptFile) -> Hits:
    """A transcript is of the type that the feed states.

    Apps choose by the type how to read the file, and show nothing if it is another.
    """
    if file.mismatch:
        yield Spot(), f"{file.mismatch}: state the type that it has"


@rule("transcript", source="house", everywhere="warning")
def transcript_past_end(file: TranscriptFile) -> Hits:
    """The last cue ends with the recording, or a few seconds later at most.

    What comes later is never shown; often the transcript belongs to another cut, or to another episode.
    """
    if file.duration is None:
        return
    last = max(_find_ends(file), key=lambda pair: pair[0], default=None)
    if last and last[0] > file.duration + _SPARE:
        end, whole = (format_timestamp(int(ms) // SECOND * SECOND) for ms in (last[0], file.duration))
        place = Spot(last[1].line, 1) if isinstance(last[1], Card) else last[1].spot
        yield place, f"the last cue ends at {end}, but the recording at {whole}: is it the transcript of this one?"


def _find_ends(file: TranscriptFile) -> Iterator[tuple[float, Card | Node]]:
    for card in file.script.cards:
        if card.end is not None:
            yield float(card.end), card
    for segment in file.segments:
        for name in ("startTime", "endTime"):
            member = segment.members.get(name)
            if member and member.number is not None:
                yield member.number * SECOND, member


def _has_words(file: TranscriptFile) -> bool:
    return any(line.strip() for card in file.script.cards for _, line in card.lines)
