"""The links and pictures in show notes."""

from __future__ import annotations

from collections.abc import Iterator

from feeds.rulebook.forms.html import parse_markup
from feeds.rulebook.forms.urls import find_scheme, find_url_fault
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Value
from feeds.rulebook.wording import quote

_ADDRESSES = frozenset(
    (("a", "href"), ("area", "href"), ("img", "src"), ("audio", "src"), ("video", "src"), ("source", "src"))
)
_HTTP = "http://"


@rule("html", source="RSS Profile, 4.1.1.20.4; W3C validator, ContainsRelRef", everywhere="warning")
def item_description_relative_url(value: Value) -> Hits:
    """Links and pictures in notes have whole addresses.

    Notes are read in an app, far from the site that a relative address begins from: the link leads nowhere.
    """
    for name, address in _find_addresses(value):
        if not find_scheme(address):
            found = f"leads to {quote(address)}" if address else "is empty"
            yield value.place, f"in {value.title} the {name} of a tag {found}: write the whole address, with https://"
            return


@rule("html", source="RFC 3986; W3C validator, InvalidUriChar", everywhere="warning")
def item_description_url_invalid(value: Value) -> Hits:
    """Links and pictures in notes have addresses that obey RFC 3986.

    A space or a missing host breaks the link in one app or other.
    """
    for name, address in _find_addresses(value):
        if find_scheme(address) and (fault := find_url_fault(address)):
            yield value.place, f"in {value.title} the {name} {quote(address)} {fault}"
            return


@rule("html", source="house, hosts tell what Spotify shows; Spotify delivery", spotify="info")
def item_description_http_link(value: Value) -> Hits:
    """Links in notes are https.

    Spotify shows others as text.
    """
    for name, address in _find_addresses(value):
        if name == "href" and address[: len(_HTTP)].lower() == _HTTP:
            yield value.place, f"in {value.title} a link leads to {quote(address)}: write https, if the site has it"
            return


def _find_addresses(value: Value) -> Iterator[tuple[str, str]]:
    """Each address in the markup, with the name of the attribute that has it."""
    if "<" in value.text:
        for tag in parse_markup(value.text).tags:
            for name, address in tag.attributes:
                if (tag.name, name) in _ADDRESSES:
                    yield name, address
