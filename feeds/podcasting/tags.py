"""The form of every tag that authors can write (podcast namespace, docs/1.0.md and docs/tags/).

Keys have the names of the namespace, with underscores where it has capitals. Tags without a form of their own are
podcast:guid, medium, podping and chapters: they are made of other keys. Authors have shorter words for those of
podcast:locked and podcast:transcript (feeds.podcasting.locks, feeds.records.seeds). That of podcast:liveItem is no more
than its attributes, as an item stands in it.
"""

from __future__ import annotations

from feeds.model import (
    AlternateEnclosure,
    Blocking,
    Chat,
    ContentLink,
    Funding,
    Image,
    Integrity,
    License,
    Live,
    Location,
    Locked,
    Numbering,
    Person,
    RemoteItem,
    Season,
    SocialInteract,
    Soundbite,
    Source,
    Trailer,
    TranscriptFile,
    Txt,
    UpdateFrequency,
    Value,
    ValueRecipient,
    ValueTimeSplit,
)
from feeds.podcasting.contradictions import (
    find_alternate_fault,
    find_frequency_fault,
    find_live_fault,
    find_social_fault,
    find_split_fault,
    find_value_fault,
)
from feeds.podcasting.forms import Form, Inner, Key
from feeds.podcasting.spellings import (
    ANSWER,
    COUNTRY,
    DATE,
    EMAIL,
    FLAG,
    FREE_TEXT,
    GEO,
    LABEL,
    LANGUAGE,
    MEDIUM,
    MOMENT,
    NAME,
    NUMBER,
    OSM,
    RATIO,
    RULE,
    SHORT_LABEL,
    SOURCE,
    TEXT,
    TIME,
    TYPE,
    URI,
    URL,
    UUID,
    WHOLE,
    spell_word,
)
from feeds.rulebook.podcast.tags import TAGS

PERSON = Form(
    make=Person,
    tag="person",
    keys=(
        Key("name", LABEL, "", remedy="write the person's name"),
        Key("role", NAME, "role", default="host", spoken=True),
        Key("group", NAME, "group", default="cast", spoken=True),
        Key("img", URL, "img"),
        Key("href", URL, "href"),
    ),
    short="name",
    is_placed=True,
)

LOCKED = Form(
    make=Locked,
    tag="locked",
    keys=(Key("locked", ANSWER, "", remedy="write true or false"), Key("owner", EMAIL, "owner")),
    example='true, or { owner = "…" }',
)

LOCATION = Form(
    make=Location,
    tag="location",
    keys=(
        Key("name", LABEL, "", remedy="write the name of the place"),
        Key("rel", spell_word(TAGS["podcast:location"].fields["rel"].words), "rel"),
        Key("geo", GEO, "geo"),
        Key("osm", OSM, "osm"),
        Key("country", COUNTRY, "country"),
    ),
    short="name",
)

LICENSE = Form(
    make=License,
    tag="license",
    keys=(Key("id", LABEL, "", remedy="write an identifier such as CC-BY-4.0"), Key("url", URL, "url")),
    short="id",
)

FUNDING = Form(
    make=Funding,
    tag="funding",
    keys=(
        Key("url", URL, "url", remedy="write the address at which listeners can give"),
        Key("text", LABEL, "", remedy="write what the link says, such as Support the show"),
    ),
    example='{ url = "https://…", text = "…" }',
)

REMOTE_ITEM = Form(
    make=RemoteItem,
    tag="remoteItem",
    keys=(
        Key("feed_guid", UUID, "feedGuid", remedy="write the podcast:guid of that podcast"),
        Key("feed_url", URL, "feedUrl"),
        Key("item_guid", TEXT, "itemGuid"),
        Key("medium", MEDIUM, "medium"),
        Key("title", TEXT, "title"),
    ),
    example='{ feed_guid = "…", feed_url = "https://…" }',
)

TXT = Form(
    make=Txt,
    tag="txt",
    keys=(Key("value", FREE_TEXT, "", remedy="write the text"), Key("purpose", LABEL, "purpose")),
    short="value",
)

