"""The frame of a feed: rss, its version, its one channel, and how much there is in it."""

from __future__ import annotations

from lxml import etree

from feeds.namespaces import ATOM
from feeds.rulebook.document import Document, split_tag
from feeds.rulebook.places import Attribute, Offset
from feeds.rulebook.podcast.tags import LIST_MEDIUMS
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.source import find_web_page
from feeds.rulebook.views import Channel
from feeds.rulebook.wording import quote

_WITHOUT_ITEMS = ("podcast:remoteItem", "podcast:liveItem", "podcast:publisher")
_OF_OTHERS = frozenset((*LIST_MEDIUMS, "publisher"))
"""Mediums of feeds that hold other feeds."""

_SIZE_OF_W3C = 5_000_000
_SIZE_OF_ADVICE = 10_000_000
_SIZE_OF_INDEX = 25_000_000
_MANY_ITEMS = 2_000


@rule("document", source="RSS Profile, 4.1; RSS 2.0", everywhere="error")
def feed_root_not_rss(document: Document) -> Hits:
    """The outermost element is rss.

    Directories take RSS 2.0 alone. A page of HTML, most often an error page or one for browsers, is no feed.
    """
    page = find_web_page(document.source)
    if page >= 0:
        yield Offset(page), "this is a web page, no feed: give the address of the feed"
    if page >= 0 or document.root is None:
        return
    uri, local = split_tag(document.root.tag)
    if local != "rss" and uri != ATOM:
        yield document.root, f"the outermost element is {quote(local)}: {_find_format(local)}"


def _find_format(local: str) -> str:
    name = local.lower()
    if name == "rss":
        return "write rss in lower case"
    if name == "rdf":
        return "RSS 1.0 is another format, write RSS 2.0, which begins with <rss"
    return 'put everything into <rss version="2.0">'


@rule("document", source="Apple 4115, Atom feeds; RSS 2.0", everywhere="error")
def feed_atom_format(document: Document) -> Hits:
    """The feed is RSS, no Atom feed.

    Apple takes no Atom feeds since 2022, for new shows and old ones, and Atom has no place for a podcast's tags.
    """
    if document.root is not None and split_tag(document.root.tag)[0] == ATOM:
        yield document.root, "this is an Atom feed: write RSS 2.0, which begins with <rss"


@rule("document", source="RSS Profile, 4.1; RSS 2.0", everywhere="error")
def feed_rss_version_invalid(document: Document) -> Hits:
    """The rss element has version="2.0".

    It says which format this is, and there is no other for podcasts: 0.91 has no enclosures.
    """
    root = document.root
    if root is None or split_tag(root.tag)[1] != "rss":
        return
    version = root.get("version")
    if version is None:
        yield root, 'rss has no version: write <rss version="2.0"'
    elif version != "2.0":
        yield Attribute(root, "version"), f"the version of rss is {quote(version)}: write 2.0"


@rule("document", source="RSS Profile, 1; W3C validator, InvalidNamespace", everywhere="error")
def feed_rss_in_namespace(document: Document) -> Hits:
    """The elements of RSS are in no namespace.

    With a default xmlns on rss or channel every title and item becomes another element, which readers do not know.
    """
    if document.root is None or split_tag(document.root.tag)[1] != "rss":
        return
    for renamed in document.renamed:
        if not renamed.meant:
            place = renamed.element
            if place.getparent() is None:
                yield Attribute(place, "xmlns"), _tell_namespace(renamed.written)
            else:
                yield place, _tell_namespace(renamed.written)
    channel = _find_foreign_channel(document)
    if channel is not None:
        yield channel, _tell_namespace(split_tag(channel.tag)[0])


def _tell_namespace(uri: str) -> str:
    return f"the elements of RSS are in the namespace {quote(uri)}: take this xmlns or prefix out"


def _find_foreign_channel(document: Document) -> etree._Element | None:
    """A channel in some namespace, where there is none in no namespace."""
    root = document.root
    if root is None or document.channel is not None or split_tag(root.tag)[1] != "rss":
        return None
    return next(root.iterchildren("{*}channel"), None)


