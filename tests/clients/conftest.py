"""The example of this checkout, built and served, and what its clients should see of it.

Nothing here repeats the example: what was written is read from its records, what was published from its feed.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import pytest
from lxml import etree

from feeds.media_types import is_url
from feeds.model import Channel, Chapter, Episode, Person
from feeds.namespaces import ITUNES, PREFIXES
from feeds.records.seeds import parse_seed
from feeds.settings.channel import Settings, read_settings
from tests.clients.every import SLUG as EVERY
from tests.clients.every import write_every

ROOT = Path(__file__).parents[2]
NODE = Path(__file__).with_name("node")
EXAMPLE = ("channel.toml", "channel.lock", "seeds", "templates")
CHANNELS = [EVERY, *sorted({record.parent.name for record in (ROOT / "seeds").glob("*/*.md")})]

_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
_PATIENCE = 120  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An item of the served feed, the record that it was made of, and the media file as it was built.

    `folder` is that of the record.
    """

    record: Episode
    channel: Channel
    folder: Path
    element: etree._Element
    media: Path

    def find_text(self, path: str) -> str:
        """The text of an element below the item, with the usual prefixes."""
        return self.element.findtext(path, namespaces=PREFIXES) or ""

    @property
    def guid(self) -> str:
        """The guid in the feed."""
        return self.find_text("guid")

    @property
    def enclosure(self) -> tuple[str, int, str]:
        """URL and media type that the feed gives, and the bytes that the media file really has."""
        found = self.element.find("enclosure")
        assert found is not None
        return found.get("url", ""), self.media.stat().st_size, found.get("type", "")

    @property
    def carrier(self) -> str:
        """What holds the chapters in the media file."""
        if self.media.suffix == ".mp3":
            with self.media.open("rb") as file:
                return f"ID3v2.{file.read(4)[3]}"
        return "MP4" if self.media.suffix == ".m4a" else "Vorbis comments"

    @property
    def seconds(self) -> int:
        """The duration: the record's where it has one, else that which the feed gives for the audio file."""
        return round(self.record.duration / 1000) or int(self.find_text("itunes:duration"))

    @property
    def numbers(self) -> tuple[int | None, int | None]:
        """Season and number as the tags of Apple have them: whole numbers above zero."""
        season, number = self.record.season, self.record.episode
        whole = number and number.number == int(number.number)
        return (season.number or None) if season else None, (int(number.number) or None) if number and whole else None

    @property
    def show(self) -> str:
        """The title of its channel."""
        return self.channel.title

    @property
    def author(self) -> str:
        """Who speaks for the episode."""
        return self.record.author or self.channel.author

    @property
    def persons(self) -> tuple[Person, ...]:
        """Those of the channel and of the episode, each once."""
        return tuple(dict.fromkeys((*self.channel.persons, *self.record.persons)))

    @property
    def artwork(self) -> bytes:
        """The picture of the channel."""
        return (self.channel.folder / self.channel.image).read_bytes()

    def read_pictures(self, chapter: Chapter) -> list[bytes]:
        """What is embedded as the picture of a chapter, if it has one: its bytes, or its address."""
        if is_url(chapter.image):
            return [chapter.image.encode()]
        return [(self.folder / chapter.image).read_bytes()] if chapter.image else []

    def reads_as(self, seen: str, image: str) -> bool:
        """Say whether a picture in the feed is the one of a chapter: by its address, or by the bytes that are there."""
        if not image or is_url(image):
            return seen == image
        path = urllib.parse.urlsplit(seen).path
        published = self.media.parents[2] / urllib.parse.unquote(path).lstrip("/")
        return published.read_bytes() == (self.folder / image).read_bytes()

    @property
    def listed_chapters(self) -> tuple[Chapter, ...]:
        """The chapters that a player shows."""
        return tuple(chapter for chapter in self.record.chapters if chapter.toc)


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """A channel of the example as it is served. `url` is its feed's, `items` stand in the feed's order.

    `streams` are the records of those that are announced; `folder` is that of the site as it was built.
    """

    channel: Channel
    url: str
    feed: etree._Element
    items: tuple[Published, ...]
    streams: tuple[Episode, ...]
    folder: Path

    def find_file(self, url: str) -> Path | None:
        """The file that was published under an address, None for one that is not ours."""
        parts = urllib.parse.urlsplit(url)
        is_ours = parts.netloc == urllib.parse.urlsplit(self.url).netloc
        return self.folder / urllib.parse.unquote(parts.path).lstrip("/") if is_ours else None

    @property
    def by_guid(self) -> dict[str, Published]:
        """The items by their guid."""
        return {item.guid: item for item in self.items}


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the example, so that no test writes into the checkout, with a show more where there is ffmpeg."""
    copy = tmp_path_factory.mktemp("example") / "project"
    copy.mkdir()
    for name in EXAMPLE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name)
        elif source.exists():
            shutil.copy2(source, copy / name)
    if ffmpeg := shutil.which("ffmpeg"):
        write_every(copy, ffmpeg)
    return copy


@pytest.fixture(scope="session")
def ask_node(find_program: Callable[[str, str], str], report_missing: Callable[[str], NoReturn]) -> Callable[..., Any]:
    """Runs a script of the folder `node` with readers of npm, and gives the JSON that it prints.

    The readers are installed once for each lock file.
    """
    node, npm = find_program("node", "install Node.js"), find_program("npm", "install Node.js")
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "feeds-tests"
    made_of = sorted(NODE.iterdir())
    folder = home / f"node-{hashlib.sha256(b''.join(file.read_bytes() for file in made_of)).hexdigest()[:10]}"
    if not folder.exists():
        # Installed elsewhere and moved whole, so that a run beside this one never sees half of it.
        home.mkdir(parents=True, exist_ok=True)
        half = Path(tempfile.mkdtemp(dir=home))
        shutil.copytree(NODE, half, dirs_exist_ok=True)
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run(command, cwd=half, capture_output=True, text=True, check=False)
        if done.returncode:
            shutil.rmtree(half)
            report_missing(f"the readers of npm cannot be installed ({done.stderr.strip()})")
        with contextlib.suppress(OSError):
            half.rename(folder)
        shutil.rmtree(half, ignore_errors=True)

    def ask(script: str, *arguments: str | Path) -> Any:
        command = [node, str((folder / script).resolve()), *map(str, arguments)]
        return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)

    return ask


@pytest.fixture(scope="session")
def built(project: Path) -> Path:
    """The folder into which `feeds build` wrote the example."""
    out = project.parent / "public"
    command = [sys.executable, "-m", "feeds", "build", "--project", str(project), "--out", str(out)]
    subprocess.run(command, cwd=ROOT, check=True)
    return out


@pytest.fixture(scope="session")
def address(project: Path, built: Path) -> Iterator[str]:
    """Where `feeds serve` serves the example, built first so that the two never write the lock together."""
    assert built.is_dir()
    command = [sys.executable, "-m", "feeds", "serve", "--project", str(project), "--port", "0"]
    log = project.parent / "serve.log"
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
        try:
            yield _wait_for_server(server, log)
        finally:
            server.terminate()
            server.wait()


@pytest.fixture(scope="session")
def shows(project: Path, built: Path, address: str) -> dict[str, Show]:
    """Every channel by its slug, as served, beside what its author wrote."""
    settings = read_settings(project / "channel.toml")
    return {channel.slug: _read_show(project, built, address, settings, channel) for channel in settings.channels}


@pytest.fixture(scope="session", params=CHANNELS)
def show(request: pytest.FixtureRequest, shows: dict[str, Show], find_program: Callable[[str, str], str]) -> Show:
    """One channel of the example, or that which has everything."""
    if request.param == EVERY:
        find_program("ffmpeg", "apt install ffmpeg")
    return shows[request.param]


@pytest.fixture(scope="session")
def find_recordings(
    shows: dict[str, Show], find_program: Callable[[str, str], str]
) -> Callable[..., dict[Path, Published]]:
    """Gives all episodes whose recordings have their chapters in one of these carriers, by the recording."""
    find_program("ffmpeg", "apt install ffmpeg")

    def find(*carriers: str) -> dict[Path, Published]:
        items = [item for show in shows.values() for item in show.items if item.carrier in carriers]
        assert len(items) > 5
        return {item.media: item for item in items}

    return find


def _read_show(project: Path, built: Path, address: str, settings: Settings, channel: Channel) -> Show:
    url = f"{address}/{channel.slug}/feed.xml"
    with urllib.request.urlopen(url) as response:
        feed = etree.fromstring(response.read())
    folder = project / channel.seeds
    records = _read_records(folder, settings.site.timezone)
    items = tuple(_make_published(element, channel, folder, records, built) for element in feed.iter("item"))
    recorded = [episode for episode in records.values() if not episode.live]
    assert len(items) == len(recorded), "an episode is missing from the feed"
    streams = tuple(episode for episode in records.values() if episode.live)
    return Show(channel=channel, url=url, feed=feed, items=items, streams=streams, folder=built)


def _read_records(folder: Path, zone: dt.tzinfo) -> dict[str, Episode]:
    """Read what belongs in the feed, by title: audio there, no draft, and its date has come."""
    now = dt.datetime.now(dt.UTC)
    episodes = [parse_seed(path.read_text(), str(path), zone) for path in sorted(folder.glob("*.md"))]
    return {each.title: each for each in episodes if each.audio and not each.draft and each.date <= now}


def _make_published(
    element: etree._Element, channel: Channel, folder: Path, records: dict[str, Episode], built: Path
) -> Published:
    enclosure = element.find("enclosure")
    assert enclosure is not None
    path = urllib.parse.unquote(urllib.parse.urlsplit(enclosure.get("url", "")).path)
    record = records[element.findtext(f"{{{ITUNES}}}title") or ""]
    media = built / path.lstrip("/")
    return Published(record=record, channel=channel, folder=folder, element=element, media=media)


def _wait_for_server(server: subprocess.Popen[bytes], log: Path) -> str:
    """Wait for the printed address, then until what it serves is built; 503 says that it is not yet."""
    end = time.monotonic() + _PATIENCE
    while server.poll() is None and time.monotonic() < end:
        if found := _ADDRESS.search(log.read_text()):
            try:
                with urllib.request.urlopen(f"{found[0]}/robots.txt"):
                    return found[0]
            except urllib.error.HTTPError as error:
                error.close()
        time.sleep(0.1)
    pytest.fail(f"feeds serve served nothing: {log.read_text()}")
