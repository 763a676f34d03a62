"""Moving house: whoever comes to an old address is led on, and every host says of each file what it is."""

from __future__ import annotations

import datetime as dt
import http.client
import json
import os
import re
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from feeds.building.build import Outcome, build_site
from feeds.building.enclosures import REMEMBERED
from feeds.errors import FeedsError
from feeds.hosting.headers import NAMED
from feeds.hosting.redirects import Redirect, find_key
from feeds.identity.lock import read_lock
from feeds.media_types import find_content_type
from feeds.tables.values import parse_alias

NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
SITE = "https://shows.small.fm/radio"
ALL = '["html", "netlify", "cloudflare", "caddy", "nginx"]'


class Show:
    """A show on the disk, below a prefix, whose recordings are silence."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.out = folder, folder / "public"
        self.seeds = folder / "seeds" / "show"
        self.seeds.mkdir(parents=True)
        self.hosts, self.more, self.site = ALL, "", SITE

    def write(self, name: str, *lines: str) -> None:
        front = "\n".join(
            (f'title = "On {name}"', "date = 2026-05-01", 'audio = "stand-in"', 'duration = "0:10"', *lines)
        )
        (self.seeds / f"{name}.md").write_text(f"+++\n{front}\n+++\nNotes.\n\n## [00:00] One\n", encoding="utf-8")

    def build(self, at: dt.datetime = NOW) -> Outcome:
        (self.folder / "channel.toml").write_text(
            f'[site]\nurl = "{self.site}"\ntitle = "x"\nhosts = {self.hosts}\n[channels.show]\ntitle = "Show"\n'
            'description = "x"\nauthor = "Ada"\ncategories = ["News"]\nimage = "https://cdn.small.fm/x.png"\n'
            + self.more
        )
        return build_site(self.folder, self.out, at=at)

    def fail(self) -> list[str]:
        with pytest.raises(FeedsError) as caught:
            self.build()
        return [str(fault).removeprefix(f"{self.seeds}/") for fault in caught.value.faults]

    def warn(self) -> list[str]:
        return [str(warning) for warning in self.build().warnings]

    def read(self, path: str) -> str:
        return (self.out / path).read_text(encoding="utf-8")

    def led(self) -> dict[str, str]:
        """Where old addresses lead, as Netlify reads it."""
        if not (self.out / "_redirects").exists():
            return {}
        lines = [line.split() for line in self.read("_redirects").splitlines()]
        assert all(status == "301" for _, _, status in lines)
        return {unquote(old): new for old, new, _ in lines}


@pytest.fixture
def show(tmp_path: Path) -> Show:
    return Show(tmp_path / "show")


# What leads on.


def test_a_page_stands_at_an_old_address_and_leads_on(show: Show) -> None:
    show.write("bread", 'aliases = ["/2019/05/größe a/", "/old.html"]')
    show.build()
    for path, way in (("2019/05/größe a/index.html", "../../../show/bread/"), ("old.html", "show/bread/")):
        page = html.fromstring(show.read(path))
        assert page.xpath("//link[@rel='canonical']/@href") == [f"{SITE}/show/bread/"]
        assert page.xpath("//meta[@http-equiv='refresh']/@content") == [f"0; url={way}"]
        assert page.xpath("//h1/a/@href") == [way]
        assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
        assert "old" not in show.read("sitemap.xml")


def test_every_host_leads_from_the_same_addresses_to_the_same(show: Show) -> None:
    show.write("bread", 'aliases = ["/2019/05/größe a/", "/old.html"]')
    show.more = 'aliases = ["/podcast"]\nfeed.aliases = ["/podcast/feed.xml"]\n'
    show.build()
    led = show.led()
    assert led == {
        "/radio/2019/05/größe a/": "/radio/show/bread/",
        "/radio/2019/05/größe a": "/radio/show/bread/",
        "/radio/old.html": "/radio/show/bread/",
        "/radio/podcast/": "/radio/show/",
        "/radio/podcast": "/radio/show/",
        "/radio/podcast/feed.xml": "/radio/show/feed.xml",
    }
    nginx = re.findall(r'location = "(.+)" \{ return 301 "https://shows.small.fm(.+)"; \}', show.read("_nginx.conf"))
    assert dict(nginx) == led
    assert dict(re.findall(r'redir "(.+)" "(.+)" permanent', show.read("_caddy.conf"))) == led


def test_a_page_that_stands_for_its_folder_is_found_by_the_name_of_that(show: Show) -> None:
    show.write("bread", 'aliases = ["/old/index.html"]')
    show.build()
    assert set(show.led()) == {"/radio/old/index.html", "/radio/old/", "/radio/old"}
    assert (show.out / "old" / "index.html").is_file()


def test_what_nobody_asked_for_makes_no_file(show: Show) -> None:
    show.hosts = '["html"]'
    show.write("bread")
    show.build()
    assert not [file for file in show.out.iterdir() if file.name.startswith("_")]


def test_an_episode_that_gets_another_slug_is_found_at_every_one_that_it_had(show: Show) -> None:
    show.write("bread")
    show.build()
    for slug in ("salt", "bread-and-salt"):
        show.write("bread", f'slug = "{slug}"')
        show.build()
    page = html.fromstring(show.read("show/bread/index.html"))
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{SITE}/show/bread-and-salt/"]
    assert {old: new for old, new in show.led().items() if old.endswith("/")} == {
        "/radio/show/bread/": "/radio/show/bread-and-salt/",
        "/radio/show/salt/": "/radio/show/bread-and-salt/",
    }
    (episode,) = read_lock(show.folder / "channel.lock", "").channels["show"].episodes
    assert episode.formerly == ("bread", "salt")


def test_an_episode_that_goes_back_to_an_old_slug_leads_there_again(show: Show) -> None:
    for line in ("", 'slug = "salt"', 'slug = "bread"'):
        show.write("bread", line)
        show.build()
    assert {old: new for old, new in show.led().items() if not PurePosixPath(old).suffix} == {
        "/radio/show/salt/": "/radio/show/bread/",
        "/radio/show/salt": "/radio/show/bread/",
    }


def test_an_old_slug_yields_to_an_episode_that_takes_it_and_is_given_to_none_by_itself(show: Show) -> None:
    show.write("bread")
    show.build()
    show.write("bread", 'slug = "salt"')
    show.build()
    (show.seeds / "more").mkdir()
    show.write("more/bread", "season = 2")
    show.build()
    assert (show.out / "show" / "bread-2" / "index.html").is_file()
    show.write("more/bread", 'slug = "bread"')
    show.build()
    assert "/radio/show/bread/" not in show.led()
    assert "On more/bread" in show.read("show/bread/index.html")


def test_of_an_episode_that_is_not_due_no_old_address_tells(show: Show) -> None:
    show.write("bread", 'aliases = ["/old/"]')
    show.build(at=dt.datetime(2026, 4, 1, tzinfo=dt.UTC))
    assert show.led() == {}
    assert not (show.out / "old").exists()


# What cannot be.


@pytest.mark.parametrize(
    ("alias", "owner"),
    [
        ("/", "the site"),
        ("/show/", "channel show"),
        ("/Show/Feed.xml", "channel show"),
        ("/show/feed/7.xml", "the archive of a feed"),
        ("/show/wine", "wine.md"),
        ("/show/wine/index.html", "wine.md"),
        ("/show/wine/chapters.json", "wine.md"),
        ("/feeds.opml", "the site"),
        ("/assets/style.css", "the site"),
        ("/_headers", "the site"),
    ],
)
def test_an_old_address_at_which_something_stands_is_refused_with_both_names(
    show: Show, alias: str, owner: str
) -> None:
    show.write("wine")
    show.write("bread", f'aliases = ["{alias}"]')
    (fault,) = show.fail()
    assert fault.startswith(f"bread.md:6: aliases: {alias} is an address of ")
    assert owner in fault


def test_an_old_address_of_two_is_refused_with_both_names(show: Show) -> None:
    show.write("bread", 'aliases = ["/old"]')
    show.write("wine", 'aliases = ["/Old/"]')
    (fault,) = show.fail()
    assert "bread.md:6" in fault
    assert "wine.md" in fault


@pytest.mark.parametrize(
    "alias",
    [
        "old/",
        "//evil.example/",
        "/show//bread/",
        "/show/%2fbread/",
        "/?p=1",
        "/a#b",
        "/a/../b",
        "/a*",
        '/a"b',
        "/a%0ab",
        "/{x}",
    ],
)
def test_what_is_no_address_of_a_page_is_refused(alias: str) -> None:
    with pytest.raises(
        ValueError, match=r"write the path alone|begin it with one slash|cannot be (redirected|published)"
    ):
        parse_alias(alias)


@given(st.lists(st.text(st.characters(categories=("L", "N")), min_size=1, max_size=5), min_size=1, max_size=4))
def test_all_spellings_of_an_old_address_are_one_to_the_check(names: list[str]) -> None:
    path = "/" + "/".join(names)
    redirect = Redirect(old=path, new="show/index.html", title="x", path="x.md")
    assert {find_key(spelling) for spelling in redirect.spellings} == {find_key(path)} == {find_key(redirect.page)}


# What is warned of.


def test_an_old_address_of_a_feed_needs_a_host_that_redirects(show: Show) -> None:
    show.write("bread", 'aliases = ["/x.php"]')
    show.hosts, show.more = '["html"]', 'feed.aliases = ["/rss.xml"]\n'
    feed, page = (one for one in show.warn() if "leads nowhere" in one)
    assert "/rss.xml leads nowhere, as an app follows no page" in feed
    assert "/x.php leads nowhere, as no page can stand there" in page
    show.hosts = '["html", "netlify"]'
    assert [one for one in show.warn() if "leads nowhere" in one] == []
    show.hosts = "[]"
    assert len([one for one in show.warn() if "leads nowhere" in one]) == 2


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (f'new_feed_url = "{SITE}/show/feed.xml"', ""),
        ('new_feed_url = "https://elsewhere.small.fm/feed.xml"', ""),
        (f'new_feed_url = "{SITE}/shows/feed.xml"', "is an address of this site, but not that of the feed"),
        ('new_feed_url = "https://elsewhere.small.fm/feed.xml"\ncomplete = true', "is asked no more"),
    ],
)
def test_a_feed_that_names_a_new_address_says_nothing_that_contradicts_it(show: Show, more: str, said: str) -> None:
    show.write("bread")
    show.more = f"{more}\n"
    warnings = [one for one in show.warn() if "new_feed_url" in one]
    assert bool(warnings) == bool(said)
    assert all(said in one and "channel.toml:11:" in one for one in warnings)


def test_a_show_that_was_taken_in_does_not_send_its_listeners_back(show: Show) -> None:
    show.write("bread")
    show.build()
    lock = show.folder / "channel.lock"
    lock.write_text(lock.read_text().replace('"guid": "', '"imported": "0",\n   "guid": "', 1))
    show.more = 'new_feed_url = "https://old.small.fm/feed.xml"\n'
    (warning,) = (one for one in show.warn() if "new_feed_url" in one)
    assert "sends everybody away from here to https://old.small.fm/feed.xml" in warning


# What is said of files.


def read_headers(text: str) -> list[tuple[str, dict[str, str]]]:
    rules = [rule.splitlines() for rule in text.split("\n\n")]
    return [(rule[0], dict(line.strip().split(": ", 1) for line in rule[1:])) for rule in rules]


def test_each_file_has_the_type_that_the_preview_gives_it_and_no_header_twice(show: Show) -> None:
    show.write("bread", 'transcripts = ["bread.vtt", "bread.srt"]', 'image = "bread.png"')
    (show.seeds / "bread.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nBread.\n")
    (show.seeds / "bread.srt").write_text("1\n00:00:00,000 --> 00:00:01,000\nBread.\n")
    (show.seeds / "bread.png").write_bytes(
        (Path(__file__).parent / "shows/minimal/seeds/short/artwork.png").read_bytes()
    )
    show.more = "feed.page_size = 1\n"
    show.write("wine")
    show.build()
    rules = read_headers(show.read("_headers"))
    typed = set()
    for file in (file for file in show.out.rglob("*") if file.is_file()):
        path = file.relative_to(show.out).as_posix()
        matching = [headers for pattern, headers in rules if fnmatchcase(f"/radio/{path}", pattern)]
        names = [name for headers in matching for name in headers]
        assert len(names) == len(set(names)), path
        merged = {name: value for headers in matching for name, value in headers.items()}
        assert merged["Access-Control-Allow-Origin"] == "*"
        assert merged.get("Content-Type", find_content_type(path)) == find_content_type(path)
        assert ("immutable" in merged.get("Cache-Control", "")) == bool(re.search(r"\.[0-9a-f]{10}\.", path)), path
        if "Content-Type" in merged:
            typed.add(file.suffix)
    assert typed == {".xml", ".json", ".mp3", ".vtt", ".srt", ".png"}
    assert all(pattern.count("*") <= 1 for pattern, _ in rules)


def test_servers_know_the_type_of_every_file_that_is_named_by_its_hash(show: Show) -> None:
    show.write("bread")
    show.build()
    nginx, caddy = show.read("_nginx.conf"), show.read("_caddy.conf")
    for suffix, type in NAMED.items():
        assert f" {type} {suffix[1:]};" in nginx
        assert f'header "/radio/*{suffix}" Content-Type "{type}"\n' in caddy
        assert find_content_type(f"x{suffix}") == type
    assert {NAMED[".opus"], NAMED[".m4a"], NAMED[".vtt"], NAMED[".srt"]} == {
        "audio/ogg",
        "audio/x-m4a",
        "text/vtt",
        "application/x-subrip",
    }


@pytest.mark.external
@pytest.mark.parametrize("server", ["nginx", "caddy"])
def test_servers_lead_on_by_what_is_written_for_them(
    show: Show, tmp_path: Path, server: str, find_program: Callable[[str, str], str]
) -> None:
    """Addresses that have what each server reads in a way of its own, below a site that has some too."""
    program = find_program(server, f"apt install {server}")
    show.site = "https://shows.small.fm/my%20größe$x"
    slugs = ["a$b", "{path}", "[a]", "it's", "a;b", "größe", "a`b", "a&b"]
    aliases = ["/2019/05/größe 'a'/", "/old.html", "/100%25/", "/%2541/", "/[a]/", "/a b/index.html"]
    for number, slug in enumerate(slugs):
        show.write(f"one-{number}", f'slug = "{slug}"')
    show.build()
    for number in range(len(slugs)):
        show.write(f"one-{number}", f'slug = "new-{number}"', *([f"aliases = {aliases}"] if not number else []))
    show.build()
    (tmp_path / "www").mkdir()
    (tmp_path / "www" / "my größe$x").symlink_to(show.out)
    asked = {f"/show/{slug}/": f"/show/new-{number}/" for number, slug in enumerate(slugs)}
    asked |= {unquote(alias): "/show/new-0/" for alias in aliases}
    with serve(server, program, show.out, tmp_path) as port:
        for old, new in asked.items():
            status, location = ask(port, f"/my größe$x{old}")
            assert (status, unquote(urlsplit(location).path)) == (301, f"/my größe$x{new}"), old
            assert location.isascii()


@contextmanager
def serve(server: str, program: str, out: Path, folder: Path) -> Iterator[int]:
    """Serve `www` within a folder by what was written for a server, and end it afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = folder / "settings"
    if server == "nginx":
        inside = f"access_log off; server {{ listen 127.0.0.1:{port}; root {folder}/www; include {out}/_nginx.conf; }}"
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        places = "".join(f"{kind}_temp_path {folder}/{kind}; " for kind in kinds)
        settings.write_text(
            f"daemon off; pid {folder}/pid; error_log {folder}/log; events {{ }} http {{ {places}{inside} }}"
        )
        command = [program, "-e", str(folder / "log"), "-c", str(settings)]
    else:
        settings.write_text(
            f"{{\n admin off\n}}\nhttp://127.0.0.1:{port} {{\n root * {folder}/www\n import {out}/_caddy.conf\n"
            " file_server\n}\n"
        )
        command = [program, "run", "--adapter", "caddyfile", "--config", str(settings)]
    env = {"HOME": str(folder), "PATH": os.environ["PATH"]}
    with (folder / "said").open("wb") as said, subprocess.Popen(command, stdout=said, stderr=said, env=env) as running:
        try:
            wait_for(port, running, folder / "said")
            yield port
        finally:
            running.terminate()


