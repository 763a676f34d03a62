"""Language tags."""

from __future__ import annotations

from functools import lru_cache

from langcodes import Language, tag_is_valid
from langcodes.tag_parser import LanguageTagError

_LONGEST = 64
_NO_TAG = "is no language tag: write one such as en or pt-br"
# What people write who take the name of a country or of a language for its code.
_MEANT = {
    "cn": "zh",
    "cz": "cs",
    "dk": "da",
    "english": "en",
    "french": "fr",
    "german": "de",
    "gr": "el",
    "italian": "it",
    "japanese": "ja",
    "jp": "ja",
    "korean": "ko",
    "portuguese": "pt",
    "russian": "ru",
    "spanish": "es",
    "ua": "uk",
}


@lru_cache(maxsize=256)
def find_language_fault(text: str) -> str:
    """What is wrong with a language tag, "" if nothing is: its form, and whether its parts are registered (BCP 47).

    >>> find_language_fault("en"), find_language_fault("zh-Hant-TW"), find_language_fault("es-419")
    ('', '', '')
    >>> find_language_fault("en_US")
    "joins its parts with _: write 'en-US'"
    >>> find_language_fault("jp"), find_language_fault("eng")
    ("is no registered language tag: write 'ja'", "is no registered language tag: write 'en'")
    """
    if not text:
        return "is empty: write a tag such as en or pt-br"
    if len(text) > _LONGEST or not text.isascii():
        return _NO_TAG
    if "_" in text:
        return f"joins its parts with _: write {text.replace('_', '-')!r}"
    if _is_registered(text):
        return ""
    meant = _find_meant(text)
    return (
        f"is no registered language tag: write {meant!r}"
        if meant
        else "is no language tag: write one such as en or pt-br"
    )


def _is_registered(tag: str) -> bool:
    try:
        language = Language.get(tag, normalize=False)
        if language.is_valid() and (not language.extlangs or language.language in _EXTENDED):
            return True
    except (LanguageTagError, ValueError):
        return False
    # Whole tags of the time before BCP 47, which stay valid: i-klingon, art-lojban, en-GB-oed.
    return tag_is_valid(tag) and (tag[:2].lower() == "i-" or tag.lower() in _GRANDFATHERED)


_EXTENDED = frozenset("ar kok lv ms sgn sw uz zh".split())
"""Languages that the register extends by a second part of three letters, as in zh-yue; de-DEU is none."""

_GRANDFATHERED = frozenset(
    "art-lojban cel-gaulish en-gb-oed no-bok no-nyn sgn-be-fr sgn-be-nl sgn-ch-de zh-guoyu zh-hakka zh-min zh-min-nan "
    "zh-xiang".split()
)


def _find_meant(tag: str) -> str:
    """The tag that somebody means, "" if nobody can tell."""
    if tag.lower() in _MEANT:
        return _MEANT[tag.lower()]
    try:
        meant = Language.get(tag)
        return meant.to_tag() if meant.is_valid() and meant.to_tag().lower() != tag.lower() else ""
    except (LanguageTagError, ValueError):
        return ""
