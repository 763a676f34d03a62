"""The pages of quotes: each has one of its own, and each channel one with all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from feeds import addresses
from feeds.formats import format_seconds
from feeds.knowledge.quotes import Saying, find_sayings
from feeds.knowledge.subjects import Subject
from feeds.model import Item, Podcast
from feeds.site.edition import Edition
from feeds.site.page import Page, cut_text
from feeds.tree import File


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A quote with where it is heard; `path` is that of its own page, `heard` leads to its moment in the episode."""

    saying: Saying
    speaker: Subject | None
    item: Item
    path: str
    episode: str
    heard: str
    language: str


def find_said(edition: Edition, podcast: Podcast, item: Item) -> tuple[Said, ...]:
    """Find the quotes of an episode with their addresses; `heard` is "" where nobody knows when one was said."""
    channel = podcast.channel.slug
    return tuple(
        Said(
            saying=saying,
            speaker=edition.knowledge.find_speaker(saying.quote.speaker, item) if saying.quote.speaker else None,
            item=item,
            path=addresses.quote_page(channel, item.slug, saying.id),
            episode=addresses.episode_page(channel, item.slug),
            heard="" if saying.start is None else f"#t={format_seconds(saying.start)}",
            language=item.language,
        )
        for saying in find_sayings(item)
    )


def render_quote_pages(edition: Edition, podcast: Podcast, item: Item) -> Iterator[File]:
    """Render the page of each quote of an episode, in which the one before and the one after are linked."""
    several = find_said(edition, podcast, item)
    for number, said in enumerate(several):
        quote = said.saying.quote
        page = Page(
            site=edition.site,
            path=said.path,
            root="../../../../",
            title=cut_text(f"“{quote.text}”"),
            description=cut_text(" · ".join(filter(None, (quote.speaker, item.episode.title, podcast.channel.title)))),
            language=item.language,
            image=(item.image or podcast.image).url,
            kind="article",
        )
        content = edition.render(
            "quote.html",
            page,
            podcast=podcast,
            item=item,
            said=said,
            before=several[number - 1] if number else None,
            after=several[number + 1] if number + 1 < len(several) else None,
        )
        yield File(path=said.path, content=content, source=item.episode.path)


def render_quotes_page(edition: Edition, podcast: Podcast) -> Iterator[File]:
    """Render the page of all quotes of a channel, by episode, newest first; one without quotes has none."""
    channel = podcast.channel
    if channel.slug not in edition.quoted:
        return
    path = addresses.quotes_page(channel.slug)
    words = edition.theme.wordings.find(channel.language)
    page = Page(
        site=edition.site,
        path=path,
        root="../../",
        title=words.quotes_of(channel=channel.title),
        description=str(words.quotes_lead),
        language=channel.language,
        image=podcast.image.url,
    )
    groups = [(item, several) for item in podcast.episodes if (several := find_said(edition, podcast, item))]
    content = edition.render("quotes.html", page, podcast=podcast, groups=groups)
    yield File(path=path, content=content, source=f"channel {channel.slug}")
