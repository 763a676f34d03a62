"""A JSON chapters file as rules look at it (podcast namespace, docs/examples/chapters/jsonChapters.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from feeds.rulebook.files.located import NO_JSON, JsonText, Node, parse_located
from feeds.rulebook.files.text import FileText, parse_file_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """A chapter of a file, and what of it can be reckoned with: seconds, None where there are none.

    `listed` says whether apps show it; one with `"toc": false` is silent.
    """

    node: Node
    start: float | None
    end: float | None
    listed: bool

    @property
    def title(self) -> str:
        """Its title, "" if it has none."""
        title = self.node.members.get("title")
        return title.text if title else ""


@dataclass(frozen=True, kw_only=True)  # the cache wants a dictionary of attributes
class ChaptersFile:
    """A chapters file: its name as the user knows it, its text, its JSON, its chapters in the order of the file.

    `duration` is that of the recording in milliseconds, None if nobody knows it.
    """

    name: str
    text: FileText
    json: JsonText
    duration: int | None
    chapters: tuple[Marker, ...]

    @cached_property
    def timeline(self) -> tuple[tuple[float, Marker], ...]:
        """The chapters that apps list, with their starts, in the order of time."""
        timed = ((one.start, one) for one in self.chapters if one.listed and one.start is not None)
        return tuple(sorted(timed, key=lambda pair: pair[0]))


def parse_chapters_file(name: str, data: bytes, *, duration: int | None = None) -> ChaptersFile:
    """Read a chapters file; whatever is wrong with it is for the rules to tell."""
    text = parse_file_text(data)
    json = NO_JSON if text.fault or text.large else parse_located(text.text)
    return ChaptersFile(name=name, text=text, json=json, duration=duration, chapters=tuple(_find_markers(json)))


def _find_markers(json: JsonText) -> Iterator[Marker]:
    chapters = json.root.members.get("chapters") if json.root else None
    for node in chapters.items if chapters else ():
        if node.is_object:
            toc = node.members.get("toc")
            yield Marker(
                node=node,
                start=_find_seconds(node, "startTime"),
                end=_find_seconds(node, "endTime"),
                listed=toc is None or toc.value is not False,
            )


def _find_seconds(node: Node, name: str) -> float | None:
    member = node.members.get(name)
    number = member.number if member else None
    return number if number is not None and number >= 0 else None
