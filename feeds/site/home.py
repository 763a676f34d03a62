"""What the channels of a site share: home page, error page, lists for machines, and the theme's files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from feeds import addresses
from feeds.model import Podcast
from feeds.shape.skyline import find_scale
from feeds.site.edition import Edition
from feeds.site.machines.listings import render_opml, render_robots
from feeds.site.machines.sitemap import render_sitemaps
from feeds.site.page import Page, cut_text
from feeds.site.rows import Row, make_row
from feeds.theme.colours import ACCENT, find_accents
from feeds.tree import File

LATEST, LATEST_ALONE = 1, 5
"""How many episodes of each channel the home page shows: of several channels, and of a single one."""

ACCENT_SHEET = "accent.css"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A channel on the home page, with its newest episodes."""

    podcast: Podcast
    path: str
    rows: tuple[Row, ...]


def render_site_pages(edition: Edition) -> Iterator[File]:
    """Render what the channels share: home page, error page, lists for machines, and the theme's files."""
    show, site = edition.show, edition.site
    source = "the site"
    yield File(path=addresses.HOME, content=_render_home(edition), source=source)
    yield File(path=addresses.NOT_FOUND, content=_render_not_found(edition), source=source)
    yield File(path=addresses.OPML, content=render_opml(show), source=source)
    yield File(path=addresses.ROBOTS, content=render_robots(site).encode(), source=source)
    yield from render_sitemaps(edition)
    if ACCENT_SHEET not in edition.theme.assets:
        content = render_accent_sheet(site.accent or ACCENT).encode()
        yield File(path=addresses.asset(ACCENT_SHEET), content=content, source=source)
    for name, path in edition.theme.assets.items():
        yield File(path=addresses.asset(name), content=path, source=str(path))


def render_accent_sheet(accent: str) -> str:
    """Render the style sheet that holds the accent of the site, by day and by night."""
    day, night = find_accents(accent)
    return (
        f":root {{ --accent: {day}; }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ --accent: {night}; }} }}\n"
    )


def _render_home(edition: Edition) -> bytes:
    show, site = edition.show, edition.site
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
    scale = find_scale(item for podcast in show.podcasts for item in podcast.items[:shown])
    entries = [
        Entry(
            podcast=podcast,
            path=addresses.channel_page(podcast.channel.slug),
            rows=tuple(make_row(edition, podcast.channel, item, scale) for item in podcast.items[:shown]),
        )
        for podcast in show.podcasts
    ]
    return edition.render("index.html", page, entries=entries)


def _render_not_found(edition: Edition) -> bytes:
    site = edition.site
    page = Page(
        site=site,
        path=addresses.NOT_FOUND,
        root=site.url + "/",
        title=site.title,
        description="",
        language=site.language,
    )
    return edition.render("404.html", page)