def wait_for(port: int, running: subprocess.Popen[bytes], said: Path) -> None:
    """Wait until a server answers, ten seconds at most."""
    for _ in range(100):
        assert running.poll() is None, said.read_text()
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise AssertionError(said.read_text())


def ask(port: int, path: str) -> tuple[int, str]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
        connection.request("GET", quote(path))
        response = connection.getresponse()
        return response.status, response.getheader("Location") or ""


# Where recordings, chapters and transcripts stood that an older feed names.


def find_recording(show: Show) -> str:
    (enclosure,) = etree.fromstring(show.read("show/feed.xml").encode()).iter("enclosure")
    return enclosure.get("url", "").removeprefix(f"{SITE}/")


def test_every_host_leads_on_from_where_a_recording_stood_with_other_tags(show: Show) -> None:
    show.hosts = '["netlify", "caddy", "nginx"]'
    stood = []
    for author in ("Ada", "Bo", "Cy"):
        show.write("bread", f'author = "{author}"')
        show.build()
        stood.append(find_recording(show))
    *old, new = stood
    assert show.led() == {f"/radio/{path}": f"/radio/{new}" for path in old}
    assert all(f'"/radio/{path}"' in show.read(file) for path in old for file in ("_nginx.conf", "_caddy.conf"))
    assert [(show.out / path).exists() for path in stood] == [False, False, True]


