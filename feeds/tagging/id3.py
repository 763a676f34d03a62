"""ID3 tags taken apart and put together: what is not written anew is kept as it stands there.

Spec: ID3v2.2.0, ID3v2.3.0 and ID3v2.4.0-structure, sections 3 and 4.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from feeds.chapters.id3_frames import (
    EXTENDED,
    HEADER,
    UNSYNCHRONISED,
    find_first_frame,
    find_frames,
    find_tag_size,
    join_bits,
    resynchronise,
    unpack_content,
)
from feeds.chapters.id3_spelling import Version, format_frame

_PACKED_TAG = 0x40  # version 2.2 alone
_UNSYNCHRONISED_FRAME = 0x02  # version 2.4 alone
_OLD_HEADER = 6
_PICTURE, _CHANGED = "PIC", ("LNK", "CRM")
_OF_ITUNES = {
    "PCS": "PCST",
    "TCT": "TCAT",
    "TDR": "TDRL",
    "TDS": "TDES",
    "TID": "TGID",
    "TKW": "TKWD",
    "WFD": "WFED",
}
"""What iTunes noted of podcasts in version 2.2, which mutagen does not know, and in version 2.3."""

_IMAGES = {b"JPG": b"image/jpeg", b"PNG": b"image/png", b"-->": b"-->"}


class Frame(NamedTuple):
    """A frame as it stands in a tag; `flags` are its two bytes."""

    name: str
    content: bytes
    flags: bytes = b"\0\0"

    def unpack(self, version: Version) -> bytes:
        """Its content as it is meant; nothing if it is encrypted or broken."""
        return unpack_content(self.content, version, self.flags) or b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """The frames of a tag, and the bytes behind them that are neither frames nor padding."""

    version: Version = 3
    frames: tuple[Frame, ...] = ()
    rest: bytes = b""


def parse_tag(tag: bytes) -> Tag:
    """Take a tag apart, its header included; version 2.2 becomes 2.3.

    Nothing is lost but padding and the extended header, which says how the old tag was packed. Zeros that keep a tag
    from looking like sound are taken out, as no player has needed them for long. What breaks off, or is no frame, is
    kept at the end. Raises ValueError for a tag that cannot be read.
    """
    if not find_tag_size(tag) or tag[3] not in (2, 3, 4):
        raise ValueError(
            "its ID3 tag is broken, or of a version other than 2.2 to 2.4: write it anew with a tag editor"
        )
    if find_tag_size(tag) > len(tag):
        raise ValueError("its ID3 tag says that it is longer than the file: write it anew with a tag editor")
    version, flags = tag[3], tag[5]
    body = tag[HEADER : HEADER + join_bits(tag[6:10])]
    if version < 4 and flags & UNSYNCHRONISED:
        body = resynchronise(body)
    if version == 2:
        return _parse_old(body, flags)
    first = find_first_frame(body, version) if flags & EXTENDED else 0
    whole = bool(version == 4 and flags & UNSYNCHRONISED)
    frames, at = [], first
    for frame in find_frames(body, version, first):
        if frame.end > len(body):
            break
        at = frame.end
        content = body[frame.begin : frame.end]
        if whole and not frame.flags[1] & _UNSYNCHRONISED_FRAME:
            content = resynchronise(content)
        frames.append(Frame(frame.name.decode(), content, frame.flags))
    return Tag(version=3 if version == 3 else 4, frames=tuple(frames), rest=_find_rest(body, at))


def _parse_old(body: bytes, flags: int) -> Tag:
    """Frames of version 2.2 have names of three letters, and no flags."""
    if flags & _PACKED_TAG:
        raise ValueError("its ID3 tag of version 2.2 is packed in a way that nobody defined: write it anew")
    frames, at = [], 0
    while len(body) >= at + _OLD_HEADER and body[at]:
        name = body[at : at + 3].decode("latin-1")
        begin, at = at + _OLD_HEADER, at + _OLD_HEADER + int.from_bytes(body[at + 3 : at + 6], "big")
        if at > len(body):
            raise ValueError(f"the frame {name!r} of its ID3 tag of version 2.2 breaks off: write the tag anew")
        frames.append(_raise_frame(name, body[begin:at]))
    return Tag(frames=tuple(frames))


def _raise_frame(name: str, content: bytes) -> Frame:
    """A frame of version 2.2 in version 2.3: most have only another name."""
    from mutagen.id3 import Frames_2_2  # costs every build its time, and is needed by old tags alone

    known = name in Frames_2_2 and name not in _CHANGED
    later = Frames_2_2[name].__mro__[1].__name__ if known else _OF_ITUNES.get(name, "")
    if len(later) != len("TIT2"):
        raise ValueError(
            f"the frame {name!r} of its ID3 tag of version 2.2 has no later form: write the tag anew as 2.3"
        )
    if name == _PICTURE:
        image = content[1:4]
        content = content[:1] + _IMAGES.get(image, b"image/" + image.lower()) + b"\0" + content[4:]
    return Frame(later, content)


def _find_rest(body: bytes, at: int) -> bytes:
    rest = body[at:]
    return rest if rest.strip(b"\0") else b""


def join_tags(tags: Sequence[Tag]) -> Tag:
    """Make one tag of those that stand one behind the other. Raises ValueError if their versions differ."""
    versions = {tag.version for tag in tags}
    if len(versions) > 1:
        raise ValueError("it has ID3 tags of different versions one behind the other: write one with a tag editor")
    return Tag(
        version=tags[0].version if tags else 3,
        frames=tuple(frame for tag in tags for frame in tag.frames),
        rest=b"".join(tag.rest for tag in tags),
    )


def format_frames(frames: Iterable[Frame], version: Version) -> bytes:
    """Write frames as they were read."""
    return b"".join(format_frame(frame.name, frame.content, version, frame.flags) for frame in frames)
