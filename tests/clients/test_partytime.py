"""podcast-partytime, the parser of the Podcast Index: what it makes of a feed is what an author wrote.

Its `pc20support` names a tag as soon as one element of the feed carries it well. So each value is compared beside, to
find one that was dropped in silence. It does not know podcast:image, updateFrequency and podping, nor rel and country
of a place, nor podcast:funding of an item, and takes one place, licence and way to pay of several.
"""

from __future__ import annotations

import datetime as dt
import json
import urllib.request
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from feeds.formats import SECOND
from feeds.model import (
    AlternateEnclosure,
    Channel,
    Episode,
    Person,
    RemoteItem,
    SocialInteract,
    Soundbite,
    Trailer,
    Txt,
    Value,
    ValueRecipient,
    ValueTimeSplit,
)
from feeds.namespaces import PODCAST

if TYPE_CHECKING:
    from tests.clients.conftest import Show

pytestmark = pytest.mark.clients

SPELLINGS = {"application/x-subrip": "application/srt"}
LICENCES = {"CC-BY-4.0": "https://spdx.org/licenses/CC-BY-4.0.html"}
"""Where partytime says that a licence is which it knows by its name."""


@pytest.fixture(scope="module")
def heard(ask_node: Callable[..., Any], show: Show) -> Any:
    return ask_node("partytime.mjs", show.url)


def test_partytime_sees_every_episode_with_guid_date_and_enclosure(heard: Any, show: Show) -> None:
    for seen, item in zip(heard["feed"]["items"], show.items, strict=True):
        assert (seen["title"], seen["guid"]) == (item.record.title, item.guid)
        assert seen["pubDate"] == f"{item.record.date:%Y-%m-%dT%H:%M:%S.000Z}"
        enclosure = seen["enclosure"]
        assert (enclosure["url"], enclosure["length"], enclosure["type"]) == item.enclosure


def test_partytime_sees_duration_season_episode_type_and_explicitness(heard: Any, show: Show) -> None:
    assert heard["feed"]["explicit"] is show.channel.explicit
    for seen, item in zip(heard["feed"]["items"], show.items, strict=True):
        record = item.record
        assert seen["duration"] == item.seconds
        assert (seen.get("itunesSeason"), seen.get("itunesEpisode")) == item.numbers
        assert seen["itunesEpisodeType"] == record.type
        assert seen["explicit"] is (show.channel.explicit if record.explicit is None else record.explicit)


def test_partytime_is_led_to_every_chapter_of_the_record(heard: Any, show: Show) -> None:
    for seen, item in zip(heard["feed"]["items"], show.items, strict=True):
        found = read_chapters(seen["podcastChapters"]["url"]) if "podcastChapters" in seen else []
        assert found == [(chapter.start, chapter.title) for chapter in item.record.chapters]


def test_partytime_sees_every_person_of_the_record(heard: Any, show: Show) -> None:
    for seen, item in zip(heard["feed"]["items"], show.items, strict=True):
        people = {(person["name"], person["role"].lower()) for person in seen.get("podcastPeople", ())}
        assert {(person.name, person.role.lower()) for person in item.record.persons} <= people


def test_partytime_is_led_to_every_transcript_of_the_record(heard: Any, show: Show) -> None:
    for seen, item in zip(heard["feed"]["items"], show.items, strict=True):
        transcripts = seen.get("podcastTranscripts", ())
        types = [SPELLINGS.get(transcript.type, transcript.type) for transcript in item.record.transcripts]
        assert Counter(types) <= Counter(transcript["type"] for transcript in transcripts)
        for transcript in transcripts:
            if show.find_file(transcript["url"]):
                with urllib.request.urlopen(transcript["url"]) as response:
                    assert SPELLINGS.get(response.headers.get_content_type(), transcript["type"]) == transcript["type"]


