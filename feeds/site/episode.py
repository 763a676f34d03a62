"""The page of an episode, and that of one which is live."""

from __future__ import annotations

from collections.abc import Mapping

from feeds import addresses
from feeds.model import Item, Podcast, Show, StandIn, TranscriptFile
from feeds.shape.skyline import find_scale, find_shape
from feeds.site.page import Page
from feeds.site.reading import Anchors, find_passages, find_turns
from feeds.site.rows import Line, describe, find_speakers, make_line
from feeds.theme.theme import Theme
from feeds.transcripts.cue import Speech, find_cues
from feeds.tree import File
from feeds.vocabulary import find_stand_in_note

PLAYER_HEIGHT = 72
"""Pixels that the highest chapter of a skyline takes on the page of its episode."""


def render_episode_page(
    show: Show, podcast: Podcast, number: int, theme: Theme, said: Mapping[str, tuple[Speech, ...]]
) -> File:
    """Render the page of the episode that is `podcast.items[number]`.

    `said` has what its transcripts say, by their URLs; one in the language of the episode is shown before others, and
    one with times before one without.
    """
    neighbours = _find_neighbour(podcast, number - 1), _find_neighbour(podcast, number + 1)
    return _render_episode(show, podcast, podcast.items[number], neighbours, theme, said)


def render_stream_page(
    show: Show, podcast: Podcast, item: Item, theme: Theme, said: Mapping[str, tuple[Speech, ...]]
) -> File:
    """Render the page of an episode that is live, which has its place in no row of episodes."""
    return _render_episode(show, podcast, item, (None, None), theme, said)


def _render_episode(
    show: Show,
    podcast: Podcast,
    item: Item,
    neighbours: tuple[Line | None, Line | None],
    theme: Theme,
    said: Mapping[str, tuple[Speech, ...]],
) -> File:
    channel, episode = podcast.channel, item.episode
    path = addresses.episode_page(channel.slug, item.slug)
    page = Page(
        site=show.site,
        path=path,
        root="../../",
        title=episode.title,
        description=describe(episode),
        language=item.language,
        image=(item.image or podcast.image).url,
        kind="article",
    )
    anchors = Anchors()
    passages = find_passages(episode, anchors)
    transcript = _find_transcript(item, said)
    context = {
        "page": page,
        "show": show,
        "podcast": podcast,
        "item": item,
        "episode": episode,
        "speakers": find_speakers(item),
        "shape": find_shape(item, PLAYER_HEIGHT, find_scale([item])),
        "notice": find_stand_in_note(item.language) if isinstance(episode.audio, StandIn) else "",
        "contents": [passage for passage in passages if passage.chapter and passage.chapter.toc],
        "passages": passages,
        "transcript": transcript,
        "turns": find_turns(said[transcript.url], anchors) if transcript else (),
        "newer": neighbours[0],
        "older": neighbours[1],
    }
    return File(path=path, content=theme.render("episode.html", context), source=episode.path)


def _find_transcript(item: Item, said: Mapping[str, tuple[Speech, ...]]) -> TranscriptFile | None:
    def rank(file: TranscriptFile) -> tuple[bool, bool]:
        return file.language not in ("", item.language), not find_cues(said[file.url])

    return min((file for file in item.transcripts if said.get(file.url)), key=rank, default=None)


def _find_neighbour(podcast: Podcast, number: int) -> Line | None:
    return make_line(podcast.channel, podcast.items[number]) if 0 <= number < len(podcast.items) else None
