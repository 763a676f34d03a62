"""What the format of records can hold, and that it holds it: what is written is read again as it was.

The strategies below are as wide as the format. Whatever they leave out is a property of Markdown, of TOML or of
our own syntax, and is named where it is left out; what is left out everywhere are control characters, which no XML
document can carry.
"""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from feeds.errors import SeedError
from feeds.formats import format_timestamp, parse_timestamp
from feeds.model import (
    Block,
    Chapter,
    Entity,
    Episode,
    LocalAudio,
    Location,
    Person,
    Prose,
    Quote,
    RemoteAudio,
    Section,
    StandIn,
    Transcript,
)
from feeds.podcasting.places import EPISODE_TAGS
from feeds.podcasting.tags import LIVE
from feeds.records.seeds import format_seed, parse_seed
from feeds.vocabulary import is_entity_heading
from tests.tag_values import values_at, values_of

LONGEST = 3_600_000_000  # hours are written with three digits
PIECES = (
    *("a", "B", "é", "한국어", "日本", "0", ".", "?", "'", "🎙", "\u200d", "\u2028", "\u00a0", "\u3000", " ", "\t"),
    *("https://example.org", "notes.md", "## ", "# ", " ##", "> ", "*", "**", "_", "\\", "`", "```", "~~~"),
    *(
        "<!--",
        "-->",
        "<pre>",
        "</pre>",
        "&amp;",
        "<",
        '"',
        "“",
        "”",
        "„",
        "«",
        "»",
        "「",
        "」",
        "『",
        "』",
        "—",
        " -- ",
        " - ",
    ),
    *("[01:29]", "[1, 2]", "[01:75]", "[ __ ]", "- **", "** (", "（", ")", ": ", "{toc=no}", "{}", "{link=", "}"),
    *(" {soundbite}", "+++", "---", "=", "'''", "|"),
)


def texts(more: str = "") -> st.SearchStrategy[str]:
    """Any text, or one full of our syntax; `more` are control characters that may stand in it."""
    letters = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff", include_characters=more)
    return st.lists(st.sampled_from((*PIECES, *more)), max_size=12).map("".join) | st.text(letters, max_size=20)


# White space at the ends of a value means nothing in TOML's and YAML's many ways to write a text.
values = texts("\t\n\r").map(str.strip)
some_values = values.map(lambda text: text or "x")
# A heading, an entity, a speaker: one line of Markdown, where white space at the ends means nothing.
lines = texts("\t").map(lambda text: text.strip() or "x")
urls = st.builds(
    "{}://{}/{}".format,
    st.sampled_from(["http", "https"]),
    st.sampled_from(["example.org", "例え.jp", "[::1]:8080", "user@example.org"]),
    # An address has no white space, and writes a quotation mark as %22 (RFC 3986, section 2).
    texts().map(lambda text: re.sub(r'[\s"]', "", text)),
)
# Files are named as seen from the record, with no drive and no leading slash. Braces cannot hold a quotation mark.
paths = lines.map(lambda text: re.sub(r"^[/\s]+", "", re.sub(r'[:"\\\t\n\r]', "", text)).rstrip() or "x")
languages = st.from_regex(r"\A[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}\Z")
# RFC 3339 writes offsets in whole minutes; both ends of time have no date in UTC.
dates = st.datetimes(
    dt.datetime(1, 1, 2),
    dt.datetime(9999, 12, 30),
    timezones=st.integers(-1439, 1439).map(lambda minutes: dt.timezone(dt.timedelta(minutes=minutes))),
)
times = st.integers(0, LONGEST - 1)

persons = st.builds(Person, name=some_values, role=st.sampled_from(["host", "guest"])) | st.builds(
    Person,
    name=some_values,
    # Roles and groups are those of the taxonomy in lower case; without one, a person is a host of the cast.
    role=some_values.map(str.lower),
    group=some_values.map(str.lower),
    img=st.just("") | urls,
    href=st.just("") | urls,
)
audios = st.one_of(
    st.none(),
    st.just(StandIn()),
    st.builds(RemoteAudio, url=urls, length=st.integers(0, 2**63 - 1), type=some_values),
    # A local file is known by its ending.
    st.builds(LocalAudio, path=st.builds("{}x{}".format, paths, st.sampled_from([".mp3", ".M4A", ".opus"]))),
)
transcripts = st.builds(Transcript, source=paths | urls, type=some_values, language=st.just("") | languages, rel=values)
# A slug is one part of an address.
slugs = values.map(lambda text: re.sub(r'[/\\?#%:*"<>|\s]', "", text).rstrip("."))


