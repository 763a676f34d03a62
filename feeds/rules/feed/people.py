"""People and languages: e-mail addresses with names, and language tags outside of the channel's own."""

from __future__ import annotations

import re

from lxml import etree

from feeds.rulebook.document import find_name
from feeds.rulebook.forms.emails import is_email, split_named_email
from feeds.rulebook.forms.languages import find_language_fault
from feeds.rulebook.places import Attribute
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Value
from feeds.rulebook.wording import quote

_ANGLES = re.compile(r"([^<>]*)<([^<>@]+@[^<>]+)>")
_EXAMPLE = "ada@example.org (Ada Marsh)"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@rule("email", source="RSS Profile, 3.3; RSS 2.0; W3C validator, EmailFormat", everywhere="warning")
def feed_email_format(value: Value) -> Hits:
    """managingEditor and webMaster read as address@host (Real Name).

    That is the form that RSS gives them; apps do not find the address in another one, or show it as the name.
    """
    text = value.text.strip()
    if not text:
        return
    email, name = split_named_email(text)
    angles = _ANGLES.fullmatch(text[:400])
    if angles and is_email(angles[2].strip()):
        name = angles[1].strip(' "') or "Name"
        written = f"{angles[2].strip()} ({name})"
        yield value.place, f"{value.title} is {quote(text)}: write {written}"
    elif text.lower().startswith("mailto:"):
        yield value.place, f"{value.title} is {quote(text)}: write the address without mailto:, as in {_EXAMPLE}"
    elif not is_email(email):
        yield value.place, f"{value.title} is {quote(text)}, where an e-mail address is expected: write {_EXAMPLE}"
    elif not name:
        yield value.place, f"{value.title} is {quote(text)} without a name: write {email} (Name)"


@rule("language", "<rss>", "<channel>", "<item>", source="BCP 47; W3C validator, InvalidLanguage", everywhere="warning")
def feed_language_invalid(subject: Value | etree._Element) -> Hits:
    """A language in dc:language or xml:lang is a tag of BCP 47, such as en or pt-br.

    Apps take another one for no language.
    """
    if isinstance(subject, Value):
        place, name, text = subject.place, subject.title, subject.text.strip()
    else:
        written = subject.get(_LANGUAGE)
        place, name, text = Attribute(subject, _LANGUAGE), f"xml:lang of {find_name(subject)}", (written or "").strip()
    if text and (fault := find_language_fault(text)):
        yield place, f"{name} is {quote(text)}, which {fault}"
