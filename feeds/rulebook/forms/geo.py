"""Places on a map: geo URIs, coordinates, and objects of OpenStreetMap."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from feeds.rulebook.forms.numbers import parse_number

MOST_LATITUDE, MOST_LONGITUDE = 90, 180
"""Degrees from the equator to a pole, and from Greenwich half around the earth (RFC 5870, section 3.4.2)."""

_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?"
_PARAMETER = r";(?!(?:u|crs)=)[A-Za-z0-9-]+(?:=(?:[\[\]:&+$A-Za-z0-9_.!~*'()-]|%[0-9A-Fa-f]{2})+)?"
# RFC 5870, section 3.3; scheme and names of parameters in any case.
_GEO = re.compile(
    rf"geo:(?P<latitude>{_NUMBER}),(?P<longitude>{_NUMBER})(?:,{_NUMBER})?"
    rf"(?:;crs=(?P<system>[A-Za-z0-9-]+))?(?:;u=(?P<uncertainty>[0-9]+(?:\.[0-9]+)?))?(?:{_PARAMETER})*",
    re.IGNORECASE,
)
_OSM = re.compile(r"[NWR][0-9]+(?:#[0-9]+)?")
_LONGEST = 200


class Point(NamedTuple):
    """A point on earth, in degrees as written; uncertainty in metres, None if not given; the reference system or ""."""

    latitude: str
    longitude: str
    uncertainty: float | None
    system: str


@lru_cache(maxsize=1024)
def parse_geo(text: str) -> Point | None:
    """Read a geo URI; None if it is none.

    >>> parse_geo("geo:60.39,5.32;u=35")
    Point(latitude='60.39', longitude='5.32', uncertainty=35.0, system='')
    >>> parse_geo("60.39,5.32") is None, parse_geo("geo:60.39, 5.32") is None
    (True, True)
    """
    match = _GEO.fullmatch(text) if len(text) <= _LONGEST else None
    if not match:
        return None
    uncertainty = parse_number(match["uncertainty"]) if match["uncertainty"] else None
    return Point(match["latitude"], match["longitude"], uncertainty, (match["system"] or "").lower())


def find_range_faults(point: Point) -> tuple[str, ...]:
    """What is wrong with the degrees of a point on the globe; of other reference systems nothing is known.

    >>> find_range_faults(parse_geo("geo:5.32,190"))
    ("the longitude '190' is beyond 180 degrees",)
    """
    if point.system not in ("", "wgs84"):
        return ()
    both = (("latitude", point.latitude, MOST_LATITUDE), ("longitude", point.longitude, MOST_LONGITUDE))
    return tuple(
        f"the {name} {written[:40]!r} is beyond {most} degrees"
        for name, written, most in both
        if not is_degree(written, most)
    )


def is_degree(text: str, most: int) -> bool:
    """Say whether a text is a decimal number of degrees that lies no further than `most` from zero.

    >>> is_degree("-90", MOST_LATITUDE), is_degree("91", MOST_LATITUDE), is_degree("5° 19'", MOST_LONGITUDE)
    (True, False, False)
    """
    number = parse_number(text)
    return number is not None and -most <= number <= most


def is_osm(text: str) -> bool:
    """Say whether a text names an object of OpenStreetMap: N, W or R, its number, perhaps # and a revision.

    >>> is_osm("R7444"), is_osm("N240109189#2"), is_osm("7444")
    (True, True, False)
    """
    return _OSM.fullmatch(text) is not None
