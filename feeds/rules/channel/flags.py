"""Values of few words in the channel: explicit, type, complete, block."""

from __future__ import annotations

from feeds.rulebook.changes import Change
from feeds.rulebook.document import find_text
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Channel
from feeds.rulebook.wording import quote

LEGACY = {"yes": "true", "explicit": "true", "no": "false", "clean": "false", "true": "true", "false": "false"}
"""How itunes:explicit was written until 2019, or is in capitals, and what is written today."""

_TYPES = ("episodic", "serial")


@rule(
    "channel",
    source="Apple guide, explicit; PSP-1, Required Channel Elements; W3C validator, MissingItunesElement",
    apple="error",
    psp1="error",
)
def channel_itunes_explicit_missing(channel: Channel) -> Hits:
    """The channel has itunes:explicit.

    Apple and PSP-1 require it. Parents' settings go by it, and in some countries Apple shows no explicit podcasts.
    """
    if "itunes:explicit" not in channel:
        message = "the channel has no itunes:explicit, which Apple and PSP-1 require: add it with true or false"
        yield channel.element, message


@rule(
    "channel",
    source="PSP-1, itunes:explicit; Apple guide, explicit; W3C validator, InvalidTrueFalse",
    everywhere="error",
)
def channel_itunes_explicit_invalid(channel: Channel) -> Hits:
    """The itunes:explicit of the channel is true or false.

    Apple refuses a show that does not say whether it is explicit.
    """
    for explicit in channel.all("itunes:explicit"):
        text = find_text(explicit)
        if text.lower() not in LEGACY:
            yield explicit, f"itunes:explicit is {quote(text) if text else 'empty'}: write true or false"


@rule("channel", source="W3C validator, InvalidTrueFalse; Apple guide, explicit", everywhere="warning")
def channel_itunes_explicit_legacy_value(channel: Channel) -> Hits:
    """The itunes:explicit of the channel is true or false in lower case, no longer yes, no, clean or explicit.

    Apple has replaced these by true and false. Some indexes still read them, each in its own way.
    """
    for explicit in channel.all("itunes:explicit"):
        text = find_text(explicit)
        if message := find_legacy_flag(text):
            yield explicit, message


def find_legacy_flag(text: str) -> str:
    """What is to be said of a flag that is understood, though not written as today; "" if nothing is."""
    lower = text.lower()
    if lower not in LEGACY or lower == text == LEGACY[lower]:
        return ""
    said = "in capitals" if lower == LEGACY[lower] else "as it was before 2019"
    return f"itunes:explicit is {quote(text)}, {said}: write {LEGACY[lower]}"


@rule("channel", source="Spotify delivery, explicit", spotify="info")
def channel_itunes_explicit_understated(channel: Channel) -> Hits:
    """If most episodes are explicit, the channel says so too.

    Spotify takes the flag of the channel for that of any episode in it, Apple lets each episode speak for itself. A
    show that is explicit as a rule and says the contrary is found by those who have asked not to.
    """
    explicit = channel.first("itunes:explicit")
    if explicit is not None and find_text(explicit) == "false":
        several = sum(item.explicit == "true" for item in channel.items)
        if several > 1 and several * 2 > len(channel.items):
            message = f"the channel is not explicit, but {several} of its {len(channel.items)} items are: write true"
            yield explicit, message


@rule(
    "channel",
    source="PSP-1, itunes:type; Apple guide, type; W3C validator, InvalidItunesChannelType",
    everywhere="warning",
    apple="error",
    psp1="error",
    rss="error",
)
def channel_itunes_type_invalid(channel: Channel) -> Hits:
    """The itunes:type is episodic or serial.

    Serial shows begin with their first episode, episodic ones with the newest. Another word counts as episodic.
    """
    for type_ in channel.all("itunes:type"):
        text = find_text(type_)
        if text not in _TYPES:
            meant = text.lower() if text.lower() in _TYPES else "episodic or serial"
            yield type_, f"itunes:type is {quote(text)}: write {meant}"


@rule("channel", source="PSP-1, itunes:complete; Apple guide, complete", everywhere="warning")
def channel_itunes_complete_invalid(channel: Channel) -> Hits:
    """The itunes:complete, if it is there, is Yes.

    Every other value has no effect, so it misleads only those who read the feed.
    """
    for complete in channel.all("itunes:complete"):
        text = find_text(complete)
        if text.lower() != "yes":
            yield complete, f"itunes:complete is {quote(text)}, which has no effect: write Yes, or leave it out"


@rule("change", source="Apple guide, complete; PSP-1, itunes:complete", everywhere="info")
def channel_itunes_complete_new_items(change: Change) -> Hits:
    """A feed that says it is complete gains no further items.

    Apps stop asking such a feed for new episodes. A season that comes after all is heard by nobody.
    """
    complete = change.after.first("itunes:complete")
    if complete is not None and find_text(complete).lower() == "yes" and change.new and change.before.items:
        yield complete, f"the feed says it is complete and has {len(change.new)} new items: take itunes:complete out"


@rule("channel", source="Apple guide, block; W3C validator, InvalidYesNoClean", everywhere="warning")
def channel_itunes_block_invalid(channel: Channel) -> Hits:
    """The itunes:block, if it is there, is Yes, or no.

    Apple hides a show for Yes alone. Every other value, true for one, leaves it where it is.
    """
    for block in channel.all("itunes:block"):
        text = find_text(block)
        if text.lower() not in ("yes", "no"):
            yield block, f"itunes:block is {quote(text)}, which has no effect: write Yes to hide it, or leave it out"


@rule("channel", source="Apple guide, block", everywhere="info")
def channel_itunes_block_yes(channel: Channel) -> Hits:
    """A show that is hidden by itunes:block does not ask to be listed at the same time.

    Yes takes the whole show out of Apple's directory. Left in by accident, it undoes the claim of a show, or its move.
    """
    block = channel.first("itunes:block")
    if block is not None and find_text(block).lower() == "yes":
        claimed = any(txt.get("purpose", "").lower() == "applepodcastsverify" for txt in channel.all("podcast:txt"))
        if claimed or "itunes:applepodcastsverify" in channel or "itunes:new-feed-url" in channel:
            beside = "itunes:new-feed-url" if "itunes:new-feed-url" in channel else "a code that claims it at Apple"
            yield block, f"itunes:block hides the show from Apple, beside {beside}: leave it out, if it shall be found"
