"""How the servers of the files that a feed links to answer."""

from __future__ import annotations

from collections.abc import Iterator

from feeds.media_types import CHAPTERS_TYPE, CHAPTERS_TYPES, SUBRIP_TYPES
from feeds.rulebook.files.linked import ASKING_ORIGIN, Absence, Exchange, Lookup
from feeds.rulebook.forms.containers import PLAYLIST, find_container, is_same_type
from feeds.rulebook.forms.numbers import parse_whole
from feeds.rulebook.forms.types import find_essence
from feeds.rulebook.places import Spot
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.wording import format_served, quote

_HEADED = (200, 203, 204, 206)


@rule("exchange", source="podcast namespace, Mixed Content; Apple 823", everywhere="error")
def http_tls_invalid(exchange: Exchange) -> Hits:
    """The certificate of every https address is valid.

    Apps and browsers fetch nothing from a server whose certificate has run out or is another one's.
    """
    if exchange.distrust:
        yield exchange.spot, f"the address {exchange.distrust}: renew the certificate, or correct the address"


@rule("exchange", source="Apple 823", everywhere="error")
def http_enclosure_status(exchange: Exchange) -> Hits:
    """The address of a recording leads to it.

    An episode whose recording is not there is an error message in every app.
    """
    yield from _find_failure(exchange, "media", "the recording")


@rule("exchange", source="PSP-1, itunes:image; Apple 896; house", everywhere="error")
def http_artwork_status(exchange: Exchange) -> Hits:
    """The address of a picture leads to it.

    A show without its artwork is a grey square in every list, and Apple does not take it at all.
    """
    yield from _find_failure(exchange, "artwork", "the picture")


@rule("exchange", source="podcast namespace, tag chapters; house", everywhere="error")
def http_chapters_status(exchange: Exchange) -> Hits:
    """The address of a chapters file leads to it.

    Apps show the episode without chapters, and mostly no one notices who could mend it.
    """
    yield from _find_failure(exchange, "chapters", "the chapters file")


@rule("exchange", source="podcast namespace, tag transcript; house", everywhere="error")
def http_transcript_status(exchange: Exchange) -> Hits:
    """The address of a transcript leads to it.

    Those who read in place of listening get nothing, and Apple writes a transcript of its own.
    """
    yield from _find_failure(exchange, "transcript", "the transcript")


@rule("exchange", source="Apple 823; PSP-1, itunes:image", everywhere="error")
def http_head_unsupported(exchange: Exchange) -> Hits:
    """Servers of pictures and recordings answer to HEAD as they do to GET.

    Apple asks with HEAD whether a file is there and has changed, and refuses episodes for which no answer comes.
    """
    if exchange.purpose in ("artwork", "media") and exchange.is_answered:
        if exchange.head_failure:
            yield exchange.spot, f"to HEAD comes no answer, to GET one does: the address {exchange.head_failure}"
        elif exchange.head and exchange.head.status not in _HEADED:
            status = exchange.head.status
            yield (
                exchange.spot,
                f"HEAD is answered with the status {status}, GET with the file: have both answered alike",
            )


@rule("exchange", source="Apple 823; RFC 9110, 14", everywhere="error")
def http_range_unsupported(exchange: Exchange) -> Hits:
    """Servers of recordings send a part of a file to who asks for a part (status 206).

    Without it apps cannot jump within an episode before all of it is there, and Apple does not take it.
    """
    is_playlist = any(find_container(use.type) == PLAYLIST for use in exchange.uses)
    if exchange.purpose == "media" and exchange.reply and exchange.reply.status in (200, 203) and not is_playlist:
        message = (
            f"asked for a part, the server sends all ({exchange.reply.status}): let it answer byte ranges with 206"
        )
        yield exchange.spot, message


@rule("exchange", source="RSS 2.0, enclosure; house", everywhere="warning")
def http_enclosure_content_length(exchange: Exchange) -> Hits:
    """The Content-Length that a server gives for a recording is the length of its enclosure.

    Apps compare the two, and some fetch a file again and again that never comes as it was told.
    """
    if exchange.purpose == "media" and exchange.is_answered and exchange.head and exchange.head.status == 200:
        told = parse_whole(exchange.head.headers.get("content-length", "").strip())
        for use in exchange.uses:
            length = parse_whole(use.length.strip())
            # What the whole file is known to have is held against the length by another rule.
            if told and length and told != length and told != exchange.size:
                message = (
                    f"the Content-Length is {told}, and the length of {use.name} is {length}: correct the wrong one"
                )
                yield use.spot, message


