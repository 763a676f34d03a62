"""The words of the pages, in the languages for which there is a file, and how each of them writes dates and numbers.

A file is a table of texts. One with braces is filled in: `words.by(author="Ada")`. A table whose keys are plural forms
counts: `words.episodes(3)` (CLDR, "Language Plural Rules"). Other tables are vocabularies, which need not be complete:
`words.kinds.get("person", "…")`.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from feeds.errors import Fault, FeedsError, ThemeError, format_path
from feeds.tables.toml import parse_toml

FOLDER = "words"
"""Where the files stand among the templates."""

ENGLISH = "en"
"""The language that has every word: in others, one may be missing."""

VOCABULARIES = ("kinds", "roles")
"""Tables of names, of which a file has those that it wants."""

_FORMS = ("zero", "one", "two", "few", "many", "other")
_PLACE = re.compile(r"\{(\w+)\}")

Word = str | Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The words of one file; `lines` tells where each of them stands."""

    language: str
    path: str
    words: Mapping[str, Word]
    lines: Mapping[str, int] = field(default_factory=dict)


class Words:
    """What a page says in its language. A word is an attribute; one that takes something in is called."""

    def __init__(self, language: str, words: Mapping[str, Word]) -> None:
        self.language = language
        self._words = words

    def __getattr__(self, name: str) -> Any:
        try:
            word = self._words[name]
        except KeyError:
            raise AttributeError(name) from None
        if isinstance(word, str):
            return word.format if _PLACE.search(word) else word
        return word if name in VOCABULARIES else self._make_counter(word)

    def _make_counter(self, forms: Mapping[str, str]) -> Callable[[int], str]:
        return lambda n: forms.get(self.locale.plural_form(n), forms["other"]).format(n=format_number(n, self.locale))

    @cached_property
    def locale(self) -> Locale:
        """How the language writes dates and numbers."""
        return find_locale(self.language)

    @property
    def direction(self) -> str:
        """Where lines go: "ltr" or "rtl"."""
        return str(self.locale.text_direction)


class Wordings:
    """The words in every language that has some: the author's own files first."""

    def __init__(self, wordings: Iterable[Wording], site_language: str) -> None:
        self._by_language: dict[str, list[Wording]] = {}
        for wording in wordings:
            self._by_language.setdefault(wording.language.lower(), []).append(wording)
        self._site_language = site_language
        self._found: dict[str, Words] = {}

    def find(self, language: str) -> Words:
        """Find the words for a page, "" for one in the language of the site; what a language lacks is in English."""
        language = language or self._site_language
        if language not in self._found:
            self._found[language] = Words(language, self._merge(language))
        return self._found[language]

    def find_warnings(self, languages: Iterable[str], folder: Path) -> Iterator[Fault]:
        """Find the words that are missing in the languages of a site; `folder` is where its author's files stand."""
        every = self._merge(ENGLISH)
        for language in sorted({language for language in languages if language}):
            files = [wording for tag in _find_chain(language) for wording in self._by_language.get(tag, ())]
            if not files:
                path = format_path(folder / f"{_find_chain(language)[-1]}.toml")
                message = f"is missing, so pages in {language!r} have English words around them: copy en.toml there"
                yield Fault(path=path, message=message)
                continue
            known = {key for wording in files for key in wording.words}
            for key in every:
                if key not in known and key not in VOCABULARIES:
                    yield Fault(path=files[0].path, message=f"has no {key!r}: English stands for it")

    def find_faults(self) -> Iterator[Fault]:
        """Find words that nothing shows, or that cannot be filled in."""
        every = self._merge(ENGLISH)
        for wordings in self._by_language.values():
            for wording in wordings:
                for key, word in wording.words.items():
                    if message := _check_word(key, word, every):
                        yield Fault(path=wording.path, line=wording.lines.get(key, 0), message=message)

    def _merge(self, language: str) -> dict[str, Word]:
        chain = _find_chain(language)
        if not any(tag in self._by_language for tag in chain):
            chain += _find_chain(self._site_language)
        merged: dict[str, Word] = {}
        for tag in (ENGLISH, *reversed(chain)):
            for wording in reversed(self._by_language.get(tag, ())):
                for key, word in wording.words.items():
                    under = merged.get(key)
                    joined = key in VOCABULARIES and isinstance(under, Mapping) and isinstance(word, Mapping)
                    merged[key] = {**under, **word} if joined else word  # type: ignore[dict-item]
        return merged


def read_wordings(folders: Iterable[Path], site_language: str) -> Wordings:
    """Read the files of words in some folders of templates, the author's first.

    Raises ThemeError with every fault of every file.
    """
    wordings, faults = [], list[Fault]()
    for folder in folders:
        for file in sorted((folder / FOLDER).glob("*.toml")):
            try:
                wordings.append(parse_wording(file.read_text(encoding="utf-8"), file.stem, format_path(file)))
            except UnicodeDecodeError:
                faults.append(Fault(path=format_path(file), message="is not UTF-8: save the file in that encoding"))
            except FeedsError as error:
                faults += error.faults
    found = Wordings(wordings, site_language)
    faults += [] if faults else found.find_faults()
    if faults:
        raise ThemeError(faults)
    return found


