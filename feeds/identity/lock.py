"""channel.lock: what must never change by accident, and what is measured only once.

It stands beside channel.toml, is written by the program and committed by the user. It is JSON, since it is read
at every start and a show of ten thousand episodes has four megabytes of it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from feeds.errors import Fault, LockError
from feeds.formats import format_instant, parse_date
from feeds.media.measure import Facts
from feeds.tree import write_whole

FILE_NAME = "channel.lock"
_VERSION = 1
_PUBLISHED = ("slug", "enclosure", "length")
_MAY_LACK = ("audio", "enclosure", "label", "length", "gone", "imported")
_LISTS = ("formerly", "superseded")


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedEpisode:
    """The identity of an episode, and by what it is known again.

    `record` is the path of its record relative to channel.toml, `audio` the hash of its recording or the URL of a
    remote one, `date` its date to the second: all as the last build saw them, since what an author changes step by
    step is only known again from the last step. `published` is the date that it had first. `enclosure` is the path of
    its media file within the site, or its URL; where that is a copy of the recording with tags in it, `label` is the
    mark of the recording and all that they say, and `length` its size in bytes. `gone` is true of one whose record was
    not there at the last build.
    `spelled` holds elements of its item as another program wrote them (feeds.markup.fragments), each with the mark of
    what this one would write: as long as that is the same, which is until the author changes it, they are written.
    `imported` is the hash of its record as it was taken in, by which the next import tells what was edited.
    `formerly` are the slugs that it had, oldest first: what stood there is looked for at its new address. `superseded`
    are the last paths of the site at which its recording stood before, as apps ask for it until they have a new feed.
    """

    guid: str
    record: str
    title: str
    slug: str
    date: dt.datetime
    published: dt.datetime
    audio: str = ""
    enclosure: str = ""
    label: str = ""
    length: int = 0
    gone: bool = False
    spelled: tuple[tuple[str, str], ...] = ()
    imported: str = ""
    formerly: tuple[str, ...] = ()
    superseded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedChannel:
    """The podcast:guid of a channel, and its episodes, those ever published among them.

    `spelled` as of an episode; `imported` is the hash of the channel's table as it was taken in.
    """

    guid: str
    episodes: tuple[LockedEpisode, ...] = ()
    spelled: tuple[tuple[str, str], ...] = ()
    imported: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """The whole lock; the keys of `files` are paths relative to channel.toml."""

    channels: Mapping[str, LockedChannel] = field(default_factory=dict)
    files: Mapping[str, Facts] = field(default_factory=dict)


def parse_lock(text: bytes, path: str) -> Lock:
    """Read a lock. Raises LockError if it is not one that this version wrote."""
    try:
        document = json.loads(text.decode())
        if document["version"] != _VERSION:
            raise ValueError(f"version {document['version']} is not known here")
        return Lock(
            channels={slug: _parse_channel(entry) for slug, entry in document["channels"].items()},
            files={name: _parse_facts(entry) for name, entry in document["files"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 0
        message = f"the lock cannot be read ({error}): take it from your last commit, it holds the guids"
        raise LockError([Fault(path=path, line=line, message=message)]) from error


def format_lock(lock: Lock) -> str:
    """Write a lock: one value a line and sorted, so that a version control shows what changed."""
    document = {
        "version": _VERSION,
        "channels": {
            slug: {
                "guid": channel.guid,
                **({"imported": channel.imported} if channel.imported else {}),
                **_format_spelled(channel.spelled),
                "episodes": {episode.guid: _format_episode(episode) for episode in _sort(channel.episodes)},
            }
            for slug, channel in sorted(lock.channels.items())
        },
        "files": {name: _format_facts(facts) for name, facts in sorted(lock.files.items())},
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def read_lock(file: Path, path: str) -> Lock:
    """Read the lock of a project, an empty one if there is none yet. Raises LockError."""
    try:
        text = file.read_bytes()
    except FileNotFoundError:
        return Lock()
    return parse_lock(text, path)


def write_lock(file: Path, lock: Lock) -> None:
    """Write the lock of a project, whole or not at all; one that says the same already is left as it is."""
    text = format_lock(lock).encode()
    if not file.is_file() or file.read_bytes() != text:
        write_whole(file, text)


def find_lock_changes(before: Lock, after: Lock) -> tuple[str, ...]:
    """Say in words where what is published would no longer agree with the lock, for `--locked`.

    A new title, date or file name is none of these: by them an episode is only known again.
    """
    lines = []
    for slug, channel in after.channels.items():
        known = before.channels.get(slug)
        if known is None:
            lines.append(f"the channel {slug} is new")
        elif known.guid != channel.guid:
            lines.append(f"the podcast:guid of the channel {slug} is new")
        by_guid = {episode.guid: episode for episode in known.episodes} if known else {}
        changes = ((episode, _find_change(by_guid.get(episode.guid), episode)) for episode in channel.episodes)
        lines += (f"{episode.record} {change}" for episode, change in changes if change)
    for name, facts in after.files.items():
        if name not in before.files:
            lines.append(f"{name} is new")
        elif before.files[name] != facts:
            lines.append(f"{name} is another file than the one measured")
    return tuple(lines)


def _find_change(before: LockedEpisode | None, after: LockedEpisode) -> str:
    """What is published of an episode that its lock does not say, "" if nothing is."""
    if before is None:
        return "is new"
    if before.audio == after.audio and before.label != after.label:
        return "says something else than the tags of its published recording"
    differences = [key for key in _PUBLISHED if getattr(before, key) != getattr(after, key)]
    return f"has another {' and '.join(differences)}" if differences else ""


def _parse_channel(entry: Mapping[str, Any]) -> LockedChannel:
    return LockedChannel(
        **_check_types({"guid": entry["guid"], "imported": entry.get("imported", "")}),
        spelled=_parse_spelled(entry),
        episodes=tuple(_parse_episode(guid, fields) for guid, fields in entry["episodes"].items()),
    )


def _parse_episode(guid: str, entry: Mapping[str, Any]) -> LockedEpisode:
    fields = dict(entry)
    spelled = _parse_spelled(fields)
    fields.pop("spelled", None)
    gone = fields.pop("gone", False)
    if not isinstance(gone, bool):
        raise TypeError(f"gone is {gone!r}")
    formerly, superseded = (_parse_texts(key, fields.pop(key, [])) for key in _LISTS)
    dates = {key: parse_date(fields[key]) for key in ("date", "published")}
    texts = _check_types(fields, ("length",))
    return LockedEpisode(
        guid=guid, gone=gone, spelled=spelled, formerly=formerly, superseded=superseded, **{**texts, **dates}
    )


def _parse_texts(key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise TypeError(f"{key} is {value!r}")
    return tuple(value)


def _parse_spelled(entry: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((mark, elements) for elements, mark in _check_types(entry.get("spelled", {})).items())


def _parse_facts(entry: Mapping[str, Any]) -> Facts:
    return Facts(**_check_types(entry, numbers=("bytes", "duration", "width", "height")))


def _check_types(entry: Mapping[str, Any], numbers: Collection[str] = ()) -> Mapping[str, Any]:
    for key, value in entry.items():
        if type(value) is not (int if key in numbers else str):
            raise TypeError(f"{key} is {value!r}")
    return entry


def _sort(episodes: Iterable[LockedEpisode]) -> list[LockedEpisode]:
    return sorted(episodes, key=lambda episode: (episode.published, episode.record, episode.guid))


def _format_episode(episode: LockedEpisode) -> dict[str, object]:
    return {
        "record": episode.record,
        "title": episode.title,
        "slug": episode.slug,
        "date": format_instant(episode.date),
        "published": format_instant(episode.published),
        **{key: value for key in _MAY_LACK if (value := getattr(episode, key))},
        **{key: list(value) for key in _LISTS if (value := getattr(episode, key))},
        **_format_spelled(episode.spelled),
    }


def _format_spelled(spelled: Iterable[tuple[str, str]]) -> dict[str, object]:
    """Elements first: two of them may have one mark, that of nothing at all."""
    marks = {elements: mark for mark, elements in spelled}
    return {"spelled": marks} if marks else {}


def _format_facts(facts: Facts) -> dict[str, object]:
    may_lack = ("duration", "width", "height")
    fields = {key: value for key, value in asdict(facts).items() if key != "flaw"}
    return {key: value for key, value in fields.items() if value or key not in may_lack}
