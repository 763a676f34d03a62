"""The enclosure: the file that a listener hears."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

from feeds.media_types import APPLE_TYPES
from feeds.rulebook.document import find_attribute, find_parent_name, find_text
from feeds.rulebook.forms.numbers import is_whole
from feeds.rulebook.forms.types import find_essence, find_type_fault
from feeds.rulebook.forms.urls import find_private_host, is_http, leads_nowhere
from feeds.rulebook.places import Attribute
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Channel, Item
from feeds.rulebook.wording import quote

_ON = "<enclosure>"
_FAMILIES = {
    ".mp3": (
        "audio/mpeg",
        "audio/mp3",
        "audio/x-mp3",
        "audio/mpeg3",
        "audio/x-mpeg",
        "audio/mpg",
        "audio/x-mpg",
        "audio/mpeg-3",
        "audio/x-mpeg-3",
    ),
    ".m4a": ("audio/x-m4a", "audio/m4a", "audio/mp4", "audio/aac", "audio/mp4a-latm", "audio/aacp"),
    ".m4b": ("audio/mp4", "audio/x-m4b", "audio/x-m4a", "audio/m4a", "audio/m4b"),
    ".mp4": ("video/mp4", "audio/mp4", "video/x-mp4", "audio/m4a", "audio/x-m4a"),
    ".m4v": ("video/x-m4v", "video/m4v", "video/mp4"),
    ".mov": ("video/quicktime",),
    ".pdf": ("application/pdf",),
    ".ogg": ("audio/ogg", "application/ogg", "video/ogg", "audio/vorbis", "audio/opus"),
    ".oga": ("audio/ogg", "application/ogg"),
    ".opus": ("audio/ogg", "audio/opus", "application/ogg"),
    ".wav": ("audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave"),
    ".flac": ("audio/flac", "audio/x-flac"),
    ".aac": ("audio/aac", "audio/x-aac", "audio/aacp"),
    ".webm": ("video/webm", "audio/webm"),
    ".jpg": ("image/jpeg",),
    ".png": ("image/png",),
}
"""The media types that name the format of a file ending, the first being the one to write."""

_APPLE_ENDINGS = (".mp3", ".m4a", ".mp4", ".m4v", ".mov", ".pdf")
_ENDING = re.compile(r"[^?#]*/[^/?#]*(\.[A-Za-z0-9]{1,12})(?:[?#]|\Z)")


@rule(
    "item",
    source="PSP-1, Required Item Elements; Apple guide, enclosure",
    psp1="error",
    apple="error",
    spotify="error",
    podcasting2="error",
    rss="info",
)
def item_enclosure_missing(item: Item) -> Hits:
    """An episode has an enclosure.

    Podcast apps pass over an item without one: there is nothing to play.
    """
    if "enclosure" not in item:
        message = "the item has no enclosure: Apple and PSP-1 require one, for RSS alone it may be without"
        yield item.element, message


@rule("item", "live", source="RSS Profile, 4.1.1.20.5; W3C validator, DuplicateEnclosure", everywhere="warning")
def item_enclosure_multiple(item: Item) -> Hits:
    """An item has one enclosure only.

    Most apps take the first and some the last; other renderings belong into podcast:alternateEnclosure.
    """
    for enclosure in item.all("enclosure")[1:]:
        yield enclosure, "the item has an enclosure already: put another rendering into podcast:alternateEnclosure"


@rule(_ON, source="RSS 2.0, enclosure; PSP-1, enclosure", everywhere="error")
def item_enclosure_url_missing(enclosure: etree._Element) -> Hits:
    """An enclosure has a url.

    Without the address there is nothing to play.
    """
    if not find_attribute(enclosure, "url"):
        yield enclosure, "the enclosure has no url: write the address of the audio file"


@rule(_ON, source="RSS 2.0, enclosure; W3C validator, InvalidURLAttribute", everywhere="error")
def item_enclosure_url_not_http(enclosure: etree._Element) -> Hits:
    """The url of an enclosure is absolute, http or https.

    Apps do not know where a relative address begins, and download over nothing but http and https.
    """
    url = find_attribute(enclosure, "url")
    if leads_nowhere(url):
        yield Attribute(enclosure, "url"), f"the url {quote(url)} is no address of http or https: write it in full"


@rule(_ON, source="Apple 823; RFC 1918, 3; RFC 6761, 6.3", everywhere="error")
def item_enclosure_url_private(enclosure: etree._Element) -> Hits:
    """The url of an enclosure leads to a server that everybody can reach.

    An address such as localhost or 192.168.1.5 is another machine for every listener, or none.
    """
    if host := find_private_host(find_attribute(enclosure, "url")):
        message = f"the host {host!r} exists in your own network alone: write the address that listeners can reach"
        yield Attribute(enclosure, "url"), message


@rule(_ON, source="Apple 823; RSS Profile, 3.4", apple="warning", psp1="warning", rss="warning")
def item_enclosure_url_non_ascii(enclosure: etree._Element) -> Hits:
    """The address of the audio is plain ASCII.

    Apple asks for letters and digits of ASCII in the names of files; other characters break in some player or other.
    """
    url = enclosure.get("url") or ""
    if not url.isascii():
        foreign = next(character for character in url if not character.isascii())
        yield Attribute(enclosure, "url"), f"the url holds {foreign!r}: name the file with letters and digits of ASCII"


@rule(_ON, source="RSS 2.0, enclosure; PSP-1, enclosure; W3C validator, MissingAttribute", everywhere="error")
def item_enclosure_length_missing(enclosure: etree._Element) -> Hits:
    """An enclosure has a length.

    Apps show the size of a download from it, and some need it to resume one.
    """
    if not find_attribute(enclosure, "length"):
        yield enclosure, "the enclosure has no length: write the size of the file in bytes"


@rule(_ON, source="RSS 2.0, enclosure; W3C validator, InvalidIntegerAttribute", everywhere="error")
def item_enclosure_length_invalid(enclosure: etree._Element) -> Hits:
    """The length of an enclosure is a whole number of bytes, without sign, unit or separator.

    A reader that does not find a number takes 0, or refuses the item.
    """
    length = find_attribute(enclosure, "length")
    if length and not is_whole(length) and length != "-1":
        yield Attribute(enclosure, "length"), f"the length is {quote(length)}: write the bytes of the file as digits"


@rule(_ON, source="RSS Profile, 4.1.1.20.5; W3C validator, UseZeroForUnknown", everywhere="warning")
def item_enclosure_length_zero(enclosure: etree._Element) -> Hits:
    """The length of an enclosure is the real size of the file.

    Apps show 0 bytes, or no progress of the download. Zero is for a size that cannot be known, such as that of a live
    stream, and -1 is wrong.
    """
    length = find_attribute(enclosure, "length")
    zero = bool(length) and not length.strip("0")
    if length == "-1" or (zero and find_parent_name(enclosure) != "podcast:liveItem"):
        yield Attribute(enclosure, "length"), f"the length is {length[:20]}: write the bytes of the file"


@rule(_ON, source="RSS 2.0, enclosure; PSP-1, enclosure", everywhere="error")
def item_enclosure_type_missing(enclosure: etree._Element) -> Hits:
    """An enclosure has a type.

    Apps decide by it whether they can play the file at all.
    """
    if not find_attribute(enclosure, "type"):
        yield enclosure, "the enclosure has no type: write the media type, such as audio/mpeg"


@rule(_ON, source="RSS 2.0, enclosure; W3C validator, InvalidMIMEAttribute", everywhere="error")
def item_enclosure_type_invalid(enclosure: etree._Element) -> Hits:
    """The type of an enclosure is a media type.

    Apps do not download what they cannot name.
    """
    type = find_attribute(enclosure, "type")
    if type and (fault := find_type_fault(type)):
        yield Attribute(enclosure, "type"), f"the type {quote(type)} {fault}"


@rule(
    _ON,
    source="Apple guide, enclosure; PSP-1, enclosure",
    apple="warning",
    psp1="warning",
)
def item_enclosure_type_unsupported(enclosure: etree._Element) -> Hits:
    """The type of an enclosure is one that Apple or PSP-1 names.

    Apple plays audio/mpeg, audio/x-m4a, video/mp4, video/x-m4v, video/quicktime and application/pdf; PSP-1 spells two
    of them audio/m4a and video/m4v. Other formats play in other apps alone.
    """
    type = find_attribute(enclosure, "type")
    if type and not find_type_fault(type) and find_essence(type) not in APPLE_TYPES and not _contradicts(enclosure):
        message = f"the type {quote(type)} is none that Apple and PSP-1 name: offer audio/mpeg, and this one beside it"
        if find_essence(type) in _FAMILIES[".mp3"]:
            message = f"the type {quote(type)} is registered as audio/mpeg: write that"
        yield Attribute(enclosure, "type"), message


@rule(_ON, source="Apple guide, enclosure; W3C validator, UnsupportedItunesFormat", apple="warning")
def item_enclosure_extension_unsupported(enclosure: etree._Element) -> Hits:
    """The name of the audio file ends in .mp3, .m4a, .mp4, .m4v, .mov or .pdf.

    Apple decides by the ending of the path; what follows a question mark is not part of it.
    """
    url = find_attribute(enclosure, "url")
    type = find_essence(enclosure.get("type") or "")
    if type in _find_family(enclosure) and type not in APPLE_TYPES:  # then the type says it all
        return
    if is_http(url) and (ending := _find_ending(url)) not in _APPLE_ENDINGS and ending != ".m4b":
        shown = f"ends in {ending[:12]!r}" if ending else "has no ending"
        yield Attribute(enclosure, "url"), f"the path of the url {shown}: Apple takes {', '.join(_APPLE_ENDINGS)}"


@rule(_ON, source="Apple guide, enclosure; PSP-1, enclosure", everywhere="warning")
def item_enclosure_type_extension_mismatch(enclosure: etree._Element) -> Hits:
    """The type of an enclosure and the ending of its name say the same format.

    Some apps believe the one and some the other: half of them try to play a file as what it is not.
    """
    if _contradicts(enclosure):
        type, right = enclosure.get("type") or "", _find_family(enclosure)[0]
        yield (
            Attribute(enclosure, "type"),
            f"the type is {quote(type)}, and the name of the file says {right}: correct one",
        )


@rule("channel", source="Apple 823", apple="error", psp1="warning")
def item_enclosure_duplicate_url(channel: Channel) -> Hits:
    """No two items share the url of an enclosure.

    Apple ignores the second item, so that the episode does not appear.
    """
    seen: dict[str, int] = {}
    for item in channel.items:
        if item.enclosure and seen.setdefault(item.enclosure, item.number) != item.number:
            place = item.element.find("enclosure")
            message = f"the url is that of item {seen[item.enclosure]} as well: Apple ignores the second item"
            yield Attribute(place, "url") if place is not None else item.element, message


@rule(_ON, source="RSS Profile, 4.1.1.20.5", everywhere="warning")
def item_enclosure_not_empty(enclosure: etree._Element) -> Hits:
    """An enclosure has no text and no elements in it.

    Everything that it says stands in its attributes; text in it is read by nobody.
    """
    if find_text(enclosure) or len(enclosure):
        yield enclosure, "the enclosure has content: all that it says belongs in url, length and type"


def _contradicts(enclosure: etree._Element) -> bool:
    """Say whether the type names another format than the ending of the file's name."""
    type, family = find_attribute(enclosure, "type"), _find_family(enclosure)
    return bool(type and family) and not find_type_fault(type) and find_essence(type) not in family


def _find_family(enclosure: etree._Element) -> tuple[str, ...]:
    """The media types that the ending of the file's name may have."""
    return _FAMILIES.get(_find_ending(find_attribute(enclosure, "url")), ())


@lru_cache(maxsize=64)  # several rules in turn ask for that of the same enclosure
def _find_ending(url: str) -> str:
    """The ending of the file's name in lower case, with its dot; "" if it has none."""
    match = _ENDING.match(url)
    return match[1].lower() if match else ""
