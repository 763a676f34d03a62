"""An episode is known again, whatever its author renames: its guid never changes by accident."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.errors import Fault
from feeds.identity.claims import Claim, find_absent, settle_identities
from feeds.identity.lock import LockedEpisode

KINDS = ("record", "title", "date", "audio", "slug")


def day(number: int) -> dt.datetime:
    return dt.datetime(2026, 1, 1, 9, tzinfo=dt.UTC) + dt.timedelta(days=number)


def write(name: str, number: int, *, audio: str = "", guid: str = "", slug: str = "") -> Claim:
    """A record that is like no other."""
    record = f"seeds/show/{name}.md"
    title = f"On {name}"
    return Claim(
        path=record,
        lines={"title": 2, "guid": 3},
        record=record,
        title=title,
        date=day(number),
        proposed_slug=name,
        guid=guid,
        slug=slug,
        audio=audio,
    )


def count_guids(word: str = "guid") -> Callable[[str], str]:
    numbers = itertools.count(1)
    return lambda _: f"{word}-{next(numbers)}"


def settle(
    claims: Sequence[Claim], locked: Sequence[LockedEpisode] = (), make_guid: Callable[[str], str] | None = None
) -> tuple[LockedEpisode, ...]:
    """Settle records in which nothing is wrong. What is gone stays locked, as in the lock of a channel."""
    faults: list[Fault] = []
    settled = settle_identities(claims, locked, make_guid=make_guid or (lambda _: "a new guid"), faults=faults)
    assert faults == []
    return *settled, *find_absent(locked, settled, {claim.record for claim in claims})


def find_faults(claims: Sequence[Claim], locked: Sequence[LockedEpisode] = ()) -> list[str]:
    faults: list[Fault] = []
    settle_identities(claims, locked, make_guid=count_guids("new"), faults=faults)
    return list(map(str, faults))


def guids(episodes: Iterable[LockedEpisode]) -> list[str]:
    return [episode.guid for episode in episodes]


WITH_AUDIO = write("a", 1, audio="hash-a"), write("b", 2, audio="hash-b"), write("c", 3, audio="hash-c")
STAND_INS = write("a", 1), write("b", 2), write("c", 3)
NEW: Mapping[str, Mapping[str, object]] = {
    "record": {"record": "seeds/show/x.md", "path": "seeds/show/x.md", "proposed_slug": "x"},
    "title": {"title": "Another title"},
    "date": {"date": day(99)},
    "audio": {"audio": "another-hash"},
    "slug": {"slug": "another-slug"},
}


@pytest.mark.parametrize("claims", [WITH_AUDIO, STAND_INS], ids=["with audio", "stand-ins"])
def test_an_unchanged_show_keeps_every_guid_and_slug(claims: Sequence[Claim]) -> None:
    before = settle(claims, make_guid=count_guids())
    assert guids(before) == ["guid-1", "guid-2", "guid-3"]
    assert settle(claims, before) == before
    assert guids(settle(claims[::-1], before)) == ["guid-3", "guid-2", "guid-1"]


CHANGES = [*itertools.combinations(KINDS, 1), *itertools.combinations(KINDS, 2)]


# Of a stand-in that gets another file and another date, only the title would be left, which another episode may have.
@pytest.mark.parametrize(
    ("claims", "kinds"),
    [
        *((WITH_AUDIO, kinds) for kinds in CHANGES),
        *((STAND_INS, kinds) for kinds in CHANGES if set(kinds) != {"record", "date"}),
    ],
)
def test_any_two_changes_at_once_keep_the_guid(claims: Sequence[Claim], kinds: Sequence[str]) -> None:
    before = settle(claims, make_guid=count_guids())
    changed = claims[0]
    for kind in kinds:
        changed = replace(changed, **NEW[kind])  # type: ignore[arg-type]
    after = settle((changed, *claims[1:]), before)
    assert guids(after) == guids(before)
    assert after[0].slug == ("another-slug" if "slug" in kinds else "a")


@pytest.mark.parametrize("claims", [WITH_AUDIO, STAND_INS], ids=["with audio", "stand-ins"])
def test_title_slug_and_file_name_may_change_together(claims: Sequence[Claim]) -> None:
    before = settle(claims, make_guid=count_guids())
    changed = replace(claims[0], **NEW["title"], **NEW["slug"], **NEW["record"])  # type: ignore[arg-type]
    assert guids(settle((changed, *claims[1:]), before)) == guids(before)


def test_the_slug_of_a_renamed_file_stays_as_it_was_published() -> None:
    before = settle(WITH_AUDIO, make_guid=count_guids())
    renamed = replace(WITH_AUDIO[0], **NEW["record"])  # type: ignore[arg-type]
    assert settle((renamed, *WITH_AUDIO[1:]), before)[0].slug == "a"


def name_like(claim: Claim, other: Claim) -> Claim:
    return replace(claim, record=other.record, path=other.path, proposed_slug=other.proposed_slug)


@pytest.mark.parametrize("claims", [WITH_AUDIO, STAND_INS], ids=["with audio", "stand-ins"])
def test_swapped_file_names_swap_nothing_else(claims: Sequence[Claim]) -> None:
    a, b, c = claims
    before = settle(claims, make_guid=count_guids())
    assert guids(settle((name_like(a, b), name_like(b, a), c), before)) == guids(before)


@pytest.mark.parametrize("claims", [WITH_AUDIO, STAND_INS], ids=["with audio", "stand-ins"])
def test_file_names_that_all_move_up_by_one_move_nothing_else(claims: Sequence[Claim]) -> None:
    before = settle(claims, make_guid=count_guids())
    moved = [name_like(one, other) for one, other in zip(claims, (*claims[1:], write("d", 4)), strict=True)]
    assert guids(settle(moved, before)) == guids(before)


@pytest.mark.parametrize("claims", [WITH_AUDIO, STAND_INS], ids=["with audio", "stand-ins"])
def test_a_new_file_may_take_the_old_name_of_a_renamed_one(claims: Sequence[Claim]) -> None:
    before = settle(claims, make_guid=count_guids())
    renamed = replace(claims[0], **NEW["record"])  # type: ignore[arg-type]
    usurper = name_like(write("d", 4, audio=claims[0].audio and "hash-d"), claims[0])
    after = settle((usurper, renamed, *claims[1:]), before)
    assert guids(after) == ["a new guid", "guid-1", "guid-2", "guid-3"]
    assert after[0].slug == "a-2"


def test_a_copied_record_is_a_new_episode_even_before_its_audio_is_another() -> None:
    before = settle(WITH_AUDIO, make_guid=count_guids())
    copied = replace(write("copy", 50), audio="hash-a")
    assert guids(settle((copied, *WITH_AUDIO), before)) == ["a new guid", "guid-1", "guid-2", "guid-3"]


def test_another_episode_with_the_title_and_date_of_none_is_new() -> None:
    before = settle(WITH_AUDIO, make_guid=count_guids())
    assert guids(settle((*WITH_AUDIO, write("d", 4, audio="hash-d")), before))[3] == "a new guid"


def test_the_first_date_is_kept_and_the_last_one_is_what_an_episode_is_known_by() -> None:
    (first,) = settle_identities([write("a", 1)], (), make_guid=lambda _: "guid-1", faults=[])
    (later,) = settle_identities([write("a", 9)], (first,), make_guid=lambda _: "guid-2", faults=[])
    assert (later.guid, later.date, later.published) == ("guid-1", day(9), day(1))


@pytest.mark.parametrize("audio", ["", "hash-d"], ids=["stand-in", "recording"])
@pytest.mark.parametrize("kind", ["title", "date"])
def test_an_episode_is_new_that_shares_one_thing_with_a_deleted_recording(kind: str, audio: str) -> None:
    before = settle(WITH_AUDIO, make_guid=count_guids())
    other = replace(write("d", 4, audio=audio), **{kind: getattr(WITH_AUDIO[0], kind)})
    assert guids(settle((other, *WITH_AUDIO[1:]), before))[0] == "a new guid"


@pytest.mark.parametrize("audio", ["", "hash-d"], ids=["stand-in", "recording"])
def test_an_episode_is_new_that_shares_its_title_with_a_deleted_stand_in(audio: str) -> None:
    before = settle(STAND_INS, make_guid=count_guids())
    trailer = replace(write("d", 4, audio=audio), title=STAND_INS[0].title)
    assert guids(settle((trailer, *STAND_INS[1:]), before))[0] == "a new guid"


def test_a_date_that_changes_in_the_file_name_too_keeps_the_guid() -> None:
    planned = write("bread", 1)
    before = settle((planned,), make_guid=count_guids())
    moved = replace(planned, record="seeds/show/2026-02-01-bread.md", date=day(31))
    assert guids(settle((moved,), before)) == ["guid-1"]


def test_a_stand_in_that_gets_a_recording_another_title_and_another_file_keeps_its_guid() -> None:
    before = settle(STAND_INS, make_guid=count_guids())
    recorded = replace(write("d", 4, audio="hash"), date=STAND_INS[0].date)
    assert guids(settle((recorded, *STAND_INS[1:]), before))[0] == "guid-1"


def test_a_crowd_that_shares_a_date_is_told_apart_by_what_each_has_beside_it() -> None:
    season = [replace(write(f"s{number}", 1, audio=f"hash-{number}")) for number in range(5)]
    before = settle(season, make_guid=count_guids())
    renamed = name_like(season[2], write("third", 9))
    recoded = replace(season[3], audio="hash-3-again", **NEW["title"])  # type: ignore[arg-type]
    assert guids(settle([*season[:2], renamed, recoded, season[4]], before)) == guids(before)


def test_a_date_that_is_shared_and_a_recording_that_a_rerun_shares_are_still_evidence_together() -> None:
    first, rerun = write("first", 1, audio="hash"), write("rerun", 2, audio="hash")
    other = write("other", 1, audio="hash-o")
    before = settle((first, rerun, other), make_guid=count_guids())
    renamed = replace(name_like(first, write("x", 9)), **NEW["title"])  # type: ignore[arg-type]
    assert guids(settle((renamed, rerun, other), before)) == guids(before)


def test_a_show_of_thousands_that_share_a_title_and_a_date_is_settled_in_no_time_and_keeps_its_guids() -> None:
    crowd = [replace(write(f"n{number}", 1, audio="hash"), title="News") for number in range(5_000)]
    before = settle(crowd, make_guid=count_guids())
    assert guids(settle(crowd, before)) == guids(before)


@pytest.mark.parametrize("kind", ["title", "date", "record", "audio"])
def test_an_episode_that_has_been_gone_gives_its_guid_to_none_that_has_one_thing_of_it(kind: str) -> None:
    before = settle(WITH_AUDIO, make_guid=count_guids())
    without = settle(WITH_AUDIO[1:], before)
    assert [episode.gone for episode in without] == [False, False, True]
    d = write("d", 4, audio="hash-d")
    like = WITH_AUDIO[0]
    other = name_like(d, like) if kind == "record" else replace(d, **{kind: getattr(like, kind)})
    assert guids(settle((other, *WITH_AUDIO[1:]), without))[0] == "a new guid"


@pytest.mark.parametrize("claims", [WITH_AUDIO, STAND_INS], ids=["with audio", "stand-ins"])
def test_an_episode_that_comes_back_under_another_title_is_the_same(claims: Sequence[Claim]) -> None:
    before = settle(claims, make_guid=count_guids())
    without = settle(claims[1:], before)
    back = settle((replace(claims[0], **NEW["title"]), *claims[1:]), without)  # type: ignore[arg-type]
    assert guids(back) == guids(before)
    assert not any(episode.gone for episode in back)


def test_a_planned_episode_that_was_deleted_does_not_give_its_guid_to_the_next_one_of_that_date() -> None:
    before = settle(STAND_INS, make_guid=count_guids())
    without = settle(STAND_INS[1:], before)
    other = replace(write("d", 4), date=STAND_INS[0].date)
    assert guids(settle((other, *STAND_INS[1:]), without))[0] == "a new guid"


def test_guids_that_differ_in_capitals_are_two() -> None:
    claims = replace(WITH_AUDIO[0], guid="abC"), replace(WITH_AUDIO[1], guid="abc")
    assert guids(settle(claims)) == ["abC", "abc"]


def test_a_guid_of_its_own_makes_a_planned_episode_new_that_takes_the_date_of_a_deleted_one() -> None:
    before = settle(STAND_INS, make_guid=count_guids())
    taken_for_it = replace(write("d", 4), date=STAND_INS[0].date)
    assert guids(settle((taken_for_it, *STAND_INS[1:]), before))[0] == "guid-1"
    other = replace(taken_for_it, guid="my-own")
    assert guids(settle((other, *STAND_INS[1:]), before))[0] == "my-own"


def test_what_two_episodes_share_is_no_evidence() -> None:
    news = [replace(write(name, number), title="News") for number, name in enumerate("abc")]
    before = settle(news, make_guid=count_guids())
    assert guids(settle((*news, replace(write("d", 9), title="News")), before)) == [*guids(before), "a new guid"]


def test_a_deleted_record_that_comes_back_is_the_same() -> None:
    before = settle(WITH_AUDIO, make_guid=count_guids())
    without = settle(WITH_AUDIO[1:], before)
    assert sorted(guids(without)) == sorted(guids(before))
    assert settle(WITH_AUDIO, without) == before


def test_the_slug_of_a_deleted_record_is_not_given_away() -> None:
    before = settle(WITH_AUDIO, make_guid=count_guids())
    without = settle(WITH_AUDIO[1:], before)
    other = replace(write("d", 4, audio="hash-d"), proposed_slug="a")
    assert settle((other, *WITH_AUDIO[1:]), without)[0].slug == "a-2"


def test_a_new_episode_has_the_guid_that_its_author_gives() -> None:
    (episode,) = settle([write("a", 1, guid="from-my-old-host")])
    assert episode.guid == "from-my-old-host"


def test_a_guid_may_be_taken_out_once_it_is_locked() -> None:
    before = settle([write("a", 1, guid="from-my-old-host")])
    assert guids(settle([write("a", 1)], before)) == ["from-my-old-host"]


def test_a_written_guid_outweighs_every_other_evidence() -> None:
    before = settle(WITH_AUDIO, make_guid=count_guids())
    _, b, c = WITH_AUDIO
    disguised = replace(b, guid="guid-1")
    assert guids(settle((disguised, c), before))[0] == "guid-1"


def test_a_guid_that_differs_from_the_published_one_is_a_fault() -> None:
    before = settle(WITH_AUDIO, make_guid=count_guids())
    (fault,) = find_faults((replace(WITH_AUDIO[0], guid="mine"), *WITH_AUDIO[1:]), before)
    assert fault.startswith("seeds/show/a.md:3: guid: 'mine' is not the published one, 'guid-1'.")
    assert "take this line out" in fault


def test_a_guid_of_two_records_is_one_fault() -> None:
    twins = write("a", 1, guid="twin"), write("b", 2, guid="twin")
    assert find_faults(twins) == [
        "seeds/show/b.md:3: guid: 'twin' belongs to seeds/show/a.md already: take one of the two lines out"
    ]
    before = settle(twins[:1])
    assert len(find_faults(twins, before)) == 1


def test_new_records_of_the_same_name_get_different_slugs() -> None:
    claims = [
        replace(write(name, number), proposed_slug=slug)
        for number, (name, slug) in enumerate(zip("abcd", ("x", "x", "", ""), strict=True))
    ]
    assert [episode.slug for episode in settle(claims, make_guid=count_guids())] == ["x", "x-2", "episode", "episode-2"]


@pytest.mark.parametrize("slug", ["x", "X"])
def test_a_slug_of_two_records_is_a_fault_however_it_is_spelled(slug: str) -> None:
    assert find_faults((write("a", 1, slug="x"), write("b", 2, slug=slug))) == [
        f"seeds/show/b.md: slug: {slug!r} belongs to seeds/show/a.md already: write another slug"
    ]


def test_a_proposed_slug_gives_way_to_one_that_differs_in_capitals_only() -> None:
    claims = write("a", 1, slug="B"), write("b", 2)
    assert [episode.slug for episode in settle(claims, make_guid=count_guids())] == ["B", "b-2"]


def test_who_takes_a_published_slug_is_told_and_not_who_has_it() -> None:
    before = settle(WITH_AUDIO, make_guid=count_guids())
    taker = write("0", 9, audio="hash-0", slug="b")
    assert find_faults((taker, *WITH_AUDIO), before) == [
        "seeds/show/0.md: slug: 'b' belongs to seeds/show/b.md already: write another slug"
    ]


def test_a_swap_of_slugs_is_no_fault() -> None:
    before = settle(WITH_AUDIO, make_guid=count_guids())
    a, b, c = WITH_AUDIO
    after = settle((replace(a, slug="b"), replace(b, slug="a"), c), before)
    assert [(episode.guid, episode.slug) for episode in after] == [("guid-1", "b"), ("guid-2", "a"), ("guid-3", "c")]


def test_changes_one_after_the_other_are_followed_although_none_of_the_first_evidence_is_left() -> None:
    claims: Sequence[Claim] = STAND_INS[:1]
    locked = settle(claims, make_guid=count_guids())
    for kind in ("date", "record", "title", "date"):
        claims = [replace(claims[0], **NEW[kind])]  # type: ignore[arg-type]
        locked = settle(claims, locked)
    assert guids(locked) == ["guid-1"]


class Show:
    """A show whose author renames at random. Each of its records knows who it truly is."""

    def __init__(self, data: st.DataObject) -> None:
        self._data = data
        self._fresh = itertools.count(100)
        self._make_guid = count_guids()
        self._locked: tuple[LockedEpisode, ...] = ()
        self._away: dict[str, Claim] = {}
        self.records: dict[str, Claim] = {}
        for _ in range(data.draw(st.integers(2, 5), "episodes")):
            self._add(self._write_new())

    def _write_new(self) -> Claim:
        number = next(self._fresh)
        audio = f"hash-{number}" if self._data.draw(st.booleans(), "has audio") else ""
        return write(f"n{number}", number, audio=audio)

    def build(self) -> None:
        """Settle the records and see that each has the guid that it truly has."""
        self._locked = settle(list(self.records.values()), self._locked, self._make_guid)
        assert dict(zip(self.records, guids(self._locked), strict=False)) == {guid: guid for guid in self.records}

    def change(self) -> None:
        """Give each record at most two new things; a name that has become free may go to a new record."""
        free: list[Claim] = []
        for guid, claim in self.records.items():
            kinds = self._data.draw(st.lists(st.sampled_from(KINDS), max_size=2, unique=True), f"changes of {guid}")
            if not claim.audio and {"record", "date"} <= set(kinds):
                kinds.remove("date")  # a title alone is nothing to know an episode by
            if "record" in kinds and (claim.audio or len(kinds) == 1):
                free.append(claim)
            self.records[guid] = self._change_one(claim, kinds)
        if self._data.draw(st.booleans(), "a new record takes a free name") and free:
            self._add(name_like(self._write_new(), free[0]))

    def _change_one(self, claim: Claim, kinds: Iterable[str]) -> Claim:
        number = next(self._fresh)
        new = write(f"n{number}", number, audio=f"hash-{number}" if claim.audio else "", slug=f"s{number}")
        for kind in kinds:
            claim = name_like(claim, new) if kind == "record" else replace(claim, **{kind: getattr(new, kind)})
        return claim

    def rotate(self) -> None:
        """Let names, titles or dates go round among the records."""
        kind = self._data.draw(st.sampled_from(("record", "title", "date")), "goes round")
        claims = list(self.records.values())
        for guid, claim, other in zip(self.records, claims, (*claims[1:], claims[0]), strict=True):
            moved = name_like(claim, other) if kind == "record" else replace(claim, **{kind: getattr(other, kind)})
            self.records[guid] = moved

    def come_and_go(self) -> None:
        """Take a record away, or bring one back, or write a new one."""
        what = self._data.draw(st.sampled_from(("away", "back", "new")), "records")
        if what == "away" and len(self.records) > 1:
            guid = self._data.draw(st.sampled_from(sorted(self.records)), "goes away")
            self._away[guid] = self.records.pop(guid)
        elif what == "back" and self._away:
            guid = min(self._away)
            if self._away[guid].record not in {claim.record for claim in self.records.values()}:
                self.records[guid] = self._away.pop(guid)
        else:
            self._add(self._write_new())

    def _add(self, claim: Claim) -> None:
        self.records[f"guid-{len(self.records) + len(self._away) + 1}"] = claim


@given(st.data())
def test_no_history_of_changes_loses_a_guid(data: st.DataObject) -> None:
    show = Show(data)
    show.build()
    for step in range(data.draw(st.integers(1, 6), "steps")):
        data.draw(st.sampled_from((show.change, show.rotate, show.come_and_go)), f"step {step}")()
        show.build()
