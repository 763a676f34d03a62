"""channel.lock: written so that a difference can be read, read so that damage is noticed."""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.errors import LockError
from feeds.identity.lock import (
    FILE_NAME,
    Lock,
    LockedChannel,
    LockedEpisode,
    find_lock_changes,
    format_lock,
    parse_lock,
    read_lock,
    write_lock,
)
from feeds.media.measure import Facts

NINE = dt.datetime(2026, 5, 12, 9, tzinfo=dt.UTC)
BREAD = LockedEpisode(
    guid="7f9c",
    record="seeds/shape/bread.md",
    title="Bread & Salt",
    slug="bread",
    date=NINE,
    published=NINE,
    audio="ab",
    enclosure="shape/bread/bread.ab.mp3",
)
WINE = LockedEpisode(guid="8d1e", record="seeds/shape/wine.md", title="와인", slug="wine", date=NINE, published=NINE)
PICTURE = Facts(bytes=7, type="image/png", sha256="cd", width=1400, height=1400)
SOUND = Facts(bytes=9, type="audio/mpeg", sha256="ab", duration=60_000)
LOCK = Lock(
    channels={"shape": LockedChannel(guid="4ad3", episodes=(BREAD, WINE))},
    files={"seeds/shape/artwork.png": PICTURE, "seeds/shape/bread.mp3": SOUND},
)

TEXTS = st.text(st.characters(codec="utf-8"))
MOMENTS = st.datetimes(dt.datetime(1980, 1, 1), dt.datetime(2100, 1, 1), timezones=st.just(dt.UTC))
EPISODES = st.builds(
    LockedEpisode,
    guid=TEXTS,
    record=TEXTS,
    title=TEXTS,
    slug=TEXTS,
    date=MOMENTS.map(lambda moment: moment.replace(microsecond=0)),
    published=MOMENTS.map(lambda moment: moment.replace(microsecond=0)),
    audio=TEXTS,
    enclosure=TEXTS,
    gone=st.booleans(),
    spelled=st.dictionaries(TEXTS, TEXTS, max_size=2).map(lambda marks: tuple((v, k) for k, v in marks.items())),
    imported=TEXTS,
    formerly=st.lists(TEXTS, max_size=2).map(tuple),
    superseded=st.lists(TEXTS, max_size=2).map(tuple),
)
CHANNELS = st.builds(
    LockedChannel, guid=TEXTS, episodes=st.lists(EPISODES, unique_by=lambda episode: episode.guid).map(tuple)
)
COUNTS = st.integers(0, 2**40)
FACTS = st.builds(Facts, bytes=COUNTS, type=TEXTS, sha256=TEXTS, duration=COUNTS, width=COUNTS, height=COUNTS)
LOCKS = st.builds(
    Lock, channels=st.dictionaries(TEXTS, CHANNELS, max_size=3), files=st.dictionaries(TEXTS, FACTS, max_size=3)
)


def list_episodes(lock: Lock) -> dict[str, tuple[str, set[LockedEpisode]]]:
    return {slug: (channel.guid, set(channel.episodes)) for slug, channel in lock.channels.items()}


@given(LOCKS)
def test_what_is_written_is_read_again(lock: Lock) -> None:
    text = format_lock(lock)
    again = parse_lock(text.encode(), FILE_NAME)
    assert list_episodes(again) == list_episodes(lock)
    assert again.files == lock.files
    assert format_lock(again) == text


@given(LOCKS, st.randoms(use_true_random=False))
def test_the_text_depends_on_no_order(lock: Lock, chance: object) -> None:
    shuffle = chance.shuffle  # type: ignore[attr-defined]
    files, channels = list(lock.files.items()), []
    for slug, channel in lock.channels.items():
        episodes = list(channel.episodes)
        shuffle(episodes)
        channels.append((slug, replace(channel, episodes=tuple(episodes))))
    shuffle(files)
    shuffle(channels)
    assert format_lock(Lock(channels=dict(channels), files=dict(files))) == format_lock(lock)


def test_one_change_is_one_line() -> None:
    retitled = replace(LOCK, channels={"shape": LockedChannel(guid="4ad3", episodes=(replace(BREAD, title="x"), WINE))})
    before, after = format_lock(LOCK).splitlines(), format_lock(retitled).splitlines()
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1


def test_a_date_in_another_time_zone_is_the_same_date() -> None:
    there = BREAD.date.astimezone(dt.timezone(dt.timedelta(hours=9)))
    lock = Lock(
        channels={"shape": LockedChannel(guid="4ad3", episodes=(replace(BREAD, date=there, published=there), WINE))}
    )
    assert format_lock(lock) == format_lock(replace(LOCK, files={}))


