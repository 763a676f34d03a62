"""What the channel says of itself: title, description, language, copyright, and the fields beside them."""

from __future__ import annotations

import re

from feeds.rulebook.document import find_text, is_blank
from feeds.rulebook.forms.languages import find_language_fault
from feeds.rulebook.forms.urls import find_url_fault, is_http
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Channel
from feeds.rulebook.wording import quote

MOST_BYTES = 4000
"""Bytes of UTF-8 that a description may have (PSP-1, Required Channel Elements)."""

_SEPARATOR = re.compile(r"[|,;•·]")
_MOST_PARTS = 4
_MOST_BARS = 2
# What stands around the name of a holder: the word, the sign, years, a formula.
_NO_HOLDER = re.compile(
    r"copyright|copyleft|\(c\)|[©℗&,.;:|/–—-]|\b[0-9]{4}\b|all rights reserved|\b(?:by|and|present|the)\b",
    re.IGNORECASE,
)
_DOCS = frozenset(
    f"{scheme}://{address}"
    for scheme in ("http", "https")
    for address in (
        "www.rssboard.org/rss-specification",
        "rssboard.org/rss-specification",
        "www.rssboard.org/rss-2-0",
        "blogs.law.harvard.edu/tech/rss",
        "cyber.law.harvard.edu/rss/rss.html",
        "cyber.harvard.edu/rss/rss.html",
        "backend.userland.com/rss",
        "backend.userland.com/rss2",
    )
)
"""Where the specification of RSS 2.0 stands or stood."""


@rule(
    "channel",
    source="RSS 2.0, Required channel elements; PSP-1, Required Channel Elements; Apple guide, title",
    everywhere="error",
)
def channel_title_missing(channel: Channel) -> Hits:
    """The channel has a title.

    It is the name of the show. Directories refuse a feed without one, and apps have nothing to list.
    """
    if "title" not in channel:
        yield channel.element, "the channel has no title: add <title> with the name of the show"


@rule("channel", source="W3C validator, NotBlank; PSP-1, title", everywhere="error")
def channel_title_blank(channel: Channel) -> Hits:
    """The channel title is not empty.

    An empty title is a show without a name: directories refuse it, apps show an empty line.
    """
    yield from _find_blank(channel, "title", "write the name of the show")


@rule("channel", source="PSP-1, title; Apple guide, title", apple="info", psp1="info")
def channel_title_keyword_stuffing(channel: Channel) -> Hits:
    """The title is the name of the show and nothing else.

    Lists of search terms, of names or of sentences in a title can get a show removed, and nobody can read them in a
    list. What the show is about belongs in the description.
    """
    title = channel.first("title")
    text = find_text(title)[:1000]
    parts = [part for part in _SEPARATOR.split(text) if part.strip()]
    if title is not None and (len(parts) > _MOST_PARTS or text.count("|") > _MOST_BARS):
        yield title, f"the title {quote(text)} reads like a list of search terms: write the name of the show alone"


@rule(
    "channel",
    source="RSS 2.0, Required channel elements; PSP-1, Required Channel Elements; Apple guide, description",
    everywhere="error",
)
def channel_description_missing(channel: Channel) -> Hits:
    """The channel has a description.

    It is what people read before they subscribe. Directories refuse a feed without one.
    """
    if "description" not in channel:
        yield channel.element, "the channel has no description: add <description> with what the show is about"


@rule("channel", source="W3C validator, NotBlank; PSP-1, description", everywhere="error", rss="warning")
def channel_description_blank(channel: Channel) -> Hits:
    """The channel description is not empty.

    An empty one counts as none: there is nothing to read before one subscribes.
    """
    yield from _find_blank(channel, "description", "write what the show is about")