TRAILER = Form(
    make=Trailer,
    tag="trailer",
    keys=(
        Key("title", LABEL, "", remedy="write what it is called"),
        Key("url", URL, "url", remedy="write the address of its recording"),
        Key("pubdate", DATE, "pubdate", remedy="write when it was published, such as 2026-05-12T09:00:00Z"),
        Key("length", WHOLE, "length", default=None),
        Key("type", TYPE, "type"),
        Key("season", WHOLE, "season", default=None),
    ),
    example='{ title = "…", url = "https://…", pubdate = 2026-05-12T09:00:00Z }',
)

IMAGE = Form(
    make=Image,
    tag="image",
    keys=(
        Key("href", SOURCE, "href", remedy="name a picture beside this file, or its address"),
        Key("alt", TEXT, "alt"),
        Key("aspect_ratio", RATIO, "aspect-ratio"),
        Key("width", WHOLE, "width", default=None),
        Key("height", WHOLE, "height", default=None),
        Key("type", TYPE, "type"),
        Key("purpose", LABEL, "purpose"),
    ),
    short="href",
)

CONTENT_LINK = Form(
    make=ContentLink,
    tag="contentLink",
    keys=(Key("href", URI, "href", remedy="write the address of the page"), Key("text", TEXT, "")),
    short="href",
)

SOCIAL_INTERACT = Form(
    make=SocialInteract,
    tag="socialInteract",
    keys=(
        Key(
            "protocol",
            spell_word(TAGS["podcast:socialInteract"].fields["protocol"].words),
            "protocol",
            remedy="write how one gets there, such as activitypub",
        ),
        Key("uri", URI, "uri"),
        Key("account_id", TEXT, "accountId"),
        Key("account_url", URL, "accountUrl"),
        Key("priority", WHOLE, "priority", default=None),
    ),
    example='{ protocol = "activitypub", uri = "https://…" }',
    find_fault=find_social_fault,
)

BLOCK = Form(
    make=Blocking,
    tag="block",
    keys=(Key("block", ANSWER, "", remedy="write true or false"), Key("id", TEXT, "id")),
    example='{ id = "amazon", block = true }',
)

UPDATE_FREQUENCY = Form(
    make=UpdateFrequency,
    tag="updateFrequency",
    keys=(
        Key("text", LABEL, ""),
        Key("rrule", RULE, "rrule"),
        Key("dtstart", MOMENT, "dtstart", default=None),
        Key("complete", FLAG, "complete", default=False),
    ),
    short="text",
    find_fault=find_frequency_fault,
)

CHAT = Form(
    make=Chat,
    tag="chat",
    keys=(
        Key("server", TEXT, "server", remedy="write the name of its host, such as irc.example.org"),
        Key(
            "protocol",
            spell_word(TAGS["podcast:chat"].fields["protocol"].words),
            "protocol",
            remedy="write irc, xmpp, nostr or matrix",
        ),
        Key("account_id", TEXT, "accountId"),
        Key("space", TEXT, "space"),
    ),
    example='{ server = "…", protocol = "irc" }',
)

SOUNDBITE = Form(
    make=Soundbite,
    tag="soundbite",
    keys=(
        Key("start_time", TIME, "startTime", remedy='write where it begins, such as "1:23"'),
        Key("duration", TIME, "duration", remedy="write how many seconds it lasts, such as 42"),
        Key("title", LABEL, ""),
    ),
    example='{ start_time = "1:23", duration = 42, title = "…" } (or "quotes" for all quotes with a time)',
    is_placed=True,
)

TRANSCRIPT = Form(
    make=TranscriptFile,
    tag="transcript",
    keys=(
        Key("url", URL, "url", remedy="write its address"),
        Key("type", TEXT, "type", remedy="write what it is, such as text/vtt"),
        Key("language", LANGUAGE, "language"),
        Key("rel", TEXT, "rel"),
    ),
)

SOURCE_OF_MEDIA = Form(
    make=Source,
    tag="source",
    keys=(
        Key("uri", URI, "uri", remedy="write where it can be had"),
        Key("content_type", TYPE, "contentType"),
    ),
    short="uri",
)

