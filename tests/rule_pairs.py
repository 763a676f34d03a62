"""The bad and the good example of every rule, made into whole documents.

tests/rules/<id>/bad.xml and good.xml hold a few lines. What a fragment leaves out is filled in, so that nothing but
what it shows can be wrong: a fragment begins with <item> or with <channel>, and holds what it is about.
Its first line may say `<!-- without: guid, link -->`, what shall be missing from it; `<!-- url: https://… -->`, where the
feed is published; `<!-- charset: iso-8859-1 -->`, what its server says; `<!-- items: 2001 -->`, how many items there
are; `<!-- size: 5000001 -->`, how many bytes, with spaces at the end. Every other file is a whole document as it is.

In the bad one a mark stands at the end of each offending line: `<!-- here -->`; where another rule finds a fault there
as well, `<!-- here, other-rule -->` names it, and `<!-- other-rule -->` one that this rule does not find. The marks are
the same in a JSON file or a transcript; they are taken out before anything reads them.

Every file that is no .xml is a linked one: chapters, or in the folder of a transcript rule a transcript. Its first line
may say what only the feed knows: `<!-- facts: type=text/vtt duration=600000 -->`, in milliseconds, and with
size=20000000 how large it would be with spaces at its end. A mark behind the facts is one of the whole file.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from feeds.media_types import CHAPTERS_TYPE, find_transcript_type

FOLDER = Path(__file__).parent / "rules"

_MARK = re.compile(r"[ \t]*<!-- (here|(?:here, )?[a-z0-9-]+(?:, [a-z0-9-]+)*) -->[ \t]*$", re.MULTILINE)
_FACTS = re.compile(r"\A<!-- facts: ([^>]*?) -->\n")
_SAID = re.compile(r"\A<!-- (without|url|charset|items|size): ([^>]*?) -->\n")
_OPENING = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:psc="http://podlove.org/simple-chapters">\n'
)
_CHANNEL = {
    "title": "<title>Tides</title>",
    "link": "<link>https://example.org/</link>",
    "description": "<description>What the sea does.</description>",
    "language": "<language>en</language>",
    "lastBuildDate": "<lastBuildDate>Mon, 02 Mar 2026 08:00:00 +0000</lastBuildDate>",
    "atom:link": '<atom:link rel="self" type="application/rss+xml" href="https://example.org/feed.xml"/>',
    "itunes:author": "<itunes:author>Ada Marsh</itunes:author>",
    "itunes:category": '<itunes:category text="Science"/>',
    "itunes:explicit": "<itunes:explicit>false</itunes:explicit>",
    "itunes:image": '<itunes:image href="https://example.org/art.jpg"/>',
    "itunes:type": "<itunes:type>episodic</itunes:type>",
    "podcast:guid": "<podcast:guid>1bf2e1fb-3b1d-5a5b-b2ff-4c3f4d3b9c66</podcast:guid>",
    "podcast:locked": "<podcast:locked>no</podcast:locked>",
}
_ITEM = {
    "title": "<title>Ebb {n}</title>",
    "link": "<link>https://example.org/{n}</link>",
    "guid": '<guid isPermaLink="false">urn:uuid:5d1f1d2e-93a1-4a9b-8a39-6d1d0c7f0{n:03d}</guid>',
    "pubDate": "<pubDate>{day} Mar 2026 08:00:00 +0000</pubDate>",
    "description": "<description>&lt;p&gt;How the water goes.&lt;/p&gt;</description>",
    "enclosure": '<enclosure url="https://example.org/{n}.mp3" length="4800000" type="audio/mpeg"/>',
    "itunes:duration": "<itunes:duration>600</itunes:duration>",
    "itunes:explicit": "<itunes:explicit>false</itunes:explicit>",
    "itunes:image": '<itunes:image href="https://example.org/{n}.jpg"/>',
    "podcast:transcript": '<podcast:transcript url="https://example.org/{n}.vtt" type="text/vtt"/>',
}
_DAYS = ("Mon, 09", "Sun, 08", "Sat, 07", "Fri, 06", "Thu, 05", "Wed, 04", "Tue, 03", "Mon, 02", "Sun, 01")
"""Days of March 2026, so that the first item is the newest."""


class Mark(NamedTuple):
    """What the author of an example says of a line: which rule finds a fault there."""

    line: int
    rule: str


class Example(NamedTuple):
    """A whole document, the number of lines that stand before the fragment, its marks, and how it is published."""

    data: bytes
    shift: int
    marks: tuple[Mark, ...]
    url: str = ""
    charset: str = ""


def read_example(file: Path) -> Example:
    """Read an example of a feed and fill in what it leaves out."""
    raw = file.read_bytes()
    text = raw.decode("utf-8", "surrogateescape")
    marks = find_marks(text, file.parent.name)
    text = strip_marks(text)
    line = _SAID.match(text)
    said = {line[1]: line[2]} if line else {}
    body = text[line.end() :] if line else text
    shift = -1 if line else 0
    if re.match(r"\s*<(channel|item)\b", body):
        body = _fill(body, set(re.split(r",\s*", said.get("without", ""))), int(said.get("items", 1)))
        shift += _OPENING.count("\n")
    data = body.encode("utf-8", "surrogateescape").ljust(int(said.get("size", 0)))
    return Example(data, shift, marks, said.get("url", ""), said.get("charset", ""))


def _fill(body: str, absent: set[str], items: int) -> str:
    """A fragment as a whole document."""
    of_item = re.match(r"\s*<item\b", body)
    if of_item:
        body = f"<channel>{body.rstrip()}</channel>"
    body = _fill_items(body, absent if of_item else absent - set(_CHANNEL))
    return f"{_OPENING}{_fill_channel(body, set() if of_item else absent, items)}\n</rss>\n"


class Linked(NamedTuple):
    """A linked file, and what the feed says of it."""

    data: bytes
    shift: int
    marks: tuple[Mark, ...]
    type: str
    duration: int | None


def read_linked_example(file: Path) -> Linked:
    """Read an example that is no feed; whatever is in no transcript's folder is a chapters file."""
    text = file.read_bytes().decode("utf-8", "surrogateescape")
    marks = find_marks(text, file.parent.name)
    text = strip_marks(text)
    line = _FACTS.match(text)
    facts = dict(fact.split("=", 1) for fact in line[1].split()) if line else {}
    data = text[line.end() if line else 0 :].encode("utf-8", "surrogateescape")
    usual = find_transcript_type(file.name) if file.parent.name.startswith("transcript-") else CHAPTERS_TYPE
    return Linked(
        data.ljust(int(facts.get("size", 0))),
        -1 if line else 0,
        marks,
        facts.get("type", usual),
        int(facts["duration"]) if "duration" in facts else None,
    )


