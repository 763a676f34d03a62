"""`feeds import feed`: a podcast moves in, and no subscriber notices.

`imports/feed/NAME.xml` is a feed, NAME.txt everything that becomes of it: channel.toml, every record, the lock, and how
the feed that is built from them differs from the one that was taken in.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import shutil
import threading
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from xml.sax.saxutils import escape

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from feeds.building.build import build_site
from feeds.cli import main
from feeds.errors import FeedsError, SeedError
from feeds.identity.lock import read_lock
from feeds.importers.feed.cleaning import clean_feed
from feeds.importers.feed.comparing import Comparison, compare_feeds, format_comparison
from feeds.importers.feed.importing import Report
from feeds.importers.feed.reading import Page, read_items
from feeds.importers.feed.taking import Asked, Taken, compare_build, take_feed
from feeds.markup.fragments import find_name
from feeds.media.standin import format_standin
from feeds.model import RemoteAudio
from feeds.records.seeds import parse_seed, read_seed

PAIRS = Path(__file__).parent / "imports" / "feed"
FEEDS = sorted(PAIRS.glob("*.xml"))
CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "feeds"
END = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)

HEAD = """<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:atom="http://www.w3.org/2005/Atom" xmlns:psc="http://podlove.org/simple-chapters"><channel>
<title>Ferry</title><link>https://ferry.example/</link><description>Talks.</description><language>en</language>
<itunes:author>Ada</itunes:author><itunes:image href="https://ferry.example/a.jpg"/><itunes:category text="News"/>"""
TAIL = "</channel></rss>"


def item(number: int, more: str = "", *, notes: str = "Words.", date: str | None = None) -> str:
    date = f"Mon, {number:02d} Jan 2024 09:00:00 +0100" if date is None else date
    return (
        f"<item><title>Talk {number}</title><guid>g{number}</guid>{f'<pubDate>{date}</pubDate>' if date else ''}"
        f'<description>{notes}</description><enclosure url="https://m.example/{number}.mp3" length="{number}00"'
        f' type="audio/mpeg"/>{more}</item>'
    )


def write_feed(folder: Path, *items: str, head: str = HEAD) -> Path:
    file = folder / "feed.xml"
    file.write_text(head + "".join(items) + TAIL, encoding="utf-8")
    return file


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the commands are typed."""
    project = tmp_path / "show"
    project.mkdir()
    monkeypatch.chdir(project)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["import", "feed", *words])


def take(feed: Path | str, *words: str) -> dict[str, Any]:
    """Take a feed in at the command line; what it tells a program."""
    result = run(str(feed), "--channel", "show", "--json", *words)
    assert result.exit_code == 0, result.output
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def draw_picture() -> bytes:
    file = io.BytesIO()
    Image.new("L", (1400, 1400)).save(file, "PNG")
    return file.getvalue()


def list_records() -> list[str]:
    return sorted(str(path) for path in Path("seeds/show").glob("*.md"))


def take_and_build(feed: Path, project: Path, folder: Path) -> tuple[Taken, Comparison]:
    folder.mkdir()
    taken = take_feed(Asked(source=str(feed), slug="show"), project, folder, progress=None)
    assert taken
    return taken, compare_build(taken, project, folder)


# Pairs.


@pytest.mark.parametrize("feed", FEEDS, ids=lambda file: file.stem)
def test_a_feed_becomes_what_is_expected_and_comes_back(
    feed: Path, tmp_path: Path, update: Callable[[Path, bytes], None]
) -> None:
    project = tmp_path / "show"
    _, comparison = take_and_build(feed, project, tmp_path / "work")
    files = ["channel.toml", *sorted(str(file.relative_to(project)) for file in project.glob("seeds/*/*.md"))]
    pieces = [f"=== {name}\n{(project / name).read_text(encoding='utf-8')}" for name in (*files, "channel.lock")]
    found = "\n".join([*pieces, "=== beside the feed", format_comparison(comparison), ""])
    update(feed.with_suffix(".txt"), found.encode())
    assert found == feed.with_suffix(".txt").read_text(encoding="utf-8")
    assert comparison.faults == {}


def test_there_are_pairs() -> None:
    assert FEEDS


def stream(status: str) -> str:
    return (
        f'<podcast:liveItem status="{status}" start="2024-01-05T09:00:00Z"><title>On deck</title><guid>live</guid>'
        '<enclosure url="https://stream.example/live" length="0" type="audio/mpeg"/>'
        '<podcast:contentLink href="https://ferry.example/live">Listen</podcast:contentLink></podcast:liveItem>'
    )


def test_a_stream_becomes_an_episode_once_the_feed_has_it_as_one(place: Path) -> None:
    assert take(write_feed(place, stream("live"), item(1)), "--media", "keep")["records"] == {
        "new": ["seeds/show/2024-01-05-on-deck.md", "seeds/show/2024-01-01-talk-1.md"]
    }
    again = take(write_feed(place, stream("ended"), item(1)), "--media", "keep")
    assert again["records"]["updated"] == ["seeds/show/2024-01-05-on-deck.md"]
    recorded = item(5).replace("<guid>g5</guid>", "<guid>live</guid>")
    assert take(write_feed(place, recorded, item(1)))["records"]["updated"] == ["seeds/show/2024-01-05-on-deck.md"]
    seed = read_seed(Path("seeds/show/2024-01-05-on-deck.md"), "", dt.UTC)
    assert (seed.live, seed.guid, seed.audio) == (
        None,
        "live",
        RemoteAudio(url="https://m.example/5.mp3", length=500, type="audio/mpeg"),
    )


