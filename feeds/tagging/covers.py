"""Pictures made ready to be embedded in a recording, where each byte is downloaded with the sound."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

from PIL import Image

from feeds.tagging.label import Cover

COVER_SIDE = 1000
"""Pixels; as large as apps and cars show the cover of a recording."""

CHAPTER_SIDE = 600
"""Pixels; a chapter may have a picture each, and all of them come before the sound."""

_EMBEDDED: Mapping[str, Literal["image/jpeg", "image/png"]] = {"JPEG": "image/jpeg", "PNG": "image/png"}
_LARGEST = 1500  # pixels, as artwork of the least size that directories take mostly has
_MOST_BYTES = 300_000
_QUALITY = 85


@lru_cache(maxsize=64)
def read_cover(file: Path, _sha256: str, side: int) -> Cover:
    """Read a picture for embedding; one that is large is scaled, so that its longer side has `side` pixels.

    A JPEG or PNG that is small already stays as it is. The hash of the file tells whether it was read before.
    """
    data = file.read_bytes()
    with Image.open(io.BytesIO(data)) as picture:
        kind = _EMBEDDED.get(picture.format or "")
        if kind and max(picture.size) <= _LARGEST and len(data) <= _MOST_BYTES:
            return Cover(data=data, type=kind)
        picture.thumbnail((side, side), Image.Resampling.LANCZOS)
        return _save(picture)


def make_jpeg(cover: Cover) -> Cover:
    """Make a picture a JPEG, if it is none. Raises ValueError for a picture that is none."""
    if cover.type == "image/jpeg":
        return cover
    try:
        with Image.open(io.BytesIO(cover.data)) as picture:
            return _save(picture)
    except (OSError, SyntaxError) as error:
        raise ValueError("this is no picture") from error


def _save(picture: Image.Image) -> Cover:
    made = io.BytesIO()
    _flatten(picture).save(made, "JPEG", quality=_QUALITY, optimize=True)
    return Cover(data=made.getvalue(), type="image/jpeg")


def _flatten(picture: Image.Image) -> Image.Image:
    """Put white behind what is transparent, which JPEG does not know."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    shown = picture.convert("RGBA")
    ground = Image.new("RGBA", shown.size, "white")
    return Image.alpha_composite(ground, shown).convert("RGB")
