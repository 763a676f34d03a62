"""Pages at old addresses, for hosts that only serve files: a browser goes on from there by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from feeds import addresses
from feeds.hosting.redirects import Redirect
from feeds.site.edition import Edition
from feeds.site.page import Page
from feeds.tree import File


def render_moved_pages(edition: Edition, redirects: Iterable[Redirect]) -> Iterator[File]:
    """Render a page for each old address at which one can stand."""
    for redirect in redirects:
        if redirect.page:
            page = Page(
                site=edition.site,
                path=redirect.page,
                root="../" * redirect.page.count("/"),
                title=redirect.title,
                description="",
                language=edition.site.language,
            )
            new = addresses.url(edition.site, redirect.new)
            yield File(path=redirect.page, content=edition.render("moved.html", page, new=new), source=redirect.path)