def test_a_stream_that_was_edited_here_stays_as_it_is(place: Path) -> None:
    take(write_feed(place, stream("pending"), item(1)))
    record = Path("seeds/show/2024-01-05-on-deck.md")
    record.write_text(record.read_text(encoding="utf-8") + "Words of our own.\n", encoding="utf-8")
    again = take(write_feed(place, stream("live"), item(1)))
    assert again["records"]["conflict"] == [str(record)]
    assert 'status = "pending"' in record.read_text(encoding="utf-8")


def test_no_stream_is_downloaded(place: Path) -> None:
    take(write_feed(place, stream("live")), "--media", "download")
    assert [file.name for file in Path("seeds/show").iterdir() if file.suffix != ".png"] == ["2024-01-05-on-deck.md"]


# Whatever a feed says comes back.

words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=30)
texts = st.one_of(
    words, st.lists(words, max_size=4).map("\n".join), st.sampled_from(["## [00:00] x", "+++", "> *x*", "'''"])
)
names = st.sampled_from(
    "title description content:encoded itunes:title itunes:summary itunes:subtitle itunes:keywords itunes:author "
    "itunes:duration itunes:explicit itunes:season itunes:episode itunes:episodeType itunes:block link author category "
    "pubDate comments podcast:person podcast:season podcast:location podcast:license atom:link rating".split()
)
values = st.one_of(
    texts, st.sampled_from("yes no TRUE clean 01:02:03 90 0 007 Full bonus https://x.example/?a=1&b=2".split())
)
elements = st.lists(st.tuples(names, values), max_size=8)


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(items=st.lists(elements, max_size=3))
def test_any_texts_in_any_elements_come_back(
    tmp_path_factory: pytest.TempPathFactory, items: list[list[tuple[str, str]]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    feed = write_feed(
        folder,
        *(
            f"<item>{''.join(f'<{name}>{escape(value)}</{name}>' for name, value in one)}"
            f'<guid>g{number}</guid><enclosure url="https://m.example/{number}.mp3" length="1" type="audio/mpeg"/>'
            "</item>"
            for number, one in enumerate(items)
        ),
    )
    _, comparison = take_and_build(feed, folder / "show", folder / "work")
    assert comparison.faults == {}


@pytest.mark.corpus
def test_of_all_elements_of_real_feeds_99_of_100_come_back_as_they_were_and_the_others_differ_as_they_should(
    tmp_path: Path,
) -> None:
    if not CORPUS.is_dir():
        pytest.skip("the real feeds are not here: they belong to others, and stand beside the project where they may")
    whole = Comparison()
    for feed in sorted(CORPUS.glob("*.xml")):
        (tmp_path / feed.stem).mkdir()
        try:
            taken, comparison = take_and_build(feed, tmp_path / feed.stem / "show", tmp_path / feed.stem / "work")
        except FeedsError as error:
            assert "is an Atom feed" in str(error)
            continue
        unread = {"a page of the feed was not read": 1} if taken.pages.unread else {}
        assert (feed.name, comparison.faults) == (feed.name, unread)
        whole.equal += comparison.equal
        whole.respelled += comparison.respelled
        whole.kinds += comparison.kinds
    assert whole.total > 70_000
    assert whole.equal >= whole.total * 0.99


def test_an_import_tells_which_tags_a_record_does_not_hold_and_why(place: Path) -> None:
    hosts = "<podcast:person>Ada</podcast:person>"
    head = (
        f"{HEAD}{hosts}<podcast:guid>42</podcast:guid><podcast:medium>radio</podcast:medium>"
        '<podcast:locked email="a@b.example">yes</podcast:locked>'
    )
    guest = '<podcast:person role="guest">Bo</podcast:person>'
    several = "<podcast:license>mine</podcast:license><podcast:license>yours</podcast:license>"
    notes = take(write_feed(place, item(1, guest), item(2, hosts + several), head=head))["notes"]
    assert {note for note in notes if "podcast" in note or "UUID" in note} == {
        "guid: '42' is no UUID, so the feed gets a new one",
        "medium: 'radio' is none of podcast, music, video, film, audiobook, newsletter, blog, publisher, course, "
        "podcastL, musicL, videoL, filmL, audiobookL, newsletterL, blogL, publisherL, courseL, mixed, "
        "so it is kept word for word",
        "podcast:locked is kept word for word: email is none of its attributes",
        "podcast:person is kept word for word: in a record, the persons of the channel are there too",
        "podcast:license is kept word for word: there is more of it than a record can say",
    }


# The second time.


def test_the_second_time_nothing_changes(place: Path) -> None:
    feed = write_feed(place, item(1), item(2))
    take(feed)
    before = {path: Path(path).read_bytes() for path in (*list_records(), "channel.toml", "channel.lock")}
    assert take(feed)["records"] == {"kept": list_records()}
    assert {path: Path(path).read_bytes() for path in before} == before


def test_what_is_new_arrives_and_a_changed_item_changes_its_record(place: Path) -> None:
    take(write_feed(place, item(1), item(2)))
    took = take(write_feed(place, item(3), item(2, notes="Other words."), item(1)))["records"]
    assert took["new"] == ["seeds/show/2024-01-03-talk-3.md"]
    assert took["updated"] == ["seeds/show/2024-01-02-talk-2.md"]
    assert took["kept"] == ["seeds/show/2024-01-01-talk-1.md"]
    assert "Other words." in Path("seeds/show/2024-01-02-talk-2.md").read_text()


def test_an_edited_record_is_kept_and_a_conflict_is_named(place: Path) -> None:
    feed = write_feed(place, item(1), item(2))
    take(feed)
    for record in list_records():
        Path(record).write_text(Path(record).read_text().replace("Words.", "My words."))
    assert take(feed)["records"] == {"edited": list_records()}
    assert take(write_feed(place, item(1), item(2, notes="Theirs.")))["records"] == {
        "edited": ["seeds/show/2024-01-01-talk-1.md"],
        "conflict": ["seeds/show/2024-01-02-talk-2.md"],
    }
    assert all("My words." in Path(record).read_text() for record in list_records())
    told = run(str(place / "feed.xml"), "--channel", "show")
    assert "conflict: seeds/show/2024-01-02-talk-2.md was changed here and in the feed: --theirs" in told.output
    assert take(feed, "--theirs")["records"] == {"updated": list_records()}
    assert all("My words." not in Path(record).read_text() for record in list_records())


def test_a_deleted_record_stays_deleted_and_a_renamed_one_is_not_taken_twice(place: Path) -> None:
    feed = write_feed(place, item(1), item(2), item(3))
    take(feed)
    Path("seeds/show/2024-01-01-talk-1.md").unlink()
    Path("seeds/show/2024-01-02-talk-2.md").rename("seeds/show/second.md")
    assert take(feed)["records"] == {
        "deleted": ["seeds/show/2024-01-01-talk-1.md"],
        "kept": ["seeds/show/second.md", "seeds/show/2024-01-03-talk-3.md"],
    }
    assert take(feed, "--theirs")["records"]["new"] == ["seeds/show/2024-01-01-talk-1.md"]


def test_what_was_taken_in_is_known_in_every_checkout(place: Path) -> None:
    take(write_feed(place, item(1), item(2), item(3)))
    shutil.rmtree(".feeds")
    Path("seeds/show/2024-01-02-talk-2.md").unlink()
    record = Path("seeds/show/2024-01-03-talk-3.md")
    record.write_text(record.read_text().replace("Words.", "Mine."))
    assert take(write_feed(place, item(1, notes="Theirs."), item(2), item(3)))["records"] == {
        "updated": ["seeds/show/2024-01-01-talk-1.md"],
        "deleted": ["seeds/show/2024-01-02-talk-2.md"],
        "edited": ["seeds/show/2024-01-03-talk-3.md"],
    }


def test_a_file_of_somebody_else_is_left_alone(place: Path) -> None:
    Path("seeds/show").mkdir(parents=True)
    Path("seeds/show/2024-01-01-talk-1.md").write_text("mine")
    take(write_feed(place, item(1)))
    assert Path("seeds/show/2024-01-01-talk-1.md").read_text() == "mine"
    assert "Talk 1" in Path("seeds/show/2024-01-01-talk-1-2.md").read_text()


def test_a_channel_is_added_to_those_that_are_there_and_one_of_that_name_is_a_fault(place: Path) -> None:
    take(write_feed(place, item(1), item(2)))
    feed = write_feed(place, item(1, notes="Of another show."))
    result = run(str(feed), "--channel", "other")
    assert result.exit_code == 0
    assert "Of another show." in Path("seeds/other/2024-01-01-talk-1.md").read_text()
    text = Path("channel.toml").read_text()
    assert text.index("[channels.show]") < text.index("[channels.other]")
    Path("channel.lock").unlink()
    result = run(str(feed), "--channel", "show")
    assert result.exit_code == 1
    assert "channels.show: is there already, and nothing in channel.lock says that it was imported" in result.output
    assert Path("channel.toml").read_text() == text


def test_another_feed_does_not_mix_into_a_channel(place: Path) -> None:
    take(write_feed(place, item(1), item(2)))
    other = HEAD.replace("<title>Ferry", "<title>Train")
    result = run(str(write_feed(place, item(5), head=other)), "--channel", "show")
    assert result.exit_code == 1
    assert "channels.show: was imported from a feed with another title" in result.output
    assert len(list_records()) == 2
    assert len(take(write_feed(place, item(5)))["records"]["new"]) == 1  # all episodes of a short feed may be new


def test_a_podcast_is_not_taken_in_twice_under_two_names(place: Path) -> None:
    head = HEAD + "<podcast:guid>9b024349-ccf0-5f69-a609-6b82873eab3c</podcast:guid>"
    take(write_feed(place, item(1), head=head))
    result = run(str(place / "feed.xml"), "--channel", "other")
    assert result.exit_code == 1
    assert "channels.show: is this podcast already, by its podcast:guid" in result.output


def test_a_feed_whose_title_has_changed_is_the_channel_that_came_from_its_address(place: Path, host: str) -> None:
    Host.files["/feed"] = write_feed(place, item(1)).read_bytes()
    assert run(f"{host}/feed", "--allow-private").exit_code == 0
    Host.files["/feed"] = write_feed(place, item(1), head=HEAD.replace("<title>Ferry", "<title>Boat")).read_bytes()
    assert "ferry: 1 episode: 1 as they were" in run(f"{host}/feed", "--allow-private").output


def test_a_site_without_a_channel_gets_one(place: Path) -> None:
    Path("channel.toml").write_text('[site]\nurl = "https://me.fm"\ntitle = "Mine"\n')
    take(write_feed(place, item(1)))
    build_site(Path(), Path("public"), at=END)


def test_the_folder_of_a_channel_may_be_another(place: Path) -> None:
    take(write_feed(place, item(1)))
    Path("seeds/show").rename("episodes")
    Path("channel.toml").write_text(Path("channel.toml").read_text() + 'seeds = "episodes"\n')
    assert take(write_feed(place, item(1), item(2)))["records"] == {
        "kept": ["episodes/2024-01-01-talk-1.md"],
        "new": ["episodes/2024-01-02-talk-2.md"],
    }


def test_a_changed_channel_is_told_and_channel_toml_stays_as_it_is(place: Path) -> None:
    take(write_feed(place, item(1)))
    before = Path("channel.toml").read_text()
    took = take(write_feed(place, item(1), head=HEAD.replace("Talks.", "Other talks.")))
    assert list(took["notes"]) == [
        "the feed says something else of its channel than before: channel.toml stays as it is"
    ]
    assert Path("channel.toml").read_text() == before


def test_a_build_knows_of_an_import_that_was_interrupted(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    feed = write_feed(place, item(1), item(2))

    def stop(_stage: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("feeds.importers.feed.writing.Stage.put_in_place", stop)
        assert run(str(feed), "--channel", "show").exit_code == 1
    built = CliRunner().invoke(main, ["build"])
    assert built.exit_code == 1
    assert "an import was interrupted here: run it again" in built.output
    take(feed)
    assert len(list_records()) == 2
    assert CliRunner().invoke(main, ["build"]).exit_code == 0


# What feeds do not say.


def list_dates() -> Mapping[str, dt.datetime]:
    channel = read_lock(Path("channel.lock"), "channel.lock").channels["show"]
    return {episode.guid: episode.date for episode in channel.episodes}


def test_an_item_that_stands_there_twice_is_taken_once(place: Path) -> None:
    took = take(write_feed(place, item(1), item(1, notes="Another.")))
    assert list(list_dates()) == ["g1"]
    assert took["records"] == {"new": list_records()}


def test_of_two_items_with_one_guid_and_two_recordings_the_first_keeps_it_wherever_they_stand(place: Path) -> None:
    one, two = item(1), item(2).replace("<guid>g2</guid>", "<guid>g1</guid>")
    took = take(write_feed(place, one, two, item(3)), "--verify")
    assert list(took["notes"]) == ["a guid that another item has, so it got one of its own"]
    assert took["comparison"]["expected"] == {"a guid that is empty, or that another item has": 1}
    guids = {read_seed(Path(record), record, dt.UTC).title: record for record in list_records()}
    (own,) = set(list_dates()) - {"g1", "g3"}
    for feed in ((two, one, item(3)), (item(3).replace(">g3<", ">g1<"), two, one)):
        take(write_feed(place, *feed, item(4)))
        for title, record in guids.items():
            assert read_seed(Path(record), record, dt.UTC).title == title
    assert own in list_dates()


def test_a_made_up_guid_is_none_that_another_item_has(place: Path) -> None:
    two = item(2).replace("<guid>g2</guid>", "<guid>g1</guid>")
    take(write_feed(place, item(1), two))
    (own,) = set(list_dates()) - {"g1"}
    shutil.rmtree("seeds")
    for name in ("channel.toml", "channel.lock"):
        Path(name).unlink()
    take(write_feed(place, item(1), two, item(3).replace("<guid>g3</guid>", f"<guid>{own}</guid>")))
    record = Path("seeds/show/2024-01-03-talk-3.md")
    assert read_seed(record, str(record), dt.UTC).guid == own


def test_an_item_without_a_guid_is_known_by_its_audio_as_apps_know_it(place: Path) -> None:
    feed = write_feed(place, item(1).replace("<guid>g1</guid>", ""))
    take(feed)
    assert list(list_dates()) == ["https://m.example/1.mp3"]
    assert take(feed)["records"] == {"kept": list_records()}


def test_items_without_dates_keep_their_place_and_the_dates_that_they_got(place: Path) -> None:
    take(write_feed(place, item(2), item(1, date="")))
    dates = list_dates()
    assert dates["g1"] == dates["g2"] - dt.timedelta(minutes=1)
    take(write_feed(place, item(4), item(3, date=""), item(2), item(1, date="")))
    assert {guid: list_dates()[guid] for guid in dates} == dates


def test_time_stamps_in_the_notes_are_offered_and_become_chapters_if_asked_for(place: Path) -> None:
    feed = write_feed(place, item(1, notes="Hello\n00:00 Casting off\n[05:30] - The sea\n1:02:03 Ashore\nBye"))
    assert take(feed)["offered"] == 1
    (record,) = list_records()
    assert read_seed(Path(record), record, dt.UTC).chapters == ()
    took = take(feed, "--stamps", "--verify")
    assert took["records"] == {"updated": [record]}
    assert [(one.start, one.title) for one in read_seed(Path(record), record, dt.UTC).chapters] == [
        (0, "Casting off"),
        (330_000, "The sea"),
        (3_723_000, "Ashore"),
    ]
    assert took["comparison"]["faults"] == {}


def test_a_feed_that_says_nothing_of_itself_gets_what_a_channel_needs_and_that_is_told(place: Path) -> None:
    feed = place / "feed.xml"
    feed.write_text("<rss><channel>" + item(1) + "</channel></rss>")
    notes = take(feed)["notes"]
    needed = ["title", "description", "author", "language", "categories", "image"]
    assert [note.partition(":")[0] for note in notes] == needed
    assert Path("seeds/show/artwork.png").is_file()
    build_site(Path(), Path("public"), at=END)


def test_an_artwork_that_is_there_is_not_drawn_over(place: Path) -> None:
    artwork = Path("seeds/show/artwork.png")
    artwork.parent.mkdir(parents=True)
    artwork.write_bytes(mine := draw_picture())
    (place / "feed.xml").write_text("<rss><channel><title>Ferry</title>" + item(1) + "</channel></rss>")
    take(place / "feed.xml")
    assert artwork.read_bytes() == mine


# Broken feeds.


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "is no XML: a feed begins with <rss"),
        ("just words", "is no XML: a feed begins with <rss"),
        ("<!DOCTYPE html><html><body>x</body></html>", "is a page, not a feed"),
        ("<html><head></head></html>", "is a page, not a feed"),
        ('<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title></feed>', "is an Atom feed"),
        ("<opml></opml>", "has no channel: a feed begins with <rss><channel>, this with <opml>"),
        (
            '<!DOCTYPE rss [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><rss><channel><title>&b;</title></channel></rss>',
            "declares entities or names a DTD",
        ),
        ('<!DOCTYPE rss SYSTEM "file:///etc/passwd"><rss><channel/></rss>', "declares entities or names a DTD"),
        (
            '<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://x.example/rss.dtd"><rss><channel/></rss>',
            "declares entities or names a DTD",
        ),
    ],
)
def test_what_is_no_feed_is_one_line_and_nothing_is_written(place: Path, content: str, told: str) -> None:
    feed = place / "feed.xml"
    feed.write_text(content)
    result = run(str(feed))
    assert result.exit_code == 1
    first, last = result.output.splitlines()
    assert f"feed.xml: {told}" in first
    assert last == "1 fault; nothing was written."
    assert list(Path().iterdir()) == []


@pytest.mark.usefixtures("place")
def test_a_feed_that_is_not_there_is_one_line() -> None:
    result = run("none.xml")
    assert result.exit_code == 1
    assert result.output == "none.xml: No such file or directory\n"


READABLE = [
    ("\n \n<?xml version='1.0'?>", "x", "utf-8", "x"),
    ("<?xml version='1.0' encoding='iso-8859-1'?>", "größe", "utf-8", "größe"),
    ("<?xml version='1.0' encoding='utf-8'?>", "größe – “so”", "cp1252", "größe – “so”"),
    ("<?xml version='1.0' encoding='windows-1251'?>", "Паром", "cp1251", "Паром"),
    ("<?xml version='1.0' encoding='utf-16'?>", "나룻배", "utf-16", "나룻배"),
    ("\ufeff", "x", "utf-8", "x"),
    ("", "bread & salt &amp; rope&nbsp;&eacute; &unknown; a&b=c", "utf-8", "bread & salt & rope\xa0é &unknown; a&b=c"),
    ("", "<![CDATA[bread & <salt> &amp; &nbsp;]]>", "utf-8", "bread & <salt> &amp; &nbsp;"),
    ("", "a\x0bb&#11;c&#x92;d&#146;e\x93", "utf-8", "abc\u2019d\u2019e\u201c"),
    ("", "a line&#13;&#10;feed", "utf-8", "a line\nfeed"),
    ("<!-- & &nbsp; -->", "x", "utf-8", "x"),
]


@pytest.mark.parametrize("size", [1, 7, 1 << 16])
@pytest.mark.parametrize(("before", "written", "encoding", "title"), READABLE)
def test_what_can_be_read_is_read_however_its_pieces_arrive(
    place: Path, monkeypatch: pytest.MonkeyPatch, before: str, written: str, encoding: str, title: str, size: int
) -> None:
    monkeypatch.setattr("feeds.importers.feed.cleaning._CHUNK", max(size, 600 if before else 200))
    feed = place / "feed.xml"
    more = "<description>d</description></channel></rss>"
    feed.write_bytes(f"{before}<rss><channel><title>{written}</title>{more}".encode(encoding))
    take(feed)
    assert tomllib.loads(Path("channel.toml").read_text("utf-8"))["channels"]["show"]["title"] == title


def test_a_feed_that_ends_in_the_middle_is_read_as_far_as_it_goes_with_a_warning(place: Path) -> None:
    feed = write_feed(place, item(1), item(2))
    feed.write_text(feed.read_text()[:-40])
    result = run(str(feed), "--channel", "show")
    assert result.exit_code == 0
    assert "warning: line" in result.output
    assert len(list_records()) == 2


# From the web.


class Host(BaseHTTPRequestHandler):
    """A server whose files tests put there; it knows what it was asked."""

    files: ClassVar[dict[str, bytes]] = {}
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        content = self.files.get(self.path)
        etag = f'"{hash(content)}"'
        if content is None or self.headers.get("If-None-Match") == etag:
            self.send_response(404 if content is None else 304)
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("ETag", etag)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Tests read no log."""


@pytest.fixture
def host() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    Host.files.clear()
    Host.asked.clear()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_private_addresses_are_refused_unless_allowed(place: Path, host: str) -> None:
    Host.files["/feed"] = write_feed(place, item(1)).read_bytes()
    result = run(f"{host}/feed")
    assert result.exit_code == 1
    assert "--allow-private" in result.output
    assert list(Path().iterdir()) == []
    take(f"{host}/feed", "--allow-private")


def test_a_feed_that_has_not_changed_is_not_taken_again(place: Path, host: str) -> None:
    Host.files["/feed"] = write_feed(place, item(1)).read_bytes()
    take(f"{host}/feed", "--allow-private")
    assert take(f"{host}/feed", "--allow-private") == {"changed": False}
    Host.files["/feed"] = write_feed(place, item(1), item(2)).read_bytes()
    assert take(f"{host}/feed", "--allow-private")["records"]["new"] == ["seeds/show/2024-01-02-talk-2.md"]


@pytest.mark.parametrize("rel", ["next", "prev-archive"])
def test_all_pages_are_followed_once_and_their_links_end_there(place: Path, host: str, rel: str) -> None:
    def page(number: int, *items: str) -> None:
        link = f'<atom:link rel="{rel}" href="/page{number + 1}"/><atom:link rel="first" href="/page1"/>'
        Host.files[f"/page{number}"] = write_feed(place, *items, head=HEAD + link).read_bytes()

    page(1, item(4), item(3))
    page(2, item(3), item(2))
    page(3, item(1))
    Host.files["/page4"] = Host.files["/page1"]
    took = take(f"{host}/page1", "--allow-private", "--verify")
    assert len(took["records"]["new"]) == 4
    assert took["comparison"]["faults"] == {}
    assert Host.asked.count("/page1") == 1
    assert "page2" not in Path("channel.toml").read_text()


def write_pages(place: Path, *names: str) -> Path:
    """Write a feed whose three pages name each other by addresses, and of these pages those of the given names."""
    pages = {"feed.xml": (item(3), "feed/2.xml"), "feed/2.xml": (item(2), "feed/1.xml"), "feed/1.xml": (item(1), "")}
    (place / "feed").mkdir()
    for name in names:
        entry, older = pages[name]
        links = f'<atom:link rel="self" href="https://ferry.example/talks/{name}"/>'
        if older:
            links += f'<atom:link rel="prev-archive" href="https://ferry.example/talks/{older}"/>'
        (place / name).write_text(HEAD + links + entry + TAIL)
    return place / "feed.xml"


def test_pages_that_lie_beside_a_file_as_on_their_server_are_read_with_it(place: Path) -> None:
    took = take(write_pages(place, "feed.xml", "feed/2.xml", "feed/1.xml"), "--verify")
    assert len(took["records"]["new"]) == 3
    assert took["unread"] == ""
    assert took["comparison"]["faults"] == {}
    assert "feed/2.xml" not in Path("channel.toml").read_text()


@pytest.mark.parametrize(("names", "count", "page"), [(["feed.xml"], 1, "2"), (["feed.xml", "feed/2.xml"], 2, "1")])
def test_a_page_that_does_not_lie_beside_a_file_is_named_and_is_a_fault_of_the_measure(
    place: Path, names: list[str], count: int, page: str
) -> None:
    feed = write_pages(place, *names)
    address = f"https://ferry.example/talks/feed/{page}.xml"
    result = run(str(feed), "--channel", "show")
    assert f"note: the feed goes on at {address}: import it from its address to get all\n" in result.stderr
    assert result.exit_code == 0
    assert len(list_records()) == count
    result = run(str(feed), "--channel", "show", "--verify")
    assert result.exit_code == 1
    assert f"1  DIFFER: a page of the feed was not read (first: {address})\n" in result.stdout


@pytest.mark.parametrize("way", ["../other.xml", "/{place}/other.xml", "feed.xml?page=2", "%2e%2e/other.xml"])
def test_no_page_is_read_that_lies_elsewhere_than_below_the_file(place: Path, way: str) -> None:
    (place / "other.xml").write_text(HEAD + item(1) + TAIL)
    below = place / "below"
    below.mkdir()
    address = "https://ferry.example/talks/" + way.format(place=place)
    links = '<atom:link rel="self" href="https://ferry.example/talks/feed.xml"/>'
    took = take(write_feed(below, item(2), head=f'{HEAD}{links}<atom:link rel="next" href="{address}"/>'))
    assert len(took["records"]["new"]) == 1
    assert took["unread"].startswith("https://ferry.example/")


def test_chapters_in_a_file_become_chapters_of_the_record(place: Path, host: str) -> None:
    chapters = [
        {"startTime": 0, "title": "Casting off", "img": None},
        {"startTime": 61.5, "title": "The sea", "url": "/sea"},
        {"startTime": "120", "title": "A gull", "toc": False},
    ]
    Host.files["/1.json"] = json.dumps({"version": "1.2.0", "chapters": chapters}).encode()
    link = '<podcast:chapters url="{}/{}.json" type="application/json+chapters"/>'
    feed = write_feed(place, item(1, link.format(host, 1)), item(2, link.format(host, 2)))
    took = take(feed, "--allow-private", "--verify")
    first, second = (read_seed(Path(record), record, dt.UTC) for record in list_records())
    assert [(one.start, one.title, one.link, one.toc) for one in first.chapters] == [
        (0, "Casting off", "", True),
        (61_500, "The sea", f"{host}/sea", True),
        (120_000, "A gull", "", False),
    ]
    assert second.chapters == ()
    assert "/2.json" in second.extra
    assert list(took["notes"]) == ["chapters in a file that could not be taken in"]
    assert took["comparison"]["faults"] == {}
    assert took["comparison"]["expected"]["chapters that were taken in, and have a file of our own"] == 1


def test_recordings_can_be_downloaded_and_stay_once_they_are_here(place: Path, host: str) -> None:
    sound = b"".join(format_standin(duration=60_000, marks=(0,)))
    Host.files["/1.mp3?token=x"] = sound
    feed = write_feed(place, item(1).replace("https://m.example/1.mp3", f"{host}/1.mp3?token=x"))
    took = take(feed, "--media", "download", "--allow-private", "--verify")
    (file,) = Path("seeds/show").glob("*.mp3")
    assert file.read_bytes() == sound
    assert f'audio = "{file.name}"' in Path("seeds/show/2024-01-01-talk-1.md").read_text()
    assert list(took["notes"]) == ["a recording of another size than the feed says"]
    assert took["comparison"]["expected"]["recordings that were downloaded"] == 1
    assert took["comparison"]["faults"] == {}
    assert take(feed)["records"] == {"kept": list_records()}
    build_site(Path(), Path("public"), at=END)
    assert read_lock(Path("channel.lock"), "").files[str(file)].bytes == len(sound)
    locked = Path("channel.lock").read_bytes()
    take(feed)
    assert Path("channel.lock").read_bytes() == locked
    file.rename(away := place / "away.mp3")
    assert take(feed)["records"] == {"kept": list_records()}  # a checkout need not have the audio
    away.rename(file)
    Host.files["/other.mp3"] = sound
    other = write_feed(place, item(1).replace("https://m.example/1.mp3", f"{host}/other.mp3"))
    assert list(take(other)["notes"]) == ["another recording than the one here: --media download takes it"]
    take(other, "--media", "download", "--allow-private")
    assert len(list(Path("seeds/show").glob("*.mp3"))) == 2
    assert take(other)["records"] == {"kept": list_records()}


def test_a_file_of_the_name_of_a_record_is_not_taken_for_its_recording(place: Path) -> None:
    feed = write_feed(place, item(1))
    take(feed)
    Path("seeds/show/2024-01-01-talk-1.mp3").write_bytes(b"mine")
    assert take(feed)["records"] == {"kept": list_records()}


def test_a_recording_that_cannot_be_had_stays_where_it_is_and_is_told_and_the_others_come(
    place: Path, host: str
) -> None:
    Host.files["/2.mp3"] = b"".join(format_standin(duration=60_000, marks=()))
    items = (item(number).replace("https://m.example", host) for number in (1, 2))
    result = run(str(write_feed(place, *items)), "--channel", "show", "--media", "download", "--allow-private")
    assert result.exit_code == 1
    assert result.output.splitlines()[-1].startswith(f"{host}/1.mp3: ")
    assert f'url = "{host}/1.mp3"' in Path("seeds/show/2024-01-01-talk-1.md").read_text()
    (file,) = Path("seeds/show").glob("*.mp3*")
    assert f'audio = "{file.name}"' in Path("seeds/show/2024-01-02-talk-2.md").read_text()


# The measure itself.


def test_what_is_lost_or_changed_is_found(tmp_path: Path) -> None:
    feed = write_feed(tmp_path, item(1, "<itunes:explicit>no</itunes:explicit><author>Ada</author>"), item(2))
    other = tmp_path / "other.xml"
    changes = {"<author>Ada</author>": "", ">no<": ">false<", "<guid>g2</guid>": "<guid>other</guid>"}
    text = feed.read_text()
    for before, after in changes.items():
        text = text.replace(before, after)
    other.write_text(text)
    report = Report(slug="show", guids={0: "g1", 1: "g2"})
    comparison = compare_feeds([Page(file=feed)], Page(file=other), report)
    assert comparison.respelled == 1
    lost = ("author", "title", "pubDate", "description", "guid", "enclosure")
    assert comparison.faults == {f"{name} is lost": 1 for name in lost}
    assert "DIFFER: author is lost (first: item 1 (Talk 1))" in format_comparison(comparison)


def test_verify_excuses_what_was_edited_here_and_nothing_else(place: Path) -> None:
    feed = write_feed(place, item(1))
    take(feed)
    record = Path("seeds/show/2024-01-01-talk-1.md")
    record.write_text(record.read_text().replace("Talk 1", "My talk"))
    took = take(feed, "--verify")["comparison"]
    assert took["expected"] == {"items whose records were edited or deleted here": 1}
    text = Path("channel.toml").read_text()
    Path("channel.toml").write_text(text.replace('"Ferry"', '"My ferry"'))
    result = run(str(feed), "--channel", "show", "--verify")
    assert result.exit_code == 1
    assert "DIFFER: title is another (first: the channel)" in result.output


def test_verify_tells_what_is_new(place: Path) -> None:
    result = run(str(write_feed(place, item(1))), "--channel", "show", "--verify")
    assert "are new: " in result.output
    assert "content:encoded (1)" in result.output


def test_elements_go_by_the_names_that_feeds_mean(tmp_path: Path) -> None:
    feed = write_feed(tmp_path, item(1, "<itunes:explicit>no</itunes:explicit>"))
    feed.write_text(
        feed.read_text().replace(
            "http://www.itunes.com/dtds/podcast-1.0.dtd", "https://www.itunes.com/DTDs/Podcast-1.0.dtd"
        )
    )
    (one,) = read_items(Page(file=feed))
    assert find_name(one[-1]) == "itunes:explicit"


# Odd feeds, which random changes to real ones have found.

ODD = {
    "a namespace that is none": item(1, '<x xmlns="my ns">1</x><y:z xmlns:y="http://[::1">2</y:z>'),
    "names that are none": item(1, "<a:b>1</a:b><:c>2</:c><itunes:>3</itunes:>"),
    "an item that is never closed": item(1).removesuffix("</item>") + item(2),
    "two channels": item(1) + "</channel><channel><title>Other</title>" + item(2),
    "deep nesting": item(1, "<a>" * 900 + "</a>" * 900),
    "a title of a file with control characters": item(1)
    .replace("<title>Talk 1</title>", "")
    .replace("1.mp3", "a%01.mp3"),
    "the date that .NET writes for none": item(1, date="0001-01-01T00:00:00Z"),
    "a date at the end of time": item(1, date="Fri, 31 Dec 9999 23:59:59 -1200"),
    "a duration of digits": item(1, f"<itunes:duration>{'9' * 5000}</itunes:duration>"),
    "a duration of months": item(1, "<itunes:duration>10000000</itunes:duration>"),
    "chapters with broken addresses": item(
        1, '<psc:chapters><psc:chapter start="0" title="x" image="http://[::1" href="http://a b/"/></psc:chapters>'
    ),
    "a ruler of hyphens": item(1, notes="a" + " -" * 40_000),
    "two guids": item(1, "<guid/>"),
    "an item within an element": item(1, "<other>" + item(2) + "</other>"),
}


@pytest.mark.parametrize("items", ODD.values(), ids=ODD)
def test_an_odd_feed_is_taken_in_and_can_be_built(place: Path, items: str) -> None:
    took = take(write_feed(place, items), "--verify")
    assert took["comparison"]["faults"] == {}


@pytest.mark.parametrize("charset", ["hex", "zlib", "rot13", "idna", "undefined", "unknown"])
def test_a_charset_that_is_none_does_no_harm(charset: str) -> None:
    cleaned = b"".join(clean_feed(io.BytesIO("<rss>größe</rss>".encode("cp1252")), charset=charset, mended=Counter()))
    assert "größe" in cleaned.decode()


def test_a_declaration_behind_a_comment_is_seen(place: Path) -> None:
    feed = write_feed(place, item(1))
    feed.write_text('<!-- <a> --><?x <b> ?><!DOCTYPE rss [<!ENTITY a "b">]>' + feed.read_text())
    assert "declares entities or names a DTD" in run(str(feed)).output


def test_the_namespace_that_some_give_to_all_of_rss_is_none(place: Path) -> None:
    feed = write_feed(place, item(1))
    feed.write_text(feed.read_text().replace("<rss ", '<rss xmlns="http://backend.userland.com/RSS2" '))
    assert len(take(feed)["records"]["new"]) == 1


def test_addresses_are_made_whole_where_it_is_known_from_where_they_lead(place: Path, host: str) -> None:
    more = '<itunes:image href="/cover 1.png"/><link>/talk</link>'
    Host.files["/shows/feed"] = write_feed(
        place, item(1, more).replace("https://m.example/1.mp3", "1ä.mp3")
    ).read_bytes()
    took = take(f"{host}/shows/feed", "--allow-private", "--verify")
    (record,) = list_records()
    episode = read_seed(Path(record), record, dt.UTC)
    assert isinstance(episode.audio, RemoteAudio)
    assert episode.audio.url == f"{host}/shows/1%C3%A4.mp3"
    assert (episode.image, episode.link) == (f"{host}/cover%201.png", f"{host}/talk")
    assert took["comparison"]["faults"] == {}


# What the author says later counts.

EDITS = {
    "block": ("<itunes:block>no</itunes:block>", "block = true", "itunes:block", "yes"),
    "duration": ("<itunes:duration>0</itunes:duration>", 'duration = "10:00"', "itunes:duration", "600"),
    "explicit": ("<itunes:explicit>unknown</itunes:explicit>", "explicit = true", "itunes:explicit", "true"),
    "season": ("<itunes:season>one</itunes:season>", "season = 1", "itunes:season", "1"),
    "author": ("<itunes:author/>", 'author = "Mina"', "itunes:author", "Mina"),
    "title": ("<itunes:title>Another</itunes:title>", 'title = "Mine"', "itunes:title", "Mine"),
    "date": ("<dc/>", "date = 2024-03-01T09:00:00Z", "pubDate", "Fri, 01 Mar 2024 09:00:00 +0000"),
}


@pytest.mark.parametrize(("element", "line", "name", "text"), EDITS.values(), ids=EDITS)
def test_what_the_feed_said_gives_way_to_what_the_author_says(
    place: Path, element: str, line: str, name: str, text: str
) -> None:
    take(write_feed(place, item(1, element, date="the first of may")))
    (record,) = map(Path, list_records())
    key = line.partition(" ")[0]
    lines = [one for one in record.read_text().split("\n") if not one.startswith(f"{key} ")]
    record.write_text("\n".join([lines[0], line, *lines[1:]]))
    build_site(Path(), Path("public"), at=END)
    (built,) = read_items(Page(file=Path("public/show/feed.xml")))
    assert [child.text for child in built if find_name(child) == name] == [text]


def test_chapters_that_are_edited_reach_every_carrier(place: Path) -> None:
    psc = '<psc:chapters><psc:chapter start="5" title="Two" x="y"/><psc:chapter start="0" title="One"/></psc:chapters>'
    take(write_feed(place, item(1, psc)))
    (record,) = map(Path, list_records())
    record.write_text(record.read_text().replace("Two", "Three"))
    build_site(Path(), Path("public"), at=END)
    (built,) = read_items(Page(file=Path("public/show/feed.xml")))
    (chapters,) = [child for child in built if find_name(child) == "psc:chapters"]
    assert [one.get("title") for one in chapters] == ["One", "Three"]


@pytest.mark.parametrize(
    ("written", "moment", "note"),
    [
        ("Mon, 10 Mar 2025 9:05 PM CEST", "2025-03-10T21:05:00+02:00", ""),
        ("Mon, 10 Mar 2025 24:00:00 GMT", "2025-03-11T00:00:00+00:00", ""),
        ("Mon, 10 Mar 2025 09:00:00 IST", "2025-03-10T09:00:00+00:00", "a date in a time zone that is not known (IST)"),
        ("10/03/2025", "1999-12-31T23:59:00+00:00", "a date that cannot be read (10/03/2025)"),
        ("lundi 10 mars", "1999-12-31T23:59:00+00:00", "a date that cannot be read (lundi 10 mars)"),
    ],
)
def test_a_date_is_read_right_or_it_is_told(place: Path, written: str, moment: str, note: str) -> None:
    took = take(write_feed(place, item(1, date=written)), "--verify")
    (record,) = list_records()
    assert read_seed(Path(record), record, dt.UTC).date.isoformat() == moment
    assert [one.partition(",")[0] for one in took["notes"]] == ([note] if note else [])
    assert took["comparison"]["faults"] == {}


@pytest.mark.parametrize("name", ["guid", "podcast:guid", "item"])
def test_what_the_lock_holds_cannot_stand_under_extra(name: str) -> None:
    with pytest.raises(SeedError, match=rf"extra: holds {name}: that stands in the lock"):
        parse_seed(f'+++\ntitle = "x"\ndate = 2024-01-01\nextra = "<{name}>x</{name}>"\n+++\n', "x")


def test_plain_text_is_html_where_apps_expect_it(place: Path) -> None:
    take(write_feed(place, item(1, notes="I &lt;3 you &amp; https://a.example/x.\nA line.\n\nA paragraph.")))
    build_site(Path(), Path("public"), at=END)
    (built,) = read_items(Page(file=Path("public/show/feed.xml")))
    texts = {find_name(child): child.text for child in built}
    assert texts["description"] == "I <3 you & https://a.example/x.\nA line.\n\nA paragraph."
    assert texts["content:encoded"] == (
        '<p>I &lt;3 you &amp; <a href="https://a.example/x">https://a.example/x</a>.<br>\nA line.</p>\n'
        "<p>A paragraph.</p>"
    )
