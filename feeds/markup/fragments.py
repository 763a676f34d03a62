"""Elements as text: how those that the program has no place for stand in a record, in channel.toml and in the lock.

A fragment is a run of elements. The prefixes that feeds use need no declaration in it; others declare themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

from lxml import etree

from feeds.namespaces import ATOM, KNOWN_PREFIXES

_OPENING = "<rss " + " ".join(f"xmlns:{prefix}={quoteattr(uri)}" for prefix, uri in KNOWN_PREFIXES.items()) + ">"
_CLOSING = "</rss>"


def parse_fragment(text: str) -> tuple[etree._Element, ...]:
    """Read a fragment. Raises ValueError, with the line counted from 1, if it is none.

    >>> [find_name(element) for element in parse_fragment('<itunes:keywords>a, b</itunes:keywords><rating>x</rating>')]
    ['itunes:keywords', 'rating']
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(f"{_OPENING}{text}{_CLOSING}", parser)
    except etree.XMLSyntaxError as error:
        line, message = error.position[0], error.msg.partition(", line ")[0]
        raise ValueError(f"is no XML: {message}, in line {line} of it; write < and & as &lt; and &amp;") from None
    if (root.text or "").strip() or any((element.tail or "").strip() for element in root):
        raise ValueError("holds text outside of any element: write elements alone")
    for element in root:
        element.tail = None
    return tuple(root)


def format_fragment(elements: Iterable[etree._Element]) -> str:
    """Write elements as a fragment, one a line where they hold no line breaks of their own.

    >>> format_fragment(parse_fragment("<itunes:summary>&lt;p&gt;A &amp; B&lt;/p&gt;</itunes:summary>"))
    '<itunes:summary><![CDATA[<p>A & B</p>]]></itunes:summary>'
    """
    root = etree.Element("rss", nsmap=KNOWN_PREFIXES)
    for element in elements:
        copy_element(element, root).tail = "\n"
    text = etree.tostring(root, encoding="unicode")
    return text[text.index(">") + 1 : -len(_CLOSING)].strip() if len(root) else ""


def copy_element(element: etree._Element, parent: etree._Element) -> etree._Element:
    """Append a copy of an element, named as its new parent names things; comments are left behind."""
    namespace = etree.QName(element.tag).namespace
    own = {element.prefix: namespace} if namespace and namespace not in _PREFIX_OF else None
    copy = etree.SubElement(parent, element.tag, nsmap=own)
    for key, value in element.attrib.items():
        copy.set(key, value)
    if element.text:
        # As it would be written by hand; a CDATA section cannot hold its own end.
        marked = ("<" in element.text or "&" in element.text) and "]]>" not in element.text
        copy.text = etree.CDATA(element.text) if marked else element.text
    for child in element:
        if isinstance(child.tag, str):
            copy_element(child, copy).tail = child.tail
        elif child.tail:
            append_text(copy, child.tail)
    return copy


def append_text(element: etree._Element, text: str) -> None:
    """Put text behind all that an element holds."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def find_name(element: etree._Element) -> str:
    """What an element is called: its name with the usual prefix, for a link of Atom with its relation too.

    >>> find_name(parse_fragment('<atom:link rel="self" href="x"/>')[0])
    'atom:link self'
    """
    name = etree.QName(element.tag)
    if not name.namespace:
        return name.localname
    if name.namespace not in _PREFIX_OF:
        return str(element.tag)
    rel = element.get("rel", "") if element.tag == f"{{{ATOM}}}link" else ""
    return f"{_PREFIX_OF[name.namespace]}:{name.localname} {rel}".rstrip()


_PREFIX_OF = {uri: prefix for prefix, uri in KNOWN_PREFIXES.items()}
