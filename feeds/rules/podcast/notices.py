"""What a show tells apps and directories: how often it appears, how news travel, and who may list it."""

from __future__ import annotations

from lxml import etree

from feeds.rulebook.document import find_attribute, find_text
from feeds.rulebook.forms.dates import is_iso_date, parse_iso
from feeds.rulebook.forms.recurrence import find_recurrence_fault, is_dashed_until, split_recurrence
from feeds.rulebook.places import Attribute
from feeds.rulebook.podcast.fields import find_too_long
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Channel
from feeds.rulebook.wording import quote

_SERVICES = frozenset(
    "acast amazon anchor apple audible audioboom backtracks bitcoin blubrry buzzsprout captivate castos castopod "
    "facebook fireside fyyd google gpodder hypercatcher kasts libsyn mastodon megafono megaphone omnystudio overcast "
    "paypal pinecast podbean podcastaddict podcastguru podcastindex podcasts podchaser podcloud podfriend podiant "
    "podigee podnews podomatic podserve podverse redcircle relay resonaterecordings rss shoutengine simplecast slack "
    "soundcloud spotify spreaker tiktok transistor twitter whooshkaa youtube zencast".split()
)
"""Services by the names of the namespace's list (serviceslugs.txt)."""


@rule("<podcast:updateFrequency>", source="podcast namespace, tag update-frequency", podcasting2="warning")
def podcast_update_frequency_too_long(frequency: etree._Element) -> Hits:
    """The text of podcast:updateFrequency has at most 128 characters.

    It is one line in an app, such as Every Monday; directories cut the rest.
    """
    yield from find_too_long(frequency, "", "the text of podcast:updateFrequency")


@rule("<podcast:updateFrequency>", source="podcast namespace, tag update-frequency", podcasting2="warning")
def podcast_update_frequency_empty(frequency: etree._Element) -> Hits:
    """A podcast:updateFrequency says something: in words, with an rrule, or that the show is complete.

    An empty one leaves apps and listeners as they were.
    """
    if not find_text(frequency) and not frequency.keys():
        yield frequency, "podcast:updateFrequency is empty: add an rrule such as FREQ=WEEKLY, or leave it out"


@rule(
    "<podcast:updateFrequency>",
    source="podcast namespace, tag update-frequency; RFC 5545, 3.3.10",
    podcasting2="error",
)
def podcast_update_frequency_rrule_invalid(frequency: etree._Element) -> Hits:
    """The rrule of podcast:updateFrequency is a recurrence rule of RFC 5545.

    Apps reckon from it when the next episode is due; one that they cannot read tells them nothing.
    """
    rrule = find_attribute(frequency, "rrule")
    if rrule and (fault := find_recurrence_fault(rrule)):
        remedy = "" if ": " in fault else ": write it as FREQ=WEEKLY;BYDAY=MO"
        yield Attribute(frequency, "rrule"), f"the rrule {quote(rrule)} {fault}{remedy}"


@rule(
    "<podcast:updateFrequency>",
    source="RFC 5545, 3.3.10; podcast namespace, tag update-frequency",
    podcasting2="info",
)
def podcast_update_frequency_until_dashed(frequency: etree._Element) -> Hits:
    """The UNTIL of an rrule is written without dashes.

    The examples of the namespace have 2026-12-31, RFC 5545 has 20261231. The libraries that read such rules follow the
    RFC.
    """
    rrule = frequency.get("rrule", "")
    if is_dashed_until(rrule) and not find_recurrence_fault(rrule):
        until = split_recurrence(rrule)["UNTIL"]
        plain = until.partition(".")[0].removesuffix("Z").replace("-", "").replace(":", "")
        zone = "Z" if until.endswith("Z") else ""
        message = f"UNTIL is {quote(until)}, which many calendar libraries refuse: write {plain}{zone}"
        yield Attribute(frequency, "rrule"), message


@rule("<podcast:updateFrequency>", source="podcast namespace, tag update-frequency", podcasting2="error")
def podcast_update_frequency_count_without_dtstart(frequency: etree._Element) -> Hits:
    """An rrule with COUNT has a dtstart beside it; one with UNTIL has a dtstart of the same form, if any.

    Ten episodes from when? And a day cannot be held against an hour: both are days, or both have a time.
    """
    rrule = frequency.get("rrule", "")
    if not rrule or find_recurrence_fault(rrule):
        return
    parts = split_recurrence(rrule)
    start = find_attribute(frequency, "dtstart")
    if "COUNT" in parts and not start:
        yield (
            frequency,
            f"the rrule has COUNT={parts['COUNT'][:20]}, but there is no dtstart: say when the count begins",
        )
    until = parts.get("UNTIL", "")
    if until and _is_start(start) and ("T" in until) != ("T" in start.upper()):
        message = f"dtstart is {quote(start)} and UNTIL is {quote(until)}: write both as days, or both with a time"
        yield Attribute(frequency, "dtstart"), message


