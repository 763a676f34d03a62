"""What an element of the podcast namespace says is known whatever way it is spelled, and so is what no record holds."""

from __future__ import annotations

import pytest
import tomli_w
from lxml import etree

from feeds.markup.fragments import parse_fragment
from feeds.model import Locked
from feeds.podcasting.locks import format_locked
from feeds.podcasting.meaning import find_losses, find_tag_meaning
from feeds.settings.channel import Part, parse_channels

GUID = "917393e3-1b1e-5cef-ace4-edaa54e1f810"


def read_element(text: str) -> etree._Element:
    (element,) = parse_fragment(text)
    return element


def read_channel(**keys: object) -> Part:
    least = {"title": "x", "description": "x", "author": "x", "categories": ["Technology"], "image": "a.png"}
    tables = {"site": {"url": "https://example.org", "title": "x"}, "channels": {"show": least | keys}}
    return parse_channels(tomli_w.dumps(tables), "channel.toml")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<podcast:locked>yes</podcast:locked>", "<podcast:locked owner=''> Yes\n</podcast:locked>"),
        ("<podcast:person>Ada</podcast:person>", "<podcast:person role='Host' group='CAST'> Ada</podcast:person>"),
        ("<podcast:season>03</podcast:season>", "<podcast:season name=''>3</podcast:season>"),
        ("<podcast:episode>3.50</podcast:episode>", "<podcast:episode>3.5</podcast:episode>"),
        (f"<podcast:guid>{GUID}</podcast:guid>", f"<podcast:guid>\n{GUID}\n</podcast:guid>"),
        ("<podcast:podping usesPodping='true'/>", "<podcast:podping usesPodping='True'></podcast:podping>"),
        (
            "<podcast:trailer url='https://a.example' pubdate='Thu, 01 Apr 2021 08:00:00 EST'>T</podcast:trailer>",
            "<podcast:trailer pubdate='Thu, 1 Apr 2021 13:00:00 GMT' url='https://a.example'>T</podcast:trailer>",
        ),
        (
            f"<podcast:podroll><podcast:remoteItem feedGuid='{GUID}'/></podcast:podroll>",
            f"<podcast:podroll>\n <podcast:remoteItem feedGuid='{GUID}'> </podcast:remoteItem></podcast:podroll>",
        ),
    ],
)
def test_two_spellings_of_one_value_mean_the_same(one: str, other: str) -> None:
    assert find_losses(read_element(one)) == find_losses(read_element(other)) == ()
    assert find_tag_meaning(read_element(one)) == find_tag_meaning(read_element(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<podcast:locked>yes</podcast:locked>", "<podcast:locked>no</podcast:locked>"),
        ("<podcast:locked>yes</podcast:locked>", "<podcast:locked owner='a@b.example'>yes</podcast:locked>"),
        ("<podcast:episode>3</podcast:episode>", "<podcast:episode display='Ch.3'>3</podcast:episode>"),
        ("<podcast:txt>a</podcast:txt>", "<podcast:txt x='1'>a</podcast:txt>"),
        ("<podcast:txt>a</podcast:txt>", "<podcast:license>a</podcast:license>"),
    ],
)
def test_two_values_do_not_mean_the_same(one: str, other: str) -> None:
    assert find_tag_meaning(read_element(one)) != find_tag_meaning(read_element(other))


@pytest.mark.parametrize(
    ("text", "losses"),
    [
        ("<podcast:locked email='a@b.example'>yes</podcast:locked>", ("email is none of its attributes",)),
        ("<podcast:guid>42</podcast:guid>", ("its text cannot be read",)),
        ("<podcast:location geo='here' osm='R1'/>", ("it has no text", "its geo cannot be read")),
        ("<podcast:podping usesPodping='true'>yes</podcast:podping>", ("it holds a text",)),
        ("<podcast:alternateEnclosure type='audio/ogg'/>", ("it names no recording",)),
        (
            "<podcast:alternateEnclosure type='audio/ogg'><podcast:source/><podcast:txt>a</podcast:txt>"
            "</podcast:alternateEnclosure>",
            ("in podcast:source, it has no uri", "podcast:txt does not belong in it"),
        ),
        (
            f"<podcast:publisher><podcast:remoteItem feedGuid='{GUID}'/><podcast:remoteItem feedGuid='{GUID}'/>"
            "</podcast:publisher>",
            ("it holds several of podcast:remoteItem",),
        ),
        ("<podcast:images srcset='https://a.example/a.png 1w'/>", ("it has no place in a record",)),
        ("<podcast:unheard>of</podcast:unheard>", ("it has no place in a record",)),
    ],
)
def test_what_no_value_holds_is_told_with_the_reason(text: str, losses: tuple[str, ...]) -> None:
    assert find_losses(read_element(text)) == losses


# podcast:locked, for which authors have short words.

OWNER = {"name": "Ada", "email": "ada@example.org"}


@pytest.mark.parametrize(
    ("keys", "locked"),
    [
        ({}, Locked()),
        ({"locked": True}, Locked(locked=True)),
        ({"owner": OWNER}, Locked(owner="ada@example.org")),
        ({"owner": OWNER, "locked": True}, Locked(locked=True, owner="ada@example.org")),
        ({"owner": OWNER, "locked": {"owner": "b@example.org"}}, Locked(locked=True, owner="b@example.org")),
        ({"owner": OWNER, "locked": {"owner": ""}}, Locked(locked=True)),
        ({"locked": {"locked": False, "owner": "b@example.org"}}, Locked(owner="b@example.org")),
    ],
)
def test_a_lock_names_the_owner_of_the_show_unless_it_names_another(keys: dict[str, object], locked: Locked) -> None:
    part = read_channel(**keys)
    assert part.faults == ()
    assert part.channels[0].locked == locked
    written = format_locked(locked, OWNER["email"] if "owner" in keys else "")
    again = read_channel(**{**keys, "locked": written})
    assert again.channels[0].locked == locked


@pytest.mark.parametrize(
    ("locked", "message"),
    [
        ("yes", "channels.show.locked: 'yes' is neither true nor false"),
        ({"locked": "yes"}, "channels.show.locked.locked: 'yes' is neither true nor false"),
        (
            {"owner": "ada"},
            "channels.show.locked.owner: 'ada' is no e-mail address: expected one such as ada@example.org",
        ),
        ({"email": "a@b.example"}, "channels.show.locked.email: is no known key; known are locked, owner"),
    ],
)
def test_what_is_wrong_with_a_lock_is_said_with_the_remedy(locked: object, message: str) -> None:
    (fault,) = read_channel(locked=locked).faults
    assert fault.message.startswith(message)
