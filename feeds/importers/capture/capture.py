"""The text of a page, whole: into episodes, with what was left out and what is doubtful."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from feeds.errors import Fault, FeedsError
from feeds.importers.capture.boundaries import Choice, count_beginnings, find_choices
from feeds.importers.capture.decisions import find_end, find_key
from feeds.importers.capture.episodes import Boundary, Captured
from feeds.importers.capture.evidence.lexicon import find_acronyms, learn_lexicon
from feeds.importers.capture.evidence.tables import LANGUAGES
from feeds.importers.capture.evidence.words import ends_sentence, find_language, find_words
from feeds.importers.capture.layout import parse_page
from feeds.importers.capture.passages import Passage, Run, Saying, Story, parse_story
from feeds.importers.capture.speakers import find_speaker_choices
from feeds.model import Block, Chapter, Entity, Prose, Quote, Section

_FULL_STOP = re.compile(r"[。！？][」』）]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """A page that was read: its episodes, and the lines that belong to none, with their numbers."""

    episodes: tuple[Captured, ...]
    left_out: tuple[tuple[int, str], ...]


def parse_capture(text: str, path: str, decisions: Mapping[str, str] | None = None) -> Capture:
    """Read the text of a page. `decisions` are the titles that somebody set, by the keys of their runs.

    Raises FeedsError where there is nothing in it that looks like an episode.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    page = parse_page(text)
    if not page.blocks:
        message = "there is no episode in it: a chapter is marked ## [mm:ss], an entity - **Name** (Type)"
        raise FeedsError([Fault(path=path, message=message)])
    stories = [parse_story(block) for block in page.blocks]
    acronyms = find_acronyms(text)
    names = [thing.name for story in stories for thing in story.things]
    beginnings = count_beginnings([run.text for run in _list_runs(story) if run.kind != "speaker"] for story in stories)
    return Capture(
        episodes=tuple(_decide(story, names, acronyms, beginnings, decisions or {}) for story in stories),
        left_out=page.left_out,
    )


def _decide(
    story: Story, names: Sequence[str], acronyms: frozenset[str], beginnings: Counter[str], decisions: Mapping[str, str]
) -> Captured:
    """Set every boundary of an episode. `names` are those of the whole page."""
    runs = [passage.title for passage in story.passages if passage.title]
    speakers = [saying.speaker for passage in story.passages for saying in passage.sayings if saying.speaker]
    code = find_language(" ".join([story.block.title, story.block.body]))
    language = LANGUAGES.get(code)
    texts = [*_list_sure_texts(story, language.stops if language else frozenset())]
    names = [*names, *(run.text for run in speakers if _is_name(run.text))]
    roles = [text for thing in story.things for text in (thing.type, _find_role(thing.description))]
    lexicon = learn_lexicon(names, acronyms, roles, texts, language.stops if language else frozenset())
    first = next((place for place, run in enumerate(runs) if run.kind == "chapter"), -1)
    weighed = find_choices([run.text for run in runs], code, lexicon, texts, beginnings, first)
    boundaries = {
        id(run): _build_boundary(run, story, choices, decisions) for run, choices in zip(runs, weighed, strict=True)
    }
    for run in speakers:
        choices = find_speaker_choices(run.text, code, lexicon, names)
        boundaries[id(run)] = _build_boundary(run, story, choices, decisions)
    opening, sections = _build_passages(story.passages, boundaries)
    title = story.block.title
    untitled = next((boundaries[id(run)] for run in runs if run.kind == "title"), None)
    if untitled:
        title = untitled.run[: untitled.end]
    return Captured(
        title=title,
        language=code,
        line=story.block.line,
        opening=opening,
        sections=sections,
        entities_title=story.things_title,
        entities=tuple(
            Entity(name=thing.name, type=thing.type, description=thing.description, line=thing.line)
            for thing in story.things
        ),
        boundaries=tuple(boundaries[id(run)] for run in _list_runs(story)),
    )


def _find_role(description: str) -> str:
    """What a description says first, up to the first sign: of a person it is what they do."""
    return re.split(r"[.,;:(–—]", description, maxsplit=1)[0]


def _list_runs(story: Story) -> Iterator[Run]:
    for passage in story.passages:
        if passage.title:
            yield passage.title
        yield from (saying.speaker for saying in passage.sayings if saying.speaker)


def _is_name(text: str) -> bool:
    """Say whether what follows a dash is a name and no more."""
    return len(text.split()) <= 3 and not re.search(r"[.!?。！？,、]", text)


def _list_sure_texts(story: Story, stops: frozenset[str]) -> Iterator[str]:
    """The text in which no boundary is sought."""
    for passage in story.passages:
        yield passage.prose
        if passage.title:
            yield _find_behind_sentence(passage.title.text, stops)
        for saying in passage.sayings:
            yield saying.text
            yield saying.rest
            if saying.speaker:
                text = saying.speaker.text
                yield text if _is_name(text) else _find_behind_sentence(text, stops)
    yield from (thing.description for thing in story.things)


def _find_behind_sentence(text: str, stops: frozenset[str]) -> str:
    """What stands behind the first sentence of a run, in which its boundary lies."""
    if full := _FULL_STOP.search(text):
        return text[full.end() :]
    end = next((word.end for word in find_words(text) if ends_sentence(word, stops)), len(text))
    return text[end:]


def _build_boundary(run: Run, story: Story, choices: Sequence[Choice], decisions: Mapping[str, str]) -> Boundary:
    end = find_end(run.text, decisions.get(find_key(run.text), ""))
    best = choices[0].end if choices else len(run.text)
    return Boundary(
        kind=run.kind,
        place=story.block.title,
        time=run.time,
        line=run.line,
        run=run.text,
        choices=tuple(choices),
        end=best if end is None else end,
        reviewed=end is not None,
    )


def _build_passages(
    passages: Sequence[Passage], boundaries: Mapping[int, Boundary]
) -> tuple[tuple[Block, ...], tuple[Chapter | Section, ...]]:
    opening: tuple[Block, ...] = ()
    sections: list[Chapter | Section] = []
    for passage in passages:
        boundary = boundaries[id(passage.title)] if passage.title else None
        body = boundary.run[boundary.end :].strip() if boundary else passage.prose
        title = boundary.run[: boundary.end].strip() if boundary else ""
        blocks = (*_build_prose(body, passage.line), *_build_sayings(passage.sayings, boundaries))
        if passage.title is None or passage.title.kind == "title":
            opening += blocks
        elif passage.start is None:
            sections.append(Section(title=title, blocks=blocks, line=passage.line))
        else:
            sections.append(Chapter(start=passage.start, title=title, blocks=blocks, line=passage.line))
    return opening, tuple(sections)


def _build_sayings(sayings: Sequence[Saying], boundaries: Mapping[int, Boundary]) -> Iterator[Block]:
    for saying in sayings:
        boundary = boundaries[id(saying.speaker)] if saying.speaker else None
        speaker = boundary.run[: boundary.end].strip() if boundary else ""
        rest = boundary.run[boundary.end :].strip() if boundary else saying.rest
        if saying.text:
            yield Quote(text=saying.text, speaker=" ".join(speaker.split()), at=saying.at, line=saying.line)
        yield from _build_prose(rest, saying.line)


def _build_prose(text: str, line: int) -> Iterator[Block]:
    if text:
        yield Prose(text=text, line=line)
