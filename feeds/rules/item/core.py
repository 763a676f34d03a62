"""What RSS itself asks of an item: title, link, date, author, source, comments, category."""

from __future__ import annotations

import re

from lxml import etree

from feeds.rulebook.document import find_attribute, find_text, is_blank, is_in_item
from feeds.rulebook.forms.dates import is_ahead, parse_rfc822
from feeds.rulebook.forms.emails import is_email, split_named_email
from feeds.rulebook.forms.urls import (
    find_scheme,
    has_wrong_character,
    is_absolute,
    is_http,
    leads_nowhere,
)
from feeds.rulebook.places import Attribute
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Item
from feeds.rulebook.wording import quote

_NUMBERED = re.compile(
    r"^\W*(?:s(?:eason)?\W?\d{1,3}\W{0,3}e(?:p(?:isode)?)?\W?\d{1,4}|(?:ep(?:isode)?\.?|folge|#|no\.)\s?#?\d{1,4})\b[^\w]*",
    re.IGNORECASE,
)
_PAIRS = (
    *(("author", "dc:creator"), ("pubDate", "dc:date"), ("guid", "atom:id"), ("source", "dc:source")),
    ("pubDate", "atom:published"),
    *(("title", "dc:title"), ("description", "dc:description"), ("category", "dc:subject")),
)
_ONCE = ("author", "comments", "description", "link", "pubDate", "source", "title")
_NOWHERE = ("about", "cid", "data", "feed", "file", "mid")
"""Schemes of what is no page, or is one on the machine of the listener alone."""

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_SHORTEST_SHOW = 4
"""Characters from which on the name of a show in a title is no accident."""


@rule("item", source="RSS 2.0, item; RSS Profile, 4.1.1.20", everywhere="error")
def item_title_or_description_missing(item: Item) -> Hits:
    """An item has a title or a description.

    RSS requires one of the two. An item without either is a line without words in every app.
    """
    if "title" not in item and "description" not in item:
        yield item.element, "the item has neither title nor description: write both"


@rule(
    "item",
    source="PSP-1, Required Item Elements; Apple guide, title",
    psp1="error",
    apple="error",
)
def item_title_missing(item: Item) -> Hits:
    """An episode has a title.

    Apple and PSP-1 require it; RSS is content with a description.
    """
    if "title" not in item and "description" in item:
        other = (
            "an itunes:title, which Apple alone reads"
            if "itunes:title" in item
            else "a description, which is enough for RSS"
        )
        yield item.element, f"the item has no title, only {other}: Apple and PSP-1 require one"


@rule("item", source="W3C validator, NotBlank; PSP-1, title", everywhere="error")
def item_title_blank(item: Item) -> Hits:
    """The title of an episode is not empty.

    Apps show an empty line, or pass over the episode.
    """
    title = item.first("title")
    if title is not None and not find_text(title).strip(_INVISIBLE) and not len(title):
        yield title, "the title is empty: write what the episode is called"


@rule("item", source="PSP-1, title; Apple guide, title", psp1="info", apple="info")
def item_title_has_numbers(item: Item) -> Hits:
    """The title does not begin with the number of season or episode, which have tags of their own.

    Apps that know itunes:episode show the number themselves, and so show it twice.
    """
    title = item.first("title")
    numbered = "itunes:episode" in item or "itunes:season" in item
    if title is not None and numbered and (number := _NUMBERED.match(find_text(title))):
        message = f"the title begins with {quote(number[0])}, which itunes:season and itunes:episode say: leave it out"
        yield title, message


@rule("item", source="Apple guide, title", apple="info")
def item_title_repeats_show(item: Item) -> Hits:
    """The title does not repeat the name of the show.

    Apps show the name of the show above or below it, and cut what is long.
    """
    title, show = item.first("title"), item.channel.text("title")
    if title is not None and len(show) >= _SHORTEST_SHOW:
        text = find_text(title)
        if text != show and _repeats(text, show):
            yield title, f"the title {quote(text)} repeats the name of the show, which apps show beside it"


def _repeats(title: str, show: str) -> bool:
    """Say whether a title begins or ends with the name of the show, set off from the rest."""
    title, show = title.casefold(), show.casefold()
    before, after = title.removesuffix(show), title.removeprefix(show)
    return (before != title and before.rstrip().endswith((":", "-", "–", "—", "|", "·"))) or (
        after != title and after.lstrip().startswith((":", "-", "–", "—", "|", "·", "#"))
    )


@rule(
    "item", "live", source="RSS Profile, 4.1.1.20; W3C validator, DuplicateElement", everywhere="warning", rss="error"
)
def item_core_duplicate(item: Item) -> Hits:
    """No element of RSS but category occurs twice in an item.

    Which of two counts, every reader decides for itself.
    """
    for name in _ONCE:
        for child in item.all(name)[1:]:
            yield child, f"the item has a {name} already: keep one"


@rule("item", source="PSP-1, pubDate; Apple guide, pubDate", everywhere="warning", rss="info")
def item_pubdate_missing(item: Item) -> Hits:
    """An episode has a pubDate.

    Apps sort by it. Without one an episode stands at the end of the list, or at the top for ever.
    """
    if "pubDate" not in item:
        yield item.element, "the item has no pubDate: apps sort by it, PSP-1 and Apple recommend it"


