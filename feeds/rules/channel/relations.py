"""What an atom:link is for: its relation, its other attributes, and the links between the pages of a long feed."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from feeds.rulebook.document import find_attribute, find_parent_name
from feeds.rulebook.forms.languages import find_language_fault
from feeds.rulebook.forms.numbers import is_whole
from feeds.rulebook.forms.types import find_type_fault
from feeds.rulebook.forms.urls import is_absolute
from feeds.rulebook.places import Attribute
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Channel
from feeds.rulebook.wording import quote

RELATIONS = frozenset(
    "about acl alternate amphtml appendix apple-touch-icon apple-touch-startup-image archives author blocked-by "
    "bookmark canonical chapter cite-as collection contents convertedFrom copyright create-form current describedby "
    "describes disclosure dns-prefetch duplicate edit edit-form edit-media enclosure external first glossary help "
    "hosts hub icon index intervalAfter intervalBefore intervalContains intervalDisjoint intervalDuring "
    "intervalEquals intervalFinishedBy intervalFinishes intervalIn intervalMeets intervalMetBy intervalOverlappedBy "
    "intervalOverlaps intervalStartedBy intervalStarts item last latest-version license linkset lrdd manifest "
    "mask-icon me media-feed memento micropub modulepreload monitor monitor-group next next-archive nofollow noopener "
    "noreferrer opener openid2.local_id openid2.provider original p3pv1 payment pingback preconnect "
    "predecessor-version prefetch preload prerender prev prev-archive preview previous privacy-policy profile "
    "publication related replies restconf ruleinput search section self service service-desc service-doc "
    "service-meta sip-trunking-capability sponsored start status stylesheet subsection successor-version sunset tag "
    "terms-of-service timegate timemap type ugc up version-history via webmention working-copy working-copy-of".split()
)
"""The link relations that IANA registers."""

_PREFIX = "http://www.iana.org/assignments/relation/"
_PAGING = frozenset(("first", "last", "next", "prev", "previous", "current", "next-archive", "prev-archive"))
_ARCHIVE = _PAGING - {"current"}


@rule("<atom:link>", source="W3C validator, MissingHref; Atom, 4.2.7.1", everywhere="error")
def channel_atom_link_href_missing(link: etree._Element) -> Hits:
    """An atom:link has an href, in the channel and in items.

    A link without an address leads nowhere; text inside of the element is not read.
    """
    if not find_href(link) and not (find_relation(link) == "self" and find_parent_name(link) == "channel"):
        yield link, f"the atom:link with rel={quote(find_relation(link))} has no href: add the address"


@rule("<atom:link>", source="W3C validator, AtomLinkNotEmpty; Atom, 4.2.7", everywhere="warning")
def channel_atom_link_not_empty(link: etree._Element) -> Hits:
    """An atom:link has no text and no elements in it.

    Everything about it stands in its attributes; what stands inside is read by nobody.
    """
    if (link.text or "").strip() or len(link):
        yield link, f"the atom:link holds {quote(link.text or '<…>')}: close it at once and write the address as href"


@rule("<atom:link>", source="W3C validator, UnregisteredAtomLinkRel; Atom, 4.2.7.2", everywhere="info", rss="warning")
def channel_atom_link_rel_unregistered(link: etree._Element) -> Hits:
    """The rel of an atom:link is one name that IANA registers, or an absolute URI.

    Programs pass over a relation that they do not know. Without a rel the link is one to the page of the show.
    """
    rel = link.get("rel")
    if rel is None:
        return
    name = rel.strip().removeprefix(_PREFIX)
    if not name:
        yield Attribute(link, "rel"), "the rel of the atom:link is empty: write what it leads to, such as self"
    elif name.lower() in RELATIONS and name not in RELATIONS:
        yield Attribute(link, "rel"), f"the rel of the atom:link is {quote(rel)}: write {quote(name.lower())}"
    elif name not in RELATIONS and not is_absolute(name):
        message = "which is no registered relation: write one such as self, hub, alternate, or a URI of your own"
        yield Attribute(link, "rel"), f"the rel of the atom:link is {quote(rel)}, {message}"


@rule("<atom:link>", source="Atom, 4.2.7; W3C validator, InvalidMIMEType", everywhere="warning", rss="error")
def channel_atom_link_attribute_invalid(link: etree._Element) -> Hits:
    """The type, length, hreflang and title of an atom:link, where they are there, have their forms.

    Programs choose a link by what they say.
    """
    attributes = {name: link.get(name, "") for name in ("type", "length", "hreflang", "title") if name in link.attrib}
    if "type" in attributes and (fault := find_type_fault(attributes["type"].strip())):
        yield Attribute(link, "type"), f"the type of the atom:link, {quote(attributes['type'])}, {fault}"
    if "length" in attributes and not is_whole(attributes["length"].strip()):
        yield Attribute(link, "length"), f"the length {quote(attributes['length'])} is no number: write the bytes"
    if "hreflang" in attributes and (fault := find_language_fault(attributes["hreflang"].strip())):
        yield Attribute(link, "hreflang"), f"the hreflang {quote(attributes['hreflang'])} {fault}"
    if "title" in attributes and not attributes["title"].strip():
        yield Attribute(link, "title"), "the title of the atom:link is empty: write one, or leave it out"


@rule("<atom:link>", source="W3C validator, FeedHistoryRelInEntry; RFC 5005, 3", everywhere="warning")
def channel_paging_link_in_item(link: etree._Element) -> Hits:
    """Links between the pages of a feed stand in the channel, not in an item.

    Apps look for further pages in the channel alone. Whatever is on them stays unheard.
    """
    if find_parent_name(link) == "item" and find_relation(link) in _PAGING:
        relation = find_relation(link)
        yield link, f"an item has an atom:link with rel={quote(relation)}: move it to the channel"


@rule("channel", source="W3C validator, FeedRelInCompleteFeed; RFC 5005, 2", everywhere="warning", rss="error")
def channel_paging_complete_with_archive_links(channel: Channel) -> Hits:
    """A feed that says it is complete has no links to further pages.

    fh:complete says that everything stands in this document; an app that believes it deletes what stands elsewhere.
    """
    if "fh:complete" in channel:
        for link in channel.all("atom:link"):
            if find_relation(link) in _ARCHIVE:
                relation = find_relation(link)
                yield link, f"a feed with fh:complete links to its {quote(relation)} page: leave out one of the two"


@rule("channel", source="W3C validator, CurrentNotSelfInCompleteFeed; RFC 5005, 2", everywhere="warning", rss="error")
def channel_paging_complete_current_not_self(channel: Channel) -> Hits:
    """In a feed that says it is complete, a link to the current feed is that of the feed itself.

    Where everything stands in one document there is no other that could be current.
    """
    home = find_address(channel, "self")
    if "fh:complete" in channel and home:
        for link in find_links(channel, "current"):
            href = find_href(link)
            if href != home:
                yield (
                    Attribute(link, "href"),
                    f"the current feed is {quote(href)}, the feed itself {quote(home)}: write that",
                )


@rule("channel", source="W3C validator, MissingCurrentInArchive; RFC 5005, 4", everywhere="warning")
def channel_paging_archive_without_current(channel: Channel) -> Hits:
    """A page of an archive links to the current feed.

    Whoever comes to an old page would stay with it, and never hear of a new episode.
    """
    archive = channel.first("fh:archive")
    if archive is not None and not find_links(channel, "current"):
        yield archive, "a page of an archive has no link to the feed: add an atom:link with rel='current'"


@rule("channel", source="RFC 5005, 3; podcast namespace, other recommendations", everywhere="error")
def channel_paging_loop(channel: Channel) -> Hits:
    """The next page is another one than this, and than the one before.

    An app that follows next from page to page would never come to an end.
    """
    home = find_address(channel, "self")
    before = {find_address(channel, "prev"), find_address(channel, "previous")} - {""}
    for relation in ("next", "prev", "previous", "next-archive", "prev-archive"):
        for link in find_links(channel, relation):
            href = find_href(link)
            if href and href == home:
                yield Attribute(link, "href"), f"the {relation} page is this one: name another, or leave the link out"
            elif relation == "next" and href in before:
                yield (
                    Attribute(link, "href"),
                    "the next page is the one before as well: name another for one of the two",
                )


@rule("channel", source="RFC 5005, 3; podcast namespace, other recommendations", everywhere="info")
def channel_paging_prev_name(channel: Channel) -> Hits:
    """The page before this one is named once, as prev or as previous.

    RFC 5005 names the relation previous, podcast feeds write prev, and readers accept either. Where both are there and
    differ, each reader goes another way.
    """
    other = find_address(channel, "prev")
    for link in find_links(channel, "previous"):
        href = find_href(link)
        if href and other and href != other:
            yield Attribute(link, "href"), f"previous is {quote(href)} and prev {quote(other)}: write the same in both"


def find_relation(link: etree._Element) -> str:
    """The relation of an atom:link in lower case; without a rel it is alternate (RFC 4287, section 4.2.7.2)."""
    rel = link.get("rel")
    return "alternate" if rel is None else rel.strip().removeprefix(_PREFIX).lower()


def find_href(link: etree._Element) -> str:
    """The href of an atom:link without white space around it, "" if it has none."""
    return find_attribute(link, "href")


def find_links(channel: Channel, relation: str) -> Sequence[etree._Element]:
    """The atom:links of a channel that have a relation."""
    return [link for link in channel.all("atom:link") if find_relation(link) == relation]


def find_address(channel: Channel, relation: str) -> str:
    """The address of the first atom:link that has a relation, "" if there is none."""
    return next((find_href(link) for link in find_links(channel, relation)), "")
