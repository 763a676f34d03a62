"""What belongs to an episode beside its audio: soundbites, and links to chapters and transcripts."""

from __future__ import annotations

from lxml import etree

from feeds.formats import SECOND
from feeds.markup.meaning import parse_feed_duration
from feeds.media_types import CHAPTERS_TYPE, CHAPTERS_TYPES, SUBRIP_TYPES, TRANSCRIPT_TYPES
from feeds.rulebook.document import find_attribute, find_missing_names
from feeds.rulebook.forms.languages import find_language_fault
from feeds.rulebook.forms.numbers import is_number, parse_number
from feeds.rulebook.forms.types import find_essence
from feeds.rulebook.forms.urls import find_path
from feeds.rulebook.places import Attribute
from feeds.rulebook.podcast.fields import find_too_long
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Item
from feeds.rulebook.wording import format_names, quote

_SHORTEST, _LONGEST = 15, 120
_SRT, *_OLD_SRT = SUBRIP_TYPES
_BY_EXTENSION = {
    "htm": "text/html",
    "html": "text/html",
    "json": "application/json",
    "srt": _SRT,
    "txt": "text/plain",
    "vtt": "text/vtt",
}


@rule("<podcast:soundbite>", source="podcast namespace, tag soundbite", podcasting2="error")
def podcast_soundbite_time_missing(soundbite: etree._Element) -> Hits:
    """A podcast:soundbite has startTime and duration, both in seconds.

    Apps cut the soundbite out of the audio by them; clock times such as 1:13 are not read.
    """
    if missing := find_missing_names(soundbite, "startTime", "duration"):
        yield soundbite, f"the soundbite has no {format_names(missing)}: give both in seconds"
    for name in ("startTime", "duration"):
        written = find_attribute(soundbite, name)
        if written and not is_number(written):
            yield Attribute(soundbite, name), f"{name} is {quote(written)}: write seconds, such as 73 or 73.5"


@rule("<podcast:soundbite>", source="podcast namespace, tag soundbite", podcasting2="warning")
def podcast_soundbite_duration_range(soundbite: etree._Element) -> Hits:
    """A soundbite lasts from 15 to 120 seconds.

    It is meant to be heard in passing and to be shared; what is shorter says little, what is longer is cut.
    """
    written = find_attribute(soundbite, "duration")
    seconds = parse_number(written)
    if seconds is not None and seconds >= 0 and not _SHORTEST <= seconds <= _LONGEST:
        yield (
            Attribute(soundbite, "duration"),
            f"the soundbite lasts {written} seconds: choose {_SHORTEST} to {_LONGEST}",
        )


@rule("item", source="house; podcast namespace, tag soundbite", everywhere="error")
def podcast_soundbite_past_end(item: Item) -> Hits:
    """A soundbite ends before the episode does.

    What lies behind the end cannot be played.
    """
    if "podcast:soundbite" not in item:
        return
    length = parse_feed_duration(item.text("itunes:duration"))
    if not length:
        return
    for soundbite in item.all("podcast:soundbite"):
        start, duration = (parse_number(find_attribute(soundbite, name)) for name in ("startTime", "duration"))
        # The duration is told in whole seconds.
        if start is not None and duration is not None and (start + duration - 1) * SECOND > length:
            message = (
                f"the soundbite ends at {start + duration:g} seconds, the episode at {length / SECOND:g}: correct one"
            )
            yield soundbite, message


@rule("<podcast:soundbite>", source="podcast namespace, tag soundbite", podcasting2="warning")
def podcast_soundbite_title_too_long(soundbite: etree._Element) -> Hits:
    """The title of a soundbite has at most 128 characters.

    Directories cut what is longer.
    """
    yield from find_too_long(soundbite, "", "the title of the soundbite")


@rule("<podcast:chapters>", source="podcast namespace, tag chapters", podcasting2="error", apple="error")
def podcast_chapters_incomplete(chapters: etree._Element) -> Hits:
    """A podcast:chapters has url and type.

    Without the address there is nothing to load; without the type apps need not load it.
    """
    if missing := find_missing_names(chapters, "url", "type"):
        yield chapters, f"podcast:chapters has no {format_names(missing)}: give the file and its type"


@rule("<podcast:chapters>", source="podcast namespace, tag chapters", podcasting2="warning", apple="warning")
def podcast_chapters_type(chapters: etree._Element) -> Hits:
    """The type of podcast:chapters is application/json+chapters; application/json occurs as well, and is read.

    An app passes over a chapters file of a type that it does not know.
    """
    written = find_attribute(chapters, "type")
    if written and find_essence(written) not in CHAPTERS_TYPES:
        yield Attribute(chapters, "type"), f"the type is {quote(written)}: write {CHAPTERS_TYPE}"


