"""The chapters of a label as an MP4 holds them: samples of titles and of pictures, and the tracks that tell of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from feeds.chapters.mp4.boxes import format_box
from feeds.chapters.mp4.chapter_tracks import JPEG, PNG, TEXT, Clock, Look, format_chapter_track, make_picture_look
from feeds.chapters.mp4.nero import format_nero_box
from feeds.chapters.mp4.texts import format_text_sample
from feeds.chapters.mp4.tracks import Sample
from feeds.media.measure import measure_picture_bytes
from feeds.model import Chapter
from feeds.tagging.label import Cover, Label, clean_line

_FORMS = {"image/jpeg": JPEG, "image/png": PNG}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reel:
    """One track: when its samples are shown, where each lies in the data of all, and its form in the look."""

    look: Look
    samples: tuple[Sample, ...]
    entries: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterMedia:
    """All that an MP4 has of chapters: samples, the tracks that show them, and the box of Nero."""

    data: bytes = b""
    reels: tuple[Reel, ...] = ()
    nero: bytes = b""

    def format_tracks(self, begin: int, numbers: Iterable[int], clock: Clock, language: str) -> bytes:
        """Write the tracks; `begin` is where the data lies in the file."""
        return b"".join(
            format_chapter_track(
                [replace(sample, offset=sample.offset + begin) for sample in reel.samples],
                reel.look,
                clock,
                number=number,
                language=language,
                entries=reel.entries,
            )
            for number, reel in zip(numbers, self.reels, strict=True)
        )

    def format_data(self) -> bytes:
        """Write the box that holds the samples; b"" where there are none."""
        return format_box(b"mdat", self.data) if self.data else b""


def make_chapter_media(label: Label) -> ChapterMedia:
    """Make titles and pictures of chapters; silent ones are not listed, but may change the picture.

    Raises ValueError for a picture that is none.
    """
    listed = tuple(replace(one, title=clean_line(one.title)) for one in label.chapters if one.toc)
    if not listed:
        return ChapterMedia()
    titles = [format_text_sample(chapter) for chapter in listed]
    samples, data = _lay_out([chapter.start for chapter in listed], titles, 0)
    reels = [Reel(look=TEXT, samples=samples)]
    if shown := dict(_choose_pictures(label)):
        pictures, more = _lay_out(list(shown), [picture.data for picture in shown.values()], len(data))
        reels.append(_make_picture_reel(pictures, list(shown.values())))
        data += more
    return ChapterMedia(data=data, reels=tuple(reels), nero=format_nero_box(listed))


def _lay_out(starts: Sequence[int], contents: Sequence[bytes], begin: int) -> tuple[tuple[Sample, ...], bytes]:
    """Samples behind each other; what is shown again lies there once."""
    places: dict[bytes, int] = {}
    for content in contents:
        if content not in places:
            places[content] = begin
            begin += len(content)
    samples = (
        Sample(start=start, offset=places[content], size=len(content))
        for start, content in zip(starts, contents, strict=True)
    )
    return tuple(samples), b"".join(places)


def _choose_pictures(label: Label) -> Iterator[tuple[int, Cover]]:
    """What is shown from when on: the picture of each chapter, and the cover for a chapter without one.

    Where there is no cover the picture stays, since a track of pictures shows one at any time. There is nothing to show
    where no chapter has a picture.
    """
    if any(_find_picture(chapter, label) for chapter in label.chapters):
        for chapter in label.chapters:
            picture = _find_picture(chapter, label) or (label.cover if chapter.toc else None)
            if picture:
                yield chapter.start, picture


def _find_picture(chapter: Chapter, label: Label) -> Cover | None:
    return label.pictures.get(chapter.image) if chapter.image else None


def _make_picture_reel(samples: tuple[Sample, ...], pictures: Sequence[Cover]) -> Reel:
    sizes = [measure_picture_bytes(data) for data in dict.fromkeys(picture.data for picture in pictures)]
    forms = [_FORMS[picture.type] for picture in pictures]
    kinds = list(dict.fromkeys(forms))
    return Reel(
        look=make_picture_look(kinds, max(size.width for size in sizes), max(size.height for size in sizes)),
        samples=samples,
        entries=tuple(kinds.index(form) + 1 for form in forms),
    )
