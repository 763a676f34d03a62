"""Rules that stand in the lists of others and not here, each with the reason."""

from __future__ import annotations

DECLINED = {
    "channel-itunes-owner-present": (
        "It would complain of every owner that is right. Apple no longer reads itunes:owner, but Spotify "
        "mails its codes to it and the W3C validator asks for it; an owner without an address is told by "
        "channel-itunes-owner-email-missing."
    ),
    "chapters-text-non-latin": (
        "Spotify's help once said that it finds time stamps only beside Latin letters, and no longer does; "
        "every Japanese and Korean feed with stamps would be told something that may not be so."
    ),
    "feed-date-weekday-missing": (
        "RFC 822 leaves the weekday to the writer, and every reader takes a date without one. Where it is "
        "written it has to be right: feed-date-wrong-weekday."
    ),
    "feed-date-zone-named": (
        "EST and UT are zones of RFC 822, which RSS takes its dates from, and every reader knows them; names that "
        "it does not have, such as CET, are told by feed-date-not-rfc2822."
    ),
    "feed-plain-text-hex-references": (
        "It asks to write &#x26; for &amp;, for readers of 2006. Every XML parser reads both, and nearly "
        "every feed would be told so."
    ),
    "item-itunes-duration-not-seconds": (
        "Apple takes seconds, minutes and hours alike, and 1:02:03 is as right as 3723 for every app; forms "
        "that are not read are told by item-itunes-duration-invalid."
    ),
    "podcast-guid-index-conflict": (
        "Only the Podcast Index knows which guid it holds for a show, and nothing is asked of a server that "
        "the feed does not name."
    ),
    "podcast-publisher-no-backlink": (
        "It needs the feed of the publisher, a document of somebody else with items of its own; --linked "
        "looks at the files that a feed links to and goes no further."
    ),
    "podcast-transcript-vtt-missing": (
        "It would complain of every transcript in SRT or HTML, which the namespace and PSP-1 name as well; an "
        "episode without any is told by podcast-transcript-missing."
    ),
}
"""By id, why there is no such rule."""