@rule("exchange", source="RSS 2.0, enclosure; house", everywhere="warning")
def http_enclosure_content_type(exchange: Exchange) -> Hits:
    """The Content-Type that a server gives for a recording agrees with the type of its enclosure.

    Browsers go by what the server says, apps by what the feed says: one of the two fails to play it.
    """
    if exchange.purpose == "media" and exchange.is_answered and exchange.reply:
        for use in exchange.uses:
            if use.type.strip() and find_container(use.type) and not is_same_type(use.type, exchange.reply.type):
                served = format_served(exchange.reply.type)
                message = f"the recording is {served}, and the type of {use.name} is {quote(use.type)}"
                yield use.spot, f"{message}: correct the wrong one"


@rule("exchange", source="JSON chapters; podcast namespace, tag chapters", everywhere="warning")
def http_chapters_content_type(exchange: Exchange) -> Hits:
    """The chapters file is served as application/json+chapters, or as application/json.

    The first is the type that the specification gives it; every reader takes the second as well, and few another.
    """
    reply = exchange.reply if exchange.purpose == "chapters" and exchange.is_answered else None
    if reply and reply.type not in CHAPTERS_TYPES:
        served = format_served(reply.type)
        yield exchange.spot, f"the chapters file is {served}: have the server send {CHAPTERS_TYPE}"


@rule("exchange", source="podcast namespace, tag transcript", everywhere="warning")
def http_transcript_content_type(exchange: Exchange) -> Hits:
    """The transcript is served with the type that its element states.

    Apps choose by the one and read by the other, and a transcript that is served as a page is shown as one.
    """
    if exchange.purpose == "transcript" and exchange.is_answered and exchange.reply:
        found = exchange.reply.type
        for use in exchange.uses:
            stated = find_essence(use.type)
            if stated and stated != found and not {stated, found}.issubset(SUBRIP_TYPES):
                served = format_served(found)
                yield use.spot, f"the transcript is {served}, and its type is {quote(use.type)}: serve it as that"


@rule("exchange", source="podcast namespace, CORS", podcasting2="warning")
def http_cors_missing(exchange: Exchange) -> Hits:
    """Chapters and transcripts are served with Access-Control-Allow-Origin.

    Without it a player in a browser may not read them, and shows neither.
    """
    if exchange.purpose in ("chapters", "transcript") and exchange.is_answered and exchange.reply:
        allowed = exchange.reply.headers.get("access-control-allow-origin", "").strip()
        if not allowed:
            message = "no web player may read this file: have the server send Access-Control-Allow-Origin: *"
            yield exchange.spot, message
        elif allowed not in ("*", ASKING_ORIGIN):
            yield exchange.spot, f"only {quote(allowed)} may read this file: send Access-Control-Allow-Origin: *"


@rule("absence", source="RSS 2.0, enclosure; house", everywhere="error")
def linked_file_missing(absence: Absence) -> Hits:
    """Every file that a feed names below its own address stands beside the feed.

    Once the folder is published as it is, apps ask for a file that is not there.
    """
    yield absence.uses[0].spot, "this file is not there, though the feed names it: put it there, or correct the address"


@rule("lookup", source="house: what was not looked at is not known to be right", everywhere="warning")
def linked_files_unchecked(lookup: Lookup) -> Hits:
    """Every file that a feed links to was looked at.

    Where the time is over before all servers have answered, the rest of the files may have any fault.
    """
    if lookup.missed:
        count = len(lookup.missed)
        message = (
            f"{count} linked files were not looked at within {lookup.seconds:g} seconds, such as {lookup.missed[0]}"
        )
        yield Spot(), f"{message}: run it again, and tell their host if it stays slow"


def _find_failure(exchange: Exchange, purpose: str, what: str) -> Iterator[tuple[Spot, str]]:
    """What to say of a file that does not come, unless the fault is that of the certificate."""
    if exchange.purpose == purpose and not exchange.distrust:
        if exchange.failure:
            yield exchange.spot, f"{what} cannot be had: the address {exchange.failure}"
        elif exchange.reply and not exchange.is_answered:
            status = exchange.reply.status
            yield (
                exchange.spot,
                f"{what} is answered with the status {status}: correct the address, or put the file there",
            )
