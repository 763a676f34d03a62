"""Chapters written in another form, with what that form cannot hold."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace

from feeds.chapters.carriers import CARRIER_BY_NAME, CARRIERS, Carrier, find_carrier_by_suffix, find_losses
from feeds.chapters.listing import ChapterList
from feeds.errors import Fault, OptionError
from feeds.media_types import is_url

_USUAL = "json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """Chapters in another form, and what is lost of them, "" if nothing is."""

    text: str
    lost: str


def find_target(name: str, out: str) -> Carrier:
    """The carrier that a user asks for: by its name, else by the name of the file, else JSON.

    Raises OptionError for one that does not exist, or that is not written as a text.
    """
    carrier = CARRIER_BY_NAME.get(name) if name else find_carrier_by_suffix(out) or CARRIER_BY_NAME[_USUAL]
    written = [one.name for one in CARRIERS if one.format]
    if carrier is None:
        near = difflib.get_close_matches(name, written, n=1)
        remedy = f"did you mean {near[0]}?" if near else f"there are {', '.join(written)}"
        raise _refuse(f"{name!r} is no form of chapters: {remedy}")
    if carrier.format is None:
        remedy = (
            "`feeds chapters embed` writes into recordings" if carrier.parse is None else f"choose {', '.join(written)}"
        )
        raise _refuse(f"chapters are not written as {carrier.name}: {remedy}")
    return carrier


def convert_chapters(listing: ChapterList, carrier: Carrier) -> Converted:
    """Write chapters in another form; pictures that are files have no address and stay behind."""
    assert carrier.format
    chapters = tuple(
        chapter if is_url(chapter.image) or not carrier.holds.image else replace(chapter, image="")
        for chapter in listing.chapters
    )
    local = sum(bool(old.image) and not new.image for old, new in zip(listing.chapters, chapters, strict=True))
    reduced = replace(listing, chapters=chapters)
    losses = [*find_losses(reduced, carrier.holds)]
    if local:
        losses.append(f"{local} {'image that has' if local == 1 else 'images that have'} no address")
    return Converted(text=carrier.format(reduced), lost=", ".join(losses))


def _refuse(message: str) -> OptionError:
    return OptionError([Fault(path="--to", message=message)])
