"""The pages of a show.

What the templates link to within the site is relative, so that the pages work under any prefix. Absolute are the
links in notes, which stand in the feed too, and those of the page for addresses that do not exist, which a server
shows at any depth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from feeds import addresses
from feeds.formats import format_url_path
from feeds.model import Channel, Episode, Item, Podcast, Show, Site, StandIn, TranscriptFile
from feeds.notes.render import render_text
from feeds.site.colours import ACCENT, find_accents
from feeds.site.listings import render_opml, render_robots, render_sitemap
from feeds.site.reading import Anchors, find_passages, find_turns
from feeds.site.shape import Shape, find_shape
from feeds.site.theme import Theme
from feeds.transcripts.cue import Speech, find_cues
from feeds.tree import File
from feeds.vocabulary import find_stand_in_note

DRAWN = 200
"""How many episodes of a channel's page have a skyline and a summary; older ones have a line each."""

LATEST, LATEST_ALONE = 1, 5
"""How many episodes of each channel the home page shows: of several channels, and of a single one."""

NAMES = 4
"""How many people, and how many ideas, are named below a skyline."""

ROW_HEIGHT, PLAYER_HEIGHT = 40, 72
"""Pixels that the highest chapter of a skyline takes: in a list, and on the page of the episode."""

BRIEF = 240
"""Letters of a summary in a list and in a description: two full lines of the column."""

ACCENT_SHEET = "accent.css"

_SAFE_SCHEMES = {"http", "https", "mailto"}
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page under rendering: where it stands, and what its head says.

    `root` leads from the page to the top of the site, and ends with a slash or is empty.
    """

    site: Site
    path: str
    root: str
    title: str
    description: str
    language: str
    image: str = ""
    kind: str = "website"

    @property
    def url(self) -> str:
        """The absolute URL of the page."""
        return addresses.url(self.site, self.path)

    def to(self, path: str) -> str:
        """A link from this page to a path of the site."""
        return self.root + format_url_path(path.removesuffix("index.html")) or "./"

    def link(self, url: str) -> str:
        """A link to a URL: relative where it is ours, and "" where a click on it could run something.

        Browsers skip white space and control characters in a scheme, so what holds any is refused.
        """
        url = url.strip()
        ours = self.site.url + "/"
        if url.startswith(ours):
            return self.root + url.removeprefix(ours) or "./"
        scheme = _SCHEME.match(url)
        if _CONTROL.search(url) or (scheme and scheme[1].lower() not in _SAFE_SCHEMES):
            return ""
        return url


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An episode by its title; `language` is "" where it is that of the channel."""

    item: Item
    path: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Line):
    """An episode in a list, with all that the list shows of it."""

    brief: str
    shape: Shape
    people: tuple[str, ...]
    ideas: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A channel on the home page, with its newest episodes."""

    podcast: Podcast
    path: str
    rows: tuple[Row, ...]


def render_site_pages(show: Show, theme: Theme) -> Iterator[File]:
    """Render what the channels share: home page, error page, lists for machines, and the theme's files."""
    site = show.site
    source = "the site"
    yield File(path=addresses.HOME, content=_render_home(show, theme), source=source)
    yield File(path=addresses.NOT_FOUND, content=_render_not_found(show, theme), source=source)
    yield File(path=addresses.OPML, content=render_opml(show), source=source)
    yield File(path=addresses.ROBOTS, content=render_robots(site).encode(), source=source)
    yield File(path=addresses.SITEMAP, content=render_sitemap(show), source=source)
    if ACCENT_SHEET not in theme.assets:
        content = render_accent_sheet(site.accent or ACCENT).encode()
        yield File(path=addresses.asset(ACCENT_SHEET), content=content, source=source)
    for name, path in theme.assets.items():
        yield File(path=addresses.asset(name), content=path, source=str(path))


def render_channel_page(show: Show, podcast: Podcast, theme: Theme) -> File:
    """Render the page of a channel, which lists its episodes."""
    channel = podcast.channel
    path = addresses.channel_page(channel.slug)
    page = Page(
        site=show.site,
        path=path,
        root="../",
        title=channel.title,
        description=cut_text(channel.description),
        language=channel.language,
        image=podcast.image.url,
    )
    context = {
        "page": page,
        "show": show,
        "podcast": podcast,
        "rows": [_make_row(channel, item) for item in podcast.items[:DRAWN]],
        "older": [_make_line(channel, item) for item in podcast.items[DRAWN:]],
        "streams": [_make_line(channel, item) for item in podcast.streams],
    }
    content = theme.render("channel.html", context)
    return File(path=path, content=content, source=f"channel {channel.slug}")


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
        description=_describe(episode),
        language=channel.language,
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
        "language": _foreign(item, channel),
        "speakers": find_speakers(item),
        "shape": find_shape(item, PLAYER_HEIGHT),
        "notice": find_stand_in_note(item.language) if isinstance(episode.audio, StandIn) else "",
        "contents": [passage for passage in passages if passage.chapter and passage.chapter.toc],
        "passages": passages,
        "transcript": transcript,
        "turns": find_turns(said[transcript.url], anchors) if transcript else (),
        "newer": neighbours[0],
        "older": neighbours[1],
    }
    return File(path=path, content=theme.render("episode.html", context), source=episode.path)


