"""Recordings: their size, length and kind against what the feed says of them."""

from __future__ import annotations

from feeds.formats import SECOND, format_clock
from feeds.markup.meaning import parse_feed_duration
from feeds.rulebook.files.linked import Media, Use
from feeds.rulebook.forms.containers import MP3, find_container
from feeds.rulebook.forms.numbers import parse_whole
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.wording import quote

_TOLERANCE = 2 * SECOND
_LOWEST, _HIGHEST = 96_000, 320_000


@rule("media", source="RSS 2.0, enclosure; PSP-1, enclosure; Apple guide, enclosure", everywhere="error")
def media_enclosure_length_mismatch(media: Media) -> Hits:
    """The length of an enclosure is the size of its file in bytes.

    Apps show it before a download, and some take a file of another size for broken and fetch it again and again.
    """
    for use in media.uses:
        length = parse_whole(use.length.strip())
        # A page in place of the recording is told by another rule, and its size is not to be written anywhere.
        if length and media.bytes and length != media.bytes and not _is_other(media, use):
            remedy = f"write {media.bytes}" + (", if the file is whole" if media.bytes < length else "")
            yield use.spot, f"the file has {media.bytes} bytes, and the length of {use.name} says {length}: {remedy}"


@rule(
    "media", source="PSP-1, itunes:duration; the tolerance of two seconds is that of this house", everywhere="warning"
)
def media_duration_mismatch(media: Media) -> Hits:
    """itunes:duration is what the recording lasts, give or take two seconds.

    Apps show it in their lists and work out from it what is left to hear, until the file is there.
    """
    for use in media.uses:
        stated = parse_feed_duration(use.duration)
        if stated and media.duration and abs(stated - media.duration) > _TOLERANCE:
            lasts, seconds = format_clock(media.duration), round(media.duration / SECOND)
            message = f"the recording lasts {lasts}, and itunes:duration says {quote(use.duration)}: write {seconds}"
            yield use.spot, message


@rule("media", source="RSS 2.0, enclosure; Apple guide, enclosure", everywhere="error")
def media_type_mismatch(media: Media) -> Hits:
    """A recording is the kind of file that the type of its enclosure says.

    Apps choose by the type whether and with what they play a file, and fail on one that is something else.
    """
    for use in media.uses:
        if _is_other(media, use):
            found = f"is of the kind {media.container}" if media.container else "begins as no kind of media file does"
            message = (
                f"the file {found}, and the type of {use.name} is {quote(use.type)}: correct the one that is wrong"
            )
            yield use.spot, message


@rule("media", source="Spotify delivery, audio; house", spotify="info")
def media_mp3_bitrate(media: Media) -> Hits:
    """An MP3 has between 96 and 320 kbit/s; half of that is enough for a single channel.

    Below that speech sounds as from a telephone, above it no app plays the file.
    """
    least = _LOWEST // 2 if media.channels == 1 else _LOWEST
    if media.container == MP3 and media.bitrate and not least <= media.bitrate <= _HIGHEST:
        found, wanted = round(media.bitrate / 1000), f"{least // 1000} to {_HIGHEST // 1000}"
        yield (
            media.uses[0].spot,
            f"the recording has {found} kbit/s, where {wanted} are usual: encode it anew from the original",
        )


def _is_other(media: Media, use: Use) -> bool:
    """Whether a file is of another kind than an element says."""
    expected = find_container(use.type)
    return expected not in ("", media.container)