def test_partytime_sees_every_podcast_tag_of_a_channel_as_its_author_wrote_it(heard: Any, show: Show) -> None:
    seen, channel = heard["feed"], show.channel
    said = {
        **describe_both(channel),
        "podcastFunding": [{"message": funding.text, "url": funding.url} for funding in channel.funding],
        "locked": channel.locked.locked,
        "podcastOwner": channel.locked.owner,
        "medium": channel.medium,
        "guid": show.feed.findtext("channel/{*}guid"),
        "podcastPeople": list(map(describe_person, channel.persons)),
        "podcastTxt": list(map(describe_txt, channel.txt)),
        "podroll": list(map(describe_remote, channel.podroll)),
        "podcastRemoteItems": list(map(describe_remote, channel.remote_items)),
        "trailers": list(map(describe_trailer, channel.trailers)),
        "podcastBlockedPlatforms": {block.id: block.block for block in channel.blocks if block.id},
    }
    if channel.publisher:
        said["podcastPublisher"] = drop_empty(feedGuid=channel.publisher.feed_guid, feedUrl=channel.publisher.feed_url)
    assert find_seen(seen, said) == drop_empty(**said)


def test_partytime_sees_every_podcast_tag_of_an_episode_as_its_author_wrote_it(heard: Any, show: Show) -> None:
    for seen, item in zip(heard["feed"]["items"], show.items, strict=True):
        record = item.record
        said = {
            **describe_both(record),
            "podcastPeople": list(map(describe_person, item.persons)),
            "podcastTxt": list(map(describe_txt, record.txt)),
            "podcastSocialInteraction": list(map(describe_social, record.social_interact)),
        }
        # An episode is paid as its channel is, unless it says another way.
        said["value"] = said["value"] or describe_both(show.channel)["value"]
        if record.soundbites:
            said["podcastSoundbites"] = [describe_soundbite(bite, show) for bite in record.soundbites]
        if record.season:
            said["podcastSeason"] = drop_empty(number=record.season.number, name=record.season.name)
        if record.episode:
            said["podcastEpisode"] = drop_empty(number=float(record.episode.number), display=record.episode.display)
        others = [version for version in seen.get("alternativeEnclosures", ()) if not names_ours(version, show)]
        assert others == [describe_version(version) for version in record.alternate_enclosures if not version.file]
        assert find_seen(seen, said) == drop_empty(**said)


def test_partytime_sees_every_stream_that_is_announced(heard: Any, show: Show) -> None:
    for seen, record in zip(heard["feed"].get("podcastLiveItems", []), show.streams, strict=True):
        assert record.live and record.live.end
        assert (seen["title"], seen["status"]) == (record.title, record.live.status)
        moments = [dt.datetime.fromisoformat(seen[name]) for name in ("start", "end")]
        assert moments == [record.live.start, record.live.end]
        assert seen["contentLinks"] == [{"title": link.text, "url": link.href} for link in record.content_links]
        said = describe_both(record)
        said |= {"podcastPeople": list(map(describe_person, dict.fromkeys((*show.channel.persons, *record.persons))))}
        del said["license"], said["podcastLocation"]
        assert find_seen(seen, said) == drop_empty(**said)


def test_partytime_counts_each_of_those_tags_as_supported(heard: Any, show: Show) -> None:
    parents = [*show.feed, *(item.element for item in show.items)]
    present = {name for parent in parents for name in find_tags(parent)}
    if not any("socialInteract" in find_tags(item.element) for item in show.items):
        present.discard("socialInteract")  # which it counts in an item alone
    expected = {name for name in present if f"podcast:{name}" in heard["known"]}
    assert expected
    assert expected == {name for names in heard["feed"]["pc20support"].values() for name in names}


def test_a_web_player_of_another_origin_may_fetch_feed_chapters_transcripts_and_audio(heard: Any) -> None:
    assert len(heard["shared"]) > 1
    assert [url for url, shared in heard["shared"].items() if not shared] == []


def read_chapters(url: str) -> list[tuple[int, str]]:
    """Read a chapters file as a player does: starts in milliseconds, and titles."""
    with urllib.request.urlopen(url) as response:
        chapters = json.load(response)["chapters"]
    return [(round(chapter["startTime"] * SECOND), chapter["title"]) for chapter in chapters]


def find_tags(parent: etree._Element) -> set[str]:
    """The names of the podcast tags of a channel or item."""
    return {etree.QName(element).localname for element in parent.iterchildren(f"{{{PODCAST}}}*")}


