"""What a feed says to Apple alone: where it has moved, another title, and fields of former years."""

from __future__ import annotations

import re

from feeds.rulebook.check import LONG
from feeds.rulebook.document import find_text, is_blank
from feeds.rulebook.forms.urls import is_http, leads_nowhere
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Channel
from feeds.rulebook.wording import quote
from feeds.rules.channel.links import normalize
from feeds.rules.channel.relations import find_address

MOST_SUMMARY = 4000
"""Characters that itunes:summary may have (W3C validator)."""

_TEXTS = tuple(f"itunes:{name}" for name in ("author", "title", "subtitle", "summary", "keywords", "new-feed-url"))
_LIST = re.compile(r"[;|\s]")


@rule("channel", source="Apple guide, new-feed-url; W3C validator, InvalidFullLink", everywhere="error")
def channel_itunes_new_feed_url_invalid(channel: Channel) -> Hits:
    """The itunes:new-feed-url is an absolute http or https URL.

    Every subscriber at Apple is moved to it: a wrong one loses them all.
    """
    for moved in channel.all("itunes:new-feed-url"):
        text = find_text(moved)
        if leads_nowhere(text):
            yield moved, f"itunes:new-feed-url {quote(text)} is no address of the web: write it whole, with https://"


@rule("channel", source="Apple guide, new-feed-url", apple="info", psp1="info")
def channel_itunes_new_feed_url_not_self(channel: Channel) -> Hits:
    """In the feed at its new address, itunes:new-feed-url equals the self link.

    It belongs into the new feed, and names it. Only the feed that is left behind at the old address may name another.
    """
    moved, home = channel.first("itunes:new-feed-url"), find_address(channel, "self")
    text = find_text(moved)
    left_behind = channel.document.url and normalize(channel.document.url) == normalize(home)
    if moved is not None and is_http(text) and is_http(home) and not left_behind and normalize(text) != normalize(home):
        yield (
            moved,
            f"itunes:new-feed-url is {quote(text)}, the self link {quote(home)}: the new feed names itself in both",
        )


@rule("channel", source="Apple guide, title", apple="info")
def channel_itunes_title_differs(channel: Channel) -> Hits:
    """The show has one name: itunes:title, where it is there, is the title.

    Apple shows itunes:title, everybody else the title. A show of two names is searched for under the wrong one.
    """
    title, other = channel.text("title"), channel.first("itunes:title")
    text = find_text(other)
    if other is not None and title and text and _fold(text) != _fold(title):
        yield other, f"Apple shows {quote(text)}, everybody else {quote(title)}: write the same, if you can"


@rule("channel", source="Apple guide, without these tags; podcast namespace, other recommendations", apple="info")
def channel_itunes_legacy_tags(channel: Channel) -> Hits:
    """The description is not written a second time into itunes:summary or itunes:subtitle.

    Neither they nor itunes:keywords are in Apple's list any more, and Spotify does not read the summary. A copy only
    makes the feed larger.
    """
    description = channel.text("description")
    for name in ("itunes:summary", "itunes:subtitle"):
        for copy in channel.all(name):
            if len(description) > LONG and find_text(copy) == description:
                yield copy, f"{name} is a copy of the description, and no longer in Apple's list: leave it out"


@rule("channel", source="W3C validator, TooLong", everywhere="warning")
def channel_itunes_summary_too_long(channel: Channel) -> Hits:
    """The itunes:summary of the channel has at most 4,000 characters.

    Those who still read it cut it off there.
    """
    yield from _find_long(channel, "itunes:summary", MOST_SUMMARY)


@rule("channel", source="W3C validator, TooLong; PSP-1, Important Notes", everywhere="warning")
def channel_itunes_subtitle_too_long(channel: Channel) -> Hits:
    """The itunes:subtitle of the channel has at most 255 characters.

    It is one line under the title.
    """
    yield from _find_long(channel, "itunes:subtitle", LONG)


@rule("channel", source="W3C validator, TooLong; PSP-1, Important Notes", everywhere="warning")
def channel_itunes_keywords_too_long(channel: Channel) -> Hits:
    """The itunes:keywords of the channel have at most 255 characters together.

    Apple no longer reads them; those who do take the first few.
    """
    yield from _find_long(channel, "itunes:keywords", LONG)


@rule("channel", source="W3C validator, InvalidKeywords", everywhere="info", rss="warning")
def channel_itunes_keywords_format(channel: Channel) -> Hits:
    """The itunes:keywords are separated by commas.

    Otherwise all of them are one keyword, which nobody searches for.
    """
    for keywords in channel.all("itunes:keywords"):
        text = find_text(keywords)
        if "," not in text and _LIST.search(text):
            yield keywords, f"itunes:keywords are {quote(text)}: put commas between them"


@rule("channel", source="W3C validator, NotBlank; PSP-1, Important Notes", everywhere="warning")
def channel_itunes_blank(channel: Channel) -> Hits:
    """An itunes element of the channel that holds a text is not empty.

    Apps show the empty text in place of the one that they would take from elsewhere.
    """
    for name in _TEXTS:
        for child in channel.all(name):
            if is_blank(child):
                yield child, f"{name} is empty: write it, or leave it out"


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()


def _find_long(channel: Channel, name: str, most: int) -> Hits:
    for child in channel.all(name):
        length = len(find_text(child))
        if length > most:
            yield child, f"{name} has {length:,} characters, {most:,} are allowed: shorten it"
