"""The podcast namespace 1.0 of the Podcast Index, each tag as its own page says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from feeds.media_types import CHAPTERS_TYPE
from feeds.model import Item, License, Location, Person, Podcast, RemoteItem
from feeds.namespaces import PODCAST
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
        email = channel.owner.email if channel.owner else ""
        add_element(element, PODCAST, "locked", "yes" if channel.locked else "no", owner=email)
        add_element(element, PODCAST, "medium", channel.medium)
        _add_persons(element, channel.persons)
        for funding in channel.funding:
            add_element(element, PODCAST, "funding", funding.text, url=funding.url)
        _add_location(element, channel.location)
        _add_license(element, channel.license)
        for txt in channel.txt:
            add_element(element, PODCAST, "txt", txt.value, purpose=txt.purpose)
        _add_podroll(element, channel.podroll)


@dataclass(frozen=True, slots=True, kw_only=True)
class PodcastItem:
    """Number, people and accompanying files of an episode."""

    item: Item

    def extend_rss(self, element: etree._Element) -> None:
        item, episode = self.item, self.item.episode
        if episode.season is not None:
            add_element(element, PODCAST, "season", str(episode.season))
        if episode.episode is not None:
            add_element(element, PODCAST, "episode", str(episode.episode))
        _add_persons(element, item.persons)
        for transcript in item.transcripts:
            add_element(
                element,
                PODCAST,
                "transcript",
                url=transcript.url,
                type=transcript.type,
                language=transcript.language,
                rel=transcript.rel,
            )
        if item.chapters_url:
            add_element(element, PODCAST, "chapters", url=item.chapters_url, type=CHAPTERS_TYPE)
        _add_location(element, episode.location)
        _add_license(element, episode.license)


def _add_persons(parent: etree._Element, persons: Iterable[Person]) -> None:
    for person in persons:
        add_element(
            parent,
            PODCAST,
            "person",
            person.name,
            role=person.role.lower(),
            group=person.group.lower(),
            img=person.img,
            href=person.href,
        )


def _add_location(parent: etree._Element, location: Location | None) -> None:
    if location:
        add_element(
            parent,
            PODCAST,
            "location",
            location.name,
            rel=location.rel,
            geo=location.geo,
            osm=location.osm,
            country=location.country,
        )


def _add_license(parent: etree._Element, license: License | None) -> None:
    if license:
        add_element(parent, PODCAST, "license", license.identifier, url=license.url)


def _add_podroll(parent: etree._Element, podroll: tuple[RemoteItem, ...]) -> None:
    if not podroll:
        return
    element = add_element(parent, PODCAST, "podroll")
    for remote in podroll:
        add_element(
            element,
            PODCAST,
            "remoteItem",
            feedGuid=remote.feed_guid,
            feedUrl=remote.feed_url,
            title=remote.title,
            medium=remote.medium,
        )
