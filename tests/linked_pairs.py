"""The examples of rules that look at linked files, made into the pictures, recordings and answers that they describe.

tests/rules/<id>/bad.toml and good.toml describe one file and what the feed says of it: [picture], [recording],
[answer], [absence], [kept] or [lookup], with what is left out as it should be. A mark stands as a comment at the end
of the line that is wrong: `# here`, or `# here, other-rule` as in examples of feeds. What such rules find has no line
in a description, so that the marks of a file say which rules find something, and how often.
"""

from __future__ import annotations

import io
import re
import struct
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from PIL import Image

from feeds.rulebook.files.linked import (
    Absence,
    Artwork,
    Content,
    Exchange,
    KeptFile,
    Lookup,
    Media,
    Purpose,
    Redirect,
    Reply,
    Use,
)
from feeds.validating.links import Link
from feeds.validating.sights import measure_artwork, measure_media

_MARK = re.compile(r"# (here|(?:here, )?[a-z0-9]+-[a-z0-9-]+(?:, [a-z0-9-]+)*)$", re.MULTILINE)
_RATES = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_ANYWHERE = 0xFFFF_FFFF

Described = tuple[str, Artwork | Media | Exchange | Absence | KeptFile | Lookup]
"""What rules that look at it are called by, and a subject."""


def read_description(file: Path) -> tuple[Described, list[str]]:
    """The subject that a file describes, and the rules that its marks name."""
    text = file.read_text(encoding="utf-8")
    ((kind, described),) = tomllib.loads(text).items()
    marks = [name for mark in _MARK.findall(text) for name in mark.split(", ")]
    return _KINDS[kind](described), sorted(file.parent.name if name == "here" else name for name in marks)


def make_picture(described: Mapping[str, Any]) -> bytes:
    """Draw a picture of a kind, size and mode; `part` of its bytes are kept."""
    picture = Image.new(described.get("mode", "RGB"), tuple(described.get("size", (1400, 1400))), 0)
    stream = io.BytesIO()
    options = {name: described[name] for name in ("transparency",) if name in described}
    if "dpi" in described:
        options["dpi"] = (described["dpi"], described["dpi"])
    picture.save(stream, described.get("format", "JPEG"), **options)
    data = stream.getvalue() + bytes(described.get("padding", 0))
    return data[: int(len(data) * described.get("part", 1))]


def make_sound(*, seconds: float = 10, kbit: int = 128, mono: bool = False) -> bytes:
    """Silence as MP3 of 48 kHz, of which every frame lasts 24 ms (ISO/IEC 11172-3, section 2.4.2.3)."""
    header = bytes((0xFF, 0xFB, _RATES.index(kbit) << 4 | 0x04, 0xC4 if mono else 0x44))
    return header.ljust(kbit * 3, b"\0") * round(seconds / 0.024)


def make_frame(name: str, data: bytes, *, version: int = 3) -> bytes:
    """A frame of ID3 (ID3v2.3.0, section 3.3; ID3v2.4.0-structure, section 4)."""
    size = struct.pack(">I", len(data)) if version == 3 else format_bits(len(data))
    return name.encode() + size + b"\0\0" + data


def make_tag(frames: Iterable[bytes], *, version: int = 3) -> bytes:
    """A tag of ID3 with frames."""
    body = b"".join(frames) + bytes(64)
    return b"ID3" + bytes((version, 0, 0)) + format_bits(len(body)) + body


def format_bits(number: int) -> bytes:
    """A number of which each byte has seven bits."""
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))


def make_chapter_tag(described: Mapping[str, Any]) -> bytes:
    """A tag with the chapters and tables of contents that are described, none where there are none."""
    frames = [_make_chapter(chapter) for chapter in described.get("chapter", ())]
    frames += [_make_contents(contents) for contents in described.get("contents", ())]
    return make_tag(frames) if frames else b""


def _make_chapter(described: Mapping[str, Any]) -> bytes:
    offsets = described.get("offsets", (_ANYWHERE, _ANYWHERE))
    data = described["id"].encode() + b"\0" + struct.pack(">4I", described["start"], described["end"], *offsets)
    return make_frame("CHAP", (data + _make_title(described))[: described.get("cut")])


def _make_contents(described: Mapping[str, Any]) -> bytes:
    children = described.get("children", ())
    flags = described.get("top", True) << 1 | described.get("ordered", True)
    data = described["id"].encode() + bytes((0, flags, described.get("count", len(children))))
    return make_frame("CTOC", data + b"".join(child.encode() + b"\0" for child in children) + _make_title(described))


