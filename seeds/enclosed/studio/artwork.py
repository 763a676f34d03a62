"""Draw the artwork of both channels: `python artwork.py` writes artwork.png into each channel's folder.

Enclosed has a wide picture too, social.png, for pages that show a link.

Apple asks for a square of 1400 to 3000 pixels in RGB, without alpha. Everything is drawn three times
as large and scaled down, in shapes bold enough to be told apart at 60 pixels.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

SIZE = 1500
SCALE = 3
CARD = (1200, 630)

PAPER = "#fbf9f3"
INK = "#1d1a16"
SAND = "#cfc6b3"
BRICK = "#b4432a"
TEAL = "#1f5f6b"


class Sheet:
    """A square of paper, SIZE units wide; y grows downwards."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (SIZE * SCALE, SIZE * SCALE), PAPER)
        self.pen = ImageDraw.Draw(self.image)

    def bar(self, left: int, top: int, width: int, colour: str) -> None:
        """Draw a bar that rises from the lower edge to `top`."""
        # Pillow counts the right edge as part of the rectangle.
        right = (left + width) * SCALE - 1
        self.pen.rectangle((left * SCALE, top * SCALE, right, SIZE * SCALE), colour)

    def dot(self, x: int, y: int, radius: int, colour: str) -> None:
        """Draw a disc around a point."""
        edges = (x - radius, y - radius, x + radius, y + radius)
        self.pen.ellipse([edge * SCALE for edge in edges], colour)

    def polygon(self, points: tuple[tuple[int, int], ...], colour: str) -> None:
        """Fill the shape between points."""
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], colour)

    def write_wide(self, path: Path) -> None:
        """Save the middle as PNG, in the shape of a card."""
        left, top = 0, (SIZE - SIZE * CARD[1] // CARD[0]) // 2
        middle = self.image.reduce(SCALE).crop((left, top, SIZE, SIZE - top))
        middle.resize(CARD, Image.Resampling.LANCZOS).save(path, optimize=True)

    def write(self, path: Path) -> None:
        """Scale down and save as PNG."""
        self.image.reduce(SCALE).save(path, optimize=True)


def draw_shape() -> Sheet:
    """Draw an episode as a skyline: a bar as wide as its chapter is long, a dot above it for each quote.

    As in a player, what has been heard is ink, and the rest is sand.
    """
    sheet = Sheet()
    skyline = (
        # left, top, width, colour, where its quotes stand
        (0, 1060, 116, INK, ()),
        (140, 880, 128, INK, ()),
        (292, 700, 244, INK, (366,)),
        (560, 960, 104, INK, ()),
        (688, 430, 456, INK, (768, 872, 1064)),
        (1168, 810, 122, SAND, ()),
        (1314, 610, 186, SAND, (1426,)),
    )
    for left, top, width, colour, quotes in skyline:
        sheet.bar(left, top, width, colour)
        for quote in quotes:
            sheet.dot(quote, top - 84, 40, BRICK)
    return sheet


def draw_enclosed() -> Sheet:
    """Draw a sound as the letter in an open envelope, whose flap and pocket are a pair of angle brackets."""
    sheet = Sheet()
    middle, shoulder, height = SIZE // 2, 830, 480
    flap = ((0, shoulder), (middle, shoulder - height), (SIZE, shoulder), (middle, shoulder + height))
    sheet.polygon(flap, SAND)
    for place, top in enumerate((740, 410, 620, 200, 570, 700)):
        sheet.bar(278 + place * 168, top, 104, TEAL)
    pocket = ((0, shoulder), (middle, shoulder + height), (SIZE, shoulder), (SIZE, SIZE), (0, SIZE))
    sheet.polygon(pocket, INK)
    return sheet


if __name__ == "__main__":
    seeds = Path(__file__).resolve().parents[2]
    draw_shape().write(seeds / "shape" / "artwork.png")
    draw_enclosed().write(seeds / "enclosed" / "artwork.png")
    draw_enclosed().write_wide(seeds / "enclosed" / "social.png")
