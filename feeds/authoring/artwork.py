"""The first artwork of a show: a skyline before a disc, drawn from the title and always the same for it.

Apple asks for a square of 1400 to 3000 pixels in RGB without alpha (artwork requirements). The shapes are bold
enough to be told apart at 60 pixels. There are no letters, for which no one font would do in every script.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from PIL import Image, ImageDraw

SIZE = 1400
"""The side in pixels: the least that Apple takes."""

PAPER, INK, SAND = "#fbfaf5", "#1d1a16", "#cfc6b3"
ACCENTS = ("#b4432a", "#1f5f6b", "#946200", "#7a3b69", "#2f4f8f", "#a8385d")
"""What the disc can be coloured. Each can be read as text on paper, and so be the accent of the site."""

_FINE = 4  # how many times larger
_GAP = 24  # between bars
_LOW, _HIGH = 250, 700  # heights of all bars but the tower
_STEP = 220  # how far a bar moves that is nearly as high as its neighbour
_NEAR = 130
_MARGIN = 90  # between the disc and the edges


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bar:
    left: int
    right: int
    top: int
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Disc:
    x: int
    y: int
    radius: int


def find_accent(title: str) -> str:
    """The colour of the disc on the artwork of a show."""
    return ACCENTS[_find_numbers(title)[0] % len(ACCENTS)]


def render_artwork(title: str) -> bytes:
    """Draw the artwork of a show, as a PNG."""
    bars, disc = _find_shapes(_find_numbers(title))
    image = Image.new("RGB", (SIZE, SIZE), PAPER)
    image.paste(find_accent(title), (disc.x - disc.radius, disc.y - disc.radius), _draw_disc(disc.radius))
    pen = ImageDraw.Draw(image)
    for bar in bars:
        # Pillow counts the right edge as part of a rectangle.
        pen.rectangle((bar.left, bar.top, bar.right - 1, SIZE), bar.colour)
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _draw_disc(radius: int) -> Image.Image:
    """A disc that fills its square, drawn larger and scaled down, which makes its edge smooth."""
    side = 2 * radius * _FINE
    disc = Image.new("L", (side, side))
    ImageDraw.Draw(disc).ellipse((0, 0, side - 1, side - 1), 255)
    return disc.reduce(_FINE)


def _find_numbers(title: str) -> bytes:
    """Numbers from 0 to 255 that stand for a title."""
    return hashlib.sha256(title.encode()).digest()


def _find_shapes(numbers: bytes) -> tuple[tuple[_Bar, ...], _Disc]:
    """Five to seven bars, of which one towers over the others, and the disc behind it.

    As in a player, what has been heard is ink, and the rest is sand.
    """
    count = 5 + numbers[1] % 3
    tower = 1 + numbers[2] % (count - 2)
    heard = count - 1 - numbers[3] % 2
    weights = [3 if place == tower else 2 + number % 4 for place, number in enumerate(numbers[4 : 4 + count])]
    heights = _find_heights(numbers[12 : 12 + count])
    heights[tower] = 800 + numbers[20] % 140
    bars = tuple(
        _Bar(left=left, right=right, top=SIZE - height, colour=INK if place < heard or place == tower else SAND)
        for place, (left, right, height) in enumerate(zip(*_find_edges(weights), heights, strict=True))
    )
    radius = 290 + numbers[21] % 60
    x = bars[tower].left if numbers[22] % 2 else bars[tower].right
    disc = _Disc(
        x=min(max(x, radius + _MARGIN), SIZE - radius - _MARGIN),
        y=max(bars[tower].top - radius // 5, radius + _MARGIN),
        radius=radius,
    )
    return bars, disc


def _find_edges(weights: Sequence[int]) -> tuple[list[int], list[int]]:
    """The left and the right edges of bars that share the whole width by their weights."""
    room = SIZE - _GAP * (len(weights) - 1)
    ends = [room * weight // sum(weights) for weight in accumulate(weights)]
    lefts = [end + _GAP * place for place, end in enumerate([0, *ends[:-1]])]
    rights = [end + _GAP * place for place, end in enumerate(ends)]
    return lefts, rights


def _find_heights(numbers: bytes) -> list[int]:
    """Heights with a rhythm: no two neighbours are nearly alike."""
    heights: list[int] = []
    for number in numbers:
        height = _LOW + (_HIGH - _LOW) * number // 255
        if heights and abs(height - heights[-1]) < _NEAR:
            height += _STEP if height < (_LOW + _HIGH) // 2 else -_STEP
        heights.append(height)
    return heights
