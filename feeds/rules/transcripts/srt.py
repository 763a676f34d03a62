"""Transcripts in SRT: numbered cards of two short lines."""

from __future__ import annotations

import re

from feeds.rulebook.files.transcripts import TranscriptFile
from feeds.rulebook.places import Spot
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.wording import quote
from feeds.rules.transcripts.telling import SpotHits, find_first, find_told
from feeds.rules.transcripts.vtt import find_backward, find_unordered

_GUIDE = "podcast namespace, transcripts.md, SRT"
_MOST_LINES = 2
_LONGEST = 32
_SPEAKER = re.compile(r"([^\W\d_][^:,!?]{0,40}): +\S")
_TURN = re.compile(r"(?:>>|[-–—]) ?\S")


@rule("transcript", source=_GUIDE, everywhere="warning")
def transcript_srt_index(file: TranscriptFile) -> Hits:
    """Cards are numbered 1, 2, 3 and so on.

    Some players find the cards by their numbers, and lose one without.
    """
    if file.form == "srt":
        yield from find_first(_find_unnumbered(file), "cards")
        yield from find_told(_find_misnumbered(file), "cards")


@rule("transcript", source=_GUIDE, everywhere="error")
def transcript_srt_timing(file: TranscriptFile) -> Hits:
    """The times of a card are written as 00:01:04,000 --> 00:01:08,500, with hours and a comma.

    Players pass over a card whose times they cannot read.
    """
    if file.form == "srt":
        faults = ((Spot(card.line, 1), card.fault) for card in file.script.cards if card.fault)
        yield from find_told(
            ((spot, f"{fault}: write 00:01:04,000 --> 00:01:08,500") for spot, fault in faults), "cards"
        )


@rule("transcript", source=f"house; {_GUIDE}", everywhere="error")
def transcript_srt_end_before_start(file: TranscriptFile) -> Hits:
    """A card ends after it starts.

    One that does not is never shown.
    """
    if file.form == "srt":
        yield from find_told(find_backward(file.script.cards), "cards")


@rule("transcript", source=f"house; {_GUIDE}", everywhere="error")
def transcript_srt_order(file: TranscriptFile) -> Hits:
    """Cards stand in the order in which they start.

    Players that read the file from top to bottom jump back and forth.
    """
    if file.form == "srt":
        yield from find_told(find_unordered(file.script.cards), "cards")


@rule("transcript", source=f"house; {_GUIDE}", everywhere="error")
def transcript_srt_blank_line(file: TranscriptFile) -> Hits:
    """An empty line ends a card, and only that: there is none within its text, and one before the next card.

    Players do not show what stands behind an empty line, and show times as text where the line is missing.
    """
    if file.form == "srt":
        hits = ((Spot(stray.line, 1), stray.message) for stray in file.script.strays)
        remedy = "an empty line stands between cards and nowhere else"
        yield from find_told(((spot, f"{message}: {remedy}") for spot, message in hits), "lines")


@rule("transcript", source=_GUIDE, podcasting2="warning")
def transcript_srt_lines(file: TranscriptFile) -> Hits:
    """A card has at most two lines.

    More of them cover the picture where a player shows them as captions.
    """
    if file.form == "srt":
        hits = (
            (
                Spot(card.lines[_MOST_LINES][0], 1),
                f"the card has {len(card.lines)} lines: split it, {_MOST_LINES} to each",
            )
            for card in file.script.cards
            if len(card.lines) > _MOST_LINES
        )
        yield from find_first(hits, "cards")


@rule("transcript", source=_GUIDE, podcasting2="warning")
def transcript_srt_line_long(file: TranscriptFile) -> Hits:
    """A line of a card has at most 32 characters.

    That is what fits on a small screen; the example of the namespace itself has lines of 33.
    """
    if file.form == "srt":
        hits = (
            (Spot(number, 1), f"the line has {len(line.strip())} characters: the namespace allows {_LONGEST}")
            for card in file.script.cards
            for number, line in card.lines
            if len(line.strip()) > _LONGEST
        )
        yield from find_first(hits, "lines")


@rule("transcript", source=_GUIDE, podcasting2="info")
def transcript_srt_speaker(file: TranscriptFile) -> Hits:
    """A new speaker begins a new card, with the name and a colon.

    Apps look for the name at the beginning of a card alone.
    """
    if file.form == "srt":
        yield from find_first(_find_turns(file), "lines")


def _find_turns(file: TranscriptFile) -> SpotHits:
    """Lines within a card that begin as a first line does, with a known name or a dash."""
    cards = [card for card in file.script.cards if card.lines]
    names = {name[1] for card in cards if (name := _SPEAKER.match(card.lines[0][1]))}
    for card in cards:
        dashed = _TURN.match(card.lines[0][1])
        for number, line in card.lines[1:]:
            name = _SPEAKER.match(line)
            if (name and name[1] in names) or (dashed and _TURN.match(line)):
                message = f"{quote(line)} begins a speech within a card"
                yield Spot(number, 1), f"{message}: begin a card of its own, with the name and a colon"


def _find_unnumbered(file: TranscriptFile) -> SpotHits:
    for card in file.script.cards:
        if not card.label.strip().isdecimal():
            what = f"{quote(card.label)} in place of a number" if card.label else "no number"
            yield Spot(card.label_line or card.line, 1), f"the card has {what}: number the cards 1, 2, 3"


def _find_misnumbered(file: TranscriptFile) -> SpotHits:
    """Numbers that do not follow from the one before; of 5,000 digits or other digits than ours, they never do."""
    expected = "1"
    for card in file.script.cards:
        label = card.label.strip()
        if label.isdecimal():
            if label.lstrip("0") != expected:
                yield Spot(card.label_line, 1), f"the card has the number {label[:20]}, where {expected} comes next"
            if len(label) < 10:
                expected = str(int(label) + 1)