@rule("item", source="RSS Profile, 4.1.1.20.8; W3C validator, ImplausibleDate", everywhere="warning")
def item_pubdate_future(item: Item) -> Hits:
    """The pubDate of an item is not in the future.

    Most apps show the item at once all the same. An episode that is not out yet stays out of the feed.
    """
    date = item.first("pubDate")
    moment = parse_rfc822(find_text(date))
    if date is not None and moment and is_ahead(moment, item.channel.document.at):
        yield date, f"the date {quote(find_text(date))} is in the future: leave the item out of the feed until then"


@rule(
    "item",
    source="PSP-1, description; Apple guide, description",
    psp1="warning",
    apple="warning",
)
def item_description_missing(item: Item) -> Hits:
    """An episode has a description.

    It is what a listener reads to decide, and where the links of the show notes are.
    """
    if "description" not in item and "title" in item and "content:encoded" not in item:
        yield item.element, "the item has no description: write show notes, which PSP-1 and Apple recommend"


@rule("item", source="PSP-1, link; Apple guide, link", psp1="info", apple="info")
def item_link_missing(item: Item) -> Hits:
    """An episode has a link to its page.

    Apps offer it as the way to the web site, and people share it.
    """
    if "link" not in item:
        yield item.element, "the item has no link: name the page of the episode, if it has one"


@rule("<link>", source="RSS Profile, 3.4; W3C validator, InvalidFullLink", everywhere="warning", rss="error")
def item_link_invalid(link: etree._Element) -> Hits:
    """The link of an item is an absolute URL.

    A relative one leads nowhere in an app.
    """
    if not is_in_item(link):
        return
    text = find_text(link)
    if not text:
        if len(link):  # then its content is what is wrong
            return
        href = " (its address stands in href, as in Atom)" if link.get("href") else ""
        yield link, f"the link is empty{href}: write the address of the page between the tags"
    elif not has_wrong_character(text) and not _is_link(text):
        yield link, f"the link {quote(text)} is no absolute address: write it in full, such as https://example.org/1"


@rule("<author>", source="RSS 2.0, author; RSS Profile, 4.1.1.20.1", rss="warning")
def item_author_format(author: etree._Element) -> Hits:
    """The author of an item is an e-mail address, followed by the name in brackets.

    A bare name belongs in itunes:author or dc:creator, where apps look for it.
    """
    if not is_in_item(author):
        return
    text = find_text(author)
    email, name = split_named_email(text)
    if len(author):
        return
    if not text:
        yield author, "author is empty: write user@host (Name), or leave it out"
    elif not is_email(email):
        remedy = "write user@host (Name), or the name alone into itunes:author"
        yield author, f"author is {quote(text)}, where an e-mail address is expected: {remedy}"
    elif not name:
        yield author, f"author is {quote(text)} without a name: write {quote(email)[1:-1]} (Name)"


@rule("<source>", source="RSS 2.0, source; RSS Profile, 4.1.1.20.9", everywhere="warning", rss="error")
def item_source_url_missing(source: etree._Element) -> Hits:
    """A source names the feed that the item comes from in its url.

    Without it the mention leads nowhere.
    """
    url = find_attribute(source, "url")
    if not url:
        yield source, "source has no url: write the address of the feed that the item comes from"
    elif leads_nowhere(url):
        yield (
            Attribute(source, "url"),
            f"the url {quote(url)} of source is no address of http or https: write it in full",
        )


@rule("<source>", source="RSS 2.0, source; RSS Profile, 4.1.1.20.9", rss="warning")
def item_source_blank(source: etree._Element) -> Hits:
    """A source says the title of the feed that the item comes from.

    It is what readers show. An address alone is no name.
    """
    if is_blank(source) and find_attribute(source, "url"):
        yield source, "source is empty: write the title of the feed that the item comes from"


@rule("<comments>", source="RSS 2.0, comments; W3C validator, InvalidFullLink", everywhere="warning", rss="error")
def item_comments_invalid(comments: etree._Element) -> Hits:
    """comments is the absolute address of a page.

    Apps offer it as a link.
    """
    text = find_text(comments)
    if len(comments):
        return
    if not text:
        yield comments, "comments is empty: write the address of the page with the comments, or leave it out"
    elif leads_nowhere(text):
        yield comments, f"comments is {quote(text)}, where the address of a page is expected: write it in full"


@rule("<category>", source="RSS 2.0, category; W3C validator, NotBlank", everywhere="warning")
def item_category_blank(category: etree._Element) -> Hits:
    """A category says something.

    An empty one sorts the item nowhere.
    """
    if is_in_item(category) and is_blank(category):
        yield category, "the category is empty: write one, or leave it out"


@rule("item", source="RSS Profile, 5.3.1; W3C validator, DuplicateItemSemantics", rss="warning")
def item_duplicate_semantics(item: Item) -> Hits:
    """An item does not say the same thing in RSS and once more in Dublin Core or Atom.

    Readers take one or the other; if they differ, the item has two authors or two dates.
    """
    for plain, other in _PAIRS:
        if plain in item and other in item:
            yield item.all(other)[0], f"{other} says what {plain} says: keep {plain} alone"


def _is_link(text: str) -> bool:
    """A link may lead elsewhere than to the web, as to mail; one of http needs a host."""
    scheme = find_scheme(text)
    return is_http(text) if scheme in ("http", "https", "") else is_absolute(text) and scheme not in _NOWHERE
