"""Settling the lock: every channel and every episode gets its identity, and keeps it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from feeds import addresses
from feeds.building.enclosures import Standing, find_superseded, settle_enclosure
from feeds.building.labels import Labelling, find_labelling
from feeds.building.sources import Library
from feeds.errors import Fault
from feeds.identity.claims import Claim, find_absent, settle_identities
from feeds.identity.guids import compute_podcast_guid
from feeds.identity.lock import Lock, LockedChannel, LockedEpisode
from feeds.model import Channel, LocalAudio, RemoteAudio, Site
from feeds.records.record import Record
from feeds.records.seeds import find_slug
from feeds.settings.channel import Settings

_EXAMPLES = ("example", "example.com", "example.net", "example.org", "invalid", "localhost", "test", "127.0.0.1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """Who each record is, and what its recording says, by the key of the record; the lock; what authors should know."""

    identities: Mapping[str, LockedEpisode]
    labels: Mapping[str, Labelling]
    lock: Lock
    warnings: tuple[Fault, ...]


def settle_lock(
    settings: Settings,
    records: Mapping[str, Sequence[Record]],
    library: Library,
    before: Lock,
    faults: list[Fault],
    *,
    artworks: Mapping[str, str],
    make_guid: Callable[[str], str],
    standing: Standing,
) -> Settlement:
    """Settle who each record is, and the lock as it is afterwards.

    A locked episode whose record is gone stays locked: if it comes back, it is the same. Drafts have no identity.
    `artworks` has the key of the picture of each channel, "" for one on another server.
    """
    identities: dict[str, LockedEpisode] = {}
    labels: dict[str, Labelling] = {}
    warnings: list[Fault] = []
    channels = dict(before.channels)
    for channel in settings.channels:
        known = before.channels.get(channel.slug, LockedChannel(guid=""))
        locked = {episode.guid: episode for episode in known.episodes}
        written = [record for record in records[channel.slug] if not record.episode.draft]
        settled = settle_identities(
            [_make_claim(record, library) for record in written], known.episodes, make_guid=make_guid, faults=faults
        )
        for record, episode in zip(written, settled, strict=True):
            page = addresses.url(settings.site, addresses.episode_page(channel.slug, episode.slug))
            labels[record.key] = find_labelling(
                channel, record, library, artwork=artworks[channel.slug], slug=episode.slug, link=page
            )
            known_as = locked.get(episode.guid)
            audio = settle_enclosure(channel, record, known_as, labels[record.key], library, standing)
            identities[record.key] = replace(
                episode,
                enclosure=audio.enclosure,
                label=audio.label,
                length=audio.length,
                superseded=find_superseded(known_as, audio.enclosure),
            )
            if audio.warning:
                path, line = record.episode.path, record.episode.lines.get("audio", 0)
                warnings.append(Fault(path=path, line=line, message=audio.warning))
        absent = find_absent(known.episodes, settled, {record.key for record in records[channel.slug]})
        channels[channel.slug] = LockedChannel(
            guid=_settle_channel(channel, settings.site, known.guid, faults),
            episodes=(*(identities[record.key] for record in written), *absent),
            spelled=known.spelled,
            imported=known.imported,
        )
    lock = Lock(channels=channels, files=library.facts)
    return Settlement(identities=identities, labels=labels, lock=lock, warnings=tuple(warnings))


def check_channels_known(settings: Settings, before: Lock, after: Lock) -> Iterator[Fault]:
    """Find channels that seem to be others under a new name, which would lose their listeners: the address of a feed is
    made of the name, and what is locked under the old one would be forgotten.
    """
    there = {channel.slug for channel in settings.channels}
    gone = {slug: _find_marks(channel) for slug, channel in before.channels.items() if slug not in there}
    for channel in settings.channels:
        if channel.slug in before.channels:
            continue
        marks = _find_marks(after.channels[channel.slug])
        for slug, old in gone.items():
            if marks & old:
                message = (
                    f"channels.{channel.slug}: has episodes of {slug}, which is gone. The name is part of the feed's "
                    f"address: keep it (or, if you mean it, write {channel.slug!r} for {slug!r} in channel.lock, and "
                    "the guids stay)"
                )
                yield Fault(path=channel.path, line=channel.line(""), message=message)


def _find_marks(channel: LockedChannel) -> set[tuple[str, dt.datetime]]:
    return {(episode.title, episode.date) for episode in channel.episodes}


def find_podcast_guid(channel: Channel, site: Site, lock: Lock) -> str:
    """The podcast:guid of a channel: the locked one, or for a site without an address yet, one for the time being."""
    locked = lock.channels[channel.slug].guid
    return locked or compute_podcast_guid(addresses.url(site, addresses.feed(channel.slug)))


def is_example(url: str) -> bool:
    """Say whether an address is one that nobody can have (RFC 2606), as in a show that was just begun.

    >>> is_example("https://podcast.example"), is_example("https://my.example.org/x"), is_example("https://npr.org")
    (True, True, False)
    """
    host = urlsplit(url).hostname or ""
    return any(host == example or host.endswith(f".{example}") for example in _EXAMPLES)


def _settle_channel(channel: Channel, site: Site, locked: str, faults: list[Fault]) -> str:
    """The podcast:guid to lock; none for an example address, or all new shows would share it for ever."""
    if channel.guid and locked and channel.guid != locked:
        message = (
            f"channels.{channel.slug}.guid: {channel.guid!r} is not the published one, {locked!r}. The podcast:guid is "
            "kept for ever: take this line out (or, if you mean it, change it in channel.lock)"
        )
        faults.append(Fault(path=channel.path, line=channel.line("guid"), message=message))
    if locked or channel.guid:
        return locked or channel.guid
    if is_example(site.url):
        return ""
    return compute_podcast_guid(addresses.url(site, addresses.feed(channel.slug)))


def _make_claim(record: Record, library: Library) -> Claim:
    episode = record.episode
    audio = ""
    # Every stream of a show may be at one address, which so proves nothing.
    if isinstance(episode.audio, RemoteAudio) and not episode.live:
        audio = episode.audio.url
    elif isinstance(episode.audio, LocalAudio) and (facts := library.facts.get(record.find_key(episode.audio.path))):
        audio = facts.sha256
    return Claim(
        path=episode.path,
        lines=episode.lines,
        record=record.key,
        title=episode.title,
        date=episode.date.replace(microsecond=0),
        proposed_slug=find_slug(PurePosixPath(record.key)),
        guid=episode.guid,
        slug=episode.slug,
        audio=audio,
    )
