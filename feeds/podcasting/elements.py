"""Tags as feeds have them: elements of XML, read and written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any, TypeVar

from lxml import etree

from feeds.namespaces import PODCAST
from feeds.podcasting.forms import Form, Key

T = TypeVar("T")


def render_values(parent: etree._Element, form: Form[T], values: Iterable[T]) -> None:
    """Append an element for each value."""
    for value in values:
        _render_value(parent, form, value)


def _render_value(parent: etree._Element, form: Form[Any], value: Any) -> None:
    element = etree.SubElement(parent, f"{{{PODCAST}}}{form.tag}")
    for key in form.keys:
        said = getattr(value, key.name)
        if key.attribute is None or (said == key.default and not key.spoken and not key.remedy):
            continue
        text = key.spelling.format_feed(said)
        if key.attribute:
            element.set(key.attribute, text)
        else:
            element.text = text or None
    for inner in form.inner:
        held = getattr(value, inner.name)
        render_values(element, inner.form, held if isinstance(held, tuple) else filter(None, [held]))


def parse_elements(form: Form[T], elements: Iterable[etree._Element]) -> tuple[T, ...]:
    """Read elements of one name; those that lack what is needed, or say it in a wrong way, are left out.

    Of a value that may be missing, a wrong one counts as missing.
    """
    return tuple(_parse_elements(form, elements))


def _parse_elements(form: Form[T], elements: Iterable[etree._Element]) -> Iterator[T]:
    for element in elements:
        with suppress(ValueError):
            yield parse_element(form, element)


def parse_element(form: Form[T], element: etree._Element) -> T:
    """Read an element. Raises ValueError if it lacks what is needed, says it in a wrong way, or contradicts itself."""
    values = {key.name: _parse_key(key, element) for key in form.keys}
    for inner in form.inner:
        held = parse_elements(inner.form, element.iterchildren(f"{{{PODCAST}}}{inner.form.tag}"))
        values[inner.name] = next(iter(held), None) if inner.single else held
    value = form.make(**values)
    if fault := form.find_fault(value):
        raise ValueError(fault)
    return value


def _parse_key(key: Key, element: etree._Element) -> Any:
    written = "" if key.attribute is None else element.get(key.attribute) if key.attribute else element.text
    text = (written or "").strip()
    if not text and key.remedy:
        raise ValueError(key.name)
    if text:
        try:
            return key.spelling.parse_feed(text)
        except ValueError:
            if key.remedy:
                raise
    return key.default
