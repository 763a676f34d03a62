"""Chapters written into a copy of a recording, and taken out of one with their pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path

from feeds.chaptering.sources import CARRIER_OF, Source, read_kind
from feeds.chapters.carriers import CARRIER_BY_NAME, Holds, find_losses
from feeds.errors import Fault, FeedsError, OptionError, format_path
from feeds.formats import format_timestamp
from feeds.media.measure import measure_picture_bytes, measure_tags, read_pictures
from feeds.media_types import find_audio_type, is_url
from feeds.rulebook.forms.containers import find_container
from feeds.tagging.copy import TaggedCopy, measure_copy
from feeds.tagging.label import Cover, Label
from feeds.tree import guard_output

_COVERS = ("image/jpeg", "image/png")
_SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "image/gif": ".gif"}


def write_embedded(audio: Path, source: Source, out: Path) -> str:
    """Write a copy of a recording with the chapters of a source in place of its own, and tell what is lost of them.

    Every other tag stays, and so does the sound. Raises OptionError if the copy would be written over what it is made
    of, or would have the name of another kind of file; FeedsError if the recording takes no chapters, or ends before
    one of them begins.
    """
    guard_output(out, [audio, *([source.file] if source.file else [])])
    kind, promised = read_kind(audio), find_container(find_audio_type(out.name))
    if kind and promised and kind != promised:
        message = f"{format_path(out)} has the name of another kind of file: the recording is {kind}"
        raise OptionError([Fault(path="--out", message=message)])
    try:
        pictures = _read_covers(source)
        duration = measure_tags(audio).duration
        _check_length(source, duration)
        label = Label(title="", show="", chapters=source.listing.chapters, pictures=pictures, duration=duration)
        copy = measure_copy(audio, label)
        _write_copy(copy, out)
    except ValueError as error:
        raise FeedsError([Fault(path=format_path(audio), message=str(error))]) from error
    return ", ".join(_find_losses(source, CARRIER_BY_NAME[CARRIER_OF[kind]].holds, pictures))


def _check_length(source: Source, duration: int) -> None:
    """Raise ValueError for chapters that begin behind the end of a recording, in milliseconds."""
    past = [chapter for chapter in source.listing.chapters if chapter.start >= duration]
    if past:
        others = f", and {len(past) - 1} more," if len(past) > 1 else ""
        begin, end = format_timestamp(past[0].start), format_timestamp(duration)
        raise ValueError(f"the recording ends at {end}: the chapter at {begin}{others} cannot begin behind that")


def _write_copy(copy: TaggedCopy, out: Path) -> None:
    """Write a copy whole or not at all, with no more of it in memory than a piece.

    Until it is whole it lies under a name that nothing has, which may be that of the recording itself.
    """
    aside = next(name for number in count() if not (name := out.with_name(f"{out.name}.{number}.new")).exists())
    stream = aside.open("xb")
    try:
        with stream:
            stream.writelines(copy.read_pieces())
        aside.replace(out)
    finally:
        aside.unlink(missing_ok=True)


def write_pictures(audio: Path, folder: Path) -> tuple[Path, ...]:
    """Write the pictures of the chapters of a recording into a folder, named by the starts of the chapters.

    Raises FeedsError if the recording cannot be read.
    """
    try:
        pictures = read_pictures(audio).chapters
    except ValueError as error:
        raise FeedsError([Fault(path=format_path(audio), message=str(error))]) from error
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(_write_pictures(pictures, folder))


def _write_pictures(pictures: tuple[tuple[int, bytes], ...], folder: Path) -> Iterator[Path]:
    for start, data in pictures:
        try:
            suffix = _SUFFIXES[measure_picture_bytes(data).type]
        except ValueError:  # an address, or what no app shows
            continue
        path = folder / f"{start // 1000:05d}.{start % 1000:03d}{suffix}"
        path.write_bytes(data)
        yield path


def _read_covers(source: Source) -> Mapping[str, Cover]:
    """The pictures of chapters that are files beside their source. Raises ValueError for one that is no JPEG or PNG."""
    covers: dict[str, Cover] = {}
    for chapter in source.listing.chapters:
        if chapter.image and not is_url(chapter.image) and source.file:
            file = source.file.parent / chapter.image
            try:
                data = file.read_bytes()
            except OSError as error:
                raise ValueError(f"the picture {format_path(file)} cannot be read: {error.strerror}") from error
            type = measure_picture_bytes(data).type
            if type not in _COVERS:
                raise ValueError(f"the picture {format_path(file)} is {type}: recordings take JPEG and PNG")
            covers[chapter.image] = Cover(data=data, type="image/jpeg" if type == _COVERS[0] else "image/png")
    return covers


def _find_losses(source: Source, holds: Holds, pictures: Mapping[str, Cover]) -> Iterator[str]:
    """What the tags cannot hold; what they say of the recording itself is theirs."""
    bare = replace(source.listing, title="", author="", podcast="", description="", file_name="", waypoints=False)
    yield from find_losses(bare, holds)
    far = [chapter for chapter in bare.chapters if is_url(chapter.image) and chapter.image not in pictures]
    if far and holds.image and not holds.silent:  # a track of an MP4 holds pictures, and no addresses of them
        yield f"{len(far)} {'image that is an address' if len(far) == 1 else 'images that are addresses'}"
