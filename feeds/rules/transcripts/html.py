"""Transcripts in HTML: who speaks in cite, when in time, what in p."""

from __future__ import annotations

import re

from feeds.rulebook.files.text import Lines
from feeds.rulebook.files.transcripts import TranscriptFile
from feeds.rulebook.places import Spot
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.wording import quote

_PARAGRAPH = re.compile(r"<p(?:\s[^<>]*)?>", re.IGNORECASE)
_CITE = re.compile(r"<cite[\s>]", re.IGNORECASE)
_TIME = re.compile(r"<time[\s>]", re.IGNORECASE)
_STAMP = re.compile(r"[>\s(\[](?:[0-9]{1,2}:)?[0-9]{1,2}:[0-9]{2}[<\s)\]]")
_SPEAKER = re.compile(r"<(?:p|strong|b)(?:\s[^<>]*)?>\s*(?:<(?:strong|b)>)?([A-Z][\w.' -]{0,30}):[\s<]")


@rule("transcript", source="podcast namespace, transcripts.md, HTML", podcasting2="warning")
def transcript_html_tags(file: TranscriptFile) -> Hits:
    """What is said stands in p; who says it, where that is told, in cite, and when in time.

    By these tags apps know the words from the names and the times, and can jump to a place.
    """
    text = file.text.text
    if file.form != "html" or not re.sub(r"<[^<>]*>", "", text).strip():
        return
    if not _PARAGRAPH.search(text):
        yield Spot(), "there is no p: put each speech in <p> and </p>"
    if not _CITE.search(text) and (speaker := _SPEAKER.search(text)):
        place = Lines(text).find(speaker.start())
        yield place, f"{quote(speaker[1])} speaks, but there is no cite: put names in <cite> and </cite>"
    if not _TIME.search(text) and (stamp := _STAMP.search(text)):
        place = Lines(text).find(stamp.start())
        yield place, f"{quote(stamp[0][1:-1])} is a time, but there is no time: put it in <time> and </time>"
