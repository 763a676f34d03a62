"""What a show says of itself: who may take it over, its guid, its licence, how to give money, and free texts."""

from __future__ import annotations

import re
import uuid

from lxml import etree

from feeds.rulebook.document import find_text
from feeds.rulebook.forms.emails import is_email
from feeds.rulebook.places import Attribute
from feeds.rulebook.podcast.fields import find_blank, find_malformed, find_missing, find_too_long, find_value
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Channel
from feeds.rulebook.wording import quote
from feeds.rules.channel.relations import find_href, find_links
from feeds.vocabulary import LICENSES

_LOCKED = "podcast namespace, tag locked"
_GUID = "podcast namespace, tag guid"
_TXT = "podcast namespace, tag txt"
_FUNDING = "podcast namespace, tag funding"
_LICENSE = "podcast namespace, tag license"

_UUID = re.compile(
    r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-(?P<version>[0-9A-Fa-f])[0-9A-Fa-f]{3}-(?P<variant>[0-9A-Fa-f])[0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}"
)
_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
_EXAMPLE = "bab2ba12-9757-5da6-a770-0e70e6bcf214"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_LONGEST_ADDRESS = 4096
_MOST_LINKS = 10
_LICENSE_BY_LOOK = {license.lower(): license for license in LICENSES}


@rule("channel", source="PSP-1, Recommended Channel Elements; podcast namespace, tag locked", psp1="info")
def podcast_locked_missing(channel: Channel) -> Hits:
    """The channel says with podcast:locked whether other hosts may import it.

    PSP-1 recommends it. With yes, nobody else can take the show over by importing its feed.
    """
    if "podcast:locked" not in channel:
        yield channel.element, "the channel has no podcast:locked: PSP-1 recommends to say yes or no"


@rule("<podcast:locked>", source=f"{_LOCKED}, Node Value", psp1="error", podcasting2="error")
def podcast_locked_invalid(element: etree._Element) -> Hits:
    """The text of podcast:locked is yes or no, in lower case.

    A host that reads anything else may let a stranger take the show over, or refuse it to its owner.
    """
    yield from find_blank(element, "write yes or no")
    yield from find_malformed(element, "")


@rule("<podcast:locked>", source=f"{_LOCKED}, Attributes", psp1="warning", podcasting2="warning")
def podcast_locked_owner_invalid(element: etree._Element) -> Hits:
    """The owner of podcast:locked, who need not be named, is an e-mail address.

    To it a host writes that is asked to import the show, to learn whether its owner wants that.
    """
    owner = find_value(element, "owner")
    if owner and not is_email(owner):
        yield (
            Attribute(element, "owner"),
            f"the owner of podcast:locked is {quote(owner)}: write an e-mail address alone",
        )


@rule("channel", source="PSP-1, Recommended Channel Elements; podcast namespace, tag guid", psp1="warning")
def podcast_guid_missing(channel: Channel) -> Hits:
    """The channel has podcast:guid.

    PSP-1 recommends it. By it apps and directories know a show again when its feed moves to another address.
    """
    if "podcast:guid" not in channel:
        yield channel.element, "the channel has no podcast:guid: PSP-1 recommends one, made once of the feed's address"


@rule("<podcast:guid>", source=f"{_GUID}, Node Value", psp1="error", podcasting2="error")
def podcast_guid_not_uuid(element: etree._Element) -> Hits:
    """podcast:guid is a UUID: 36 characters, of which four are hyphens.

    Directories take nothing else, so that the show is lost when its feed moves.
    """
    yield from find_blank(element, "write a UUID")
    guid = find_text(element)
    if guid and not _UUID.fullmatch(guid):
        message = f"podcast:guid is {quote(guid)}, which is no UUID: write 36 characters as in {_EXAMPLE}"
        yield element, message


@rule("<podcast:guid>", source=f"{_GUID}, Node Value", psp1="warning", podcasting2="warning")
def podcast_guid_not_v5(element: etree._Element) -> Hits:
    """podcast:guid is a UUID of version 5, which is made of the feed's address.

    One that is made at random comes out otherwise for every program that makes it, and does not match the one that
    directories have given to the show. One that has long been published is better kept.
    """
    match = _UUID.fullmatch(find_text(element))
    if match and (match["version"] != "5" or match["variant"] not in "89abAB"):
        said = f"version {match['version']}" if match["variant"] in "89abAB" else "no version of RFC 9562"
        yield (
            element,
            f"podcast:guid is a UUID of {said}, where 5 is asked for: if it is new, make it of the feed's address",
        )


@rule("<podcast:guid>", source=f"{_GUID}, Examples", podcasting2="info")
def podcast_guid_uppercase(element: etree._Element) -> Hits:
    """podcast:guid is written in lower case.

    Both are allowed, but programs that compare letter by letter take the two for different shows.
    """
    guid = find_text(element)
    if guid != guid.lower() and _UUID.fullmatch(guid):
        yield (
            element,
            f"podcast:guid is {quote(guid)}, where all examples are in lower case: better write it so if it is new",
        )


@rule("channel", source=_GUID, podcasting2="info")
def podcast_guid_derivation(channel: Channel) -> Hits:
    """A podcast:guid that is made of the feed's address is made as the page says.

    The address goes in without its scheme and without slashes at its end, under the namespace of podcasts. Only guids
    that another recipe makes of the present address are found: any other may be of an older address, and then is right.
    """
    element = channel.first("podcast:guid")
    guid = find_text(element).lower()
    if element is None or not _UUID.fullmatch(guid):
        return
    for address in _find_addresses(channel):
        right = str(uuid.uuid5(_NAMESPACE, _SCHEME.sub("", address, count=1).rstrip("/")))
        if guid == right:
            return
        if guid in _find_wrong_guids(address):
            message = f"podcast:guid was made of {quote(address)} in another way than the page says"
            yield element, f"{message}: if it is new, write {right}"
            return


