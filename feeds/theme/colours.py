"""Colours in the hexadecimal forms of CSS, and the contrast that text needs against its ground."""

from __future__ import annotations

import colorsys

ACCENT = "#b4432a"
"""The accent of a site that names none."""

PAPER, NIGHT = "#fbfaf5", "#171411"
"""The grounds of the pages by day and by night, as the style sheets have them."""

CONTRAST = 4.5
"""What text needs against its ground (WCAG 2.2, 1.4.3, level AA)."""


def find_accents(accent: str) -> tuple[str, str]:
    """Find the accent by day and by night: the colour itself where it can be read, else the nearest that can.

    >>> find_accents("#b4432a"), find_accents("#fd0")
    (('#b4432a', '#d2583d'), ('#857300', '#ffdd00'))
    """
    colour = _join(_split(accent))
    return _find_readable(colour, PAPER), _find_readable(colour, NIGHT)


def find_contrast(one: str, other: str) -> float:
    """The contrast between two colours (WCAG 2.2, "contrast ratio"): from 1, none, to 21, black on white.

    >>> find_contrast("#000000", "#ffffff")
    21.0
    """
    dark, light = sorted((_find_luminance(one), _find_luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _find_readable(colour: str, ground: str) -> str:
    """Keep hue and saturation, and walk in lightness away from the ground until the contrast holds."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_split(colour))
    step = 0.005 if _find_luminance(ground) < 0.5 else -0.005
    while find_contrast(colour, ground) < CONTRAST:
        lightness += step
        colour = _join(colorsys.hls_to_rgb(hue, lightness, saturation))
    return colour


def _find_luminance(colour: str) -> float:
    """WCAG 2.2, "relative luminance"."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _split(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _split(colour: str) -> tuple[float, float, float]:
    digits = colour.removeprefix("#")
    red, green, blue = bytes.fromhex(digits if len(digits) == 6 else "".join(2 * digit for digit in digits))
    return red / 255, green / 255, blue / 255


def _join(parts: tuple[float, float, float]) -> str:
    return "#" + bytes(round(part * 255) for part in parts).hex()
