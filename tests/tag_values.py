"""Any value of any tag of the podcast namespace, made from its form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st

from feeds.formats import LONGEST
from feeds.podcasting import spellings
from feeds.podcasting.forms import Form, Key, Spelling
from feeds.podcasting.places import Place
from feeds.tables.values import MEDIUMS

# What no XML document can carry is refused in tables; white space at the ends of a value means nothing.
_letters = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")


def texts(most: int) -> st.SearchStrategy[str]:
    """Any text that says something."""
    return st.text(_letters, max_size=min(most, 30)).map(str.strip).map(lambda text: text or "x")


_hosts = st.sampled_from(["example.org", "a.example:8080", "xn--kln-sna.example"])
_paths = st.text("aB9/._~-", max_size=12)
_urls = st.builds("https://{}/{}{}".format, _hosts, _paths, st.just("") | st.text("a=&1", max_size=8).map("?{}".format))
_ascii = st.text("abcdxyz", min_size=1, max_size=8)
_moments = st.datetimes(
    dt.datetime(1970, 1, 2),
    dt.datetime(2099, 12, 30),
    timezones=st.integers(-840, 840).map(lambda minutes: dt.timezone(dt.timedelta(minutes=minutes))),
).map(lambda moment: moment.replace(microsecond=0))
_numbers = st.decimals(0, 1_000_000, allow_nan=False, allow_infinity=False, places=8).map(Decimal.normalize)

_STRATEGIES: Mapping[int, st.SearchStrategy[Any]] = {
    id(spelling): strategy
    for spelling, strategy in (
        (spellings.TEXT, texts(400)),
        (spellings.LABEL, texts(128)),
        (spellings.SHORT_LABEL, texts(32)),
        (spellings.FREE_TEXT, texts(4000)),
        (spellings.NAME, texts(128).map(str.lower)),
        (spellings.URL, _urls),
        (spellings.SOURCE, _urls),
        (spellings.URI, _urls | _ascii.map("ipfs:{}".format)),
        (spellings.EMAIL, st.builds("{}@{}.example".format, _ascii, _ascii)),
        (spellings.TYPE, st.builds("{}/{}".format, st.sampled_from(["audio", "video", "image"]), _ascii)),
        (spellings.LANGUAGE, st.sampled_from(["en", "ko", "pt-BR", "zh-Hant-TW"])),
        (spellings.COUNTRY, st.sampled_from(["GB", "KR", "DE"])),
        (spellings.GEO, st.builds("geo:{},{}".format, st.integers(-90, 90), st.integers(-180, 180))),
        (spellings.OSM, st.builds("{}{}".format, st.sampled_from("NWR"), st.integers(1, 10**9))),
        (spellings.RULE, st.sampled_from(["FREQ=WEEKLY;BYDAY=MO,WE", "FREQ=DAILY;COUNT=9", "FREQ=MONTHLY"])),
        (spellings.RATIO, st.builds("{}/{}".format, st.integers(1, 99), st.integers(1, 99))),
        (spellings.UUID, st.uuids().map(str)),
        (spellings.MEDIUM, st.sampled_from(MEDIUMS)),
        (spellings.WHOLE, st.integers(0, 2**62)),
        (spellings.NUMBER, _numbers),
        (spellings.TIME, st.integers(0, LONGEST - 1)),
        (spellings.MOMENT, _moments),
        (spellings.DATE, _moments),
        (spellings.FLAG, st.booleans()),
        (spellings.ANSWER, st.booleans()),
    )
}


@cache
def values_of(form: Form[Any]) -> st.SearchStrategy[Any]:
    """Any value of a tag with which nothing is wrong, none with a file of the author's."""
    fields = {key.name: _values_of_key(key) for key in form.keys if key.attribute is not None}
    for inner in form.inner:
        one = values_of(inner.form)
        fields[inner.name] = st.none() | one if inner.single else st.lists(one, max_size=3).map(tuple)
    return st.builds(form.make, **fields).filter(lambda value: not form.find_fault(value))


def _values_of_key(key: Key) -> st.SearchStrategy[Any]:
    any_value = _find_strategy(key.spelling)
    return any_value if key.remedy else st.just(key.default) | any_value


def _find_strategy(spelling: Spelling[Any]) -> st.SearchStrategy[Any]:
    if (found := _STRATEGIES.get(id(spelling))) is not None:
        return found
    words: Callable[..., Any] = spelling.parse
    return st.sampled_from(words.keywords["words"])  # type: ignore[attr-defined]


def values_at(place: Place) -> st.SearchStrategy[Any]:
    """Anything that a channel or an episode can say at a place."""
    one = values_of(place.form)
    return st.none() | one if place.single else st.lists(one, max_size=2).map(tuple)
