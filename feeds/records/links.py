"""Links in the notes that lead to files beside the record, or to other records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape, unescape
from urllib.parse import quote, unquote

from feeds.model import Block, Episode, Prose
from feeds.notes.render import render_page_html

_RELATIVE = r"(?![a-zA-Z][a-zA-Z0-9+.-]*:|[/#])"
_MARKDOWN_LINK = re.compile(r"\]\(\s*<?" + _RELATIVE + r"[^)]")
_HTML_LINK = re.compile(r'<(?:a|img) (?:[a-z]+="[^"]*" )*?(?:href|src)="(' + _RELATIVE + r'[^"#?]+)')


def find_local_links(episode: Episode) -> dict[str, int]:
    """Find the relative links and pictures of the notes, as Markdown understands them, and their lines.

    Only notes in which something looks like one are rendered for it.
    """
    links: dict[str, int] = {}
    for block in _find_blocks(episode):
        if isinstance(block, Prose) and block.form == "markdown" and _may_link(block.text):
            for address in _HTML_LINK.findall(render_page_html(block.text)):
                link = unquote(unescape(address))
                match = _find_pattern(link).search(block.text)
                links.setdefault(link, block.line + block.text.count("\n", 0, match.start() if match else 0))
    return links


def replace_links(episode: Episode, addresses: Mapping[str, str]) -> Episode:
    """Put the published address in the place of each local link of the notes."""
    if not addresses:
        return episode
    return replace(
        episode,
        opening=_replace_in_blocks(episode.opening, addresses),
        sections=tuple(
            replace(section, blocks=_replace_in_blocks(section.blocks, addresses)) for section in episode.sections
        ),
        entities=tuple(
            replace(entity, description=_replace_in_markdown(entity.description, addresses))
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


def _replace_in_blocks(blocks: tuple[Block, ...], addresses: Mapping[str, str]) -> tuple[Block, ...]:
    return tuple(
        replace(block, text=_replace_in_markdown(block.text, addresses))
        if isinstance(block, Prose) and block.form == "markdown"
        else block
        for block in blocks
    )


def _replace_in_markdown(text: str, addresses: Mapping[str, str]) -> str:
    for link, address in addresses.items():
        text = _find_pattern(link).sub(rf"\g<1>{address}", text)
    return text


def _find_pattern(link: str) -> re.Pattern[str]:
    """How a link may stand in Markdown: as it is, or escaped as in an address or in HTML."""
    written = "|".join(map(re.escape, {link, link.replace(" ", "%20"), quote(link), escape(link)}))
    return re.compile(rf"""(\]\(\s*<?|\]:\s*<?|(?:src|href)=["']?)(?:{written})(?=[)>\s"'#?]|\Z)""")
