"""Where listeners talk: comments under a post, and chats."""

from __future__ import annotations

import re

from lxml import etree

from feeds.rulebook.document import find_attribute, find_missing_names, find_text
from feeds.rulebook.forms.numbers import is_whole
from feeds.rulebook.forms.urls import find_scheme, find_url_fault
from feeds.rulebook.places import Attribute
from feeds.rulebook.podcast.tags import TAGS
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Parts
from feeds.rulebook.wording import format_names, quote

_SOCIAL = "podcast:socialInteract"
_DISABLED = "disabled"
_NETWORKS = TAGS[_SOCIAL].fields["protocol"].words
_CHATS = TAGS["podcast:chat"].fields["protocol"].words
_LABEL = r"[A-Za-z0-9\u0080-\uffff](?:[A-Za-z0-9\u0080-\uffff-]{0,61}[A-Za-z0-9\u0080-\uffff])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})+\.?")
_LONGEST_HOST = 254


@rule("<podcast:socialInteract>", source="podcast namespace, tag social-interact", podcasting2="error")
def podcast_social_interact_protocol_invalid(social: etree._Element) -> Hits:
    """The protocol of podcast:socialInteract is one of the namespace's list.

    By the protocol an app knows how to fetch the comments; of one that it does not know it shows none.
    """
    protocol = find_attribute(social, "protocol")
    if not protocol:
        yield social, f"podcast:socialInteract has no protocol: write one of {', '.join(_NETWORKS)}"
    elif protocol not in _NETWORKS:
        message = f"the protocol {quote(protocol)} is not on the list: write one of {', '.join(_NETWORKS)}"
        yield Attribute(social, "protocol"), message


@rule("<podcast:socialInteract>", source="podcast namespace, tag social-interact", podcasting2="error")
def podcast_social_interact_uri_missing(social: etree._Element) -> Hits:
    """A podcast:socialInteract has a uri, unless its protocol is disabled.

    The uri is the post under which listeners comment.
    """
    if find_missing_names(social, "uri") and find_attribute(social, "protocol") != _DISABLED:
        yield social, "podcast:socialInteract has no uri: give the address of the post under which listeners comment"


@rule("<podcast:socialInteract>", source="podcast namespace, tag social-interact; RFC 3986", podcasting2="error")
def podcast_social_interact_uri_invalid(social: etree._Element) -> Hits:
    """The uri of podcast:socialInteract is an absolute URI, of whatever scheme its network has.

    An app has nothing to complete a relative one with.
    """
    uri = find_attribute(social, "uri")
    if not uri or find_attribute(social, "protocol") == _DISABLED:
        return
    scheme = find_scheme(uri)
    if not scheme:
        yield Attribute(social, "uri"), f"the uri {quote(uri)} has no scheme: write the whole address of the post"
    elif scheme != "at" and (fault := find_url_fault(uri)):  # at: has hosts of a form that RFC 3986 does not know
        yield Attribute(social, "uri"), f"the uri {quote(uri)} {fault}"


@rule("<podcast:socialInteract>", source="podcast namespace, tag social-interact", podcasting2="error")
def podcast_social_interact_disabled(social: etree._Element) -> Hits:
    """A podcast:socialInteract with the protocol disabled has no other attribute and no text.

    It says that comments are not wanted; anything beside it says otherwise.
    """
    if find_attribute(social, "protocol") != _DISABLED:
        return
    others = tuple(name for name in map(str, social.keys()) if name != "protocol")
    if others:
        yield Attribute(social, others[0]), f"comments are disabled, but {format_names(others)} is given: leave it out"
    if find_text(social):
        yield social, f"comments are disabled, but there is the text {quote(find_text(social))}: leave it out"


@rule("channel", "item", "live", source="podcast namespace, tag social-interact", podcasting2="warning")
def podcast_social_interact_contradiction(parts: Parts) -> Hits:
    """Where comments are disabled there is no other podcast:socialInteract.

    An app cannot both show comments and not show them.
    """
    several = parts.all(_SOCIAL)
    if len(several) > 1:
        disabled = [social for social in several if find_attribute(social, "protocol") == _DISABLED]
        if disabled and len(disabled) < len(several):
            yield disabled[0], "comments are disabled here, and there is a post for them as well: keep one of the two"


@rule("channel", "item", "live", source="podcast namespace, tag social-interact", podcasting2="warning")
def podcast_social_interact_priority(parts: Parts) -> Hits:
    """Where there are several podcast:socialInteract, each has a whole number as its priority.

    The lowest is shown first; without numbers every app picks for itself.
    """
    several = [social for social in parts.all(_SOCIAL) if find_attribute(social, "protocol") != _DISABLED]
    for social in several:
        priority = find_attribute(social, "priority")
        if priority and not is_whole(priority):
            yield Attribute(social, "priority"), f"the priority is {quote(priority)}: write a whole number, such as 1"
        elif "priority" not in social.attrib and len(several) > 1:
            yield social, "there are several podcast:socialInteract, and this has no priority: number them from 1"


@rule("<podcast:chat>", source="podcast namespace, tag chat", podcasting2="error")
def podcast_chat_incomplete(chat: etree._Element) -> Hits:
    """A podcast:chat has a server and a protocol.

    Without both no app can enter the chat.
    """
    if missing := find_missing_names(chat, "server", "protocol"):
        yield chat, f"podcast:chat has no {format_names(missing)}: give the host and one of {', '.join(_CHATS)}"


@rule("<podcast:chat>", source="podcast namespace, tag chat", podcasting2="warning")
def podcast_chat_protocol_unknown(chat: etree._Element) -> Hits:
    """The protocol of podcast:chat is irc, xmpp, nostr or matrix.

    An app that does not know the protocol does not offer the chat.
    """
    protocol = find_attribute(chat, "protocol")
    if protocol and protocol not in _CHATS:
        yield Attribute(chat, "protocol"), f"the protocol is {quote(protocol)}: write one of {', '.join(_CHATS)}"


@rule("<podcast:chat>", source="podcast namespace, tag chat", podcasting2="warning")
def podcast_chat_server_invalid(chat: etree._Element) -> Hits:
    """The server of podcast:chat is the name of a host, with no scheme, port or path.

    Apps put together the address from it as the protocol asks.
    """
    server = find_attribute(chat, "server")
    if server and (len(server) > _LONGEST_HOST or not _HOST.fullmatch(server)):
        yield Attribute(chat, "server"), f"the server is {quote(server)}: write the host alone, such as irc.example.org"


@rule("<podcast:chat>", source="podcast namespace, tag chat", podcasting2="info")
def podcast_chat_account_missing(chat: etree._Element) -> Hits:
    """A podcast:chat names the account of the podcaster.

    Listeners see by it who in the chat is the host.
    """
    if "accountId" not in chat.attrib:
        yield chat, "podcast:chat has no accountId: it may name your account, so that listeners know you"
