"""Moving house: old addresses that lead on, and what the hosts of a site are told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping

from feeds import addresses
from feeds.building.assemble import Placed
from feeds.errors import Fault
from feeds.hosting.netlify import render_headers, render_redirects
from feeds.hosting.redirects import Redirect, find_key
from feeds.hosting.servers import render_caddy, render_nginx
from feeds.identity.lock import Lock
from feeds.media_types import find_suffix, is_url
from feeds.model import Host, Podcast, Show, Site
from feeds.site.edition import Edition
from feeds.site.moved import render_moved_pages
from feeds.tree import File

_SOURCE = "the site"
_SITE = (
    addresses.HOME,
    addresses.NOT_FOUND,
    addresses.OPML,
    addresses.ROBOTS,
    addresses.SITEMAP,
    addresses.RULES,
    addresses.PEOPLE,
    addresses.IDEAS,
    addresses.SEARCH,
    addresses.LLMS,
    addresses.WEB_MANIFEST,
)
_HOSTS = (addresses.REDIRECTS, addresses.HEADERS, addresses.CADDY, addresses.NGINX)


def find_taken(edition: Edition, media: Iterable[File]) -> dict[str, str]:
    """The paths at which something stands, by their keys, and whose they are; `media` are the files of all channels."""
    shared = (*_SITE, *_HOSTS, *map(addresses.asset, edition.theme.assets))
    taken = {find_key(path): _SOURCE for path in shared}
    taken |= {find_key(subject.path): _SOURCE for subject in edition.knowledge.subjects}
    for podcast in edition.show.podcasts:
        slug = podcast.channel.slug
        for path in (addresses.channel_page(slug), addresses.feed(slug), addresses.quotes_page(slug)):
            taken[find_key(path)] = f"channel {slug}"
        for item in podcast.episodes:
            for path in addresses.list_episode_paths(slug, item.slug):
                taken[find_key(path)] = item.episode.path
    return taken | {find_key(file.path): file.source for file in media}


def find_moved_files(
    show: Show, published: Mapping[str, Iterable[Placed]], media: Iterable[File], taken: Container[str]
) -> Iterator[Redirect]:
    """Find where files of episodes stood that an older feed names: recordings that say something else now, and all that
    was below a former slug. `published` are the episodes by channel, `media` as above, and `taken` the keys at which
    something stands or leads on: to that they yield.
    """
    beside: defaultdict[str, list[str]] = defaultdict(list)
    for path in _list_files(show, media):
        beside[path.rpartition("/")[0]].append(path)
    found: set[str] = set()
    for slug, several in published.items():
        for one in several:
            identity = one.identity
            ways = [(path, identity.enclosure) for path in identity.superseded]
            others = [path for path in beside[f"{slug}/{identity.slug}"] if path != identity.enclosure]
            for former in identity.formerly:
                ways += [(f"{slug}/{former}/{path.rpartition('/')[2]}", path) for path in others]
            for old, new in ways:
                if find_key(old) not in taken and old not in found and new:
                    found.add(old)
                    yield Redirect(old=f"/{old}", new=new, title="", path=one.record.episode.path)


def _list_files(show: Show, media: Iterable[File]) -> Iterator[str]:
    """The paths of all that an item can name, besides its page."""
    yield from (file.path for file in media)
    for podcast in show.podcasts:
        for item in podcast.items:
            if item.chapters_url:
                yield addresses.chapters(podcast.channel.slug, item.slug)
            yield from (file.path for file in item.transcripts if file.path)


def keep_files(
    moved: Iterable[Redirect], published: Mapping[str, Iterable[Placed]], before: Lock, hosts: Container[Host]
) -> Iterator[File]:
    """Keep what stands at former addresses, where no host can lead on from it.

    Of a recording that is the last copy alone, so that they take no more room than what is published, and only one
    that sounds the same: what its author cut out of it is not to be heard any more. `before` tells how it was.
    """
    identities = [one.identity for several in published.values() for one in several]
    sounds = {episode.guid: episode.audio for channel in before.channels.values() for episode in channel.episodes}
    gone = {path for identity in identities for path in identity.superseded[:-1]}
    gone |= {
        path
        for identity in identities
        for path in identity.superseded
        if not is_url(identity.audio) and identity.audio != sounds.get(identity.guid)
    }
    for redirect in moved:
        path = redirect.old.removeprefix("/")
        if path not in gone and ("html" in hosts or is_url(redirect.new)):
            yield File(path=path, content=None, source=redirect.path)


def make_moves(
    edition: Edition, redirects: Iterable[Redirect], moved: Iterable[Redirect], media: Iterable[File]
) -> Iterator[File]:
    """Make the files for all hosts of a site; `moved` are the files that have moved, which pages cannot lead on to."""
    show, site, hosts = edition.show, edition.site, set(edition.site.hosts)
    if "html" in hosts:
        yield from render_moved_pages(edition, redirects)
    ways = (*redirects, *(redirect for redirect in moved if not is_url(redirect.new)))
    if hosts & {"netlify", "cloudflare"}:
        suffixes = {find_suffix(file.path) for file in media}
        yield _make_file(addresses.HEADERS, render_headers(show, suffixes))
        if ways:
            yield _make_file(addresses.REDIRECTS, render_redirects(ways, site))
    if "caddy" in hosts:
        yield _make_file(addresses.CADDY, render_caddy(ways, site))
    if "nginx" in hosts:
        yield _make_file(addresses.NGINX, render_nginx(ways, site))


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