def render_accent_sheet(accent: str) -> str:
    """Render the style sheet that holds the accent of the site, by day and by night."""
    day, night = find_accents(accent)
    return (
        f":root {{ --accent: {day}; }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ --accent: {night}; }} }}\n"
    )


def _find_transcript(item: Item, said: Mapping[str, tuple[Speech, ...]]) -> TranscriptFile | None:
    def rank(file: TranscriptFile) -> tuple[bool, bool]:
        return file.language not in ("", item.language), not find_cues(said[file.url])

    return min((file for file in item.transcripts if said.get(file.url)), key=rank, default=None)


def find_speakers(item: Item) -> tuple[tuple[str, str, str], ...]:
    """Who speaks: name, role and link of each, hosts last; where nobody is named, those who are quoted."""
    if item.persons:
        persons = sorted(item.persons, key=lambda person: person.role == "host")
        return tuple((person.name, person.role, person.href) for person in persons)
    quoted = dict.fromkeys(quote.speaker for quote, _ in item.episode.quotes if quote.speaker)
    return tuple((name, "", "") for name in quoted)


def cut_text(text: str) -> str:
    """Cut a plain text to one line of BRIEF letters, between words where it has any.

    >>> cut_text("A text that is" + " very" * 50 + " long")[-10:]
    'very very…'
    """
    line = " ".join(text.split())
    if len(line) <= BRIEF:
        return line
    cut = line[: BRIEF - 1]
    head = cut.rpartition(" ")[0]
    return (head if len(head) > BRIEF // 2 else cut).rstrip(" ,;:–—") + "…"


def _render_home(show: Show, theme: Theme) -> bytes:
    site = show.site
    shown = LATEST_ALONE if len(show.podcasts) == 1 else LATEST
    page = Page(
        site=site,
        path=addresses.HOME,
        root="",
        title=site.title,
        description=cut_text(site.description or show.podcasts[0].channel.description),
        language=site.language,
        image=show.podcasts[0].image.url,
    )
    entries = [
        Entry(
            podcast=podcast,
            path=addresses.channel_page(podcast.channel.slug),
            rows=tuple(_make_row(podcast.channel, item) for item in podcast.items[:shown]),
        )
        for podcast in show.podcasts
    ]
    return theme.render("index.html", {"page": page, "show": show, "entries": entries})


def _render_not_found(show: Show, theme: Theme) -> bytes:
    page = Page(
        site=show.site,
        path=addresses.NOT_FOUND,
        root=show.site.url + "/",
        title=show.site.title,
        description="",
        language=show.site.language,
    )
    return theme.render("404.html", {"page": page, "show": show})


def _make_line(channel: Channel, item: Item) -> Line:
    path = addresses.episode_page(channel.slug, item.slug)
    return Line(item=item, path=path, language=_foreign(item, channel))


def _make_row(channel: Channel, item: Item) -> Row:
    speakers = [name for name, _, _ in find_speakers(item)]
    entities = item.episode.entities
    people = dict.fromkeys(speakers + [entity.name for entity in entities if entity.kind == "person"])
    ideas = [entity.name for entity in entities if entity.kind != "person"]
    return Row(
        item=item,
        path=addresses.episode_page(channel.slug, item.slug),
        language=_foreign(item, channel),
        brief=_describe(item.episode),
        shape=find_shape(item, ROW_HEIGHT),
        people=tuple(people)[:NAMES],
        ideas=tuple(ideas[:NAMES]),
    )


def _describe(episode: Episode) -> str:
    return episode.subtitle or cut_text(render_text(episode.summary))


def _foreign(item: Item, channel: Channel) -> str:
    return item.language if item.language != channel.language else ""


def _find_neighbour(podcast: Podcast, number: int) -> Line | None:
    return _make_line(podcast.channel, podcast.items[number]) if 0 <= number < len(podcast.items) else None
