"""People and places: who hosts a show and who is a guest, what an episode is about and where it is made."""

from __future__ import annotations

from lxml import etree

from feeds.rulebook.document import find_text
from feeds.rulebook.forms.countries import find_country_fault
from feeds.rulebook.forms.geo import Point, find_range_faults, is_osm, parse_geo
from feeds.rulebook.forms.urls import leads_nowhere
from feeds.rulebook.places import Attribute
from feeds.rulebook.podcast.fields import find_blank, find_malformed, find_too_long, find_value
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Item
from feeds.rulebook.wording import quote
from feeds.vocabulary import GROUPS, ROLES, ROLES_BY_GROUP

_PERSON = "podcast namespace, tag person"
_ROLES = frozenset((*ROLES, "translater"))  # so it was spelled in the taxonomy for years
_HOSTS = frozenset(("host", "co-host", "guest host"))
_MANY = 20
"""How many persons of a channel are looked through for a host."""

_LOCATION = "podcast namespace, tag location"
_PRECISE = 5
"""Digits behind the point of a degree that tell one house from the next: the fifth is worth a metre."""
_TOWN = 500
"""Metres of uncertainty within which nobody is found."""


@rule("<podcast:person>", source=_PERSON, podcasting2="error")
def podcast_person_name_blank(element: etree._Element) -> Hits:
    """The text of podcast:person is the name of somebody.

    Without it apps show an empty credit, or none.
    """
    yield from find_blank(element, "write the name or alias of the person")


@rule("<podcast:person>", source=_PERSON, podcasting2="warning")
def podcast_person_name_too_long(element: etree._Element) -> Hits:
    """The name of a person has at most 128 characters.

    Directories cut a longer one. Several people are several tags, and a biography stands at the address in href.
    """
    yield from find_too_long(element, "", "the name of the person")


@rule("<podcast:person>", source=f"{_PERSON}; Podcast Taxonomy Project", podcasting2="warning")
def podcast_person_role_unknown(element: etree._Element) -> Hits:
    """The role of a person is one of the taxonomy, in any case; without a role it is the host.

    Apps sort and translate the roles that they know, and show nothing, or the bare word, for others.
    """
    role = find_value(element, "role")
    if role and role.lower() not in _ROLES:
        place = Attribute(element, "role")
        if role.lower() in GROUPS:
            yield place, f"the role {quote(role)} is a group: write it as group, and a role of that group as role"
        else:
            yield (
                place,
                f"the role {quote(role)} is none of the taxonomy: write one of its {len(ROLES)}, such as host or guest",
            )


@rule("<podcast:person>", source=f"{_PERSON}; Podcast Taxonomy Project", podcasting2="warning")
def podcast_person_group_unknown(element: etree._Element) -> Hits:
    """The group of a person is one of the eleven of the taxonomy, in any case; without a group it is the cast.

    Apps show credits by group, and leave out those whose group they do not know.
    """
    group = find_value(element, "group")
    if group and group.lower() not in GROUPS:
        message = f"the group {quote(group)} is none of the taxonomy: write {', '.join(GROUPS[:-1])} or {GROUPS[-1]}"
        yield Attribute(element, "group"), message


@rule("<podcast:person>", source=f"{_PERSON}; Podcast Taxonomy Project", podcasting2="info")
def podcast_person_role_group_mismatch(element: etree._Element) -> Hits:
    """Where the group of a person is given, the role belongs to it.

    Apps that sort credits by group look for the role there.
    """
    group = find_value(element, "group").lower()
    role = find_value(element, "role").lower()
    if group in ROLES_BY_GROUP and role in ROLES and role not in ROLES_BY_GROUP[group]:
        right = " or ".join(name for name, roles in ROLES_BY_GROUP.items() if role in roles)
        message = f"the taxonomy has the role {role} in {right}, not in {group}: better name that group"
        yield Attribute(element, "group"), message


@rule("<podcast:person>", source=f"{_PERSON}; podcast namespace, Podcast Tags", podcasting2="warning")
def podcast_person_url_invalid(element: etree._Element) -> Hits:
    """The addresses of a person, img and href, are of the web.

    Apps open them in a browser or load them as a picture, and have nothing to complete a relative one with.
    """
    for attribute in ("img", "href"):
        address = find_value(element, attribute)
        if leads_nowhere(address):
            message = f"the {attribute} of podcast:person is {quote(address)}, no page of the web: write one with https"
            yield Attribute(element, attribute), message


@rule("item", source=f"{_PERSON}, Parent", podcasting2="info")
def podcast_person_item_replaces(item: Item) -> Hits:
    """An episode that lists a guest lists its hosts again.

    Persons of an item replace all those of the channel: an episode with a guest alone is shown without its hosts.
    """
    persons = item.all("podcast:person")
    if persons and not any(map(_is_host, persons)):
        hosts = [find_text(person) for person in item.channel.all("podcast:person")[:_MANY] if _is_host(person)]
        if hosts:
            message = f"the episode lists no host, and its persons replace {quote(', '.join(hosts))} of the channel"
            yield persons[0], f"{message}: list hosts again, unless they were away"


def _is_host(person: etree._Element) -> bool:
    return (find_value(person, "role").lower() or "host") in _HOSTS