def test_where_no_host_leads_on_a_recording_stays_until_it_is_replaced_again(show: Show) -> None:
    show.hosts = '["html"]'
    show.write("bread", 'author = "Ada"')
    show.build()
    first = find_recording(show)
    heard = (show.out / first).read_bytes()
    show.write("bread", 'author = "Bo"')
    show.build()
    show.write("bread", 'author = "Bo"', 'subtitle = "No tag says this."')
    show.build()
    assert find_recording(show) != first
    assert (show.out / first).read_bytes() == heard
    show.write("bread", 'author = "Cy"')
    show.build()
    assert not (show.out / first).exists()
    assert len(list(show.out.rglob("*.mp3"))) == 2


def test_a_recording_that_moves_to_another_server_stays_where_it_stood(show: Show) -> None:
    show.hosts = '["netlify"]'
    show.write("bread")
    show.build()
    first = find_recording(show)
    file = show.seeds / "bread.md"
    remote = 'audio = { url = "https://cdn.small.fm/bread.mp3", length = 1 }'
    file.write_text(file.read_text(encoding="utf-8").replace('audio = "stand-in"', remote), encoding="utf-8")
    show.build()
    assert find_recording(show) == "https://cdn.small.fm/bread.mp3"
    assert (show.out / first).is_file()
    assert show.led() == {}


