"""The document: its bytes, its encoding, its XML."""

from __future__ import annotations

from feeds.rulebook.document import Document, ParserFault
from feeds.rulebook.places import Offset
from feeds.rulebook.rule import Hits, rule

_UNDECLARED_ENTITY = "ERR_UNDECLARED_ENTITY"
_OTHER_RULES = frozenset((_UNDECLARED_ENTITY, "NS_ERR_UNDEFINED_NAMESPACE", "ERR_RESERVED_XML_NAME"))
_MOST = 20
"""How many faults of the parser are told: after the first, many only follow from it."""


@rule("document", source="RSS 2.0, What is RSS; RSS Profile, 1; XML 1.0, 2.1", everywhere="error")
def feed_not_well_formed(document: Document) -> Hits:
    """The document parses as well-formed XML 1.0.

    Apps refuse a whole feed for one tag that is not closed or one & that stands alone.
    """
    faults = [fault for fault in document.faults if fault.type not in _OTHER_RULES]
    for fault in faults[:_MOST]:
        yield Offset(find_offset(document, fault)), f"{fault.message.rstrip('.')}: the XML breaks here"
    if document.root is None and not faults:
        yield Offset(0), "there is no element at all: a feed begins with <rss"


@rule("document", source="W3C validator, UndefinedNamedEntity; XML 1.0, 4.1", everywhere="error")
def feed_undefined_entity(document: Document) -> Hits:
    """Outside of CDATA only &amp; &lt; &gt; &quot; &apos; and numbers such as &#160; are used.

    HTML has names such as &nbsp;, XML does not know them: many readers refuse the feed, others lose the character.
    """
    for fault in document.faults:
        if fault.type == _UNDECLARED_ENTITY:
            name = fault.message.split("'")[1] if "'" in fault.message else "?"
            message = f"&{name}; means nothing in XML: write the character itself, or its number"
            yield Offset(find_offset(document, fault)), message


def find_offset(document: Document, fault: ParserFault) -> int:
    """The byte at which the parser stood."""
    text, at = document.source.text, 0
    for _ in range(fault.line - 1):
        at = text.find(b"\n", at) + 1
    return at + max(0, fault.column - 1)
