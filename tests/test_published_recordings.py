"""What a build makes of recordings: copies that say what their record says, and sound as it was."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mutagen
import pytest
from mutagen.id3 import ID3, PRIV, TXXX
from PIL import Image

from feeds.building import labels
from feeds.formats import SECOND
from feeds.media.measure import measure_tags
from feeds.model import Chapter
from feeds.tagging.copy import TaggedCopy, measure_copy
from feeds.tagging.label import Cover, Label
from tests.projects import Project, make_audio, read_folder, stamp

SAMPLES = Path(__file__).with_name("tags")
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
CHAPTERS = "## [00:00] Flour\n\nWhite.\n\n## [00:20.5] Salt {link=https://salt.example}\n\n## [00:50] Aside {toc=no}\n"


def find_published(project: Project, title: str) -> Path:
    return project.out / project.items()[title][1]


def test_a_copy_says_what_its_record_says(project: Project) -> None:
    project.write("bread", CHAPTERS, season=2, episode=7, date=dt.datetime(2026, 5, 1, 9, tzinfo=dt.UTC))
    project.build()
    copy = find_published(project, "On bread")
    tags = measure_tags(copy)
    assert (tags.title, tags.author, tags.season, tags.episode) == ("On bread", "Ada", 2, 7)
    assert [(chapter.start, chapter.title, chapter.link, chapter.toc) for chapter in tags.chapters] == [
        (0, "Flour", "", True),
        (20_500, "Salt", "https://salt.example", True),
        (50_000, "Aside", "", False),
    ]
    frames: Any = ID3(copy)  # type: ignore[no-untyped-call]
    assert frames["TALB"].text == ["A Show"]
    assert frames["WOAF"].url == "https://shows.small.fm/show/bread/"
    assert str(frames["TDRC"]).startswith("2026-05-01")
    assert frames.getall("APIC")[0].data == (project.folder / "artwork.png").read_bytes()


def test_the_source_is_not_touched_and_its_sound_is_that_of_the_copy(project: Project) -> None:
    project.write("bread", CHAPTERS)
    source = project.seeds / "bread.mp3"
    before = source.read_bytes(), source.stat().st_mtime_ns
    project.build()
    assert (source.read_bytes(), source.stat().st_mtime_ns) == before
    assert find_published(project, "On bread").read_bytes().endswith(before[0])


def test_the_length_of_the_enclosure_is_that_of_the_copy(project: Project) -> None:
    project.write("bread", CHAPTERS)
    project.write("later", CHAPTERS, audio="stand-in", duration="01:00")
    project.build()
    for enclosure in project.read_feed().iter("enclosure"):
        path = enclosure.get("url").removeprefix("https://shows.small.fm/")
        assert int(enclosure.get("length")) == (project.out / path).stat().st_size


def test_a_second_build_opens_no_recording_and_writes_nothing(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("bread", CHAPTERS)
    project.write("later", CHAPTERS, audio="stand-in", duration="01:00")
    project.build()
    before = stamp(project.out)

    def refuse(*_: object) -> None:
        raise AssertionError("a recording was opened")

    monkeypatch.setattr("feeds.building.enclosures.measure_copy", refuse)
    monkeypatch.setattr("feeds.building.enclosures.format_labelled_tag", refuse)
    project.build()
    assert stamp(project.out) == before


def test_a_copy_that_is_gone_is_made_again_as_it_was(project: Project) -> None:
    project.write("bread", CHAPTERS)
    project.build()
    before = read_folder(project.out)
    shutil.rmtree(project.out)
    project.build(locking="check")
    assert read_folder(project.out) == before


@pytest.mark.parametrize(
    "change",
    [{"title": "On loaves"}, {"season": 3}, {"episode": 9}, {"author": "Bo"}, {"link": "https://bread.example"}],
    ids=lambda change: next(iter(change)),
)
def test_a_copy_that_says_something_else_has_another_address_and_the_same_guid(
    project: Project, change: dict[str, object]
) -> None:
    project.write("bread", CHAPTERS)
    project.build()
    ((guid, path),) = project.items().values()
    project.write("bread", CHAPTERS, **change)
    project.build()
    ((guid_after, path_after),) = project.items().values()
    assert guid_after == guid
    assert path_after != path


def test_other_notes_make_no_other_copy(project: Project) -> None:
    project.write("bread", CHAPTERS)
    project.build()
    before = project.items()
    project.write("bread", CHAPTERS.replace("White", "Black"), subtitle="A loaf.", tags=["bread"])
    project.build()
    assert project.items() == before


def test_another_picture_makes_another_copy(project: Project) -> None:
    project.write("bread", CHAPTERS)
    project.build()
    before = find_published(project, "On bread")
    Image.new("L", (1400, 1400), 255).save(project.folder / "artwork.png")
    project.build()
    assert find_published(project, "On bread") != before


def test_a_checkout_without_the_recording_publishes_what_is_locked(project: Project) -> None:
    project.write("bread", CHAPTERS)
    project.build()
    feed = (project.out / "show" / "feed.xml").read_bytes()
    shutil.rmtree(project.out)
    (project.seeds / "bread.mp3").unlink()
    project.build(locking="check")
    assert (project.out / "show" / "feed.xml").read_bytes() == feed


def test_what_a_copy_would_say_waits_for_a_build_that_has_the_recording(project: Project) -> None:
    project.write("bread", CHAPTERS)
    project.build()
    before = project.items()["On bread"]
    (project.seeds / "bread.mp3").rename(away := project.folder / "bread.mp3")
    project.write("bread", CHAPTERS, title="On loaves", audio="bread.mp3")
    warnings = [warning.message for warning in project.build().warnings]
    assert "audio: what its tags say has changed, and it is not here: they stay as they are until a build has it" in (
        warnings
    )
    assert project.items()["On loaves"] == before
    away.rename(project.seeds / "bread.mp3")
    project.build()
    assert measure_tags(find_published(project, "On loaves")).title == "On loaves"


def test_a_channel_can_publish_its_recordings_as_they_are(project: Project) -> None:
    project.settings["channels"]["show"]["embed"] = False
    project.write("bread", CHAPTERS)
    project.build()
    assert find_published(project, "On bread").read_bytes() == (project.seeds / "bread.mp3").read_bytes()


def test_a_recording_that_takes_no_tags_is_published_as_it_is_with_a_warning(project: Project) -> None:
    wave = b"RIFF" + (36 + 16_000).to_bytes(4, "little") + b"WAVEfmt " + (16).to_bytes(4, "little")
    wave += (
        bytes.fromhex("01000100401f0000401f000001000800") + b"data" + (16_000).to_bytes(4, "little") + b"\x80" * 16_000
    )
    (project.seeds / "bread.wav").write_bytes(wave)
    project.write("bread", "## [00:00] Flour\n\n## [00:01] Salt\n", audio="bread.wav")
    messages = [warning.message for warning in project.build().warnings]
    assert any("takes no tags" in message and "so its chapters are not in it" in message for message in messages)
    assert find_published(project, "On bread").read_bytes() == wave


def test_what_other_programs_wrote_into_a_recording_stays(project: Project) -> None:
    project.write("bread", CHAPTERS)
    source = project.seeds / "bread.mp3"
    tags: Any = ID3()  # type: ignore[no-untyped-call]
    tags.add(PRIV(owner="studio", data=b"\x00\x01take 3"))  # type: ignore[no-untyped-call]
    tags.add(TXXX(encoding=1, desc="loudness", text=["-16 LUFS"]))  # type: ignore[no-untyped-call]
    tags.save(source, v2_version=3)
    project.build()
    frames: Any = ID3(find_published(project, "On bread"))  # type: ignore[no-untyped-call]
    assert frames.getall("PRIV")[0].data == b"\x00\x01take 3"
    assert frames.getall("TXXX")[0].text == ["-16 LUFS"]


@pytest.mark.external
@pytest.mark.parametrize("suffix", [".mp3", ".m4a", ".opus"])
def test_the_stream_of_a_copy_is_that_of_its_source(
    project: Project, suffix: str, find_program: Callable[[str, str], str]
) -> None:
    ffmpeg = find_program("ffmpeg", "apt install ffmpeg")
    source = project.seeds / f"bread{suffix}"
    sine = "-v error -f lavfi -i sine=f=330:r=48000:d=60 -metadata comment=kept".split()
    subprocess.run([ffmpeg, *sine, str(source)], check=True)
    project.write("bread", CHAPTERS, audio=source.name)
    project.build()
    copy = find_published(project, "On bread")
    assert copy.read_bytes() != source.read_bytes()
    assert hash_stream(ffmpeg, copy) == hash_stream(ffmpeg, source)
    assert mutagen.File(copy).info.length == mutagen.File(source).info.length
    assert [chapter.start for chapter in measure_tags(copy).chapters if chapter.toc] == [0, 20_500]


def hash_stream(ffmpeg: str, file: Path) -> bytes:
    """The hash of every packet of sound, as it is stored."""
    command = [ffmpeg, "-v", "error", "-i", str(file), "-map", "0:a", "-c", "copy", "-f", "data", "-"]
    return hashlib.sha256(subprocess.run(command, check=True, capture_output=True).stdout).digest()


@pytest.mark.parametrize("change", [make_audio(60), b"", b"ID3" + bytes(100)], ids=["shorter", "empty", "broken"])
def test_a_recording_that_changes_while_the_site_is_built_is_not_published_under_a_length_that_it_had(
    project: Project, monkeypatch: pytest.MonkeyPatch, change: bytes
) -> None:
    project.write("bread", CHAPTERS)
    measured: list[Path] = []

    def measure(file: Path, label: Label) -> TaggedCopy:
        if measured:
            file.write_bytes(change)
        measured.append(file)
        return measure_copy(file, label)

    monkeypatch.setattr("feeds.building.enclosures.measure_copy", measure)
    (fault,) = project.fail()
    assert fault.startswith("bread.mp3: changed while the site was built")
    assert fault.endswith(": build again")
    assert not (project.out / "show").exists()


def test_copies_of_another_form_have_other_addresses() -> None:
    """Where this fails, copies have other bytes than before: raise the form, so that they get other addresses."""
    label = Label(
        title="Über Brot",
        show="A Show",
        author="Ada",
        date=dt.datetime(2026, 5, 1, 9, tzinfo=dt.UTC),
        season=2,
        episode=7,
        link="https://shows.small.fm/show/bread/",
        language="de",
        cover=Cover(data=base64.b64decode(PIXEL), type="image/png"),
        chapters=(
            Chapter(start=0, title="Mehl", image="a.png"),
            Chapter(start=500, title="Salz", link="https://salt.example"),
            Chapter(start=700, title="Aside", toc=False),
        ),
        pictures={"a.png": Cover(data=base64.b64decode(PIXEL), type="image/png")},
        duration=1_000,
    )
    digest = hashlib.sha256()
    for name in ("silence.mp3", "chapters.m4a", "silence.opus", "silence.ogg", "silence.flac"):
        for piece in measure_copy(SAMPLES / name, label).read_pieces():
            digest.update(piece)
    assert (labels._FORM, digest.hexdigest()[:16]) == (1, "bf6b2d492e567e88")


def test_a_stand_in_has_its_chapters_in_it_too(project: Project) -> None:
    project.write("later", CHAPTERS, audio="stand-in", duration="01:00")
    project.build()
    copy = find_published(project, "On later")
    assert [chapter.title for chapter in measure_tags(copy).chapters] == ["Flour", "Salt", "Aside"]
    assert measure_tags(copy).duration == 60 * SECOND
    assert copy.read_bytes().endswith(make_audio(1)[-24:])
