"""Show notes: Markdown into HTML that is safe on a page, and into what feeds and directories take.

Raw HTML in a record is allowed and sanitised. What comes out never runs anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape, unescape
from urllib.parse import urljoin

import nh3
from comrak import ExtensionOptions, RenderOptions, render_markdown

from feeds.chapters.stamps import format_stamp_html
from feeds.formats import CONTROL, format_clock
from feeds.media_types import is_url
from feeds.model import Block, Chapter, Entity, Item, Prose, Quote, Section, StandIn
from feeds.notes.cut import cut_html
from feeds.vocabulary import find_stand_in_note

DESCRIPTION_BYTES = 4000
"""The tightest written limit of show notes: PSP-1, and Apple's guide until 2022."""

STAMPS_BYTES = 3000
"""A longer block of stamps would leave no room for the summary, and is left out of the description."""

SUMMARY_BYTES = 500
"""What is kept for the summary: an address that leaves less beside the stamps is left out."""

_EXTENSIONS = ExtensionOptions()
_EXTENSIONS.autolink = _EXTENSIONS.strikethrough = _EXTENSIONS.table = _EXTENSIONS.footnotes = True
_EXTENSIONS.cjk_friendly_emphasis = True  # **강조**는: without it, particles behind an emphasis undo it
_RENDERING = RenderOptions()
_RENDERING.unsafe_ = True  # raw HTML comes through here, and is cleaned next