def parse_wording(text: str, language: str, path: str) -> Wording:
    """Read the text of a file of words; `language` is that in its name. Raises FeedsError."""
    toml = parse_toml(text, path)
    words: dict[str, Word] = {}
    faults = []
    for key, word in toml.data.items():
        if isinstance(word, str) or (isinstance(word, dict) and all(isinstance(form, str) for form in word.values())):
            words[key] = word
        else:
            faults.append(Fault(path=path, line=toml.locate(key), message=f"{key}: is neither text nor plural forms"))
    if faults:
        raise FeedsError(faults)
    return Wording(language=language, path=path, words=words, lines=toml.lines)


@cache
def find_locale(language: str) -> Locale:
    """How a language writes dates and numbers; English where nobody knows.

    >>> find_locale("de-AT").language, find_locale("zh-Hant-TW").script, find_locale("xx").language
    ('de', 'Hant', 'en')
    """
    for tag in _find_chain(language):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale(ENGLISH)


def format_day(moment: dt.datetime, zone: dt.tzinfo, language: str = ENGLISH) -> str:
    """Write a date for people, as it was in a time zone.

    >>> noon = dt.datetime(2026, 5, 12, 12, tzinfo=dt.UTC)
    >>> [format_day(noon, dt.UTC, language) for language in ("en", "de", "ko", "ja")]
    ['12 May 2026', '12. Mai 2026', '2026년 5월 12일', '2026年5月12日']
    """
    return _format_date(moment.astimezone(zone).date(), language)


def format_moment(moment: dt.datetime, zone: dt.tzinfo, language: str = ENGLISH) -> str:
    """Write a moment for people, as it is in a time zone, to the minute.

    >>> format_moment(dt.datetime(2026, 6, 1, 18, tzinfo=dt.UTC), dt.UTC)
    '1 June 2026, 18:00 UTC'
    """
    return f"{format_day(moment, zone, language)}, {_format_time(moment, zone, language)}"


def format_end(moment: dt.datetime, start: dt.datetime, zone: dt.tzinfo, language: str = ENGLISH) -> str:
    """Write the end of what begins at a moment, without the day if that is the same.

    >>> format_end(dt.datetime(2026, 6, 1, 19, tzinfo=dt.UTC), dt.datetime(2026, 6, 1, 18, tzinfo=dt.UTC), dt.UTC)
    '19:00 UTC'
    """
    whole = format_moment(moment, zone, language)
    return whole.removeprefix(f"{format_day(start, zone, language)}, ")


def format_number(number: float, locale: Locale) -> str:
    """Write a number for people.

    >>> format_number(1234.5, Locale("de"))
    '1.234,5'
    """
    return str(format_decimal(number, "#,##0.#", locale))


@lru_cache(maxsize=4096)
def _format_date(day: dt.date, language: str) -> str:
    # The day first, as most of the world reads it, unless the tag says America.
    locale = find_locale("en-GB" if language.lower() == ENGLISH else language)
    return str(format_date(day, "long", locale))


def _format_time(moment: dt.datetime, zone: dt.tzinfo, language: str) -> str:
    local = moment.astimezone(zone)
    return f"{format_time(local, 'HH:mm', locale=find_locale(language))} {local:%Z}"


def _find_chain(language: str) -> list[str]:
    """A tag, and what it is a kind of.

    >>> _find_chain("zh-Hant-TW")
    ['zh-hant-tw', 'zh-hant', 'zh']
    """
    parts = language.lower().split("-")
    return ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]


def _check_word(key: str, word: Word, every: Mapping[str, Word]) -> str:
    if key not in every:
        near = difflib.get_close_matches(key, every, n=1)
        return f"{key}: is no word of the pages; " + (f"did you mean {near[0]!r}?" if near else "see en.toml")
    model = every[key]
    if key in VOCABULARIES:
        return "" if isinstance(word, Mapping) else f"{key}: is a table of names"
    if isinstance(model, str) != isinstance(word, str):
        return f"{key}: is {'one text' if isinstance(model, str) else 'a table of plural forms'}, as in en.toml"
    if isinstance(word, str):
        return _check_places(key, word, set(_PLACE.findall(str(model))))
    if unknown := [form for form in word if form not in _FORMS]:
        return f"{key}.{unknown[0]}: is no plural form: known are {', '.join(_FORMS)}"
    if "other" not in word:
        return f"{key}: has no form 'other', which stands for all that have none of their own"
    return next(filter(None, (_check_places(f"{key}.{form}", text, {"n"}) for form, text in word.items())), "")


def _check_places(key: str, text: str, known: set[str]) -> str:
    try:
        text.format(**dict.fromkeys(known, ""))
    except (KeyError, IndexError, ValueError, AttributeError):
        places = ", ".join(f"{{{place}}}" for place in sorted(known)) or "none"
        return f"{key}: what can stand in braces here: {places} (a brace itself is doubled)"
    return ""
