"""What is wrong with an attribute or the text of a podcast tag, where the table of the namespace alone tells it."""

from __future__ import annotations

from lxml import etree

from feeds.namespaces import PODCAST
from feeds.rulebook.document import find_attribute, find_name, find_text
from feeds.rulebook.forms.numbers import is_number, is_whole
from feeds.rulebook.forms.types import find_type_fault
from feeds.rulebook.places import Attribute, Place
from feeds.rulebook.podcast.tags import TAGS
from feeds.rulebook.rule import Hits
from feeds.rulebook.wording import quote

_OWN_NAME = f"{{{PODCAST}}}"


def find_value(element: etree._Element, attribute: str) -> str:
    """An attribute without white space around it, "" if it is missing or blank; the text if no attribute is named."""
    return find_attribute(element, attribute) if attribute else find_text(element)


def find_misspelt(element: etree._Element, attribute: str) -> str:
    """The name under which an attribute stands that has it in another case or with a prefix, "" if it does not."""
    look = find_look(attribute)
    for name in element.attrib:
        written = str(name)
        if written != attribute and find_look(written.removeprefix(_OWN_NAME)) == look:
            return written
    return ""


def find_look(name: str) -> str:
    """A name without what people get wrong in it: case, joints, the plural."""
    return name.lower().replace("-", "").replace("_", "").removesuffix("s")


def find_missing(element: etree._Element, attribute: str, remedy: str) -> Hits:
    """Find that an attribute is missing, is empty, or has its name in another case; the remedy says what to write."""
    if find_value(element, attribute):
        return
    name = find_name(element)
    if attribute in element.attrib:
        yield Attribute(element, attribute), f"the {attribute} of {name} is empty: {remedy}"
    elif misspelt := find_misspelt(element, attribute):
        written = misspelt.replace(_OWN_NAME, "podcast:")
        yield Attribute(element, misspelt), f"{name} has {written}, which nobody reads: write {attribute}"
    else:
        yield element, f"{name} has no {attribute}: {remedy}"


def find_blank(element: etree._Element, remedy: str) -> Hits:
    """Find that an element has no text; the remedy says what to write."""
    if not find_text(element):
        yield element, f"{find_name(element)} has no text: {remedy}"


def find_too_long(element: etree._Element, attribute: str, what: str) -> Hits:
    """Find that an attribute, or the text if none is named, has more characters than the table grants."""
    text = find_value(element, attribute)
    most = TAGS[find_name(element)].fields[attribute].most
    if len(text) > most:
        message = f"{what} has {len(text):,} characters, where apps may cut it at {most:,}: shorten it"
        yield _find_place(element, attribute), message


def find_malformed(element: etree._Element, attribute: str) -> Hits:
    """Find that an attribute, or the text if none is named, has not the form of the table; blanks are passed over."""
    text = find_value(element, attribute)
    name = find_name(element)
    fault = text and _find_fault(text, name, attribute)
    if fault:
        title = f"the {attribute} of {name}" if attribute else name
        yield _find_place(element, attribute), f"{title} is {quote(text)}, {fault}"


def _find_fault(text: str, name: str, attribute: str) -> str:
    field = TAGS[name].fields[attribute]
    if field.words:
        known = ", ".join(field.words[:-1]) + " or " + field.words[-1] if len(field.words) > 1 else field.words[0]
        return "" if text in field.words else f"which is none of its values: write {known}"
    if field.form == "whole":
        return "" if is_whole(text) else "which is no whole number: write digits alone"
    if field.form in ("number", "seconds"):
        return "" if is_number(text) else "which is no decimal number: write digits, with a point before a fraction"
    if field.form == "type":
        fault = find_type_fault(text)
        return fault and f"which {fault}"
    return ""


def _find_place(element: etree._Element, attribute: str) -> Place:
    return Attribute(element, attribute) if attribute else element
