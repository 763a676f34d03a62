"""Episodes as they come out of a capture, with every boundary that was decided and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from feeds.importers.capture.boundaries import Choice
from feeds.model import Block, Chapter, Entity, Quote, Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundary:
    """A run in which two things follow each other unmarked, and where the first of them was taken to end.

    `kind` is title, chapter, section or speaker; `place` is the title of its episode, `time` that of its chapter as
    the page writes it, "" where it has none. `choices` are what the evidence says,
    the likeliest first; `end` is what was taken, which a review may have moved.
    """

    kind: str
    place: str
    time: str
    line: int
    run: str
    choices: tuple[Choice, ...]
    end: int
    reviewed: bool = False

    @property
    def confidence(self) -> float:
        """How sure the boundary is, from 0 to 1; one that somebody looked at is sure."""
        return 1.0 if self.reviewed else next((c.confidence for c in self.choices if c.end == self.end), 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """An episode of a capture, with its boundaries in the order of the page."""

    title: str
    language: str
    line: int
    opening: tuple[Block, ...]
    sections: tuple[Chapter | Section, ...]
    entities_title: str
    entities: tuple[Entity, ...]
    boundaries: tuple[Boundary, ...]

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """Every chapter, in the order of the page."""
        return tuple(section for section in self.sections if isinstance(section, Chapter))

    @property
    def quotes(self) -> Iterator[tuple[Quote, Chapter | None]]:
        """Each quote with the chapter in which it is written, if any."""
        yield from ((block, None) for block in self.opening if isinstance(block, Quote))
        for section in self.sections:
            chapter = section if isinstance(section, Chapter) else None
            yield from ((block, chapter) for block in section.blocks if isinstance(block, Quote))

    @property
    def words(self) -> Iterator[str]:
        """Every text of the episode, so that one can see that none was lost."""
        yield self.title
        yield from _list_words(self.opening)
        for section in self.sections:
            yield section.title
            yield from _list_words(section.blocks)
        yield self.entities_title
        for entity in self.entities:
            yield from (entity.name, entity.type, entity.description)


def _list_words(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        yield block.text
        if isinstance(block, Quote):
            yield block.speaker
