"""Bodies as they are sent, unpacked in pieces of a bounded size."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain

_PIECE = 1 << 16
_GZIP = b"\x1f\x8b\x08"  # RFC 1952, section 2.3.1
_LAYERS = 2
_FOREIGN = frozenset(("br", "zstd", "compress", "x-compress", "dcb", "dcz"))
PACKED = _FOREIGN | {"gzip", "x-gzip", "deflate"}
"""What the header Content-Encoding may say of a body that is not the file itself; much else is found there."""


def unpack(pieces: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Unpack what comes in pieces, by what it is rather than by what it is said to be.

    `encoding` is the header Content-Encoding. A file that is packed itself, as feed.xml.gz, is unpacked as well; what
    is said to be packed and is not comes as it is. Raises ValueError if it cannot be unpacked, or ends too soon.

    >>> import gzip
    >>> b"".join(unpack([gzip.compress(b"<rss/>")], "")), b"".join(unpack([b"<r", b"ss/>"], "gzip"))
    (b'<rss/>', b'<rss/>')
    """
    names = {name.strip() for name in encoding.lower().split(",")}
    if refused := names & _FOREIGN:
        raise ValueError(f"is packed as {min(refused)}, which was not asked for")
    if "deflate" in names:
        pieces = _inflate(pieces)
    for _ in range(_LAYERS):
        pieces = _gunzip(pieces)
    yield from pieces


def _gunzip(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Unpack a file in the format of gzip, one member after the other; anything else comes as it is."""
    head, rest = _look_ahead(pieces, len(_GZIP))
    if not head.startswith(_GZIP):
        yield head
        yield from rest
        return
    decoder = zlib.decompressobj(zlib.MAX_WBITS | 16)
    for piece in chain((head,), rest):
        while piece:
            if decoder.eof:
                if not piece.startswith(_GZIP[:1]):
                    return  # some writers fill up their last block
                decoder = zlib.decompressobj(zlib.MAX_WBITS | 16)
            yield from _decompress(decoder, piece)
            piece = decoder.unused_data
    _check_end(decoder)


def _inflate(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Unpack what is sent as deflate: with the header of zlib or, as some servers have it, without."""
    head, rest = _look_ahead(pieces, 2)
    if not head:
        return
    has_header = len(head) > 1 and head[0] & 0x0F == zlib.DEFLATED and int.from_bytes(head[:2], "big") % 31 == 0
    decoder = zlib.decompressobj(zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS)
    for piece in chain((head,), rest):
        yield from _decompress(decoder, piece)
    _check_end(decoder)


def _look_ahead(pieces: Iterable[bytes], count: int) -> tuple[bytes, Iterator[bytes]]:
    """The first bytes of what comes in pieces, at least so many if there are, and the pieces after them."""
    rest = iter(pieces)
    head = b""
    while len(head) < count and (piece := next(rest, b"")):
        head += piece
    return head, rest


def _decompress(decoder: zlib._Decompress, packed: bytes) -> Iterator[bytes]:
    """Unpack a piece into pieces, for a few bytes may unpack to more than there is memory."""
    try:
        while piece := decoder.decompress(packed, _PIECE):
            yield piece
            packed = decoder.unconsumed_tail
    except zlib.error as error:
        raise ValueError("is packed in a way that cannot be unpacked") from error


def _check_end(decoder: zlib._Decompress) -> None:
    if not decoder.eof:
        raise ValueError("breaks off in the middle of what is packed")
