"""What an MP4 says of itself in the list of atoms that came from iTunes (`ilst`), and the box that it stands in.

There is no spec; the names are those that Apple's programs, ffmpeg, mutagen and players agree on. The number of the
episode is the track and that of the season the disc, as in other formats, since players show them; those of a series on
television (`tves`, `tvsn`) would say the same a second time, and go where ours are written. The address of the page is
`©url`: `purl` is that of a feed. Not written, as in an MP3: `pcst`, `egid` and `purl`, by which iTunes knew a podcast
that it had subscribed to, nor `stik`, the shelf on which a library puts the file. Where a file has them they stay.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from feeds.chapters.mp4.boxes import find_box, format_box, format_full_box, parse_boxes
from feeds.chapters.mp4.nero import NERO
from feeds.chapters.mp4.texts import cut_text
from feeds.formats import format_instant, format_url
from feeds.tagging.label import Cover, Label, clean_line, clean_text

_META, _HANDLER, _LIST = b"meta", b"hdlr", b"ilst"
_APPLE = b"mdir"
_ABOUT = format_full_box(_HANDLER, bytes(4), _APPLE, b"appl", bytes(9))
_BYTES, _TEXT = 0, 1
_PICTURES = {"image/jpeg": 13, "image/png": 14}
_LONGEST_SUMMARY = 255  # bytes of `desc`; the whole is in `ldes`
_LARGEST_NUMBER = (1 << 16) - 1

Said = tuple[tuple[bytes, ...], bytes]
"""The names of the atoms that are replaced, and what takes their place."""


def format_user_data(data: bytes, label: Label, nero: bytes | None) -> bytes:
    """Write the content of a box `udta` anew: the label, and what stood there and is not said anew.

    `nero` are the chapters in their box, b"" for none, and None where those of the file stay. Raises ValueError if
    boxes are cut off.
    """
    boxes, rest = parse_boxes(data)
    kept = [(box.name, box.whole) for box in boxes if box.name != NERO or nero is None]
    places = [number for number, (name, _) in enumerate(kept) if name == _META]
    ours = [number for number in places if _is_apples(kept[number][1][8:])]
    if ours:
        kept[ours[0]] = (_META, _format_meta(kept[ours[0]][1][8:], label))
    else:  # before another's, since readers look into the first
        kept.insert(min(places, default=len(kept)), (_META, _format_meta(bytes(4) + _ABOUT, label)))
    return b"".join(whole for _, whole in kept) + (nero or b"") + rest


def _is_apples(meta: bytes) -> bool:
    return find_box(meta[_find_begin(meta) :], _HANDLER)[8:12] in (_APPLE, b"")


def _find_begin(meta: bytes) -> int:
    """Where its boxes begin: QuickTime does not have the version and flags that ISO has."""
    return 0 if meta[4:8] in (_HANDLER, _LIST) else 4


def _format_meta(meta: bytes, label: Label) -> bytes:
    begin = _find_begin(meta)
    boxes, rest = parse_boxes(meta[begin:])
    if not any(box.name == _LIST for box in boxes):
        return format_box(_META, meta[:begin], *(box.whole for box in boxes), _format_list(b"", label), rest)
    written = (_format_list(box.content, label) if box.name == _LIST else box.whole for box in boxes)
    return format_box(_META, meta[:begin], *written, rest)


def _format_list(data: bytes, label: Label) -> bytes:
    said = list(_format_label(label))
    replaced = {name for names, _ in said for name in names}
    boxes, rest = parse_boxes(data)
    kept = (box.whole for box in boxes if box.name not in replaced)
    return format_box(_LIST, *kept, *(atom for _, atom in said), rest)


def _format_label(label: Label) -> Iterator[Said]:
    """What is said, without what the label leaves open."""
    lines = {"©nam": label.title, "©alb": label.show, "©ART": label.author}
    lines |= {"©day": format_instant(label.date) if label.date else "", "©url": format_url(label.link)}
    for name, text in lines.items():
        if line := clean_line(text):
            yield _format_text(name, line.encode())
    if summary := clean_text(label.summary):
        yield _format_text("desc", cut_text(clean_line(summary), _LONGEST_SUMMARY))
        yield _format_text("ldes", summary.encode())
    if label.episode and label.episode <= _LARGEST_NUMBER:
        yield (b"trkn", b"tves"), _format_atom(b"trkn", _BYTES, struct.pack(">HHHH", 0, label.episode, 0, 0))
    if label.season and label.season <= _LARGEST_NUMBER:
        yield (b"disk", b"tvsn"), _format_atom(b"disk", _BYTES, struct.pack(">HHH", 0, label.season, 0))
    if label.cover:
        yield (b"covr",), _format_cover(label.cover)


def _format_text(name: str, text: bytes) -> Said:
    atom = name.encode("latin-1")
    return (atom,), _format_atom(atom, _TEXT, text)


def _format_cover(cover: Cover) -> bytes:
    return _format_atom(b"covr", _PICTURES[cover.type], cover.data)


def _format_atom(name: bytes, kind: int, value: bytes) -> bytes:
    return format_box(name, format_box(b"data", struct.pack(">II", kind, 0), value))
