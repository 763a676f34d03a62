"""The namespaces: whether each prefix is declared, with the very address that readers compare."""

from __future__ import annotations

from collections.abc import Iterator

from feeds.namespaces import ATOM, CONTENT, GOOGLEPLAY, ITUNES, KNOWN_PREFIXES, PODCAST, PSC, find_namespace
from feeds.rulebook.document import PREFIX_OF, RSS_NAMESPACES, Document, iterate
from feeds.rulebook.places import Attribute, Offset, Place
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.wording import quote
from feeds.rules.feed.documents import find_offset

_UNDECLARED = "NS_ERR_UNDEFINED_NAMESPACE"
_ALIAS = "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"
_OWN_RULE = frozenset((ATOM, CONTENT, ITUNES, PODCAST, PSC))
_OF_PSP1 = (("itunes", ITUNES), ("podcast", PODCAST), ("atom", ATOM))
_ALSO_USUAL = {
    "http://purl.org/syndication/thread/1.0": ("thr", "thread"),
    "http://www.google.com/schemas/play-podcasts/1.0": ("googleplay",),
    "http://www.rawvoice.com/rawvoiceRssModule/": ("rawvoice", "rv"),
}
_KNOWN = frozenset(KNOWN_PREFIXES.values()) | frozenset(
    (
        "http://a9.com/-/spec/opensearch/1.1/",
        "http://backend.userland.com/blogChannelModule",
        "http://backend.userland.com/creativeCommonsRssModule",
        "http://blubrry.com/developer/rawvoice-rss/",
        "http://creativecommons.org/ns#",
        "http://madskills.com/public/xml/rss/module/trackback/",
        "http://purl.org/dc/dcmitype/",
        "http://purl.org/rss/1.0/modules/email/",
        "http://schema.pocketcasts.com/1.0/",
        "http://source.scripting.com/",
        "http://web.resource.org/cc/",
        "http://www.georss.org/georss",
        "http://www.itunesu.com/feed",
        "http://www.microsoft.com/schemas/rss/core/2005",
        "http://www.opengis.net/gml",
        "http://www.w3.org/1998/Math/MathML",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "http://www.w3.org/1999/xlink",
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/2001/XMLSchema-instance",
        "http://www.w3.org/2007/app",
        "http://www.w3.org/XML/1998/namespace",
        "http://xmlns.com/foaf/0.1/",
        "https://access.acast.com/schema/1.0/",
        "https://anchor.fm/xmlns",
        "https://art19.com/xmlns/rss-extensions/1.0",
        "https://audioboom.com/rss/1.0",
        "https://blubrry.com/developer/rawvoice-rss/",
        "https://omny.fm/rss-extensions",
        "https://schema.org/",
        "urn:atom-extension:indexing",
    )
)


@rule("document", source="XML 1.0, Namespaces 5; W3C validator, UndeclaredPrefix", everywhere="error")
def feed_namespace_undeclared(document: Document) -> Hits:
    """Each prefix that is used is declared with xmlns.

    Parsers refuse a whole feed for one prefix that means nothing.
    """
    told = {prefix for prefix, _ in document.undeclared}
    for prefix, element in document.undeclared:
        yield element, _tell_undeclared(prefix)
    for fault in document.faults:
        prefix = _find_prefix(fault.message) if fault.type == _UNDECLARED else ""
        if prefix and prefix not in told:
            told.add(prefix)
            yield Offset(find_offset(document, fault)), _tell_undeclared(prefix)


def _find_prefix(message: str) -> str:
    """The prefix that the parser names: "Namespace prefix it for b on a is not defined"."""
    words = message.split()
    return words[2] if len(words) > 2 and words[1] == "prefix" else ""


def _tell_undeclared(prefix: str) -> str:
    uri = KNOWN_PREFIXES.get(prefix)
    remedy = f'add xmlns:{prefix}="{uri}" to rss' if uri else "add its xmlns to rss, or take it out"
    return f"the prefix {quote(prefix)} is declared nowhere: {remedy}"


@rule("document", source="Apple guide; PSP-1, Required RSS Namespace Declarations", everywhere="error")
def feed_namespace_itunes_wrong(document: Document) -> Hits:
    """Apple's tags are in the namespace http://www.itunes.com/dtds/podcast-1.0.dtd, written exactly so.

    With https, another case or a slash more it is another name, and Apple passes over every itunes tag of the feed.
    """
    yield from _find_used_wrong(document, ITUNES)


@rule("document", source="podcast namespace, Podcast Tags", everywhere="error")
def feed_namespace_podcast_wrong(document: Document) -> Hits:
    """The tags of Podcasting 2.0 are in the namespace https://podcastindex.org/namespace/1.0.

    Apps compare it letter by letter, and pass over all podcast tags of a feed with another one.
    """
    yield from _find_used_wrong(document, PODCAST)


@rule("document", source="podcast namespace, Podcast Tags", podcasting2="info", psp1="info")
def feed_namespace_podcast_alias(document: Document) -> Hits:
    """The podcast namespace has the address of podcastindex.org, not that of its page on GitHub.

    The page was its first name. Readers are asked to take both; some newer ones do not.
    """
    for place, uri in _find_misspelled(document, PODCAST):
        if uri == _ALIAS:
            yield place, f"the podcast namespace has its old name {quote(uri)}: write {PODCAST}"


@rule(
    "document",
    source="PSP-1, Required RSS Namespace Declarations; RSS Profile, 5.1",
    everywhere="warning",
    psp1="error",
    rss="error",
)
def feed_namespace_atom_wrong(document: Document) -> Hits:
    """The links of Atom are in the namespace http://www.w3.org/2005/Atom.

    With another one the self link is none.
    """
    yield from _find_used_wrong(document, ATOM)


