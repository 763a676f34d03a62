"""`feeds import capture`: what becomes of a page whose line breaks are lost."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feeds.errors import FeedsError
from feeds.importers.capture.capture import Capture, parse_capture
from feeds.importers.capture.records import check_records, draft_episodes, format_captured
from feeds.importers.capture.review import DOUBTFUL
from feeds.model import Block, Chapter, Entity, Episode, Prose, Quote
from feeds.records.seeds import format_seed, parse_seed, read_seed

PAGES = Path(__file__).parent / "imports" / "capture"
ROOT = Path(__file__).parents[1]
REAL = ROOT.parent / "shared" / "seeds" / "000_92549bc3858eba21.txt"
DATE = dt.datetime(2026, 5, 12, tzinfo=dt.UTC)
WEEK = dt.timedelta(days=7)


def count_words(text: str) -> Counter[str]:
    """The words of a text; a time in brackets is none, and neither is the heading of a list of entities."""
    found = Counter(re.findall(r"[^\W_]+", re.sub(r"\[[\d:., ]+\]", " ", text)))
    del found["Entities"]
    return found


def count_captured(capture: Capture) -> Counter[str]:
    found = Counter[str]()
    for episode in capture.episodes:
        found += count_words(" ".join(episode.words))
    for _, line in capture.left_out:
        found += count_words(line)
    return found


def count_record(episode: Episode) -> Counter[str]:
    blocks = [*episode.opening, *(block for section in episode.sections for block in section.blocks)]
    words = [episode.title, episode.entities_title, *(section.title for section in episode.sections)]
    words += [block.text for block in blocks] + [block.speaker for block in blocks if isinstance(block, Quote)]
    words += [text for entity in episode.entities for text in (entity.name, entity.type, entity.description)]
    return count_words(" ".join(words))


# Pairs.


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.txt")), ids=lambda page: page.stem)
def test_a_page_becomes_the_episodes_beside_it(page: Path, update: Callable[[Path, bytes], None]) -> None:
    text = page.read_text(encoding="utf-8")
    capture = parse_capture(text, page.name)
    found = [format_captured(episode) for episode in capture.episodes]
    expected = page.with_suffix(".json")
    update(expected, (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode())
    assert found == json.loads(expected.read_text(encoding="utf-8"))
    assert count_captured(capture) == count_words(text)


def test_what_stands_around_the_episodes_is_left_out_and_named() -> None:
    text = (PAGES / "several-episodes-in-a-site.txt").read_text(encoding="utf-8")
    lines = [line for _, line in parse_capture(text, "page").left_out]
    assert lines == ["Listen   Shows   About", "Every voice in one place.", "Imprint", "© nobody in particular"]


def test_line_breaks_that_are_there_decide() -> None:
    text = "A Title\n\n## [00:00] The Long Way Round\nHome Is Where Ada waits.\n"
    (chapter,) = parse_capture(text, "page").episodes[0].chapters
    assert chapter.title == "The Long Way Round"
    assert chapter.blocks == (Prose(text="Home Is Where Ada waits."),)


def test_a_page_without_an_episode_is_one_clear_fault() -> None:
    with pytest.raises(FeedsError) as caught:
        parse_capture("A page about something else.\n\nWith [a link](https://example.org).\n", "page.txt")
    assert str(caught.value) == (
        "page.txt: there is no episode in it: a chapter is marked ## [mm:ss], an entity - **Name** (Type)"
    )


# The page that this was made for.


@pytest.fixture(scope="module")
def real() -> Capture:
    if not REAL.exists():
        pytest.skip("the page of real notes is not in ../shared/seeds")
    return parse_capture(REAL.read_text(encoding="utf-8"), REAL.name)


def test_the_real_page_gives_all_of_its_episodes_chapters_quotes_and_entities(real: Capture) -> None:
    quotes = [quote for episode in real.episodes for quote, _ in episode.quotes]
    assert len(real.episodes) == 7
    assert sum(len(episode.chapters) for episode in real.episodes) == 73
    assert len(quotes) == 75
    assert sum(bool(quote.speaker) for quote in quotes) == 9
    assert sum(quote.at is not None for quote in quotes) == 44
    assert sum(len(episode.entities) for episode in real.episodes) == 66
    assert {quote.speaker for quote in quotes} == {"", "Federico Cassano", "Dmytro Dzhulgakov"}


def test_no_word_of_the_real_page_is_lost_or_added(real: Capture) -> None:
    assert count_captured(real) == count_words(REAL.read_text(encoding="utf-8"))


def test_the_titles_of_the_real_page_are_those_of_the_records_in_the_example(real: Capture) -> None:
    records = [read_seed(file, file.name, dt.UTC) for file in sorted((ROOT / "seeds" / "shape").glob("*.md"))]
    titles = {record.title: [(chapter.start, chapter.title) for chapter in record.chapters] for record in records}
    right = total = 0
    for episode in real.episodes:
        found = [(chapter.start, chapter.title) for chapter in episode.chapters]
        assert [start for start, _ in found] == [start for start, _ in titles[episode.title]]
        total += len(found)
        right += sum(one == other for one, other in zip(found, titles[episode.title], strict=True))
    assert total == 73
    assert right >= 71


# Any text.

MARKS = (
    *("## [00:00] ", "## [1:02:03] ", "## [75] ", "## [01:75] ", "## [4, 8] ", "## Entities ", "## Links ", "# ", "##"),
    *("> *", '> *"', '"* ', "* ", "> _", "_ ", "> ", "— ", " [00:12]* ", "[0, 12]*", "[ __ ] ", "*", '"', "“", "”"),
    *("»", "«", "「", "」", "- **", "** (", ") ", "): ", "- ", "\n", "\n\n", "\t", " ", "\u3000", "\u00a0", "\\", "`"),
    *("```\n", "+++\n", "Alpha ", "beta ", "Gamma Delta ", "The end. ", "is it? ", "Ada ", "vs. ", "3.0 ", "Straße "),
    *("한국어 ", "소개는 ", "日本語", "はじめに", "。"),
)
texts = st.lists(st.sampled_from(MARKS), max_size=40).map("".join) | st.text(max_size=60)


@settings(max_examples=300)
@given(texts)
@example("## Entities ## Entities > *Alpha ")
def test_any_text_gives_episodes_or_one_fault_and_no_letter_is_lost_or_added(text: str) -> None:
    try:
        capture = parse_capture(text, "page.txt")
    except FeedsError as error:
        assert len(error.faults) == 1
        return
    # Letters and not words, as a title in Japanese may end where there is no space.
    assert Counter("".join(count_captured(capture).elements())) == Counter("".join(count_words(text).elements()))
    for episode in capture.episodes:
        assert set(format_captured(episode)) >= {"title", "language", "summary", "chapters", "entities"}
        assert all(boundary.run[: boundary.end].strip() for boundary in episode.boundaries if boundary.run)


@settings(max_examples=300)
@given(texts)
def test_a_record_that_is_not_refused_can_be_read_and_holds_every_word(text: str) -> None:
    try:
        capture = parse_capture(text, "page.txt")
        episodes = [*draft_episodes(capture.episodes, newest=DATE, every=WEEK, drafts=True)]
        check_records(episodes, capture.episodes, "page.txt")
    except FeedsError:
        return
    for episode in episodes:
        assert count_record(parse_seed(format_seed(episode), "record.md")) == count_record(episode)


# Records whose line breaks are taken away.

HEADS = ("Opening", "The Long Way Round", "Salt, Fish & Ice", "Harbour Lights", "Why Nobody Answered", "Part 2.0")
OPENINGS = ("The harbour was", "She had never been", "In the evening the bell was", "They say that it is", "It is")
BODIES = ("quiet for an hour.", "older than the town, and colder.", "what everybody remembers of that night.")
NAMES = ("Mara Quist", "Theo Lind", "Ottoline Brandt")
sentences = st.builds("{} {}".format, st.sampled_from(OPENINGS), st.sampled_from(BODIES))
paragraphs = st.lists(sentences, min_size=1, max_size=3).map(" ".join).map(lambda text: Prose(text=text))
quotes = st.builds(
    Quote,
    text=sentences,
    speaker=st.sampled_from(("", *NAMES)),
    at=st.none() | st.integers(0, 7_199).map(lambda seconds: seconds * 1000),
)
entities = st.lists(
    st.builds(
        Entity,
        name=st.sampled_from(NAMES),
        type=st.sampled_from(("Person", "인물", "ai-model")),
        description=sentences | st.just(""),
    ),
    max_size=3,
    unique_by=lambda entity: entity.name,
)


@st.composite
def episodes(draw: st.DrawFn) -> Episode:
    def draw_blocks() -> Iterator[Block]:
        yield draw(paragraphs)
        yield from draw(st.lists(quotes, max_size=2))

    heads = draw(st.lists(st.sampled_from(HEADS), min_size=1, max_size=4, unique=True))
    starts = sorted(draw(st.sets(st.integers(0, 7_199), min_size=len(heads), max_size=len(heads))))
    return Episode(
        title="A Harbour at Night",
        date=DATE,
        opening=tuple(draw(st.lists(paragraphs, max_size=1))),
        sections=tuple(
            Chapter(start=start * 1000, title=title, blocks=tuple(draw_blocks()))
            for start, title in zip(starts, heads, strict=True)
        ),
        entities=tuple(draw(entities)),
    )


@settings(max_examples=150)
@given(episodes())
def test_a_record_comes_back_from_its_notes_without_line_breaks(episode: Episode) -> None:
    notes = format_seed(episode).split("+++\n")[2]
    (found,) = parse_capture(f"{episode.title}\n{' '.join(notes.split())}\n", "page").episodes
    assert (found.title, found.opening, found.entities) == (episode.title, episode.opening, episode.entities)
    assert [(chapter.start, chapter.blocks[1:]) for chapter in found.chapters] == [
        (chapter.start, chapter.blocks[1:]) for chapter in episode.chapters
    ]
    sure = [boundary for boundary in found.boundaries if boundary.kind == "chapter"]
    for boundary, chapter, true in zip(sure, found.chapters, episode.chapters, strict=True):
        if boundary.confidence >= DOUBTFUL:
            assert (chapter.title, chapter.blocks[0]) == (true.title, true.blocks[0])