INTEGRITY = Form(
    make=Integrity,
    tag="integrity",
    keys=(
        Key(
            "type",
            spell_word(TAGS["podcast:integrity"].fields["type"].words),
            "type",
            remedy="write sri or pgp-signature",
        ),
        Key("value", TEXT, "value", remedy="write the hash or the signature"),
    ),
    example='{ type = "sri", value = "sha384-…" }',
)

SEASON = Form(
    make=Season,
    tag="season",
    keys=(Key("number", WHOLE, "", remedy="write its number"), Key("name", LABEL, "name")),
    short="number",
)

EPISODE = Form(
    make=Numbering,
    tag="episode",
    keys=(Key("number", NUMBER, "", remedy="write its number"), Key("display", SHORT_LABEL, "display")),
    short="number",
)

ALTERNATE_ENCLOSURE = Form(
    make=AlternateEnclosure,
    tag="alternateEnclosure",
    keys=(
        Key("file", SOURCE, None),
        Key("type", TYPE, "type"),
        Key("length", WHOLE, "length", default=None),
        Key("bitrate", NUMBER, "bitrate", default=None),
        Key("height", WHOLE, "height", default=None),
        Key("lang", LANGUAGE, "lang"),
        Key("title", TEXT, "title"),
        Key("rel", TEXT, "rel"),
        Key("codecs", TEXT, "codecs"),
        Key("default", FLAG, "default", default=False),
    ),
    inner=(Inner("sources", SOURCE_OF_MEDIA), Inner("integrity", INTEGRITY, single=True)),
    short="file",
    find_fault=find_alternate_fault,
)

LIVE = Form(
    make=Live,
    tag="liveItem",
    keys=(
        Key(
            "status",
            spell_word(TAGS["podcast:liveItem"].fields["status"].words),
            "status",
            remedy="write pending, live or ended",
        ),
        Key("start", MOMENT, "start", remedy="write when it begins, such as 2026-06-01T18:00:00Z"),
        Key("end", MOMENT, "end", default=None),
    ),
    example='{ status = "pending", start = 2026-06-01T18:00:00Z, end = 2026-06-01T19:00:00Z }',
    find_fault=find_live_fault,
)

RECIPIENT = Form(
    make=ValueRecipient,
    tag="valueRecipient",
    keys=(
        Key("type", TEXT, "type", remedy="write how they are paid, such as node or lnaddress"),
        Key("address", TEXT, "address", remedy="write where the money goes"),
        Key("split", WHOLE, "split", remedy="write how many shares they get"),
        Key("name", TEXT, "name"),
        Key("custom_key", TEXT, "customKey"),
        Key("custom_value", TEXT, "customValue"),
        Key("fee", FLAG, "fee", default=False),
    ),
    example='{ name = "…", type = "lnaddress", address = "…", split = 100 }',
)

TIME_SPLIT = Form(
    make=ValueTimeSplit,
    tag="valueTimeSplit",
    keys=(
        Key("start_time", TIME, "startTime", remedy="write where it begins, such as 12:30"),
        Key("duration", TIME, "duration", remedy="write how long it is, such as 3:20"),
        Key("remote_start_time", TIME, "remoteStartTime", default=0),
        Key("remote_percentage", NUMBER, "remotePercentage", default=None),
    ),
    inner=(Inner("remote_item", REMOTE_ITEM, single=True), Inner("recipients", RECIPIENT)),
    find_fault=find_split_fault,
)

VALUE = Form(
    make=Value,
    tag="value",
    keys=(
        Key("type", TEXT, "type", remedy="write what is paid with, such as lightning"),
        Key("method", TEXT, "method", remedy="write how, such as keysend or lnaddress"),
        Key("suggested", NUMBER, "suggested", default=None),
    ),
    inner=(Inner("recipients", RECIPIENT), Inner("time_splits", TIME_SPLIT)),
    example='{ type = "lightning", method = "lnaddress", recipients = [{ … }] }',
    find_fault=find_value_fault,
)
