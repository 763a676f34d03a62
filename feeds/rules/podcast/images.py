"""Images of every size: podcast:image, and podcast:images, which it replaced."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

from feeds.rulebook.document import find_attribute, find_missing_names
from feeds.rulebook.forms.numbers import parse_number, parse_whole
from feeds.rulebook.forms.types import find_essence, find_type_fault
from feeds.rulebook.forms.urls import find_path, find_url_fault, is_absolute
from feeds.rulebook.places import Attribute
from feeds.rulebook.podcast.fields import find_too_long
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.wording import quote

_EXTENSION = re.compile(r"\.[A-Za-z0-9]{2,5}\Z")
_UNUSUAL = frozenset(
    ".3gp .apng .avif .avifs .bmp .heic .heif .jxl .m3u8 .m4v .mkv .mov .mp4 .ogv .svg .tif .tiff .webm .webp".split()
)
_CANDIDATE = re.compile(r"\s*(\S+)(?:\s+([^\s,]+))?\s*(,|\Z)")
_INEXACT = 0.02
"""By how much a ratio may differ from that of the pixels, as 1.9 does from 1200 by 630."""
_WIDTH = re.compile(r"0*[1-9][0-9]*w")


@rule("<podcast:image>", source="podcast namespace, tag image", podcasting2="error")
def podcast_image_href_missing(image: etree._Element) -> Hits:
    """A podcast:image has an href.

    Without an address there is no image.
    """
    if find_missing_names(image, "href"):
        yield image, "podcast:image has no href: give the address of the image"


@rule("<podcast:image>", source="podcast namespace, tag image", podcasting2="info")
def podcast_image_alt_missing(image: etree._Element) -> Hits:
    """A podcast:image has an alternative text.

    It is what blind listeners get of the picture.
    """
    if "alt" not in image.attrib:
        yield image, "podcast:image has no alt: it may describe the picture for those who cannot see it"


@rule("<podcast:image>", source="podcast namespace, tag image", podcasting2="error")
def podcast_image_aspect_ratio_invalid(image: etree._Element) -> Hits:
    """The aspect-ratio of a podcast:image is a ratio as CSS writes it: 16/9, or one number such as 1.9.

    Apps choose by it which image fits; 16:9 is not read.
    """
    written = find_attribute(image, "aspect-ratio")
    if written and not _find_ratio(written):
        yield Attribute(image, "aspect-ratio"), f"the aspect-ratio is {quote(written)}: write it as 16/9 or as 1.9"


@rule("<podcast:image>", source="house; podcast namespace, tag image", everywhere="warning")
def podcast_image_ratio_mismatch(image: etree._Element) -> Hits:
    """Where a podcast:image has aspect-ratio, width and height, the three agree.

    Apps reserve room by the one and cut by the other, so the picture is squeezed or cut.
    """
    written = find_attribute(image, "aspect-ratio")
    width, height = (parse_whole(find_attribute(image, name)) for name in ("width", "height"))
    if written and width and height and (ratio := _find_ratio(written)) and abs(width / height / ratio - 1) > _INEXACT:
        message = f"the aspect-ratio is {quote(written)}, but {width} by {height} pixels are not: correct one of them"
        yield Attribute(image, "aspect-ratio"), message


@rule("<podcast:image>", source="podcast namespace, tag image", podcasting2="error")
def podcast_image_size_invalid(image: etree._Element) -> Hits:
    """The width and height of a podcast:image are whole numbers of pixels above 0.

    Apps choose by the width which file is worth loading.
    """
    for name in ("width", "height"):
        written = find_attribute(image, name)
        if written and not parse_whole(written):
            yield (
                Attribute(image, name),
                f"the {name} is {quote(written)}: write pixels as a whole number, such as 1400",
            )


@rule("<podcast:image>", source="podcast namespace, tag image", podcasting2="warning")
def podcast_image_purpose_too_long(image: etree._Element) -> Hits:
    """The purpose of a podcast:image, words with spaces between them, has at most 128 characters.

    Directories cut what is longer, and the last word with it.
    """
    yield from find_too_long(image, "purpose", "the purpose of podcast:image")


@rule("<podcast:image>", source="podcast namespace, tag image; RFC 6838", podcasting2="error")
def podcast_image_type_invalid(image: etree._Element) -> Hits:
    """The type of a podcast:image is the media type of an image or a video.

    Apps leave out what they cannot show, and a type that is none counts as such.
    """
    written = find_attribute(image, "type")
    if not written:
        return
    if find_type_fault(written) or find_essence(written).partition("/")[0] not in ("image", "video"):
        yield (
            Attribute(image, "type"),
            f"the type is {quote(written)}: write that of an image or a video, such as image/webp",
        )


@rule("<podcast:image>", source="podcast namespace, tag image", podcasting2="info")
def podcast_image_type_needed(image: etree._Element) -> Hits:
    """A podcast:image that is a video, or an image other than JPEG, PNG and GIF, has a type.

    By it an app passes over what it cannot show, without loading it first.
    """
    extension = _EXTENSION.search(find_path(find_attribute(image, "href"))[-8:])
    if extension and extension[0].lower() in _UNUSUAL and "type" not in image.attrib:
        yield image, f"the image is a {extension[0]} file, which not every app shows: it may say so with a type"


@rule("<podcast:images>", source="podcast namespace, tag images-(deprecated)", podcasting2="warning")
def podcast_images_deprecated(images: etree._Element) -> Hits:
    """A feed has podcast:image, which replaced podcast:images.

    Apps that are written today read the new tag alone.
    """
    yield images, "podcast:images is out of use: write a podcast:image with href and width for each file"


@rule("<podcast:images>", source="podcast namespace, tag images-(deprecated)", podcasting2="error")
def podcast_images_srcset_invalid(images: etree._Element) -> Hits:
    """The srcset of podcast:images is a list with commas: absolute addresses, each with its width such as 600w.

    Apps choose by the width; an entry that they cannot read is lost, and mostly the rest with it.
    """
    srcset = find_attribute(images, "srcset")
    if not srcset:
        yield images, 'podcast:images has no srcset: write srcset="https://example.org/art.jpg 1400w"'
    elif fault := _find_srcset_fault(srcset):
        yield (
            Attribute(images, "srcset"),
            f"{fault}: write https://example.org/art.jpg 1400w, with commas between several",
        )


@lru_cache(maxsize=256)
def _find_ratio(text: str) -> float:
    """A number above 0, or two with a slash between them (CSS Values and Units 4, ratios); 0 for anything else."""
    sides = [parse_number(side.strip()) or 0.0 for side in text.split("/", 2)]
    if len(sides) > len(("width", "height")) or min(sides) <= 0:
        return 0.0
    return sides[0] / sides[1] if sides[1:] else sides[0]


def _find_srcset_fault(srcset: str) -> str:
    at = 0
    while candidate := _CANDIDATE.match(srcset, at):
        url, width, comma = candidate.groups()
        if not is_absolute(url) or (fault := find_url_fault(url)):
            return f"{quote(url)} {fault if is_absolute(url) else 'is no absolute address'}"
        if not width or not _WIDTH.fullmatch(width):
            return f"{quote(url)} has {'the width ' + quote(width) if width else 'no width behind it'}"
        at = candidate.end()
        if not comma:
            return ""
    return f"{quote(srcset[at:])} cannot be read" if srcset[at:].strip() else "there is nothing behind the last comma"
