"""Chapters in the ID3 tag of a recording, frame by frame."""

from __future__ import annotations

from collections import Counter

from feeds.formats import format_timestamp
from feeds.rulebook.files.linked import ANYWHERE, ChapterTag, Media
from feeds.rulebook.places import Spot
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.wording import quote

_SOURCE = "ID3v2 Chapters, "
_MOST_CHILDREN = 255
_SLACK = 1000
"""Milliseconds by which a chapter may begin after the end, as encoders do not agree on where that is."""


@rule("media", source=_SOURCE + "3.1 and 3.2", everywhere="error")
def chapters_id3_frame_broken(media: Media) -> Hits:
    """Frames of chapters hold all that belongs into them: an id that ends, and every number.

    Players leave out a chapter whose frame breaks off, or all of them.
    """
    for fault in media.tag.broken:
        yield _spot(media), f"{fault}: write the chapters anew"


@rule("media", source=_SOURCE + "3.1 and 3.2, Element ID", everywhere="error")
def chapters_id3_element_id_duplicate(media: Media) -> Hits:
    """Every frame of chapters has an id that no other one in the tag has.

    The table of contents names chapters by their ids: of two alike, players drop one.
    """
    counts = Counter(media.tag.ids)
    for name, count in counts.items():
        if count > 1:
            yield _spot(media), f"the id {quote(name)} is that of {count} frames: give each an id of its own"


@rule("media", source=_SOURCE + "3.1, Start time and End time", everywhere="error")
def chapters_id3_times(media: Media) -> Hits:
    """A chapter begins before it ends.

    Players that go by the end of a chapter never show one that ends as it begins.
    """
    for frame in media.tag.chapters:
        if frame.start >= frame.end:
            start, end = format_timestamp(frame.start), format_timestamp(frame.end)
            message = f"chapter {quote(frame.id)} begins at {start} and ends at {end}: let it end after it begins"
            yield _spot(media), message


@rule("media", source=_SOURCE + "3.1, Start time; house", everywhere="error")
def chapters_id3_past_end(media: Media) -> Hits:
    """A chapter begins before the recording ends.

    Nobody can reach it. Mostly the recording was cut after the chapters were written, and all of them are late.
    """
    for frame in media.tag.chapters:
        if media.duration and frame.start > media.duration + _SLACK:
            start, end = format_timestamp(frame.start), format_timestamp(media.duration)
            message = (
                f"chapter {quote(frame.id)} begins at {start}, after the end of the recording at {end}: correct it"
            )
            yield _spot(media), message


@rule("media", source=_SOURCE + "3.1, Start offset", everywhere="info")
def chapters_id3_offsets(media: Media) -> Hits:
    """The byte offsets of chapters are set to FFFFFFFF, so that their times count.

    Any other number stands for a byte of the file in place of the time, and few programs reckon with that.
    """
    chapters = media.tag.chapters
    odd = [frame.id for frame in chapters if (frame.start_offset, frame.end_offset) != (ANYWHERE, ANYWHERE)]
    if odd:
        message = (
            f"{len(odd)} of {len(chapters)} chapters have byte offsets, such as {quote(odd[0])}: set them to FFFFFFFF"
        )
        yield _spot(media), message


@rule("media", source=_SOURCE + "3.2, Flags", everywhere="error")
def chapters_id3_toc_top_level(media: Media) -> Hits:
    """At most one table of contents is the one at the top.

    Of two, players take the first or the last, and each takes another.
    """
    tops = [frame.id for frame in media.tag.contents if frame.is_top]
    if len(tops) > 1:
        names = ", ".join(map(quote, tops[:5]))
        yield _spot(media), f"{len(tops)} tables of contents are at the top, {names}: leave the flag with one of them"


@rule("media", source=_SOURCE + "3.2, Entry count", everywhere="error")
def chapters_id3_toc_count(media: Media) -> Hits:
    """A table of contents lists between 1 and 255 chapters, and says how many.

    The count is one byte. More chapters need tables within the table, or players see the rest not at all.
    """
    for frame in media.tag.contents:
        if not frame.count:
            yield (
                _spot(media),
                f"the table of contents {quote(frame.id)} lists nothing: list its chapters, or remove it",
            )
        elif frame.count != len(frame.children):
            said = f"says that it lists {frame.count} chapters and lists {len(frame.children)}"
            yield _spot(media), f"the table of contents {quote(frame.id)} {said}: write it anew"
    if len(media.tag.contents) == 1 and len(media.tag.chapters) > _MOST_CHILDREN:
        several = f"{len(media.tag.chapters)} chapters are more than one table of contents can list"
        yield _spot(media), f"{several}: put tables of at most {_MOST_CHILDREN} under the one at the top"


@rule("media", source=_SOURCE + "3.2, Child Element ID", everywhere="error")
def chapters_id3_toc_child_unknown(media: Media) -> Hits:
    """Every id in a table of contents is that of a frame in the tag, in the same letters.

    An entry that leads nowhere is a chapter that players do not list.
    """
    known = set(media.tag.ids)
    for frame in media.tag.contents:
        for child in dict.fromkeys(frame.children):
            if child not in known:
                lists = f"the table of contents {quote(frame.id)} lists {quote(child)}, which no frame has for its id"
                yield _spot(media), f"{lists}: write the chapter, or take the entry out"


@rule("media", source=_SOURCE + "3.2, Flags", everywhere="warning")
def chapters_id3_toc_ordered(media: Media) -> Hits:
    """The table of contents at the top says that its entries are in order.

    Without that flag they are pieces that a player may play each on its own, and in any order.
    """
    for frame in media.tag.contents:
        if frame.is_top and not frame.is_ordered:
            yield (
                _spot(media),
                f"the table of contents {quote(frame.id)} is not marked as ordered: set its ordered flag",
            )


@rule("media", source=_SOURCE + "3.1 and 3.2, embedded sub-frames", everywhere="warning")
def chapters_id3_title_missing(media: Media) -> Hits:
    """Chapters that are listed, and tables of contents within another one, have a title (TIT2).

    Listeners see an empty line in the list, or the id of the frame, which is meant for machines.
    """
    silent = find_silent(media.tag)
    for chapter in media.tag.chapters:
        if not chapter.title.strip() and chapter.id not in silent:
            start = format_timestamp(chapter.start)
            yield _spot(media), f"chapter {quote(chapter.id)} at {start} has no title: give it a TIT2 frame"
    nested = {child for table in media.tag.contents for child in table.children}
    for table in media.tag.contents:
        if not table.title.strip() and table.id in nested:
            message = f"the table of contents {quote(table.id)} within another has no title: give it a TIT2 frame"
            yield _spot(media), message


@rule("media", source=_SOURCE + "3.2", everywhere="warning")
def chapters_id3_toc_missing(media: Media) -> Hits:
    """Chapters that are to be listed are named by a table of contents (CTOC).

    Those that none names only change the picture in silence; where there is no table, players differ.
    """
    if media.tag.chapters and not media.tag.contents:
        count = len(media.tag.chapters)
        yield _spot(media), f"{count} chapters stand in the tag without a table of contents: add a CTOC that names them"


def find_silent(tag: ChapterTag) -> frozenset[str]:
    """The ids of chapters that change the picture and are not listed; none where no table of contents names any."""
    named = {child for table in tag.contents for child in table.children}
    ids = {chapter.id for chapter in tag.chapters}
    return frozenset(ids - named) if ids & named else frozenset()


def _spot(media: Media) -> Spot:
    return media.uses[0].spot
