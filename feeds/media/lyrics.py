"""The words of a recording in its tags: as text, or line by line with times (ID3 USLT and SYLT, LRC)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from feeds.formats import CONTROL, SECOND, parse_timestamp
from feeds.transcripts.cue import Cue

# Kinds of synchronised text that are words of the recording (ID3v2.4 frames, 4.9): other, lyrics, transcription.
_SAID = (0, 1, 2)
_MILLISECONDS = 2  # the other unit is frames of MPEG, which nobody writes: such times are left out

_STAMP = re.compile(r"\[(\d{1,3}:\d{2}(?:[.:]\d{1,3})?)\][ \t]*")
_WORD_STAMP = re.compile(r"<\d{1,3}:\d{2}(?:[.:]\d{1,3})?>[ \t]?")
_ABOUT = re.compile(r"\[([a-z#]+):([^\]]*)\]", re.IGNORECASE)

# What ID3 calls languages (ISO 639-2), and what a feed does (BCP 47): the short name, where there is one.
_LANGUAGES = dict(
    pair.split(":")
    for pair in "ara:ar bul:bg cat:ca ces:cs chi:zh cze:cs dan:da deu:de dut:nl ell:el eng:en est:et fin:fi fra:fr "
    "fre:fr ger:de gre:el heb:he hin:hi hrv:hr hun:hu ind:id isl:is ita:it jpn:ja kor:ko lav:lv lit:lt nld:nl nor:no "
    "pol:pl por:pt ron:ro rum:ro rus:ru slk:sk slv:sl spa:es srp:sr swe:sv tha:th tur:tr ukr:uk vie:vi zho:zh".split()
)
_NO_LANGUAGE = ("", "xxx", "und", "zxx", "mul")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lyrics:
    """The words of a recording: cues where they have times, else a text. `language` is "" where nobody knows it."""

    language: str = ""
    text: str = ""
    cues: tuple[Cue, ...] = ()

    @property
    def words(self) -> list[str]:
        """What is said, whatever its form."""
        return " ".join([self.text, *(cue.text for cue in self.cues)]).split()


def parse_lyrics(text: str, *, duration: int, language: str = "") -> Lyrics:
    """Read words as a tag holds them, which may be lines of LRC: [01:20.50] before each. `duration` in milliseconds.

    Where any line has no time of its own, all is plain text, since a cue could only guess it.
    """
    clean = CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    timed = _find_lrc(clean)
    return Lyrics(language=language, text="" if timed else clean, cues=tuple(_find_cues(timed, duration)))


def parse_id3_lyrics(tags: Any, *, duration: int) -> tuple[Lyrics, ...]:
    """Read the frames SYLT and USLT of a `mutagen.id3.ID3`; words that have times are not given again without."""
    found = [_parse_synchronised(frame, duration) for frame in tags.getall("SYLT") if frame.type in _SAID]
    found += (
        parse_lyrics(frame.text, duration=duration, language=_find_language(frame.lang))
        for frame in tags.getall("USLT")
    )
    return tuple(keep_distinct(found))


def keep_distinct(lyrics: Iterable[Lyrics]) -> Iterator[Lyrics]:
    """Each of those that say something, unless one with times or with a language says the same."""
    seen: list[list[str]] = []
    for one in sorted(lyrics, key=lambda one: (not one.cues, not one.language)):
        if one.words and one.words not in seen:
            seen.append(one.words)
            yield one


def _parse_synchronised(frame: Any, duration: int) -> Lyrics:
    language = _find_language(frame.lang)
    if frame.format != _MILLISECONDS:
        return Lyrics(language=language, text=CONTROL.sub("", "".join(text for text, _ in frame.text)).strip())
    return Lyrics(language=language, cues=tuple(_find_cues(_join_syllables(frame.text), duration)))


def _join_syllables(parts: list[tuple[str, int]]) -> list[tuple[int, str]]:
    """Lines with their starts. Text may come by syllables, and then a line break begins each new line
    (ID3v2.4 frames, 4.9); where there is no break at all, each part is a line.
    """
    broken = any("\n" in text.strip(" \t") for text, _ in parts)
    lines: list[tuple[int, str]] = []
    opening = True
    for text, time in parts:
        if opening or not broken or text.startswith("\n"):
            lines.append((time, text))
        else:
            lines[-1] = (lines[-1][0], lines[-1][1] + text)
        opening = text.endswith("\n")
    return lines


def _find_lrc(text: str) -> list[tuple[int, str]]:
    """The lines of LRC with their times in milliseconds, none if this is not LRC or only in part."""
    lines: list[tuple[int, str]] = []
    early = 0
    for line in filter(None, map(str.strip, text.split("\n"))):
        if about := _ABOUT.fullmatch(line):
            early = _find_offset(about) or early
            continue
        *stamps, said = _split_stamps(line)
        if not stamps:
            return []
        try:
            lines += ((parse_timestamp(re.sub(r":(\d+)$", r".\1", s) if s.count(":") > 1 else s), said) for s in stamps)
        except ValueError:
            return []
    return sorted(((max(0, time - early), said) for time, said in lines), key=lambda one: one[0])


def _find_offset(about: re.Match[str]) -> int:
    """How many milliseconds sooner all lines are shown: [offset:+250]."""
    known = about[1].lower() == "offset" and re.fullmatch(r"\s*[+-]?\d+\s*", about[2])
    return int(about[2]) if known else 0


def _split_stamps(line: str) -> Iterator[str]:
    """Each time at the head of a line, since a refrain has several, and what is said."""
    while stamp := _STAMP.match(line):
        yield stamp[1]
        line = line[stamp.end() :]
    yield _WORD_STAMP.sub("", line)


def _find_cues(lines: Iterable[tuple[int, str]], duration: int) -> Iterator[Cue]:
    """Each line lasts until the next, which may be an empty one; of two at one time, one cue holds both."""
    by_start: dict[int, str] = {}
    for start, text in sorted(lines, key=lambda line: line[0]):
        by_start[start] = f"{by_start.get(start, '')} {text}"
    starts = list(by_start)
    ends = [*starts[1:], max(duration, starts[-1] + SECOND)] if starts else []
    for (start, text), end in zip(by_start.items(), ends, strict=True):
        if plain := " ".join(CONTROL.sub("", text).split()):
            yield Cue(start=start, end=end, text=plain)


def _find_language(code: str) -> str:
    known = code.strip("\0 ").lower()
    return "" if known in _NO_LANGUAGE else _LANGUAGES.get(known, known)
