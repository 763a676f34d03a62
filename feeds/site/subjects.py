"""The pages of people and ideas: each with every episode and moment, and the lists of all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from feeds import addresses
from feeds.knowledge.moments import Moment, find_spans, find_told
from feeds.knowledge.subjects import Mention, Place, Subject
from feeds.model import Item, Podcast
from feeds.shape.arcs import Map, find_map
from feeds.shape.lanes import Lit, find_lit
from feeds.shape.skyline import Shape, find_scale, find_shape
from feeds.site.edition import Edition
from feeds.site.page import Page, cut_text
from feeds.site.quotes import Said, find_said
from feeds.site.rows import ROW_HEIGHT, Line, make_line
from feeds.tree import File

DRAWN = 50
"""How many episodes of a subject are drawn, with its moments in them; older ones have a line each."""

Moments = Callable[[Place], Mapping[int, tuple[Moment, ...]]]
"""Tells the moments of an episode, by the numbers of its mentions."""

_SOURCE = "people and ideas"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance(Line):
    """An episode on the page of a subject, with the moments at which one hears of it, and its quotes there."""

    podcast: Podcast
    mention: Mention
    shape: Shape
    lit: tuple[Lit, ...]
    moments: tuple[Moment, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """Who or what appears with a subject, and in how many episodes."""

    subject: Subject
    count: int


def render_subject_page(edition: Edition, subject: Subject, moments: Moments) -> File:
    """Render the page of a person or an idea; `moments` is asked for those of each of its newest episodes."""
    items = [(place, *_find_item(edition, place)) for place in subject.places]
    drawn = items[:DRAWN]
    scale = find_scale(item for _, _, item in drawn)
    appearances = []
    for place, podcast, item in drawn:
        mentions = edition.knowledge.find_mentions(item)
        number = next(number for number, mention in enumerate(mentions) if mention.subject is subject)
        shape = find_shape(item, ROW_HEIGHT, scale)
        heard = moments(place).get(number, ())
        said = tuple(one for one in find_said(edition, podcast, item) if one.speaker is subject)
        appearances.append(
            Appearance(
                item=item,
                path=addresses.episode_page(podcast.channel.slug, item.slug),
                language=item.language if item.language != edition.site.language else "",
                podcast=podcast,
                mention=mentions[number],
                shape=shape,
                lit=find_lit(find_spans(heard), item.duration, shape.width) if shape.bars else (),
                moments=find_told([moment for moment in heard if moment.why != "quote" or not said]),
                said=said,
            )
        )
    neighbours = [Neighbour(subject=one, count=count) for one, count in edition.knowledge.find_neighbours(subject)]
    page = _make_page(edition, subject.path, "../../", subject.name, _describe(subject, items))
    content = edition.render(
        "subject.html",
        page,
        subject=subject,
        appearances=appearances,
        older=[make_line(podcast.channel, item) for _, podcast, item in items[DRAWN:]],
        neighbours=neighbours,
        map=_find_map(edition, subject, neighbours),
    )
    return File(path=subject.path, content=content, source=_SOURCE)


def render_subject_lists(edition: Edition) -> Iterator[File]:
    """Render the page of all people and that of all ideas, those of most episodes first."""
    words = edition.theme.wordings.find(edition.site.language)
    if edition.people:
        yield _render_list(edition, addresses.PEOPLE, words.people, words.people_lead, person=True)
    if edition.ideas:
        yield _render_list(edition, addresses.IDEAS, words.ideas, words.ideas_lead, person=False)


def _render_list(edition: Edition, path: str, title: str, lead: str, *, person: bool) -> File:
    subjects = [subject for subject in edition.knowledge.subjects if subject.is_person == person]
    page = _make_page(edition, path, "../", title, lead)
    return File(path=path, content=edition.render("subjects.html", page, subjects=subjects), source=_SOURCE)


def _find_item(edition: Edition, place: Place) -> tuple[Podcast, Item]:
    podcast = edition.show.podcasts[place[0]]
    return podcast, podcast.episodes[place[1]]


def _find_map(edition: Edition, subject: Subject, neighbours: Sequence[Neighbour]) -> Map:
    """The map of a subject, which is its first row, and its neighbours below."""
    rows = [subject, *(neighbour.subject for neighbour in neighbours)]
    pairs = combinations(range(len(rows)), 2)
    return find_map(
        len(rows), ((one, other, edition.knowledge.count_shared(rows[one], rows[other])) for one, other in pairs)
    )


def _describe(subject: Subject, items: Sequence[tuple[Place, Podcast, Item]]) -> str:
    """What a search engine shows of a subject: what it is, or else the episodes in which it is."""
    text = subject.description or " · ".join(item.episode.title for _, _, item in items[:4])
    return cut_text(f"{subject.name}: {text}")


def _make_page(edition: Edition, path: str, root: str, title: str, description: str) -> Page:
    return Page(
        site=edition.site,
        path=path,
        root=root,
        title=title,
        description=description,
        language=edition.site.language,
    )
