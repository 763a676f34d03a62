"""A channel and an item as a build publishes them, of what the model holds alone."""

from __future__ import annotations

from lxml import etree

from feeds.building.assemble import merge_persons
from feeds.model import Channel, Episode, Item, Picture, Podcast, Site, TranscriptFile
from feeds.rss.feed import make_entry, render_channel

SITE = "https://example.org/"

BARE = Channel(
    slug="show",
    title="Tide",
    description="Talks.",
    categories=(("News", ""),),
    language="en",
    author="Ada",
    image=f"{SITE}a.png",
    guid="9b024349-ccf0-5f69-a609-6b82873eab3c",
)


def publish_channel(channel: Channel) -> etree._Element:
    """The channel of the feed that a build makes."""
    podcast = Podcast(
        channel=channel,
        guid=channel.guid,
        url=f"{SITE}show/",
        feed_url=f"{SITE}show/feed.xml",
        image=Picture(url=f"{SITE}a.png"),
        items=(),
    )
    root = etree.fromstring(b"".join(render_channel(podcast, Site(url="https://example.org", title="x"))))
    element = root.find("channel")
    assert element is not None
    return element


def publish_item(episode: Episode, channel: Channel = BARE) -> etree._Element:
    """The item of an episode, as it stands in the feed."""
    item = Item(
        episode=episode,
        guid="g",
        slug="one",
        url=f"{SITE}show/one/",
        language="en",
        explicit=False,
        duration=0,
        persons=merge_persons(channel.persons, episode.persons),
        enclosure=None,
        image=None,
        chapters_url=f"{SITE}chapters.json" if episode.chapters else "",
        transcripts=tuple(
            TranscriptFile(url=one.source, type=one.type, language=one.language, rel=one.rel)
            for one in episode.transcripts
        ),
    )
    return etree.fromstring(etree.tostring(make_entry(item).rss_entry()))
