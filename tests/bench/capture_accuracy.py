"""How much of a page comes back when its line breaks are lost: `python -m tests.bench.capture_accuracy FOLDER`.

FOLDER holds pages as their authors wrote them, with line breaks, in folders by language: a title on the first line,
then notes in the form of a record. Each is made into what a capture is, a line for the title and one for all the
rest, and imported. Printed are, by language, how many starts, titles, quotes and entities came back exact, and how
many words were lost or added; `--misses` names what did not come back.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from feeds.importers.capture.capture import parse_capture
from feeds.importers.capture.episodes import Captured
from feeds.model import Chapter, Quote
from feeds.records.body import Body, parse_body

KINDS = ("starts", "titles", "quotes", "entities")


@dataclass
class Score:
    """What came back of how much, by kind; words that were lost or added; and what went wrong."""

    found: Counter[str] = field(default_factory=Counter)
    of: Counter[str] = field(default_factory=Counter)
    words: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        self.found += other.found
        self.of += other.of
        self.words += other.words
        self.misses += other.misses


def flatten(page: str) -> str:
    """Lose the line breaks of a page: its title stays a line, all the rest becomes one."""
    title, *lines = (line.strip() for line in page.split("\n") if line.strip())
    return f"{title}\n{' '.join(lines)}\n"


def read_truth(page: str) -> tuple[str, Body]:
    """Read a page as its author wrote it."""
    title, _, notes = page.lstrip("\ufeff\n").partition("\n")
    return title.strip(), parse_body(notes, path="page", first_line=2, faults=[])


def measure_page(page: str, name: str) -> Score:
    """Import a page without its line breaks, and compare."""
    title, truth = read_truth(page)
    text = flatten(page)
    capture = parse_capture(text, name)
    score = Score()
    if len(capture.episodes) != 1:
        score.misses.append(f"{name}: {len(capture.episodes)} episodes")
    episode = capture.episodes[0]
    if episode.title != title:
        score.misses.append(f"{name}: {episode.title!r} for {title!r}")
    chapters = [section for section in truth.sections if isinstance(section, Chapter)]
    _compare(score, "starts", name, [c.start for c in episode.chapters], [c.start for c in chapters])
    _compare(score, "titles", name, [c.title for c in episode.chapters], [c.title for c in chapters])
    _compare(score, "quotes", name, list(_list_quotes(episode)), list(_list_true_quotes(truth)))
    entities = [(entity.name, entity.type, entity.description) for entity in truth.entities]
    _compare(score, "entities", name, [(e.name, e.type, e.description) for e in episode.entities], entities)
    before, after = count_words(text), count_words(" ".join(episode.words))
    changed = (before - after) + (after - before)
    score.words += changed.total()
    if changed:
        score.misses.append(f"{name}: words {dict(changed)}")
    return score


def _compare(score: Score, kind: str, name: str, found: Sequence[object], truth: Sequence[object]) -> None:
    score.of[kind] += len(truth)
    pairs = [*zip(found, truth, strict=False)]
    if len(found) != len(truth):
        score.misses.append(f"{name}: {len(found)} {kind} for {len(truth)}")
    for one, true in pairs:
        if one == true:
            score.found[kind] += 1
        else:
            score.misses.append(f"{name}: {kind}\n    {one!r}\n    {true!r}")


def _list_quotes(episode: Captured) -> Iterator[object]:
    for quote, chapter in episode.quotes:
        yield quote.text, quote.speaker, quote.at, chapter.start if chapter else None


def _list_true_quotes(truth: Body) -> Iterator[object]:
    yield from ((block.text, block.speaker, block.at, None) for block in truth.opening if isinstance(block, Quote))
    for section in truth.sections:
        for block in section.blocks:
            if isinstance(block, Quote):
                yield block.text, block.speaker, block.at, section.start if isinstance(section, Chapter) else None


def count_words(text: str) -> Counter[str]:
    """Count the words of a text; marks and signs are none, and times and headings are compared for themselves."""
    text = re.sub(r"\[[\d:., ]+\]", " ", text)
    return Counter(re.findall(r"[^\W_]+", text))


def _measure_folder(folder: Path) -> Score:
    score = Score()
    for file in sorted(folder.glob("*.md")):
        score.add(measure_page(file.read_text(encoding="utf-8"), f"{folder.name}/{file.name}"))
    return score


def main(arguments: Iterable[str]) -> None:
    options = [*arguments]
    root = Path(next(option for option in options if not option.startswith("-")))
    for folder in sorted(path for path in root.iterdir() if path.is_dir()):
        score = _measure_folder(folder)
        figures = ", ".join(
            f"{kind} {score.found[kind]}/{score.of[kind]} ({score.found[kind] / max(1, score.of[kind]):.1%})"
            for kind in KINDS
        )
        print(f"{folder.name}: {figures}, words lost or added {score.words}")
        if "--misses" in options:
            print("\n".join(f"  {miss}" for miss in score.misses))


if __name__ == "__main__":
    main(sys.argv[1:])