@rule("document", source="PSP-1, Required RSS Namespace Declarations; RSS Profile, 5.2", everywhere="error")
def feed_namespace_content_wrong(document: Document) -> Hits:
    """content:encoded is in the namespace http://purl.org/rss/1.0/modules/content/, with the slash at its end.

    Without the slash apps do not find the notes.
    """
    yield from _find_used_wrong(document, CONTENT)


@rule("document", source="Podlove Simple Chapters, XML Namespace", everywhere="error")
def feed_namespace_psc_wrong(document: Document) -> Hits:
    """Podlove chapters are in the namespace http://podlove.org/simple-chapters, without a slash at its end.

    With a slash or https, apps find no chapters.
    """
    yield from _find_used_wrong(document, PSC)


@rule("document", source="W3C validator, ReservedPrefix and MediaRssNamespace; RSS 2.0", everywhere="warning")
def feed_namespace_other_wrong(document: Document) -> Hits:
    """The namespaces of other known modules, such as media or dc, are written exactly as well.

    A missing slash, or https for http, makes another namespace of it, and readers pass over its elements. One that is
    declared and not used does no harm yet. Google Play has closed, and its name is found with a slash and without.
    """
    for uri in dict.fromkeys(KNOWN_PREFIXES.values()):
        if uri not in _OWN_RULE and uri != GOOGLEPLAY:
            yield from _find_wrong(document, uri)
        elif uri in _OWN_RULE:
            yield from (hit for hit in _find_wrong(document, uri) if not _is_used(document, hit[0]))


def _find_used_wrong(document: Document, meant: str) -> Hits:
    yield from (hit for hit in _find_wrong(document, meant) if _is_used(document, hit[0]))


def _is_used(document: Document, place: Place) -> bool:
    """Say whether any element is in the namespace that an attribute of the root declares."""
    if not isinstance(place, Attribute) or document.root is None:
        return True
    uri = document.root.nsmap.get(place.name.removeprefix("xmlns").removeprefix(":") or None)
    written = any(renamed.written == uri for renamed in document.renamed)
    return written or any(element.tag.startswith(f"{{{uri}}}") for element in iterate(document.root))


def _find_wrong(document: Document, meant: str) -> Hits:
    for place, uri in _find_misspelled(document, meant):
        if uri != _ALIAS:
            yield place, f"{PREFIX_OF[meant]} has the namespace {quote(uri)}: write {meant}"


def _find_misspelled(document: Document, meant: str) -> Iterator[tuple[Place, str]]:
    """Where a namespace is declared by another address than its own; by the prefix if the address is none we know."""
    root = document.root
    if root is None:
        return
    declared = set()
    for prefix, uri in root.nsmap.items():
        means = find_namespace(uri)
        by_prefix = KNOWN_PREFIXES.get(prefix or "") == meant and uri not in _KNOWN
        if uri != meant and (means == meant or by_prefix):
            declared.add(uri)
            yield Attribute(root, f"xmlns:{prefix}" if prefix else "xmlns"), uri
    for renamed in document.renamed:
        if renamed.meant == meant and renamed.written not in declared:
            yield renamed.element, renamed.written


def _is_unknown(uri: str) -> bool:
    return find_namespace(uri) not in _KNOWN


@rule("document", source="PSP-1, Required RSS Namespace Declarations", psp1="warning")
def feed_namespace_required_psp1(document: Document) -> Hits:
    """The namespaces itunes, podcast and atom are declared on the rss element.

    PSP-1 asks for all three, since each of them has tags that it requires or recommends.
    """
    root = document.root
    if root is None or root.tag != "rss":
        return
    declared = {find_namespace(uri) for uri in root.nsmap.values()}
    prefixes = set(root.nsmap) | {prefix for prefix, _ in document.undeclared}
    missing = [(prefix, uri) for prefix, uri in _OF_PSP1 if uri not in declared and prefix not in prefixes]
    if missing:
        several = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in missing)
        yield root, f"PSP-1 wants {', '.join(prefix for prefix, _ in missing)} to be declared on rss: add {several}"


@rule("document", source="podcast namespace, Podcast Tags; W3C validator, NonstdPrefix", everywhere="info")
def feed_namespace_prefix_unusual(document: Document) -> Hits:
    """Namespaces have their usual prefixes: itunes, podcast, atom, content, psc.

    Any prefix is right. But there are readers that look for the letters itunes: and not for the namespace.
    """
    root = document.root
    if root is None:
        return
    usual = {find_namespace(uri) for prefix, uri in root.nsmap.items() if KNOWN_PREFIXES.get(prefix or "") == uri}
    for prefix, uri in root.nsmap.items():
        if (
            prefix
            and uri in PREFIX_OF
            and uri not in usual
            and prefix not in (*KNOWN_PREFIXES, *_ALSO_USUAL.get(uri, ()))
        ):
            message = f"{PREFIX_OF[uri]} has the prefix {quote(prefix)} here: better write {PREFIX_OF[uri]}"
            yield Attribute(root, f"xmlns:{prefix}"), message


@rule("document", source="W3C validator, UnknownNamespace; PSP-1, Required RSS Namespace Declarations", rss="info")
def feed_namespace_unknown(document: Document) -> Hits:
    """A namespace that is declared is one that readers of podcasts know.

    Others are allowed, and passed over. It may be a slip, or of use to one host alone.
    """
    root = document.root
    if root is None:
        return
    for prefix, uri in root.nsmap.items():
        if _is_unknown(uri) and uri not in RSS_NAMESPACES and (prefix or "") not in KNOWN_PREFIXES and prefix:
            yield (
                Attribute(root, f"xmlns:{prefix}"),
                f"the namespace {quote(uri)} is known to no reader that we know: see that it is spelled right",
            )
