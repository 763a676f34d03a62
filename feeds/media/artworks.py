"""Measuring a picture as directories look at it: its kind, its sides, its colours, and whether all of it is there."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

_MOST_PIXELS = 60_000_000
"""Of larger pictures only the head is read: they are too large for any use in a feed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a picture is, as feeds.rulebook.files.linked.Artwork has it; all is empty for what is none."""

    format: str = ""
    mode: str = ""
    width: int = 0
    height: int = 0
    has_alpha: bool = False
    dpi: float = 0.0
    damage: str = ""


def measure_look(data: bytes) -> Look:
    """Measure a picture from its bytes; what is none is told by what is empty, and nothing is raised."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as picture:
                return Look(
                    format=picture.format or "",
                    mode=picture.mode,
                    width=picture.width,
                    height=picture.height,
                    has_alpha=picture.has_transparency_data,
                    dpi=_find_dpi(picture),
                    damage=_measure_damage(picture),
                )
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return Look()


def _find_dpi(picture: Image.Image) -> float:
    try:
        return float(picture.info.get("dpi", (0,))[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return 0.0


def _measure_damage(picture: Image.Image) -> str:
    """What goes wrong when every pixel is read, "" if nothing does."""
    if picture.width * picture.height > _MOST_PIXELS:
        return ""
    try:
        picture.load()
    except Exception as error:  # decoders fail in many ways
        return " ".join(str(error).split()) or type(error).__name__
    return ""
