"""How listeners pay: podcast:value, its recipients, and their shares over time."""

from __future__ import annotations

import re

from lxml import etree

from feeds.rulebook.document import find_attribute, find_missing_names, find_tag
from feeds.rulebook.forms.emails import is_email
from feeds.rulebook.forms.numbers import is_number, is_whole, parse_number, parse_whole
from feeds.rulebook.places import Attribute
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.wording import format_names, quote

_RECIPIENT = find_tag("podcast:valueRecipient")
_REMOTE = find_tag("podcast:remoteItem")
_TYPES = ("lightning", "bitcoin")
_METHODS = ("keysend", "amp", "lnaddress", "wallet", "default")
_ADDRESSES = ("node", "lnaddress", "wallet")
_NODE = re.compile(r"0[23][0-9A-Fa-f]{64}")
_KEYS = range(2**16, 2**64)
_LONGEST_KEY = 20


@rule("<podcast:value>", source="podcast namespace, tag value", podcasting2="error")
def podcast_value_type_method_missing(value: etree._Element) -> Hits:
    """A podcast:value has a type and a method.

    They tell an app over which network to pay and how; without them it cannot pay anybody.
    """
    if missing := find_missing_names(value, "type", "method"):
        yield (
            value,
            f'podcast:value has no {format_names(missing)}: lightning payments have type="lightning" and a method',
        )


@rule("<podcast:value>", source="podcast namespace, tag value", podcasting2="error")
def podcast_value_no_recipient(value: etree._Element) -> Hits:
    """A podcast:value has at least one podcast:valueRecipient.

    Without somebody who receives it, no payment leaves the app of a listener.
    """
    if value.find(_RECIPIENT) is None:
        yield value, "podcast:value has no podcast:valueRecipient: add one for each who receives a share"


@rule("<podcast:value>", "<podcast:valueRecipient>", source="podcast namespace, tag value", podcasting2="warning")
def podcast_value_slug_unknown(element: etree._Element) -> Hits:
    """The type and method of podcast:value, and the type of a recipient, are words of the list of the namespace.

    An app that does not know the word pays nothing. Words are compared letter by letter, in lower case.
    """
    known = (("type", _ADDRESSES),) if element.tag == _RECIPIENT else (("type", _TYPES), ("method", _METHODS))
    for name, words in known:
        written = find_attribute(element, name)
        if written and written not in words:
            yield (
                Attribute(element, name),
                f"the {name} {quote(written)} is not on the list: write one of {', '.join(words)}",
            )


@rule("<podcast:value>", source="podcast namespace, tag value", podcasting2="error")
def podcast_value_suggested_invalid(value: etree._Element) -> Hits:
    """The suggested amount of podcast:value is a decimal number.

    It is an amount in bitcoin, such as 0.00000005000 for five satoshi; apps offer nothing where they cannot read it.
    """
    written = find_attribute(value, "suggested")
    if written and not is_number(written):
        yield (
            Attribute(value, "suggested"),
            f"{quote(written)} is no amount: write a decimal number, such as 0.00000005",
        )


@rule("<podcast:valueRecipient>", source="podcast namespace, tag value-recipient", podcasting2="error")
def podcast_value_recipient_incomplete(recipient: etree._Element) -> Hits:
    """A podcast:valueRecipient has type, address and split.

    One that lacks any of them gets nothing, or makes apps refuse the whole block.
    """
    if missing := find_missing_names(recipient, "type", "address", "split"):
        yield recipient, f"the recipient has no {format_names(missing)}: give type, address and split"


@rule("<podcast:valueRecipient>", source="podcast namespace, tag value-recipient", podcasting2="error")
def podcast_value_split_invalid(recipient: etree._Element) -> Hits:
    """The split of a recipient is a whole number of shares, 0 or more; the shares need not add up to 100.

    Apps divide a payment by the sum of all shares, so one that is no number spoils those of all.
    """
    split = find_attribute(recipient, "split")
    if split and not is_whole(split):
        yield Attribute(recipient, "split"), f"{quote(split)} is no number of shares: write a whole number, such as 50"


@rule(
    "<podcast:value>",
    "<podcast:valueTimeSplit>",
    source="podcast namespace, tag value-recipient",
    podcasting2="warning",
)
def podcast_value_no_shares(element: etree._Element) -> Hits:
    """Of several recipients at least one has a share above 0.

    If all have 0 shares, a payment cannot be divided among them.
    """
    recipients = element.findall(_RECIPIENT)
    if len(recipients) > 1 and all(parse_whole(find_attribute(one, "split")) == 0 for one in recipients):
        yield element, f"all {len(recipients)} recipients have a split of 0: give shares to those who shall be paid"


@rule("<podcast:valueRecipient>", source="podcast namespace, tag value-recipient", podcasting2="warning")
def podcast_value_node_address(recipient: etree._Element) -> Hits:
    """The address of a recipient of type node is a public key: 66 hexadecimal digits that begin with 02 or 03.

    A payment to any other address fails, and the listener is told so.
    """
    address = find_attribute(recipient, "address")
    if address and find_attribute(recipient, "type") == "node" and not _NODE.fullmatch(address):
        yield (
            Attribute(recipient, "address"),
            f"{quote(address)} is no key of a node: it has 66 hexadecimal digits and begins with 02 or 03",
        )


