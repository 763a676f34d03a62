"""Addresses: their syntax, their schemes, and whether they mix http with https."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from feeds.rulebook.document import find_tag, is_in_item
from feeds.rulebook.forms.urls import (
    SCHEMES,
    find_private_host,
    find_scheme,
    find_url_fault,
    has_wrong_character,
    is_http,
)
from feeds.rulebook.places import Attribute
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.values import OF_THE_WEB
from feeds.rulebook.views import Channel, Value
from feeds.rulebook.wording import quote
from feeds.rules.channel.relations import find_links, find_relation

_CREDENTIALS = re.compile(r"https?://([^/?#@:]{0,200}:[^/?#@]{1,200}@)", re.IGNORECASE)
_ESCAPED_TWICE = re.compile(r"&(?:amp|#38|#x26);", re.IGNORECASE)
_WEB = ("http", "https", "")
_ART = find_tag("itunes:image")
_LOADED = frozenset(
    (
        ("podcast:chapters", "url"),
        ("podcast:image", "href"),
        ("podcast:license", "url"),
        ("podcast:remoteItem", "feedUrl"),
        ("podcast:trailer", "url"),
        ("podcast:transcript", "url"),
    )
)


@rule("url", source="RSS Profile, 3.4; RSS 2.0; W3C validator, InvalidFullLink", everywhere="error")
def feed_url_not_absolute(value: Value) -> Hits:
    """An address is whole: it begins with a scheme that is registered, such as https.

    A feed is read far from its site. Apps have nothing that a relative address could be completed with.
    """
    text = value.text.strip()
    scheme = find_scheme(text)
    if (scheme and scheme in SCHEMES) or not text or _is_judged_elsewhere(value) or find_url_fault(text):
        return
    if scheme:
        remedy = "write https" if scheme.startswith("h") else "write an address of https"
        yield value.place, f"{value.title} is {quote(text)}, and {scheme}: is no registered scheme: {remedy}"
    else:
        yield value.place, f"{value.title} is {quote(text)}, which is relative: write it whole, with https://"


@rule("url", source="podcast namespace, Podcast Tags; Podlove Simple Chapters; RFC 9110, 4.2", everywhere="error")
def feed_url_not_web(value: Value) -> Hits:
    """The address of a file or page that apps load is one of http or https.

    Apps load a transcript, chapters, a picture, a trailer or another feed over the web, and know no other way. Where
    somebody gives money or finds an account may be elsewhere.
    """
    if (value.name, value.attribute) in _LOADED and not is_http(value.text) and not find_url_fault(value.text.strip()):
        scheme = find_scheme(value.text.strip())
        if scheme in SCHEMES and scheme not in _WEB:
            yield value.place, f"{value.title} is {quote(value.text)}, which apps do not load: write one with https"


@rule("url", source="RFC 3986; W3C validator, InvalidUriChar", everywhere="error")
def feed_url_invalid(value: Value) -> Hits:
    """An address obeys the syntax of RFC 3986.

    A space or another character that has to be encoded ends it for some apps, and others do not load it at all.
    """
    fault = find_url_fault(value.text.strip()) if value.text.strip() else ""
    if fault and (has_wrong_character(value.text) or not _is_judged_elsewhere(value)):
        yield value.place, f"{value.title} is {quote(value.text)}, which {fault}"


@rule("url", source="RFC 3986, 3.4; RSS Profile, 3.1", everywhere="warning")
def feed_url_escaped_twice(value: Value) -> Hits:
    """An address holds & and not &amp; once the feed is read.

    &amp;amp; in the file is &amp; in the address: the server gets a parameter of another name than it expects.
    """
    if "&" in value.text and (twice := _ESCAPED_TWICE.search(value.text)):
        yield value.place, f"{value.title} holds {quote(twice[0])}: write & escaped once, and as it is in CDATA"


@rule("url", source="Apple 823; RFC 1918, 3; RFC 6761, 6.3", everywhere="warning")
def feed_url_private(value: Value) -> Hits:
    """An address leads to a server that everybody can reach.

    One such as localhost or 192.168.1.5 is another machine for every listener, or none.
    """
    if value.name != "enclosure" and (host := find_private_host(value.text)):
        yield (
            value.place,
            f"{value.title} leads to {host!r}, which exists in your own network alone: write a public one",
        )


@rule("url", source="RFC 3986, 3.2.1; RFC 9110, 4.2.4", everywhere="warning")
def feed_url_credentials(value: Value) -> Hits:
    """An address of the web holds no password.

    A feed is public, so whoever reads it has them, and browsers and apps refuse or drop them.
    """
    if "@" in value.text and (match := _CREDENTIALS.match(value.text.strip())):
        yield value.place, f"{value.title} holds the password of somebody, {quote(match[1])}: take it out of the feed"


@rule("url", source="RSS Profile, 3.4; Apple 823; W3C validator, UriNotIri", everywhere="warning")
def feed_url_non_ascii(value: Value) -> Hits:
    """An address is ASCII: other characters are percent-encoded, and a host is written in Punycode.

    Apps and download services encode other characters in different ways, or not at all.
    """
    if not value.text.isascii() and value.name != "enclosure" and not find_url_fault(value.text.strip()):
        odd = next(character for character in value.text if not character.isascii())
        encoded = "".join(f"%{byte:02X}" for byte in odd.encode("utf-8", "replace"))
        yield value.place, f"{value.title} is {quote(value.text)}: write {encoded} for {odd}, in a host Punycode"


@rule("url", source="podcast namespace, Podcast Tags", podcasting2="warning")
def feed_url_not_https(value: Value) -> Hits:
    """Addresses of pages and files in podcast tags are https.

    The namespace asks for it, and browsers do not load http into a page of https.
    """
    if value.name.startswith("podcast:") and value.text.lstrip()[:7].lower() == "http://":
        yield value.place, f"{value.title} is {quote(value.text)}: write https, if the server has it"


@rule("channel", source="podcast namespace, Podcasting 2.0 Step 2", podcasting2="warning")
def feed_url_mixed_scheme(channel: Channel) -> Hits:
    """A feed that has https has it everywhere: feed, artwork and media alike.

    A player in a browser shows a page of https, and the browser does not load http into it.
    """
    plain, secure = [], 0
    for element, name in _find_loaded(channel):
        scheme = (element.get(name) or "").lstrip()[:8].lower()
        if scheme == "https://":
            secure += 1
        elif scheme.startswith("http://"):
            plain.append((element, name))
    if secure:
        for element, name in plain:
            message = "is http in a feed that has https: players in a browser do not load it"
            yield Attribute(element, name), f"{quote(element.get(name) or '')} {message}"


def _find_loaded(channel: Channel) -> Iterator[tuple[etree._Element, str]]:
    """What a player loads, with the attribute that has its address."""
    for link in find_links(channel, "self"):
        yield link, "href"
    for image in channel.all("itunes:image"):
        yield image, "href"
    for item in channel.items:
        for enclosure in item.element.iterchildren("enclosure", _ART):
            yield enclosure, "href" if enclosure.tag == _ART else "url"


def _is_judged_elsewhere(value: Value) -> bool:
    """Say whether a rule of its own finds that the address leads nowhere on the web."""
    if (value.name, value.attribute) not in OF_THE_WEB or is_http(value.text):
        return False
    if value.name == "atom:link":
        return find_relation(value.element) in ("self", "hub")
    if value.name == "link" and is_in_item(value.element):
        return find_scheme(value.text) in _WEB
    return True
