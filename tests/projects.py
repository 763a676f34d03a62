"""A show on the disk, in which each test writes what it needs, and what a build makes of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from lxml import etree
from PIL import Image

from feeds.building.build import Outcome, build_site
from feeds.errors import FeedsError
from feeds.identity.lock import Lock, read_lock
from feeds.media.standin import format_standin

NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
SITE = "https://shows.small.fm"
GUID = "{https://podcastindex.org/namespace/1.0}guid"


def make_audio(seconds: int, mark: int = 0) -> bytes:
    return b"".join(format_standin(duration=seconds * 1000, marks=(mark,)))


class Project:
    """A show on the disk, in which each test writes what it needs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seeds = folder / "seeds" / "show"
        self.out = folder / "public"
        self.seeds.mkdir(parents=True)
        Image.new("L", (1400, 1400)).save(folder / "artwork.png")
        self.settings: dict[str, Any] = {
            "site": {"url": SITE, "title": "Shows"},
            "channels": {"show": self.describe("A Show")},
        }

    def describe(self, title: str) -> dict[str, object]:
        return {
            "title": title,
            "description": "What it is about.",
            "author": "Ada",
            "categories": ["Technology"],
            "image": "artwork.png",
        }

    def write(self, name: str, body: str = "Notes.\n", **front: object) -> Path:
        """Write a record; with no audio named, there is a file of its name, two minutes long."""
        file = self.seeds / f"{name}.md"
        if "audio" not in front:
            front["audio"] = f"{name}.mp3"
            (self.seeds / f"{name}.mp3").write_bytes(make_audio(120, mark=len(name) * 1000))
        front = {"title": f"On {name}", "date": dt.date(2026, 5, 1), **front}
        head = tomli_w.dumps({key: value for key, value in front.items() if value is not None})
        file.write_text(f"+++\n{head}+++\n{body}", encoding="utf-8")
        return file

    def build(self, *, at: dt.datetime = NOW, **options: Any) -> Outcome:
        (self.folder / "channel.toml").write_text(tomli_w.dumps(self.settings), encoding="utf-8")
        return build_site(self.folder, self.out, at=at, **options)

    def fail(self, **options: Any) -> list[str]:
        """Build what cannot be built; the faults, with paths relative to the records."""
        with pytest.raises(FeedsError) as caught:
            self.build(**options)
        return [str(fault).removeprefix(f"{self.seeds}/") for fault in caught.value.faults]

    def read_feed(self) -> Any:
        return etree.parse(self.out / "show" / "feed.xml")

    def items(self) -> dict[str, tuple[str, str]]:
        """Guid and path of the enclosure of each item of the feed, by its title."""
        return {
            item.findtext("title"): (item.findtext("guid"), item.find("enclosure").get("url").removeprefix(SITE + "/"))
            for item in self.read_feed().iter("item")
        }

    def guids(self) -> dict[str, str]:
        return {title: guid for title, (guid, _) in self.items().items()}

    def podcast_guid(self) -> str:
        return str(self.read_feed().findtext(f"channel/{GUID}"))

    def lock(self) -> Lock:
        return read_lock(self.folder / "channel.lock", "channel.lock")


def read_folder(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def find_line(file: Path, text: str) -> int:
    return next(number for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1) if text in line)


def stamp(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.stat().st_ino, path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()}
