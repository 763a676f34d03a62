"""Where everything stands in the published site: paths without a leading slash, and their URLs.

A file that may be replaced carries a few letters of its hash in its name: apps and directories do not fetch
a picture or an audio file again whose address they know.
"""

from __future__ import annotations

from feeds.formats import format_url_path
from feeds.model import Site

HOME = "index.html"
NOT_FOUND = "404.html"
OPML = "feeds.opml"
ROBOTS = "robots.txt"
SITEMAP = "sitemap.xml"
ASSETS = "assets"
REDIRECTS = "_redirects"
HEADERS = "_headers"
CADDY = "_caddy.conf"
NGINX = "_nginx.conf"
RULES = "rules/index.html"
PEOPLE = "people/index.html"
IDEAS = "ideas/index.html"
SEARCH = "search/index.html"
LLMS = "llms.txt"
WEB_MANIFEST = "site.webmanifest"

RESERVED = ("assets", "people", "ideas", "quotes", "search")
"""Folders of the site that no channel may be called after."""

HASH_LETTERS = 10


def channel_page(channel: str) -> str:
    """The home page of a channel."""
    return f"{channel}/index.html"


def feed(channel: str) -> str:
    """The RSS feed of a channel."""
    return f"{channel}/feed.xml"


def archive(channel: str, page: int) -> str:
    """A page of the archive of a feed, counted from the oldest, which is page 1 for ever."""
    return f"{channel}/feed/{page}.xml"


def episode_page(channel: str, slug: str) -> str:
    """The page of an episode."""
    return f"{channel}/{slug}/index.html"


def chapters(channel: str, slug: str) -> str:
    """The JSON chapters of an episode."""
    return f"{channel}/{slug}/chapters.json"


def list_episode_paths(channel: str, slug: str) -> tuple[str, ...]:
    """Where the pages and lists of an episode stand whose paths do not tell what is in them."""
    makes = (episode_page, chapters, embed_page, oembed, markdown)
    return tuple(make(channel, slug) for make in makes)


def embed_page(channel: str, slug: str) -> str:
    """The player of an episode alone, for the pages of others."""
    return f"{channel}/{slug}/embed/index.html"


def oembed(channel: str, slug: str) -> str:
    """What a page of others needs to know to show that player (oEmbed 1.0)."""
    return f"{channel}/{slug}/oembed.json"


def markdown(channel: str, slug: str) -> str:
    """The page of an episode as plain Markdown."""
    return f"{channel}/{slug}/index.md"


def quotes_page(channel: str) -> str:
    """Every quote of a channel."""
    return f"quotes/{channel}/index.html"


def quote_page(channel: str, slug: str, quote: str) -> str:
    """A quote from an episode, by its id."""
    return f"{channel}/{slug}/quotes/{quote}/index.html"


def person_page(slug: str) -> str:
    """A person in all the episodes of the site."""
    return f"people/{slug}/index.html"


def idea_page(slug: str) -> str:
    """An idea, organisation or whatever is no person, in all the episodes of the site."""
    return f"ideas/{slug}/index.html"


def sitemap_part(number: int) -> str:
    """A part of the sitemap of a large site."""
    return f"sitemap-{number}.xml"


def channel_file(channel: str, stem: str, sha256: str, suffix: str) -> str:
    """A file that belongs to a channel, such as its artwork; `suffix` begins with a dot."""
    return f"{channel}/{stem}.{sha256[:HASH_LETTERS]}{suffix}"


def episode_file(channel: str, slug: str, stem: str, sha256: str, suffix: str) -> str:
    """A file that belongs to an episode, such as its audio; `suffix` begins with a dot."""
    return f"{channel}/{slug}/{stem}.{sha256[:HASH_LETTERS]}{suffix}"


def rule_page(rule: str) -> str:
    """The page of a rule of the validator."""
    return f"rules/{rule}/index.html"


def asset(name: str) -> str:
    """A style sheet, script or picture of the theme."""
    return f"{ASSETS}/{name}"


def url(site: Site, path: str) -> str:
    """The absolute URL of a path of the site; a page is addressed by its folder.

    >>> url(Site(url="https://example.org", title="x"), "shape/index.html")
    'https://example.org/shape/'
    """
    return f"{site.url}/{format_url_path(path.removesuffix('index.html'))}"
