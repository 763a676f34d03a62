"""Elements of the modules of RSS that stand in items: counts of comments, licences, places, Media RSS."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from lxml import etree

from feeds.rulebook.document import find_attribute, find_name, find_text
from feeds.rulebook.forms.geo import MOST_LATITUDE, MOST_LONGITUDE, is_degree
from feeds.rulebook.forms.numbers import is_number, is_whole
from feeds.rulebook.forms.types import find_type_fault
from feeds.rulebook.forms.urls import find_url_fault, is_absolute
from feeds.rulebook.places import Attribute
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.wording import quote

_MEDIA = "Media RSS 1.5.1, Primary Elements; W3C validator, InvalidMediaRss"
_CREATIVE_COMMONS = "{http://backend.userland.com/creativeCommonsRssModule}license"
_POINT = "{http://www.georss.org/georss}point"
_MOST_ATTRIBUTES = 30
_NUMBERED = ("fileSize", "channels", "width", "height", "duration")
_MEASURED = ("bitrate", "framerate", "samplingrate")
_WORDS: Mapping[str, tuple[str, ...]] = {
    "medium": ("audio", "video", "image", "document", "executable"),
    "isDefault": ("true", "false"),
    "expression": ("full", "sample", "nonstop"),
}


@rule("<slash:comments>", "<thr:total>", source="RSS Slash module; RFC 4685, 5", rss="warning")
def item_comment_count_invalid(count: etree._Element) -> Hits:
    """The number of comments is a whole number of 0 or more.

    Readers show it beside the title.
    """
    text = find_text(count)
    if not is_whole(text):
        said = quote(text) if text else "empty"
        yield count, f"{find_name(count)} is {said}: write how many comments there are, or leave it out"


@rule("<slash:hit_parade>", source="RSS Slash module; W3C validator, InvalidCommaSeparatedIntegers", rss="warning")
def item_hit_parade_invalid(parade: etree._Element) -> Hits:
    """slash:hit_parade is a list of whole numbers with commas between them.

    Each is how many comments there are from one mark of readers on.
    """
    text = find_text(parade)
    if not all(is_whole(number.strip()) for number in text.split(",")):
        yield parade, f"slash:hit_parade is {quote(text)}: write whole numbers, such as 43,12,3"


@rule(f"<{_CREATIVE_COMMONS}>", source="Creative Commons RSS module; W3C validator, InvalidFullLink", rss="warning")
def item_creative_commons_license_invalid(license: etree._Element) -> Hits:
    """creativeCommons:license is the address of a licence.

    Its name says nothing to a program: there are several versions of each.
    """
    text = find_text(license)
    if not is_absolute(text) or find_url_fault(text):
        said = quote(text) if text else "empty"
        remedy = "write an address such as https://creativecommons.org/licenses/by/4.0/"
        yield license, f"creativeCommons:license is {said}: {remedy}"


@rule(
    "<geo:lat>",
    "<geo:long>",
    f"<{_POINT}>",
    source="W3C Geo; GeoRSS, Simple; W3C validator, InvalidCoord",
    rss="warning",
)
def item_geo_invalid(place: etree._Element) -> Hits:
    """A latitude lies between -90 and 90, a longitude between -180 and 180, in decimal degrees.

    A point with both has the latitude first, and a space between them. Otherwise the place is another one, or none.
    """
    text, tag = find_text(place), str(place.tag)
    if tag == _POINT:
        both = text[:100].split()
        if len(both) != len("xy") or not (is_degree(both[0], MOST_LATITUDE) and is_degree(both[1], MOST_LONGITUDE)):
            yield place, f"georss:point is {quote(text)}: write latitude and longitude, such as 60.39 5.32"
    elif not is_degree(text, MOST_LATITUDE if tag.endswith("lat") else MOST_LONGITUDE):
        yield place, f"{find_name(place)} is {quote(text)}: write decimal degrees, such as 60.39"


@rule("<media:content>", "<media:thumbnail>", "<media:player>", source=_MEDIA, rss="warning")
def item_media_rss_url_missing(element: etree._Element) -> Hits:
    """A media:content, media:thumbnail or media:player has a url.

    A media:content may name a media:player in its place. Without either there is nothing to show.
    """
    if not find_attribute(element, "url") and not any(
        find_name(child) == "media:player" for child in element.iterchildren(etree.Element)
    ):
        yield element, f"{find_name(element)} has no url: write the address of the file"


@rule("<media:content>", "<media:thumbnail>", source=_MEDIA, rss="warning")
def item_media_rss_attribute_invalid(element: etree._Element) -> Hits:
    """The attributes of media:content and media:thumbnail hold values that Media RSS gives them.

    Sizes and lengths are numbers, type is a media type, medium one of five words. Readers pass over others.
    """
    for name in map(str, islice(element.attrib, _MOST_ATTRIBUTES)):
        text = find_attribute(element, name)
        if expected := _find_expected(name, text):
            said = quote(text) if text else "empty"
            yield Attribute(element, name), f"the {name} of {find_name(element)} is {said}: write {expected}"


def _find_expected(name: str, text: str) -> str:
    """What was expected of an attribute of Media RSS, "" if it is that."""
    if name in _NUMBERED:
        return "" if is_whole(text) else "a whole number"
    if name in _MEASURED:
        return "" if is_number(text) else "a number"
    if name in _WORDS:
        return "" if text in _WORDS[name] else f"one of {', '.join(_WORDS[name])}"
    return "a media type such as audio/mpeg" if name == "type" and find_type_fault(text) else ""
