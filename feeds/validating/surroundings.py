"""What stands beside a feed: which addresses lead to files on this disk."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from feeds.media_types import is_url
from feeds.rulebook.document import Document, find_tag
from feeds.rules.channel.relations import find_href, find_relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Where a feed is published, and what of it stands on this disk.

    `url` is the address of the feed, "" if unknown. Everything below the address `base` stands below `folder`; that is
    None where the feed came from elsewhere.
    """

    url: str = ""
    base: str = ""
    folder: Path | None = None

    def locate(self, url: str) -> Path | None:
        """The file to which an address leads, whether or not it is there; None where it leads elsewhere."""
        if self.folder is None:
            return None
        if is_url(url):
            begin, here = urlsplit(self.base), urlsplit(url)
            if not self.base or (begin.netloc.lower(), here.path[: len(begin.path)]) != (
                here.netloc.lower(),
                begin.path,
            ):
                return None
            below = here.path[len(begin.path) :]
        else:
            below = url.partition("#")[0].partition("?")[0]
        path = os.path.normpath(unquote(below).replace("\0", ""))
        inside = path not in ("", ".") and not path.startswith(("..", "/")) and not Path(path).is_absolute()
        return self.folder / path if inside else None


def find_surroundings(document: Document, file: Path | None) -> Surroundings:
    """Find out what stands beside a feed, which is a file on this disk, or None if it came from elsewhere.

    The feed's address is that of the document, or what its atom:link to itself says. Where address and file end alike,
    as https://example.org/show/feed.xml and public/show/feed.xml, the folder is the highest that both have.
    """
    stated = find_address(document)
    url = stated if is_url(stated) and has_readable_host(stated) else ""
    if file is None or not url:
        return Surroundings(url=url, folder=file.parent if file else None)
    base, folder = find_shared(url, file.absolute())
    return Surroundings(url=url, base=base, folder=folder)


def has_readable_host(url: str) -> bool:
    """Say whether an address can be parted into host and path, as one with half an address of IPv6 cannot.

    >>> has_readable_host("https://[::1]/a"), has_readable_host("https://[::1/a")
    (True, False)
    """
    try:
        urlsplit(url)
    except ValueError:
        return False
    return True


def find_address(document: Document) -> str:
    """The address of a feed: where it was fetched or is said to stand, or else that of its atom:link to itself."""
    return document.url or _find_self(document)


def find_shared(url: str, file: Path) -> tuple[str, Path]:
    """The highest address and folder below which a feed and its copy on this disk have the same names.

    >>> find_shared("https://example.org/net/show/feed.xml", Path("/home/ada/public/show/feed.xml"))[0]
    'https://example.org/net/'
    """
    parts = urlsplit(url)
    names = parts.path.split("/")[1:-1]
    folder = file.parent
    while names and folder.name and unquote(names[-1]) == folder.name:
        names.pop()
        folder = folder.parent
    path = "".join(f"/{name}" for name in names)
    return parts._replace(path=f"{path}/", query="", fragment="").geturl(), folder


def _find_self(document: Document) -> str:
    for link in document.channel.iterchildren(find_tag("atom:link")) if document.channel is not None else ():
        if find_relation(link) == "self":
            return find_href(link)
    return ""
