"""What can be wrong with a whole tag though each of its values is right: each function says it, "" if nothing is."""

from __future__ import annotations

from feeds.media_types import is_url
from feeds.model import AlternateEnclosure, Live, SocialInteract, UpdateFrequency, Value, ValueTimeSplit
from feeds.rulebook.forms.recurrence import split_recurrence


def find_social_fault(post: SocialInteract) -> str:
    """One that is closed names no post, any other one names it."""
    if post.protocol == "disabled":
        return "is disabled, and names a place all the same: take out one of the two" if post.uri else ""
    return "" if post.uri else "names no post: write its uri"


def find_frequency_fault(frequency: UpdateFrequency) -> str:
    """Something is said, and a number of times is counted from a moment."""
    if not frequency.text and not frequency.rrule:
        return "says nothing: write text or rrule"
    if "COUNT" in split_recurrence(frequency.rrule) and not frequency.dtstart:
        return "has a COUNT in its rrule, and nobody knows from when: write dtstart"
    return ""


def find_alternate_fault(alternate: AlternateEnclosure) -> str:
    """There is a recording, and it is known what it is."""
    if is_url(alternate.file):
        return "names an address as its file: write it among its sources"
    if not alternate.file and not alternate.sources:
        return "names no recording: write file, or sources"
    if not alternate.file and not alternate.type:
        return 'does not say what it is: write type = "audio/ogg"'
    return ""


def find_split_fault(split: ValueTimeSplit) -> str:
    """The money goes to another show or to people, not to both."""
    if split.remote_item and split.recipients:
        return "has both a remote_item and recipients: take out one of the two"
    return "" if split.remote_item or split.recipients else "pays nobody: write remote_item or recipients"


def find_value_fault(value: Value) -> str:
    """Somebody is paid."""
    return "" if value.recipients else "names nobody who is paid: write recipients = [{ … }]"


def find_live_fault(live: Live) -> str:
    """It ends after it begins."""
    return "ends before it begins: correct its end" if live.end and live.end <= live.start else ""
