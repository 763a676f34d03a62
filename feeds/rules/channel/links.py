"""Where the show and its feed are: the link, and the atom:links to the feed itself and to its hub."""

from __future__ import annotations

from urllib.parse import urlsplit

from lxml import etree

from feeds.rulebook.document import find_attribute, find_text, is_blank
from feeds.rulebook.forms.types import find_essence, find_type_fault
from feeds.rulebook.forms.urls import is_http, leads_nowhere
from feeds.rulebook.places import Attribute
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Channel
from feeds.rulebook.wording import quote
from feeds.rules.channel.relations import find_href, find_links

_TYPE = "application/rss+xml"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_PORTS = {"http": ":80", "https": ":443"}


@rule(
    "channel",
    source="RSS 2.0, Required channel elements; PSP-1, Required Channel Elements; Apple guide, link",
    everywhere="error",
    apple="warning",
    podcasting2="warning",
)
def channel_link_missing(channel: Channel) -> Hits:
    """The channel has a link to its web site.

    Apps lead from the show to its page by it. RSS 2.0 and PSP-1 require it, Apple only recommends it.
    """
    if "link" not in channel:
        yield channel.element, "the channel has no link, which RSS 2.0 and PSP-1 require: add <link> with its web site"


@rule(
    "channel",
    source="RSS 2.0, link; W3C validator, NotBlank",
    everywhere="error",
    apple="warning",
    podcasting2="warning",
)
def channel_link_blank(channel: Channel) -> Hits:
    """The channel link is not empty.

    An empty link leads to the feed itself, or nowhere.
    """
    for link in channel.all("link"):
        if is_blank(link):
            href = find_attribute(link, "href")
            remedy = f"write {quote(href)} as its text" if href else "write the address of the show's web site"
            yield link, f"the link is empty: {remedy}"


@rule(
    "channel",
    source="RSS Profile, 4.1.1.2; RSS Profile, 3.4; W3C validator, InvalidFullLink",
    everywhere="warning",
    psp1="error",
    rss="error",
)
def channel_link_invalid(channel: Channel) -> Hits:
    """The channel link is an absolute http or https URL.

    A feed has no address that a relative link could begin from: apps lead nowhere, or to another site.
    """
    for link in channel.all("link"):
        text = find_text(link)
        if leads_nowhere(text):
            yield link, f"the link {quote(text)} is no address of the web: write it whole, with https:// before it"


@rule(
    "channel",
    source="PSP-1, Required Channel Elements; RSS Profile, 5.1.1; W3C validator, MissingAtomSelfLink",
    psp1="error",
    rss="warning",
)
def channel_atom_self_missing(channel: Channel) -> Hits:
    """The channel has an atom:link with rel="self" that states the address of the feed.

    A copy of a feed, or one that has moved, is known again by it. PSP-1 requires it, RSS only recommends it.
    """
    if not find_links(channel, "self"):
        message = "the channel has no atom:link with rel='self', which PSP-1 requires: add one with the feed's address"
        yield channel.element, message


@rule("channel", source="RSS Profile, 5.1.1; W3C validator, MissingHref", everywhere="error")
def channel_atom_self_href_missing(channel: Channel) -> Hits:
    """The self link has an href.

    Without it the link says nothing.
    """
    for link in find_links(channel, "self"):
        if not find_href(link):
            yield link, "the self link has no href: add the address at which the feed is published"


@rule("channel", source="W3C validator, RelativeSelf; RSS Profile, 3.4", everywhere="error")
def channel_atom_self_relative(channel: Channel) -> Hits:
    """The href of the self link is a whole address.

    It is there for those who do not know where a feed comes from, and they cannot complete a relative one.
    """
    for link in find_links(channel, "self"):
        href = find_href(link)
        if leads_nowhere(href) and not _has_base(link):
            yield Attribute(link, "href"), f"the self link {quote(href)} is no whole address: write it with https://"


@rule("channel", source="W3C validator, SelfDoesntMatchLocation; RSS Profile, 5.1.1", everywhere="warning")
def channel_atom_self_mismatch(channel: Channel) -> Hits:
    """The self link equals the address at which the feed is published.

    Apps and hubs that follow the self link subscribe to another feed than the one that they were given.
    """
    url = channel.document.url
    for link in find_links(channel, "self")[:1]:
        href = find_href(link)
        if is_http(url) and is_http(href) and normalize(url) != normalize(href):
            yield (
                Attribute(link, "href"),
                f"the self link is {quote(href)}, but the feed stands at {quote(url)}: write that",
            )


@rule("channel", source="RSS Profile, 5.1.1; W3C validator, SelfNotAtom", everywhere="warning")
def channel_atom_self_type(channel: Channel) -> Hits:
    """The self link, if it has a type, has that of RSS, application/rss+xml.

    Programs that look for feeds pass over a link of another type.
    """
    for link in find_links(channel, "self"):
        written = find_attribute(link, "type")
        if written and not find_type_fault(written) and find_essence(written) != _TYPE:
            yield Attribute(link, "type"), f"the self link has the type {quote(written)}: write {_TYPE}"


@rule("channel", source="WebSub, 4; RSS Profile, 5.1.1", everywhere="warning")
def channel_atom_self_multiple(channel: Channel) -> Hits:
    """There is one self link.

    Of two addresses nobody knows which is the one to subscribe to.
    """
    for link in find_links(channel, "self")[1:]:
        yield link, f"{quote(find_href(link))} is a second self link: keep the one at which the feed is published"


@rule("channel", source="WebSub, 4", everywhere="error")
def channel_atom_hub_without_self(channel: Channel) -> Hits:
    """A feed with a hub also has a self link.

    Whoever wants to hear of new episodes tells the hub the self link. Without it the hub is of no use.
    """
    hubs = find_links(channel, "hub")
    if hubs and not find_links(channel, "self"):
        yield hubs[0], "the feed names a hub and no self link: add an atom:link with rel='self', subscribers need both"


@rule("channel", source="WebSub, 4; RSS Profile, 3.4", everywhere="error")
def channel_atom_hub_not_absolute(channel: Channel) -> Hits:
    """The href of a hub is an absolute http or https URL.

    Apps send their subscription there.
    """
    for link in find_links(channel, "hub"):
        href = find_href(link)
        if leads_nowhere(href):
            yield Attribute(link, "href"), f"the hub {quote(href)} is no address of the web: write it with https://"


def normalize(address: str) -> str:
    """An address as it is compared: scheme and host in lower case, no default port, no fragment, a path.

    >>> normalize("HTTPS://Example.org:443#top"), normalize("https://example.org/Feed?a=b")
    ('https://example.org/', 'https://example.org/Feed?a=b')
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    scheme = parts.scheme.lower()
    host = parts.netloc.lower().removesuffix(_PORTS.get(scheme, ":"))
    return f"{scheme}://{host}{parts.path or '/'}{'?' * bool(parts.query)}{parts.query}"


def _has_base(link: etree._Element) -> bool:
    """Say whether an xml:base makes a relative address whole (Atom, RFC 4287, section 2)."""
    return any(is_http(element.get(_BASE) or "") for element in (link, *link.iterancestors()))
