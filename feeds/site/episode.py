"""The page of an episode, and that of one which is live."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from feeds import addresses
from feeds.knowledge.moments import Moment, find_spans, find_told
from feeds.knowledge.subjects import Mention, Subject
from feeds.model import Item, Podcast, StandIn, TranscriptFile
from feeds.shape.lanes import Lit, find_lit
from feeds.shape.skyline import find_scale, find_shape
from feeds.site.edition import Edition
from feeds.site.page import Page
from feeds.site.reading import Anchors, find_passages, find_turns
from feeds.site.rows import Line, describe, find_speakers, make_line
from feeds.transcripts.cue import Speech, find_cues
from feeds.tree import File
from feeds.vocabulary import find_stand_in_note

LANES = 4
"""How many people, and how many ideas, have a lane below the skyline."""

GLOSSED = 6
"""How many moments of each are told in the glossary of an episode; its own page tells all."""

PLAYER_HEIGHT = 72
"""Pixels that the highest chapter of a skyline takes on the page of its episode."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is known of an episode once its transcripts are read.

    `said` has what they say, by their URLs; `moments` when each of those who occur in the episode is spoken of, by
    their numbers among its mentions.
    """

    said: Mapping[str, tuple[Speech, ...]] = field(default_factory=dict)
    moments: Mapping[int, tuple[Moment, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A subject below the skyline of an episode, and where it is lit."""

    subject: Subject
    lit: tuple[Lit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gloss:
    """What an episode says of a subject, and when."""

    mention: Mention
    moments: tuple[Moment, ...]


def render_episode_page(edition: Edition, podcast: Podcast, number: int, told: Told) -> File:
    """Render the page of the episode that is `podcast.items[number]`.

    Of its transcripts one in the language of the episode is shown before others, and one with times before one without.
    """
    neighbours = _find_neighbour(podcast, number - 1), _find_neighbour(podcast, number + 1)
    return _render_episode(edition, podcast, podcast.items[number], neighbours, told)


def render_stream_page(edition: Edition, podcast: Podcast, item: Item, told: Told) -> File:
    """Render the page of an episode that is live, which has its place in no row of episodes."""
    return _render_episode(edition, podcast, item, (None, None), told)


def _render_episode(
    edition: Edition, podcast: Podcast, item: Item, neighbours: tuple[Line | None, Line | None], told: Told
) -> File:
    channel, episode = podcast.channel, item.episode
    path = addresses.episode_page(channel.slug, item.slug)
    page = Page(
        site=edition.site,
        path=path,
        root="../../",
        title=episode.title,
        description=describe(episode),
        language=item.language,
        image=(item.image or podcast.image).url,
        kind="article",
    )
    anchors = Anchors()
    passages = find_passages(item, anchors)
    transcript = _find_transcript(item, told.said)
    mentions = edition.knowledge.find_mentions(item)
    content = edition.render(
        "episode.html",
        page,
        podcast=podcast,
        item=item,
        episode=episode,
        speakers=find_speakers(item, edition.knowledge),
        shape=find_shape(item, PLAYER_HEIGHT, find_scale([item])),
        lanes=tuple(find_lanes(item, mentions, told.moments)),
        notice=find_stand_in_note(item.language) if isinstance(episode.audio, StandIn) else "",
        contents=[passage for passage in passages if passage.chapter and passage.chapter.toc],
        passages=passages,
        glossary=_find_glossary(mentions, told.moments),
        transcript=transcript,
        turns=find_turns(told.said[transcript.url], anchors, _find_linked(told)) if transcript else (),
        newer=neighbours[0],
        older=neighbours[1],
    )
    return File(path=path, content=content, source=episode.path)


def find_lanes(item: Item, mentions: Sequence[Mention], moments: Mapping[int, Sequence[Moment]]) -> Iterator[Lane]:
    """Find the lanes of an episode: those of which most is said, people first."""
    if not item.duration:
        return
    lit = {number: find_lit(find_spans(several), item.duration) for number, several in moments.items()}
    fullest = sorted(lit, key=lambda number: -sum(one.width for one in lit[number]))
    people = [number for number in fullest if mentions[number].subject.is_person][:LANES]
    ideas = [number for number in fullest if not mentions[number].subject.is_person][:LANES]
    for number in (*people, *ideas):
        yield Lane(subject=mentions[number].subject, lit=lit[number])


def _find_linked(told: Told) -> frozenset[int]:
    """The times to which the pages of people and ideas lead, within what is said."""
    return frozenset(moment.start for moments in told.moments.values() for moment in find_told(moments))


def _find_glossary(mentions: Sequence[Mention], moments: Mapping[int, Sequence[Moment]]) -> tuple[Gloss, ...]:
    """Those whom the record lists as entities, with the moments at which one hears of them."""
    return tuple(
        Gloss(mention=mention, moments=find_told(moments.get(number, ()))[:GLOSSED])
        for number, mention in enumerate(mentions)
        if mention.type
    )


def _find_transcript(item: Item, said: Mapping[str, tuple[Speech, ...]]) -> TranscriptFile | None:
    def rank(file: TranscriptFile) -> tuple[bool, bool]:
        return file.language not in ("", item.language), not find_cues(said[file.url])

    return min((file for file in item.transcripts if said.get(file.url)), key=rank, default=None)


def _find_neighbour(podcast: Podcast, number: int) -> Line | None:
    return make_line(podcast.channel, podcast.items[number]) if 0 <= number < len(podcast.items) else None
