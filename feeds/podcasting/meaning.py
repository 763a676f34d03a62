"""What an element of the namespace says, and what of it a channel or an episode has no place for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from feeds.markup.fragments import find_name
from feeds.markup.meaning import find_wording
from feeds.namespaces import PODCAST
from feeds.podcasting.elements import parse_element
from feeds.podcasting.forms import Form, Inner, Key
from feeds.podcasting.places import CHANNEL, EPISODE_TAGS
from feeds.podcasting.spellings import FLAG, MEDIUM, TYPE, URL, UUID
from feeds.podcasting.tags import LIVE, LOCKED, PERSON, TRANSCRIPT

_PREFIX = f"{{{PODCAST}}}"

# Tags with a key of another kind, as far as they are read; and those that only hold others.
_PLAIN = {
    "guid": (Key("guid", UUID, "", remedy="…"),),
    "medium": (Key("medium", MEDIUM, "", remedy="…"),),
    "podping": (Key("uses_podping", FLAG, "usesPodping", remedy="…"),),
    "chapters": (Key("url", URL, "url", remedy="…"), Key("type", TYPE, "type", remedy="…")),
}
_HOLDERS = {place.within: Inner("held", place.form, single=place.single) for place in CHANNEL if place.within}

_FORMS: dict[str, Form[Any]] = {
    **{place.form.tag: place.form for place in (*CHANNEL, *EPISODE_TAGS)},
    **{form.tag: form for form in (LIVE, LOCKED, PERSON, TRANSCRIPT)},
    **{tag: Form(make=dict, tag=tag, keys=keys) for tag, keys in _PLAIN.items()},
    **{tag: Form(make=dict, tag=tag, keys=(), inner=(inner,)) for tag, inner in _HOLDERS.items()},
}


def find_tag_meaning(element: etree._Element) -> object:
    """What an element says; equal for two that say the same, whatever way they are spelled."""
    form = _find_form(element)
    return find_wording(element) if form is None or find_losses(element) else parse_element(form, element)


def find_losses(element: etree._Element) -> tuple[str, ...]:
    """Why there is more in an element than its value holds, each reason in a few words; none if it holds all."""
    form = _find_form(element)
    return ("it has no place in a record",) if form is None else tuple(_find_losses(form, element))


def _find_form(element: etree._Element) -> Form[Any] | None:
    return _FORMS.get(element.tag.removeprefix(_PREFIX)) if element.tag.startswith(_PREFIX) else None


def _find_losses(form: Form[Any], element: etree._Element) -> Iterator[str]:
    reasons = [*_find_wrong_values(form, element), *_find_wrong_children(form, element)]
    yield from reasons
    try:
        parse_element(form, element)
    except ValueError as error:
        if not reasons:
            yield f"it {str(error).partition(':')[0]}"


def _find_wrong_values(form: Form[Any], element: etree._Element) -> Iterator[str]:
    keys = {key.attribute: key for key in form.keys if key.attribute is not None}
    texts = {str(name): str(value) for name, value in element.attrib.items()}
    texts[""] = "".join(_list_texts(element)).strip()
    for attribute, text in texts.items():
        if attribute not in keys and text:
            yield f"{attribute} is none of its attributes" if attribute else "it holds a text"
    for attribute, key in keys.items():
        text = texts.get(attribute, "").strip()
        if not text and key.remedy:
            yield f"it has no {attribute or 'text'}"
        elif text and not _is_readable(key, text):
            yield f"its {attribute or 'text'} cannot be read"


def _find_wrong_children(form: Form[Any], element: etree._Element) -> Iterator[str]:
    inner = {f"podcast:{one.form.tag}": one for one in form.inner}
    held: set[str] = set()
    for child in element:
        if not isinstance(child.tag, str):
            continue
        name = find_name(child)
        if name not in inner:
            yield f"{name} does not belong in it"
        elif inner[name].single and name in held:
            yield f"it holds several of {name}"
        else:
            yield from (f"in {name}, {reason}" for reason in _find_losses(inner[name].form, child))
        held.add(name)


def _list_texts(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    yield from (child.tail or "" for child in element)


def _is_readable(key: Key, text: str) -> bool:
    try:
        key.spelling.parse_feed(text)
    except ValueError:
        return False
    return True
