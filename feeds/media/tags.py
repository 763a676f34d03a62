"""What an audio file says of itself in its tags, whatever their format: ID3, MP4 or Vorbis comments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from feeds.chapters.id3 import parse_id3_chapters
from feeds.chapters.mp4.nero import join_carriers, parse_mp4_chapters
from feeds.chapters.vorbis import parse_vorbis_chapters
from feeds.formats import CONTROL, SECOND
from feeds.media.lyrics import Lyrics, keep_distinct, parse_id3_lyrics, parse_lyrics
from feeds.media_types import is_url
from feeds.model import Chapter

# What the formats call the same thing, the best name first. No name means two things.
_TITLE = ("TIT2", "©nam", "title")
_SUBTITLE = ("TIT3", "----:com.apple.iTunes:SUBTITLE", "subtitle")
_DESCRIPTION = ("TDES", "COMM", "ldes", "desc", "©cmt", "description", "comment")
_AUTHOR = ("TPE1", "©ART", "artist", "TPE2", "aART", "albumartist")
# A release is what a feed dates; the recording is next to it, and the original may be decades older.
_DATES = ("TDRL", "releasedate", "TDRC", "©day", "date", "year", "TDOR", "originaldate")
_TRACK = ("TRCK", "tves", "trkn", "tracknumber")
_DISC = ("TPOS", "tvsn", "disk", "discnumber")
_EXPLICIT = ("itunesadvisory", "rtng", "----:com.apple.iTunes:ITUNESADVISORY", "explicit")
_KEYWORDS = ("TKWD", "keyw", "keywords", "TCAT", "catg", "TCON", "©gen", "genre")
_GUID = ("TGID", "egid")
_FEED = ("WFED",)
_LYRICS = ("©lyr", "----:com.apple.iTunes:LYRICS", "lyrics", "unsyncedlyrics", "syncedlyrics")

# What iTunes writes for songs and podcasts alike (rtng), and people where there is no such number.
_ADVISORY = {"1": True, "4": True, "true": True, "yes": True, "explicit": True}
_ADVISORY |= {"2": False, "false": False, "no": False, "clean": False}
# Genres that only say that this is a podcast, or nothing.
_NO_KEYWORDS = frozenset("podcast podcasts speech other unknown".split())

_NUMBER = re.compile(r"0*([1-9]\d{0,3})(?:/0*(\d+))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Texts by the name that the format has for them, chapters, and words that have a frame of their own."""

    texts: Mapping[str, tuple[str, ...]]
    chapters: tuple[Chapter, ...] = ()
    lyrics: tuple[Lyrics, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """What the tags of an audio file say, "" and None where they do not; `duration` in milliseconds.

    `dates` are as they are written there, the one of release first. `feed` is the address of the podcast that the
    file came from, and `guid` the one that the episode has there.
    """

    duration: int
    title: str = ""
    subtitle: str = ""
    description: str = ""
    author: str = ""
    dates: tuple[str, ...] = ()
    season: int | None = None
    episode: int | None = None
    explicit: bool | None = None
    keywords: tuple[str, ...] = ()
    guid: str = ""
    feed: str = ""
    chapters: tuple[Chapter, ...] = ()
    lyrics: tuple[Lyrics, ...] = ()


def parse_tags(audio: Any, track: tuple[Chapter, ...] = ()) -> Tags:
    """Read the tags of a file that `mutagen.File` has opened; `track` are the chapters of an MP4 that stand in a track.

    The track is the number of the episode and the disc that of the season, where they say something: a track that
    is the only one does not, nor does a disc without a track.
    """
    found = _find_in(audio)
    texts, duration = found.texts, round(audio.info.length * SECOND)
    episode = _find_number(texts, _TRACK)
    feed = _find_text(texts, _FEED)
    return Tags(
        duration=duration,
        title=_find_line(texts, _TITLE),
        subtitle=_find_line(texts, _SUBTITLE),
        description=_find_text(texts, _DESCRIPTION),
        author=_find_line(texts, _AUTHOR),
        dates=tuple(dict.fromkeys(filter(None, (_find_text(texts, (name,)) for name in _DATES)))),
        season=_find_number(texts, _DISC) if episode else None,
        episode=episode,
        explicit=_ADVISORY.get(_find_text(texts, _EXPLICIT).lower()),
        keywords=tuple(_find_keywords(texts)),
        guid=_find_line(texts, _GUID),
        feed=feed if is_url(feed) else "",
        chapters=join_carriers(found.chapters, track),
        lyrics=found.lyrics or tuple(_find_lyrics(texts, duration)),
    )


def _find_in(audio: Any) -> Found:
    """Known by the names of their classes, formats need not be imported where no file is opened."""
    for kind in type(audio).__mro__:
        if find := _FORMATS.get(kind.__name__):
            return find(audio)
    return Found(texts={})


def _find_in_id3(audio: Any) -> Found:
    """A comment (COMM) with a description is a program's note to itself; ffmpeg writes a user's as TXXX."""
    tags = audio.tags
    if tags is None:
        return Found(texts={})
    texts: dict[str, tuple[str, ...]] = {}
    for frame in tags.values():
        description = getattr(frame, "desc", "")
        name = description.lower() or frame.FrameID
        if isinstance(getattr(frame, "text", None), list) and (not description or frame.FrameID == "TXXX"):
            # The genres of old are numbers, which mutagen knows the names of.
            texts.setdefault(name, tuple(map(_format_value, getattr(frame, "genres", frame.text))))
        elif frame.FrameID == "WFED":
            texts["WFED"] = (frame.url,)
    duration = round(audio.info.length * SECOND)
    return Found(
        texts=texts,
        chapters=parse_id3_chapters(tags, duration),
        lyrics=parse_id3_lyrics(tags, duration=duration),
    )


def _find_in_mp4(audio: Any) -> Found:
    """The address of the podcast (purl) has the name that other programs give to any page."""
    texts = {
        "WFED" if name == "purl" else name: tuple(map(_format_value, values))
        for name, values in (audio.tags or {}).items()
        if isinstance(values, list) and name != "covr"
    }
    return Found(texts=texts, chapters=parse_mp4_chapters(audio.chapters or ()))


def _format_value(value: object) -> str:
    """A free-form text comes as bytes, a track or disc as its number and the number of all, and a time stamp of ID3
    with hours is in UTC (ID3v2.4 structure, 4).
    """
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    stamped = getattr(value, "hour", None) is not None
    return "/".join(map(str, value)) if isinstance(value, tuple) else f"{value}{'Z' if stamped else ''}"


def _find_in_vorbis(audio: Any) -> Found:
    comments = audio.tags.as_dict() if audio.tags else {}
    texts = {name: tuple(values) for name, values in comments.items() if name != "metadata_block_picture"}
    return Found(texts=texts, chapters=parse_vorbis_chapters(comments))


_FORMATS: dict[str, Callable[[Any], Found]] = {
    "ID3FileType": _find_in_id3,  # MP3
    "WAVE": _find_in_id3,
    "MP4": _find_in_mp4,
    "OggFileType": _find_in_vorbis,  # Ogg Vorbis and Opus
    "FLAC": _find_in_vorbis,
}


def _find_texts(texts: Mapping[str, tuple[str, ...]], names: tuple[str, ...]) -> Iterable[str]:
    """The texts that there are, without what no record can hold."""
    for name in names:
        for text in texts.get(name, ()):
            if clean := CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip():
                yield clean


def _find_text(texts: Mapping[str, tuple[str, ...]], names: tuple[str, ...]) -> str:
    """The texts of the first name that has any."""
    return next(filter(None, (" ".join(_find_texts(texts, (name,))) for name in names)), "")


def _find_line(texts: Mapping[str, tuple[str, ...]], names: tuple[str, ...]) -> str:
    return " ".join(_find_text(texts, names).split())


def _find_number(texts: Mapping[str, tuple[str, ...]], names: tuple[str, ...]) -> int | None:
    number = _NUMBER.fullmatch(_find_text(texts, names))
    return int(number[1]) if number and number[2] != "1" else None


def _find_keywords(texts: Mapping[str, tuple[str, ...]]) -> Iterable[str]:
    """Each word once, whatever the case of its letters."""
    words: dict[str, str] = {}
    for text in _find_texts(texts, _KEYWORDS):
        for word in filter(None, (" ".join(part.split()) for part in re.split("[,;\n]", text))):
            words.setdefault(word.casefold(), word)
    return (word for folded, word in words.items() if folded not in _NO_KEYWORDS)


def _find_lyrics(texts: Mapping[str, tuple[str, ...]], duration: int) -> Iterable[Lyrics]:
    return keep_distinct(parse_lyrics(text, duration=duration) for text in _find_texts(texts, _LYRICS))