@rule("document", source="RSS Profile, 4.1; RSS 2.0; Spotify delivery", everywhere="error")
def feed_channel_count(document: Document) -> Hits:
    """The rss element has exactly one channel.

    Apps read the first channel, and the second one's episodes are seen by nobody.
    """
    root = document.root
    if root is None or root.tag != "rss":
        return
    channels = list(root.iterchildren("channel"))
    if not channels and _find_foreign_channel(document) is None:
        other = next((child for child in root if str(child.tag).lower() == "channel"), None)
        if other is not None:
            yield other, f"{quote(str(other.tag))} is no channel: write it in lower case"
        else:
            yield root, "rss has no channel: put the show and its items into one"
    for channel in channels[1:]:
        yield channel, "this is another channel, which nobody reads: put each show into a feed of its own"


@rule("channel", source="RSS Profile, 4.1.1.20; house, directories ask for an episode", everywhere="warning")
def feed_no_items(channel: Channel) -> Hits:
    """The channel has at least one item.

    RSS needs none, but Apple and Spotify take no show without an episode that can be played, be it a trailer.
    """
    if channel.items or any(name in channel for name in _WITHOUT_ITEMS):
        return
    if channel.text("podcast:medium") not in _OF_OTHERS:
        yield channel.element, "the channel has no item: directories want at least one episode or trailer"


@rule("channel", source="RSS Profile, 4.1.1; W3C validator, MisplacedItem", everywhere="info")
def feed_items_not_last(channel: Channel) -> Hits:
    """The items follow all other elements of the channel.

    Some readers stop at what they have seen when the first item comes, and do not know of what is said later.
    """
    if channel.items:
        for child in channel.items[0].element.itersiblings(etree.Element):
            if child.tag != "item" and not str(child.tag).endswith("}liveItem"):
                local = split_tag(child.tag)[1]
                yield child, f"{quote(local)} stands after an item: move it before the first one"
                return


@rule("document", source="W3C validator, MAXDATALENGTH", rss="info", psp1="info")
def feed_size_over_5mb(document: Document) -> Hits:
    """The feed has no more than 5,000,000 bytes.

    The W3C validator stops reading there, and every app loads the whole of it again and again.
    """
    if _SIZE_OF_W3C < len(document.source.data) <= _SIZE_OF_ADVICE:
        yield Offset(0), f"{_tell_size(document)}: above 5 MB the W3C validator reads no further"


@rule("document", source="house, hosts advise to stay below 10 MB", everywhere="info")
def feed_size_over_10mb(document: Document) -> Hits:
    """The feed has less than 10 MB.

    Some directories are said to give up on a larger one, and it costs every listener's phone as much at each refresh.
    """
    if _SIZE_OF_ADVICE < len(document.source.data) <= _SIZE_OF_INDEX:
        yield Offset(0), f"{_tell_size(document)}: shorten the notes of old episodes, or archive them"


@rule("document", source="Podcast Index aggregator, maxContentLength", everywhere="warning")
def feed_size_over_25mb(document: Document) -> Hits:
    """The feed has no more than 25,000,000 characters.

    The Podcast Index drops a larger one, and with it go all the apps that search there.
    """
    data = document.source.data
    if len(data) > _SIZE_OF_INDEX and len(data.decode("utf-8", "replace")) > _SIZE_OF_INDEX:
        yield Offset(0), f"{_tell_size(document)}: the Podcast Index drops feeds above 25 million characters"


def _tell_size(document: Document) -> str:
    return f"the feed has {len(document.source.data):,} bytes"


@rule("channel", source="house, hosts and directories name limits between 300 and 2,000", everywhere="info")
def feed_item_count_large(channel: Channel) -> Hits:
    """The feed has no more than 2,000 items.

    Directories are said to list only the newest of a longer one, and apps take long to open it.
    """
    if len(channel.items) > _MANY_ITEMS:
        message = f"the channel has {len(channel.items):,} items: directories may list only the newest of them"
        yield channel.items[_MANY_ITEMS].element, message
