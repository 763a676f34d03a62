"""A show with every tag of the podcast namespace, and with chapter lists of many shapes in every kind of recording.

It joins the copy of the example, so that whatever clients are asked of the example they are asked of it too.
"""

from __future__ import annotations

import datetime as dt
import subprocess
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import tomli_w
from mutagen.id3 import ID3, USER
from PIL import Image

from feeds.formats import HOUR, MINUTE, SECOND
from feeds.model import (
    AlternateEnclosure,
    Chapter,
    Chat,
    ContentLink,
    Episode,
    Funding,
    Integrity,
    License,
    Live,
    LocalAudio,
    Location,
    Numbering,
    Person,
    Prose,
    RemoteAudio,
    RemoteItem,
    Season,
    SocialInteract,
    Soundbite,
    Source,
    StandIn,
    Transcript,
    Txt,
    Value,
    ValueRecipient,
    ValueTimeSplit,
)
from feeds.model import Image as PictureTag
from feeds.records.seeds import format_seed

SLUG = "every"
LENGTH = 11 * MINUTE

KINDS: Mapping[str, str] = {
    "mp3": "-c:a libmp3lame -b:a 8k -ar 8000",
    "mp3-2.4": "-c:a libmp3lame -b:a 8k -ar 8000",
    "m4a": "-c:a aac -b:a 8k -ar 8000",
    "opus": "-c:a libopus -b:a 6k -compression_level 0 -ar 8000",
    "ogg": "-c:a libvorbis -ar 8000",
    "flac": "-c:a flac -ar 8000",
}
"""How ffmpeg makes each kind of recording; the second MP3 has a tag that only ID3v2.4 can hold."""

_HARBOUR = Location(name="The old harbour", geo="geo:54.18,7.89", osm="R3787052")

SHAPES: Mapping[str, tuple[Chapter, ...]] = {
    "alone": (Chapter(start=0, title="All of it"),),
    "plain": tuple(Chapter(start=at * MINUTE, title=title) for at, title in enumerate(("Ebb", "Slack", "Flow"))),
    "late": tuple(Chapter(start=12_345 + at * MINUTE, title=f"Part {at}") for at in range(4)),
    "fractions": tuple(
        Chapter(start=start, title=f"At {start}") for start in (0, 1, 999, 1_000, 10_001, 59_999, 60_000, 123_457)
    ),
    "silent": (
        Chapter(start=0, title="A picture before anything", toc=False, image="wide.png"),
        Chapter(start=0, title="The first that is listed"),
        Chapter(start=20_500, title="A change of picture", toc=False, image="tall.jpg"),
        Chapter(start=40_000, title="The second"),
        Chapter(start=80_250, title="The third"),
        Chapter(start=100_000, title="The end of it, unseen", toc=False),
    ),
    "many": tuple(Chapter(start=at * 2 * SECOND, title=f"Wave {at + 1}") for at in range(300)),
    "titles": tuple(
        Chapter(start=at * 30 * SECOND, title=title)
        for at, title in enumerate(
            (
                "Ebbe & Flut <in> „Anführung“",
                "밀물과 썰물 – 물때표",
                "\N{WAVING HAND SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4} hello \N{FAMILY}",
                "مد وجزر",
                "a=b; c#d \\e [f] {g} 'h' \"i\"",
                "- 4 °C",
                "from 1:30 to 2:45",
                "ebb --> flow <b>bold</b>",
                "&amp; is no &",
                "e\N{COMBINING ACUTE ACCENT} is not é",
                "The same",
                "The same",
                "Long: " + "the tide comes in, " * 12 + "and goes",
            )
        )
    ),
    "links": (
        Chapter(start=0, title="A link", link="https://example.org/ebb?a=1&b=2#c"),
        Chapter(start=30_000, title="A picture of ours", image="wide.png", link="https://xn--kln-sna.example/"),
        Chapter(start=61_500, title="A picture elsewhere", image="https://example.org/picture.jpg"),
        Chapter(start=90_000, title="Neither"),
        Chapter(start=120_000, title="The same picture again", image="wide.png"),
        Chapter(start=150_000, title="Another", image="tall.jpg"),
    ),
    "ends": (
        Chapter(start=0, title="Until half a minute", end=30_500),
        Chapter(start=60_000, title="Until the next"),
        Chapter(start=90_000, title="Unseen", toc=False, end=95_000),
        Chapter(start=120_000, title="Over that of the next", end=200_000, location=_HARBOUR),
        Chapter(
            start=180_000,
            title="Before the sound ends",
            end=500_000,
            location=Location(name="Elsewhere", geo="geo:-1,2"),
        ),
    ),
}

_LONG = tuple(Chapter(start=at * 25 * MINUTE + 250, title=f"After {at * 25} minutes") for at in range(6))

_REMOTE = RemoteItem(
    feed_guid="917393e3-1b1e-5cef-ace4-edaa54e1f810",
    feed_url="https://example.org/other.xml",
    item_guid="urn:example:9",
    medium="music",
    title="Other",
)
_ADA = ValueRecipient(type="node", address="02d5c1", split=95, name="Ada", custom_key="696969", custom_value="ab")
_APP = ValueRecipient(type="lnaddress", address="app@example.org", split=5, fee=True)

