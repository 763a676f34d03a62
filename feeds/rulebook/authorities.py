"""The documents that rules quote, and where they can be read."""

from __future__ import annotations

_DOCUMENTS = {
    "Apple 823": "https://podcasters.apple.com/support/823-podcast-requirements",
    "Apple 896": "https://podcasters.apple.com/support/896-artwork-requirements",
    "Apple 4115": "https://podcasters.apple.com/4115-technical-updates-for-hosting-providers",
    "Apple 5316": "https://podcasters.apple.com/support/5316-transcripts-on-apple-podcasts",
    "Apple 5482": "https://podcasters.apple.com/support/5482-using-chapters-on-apple-podcasts",
    "Apple guide": "https://help.apple.com/itc/podcasts_connect/#/itcb54353390",
    "Atom": "https://www.rfc-editor.org/rfc/rfc4287",
    "BCP 47": "https://www.rfc-editor.org/info/bcp47",
    "Creative Commons RSS module": "https://cyber.harvard.edu/rss/creativeCommonsRssModule.html",
    "GeoRSS": "https://www.ogc.org/standard/georss/",
    "ID3v2 Chapters": "https://id3.org/id3v2-chapters-1.0",
    "IANA": "https://www.iana.org/assignments/media-types/media-types.xhtml",
    "ISO 3166-1": "https://www.iso.org/iso-3166-country-codes.html",
    "JSON chapters": "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/chapters/jsonChapters.md",
    "Media RSS": "https://www.rssboard.org/media-rss",
    "OpenStreetMap": "https://wiki.openstreetmap.org/wiki/Elements",
    "PSP-1": "https://github.com/Podcast-Standards-Project/PSP-1-Podcast-RSS-Specification",
    "Podcast Index aggregator": "https://github.com/Podcastindex-org/aggregator",
    "Podcast Taxonomy Project": "https://podcasttaxonomy.com/",
    "Podlove Simple Chapters": "https://podlove.org/simple-chapters/",
    "RFC 1918": "https://www.rfc-editor.org/rfc/rfc1918",
    "RFC 2822": "https://www.rfc-editor.org/rfc/rfc2822",
    "RFC 3986": "https://www.rfc-editor.org/rfc/rfc3986",
    "RFC 4685": "https://www.rfc-editor.org/rfc/rfc4685",
    "RFC 5005": "https://www.rfc-editor.org/rfc/rfc5005",
    "RFC 5545": "https://www.rfc-editor.org/rfc/rfc5545",
    "RFC 5870": "https://www.rfc-editor.org/rfc/rfc5870",
    "RFC 6381": "https://www.rfc-editor.org/rfc/rfc6381",
    "RFC 6761": "https://www.rfc-editor.org/rfc/rfc6761",
    "RFC 6838": "https://www.rfc-editor.org/rfc/rfc6838",
    "RFC 7303": "https://www.rfc-editor.org/rfc/rfc7303",
    "RFC 9110": "https://www.rfc-editor.org/rfc/rfc9110",
    "RFC 8259": "https://www.rfc-editor.org/rfc/rfc8259",
    "RSS Slash module": "https://web.resource.org/rss/1.0/modules/slash/",
    "RSS 2.0": "https://www.rssboard.org/rss-specification",
    "RSS Profile": "https://www.rssboard.org/rss-profile",
    "Spotify chapters": "https://support.spotify.com/creators/article/creating-and-managing-chapters/",
    "Spotify delivery": "https://support.spotify.com/creators/",
    "Subresource Integrity": "https://www.w3.org/TR/SRI/",
    "W3C Geo": "https://www.w3.org/2003/01/geo/",
    "W3C validator": "https://validator.w3.org/feed/docs/",
    "WebSub": "https://www.w3.org/TR/websub/",
    "WebVTT": "https://www.w3.org/TR/webvtt1/",
    "XML 1.0": "https://www.w3.org/TR/xml/",
    "podcast namespace, transcripts": "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/transcripts/transcripts.md",
    "podcast namespace": "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md",
}
_TAG_PAGE = "podcast namespace, tag "


def find_documents(source: str) -> tuple[tuple[str, str], ...]:
    """Each document that the source of a rule names, with its section, and where it can be read.

    Parts are separated by semicolons. A part that names none of the known documents has the address "".

    >>> find_documents("RSS 2.0, guid; seen in AntennaPod")
    (('RSS 2.0, guid', 'https://www.rssboard.org/rss-specification'), ('seen in AntennaPod', ''))
    >>> find_documents("podcast namespace, tag live-item")[0][1][-27:]
    'main/docs/tags/live-item.md'
    """
    return tuple((part.strip(), _find_address(part.strip())) for part in source.split(";"))


def _find_address(part: str) -> str:
    if part.startswith(_TAG_PAGE):
        name = part.removeprefix(_TAG_PAGE).split(",")[0].split()[0]
        return f"https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/{name}.md"
    return next((address for name, address in _DOCUMENTS.items() if part.startswith(name)), "")
