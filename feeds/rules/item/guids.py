"""The guid, by which apps know an episode again."""

from __future__ import annotations

import re

from lxml import etree

from feeds.rulebook.document import find_text, is_blank
from feeds.rulebook.forms.urls import find_scheme, find_url_fault, is_absolute, is_http
from feeds.rulebook.places import Attribute
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Channel, Item
from feeds.rulebook.wording import quote

_PERMALINK = "isPermaLink"
_LONGEST = 740
_SHORT = 9
_FEW_DIGITS = re.compile(r"[0-9]{1,8}")
_NO_LINK = ("tag", "urn")


@rule(
    "item",
    source="PSP-1, Required Item Elements; Apple 823; W3C validator, MissingGuid",
    everywhere="warning",
    apple="error",
    psp1="error",
)
def item_guid_missing(item: Item) -> Hits:
    """An episode has a guid.

    Apps know an episode by its guid. Without one they take the address of the audio or the title in its place, and
    when that changes, every subscriber gets the episode again.
    """
    if "guid" not in item:
        yield item.element, "the item has no guid: give it one that never changes, such as a UUID"


@rule("<guid>", source="RSS 2.0, guid; W3C validator, NotBlank", everywhere="error")
def item_guid_blank(guid: etree._Element) -> Hits:
    """A guid is not empty.

    An empty guid is none, or worse, the same for every episode that has one.
    """
    if is_blank(guid):
        yield guid, "the guid is empty: give the episode one that never changes, such as a UUID"


@rule("channel", source="PSP-1, guid; Apple 4115; W3C validator, DuplicateValue; seen in gPodder", everywhere="error")
def item_guid_duplicate(channel: Channel) -> Hits:
    """No two items share a guid; guids are compared letter by letter.

    The second item with a guid is the same episode for every app: Apple does not process it, gPodder throws it away.
    """
    seen: dict[str, int] = {}
    for item in channel.items:
        if item.guid and seen.setdefault(item.guid, item.number) != item.number:
            place = item.element.find("guid")
            message = f"the guid {quote(item.guid)} is that of item {seen[item.guid]} as well: give each its own"
            yield place if place is not None else item.element, message


@rule("channel", source="PSP-1, guid; house, stores differ on letter case", everywhere="warning")
def item_guid_case_only_difference(channel: Channel) -> Hits:
    """No two guids differ in the case of their letters alone.

    Guids are told apart by case, but not every database does so: one of the two episodes is lost there.
    """
    seen: dict[str, tuple[str, int]] = {}
    for item in channel.items:
        if item.guid:
            other, number = seen.setdefault(item.guid.casefold(), (item.guid, item.number))
            if other != item.guid:
                place = item.element.find("guid")
                differs = f"differs from that of item {number} in letter case alone"
                message = f"the guid {quote(item.guid)} {differs}: give new ones a UUID"
                yield place if place is not None else item.element, message


@rule("item", "live", source="RSS Profile, 4.1.1.20; podcast namespace, other recommendations", everywhere="error")
def item_guid_multiple(item: Item) -> Hits:
    """An item has one guid.

    Of several, each app takes another one, and a change of host shows all episodes again.
    """
    for guid in item.all("guid")[1:]:
        yield guid, "the item has a guid already: keep the one that was published first"


@rule(
    "<guid>",
    source="RSS 2.0, guid; RSS Profile, 4.1.1.20.6; W3C validator, InvalidHttpGUID",
    rss="error",
    psp1="warning",
    apple="warning",
    podcasting2="warning",
    spotify="warning",
)
def item_guid_permalink_not_url(guid: etree._Element) -> Hits:
    """A guid that does not say isPermaLink="false" is an address on the web.

    RSS takes every other guid for the address of the episode's page. Readers make a link of it that leads nowhere.
    """
    text = find_text(guid)
    if not text or not _is_permalink(guid) or _is_urn(text):
        return
    wrong = "is no web address"
    if is_http(text):
        fault = find_url_fault(text).partition(": write")[0]
        wrong = f"is no address, since it {fault}" if fault else ""
    if wrong:
        yield guid, f'the guid {quote(text)} {wrong}: say isPermaLink="false", and keep the guid as it is'


