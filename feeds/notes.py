"""Show notes: Markdown into HTML that is safe on a page, and into what feeds and directories take.

Raw HTML in a record is allowed and sanitised. What comes out never runs anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape, unescape

import nh3
from comrak import ExtensionOptions, RenderOptions, render_markdown

from feeds.chapters.stamps import format_stamp_html
from feeds.formats import CONTROL, format_clock
from feeds.html_cut import cut_html
from feeds.model import Block, Chapter, Entity, Item, Prose, Quote, Section, StandIn
from feeds.vocabulary import find_stand_in_note

DESCRIPTION_BYTES = 4000
"""The tightest written limit of show notes: PSP-1, and Apple's guide until 2022."""

STAMPS_BYTES = 3000
"""A longer block of stamps would leave no room for the summary, and is left out of the description."""

_EXTENSIONS = ExtensionOptions()
_EXTENSIONS.autolink = _EXTENSIONS.strikethrough = _EXTENSIONS.table = _EXTENSIONS.footnotes = True
_EXTENSIONS.cjk_friendly_emphasis = True  # **강조**는: without it, particles behind an emphasis undo it
_RENDERING = RenderOptions()
_RENDERING.unsafe_ = True  # raw HTML comes through here, and is cleaned next

_PAGE = nh3.Cleaner(
    tags=set(
        "a abbr b blockquote br caption cite code dd del details dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img "
        "ins kbd li mark ol p pre q rp rt ruby s small strong sub summary sup table tbody td tfoot th thead time tr "
        "ul".split()
    ),
    attributes={
        "a": {"href", "hreflang", "title"},
        "img": {"alt", "height", "src", "title", "width"},
        "ol": {"start", "type"},
        "td": {"align", "colspan", "rowspan"},
        "th": {"align", "colspan", "rowspan", "scope"},
        "time": {"datetime"},
        "*": {"lang", "dir"},
    },
    url_schemes={"http", "https", "mailto", "tel"},
)
# The tags that Apple, Spotify and PSP-1 have in common, and links that are secure.
_DIRECTORY = nh3.Cleaner(
    tags={"a", "br", "li", "ol", "p", "ul"}, attributes={"a": {"href"}}, url_schemes={"https"}, link_rel=None
)
_TEXT = nh3.Cleaner(tags=set())

_LINES = re.compile(r"<(/?)(?:h[1-6]|pre|blockquote|dt|dd|tr|figcaption|summary)\b[^>]*>")
_PARAGRAPH = re.compile(r"</?p>")
_EMPTY_PARAGRAPH = re.compile(r"<p>\s*</p>\n?|(?<=<p>)\s*<p>|</p>\s*(?=</p>)")


@lru_cache(maxsize=256)
def render_page_html(markdown: str) -> str:
    """Render Markdown (CommonMark with tables, footnotes and strike-through) as safe HTML.

    Control characters, which an entity can still bring in, are left out: no XML document can carry them.
    """
    html = render_markdown(markdown, _EXTENSIONS, None, _RENDERING)
    return CONTROL.sub("", _PAGE.clean(html)).strip()


def render_inline_html(markdown: str) -> str:
    """Render one line of Markdown as safe HTML without a paragraph around it.

    A tag that is never closed goes on behind the paragraph, so what ends it is not always last.
    """
    return _PARAGRAPH.sub("", render_page_html(markdown)).strip()


def render_text(markdown: str) -> str:
    """Render Markdown as plain text, one line a paragraph."""
    text = unescape(_TEXT.clean(render_page_html(markdown)))
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def render_description(item: Item) -> str:
    """Render the show notes that every app and directory keeps, within DESCRIPTION_BYTES.

    Summary first, cut at a sentence where it must be; then the block of chapter stamps, whole or not at all; then
    the address of the whole notes. Without chapters the rest of the notes follows the summary.
    """
    episode = item.episode
    stamps = format_stamp_html(episode.chapters)
    if len(stamps.encode()) > STAMPS_BYTES:
        stamps = ""
    address = f'<p><a href="{escape(item.url)}">{escape(item.url)}</a></p>'
    tail = "\n".join(filter(None, (stamps, address)))
    notes = [_render_notice(item), *_render_blocks(episode.opening)]
    if not episode.opening:
        notes.append(f"<p>{escape(episode.subtitle, quote=False)}</p>" if episode.subtitle else "")
    if not episode.chapters:
        notes += _render_sections(episode.sections)
    room = DESCRIPTION_BYTES - len(tail.encode()) - 1
    head = cut_html(_simplify("\n".join(filter(None, notes))), room)
    return f"{head}\n{tail}".strip()


def render_content(item: Item) -> str:
    """Render the whole show notes as HTML for content:encoded (RSS content module)."""
    episode = item.episode
    pieces = [
        _render_notice(item),
        *_render_blocks(episode.opening),
        format_stamp_html(episode.chapters),
        *_render_sections(episode.sections),
        _render_entities(episode.entities_title, episode.entities),
    ]
    return "\n".join(filter(None, pieces))


def _render_notice(item: Item) -> str:
    if not isinstance(item.episode.audio, StandIn):
        return ""
    return f"<p>{escape(find_stand_in_note(item.language), quote=False)}</p>"


def _render_blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        yield render_page_html(block.text) if isinstance(block, Prose) else _render_quote(block)


def _render_quote(quote: Quote) -> str:
    source = [escape(quote.speaker, quote=False)] if quote.speaker else []
    if quote.at is not None:
        source.append(format_clock(quote.at))
    credit = f"\n<p>— {', '.join(source)}</p>" if source else ""
    return f"<blockquote>\n<p>“{escape(quote.text, quote=False)}”</p>{credit}\n</blockquote>"


def _render_sections(sections: Iterable[Chapter | Section]) -> Iterator[str]:
    for section in sections:
        if not section.blocks and isinstance(section, Chapter) and not section.link:
            continue  # it stands among the stamps
        title = escape(section.title, quote=False)
        if isinstance(section, Chapter) and section.link:
            title = f'<a href="{escape(section.link)}">{title}</a>'
        yield f"<h3>{title}</h3>"
        yield from _render_blocks(section.blocks)


def _render_entities(title: str, entities: Iterable[Entity]) -> str:
    lines = "\n".join(map(_render_entity, entities))
    return f"<h3>{escape(title, quote=False)}</h3>\n<ul>\n{lines}\n</ul>" if lines else ""


def _render_entity(entity: Entity) -> str:
    description = f": {render_inline_html(entity.description)}" if entity.description else ""
    name, type = escape(entity.name, quote=False), escape(entity.type, quote=False)
    return f"<li><strong>{name}</strong> ({type}){description}</li>"


def _simplify(html: str) -> str:
    """Keep what every directory keeps."""
    return _EMPTY_PARAGRAPH.sub("", _DIRECTORY.clean(_LINES.sub(r"<\1p>", html)))
