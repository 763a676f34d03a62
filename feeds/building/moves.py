"""Moving house: old addresses that lead on, and what the hosts of a site are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from feeds import addresses
from feeds.errors import Fault
from feeds.hosting.netlify import render_headers, render_redirects
from feeds.hosting.redirects import Redirect, find_key
from feeds.hosting.servers import render_caddy, render_nginx
from feeds.media_types import find_suffix
from feeds.model import Podcast, Show, Site
from feeds.site.moved import render_moved_pages
from feeds.site.theme import Theme
from feeds.tree import File

_SOURCE = "the site"
_SITE = (addresses.HOME, addresses.NOT_FOUND, addresses.OPML, addresses.ROBOTS, addresses.SITEMAP, addresses.RULES)
_HOSTS = (addresses.REDIRECTS, addresses.HEADERS, addresses.CADDY, addresses.NGINX)


def find_taken(show: Show, media: Iterable[File], theme: Theme) -> dict[str, str]:
    """The paths at which something stands, by their keys, and whose they are; `media` are the files of all channels."""
    taken = {find_key(path): _SOURCE for path in (*_SITE, *_HOSTS, *map(addresses.asset, theme.assets))}
    for podcast in show.podcasts:
        slug = podcast.channel.slug
        for path in (addresses.channel_page(slug), addresses.feed(slug)):
            taken[find_key(path)] = f"channel {slug}"
        for item in podcast.episodes:
            for path in (addresses.episode_page(slug, item.slug), addresses.chapters(slug, item.slug)):
                taken[find_key(path)] = item.episode.path
    return taken | {find_key(file.path): file.source for file in media}


def make_moves(show: Show, redirects: tuple[Redirect, ...], media: Iterable[File], theme: Theme) -> Iterator[File]:
    """Make the files for all hosts of a site."""
    site, hosts = show.site, set(show.site.hosts)
    if "html" in hosts:
        yield from render_moved_pages(show, redirects, theme)
    if hosts & {"netlify", "cloudflare"}:
        suffixes = {find_suffix(file.path) for file in media}
        yield _make_file(addresses.HEADERS, render_headers(show, suffixes))
        if redirects:
            yield _make_file(addresses.REDIRECTS, render_redirects(redirects, site))
    if "caddy" in hosts:
        yield _make_file(addresses.CADDY, render_caddy(redirects, site))
    if "nginx" in hosts:
        yield _make_file(addresses.NGINX, render_nginx(redirects, site))


def find_move_warnings(podcast: Podcast, site: Site, *, imported: bool) -> Iterator[Fault]:
    """Find that a feed sends apps to an address that contradicts what else is known of it.

    In its new home a feed names its own address, in the old one the new address. `imported` says that a show was taken
    in from another feed: then this is its new home.
    """
    channel = podcast.channel
    new = channel.new_feed_url
    if not new or new == podcast.feed_url:
        return
    if new.startswith(f"{site.url}/"):
        message = f"is an address of this site, but not that of the feed: write {podcast.feed_url}"
    elif imported:
        message = f"sends everybody away from here to {new}: write {podcast.feed_url}, or take the line out"
    elif channel.complete:
        message = "a feed that is complete is asked no more, so that no app learns of its new address: leave one out"
    else:
        return
    line, key = channel.line("new_feed_url"), f"channels.{channel.slug}.new_feed_url"
    yield Fault(path=channel.path, line=line, message=f"{key}: {message}")


def _make_file(path: str, content: str) -> File:
    return File(path=path, content=content.encode(), source=_SOURCE)
