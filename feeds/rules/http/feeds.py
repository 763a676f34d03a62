"""How the server of a feed answers."""

from __future__ import annotations

import re

from feeds.rulebook.files.linked import Exchange, Reply
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.wording import format_served, quote

_TYPES = frozenset(("application/rss+xml", "application/xml", "text/xml"))
_TEMPORARY = (302, 303, 307)
_WORTH_PACKING = 2_000
"""Bytes below which most servers send a file as it is, as it fits into one or two packets anyhow."""

_PACKED = frozenset(("gzip", "x-gzip", "deflate", "br", "zstd"))
_RELATION = re.compile(r""";\s*rel\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s;,"']+))""", re.IGNORECASE)


@rule("exchange", source="Apple 823; W3C validator, HttpError", everywhere="error")
def http_feed_status(exchange: Exchange) -> Hits:
    """The address of the feed answers with 200, without asking for a password.

    Directories take a feed that is not answered off their lists after a while, and new subscribers get nothing.
    """
    if exchange.purpose == "feed" and not exchange.distrust:
        if exchange.failure:
            yield exchange.spot, f"the feed cannot be had: it {exchange.failure}"
        elif exchange.reply and exchange.reply.status != 200:
            yield exchange.spot, f"the feed is answered with the status {exchange.reply.status}: it has to be 200"


@rule("exchange", source="W3C validator, UnexpectedContentType", everywhere="warning")
def http_feed_content_type(exchange: Exchange) -> Hits:
    """The feed is served as application/rss+xml, application/xml or text/xml.

    Browsers and some readers go by it: under text/html they show a feed as a broken page.
    """
    reply = _find_reply(exchange)
    if reply and reply.type not in _TYPES:
        yield exchange.spot, f"the feed is {format_served(reply.type)}: have the server send application/rss+xml"


@rule("exchange", source="W3C validator, TempRedirect; RFC 9110, 15.4", everywhere="info")
def http_feed_temporary_redirect(exchange: Exchange) -> Hits:
    """The address of the feed is not behind a redirect that says that it is for now.

    Apps ask the old address forever, and the show is gone when it goes. For a move there is 301.
    """
    for redirect in exchange.reply.redirects if exchange.purpose == "feed" and exchange.reply else ():
        if redirect.status in _TEMPORARY:
            message = (
                f"the feed is redirected for now ({redirect.status}) to {quote(redirect.url)}: if it moved, send 301"
            )
            yield exchange.spot, message


@rule("exchange", source="Apple 4115, Conditional GET; RFC 9110, 13", everywhere="info")
def http_feed_conditional_get(exchange: Exchange) -> Hits:
    """The server of the feed sends an ETag or a date, and answers 304 to whoever has that state already.

    Apps ask several times an hour. Each time the whole feed goes out to each, where a line would do.
    """
    reply = _find_reply(exchange)
    if reply and not (reply.headers.get("etag") or reply.headers.get("last-modified")):
        message = (
            "the feed is sent without ETag and Last-Modified: let the server send one, so that apps can ask for news"
        )
        yield exchange.spot, message
    elif reply and exchange.again and exchange.again.status == 200:
        yield (
            exchange.spot,
            "the feed is sent whole to who has it already (ETag, Last-Modified): let the server answer 304",
        )


@rule("exchange", source="W3C validator, Uncompressed", everywhere="info")
def http_feed_uncompressed(exchange: Exchange) -> Hits:
    """The feed is sent packed with gzip to who asks for it.

    A packed feed has a tenth of the size, and apps fetch it many times a day.
    """
    reply = _find_reply(exchange)
    if reply and exchange.size > _WORTH_PACKING:
        packings = {name.strip() for name in reply.headers.get("content-encoding", "").lower().split(",")}
        if not packings & _PACKED:
            yield (
                exchange.spot,
                f"the feed is sent as {exchange.size} bytes unpacked: have the server send it with gzip",
            )


@rule("exchange", source="WebSub, 4", podcasting2="info")
def http_link_header_hub(exchange: Exchange) -> Hits:
    """A feed with a hub names it in the headers of its answer as well, and itself with it.

    A subscriber to WebSub looks at the headers first; with them it need not read the feed at all.
    """
    reply = _find_reply(exchange)
    if reply and exchange.hubs:
        written = " ".join("".join(match) for match in _RELATION.findall(reply.headers.get("link", "")))
        missing = [relation for relation in ("hub", "self") if relation not in written.lower().split()]
        if missing:
            names = " and ".join(f'rel="{relation}"' for relation in missing)
            yield exchange.spot, f"the feed names a hub, and its Link header has no {names}: have the server send it"


def _find_reply(exchange: Exchange) -> Reply | None:
    """The answer with the feed; none where it did not come, and then there is nothing to say of its headers."""
    return exchange.reply if exchange.purpose == "feed" and exchange.is_answered else None