_PHRASES = "a abbr b br cite code del em i img ins kbd mark q rp rt ruby s small strong sub sup time"
_BLOCKS = (
    "blockquote caption dd details dl dt figcaption figure h2 h3 h4 h5 h6 hr li ol p pre summary table tbody td tfoot "
    "th thead tr ul"
)
_ATTRIBUTES = {
    "a": {"href", "hreflang", "title"},
    "img": {"alt", "height", "src", "title", "width"},
    "ol": {"start", "type"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "*": {"lang", "dir"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
_PAGE = nh3.Cleaner(tags={*_PHRASES.split(), *_BLOCKS.split()}, attributes=_ATTRIBUTES, url_schemes=_SCHEMES)
_INLINE = nh3.Cleaner(tags=set(_PHRASES.split()), attributes=_ATTRIBUTES, url_schemes=_SCHEMES)
# The tags that Apple, Spotify and PSP-1 have in common, and links that are secure.
_DIRECTORY = nh3.Cleaner(
    tags={"a", "br", "li", "ol", "p", "ul"},
    attributes={"a": {"href"}, "*": set()},  # without a word about them all, all have a title and a language
    url_schemes={"https"},
    link_rel=None,
)
_TEXT = nh3.Cleaner(tags=set())

# What comrak makes of Markdown without raw HTML is balanced. If it has nothing but these elements, links to the web
# and characters that may stand in XML, then it is just what the cleaner would leave, which takes six times as long.
_WORDS = r'(?:[^"<>\x00-\x08\x0b-\x1f\x7f-\xa0\ufffe\uffff]++|</?(?:em|strong|del|code)>)'
_CLEAN = re.compile(
    rf"(?:{_WORDS}|</?(?:p|ul|ol|li|blockquote|h[2-6])>"
    rf'|<a href="https?://[a-zA-Z][a-zA-Z0-9.-]*+(?:/(?:[!#-%\'-;=?-~]|&amp;)*+)?">{_WORDS}*+</a>)*+'
)
# A footnote's links lead to ids, which the cleaner takes out since they would be there once in every block.
_FOOTNOTE_LINK = re.compile(r' ?<a href="#fn[^>]*data-footnote-(?:backref[^>]*>.*?|ref>(.*?))</a>')

_LINES = re.compile(r"<(/?)(?:h[1-6]|pre|blockquote|dt|dd|tr|caption|figcaption|summary)\b[^>]*>")
_CELLS = re.compile(r"</?(?:table|thead|tbody|tfoot|th|td)\b[^>]*>")
_EMPTY_PARAGRAPH = re.compile(r"<p>\s*</p>\n?")
_RELATIVE_LINK = re.compile(r'(<(?:a|img) [^<>]*?\b(?:href|src)=")(?![a-zA-Z][a-zA-Z0-9+.-]*:)([^"]*)')
_BIG_HEADING = re.compile(r"(</?)h1\b", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]']")
_NO_LINK = re.compile(r'<a(?: href="(?!https://)[^"]*")?>(.*?)</a>', re.DOTALL)


@lru_cache(maxsize=2048)
def render_page_html(markdown: str) -> str:
    """Render Markdown (CommonMark with tables, footnotes and strike-through) as safe HTML.

    Control characters, which an entity can still bring in, are left out: no XML document can carry them.
    """
    html = render_markdown(markdown, _EXTENSIONS, None, _RENDERING).strip()
    html = html.replace("<h1>", "<h2>").replace("</h1>", "</h2>")  # the page has its heading
    if "<" not in markdown and _CLEAN.fullmatch(html):
        return html.replace('">', '" rel="noopener noreferrer">').replace("&quot;", '"')
    html = _FOOTNOTE_LINK.sub(lambda link: f"[{link[1]}]" if link[1] else "", html)
    return CONTROL.sub("", _PAGE.clean(html)).strip()


def render_prose_html(prose: Prose) -> str:
    """Render a block of notes, in whatever form they are, as safe HTML for a page."""
    if prose.form == "markdown":
        return render_page_html(prose.text)
    html = prose.text if prose.form == "html" else _mark_up(prose.text)
    return CONTROL.sub("", _PAGE.clean(_BIG_HEADING.sub(r"\1h2", html))).strip()


def render_inline_html(markdown: str) -> str:
    """Render one line of Markdown as safe HTML without a paragraph, or any other block, around it."""
    html = render_page_html(markdown)
    inside = html.removeprefix("<p>").removesuffix("</p>")
    return inside if html == f"<p>{inside}</p>" and "<p" not in inside else _INLINE.clean(html).strip()


def render_text(notes: Iterable[Prose]) -> str:
    """Render notes as plain text, one line a paragraph."""
    text = unescape(_TEXT.clean("\n\n".join(map(render_prose_html, notes))))
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def render_description(item: Item) -> str:
    """Render the show notes that every app and directory keeps, within DESCRIPTION_BYTES.

    Summary first, cut at a sentence where it must be; then the block of chapter stamps, whole or not at all; then,
    if there is room, the address of the whole notes. Without chapters the rest of the notes follows the summary.
    A description of the author's own, and notes that are no Markdown, go out word for word, whatever their length:
    so they were published before. One that repeats the content is all of it.
    """
    episode = item.episode
    if own := episode.description or episode.verbatim:
        return own
    if ("description", "content") in episode.repeats:
        return render_content(item)
    stamps = format_stamp_html(episode.chapters)
    if len(stamps.encode()) > STAMPS_BYTES:
        stamps = ""
    address = f'<p><a href="{escape(item.url)}">{escape(item.url)}</a></p>'
    tail = "\n".join(filter(None, (stamps, address)))
    if len(tail.encode()) > DESCRIPTION_BYTES - SUMMARY_BYTES:
        tail = stamps
    room = DESCRIPTION_BYTES - len(tail.encode()) - 1
    head = ""
    for piece in _render_pieces(item):
        head = f"{head}\n{_simplify(_complete_links(piece, item.url))}".strip()
        if len(head.encode()) > room:
            break
    return f"{cut_html(head, room)}\n{tail}".strip()


def render_content(item: Item) -> str:
    """Render the whole show notes as HTML for content:encoded (RSS content module).

    Notes in HTML stand there word for word, those of plain text as HTML, followed by what the record has beside them.
    """
    episode = item.episode
    if episode.verbatim:
        text = _mark_up(episode.verbatim) if episode.summary[0].form == "text" else episode.verbatim
        said = [section for section in episode.sections if section.blocks]
        added = [*_render_sections(said), _render_entities(episode.entities_title, episode.entities)]
        return "\n".join(filter(None, [text, _complete_links("\n".join(filter(None, added)), item.url)]))
    pieces = [
        *_render_summary(item),
        format_stamp_html(episode.chapters),
        *_render_sections(episode.sections),
        _render_entities(episode.entities_title, episode.entities),
    ]
    return _complete_links("\n".join(filter(None, pieces)), item.url)


def _render_pieces(item: Item) -> Iterator[str]:
    """What the description is made of, as far as there is room for it."""
    yield from _render_summary(item)
    if not item.episode.chapters:
        yield from _render_sections(item.episode.sections)


def _render_summary(item: Item) -> Iterator[str]:
    """What stands first in all notes: apps show the one or the other."""
    episode = item.episode
    yield _render_notice(item)
    yield from _render_blocks(episode.opening)
    if not episode.opening and episode.subtitle:
        yield f"<p>{escape(episode.subtitle, quote=False)}</p>"


def _render_notice(item: Item) -> str:
    if not isinstance(item.episode.audio, StandIn):
        return ""
    return f"<p>{escape(find_stand_in_note(item.language), quote=False)}</p>"


def _render_blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        yield render_prose_html(block) if isinstance(block, Prose) else _render_quote(block)


def _mark_up(text: str) -> str:
    """Make HTML of plain text: its paragraphs, lines and addresses."""
    paragraphs = (_link_addresses(escape(paragraph)) for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip())
    lines = (paragraph.strip().replace("\n", "<br>\n") for paragraph in paragraphs)
    return "\n".join(f"<p>{paragraph}</p>" for paragraph in lines)


def _link_addresses(html: str) -> str:
    return _ADDRESS.sub(r'<a href="\g<0>">\g<0></a>', html)


def _render_quote(quote: Quote) -> str:
    source = [escape(quote.speaker, quote=False)] if quote.speaker else []
    if quote.at is not None:
        source.append(format_clock(quote.at))
    credit = f"\n<p>— {', '.join(source)}</p>" if source else ""
    return f"<blockquote>\n<p>“{escape(quote.text, quote=False)}”</p>{credit}\n</blockquote>"


def _render_sections(sections: Iterable[Chapter | Section]) -> Iterator[str]:
    for section in sections:
        link = section.link if isinstance(section, Chapter) and is_url(section.link) else ""
        if isinstance(section, Chapter) and not section.blocks and not link:
            continue  # it stands among the stamps
        title = escape(section.title, quote=False)
        if link:
            title = f'<a href="{escape(link)}">{title}</a>'
        yield f"<h3>{title}</h3>"
        yield from _render_blocks(section.blocks)


def _render_entities(title: str, entities: Iterable[Entity]) -> str:
    lines = "\n".join(map(_render_entity, entities))
    return f"<h3>{escape(title, quote=False)}</h3>\n<ul>\n{lines}\n</ul>" if lines else ""


def _render_entity(entity: Entity) -> str:
    description = f": {render_inline_html(entity.description)}" if entity.description else ""
    name, type = escape(entity.name, quote=False), escape(entity.type, quote=False)
    return f"<li><strong>{name}</strong> ({type}){description}</li>"


def _complete_links(html: str, page: str) -> str:
    """Write links such as #t=80 and /about whole: an app that shows the notes is not at the page."""
    return _RELATIVE_LINK.sub(lambda link: link[1] + escape(_join(page, unescape(link[2]))), html)


def _join(page: str, link: str) -> str:
    try:
        return urljoin(page, link)
    except ValueError:  # such as //[
        return link


def _simplify(html: str) -> str:
    """Keep what every directory keeps: lines become paragraphs, and a link that is left out becomes its text."""
    lines = _LINES.sub(r"<\1p>", _CELLS.sub("", html))
    return _NO_LINK.sub(r"\1", _EMPTY_PARAGRAPH.sub("", _DIRECTORY.clean(lines)))
