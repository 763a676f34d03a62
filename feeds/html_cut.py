"""Cutting HTML to a number of bytes, at the end of a sentence and with its tags closed."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"<[^>]*>|[^<]+")
_TAG = re.compile(r"<(/?)([a-zA-Z0-9]+)")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s|$)|[。！？][」』”）]*")
_WORD_END = re.compile(r"\s+")
_BLOCKS = ("p", "li", "ul", "ol")
_VOID = ("br",)


def cut_html(html: str, limit: int) -> str:
    """Cut HTML so that it holds at most `limit` bytes of UTF-8.

    The cut falls behind a whole sentence or block; where not even the first sentence fits, behind a word, with an
    ellipsis. Expects clean HTML of paragraphs, lists, links and line breaks.

    >>> cut_html("<p>One. Two two.</p>", 16)
    '<p>One.</p>'
    >>> cut_html("<p>Endless words here</p>", 22)
    '<p>Endless…</p>'
    """
    if len(html.encode()) <= limit:
        return html
    return _cut(html, limit, _SENTENCE_END, "") or _cut(html, limit - len("…".encode()), _WORD_END, "…")


def _cut(html: str, limit: int, boundary: re.Pattern[str], mark: str) -> str:
    """Cut behind the last boundary at which everything still open can be closed within the limit."""
    best = ""
    done = ""
    size = 0
    open_tags: list[str] = []

    def closed(text: str) -> str:
        return text + "".join(f"</{name}>" for name in reversed(open_tags))

    for token in _TOKEN.findall(html):
        tag = _TAG.match(token)
        if tag is None:
            for end in boundary.finditer(token):
                head = token[: end.end()].rstrip()
                if size + len(closed(head).encode()) > limit:
                    return best
                if head:
                    best = closed(done + head + mark)
        elif tag[1]:
            if tag[2] in open_tags:
                open_tags.remove(tag[2])
        elif tag[2] not in _VOID:
            open_tags.append(tag[2])
        done += token
        size += len(token.encode())
        if tag and tag[1] and tag[2] in _BLOCKS and not mark:
            if size + len(closed("").encode()) > limit:
                return best
            best = closed(done)
    return best
