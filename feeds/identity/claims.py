"""Knowing an episode again, whatever its author has renamed.

A guid is made once and stands in the lock. Nothing is derived from a title, an address or a file name: those are
only evidence of which locked episode a record is, and each of them may change.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from feeds.errors import Fault
from feeds.identity.lock import LockedEpisode

_WEIGHTS = {"audio": 4, "record": 3, "slug": 2, "title": 2, "date": 2}
_ENOUGH = 3
_CROWD = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A record that wants to know who it is.

    `guid` and `slug` are what the author set in the front matter, "" mostly; `proposed_slug` is used for an episode
    that is new. `audio` is "" where it proves nothing, as with stand-ins. `path` names the record in messages, and
    `lines` where the keys of its front matter stand.
    """

    path: str
    record: str
    title: str
    date: dt.datetime
    proposed_slug: str
    guid: str = ""
    slug: str = ""
    audio: str = ""
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)


def settle_identities(
    claims: Sequence[Claim], locked: Sequence[LockedEpisode], *, make_guid: Callable[[str], str], faults: list[Fault]
) -> tuple[LockedEpisode, ...]:
    """Give each record its identity, in the order of the records: the locked one where there is one, else a new one.

    `make_guid` makes one for the record of an episode that is new. Notes as faults a guid that differs from the
    published one, and an address that two records claim.
    """
    known = _match(claims, locked)
    taken = {slug.casefold() for slug in _find_slugs(claims, locked)}
    settled = []
    for claim in claims:
        episode = known.get(claim.record)
        if episode and claim.guid and claim.guid != episode.guid:
            message = _explain_changed_guid(claim.guid, episode.guid)
            faults.append(Fault(path=claim.path, line=claim.lines.get("guid", 0), message=message))
        slug = claim.slug or (episode.slug if episode else _find_free(claim.proposed_slug, taken))
        taken.add(slug.casefold())
        settled.append(
            LockedEpisode(
                guid=episode.guid if episode else claim.guid or make_guid(claim.record),
                record=claim.record,
                title=claim.title,
                slug=slug,
                date=claim.date,
                published=episode.published if episode else claim.date,
                audio=claim.audio,
                spelled=episode.spelled if episode else (),
                imported=episode.imported if episode else "",
                formerly=_find_former(episode, slug) if episode else (),
            )
        )
    faults += _find_twins(claims, settled)
    return _leave_slugs(settled, settled)


