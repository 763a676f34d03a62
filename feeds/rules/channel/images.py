"""The pictures of the channel: the artwork that apps show, and the small image of RSS."""

from __future__ import annotations

import re

from lxml import etree

from feeds.rulebook.document import find_attribute, find_text, is_blank
from feeds.rulebook.forms.numbers import parse_whole
from feeds.rulebook.forms.urls import find_path, is_http, leads_nowhere
from feeds.rulebook.places import Attribute
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Channel
from feeds.rulebook.wording import quote
from feeds.rules.channel.links import normalize

WIDEST = 144
"""Pixels of width that an image of RSS may have (RSS 2.0, image)."""

HIGHEST = 400
"""Pixels of height that an image of RSS may have (RSS 2.0, image)."""

_ARTWORK = (".jpg", ".jpeg", ".png")
_IMAGE = (*_ARTWORK, ".gif")
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>")


@rule(
    "channel",
    source="Apple guide, image; PSP-1, Required Channel Elements; Spotify delivery, image",
    apple="error",
    psp1="error",
    spotify="error",
)
def channel_itunes_image_missing(channel: Channel) -> Hits:
    """The channel has its artwork in itunes:image.

    It is the face of the show in every app. Apple, Spotify and PSP-1 require it, and do not read the image of RSS.
    """
    if "itunes:image" not in channel:
        message = "the channel has no itunes:image, which Apple, Spotify and PSP-1 require: add one with an href"
        yield channel.element, message


@rule("channel", source="Apple guide, image; PSP-1, itunes:image; W3C validator, MissingAttribute", everywhere="error")
def channel_itunes_image_href_missing(channel: Channel) -> Hits:
    """The itunes:image of the channel has the address of the picture in an attribute, href.

    What stands inside of the element is not read: the show has no artwork.
    """
    for image in channel.all("itunes:image"):
        if not find_attribute(image, "href"):
            inside = find_text(image) or find_attribute(image, "url")
            remedy = (
                f"write <itunes:image href={quote(inside)}/>" if is_http(inside) else "add the address of the artwork"
            )
            yield image, f"the itunes:image has no href: {remedy}"


@rule("channel", source="W3C validator, InvalidURLAttribute; Apple guide, image", everywhere="error")
def channel_itunes_image_not_http(channel: Channel) -> Hits:
    """The address of the artwork is an absolute http or https URL.

    Directories fetch it from there; a relative one leads them nowhere.
    """
    for image in channel.all("itunes:image"):
        href = find_attribute(image, "href")
        if leads_nowhere(href):
            yield (
                Attribute(image, "href"),
                f"the artwork {quote(href)} is no address of the web: write it with https://",
            )


@rule("channel", source="PSP-1, itunes:image; Apple guide, image", apple="warning", psp1="warning")
def channel_itunes_image_extension(channel: Channel) -> Hits:
    """The address of the artwork ends in .jpg, .jpeg or .png.

    Apple takes JPEG and PNG alone, and tells them by the end of the name. What follows a question mark does not count.
    """
    for image in channel.all("itunes:image"):
        href = find_attribute(image, "href")
        if is_http(href) and not find_path(href).lower().endswith(_ARTWORK):
            yield Attribute(image, "href"), f"the artwork {quote(href)} does not end in .jpg or .png: name the file so"


@rule(
    "channel",
    source="RSS 2.0, image; RSS Profile, 4.1.1.9; W3C validator, MissingElement",
    everywhere="warning",
    rss="error",
)
def channel_image_incomplete(channel: Channel) -> Hits:
    """The image of the channel has a url, a title and a link.

    Readers show the title where they show no pictures, and lead to the link.
    """
    for image in channel.all("image"):
        if not len(image):
            inside = find_text(image) or (image.get("href") or image.get("url") or "").strip()
            told = f"holds {quote(inside)}" if inside else "is empty"
            yield image, f"the image {told}: it takes the elements url, title and link"
            continue
        for name in ("url", "title", "link"):
            child = image.find(name)
            if child is None:
                yield image, f"the image has no {name}: add <{name}>"
            elif is_blank(child):
                yield child, f"the {name} of the image is empty: write it"


@rule("channel", source="RSS Profile, 4.1.1.9.2; W3C validator, ImageTitleDoesntMatch", everywhere="warning")
def channel_image_title_mismatch(channel: Channel) -> Hits:
    """The title of the image is that of the channel.

    Readers show it in place of the picture.
    """
    title = " ".join(channel.text("title").split())
    for child in _find_children(channel, "title"):
        text = " ".join(find_text(child).split())
        if title and text and text != title:
            yield (
                child,
                f"the title of the image is {quote(text)}, that of the channel {quote(title)}: write the latter",
            )