def find_seen(seen: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """What partytime says of these things, of which it tells empty ones too."""
    return drop_empty(**{name: seen.get(name) for name in said})


def drop_empty(**values: Any) -> dict[str, Any]:
    """Only what is said; a number or a flag always is."""
    return {name: value for name, value in values.items() if value not in ("", None, [], {})}


def describe_both(owner: Channel | Episode) -> dict[str, Any]:
    """What channels and episodes have in common. Of places, licences and ways to pay partytime takes the first."""
    said: dict[str, Any] = {
        "podcastLocation": [drop_empty(name=one.name, geo=one.geo, osm=one.osm) for one in owner.location][:1],
        "value": [describe_value(value) for value in owner.value][:1],
        "license": None,
        "chat": None,
    }
    said |= {name: said[name][0] for name in ("podcastLocation", "value") if said[name]}
    if owner.license:
        said["license"] = {"identifier": owner.license.id, "url": owner.license.url or LICENCES[owner.license.id]}
    if chat := owner.chat:
        names = drop_empty(accountId=chat.account_id, space=chat.space)
        said["chat"] = {"phase": "7", "protocol": chat.protocol, "server": chat.server, **names}
    return said


def describe_person(person: Person) -> dict[str, Any]:
    return drop_empty(
        name=person.name,
        role=person.role.title(),
        group=person.group.title(),
        img=person.img,
        href=person.href,
    )


def describe_txt(txt: Txt) -> dict[str, Any]:
    # It takes these words for flags, and has no text then.
    return {"value": "" if txt.value in ("true", "false") else txt.value, **drop_empty(purpose=txt.purpose)}


def describe_remote(item: RemoteItem) -> dict[str, Any]:
    return drop_empty(
        feedGuid=item.feed_guid,
        itemGuid=item.item_guid,
        feedUrl=item.feed_url,
        title=item.title,
        medium=item.medium,
    )


def describe_trailer(trailer: Trailer) -> dict[str, Any]:
    return drop_empty(
        title=trailer.title,
        url=trailer.url,
        pubdate=f"{trailer.pubdate.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%S.000Z}",
        type=trailer.type,
        length=trailer.length,
        season=trailer.season,
    )


def describe_social(post: SocialInteract) -> dict[str, Any]:
    known = drop_empty(priority=post.priority, profileUrl=post.account_url)
    return {"platform": post.protocol, "id": post.account_id, "url": post.uri, **known}


def describe_soundbite(bite: Soundbite, show: Show) -> dict[str, Any]:
    return {
        "duration": bite.duration / SECOND,
        "startTime": bite.start_time / SECOND,
        "title": bite.title or show.channel.title,
    }


def describe_version(version: AlternateEnclosure) -> dict[str, Any]:
    sources = [{"uri": one.uri, "contentType": one.content_type or version.type} for one in version.sources]
    integrity = version.integrity
    return drop_empty(
        type=version.type,
        length=version.length,
        source=sources,
        default=version.default,
        integrity={"type": integrity.type, "value": integrity.value} if integrity else None,
        bitrate=float(version.bitrate) if version.bitrate else None,
        height=version.height,
        lang=version.lang,
        title=version.title,
        rel=version.rel,
        codecs=version.codecs,
    )


def names_ours(version: dict[str, Any], show: Show) -> bool:
    return any(show.find_file(source["uri"]) for source in version["source"])


def describe_value(value: Value) -> dict[str, Any]:
    splits = [describe_split(split) for split in value.time_splits]
    return drop_empty(
        type=value.type,
        method=value.method,
        suggested=float(value.suggested) if value.suggested else None,
        recipients=list(map(describe_recipient, value.recipients)),
        valueTimeSplits=splits,
    )


def describe_recipient(recipient: ValueRecipient) -> dict[str, Any]:
    return drop_empty(
        name=recipient.name,
        customKey=recipient.custom_key,
        customValue=recipient.custom_value,
        type=recipient.type,
        address=recipient.address,
        split=recipient.split,
        fee=recipient.fee,
    )


def describe_split(split: ValueTimeSplit) -> dict[str, Any]:
    times = {"startTime": split.start_time / SECOND, "duration": split.duration / SECOND}
    if split.remote_item is None:
        return {"type": "recipients", **times, "recipients": list(map(describe_recipient, split.recipients))}
    return {
        "type": "remoteItem",
        **times,
        "remoteStartTime": split.remote_start_time / SECOND,
        "remotePercentage": float(split.remote_percentage or 100),
        "remoteItem": describe_remote(split.remote_item),
    }
