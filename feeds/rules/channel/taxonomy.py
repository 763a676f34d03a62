"""The categories of Apple's, those of today and of the time before, and what is wrong with one that a feed names."""

from __future__ import annotations

import difflib
import html
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from feeds.rulebook.wording import quote
from feeds.settings.categories import CATEGORIES

_FORMER = {
    # In use until August 2019
    "Arts": "Literature",
    "Business": "Management & Marketing, Shopping",
    "Education": "Education Technology, Higher Education, K-12, Language Courses, Training",
    "Games & Hobbies": "Automotive, Aviation, Hobbies, Other Games, Video Games",
    "Government & Organizations": "Local, National, Non-Profit, Regional",
    "Health": "Alternative Health, Fitness & Nutrition, Self-Help, Sexuality",
    "News & Politics": "",
    "Religion & Spirituality": "Other",
    "Science & Medicine": "Medicine, Natural Sciences, Social Sciences",
    "Society & Culture": "History",
    "Sports & Recreation": "Amateur, College & High School, Outdoor, Professional",
    "Technology": "Gadgets, Podcasting, Software How-To, Tech News",
    # In use in 2005
    "Arts & Entertainment": (
        "Architecture, Books, Design, Entertainment, Games, Performing Arts, Photography, Poetry, Science Fiction"
    ),
    "Audio Blogs": "",
    "Family": "",
    "Food": "",
    "International": (
        "Australian, Belgian, Brazilian, Canadian, Chinese, Dutch, French, German, Hebrew, Italian, Japanese, "
        "Norwegian, Polish, Portuguese, Spanish, Swedish"
    ),
    "Movies & Television": "",
    "Politics": "",
    "Public Radio": "",
    "Talk Radio": "",
    "Transportation": "Automotive, Aviation, Bicycles, Commuting",
    "Travel": "",
}
# Names that stood in either list of former days beside the present ones.
_FORMER_OF_2005 = {
    "Business": "Finance, News",
    "Health": "Diet & Nutrition, Fitness, Relationships",
    "Religion & Spirituality": "New Age, Philosophy",
    "Technology": ("Computers, Developers, Information Technology, News, Operating Systems, Smart Phones, Text/Speech"),
}
FORMER = {
    name: tuple(filter(None, f"{listed}, {_FORMER_OF_2005.get(name, '')}".split(", ")))
    for name, listed in _FORMER.items()
}
"""The categories of the time before August 2019, each with those of its subcategories that are none any more."""

_PARENTS: dict[str, list[str]] = {}
for _category, _subcategories in CATEGORIES.items():
    for _subcategory in _subcategories:
        _PARENTS.setdefault(_subcategory, []).append(_category)

_AND = re.compile(r"[&+]|\band\b", re.IGNORECASE)


class CategoryFault(NamedTuple):
    """What is wrong with a category: `unknown`, `case`, `ampersand`, `obsolete`, `at-top` or `wrong-parent`."""

    kind: str
    message: str


@lru_cache(maxsize=256)
def find_category_fault(text: str) -> CategoryFault | None:
    """What is wrong with a category that stands right in the channel; None if nothing is.

    >>> find_category_fault("Science") is None, find_category_fault("Philosophy").kind
    (True, 'at-top')
    >>> find_category_fault("science").message
    "'science' is spelt otherwise by Apple: write 'Science'"
    """
    if text in CATEGORIES:
        return None
    if html.unescape(text) != text:
        return _find_escaped(text)
    if text in _PARENTS:
        parent = _PARENTS[text][0]
        return CategoryFault("at-top", f"{quote(text)} is a subcategory: put it into one with text={quote(parent)}")
    if text in FORMER:
        return CategoryFault("obsolete", f"{quote(text)} is no category since 2019: choose one of today's")
    return _find_spelling(text, (*CATEGORIES, *_PARENTS)) or _find_unknown(text, CATEGORIES)


@lru_cache(maxsize=256)
def find_subcategory_fault(text: str, category: str) -> CategoryFault | None:
    """What is wrong with a category that stands in another; None if nothing is, or if the outer one is unknown.

    >>> find_subcategory_fault("Philosophy", "Society & Culture") is None
    True
    >>> find_subcategory_fault("Philosophy", "Science").message
    "'Philosophy' is no subcategory of 'Science': it belongs into 'Society & Culture'"
    """
    parent = _resolve(category)
    if not parent or text in CATEGORIES.get(parent, ()):
        return None
    if html.unescape(text) != text:
        return _find_escaped(text)
    if text in FORMER.get(parent, ()):
        return CategoryFault("obsolete", f"{quote(text)} is no subcategory of {quote(parent)} since 2019: leave it out")
    if spelling := _find_spelling(text, CATEGORIES.get(parent, ())):
        return spelling
    if text in _PARENTS:
        message = f"{quote(text)} is no subcategory of {quote(parent)}: it belongs into {quote(_PARENTS[text][0])}"
        return CategoryFault("wrong-parent", message)
    if text in CATEGORIES:
        message = f"{quote(text)} is a category of its own: take it out of {quote(parent)}"
        return CategoryFault("wrong-parent", message)
    return _find_spelling(text, _PARENTS) or _find_unknown(text, CATEGORIES.get(parent) or _PARENTS)


def _resolve(category: str) -> str:
    """The category that is meant, "" if nobody can tell."""
    if category in CATEGORIES or category in FORMER:
        return category
    return _BY_LOOK.get(_find_look(html.unescape(category)), "")


def _find_escaped(text: str) -> CategoryFault:
    plain = html.unescape(html.unescape(text))
    message = f"{quote(plain)} is escaped twice: write {plain.replace('&', '&amp;')!r} in the XML, with one amp;"
    return CategoryFault("ampersand", message)


def _find_spelling(text: str, names: Iterable[str]) -> CategoryFault | None:
    """A name that is written almost as one of these."""
    look = _find_look(text)
    for name in names:
        if _find_look(name) == look:
            if " ".join(text.split()).casefold() == name.casefold():
                return CategoryFault("case", f"{quote(text)} is spelt otherwise by Apple: write {quote(name)}")
            return CategoryFault(
                "ampersand", f"{quote(text)} lacks its ampersand: write {name.replace('&', '&amp;')!r}"
            )
    return None


def _find_unknown(text: str, names: Iterable[str]) -> CategoryFault:
    near = difflib.get_close_matches(text[:100], tuple(names), n=1)
    remedy = f"did you mean {quote(near[0])}?" if near else f"choose one of {', '.join(list(names)[:5])} and so on"
    return CategoryFault("unknown", f"{quote(text)} is no category of Apple's: {remedy}")


def _find_look(name: str) -> str:
    """How a name looks without its case and whatever stands for "and"."""
    return " ".join(_AND.sub(" ", name[:100]).casefold().split())


_BY_LOOK = {_find_look(name): name for name in CATEGORIES}