@rule("<podcast:location>", source=_LOCATION, podcasting2="error")
def podcast_location_blank(element: etree._Element) -> Hits:
    """The text of podcast:location is the name of a place, for people to read.

    It is what apps show. Coordinates in the attributes do not take its place.
    """
    yield from find_blank(element, "write the name of the place, such as Bergen, Norway")


@rule("<podcast:location>", source=_LOCATION, podcasting2="warning")
def podcast_location_too_long(element: etree._Element) -> Hits:
    """The name of a place has at most 128 characters.

    Directories cut a longer one.
    """
    yield from find_too_long(element, "", "the name of the place")


@rule("<podcast:location>", source=_LOCATION, podcasting2="error")
def podcast_location_rel_invalid(element: etree._Element) -> Hits:
    """The rel of a location is subject, which holds without one, or creator.

    It tells the place that is talked about from the place where the recording is made.
    """
    yield from find_malformed(element, "rel")


@rule("<podcast:location>", source=f"{_LOCATION}; RFC 5870, 3.3", podcasting2="error")
def podcast_location_geo_invalid(element: etree._Element) -> Hits:
    """The geo of a location is a URI of the form geo:latitude,longitude, with a height and ;u=metres if need be.

    Maps read nothing else: no spaces, no degrees and minutes, and a point before the fraction.
    """
    geo = find_value(element, "geo")
    if geo and parse_geo(geo) is None:
        remedy = "write degrees as in geo:60.39,5.32, latitude first"
        yield Attribute(element, "geo"), f"the geo of podcast:location is {quote(geo)}, which is no geo URI: {remedy}"


@rule("<podcast:location>", source="RFC 5870, 3.4.2; W3C validator, InvalidLatitude", podcasting2="error")
def podcast_location_geo_range(element: etree._Element) -> Hits:
    """Latitude lies between -90 and 90 degrees, longitude between -180 and 180.

    There is no place on earth beyond; mostly the two have changed places.
    """
    point = parse_geo(find_value(element, "geo"))
    for fault in find_range_faults(point) if point else ():
        yield Attribute(element, "geo"), f"{fault}: latitude comes first, then longitude"


@rule("<podcast:location>", source=f"{_LOCATION}; OpenStreetMap, Elements", podcasting2="error")
def podcast_location_osm_invalid(element: etree._Element) -> Hits:
    """The osm of a location is N, W or R and the number in OpenStreetMap, with # and a revision if need be.

    Without the letter nobody knows whether the number is that of a point, a way or a relation.
    """
    osm = find_value(element, "osm")
    if osm and not is_osm(osm):
        remedy = "write N, W or R and digits, as in R7444"
        yield Attribute(element, "osm"), f"the osm of podcast:location is {quote(osm)}, no object of a map: {remedy}"


@rule("<podcast:location>", source=f"{_LOCATION}; ISO 3166-1", podcasting2="error")
def podcast_location_country_invalid(element: etree._Element) -> Hits:
    """The country of a location is a two-letter code of ISO 3166-1: GB for the United Kingdom, not UK.

    Apps make a flag of it, and lists of shows by country.
    """
    country = find_value(element, "country")
    if country and (fault := find_country_fault(country)):
        yield Attribute(element, "country"), f"the country {quote(country)} {fault}"


@rule("<podcast:location>", source=f"{_LOCATION}; ISO 3166-1", podcasting2="info")
def podcast_location_country_case(element: etree._Element) -> Hits:
    """The country of a location is written in capitals.

    ISO 3166-1 has capitals, and so does the guide to the tag; its page writes both, so that most apps take both.
    """
    country = find_value(element, "country")
    if country and not country.isupper() and not find_country_fault(country):
        message = f"the country {quote(country)} is not in capitals: {country.upper()!r} is read everywhere"
        yield Attribute(element, "country"), message


@rule("<podcast:location>", source=f"{_LOCATION}, Attributes", podcasting2="info")
def podcast_location_attributes_missing(element: etree._Element) -> Hits:
    """A place on the map has its coordinates and its number in OpenStreetMap, geo and osm.

    The number tells a whole city from a church in its middle; the coordinates stay when the object on the map goes. A
    place that nobody finds on a map, such as one in a novel, has neither.
    """
    given = [attribute for attribute in ("geo", "osm", "country") if find_value(element, attribute)]
    missing = [attribute for attribute in ("geo", "osm") if attribute not in element.attrib]
    if given and missing:
        lacking, there = " and ".join(missing), " and ".join(given)
        yield element, f"podcast:location has {there} without {lacking}: apps find more shows by place with both"


@rule("<podcast:location>", source="podcast namespace, docs/examples/location", podcasting2="info")
def podcast_location_too_precise(element: etree._Element) -> Hits:
    """The coordinates of the place where a show is made do not lead to a front door.

    Many shows are made at home, and a feed is read by everybody: the town or the suburb is enough.
    """
    if find_value(element, "rel") != "creator" or find_value(element, "osm").startswith("R"):
        return  # a relation is a city or a suburb, whose middle is told as exactly
    geo = find_value(element, "geo")
    point = parse_geo(geo)
    if point and (point.uncertainty or 0) < _TOWN and _count_digits(point) >= _PRECISE:
        message = f"{quote(geo)} leads to one house: if somebody lives there, two digits behind the point are enough"
        yield Attribute(element, "geo"), message


def _count_digits(point: Point) -> int:
    """How many digits stand behind the points of both degrees."""
    return min(len(point.latitude.partition(".")[2]), len(point.longitude.partition(".")[2]))
