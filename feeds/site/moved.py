"""Pages at old addresses, for hosts that only serve files: a browser goes on from there by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from feeds import addresses
from feeds.hosting.redirects import Redirect
from feeds.model import Show
from feeds.site.page import Page
from feeds.theme.theme import Theme
from feeds.tree import File


def render_moved_pages(show: Show, redirects: Iterable[Redirect], theme: Theme) -> Iterator[File]:
    """Render a page for each old address at which one can stand."""
    for redirect in redirects:
        if redirect.page:
            page = Page(
                site=show.site,
                path=redirect.page,
                root="../" * redirect.page.count("/"),
                title=redirect.title,
                description="",
                language=show.site.language,
            )
            context = {"page": page, "show": show, "new": addresses.url(show.site, redirect.new)}
            yield File(path=redirect.page, content=theme.render("moved.html", context), source=redirect.path)
