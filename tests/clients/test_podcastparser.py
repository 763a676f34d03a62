"""podcastparser, gPodder's reader of feeds."""

from __future__ import annotations

import io
import urllib.request
from typing import TYPE_CHECKING, Any

import podcastparser
import pytest

from feeds.formats import SECOND
from tests.clients.confirming import confirms

if TYPE_CHECKING:
    from tests.clients.conftest import Show

pytestmark = pytest.mark.clients


@pytest.fixture(scope="module")
def heard(show: Show) -> Any:
    with urllib.request.urlopen(show.url) as response:
        return podcastparser.parse(show.url, io.BytesIO(response.read()))


@pytest.fixture(scope="module")
def episodes(heard: Any, show: Show) -> Any:
    """The episodes that were seen, in the order of the feed."""
    assert len(heard["episodes"]) == len(show.items)
    return sorted(heard["episodes"], key=lambda seen: list(show.by_guid).index(seen["guid"]))


def test_podcastparser_sees_title_artwork_and_explicitness_of_the_channel(heard: Any, show: Show) -> None:
    assert heard["title"] == show.channel.title
    assert heard["cover_url"].startswith(show.url.removesuffix("feed.xml"))
    assert heard["explicit"] is show.channel.explicit


def test_podcastparser_sees_each_title_and_date(episodes: Any, show: Show) -> None:
    seen = [(episode["title"], episode["published"]) for episode in episodes]
    assert seen == [(item.record.title, item.record.date.timestamp()) for item in show.items]


def test_podcastparser_sees_one_enclosure_with_url_length_and_type(episodes: Any, show: Show) -> None:
    for episode, item in zip(episodes, show.items, strict=True):
        seen = [(file["url"], file["file_size"], file["mime_type"]) for file in episode["enclosures"]]
        assert seen == [item.enclosure]


def test_podcastparser_sees_duration_season_number_type_and_explicitness(episodes: Any, show: Show) -> None:
    for episode, item in zip(episodes, show.items, strict=True):
        record = item.record
        assert episode["total_time"] == item.seconds
        assert (episode.get("season"), episode.get("number")) == item.numbers
        assert episode["type"] == record.type
        assert episode["explicit"] is (show.channel.explicit if record.explicit is None else record.explicit)


@confirms("podcastparser", "psc", "count start title link picture")
def test_podcastparser_sees_every_listed_chapter_at_its_second(episodes: Any, show: Show) -> None:
    for episode, item in zip(episodes, show.items, strict=True):
        for seen, chapter in zip(episode.get("chapters", ()), item.listed_chapters, strict=True):
            assert (seen["start"], seen["title"]) == (chapter.start // SECOND, chapter.title)
            assert seen.get("href", "") == chapter.link
            assert item.reads_as(seen.get("image", ""), chapter.image)