TAGGED = Episode(
    title="Every tag",
    date=dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC),
    audio=StandIn(),
    duration=LENGTH,
    season=Season(number=3, name="The Moon Year"),
    episode=Numbering(number=Decimal("100.5"), display="One hundred and a half"),
    persons=(
        Person(name="Bo Lin", role="guest", img="https://example.org/bo.jpg", href="https://example.org/bo"),
        Person(name="Cy Reed", role="audio editor", group="audio post-production"),
    ),
    location=(
        Location(name="Husum", rel="subject", geo="geo:54.47,9.05", osm="R62761", country="DE"),
        Location(name="Kyoto", rel="creator", country="JP"),
    ),
    license=License(id="tide-1", url="https://example.org/licence"),
    transcripts=(
        Transcript(source="every-tag.vtt", type="text/vtt"),
        Transcript(source="https://example.org/ko.srt", type="application/x-subrip", language="ko", rel="captions"),
    ),
    funding=(Funding(url="https://example.org/give", text="Pay for the boat"),),
    txt=(Txt(value="true", purpose="ai-content"), Txt(value="free – text")),
    images=(
        PictureTag(href="wide.png", alt="A wide picture", purpose="banner"),
        PictureTag(href="https://example.org/a.jpg", aspect_ratio="1/1", width=300, height=300, type="image/jpeg"),
    ),
    alternate_enclosures=(
        AlternateEnclosure(
            type="audio/ogg",
            length=123_456,
            bitrate=Decimal(16_000),
            lang="en",
            title="Small",
            rel="small",
            codecs="opus",
            sources=(
                Source(uri="https://example.org/small.opus"),
                Source(uri="ipfs://bafybeic", content_type="audio/ogg"),
            ),
            integrity=Integrity(
                type="sri", value="sha384-ExVqijgYHm15PqQqdXfW95x+Rs6C+d6E/ICxyQOeFevnxNLR/wtJNrNYTjIysUBo"
            ),
        ),
        AlternateEnclosure(file="silence-opus.opus", title="As Opus"),
        AlternateEnclosure(
            type="video/mp4",
            length=9_876_543,
            bitrate=Decimal("511276.52"),
            height=720,
            default=True,
            sources=(Source(uri="https://example.org/film.mp4"),),
        ),
    ),
    content_links=(ContentLink(href="https://example.org/watch", text="Watch it"),),
    social_interact=(
        SocialInteract(
            protocol="activitypub",
            uri="https://example.social/@ada/1",
            account_id="@ada",
            account_url="https://example.social/@ada",
            priority=1,
        ),
        SocialInteract(protocol="nostr", uri="nostr:note1", priority=2),
    ),
    chat=Chat(server="irc.example.org", protocol="irc", account_id="ada", space="#tides"),
    value=(
        Value(
            type="lightning",
            method="keysend",
            suggested=Decimal("0.00000005"),
            recipients=(_ADA, _APP),
            time_splits=(
                ValueTimeSplit(
                    start_time=60_500,
                    duration=30_000,
                    remote_start_time=1_250,
                    remote_percentage=Decimal(90),
                    remote_item=_REMOTE,
                ),
                ValueTimeSplit(start_time=120_000, duration=15_000, recipients=(_APP,)),
            ),
        ),
    ),
    soundbites=(
        Soundbite(start_time=73_250, duration=60_000, title="Why the moon & not the sun"),
        Soundbite(start_time=200_000, duration=15_500),
    ),
    opening=(Prose(text="All of the namespace."),),
)

STREAM = Episode(
    title="On the air",
    date=dt.datetime(2026, 4, 1, 12, tzinfo=dt.UTC),
    audio=RemoteAudio(url="https://live.podcast.example/every.mp3"),
    live=Live(
        status="pending",
        start=dt.datetime(2099, 1, 2, 18, tzinfo=dt.UTC),
        end=dt.datetime(2099, 1, 2, 19, 30, tzinfo=dt.UTC),
    ),
    persons=(Person(name="Bo Lin", role="guest"),),
    content_links=(
        ContentLink(href="https://example.org/live", text="Listen in the browser"),
        ContentLink(href="https://example.org/chat", text="Talk with us"),
    ),
    chat=Chat(server="irc.example.org", protocol="irc", account_id="ada", space="#live"),
    value=TAGGED.value,
    opening=(Prose(text="A stream."),),
)

