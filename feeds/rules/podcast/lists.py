"""What a feed is, and which other feeds it points to."""

from __future__ import annotations

import re

from lxml import etree

from feeds.rulebook.document import find_attribute, find_parent_name, find_tag, find_text
from feeds.rulebook.places import Attribute
from feeds.rulebook.podcast.tags import LIST_MEDIUMS, MEDIUMS, SINGLE_MEDIUMS
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Channel
from feeds.rulebook.wording import quote

_REMOTE = find_tag("podcast:remoteItem")
_BY_LETTERS = {medium.casefold(): medium for medium in MEDIUMS}
_UUID = re.compile(r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}")


@rule("<podcast:medium>", source="podcast namespace, tag medium", podcasting2="error")
def podcast_medium_invalid(medium: etree._Element) -> Hits:
    """A podcast:medium is podcast, music, video, film, audiobook, newsletter, blog, publisher, course, or a list.

    A list is one of these with an L behind it, such as musicL, or mixed. Apps sort shows by it, and play music without
    changing its speed; a word they do not know counts as podcast.
    """
    written = find_text(medium)
    if written not in MEDIUMS:
        yield (
            medium,
            f"the medium is {quote(written)}: {_find_remedy(written)}"
            if written
            else f"podcast:medium is empty: {_find_remedy(written)}",
        )


@rule("channel", source="podcast namespace, tag medium", podcasting2="error")
def podcast_medium_list_with_items(channel: Channel) -> Hits:
    """A list, such as musicL or mixed, has remote items, and no item or live item of its own.

    Apps read a list as links to episodes of other feeds; episodes in it are lost.
    """
    written = channel.text("podcast:medium")
    place = channel.first("podcast:medium")
    if written not in LIST_MEDIUMS or place is None:
        return
    own = len(channel.items) + len(channel.all("podcast:liveItem"))
    if own:
        single = written.removesuffix("L") if written != "mixed" else "podcast"
        yield place, f"the medium is the list {quote(written)}, but the feed has {own} items of its own: write {single}"
    elif "podcast:remoteItem" not in channel:
        yield place, f"the medium is the list {quote(written)}, but it lists nothing: add podcast:remoteItem elements"


@rule("channel", source="podcast namespace, publishers; podcast namespace, tag medium", podcasting2="error")
def podcast_medium_publisher_incomplete(channel: Channel) -> Hits:
    """The feed of a publisher has a podcast:guid, and a podcast:remoteItem for each of its shows.

    Shows name their publisher by that guid, and are believed only if the publisher lists them in turn.
    """
    place = channel.first("podcast:medium")
    if place is None or find_text(place) != "publisher":
        return
    if "podcast:guid" not in channel:
        yield place, "the feed of a publisher has no podcast:guid: add one, since its shows refer to it"
    if "podcast:remoteItem" not in channel:
        yield place, "the feed of a publisher lists no show: add a podcast:remoteItem for each"


@rule("<podcast:remoteItem>", source="podcast namespace, tag remote-item", podcasting2="error")
def podcast_remote_item_feed_guid(remote: etree._Element) -> Hits:
    """A podcast:remoteItem has a feedGuid, which is the podcast:guid of the other feed.

    Apps find the other show by its guid; an address may change, the guid does not.
    """
    guid = find_attribute(remote, "feedGuid")
    if not guid:
        yield remote, "podcast:remoteItem has no feedGuid: give the podcast:guid of the other feed"
    elif not _UUID.fullmatch(guid):
        yield (
            Attribute(remote, "feedGuid"),
            f"the feedGuid {quote(guid)} is no UUID: copy the podcast:guid of that feed",
        )


@rule("<podcast:remoteItem>", source="podcast namespace, tag remote-item", podcasting2="info")
def podcast_remote_item_feed_url(remote: etree._Element) -> Hits:
    """A podcast:remoteItem has a feedUrl beside the feedGuid, as a fallback.

    Apps without an index of guids can only follow the address. What plays within a podcast:valueTimeSplit is left to
    the guid alone, as the namespace shows it.
    """
    if find_parent_name(remote) != "podcast:valueTimeSplit" and "feedUrl" not in remote.attrib:
        yield (
            remote,
            "podcast:remoteItem has no feedUrl: add the address of that feed, for apps that do not know its guid",
        )


@rule(
    "<podcast:remoteItem>",
    source="podcast namespace, tag remote-item; podcast namespace, tag medium",
    podcasting2="error",
)
def podcast_remote_item_medium_invalid(remote: etree._Element) -> Hits:
    """The medium of a podcast:remoteItem is one that a podcast:medium can have.

    It tells an app what to expect before it fetches the other feed.
    """
    written = find_attribute(remote, "medium")
    # That of a publisher has a rule of its own.
    if written and written not in MEDIUMS and find_parent_name(remote) != "podcast:publisher":
        yield Attribute(remote, "medium"), f"the medium is {quote(written)}: {_find_remedy(written)}"


@rule("<podcast:podroll>", source="podcast namespace, tag podroll", podcasting2="error")
def podcast_podroll_empty(podroll: etree._Element) -> Hits:
    """A podcast:podroll holds at least one podcast:remoteItem.

    It is the list of shows that this one recommends; an empty one recommends nothing.
    """
    if podroll.find(_REMOTE) is None:
        yield podroll, "podcast:podroll is empty: add a podcast:remoteItem for each show, or leave it out"


@rule("<podcast:podroll>", source="podcast namespace, tag podroll", podcasting2="info")
def podcast_podroll_item_guid(podroll: etree._Element) -> Hits:
    """The remote items of a podcast:podroll point to shows, not to episodes.

    Apps show a podroll as shows one might like, and pass over the episode.
    """
    for remote in podroll.iterchildren(_REMOTE):
        if find_attribute(remote, "itemGuid"):
            yield (
                Attribute(remote, "itemGuid"),
                "a podroll recommends shows, this points to an episode: leave itemGuid out",
            )


@rule("<podcast:publisher>", source="podcast namespace, tag publisher", podcasting2="error")
def podcast_publisher_content(publisher: etree._Element) -> Hits:
    """A podcast:publisher holds exactly one podcast:remoteItem, whose medium is publisher.

    It leads from a show to the feed of its publisher; apps follow one link, and only to a feed of that kind.
    """
    remotes = publisher.findall(_REMOTE)
    if not remotes:
        yield (
            publisher,
            "podcast:publisher is empty: add one podcast:remoteItem that points to the feed of the publisher",
        )
    for extra in remotes[1:]:
        yield extra, "podcast:publisher holds more than one podcast:remoteItem: a show has one publisher"
    for remote in remotes[:1]:
        medium = find_attribute(remote, "medium")
        if "medium" not in remote.attrib:
            yield remote, 'the remote item of podcast:publisher has no medium: write medium="publisher"'
        elif medium and medium != "publisher":
            yield Attribute(remote, "medium"), f"the medium of a publisher is {quote(medium)}: write publisher"


def _find_remedy(written: str) -> str:
    meant = _BY_LETTERS.get(written.casefold())
    return f"write {meant}" if meant else f"write one of {', '.join(SINGLE_MEDIUMS)}, one of these with an L, or mixed"