def find_marks(text: str, rule: str) -> tuple[Mark, ...]:
    """The marks of an example, which say `here` for its own rule."""
    return tuple(
        Mark(number, rule if name == "here" else name)
        for number, line in enumerate(text.split("\n"), 1)
        if (mark := _MARK.search(line))
        for name in mark[1].split(", ")
    )


def strip_marks(text: str) -> str:
    """The example as it is published."""
    return _MARK.sub("", text)


def _fill_channel(body: str, absent: set[str], items: int) -> str:
    outside = re.sub(r"<item\b.*?</item>|<podcast:liveItem\b.*?</podcast:liveItem>", "", body, flags=re.DOTALL)
    filled = "".join(text for name, text in _CHANNEL.items() if name not in absent and not _holds(outside, name))
    if "<item" not in body and "item" not in absent:
        body = re.sub(r"</channel>", lambda end: _fill_items("<item></item>" * items, set()) + end[0], body, count=1)
    return re.sub(r"<channel\b[^>]*>", lambda tag: tag[0] + filled, body, count=1)


def _fill_items(body: str, absent: set[str]) -> str:
    number = 0

    def fill(item: re.Match[str]) -> str:
        nonlocal number
        number += 1
        day = _DAYS[(number - 1) % len(_DAYS)]
        filled = "".join(
            text.format(n=number, day=day)
            for name, text in _ITEM.items()
            if name not in absent and not _holds(item[2], name)
        )
        return f"{item[1]}{filled}{item[2]}"

    return re.sub(r"(<item\b[^>]*>)(.*?</item>)", fill, body, flags=re.DOTALL)


def _holds(text: str, name: str) -> bool:
    """Say whether an element stands among the children, not deeper; fragments are short and plain."""
    return re.search(rf"<{re.escape(name)}[\s/>]", text) is not None