@rule("<podcast:valueRecipient>", source="podcast namespace, tag value-recipient", podcasting2="warning")
def podcast_value_lnaddress_address(recipient: etree._Element) -> Hits:
    """The address of a recipient of type lnaddress looks like an e-mail address.

    Apps ask the host behind the @ for an invoice; without one there is nobody to ask.
    """
    address = find_attribute(recipient, "address")
    if address and find_attribute(recipient, "type") == "lnaddress" and not is_email(address):
        yield Attribute(recipient, "address"), f"{quote(address)} is no lightning address: write it as user@example.org"


@rule("<podcast:valueRecipient>", source="podcast namespace, tag value-recipient", podcasting2="warning")
def podcast_value_custom_pair(recipient: etree._Element) -> Hits:
    """The customKey and customValue of a recipient come together.

    Shared nodes tell by the pair whose money it is; with one half they cannot.
    """
    for one, other in (("customKey", "customValue"), ("customValue", "customKey")):
        if one in recipient.attrib and other not in recipient.attrib:
            yield Attribute(recipient, one), f"{one} has no {other} with it: give both or neither"


@rule("<podcast:valueRecipient>", source="podcast namespace, tag value-recipient", podcasting2="warning")
def podcast_value_custom_key_invalid(recipient: etree._Element) -> Hits:
    """The customKey of a recipient of type node is the number of a record, 65536 or more.

    It is sent with the payment as the type of a record of the Lightning network, which has numbers alone.
    """
    key = find_attribute(recipient, "customKey")
    if key and find_attribute(recipient, "type") == "node":
        number = int(key) if len(key) <= _LONGEST_KEY and is_whole(key) else -1
        if number not in _KEYS:
            yield (
                Attribute(recipient, "customKey"),
                f"{quote(key)} is no record type: write a whole number from {_KEYS.start}",
            )


@rule("<podcast:valueRecipient>", source="podcast namespace, tag value-recipient", podcasting2="error")
def podcast_value_fee_invalid(recipient: etree._Element) -> Hits:
    """The fee of a recipient is true or false.

    A fee is taken before the shares are counted; a word that apps do not know is taken for no fee.
    """
    fee = find_attribute(recipient, "fee")
    if fee and fee not in ("true", "false"):
        yield Attribute(recipient, "fee"), f"fee is {quote(fee)}: write true or false"


@rule("<podcast:valueTimeSplit>", source="podcast namespace, tag value-time-split", podcasting2="error")
def podcast_value_time_split_time(split: etree._Element) -> Hits:
    """A podcast:valueTimeSplit has startTime and duration in seconds, and so has its remoteStartTime, if given.

    Apps pay others for exactly that stretch of the episode; clock times such as 1:30 are not read.
    """
    if missing := find_missing_names(split, "startTime", "duration"):
        yield split, f"podcast:valueTimeSplit has no {format_names(missing)}: give both in seconds"
    for name in ("startTime", "duration", "remoteStartTime"):
        written = find_attribute(split, name)
        if written and not is_number(written):
            yield Attribute(split, name), f"{name} is {quote(written)}: write seconds, 0 or more, such as 90 or 90.5"
        elif written and name == "duration" and not written.strip("0."):
            yield Attribute(split, name), f"the duration is {quote(written)}, so that nobody is paid: write seconds"


@rule("<podcast:valueTimeSplit>", source="podcast namespace, tag value-time-split", podcasting2="error")
def podcast_value_time_split_content(split: etree._Element) -> Hits:
    """A podcast:valueTimeSplit holds either exactly one podcast:remoteItem or recipients, never both.

    Otherwise nobody can tell who is paid during that time.
    """
    remotes, recipients = split.findall(_REMOTE), split.findall(_RECIPIENT)
    if remotes and recipients:
        yield split, "podcast:valueTimeSplit holds a podcast:remoteItem and recipients: keep one of the two kinds"
    elif not remotes and not recipients:
        yield split, "podcast:valueTimeSplit is empty: add one podcast:remoteItem, or podcast:valueRecipient elements"
    for extra in remotes[1:]:
        yield extra, "a podcast:valueTimeSplit holds one podcast:remoteItem: give each its own time"


@rule("<podcast:valueTimeSplit>", source="podcast namespace, tag value-time-split", podcasting2="warning")
def podcast_value_time_split_percentage(split: etree._Element) -> Hits:
    """The remotePercentage of a podcast:valueTimeSplit is a number from 0 to 100.

    Apps bend what lies outside to 0 or 100, which is rarely what was meant.
    """
    written = find_attribute(split, "remotePercentage")
    if written:
        number = parse_number(written)
        if number is None or not 0 <= number <= 100:
            yield (
                Attribute(split, "remotePercentage"),
                f"remotePercentage is {quote(written)}: write a number from 0 to 100",
            )
