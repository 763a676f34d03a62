"""Pictures made ready to be embedded in a recording, where each byte is downloaded with the sound."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

from PIL import Image, ImageOps

from feeds.tagging.label import Cover

COVER_SIDE = 1000
"""Pixels; as large as apps and cars show the cover of a recording."""

CHAPTER_SIDE = 600
"""Pixels; a chapter may have a picture each, and all of them come before the sound."""

_EMBEDDED: Mapping[str, Literal["image/jpeg", "image/png"]] = {"JPEG": "image/jpeg", "PNG": "image/png"}
_SHOWN = ("1", "L", "LA", "P", "RGB", "RGBA")  # not the colours of print, nor 16 bits of each
_COLOURED = ("P", "RGB", "RGBA")
_BLENDED = ("CMYK", "L", "LA", "RGB", "RGBA")  # whose numbers can be mixed, to scale before anything is copied
_LARGEST = 1500  # pixels, as artwork of the least size that directories take mostly has
_MOST_BYTES = 300_000
_QUALITY = 85
_LARGEST_PROFILE = 10_000  # bytes; those of screens and cameras have a few hundred, those of print half a million
_ORIENTATION = 0x0112  # Exif 2.32, section 4.6.4


@lru_cache(maxsize=64)
def read_cover(file: Path, _sha256: str, side: int) -> Cover:
    """Read a picture for embedding; one that is large is scaled, so that its longer side has `side` pixels.

    A JPEG or PNG that is small already stays as it is, if all players show it as it is meant. The hash of the file
    tells whether it was read before. Raises ValueError for one that is broken.
    """
    data = file.read_bytes()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # it is the author's own
            return _make_cover(data, side)
    except Exception as error:  # a broken picture makes Pillow fail in more ways than its own
        raise ValueError(f"the picture {file.name} is broken: save it anew") from error


def make_jpeg(cover: Cover) -> Cover:
    """Make a picture a JPEG in its own size, if it is none. Raises ValueError for a picture that is none."""
    if cover.type == "image/jpeg":
        return cover
    try:
        with Image.open(io.BytesIO(cover.data)) as picture:
            return _pack(_flatten(picture), _find_profile(picture))
    except (OSError, SyntaxError) as error:
        raise ValueError("this is no picture that can be read") from error


def _make_cover(data: bytes, side: int) -> Cover:
    with Image.open(io.BytesIO(data)) as picture:
        kind = _EMBEDDED.get(picture.format or "")
        is_small = max(picture.size) <= _LARGEST and len(data) <= _MOST_BYTES
        is_turned = _is_turned(picture)
        if kind and is_small and picture.mode in _SHOWN and not is_turned:
            picture.load()  # which fails if it breaks off
            return Cover(data=data, type=kind)
        profile = _find_profile(picture)
        picture.draft(None, (2 * side, 2 * side))
        scaled = picture if picture.mode in _BLENDED else _flatten(picture)
        scaled.thumbnail((side, side), Image.Resampling.LANCZOS)
        return _pack(_flatten(ImageOps.exif_transpose(scaled) if is_turned else scaled), profile)


def _is_turned(picture: Image.Image) -> bool:
    """Whether a camera says that it was held another way; one that cannot say anything has not."""
    try:
        return bool(picture.getexif().get(_ORIENTATION, 1) != 1)
    except Exception:  # what is broken in its notes is not broken in the picture
        return False


def _find_profile(picture: Image.Image) -> bytes:
    """What the numbers of its colours mean, b"" for the usual: cameras have wider ones, which would look pale."""
    profile: bytes = picture.info.get("icc_profile") or b""
    return profile if picture.mode in _COLOURED and len(profile) < _LARGEST_PROFILE else b""


def _flatten(picture: Image.Image) -> Image.Image:
    """Put white behind what is transparent, which JPEG does not know, and make eight bits of sixteen."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda value: value / 256).convert("L").convert("RGB")
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    shown = picture.convert("RGBA")
    ground = Image.new("RGBA", shown.size, "white")
    return Image.alpha_composite(ground, shown).convert("RGB")


def _pack(picture: Image.Image, profile: bytes) -> Cover:
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=_QUALITY, optimize=True, icc_profile=profile or None)
    return Cover(data=made.getvalue(), type="image/jpeg")
