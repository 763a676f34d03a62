"""JSON chapters: pictures, links and places."""

from __future__ import annotations

from collections.abc import Iterator

from feeds.rulebook.files.chapters import ChaptersFile
from feeds.rulebook.files.located import Node
from feeds.rulebook.forms.geo import find_range_faults, is_osm, parse_geo
from feeds.rulebook.forms.urls import find_scheme, find_url_fault, is_absolute
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.wording import quote

_LOCAL = frozenset(("about", "blob", "file", "javascript"))


@rule("chapters", source="JSON chapters, 1.2, Chapter Object; RFC 3986, 4.3", apple="error", podcasting2="error")
def chapters_url_invalid(file: ChaptersFile) -> Hits:
    """Where a chapter has "img" or "url", it is an absolute address.

    Apps know no page that a relative address could belong to: the picture stays away, the link leads nowhere.
    """
    for name, member in _find_addresses(file):
        written = str(member.value)
        if not written.strip():
            yield member.spot, f'"{name}" is blank: write an address that begins with https://, or leave it out'
        elif written != written.strip():
            yield member.spot, f'"{name}" is {quote(written)} with white space around it: take it away'
        elif not is_absolute(written):
            yield member.spot, f'"{name}" is {quote(written)}: write the whole address, with https:// and the host'
        elif fault := find_url_fault(written):
            yield member.spot, f'"{name}" is {quote(written)}, which {fault}'
        elif find_scheme(written) in _LOCAL:
            yield member.spot, f'"{name}" is {quote(written)}, which no listener can open: write an address of the web'


@rule("chapters", source="podcast namespace; house", apple="warning", podcasting2="warning")
def chapters_url_not_https(file: ChaptersFile) -> Hits:
    """Pictures and links of chapters begin with https.

    Apps on phones and players on secure pages load nothing over http.
    """
    for name, member in _find_addresses(file):
        written = str(member.value)
        if find_scheme(written) == "http" and written == written.strip() and not find_url_fault(written):
            yield member.spot, f'"{name}" is {quote(written)}: write https, and see that the host answers to it'


@rule("chapters", source="JSON chapters, 1.2, Location Object; RFC 5870, 3.3", podcasting2="error")
def chapters_location_incomplete(file: ChaptersFile) -> Hits:
    """A location has a name, and a geo that is a geo: address.

    Apps draw a map of it and write the name beside; one without the other cannot be shown.
    """
    for chapter in file.chapters:
        location = chapter.node.members.get("location")
        if not location:
            continue
        if not location.is_object:
            yield location.spot, f'"location" is {location.describe()}: it is an object with "name" and "geo"'
            continue
        name, geo = location.members.get("name"), location.members.get("geo")
        if not name:
            yield location.spot, 'the location has no "name": say what the place is called'
        elif not name.text:
            yield name.spot, f"the name of the location is {name.describe()}: say what the place is called"
        if not geo:
            yield location.spot, 'the location has no "geo": add one such as "geo:54.19,7.88"'
        elif fault := _find_geo_fault(geo):
            yield geo.spot, f"the geo of the location {fault}"


@rule("chapters", source="podcast namespace, tag location, osm", podcasting2="error")
def chapters_location_osm_invalid(file: ChaptersFile) -> Hits:
    """Where a location has "osm", it names an object of OpenStreetMap: N, W or R and its number.

    Apps look the place up under it.
    """
    for chapter in file.chapters:
        location = chapter.node.members.get("location")
        osm = location.members.get("osm") if location else None
        if osm and not (isinstance(osm.value, str) and is_osm(osm.value)):
            yield osm.spot, f'"osm" is {osm.describe()}: write N, W or R and the number of the object, such as R3787052'


def _find_addresses(file: ChaptersFile) -> Iterator[tuple[str, Node]]:
    for chapter in file.chapters:
        for name in ("img", "url"):
            member = chapter.node.members.get(name)
            if member and isinstance(member.value, str):
                yield name, member


def _find_geo_fault(geo: Node) -> str:
    point = parse_geo(geo.value) if isinstance(geo.value, str) else None
    if not point:
        return f'is {geo.describe()}: write geo:, latitude, a comma and longitude, such as "geo:54.19,7.88"'
    faults = find_range_faults(point)
    return f"is {geo.describe()}, where {faults[0]}: latitude comes first, then longitude" if faults else ""
