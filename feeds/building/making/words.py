"""What the transcripts of an episode say, and what is made of it: further forms, soundbites, warnings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from feeds.building.sources import Library
from feeds.errors import Fault, FeedsError, format_path
from feeds.media.measure import read_transcript
from feeds.model import Channel, Item, TranscriptForm
from feeds.transcripts.cue import Speech, check_length, close_cues, find_cues
from feeds.transcripts.forms import find_timed_form, format_transcript
from feeds.transcripts.search import Spoken, check_quotes
from feeds.transcripts.soundbites import cut_soundbite
from feeds.tree import File


class Words:
    """The transcripts of an episode that are at hand: what they say and where they stand, by their URLs."""

    def __init__(self, item: Item, said: Mapping[str, tuple[Speech, ...]], places: Mapping[str, Path]) -> None:
        self.said = said
        self.places = places
        self._item = item

    @cached_property
    def spoken(self) -> Spoken | None:
        """What is said in the language of the episode, with times if possible; None if no transcript tells it."""
        own = [file.url for file in self._item.transcripts if file.language in ("", self._item.language)]
        best = min(filter(self.said.get, own), key=lambda url: not find_cues(self.said[url]), default=None)
        return Spoken(self.said[best]) if best else None


def read_words(item: Item, library: Library) -> Words:
    """Read the transcripts of an episode. Raises FeedsError for one that cannot be read any more."""
    files = [file for file in item.transcripts if file.key in library.files and not file.path]
    places = {file.url: library.files[file.key] for file in files}
    return Words(item, {file.url: _read_file(places[file.url], file.type) for file in files}, places)


def _read_file(place: Path, type: str) -> tuple[Speech, ...]:
    try:
        return read_transcript(place, type)
    except ValueError as error:
        raise FeedsError([Fault(path=format_path(place), message=str(error))]) from error


def make_forms(item: Item, words: Words) -> Iterator[File]:
    """Make the forms of transcripts that nobody wrote; one whose source is not at hand comes without its content."""
    by_key = {file.key: file.url for file in item.transcripts if not file.path}
    for file in item.transcripts:
        form = find_timed_form(file.type)
        if file.path and form:
            speeches = words.said.get(by_key[file.key])
            content = None if speeches is None else _make_form(speeches, form)
            yield File(path=file.path, content=content, source=item.episode.path)


def _make_form(speeches: Iterable[Speech], form: TranscriptForm) -> bytes:
    return format_transcript(close_cues(find_cues(speeches)), form).encode()


def with_soundbites(item: Item, channel: Channel, words: Words) -> Item:
    """Add the soundbites that are quotes: those that the record marks, or else all, if the channel has it so."""
    episode = item.episode
    quotes = [quote for quote, _ in episode.quotes if quote.at is not None]
    chosen = [quote for quote in quotes if quote.soundbite]
    if channel.soundbites == "quotes" and not chosen and not episode.soundbites:
        chosen = quotes
    if not chosen:
        return item
    spoken = words.spoken or Spoken(())
    cut = (cut_soundbite(quote, spoken, item.duration) for quote in chosen)
    soundbites = dict.fromkeys((*episode.soundbites, *filter(None, cut)))  # the same quote may stand there twice
    in_order = sorted(soundbites, key=lambda one: one.start_time)
    return replace(item, episode=replace(episode, soundbites=tuple(in_order)))


def find_word_warnings(item: Item, words: Words) -> Iterator[Fault]:
    """Find words past the end of the episode, and quotes that are not said when their record says so."""
    for url, place in words.places.items() if item.duration else ():
        for cue, message in check_length(find_cues(words.said[url]), item.duration):
            yield Fault(path=format_path(place), line=cue.line, message=message)
    quotes = [quote for quote, _ in item.episode.quotes if quote.at is not None]
    if quotes and words.spoken:
        for quote, message in check_quotes(quotes, words.spoken):
            yield Fault(path=item.episode.path, line=quote.line, message=message)
