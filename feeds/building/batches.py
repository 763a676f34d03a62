"""Episodes rendered a batch at a time, on every processor where that pays.

Nothing of one batch is kept for the next, so memory does not grow with the length of the archive.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from feeds import addresses
from feeds.building.sources import Library
from feeds.chapters.json import format_json_chapters
from feeds.chapters.listing import ChapterList
from feeds.media.measure import read_cues
from feeds.model import Podcast, Show
from feeds.processes import run_jobs
from feeds.rss.feed import render_item
from feeds.site.pages import render_episode_page
from feeds.site.theme import Theme
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
    """Some episodes of a podcast, rendered: files as they were staged, each item as it stands in the feed."""

    files: tuple[Staged, ...]
    items: tuple[bytes, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """What rendering an episode needs to know, and the folder into which the files will go."""

    show: Show
    theme: Theme
    library: Library
    out: Path

    def find_jobs(self) -> Iterator[Job]:
        """Divide the show into jobs, podcast by podcast."""
        for podcast in self.show.podcasts:
            yield from (Job(podcast=podcast, start=start) for start in range(0, len(podcast.items), BATCH))

    def make_batches(self) -> Iterator[Batch]:
        """Do all jobs, and give the batches in their order."""
        return run_jobs(self.make_batch, tuple(self.find_jobs()))

    def make_batch(self, job: Job) -> Batch:
        """Render the episodes of a job."""
        items = [job.podcast.items[number] for number in job.numbers]
        return Batch(
            files=tuple(
                stage_file(file, self.out) for number in job.numbers for file in self._make_files(job.podcast, number)
            ),
            items=tuple(render_item(item) for item in items if item.in_feed),
            count=len(items),
        )

    def _make_files(self, podcast: Podcast, number: int) -> Iterator[File]:
        item, slug = podcast.items[number], podcast.channel.slug
        files = self.library.files
        cues = {file.url: read_cues(files[file.key], file.type) for file in item.transcripts if file.key in files}
        yield render_episode_page(self.show, podcast, number, self.theme, cues)
        if item.chapters_url:
            content = format_json_chapters(
                ChapterList(chapters=item.episode.chapters, title=item.episode.title, podcast=podcast.channel.title)
            )
            yield File(path=addresses.chapters(slug, item.slug), content=content, source=item.episode.path)


def count_batches(podcast: Podcast) -> int:
    """How many batches the episodes of a podcast make."""
    return -(-len(podcast.items) // BATCH)
