"""Pictures for a purpose, of files of the author's (podcast namespace, tag image).

What is measured is filled in where its author says nothing; what they say stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from math import gcd

from feeds.building.sources import Library
from feeds.media.measure import Facts
from feeds.media_types import is_url
from feeds.model import Image

_INEXACT = 0.02
"""By how much a ratio may differ from that of the pixels, as 1.9 does from 1200 by 630."""


def publish_images(images: Iterable[Image], find_file: Callable[[str], tuple[str, Facts]]) -> tuple[Image, ...]:
    """Say of each picture where it stands, and what it is; `find_file` tells the address and the facts of a file."""
    return tuple(image if is_url(image.href) else _publish(image, *find_file(image.href)) for image in images)


def _publish(image: Image, url: str, facts: Facts) -> Image:
    return replace(
        image,
        href=url,
        aspect_ratio=image.aspect_ratio or format_ratio(facts.width, facts.height),
        width=facts.width if image.width is None else image.width,
        height=facts.height if image.height is None else image.height,
        type=image.type or facts.type,
    )


def find_image_warnings(images: Iterable[Image], find_key: Callable[[str], str], library: Library) -> Iterator[str]:
    """Find pictures of which their author says what they are not; `find_key` tells the key of a file by its name."""
    for image in images:
        if not is_url(image.href):
            key = find_key(image.href)
            yield from (f"{key} {message}" for message in _find_contradictions(image, library.facts[key]))


def format_ratio(width: int, height: int) -> str:
    """Write the ratio of two sides, as CSS does.

    >>> format_ratio(3000, 3000), format_ratio(1200, 630)
    ('1/1', '40/21')
    """
    common = gcd(width, height)
    return f"{width // common}/{height // common}"


def _find_contradictions(image: Image, facts: Facts) -> Iterator[str]:
    for key, said, measured in (
        ("width", image.width, facts.width),
        ("height", image.height, facts.height),
        ("type", image.type or None, facts.type),
    ):
        if said not in (None, measured):
            yield f"is said to have the {key} {said}, and has {measured}: take {key} out"
    if image.aspect_ratio and abs(_find_ratio(image.aspect_ratio) * facts.height / facts.width - 1) > _INEXACT:
        ratio = format_ratio(facts.width, facts.height)
        yield f"is said to have the aspect_ratio {image.aspect_ratio}, and has {ratio}: take aspect_ratio out"


def _find_ratio(text: str) -> float:
    width, _, height = text.partition("/")
    return float(width) / (float(height or 1) or 1)
