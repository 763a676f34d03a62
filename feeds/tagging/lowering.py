"""ID3 tags of version 2.4 as 2.3, where nothing is lost by it.

ffmpeg, and players that are made with it, reads sizes within a chapter as in version 2.3 whatever the version: of a tag
of 2.4 it shows no chapter that has more than 127 bytes of title, or a picture.
Spec: ID3v2.3.0, section 3.3; ID3v2.4.0-structure, section 4.
"""

from __future__ import annotations

from dataclasses import replace

from feeds.chapters.id3_frames import unpack_content
from feeds.chapters.id3_spelling import STRING_ENDS, format_strings
from feeds.tagging.id3 import Frame, Tag

_GROUPED, _ENCRYPTED = 0x40, 0x04
_BIG_ENDIAN, _UTF8 = 2, 3
_CODECS = {_BIG_ENDIAN: "utf-16-be", _UTF8: "utf-8"}
_ENCODED = ("APIC", "COMM", "COMR", "GEOB", "OWNE", "SYLT", "USER", "USLT", "WXXX")
_LANGUAGE = 3


def lower_tag(tag: Tag) -> Tag:
    """Make a tag one of version 2.3; as it is if one of its frames cannot be one without a loss.

    Frames that are new in version 2.4 keep their names: programs know them in version 2.3 as well.
    """
    if tag.version == 3 or tag.rest:
        return tag
    try:
        return replace(tag, version=3, frames=tuple(map(_lower_frame, tag.frames)))
    except ValueError:
        return tag


def _lower_frame(frame: Frame) -> Frame:
    """Raises ValueError for a frame that is encrypted, grouped with others or broken, or whose text is not found."""
    status, form = frame.flags
    content = None if form & (_GROUPED | _ENCRYPTED) else unpack_content(frame.content, 4, frame.flags)
    if content is None:
        raise ValueError(f"{frame.name} is bound to version 2.4")
    if content[:1] and content[0] in _CODECS and (frame.name.startswith("T") or frame.name in _ENCODED):
        content = _lower_content(frame.name, content[1:], _CODECS[content[0]])
    return Frame(frame.name, content, bytes((status << 1 & 0xFF, 0)))


def _lower_content(name: str, content: bytes, codec: str) -> bytes:
    """Write the texts of a frame in an encoding that version 2.3 has; what stands before and behind them has none."""
    before, texts, behind = _split_content(name, content, codec)
    parts = texts.decode(codec).split("\0")
    # A zero at the end ends the last text, and begins no other.
    is_ended = len(parts) > 1 and not parts[-1]
    encoding, lowered = format_strings(parts[:-1] if is_ended else parts, 3)
    end = bytes(STRING_ENDS[encoding]) if is_ended else b""
    return encoding + before + lowered + end + behind


def _split_content(name: str, content: bytes, codec: str) -> tuple[bytes, bytes, bytes]:
    if name.startswith("T"):
        return b"", content, b""
    if name in ("COMM", "USLT"):
        return content[:_LANGUAGE], content[_LANGUAGE:], b""
    if codec != "utf-8" or name not in ("WXXX", "APIC"):
        raise ValueError(f"the texts of {name} are not found")
    first = content.index(b"\0") + 2 if name == "APIC" else 0
    last = content.index(b"\0", first) + 1
    return content[:first], content[first:last], content[last:]