@rule("channel", source="RSS Profile, 4.1.1.9.1; W3C validator, ImageLinkDoesntMatch", everywhere="warning")
def channel_image_link_mismatch(channel: Channel) -> Hits:
    """The link of the image is that of the channel.

    Both lead to the page of the show.
    """
    link = channel.text("link")
    for child in _find_children(channel, "link"):
        text = find_text(child)
        if is_http(link) and is_http(text) and normalize(text).rstrip("/") != normalize(link).rstrip("/"):
            yield child, f"the link of the image is {quote(text)}, that of the channel {quote(link)}: write the latter"


@rule(
    "channel",
    source="RSS Profile, 4.1.1.9; RSS Profile, 3.4; W3C validator, InvalidFullLink",
    everywhere="warning",
    rss="error",
)
def channel_image_url_invalid(channel: Channel) -> Hits:
    """The url and the link of the image are absolute http or https URLs.

    A feed has no address that a relative one could begin from.
    """
    for name in ("url", "link"):
        for child in _find_children(channel, name):
            text = find_text(child)
            if leads_nowhere(text):
                message = f"the {name} of the image, {quote(text)}, is no address of the web: write it with https://"
                yield child, message


@rule("channel", source="RSS Profile, 4.1.1.9.3; W3C validator, ImageUrlFormat; RSS 2.0, image", everywhere="warning")
def channel_image_format(channel: Channel) -> Hits:
    """The image of RSS is a GIF, JPEG or PNG.

    Readers that still show it know no other kind.
    """
    for child in _find_children(channel, "url"):
        extension = _EXTENSION.search(find_path(find_text(child))) if is_http(find_text(child)) else None
        if extension and extension[0].lower() not in _IMAGE:
            yield child, f"the image {quote(find_text(child))} is a {extension[0]}: take a GIF, JPEG or PNG"


@rule("channel", source="RSS 2.0, image; W3C validator, InvalidWidth", everywhere="warning", rss="error")
def channel_image_width_range(channel: Channel) -> Hits:
    """The width of the image, where it is stated, is a number from 1 to 144.

    RSS knows no larger pictures; without the element 88 counts. The artwork for apps is itunes:image.
    """
    yield from _find_wrong_size(channel, "width", WIDEST)


@rule("channel", source="RSS 2.0, image; W3C validator, InvalidHeight", everywhere="warning", rss="error")
def channel_image_height_range(channel: Channel) -> Hits:
    """The height of the image, where it is stated, is a number from 1 to 400.

    RSS knows no larger pictures; without the element 31 counts. The artwork for apps is itunes:image.
    """
    yield from _find_wrong_size(channel, "height", HIGHEST)


@rule("channel", source="RSS Profile, 4.1.1.9.5; Apple guide, image", everywhere="info")
def channel_image_large_file(channel: Channel) -> Hits:
    """Where the image of RSS is the artwork of the show, it states no width and no height.

    The artwork has 1400 to 3000 pixels, the image of RSS at most 144 by 400: one file cannot be both, and what is
    stated is not true of it.
    """
    artwork = channel.attribute("itunes:image", "href")
    for child in _find_children(channel, "url"):
        image = child.getparent()
        size = None if image is None else next(image.iterchildren("width", "height"), None)
        if size is not None and artwork and find_text(child) == artwork:
            yield size, "the image is the artwork as well, which is larger than RSS knows: leave out width and height"


@rule("channel", source="RSS Profile, 4.1.1.9.4; W3C validator, ContainsHTML", everywhere="warning")
def channel_image_description_html(channel: Channel) -> Hits:
    """The description of the image is plain text.

    Readers show it as the title of the link around the picture, where tags appear as they are.
    """
    for child in _find_children(channel, "description"):
        if len(child) or _TAG.search(find_text(child)):
            yield child, f"the description of the image, {quote(find_text(child))}, has tags: write it as plain text"


@rule("channel", source="W3C validator, DuplicateElement; RSS Profile, 4.1.1.9", everywhere="warning", rss="error")
def channel_image_repeated_child(channel: Channel) -> Hits:
    """Each element of the image is there once.

    Of two addresses readers take the first or the last.
    """
    for image in channel.all("image"):
        for name in ("url", "title", "link", "width", "height", "description"):
            for child in image.findall(name)[1:]:
                yield child, f"the image has a second {name}, {quote(find_text(child))}: keep one"


def _find_children(channel: Channel, name: str) -> list[etree._Element]:
    """The first child of a name of each image."""
    return [child for image in channel.all("image") if (child := image.find(name)) is not None]


def _find_wrong_size(channel: Channel, name: str, most: int) -> Hits:
    for child in _find_children(channel, name):
        size = parse_whole(find_text(child))
        if size is None or not 1 <= size <= most:
            yield child, f"the {name} of the image is {quote(find_text(child))}: write a number from 1 to {most}"
