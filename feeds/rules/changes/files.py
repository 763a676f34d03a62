"""What may not happen to a linked file once it is published."""

from __future__ import annotations

from collections.abc import Iterable

from feeds.rulebook.changes import Change
from feeds.rulebook.files.linked import KeptFile, Use
from feeds.rulebook.places import Attribute
from feeds.rulebook.rule import Hits, rule


@rule("kept", source="Apple guide, itunes:image; Spotify delivery, artwork", apple="warning", spotify="warning")
def media_artwork_changed_same_url(kept: KeptFile) -> Hits:
    """Artwork that is replaced has a new address.

    Apple and Spotify do not fetch an address again that stays as it was: they go on showing the old picture.
    """
    cover = next((use for use in kept.uses if use.is_cover), None)
    if kept.purpose == "artwork" and cover and kept.was != kept.now:
        message = "the picture is another one than is published under the same address"
        yield cover.spot, f"{message}, which Apple and Spotify do not fetch again: give it a new file name"


@rule(
    "change",
    "kept",
    source="Spotify delivery, media; podcast namespace, other recommendations; Apple guide, enclosure",
    everywhere="warning",
)
def media_changed_same_url(subject: Change | KeptFile) -> Hits:
    """A recording that is replaced has a new address, and the episode keeps its guid.

    Spotify and many caches do not look again at an address that they know: part of the listeners go on hearing the old
    recording, with the chapters and the length of the new one.
    """
    yield from _find_by_size(subject) if isinstance(subject, KeptFile) else _find_by_length(subject)


def _find_by_length(change: Change) -> Hits:
    """By what the feeds say of the recordings."""
    for before, after in (*change.same, *change.renamed):
        stood, stands = (item.element.find("enclosure") for item in (before, after))
        if stood is not None and stands is not None and before.enclosure == after.enclosure:
            was, now = (_parse_length(enclosure.get("length") or "") for enclosure in (stood, stands))
            if was and now and was != now:
                yield Attribute(stands, "length"), _format_sizes(was, now)


def _find_by_size(kept: KeptFile) -> Hits:
    """By the files themselves, where the feeds do not tell it."""
    if kept.purpose == "media" and kept.was.bytes != kept.now.bytes:
        was, now = (_find_lengths(uses) for uses in (kept.before, kept.uses))
        if not (was and now) or was == now:
            yield kept.uses[0].spot, _format_sizes(str(kept.was.bytes), str(kept.now.bytes))


def _format_sizes(was: str, now: str) -> str:
    return f"the recording had {was} bytes and has {now} under the same address: give it a new file name"


def _find_lengths(uses: Iterable[Use]) -> set[str]:
    """The lengths that enclosures state."""
    return {_parse_length(use.length) for use in uses if use.name == "enclosure"} - {""}


def _parse_length(text: str) -> str:
    return text.strip().lstrip("0")
