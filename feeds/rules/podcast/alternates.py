"""Other versions of an episode: podcast:alternateEnclosure, with its sources and its integrity."""

from __future__ import annotations

import re

from lxml import etree

from feeds.rulebook.document import find_tag
from feeds.rulebook.forms.languages import find_language_fault
from feeds.rulebook.forms.urls import find_path, find_scheme, find_url_fault, is_absolute
from feeds.rulebook.places import Attribute
from feeds.rulebook.podcast.fields import find_malformed, find_missing, find_too_long, find_value
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Item
from feeds.rulebook.wording import quote

_ALTERNATE = "podcast namespace, tag alternate-enclosure"
_SOURCE = "podcast namespace, tag source"
_INTEGRITY = "podcast namespace, tag integrity"

_SOURCE_TAG = find_tag("podcast:source")
_INTEGRITY_TAG = find_tag("podcast:integrity")
_CODEC = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*")
# Subresource Integrity, section 3.5: one or more hashes, each with options after a question mark.
_HASH = re.compile(r"(sha256|sha384|sha512)-([A-Za-z0-9+/_-]+)={0,2}(?:\?[\x21-\x7e]*)?")
_LENGTHS = {"sha256": 43, "sha384": 64, "sha512": 86}
"""How many characters of base64, without the = at the end, a hash has."""
_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")


@rule("<podcast:alternateEnclosure>", source=f"{_ALTERNATE}, Attributes", podcasting2="error")
def podcast_alternate_enclosure_type_missing(element: etree._Element) -> Hits:
    """podcast:alternateEnclosure says of which media type it is.

    By the type apps choose the version that they can play.
    """
    yield from find_missing(element, "type", "write a media type such as audio/mpeg")


@rule("<podcast:alternateEnclosure>", source=f"{_ALTERNATE}, Attributes; RFC 6838, 4.2", podcasting2="error")
def podcast_alternate_enclosure_type_invalid(element: etree._Element) -> Hits:
    """The type of an alternate enclosure is a media type such as audio/opus.

    Apps do not offer to play what they cannot place.
    """
    yield from find_malformed(element, "type")


@rule("<podcast:alternateEnclosure>", source=f"{_ALTERNATE}, Node Value", podcasting2="error")
def podcast_alternate_enclosure_source_missing(element: etree._Element) -> Hits:
    """podcast:alternateEnclosure holds at least one podcast:source.

    The sources say where the file is; the tag itself has no address.
    """
    if element.find(_SOURCE_TAG) is None:
        yield element, "podcast:alternateEnclosure has no podcast:source: put one into it, with the address as uri"


@rule("<podcast:alternateEnclosure>", source=f"{_ALTERNATE}, Node Value; {_INTEGRITY}, Count", podcasting2="error")
def podcast_alternate_enclosure_integrity_many(element: etree._Element) -> Hits:
    """podcast:alternateEnclosure holds at most one podcast:integrity.

    All of its sources are one file, which has one checksum. An older proposal allowed several.
    """
    for integrity in element.findall(_INTEGRITY_TAG)[1:]:
        yield integrity, "podcast:integrity is there once already, and only one is read: keep one"


@rule("item", source="podcast namespace, proposal-docs/alternateEnclosure", podcasting2="error")
def podcast_alternate_enclosure_without_enclosure(item: Item) -> Hits:
    """An episode with alternate enclosures has a plain enclosure as well.

    Most apps know that alone, and skip an episode without one.
    """
    if "enclosure" not in item and (alternate := item.first("podcast:alternateEnclosure")) is not None:
        message = "there is no plain enclosure beside podcast:alternateEnclosure: add one, which most apps need"
        yield alternate, message


@rule("<podcast:alternateEnclosure>", source=f"{_ALTERNATE}, Attributes", podcasting2="info")
def podcast_alternate_enclosure_length_missing(element: etree._Element) -> Hits:
    """podcast:alternateEnclosure says how many bytes it has; 0 stands for a stream.

    By the length apps tell a listener on a metered line which version is the small one.
    """
    if "length" not in element.attrib:
        message = (
            "podcast:alternateEnclosure has no length: apps can tell its size if the bytes are there, 0 for a stream"
        )
        yield element, message


@rule("<podcast:alternateEnclosure>", source=f"{_ALTERNATE}, Attributes", podcasting2="error")
def podcast_alternate_enclosure_number_invalid(element: etree._Element) -> Hits:
    """The length and height of an alternate enclosure are whole numbers, of bytes and pixels; bitrate is any number.

    Apps compare versions by them. 128k and 720p are no numbers.
    """
    for attribute in ("length", "height", "bitrate"):
        yield from find_malformed(element, attribute)


@rule("<podcast:alternateEnclosure>", source=f"{_ALTERNATE}, Attributes", podcasting2="error")
def podcast_alternate_enclosure_default_invalid(element: etree._Element) -> Hits:
    """The default of an alternate enclosure is true or false.

    It marks the version that is the same file as the plain enclosure.
    """
    yield from find_malformed(element, "default")


@rule("item", "live", source=f"house; {_ALTERNATE}, Attributes", everywhere="error")
def podcast_alternate_enclosure_default_many(item: Item) -> Hits:
    """Of the alternate enclosures of an episode one at most is the default.

    It is the one that apps take first; of two they take either.
    """
    defaults = [one for one in item.all("podcast:alternateEnclosure") if find_value(one, "default") == "true"]
    for one in defaults[1:]:
        yield Attribute(one, "default"), "another alternate enclosure is the default already: keep one"


