"""feedparser, which most readers in Python are built on."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING, Any

import feedparser
import pytest
from lxml import html

from tests.clients.confirming import confirms

if TYPE_CHECKING:
    from tests.clients.conftest import Show

MILLISECOND = dt.timedelta(milliseconds=1)

pytestmark = pytest.mark.clients


@pytest.fixture(scope="module")
def heard(show: Show) -> Any:
    return feedparser.parse(show.url)


def test_feedparser_finds_nothing_to_repair_in_the_feed(heard: Any, show: Show) -> None:
    assert heard.status == 200
    assert not heard.bozo, heard.get("bozo_exception")
    assert heard.feed.title == show.channel.title
    assert heard.version == "rss20"


def test_feedparser_is_told_by_304_that_the_feed_has_not_changed(heard: Any, show: Show) -> None:
    by_tag = feedparser.parse(show.url, etag=heard.etag)
    by_date = feedparser.parse(show.url, modified=heard.modified)
    assert (by_tag.status, by_date.status) == (304, 304)


def test_feedparser_sees_each_episode_under_the_title_and_date_of_its_record(heard: Any, show: Show) -> None:
    seen = [(entry.title, calendar.timegm(entry.published_parsed)) for entry in heard.entries]
    assert seen == [(item.record.title, item.record.date.timestamp()) for item in show.items]


def test_feedparser_sees_each_guid_and_takes_none_for_a_link(heard: Any, show: Show) -> None:
    seen = [(entry.id, entry.guidislink) for entry in heard.entries]
    assert seen == [(item.guid, False) for item in show.items]


def test_feedparser_sees_one_enclosure_an_episode_with_url_length_and_type(heard: Any, show: Show) -> None:
    for entry, item in zip(heard.entries, show.items, strict=True):
        assert [(file.href, int(file.length), file.type) for file in entry.enclosures] == [item.enclosure]


def test_feedparser_sees_duration_season_episode_and_type(heard: Any, show: Show) -> None:
    for entry, item in zip(heard.entries, show.items, strict=True):
        assert int(entry.itunes_duration) == item.seconds
        seen = entry.get("itunes_season"), entry.get("itunes_episode")
        assert seen == tuple(number and str(number) for number in item.numbers)
        assert entry.itunes_episodetype == item.record.type


@confirms("feedparser", "psc", "count start title link picture")
def test_feedparser_sees_every_listed_chapter_to_the_millisecond(heard: Any, show: Show) -> None:
    for entry, item in zip(heard.entries, show.items, strict=True):
        chapters = entry.get("psc_chapters", {"chapters": []})["chapters"]
        for seen, chapter in zip(chapters, item.listed_chapters, strict=True):
            assert (seen["start_parsed"] / MILLISECOND, seen["title"]) == (chapter.start, chapter.title)
            assert seen.get("href", "") == chapter.link
            assert item.reads_as(seen.get("image", ""), chapter.image)


def test_feedparser_sees_the_whole_notes_and_strips_nothing_unsafe_from_them(heard: Any, show: Show) -> None:
    unsafe = feedparser.parse(show.url, sanitize_html=False)
    for safe, raw, item in zip(heard.entries, unsafe.entries, show.items, strict=True):
        said = " ".join(str(html.fromstring(safe.content[0].value).xpath("string()")).split())
        for chapter in item.record.chapters:
            if chapter.blocks:
                assert " ".join(chapter.title.split()) in said
        assert safe.content[0].value == raw.content[0].value
