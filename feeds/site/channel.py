"""The page of a channel, which lists its episodes."""

from __future__ import annotations

from feeds import addresses
from feeds.model import Podcast, Show
from feeds.shape.skyline import find_scale
from feeds.site.page import Page, cut_text
from feeds.site.rows import make_line, make_row
from feeds.theme.theme import Theme
from feeds.tree import File

DRAWN = 200
"""How many episodes of a channel's page have a skyline and a summary; older ones have a line each."""


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
    drawn = podcast.items[:DRAWN]
    scale = find_scale(drawn)
    context = {
        "page": page,
        "show": show,
        "podcast": podcast,
        "rows": [make_row(channel, item, scale) for item in drawn],
        "older": [make_line(channel, item) for item in podcast.items[DRAWN:]],
        "streams": [make_line(channel, item) for item in podcast.streams],
    }
    content = theme.render("channel.html", context)
    return File(path=path, content=content, source=f"channel {channel.slug}")