@rule("<podcast:alternateEnclosure>", source=f"{_ALTERNATE}, Attributes", podcasting2="warning")
def podcast_alternate_enclosure_text_too_long(element: etree._Element) -> Hits:
    """The title and the rel of an alternate enclosure have at most 32 characters.

    Apps show them in a menu: High quality, Commentary.
    """
    for attribute in ("title", "rel"):
        yield from find_too_long(element, attribute, f"the {attribute} of podcast:alternateEnclosure")


@rule("<podcast:alternateEnclosure>", source=f"{_ALTERNATE}, Attributes; BCP 47", podcasting2="error")
def podcast_alternate_enclosure_lang_invalid(element: etree._Element) -> Hits:
    """The lang of an alternate enclosure is a language tag such as en or pt-br.

    By it apps offer a listener the version in their own language.
    """
    language = find_value(element, "lang")
    if language and (fault := find_language_fault(language)):
        yield Attribute(element, "lang"), f"the lang of podcast:alternateEnclosure is {quote(language)}, which {fault}"


@rule("<podcast:alternateEnclosure>", source=f"{_ALTERNATE}, Attributes; RFC 6381, 3.2", podcasting2="warning")
def podcast_alternate_enclosure_codecs_invalid(element: etree._Element) -> Hits:
    """The codecs of an alternate enclosure are names with commas between them, such as avc1.64001f,mp4a.40.2.

    A player asks the device with them whether it can play the file.
    """
    codecs = find_value(element, "codecs")
    if codecs and not all(_CODEC.fullmatch(codec.strip()) for codec in codecs.split(",")):
        message = (
            f"the codecs {quote(codecs)} are no list of names: write names as in mp4a.40.2, with commas between them"
        )
        yield Attribute(element, "codecs"), message


@rule("<podcast:source>", source=f"{_SOURCE}, Attributes", podcasting2="error")
def podcast_source_uri_missing(element: etree._Element) -> Hits:
    """podcast:source has a uri, of https, ipfs or any other scheme.

    It says where the file is.
    """
    yield from find_missing(element, "uri", "write the address of the file")


@rule("<podcast:source>", source=f"{_SOURCE}, Attributes; RFC 3986", podcasting2="error")
def podcast_source_uri_invalid(element: etree._Element) -> Hits:
    """The uri of podcast:source is whole, with its scheme, and has no character that must be encoded.

    An app that reads the feed knows of no address that it could be completed with.
    """
    uri = find_value(element, "uri")
    fault = uri and (find_url_fault(uri) or ("" if is_absolute(uri) else "has no scheme: write it whole, with https"))
    if fault:
        yield Attribute(element, "uri"), f"the uri of podcast:source is {quote(uri)}, which {fault}"


@rule("<podcast:source>", source=f"{_SOURCE}, Attributes; RFC 6838, 4.2", podcasting2="error")
def podcast_source_content_type_invalid(element: etree._Element) -> Hits:
    """The contentType of podcast:source is a media type such as application/x-bittorrent.

    Apps learn from it how to fetch the file.
    """
    yield from find_malformed(element, "contentType")


@rule("<podcast:source>", source=f"{_SOURCE}, Attributes", podcasting2="info")
def podcast_source_content_type(element: etree._Element) -> Hits:
    """A source that leads to a torrent says so in contentType.

    The type of the alternate enclosure is that of the recording, so an app would take the torrent for it.
    """
    uri = find_value(element, "uri")
    if "contentType" not in element.attrib and find_path(uri).lower().endswith(".torrent") and find_scheme(uri):
        message = f"{quote(uri)} is a torrent and no recording: apps see that by contentType application/x-bittorrent"
        yield element, message


@rule("<podcast:integrity>", source=f"{_INTEGRITY}, Attributes", podcasting2="error")
def podcast_integrity_type_invalid(element: etree._Element) -> Hits:
    """The type of podcast:integrity is sri or pgp-signature.

    It says how the value is to be checked.
    """
    yield from find_missing(element, "type", "write sri or pgp-signature")
    yield from find_malformed(element, "type")


@rule("<podcast:integrity>", source=f"{_INTEGRITY}, Attributes; Subresource Integrity, 3.5", podcasting2="error")
def podcast_integrity_value_invalid(element: etree._Element) -> Hits:
    """The value of podcast:integrity is a whole hash such as sha384-…, or a signature in base64.

    An app that checks it throws the file away when the two do not agree.
    """
    yield from find_missing(element, "value", "write the hash, or the signature")
    value, type = find_value(element, "value"), find_value(element, "type")
    fault = value and (_find_hash_fault(value) if type == "sri" else _find_signature_fault(value, type))
    if fault:
        yield Attribute(element, "value"), f"the value of podcast:integrity is {quote(value)}, {fault}"


def _find_hash_fault(value: str) -> str:
    for part in value.split():
        match = _HASH.fullmatch(part)
        if not match:
            return "which is no hash of Subresource Integrity: write sha256-, sha384- or sha512- and base64"
        wanted, found = _LENGTHS[match[1]], len(match[2])
        if found != wanted:
            return f"which has {found} characters where {match[1]} has {wanted}: write the whole hash in base64"
    return ""


def _find_signature_fault(value: str, type: str) -> str:
    joined = "".join(value.split())
    if type == "pgp-signature" and (len(joined) % 4 or not _BASE64.fullmatch(joined)):
        return "which is no base64: write the signature in base64, in one piece"
    return ""