def find_doubts(
    left: Sequence[LockedEpisode], settled: Sequence[LockedEpisode], *, known: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Find the records that are new, though an episode is gone whose title or date they have; with what to say.

    `left` are the locked episodes whose records are no longer there, `known` the guids of all that were locked. To be
    new is the lesser harm where nothing more is known; only the author can know.
    """
    present = {episode.guid for episode in settled}
    gone = [episode for episode in left if episode.guid not in present]
    for episode in settled:
        alike = [other for other in gone if other.title == episode.title or other.date == episode.date]
        if episode.guid not in known and alike:
            yield (
                episode.record,
                f"is published as a new episode, though {alike[0].record} with the same title or date is gone. "
                f'If it is the same, write guid = "{alike[0].guid}", or subscribers download it again',
            )


def find_lost(
    before: Iterable[LockedEpisode], after: Sequence[LockedEpisode], *, at: dt.datetime
) -> Iterator[LockedEpisode]:
    """Find the episodes, published until `at`, that are gone for the first time now.

    One whose title or date a new episode has is left to `find_doubts`, which says more.
    """
    known = {episode.guid: episode for episode in before}
    new = [episode for episode in after if episode.guid not in known]
    marks = {mark for episode in new for mark in (episode.title, episode.date)}
    for episode in after:
        was_gone = episode.guid not in known or known[episode.guid].gone
        if episode.gone and not was_gone and episode.date <= at and marks.isdisjoint((episode.title, episode.date)):
            yield episode


def find_absent(
    locked: Iterable[LockedEpisode], settled: Iterable[LockedEpisode], records: Collection[str]
) -> tuple[LockedEpisode, ...]:
    """Find the locked episodes that are not among the settled ones, which stay locked: one may come back.

    `records` are all that are there, drafts among them. An episode whose record is not is marked as gone.
    """
    present = {episode.guid: episode for episode in settled}
    absent = (replace(episode, gone=episode.record not in records) for episode in locked if episode.guid not in present)
    return _leave_slugs(absent, present.values())


def _leave_slugs(episodes: Iterable[LockedEpisode], settled: Iterable[LockedEpisode]) -> tuple[LockedEpisode, ...]:
    """Take from episodes the former slugs that belong to others now, for good: they do not come back to them."""
    now = {episode.slug.casefold() for episode in settled}
    return tuple(
        replace(episode, formerly=tuple(slug for slug in episode.formerly if slug.casefold() not in now))
        for episode in episodes
    )


def _match(claims: Sequence[Claim], locked: Sequence[LockedEpisode]) -> dict[str, LockedEpisode]:
    """Find the locked episode of each record, by guid where the author gave it, else by the most evidence."""
    by_guid = {episode.guid: episode for episode in locked}
    by_record = {claim.record: claim for claim in claims}
    known = {claim.record: by_guid[claim.guid] for claim in claims if claim.guid in by_guid}
    claimed = {episode.guid for episode in known.values()}
    evidence = _find_evidence(claims, locked)
    weighed = sorted((-sum(_WEIGHTS[kind] for kind in kinds), *pair) for pair, kinds in evidence.items())
    for _, record, guid in weighed:
        free = record not in known and guid not in claimed
        if free and _is_proof(evidence[record, guid], by_record[record], by_guid[guid]):
            known[record] = by_guid[guid]
            claimed.add(guid)
    return known


def _find_evidence(claims: Sequence[Claim], locked: Sequence[LockedEpisode]) -> dict[tuple[str, str], frozenset[str]]:
    """Find what speaks for each pair of a record and a locked guid for which anything does.

    What a crowd has in common is looked at only where a pair has something else in common too.
    """
    names = {episode.record for episode in locked}
    shown = {claim.record: _show(claim, names) for claim in claims}
    had = {episode.guid: {kind: getattr(episode, kind) for kind in _WEIGHTS} for episode in locked}
    pairs: set[tuple[str, str]] = set()
    for kind in _WEIGHTS:
        guids = _group((values[kind], guid) for guid, values in had.items())
        for value, records in _group((values[kind], record) for record, values in shown.items()).items():
            if len(records) <= _CROWD >= len(guids[value]):
                pairs.update(product(records, guids[value]))
    return {
        (record, guid): frozenset(
            kind for kind in _WEIGHTS if shown[record][kind] and shown[record][kind] == had[guid][kind]
        )
        for record, guid in pairs
    }


def _show(claim: Claim, names: Collection[str]) -> Mapping[str, object]:
    """What a record can show for itself. The slug that a file name proposes says no more than the name itself, and so
    counts only where the whole name is new, as when the date in it has changed.
    """
    slug = claim.slug or ("" if claim.record in names else claim.proposed_slug)
    return {"audio": claim.audio, "record": claim.record, "slug": slug, "title": claim.title, "date": claim.date}


def _group(pairs: Iterable[tuple[object, str]]) -> defaultdict[object, list[str]]:
    groups: defaultdict[object, list[str]] = defaultdict(list)
    for value, owner in pairs:
        if value:
            groups[value].append(owner)
    return groups


def _is_proof(kinds: Collection[str], claim: Claim, episode: LockedEpisode) -> bool:
    """Say whether what a record and a locked episode have in common proves that they are one.

    Of an episode that is there until now, its file or its recording is enough, or any two things. The very date is
    enough only if it never had a recording: when it gets another title and another file, nothing else is left. A
    title alone is not: every season has its trailer. One that has been gone is not given away so lightly: a name, a
    title or a recording is used again, and then listeners should get the new episode.
    """
    if episode.gone:
        return len(kinds) > 1 and not {"audio", "record", "date"}.isdisjoint(kinds)
    if sum(_WEIGHTS[kind] for kind in kinds) >= _ENOUGH:
        return True
    return not episode.audio and not claim.guid and "date" in kinds


def _find_slugs(claims: Iterable[Claim], locked: Iterable[LockedEpisode]) -> Iterator[str]:
    """The slugs that no new episode is given: those of others, and those that lead to others now."""
    yield from (claim.slug for claim in claims)
    for episode in locked:
        yield from (episode.slug, *episode.formerly)


def _find_former(episode: LockedEpisode, slug: str) -> tuple[str, ...]:
    """The slugs that an episode had before the one it gets now."""
    had = dict.fromkeys((*episode.formerly, *((episode.slug,) if episode.slug != slug else ())))
    return tuple(former for former in had if former != slug)


def _find_free(slug: str, taken: Collection[str]) -> str:
    number = 2
    free = slug or "episode"
    while free.casefold() in taken:
        free, number = f"{slug or 'episode'}-{number}", number + 1
    return free


def _explain_changed_guid(wanted: str, published: str) -> str:
    return (
        f"guid: {wanted!r} is not the published one, {published!r}. Another guid makes every subscriber download "
        "the episode again: take this line out (or, if you mean it, take the episode out of channel.lock)"
    )


def _find_twins(claims: Sequence[Claim], settled: Sequence[LockedEpisode]) -> Iterable[Fault]:
    """Find what two records claim. Those that name a slug come last: they are the ones to choose another."""
    owners: dict[tuple[str, str], str] = {}
    for claim, episode in sorted(zip(claims, settled, strict=True), key=lambda pair: bool(pair[0].slug)):
        for kind, remedy in (("guid", "take one of the two lines out"), ("slug", "write another slug")):
            value = getattr(episode, kind)
            # Disks of many users do not tell capital letters from small ones; apps do so in guids.
            owner = owners.setdefault((kind, value.casefold() if kind == "slug" else value), claim.path)
            if owner != claim.path:
                message = f"{kind}: {value!r} belongs to {owner} already: {remedy}"
                yield Fault(path=claim.path, line=claim.lines.get(kind, 0), message=message)
                break