def lie_apart(quote: Quote) -> bool:
    """Words stand in a pair of quotation marks that they do not have; a time at their end is that of the quote."""
    in_marks = all(set(pair) & set(quote.text) for pair in ('"', "“”", "„“", "«»", "»«", "「」", "『』"))
    ends_in_time = any(re.search(r"\[[\d:., ]+\]$", text) for text in (quote.text, quote.speaker))
    return not in_marks and not (ends_in_time and quote.at is None)


quotes = st.builds(
    Quote,
    # Line ends and white space are all one in a paragraph of Markdown.
    text=lines.map(lambda text: " ".join(text.split())),
    speaker=st.just("") | lines,
    at=st.none() | times,
).filter(lie_apart)
# What can be heard before has a time.
quotes = quotes | quotes.filter(lambda quote: quote.at is not None).map(lambda quote: replace(quote, soundbite=True))

# Prose is Markdown. A line that begins a chapter, a quote, or code that nothing closes, is read as that.
_BEGINS = re.compile(r"(?im)^(?:##[ \t]|>| {0,3}(?:`{3}|~{3}|<!--|<(?:pre|script|style|textarea)))")
paragraphs = texts("\t\n").filter(lambda text: not _BEGINS.search(text))


@st.composite
def verbatim(draw: st.DrawFn) -> str:
    """Fenced code or a comment, in which everything may stand but its own end."""
    fence = draw(st.sampled_from(["```", "~~~~", "<!--"]))
    end = {"```": r"^ {0,3}`{3,}[ \t]*$", "~~~~": r"^ {0,3}~{4,}[ \t]*$", "<!--": "-->"}[fence]
    inside = draw(texts("\t\n").filter(lambda text: not re.search(end, text, re.MULTILINE)))
    return f"{fence}\n{inside}\n{'-->' if fence == '<!--' else fence}"


@st.composite
def block_quotes(draw: st.DrawFn) -> str:
    """A block quote that is none of ours, since it does not begin with emphasis or a quotation mark."""
    first, *others = draw(texts("\t\n")).split("\n")
    return "\n".join(f">{line}" for line in (f"a{first}", *others))


@st.composite
def prose(draw: st.DrawFn) -> Prose:
    """Blank lines around prose, and white space at its end, mean nothing."""
    pieces = draw(st.lists(paragraphs | verbatim() | block_quotes(), min_size=1, max_size=3))
    return Prose(text=draw(st.sampled_from(["\n\n", "\n"])).join(pieces).lstrip("\n").rstrip())


