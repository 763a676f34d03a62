"""A review of doubtful boundaries, as values: which one is looked at, and where its mark stands.

Nothing here knows a terminal: keys come in as words, and what is to be shown goes out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from feeds.importers.capture.boundaries import find_ends
from feeds.importers.capture.episodes import Boundary, Captured

DOUBTFUL = 0.7
"""How sure a boundary must be to be taken without a word."""

Key = Literal["keep", "left", "right", "stop"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A boundary to look at: where it can be, as ascending offsets in its run, and where it is now."""

    boundary: Boundary
    ends: tuple[int, ...]
    end: int

    @property
    def title(self) -> str:
        return self.boundary.run[: self.end].strip()

    @property
    def body(self) -> str:
        return self.boundary.run[self.end :].strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The state of a review. `decided` are the boundaries that were set, with their titles."""

    questions: tuple[Question, ...]
    place: int = 0
    decided: tuple[tuple[Boundary, str], ...] = ()
    stopped: bool = False

    @property
    def question(self) -> Question | None:
        """What is to be looked at, None when nothing is left or the review was stopped."""
        return None if self.stopped or self.place >= len(self.questions) else self.questions[self.place]


def find_doubtful(episodes: Iterable[Captured]) -> tuple[Boundary, ...]:
    """The boundaries that are not sure, in the order of the page."""
    return tuple(boundary for episode in episodes for boundary in episode.boundaries if boundary.confidence < DOUBTFUL)


def begin_review(episodes: Iterable[Captured]) -> Review:
    """Begin with what is doubtful and was not decided yet."""
    languages = {id(boundary): episode.language for episode in episodes for boundary in episode.boundaries}
    return Review(
        questions=tuple(_build_question(boundary, languages[id(boundary)]) for boundary in find_doubtful(episodes))
    )


def press_key(review: Review, key: Key) -> Review:
    """What a key does: keep the boundary where it is, move it by a word, or stop."""
    question = review.question
    if question is None:
        return review
    if key == "stop":
        return replace(review, stopped=True)
    if key == "keep":
        decided = (*review.decided, (question.boundary, question.boundary.run[: question.end]))
        return replace(review, place=review.place + 1, decided=decided)
    if key == "left":
        end = max((end for end in question.ends if end < question.end), default=question.end)
    else:
        end = min((end for end in question.ends if end > question.end), default=question.end)
    moved = (*review.questions[: review.place], replace(question, end=end), *review.questions[review.place + 1 :])
    return replace(review, questions=moved)


def _build_question(boundary: Boundary, language: str) -> Question:
    ends = {*find_ends(boundary.run, language), boundary.end, *(choice.end for choice in boundary.choices)}
    return Question(boundary=boundary, ends=tuple(sorted(ends)), end=boundary.end)
