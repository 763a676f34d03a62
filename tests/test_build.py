"""What a build promises, from records on the disk to the bytes of the site."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import tomli_w
from lxml import etree
from PIL import Image

from feeds.building.build import build_site
from feeds.cli import main
from feeds.errors import FeedsError, LockError
from feeds.identity.guids import compute_podcast_guid
from feeds.media.sightings import FOLDER
from feeds.tree import MANIFEST
from tests.projects import NOW, SITE, Project, find_line, make_audio, read_folder, stamp

EVERYTHING = Path(__file__).with_name("shows") / "everything"


# Same input, same bytes.


def test_the_same_input_makes_the_same_bytes_wherever_and_whenever_it_is_built(tmp_path: Path) -> None:
    places = [
        (tmp_path / "one", "UTC", "C.UTF-8", "1"),
        (tmp_path / "another" / "größe", "Asia/Seoul", "de_DE.UTF-8", "2"),
    ]
    for place, zone, language, seed in places:
        shutil.copytree(EVERYTHING, place, ignore=shutil.ignore_patterns("expected"))
        subprocess.run(
            [
                sys.executable,
                "-m",
                "feeds",
                "build",
                "--at",
                "2026-06-01",
                "--locked",
                "--quiet",
                "--project",
                place.name,
            ],
            cwd=place.parent,
            env=os.environ
            | {
                "TZ": zone,
                "LC_ALL": language,
                "LANG": language,
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": str(EVERYTHING.parents[2]),
            },
            check=True,
        )
    one, another = (read_folder(place / "public") for place, *_ in places)
    assert one == another
    assert len(one) > 20


def test_the_second_build_writes_nothing(project: Project) -> None:
    project.write("bread", chapters := "Notes.\n\n## [00:00] One\n\n## [01:00] Two\n")
    project.write("wine", chapters, date=dt.date(2026, 4, 1))
    first = project.build()
    before = stamp(project.folder)
    again = project.build(at=NOW + dt.timedelta(days=365))
    del before[str(project.folder / "channel.toml")]  # written by the test
    assert {path: stamp(project.folder)[path] for path in before} == before
    assert (again.written.written, again.written.removed) == ((), ())
    assert again.written.unchanged == len(first.written.written)


def test_a_fresh_checkout_that_must_not_lock_builds_the_same(project: Project, tmp_path: Path) -> None:
    project.write("bread")
    project.build()
    expected = read_folder(project.out)
    shutil.copytree(
        project.folder, tmp_path / "clone", ignore=shutil.ignore_patterns("public"), copy_function=shutil.copy
    )
    build_site(tmp_path / "clone", tmp_path / "clone" / "public", at=NOW, locking="check")
    assert read_folder(tmp_path / "clone" / "public") == expected


# Drafts, and what is not due.

SECRETS = ("zebrafinch", "quokka", "aardvark", "narwhal", "okapi", "axolotl", "wombat")


def write_secret(project: Project, **front: object) -> None:
    for name in ("narwhal.mp3", "okapi.vtt", "wombat.png", "wombat.pdf"):
        shutil.copy(project.folder / "artwork.png", project.seeds / name)
    (project.seeds / "narwhal.mp3").write_bytes(make_audio(90))
    (project.seeds / "okapi.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nThe okapi speaks.\n")
    project.write(
        "axolotl",
        "About the zebrafinch, with [a link](wombat.pdf).\n\n"
        '## [00:10] The axolotl {image=wombat.png}\n\n> *"An okapi said it" [00:20]* — Quokka\n\n'
        "## Entities\n\n- **Wombat** (Person): zebrafinch\n",
        audio="narwhal.mp3",
        title="Zebrafinch",
        slug="quokka",
        guid="aardvark",
        image="wombat.png",
        transcripts=["okapi.vtt"],
        tags=["wombat"],
        hosts=["Quokka"],
        **front,
    )


@pytest.mark.parametrize("front", [{"draft": True}, {"date": NOW + dt.timedelta(seconds=1)}], ids=["draft", "future"])
def test_what_is_not_published_leaves_no_trace_of_any_kind(project: Project, front: Mapping[str, object]) -> None:
    project.write("bread")
    without = project.build()
    expected = read_folder(project.out)
    write_secret(project, **front)
    outcome = project.build()
    found = read_folder(project.out)
    assert found == expected
    for name, content in found.items():
        text = name.encode() + content
        assert [secret for secret in SECRETS if secret.encode() in text.lower()] == []
    assert outcome.warnings == without.warnings
    assert outcome.episodes == 1


def test_the_secret_would_be_seen_if_it_were_published(project: Project) -> None:
    write_secret(project)
    project.build()
    everything = b"".join(name.encode() + content for name, content in read_folder(project.out).items()).lower()
    # The name of the audio file alone is not published: the slug stands in its place.
    assert [secret for secret in SECRETS if secret.encode() not in everything] == ["narwhal"]


def test_an_episode_is_published_at_the_very_second_of_its_date(project: Project) -> None:
    project.write("bread", date=NOW)
    assert project.build(at=NOW - dt.timedelta(seconds=1)).episodes == 0
    assert project.build(at=NOW).episodes == 1


def test_a_draft_has_no_identity_and_a_planned_episode_has_one(project: Project) -> None:
    project.write("bread", draft=True)
    project.write("wine", date=NOW + dt.timedelta(days=1))
    project.build()
    assert [episode.record for episode in project.lock().channels["show"].episodes] == ["seeds/show/wine.md"]
    assert not any("bread" in key for key in project.lock().files)


def test_an_episode_that_is_made_a_draft_again_comes_back_as_the_same(project: Project) -> None:
    project.write("bread")
    project.build()
    before = project.items()
    project.write("bread", draft=True)
    project.build()
    assert project.items() == {}
    project.write("bread")
    project.build()
    assert project.items() == before


def test_a_channel_without_a_published_episode_has_a_feed_without_items(project: Project) -> None:
    assert project.build().episodes == 0
    assert project.items() == {}


# Audio.


def test_an_episode_without_audio_has_a_page_and_a_warning_and_no_place_in_the_feed(project: Project) -> None:
    project.write("bread", audio=None)
    (warning,) = project.build().warnings
    assert str(warning).endswith("bread.md: has no audio: it gets a page, but no place in the feed")
    assert (project.out / "show" / "bread" / "index.html").is_file()
    assert project.items() == {}


def test_audio_that_is_not_in_this_checkout_builds_the_same_and_stays_where_it_was_published(project: Project) -> None:
    project.write("bread", "Notes.\n\n## [01:00] One\n")
    project.build()
    before = read_folder(project.out)
    (project.seeds / "bread.mp3").unlink()
    (project.folder / "artwork.png").unlink()
    (warning,) = project.build(locking="check").warnings
    assert "seeds/show/bread.mp3 is not here" in str(warning)
    assert read_folder(project.out) == before
    project.out = project.folder / "elsewhere"
    project.build(locking="check")
    media = {name for name in before if name.endswith((".mp3", ".png"))}
    assert len(media) == 2
    here = read_folder(project.out)
    assert {name: here.get(name) for name in before if name != MANIFEST} == {
        name: None if name in media else content for name, content in before.items() if name != MANIFEST
    }


def test_audio_that_nobody_ever_measured_is_a_fault(project: Project) -> None:
    project.write("bread", audio="lost.mp3")
    assert project.fail() == ["bread.md:4: audio: there is no file seeds/show/lost.mp3"]


@pytest.mark.parametrize("seconds", [120, 100], ids=["of the same size", "of another size"])
def test_a_replaced_recording_keeps_the_guid_and_gets_another_address(project: Project, seconds: int) -> None:
    project.write("bread")
    project.build()
    project.build()
    ((guid, path),) = project.items().values()
    size = (project.seeds / "bread.mp3").stat().st_size
    (project.seeds / "bread.mp3").write_bytes(make_audio(seconds, mark=60_000))
    assert ((project.seeds / "bread.mp3").stat().st_size == size) == (seconds == 120)
    project.build()
    ((guid_after, path_after),) = project.items().values()
    assert guid_after == guid
    assert path_after != path
    assert (project.out / path_after).read_bytes().endswith((project.seeds / "bread.mp3").read_bytes())
    assert not (project.out / path).exists()


def test_an_older_recording_of_the_same_size_that_is_moved_into_place_is_noticed(project: Project) -> None:
    older = project.folder / "older.mp3"
    older.write_bytes(make_audio(120, mark=60_000))
    os.utime(older, (1_000_000_000, 1_000_000_000))
    project.write("bread")
    project.build()
    before = project.items()
    older.replace(project.seeds / "bread.mp3")
    project.build()
    assert project.guids() == {title: guid for title, (guid, _) in before.items()}
    assert project.items() != before


def flip_last_byte(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))


def test_another_recording_of_the_same_size_is_noticed_although_the_lock_is_newer(project: Project) -> None:
    project.write("bread")
    project.build()
    ((guid, path),) = project.items().values()
    flip_last_byte(project.seeds / "bread.mp3")
    later = (project.seeds / "bread.mp3").stat().st_mtime_ns + 10**12
    os.utime(project.folder / "channel.lock", ns=(later, later))  # as a pull does, or an editor
    project.build()
    ((guid_after, path_after),) = project.items().values()
    assert guid_after == guid
    assert path_after != path


def test_a_fresh_checkout_with_audio_that_is_not_the_locked_one_fails_under_a_lock(project: Project) -> None:
    project.write("bread")
    project.build()
    flip_last_byte(project.seeds / "bread.mp3")
    shutil.rmtree(project.folder / FOLDER)  # no checkout has what another one saw
    past = (project.seeds / "bread.mp3").stat().st_mtime_ns - 10**12
    os.utime(project.seeds / "bread.mp3", ns=(past, past))
    with pytest.raises(LockError, match=r"bread\.mp3 is another file than the one measured"):
        project.build(locking="check")
    project.build()
    project.build(locking="check")


def test_what_one_checkout_saw_is_hidden_from_git_and_can_be_lost(project: Project) -> None:
    project.write("bread")
    project.build()
    assert (project.folder / FOLDER / ".gitignore").read_text() == "*\n"
    (project.folder / FOLDER / "sightings.json").write_text("broken")
    assert project.build().written.written == ()


@pytest.mark.parametrize("via", ["secret.txt", "elsewhere/secret.txt"])
def test_a_symbolic_link_to_a_text_elsewhere_publishes_nothing(project: Project, via: str) -> None:
    (outside := project.folder.parent / "outside").mkdir()
    (outside / "secret.txt").write_text("not for you")
    if "/" in via:
        (project.seeds / "elsewhere").symlink_to(outside)
    else:
        (project.seeds / via).symlink_to(outside / "secret.txt")
    project.write("bread", f"Notes with [a link]({via}).\n")
    (fault,) = project.fail()
    assert f"{via} is a link to a file elsewhere: put the file itself here" in fault


def test_a_folder_of_records_may_itself_stand_elsewhere(project: Project) -> None:
    (project.seeds / "paper.txt").write_text("for all")
    project.write("bread", "Notes with [a link](paper.txt).\n")
    project.seeds.rename(elsewhere := project.folder.parent / "elsewhere")
    project.seeds.symlink_to(elsewhere)
    assert project.build().episodes == 1


def test_audio_is_opened_once_and_not_at_every_build(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("bread")
    project.build()
    monkeypatch.setattr("feeds.media.measure.mutagen.File", lambda _: pytest.fail("it was opened again"))
    project.build()
    os.utime(project.seeds / "bread.mp3")
    with pytest.raises(pytest.fail.Exception):
        project.build()


def test_audio_to_which_another_episode_links_is_audio_all_the_same(project: Project) -> None:
    project.write("wine")
    project.write("bread", "Hear [the other](wine.mp3) too.\n")
    project.build()
    facts = project.lock().files["seeds/show/wine.mp3"]
    assert (facts.type, facts.duration) == ("audio/mpeg", 120_000)


def test_a_file_that_was_no_more_than_the_end_of_a_link_is_measured_once_it_is_audio(project: Project) -> None:
    project.write("bread", "[Download](wine.mp3)\n", audio=None)
    (project.seeds / "wine.mp3").write_bytes(make_audio(60))
    project.build()
    assert project.lock().files["seeds/show/wine.mp3"].duration == 0
    project.write("wine", audio="wine.mp3")
    project.build()
    assert project.lock().files["seeds/show/wine.mp3"].duration == 60_000


# Identity.


def test_renaming_retitling_and_redating_keep_every_guid_and_address(project: Project) -> None:
    for day, name in enumerate(("bread", "wine", "salt"), 1):
        project.write(name, date=dt.date(2026, 5, day))
    project.build()
    before = sorted(project.items().values())
    bread, wine, salt = (project.seeds / f"{name}.md" for name in ("bread", "wine", "salt"))
    bread.rename(project.seeds / "x.md")  # two records swap their names
    wine.rename(bread)
    (project.seeds / "x.md").rename(wine)
    salt.rename(project.seeds / "pepper.md")  # and a new one takes the name of a third
    project.write("salt", title="Another", date=dt.date(2026, 5, 9), audio="another.mp3")
    (project.seeds / "another.mp3").write_bytes(make_audio(30))
    project.build()
    new = project.items().pop("Another")
    assert sorted(value for value in project.items().values() if value != new) == before
    assert new[1].startswith("show/salt-2/")


def test_a_guid_that_is_not_the_published_one_is_a_fault_and_nothing_is_written(project: Project) -> None:
    project.write("bread", guid="one")
    project.build()
    before = stamp(project.out), (project.folder / "channel.lock").read_bytes()
    project.write("bread", guid="another")
    (fault,) = project.fail()
    assert fault.startswith("bread.md:4: guid: 'another' is not the published one, 'one'.")
    assert (stamp(project.out), (project.folder / "channel.lock").read_bytes()) == before


def test_two_records_cannot_have_one_address(project: Project) -> None:
    project.write("bread", slug="same")
    project.write("wine", slug="Same")
    assert project.fail() == [
        "wine.md:4: slug: 'Same' belongs to " + str(project.seeds / "bread.md") + " already: write another slug"
    ]


@pytest.mark.parametrize("slug", ["feed.xml", "index.html", "FEED.XML"])
def test_an_episode_cannot_have_the_address_of_a_feed_and_then_nothing_is_locked(project: Project, slug: str) -> None:
    project.write("bread", slug=slug)
    faults = project.fail()
    assert len(faults) == 1
    assert "is already written for" in faults[0]
    assert not (project.folder / "channel.lock").exists()


def test_the_podcast_guid_is_computed_once_and_kept_although_the_site_moves(project: Project) -> None:
    project.build()
    guid = compute_podcast_guid(f"{SITE}/show/feed.xml")
    assert project.podcast_guid() == guid
    project.settings["site"]["url"] = "https://elsewhere.small.fm"
    project.build()
    assert project.podcast_guid() == guid


def test_an_example_address_locks_no_podcast_guid(project: Project) -> None:
    project.settings["site"]["url"] = "https://example.org"
    (warning,) = project.build().warnings
    assert "https://example.org is an example" in str(warning)
    assert project.lock().channels["show"].guid == ""
    assert project.podcast_guid() == compute_podcast_guid("https://example.org/show/feed.xml")
    project.settings["site"]["url"] = SITE
    (fault,) = project.fail(locking="check")
    assert "the podcast:guid of the channel show is new" in fault
    project.build()
    assert project.podcast_guid() == compute_podcast_guid(f"{SITE}/show/feed.xml")


def test_a_preview_leaves_the_lock_alone_and_shows_the_same_guids_each_time(project: Project) -> None:
    project.write("bread")
    project.build(url="http://127.0.0.1:8000", locking="leave")
    assert not (project.folder / "channel.lock").exists()
    before = project.guids()
    project.write("wine")
    project.build(url="http://127.0.0.1:8000", locking="leave")
    assert project.guids()["On bread"] == before["On bread"]


def test_a_preview_shows_the_published_guids(project: Project) -> None:
    project.write("bread")
    project.build()
    guids, podcast, lock = project.guids(), project.podcast_guid(), (project.folder / "channel.lock").read_bytes()
    project.write("wine")
    project.build(url="http://127.0.0.1:8000", locking="leave")
    assert (project.guids()["On bread"], project.podcast_guid()) == (guids["On bread"], podcast)
    assert (project.folder / "channel.lock").read_bytes() == lock


def test_a_channel_under_another_name_is_a_fault_as_its_feed_would_move_and_its_guids_with_it(project: Project) -> None:
    project.write("bread")
    project.build()
    before = stamp(project.out), (project.folder / "channel.lock").read_bytes()
    project.seeds = project.seeds.rename(project.seeds.with_name("cast"))
    project.settings["channels"] = {"cast": project.settings["channels"]["show"]}
    (fault,) = project.fail()
    assert "channel.toml:5: channels.cast: has episodes of show, which is gone" in fault
    assert (stamp(project.out), (project.folder / "channel.lock").read_bytes()) == before
    guids = project.guids()
    lock = project.folder / "channel.lock"
    lock.write_text(lock.read_text().replace('"show": {', '"cast": {'))
    project.build()
    feed = etree.parse(project.out / "cast" / "feed.xml")
    assert [item.findtext("guid") for item in feed.iter("item")] == list(guids.values())


def test_a_podcast_guid_that_comes_with_the_show_is_kept_and_another_is_a_fault(project: Project) -> None:
    mine, other = "9b024349-ccf0-5f69-a609-6b82873eab3c", "917393e3-1b1e-5cef-ace4-edaa54e1f810"
    project.settings["channels"]["show"]["guid"] = mine
    project.build()
    del project.settings["channels"]["show"]["guid"]
    project.build()
    assert project.podcast_guid() == mine
    project.settings["channels"]["show"]["guid"] = other
    (fault,) = project.fail()
    assert f"channel.toml:13: channels.show.guid: '{other}' is not the published one, '{mine}'" in fault


# The lock.


def test_a_build_that_must_not_lock_fails_where_it_would_have_to_and_writes_nothing(project: Project) -> None:
    project.write("bread")
    project.build()
    before = stamp(project.folder)
    project.write("wine")
    (fault,) = [fault for fault in project.fail(locking="check") if "wine.md" in fault]
    assert fault.endswith("channel.lock: seeds/show/wine.md is new: build without --locked and commit channel.lock")
    project.seeds.joinpath("wine.md").unlink()
    after = stamp(project.folder)
    for path in before:
        if not path.endswith("channel.toml"):
            assert after[path] == before[path]


def test_a_build_that_must_not_lock_is_fine_where_only_a_title_or_a_name_is_another(project: Project) -> None:
    project.settings["channels"]["show"]["embed"] = False
    file = project.write("bread")
    project.build()
    lock = project.folder / "channel.lock"
    before = lock.read_bytes(), lock.stat().st_mtime_ns
    file.unlink()
    project.write("rolls", title="On rolls", audio="bread.mp3")
    project.build(locking="check")
    assert (lock.read_bytes(), lock.stat().st_mtime_ns) == before
    assert list(project.items()) == ["On rolls"]


def test_a_build_that_must_not_lock_fails_where_the_tags_of_a_recording_would_say_something_else(
    project: Project,
) -> None:
    project.write("bread")
    project.build()
    project.write("bread", title="On rolls")
    (fault,) = project.fail(locking="check")
    assert "seeds/show/bread.md says something else than the tags of its published recording: build without" in fault


@pytest.mark.parametrize("locking", ["write", "check"])
def test_a_lost_lock_is_a_fault_and_not_a_reason_to_make_every_guid_anew(project: Project, locking: str) -> None:
    project.write("bread")
    project.build()
    guids = project.guids()
    lock = project.folder / "channel.lock"
    text = lock.read_bytes()
    lock.unlink()
    before = stamp(project.out)
    (fault,) = project.fail(locking=locking)
    assert "channel.lock: is missing, though" in fault
    assert "take it from your last commit" in fault
    assert stamp(project.out) == before
    lock.write_bytes(text)
    project.build()
    assert project.guids() == guids


def test_a_lost_lock_is_none_where_nothing_was_built(project: Project) -> None:
    project.write("bread")
    project.build()
    (project.folder / "channel.lock").unlink()
    shutil.rmtree(project.out)
    project.build()
    assert list(project.guids()) == ["On bread"]


def test_a_broken_lock_stops_the_build_with_one_line(project: Project) -> None:
    project.write("bread")
    project.build()
    (project.folder / "channel.lock").write_text("<<<<<<< HEAD\n")
    (fault,) = project.fail()
    assert "channel.lock:1: the lock cannot be read" in fault


def test_a_template_that_fails_leaves_folder_and_lock_as_they_were(project: Project) -> None:
    project.write("bread")
    (project.folder / "templates").mkdir()
    (project.folder / "templates" / "404.html").write_text("{{ nothing.such }}")
    (fault,) = project.fail()
    assert "404.html:1" in fault
    assert not (project.folder / "channel.lock").exists()
    assert read_folder(project.out) == {} if project.out.exists() else True


def test_an_empty_file_to_which_notes_link_can_be_locked(project: Project) -> None:
    project.write("bread", "[Nothing](nothing.txt)\n")
    (project.seeds / "nothing.txt").touch()
    project.build()
    assert project.build().written.written == ()


# Faults.


def test_five_broken_records_give_five_messages_in_one_run_and_nothing_is_written(project: Project) -> None:
    project.write("good")
    (project.seeds / "1.md").write_text("No front matter.\n")
    (project.seeds / "2.md").write_text("+++\ntitle = \n+++\n")
    (project.seeds / "3.md").write_bytes(b'+++\ntitle = "\xff"\n+++\n')
    project.write("4", "Notes.\n\n## [99:00] Too late\n")
    project.write("5", "[Nowhere](nowhere.pdf)\n")
    faults = project.fail()
    assert [fault.split(":")[0] for fault in faults] == ["1.md", "2.md", "3.md", "4.md", "5.md"]
    assert not project.out.exists()
    assert not (project.folder / "channel.lock").exists()


def test_what_cannot_be_read_is_a_fault_among_others(project: Project) -> None:
    (project.seeds / "1.md").symlink_to("nowhere.md")
    (project.seeds / "2.mp3").write_bytes(b"no audio at all")
    project.write("2", audio="2.mp3")
    assert project.fail() == [
        "1.md: cannot be read: No such file or directory",
        "2.md:4: audio: seeds/show/2.mp3: this audio file cannot be read: can't sync to MPEG frame",
    ]


def test_times_past_the_end_of_the_audio_are_faults(project: Project) -> None:
    body = 'Notes.\n\n## [01:59] In time\n\n> *"Too late" [02:00]* — Ada\n\n## [02:00] Too late\n'
    project.write("bread", body)
    assert project.fail() == [
        "bread.md:10: the quote at 02:00 is past the end of the audio at 02:00",
        "bread.md:12: the chapter at 02:00 is past the end of the audio at 02:00",
    ]


def test_the_length_of_the_audio_is_what_is_measured(project: Project) -> None:
    project.write("bread", "Notes.\n\n## [01:30] In time\n", duration="1:00")
    (warning,) = project.build().warnings
    assert "duration: the audio lasts 02:00" in str(warning)


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("One.\n\nTwo [x](nowhere.pdf).\n", "link: there is no file seeds/show/nowhere.pdf"),
        ("One.\n\nTwo [x][1].\n\n[1]: no%20where.pdf", "link: there is no file seeds/show/no where.pdf"),
        ("One.\n\nTwo ![x](%EA%B7%B8%EB%A6%BC.png)\n", "link: there is no file seeds/show/그림.png"),
        ("One.\n\nTwo <a href='a&amp;b.pdf'>x</a>\n", "link: there is no file seeds/show/a&b.pdf"),
        ("One.\n\nTwo [x](draft.md).\n", "link: seeds/show/draft.md is not published yet"),
        ("One.\n\nTwo [x](planned.md#t=1).\n", "link: seeds/show/planned.md is not published yet"),
        ("One.\n\nTwo [x](../../../secret.txt).\n", "link: ../secret.txt leads out of the project"),
        ("## Entities\n\n- **Salt** (Concept): [x](no.pdf)\n", "link: there is no file seeds/show/no.pdf"),
    ],
)
def test_a_link_that_leads_nowhere_is_a_fault_with_its_line(project: Project, body: str, fault: str) -> None:
    (project.folder.parent / "secret.txt").write_text("not for you")
    project.write("draft", draft=True)
    project.write("planned", date=NOW + dt.timedelta(days=1))
    project.write("bread", body)
    (found,) = project.fail()
    assert found.startswith(f"bread.md:{10 if '[1]' in body else 8}: {fault}")


@pytest.mark.parametrize(
    "front",
    [
        {"audio": "../../../secret.mp3"},
        {"image": "../../../secret.png"},
        {"transcripts": [{"file": "../../../secret.txt", "type": "text/plain"}]},
        {"transcripts": ["../../../nothing.vtt"]},
    ],
)
def test_a_record_brings_in_nothing_from_outside_the_project(project: Project, front: Mapping[str, object]) -> None:
    outside = project.folder.parent
    (outside / "secret.txt").write_text("not for you")
    (outside / "secret.mp3").write_bytes(make_audio(1))
    shutil.copy(project.folder / "artwork.png", outside / "secret.png")
    project.write("bread", "Notes.\n", **front)
    (fault,) = project.fail()
    assert "leads out of the project: nothing from there is published" in fault


def test_files_outside_the_project_belong_to_a_channel_that_was_included_from_there(project: Project) -> None:
    project.write("bread")
    (other := project.folder.parent / "other").mkdir()
    shutil.copytree(project.seeds, other / "seeds" / "other")
    shutil.copy(project.folder / "artwork.png", other)
    (other / "channel.toml").write_text(tomli_w.dumps({"channels": {"other": project.describe("Another")}}))
    project.settings["include"] = ["../other/channel.toml"]
    assert project.build().episodes == 2


def test_a_fault_of_a_channel_names_the_file_in_which_it_stands(project: Project) -> None:
    project.write("bread")
    project.settings["include"] = ["*.shows.toml"]
    other = project.describe("Another") | {"image": "no.png", "seeds": "seeds/show"}
    (project.folder / "more.shows.toml").write_text(tomli_w.dumps({"channels": {"other": other}}))
    file = project.folder / "more.shows.toml"
    assert f"{file}:8: channels.other.image: there is no file no.png" in project.fail()


def test_a_chapter_link_that_is_no_address_is_a_fault(project: Project) -> None:
    project.write("bread", "Notes.\n\n## [00:01] One {link=example.org}\n")
    (fault,) = project.fail()
    assert fault.startswith("bread.md:8: chapter link: 'example.org' is no ")


def test_links_in_the_notes_lead_to_what_is_published(project: Project) -> None:
    for name in ("a b.pdf", "그림.pdf", "a&b.pdf", "c.pdf", "d.pdf"):
        (project.seeds / name).write_text(name)
    project.write("wine")
    project.write(
        "bread",
        "[1](<a b.pdf>) [2](%EA%B7%B8%EB%A6%BC.pdf) <a href='a&amp;b.pdf'>3</a> [4](wine.md#t=60) `[no](such.pdf)` "
        '[5][d] `href="nor.pdf"`\n\n[d]: d.pdf\n\n## Entities\n\n- **Salt** (Concept): see [6](c.pdf)\n',
    )
    project.build()
    notes = next(item for item in project.read_feed().iter("item") if item.findtext("title") == "On bread")
    content = notes.findtext("{http://purl.org/rss/1.0/modules/content/}encoded")
    links = [str(link.get("href")) for link in etree.HTML(content).iter("a")]
    assert f"{SITE}/show/wine/#t=60" in links
    for link in links:
        path = unquote(link.partition("#")[0].removeprefix(SITE + "/"))
        assert (project.out / path).exists(), link
    assert len(links) >= 5


def test_artwork_of_a_kind_that_apple_does_not_take_is_a_warning(project: Project) -> None:
    Image.new("RGB", (1400, 1400)).save(project.folder / "artwork.png", "WEBP")
    (warning,) = project.build().warnings
    assert str(warning) == (
        f"{project.folder}/channel.toml:12: channels.show.image: artwork.png is image/webp: "
        "Apple takes JPEG and PNG alone"
    )


def test_a_transcript_is_in_the_language_of_its_episode_where_nothing_else_is_said(project: Project) -> None:
    (project.seeds / "bread.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:01.000\n빵\n", encoding="utf-8")
    transcripts = ["bread.vtt", {"url": "https://example.org/bread.vtt", "language": "en"}]
    project.write("bread", language="ko", transcripts=transcripts)
    project.build()
    written = project.read_feed().iter("{https://podcastindex.org/namespace/1.0}transcript")
    assert [transcript.get("language") for transcript in written] == ["ko", "en"]


def test_a_show_from_before_the_year_1000_is_locked_and_read_again(project: Project) -> None:
    project.write("bread", date=dt.date(987, 6, 5))
    project.build()
    assert project.build().written.written == ()


def test_a_record_cannot_be_of_two_channels(project: Project) -> None:
    project.settings["channels"]["all"] = project.describe("All") | {"seeds": "seeds"}
    project.write("bread")
    (fault,) = project.fail()
    assert fault == "bread.md: is a record of two channels, show and all: give each a folder of its own (seeds)"


def test_a_folder_without_records_is_told_by_the_channel_that_wants_it(project: Project) -> None:
    project.settings["channels"]["show"]["seeds"] = "elsewhere"
    (fault,) = project.fail()
    assert "channel.toml:13: channels.show: its records should stand in" in fault


def test_what_is_hidden_or_says_read_me_is_no_record(project: Project) -> None:
    project.write("bread")
    for name in ("README.md", ".draft.md", ".obsidian/note.md", "folder.md/x"):
        (project.seeds / name).parent.mkdir(exist_ok=True)
        (project.seeds / name).write_text("no record")
    (project.seeds / ".#bread.md").symlink_to("nobody@nowhere")
    assert project.build().episodes == 1


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take no such names")
def test_a_record_whose_name_cannot_be_written_down_is_a_fault(project: Project) -> None:
    file = project.write("bread")
    file.rename(file.with_name("br\udcffd.md"))
    (fault,) = project.fail()
    assert fault.endswith("its name is not UTF-8, or holds a control character: rename the file")


# The command.


class Result:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def run(project: Project, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*arguments: str, build: bool = True) -> Result:
        (project.folder / "channel.toml").write_text(tomli_w.dumps(project.settings), encoding="utf-8")
        where = ["build", "--project", str(project.folder), "--at", "2026-06-01"] if build else []
        with pytest.raises(SystemExit) as caught:
            main([*where, *arguments])
        return Result(int(caught.value.code or 0), *capsys.readouterr())

    return run


def test_a_build_that_went_well_ends_with_0_and_a_sentence(project: Project, run: Any) -> None:
    project.write("bread")
    result = run()
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("1 channel, 1 episode: ")
    assert result.out.count("\n") == 1


def test_a_build_of_bad_input_ends_with_1_and_says_all_on_standard_error(project: Project, run: Any) -> None:
    (project.seeds / "1.md").write_text("no front matter")
    (project.seeds / "2.md").write_text("no front matter")
    for more in ((), ("--quiet",)):
        result = run(*more)
        assert (result.code, result.out) == (1, "")
        assert len(result.err.splitlines()) == 3
        assert result.err.endswith("2 faults; nothing was written.\n")


def test_bad_input_is_json_too_for_a_program_that_reads_it(project: Project, run: Any) -> None:
    (project.seeds / "1.md").write_text("no front matter")
    result = run("--json")
    (fault,) = json.loads(result.out)["faults"]
    assert result.code == 1
    assert (fault["path"].endswith("seeds/show/1.md"), fault["line"]) == (True, 1)
    assert fault["message"].startswith("a record begins with its front matter")
    assert result.err.endswith("1 fault; nothing was written.\n")


@pytest.mark.parametrize("arguments", [["--at", "soon"], ["--no-such-option"], ["--project", "/no/such/folder"], ["x"]])
def test_a_wrong_call_ends_with_2(arguments: list[str], run: Any) -> None:
    result = run(*arguments)
    assert (result.code, result.out) == (2, "")
    assert "Error: " in result.err


def test_a_folder_that_is_no_project_ends_with_1(tmp_path: Path, run: Any) -> None:
    result = run("build", "--project", str(tmp_path), build=False)
    assert result.code == 1
    assert "channel.toml: is missing" in result.err


def test_a_disk_that_does_not_take_a_file_ends_with_1_and_one_line(project: Project, run: Any) -> None:
    project.out.write_text("a file where the folder should be")
    result = run("--out", str(project.out / "below"))
    assert (result.code, result.out, result.err.count("\n")) == (1, "", 1)


def test_json_is_json_and_all_that_stands_on_standard_output(project: Project, run: Any) -> None:
    project.write("bread", audio=None)
    result = run("--json")
    document = json.loads(result.out)
    assert (result.code, result.err) == (0, "")
    assert (document["channels"], document["episodes"], document["unchanged"]) == (1, 1, 0)
    assert "show/feed.xml" in document["written"]
    assert [warning["message"] for warning in document["warnings"]] == [
        "has no audio: it gets a page, but no place in the feed"
    ]


def test_quiet_prints_nothing(project: Project, run: Any) -> None:
    project.write("bread", audio=None)
    result = run("--quiet")
    assert (result.code, result.out, result.err) == (0, "", "")


def test_warnings_stand_on_standard_error(project: Project, run: Any) -> None:
    project.write("bread", audio=None)
    result = run()
    assert result.err.startswith("warning: ")
    assert result.out.startswith("1 channel")


def test_locked_ends_with_1_where_the_lock_would_have_to_change(run: Any) -> None:
    assert run("--locked").code == 1
    assert run().code == 0
    assert run("--locked").code == 0


def test_the_version_is_told_without_loading_what_only_a_build_needs() -> None:
    heavy = ["feeds.building.build", "jinja2", "lxml", "feedgen", "PIL", "mutagen", "rich", "comrak", "nh3"]
    heavy += ["starlette", "uvicorn", "urllib3", "yaml", "dateutil"]
    code = (
        "import sys\nsys.argv = ['feeds', '--version']\nfrom feeds.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    print(*sys.modules)\n"
    )
    root = str(Path(__file__).parents[1])
    result = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    first, loaded = result.stdout.splitlines()
    assert first.startswith("feeds, version ")
    assert "feeds.cli" in loaded.split()
    assert sorted(set(loaded.split()) & set(heavy)) == []


def test_a_transcript_is_read_as_what_its_record_says_it_is(project: Project) -> None:
    file = project.seeds / "bread.text"
    transcripts = [{"file": file.name, "type": "text/vtt"}]
    file.write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nKneaded words\n")
    project.write("bread", transcripts=transcripts)
    project.build()
    assert "Kneaded words" in (project.out / "show/bread/index.html").read_text()
    file.write_text("no such thing")
    (fault,) = project.fail()
    assert "seeds/show/bread.text: a WebVTT file begins with the word WEBVTT" in fault


@pytest.mark.parametrize(
    "heading",
    [
        "## [1h20m] Salt",
        "## (00:05) Salt",
        "## 00:05 Salt",
        "## Salt [00:05]",
        "## [00:05 Salt",
        "### [00:05] Salt",
        "# [00:05] Salt",
        "##[00:05] Salt",
        "## [00:4x] Salt",
        "## [0o:45] Salt",
        "### [1:2x:00] Salt",
    ],
)
def test_a_heading_that_is_nearly_a_chapter_is_named_with_its_line(project: Project, heading: str) -> None:
    project.write("bread", f"Notes.\n\n{heading}\nWords.\n")
    head = (project.seeds / "bread.md").read_text().partition(heading)[0].count("\n") + 1
    (warning,) = project.build().warnings
    assert warning.line == head
    assert warning.message == f"{heading.removeprefix('## ')!r} is no chapter: a chapter is written ## [mm:ss] Title"


@pytest.mark.parametrize(
    "heading",
    [
        "## Links",
        "## The year 2026",
        "### At 9",
        "## Ratio 4:3",
        "## [1:1 talks] Ada",
        "## 12 angry men",
        "# 1",
    ],
)
def test_other_headings_are_no_chapters_and_nothing_is_said_of_them(project: Project, heading: str) -> None:
    project.write("bread", f"Notes.\n\n{heading}\nWords.\n")
    assert project.build().warnings == ()


def test_a_new_episode_that_may_be_one_that_is_gone_is_named_with_the_guid_of_that(project: Project) -> None:
    project.write("bread")
    project.build()
    ((guid, _),) = project.items().values()
    (project.seeds / "bread.md").unlink()
    (project.seeds / "rolls.mp3").write_bytes(make_audio(77))
    file = project.write("rolls", audio="rolls.mp3", title="On rolls")
    (warning,) = project.build().warnings
    assert warning.message.startswith("is published as a new episode, though seeds/show/bread.md with the same")
    assert project.build().warnings == ()
    front = file.read_text().replace("+++\n", f'+++\nguid = "{guid}"\n', 1)
    file.write_text(front)
    project.build()
    assert [one for one, _ in project.items().values()] == [guid]


def test_a_published_episode_that_is_gone_is_named_once_and_one_that_was_not_published_is_not(project: Project) -> None:
    project.write("bread")
    file = project.write("rolls", date=dt.date(2026, 5, 2))
    later = project.write("later", date=dt.date(2026, 7, 1))
    project.build()
    guid = project.guids()["On rolls"]
    text = file.read_text()
    file.unlink()
    later.unlink()
    assert project.build(url="http://127.0.0.1:8000", locking="leave").warnings == ()
    (warning,) = project.build().warnings
    assert warning.path == str(file)
    assert warning.message.startswith(f"is gone, and with it the published episode 'On rolls' (guid {guid}): if you")
    assert project.build().warnings == ()
    file.write_text(text)
    assert project.build().warnings == ()
    assert project.guids()["On rolls"] == guid


def test_of_a_record_that_was_renamed_or_became_a_draft_nothing_is_said(project: Project) -> None:
    project.write("bread")
    file = project.write("rolls", date=dt.date(2026, 5, 2))
    project.build()
    file = file.rename(file.with_name("buns.md"))
    assert project.build().warnings == ()
    file.write_text(file.read_text().replace("+++\n", "+++\ndraft = true\n", 1))
    assert project.build().warnings == ()


# Templates of one's own.


def test_a_template_that_nothing_uses_is_a_warning_of_the_build(project: Project) -> None:
    project.write("bread")
    (project.folder / "templates").mkdir()
    template = project.folder / "templates" / "epsiode.html"
    template.write_text("")
    (warning,) = project.build().warnings
    assert str(warning) == f"{template}: is used by no page; did you mean 'episode.html'?"


def test_a_template_that_extends_itself_is_a_fault_and_nothing_is_written(project: Project) -> None:
    project.write("bread")
    (project.folder / "templates").mkdir()
    (project.folder / "templates" / "episode.html").write_text('{% extends "episode.html" %}')
    (fault,) = project.fail()
    assert fault.endswith(
        'episode.html:1: extends itself, which has no end: write {% extends "shipped/episode.html" %}'
    )
    assert not project.out.exists()
    assert not (project.folder / "channel.lock").exists()


# What apps and directories do not know.


@pytest.mark.parametrize(
    ("person", "message"),
    [
        ({"role": "Editer"}, "persons: Ada: 'editer' is no role that apps know; did you mean 'editor'?"),
        ({"group": "writting"}, "persons: Ada: 'writting' is no group that apps know; did you mean 'writing'?"),
        ({"role": "zzzz"}, "persons: Ada: 'zzzz' is no role that apps know; known are director, "),
    ],
)
def test_a_role_or_group_that_apps_do_not_know_is_named_with_the_nearest(
    project: Project, person: dict[str, str], message: str
) -> None:
    file = project.write("bread", persons=[{"name": "Ada", **person}])
    line = find_line(file, 'name = "Ada"')
    (warning,) = project.build().warnings
    assert str(warning).startswith(f"{file}:{line}: {message}")


def test_every_role_of_the_taxonomy_is_known_whatever_its_letters(project: Project) -> None:
    project.write("bread", persons=[{"name": "Ada", "role": "Foley Artist", "group": "Audio Post-Production"}])
    project.settings["channels"]["show"]["persons"] = [{"name": "Bo", "role": "Guest Host"}]
    assert project.build().warnings == ()


def test_a_feed_with_an_error_is_not_written_and_every_error_is_named_at_its_record(project: Project) -> None:
    project.write("bread")
    project.build()
    before = {file: file.read_bytes() for file in project.out.rglob("*") if file.is_file()}
    project.write("bread", license="CC-BY-SA-4.0")
    project.write("wine", license={"id": "CC-BY-SA-4.0", "url": "https://creativecommons.org/licenses/by-sa/4.0/"})
    project.write("salt", license="cc-by-4.0")
    project.settings["channels"]["show"]["license"] = "mine"
    with pytest.raises(FeedsError) as error:
        project.build()
    channel, episode = error.value.faults
    assert str(channel).startswith(f"{project.folder}/channel.toml: in the feed, podcast:license: ")
    assert str(episode).startswith(f"{project.seeds}/bread.md: in the feed, item[3]/podcast:license: ")
    assert "(feeds explain podcast-license-unknown-without-url)" in str(episode)
    assert {file: file.read_bytes() for file in project.out.rglob("*") if file.is_file()} == before


def test_an_error_that_is_ignored_with_a_reason_does_not_stop_a_build(project: Project) -> None:
    project.write("bread", license="mine")
    project.settings["validate"] = {"ignore": {"podcast-license-unknown-without-url": "our lawyers say so"}}
    assert project.build().warnings == ()


def test_an_ignore_of_a_rule_that_does_not_exist_stops_a_build(project: Project) -> None:
    project.write("bread")
    project.settings["validate"] = {"ignore": {"item-guid-mising": "never there"}}
    with pytest.raises(FeedsError, match=r"channel.toml:\d+: 'item-guid-mising' is no rule: did you mean"):
        project.build()


@pytest.mark.parametrize(
    ("audio", "media"),
    [
        ({"url": "https://cdn.small.fm/a.ogg", "length": 1}, "audio/ogg"),
        ({"url": "https://cdn.small.fm/a.wav", "length": 1}, "audio/wav"),
        ({"url": "https://cdn.small.fm/a", "length": 1, "type": "audio/opus"}, "audio/opus"),
    ],
)
def test_audio_of_a_kind_that_apple_does_not_take_is_a_warning(
    project: Project, audio: dict[str, object], media: str
) -> None:
    file = project.write("bread", audio=audio)
    (warning,) = project.build().warnings
    message = f"audio: Apple Podcasts does not take {media}: publish it as MP3 or M4A"
    line = find_line(file, "audio")
    assert (warning.line, warning.message) == (line, message)


def test_a_recording_in_opus_is_a_warning_and_one_in_m4a_is_none(project: Project) -> None:
    samples = Path(__file__).with_name("tags")
    shutil.copy(samples / "silence.opus", project.seeds / "bread.opus")
    shutil.copy(samples / "chapters.m4a", project.seeds / "wine.m4a")
    project.write("bread", audio="bread.opus")
    project.write("wine", audio="wine.m4a")
    (warning,) = project.build().warnings
    assert warning.message == "audio: Apple Podcasts does not take audio/ogg: publish it as MP3 or M4A"


@pytest.mark.parametrize(
    ("mode", "kind", "flaw"),
    [
        ("RGBA", "PNG", "transparency"),
        ("LA", "PNG", "transparency"),
        ("CMYK", "JPEG", "the colours of print (CMYK)"),
    ],
)
def test_artwork_with_colours_that_apple_refuses_is_a_warning_of_every_build(
    project: Project, mode: str, kind: str, flaw: str
) -> None:
    Image.new(mode, (1400, 1400)).save(project.folder / "artwork.png", kind)
    for _ in range(2):
        (warning,) = project.build().warnings
        message = f"channels.show.image: artwork.png has {flaw}, which Apple refuses: save it as plain RGB"
        assert (warning.line, warning.message) == (12, message)
    project.build(locking="check")
    assert "flaw" not in (project.folder / "channel.lock").read_text()


# Addresses.


def test_addresses_elsewhere_stand_in_the_feed_in_letters_that_urls_have(project: Project) -> None:
    project.write(
        "bread",
        audio={"url": "https://cdn.small.fm/größe/ton%20(1).mp3?a=ß", "length": 1},
        image="https://cdn.small.fm/bild-ü.png",
        transcripts=["https://cdn.small.fm/그림.vtt"],
    )
    project.settings["channels"]["show"]["image"] = "https://cdn.small.fm/그림.png"
    project.build()
    feed = (project.out / "show" / "feed.xml").read_text(encoding="utf-8")
    for address in (
        "https://cdn.small.fm/gr%C3%B6%C3%9Fe/ton%20(1).mp3?a=%C3%9F",
        "https://cdn.small.fm/bild-%C3%BC.png",
        "https://cdn.small.fm/%EA%B7%B8%EB%A6%BC.vtt",
        "https://cdn.small.fm/%EA%B7%B8%EB%A6%BC.png",
    ):
        assert f'="{address}"' in feed


def test_a_link_from_the_top_of_the_site_leads_there_from_the_page_and_from_the_feed(project: Project) -> None:
    project.settings["site"]["url"] = f"{SITE}/all"
    project.write("bread", "See [the show](/show/).\n")
    project.build()
    for file in ("feed.xml", "bread/index.html"):
        assert f'href="{SITE}/all/show/"' in (project.out / "show" / file).read_text(encoding="utf-8")


def test_a_long_feed_is_looked_at_a_piece_at_a_time_and_every_error_is_told_once(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feeds.building.making.proof._PIECE", 1)
    for number in range(60):  # more than two batches
        bad = {"license": "mine"} if number in (3, 57) else {}
        project.write(f"bread-{number:02}", date=NOW - dt.timedelta(days=number + 1), **bad)
    project.settings["channels"]["show"]["license"] = "ours"
    with pytest.raises(FeedsError) as error:
        project.build()
    assert [Path(fault.path).name for fault in error.value.faults] == ["channel.toml", "bread-03.md", "bread-57.md"]
