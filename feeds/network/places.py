"""Where something stands on the web: addresses of http and https, and the credentials that some carry."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote, urljoin

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

_PORTS = {"http": 80, "https": 443}

_CREDENTIALS = re.compile(
    r"^((?:[a-z][a-z0-9+.-]*:)?/+|)"
    r"(?:[^/?#]*@|[^/?#:\[]+:(?!\d*(?:[/?#]|$)).*@)",  # the second where a password has signs that should be escaped
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One address. `url` is whole but for credentials and fragment; `path` goes with the query.

    `credentials` are the name and the password with a colon between them, as the server wants them, and "" where
    there are none.
    """

    url: str
    scheme: str
    host: str
    port: int
    path: str
    credentials: str = field(default="", repr=False)


def parse_place(text: str) -> Place:
    """Read an address. Raises ValueError with the end of a sentence that begins with it.

    >>> parse_place("http://Example.org:8080/a b?x=ü#top")  # doctest: +NORMALIZE_WHITESPACE
    Place(url='http://example.org:8080/a%20b?x=%C3%BC', scheme='http', host='example.org', port=8080,
          path='/a%20b?x=%C3%BC')
    >>> parse_place("https://ada:p%40ss@bücher.example/").url, parse_place("https://ada:p%40ss@x.y/").credentials
    ('https://xn--bcher-kva.example/', 'ada:p@ss')
    >>> parse_place("ftp://example.org/")
    Traceback (most recent call last):
    ValueError: is no address of http or https, and no other is fetched: check how it begins
    """
    scheme = text.strip().partition(":")[0].lower()
    if scheme not in _PORTS:
        raise ValueError("is no address of http or https, and no other is fetched: check how it begins")
    try:
        url = parse_url(text.strip())
    except LocationParseError as error:
        raise ValueError("is no address that can be read: check its spelling") from error
    if not url.host:
        raise ValueError("names no host: check its spelling")
    bare = Url(scheme=scheme, host=url.host, port=url.port, path=url.path or "/", query=url.query)
    return Place(
        url=bare.url,
        scheme=scheme,
        host=url.host,
        port=url.port or _PORTS[scheme],
        path=bare.request_uri,
        credentials=unquote(url.auth or ""),
    )


def parse_link(base: str, link: str) -> str:
    """Find the address to which a link or a redirect leads, from the address of where it stands.

    The credentials of an address are good for its own server alone, and for that one if it moves to https.

    >>> parse_link("https://ada:secret@example.org/feed", "/feed?page=2")
    'https://ada:secret@example.org/feed?page=2'
    >>> parse_link("https://ada:secret@example.org/feed", "https://example.com/feed")
    'https://example.com/feed'
    """
    try:
        whole = urljoin(base, link.strip())
        old, new = parse_url(base), parse_url(whole)
    except ValueError:  # of both libraries
        return link  # whoever fetches it says what is wrong
    if old.auth and not new.auth and _is_same_server(old, new):
        return new._replace(auth=old.auth).url
    return whole


def _is_same_server(old: Url, new: Url) -> bool:
    ends = [(url.scheme, url.port or _PORTS.get(url.scheme or "")) for url in (old, new)]
    return old.host == new.host and (ends[0] == ends[1] or ends == [("http", 80), ("https", 443)])


def format_shown_url(url: str) -> str:
    """Write an address for people to see: without credentials, on one line.

    >>> format_shown_url("https://ada:secret@example.org/feed.xml?page=2")
    'https://example.org/feed.xml?page=2'
    >>> format_shown_url("ada:secret@example.org"), format_shown_url("https://ada:se/cret@example.org/@ada")
    ('example.org', 'https://ada')
    >>> format_shown_url("https://example.org/@ada"), format_shown_url("http://[::1]:80/@ada")
    ('https://example.org/@ada', 'http://[::1]:80/@ada')
    """
    return _CREDENTIALS.sub(r"\1", " ".join(url.split()))
