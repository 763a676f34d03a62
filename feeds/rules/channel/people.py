"""Who makes the show, and who owns it."""

from __future__ import annotations

from feeds.rulebook.check import LONG
from feeds.rulebook.document import find_tag, find_text, is_blank
from feeds.rulebook.forms.emails import is_email
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Channel
from feeds.rulebook.wording import quote

_EMAIL = find_tag("itunes:email")
_NAME = find_tag("itunes:name")


@rule(
    "channel",
    source="PSP-1, Recommended Channel Elements; Apple guide, author; Spotify delivery, author",
    apple="warning",
    psp1="warning",
    spotify="warning",
)
def channel_itunes_author_missing(channel: Channel) -> Hits:
    """The channel has itunes:author.

    Apps show it beside the title and search in it. Apple and PSP-1 recommend it, Spotify counts it as required.
    """
    if "itunes:author" not in channel:
        yield channel.element, "the channel has no itunes:author: add the name of the person or group behind the show"


@rule("channel", source="W3C validator, TooLong; PSP-1, Important Notes", everywhere="warning")
def channel_itunes_author_too_long(channel: Channel) -> Hits:
    """The itunes:author of the channel has at most 255 characters.

    Apps show it in one line.
    """
    for author in channel.all("itunes:author"):
        if len(find_text(author)) > LONG:
            message = f"itunes:author has {len(find_text(author))} characters, {LONG} are allowed: name who makes it"
            yield author, message


@rule("channel", source="Spotify delivery, owner; W3C validator, MissingItunesEmail", everywhere="warning", rss="error")
def channel_itunes_owner_email_missing(channel: Channel) -> Hits:
    """An itunes:owner has an itunes:email.

    It is there for its address: Spotify and others send the code with which a show is claimed to it. Apple no longer
    reads the owner, so whoever wants to publish no address leaves out the whole of it.
    """
    for owner in channel.all("itunes:owner"):
        emails = owner.findall(_EMAIL)
        if not emails:
            yield owner, "the itunes:owner has no itunes:email: add one, or leave the owner out"
        elif not find_text(emails[0]):
            yield emails[0], "the itunes:email of the owner is empty: write the address, or leave the owner out"


@rule(
    "channel",
    source="W3C validator, InvalidContact; Spotify delivery, owner",
    everywhere="warning",
    spotify="error",
    rss="error",
)
def channel_itunes_owner_email_invalid(channel: Channel) -> Hits:
    """The itunes:email of the owner is an address, and nothing else.

    A directory sends a code to it. A name or brackets beside it, and the code never arrives.
    """
    for owner in channel.all("itunes:owner"):
        for email in owner.iterchildren(_EMAIL):
            text = find_text(email)
            if text and not is_email(text):
                yield email, f"the itunes:email {quote(text)} is no e-mail address: write it as ada@example.org"


@rule("channel", source="W3C validator, NotBlank; PSP-1, Important Notes", everywhere="warning")
def channel_itunes_owner_name_blank(channel: Channel) -> Hits:
    """The itunes:name of the owner, where there is one, is not empty.

    A directory greets with it whoever claims the show.
    """
    for owner in channel.all("itunes:owner"):
        for name in owner.iterchildren(_NAME):
            if is_blank(name):
                yield name, "the itunes:name of the owner is empty: write whose show it is, or leave it out"


@rule("channel", source="W3C validator, TooLong; PSP-1, Important Notes", everywhere="warning")
def channel_itunes_owner_name_too_long(channel: Channel) -> Hits:
    """The itunes:name of the owner has at most 255 characters.

    It is a name.
    """
    for owner in channel.all("itunes:owner"):
        for name in owner.iterchildren(_NAME):
            if len(find_text(name)) > LONG:
                yield name, f"itunes:name has {len(find_text(name))} characters, {LONG} are allowed: write a name"


@rule("channel", source="W3C validator, DuplicateElement", everywhere="warning", rss="error")
def channel_itunes_owner_repeated_child(channel: Channel) -> Hits:
    """An itunes:owner has one itunes:name and one itunes:email.

    Of two addresses one is taken, and nobody knows which.
    """
    for owner in channel.all("itunes:owner"):
        for tag in (_NAME, _EMAIL):
            for child in owner.findall(tag)[1:]:
                name = "itunes:name" if tag == _NAME else "itunes:email"
                yield child, f"{quote(find_text(child))} is a second {name} of the owner: keep one"
