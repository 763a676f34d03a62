"""Old addresses that lead to new ones: those that the author names, and the slugs that an episode had before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from feeds import addresses
from feeds.errors import Fault
from feeds.formats import format_url, format_url_path
from feeds.media_types import is_feed
from feeds.model import Podcast, Show, Site

_PAGES = ("", ".html", ".htm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """An old address, and the path of the site that has taken its place.

    `old` begins with the slash at the top of the site, and is not escaped. `title` is that of the page it leads to, ""
    for a feed; `path` and `line` are where it is written.
    """

    old: str
    new: str
    title: str
    path: str
    line: int = 0

    @property
    def spellings(self) -> tuple[str, ...]:
        """How it may be asked for: with or without a slash at its end, unless it ends as a file does.

        A page that stands for its folder is asked for by the name of that.
        """
        bare = self.old.removesuffix("index.html").rstrip("/")
        known = (self.old,) if PurePosixPath(bare).suffix else (f"{bare}/", bare, self.old)
        return tuple(dict.fromkeys(known))

    @property
    def page(self) -> str:
        """The path of a page that can stand there and lead on, "" where only a server can lead on.

        An app follows no page, so that none stands in the place of a feed.
        """
        name = self.old.strip("/")
        suffix = PurePosixPath(name).suffix.lower()
        if not self.title or (suffix not in _PAGES and not self.old.endswith("/")):
            return ""
        return name if suffix in _PAGES[1:] and not self.old.endswith("/") else f"{name}/index.html"


def find_redirects(show: Show, taken: Mapping[str, str]) -> tuple[Redirect, ...]:
    """Find all redirects of a site, in the order of their old addresses.

    `taken` are the paths of the site, by the key that `find_key` makes of them, with whose they are. A slug that an
    episode had before yields to everything that stands there now.
    """
    written = [redirect for podcast in show.podcasts for redirect in _find_written(podcast)]
    keys = {find_key(redirect.old) for redirect in written} | taken.keys()
    former: dict[str, Redirect] = {}
    for podcast in show.podcasts:
        for redirect in _find_former(podcast):
            former.setdefault(find_key(redirect.old), redirect)
    left = (redirect for key, redirect in former.items() if key not in keys)
    return tuple(sorted((*written, *left), key=lambda redirect: (redirect.old, redirect.path)))


def check_redirects(redirects: Iterable[Redirect], taken: Mapping[str, str]) -> Iterator[Fault]:
    """Find old addresses at which something stands, and those that would lead to two places. `taken` as above."""
    first: dict[str, Redirect] = {}
    for redirect in redirects:
        key = find_key(redirect.old)
        other = first.setdefault(key, redirect)
        if key in taken or (is_feed(key) and f"{key.split('/')[0]}/feed.xml" in taken):
            owner = taken.get(key, "the archive of a feed")
            message = f"aliases: {redirect.old} is an address of {owner}: nothing that is there can lead elsewhere"
            yield Fault(path=redirect.path, line=redirect.line, message=message)
        elif other is not redirect:
            place = f"{other.path}:{other.line}" if other.line else other.path
            message = f"aliases: {redirect.old} is one of {place} too, and can lead to one place alone: take one out"
            yield Fault(path=redirect.path, line=redirect.line, message=message)


def find_idle(redirects: Iterable[Redirect], site: Site) -> Iterator[Fault]:
    """Find old addresses that lead nowhere, since nothing that serves the site knows of them."""
    if set(site.hosts) - {"html"}:
        return
    for redirect in redirects:
        if not redirect.page or not site.hosts:
            what = "an app follows no page" if not redirect.title else "no page can stand there"
            what = what if site.hosts else "site.hosts names nothing that serves the site"
            message = f"aliases: {redirect.old} leads nowhere, as {what}: name a host that redirects, as in "
            remedy = 'hosts = ["netlify"] below [site]'
            yield Fault(path=redirect.path, line=redirect.line, message=message + remedy)


def find_key(path: str) -> str:
    """What a path of the site has in common with all its spellings, some of which a server does not tell apart.

    >>> find_key("/Talk/One/"), find_key("talk/one/index.html"), find_key("/")
    ('talk/one', 'talk/one', '')
    """
    return path.removesuffix("index.html").strip("/").casefold()


def find_prefix(site: Site) -> str:
    """What stands before every path of the site, escaped; "" where it stands at the top of its host.

    >>> find_prefix(Site(url="https://example.org/radio", title="x"))
    '/radio'
    """
    return urlsplit(format_url(site.url)).path


def format_target(redirect: Redirect, site: Site) -> str:
    """The new address, as a path of the host."""
    return f"{find_prefix(site)}/{format_url_path(redirect.new.removesuffix('index.html'))}"


def _find_written(podcast: Podcast) -> Iterator[Redirect]:
    channel = podcast.channel
    page, feed = addresses.channel_page(channel.slug), addresses.feed(channel.slug)
    for old in channel.aliases:
        line = channel.line("aliases")
        yield Redirect(old=old, new=page, title=channel.title, path=channel.path, line=line)
    for old in channel.feed_aliases:
        yield Redirect(old=old, new=feed, title="", path=channel.path, line=channel.line("feed"))
    for item in podcast.episodes:
        episode = item.episode
        new, line = addresses.episode_page(channel.slug, item.slug), episode.lines.get("aliases", 0)
        for old in episode.aliases:
            yield Redirect(old=old, new=new, title=episode.title, path=episode.path, line=line)


def _find_former(podcast: Podcast) -> Iterator[Redirect]:
    slug = podcast.channel.slug
    for item in podcast.episodes:
        for former in item.formerly:
            old = f"/{addresses.episode_page(slug, former).removesuffix('index.html')}"
            new = addresses.episode_page(slug, item.slug)
            yield Redirect(old=old, new=new, title=item.episode.title, path=item.episode.path)