@rule("<podcast:updateFrequency>", source="podcast namespace, tag update-frequency", podcasting2="error")
def podcast_update_frequency_dtstart_invalid(frequency: etree._Element) -> Hits:
    """The dtstart of podcast:updateFrequency is a day, or a date with a time, of ISO 8601.

    From there apps count the episodes to come, or know when a show returns.
    """
    start = find_attribute(frequency, "dtstart")
    if start and not _is_start(start):
        message = f"the dtstart {quote(start)} is no date of ISO 8601: write it as 2026-03-09 or 2026-03-09T08:00:00Z"
        yield Attribute(frequency, "dtstart"), message


@rule("<podcast:updateFrequency>", source="podcast namespace, tag update-frequency", podcasting2="error")
def podcast_update_frequency_complete_invalid(frequency: etree._Element) -> Hits:
    """The complete of podcast:updateFrequency is true or false.

    Apps stop looking for new episodes of a show that is complete; a word they do not know means that it is not.
    """
    complete = find_attribute(frequency, "complete")
    if complete and complete not in ("true", "false"):
        yield Attribute(frequency, "complete"), f"complete is {quote(complete)}: write true or false"


@rule("<podcast:podping>", source="podcast namespace, tag podping", podcasting2="warning")
def podcast_podping_invalid(podping: etree._Element) -> Hits:
    """A podcast:podping has usesPodping, which is true or false.

    It tells aggregators whether they hear of new episodes over podping, so that they need not ask the feed.
    """
    uses = find_attribute(podping, "usesPodping")
    if "usesPodping" not in podping.attrib:
        yield podping, 'podcast:podping has no usesPodping: write usesPodping="true"'
    elif uses and uses not in ("true", "false"):
        yield Attribute(podping, "usesPodping"), f"usesPodping is {quote(uses)}: write true or false"


@rule("<podcast:block>", source="podcast namespace, tag block", podcasting2="error")
def podcast_block_invalid(block: etree._Element) -> Hits:
    """A podcast:block is yes or no.

    A directory that cannot read it may list a show that should stay hidden, or the other way round.
    """
    written = find_text(block)
    if written not in ("yes", "no"):
        yield (
            block,
            f"podcast:block is {quote(written)}: write yes or no"
            if written
            else "podcast:block is empty: write yes or no",
        )


@rule("<podcast:block>", source="podcast namespace, tag block", podcasting2="warning")
def podcast_block_id_unknown(block: etree._Element) -> Hits:
    """The id of a podcast:block is a service of the namespace's list.

    A directory looks for its own name there, and passes over any other spelling of it.
    """
    service = find_attribute(block, "id")
    if service and service not in _SERVICES:
        known = service.lower().replace(" ", "")
        remedy = f"write {known}" if known in _SERVICES else "take the name from the list of services of the namespace"
        yield Attribute(block, "id"), f"no service has the id {quote(service)}: {remedy}"


@rule("channel", source="podcast namespace, tag block", podcasting2="error")
def podcast_block_contradiction(channel: Channel) -> Hits:
    """No service is told both yes and no.

    A directory looks for its no first, so the block is without effect for it.
    """
    said: dict[str, str] = {}
    for block in channel.all("podcast:block"):
        service, written = find_attribute(block, "id"), find_text(block)
        if written in ("yes", "no") and said.setdefault(service, written) != written:
            whom = f"the service {quote(service)}" if service else "every service"
            yield block, f"{whom} is told {said[service]} before and {written} here: keep one of them"


@rule("channel", source="podcast namespace, tag block", podcasting2="info")
def podcast_block_all_yes(channel: Channel) -> Hits:
    """A show that wants to be found has no podcast:block that says yes to every service, unless it excepts some.

    With it the show is in no public directory, which is meant for private feeds and forgotten in others.
    """
    blocks = channel.all("podcast:block")
    if any(find_text(block) == "no" for block in blocks):
        return
    for block in blocks:
        if block.get("id") is None and find_text(block) == "yes":
            yield block, "this hides the show from every public directory: leave it out if that is not meant"


def _is_start(text: str) -> bool:
    """A day or a date with a time, with dashes or, as UNTIL has it, without."""
    if is_iso_date(text) or (" " not in text and parse_iso(text)):
        return True
    return "-" not in text and bool(text) and not find_recurrence_fault(f"FREQ=DAILY;UNTIL={text}")
