"""Pictures: their kind, their size, their colours."""

from __future__ import annotations

from feeds.formats import format_bytes
from feeds.media_types import find_suffix
from feeds.rulebook.files.linked import Artwork
from feeds.rulebook.places import Spot
from feeds.rulebook.rule import Hits, rule

_LEAST, _MOST = 1400, 3000
_HEAVY = 512_000
_DPI = 72
_COVER = ("JPEG", "PNG")
_CLASSIC = (*_COVER, "GIF")
_ENDINGS = {"JPEG": (".jpg", ".jpeg"), "PNG": (".png",), "GIF": (".gif",)}
_PICTURES = frozenset(".jpg .jpeg .png .gif .webp .avif .heic .heif .tif .tiff .bmp .svg .jfif .jp2 .ico".split())
_COLOURS = {
    "CMYK": "the colours of print (CMYK)",
    "YCCK": "the colours of print (YCCK)",
    "LAB": "the colour space Lab",
    "HSV": "the colour space HSV",
    "1": "black and white alone",
    "L": "greys alone",
    "LA": "greys alone",
    "La": "greys alone",
    "F": "greys alone",
    "I": "greys alone",
}


@rule("artwork", source="PSP-1, itunes:image; Apple guide, itunes:image; RSS 2.0, image", everywhere="error")
def media_artwork_format(artwork: Artwork) -> Hits:
    """Artwork is JPEG or PNG by its bytes; the image of RSS may be a GIF as well.

    Directories turn down other kinds, whatever the file is called, and show a grey square in place of the show.
    """
    allowed = _COVER if artwork.is_cover else _CLASSIC
    use = next((use for use in artwork.uses if use.is_cover), artwork.uses[0])
    if not artwork.format:
        what = "this is no picture that can be read" if artwork.bytes else "the file is empty"
        yield use.spot, f"{what}: save it as JPEG or PNG"
    elif artwork.format not in allowed and use.name != "podcast:image":
        yield use.spot, f"this is a picture of the kind {artwork.format}: save it as JPEG or PNG"


@rule("artwork", source="PSP-1, itunes:image; house", everywhere="error")
def media_artwork_damaged(artwork: Artwork) -> Hits:
    """A picture can be read from its first byte to its last.

    Where an upload broke off, apps show half a picture or none, and directories turn the show down.
    """
    if artwork.damage:
        yield (
            artwork.uses[0].spot,
            f"the picture is damaged ({artwork.damage}): export it once more, and upload it whole",
        )


@rule("artwork", source="Apple 896; Spotify delivery, artwork", apple="error", spotify="error", psp1="error")
def media_artwork_not_square(artwork: Artwork) -> Hits:
    """The artwork of a show and of an episode is square.

    Directories refuse a show whose artwork is not; where they take it, apps cut it off or squeeze it.
    """
    if artwork.is_cover and artwork.width != artwork.height:
        yield (
            _find_spot(artwork),
            f"the picture is {_format_size(artwork)}: cut it to a square of {_LEAST} to {_MOST} pixels",
        )


@rule("artwork", source="PSP-1, itunes:image; Apple guide, itunes:image; Apple 896", apple="error", psp1="error")
def media_artwork_too_small(artwork: Artwork) -> Hits:
    """Artwork is at least 1400 by 1400 pixels.

    Apple refuses a show whose artwork is smaller; on a television it would be a blur.
    """
    if artwork.is_cover and 0 < max(artwork.width, artwork.height) < _LEAST:
        yield (
            _find_spot(artwork),
            f"the picture is {_format_size(artwork)}: it needs at least {_LEAST} by {_LEAST} pixels",
        )


@rule("artwork", source="PSP-1, itunes:image; Apple guide, itunes:image; Apple 896", apple="error", psp1="error")
def media_artwork_too_large(artwork: Artwork) -> Hits:
    """Artwork is at most 3000 by 3000 pixels.

    Apple refuses a show whose artwork is larger.
    """
    if artwork.is_cover and max(artwork.width, artwork.height) > _MOST:
        yield (
            _find_spot(artwork),
            f"the picture is {_format_size(artwork)}: make it {_MOST} by {_MOST}, which is the most",
        )


@rule("artwork", source="PSP-1, itunes:image; Apple guide, itunes:image", apple="error", psp1="error")
def media_artwork_colour_space(artwork: Artwork) -> Hits:
    """Artwork is in RGB, not in the colours of print and not in greys.

    Browsers and apps show the colours of print wrongly or not at all, and Apple refuses them.
    """
    if artwork.is_cover:
        colours = _COLOURS.get(artwork.mode) or ("greys alone" if artwork.mode.startswith("I;16") else "")
        if colours:
            yield _find_spot(artwork), f"the picture has {colours}: save it in RGB"


@rule("artwork", source="Apple 896; Apple guide, itunes:image", apple="error")
def media_artwork_alpha(artwork: Artwork) -> Hits:
    """The artwork of a show has no alpha channel.

    What is transparent is shown black by some apps and white by others, and Apple refuses it.
    """
    if artwork.is_of_show and artwork.has_alpha:
        yield (
            _find_spot(artwork),
            "the picture has an alpha channel: save it without transparency, as JPEG or as PNG in RGB",
        )


@rule("artwork", source="PSP-1, itunes:image; Apple guide, itunes:image", apple="info", psp1="info")
def media_artwork_dpi(artwork: Artwork) -> Hits:
    """Artwork that says how densely it is to be printed says 72 dpi.

    No app looks at it; the guides ask for it nevertheless.
    """
    if artwork.is_cover and artwork.dpi and round(artwork.dpi) != _DPI:
        yield _find_spot(artwork), f"the picture is tagged with {artwork.dpi:.0f} dpi: the guides ask for {_DPI}"


@rule("artwork", source="PSP-1, itunes:image; Apple guide, itunes:image", apple="error", psp1="error")
def media_artwork_extension_mismatch(artwork: Artwork) -> Hits:
    """The extension of a picture's address says what kind of picture it is.

    Some apps and servers go by the name alone, and fail to show a PNG that is called .jpg.
    """
    ending = find_suffix(artwork.url)
    right = _ENDINGS.get(artwork.format, ())
    if artwork.uses[0].name != "podcast:image" and right and ending in _PICTURES and ending not in right:
        message = f"this is a picture of the kind {artwork.format} with the name of a {ending}: call it {right[0]}"
        yield artwork.uses[0].spot, message


@rule("artwork", source="house: a convention of hosts", everywhere="info")
def media_artwork_file_size(artwork: Artwork) -> Hits:
    """Artwork has at most 512 kB.

    No directory states a limit. But an app fetches the artwork of every show in a list, often over a slow line.
    """
    if artwork.is_cover and artwork.bytes > _HEAVY:
        size = format_bytes(artwork.bytes)
        message = f"the picture has {size}, where hosts advise at most 512 kB: save it as JPEG of a lower quality"
        yield _find_spot(artwork), message


def _find_spot(artwork: Artwork) -> Spot:
    return next(use for use in artwork.uses if use.is_cover).spot


def _format_size(artwork: Artwork) -> str:
    return f"{artwork.width} by {artwork.height} pixels"
