"""The podcast namespace 1.0 of the Podcast Index, each tag as its own page says."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from feeds.media_types import CHAPTERS_TYPE
from feeds.model import Item, Podcast
from feeds.namespaces import PODCAST
from feeds.podcasting.elements import render_values
from feeds.podcasting.places import CHANNEL, EPISODE_TAGS, render_tags
from feeds.podcasting.spellings import FLAG
from feeds.podcasting.tags import LOCKED, PERSON, TRANSCRIPT
from feeds.rss.elements import add_element


@dataclass(frozen=True, slots=True, kw_only=True)
class PodcastChannel:
    """Identity, people and support of a podcast."""

    podcast: Podcast

    def extend_ns(self) -> dict[str, str]:
        return {"podcast": PODCAST}

    def extend_rss(self, rss: etree._Element) -> None:
        element, channel = rss[0], self.podcast.channel
        add_element(element, PODCAST, "guid", self.podcast.guid)
        render_values(element, LOCKED, [channel.locked])
        add_element(element, PODCAST, "medium", channel.medium)
        render_values(element, PERSON, channel.persons)
        render_tags(element, CHANNEL, channel)
        if channel.podping is not None:
            add_element(element, PODCAST, "podping", usesPodping=FLAG.format_feed(channel.podping))


@dataclass(frozen=True, slots=True, kw_only=True)
class PodcastItem:
    """Number, people and accompanying files of an episode."""

    item: Item

    def extend_rss(self, element: etree._Element) -> None:
        item = self.item
        render_tags(element, EPISODE_TAGS, item.episode)
        render_values(element, PERSON, item.persons)
        render_values(element, TRANSCRIPT, item.transcripts)
        if item.chapters_url:
            add_element(element, PODCAST, "chapters", url=item.chapters_url, type=CHAPTERS_TYPE)