def join_prose(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Prose that follows prose is one run of Markdown, and prose without a word is none."""
    joined: list[Block] = []
    for block in blocks:
        above = joined[-1] if joined else None
        if isinstance(block, Quote) or (block.text and not isinstance(above, Prose)):
            joined.append(block)
    return tuple(joined)


blocks = st.lists(prose() | quotes, max_size=4).map(join_prose)
# A heading that begins with a time is a chapter.
untimed = lines.filter(lambda text: not re.match(r"\[ ?\d[\d:., ]*\]", text))


def is_no_entity_list(section: Section) -> bool:
    """Entities are known by the words of their heading, or by their shape."""
    first = section.blocks[0] if section.blocks else None
    shaped = isinstance(first, Prose) and re.match(r"\s*[-*+][ \t]+\*\*", first.text)
    return not is_entity_heading(section.title) and not shaped


sections = st.builds(Section, title=untimed, blocks=blocks).filter(is_no_entity_list)


unquoted = lines.map(lambda text: text.replace('"', "").strip())
places = st.none() | st.builds(
    Location,
    name=unquoted.map(lambda text: text or "x"),
    geo=st.builds("geo:{},{}".format, st.integers(-90, 90), st.integers(-180, 180)),
    osm=st.sampled_from(["", "R3787052"]),
)


@st.composite
def chapters(draw: st.DrawFn) -> list[Chapter]:
    """Chapters in time order, of which only silent ones share a start with another."""
    starts = sorted(draw(st.lists(times | st.integers(0, 3).map(lambda second: second * 1000), max_size=4)))
    listed: set[int] = set()
    drawn = []
    for start in starts:
        toc = start not in listed and draw(st.booleans())
        listed |= {start} if toc else set()
        link, image = draw(st.just("") | urls), draw(st.just("") | paths | urls)
        end = draw(st.none() | st.integers(start + 1, LONGEST - 1)) if start < LONGEST - 1 else None
        chapter = Chapter(start=start, title=draw(lines), link=link, image=image, toc=toc, blocks=draw(blocks))
        drawn.append(replace(chapter, end=end, location=draw(places)))
    return drawn


@st.composite
def mixed(draw: st.DrawFn) -> tuple[Chapter | Section, ...]:
    parts: list[Chapter | Section] = list(draw(chapters()))
    for section in draw(st.lists(sections, max_size=2)):
        parts.insert(draw(st.integers(0, len(parts))), section)
    return tuple(parts)


# Each entity is listed once; its type stands in parentheses, and so has none.
entities = st.lists(
    st.builds(
        Entity,
        name=lines,
        type=lines.map(lambda text: re.sub("[()（）]", "", text).strip() or "x"),
        description=st.just("") | lines,
    ),
    max_size=3,
    unique_by=lambda entity: (entity.name.casefold(), entity.kind),
).map(tuple)


DATE = dt.datetime(2026, 5, 12, tzinfo=dt.UTC)


def settle_live(episode: Episode) -> Episode:
    """A stream has an address, and a page where it can be heard."""
    is_stream = episode.content_links and not isinstance(episode.audio, LocalAudio | StandIn)
    return episode if is_stream else replace(episode, live=None)


heads = (
    st.builds(
        Episode,
        title=some_values,
        date=dates,
        audio=audios,
        live=st.none() | values_of(LIVE),
        duration=st.integers(0, LONGEST - 1),
        subtitle=values,
        slug=slugs,
        guid=values,
        link=st.just("") | urls,
        language=st.just("") | languages,
        author=values,
        type=st.sampled_from(["full", "trailer", "bonus"]),
        explicit=st.none() | st.booleans(),
        block=st.booleans(),
        draft=st.booleans(),
        image=st.just("") | paths | urls,
        persons=st.lists(persons, max_size=3).map(tuple),
        transcripts=st.lists(transcripts, max_size=2).map(tuple),
        tags=st.lists(some_values, max_size=3).map(tuple),
        **{place.name: values_at(place) for place in EPISODE_TAGS},
        # A stand-in is made as long as the record says.
    )
    .filter(lambda episode: episode.duration or not isinstance(episode.audio, StandIn))
    .map(settle_live)
)


@st.composite
def bodies(draw: st.DrawFn) -> Episode:
    """A list of entities has a heading, and a heading above no entity is not kept."""
    listed = draw(entities)
    heading = draw(untimed) if listed else ""
    return Episode(
        title="x", date=DATE, opening=draw(blocks), sections=draw(mixed()), entities=listed, entities_title=heading
    )


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(heads)
@example(Episode(title="x", date=DATE, tags=("a\u2028b", ",", '"'), subtitle="+++\n+++"))
def test_a_head_that_is_written_is_read_as_it_was(episode: Episode) -> None:
    assert parse_seed(format_seed(episode), "x") == episode


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(bodies())
def test_a_body_that_is_written_is_read_as_it_was(episode: Episode) -> None:
    assert parse_seed(format_seed(episode), "x") == episode


HEAD = '+++\ntitle = "x"\ndate = 2026-05-12\n+++\n'
records = st.one_of(
    texts("\t\n\r\x00\x85"),
    st.builds("+++\n{}\n+++\n{}".format, texts("\n"), texts("\n")),
    st.builds("---\n{}\n---\n{}".format, texts("\n"), texts("\n")),
    st.builds("---\n{}: {}\n---\n".format, st.sampled_from(["title", "date", "audio", "persons", "tags"]), st.text()),
    st.lists(texts("\t"), max_size=12).map(lambda written: HEAD + "\n".join(written)),
)


@settings(max_examples=400, deadline=None)
@given(records)
@example(HEAD + "> *words [01:00] [02:00]* — A [03:00]\n> — B")
@example(HEAD + "## ## ## ##\n## [00:00] ## ##\n## [00:01] {} {} ##\n## a ## b ##\n- **A** (b)")
@example(HEAD + "## Entities\n\n## [00:00] A #\n## [00:00] {} {toc=no}\n> _a_\n>\n> **b**\n")
def test_whatever_can_be_read_can_be_written_without_loss(record: str) -> None:
    try:
        episode = parse_seed(record, "x")
    except SeedError:
        return
    written = format_seed(episode)
    assert parse_seed(written, "x") == episode
    assert format_seed(parse_seed(written, "x")) == written


@pytest.mark.parametrize(
    "front",
    [
        "+++\ntitle = " + "[" * 5000 + "\n+++\n",
        "+++\nseason = " + "9" * 5000 + "\n+++\n",
        "+++\nseason = 0x" + "f" * 5000 + "\naudio = 0x" + "f" * 5000 + "\n+++\n",
        "+++\nduration = 1e999\n+++\n",
        "---\ntitle: " + "[" * 5000 + "\n---\n",
        "---\ntitle: " + "[" * 500 + "]" * 500 + "\n---\n",
        "---\n" + "".join(f"{'- ' * depth}\n" for depth in range(50)) + "---\n",
        "---\nseason: " + "9" * 5000 + "\n---\n",
        "---\ntitle: !!int x\ndate: !!timestamp x\ndraft: !!bool x\nduration: !!float x\nseason: !!int\n---\n",
        "---\ntitle: !!python/object/apply:os.getcwd []\n---\n",
        "---\ntitle: &a [*a]\ntags: *a\nhosts: {x: *a}\n---\n",
        "---\na: &a [x, x]\n" + "".join(f"{n}: &a [{', '.join(['*a'] * 9)}]\n" for n in range(9)) + "title: *a\n---\n",
        HEAD + "> *x\n" + "> and goes on\n" * 5_000,
        "---\n? [a]\n: b\n---\n",
        "---\n1: a\nnull: b\n2026-05-12: c\n---\n",
        '---\ntitle: x\ndate: "Tue, 12 May 999999999999 09:00"\n---\n',
        "+++\ntitle = 'x'\ndate = 0001-01-01T00:00:00+01:00\n+++\n",
        "+++\ntitle = 'x'\ndate = 2026-05-12\naudio = 'https://[::1'\n+++\n",
        HEAD + "> " * 50_000,
        HEAD + "## [00:00] x " + "{a=" * 50_000,
        HEAD + '## [00:00] x {a="' + "b=c" * 50_000,
        HEAD + "## x" + " " * 50_000 + "x",
        HEAD + "## x" + " #" * 50_000 + "x",
        HEAD + "> *x*" + " " * 50_000 + "x",
        HEAD + "## Entities\n- **" + "*" * 50_000,
    ],
    ids=lambda front: re.sub(r"\s", " ", front)[:40],
)
def test_a_record_fails_with_a_fault_and_at_once_or_not_at_all(front: str) -> None:
    begun = time.process_time()
    try:
        parse_seed(front, "x")
    except SeedError as error:
        assert all(fault.path == "x" and fault.line for fault in error.faults)
    assert time.process_time() - begun < 1


@given(times)
def test_a_time_is_read_as_it_was_written(ms: int) -> None:
    assert parse_timestamp(format_timestamp(ms)) == ms


@given(st.integers(0, 999), st.integers(0, 59), st.integers(0, 59), st.sampled_from(["", ".5", ".25", ".125", ".05"]))
def test_a_time_means_what_it_says(hours: int, minutes: int, seconds: int, fraction: str) -> None:
    ms = ((hours * 60 + minutes) * 60 + seconds) * 1000 + round(float(f"0{fraction}") * 1000)
    assert parse_timestamp(f"{hours}:{minutes}:{seconds:02}{fraction}") == ms
    if not hours:
        assert parse_timestamp(f"{minutes:02}:{seconds:02}{fraction}") == ms
        assert parse_timestamp(f"{minutes}, {seconds}{fraction}") == ms


@given(texts("\n"))
@example("1,2,3.5")
@example("٠١:٢٠")
def test_a_text_is_a_time_or_an_error_that_says_so(text: str) -> None:
    try:
        assert 0 <= parse_timestamp(text) < LONGEST
    except ValueError as error:
        assert "is no time" in str(error)
