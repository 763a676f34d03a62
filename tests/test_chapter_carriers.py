"""One list of chapters through every carrier that is a text: what comes back is what went in, as far as it is held.

What a carrier holds stands in its table, which the program tells its users; so the table is held to it here.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.chapters.carriers import (
    CARRIER_BY_NAME,
    CARRIERS,
    Carrier,
    Holds,
    find_carrier_by_suffix,
    find_losses,
    find_text_carrier,
)
from feeds.chapters.editors.reaper import parse_reaper_table
from feeds.chapters.json import parse_json_chapters
from feeds.chapters.listing import ChapterList, clean_title, find_ends
from feeds.chapters.stamps import find_stamped_chapters
from feeds.formats import HOUR, SECOND, format_url
from feeds.media.measure import measure_tags
from feeds.model import Chapter, Location
from feeds.namespaces import PSC
from feeds.records.seeds import parse_seed
from feeds.rulebook.forms.containers import MP3, MP4, OGG
from feeds.tagging.copy import MEASURES, measure_copy
from feeds.tagging.label import Label

FOLDER = Path(__file__).with_name("chapters")
SEEDS = sorted(path for path in (Path(__file__).parents[1] / "seeds").rglob("*.md"))
WRITTEN = [carrier for carrier in CARRIERS if carrier.format]
TAGS = Path(__file__).with_name("tags")
RECORDINGS = {"id3": "silence.mp3", "mp4": "chapters.m4a", "vorbis": "silence.opus"}
KINDS_OF_FILES = {"id3": MP3, "mp4": MP4, "vorbis": OGG}
SLACK = 50
"""Milliseconds by which an end may miss the start of the next chapter and is taken for it."""

EMBEDDED = [one for one in CARRIERS if one.name in RECORDINGS and KINDS_OF_FILES[one.name] in MEASURES]

titles = st.text(min_size=1, max_size=60).map(clean_title).filter(bool)
urls = st.sampled_from(
    ["", "https://example.org/", "https://example.org/a?b=c&d=%20#e", "https://xn--kln-sna.example/ß"]
)
places = st.none() | st.builds(
    Location,
    name=titles,
    geo=st.sampled_from(["geo:54.18,7.89", "geo:-1,2;u=3"]),
    osm=st.sampled_from(["", "R3787052"]),
)


@st.composite
def make_lists(draw: st.DrawFn, shortest: int = 1) -> ChapterList:
    """From 1 to 300 chapters, no two of which begin within the same second; `shortest` in milliseconds."""
    count = draw(st.integers(1, 12) | st.integers(1, 300))
    gaps = draw(st.lists(st.integers(1, 400), min_size=count, max_size=count))
    few = draw(st.lists(titles, min_size=1, max_size=min(count, 12)))
    chapters: list[Chapter] = []
    at = draw(st.sampled_from([0, 0, 3, 5 * HOUR // SECOND]))
    for number, gap in enumerate(gaps):
        start = at * SECOND + draw(st.sampled_from([0, 1, 250, 500, 999]))
        plain = number >= len(few)
        chapters.append(
            Chapter(
                start=start,
                title=few[number % len(few)],
                link="" if plain else draw(urls),
                image="" if plain else draw(urls),
                toc=plain or draw(st.sampled_from([True, True, False])),
                end=None if plain else draw(st.none() | st.integers(start + shortest, start + 500_000)),
                location=None if plain else draw(places),
            )
        )
        at += gap
    if not any(chapter.toc for chapter in chapters):
        chapters[0] = replace(chapters[0], toc=True)
    return ChapterList(chapters=tuple(chapters), duration=draw(st.sampled_from([0, (at + 1) * SECOND])))


def keep(listing: ChapterList, holds: Holds) -> tuple[Chapter, ...]:
    """The chapters as a carrier that holds so much can say them."""
    return tuple(
        replace(
            chapter,
            start=chapter.start // holds.finest * holds.finest,
            link=chapter.link if holds.link else "",
            image=chapter.image if holds.image else "",
            location=chapter.location if holds.location else None,
            end=chapter.end if holds.end else None,
            blocks=(),
        )
        for chapter in listing.chapters
        if chapter.toc or holds.silent
    )


def settle_ends(chapters: Sequence[Chapter], duration: int) -> tuple[Chapter, ...]:
    """The chapters with the ends that follow from their neighbours, which some carriers must write."""
    listed = [chapter for chapter in chapters if chapter.toc]
    ends = dict(zip((chapter.start for chapter in listed), find_ends(listed, duration), strict=True))
    return tuple(replace(one, end=ends[one.start]) if one.toc else one for one in chapters)


def check_carrier(carrier: Carrier, listing: ChapterList) -> None:
    assert carrier.format is not None and carrier.parse is not None
    text = carrier.format(listing)
    found = find_text_carrier(text)
    assert found is not None and found.name == carrier.name
    read = carrier.parse(text).chapters
    assert settle_ends(read, listing.duration) == settle_ends(keep(listing, carrier.holds), listing.duration)


def check_recording(carrier: Carrier, listing: ChapterList) -> None:
    """Write the chapters into a recording and read them again; it says that it is as long as they need."""
    duration = listing.duration or listing.chapters[-1].start + SECOND
    label = Label(title="", show="", chapters=listing.chapters, duration=duration)
    with TemporaryDirectory() as folder:
        file = Path(folder) / RECORDINGS[carrier.name]
        with file.open("wb") as stream:
            stream.writelines(measure_copy(TAGS / RECORDINGS[carrier.name], label).read_pieces())
        read = measure_tags(file).chapters
    # In tags an address is written in ASCII; a track of an MP4 holds pictures and no addresses of them.
    holds = replace(carrier.holds, image=carrier.name == "id3")
    kept = tuple(replace(one, link=format_url(one.link), image=format_url(one.image)) for one in keep(listing, holds))
    pairs = zip(settle_ends(read, duration), settle_ends(kept, duration), strict=True)
    # The recording is shorter than the chapters, so that a silent one at the end gets the end that it was told.
    assert [one.start for one, other in pairs if other.end and abs((one.end or 0) - other.end) > SLACK] == []
    assert [replace(one, end=None) for one in read] == [replace(one, end=None) for one in kept]


@pytest.mark.parametrize("carrier", WRITTEN, ids=lambda carrier: carrier.name)
@settings(deadline=None, max_examples=25)
@given(listing=make_lists())
def test_every_carrier_gives_back_what_it_holds(carrier: Carrier, listing: ChapterList) -> None:
    check_carrier(carrier, listing)


@pytest.mark.parametrize("carrier", EMBEDDED, ids=lambda carrier: carrier.name)
@settings(deadline=None, max_examples=8)
@given(listing=make_lists(shortest=SECOND))
def test_every_recording_gives_back_what_it_holds(carrier: Carrier, listing: ChapterList) -> None:
    check_recording(carrier, listing)


@pytest.mark.parametrize("carrier", [*WRITTEN, *EMBEDDED], ids=lambda carrier: carrier.name)
def test_every_carrier_takes_the_chapters_of_every_example(carrier: Carrier) -> None:
    told = [parse_seed(seed.read_text(encoding="utf-8"), str(seed)).chapters for seed in SEEDS]
    lists = [ChapterList(chapters=tuple(map(make_plain, chapters))) for chapters in told if chapters]
    assert len(lists) > 3
    for listing in lists:
        (check_carrier if carrier.format else check_recording)(carrier, listing)


def make_plain(chapter: Chapter) -> Chapter:
    """A chapter without notes, and with the address that its picture has once it is published."""
    image = f"https://example.org/{chapter.image}" if chapter.image and ":" not in chapter.image else chapter.image
    return replace(chapter, blocks=(), image=image)


@settings(deadline=None, max_examples=25)
@given(listing=make_lists())
def test_nothing_is_told_to_be_lost_where_all_is_held_and_all_of_it_where_nothing_is(listing: ChapterList) -> None:
    everything = Holds(link=True, image=True, silent=True, end=True, location=True)
    assert find_losses(listing, everything) == ()
    plain = ChapterList(chapters=keep(listing, Holds(finest=SECOND)))
    assert find_losses(plain, Holds(finest=SECOND)) == ()
    assert bool(find_losses(listing, Holds(finest=SECOND))) == (listing.chapters != plain.chapters)


def test_a_loss_is_told_by_count_and_kind() -> None:
    chapters = (
        Chapter(start=0, title="Ebb", link="https://example.org", image="https://example.org/a.png"),
        Chapter(start=1_500, title="Flow", link="https://example.org", end=2_000),
        Chapter(start=1_700, title="Slack"),
        Chapter(start=9_000, title="", toc=False, link="https://example.org"),
        Chapter(start=9_100, title="Neap", location=Location(name="Heligoland", geo="geo:54.18,7.89")),
    )
    listing = ChapterList(chapters=chapters, title="Tides", author="Ada", file_name="a.mp3")
    assert find_losses(listing, Holds(finest=SECOND, most=2)) == (
        "1 silent chapter",
        "1 chapter that begin within the second of another",
        "1 chapter beyond the 2 that it takes",
        "2 links",
        "1 image",
        "1 end",
        "fractions of a second of 1 chapter",
        "the title, author and file name",
    )


def test_a_title_that_is_too_long_is_told() -> None:
    listing = ChapterList(chapters=(Chapter(start=0, title="é" * 130),))
    assert find_losses(listing, Holds(longest=255)) == ("what is longer than 255 bytes of 1 title",)


@pytest.mark.parametrize("carrier", CARRIERS, ids=lambda carrier: carrier.name)
def test_a_file_is_known_by_its_ending(carrier: Carrier) -> None:
    assert [find_carrier_by_suffix(f"a{suffix}") for suffix in carrier.suffixes] == [carrier] * len(carrier.suffixes)


def test_what_is_no_list_of_chapters_is_none() -> None:
    assert find_text_carrier("We met at 8:30 and talked about the tide.") is None
    assert find_text_carrier("") is None


@pytest.mark.parametrize(
    "place", [{"name": "Atlantis"}, {"geo": "geo:1,2"}, {"name": "Bergen", "geo": "60.39,5.32"}, "x"]
)
def test_a_place_of_the_file_without_a_name_or_a_position_is_none(place: object) -> None:
    text = json.dumps({"version": "1.2.0", "chapters": [{"startTime": 0, "title": "Ebb", "location": place}]})
    assert parse_json_chapters(text).chapters == (Chapter(start=0, title="Ebb"),)


# Files as other programs write them, each with the chapters or the error that it gives.

EXAMPLES = sorted(path for path in FOLDER.iterdir() if not path.name.endswith((".expected", ".error")))


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.name)
def test_what_editors_export_is_read(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    carrier = find_text_carrier(text)
    assert carrier is not None and carrier.parse is not None
    wanted = file.with_name(f"{file.name}.error")
    if wanted.exists():
        with pytest.raises(ValueError) as error:
            carrier.parse(text)
        assert f"{carrier.name}: {error.value}" == wanted.read_text(encoding="utf-8").strip()
        return
    listing = carrier.parse(text)
    lines = [carrier.name, *(line for line in [listing.title, listing.author, listing.podcast] if line)]
    lines += map(describe, listing.chapters)
    assert "\n".join(lines) == file.with_name(f"{file.name}.expected").read_text(encoding="utf-8").strip()


HOSTILE = {
    "tags that do not end": "<p" * 200_000,
    "angle brackets": "<" * 300_000,
    "marks before a time that is none": (f"a{' .' * 145}\n") * 1_000,
    "blank title of a cue sheet": f'FILE "a" MP3\nTRACK 01 AUDIO\nINDEX 01 00:00:00\nTITLE {" " * 300_000}',
    "lines that go on": ";FFMETADATA1\ntitle=" + "\\\n" * 300_000,
    "one line": "00:00:00.000 a" + " \t" * 200_000,
    "digits": "1" * 300_000,
    "colons": "1:" * 200_000,
    "quotation marks": '#,Name,Start\nM1,"' + '"' * 300_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_is_made_to_take_long_takes_no_longer_than_its_size(text: str) -> None:
    begin = time.process_time()
    find_text_carrier(text)
    for carrier in CARRIERS:
        if carrier.parse:
            with contextlib.suppress(ValueError):
                carrier.parse(text)
    assert time.process_time() - begin < 5


BROKEN = {
    "psc": f'<psc:chapters xmlns:psc="{PSC}">\n<!-- broken\nin two lines',
    "hindenburg": f"<Session><{'a' * 500}",
    "reaper": f"#,Name,Start,End\nM1,{'a' * 200_000},0:01,\n",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_text_is_told_in_one_line(name: str) -> None:
    parse = CARRIER_BY_NAME[name].parse
    assert parse
    with pytest.raises(ValueError) as error:
        parse(BROKEN[name])
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 200


def test_a_table_with_line_ends_of_an_old_mac_is_read() -> None:
    listing = parse_reaper_table("#,Name,Start,End,Length\rM1,Ebb,0:00.000,,\rM2,Flow,1:00.000,,\r")
    assert [(chapter.start, chapter.title) for chapter in listing.chapters] == [(0, "Ebb"), (60_000, "Flow")]


def test_a_line_that_is_a_time_and_nothing_else_is_no_chapter() -> None:
    assert find_stamped_chapters("12:34\n56:07\n") == ()


def describe(chapter: Chapter) -> str:
    end = "" if chapter.end is None else f"-{chapter.end}"
    place = chapter.location
    words = (chapter.link, chapter.image, "" if chapter.toc else "silent", place.name if place else "")
    return " | ".join([f"{chapter.start}{end} {chapter.title}", *filter(None, words)])