_GUID = "e900144a-3385-53c6-9020-a95d8a01a283"
CHANNEL: Mapping[str, Any] = {
    "title": "Every Thing",
    "description": "Whatever can be said.",
    "author": "Ada Marsh",
    "owner": {"name": "Ada Marsh", "email": "ada@podcast.example"},
    "categories": ["Technology"],
    "image": f"seeds/{SLUG}/artwork.png",
    "locked": True,
    "medium": "podcast",
    "podping": True,
    "hosts": ["Ada Marsh"],
    "persons": [{"name": "Di Ott", "role": "editor", "group": "writing", "href": "https://example.org/di"}],
    "license": "CC-BY-4.0",
    "location": [
        {"name": "Büsum", "rel": "creator", "geo": "geo:54.13,8.85", "osm": "R60188", "country": "DE"},
        {"name": "The sea"},
    ],
    "funding": [
        {"url": "https://example.org/give", "text": "Give"},
        {"url": "https://example.org/join", "text": "Join & stay"},
    ],
    "txt": ["free text", {"value": "abc", "purpose": "verify"}],
    "podroll": [
        {"feed_guid": _GUID, "feed_url": "https://example.org/feed.xml", "title": "Enclosed", "medium": "podcast"},
        {"feed_guid": "68331be7-819f-5c29-8f65-2216074427ea"},
    ],
    "publisher": {"feed_guid": _GUID, "feed_url": "https://example.org/publisher.xml", "medium": "publisher"},
    "remote_items": [{"feed_guid": _GUID, "item_guid": "urn:example:1", "title": "One of theirs", "medium": "music"}],
    "trailers": [
        {
            "title": "What is to come",
            "url": "https://example.org/trailer.mp3",
            "pubdate": dt.datetime(2026, 2, 1, 8, tzinfo=dt.UTC),
            "length": 12_345,
            "type": "audio/mpeg",
            "season": 3,
        },
        {
            "title": "Before all",
            "url": "https://example.org/first.mp3",
            "pubdate": dt.datetime(2025, 2, 1, 8, 30, tzinfo=dt.timezone(dt.timedelta(hours=2))),
        },
    ],
    "images": [{"href": f"seeds/{SLUG}/wide.png", "purpose": "social"}],
    "update_frequency": {"text": "every new moon", "rrule": "FREQ=MONTHLY"},
    "social_interact": [{"protocol": "activitypub", "uri": "https://example.social/@ada"}],
    "chat": {"server": "matrix.example.org", "protocol": "matrix", "space": "#all"},
    "blocks": [{"block": False}, {"id": "amazon", "block": True}, {"id": "google", "block": False}],
    "value": [
        {
            "type": "lightning",
            "method": "lnaddress",
            "recipients": [{"type": "lnaddress", "address": "ada@example.org", "split": 1, "name": "Ada"}],
        }
    ],
}


def write_every(project: Path, ffmpeg: str) -> None:
    """Add the show to a project: an episode with every tag, and one for each shape of chapters in each kind of file."""
    folder = project / "seeds" / SLUG
    folder.mkdir()
    with (project / "channel.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n" + tomli_w.dumps({"channels": {SLUG: dict(CHANNEL)}}))
    Image.new("RGB", (1400, 1400), "navy").save(folder / "artwork.png")
    Image.new("RGB", (400, 200), "teal").save(folder / "wide.png")
    Image.new("RGB", (200, 300), "brown").save(folder / "tall.jpg")
    (folder / "every-tag.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:05.000\n<v Ada Marsh>Hello.\n", encoding="utf-8")
    _write_episode(folder, TAGGED)
    _write_episode(folder, STREAM)
    for kind, options in KINDS.items():
        _write_recording(folder / find_file(kind), kind, options, ffmpeg)
    for number, (shape, kind) in enumerate((shape, kind) for shape in SHAPES for kind in KINDS):
        _write_episode(
            folder,
            Episode(
                title=f"{shape.title()} in {kind}",
                date=dt.datetime(2026, 2, 28, 12, tzinfo=dt.UTC) - dt.timedelta(days=number),
                audio=LocalAudio(path=find_file(kind)),
                season=Season(number=1),
                episode=Numbering(number=Decimal(number + 1)),
                opening=(Prose(text=f"A list of chapters: {shape}."),),
                sections=SHAPES[shape],
            ),
        )
    _write_episode(
        folder,
        Episode(
            title="Long in mp3",
            date=dt.datetime(2025, 1, 1, 12, tzinfo=dt.UTC),
            audio=StandIn(),
            duration=2 * HOUR + 10 * MINUTE,
            opening=(Prose(text="A long one."),),
            sections=_LONG,
        ),
    )


def find_file(kind: str) -> str:
    """The name of the recording of a kind."""
    return f"silence-{kind}.{kind.partition('-')[0]}"


def _write_episode(folder: Path, episode: Episode) -> None:
    name = episode.title.lower().replace(" ", "-").replace(".", "")
    (folder / f"{name}.md").write_text(format_seed(episode), encoding="utf-8")


def _write_recording(file: Path, kind: str, options: str, ffmpeg: str) -> None:
    source = ["-f", "lavfi", "-i", "anullsrc=r=48000:cl=mono", "-t", str(LENGTH // SECOND)]
    subprocess.run([ffmpeg, "-v", "error", *source, *options.split(), str(file)], check=True)
    if kind == "mp3-2.4":
        tags: Any = ID3()  # type: ignore[no-untyped-call]
        tags.add(USER(encoding=3, lang="eng", text="Terms of use, in UTF-8"))  # type: ignore[no-untyped-call]
        tags.save(file, v2_version=4)
