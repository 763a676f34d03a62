"""How an XML element comes to be: lxml escapes whatever it is given."""

from __future__ import annotations

from lxml import etree


def add_element(
    parent: etree._Element, namespace: str, name: str, text: str = "", /, **attributes: str
) -> etree._Element:
    """Append an element; an attribute that is "" is left out, and a namespace of "" is none."""
    element = etree.SubElement(parent, f"{{{namespace}}}{name}" if namespace else name)
    if text:
        element.text = text
    for key, value in attributes.items():
        if value:
            element.set(key, value)
    return element
