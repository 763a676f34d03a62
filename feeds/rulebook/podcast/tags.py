"""The podcast namespace as one table: where each tag stands, how often, and what it holds (docs/1.0.md, docs/tags/)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Form = Literal[
    "text",
    "word",
    "url",
    "uri",
    "type",
    "language",
    "email",
    "whole",
    "number",
    "seconds",
    "boolean",
    "date",
    "moment",
    "uuid",
]
"""How a value is written: `url` with https or http, `uri` with any scheme, `date` as RFC 2822, `moment` as ISO 8601."""

Need = Literal["required", "recommended", "optional"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What an attribute, or the text of an element, holds.

    `most` is how many characters it may have, 0 if the page sets no bound; `words` are the values of a closed list.
    """

    form: Form = "text"
    need: Need = "optional"
    most: int = 0
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A tag of the podcast namespace.

    `parents` are the usual names of the elements that it may stand in; `single` says that one parent has it once at
    most. `fields` holds its attributes by name, and its text under ""; a tag without "" has no text.
    """

    parents: tuple[str, ...]
    single: bool = False
    fields: Mapping[str, Field] = field(default_factory=dict)


_LIVE = "podcast:liveItem"
_CHANNEL = ("channel",)
_ITEMS = ("item", _LIVE)
_ANYWHERE = ("channel", "item", _LIVE)

_URL = Field(form="url")
_URL_NEEDED = Field(form="url", need="required")
_TYPE = Field(form="type")
_TYPE_NEEDED = Field(form="type", need="required")
_BOOLEAN = Field(form="boolean", words=("true", "false"))
_TEXT = Field()
_TEXT_ADVISED = Field(need="recommended")
_TEXT_NEEDED = Field(need="required")
_NAME_NEEDED = Field(need="required", most=128)
_SECONDS = Field(form="seconds")
_SECONDS_NEEDED = Field(form="seconds", need="required")
_YES_NO = Field(form="word", need="required", words=("yes", "no"))
_PIXELS = Field(form="whole")

SINGLE_MEDIUMS = ("podcast", "music", "video", "film", "audiobook", "newsletter", "blog", "publisher", "course")
LIST_MEDIUMS = (*(f"{medium}L" for medium in SINGLE_MEDIUMS), "mixed")
"""The mediums of feeds that are lists of remote items."""

MEDIUMS = (*SINGLE_MEDIUMS, *LIST_MEDIUMS)
"""What podcast:medium can say."""

_TAGS: Mapping[str, Tag] = {
    "alternateEnclosure": Tag(
        parents=_ITEMS,
        fields={
            "type": _TYPE_NEEDED,
            "length": Field(form="whole", need="recommended"),
            "bitrate": Field(form="number"),
            "height": _PIXELS,
            "lang": Field(form="language"),
            "title": Field(most=32),
            "rel": Field(most=32),
            "codecs": _TEXT,
            "default": _BOOLEAN,
        },
    ),
    "block": Tag(parents=_CHANNEL, fields={"": _YES_NO, "id": Field(form="word")}),
    "chapters": Tag(parents=_ITEMS, single=True, fields={"url": _URL_NEEDED, "type": _TYPE_NEEDED}),
    "chat": Tag(
        parents=_ANYWHERE,
        single=True,
        fields={
            "server": _TEXT_NEEDED,
            "protocol": Field(form="word", need="required", words=("irc", "xmpp", "nostr", "matrix")),
            "accountId": _TEXT_ADVISED,
            "space": _TEXT,
        },
    ),
    "contentLink": Tag(parents=_ITEMS, fields={"": _TEXT_ADVISED, "href": Field(form="uri", need="required")}),
    "episode": Tag(
        parents=_ITEMS, single=True, fields={"": Field(form="number", need="required"), "display": Field(most=32)}
    ),
    "funding": Tag(parents=_ANYWHERE, fields={"": Field(need="recommended", most=128), "url": _URL_NEEDED}),
    "guid": Tag(parents=_CHANNEL, single=True, fields={"": Field(form="uuid", need="required")}),
    "image": Tag(
        parents=_ANYWHERE,
        fields={
            "href": _URL_NEEDED,
            "alt": _TEXT_ADVISED,
            "aspect-ratio": _TEXT_ADVISED,
            "width": Field(form="whole", need="recommended"),
            "height": _PIXELS,
            "type": _TYPE,
            "purpose": Field(most=128),
        },
    ),
    "images": Tag(parents=_ANYWHERE, single=True, fields={"srcset": _TEXT_NEEDED}),
    "integrity": Tag(
        parents=("podcast:alternateEnclosure",),
        single=True,
        fields={
            "type": Field(form="word", need="required", words=("sri", "pgp-signature")),
            "value": _TEXT_NEEDED,
        },
    ),
    "license": Tag(parents=_ANYWHERE, single=True, fields={"": _NAME_NEEDED, "url": _URL}),
    "liveItem": Tag(
        parents=_CHANNEL,
        fields={
            "status": Field(form="word", need="required", words=("pending", "live", "ended")),
            "start": Field(form="moment", need="required"),
            "end": Field(form="moment", need="recommended"),
        },
    ),
    "location": Tag(
        parents=_ANYWHERE,
        fields={
            "": _NAME_NEEDED,
            "rel": Field(form="word", need="recommended", words=("subject", "creator")),
            "geo": Field(form="uri", need="recommended"),
            "osm": _TEXT_ADVISED,
            "country": Field(form="word", need="recommended"),
        },
    ),
    "locked": Tag(parents=_CHANNEL, single=True, fields={"": _YES_NO, "owner": Field(form="email")}),
    "medium": Tag(parents=_CHANNEL, single=True, fields={"": Field(form="word", need="required", words=MEDIUMS)}),
    "person": Tag(
        parents=_ANYWHERE,
        fields={"": _NAME_NEEDED, "role": Field(form="word"), "group": Field(form="word"), "img": _URL, "href": _URL},
    ),
    "podping": Tag(parents=_CHANNEL, single=True, fields={"usesPodping": _BOOLEAN}),
    "podroll": Tag(parents=_CHANNEL, single=True),
    "publisher": Tag(parents=_CHANNEL, single=True),
    "remoteItem": Tag(
        parents=("channel", "podcast:podroll", "podcast:publisher", "podcast:valueTimeSplit"),
        fields={
            "feedGuid": Field(form="uuid", need="required"),
            "feedUrl": _URL,
            "itemGuid": _TEXT,
            "medium": Field(form="word", words=MEDIUMS),
            "title": _TEXT,
        },
    ),
    "season": Tag(
        parents=_ITEMS, single=True, fields={"": Field(form="whole", need="required"), "name": Field(most=128)}
    ),
    "socialInteract": Tag(
        parents=_ANYWHERE,
        fields={
            "protocol": Field(
                form="word",
                need="required",
                words=("disabled", "activitypub", "twitter", "lightning", "atproto", "hive", "matrix", "nostr"),
            ),
            "uri": Field(form="uri"),
            "accountId": _TEXT_ADVISED,
            "accountUrl": _URL,
            "priority": Field(form="whole"),
        },
    ),
    "soundbite": Tag(
        parents=_ITEMS, fields={"": Field(most=128), "startTime": _SECONDS_NEEDED, "duration": _SECONDS_NEEDED}
    ),
    "source": Tag(
        parents=("podcast:alternateEnclosure",),
        fields={"uri": Field(form="uri", need="required"), "contentType": _TYPE},
    ),
    "trailer": Tag(
        parents=_CHANNEL,
        fields={
            "": _NAME_NEEDED,
            "url": _URL_NEEDED,
            "pubdate": Field(form="date", need="required"),
            "length": Field(form="whole", need="recommended"),
            "type": Field(form="type", need="recommended"),
            "season": Field(form="whole"),
        },
    ),
    "transcript": Tag(
        parents=_ITEMS,
        fields={
            "url": _URL_NEEDED,
            "type": _TYPE_NEEDED,
            "language": Field(form="language"),
            "rel": Field(form="word", words=("captions",)),
        },
    ),
    "txt": Tag(parents=_ANYWHERE, fields={"": Field(need="required", most=4000), "purpose": Field(most=128)}),
    "updateFrequency": Tag(
        parents=_CHANNEL,
        single=True,
        fields={
            "": Field(need="recommended", most=128),
            "rrule": _TEXT_ADVISED,
            "dtstart": Field(form="moment"),
            "complete": _BOOLEAN,
        },
    ),
    "value": Tag(
        parents=_ANYWHERE,
        fields={
            "type": Field(form="word", need="required"),
            "method": Field(form="word", need="required"),
            "suggested": Field(form="number"),
        },
    ),
    "valueRecipient": Tag(
        parents=("podcast:value", "podcast:valueTimeSplit"),
        fields={
            "type": Field(form="word", need="required"),
            "address": _TEXT_NEEDED,
            "split": Field(form="whole", need="required"),
            "name": _TEXT_ADVISED,
            "customKey": _TEXT,
            "customValue": _TEXT,
            "fee": _BOOLEAN,
        },
    ),
    "valueTimeSplit": Tag(
        parents=("podcast:value",),
        fields={
            "startTime": _SECONDS_NEEDED,
            "duration": _SECONDS_NEEDED,
            "remoteStartTime": _SECONDS,
            "remotePercentage": Field(form="number"),
        },
    ),
}
TAGS: Mapping[str, Tag] = {f"podcast:{name}": tag for name, tag in _TAGS.items()}
"""Every tag of the namespace by its usual name, the deprecated podcast:images among them."""

MEANT: Mapping[str, str] = {
    "podcast:author": "podcast:person names who takes part, itunes:author who answers for the show",
    "podcast:bonusItem": "it was a proposal, and no tag came of it",
    "podcast:category": "it was a proposal, and itunes:category is what everybody reads",
    "podcast:comments": "write podcast:socialInteract",
    "podcast:complete": 'write complete="true" in podcast:updateFrequency, or itunes:complete',
    "podcast:contact": "it was a proposal, and no tag came of it: addresses stand in podcast:locked or managingEditor",
    "podcast:description": "write description",
    "podcast:duration": "write itunes:duration",
    "podcast:enclosure": "write enclosure, or podcast:alternateEnclosure for another version",
    "podcast:explicit": "write itunes:explicit",
    "podcast:gateway": "it was a proposal, and no tag came of it",
    "podcast:hiveAccount": "write podcast:valueRecipient, or podcast:socialInteract",
    "podcast:id": "it was a proposal, and no tag came of it; podcast:guid says which show it is",
    "podcast:keywords": "it was a proposal, and no tag came of it",
    "podcast:liveValue": "it was a proposal, and no tag came of it: podcast:value stands in podcast:liveItem as well",
    "podcast:metaBoost": "it was a proposal, and no tag came of it",
    "podcast:newFeedUrl": "write itunes:new-feed-url",
    "podcast:owner": "write owner in podcast:locked",
    "podcast:previousUrl": "it was a proposal, and no tag came of it; podcast:guid stays the same when a feed moves",
    "podcast:recommendations": "write podcast:podroll",
    "podcast:related": "write podcast:podroll",
    "podcast:social": "write podcast:socialInteract",
    "podcast:socialSignUp": "write podcast:socialInteract",
    "podcast:title": "write title",
    "podcast:type": "write itunes:type, or podcast:medium",
    "podcast:verify": 'write podcast:txt with purpose="verify"',
}
"""What to write for names that were proposed, or that people expect: they are no tags."""
