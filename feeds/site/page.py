"""A page under rendering: where it stands, and what it may link to.

What the templates link to within the site is relative, so that the pages work under any prefix. Absolute are the
links in notes, which stand in the feed too, and those of the page for addresses that do not exist, which a server
shows at any depth.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from feeds import addresses
from feeds.formats import format_url_path
from feeds.model import Site

BRIEF = 240
"""Letters of a summary in a list and in a description: two full lines of the column."""

_SAFE_SCHEMES = {"http", "https", "mailto"}
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page under rendering: where it stands, and what its head says.

    `root` leads from the page to the top of the site, and ends with a slash or is empty.
    """

    site: Site
    path: str
    root: str
    title: str
    description: str
    language: str
    image: str = ""
    kind: str = "website"

    @property
    def url(self) -> str:
        """The absolute URL of the page."""
        return addresses.url(self.site, self.path)

    def to(self, path: str) -> str:
        """A link from this page to a path of the site."""
        return self.root + format_url_path(path.removesuffix("index.html")) or "./"

    def link(self, url: str) -> str:
        """A link to a URL: relative where it is ours, and "" where a click on it could run something.

        Browsers skip white space and control characters in a scheme, so what holds any is refused.
        """
        url = url.strip()
        ours = self.site.url + "/"
        if url.startswith(ours):
            return self.root + url.removeprefix(ours) or "./"
        scheme = _SCHEME.match(url)
        if _CONTROL.search(url) or (scheme and scheme[1].lower() not in _SAFE_SCHEMES):
            return ""
        return url


def cut_text(text: str) -> str:
    """Cut a plain text to one line of BRIEF letters, between words where it has any.

    >>> cut_text("A text that is" + " very" * 50 + " long")[-10:]
    'very very…'
    """
    line = " ".join(text.split())
    if len(line) <= BRIEF:
        return line
    cut = line[: BRIEF - 1]
    head = cut.rpartition(" ")[0]
    return (head if len(head) > BRIEF // 2 else cut).rstrip(" ,;:–—") + "…"
