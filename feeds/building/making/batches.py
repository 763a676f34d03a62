"""Episodes rendered a batch at a time, on every processor where that pays.

Nothing of one batch is kept for the next, so memory does not grow with the length of the archive.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from feeds import addresses
from feeds.building.making.ledger import Ledger, format_moments
from feeds.building.making.words import Words, find_word_warnings, make_forms, read_words, with_soundbites
from feeds.building.sources import Library
from feeds.chapters.json import format_json_chapters
from feeds.chapters.listing import ChapterList
from feeds.errors import Fault
from feeds.knowledge.moments import find_moments
from feeds.knowledge.subjects import Subject
from feeds.model import Item, Podcast
from feeds.processes import run_jobs
from feeds.rss.feed import render_item
from feeds.site.edition import Edition
from feeds.site.episode import Told, render_episode_page, render_stream_page
from feeds.site.quotes import render_quote_pages
from feeds.site.subjects import render_subject_page
from feeds.transcripts.cue import close_cues, find_cues
from feeds.tree import File, Staged, stage_file

BATCH = 25
"""How many episodes are rendered at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """The episodes of one podcast from `start` on, as many as make a batch."""

    podcast: Podcast
    start: int

    @property
    def numbers(self) -> range:
        """The places of the episodes among the items of the podcast."""
        return range(self.start, min(self.start + BATCH, len(self.podcast.items)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Some episodes of a podcast, rendered: files as they were staged, each item as it stands in the feed.

    `warnings` say what only shows once their transcripts are read, and so do `moments`, one for each episode, when
    one hears of whom.
    """

    files: tuple[Staged, ...]
    items: tuple[bytes, ...]
    moments: tuple[bytes, ...]
    warnings: tuple[Fault, ...]

    @property
    def count(self) -> int:
        """How many episodes these are."""
        return len(self.moments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """What rendering an episode needs to know, and the folder into which the files will go."""

    edition: Edition
    library: Library
    out: Path

    def find_jobs(self) -> Iterator[Job]:
        """Divide the show into jobs, podcast by podcast."""
        for podcast in self.edition.show.podcasts:
            yield from (Job(podcast=podcast, start=start) for start in range(0, len(podcast.items), BATCH))

    def make_batches(self) -> Iterator[Batch]:
        """Do all jobs, and give the batches in their order."""
        return run_jobs(self.make_batch, tuple(self.find_jobs()))

    def make_batch(self, job: Job) -> Batch:
        """Render the episodes of a job; the transcripts of each are read once, for its page, its item and its forms."""
        files: list[Staged] = []
        items: list[bytes] = []
        moments: list[bytes] = []
        warnings: list[Fault] = []
        for number in job.numbers:
            item = job.podcast.items[number]
            words = read_words(item, self.library)
            told = self._find_told(item, words)
            made = chain(
                [render_episode_page(self.edition, job.podcast, number, told)],
                self._make_attachments(job.podcast, item, words),
            )
            files += (stage_file(file, self.out) for file in made)
            moments.append(format_moments(told.moments))
            warnings += find_word_warnings(item, words)
            if item.in_feed:
                items.append(render_item(with_soundbites(item, job.podcast.channel, words)))
        return Batch(files=tuple(files), items=tuple(items), moments=tuple(moments), warnings=tuple(warnings))

    def make_stream_files(self, podcast: Podcast) -> Iterator[File]:
        """Make the pages of the streams of a podcast, and what belongs to them."""
        for item in podcast.streams:
            words = read_words(item, self.library)
            yield render_stream_page(self.edition, podcast, item, self._find_told(item, words))
            yield from self._make_attachments(podcast, item, words)

    def make_subject_pages(self, ledger: Ledger) -> Iterator[Staged]:
        """Make the pages of people and ideas, once the moments of all episodes are in the ledger."""
        subjects = self.edition.knowledge.subjects
        jobs = [subjects[start : start + BATCH] for start in range(0, len(subjects), BATCH)]
        for staged in run_jobs(partial(self._make_subjects, ledger), jobs):
            yield from staged

    def _make_subjects(self, ledger: Ledger, subjects: Sequence[Subject]) -> tuple[Staged, ...]:
        pages = (render_subject_page(self.edition, subject, ledger.read_moments) for subject in subjects)
        return tuple(stage_file(page, self.out) for page in pages)

    def _find_told(self, item: Item, words: Words) -> Told:
        cues = tuple(close_cues(find_cues(words.spoken.speeches))) if words.spoken else ()
        return Told(said=words.said, moments=find_moments(item, self.edition.knowledge.find_mentions(item), cues))

    def _make_attachments(self, podcast: Podcast, item: Item, words: Words) -> Iterator[File]:
        yield from make_forms(item, words)
        yield from render_quote_pages(self.edition, podcast, item)
        if item.chapters_url:
            content = format_json_chapters(
                ChapterList(chapters=item.episode.chapters, title=item.episode.title, podcast=podcast.channel.title)
            )
            path = addresses.chapters(podcast.channel.slug, item.slug)
            yield File(path=path, content=content, source=item.episode.path)


def count_batches(podcast: Podcast) -> int:
    """How many batches the episodes of a podcast make."""
    return -(-len(podcast.items) // BATCH)
