"""A long feed in pages: nothing is lost, nothing that is full changes, and the feed itself keeps to its budget."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from feeds.building.build import Outcome, build_site
from feeds.building.making.printing import PAGE_SIZE, Document, Printing, divide_feed
from feeds.building.making.proof import LIMIT, NoProof
from feeds.identity.lock import Lock
from feeds.model import Channel, Enclosure, Episode, Item, Paging, Picture, Podcast, Prose, Site
from feeds.namespaces import ATOM, FH
from feeds.rss.feed import render_item
from feeds.rulebook.check import Rulebook, check_document
from feeds.rulebook.document import parse_document
from feeds.rulebook.source import parse_source
from feeds.rules.every import RULES
from feeds.validating.judging import Wishes, judge_sources

SITE = Site(url="https://shows.small.fm", title="Shows")
FIRST = dt.datetime(2020, 1, 1, 8, tzinfo=dt.UTC)
NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
AROUND = 1000

pagings = st.builds(
    Paging, page_size=st.integers(0, 12), budget=st.sampled_from([0, 0, 1, 1_500, 3_000, 6_000, 50_000])
).filter(bool)
weights = st.lists(st.integers(100, 900), max_size=60)


def make_item(number: int) -> Item:
    return Item(
        episode=Episode(
            title=f"Day {number}", date=FIRST + dt.timedelta(days=number), opening=(Prose(text=f"The {number}th day."),)
        ),
        guid=f"day-{number}",
        slug=f"day-{number}",
        url=f"{SITE.url}/days/day-{number}/",
        language="en",
        explicit=False,
        duration=60_000,
        persons=(),
        enclosure=Enclosure(url=f"https://cdn.small.fm/{number}.mp3", length=480_000, type="audio/mpeg"),
        image=None,
        chapters_url="",
        transcripts=(),
    )


def make_podcast(count: int, paging: Paging) -> Podcast:
    channel = Channel(
        slug="days",
        title="Days",
        description="One a day.",
        categories=(("Society & Culture", ""),),
        language="en",
        author="Ada",
        image="https://cdn.small.fm/days.png",
        hub="https://hub.small.fm/",
        new_feed_url=f"{SITE.url}/days/feed.xml",
        paging=paging,
    )
    return Podcast(
        channel=channel,
        guid="9b024349-ccf0-5f69-a609-6b82873eab3c",
        url=f"{SITE.url}/days/",
        feed_url=f"{SITE.url}/days/feed.xml",
        image=Picture(url=channel.image),
        items=tuple(make_item(number) for number in range(count, 0, -1)),
    )


def divide(lengths: list[int], paging: Paging) -> tuple[Document, ...]:
    return divide_feed(make_podcast(len(lengths), paging), SITE, lengths, lambda _: AROUND)


def print_feed(podcast: Podcast) -> dict[str, bytes]:
    """All documents of a feed, the feed itself last."""
    proof = NoProof(at=NOW, ignored=(), lock=Lock())
    with io.BytesIO() as waiting:
        printing = Printing(podcast, SITE, waiting, proof)
        printing.add([render_item(item) for item in podcast.items])
        return {file.path: b"".join(file.content()) for file in printing.finish()}  # type: ignore[misc,operator]


def list_links(document: bytes) -> dict[str, str]:
    links = etree.fromstring(document).iterfind(f"channel/{{{ATOM}}}link")
    return {link.get("rel", ""): link.get("href", "") for link in links}


def list_guids(document: bytes) -> list[str]:
    return [str(guid.text) for guid in etree.fromstring(document).iter("guid")]


def follow(documents: dict[str, bytes], relation: str) -> Iterator[bytes]:
    url = f"{SITE.url}/days/feed.xml"
    while url:
        document = documents[url.removeprefix(f"{SITE.url}/")]
        yield document
        url = list_links(document).get(relation, "")


@given(weights, pagings)
def test_every_episode_is_in_one_page_or_in_the_feed_itself(lengths: list[int], paging: Paging) -> None:
    *pages, feed = divide(lengths, paging)
    archived = [number for page in reversed(pages) for number in range(page.start, page.end)]
    assert len(archived) == len(set(archived))
    assert sorted({*archived, *range(feed.start, feed.end)}) == list(range(len(lengths)))
    assert archived == sorted(archived)
    assert feed.start == 0
    assert feed.end or not lengths


@given(weights, pagings)
def test_the_feed_itself_keeps_to_its_budget_and_holds_what_it_can(lengths: list[int], paging: Paging) -> None:
    feed = divide(lengths, paging)[-1]
    if paging.budget:
        assert feed.end <= 1 or AROUND + sum(lengths[: feed.end]) <= paging.budget
        assert feed.end == len(lengths) or AROUND + sum(lengths[: feed.end + 1]) > paging.budget
    else:
        assert feed.end == min(len(lengths), paging.page_size)


@given(weights, st.lists(st.integers(100, 900), min_size=1, max_size=10), pagings)
def test_a_page_that_is_full_stays_as_it_is(before: list[int], new: list[int], paging: Paging) -> None:
    was, now = divide(before, paging), divide([*new, *before], paging)
    full = [page.podcast for page in was[:-1] if page.podcast.place and page.podcast.place.closed]
    assert full == [page.podcast for page in now[: len(full)]]


@given(weights, pagings)
def test_all_pages_are_full_but_the_newest(lengths: list[int], paging: Paging) -> None:
    *pages, _ = divide(lengths, paging)
    for number, page in enumerate(pages, 1):
        assert page.path == f"days/feed/{number}.xml"
        assert page.podcast.place is not None
        full = page.end - page.start == (paging.page_size or PAGE_SIZE)
        assert page.podcast.place.closed == full
        assert full or (page is pages[-1] and paging.budget)


@pytest.mark.parametrize("relation", ["prev-archive", "next"])
@pytest.mark.parametrize(
    "paging", [Paging(page_size=5), Paging(page_size=5, budget=9_000), Paging(page_size=5, budget=5_000)]
)
def test_readers_that_follow_the_links_reach_every_episode(paging: Paging, relation: str) -> None:
    documents = print_feed(make_podcast(23, paging))
    read = [guid for document in follow(documents, relation) for guid in list_guids(document)]
    assert list(dict.fromkeys(read)) == [f"day-{number}" for number in range(23, 0, -1)]


def test_the_bytes_of_a_full_page_stay_when_ten_episodes_follow() -> None:
    before, after = (print_feed(make_podcast(count, Paging(page_size=5))) for count in (23, 33))
    pages = [path for path in before if path != "days/feed.xml"]
    assert pages == [f"days/feed/{number}.xml" for number in range(1, 5)]
    assert [path for path in pages if before[path] != after[path]] == []
    assert len(after) == len(before) + 2


def test_the_budget_holds_for_the_bytes_that_come_out() -> None:
    for budget in range(4_000, 20_000, 1_777):
        documents = print_feed(make_podcast(23, Paging(page_size=5, budget=budget)))
        assert len(documents["days/feed.xml"]) <= budget


def test_a_page_says_what_it_is_and_where_the_feed_is() -> None:
    documents = print_feed(make_podcast(12, Paging(page_size=5)))
    at = f"{SITE.url}/days/feed"
    assert list_links(documents["days/feed.xml"]) == {
        "self": f"{at}.xml",
        "hub": "https://hub.small.fm/",
        "first": f"{at}.xml",
        "next": f"{at}/2.xml",
        "prev-archive": f"{at}/2.xml",
        "last": f"{at}/1.xml",
    }
    assert list_links(documents["days/feed/2.xml"]) == {
        "self": f"{at}/2.xml",
        "current": f"{at}.xml",
        "first": f"{at}.xml",
        "next": f"{at}/1.xml",
        "prev-archive": f"{at}/1.xml",
        "last": f"{at}/1.xml",
    }
    assert list_links(documents["days/feed/1.xml"]).keys() == {"self", "current", "first", "last"}
    marked = {path: etree.fromstring(text).find(f"channel/{{{FH}}}archive") for path, text in documents.items()}
    assert {path for path, mark in marked.items() if mark is not None} == {"days/feed/1.xml", "days/feed/2.xml"}


def test_a_page_that_is_still_filled_does_not_call_itself_an_archive() -> None:
    documents = print_feed(make_podcast(4, Paging(page_size=5, budget=4_000)))
    assert list(documents) == ["days/feed/1.xml", "days/feed.xml"]
    assert b"archive/>" not in documents["days/feed/1.xml"]


@pytest.mark.parametrize("paging", [Paging(page_size=12), Paging(budget=100_000), Paging(page_size=3, budget=100_000)])
def test_a_feed_that_needs_no_pages_is_as_if_none_were_asked_for(paging: Paging) -> None:
    assert print_feed(make_podcast(12, paging)) == print_feed(make_podcast(12, Paging()))


@pytest.mark.parametrize("paging", [Paging(page_size=5), Paging(page_size=5, budget=5_000)])
def test_no_rule_finds_in_a_page_what_it_does_not_find_in_the_whole(paging: Paging) -> None:
    def judge(document: bytes, url: str) -> set[str]:
        parsed = parse_document(parse_source(url, document), at=NOW, url=url)
        return {finding.rule for finding in check_document(parsed, Rulebook(RULES)).findings}

    def judge_all(paging: Paging) -> set[str]:
        documents = print_feed(make_podcast(23, paging))
        return {rule for path, document in documents.items() for rule in judge(document, f"{SITE.url}/{path}")}

    assert judge_all(paging) == judge_all(Paging())


def test_every_document_is_read_by_another_program() -> None:
    for path, document in print_feed(make_podcast(23, Paging(page_size=5))).items():
        read = feedparser.parse(document)
        assert not read.bozo
        assert [entry.id for entry in read.entries] == list_guids(document)
        assert read.feed.title == "Days"
        assert {link.rel: link.href for link in read.feed.links}["self"] == f"{SITE.url}/{path}"


def test_an_episode_that_moves_to_the_archive_is_not_told_as_lost(tmp_path: Path) -> None:
    """Each document is held against that which it follows: the feed against the feed, a page against the same page."""
    for folder, count in (("before", 23), ("after", 26)):
        for path, document in print_feed(make_podcast(count, Paging(page_size=5))).items():
            (tmp_path / folder / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / folder / path).write_bytes(document)
    wishes = Wishes(at=NOW, against=str(tmp_path / "before"))
    report = judge_sources([str(tmp_path / "after")], wishes, stdin=io.BytesIO())
    assert len(report.judged) == 6
    changes = {rule.id for rule in RULES if "change" in rule.on}
    assert [finding for one in report.judged for finding in one.findings if finding.rule in changes] == []


# As it is built.


def write_project(folder: Path, count: int, feed: str) -> Path:
    seeds = folder / "seeds" / "days"
    seeds.mkdir(parents=True, exist_ok=True)
    (folder / "channel.toml").write_text(
        '[site]\nurl = "https://shows.small.fm"\ntitle = "x"\n[channels.days]\ntitle = "Days"\n'
        'description = "One a day."\n'
        'author = "Ada"\ncategories = ["News"]\nimage = "https://cdn.small.fm/days.png"\n' + feed
    )
    for number in range(1, count + 1):
        (seeds / f"day-{number}.md").write_text(
            f'+++\ntitle = "Day {number}"\ndate = {(FIRST + dt.timedelta(days=number)).date()}\nguid = "day-{number}"\n'
            f'audio = {{ url = "https://cdn.small.fm/{number}.mp3", length = 480000 }}\n+++\nWords.\n'
        )
    return folder


def build(folder: Path) -> Outcome:
    return build_site(folder, folder / "public", at=NOW)


def test_pages_reach_the_disk_and_stay_untouched(tmp_path: Path) -> None:
    feed = "feed = { page_size = 3 }\n"
    build(write_project(tmp_path, 7, feed))
    pages = [tmp_path / "public" / "days" / "feed" / f"{number}.xml" for number in (1, 2)]
    before = [(page.stat().st_mtime_ns, page.read_bytes()) for page in pages]
    outcome = build(write_project(tmp_path, 10, feed))
    assert [(page.stat().st_mtime_ns, page.read_bytes()) for page in pages] == before
    assert [path for path in outcome.written.written if path.endswith(".xml")] == [
        "days/feed/3.xml",
        "sitemap.xml",
        "days/feed.xml",
    ]


def test_a_feed_that_is_too_long_is_warned_of_with_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feeds.building.making.proof.LIMIT", 3_000)
    assert LIMIT == 5_000_000
    (warning,) = [str(one) for one in build(write_project(tmp_path, 4, "")).warnings if "stop at" in str(one)]
    assert "write feed = { page_size = 100 }" in warning
    warnings = build(write_project(tmp_path, 4, "feed = { page_size = 1 }\n")).warnings
    assert [one for one in warnings if "stop at" in str(one)] == []


def test_a_budget_that_one_episode_exceeds_is_warned_of(tmp_path: Path) -> None:
    warnings = build(write_project(tmp_path, 4, 'feed = { budget = "1 kB" }\n')).warnings
    (warning,) = [one for one in warnings if "budget" in str(one)]
    assert warning.line == 10


def test_what_is_wrong_in_the_feed_and_in_its_pages_is_told_once(tmp_path: Path) -> None:
    folder = write_project(tmp_path, 4, "feed = { page_size = 3 }\n")
    (folder / "seeds" / "days" / "day-3.md").write_text(
        '+++\ntitle = "Bad"\ndate = 2020-01-04\naudio = { url = "https://cdn.small.fm/3.mp3", length = 1 }\n'
        "extra = '<itunes:explicit>perhaps</itunes:explicit>'\n+++\nWords.\n"
    )
    with pytest.raises(Exception, match="itunes-explicit") as caught:
        build(folder)
    assert str(caught.value).count("perhaps") == 1