def test_a_copy_that_returns_to_an_old_address_is_led_to_from_the_other(show: Show) -> None:
    show.hosts = '["netlify"]'
    for author in ("Ada", "Bo", "Ada", "Bo", "Ada"):
        show.write("bread", f'author = "{author}"')
        show.build()
    ((old, new),) = show.led().items()
    assert old != new == f"/radio/{find_recording(show)}"


def test_of_the_copies_of_a_recording_the_last_few_are_remembered(show: Show) -> None:
    for number in range(REMEMBERED + 3):
        show.write("bread", f'author = "Ada {number}"')
        show.build()
    (episode,) = read_lock(show.folder / "channel.lock", "").channels["show"].episodes
    assert len(episode.superseded) == REMEMBERED


@pytest.mark.parametrize("hosts", ['["html"]', '["netlify"]'])
def test_what_stood_beside_the_page_of_an_old_slug_answers_still(show: Show, hosts: str) -> None:
    show.hosts = hosts
    (show.seeds / "bread.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nBread.\n")
    show.more = 'transcript_forms = ["srt"]\n'
    show.write("bread", 'transcripts = ["bread.vtt"]')
    show.build()
    before = {file.relative_to(show.out).as_posix() for file in (show.out / "show" / "bread").iterdir()}
    show.write("bread", 'transcripts = ["bread.vtt"]', 'slug = "salt"')
    show.build()
    led = {old.removeprefix("/radio/"): new.removeprefix("/radio/") for old, new in show.led().items()}
    assert {PurePosixPath(path).suffix for path in before} == {".html", ".json", ".vtt", ".srt", ".mp3"}
    for path in before - {"show/bread/index.html"}:
        assert (show.out / led.get(path, path)).is_file(), path


