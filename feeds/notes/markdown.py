"""HTML notes as Markdown, where that says exactly the same."""

from __future__ import annotations

import re
from html import unescape

from feeds.notes.render import render_page_html

_SIMPLE = re.compile(r"(?:[^<>]|</?(?:p|em|strong|ul|li)>)+")
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")
_MARKS = {"<em>": "*", "</em>": "*", "<strong>": "**", "</strong>": "**", "<li>": "- ", "</li>": ""}
_PIECE = re.compile(r"</?[a-z]+>|[^<>]+")


def find_markdown(html: str) -> str:
    """The Markdown that renders to this HTML letter for letter; "" where there is none.

    >>> find_markdown("<p>One <em>and</em> two.</p>\\n<ul>\\n<li>three</li>\\n</ul>")
    'One *and* two.\\n\\n- three'
    >>> find_markdown("<div>One</div>")
    ''
    """
    if not _SIMPLE.fullmatch(html):
        return ""
    pieces = []
    for piece in _PIECE.findall(html):
        if piece in ("</p>", "</ul>"):
            pieces.append("\n")
        elif piece not in ("<p>", "<ul>"):
            pieces.append(_MARKS[piece] if piece in _MARKS else _SPECIAL.sub(r"\\\1", unescape(piece)))
    markdown = re.sub(r"\n{3,}", "\n\n", "".join(pieces)).strip()
    return markdown if markdown and render_page_html(markdown) == html else ""
