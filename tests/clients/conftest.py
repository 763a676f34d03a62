"""The example of this checkout, built and served, and what its clients should see of it.

Nothing here repeats the example: what was written is read from its records, what was published from its feed.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
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
from typing import NoReturn

import pytest
from lxml import etree

from feeds.model import Channel, Chapter, Episode
from feeds.namespaces import ITUNES, PREFIXES
from feeds.records.seeds import parse_seed
from feeds.settings.channel import read_settings

ROOT = Path(__file__).parents[2]
PARTYTIME = Path(__file__).parent / "partytime"
EXAMPLE = ("channel.toml", "channel.lock", "seeds", "templates")
CHANNELS = sorted({record.parent.name for record in (ROOT / "seeds").glob("*/*.md")})

_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
_PATIENCE = 120  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An item of the served feed, the record that it was made of, and the media file as it was built."""

    record: Episode
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
    def seconds(self) -> int:
        """The duration: the record's where it has one, else that which the feed gives for the audio file."""
        return round(self.record.duration / 1000) or int(self.find_text("itunes:duration"))

    @property
    def listed_chapters(self) -> tuple[Chapter, ...]:
        """The chapters that a player shows."""
        return tuple(chapter for chapter in self.record.chapters if chapter.toc)


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """A channel of the example as it is served. `url` is its feed's, `items` stand in the feed's order."""

    channel: Channel
    url: str
    feed: etree._Element
    items: tuple[Published, ...]

    @property
    def by_guid(self) -> dict[str, Published]:
        """The items by their guid."""
        return {item.guid: item for item in self.items}


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the example, so that no test writes into the checkout."""
    copy = tmp_path_factory.mktemp("example") / "project"
    copy.mkdir()
    for name in EXAMPLE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name)
        elif source.exists():
            shutil.copy2(source, copy / name)
    return copy


@pytest.fixture(scope="session")
def partytime(find_program: Callable[[str, str], str], report_missing: Callable[[str], NoReturn]) -> Path:
    """A folder with podcast-partytime, the parser of the Podcast Index, installed once for each lock file."""
    npm = find_program("npm", "install Node.js")
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "feeds-tests"
    lock = hashlib.sha256((PARTYTIME / "package-lock.json").read_bytes()).hexdigest()
    folder = home / f"partytime-{lock[:10]}"
    if not folder.exists():
        # Installed elsewhere and moved whole, so that a run beside this one never sees half of it.
        home.mkdir(parents=True, exist_ok=True)
        half = Path(tempfile.mkdtemp(dir=home))
        shutil.copytree(PARTYTIME, half, dirs_exist_ok=True)
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run(command, cwd=half, capture_output=True, text=True, check=False)
        if done.returncode:
            shutil.rmtree(half)
            report_missing(f"podcast-partytime cannot be installed ({done.stderr.strip()})")
        with contextlib.suppress(OSError):
            half.rename(folder)
        shutil.rmtree(half, ignore_errors=True)
    return folder


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


@pytest.fixture(scope="session", params=CHANNELS)
def show(request: pytest.FixtureRequest, project: Path, built: Path, address: str) -> Show:
    """One channel of the example, as served, beside what its author wrote."""
    settings = read_settings(project / "channel.toml")
    channel = next(channel for channel in settings.channels if channel.slug == request.param)
    url = f"{address}/{channel.slug}/feed.xml"
    with urllib.request.urlopen(url) as response:
        feed = etree.fromstring(response.read())
    records = _read_records(project / channel.seeds, settings.site.timezone)
    items = tuple(_make_published(element, records, built) for element in feed.iter("item"))
    recorded = [episode for episode in records.values() if not episode.live]
    assert len(items) == len(recorded), "an episode is missing from the feed"
    return Show(channel=channel, url=url, feed=feed, items=items)


def _read_records(folder: Path, zone: dt.tzinfo) -> dict[str, Episode]:
    """Read what belongs in the feed, by title: audio there, no draft, and its date has come."""
    now = dt.datetime.now(dt.UTC)
    episodes = [parse_seed(path.read_text(), str(path), zone) for path in sorted(folder.glob("*.md"))]
    return {each.title: each for each in episodes if each.audio and not each.draft and each.date <= now}


def _make_published(element: etree._Element, records: dict[str, Episode], built: Path) -> Published:
    enclosure = element.find("enclosure")
    assert enclosure is not None
    path = urllib.parse.unquote(urllib.parse.urlsplit(enclosure.get("url", "")).path)
    record = records[element.findtext(f"{{{ITUNES}}}title") or ""]
    return Published(record=record, element=element, media=built / path.lstrip("/"))


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
