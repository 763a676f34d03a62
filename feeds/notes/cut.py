"""Cutting HTML to a number of bytes, at the end of a sentence and with its tags closed."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TOKEN = re.compile(r"<(/?)([a-z0-9]+)(?:\"[^\"]*\"|[^\">])*>|[^<]+")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s|$)|[。！？][」』”）]*")
# Chinese and Japanese put no space between words, and break lines behind any letter.
_WORD_END = re.compile(r"\S(?=\s)|[\u3040-\u30ff\u3400-\u9fff]")
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
    size = 0
    open_tags: list[str] = []
    for token in _TOKEN.finditer(html):
        end_tag, name = token[1], token[2]
        if not name:
            closing = _close(open_tags)
            room = max(0, limit - size - len(closing))
            fitting = len(token[0][:room].encode()[:room].decode(errors="ignore"))
            ends = [found.end() for found in boundary.finditer(token[0], 0, fitting + 1) if found.end() <= fitting]
            if ends:
                best = html[: token.start() + ends[-1]] + mark + closing
        elif end_tag:
            open_tags.pop()
        elif name not in _VOID:
            open_tags.append(name)
        size += len(token[0].encode())
        if size > limit:
            break
        if end_tag and name in _BLOCKS and not mark and size + len(_close(open_tags)) <= limit:
            best = html[: token.end()] + _close(open_tags)
    return best


def _close(open_tags: Sequence[str]) -> str:
    return "".join(f"</{name}>" for name in reversed(open_tags))
