"""All files of a show as a stream, in the order in which they can be made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from tempfile import TemporaryFile

from feeds.building.making.batches import Workshop, count_batches
from feeds.building.making.ledger import Ledger
from feeds.building.making.printing import Printing
from feeds.building.making.proof import Proof
from feeds.errors import Fault, FeedsError
from feeds.site.channel import render_channel_page
from feeds.site.home import render_site_pages
from feeds.site.quotes import render_quotes_page
from feeds.site.subjects import render_subject_lists
from feeds.tree import File, Staged

Progress = Callable[[int, int], None]
"""Is told how many of how many episodes are rendered."""


def make_files(
    workshop: Workshop, progress: Progress | None, proof: Proof, told: list[Fault]
) -> Iterator[File | Staged]:
    """Make the files of a show one at a time, feeds last, and these only if they are without an error.

    The items of a feed are rendered together with their pages, so that notes are rendered once. Until their turn they
    wait in one file, which has no name and goes with the process; so does what the pages of people and ideas tell of
    all episodes. What transcripts tell joins `told`.

    Raises FeedsError with the errors of all feeds.
    """
    edition, show = workshop.edition, workshop.edition.show
    total = sum(len(podcast.items) for podcast in show.podcasts)
    done = 0
    feeds: list[File] = []
    batches = workshop.make_batches()
    with TemporaryFile() as waiting, TemporaryFile() as kept:
        ledger = Ledger(kept)
        for number, podcast in enumerate(show.podcasts):
            printing = Printing(podcast, show.site, waiting, proof)
            places = ((number, index) for index in range(len(podcast.items)))
            for batch in islice(batches, count_batches(podcast)):
                yield from batch.files
                printing.add(batch.items)
                for moments, place in zip(batch.moments, places, strict=False):
                    ledger.add(place, moments)
                told += batch.warnings
                done += batch.count
                if progress:
                    progress(done, total)
            yield from workshop.make_stream_files(podcast)
            yield render_channel_page(edition, podcast)
            yield from render_quotes_page(edition, podcast)
            feeds += printing.finish()
        if proof.faults:
            raise FeedsError(proof.faults)
        yield from workshop.make_subject_pages(ledger)
        yield from render_subject_lists(edition)
        yield from render_site_pages(edition)
        yield from feeds
