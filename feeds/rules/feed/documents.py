"""The document: its XML, and what stands before it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from feeds.rulebook.document import Document, ParserFault, find_line_start
from feeds.rulebook.places import Offset
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.source import find_web_page
from feeds.rulebook.wording import quote

_UNDECLARED_ENTITY = "ERR_UNDECLARED_ENTITY"
_CDATA_END = "ERR_MISPLACED_CDATA_END"
_LATE_DECLARATION = "ERR_RESERVED_XML_NAME"
_OTHER_RULES = frozenset(
    (
        _UNDECLARED_ENTITY,
        _CDATA_END,
        "ERR_UNKNOWN_ENCODING",
        "ERR_UNSUPPORTED_ENCODING",
        "NS_ERR_UNDEFINED_NAMESPACE",
        "WAR_NS_URI",
        "WAR_NS_URI_RELATIVE",
        "WAR_UNKNOWN_VERSION",
    )
)
_TAGS = frozenset(("ERR_TAG_NAME_MISMATCH", "ERR_TAG_NOT_FINISHED", "ERR_GT_REQUIRED"))
_NAMED = re.compile(r"(?<!\S)(\S+) line ([0-9]+)(?: and (\S+))?")
_WORDS = {
    "ERR_ENTITYREF_SEMICOL_MISSING": "an & stands alone: write &amp;",
    "ERR_LT_IN_ATTRIBUTE": "a < stands in an attribute: write &lt;",
    "ERR_ATTRIBUTE_NOT_STARTED": "an attribute has no quotation marks: put its value into them",
    "ERR_DOCUMENT_EMPTY": "here stands no XML: a feed begins with <rss",
    "ERR_ATTRIBUTE_REDEFINED": "an attribute stands twice in one tag: keep one",
}
"""What the parser means, where it says so in words of its own."""

_MOST = 20
"""How many faults of the parser are told: after the first, many only follow from it."""

_LONGEST_MESSAGE = 120
"""Characters of what the parser says; it quotes all that it has not understood."""

_FOR_PROGRAMMERS = ", use XML_PARSE_HUGE option"

_UNFINISHED = {
    "ERR_CDATA_NOT_FINISHED": b"<![CDATA[",
    "ERR_COMMENT_NOT_FINISHED": b"<!--",
    "ERR_PI_NOT_FINISHED": b"<?",
}
_MISMATCH = re.compile(r"mismatch: (\S{1,100}) line ([0-9]{1,9}) and (\S{1,100})")

_DECLARATION = re.compile(rb"<\?xml\s([^>]*?)\?>")
_FIELD = re.compile(rb"""\b(version|encoding)\s*=\s*["']([^"'>]*)["']""")
_HEAD = 10_000
"""Bytes within which a declaration that comes late is looked for."""

_ENTITY = re.compile(rb"<!ENTITY\s+([^\s%\"'>]+)")


@rule("document", source="RSS 2.0, What is RSS; RSS Profile, 1; XML 1.0, 2.1", everywhere="error")
def feed_not_well_formed(document: Document) -> Hits:
    """The document parses as well-formed XML 1.0.

    Apps refuse a whole feed for one tag that is not closed or one & that stands alone.
    """
    if find_web_page(document.source) >= 0:
        return  # that it is no feed at all is a fault of its own
    if document.source.forbidden >= 0:
        yield Offset(document.source.forbidden), "a control character, which XML does not allow: take it out"
    if document.root is None and _find_leading(document):
        return
    # Behind what stands before a declaration, that is a fault of its own.
    others = _OTHER_RULES | {_LATE_DECLARATION} if _find_leading(document) else _OTHER_RULES
    mended, rest = document.faults[: document.mended], document.faults[document.mended :]
    faults = [*mended, *_drop_consequences(fault for fault in rest if fault.type not in others)]
    for fault in faults[:_MOST]:
        yield Offset(_find_cause(document, fault)), _tell(fault)
    if document.root is None and not faults:
        yield Offset(0), "there is no element at all: a feed begins with <rss"


def _drop_consequences(faults: Iterable[ParserFault]) -> list[ParserFault]:
    """The faults without those that follow from an earlier one: where one tag is not closed, no other closes right."""
    kept: list[ParserFault] = []
    is_told = False
    for fault in faults:
        follows = bool(kept) and fault.type == "ERR_GT_REQUIRED" and kept[-1].line == fault.line
        if follows and kept[-1].type == "ERR_NAME_REQUIRED":
            kept[-1] = fault  # that names the tag
        elif fault.type not in _TAGS or not (is_told or follows):
            kept.append(fault)
        is_told = is_told or fault.type in _TAGS
    return kept


def _tell(fault: ParserFault) -> str:
    """What is wrong, and what to do, in the words of the one who writes feeds."""
    names = _NAMED.search(fault.message)
    if "EntityRef: no name" in fault.message:
        return _WORDS["ERR_ENTITYREF_SEMICOL_MISSING"]
    if fault.type in _TAGS and names:
        opened = f"<{names[1]}> of line {names[2]}"
        if fault.type == "ERR_GT_REQUIRED":
            return f"the tag {opened} does not end: write > behind it"
        if fault.type == "ERR_TAG_NOT_FINISHED":
            return f"the document ends before {opened} does: write </{names[1]}>"
        return f"</{names[3]}> stands where {opened} is still open: write </{names[1]}> before it, or take it out"
    told = fault.message.removesuffix(_FOR_PROGRAMMERS)
    said = " ".join(told[:_LONGEST_MESSAGE].split()).rstrip(".")
    return _WORDS.get(fault.type, f"{said}: the XML breaks here, apps refuse the whole feed")


@rule("document", source="XML 1.0, 2.8; W3C validator, WPBlankLine", everywhere="error")
def feed_xml_leading_content(document: Document) -> Hits:
    """Nothing stands before the XML declaration, not even a blank line.

    A declaration is one only at the very beginning. Parsers refuse the whole feed for a line break before it, which is
    most often printed by a plugin or stands at the top of a template.
    """
    leading = _find_leading(document)
    if leading:
        found = quote(leading) if leading.strip() else "white space"
        yield Offset(0), f"{found} stands before <?xml: let the file begin with it"


@rule("document", source="Apple 823; PSP-1, Required RSS Namespace Declarations; XML 1.0, 2.8", everywhere="warning")
def feed_xml_declaration_missing(document: Document) -> Hits:
    """The file opens with an XML declaration that names version 1.0 and UTF-8.

    Apple asks for it, and some readers guess the encoding wrong where it is not named.
    """
    text = document.source.text
    expected = 'write <?xml version="1.0" encoding="UTF-8"?>'
    declaration = _DECLARATION.search(text, 0, _HEAD)
    if document.root is None or (declaration is None and _find_leading(document)):
        return
    if declaration is None:
        yield Offset(0), f"the file begins without an XML declaration: {expected}"
        return
    fields = dict(_FIELD.findall(declaration[1]))
    version = fields.get(b"version", b"").decode("utf-8", "replace")
    if version != "1.0":
        yield Offset(declaration.start()), f"the XML declaration has the version {quote(version)}: {expected}"
    elif not document.source.declared:
        yield Offset(declaration.start()), f"the XML declaration names no encoding: {expected}"


@rule("document", source="W3C validator, UndefinedNamedEntity; XML 1.0, 4.1", everywhere="error")
def feed_undefined_entity(document: Document) -> Hits:
    """Outside of CDATA only &amp; &lt; &gt; &quot; &apos; and numbers such as &#160; are used.

    HTML has names such as &nbsp;, XML does not know them: many readers refuse the feed, others lose the character.
    """
    declared = {name.decode("utf-8", "replace") for name in _ENTITY.findall(document.source.doctype)}
    for fault in document.faults:
        if fault.type == _UNDECLARED_ENTITY:
            name = fault.message.split("'")[1] if "'" in fault.message else "?"
            if name not in declared:
                message = f"&{name}; means nothing in XML: write the character itself, or its number"
                yield Offset(find_offset(document, fault)), message


@rule("document", source="XML 1.0, 2.4 and 2.7; RSS Profile, 4.1.1.20.4", everywhere="error")
def item_description_cdata_end(document: Document) -> Hits:
    """Text in CDATA does not hold the characters ]]>, which end it.

    What follows is read as XML: the rest of the notes is lost, or the whole feed is refused. Show notes about XML or
    JavaScript are split there into two sections.
    """
    for fault in document.faults:
        if fault.type == _CDATA_END:
            message = "]]> stands in the text, where it ends a CDATA section: write ]]]]><![CDATA[> or ]]&gt; for it"
            yield Offset(find_offset(document, fault)), message


@rule("document", source="W3C validator, ContainsSystemEntity and InvalidDoctype", everywhere="warning")
def feed_doctype_present(document: Document) -> Hits:
    """There is no document type declaration.

    RSS 2.0 has none. Parsers do not follow what it refers to, as it can make them read other files or run out of
    memory, and many refuse the whole feed.
    """
    doctype = document.source.doctype
    if doctype:
        if b"<!ENTITY" in doctype:
            found = "a DOCTYPE declares entities, which readers do not expand"
        elif re.search(rb"\b(?:SYSTEM|PUBLIC)\b", doctype):
            found = "a DOCTYPE refers to another file, which readers do not fetch"
        else:
            found = "there is a DOCTYPE, which RSS 2.0 does not have"
        yield Offset(document.source.doctype_at), f"{found}: take it out"


def _find_cause(document: Document, fault: ParserFault) -> int:
    """Where a fault was made, which may be far before the parser noticed: a tag that nothing closes."""
    text, noticed = document.source.text, find_offset(document, fault)
    if fault.type in _UNFINISHED:
        return max(text.rfind(_UNFINISHED[fault.type], 0, noticed), 0) or noticed
    mismatch = _MISMATCH.search(fault.message)
    if mismatch and mismatch[1].casefold() != mismatch[3].casefold():
        name = re.escape(mismatch[3].encode())
        opened = len(re.findall(rb"<%s[\s>]" % name, text[:noticed]))
        closed = len(re.findall(rb"</%s[\s>]" % name, text[:noticed]))
        if opened >= closed:  # the end that was met is right, so that of the other tag is missing
            tag = re.compile(rb"<%s[\s/>]" % re.escape(mismatch[1].encode()))
            start = find_offset(document, ParserFault("", int(mismatch[2]), 1, ""))
            return found.start() if (found := tag.search(text, start)) else noticed
    return noticed


def find_offset(document: Document, fault: ParserFault) -> int:
    """The byte at which the parser stood."""
    return find_line_start(document.source.text, fault.line) + max(0, fault.column - 1)


def _find_leading(document: Document) -> str:
    """What stands before an XML declaration."""
    text = document.source.text
    start = text.find(b"<?xml", 0, _HEAD)
    late = document.root is None or any(fault.type == _LATE_DECLARATION for fault in document.faults)
    if not late or start <= 0 or not text[start + len("<?xml") :][:1].isspace():
        return ""
    return text[:start].decode("utf-8", "replace")
