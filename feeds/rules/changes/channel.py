"""What may not happen to a channel once it is published."""

from __future__ import annotations

from feeds.rulebook.changes import Change
from feeds.rulebook.places import Attribute
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.wording import quote
from feeds.rules.channel.relations import find_address, find_links


@rule("change", source="podcast namespace, tag guid", everywhere="error")
def podcast_guid_changed(change: Change) -> Hits:
    """The podcast:guid stays for ever the one that was published first, at every host.

    It is how the podcast is known apart from its address: funding, remote items and other people's lists point at it.
    """
    was, now = (channel.text("podcast:guid") for channel in (change.before, change.after))
    if was and was.lower() != now.lower():
        place = change.after.first("podcast:guid")
        is_now = f"is {quote(now)}" if now else "is missing"
        message = f"podcast:guid was published as {quote(was)} and {is_now}: write the published one"
        yield change.after.element if place is None else place, message


@rule("change", source="Apple guide, itunes:new-feed-url; RSS Profile, 5.1.1", everywhere="warning")
def channel_address_changed(change: Change) -> Hits:
    """A feed that moves says so with itunes:new-feed-url.

    Apps go on asking at the old address. Without a redirect there and itunes:new-feed-url they stay with the old feed.
    """
    was, now = (find_address(channel, "self") for channel in (change.before, change.after))
    if was and now and was != now and change.after.text("itunes:new-feed-url") != now:
        link = find_links(change.after, "self")[0]
        message = f"the feed was published at {quote(was)}, now it names {quote(now)}: add itunes:new-feed-url with it"
        yield Attribute(link, "href"), message
