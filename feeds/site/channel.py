"""The page of a channel, which lists its episodes."""

from __future__ import annotations

from feeds import addresses
from feeds.model import Podcast
from feeds.shape.skyline import find_scale
from feeds.site.edition import Edition
from feeds.site.page import Page, cut_text
from feeds.site.rows import make_line, make_row
from feeds.tree import File

DRAWN = 200
"""How many episodes of a channel's page have a skyline and a summary; older ones have a line each."""


def render_channel_page(edition: Edition, podcast: Podcast) -> File:
    """Render the page of a channel, which lists its episodes."""
    channel = podcast.channel
    path = addresses.channel_page(channel.slug)
    page = Page(
        site=edition.site,
        path=path,
        root="../",
        title=channel.title,
        description=cut_text(channel.description),
        language=channel.language,
        image=podcast.image.url,
    )
    drawn = podcast.items[:DRAWN]
    scale = find_scale(drawn)
    content = edition.render(
        "channel.html",
        page,
        podcast=podcast,
        rows=[make_row(edition, channel, item, scale) for item in drawn],
        older=[make_line(channel, item) for item in podcast.items[DRAWN:]],
        streams=[make_line(channel, item) for item in podcast.streams],
    )
    return File(path=path, content=content, source=f"channel {channel.slug}")
