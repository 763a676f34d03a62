"""The files `_redirects` and `_headers`, which Netlify and Cloudflare Pages read from the top of a site.

Every header is set by one rule alone for each file, since values of several rules are joined. A `*` stands for any
letters, and once in a rule.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from feeds import addresses
from feeds.formats import format_url_path
from feeds.hosting.headers import BRIEFLY, FOREVER, NAMED, SHARED
from feeds.hosting.redirects import Redirect, find_prefix, format_target
from feeds.media_types import CHAPTERS_TYPE, PICTURES, RSS_TYPE
from feeds.model import Show, Site


def render_redirects(redirects: Iterable[Redirect], site: Site) -> str:
    """Render `_redirects`: one to a line, with the status 301, which is for ever."""
    prefix = find_prefix(site)
    return "".join(
        f"{prefix}/{format_url_path(old.removeprefix('/'))} {format_target(redirect, site)} 301\n"
        for redirect in redirects
        for old in redirect.spellings
    )


def render_headers(show: Show, suffixes: Collection[str]) -> str:
    """Render `_headers`; `suffixes` are the endings of the files that are named by their hash."""
    prefix = find_prefix(show.site)
    return "\n".join(f"{prefix}/{path}\n{_format(headers)}" for path, headers in _list_rules(show, suffixes))


def _list_rules(show: Show, suffixes: Collection[str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    yield "*", SHARED
    feed = {"content-type": RSS_TYPE, "cache-control": BRIEFLY}
    for podcast in show.podcasts:
        slug = podcast.channel.slug
        yield addresses.feed(slug), feed
        if podcast.channel.paging:
            yield f"{slug}/feed/*.xml", feed
        yield f"{slug}/*/chapters.json", {"content-type": CHAPTERS_TYPE, "cache-control": BRIEFLY}
    for suffix, type in NAMED.items():
        if suffix in suffixes:
            named = {"content-type": type, "cache-control": FOREVER}
            # A picture of the theme keeps its name when it changes.
            folders = [f"{podcast.channel.slug}/" for podcast in show.podcasts] if suffix in PICTURES else [""]
            yield from ((f"{folder}*{suffix}", named) for folder in folders)


def _format(headers: Mapping[str, str]) -> str:
    return "".join(f"  {name.title()}: {value}\n" for name, value in headers.items())
