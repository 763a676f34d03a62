"""gPodder, by its command gpo: subscribe, update, list and download, as its users do."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from feeds.formats import SECOND
from tests.clients.confirming import confirms

if TYPE_CHECKING:
    from tests.clients.conftest import Show

pytestmark = pytest.mark.clients


@dataclass(frozen=True, slots=True, kw_only=True)
class Gpodder:
    """A gPodder that knows nothing of the user's own."""

    command: str
    home: Path

    def run(self, *arguments: str) -> str:
        """Run gpo; -v also tells how the server answered."""
        environment = {
            "PATH": os.defpath,
            "LANG": "C.UTF-8",
            "HOME": str(self.home),
            "GPODDER_HOME": str(self.home / "data"),
            "GPODDER_DOWNLOAD_DIR": str(self.home / "downloads"),
        }
        done = subprocess.run(
            [self.command, "-v", *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=True,
        )
        return done.stdout

    def read_episodes(self) -> list[sqlite3.Row]:
        """Read every episode from gPodder's database, newest first."""
        with closing(sqlite3.connect(self.home / "data" / "Database")) as database:
            database.row_factory = sqlite3.Row
            return database.execute("SELECT * FROM episode ORDER BY published DESC, id").fetchall()


@pytest.fixture(scope="module")
def make_gpodder(
    find_program: Callable[[str, str], str], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], Gpodder]:
    """Gives a gPodder without any subscription."""
    command = find_program("gpo", "apt-get install gpodder")
    return lambda: Gpodder(command=command, home=tmp_path_factory.mktemp("gpodder"))


@pytest.fixture(scope="module")
def gpodder(make_gpodder: Callable[[], Gpodder], show: Show) -> Gpodder:
    """A gPodder that has just subscribed to the show."""
    gpodder = make_gpodder()
    assert f"Successfully added {show.url}" in gpodder.run("subscribe", show.url)
    return gpodder


def test_gpodder_imports_the_list_of_feeds_with_every_show(
    make_gpodder: Callable[[], Gpodder], address: str, show: Show
) -> None:
    gpodder = make_gpodder()
    gpodder.run("import", f"{address}/feeds.opml")
    assert f"# {show.channel.title}\n{show.url}\n" in gpodder.run("list")


def test_gpodder_lists_the_show_and_every_episode_as_new(gpodder: Gpodder, show: Show) -> None:
    assert f"# {show.channel.title}\n{show.url}\n" in gpodder.run("list")
    listed = gpodder.run("episodes", "--guid", show.url)
    for item in show.items:
        assert f"{item.guid}  *  {item.record.title}\n" in listed


def test_gpodder_knows_guid_date_and_duration_of_every_episode(gpodder: Gpodder, show: Show) -> None:
    for row, item in zip(gpodder.read_episodes(), show.items, strict=True):
        assert (row["title"], row["guid"]) == (item.record.title, item.guid)
        assert (row["published"], row["total_time"]) == (item.record.date.timestamp(), item.seconds)


def test_gpodder_knows_url_size_and_type_of_every_media_file(gpodder: Gpodder, show: Show) -> None:
    seen = [(row["url"], row["file_size"], row["mime_type"]) for row in gpodder.read_episodes()]
    assert seen == [item.enclosure for item in show.items]


@confirms("gPodder", "psc", "count start title")
def test_gpodder_knows_every_listed_chapter(gpodder: Gpodder, show: Show) -> None:
    for row, item in zip(gpodder.read_episodes(), show.items, strict=True):
        seen = [(chapter["start"], chapter["title"]) for chapter in json.loads(row["chapters"] or "[]")]
        assert seen == [(chapter.start // SECOND, chapter.title) for chapter in item.listed_chapters]


def test_gpodder_downloads_the_bytes_that_were_built_and_then_nothing_more(gpodder: Gpodder, show: Show) -> None:
    downloaded = gpodder.run("download", show.url)
    assert f"{len(show.items)} episodes downloaded." in downloaded
    folder = gpodder.home / "downloads" / show.channel.title
    for row, item in zip(gpodder.read_episodes(), show.items, strict=True):
        assert (folder / row["download_filename"]).read_bytes() == item.media.read_bytes()

    updated = gpodder.run("update", show.url)
    assert '/feed.xml HTTP/1.1" 304 ' in updated
    assert "0 new episodes" in updated
    assert "0 episodes downloaded." in gpodder.run("download", show.url)
