"""The chapters of a label as an MP4 holds them: samples of titles and of pictures, and the tracks that tell of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from feeds.chapters.mp4.chapter_tracks import JPEG, PNG, TEXT, Clock, Look, format_chapter_track, make_picture_look
from feeds.chapters.mp4.nero import format_nero_box
from feeds.chapters.mp4.texts import format_text_sample
from feeds.chapters.mp4.tracks import Sample
from feeds.media.measure import measure_picture_bytes
from feeds.model import Chapter
from feeds.tagging.covers import make_jpeg
from feeds.tagging.label import Cover, Label, clean_line

_FORMS = {"image/jpeg": JPEG, "image/png": PNG}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reel:
    """One track: when its samples are shown, and where each lies in the data of all."""

    look: Look
    samples: tuple[Sample, ...]


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
            )
            for number, reel in zip(numbers, self.reels, strict=True)
        )


def make_chapter_media(label: Label) -> ChapterMedia:
    """Make titles and pictures of chapters; silent ones are not listed, but may change the picture.

    Raises ValueError for a picture that is none.
    """
    listed = tuple(replace(one, title=clean_line(one.title)) for one in label.chapters if one.toc)
    if not listed:
        return ChapterMedia()
    titles = [format_text_sample(chapter) for chapter in listed]
    reels = [Reel(look=TEXT, samples=_lay_in_turn(listed, titles))]
    data = b"".join(titles)
    if shown := dict(_choose_pictures(label)):
        pictures = _find_one_form(list(shown.values()))
        samples, more = _lay_out(list(shown), [picture.data for picture in pictures], len(data))
        reels.append(Reel(look=_make_look(pictures), samples=samples))
        data += more
    return ChapterMedia(data=data, reels=tuple(reels), nero=format_nero_box(listed))


def _lay_in_turn(chapters: Sequence[Chapter], titles: Sequence[bytes]) -> tuple[Sample, ...]:
    """Samples behind each other in their order, as some readers take them to lie, even those that are the same."""
    places = accumulate(map(len, titles), initial=0)
    return tuple(
        Sample(start=chapter.start, offset=offset, size=len(title))
        for chapter, title, offset in zip(chapters, titles, places, strict=False)
    )


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


def _find_one_form(pictures: Sequence[Cover]) -> list[Cover]:
    """Pictures of one form: where there are several, all as JPEG, since ffmpeg shows those of the first form alone."""
    if len({picture.type for picture in pictures}) == 1:
        return list(pictures)
    made = {picture.data: make_jpeg(picture) for picture in pictures}
    return [made[picture.data] for picture in pictures]


def _make_look(pictures: Sequence[Cover]) -> Look:
    """The track is as large as the lowest of its pictures.

    ffmpeg takes a JPEG that is lower than three quarters of its track for every other line of a picture.
    """
    sizes = [measure_picture_bytes(data) for data in dict.fromkeys(picture.data for picture in pictures)]
    lowest = min(sizes, key=lambda size: size.height)
    return make_picture_look(_FORMS[pictures[0].type], lowest.width, lowest.height)
