"""Links in the notes that lead to files beside the record, or to other records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import unescape
from urllib.parse import quote, unquote

from feeds.model import Block, Episode, Prose
from feeds.notes.render import render_page_html

_RELATIVE = r"(?![a-zA-Z][a-zA-Z0-9+.-]*:|[/#])"
_MARKDOWN_LINK = re.compile(r"\]\(\s*<?" + _RELATIVE + r"[^)]")
_HTML_LINK = re.compile(r'<(?:a|img) (?:[a-z]+="[^"]*" )*?(?:href|src)="(' + _RELATIVE + r'[^"#?]+)')
_ROOTED_LINK = re.compile(r"""(?:\]\(\s*<?|\]:\s*<?|(?:src|href)=["']?)/(?!/)""")

# What stands in code or in a comment leads nowhere, and of an escaped bracket nothing begins (CommonMark 0.31,
# sections 2.4, 4.5, 4.6 and 6.1). The target of a link ends with its brackets (sections 4.7 and 6.3).
_TARGET = re.compile(
    r"""
    ^\ {0,3}(?P<fence>`{3,}(?=[^`\n]*$)|~{3,}).*?(?:^\ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)
    | (?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`)
    | `+
    | <!--.*?-->
    | \\.
    | (?:\]\(\s*|^[ \t>*+-]*\[(?!\^)[^\]\n]+\]:\s*)
      (?: <(?P<angled>(?:\\.|[^<>\\\n])*)> | (?P<bare>(?:\\.|[^\s()\\<]|\((?:\\.|[^\s()\\])*\))+) )
    | <(?:a|img)\b[^<>]*?\s(?:src|href)=(?: "(?P<double>[^"]*)" | '(?P<single>[^']*)' | (?P<plain>[^\s"'>]+) )
    """,
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)
_MARKDOWN, _HTML = ("angled", "bare"), ("double", "single", "plain")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_PATH = re.compile(r"(?:\\.|[^#?\\])*", re.DOTALL)
# A bracket or quotation mark in the new address would end the target too early.
_CLOSING = {ord(character): quote(character, safe="") for character in "()'"}


def find_local_links(episode: Episode) -> dict[str, int]:
    """Find the relative links and pictures of the notes, as Markdown understands them, and their lines.

    Only notes in which something looks like one are rendered for it.
    """
    links: dict[str, int] = {}
    for block in _find_blocks(episode):
        if isinstance(block, Prose) and block.form == "markdown" and _may_link(block.text):
            for address in _HTML_LINK.findall(render_page_html(block.text)):
                link = unquote(unescape(address))
                start = next((start for start, _, path in _find_targets(block.text) if path == link), 0)
                links.setdefault(link, block.line + block.text.count("\n", 0, start))
    return links


def replace_links(episode: Episode, addresses: Mapping[str, str], root: str) -> Episode:
    """Put the published address in the place of each local link of the notes.

    A link that begins with a slash means the site, whose address is `root`, and not the server: a site may stand in a
    folder of it.
    """
    if not addresses and not any(_leads_to_root(block) for block in _find_blocks(episode)):
        return episode
    return replace(
        episode,
        opening=_replace_in_blocks(episode.opening, addresses, root),
        sections=tuple(
            replace(section, blocks=_replace_in_blocks(section.blocks, addresses, root)) for section in episode.sections
        ),
        entities=tuple(
            replace(entity, description=_replace_in_markdown(entity.description, addresses, root))
            for entity in episode.entities
        ),
    )


def _may_link(text: str) -> bool:
    return bool(_MARKDOWN_LINK.search(text)) or "]:" in text or "src=" in text or "href=" in text


def _find_blocks(episode: Episode) -> Iterator[Block]:
    yield from episode.opening
    for section in episode.sections:
        yield from section.blocks
    for entity in episode.entities:
        yield Prose(text=entity.description, line=entity.line)


def _replace_in_blocks(blocks: tuple[Block, ...], addresses: Mapping[str, str], root: str) -> tuple[Block, ...]:
    return tuple(
        replace(block, text=_replace_in_markdown(block.text, addresses, root))
        if isinstance(block, Prose) and block.form == "markdown"
        else block
        for block in blocks
    )


def _replace_in_markdown(text: str, addresses: Mapping[str, str], root: str) -> str:
    pieces, done = [], 0
    for start, end, path in _find_targets(text):
        rooted = path.startswith("/") and not path.startswith("//")
        if rooted or path in addresses:
            address = f"{root}{text[start:end]}" if rooted else addresses[path].translate(_CLOSING)
            pieces += [text[done:start], address]
            done = end
    return "".join([*pieces, text[done:]])


def _leads_to_root(block: Block) -> bool:
    return isinstance(block, Prose) and block.form == "markdown" and bool(_ROOTED_LINK.search(block.text))


def _find_targets(text: str) -> Iterator[tuple[int, int, str]]:
    """Find where the links of a Markdown text lead: begin and end of each path, and the path that is meant by it."""
    for match in _TARGET.finditer(text):
        kind = match.lastgroup or ""
        if kind in _MARKDOWN or kind in _HTML:
            path = _PATH.match(match[kind])
            written = path[0] if path else ""
            meant = _ESCAPED.sub(r"\1", written) if kind in _MARKDOWN else written
            yield match.start(kind), match.start(kind) + len(written), unquote(unescape(meant))
