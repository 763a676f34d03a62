"""A show over years: whatever its author does to it, what subscribers have goes on to work.

Every step does something at random, builds, and looks at what was published, from the feed through all its pages.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import etree

from feeds.errors import FeedsError
from feeds.namespaces import ATOM, PODCAST
from tests.projects import SITE, Project

STEPS = 25
SLUGS = ("", "a", "b", "c")
PAGINGS: tuple[dict[str, int], ...] = (
    {},
    {"page_size": 2},
    {"page_size": 3, "budget": 1},
    {"page_size": 5, "budget": 9_000},
    {"budget": 30_000},
)


class Author:
    """Adds, edits, deletes, renames and hides episodes, all by chance."""

    def __init__(self, project: Project, seed: int) -> None:
        self.chance = random.Random(seed)
        self.episodes: dict[str, dict[str, Any]] = {}
        self.project = project
        self.made = 0
        (project.seeds / "talk.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:20.000\nWhat is said.\n")

    def act(self) -> None:
        """Do one thing."""
        name = self.chance.choice(list(self.episodes))
        match self.chance.choice(
            ["add", "add", "insert", "delete", "title", "slug", "swap", "draft", "pages", "channel"]
        ):
            case "add":
                self.add(self.made + 1)
            case "insert":
                self.add(self.chance.randint(1, self.made))
            case "delete" if len(self.episodes) > 2:
                del self.episodes[name]
            case "title":
                self.episodes[name]["title"] += "!"
            case "slug":
                self.episodes[name]["slug"] = self.chance.choice(SLUGS)
            case "swap":
                other = self.episodes[self.chance.choice(list(self.episodes))]
                own = self.episodes[name]
                own["slug"], other["slug"] = other["slug"], own["slug"]
            case "draft":
                self.episodes[name]["draft"] ^= True
            case "pages":
                self.project.settings["channels"]["show"]["feed"] = self.chance.choice(PAGINGS)
            case "channel":
                self.project.settings["channels"]["show"]["title"] += "."

    def add(self, day: int) -> None:
        self.made += 1
        date = dt.date(2020, 1, 1) + dt.timedelta(days=7 * day)
        self.episodes[f"e{self.made}"] = {"title": f"Talk {self.made}", "date": date, "slug": "", "draft": False}

    def build(self) -> None:
        """Write all records anew, and build."""
        for file in self.project.seeds.glob("*.md"):
            file.unlink()
        for name, front in self.episodes.items():
            known = {"audio": "stand-in", "duration": "1:00", "transcripts": ["talk.vtt"], "guid": name}
            kept = {key: value for key, value in front.items() if value}
            self.project.write(name, "## [00:00] One\n\nWords.\n", **known, **kept)
        self.project.build()


def read_documents(project: Project) -> dict[str, Any]:
    """The documents of the feed: the feed itself, then each page that the one before names."""
    documents: dict[str, Any] = {}
    path = "show/feed.xml"
    while path:
        assert path not in documents
        documents[path] = etree.parse(project.out / path)
        links = documents[path].findall(f"channel/{{{ATOM}}}link")
        path = next((link.get("href") for link in links if link.get("rel") == "prev-archive"), "")
        path = path.removeprefix(f"{SITE}/")
    return documents


def list_named(item: Any) -> Iterator[str]:
    """The addresses that an item names."""
    yield item.findtext("link")
    yield item.find("enclosure").get("url")
    yield from (tag.get("url") for name in ("chapters", "transcript") for tag in item.iter(f"{{{PODCAST}}}{name}"))


def is_answered(project: Project, url: str, led: Mapping[str, str]) -> bool:
    """Say whether something stands at an address, or at that to which it leads."""
    path, been = url.removeprefix(SITE), set[str]()
    while not (project.out / (unquote(path).strip("/") + "/index.html" * path.endswith("/"))).is_file():
        if path not in led or path in been:
            return False
        been.add(path)
        path = led[path]
    return True


@pytest.mark.parametrize("host", ["html", "netlify"])
@pytest.mark.parametrize("seed", range(2))
def test_nothing_that_subscribers_have_is_lost_in_years(project: Project, seed: int, host: str) -> None:
    project.settings["site"]["hosts"] = [host]
    author = Author(project, seed)
    for day in range(1, 6):
        author.add(day)
    author.build()
    named: dict[str, str] = {}
    for _ in range(STEPS):
        before = {name: dict(front) for name, front in author.episodes.items()}
        author.act()
        try:
            author.build()
        except FeedsError:  # a slug that is another's
            author.episodes = before
            continue
        documents = read_documents(project)
        there = {name for name, front in author.episodes.items() if not front["draft"]}
        pages = [
            item.findtext("guid") for path, page in documents.items() if "/feed/" in path for item in page.iter("item")
        ]
        assert len(pages) == len(set(pages))
        assert {item.findtext("guid") for page in documents.values() for item in page.iter("item")} == there
        standing = {file.relative_to(project.out).as_posix() for file in (project.out / "show").glob("feed/*.xml")}
        assert standing == documents.keys() - {"show/feed.xml"}
        lines = (project.out / "_redirects").read_text() if (project.out / "_redirects").exists() else ""
        led = {line.split()[0]: line.split()[1] for line in lines.splitlines()}
        assert all(is_answered(project, old, led) for old in led)
        now = {
            url: item.findtext("guid")
            for page in documents.values()
            for item in page.iter("item")
            for url in list_named(item)
        }
        assert all(is_answered(project, url, {}) for url in now)
        slugs = {front["slug"] for front in author.episodes.values()}
        for url, guid in named.items():
            # What another episode has taken is its own now.
            if guid in there and url.split("/")[-2] not in slugs:
                assert is_answered(project, url, led), url
        named = now
