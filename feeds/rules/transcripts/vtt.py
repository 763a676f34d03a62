"""Transcripts in WebVTT, the form that Apple takes in and that browsers show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import pairwise

from feeds.formats import format_npt
from feeds.rulebook.files.cues import Card
from feeds.rulebook.files.transcripts import TranscriptFile
from feeds.rulebook.places import Spot
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.wording import quote
from feeds.rules.transcripts.telling import SpotHits, find_first, find_told

_GUIDE = "podcast namespace, transcripts.md, WebVTT"
_SETTING = re.compile(r"(?:vertical|line|position|size|align|region):[^\s:]+", re.IGNORECASE)
# WebVTT, section 4.2.2: tags of these names, with classes and a note, and times.
_TAG = re.compile(
    r"<(?:(?:c|i|b|u|ruby|rt|v|lang)(?:\.[^\s.<>&]+)*(?:[ \t][^<>]*)?"
    r"|/(?:c|i|b|u|ruby|rt|v|lang)|(?:[0-9]{2,4}:)?[0-5][0-9]:[0-5][0-9]\.[0-9]{3})>"
)
_REFERENCE = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_BARE = re.compile(r"[<&]")
_ANY_TAG = re.compile(r"<[^<>]*>")
_NAMELESS = re.compile(r"<v(?:\.[^\s.<>&]+)*[ \t]*>")
_VOICE = re.compile(r"<v[.\s]")
_NAMED = re.compile(r"(?:>> ?|- )?[A-Z][\w.' -]{0,30}: +\S|>> ")
_LONGEST = 65


@rule("transcript", source="WebVTT, 4.1", everywhere="error")
def transcript_vtt_header(file: TranscriptFile) -> Hits:
    """A WebVTT file begins with WEBVTT and an empty line.

    Without it no player takes the file for WebVTT, and nothing of it is shown.
    """
    if file.form == "vtt" and file.script.header:
        yield Spot(file.script.header_line, 1), f"{file.script.header}: begin with WEBVTT and an empty line"


@rule("transcript", source="WebVTT, 4.1, cue timings", everywhere="error")
def transcript_vtt_timing(file: TranscriptFile) -> Hits:
    """The times of a cue are written as 00:01:04.000 --> 00:01:08.500, the hours being optional.

    Players pass over a cue whose times they cannot read.
    """
    if file.form == "vtt":
        faults = ((Spot(card.line, 1), card.fault) for card in file.script.cards if card.fault)
        yield from find_told(
            ((spot, f"{fault}: write 00:01:04.000 --> 00:01:08.500") for spot, fault in faults), "cues"
        )


@rule("transcript", source="WebVTT, 4.4, cue settings", podcasting2="warning", apple="warning")
def transcript_vtt_settings(file: TranscriptFile) -> Hits:
    """Behind the times of a cue stand settings that WebVTT knows, such as align:start.

    Players pass over the others; often it is a word of the text that slipped onto the wrong line.
    """
    if file.form == "vtt":
        yield from find_told(_find_settings(file), "cues")


@rule("transcript", source="WebVTT, 4.1, cue timings", everywhere="error")
def transcript_vtt_end_before_start(file: TranscriptFile) -> Hits:
    """A cue ends after it starts.

    One that does not is never shown.
    """
    if file.form == "vtt":
        yield from find_told(find_backward(file.script.cards), "cues")


@rule("transcript", source="WebVTT, 4.1, cue timings", everywhere="error")
def transcript_vtt_order(file: TranscriptFile) -> Hits:
    """Cues stand in the order in which they start.

    Players that read the file from top to bottom jump back and forth.
    """
    if file.form == "vtt":
        yield from find_told(find_unordered(file.script.cards), "cues")


@rule("transcript", source="WebVTT, 4.1 and 4.2.2", everywhere="error")
def transcript_vtt_blank_line(file: TranscriptFile) -> Hits:
    """An empty line ends a cue, and only that: there is none within its text, and one before the next cue.

    Players do not show what stands behind an empty line, and show times as text where the line is missing.
    """
    if file.form == "vtt":
        hits = ((Spot(stray.line, 1), stray.message) for stray in file.script.strays)
        remedy = "an empty line stands between cues and nowhere else"
        yield from find_told(((spot, f"{message}: {remedy}") for spot, message in hits), "lines")


@rule("transcript", source="WebVTT, 4.2.2, cue text", everywhere="warning")
def transcript_vtt_escape(file: TranscriptFile) -> Hits:
    """In the text of a cue, & is written &amp; and < is written &lt;.

    A player takes < for the beginning of a tag and leaves out what follows.
    """
    if file.form == "vtt":
        yield from find_told(_find_bare(file), "lines")


@rule("transcript", source=f"{_GUIDE}; Apple 5316", podcasting2="info", apple="info")
def transcript_vtt_voice(file: TranscriptFile) -> Hits:
    """Who speaks is said with <v Name>, each time that it changes.

    Apple shows these names; a name in the text is a word like any other to it.
    """
    if file.form != "vtt":
        return
    for number, line in _find_lines(file):
        if nameless := _NAMELESS.search(line):
            yield Spot(number, nameless.start() + 1), f"{nameless[0]} names nobody: write <v Name>"
    if not any(_VOICE.search(line) for _, line in _find_lines(file)):
        hits = [
            (Spot(card.lines[0][0], 1), f"{quote(card.lines[0][1])} begins with who speaks: write <v Name> for it")
            for card in file.script.cards
            if card.lines and _NAMED.match(card.lines[0][1])
        ]
        if len(hits) > 1:  # a colon may stand in any sentence
            yield from find_first(hits, "cues")


@rule("transcript", source=_GUIDE, podcasting2="info")
def transcript_vtt_line_long(file: TranscriptFile) -> Hits:
    """A line of a caption has at most 65 characters.

    Longer ones run over the picture, or out of it, where a player shows them as captions.
    """
    if file.form == "vtt":
        lengths = ((number, len(unescape(_ANY_TAG.sub("", line)))) for number, line in _find_lines(file))
        hits = (
            (Spot(number, 1), f"the line has {length} characters: the namespace advises at most {_LONGEST}")
            for number, length in lengths
            if length > _LONGEST
        )
        yield from find_first(hits, "lines")


def find_backward(cards: tuple[Card, ...]) -> SpotHits:
    """Cues that end when they start, or before."""
    for card in cards:
        if card.start is not None and card.end is not None and card.end <= card.start:
            message = f"what starts at {format_npt(card.start)} ends at {format_npt(card.end)}"
            yield Spot(card.line, 1), f"{message}: let it end later"


def find_unordered(cards: tuple[Card, ...]) -> SpotHits:
    """Cues that start before the one before them."""
    timed = [(card, card.start) for card in cards if card.start is not None]
    for (_, before), (card, start) in pairwise(timed):
        if start < before:
            message = f"this starts at {format_npt(start)}, what stands before it at {format_npt(before)}"
            yield Spot(card.line, 1), f"{message}: put them in the order of time"


def _find_lines(file: TranscriptFile) -> Iterator[tuple[int, str]]:
    return (line for card in file.script.cards for line in card.lines)


def _find_settings(file: TranscriptFile) -> SpotHits:
    for card in file.script.cards:
        if card.settings:
            wrong = next((word for word in card.settings.split() if not _SETTING.fullmatch(word)), "")
            if wrong:
                column = card.timing.find(wrong) + 1
                yield Spot(card.line, column), f"{quote(wrong)} is no setting of a cue: write the text on the next line"


def _find_bare(file: TranscriptFile) -> SpotHits:
    for number, line in _find_lines(file):
        if "<" in line or "&" in line:
            for sign in _BARE.finditer(line):
                known = _TAG if sign[0] == "<" else _REFERENCE
                if not known.match(line, sign.start()):
                    written = quote(line[sign.start() : sign.start() + 20])
                    code = "&lt;" if sign[0] == "<" else "&amp;"
                    yield Spot(number, sign.start() + 1), f"{written} is no {_name(sign[0])} of WebVTT: write {code}"
                    break


def _name(sign: str) -> str:
    return "tag" if sign == "<" else "character reference"