@rule("channel", source="PSP-1, description; Apple guide, description", apple="warning", psp1="warning")
def channel_description_too_long(channel: Channel) -> Hits:
    """The channel description has at most 4,000 bytes of UTF-8, markup included.

    Directories cut it off there. PSP-1 counts bytes, later pages of Apple's characters; who stays within the bytes is
    within both.
    """
    for description in channel.all("description"):
        size = len(find_text(description).encode("utf-8", "replace"))
        if size > MOST_BYTES:
            yield description, f"the description has {size:,} bytes, {MOST_BYTES:,} are allowed: shorten it"


@rule("channel", source="PSP-1, language; Apple guide, language", apple="error", psp1="error")
def channel_language_missing(channel: Channel) -> Hits:
    """The channel has a language.

    Directories file a show by it and offer it to those who speak it. RSS 2.0 leaves it open, Apple and PSP-1 require
    it.
    """
    if "language" not in channel:
        yield channel.element, "the channel has no language, which Apple and PSP-1 require: add <language>en</language>"


@rule(
    "channel",
    source="Apple guide, language; RSS Profile, 4.1.1.10; W3C validator, InvalidLanguage",
    everywhere="error",
)
def channel_language_invalid(channel: Channel) -> Hits:
    """The language is a registered tag, such as en, pt-br or zh-Hant.

    Apple refuses a feed whose language it does not know; others file the show under none.
    """
    for language in channel.all("language"):
        fault = find_language_fault(find_text(language))
        if fault and "_" not in find_text(language):
            yield language, f"the language {quote(find_text(language))} {fault}"


@rule("channel", source="BCP 47, 2.1; W3C validator, InvalidLanguage", everywhere="error")
def channel_language_underscore(channel: Channel) -> Hits:
    """The parts of a language tag are joined by a hyphen, never by an underscore.

    en_GB is how programs write a locale. In a feed it is no language, and the show is filed under none.
    """
    for language in channel.all("language"):
        text = find_text(language)
        if "_" in text:
            yield language, f"the language {quote(text)} has an underscore: write {quote(text.replace('_', '-'))}"


@rule("channel", source="PSP-1, copyright; Apple guide, copyright; RSS 2.0, copyright", psp1="info", apple="info")
def channel_copyright_format(channel: Channel) -> Hits:
    """The copyright names who holds it.

    The examples of Apple and of RSS 2.0 have the word, the sign or a year before the name, PSP-1 wants the name alone.
    Either is fine, but a year without a name says nothing.
    """
    for copyright_ in channel.all("copyright"):
        text = find_text(copyright_)
        if text and not _NO_HOLDER.sub("", text[:1000]).strip():
            yield copyright_, f"the copyright {quote(text)} names no holder: write whose it is"


@rule("channel", source="RSS Profile, 4.1.1.7", rss="info")
def channel_docs_value(channel: Channel) -> Hits:
    """The docs of a feed is the address of the RSS specification.

    Whoever finds the file in thirty years shall know what it is. The page of the show belongs in link.
    """
    for docs in channel.all("docs"):
        text = find_text(docs)
        if is_http(text) and not find_url_fault(text) and text.rstrip("/") not in _DOCS:
            message = "leads to no RSS specification: write https://www.rssboard.org/rss-specification, or leave it out"
            yield docs, f"docs {quote(text)} {message}"


@rule("channel", source="RSS 2.0, rating; RSS Profile, 4.1.1.14", rss="warning")
def channel_rating_invalid(channel: Channel) -> Hits:
    """The rating of a channel is a PICS label.

    Nothing reads it any more. Apps take whether a show is explicit from itunes:explicit.
    """
    for rating in channel.all("rating"):
        text = find_text(rating)
        if text and not (text.startswith("(PICS-") and text.endswith(")")):
            yield rating, f"the rating {quote(text)} is no PICS label: leave it out and write itunes:explicit"


def _find_blank(channel: Channel, name: str, remedy: str) -> Hits:
    for child in channel.all(name):
        if is_blank(child):
            yield child, f"the {name} is empty: {remedy}"