def _find_addresses(channel: Channel) -> list[str]:
    """The addresses that the feed is known to have."""
    own = map(find_href, find_links(channel, "self")[:_MOST_LINKS])
    several = dict.fromkeys((channel.document.url.strip(), *own))
    return [address for address in several if address and address.isascii() and len(address) <= _LONGEST_ADDRESS]


def _find_wrong_guids(address: str) -> set[str]:
    """The guids that come of an address by the slips that people make."""
    bare = _SCHEME.sub("", address, count=1)
    seeds = (address, address.rstrip("/"), bare, bare.rstrip("/"), f"//{bare}")
    return {
        str(uuid.uuid5(namespace, seed))
        for namespace in (_NAMESPACE, uuid.NAMESPACE_URL, uuid.NAMESPACE_DNS)
        for seed in seeds
    }


@rule("<podcast:txt>", source=f"{_TXT}, Node Value", psp1="warning", podcasting2="warning")
def podcast_txt_blank(element: etree._Element) -> Hits:
    """podcast:txt has a text.

    It is there for that alone: a directory that has given a code looks for it.
    """
    yield from find_blank(element, "write one, or take the tag out")


@rule("<podcast:txt>", source=f"{_TXT}, Node Value; PSP-1, podcast:txt", psp1="warning", podcasting2="warning")
def podcast_txt_too_long(element: etree._Element) -> Hits:
    """podcast:txt has at most 4,000 characters.

    Directories cut a longer one, and a code that is cut verifies nothing.
    """
    yield from find_too_long(element, "", "podcast:txt")


@rule("<podcast:txt>", source=f"{_TXT}, Attributes; PSP-1, podcast:txt", psp1="warning", podcasting2="warning")
def podcast_txt_purpose_too_long(element: etree._Element) -> Hits:
    """The purpose of podcast:txt has at most 128 characters.

    It is a name, such as verify, or the domain of the service that shall find the text.
    """
    yield from find_too_long(element, "purpose", "the purpose of podcast:txt")


@rule("<podcast:txt>", source=f"{_TXT}, Purposes", psp1="warning", podcasting2="warning")
def podcast_txt_ai_content_invalid(element: etree._Element) -> Hits:
    """With the purpose ai-content, podcast:txt says true or false.

    By it apps mark shows that a machine has made; what else stands there, they pass over.
    """
    text = find_text(element)
    if text and find_value(element, "purpose") == "ai-content" and text not in ("true", "false"):
        yield element, f"podcast:txt with the purpose ai-content says {quote(text)}: write true or false"


@rule("<podcast:funding>", source=f"{_FUNDING}, Attributes; PSP-1, podcast:funding", psp1="error", podcasting2="error")
def podcast_funding_url_missing(element: etree._Element) -> Hits:
    """podcast:funding has the address where listeners can give.

    Without it apps show no button.
    """
    yield from find_missing(element, "url", "write the address of the page where listeners can give")


@rule(
    "<podcast:funding>", source=f"{_FUNDING}, Node Value; PSP-1, podcast:funding", psp1="warning", podcasting2="warning"
)
def podcast_funding_text_missing(element: etree._Element) -> Hits:
    """podcast:funding has a text for its link.

    It is what stands on the button; without it every app invents its own.
    """
    yield from find_blank(element, "write what shall stand on the button, such as Support the show")


@rule("<podcast:funding>", source=f"{_FUNDING}, Node Value", psp1="warning", podcasting2="warning")
def podcast_funding_text_too_long(element: etree._Element) -> Hits:
    """The text of podcast:funding has at most 128 characters.

    Directories cut a longer one, and it has to fit on a button.
    """
    yield from find_too_long(element, "", "the text of podcast:funding")


@rule("<podcast:license>", source=f"{_LICENSE}, Node Value", podcasting2="error")
def podcast_license_blank(element: etree._Element) -> Hits:
    """The text of podcast:license is a licence: its identifier, or a short name.

    An address alone tells apps nothing that they could show.
    """
    yield from find_blank(element, f"write one of {', '.join(LICENSES)}, or a name of your own with url")


@rule("<podcast:license>", source=f"{_LICENSE}, Attributes", podcasting2="error")
def podcast_license_unknown_without_url(element: etree._Element) -> Hits:
    """A licence that is not among the five that the namespace lists has the address of its text.

    Nobody can know what a name means that stands in no list.
    """
    text = find_text(element)
    if text and text.lower() not in _LICENSE_BY_LOOK and "url" not in element.attrib:
        message = f"podcast:license is {quote(text)}, which is none of {', '.join(LICENSES)}"
        yield element, f"{message}: add the address of its text as url"


@rule("<podcast:license>", source=f"{_LICENSE}, Node Value", podcasting2="warning")
def podcast_license_too_long(element: etree._Element) -> Hits:
    """The text of podcast:license has at most 128 characters.

    It is a name; the text of the licence stands at its address.
    """
    yield from find_too_long(element, "", "podcast:license")


@rule("<podcast:license>", source=f"{_LICENSE}, Node Value", podcasting2="info")
def podcast_license_case(element: etree._Element) -> Hits:
    """The identifier of a licence is written as in the list, or all in lower case.

    The page asks for lower case and has capitals in its examples, so most apps compare without regard to it.
    """
    text = find_text(element)
    listed = _LICENSE_BY_LOOK.get(text.lower())
    if listed and text not in (listed, text.lower()):
        yield element, f"podcast:license is {quote(text)}: {listed} is how the list writes it"