GOOD = json.loads(format_lock(LOCK))
BROKEN = {
    "cut short": format_lock(LOCK)[:200],
    "in conflict": format_lock(LOCK).replace('"4ad3"', '"4ad3"\n<<<<<<< HEAD', 1),
    "empty": "",
    "a list": "[]",
    "null": "null",
    "of another version": json.dumps(GOOD | {"version": 2}),
    "without its version": json.dumps({key: GOOD[key] for key in ("channels", "files")}),
    "without its files": json.dumps({key: GOOD[key] for key in ("version", "channels")}),
    "with channels in a list": json.dumps(GOOD | {"channels": []}),
    "with a channel that is a text": json.dumps(GOOD | {"channels": {"shape": "4ad3"}}),
    "with a number for a guid": json.dumps(GOOD | {"channels": {"shape": {"guid": 4, "episodes": {}}}}),
    "with an episode without a date": format_lock(LOCK).replace('"published"', '"Published"', 1),
    "with a date that is none": format_lock(LOCK).replace("2026-05-12T09:00:00Z", "soon", 1),
    "with an unknown key": format_lock(LOCK).replace('"slug"', '"slag"', 1),
    "with a null for a title": format_lock(LOCK).replace('"Bread & Salt"', "null", 1),
    "with a text for a size": format_lock(LOCK).replace('"bytes": 7', '"bytes": "7"', 1),
    "with a truth for a size": format_lock(LOCK).replace('"bytes": 7', '"bytes": true', 1),
    "without a hash": format_lock(LOCK).replace('"sha256"', '"sha"', 1),
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_broken_lock_is_one_line_that_says_where_to_get_it_back(text: str) -> None:
    with pytest.raises(LockError) as caught:
        parse_lock(text.encode(), "show/channel.lock")
    (line,) = str(caught.value).splitlines()
    assert line.startswith("show/channel.lock:")
    assert line.endswith("take it from your last commit, it holds the guids")


def test_a_lock_that_is_not_utf_8_is_one_line_too() -> None:
    with pytest.raises(LockError) as caught:
        parse_lock(format_lock(LOCK).encode("utf-16"), FILE_NAME)
    assert len(str(caught.value).splitlines()) == 1


def test_the_line_of_a_conflict_is_named() -> None:
    with pytest.raises(LockError) as caught:
        parse_lock(b'{\n "version": 1,\n<<<<<<< HEAD\n', FILE_NAME)
    assert caught.value.faults[0].line == 3


def test_a_project_without_a_lock_has_an_empty_one(tmp_path: Path) -> None:
    assert read_lock(tmp_path / FILE_NAME, FILE_NAME) == Lock()


def test_a_written_lock_is_read_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    write_lock(file, LOCK)
    assert read_lock(file, FILE_NAME) == LOCK
    assert [one.name for one in tmp_path.iterdir()] == [FILE_NAME]


def test_a_lock_that_says_the_same_already_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    write_lock(file, LOCK)
    before = file.stat()
    write_lock(file, LOCK)
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_lock_is_whole_or_as_it_was_where_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / FILE_NAME
    write_lock(file, LOCK)

    def fail(_before: object, _after: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="full"):
        write_lock(file, Lock())
    assert read_lock(file, FILE_NAME) == LOCK


def change(**changes: object) -> Lock:
    return replace(LOCK, channels={"shape": LockedChannel(guid="4ad3", episodes=(replace(BREAD, **changes), WINE))})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        (LOCK, LOCK, ()),
        (LOCK, change(title="x", record="x.md", date=NINE.replace(hour=10), audio="x"), ()),
        (LOCK, change(slug="x"), ("seeds/shape/bread.md has another slug",)),
        (LOCK, change(enclosure="x"), ("seeds/shape/bread.md has another enclosure",)),
        (LOCK, change(slug="x", enclosure="x"), ("seeds/shape/bread.md has another slug and enclosure",)),
        (LOCK, change(guid="x"), ("seeds/shape/bread.md is new",)),
        (LOCK, replace(LOCK, files={"seeds/shape/bread.mp3": SOUND}), ()),
        (
            LOCK,
            replace(LOCK, files={"seeds/shape/bread.mp3": replace(SOUND, sha256="x")}),
            ("seeds/shape/bread.mp3 is another file than the one measured",),
        ),
        (replace(LOCK, files={}), replace(LOCK, files={"x.mp3": SOUND}), ("x.mp3 is new",)),
        (Lock(), Lock(channels={"shape": LockedChannel(guid="4ad3")}), ("the channel shape is new",)),
        (
            Lock(channels={"shape": LockedChannel(guid="")}),
            Lock(channels={"shape": LockedChannel(guid="4ad3")}),
            ("the podcast:guid of the channel shape is new",),
        ),
    ],
)
def test_only_what_is_published_counts_as_a_change(before: Lock, after: Lock, changes: tuple[str, ...]) -> None:
    assert find_lock_changes(before, after) == changes