@rule(
    "<podcast:transcript>",
    source="PSP-1, podcast:transcript; podcast namespace, tag transcript",
    psp1="error",
    podcasting2="error",
    apple="error",
)
def podcast_transcript_incomplete(transcript: etree._Element) -> Hits:
    """A podcast:transcript has url and type.

    Apps choose by the type which transcript they can show, and load it from the url.
    """
    if missing := find_missing_names(transcript, "url", "type"):
        yield transcript, f"podcast:transcript has no {format_names(missing)}: give the file and its type"


@rule(
    "<podcast:transcript>",
    source="PSP-1, podcast:transcript; podcast namespace, tag transcript",
    psp1="warning",
    podcasting2="warning",
    apple="warning",
)
def podcast_transcript_type_unknown(transcript: etree._Element) -> Hits:
    """The type of a transcript is text/vtt, application/x-subrip, application/json, text/html or text/plain.

    No app shows a transcript of another type.
    """
    written = find_attribute(transcript, "type")
    if written and find_essence(written) not in (*TRANSCRIPT_TYPES, *_OLD_SRT):
        yield Attribute(transcript, "type"), f"the type is {quote(written)}: write one of {', '.join(TRANSCRIPT_TYPES)}"


@rule(
    "<podcast:transcript>",
    source="podcast namespace, tag transcript",
    psp1="warning",
    podcasting2="warning",
    apple="warning",
)
def podcast_transcript_type_legacy_srt(transcript: etree._Element) -> Hits:
    """A transcript in SubRip form has the type application/x-subrip, not application/srt or text/srt.

    Early feeds had other names for it, which newer apps do not look for.
    """
    written = find_attribute(transcript, "type")
    if find_essence(written) in _OLD_SRT:
        yield Attribute(transcript, "type"), f"the type {quote(written)} is out of use: write {_SRT}"


@rule("<podcast:transcript>", source="house; podcast namespace, tag transcript", everywhere="warning")
def podcast_transcript_type_mismatch(transcript: etree._Element) -> Hits:
    """The type of a transcript is the one that the ending of its address names.

    An app reads the file by its type, and shows nothing, or raw time codes, where it is of another.
    """
    written = find_essence(find_attribute(transcript, "type"))
    extension = find_path(find_attribute(transcript, "url")).rpartition(".")[2].lower()
    meant = _BY_EXTENSION.get(extension, "")
    if meant and written in TRANSCRIPT_TYPES and written != meant:
        yield (
            Attribute(transcript, "type"),
            f"the type is {quote(written)}, but the file looks like {meant}: correct one",
        )


@rule(
    "<podcast:transcript>",
    source="podcast namespace, tag transcript; BCP 47",
    psp1="error",
    podcasting2="error",
    apple="error",
)
def podcast_transcript_language_invalid(transcript: etree._Element) -> Hits:
    """The language of a transcript is a language tag, such as en or pt-BR; without one that of the feed counts.

    Apps offer a transcript in the language of the listener, and cannot tell which one this is.
    """
    written = find_attribute(transcript, "language")
    if written and (fault := find_language_fault(written)):
        yield Attribute(transcript, "language"), f"the language {quote(written)} {fault}"


@rule("<podcast:transcript>", source="podcast namespace, tag transcript", psp1="warning", podcasting2="warning")
def podcast_transcript_rel_invalid(transcript: etree._Element) -> Hits:
    """The rel of a transcript, if it has one, is captions.

    It tells an app that the file can run along with the audio; no other word means anything.
    """
    rel = find_attribute(transcript, "rel")
    if rel and rel != "captions":
        yield Attribute(transcript, "rel"), f"the rel is {quote(rel)}: write captions, or leave it out"


@rule("<podcast:transcript>", source="podcast namespace, tag transcript", psp1="warning", podcasting2="warning")
def podcast_transcript_captions_untimed(transcript: etree._Element) -> Hits:
    """A transcript that is marked as captions has time codes, so it is no plain text.

    An app that runs captions along with the audio finds no times in a plain text.
    """
    if find_attribute(transcript, "rel") == "captions" and find_essence(transcript.get("type", "")) == "text/plain":
        yield (
            Attribute(transcript, "rel"),
            "a text/plain file has no time codes: leave rel out, or link a text/vtt file",
        )


@rule("item", source="PSP-1, Recommended Item Elements", psp1="info")
def podcast_transcript_missing(item: Item) -> Hits:
    """An episode has a transcript.

    With it an episode can be read, searched and followed by the deaf.
    """
    if "enclosure" in item and "podcast:transcript" not in item:
        yield item.element, "the episode has no podcast:transcript: PSP-1 recommends one, best as text/vtt"
