"""What a build makes of the podcast namespace: versions and pictures of files, streams, lists."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import shutil
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from feeds.building.attached.alternates import publish_alternate
from feeds.building.attached.images import publish_images
from feeds.media.measure import Facts, measure_audio, measure_video
from feeds.namespaces import PODCAST
from feeds.podcasting.forms import Form
from feeds.podcasting.tags import ALTERNATE_ENCLOSURE, IMAGE
from tests.projects import SITE, Project, make_audio
from tests.tag_values import values_of

SHOW = Path(__file__).parent / "shows" / "namespace"
FILES = SHOW / "seeds" / "talk"
FACTS = Facts(bytes=1000, type="video/mp4", sha256=64 * "a", duration=8000, width=320, height=180)
LIVE = {"status": "pending", "start": dt.datetime(2026, 6, 1, 18, tzinfo=dt.UTC)}
STREAM = {"url": "https://stream.example/live.mp3", "type": "audio/mpeg"}
PAGE = {"href": "https://example.org/live", "text": "Listen in the browser"}

patient = settings(
    max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], deadline=None
)


def find_all(project: Project, tag: str) -> list[Any]:
    return list(project.read_feed().iter(f"{{{PODCAST}}}{tag}"))


def write_versions(project: Project, *versions: dict[str, Any], **front: Any) -> Path:
    for name in ("talk.opus", "talk.mp4", "banner.webp"):
        shutil.copy(FILES / name, project.seeds / name)
    (project.seeds / "talk.mp3").write_bytes(make_audio(8))
    return project.write("talk", audio="talk.mp3", alternate_enclosures=list(versions), **front)


def find_said(form: Form[Any], value: Any) -> Mapping[str, object]:
    """What an author says of a value, by key."""
    return {key.name: said for key in form.keys if (said := getattr(value, key.name)) != key.default}


@patient
@given(version=values_of(ALTERNATE_ENCLOSURE))
def test_what_an_author_says_of_a_version_stays(version: Any) -> None:
    published = publish_alternate(version, "https://example.org/a.mp4", FACTS)
    said = find_said(ALTERNATE_ENCLOSURE, version)
    assert find_said(ALTERNATE_ENCLOSURE, published).items() >= said.items()
    assert published.sources[0].uri == "https://example.org/a.mp4"
    assert published.sources[1:] == version.sources
    assert published.integrity == version.integrity or not version.integrity


@patient
@given(image=values_of(IMAGE), name=st.just("a.png"))
def test_what_an_author_says_of_a_picture_stays(image: Any, name: str) -> None:
    assert publish_images([image], lambda _: ("", FACTS)) == (image,)  # one on another server is not ours to measure
    (published,) = publish_images([type(image)(**{**find_said(IMAGE, image), "href": name})], lambda key: (key, FACTS))
    said = {**find_said(IMAGE, image), "href": name}
    assert find_said(IMAGE, published).items() >= said.items()


def test_a_version_is_published_with_what_its_file_tells(project: Project) -> None:
    write_versions(project, {"file": "talk.opus"}, {"file": "talk.mp4"})
    project.build()
    for version in find_all(project, "alternateEnclosure"):
        (source, integrity) = version
        content = (project.out / source.get("uri").removeprefix(f"{SITE}/")).read_bytes()
        assert int(version.get("length")) == len(content)
        digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
        assert integrity.attrib == {"type": "sri", "value": f"sha256-{digest}"}
        facts = measure_audio(FILES / f"talk{Path(source.get('uri')).suffix}")
        assert int(version.get("bitrate")) == round(len(content) * 8000 / facts.duration)
    opus, video = (dict(version.attrib) for version in find_all(project, "alternateEnclosure"))
    assert (opus["type"], opus["codecs"], opus.get("height")) == ("audio/ogg", "opus", None)
    assert (video["type"], video.get("codecs"), video["height"]) == ("video/mp4", None, "72")


def test_a_version_of_the_recording_itself_is_what_is_published_of_that(project: Project) -> None:
    write_versions(project, {"file": "talk.mp3", "default": True, "sources": ["ipfs://Qm"]})
    project.build()
    (version,) = find_all(project, "alternateEnclosure")
    (enclosure,) = project.read_feed().iter("enclosure")
    assert [source.get("uri") for source in version] == [enclosure.get("url"), "ipfs://Qm"]
    assert version.get("length") == enclosure.get("length")
    assert len(list(project.out.rglob("*.mp3"))) == 1


def test_where_the_recording_is_published_as_it_is_so_is_its_hash(project: Project) -> None:
    project.settings["channels"]["show"]["embed"] = False
    source = (write_versions(project, {"file": "talk.mp3"}).parent / "talk.mp3").read_bytes()
    project.build()
    (integrity,) = find_all(project, "integrity")
    digest = base64.b64encode(hashlib.sha256(source).digest()).decode()
    assert integrity.get("value") == f"sha256-{digest}"


def test_a_checkout_without_the_files_builds_the_same_feed(project: Project) -> None:
    project.settings["channels"]["show"]["images"] = [{"href": "tall.mp4"}]
    shutil.copy(SHOW / "pictures" / "tall.mp4", project.folder / "tall.mp4")
    write_versions(project, {"file": "talk.opus"}, {"file": "talk.mp4"}, images=["banner.webp"])
    project.build()
    before = (project.out / "show" / "feed.xml").read_bytes()
    for name in ("seeds/show/talk.opus", "seeds/show/talk.mp4", "seeds/show/banner.webp", "tall.mp4"):
        (project.folder / name).unlink()
    shutil.rmtree(project.folder / ".feeds")
    outcome = project.build(locking="check")
    assert (project.out / "show" / "feed.xml").read_bytes() == before
    assert [fault.message for fault in outcome.warnings if "is not here" in fault.message] == [
        "alternate_enclosures: seeds/show/talk.mp4 is not here: its facts come from channel.lock, the file itself is "
        "not written",
        "alternate_enclosures: seeds/show/talk.opus is not here: its facts come from channel.lock, the file itself is "
        "not written",
    ]


@pytest.mark.parametrize(
    ("versions", "message"),
    [
        ([{"file": "gone.opus"}], "alternate_enclosures: there is no file seeds/show/gone.opus"),
        ([{"file": "artwork.opus"}], "alternate_enclosures: seeds/show/artwork.opus: this is no audio file"),
        ([{"file": "../../../x.opus"}], "leads out of the project: nothing from there is published"),
        ([{"file": "talk.opus", "default": True}, {"file": "talk.mp4", "default": True}], "is the default already"),
    ],
)
def test_a_version_that_cannot_be_published_is_a_fault(
    project: Project, versions: list[dict[str, Any]], message: str
) -> None:
    write_versions(project, *versions)
    (project.seeds / "artwork.opus").write_bytes(b"no sound")
    (fault,) = project.fail()
    assert fault.startswith("talk.md:") and message in fault
    assert not (project.out / "show").exists()


def test_a_version_of_another_length_is_told_unless_it_says_what_it_is(project: Project) -> None:
    (project.folder / "seeds" / "show" / "long.mp3").write_bytes(make_audio(20))
    write_versions(project, {"file": "talk.opus"}, {"file": "long.mp3"}, {"file": "long.mp3", "rel": "commentary"})
    messages = [fault.message for fault in project.build().warnings if "alternate_enclosures" in fault.message]
    assert messages == [
        "alternate_enclosures: seeds/show/long.mp3 lasts 00:20, and the episode 00:08: give the right file, or say in "
        "its rel what else it is"
    ]


def test_what_a_picture_is_said_to_be_and_is_not_is_told(project: Project) -> None:
    Image.new("L", (120, 63)).save(project.seeds / "wide.png")
    Image.new("L", (120, 63)).save(project.folder / "wide.png")
    wrong = {"href": "wide.png", "width": 100, "height": 63, "aspect_ratio": "1/1", "type": "image/jpeg"}
    project.settings["channels"]["show"]["images"] = [{"href": "wide.png", "aspect_ratio": "1.9"}, wrong]
    project.write("talk", images=[wrong])
    messages = [fault.message for fault in project.build().warnings if "images:" in fault.message]
    said = [
        "is said to have the aspect_ratio 1/1, and has 40/21: take aspect_ratio out",
        "is said to have the type image/jpeg, and has image/png: take type out",
        "is said to have the width 100, and has 120: take width out",
    ]
    where = ("channels.show.images: wide.png", "images: seeds/show/wide.png")
    assert sorted(messages) == [f"{place} {message}" for place in where for message in said]
    wanted = {"width": "100", "height": "63", "aspect-ratio": "1/1", "type": "image/jpeg"}
    assert wanted.items() <= dict(find_all(project, "image")[-1].attrib).items()


def test_a_picture_may_be_the_artwork_once_more(project: Project) -> None:
    project.settings["channels"]["show"]["images"] = ["artwork.png", "https://example.org/a.png"]
    project.write("talk")
    project.build()
    ours, theirs = (dict(image.attrib) for image in find_all(project, "image"))
    assert ours["href"] == next(iter(project.read_feed().iter("url"))).text
    assert (ours["aspect-ratio"], ours["width"], ours["height"]) == ("1/1", "1400", "1400")
    assert theirs == {"href": "https://example.org/a.png"}


def test_a_video_that_lies_on_its_side_is_measured_as_it_is_shown(tmp_path: Path) -> None:
    content = (SHOW / "pictures" / "tall.mp4").read_bytes()
    turned = struct.pack(">9i", 0, 1 << 16, 0, -1 << 16, 0, 0, 0, 0, 1 << 30)
    at = content.index(b"tkhd") + 4 + 40
    (tmp_path / "tall.mp4").write_bytes(content)
    (tmp_path / "turned.mp4").write_bytes(content[:at] + turned + content[at + 36 :])
    tall, wide = measure_video(tmp_path / "tall.mp4"), measure_video(tmp_path / "turned.mp4")
    assert (tall.width, tall.height) == (wide.height, wide.width) == (72, 128)
    (tmp_path / "broken.mp4").write_bytes(content.replace(b"tkhd", b"free"))
    with pytest.raises(ValueError, match="this is no video that can be read"):
        measure_video(tmp_path / "broken.mp4")


def write_stream(project: Project, name: str = "evening", **front: Any) -> Path:
    return project.write(name, **{"audio": STREAM, "live": LIVE, "content_links": [PAGE], **front})


def test_a_stream_stands_before_the_items_and_is_none_of_them(project: Project) -> None:
    write_stream(project)
    project.write("talk")
    assert project.build().episodes == 1
    tags = [str(element.tag) for element in project.read_feed().find("channel")]
    assert tags.index(f"{{{PODCAST}}}liveItem") < tags.index("item") == len(tags) - 1
    (live,) = find_all(project, "liveItem")
    assert dict(live.attrib) == {"status": "pending", "start": "2026-06-01T18:00:00Z"}
    assert dict(live.find("enclosure").attrib) == {**STREAM, "length": "0"}
    assert live.find("pubDate") is None


def test_a_stream_that_is_over_becomes_an_episode_with_its_guid(project: Project) -> None:
    write_stream(project)
    project.build()
    (guid,) = find_all(project, "liveItem")[0].iter("guid")
    write_stream(project, live={**LIVE, "status": "ended"})
    project.build()
    assert find_all(project, "liveItem")[0].findtext("guid") == guid.text
    project.write("evening", date=dt.date(2026, 5, 30))
    project.build()
    assert find_all(project, "liveItem") == []
    assert project.guids() == {"On evening": guid.text}


def test_another_stream_at_the_same_address_is_another_one(project: Project) -> None:
    write_stream(project, "first")
    write_stream(project, "second", date=dt.date(2026, 5, 2))
    project.build()
    before = {live.findtext("title"): live.findtext("guid") for live in find_all(project, "liveItem")}
    assert len(set(before.values())) == 2
    (project.seeds / "first.md").unlink()
    write_stream(project, "third", date=dt.date(2026, 5, 3))
    project.build()
    after = {live.findtext("title"): live.findtext("guid") for live in find_all(project, "liveItem")}
    assert after["On second"] == before["On second"]
    assert after["On third"] not in before.values()


def test_what_is_wrong_with_a_stream_in_the_feed_is_told_of_its_record(project: Project) -> None:
    write_stream(project)
    write_stream(project, "late", extra="<podcast:contentLink>nowhere</podcast:contentLink>", date=dt.date(2026, 5, 2))
    (fault,) = project.fail()
    assert fault.startswith("late.md: in the feed, podcast:liveItem[2]/podcast:contentLink: podcast:contentLink has no")


def test_a_stream_without_an_address_is_told(project: Project) -> None:
    write_stream(project, audio=None)
    (warning,) = [fault for fault in project.build().warnings if "example" not in fault.path]
    assert warning.message == 'live: apps have nothing to play: write audio = { url = "https://…" }'


@pytest.mark.parametrize(
    ("live", "said"),
    [
        ({"status": "live"}, ""),
        ({"status": "ended", "end": "21:00"}, ""),
        ({"status": "pending", "end": "21:00"}, "was to end at 2026-06-01T21:00:00Z, and is pending still: write"),
        (
            {"status": "live", "end": "21:00"},
            "was to end at 2026-06-01T21:00:00Z, and is live still: write",
        ),
        ({"status": "pending"}, "was to start at 2026-06-01T18:00:00Z, and is pending still: write another status"),
    ],
)
def test_a_stream_whose_time_is_past_is_told_until_its_status_says_so(
    project: Project, live: dict[str, str], said: str
) -> None:
    start = dt.datetime(2026, 6, 1, 18, tzinfo=dt.UTC)
    times = {"start": start, **({"end": start.replace(hour=21)} if "end" in live else {})}
    file = write_stream(project, live={"status": live["status"], **times})
    assert project.build(at=start + dt.timedelta(hours=2)).warnings == ()
    warnings = project.build(at=start + dt.timedelta(days=2)).warnings
    assert [warning.path for warning in warnings] == [str(file)] * bool(said)
    assert all(warning.message.startswith(f"live: {said}") for warning in warnings)


def test_behind_a_list_of_streams_the_episodes_have_a_heading_of_their_own(project: Project) -> None:
    project.write("talk")
    page = project.out / "show" / "index.html"
    project.build()
    assert "<h2>Episodes</h2>" not in page.read_text(encoding="utf-8")
    write_stream(project)
    project.build()
    text = page.read_text(encoding="utf-8")
    assert text.index("<h2>Live</h2>") < text.index("<h2>Episodes</h2>") < text.index("<h3><a ")


@pytest.mark.parametrize(("display", "shown"), [("2.3", "Episode 2.3"), ("Ch. 3", "Ch. 3"), ("", "Episode 5")])
def test_a_number_stands_behind_the_word_episode_on_a_page(project: Project, display: str, shown: str) -> None:
    project.write("talk", episode={"number": 5, **({"display": display} if display else {})})
    project.build()
    page = (project.out / "show" / "talk" / "index.html").read_text(encoding="utf-8")
    assert f"<span>{shown}</span>" in page


def test_a_page_names_the_file_of_a_transcript_as_people_do(project: Project) -> None:
    (project.seeds / "talk.srt").write_text("1\n00:00:00,000 --> 00:00:20,000\nWhat is said.\n")
    project.write("talk", transcripts=["talk.srt"])
    project.build()
    page = (project.out / "show" / "talk" / "index.html").read_text(encoding="utf-8")
    assert "Transcript as a file</a> srt<" in page


@pytest.mark.parametrize(
    ("status", "words", "plays"), [("pending", "Live on", 0), ("live", "Live now", 1), ("ended", "Was live", 0)]
)
def test_the_page_of_a_stream_says_how_it_stands(project: Project, status: str, words: str, plays: int) -> None:
    write_stream(project, live={**LIVE, "status": status})
    project.write("talk")
    project.build()
    page = (project.out / "show" / "evening" / "index.html").read_text(encoding="utf-8")
    assert words in page and "1 June 2026, 18:00 UTC" in page and PAGE["href"] in page
    assert page.count("<audio") == plays and "download" not in page
    channel = (project.out / "show" / "index.html").read_text(encoding="utf-8")
    assert channel.count('class="episode"') == 1 and "evening/" in channel
    assert "evening" not in (project.out / "show" / "talk" / "index.html").read_text(encoding="utf-8")


def test_a_page_of_the_archive_announces_no_stream(project: Project) -> None:
    project.settings["channels"]["show"]["feed"] = {"page_size": 1}
    write_stream(project)
    for day, name in enumerate(("first", "second", "third"), 1):
        project.write(name, audio={"url": f"https://example.org/{name}.mp3", "length": 9}, date=dt.date(2026, 5, day))
    project.build()
    feeds = sorted(file for file in project.out.rglob("*.xml") if file.name != "sitemap.xml")
    assert len(feeds) > 1
    assert [file.name for file in feeds if "liveItem" in file.read_text(encoding="utf-8")] == ["feed.xml"]
    assert "evening" in (project.out / "sitemap.xml").read_text(encoding="utf-8")


def test_no_link_of_a_stream_runs_anything_in_a_preview_either(project: Project) -> None:
    write_stream(project, content_links=[PAGE, {"href": "javascript:alert(1)", "text": "No"}])
    assert "javascript: is no registered scheme" in project.fail()[0]
    project.build(url="http://127.0.0.1:8000", locking="leave")  # a preview shows it all the same
    page = (project.out / "show" / "evening" / "index.html").read_text(encoding="utf-8")
    assert PAGE["href"] in page and "javascript:" not in page


LISTED = {"feed_guid": "917393e3-1b1e-5cef-ace4-edaa54e1f810", "feed_url": "https://a.example/feed.xml", "title": "A"}


def make_list(project: Project, medium: str, **keys: Any) -> None:
    project.seeds.rmdir()
    project.settings["channels"]["show"] |= {"medium": medium, "remote_items": [LISTED], **keys}


@pytest.mark.parametrize("medium", ["musicL", "mixed", "publisher"])
def test_a_list_needs_no_records_and_shows_what_it_lists(project: Project, medium: str) -> None:
    make_list(project, medium)
    assert project.build().warnings == ()
    assert len(find_all(project, "remoteItem")) == 1
    page = (project.out / "show" / "index.html").read_text(encoding="utf-8")
    assert '<a href="https://a.example/feed.xml">A</a>' in page and "No episode" not in page
    assert "1 entry" in (project.out / "index.html").read_text(encoding="utf-8")


def test_a_list_with_an_episode_is_a_fault(project: Project) -> None:
    project.write("talk")
    project.settings["channels"]["show"] |= {"medium": "musicL", "remote_items": [LISTED]}
    (fault,) = project.fail()
    assert "the medium is the list 'musicL', but the feed has 1 items of its own: write music" in fault


def test_a_list_that_lists_nothing_is_a_fault(project: Project) -> None:
    make_list(project, "mixed", remote_items=[])
    (fault,) = project.fail()
    assert "the medium is the list 'mixed', but it lists nothing" in fault


@pytest.mark.parametrize("keys", [{"medium": "podcast"}, {"medium": "musicL", "seeds": "elsewhere"}])
def test_a_folder_that_is_promised_must_be_there(project: Project, keys: dict[str, str]) -> None:
    make_list(project, **keys)
    (fault,) = project.fail()
    assert "which is no folder" in fault
