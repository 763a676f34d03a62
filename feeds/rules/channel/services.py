"""Services of RSS beside the feed: the cloud that tells of changes, and the text input."""

from __future__ import annotations

import re

from feeds.rulebook.document import find_attribute, find_text, is_blank
from feeds.rulebook.forms.numbers import parse_whole
from feeds.rulebook.forms.urls import leads_nowhere
from feeds.rulebook.places import Attribute
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Channel
from feeds.rulebook.wording import quote

_CLOUD = ("domain", "port", "path", "registerProcedure", "protocol")
_PROTOCOLS = ("xml-rpc", "soap", "http-post")
_LAST_PORT = 65535
_HOST = re.compile(r"[A-Za-z0-9._\u0080-\uffff-]+|\[[0-9A-Fa-f:.]+\]")
_FORM_NAME = re.compile(r"[A-Za-z][A-Za-z0-9:._-]*")
_INPUT = ("title", "description", "name", "link")


@rule(
    "channel",
    source="RSS 2.0, cloud; RSS Profile, 4.1.1.5; W3C validator, MissingAttribute",
    everywhere="warning",
    rss="error",
)
def channel_cloud_incomplete(channel: Channel) -> Hits:
    """A cloud has a domain, a port, a path, a registerProcedure and a protocol.

    Whoever wants to hear of new episodes needs all five to ask for it. The procedure is empty where the protocol is
    http-post, which has none.
    """
    for cloud in channel.all("cloud"):
        for name in _CLOUD:
            value = cloud.get(name)
            if value is None:
                yield cloud, f"the cloud has no {name}: add it"
            elif not value.strip() and not (name == "registerProcedure" and cloud.get("protocol") == "http-post"):
                yield Attribute(cloud, name), f"the {name} of the cloud is empty: write it"


@rule(
    "channel", source="RSS Profile, 4.1.1.5; W3C validator, InvalidIntegerAttribute", everywhere="warning", rss="error"
)
def channel_cloud_port_invalid(channel: Channel) -> Hits:
    """The port of a cloud is a number from 1 to 65535.

    There are no others.
    """
    for cloud in channel.all("cloud"):
        text = find_attribute(cloud, "port")
        number = parse_whole(text)
        if text and (number is None or not 1 <= number <= _LAST_PORT):
            yield Attribute(cloud, "port"), f"the port {quote(text)} is none: write a number such as 80"


@rule("channel", source="RSS 2.0, cloud; RSS Profile, 4.1.1.5", everywhere="warning", rss="error")
def channel_cloud_protocol_invalid(channel: Channel) -> Hits:
    """The protocol of a cloud is xml-rpc, soap or http-post.

    Programs know how to ask in these three.
    """
    for cloud in channel.all("cloud"):
        text = find_attribute(cloud, "protocol")
        if text and text not in _PROTOCOLS:
            yield Attribute(cloud, "protocol"), f"the protocol {quote(text)} is none: write xml-rpc, soap or http-post"


@rule("channel", source="RSS 2.0, cloud; RSS Profile, 4.1.1.5", everywhere="warning", rss="error")
def channel_cloud_domain_invalid(channel: Channel) -> Hits:
    """The domain of a cloud is the name of a host, or its number.

    Port and path have attributes of their own, and there is no scheme.
    """
    for cloud in channel.all("cloud"):
        text = find_attribute(cloud, "domain")
        if text and not _HOST.fullmatch(text):
            yield Attribute(cloud, "domain"), f"the domain {quote(text)} is no host: write one such as rpc.example.org"


@rule(
    "channel",
    source="RSS 2.0, textInput; RSS Profile, 4.1.1.17; W3C validator, MissingElement",
    everywhere="warning",
    rss="error",
)
def channel_textinput_incomplete(channel: Channel) -> Hits:
    """A textInput has a title, a description, a name and a link.

    RSS requires all four: the label of the button, what it is for, the name of the field, and where it is sent.
    """
    for box in channel.all("textInput"):
        for name in _INPUT:
            child = box.find(name)
            if child is None:
                yield box, f"the textInput has no {name}: add <{name}>"
            elif is_blank(child):
                yield child, f"the {name} of the textInput is empty: write it"


@rule(
    "channel", source="W3C validator, InvalidFormComponentName; RSS 2.0, textInput", everywhere="warning", rss="error"
)
def channel_textinput_name_invalid(channel: Channel) -> Hits:
    """The name of a textInput is one for a field of a form: a letter, then letters, digits and : . _ -

    It is sent to the server, which knows its field by it.
    """
    for box in channel.all("textInput"):
        for child in box.findall("name")[:1]:
            text = find_text(child)
            if text and not _FORM_NAME.fullmatch(text):
                yield child, f"the name {quote(text)} is none for a field: write letters and digits, such as q"


@rule(
    "channel",
    source="RSS Profile, 4.1.1.17; RSS Profile, 3.4; W3C validator, InvalidFullLink",
    everywhere="warning",
    rss="error",
)
def channel_textinput_link_invalid(channel: Channel) -> Hits:
    """The link of a textInput is an absolute http or https URL.

    What people write is sent there.
    """
    for box in channel.all("textInput"):
        for child in box.findall("link")[:1]:
            text = find_text(child)
            if leads_nowhere(text):
                message = f"the link of the textInput, {quote(text)}, is no address of the web: write it with https://"
                yield child, message


@rule("channel", source="W3C validator, DuplicateElement; RSS Profile, 4.1.1.17", everywhere="warning", rss="error")
def channel_textinput_repeated_child(channel: Channel) -> Hits:
    """Each element of a textInput is there once.

    Of two addresses nobody knows which one is meant.
    """
    for box in channel.all("textInput"):
        for name in _INPUT:
            for child in box.findall(name)[1:]:
                yield child, f"the textInput has a second {name}, {quote(find_text(child))}: keep one"


@rule("channel", source="RSS Profile, 4.1.1.17; W3C validator, AvoidTextInput", rss="info")
def channel_textinput_present(channel: Channel) -> Hits:
    """A channel has no textInput.

    Hardly any program shows one. A page with a form, behind the link of the channel, reaches everybody.
    """
    for box in channel.all("textInput")[:1]:
        yield box, "the channel has a textInput, which hardly any program shows: leave it out"