def _make_title(described: Mapping[str, Any]) -> bytes:
    return make_frame("TIT2", b"\0" + described["title"].encode("latin-1")) if described.get("title") else b""


def _describe_picture(described: Mapping[str, Any]) -> Described:
    data = b"no picture" if described.get("format") == "none" else make_picture(described)
    uses = [_make_use(name, described) for name in described.get("named-by", ("the itunes:image of the show",))]
    link = Link(url=described.get("url", "https://example.org/cover.jpg"), purpose="artwork", uses=tuple(uses))
    return "artwork", measure_artwork(link, data)


def _describe_recording(described: Mapping[str, Any]) -> Described:
    sound = {key: described[key] for key in ("seconds", "kbit", "mono") if key in described}
    kinds = {
        "MP3": make_chapter_tag(described) + make_sound(**sound),
        "MP4": b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42",
        "web page": b"<!DOCTYPE html>\n<title>Not found</title>",
        "nothing known": b"\x01\x02\x03\x04" * 100,
    }
    data = kinds[described.get("kind", "MP3")]
    said = {"length": str(len(data)), "type": "audio/mpeg", "duration": "10", **described.get("enclosure", {})}
    link = Link(url="https://example.org/1.mp3", purpose="media", uses=(_make_use("enclosure", said),))
    return "media", measure_media(link, io.BytesIO(data), len(data))[0]


def _describe_answer(described: Mapping[str, Any]) -> Described:
    purpose: Purpose = described["purpose"]
    uses = (_make_use(_NAMES[purpose], described.get("element", {})),) if purpose in _NAMES else ()
    return "exchange", Exchange(
        url=described.get("url", "https://example.org/feed.xml"),
        purpose=purpose,
        uses=uses,
        reply=_make_reply(described) if "status" in described else None,
        failure=described.get("failure", ""),
        distrust=described.get("distrust", ""),
        head=_make_reply(described["head"]) if "head" in described else None,
        head_failure=described.get("head-failure", ""),
        again=_make_reply(described["again"]) if "again" in described else None,
        size=described.get("size", 0),
        hubs=tuple(described.get("hubs", ())),
    )


def _make_reply(described: Mapping[str, Any]) -> Reply:
    redirects = (Redirect(status=status, url=url) for status, url in described.get("redirects", ()))
    headers = {name.lower(): value for name, value in described.get("headers", {}).items()}
    return Reply(status=described["status"], headers=headers, redirects=tuple(redirects))


def _describe_absence(described: Mapping[str, Any]) -> Described:
    return "absence", Absence(url=described["url"], uses=(_make_use("enclosure", {}),))


def _describe_kept(described: Mapping[str, Any]) -> Described:
    """A file under one address in two feeds: each of `published` and `now` says what it is, and what its feed says."""
    purpose: Purpose = described["purpose"]
    was, now = described["published"], described["now"]
    return "kept", KeptFile(
        url=described["url"],
        purpose=purpose,
        uses=(_make_use(described.get("named-by", _NAMES[purpose]), now),),
        before=(_make_use(_NAMES[purpose], was),),
        was=Content(bytes=was["bytes"], sha256=was.get("sha256", "")),
        now=Content(bytes=now["bytes"], sha256=now.get("sha256", "")),
    )


def _describe_lookup(described: Mapping[str, Any]) -> Described:
    return "lookup", Lookup(missed=tuple(described["missed"]), seconds=described["seconds"])


def _make_use(name: str, said: Mapping[str, Any]) -> Use:
    """What names a file: an element, or "the itunes:image of the show" or "of an episode"."""
    texts = {key: str(said[key]) for key in ("length", "type", "duration") if key in said}
    element, _, owner = name.removeprefix("the ").partition(" of ")
    return Use(name=element, item=int(owner != "the show"), line=12, path="/rss/channel", **texts)


_NAMES = {
    "media": "enclosure",
    "artwork": "itunes:image",
    "chapters": "podcast:chapters",
    "transcript": "podcast:transcript",
}
_KINDS = {
    "picture": _describe_picture,
    "recording": _describe_recording,
    "answer": _describe_answer,
    "absence": _describe_absence,
    "kept": _describe_kept,
    "lookup": _describe_lookup,
}
