"""Pieces of configuration for servers that one runs oneself: nginx and Caddy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote, unquote

from feeds import addresses
from feeds.addresses import HASH_LETTERS
from feeds.formats import format_url
from feeds.hosting.headers import BRIEFLY, FOREVER, NAMED, SHARED
from feeds.hosting.redirects import Redirect, find_prefix, format_target
from feeds.media_types import CHAPTERS_TYPE, RSS_TYPE
from feeds.model import Site

_FEED = r"/[^/]+/feed(/[1-9][0-9]*)?\.xml$"
_CHAPTERS = r"/[^/]+/[^/]+/chapters\.json$"
_NAMED = rf"\.[0-9a-f]{{{HASH_LETTERS}}}\.[A-Za-z0-9]+$"


def render_nginx(redirects: Iterable[Redirect], site: Site) -> str:
    """Render what is included within the `server` of a site.

    A header that a location adds hides those from outside, so that each adds all of its own.
    """
    prefix = unquote(find_prefix(site))  # nginx compares what is not escaped any more
    shared = "".join(f"add_header {_title(name)} {value} always; " for name, value in SHARED.items()).rstrip()
    briefly = f'{shared} add_header Cache-Control "{BRIEFLY}";'
    forever = f'{shared} add_header Cache-Control "{FOREVER}";'
    types = " ".join(f"{type} {suffix.removeprefix('.')};" for suffix, type in NAMED.items())
    lines = [
        f"# Write within `server {{ }}`: include /path/to/{addresses.NGINX};",
        shared,
        f'location = "{prefix}/{addresses.NGINX}" {{ return 404; }}',
        f'location ~ "^{re.escape(prefix)}{_FEED}" {{ types {{ }} default_type "{RSS_TYPE}"; {briefly} }}',
        f'location ~ "^{re.escape(prefix)}{_CHAPTERS}" {{ types {{ }} default_type "{CHAPTERS_TYPE}"; {briefly} }}',
        f'location ~ "^{re.escape(prefix)}/.+{_NAMED}" {{ types {{ {types} }} {forever} }}',
    ]
    # The whole address, as nginx would make one of its own port and of plain http.
    lines += [
        f'location = "{prefix}{old}" {{ return 301 "{_format_nginx_target(addresses.url(site, redirect.new))}"; }}'
        for redirect in redirects
        for old in redirect.spellings
    ]
    return "".join(f"{line}\n" for line in lines)


def render_caddy(redirects: Iterable[Redirect], site: Site) -> str:
    """Render what is imported within the block of a site."""
    return "".join(f"{line}\n" for line in _list_caddy(redirects, site))


def _list_caddy(redirects: Iterable[Redirect], site: Site) -> Iterator[str]:
    prefix = unquote(find_prefix(site))
    yield f"# Write within the block of the site: import /path/to/{addresses.CADDY}"
    yield f'respond "{_escape_pattern(prefix)}/{addresses.CADDY}" 404'
    yield from (f'header {_title(name)} "{value}"' for name, value in SHARED.items())
    for name, pattern, type in (("feed", _FEED, RSS_TYPE), ("chapters", _CHAPTERS, CHAPTERS_TYPE)):
        yield f'@feeds_{name} path_regexp "^{re.escape(prefix)}{pattern}"'
        yield f'header @feeds_{name} Content-Type "{type}"'
        yield f'header @feeds_{name} Cache-Control "{BRIEFLY}"'
    yield f'@feeds_named path_regexp "^{re.escape(prefix)}/.+{_NAMED}"'
    yield f'header @feeds_named Cache-Control "{FOREVER}"'
    for suffix, type in NAMED.items():
        yield f'header "{_escape_pattern(prefix)}/*{suffix}" Content-Type "{type}"'
    for redirect in redirects:
        new = format_target(redirect, site)
        yield from (f'redir "{_escape_pattern(prefix + old)}" "{new}" permanent' for old in redirect.spellings)


def _format_nginx_target(url: str) -> str:
    """In a target nginx reads a dollar as the beginning of a variable, and knows no escape for one."""
    return format_url(url).replace("$", "%24")


def _escape_pattern(path: str) -> str:
    """Escape what Caddy would read in a path as a class of letters, a placeholder or an escape."""
    return re.sub(r"[%\[\]{}]", lambda match: quote(match[0]), path)


def _title(name: str) -> str:
    return name.title()