@rule("<guid>", source="W3C validator, UriNotIri; RFC 3986, 2", rss="warning")
def item_guid_permalink_non_ascii(guid: etree._Element) -> Hits:
    """A guid that is an address holds no characters beyond ASCII.

    Readers that make a link of it encode such a character, each in its own way; compared with the guid it is another.
    """
    text = find_text(guid)
    if not text.isascii() and _is_permalink(guid) and is_http(text) and not find_url_fault(text):
        odd = next(character for character in text if not character.isascii())
        yield guid, f'the guid holds {odd!r}, and counts as an address: say isPermaLink="false", and keep it as it is'


@rule(
    "<guid>",
    source="W3C validator, InvalidPermalink; RSS 2.0, guid",
    rss="error",
    psp1="warning",
    apple="warning",
    podcasting2="warning",
    spotify="warning",
)
def item_guid_permalink_urn(guid: etree._Element) -> Hits:
    """A guid that begins with urn: or tag: says isPermaLink="false".

    Such a guid is a name, and no address: a reader that follows it finds nothing.
    """
    text = find_text(guid)
    if _is_permalink(guid) and _is_urn(text):
        yield guid, f'the guid {quote(text)} is a name and no address: say isPermaLink="false"'


@rule("<guid>", source="RSS 2.0, guid; W3C validator, InvalidBooleanAttribute", everywhere="warning", rss="error")
def item_guid_ispermalink_invalid(guid: etree._Element) -> Hits:
    """isPermaLink is true or false, and spelled with a capital L.

    Anything else counts as true for one reader and as false for the next.
    """
    for name, value in guid.attrib.items():
        if str(name) == _PERMALINK:
            if str(value).strip() not in ("true", "false"):
                yield Attribute(guid, _PERMALINK), f"isPermaLink is {quote(str(value))}: write true or false"
        elif str(name).lower() == _PERMALINK.lower():
            yield Attribute(guid, str(name)), f"the attribute {quote(str(name))} is written isPermaLink"


@rule("<guid>", source="W3C validator, NotSufficientlyUnique", everywhere="warning")
def item_guid_not_unique_enough(guid: etree._Element) -> Hits:
    """A guid is more than a short number.

    A guid is to be the only one of its kind in the world. A number counts up in every other podcast too.
    """
    text = find_text(guid)
    if _FEW_DIGITS.fullmatch(text) and not _is_permalink(guid):
        yield guid, f"the guid {quote(text)} is a short number: give new episodes a UUID, and leave published ones"


@rule("<guid>", source="Podcast Index aggregator, partytime.js", everywhere="warning")
def item_guid_too_long(guid: etree._Element) -> Hits:
    """A guid has at most 740 characters.

    The Podcast Index cuts what is longer, and takes two guids with the same beginning for one.
    """
    length = len(find_text(guid))
    if length > _LONGEST:
        yield guid, f"the guid has {length} characters, {_LONGEST} are kept: give new episodes a shorter one"


@rule("<guid>", source="podcast namespace, other recommendations", podcasting2="info")
def item_guid_form(guid: etree._Element) -> Hits:
    """The guid of a new episode is a URI or a UUID.

    Both are unique without anybody having to keep a list. A guid that is published stays as it is, whatever its form.
    """
    text = find_text(guid)
    if _is_permalink(guid) or is_absolute(text) or _FEW_DIGITS.fullmatch(text):
        return
    if text and (" " in text or len(text) < _SHORT):
        yield guid, f"the guid {quote(text)} could be somebody else's as well: give new episodes a UUID"


def _is_permalink(guid: etree._Element) -> bool:
    """It is one unless it says that it is none (RSS 2.0, guid); a slip of letter case does not make it one."""
    written = guid.get(_PERMALINK)
    if written in ("true", "false") or not guid.attrib:
        return written != "false"
    said = {str(name).lower(): str(value).strip().lower() for name, value in guid.attrib.items()}
    return said.get(_PERMALINK.lower(), "true") not in ("false", "no", "0")


def _is_urn(text: str) -> bool:
    return find_scheme(text) in _NO_LINK