def test_what_stands_at_an_old_address_now_is_not_led_away_from(show: Show) -> None:
    show.write("bread", 'slug = "bread"')
    show.build()
    show.write("bread", 'slug = "salt"')
    show.write("wine", 'slug = "bread"')
    show.build()
    assert {old for old in show.led() if old.endswith(".json")} == set()
    assert json.loads(show.read("show/bread/chapters.json"))["title"] == "On wine"
    for name, slug in (("bread", "bread"), ("wine", "salt")):
        show.write(name, f'slug = "{slug}"')
    show.build()
    assert json.loads(show.read("show/bread/chapters.json"))["title"] == "On bread"
    assert {old for old in show.led() if old.endswith(("/", ".json"))} == set()


def test_an_old_slug_that_somebody_took_while_its_episode_was_away_is_not_its_own_any_more(show: Show) -> None:
    for slug in ("old", "port"):
        show.write("wine", f'slug = "{slug}"', 'guid = "wine"')
        show.build()
    (show.seeds / "wine.md").unlink()
    for slug in ("old", "crust"):
        show.write("bread", f'slug = "{slug}"', 'guid = "bread"')
        show.build()
    show.write("wine", 'slug = "port"', 'guid = "wine"')
    show.build()
    assert show.led()["/radio/show/old/"] == "/radio/show/crust/"
