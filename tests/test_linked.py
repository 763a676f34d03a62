"""What a feed links to is looked at: beside the feed, or on a server of this machine that can be told to misbehave."""

from __future__ import annotations

import datetime as dt
import io
import json
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.cli import main
from feeds.network.connections import Guard
from feeds.network.distant import DistantFile
from feeds.network.limits import Limits
from feeds.network.probes import fetch_begin
from feeds.rulebook.check import Rulebook
from feeds.rulebook.document import Document, parse_document
from feeds.rulebook.files.chapters import ChaptersFile
from feeds.rulebook.files.transcripts import TranscriptFile
from feeds.rulebook.finding import Finding
from feeds.rulebook.places import Spot
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.source import parse_source
from feeds.rules.every import RULES
from feeds.validating.editions import Edition
from feeds.validating.lanes import run_in_lanes
from feeds.validating.linked import LinkedFile, LinkLimits, fetch_linked_files
from feeds.validating.links import find_links
from feeds.validating.origins import Origin
from feeds.validating.sights import FIRST_PART
from feeds.validating.surroundings import Surroundings, find_surroundings
from tests.linked_pairs import make_chapter_tag, make_picture, make_sound

AT = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
BOOK = Rulebook(RULES)
EACH = Limits(allow_private=True, connect=5, read=5, total=10, pause=0.01, tries=2)
HERE = LinkLimits(each=EACH)
SAMPLES = Path(__file__).with_name("tags")

SOUND = make_sound(seconds=120)
PICTURE = make_picture({})
STARTS = (0, 40, 80)
CHAPTERS = json.dumps(
    {"version": "1.2.0", "chapters": [{"startTime": start, "title": f"Tide {start}"} for start in STARTS]}
).encode()
TRANSCRIPT = b"WEBVTT\n\n00:00:00.000 --> 00:01:55.000\n<v Ada>The water goes.\n"
OPENING = (
    '<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>\n'
)
GOOD_ITEM = """<item>
<enclosure url="{at}/1.mp3" length="1920000" type="audio/mpeg"/>
<itunes:duration>120</itunes:duration>
<podcast:chapters url="{at}/1.json" type="application/json+chapters"/>
<podcast:transcript url="{at}/1.vtt" type="text/vtt"/>
</item>
"""
GOOD = '<itunes:image href="{at}/cover.jpg"/>\n' + GOOD_ITEM


@dataclass(kw_only=True)
class Served:
    """A file on the server, and in what it misbehaves."""

    data: bytes = b""
    type: str = "audio/mpeg"
    status: int = 200
    head: int = 200
    has_parts: bool = True
    delay: float = 0.0
    location: str = ""
    headers: dict[str, str] = field(default_factory=dict)


class Answering(BaseHTTPRequestHandler):
    server: Host

    def do_HEAD(self) -> None:
        self.answer(self.server.files[self.path].head, is_head=True)

    def do_GET(self) -> None:
        self.answer(self.server.files[self.path].status, is_head=False)

    def answer(self, status: int, *, is_head: bool) -> None:
        served = self.server.files[self.path]
        # What has been answered counts no more: the next request may come before this thread has ended.
        with self.server.count(self):
            time.sleep(served.delay)
        body, part = served.data, self.headers.get("Range", "")
        headers = {"Content-Type": served.type, **served.headers}
        if served.location:
            status, headers["Location"] = 302, served.location
        elif part and served.has_parts and status == 200:
            begin, end = (int(number) for number in part.removeprefix("bytes=").split("-"))
            body = body[begin : end + 1]
            status = 206
            headers["Content-Range"] = f"bytes {begin}-{begin + len(body) - 1}/{len(served.data)}"
        if served.headers.get("ETag") and served.headers["ETag"] == self.headers.get("If-None-Match"):
            status, body = 304, b""
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        if not is_head:
            self.wfile.write(body)
            self.server.sent += len(body)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""


class Host(ThreadingHTTPServer):
    """Serves files, and keeps what it was asked for."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.files: dict[str, Served] = {}
        self.asked: list[tuple[str, str]] = []
        self.sent = 0
        self.most_at_once = 0
        self._busy = 0
        self._lock = threading.Lock()

    @property
    def at(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @contextmanager
    def count(self, request: Answering) -> Iterator[None]:
        with self._lock:
            self.asked.append((request.command, request.path))
            self._busy += 1
            self.most_at_once = max(self.most_at_once, self._busy)
        try:
            yield
        finally:
            with self._lock:
                self._busy -= 1

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Forget about clients that go away."""


@pytest.fixture
def host() -> Iterator[Host]:
    host = Host()
    open_to_all = {"Access-Control-Allow-Origin": "*"}
    host.files = {
        "/1.mp3": Served(data=SOUND),
        "/cover.jpg": Served(data=PICTURE, type="image/jpeg"),
        "/1.json": Served(data=CHAPTERS, type="application/json+chapters", headers=open_to_all),
        "/1.vtt": Served(data=TRANSCRIPT, type="text/vtt", headers=dict(open_to_all)),
    }
    thread = threading.Thread(target=host.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield host
    finally:
        host.shutdown()
        thread.join()
        host.server_close()


def parse(body: str, *, url: str = "") -> Document:
    data = (OPENING + body + "</channel></rss>").encode()
    return parse_document(parse_source("feed.xml", data), at=AT, url=url)


def look(
    body: str, *, limits: LinkLimits = HERE, file: Path | None = None, url: str = "", fetched: str = ""
) -> tuple[LinkedFile, ...]:
    origin = Origin(name=fetched or "feed.xml", data=b"", url=fetched, file=file)
    return fetch_linked_files(Edition(document=parse(body, url=url or fetched), origin=origin), BOOK, limits)


def find(files: tuple[LinkedFile, ...]) -> list[Finding]:
    return [finding for file in files for finding in file.verdict.findings]


def find_rules(files: tuple[LinkedFile, ...]) -> list[str]:
    return sorted(finding.rule for finding in find(files))


# Over the network.


def test_nothing_is_found_in_what_is_as_it_should_be(host: Host) -> None:
    assert find(look(GOOD.format(at=host.at))) == []


def test_a_finding_names_the_file_and_the_element_of_the_feed_that_names_it(host: Host) -> None:
    host.files["/1.mp3"].data = SOUND + SOUND[:384]
    (finding,) = find(look(GOOD.format(at=host.at)))
    assert finding.file == f"{host.at}/1.mp3"
    assert finding.path == "/rss/channel/item/enclosure/@url"
    said = "the file has 1920384 bytes, and the length of enclosure says 1920000: write 1920384"
    assert finding.message == f"{said} (named in line 4 of feed.xml)"


MISBEHAVIOURS: list[tuple[str, dict[str, Any], list[str]]] = [
    ("/1.mp3", {"status": 404}, ["http-enclosure-status"]),
    ("/1.mp3", {"status": 503}, ["http-enclosure-status"]),
    ("/1.mp3", {"head": 405}, ["http-head-unsupported"]),
    ("/1.mp3", {"has_parts": False}, ["http-range-unsupported"]),
    ("/1.mp3", {"type": "text/plain"}, ["http-enclosure-content-type"]),
    ("/1.mp3", {"data": SOUND[:-64_000]}, ["media-duration-mismatch", "media-enclosure-length-mismatch"]),
    ("/1.mp3", {"data": b"<!DOCTYPE html>"}, ["media-type-mismatch"]),
    ("/1.mp3", {"location": "ftp://example.org/"}, ["http-enclosure-status"]),
    ("/cover.jpg", {"status": 403}, ["http-artwork-status"]),
    ("/cover.jpg", {"head": 501}, ["http-head-unsupported"]),
    ("/cover.jpg", {"data": b"<html>"}, ["media-artwork-format"]),
    ("/cover.jpg", {"data": PICTURE[:-9000]}, ["media-artwork-damaged"]),
    ("/1.json", {"status": 500}, ["http-chapters-status"]),
    ("/1.json", {"type": "text/html"}, ["http-chapters-content-type"]),
    ("/1.json", {"headers": {}}, ["http-cors-missing"]),
    ("/1.vtt", {"status": 410}, ["http-transcript-status"]),
    ("/1.vtt", {"type": ""}, ["http-transcript-content-type"]),
]


@pytest.mark.parametrize(("path", "wrong", "rules"), MISBEHAVIOURS)
def test_what_a_server_does_wrong_is_found(host: Host, path: str, wrong: dict[str, Any], rules: list[str]) -> None:
    host.files[path] = replace(host.files[path], **wrong)
    assert find_rules(look(GOOD.format(at=host.at))) == rules


def test_a_server_that_is_not_there_is_a_finding_of_every_file_on_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        at = f"http://127.0.0.1:{closed.getsockname()[1]}"
    limits = replace(HERE, each=replace(EACH, tries=1))
    rules = ["http-artwork-status", "http-chapters-status", "http-enclosure-status", "http-transcript-status"]
    assert find_rules(look(GOOD.format(at=at), limits=limits)) == rules


def test_an_address_that_only_this_machine_sees_is_refused_unless_it_is_allowed(host: Host) -> None:
    findings = find(look(GOOD.format(at=host.at), limits=LinkLimits()))
    assert len(findings) == 4
    assert all("only this machine or its network sees" in finding.message for finding in findings)
    assert host.asked == []


def test_redirects_are_followed(host: Host) -> None:
    host.files["/moved.mp3"] = Served(location="/1.mp3")
    assert find(look(GOOD.format(at=host.at).replace("/1.mp3", "/moved.mp3"))) == []


def test_a_file_that_many_elements_name_is_fetched_once(host: Host) -> None:
    body = GOOD.format(at=host.at) + GOOD_ITEM.format(at=host.at) * 20
    body += f'<image><url>{host.at}/cover.jpg</url></image><podcast:image href="{host.at}/cover.jpg"/>'
    assert find(look(body)) == []
    heads = sorted(path for method, path in host.asked if method == "HEAD")
    assert heads == ["/1.mp3", "/cover.jpg"]
    assert [host.asked.count(("GET", path)) for path in ("/cover.jpg", "/1.json", "/1.vtt")] == [1, 1, 1]


def test_each_element_is_held_against_the_file_that_it_names(host: Host) -> None:
    wrong = GOOD_ITEM.format(at=host.at).replace("1920000", "9").replace(">120<", ">1:00:00<")
    findings = find(look(GOOD.format(at=host.at) + wrong))
    assert [finding.rule for finding in findings] == ["media-enclosure-length-mismatch", "media-duration-mismatch"]
    assert {finding.path for finding in findings} == {"/rss/channel/item[2]/enclosure/@url"}
    assert all(finding.message.endswith("(named in line 10 of feed.xml)") for finding in findings)


def test_a_recording_is_never_fetched_whole(host: Host) -> None:
    length = len(SOUND) * 200
    host.files["/1.mp3"].data = SOUND * 200
    body = GOOD.format(at=host.at).replace("1920000", str(length)).replace(">120<", ">6:40:00<")
    assert find(look(body)) == []
    assert host.sent < 2 * FIRST_PART + len(PICTURE) + 200_000 < length / 20


def test_of_a_server_that_sends_no_parts_only_the_beginning_of_a_recording_is_read(host: Host) -> None:
    length = len(SOUND) * 20
    host.files["/1.mp3"] = Served(data=SOUND * 20, has_parts=False)
    assert find_rules(look(GOOD.format(at=host.at).replace("1920000", str(length)))) == ["http-range-unsupported"]
    assert host.sent < length / 4


def test_an_mp4_is_measured_though_its_tables_stand_at_its_end(host: Host) -> None:
    sample = (SAMPLES / "chapters.m4a").read_bytes()
    at = sample.index(b"moov") - 4
    size = int.from_bytes(sample[at : at + 4], "big")
    padding = (2_000_008).to_bytes(4, "big") + b"free" + bytes(2_000_000)
    data = sample[:at] + sample[at + size :] + padding + sample[at : at + size]
    host.files["/1.m4a"] = Served(data=data, type="audio/mp4")
    item = f'<item><enclosure url="{host.at}/1.m4a" length="{len(data)}" type="audio/x-m4a"/>'
    assert find(look(f"{item}<itunes:duration>8</itunes:duration></item>")) == []
    wrong = find(look(f"{item}<itunes:duration>80</itunes:duration></item>"))
    assert [finding.rule for finding in wrong] == ["media-duration-mismatch"]
    assert host.sent < 1_500_000


def test_chapters_in_the_tag_of_a_distant_recording_are_looked_at(host: Host) -> None:
    chapter = {"id": "a", "start": 0, "end": 5000, "title": "Ebb"}
    data = make_chapter_tag({"chapter": [chapter, chapter], "contents": [{"id": "toc", "children": ["a"]}]}) + SOUND
    host.files["/1.mp3"].data = data
    item = f'<item><enclosure url="{host.at}/1.mp3" length="{len(data)}" type="audio/mpeg"/></item>'
    assert find_rules(look(item)) == ["chapters-id3-element-id-duplicate"]


@rule("chapters", "transcript", source="house", everywhere="info")
def told_duration(file: ChaptersFile | TranscriptFile) -> Hits:
    """Tells what length a file is held against.

    For the tests below.
    """
    yield Spot(1, 1, "/chapters"), f"{file.name[-6:]} {file.duration}"


@pytest.mark.parametrize(
    ("status", "stated", "expected"), [(200, "3", "120000"), (200, "", "120000"), (404, "3", "3000"), (404, "", "None")]
)
def test_chapters_and_transcripts_are_held_against_the_length_of_the_recording_or_else_that_in_the_feed(
    host: Host, status: int, stated: str, expected: str
) -> None:
    host.files["/1.mp3"].status = status
    body = GOOD.format(at=host.at).replace(">120<", f">{stated}<")
    edition = Edition(document=parse(body), origin=Origin(name="feed.xml", data=b""))
    files = fetch_linked_files(edition, Rulebook([told_duration]), HERE)
    assert [(file.text, finding.line, finding.message) for file in files for finding in file.verdict.findings] == [
        (CHAPTERS, 1, f"1.json {expected} (named in line 6 of feed.xml)"),
        (TRANSCRIPT, 1, f"/1.vtt {expected} (named in line 7 of feed.xml)"),
    ]


def test_chapters_that_differ_between_the_carriers_of_an_episode_are_told(host: Host) -> None:
    def embed(*starts: int) -> str:
        chapters = [
            {"id": f"c{start}", "start": start * 1000, "end": start * 1000 + 10, "title": f"Tide {start}"}
            for start in starts
        ]
        contents = {"id": "toc", "children": [chapter["id"] for chapter in chapters]}
        host.files["/1.mp3"].data = make_chapter_tag({"chapter": chapters, "contents": [contents]}) + SOUND
        return GOOD.format(at=host.at).replace("1920000", str(len(host.files["/1.mp3"].data)))

    def mark(*starts: int) -> str:
        chapters = "".join(f'<psc:chapter start="{start}" title="Tide {start}"/>' for start in starts)
        return f'<psc:chapters xmlns:psc="http://podlove.org/simple-chapters">{chapters}</psc:chapters></item>'

    assert find(look(embed(*STARTS))) == []
    (late,) = find(look(embed(0, 40, 90)))
    assert (late.rule, late.file) == ("chapters-sources-disagree", f"{host.at}/1.mp3")
    said = "the chapters in the recording and the chapters file differ, chapter 3 at 01:30 against 01:20: make them the"
    assert late.message.startswith(said)
    assert find(look(embed(*STARTS).replace("</item>", mark(*STARTS)))) == []
    both = find(look(embed(*STARTS).replace("</item>", mark(0))))
    assert [(finding.rule, finding.file[-6:]) for finding in both] == [
        ("chapters-sources-disagree", "/1.mp3"),
        ("chapters-sources-disagree", "1.json"),
    ]
    assert all("psc:chapters differ, 3 chapters against 1" in finding.message for finding in both)


def test_a_chapters_file_that_is_broken_disagrees_with_nobody(host: Host) -> None:
    host.files["/1.json"].data = b"{"
    assert "chapters-sources-disagree" not in find_rules(look(GOOD.format(at=host.at)))


def test_no_more_than_so_many_files_of_one_server_are_fetched_at_once(host: Host) -> None:
    items = []
    for number in range(30):
        host.files[f"/{number}.mp3"] = Served(data=SOUND[:192_000], delay=0.02)
        items.append(f'<item><enclosure url="{host.at}/{number}.mp3" length="192000" type="audio/mpeg"/></item>')
    assert find(look("".join(items), limits=replace(HERE, per_host=3))) == []
    assert host.most_at_once == 3


def test_what_there_was_no_time_for_is_told(host: Host) -> None:
    for path in ("/1.mp3", "/cover.jpg"):
        host.files[path].delay = 0.2
    findings = find(look(GOOD.format(at=host.at), limits=replace(HERE, seconds=0.1, per_host=1)))
    assert findings[-1].rule == "linked-files-unchecked"
    assert "linked files were not looked at within 0.1 seconds" in findings[-1].message
    assert not [path for _, path in host.asked if path in ("/1.json", "/1.vtt")]


def test_progress_is_told_for_every_file(host: Host) -> None:
    told: list[tuple[int, int]] = []
    edition = Edition(document=parse(GOOD.format(at=host.at)), origin=Origin(name="feed.xml", data=b""))
    fetch_linked_files(edition, BOOK, HERE, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_credentials_of_an_address_are_used_and_not_told(host: Host) -> None:
    host.files["/1.mp3"].status = 404
    files = look(GOOD.format(at=host.at.replace("//", "//ada:secret@")))
    assert find_rules(files) == ["http-enclosure-status"]
    assert "secret" not in repr(files)


@pytest.mark.external
def test_a_certificate_that_does_not_hold_is_one_finding_of_each_file(
    host: Host, tmp_path: Path, find_program: Callable[[str, str], str]
) -> None:
    openssl = find_program("openssl", "apt install openssl")
    key, certificate = str(tmp_path / "key.pem"), str(tmp_path / "certificate.pem")
    made = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost".split()
    subprocess.run([openssl, *made, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    host.socket = context.wrap_socket(host.socket, server_side=True)
    findings = find(look(GOOD.format(at=host.at.replace("http:", "https:"))))
    assert [finding.rule for finding in findings] == ["http-tls-invalid"] * 4
    assert host.asked == []


# The server of the feed itself.


def test_the_server_of_a_fetched_feed_is_looked_at_and_that_of_a_file_is_not(host: Host) -> None:
    host.files["/feed.xml"] = Served(data=b"<rss/>" * 1000, type="text/html")
    link = f'<atom:link rel="self" href="{host.at}/feed.xml"/><atom:link rel="hub" href="https://hub.example/"/>'
    found = find_rules(look(link, fetched=f"{host.at}/feed.xml"))
    assert found == [
        "http-feed-conditional-get",
        "http-feed-content-type",
        "http-feed-uncompressed",
        "http-link-header-hub",
    ]
    host.asked.clear()
    assert find(look(link)) == []
    assert host.asked == []


def test_a_server_that_answers_shortly_to_who_has_the_feed_is_praised(host: Host) -> None:
    host.files["/feed.xml"] = Served(data=b"<rss/>", type="text/xml", headers={"ETag": '"a"'})
    host.files["/old"] = Served(location="/feed.xml")
    assert find(look("", fetched=f"{host.at}/feed.xml")) == []
    assert find_rules(look("", fetched=f"{host.at}/old")) == ["http-feed-temporary-redirect"]


# Beside the feed.


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built site, on a machine without a network."""

    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    folder = tmp_path / "public" / "tides"
    folder.mkdir(parents=True)
    (folder / "1.mp3").write_bytes(SOUND)
    (folder / "1.json").write_bytes(CHAPTERS)
    (folder / "1.vtt").write_bytes(TRANSCRIPT)
    (tmp_path / "public" / "cover.jpg").write_bytes(PICTURE)
    return folder


LOCAL = GOOD.replace("{at}/cover", "https://example.org/cover").format(at="https://example.org/tides")
SELF = '<atom:link rel="self" href="https://example.org/tides/feed.xml"/>'


@pytest.mark.parametrize(("body", "url"), [(SELF + LOCAL, ""), (LOCAL, "https://example.org/tides/feed.xml")])
def test_files_that_stand_beside_a_feed_are_looked_at_without_any_network(folder: Path, body: str, url: str) -> None:
    assert find(look(body, file=folder / "feed.xml", url=url)) == []
    (folder / "1.mp3").write_bytes(SOUND[384:])
    (folder.parent / "cover.jpg").write_bytes(b"no picture")
    assert find_rules(look(body, file=folder / "feed.xml", url=url)) == [
        "media-artwork-format",
        "media-enclosure-length-mismatch",
    ]


def test_a_file_that_does_not_stand_beside_the_feed_is_told(folder: Path) -> None:
    (folder / "1.json").unlink()
    (folder / "1.vtt").unlink()
    (folder / "1.vtt").mkdir()
    findings = find(look(SELF + LOCAL, file=folder / "feed.xml"))
    assert [finding.rule for finding in findings] == ["linked-file-missing"] * 2
    assert findings[0].file == (folder / "1.json").as_posix()


@pytest.mark.parametrize("self_link", ["", SELF, SELF.replace("example.org", "[example.org")])
def test_an_address_whose_host_cannot_be_read_leads_nowhere(folder: Path, self_link: str) -> None:
    body = self_link + '<item><enclosure url="http://[::1/1.mp3" type="audio/mpeg"/></item>'
    assert find(look(body, file=folder / "feed.xml")) == []


def test_relative_addresses_lead_to_files_beside_a_feed_that_does_not_know_its_own(folder: Path) -> None:
    assert find(look(GOOD_ITEM.replace("{at}/", ""), file=folder / "feed.xml")) == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/tides/1.mp3", "tides/1.mp3"),
        ("http://EXAMPLE.org/tides/1.mp3?x=1#t", "tides/1.mp3"),
        ("https://example.org/tides/Ebb%20%26%20Flow.mp3", "tides/Ebb & Flow.mp3"),
        ("https://example.org/cover.jpg", "cover.jpg"),
        ("https://cdn.example.org/1.mp3", None),
        ("https://example.org.evil.example/1.mp3", None),
        ("https://example.org/", None),
        ("https://example.org/tides/../../../etc/passwd", None),
        ("https://example.org/%2e%2e/%2e%2e/etc/passwd", None),
        ("https://example.org//etc/passwd", None),
        ("../../etc/passwd", None),
        ("/etc/passwd", None),
    ],
)
def test_an_address_leads_into_the_folder_of_the_site_and_never_out_of_it(url: str, expected: str | None) -> None:
    around = Surroundings(url="https://example.org/tides/feed.xml", base="https://example.org/", folder=Path("public"))
    assert around.locate(url) == (Path("public") / expected if expected else None)


@pytest.mark.parametrize(
    ("url", "file", "base", "folder"),
    [
        ("https://example.org/tides/feed.xml", "/public/tides/feed.xml", "https://example.org/", "/public"),
        ("https://example.org/a/tides/feed.xml", "/public/tides/feed.xml", "https://example.org/a/", "/public"),
        ("https://example.org/feed.xml", "/public/tides/feed.xml", "https://example.org/", "/public/tides"),
        ("https://example.org/tides", "/public/tides/feed.xml", "https://example.org/", "/public/tides"),
        ("https://example.org", "/feed.xml", "https://example.org/", "/"),
    ],
)
def test_the_folder_of_a_site_is_the_highest_that_ends_as_its_address(
    url: str, file: str, base: str, folder: str
) -> None:
    around = find_surroundings(parse("", url=url), Path(file))
    assert (around.base, around.folder) == (base, Path(folder))


# Beside the feed, against what is published.

OTHER_PICTURE = make_picture({"dpi": 72})
CHANGES = {"media-artwork-changed-same-url", "media-changed-same-url"}


def read_edition(folder: Path, *, length: int = len(SOUND)) -> Edition:
    """The feed in a folder that is to be published, or was."""
    document = parse(SELF + LOCAL.replace("1920000", str(length)))
    return Edition(document=document, origin=Origin(name="feed.xml", data=b"", file=folder / "feed.xml"))


def compare(now: Edition, published: Edition, limits: LinkLimits = HERE) -> list[tuple[str, str]]:
    """The rules that find a change in linked files, with the name of each file."""
    findings = find(fetch_linked_files(now, BOOK, limits, published=published))
    return [(finding.rule, Path(finding.file).name) for finding in findings if finding.rule in CHANGES]


def copy_site(folder: Path, to: Path) -> Path:
    """The same site once more, as it was published."""
    return Path(shutil.copytree(folder.parent, to)) / folder.name


def test_files_are_compared_with_those_that_stand_beside_the_published_feed(folder: Path, tmp_path: Path) -> None:
    published = read_edition(copy_site(folder, tmp_path / "live"))
    assert compare(read_edition(folder), published) == []
    (folder.parent / "cover.jpg").write_bytes(OTHER_PICTURE)
    (folder / "1.mp3").write_bytes(SOUND[384:])
    (folder / "1.vtt").write_bytes(TRANSCRIPT + b"\n")
    changed = [("media-artwork-changed-same-url", "cover.jpg"), ("media-changed-same-url", "1.mp3")]
    assert compare(read_edition(folder), published) == changed
    assert compare(read_edition(folder, length=len(SOUND) - 384), published) == changed[:1]


def test_a_finding_names_the_new_file_and_the_element_of_the_new_feed(folder: Path, tmp_path: Path) -> None:
    published = read_edition(copy_site(folder, tmp_path / "live"))
    (folder.parent / "cover.jpg").write_bytes(OTHER_PICTURE)
    (finding,) = find(fetch_linked_files(read_edition(folder), BOOK, HERE, published=published))
    assert finding.file == (folder.parent / "cover.jpg").as_posix()
    assert finding.path == "/rss/channel/itunes:image/@href"
    assert finding.message.endswith("give it a new file name (named in line 2 of feed.xml)")


def test_what_is_missing_on_one_side_is_no_change(folder: Path, tmp_path: Path) -> None:
    there = copy_site(folder, tmp_path / "live")
    (there.parent / "cover.jpg").unlink()
    (folder / "1.mp3").unlink()
    (there / "1.mp3").write_bytes(SOUND[384:])
    assert compare(read_edition(folder), read_edition(there)) == []


def test_a_file_is_not_compared_with_itself(folder: Path) -> None:
    assert compare(read_edition(folder), read_edition(folder)) == []


def build_site(host: Host, folder: Path) -> tuple[Edition, Edition]:
    """A site on the disk with what the host serves, and its feed as it is fetched there."""
    for path, served in host.files.items():
        (folder / path[1:]).write_bytes(served.data)
    document = parse(GOOD.format(at=host.at), url=f"{host.at}/feed.xml")
    host.files["/feed.xml"] = Served(type="text/xml", headers={"ETag": '"a"'})
    here = Origin(name="feed.xml", data=b"", file=folder / "feed.xml")
    there = Origin(name=f"{host.at}/feed.xml", data=b"", url=f"{host.at}/feed.xml")
    return Edition(document=document, origin=here), Edition(document=document, origin=there)


def test_files_are_compared_with_those_on_the_server_of_the_published_feed(host: Host, tmp_path: Path) -> None:
    now, published = build_site(host, tmp_path)
    assert compare(now, published) == []
    assert sorted(host.asked) == [("GET", "/cover.jpg"), ("HEAD", "/1.mp3")]
    host.files["/cover.jpg"].data = OTHER_PICTURE
    host.files["/1.mp3"].data = SOUND[384:]
    changed = [("media-artwork-changed-same-url", "cover.jpg"), ("media-changed-same-url", "1.mp3")]
    assert sorted(compare(now, published)) == changed


@pytest.mark.parametrize("wrong", [{"status": 404, "head": 404}, {"head": 405, "status": 503}, {"location": "/no"}])
def test_what_a_server_does_not_give_is_no_change(host: Host, tmp_path: Path, wrong: dict[str, Any]) -> None:
    now, published = build_site(host, tmp_path)
    host.files["/no"] = Served(status=404, head=404)
    for path, data in (("/cover.jpg", OTHER_PICTURE), ("/1.mp3", SOUND[384:])):
        host.files[path] = replace(host.files[path], data=data, **wrong)
    assert compare(now, published) == []


def test_published_files_are_looked_at_within_the_limits_of_all_others(host: Host, tmp_path: Path) -> None:
    now, published = build_site(host, tmp_path)
    host.files["/cover.jpg"].data = OTHER_PICTURE
    assert compare(now, published, LinkLimits()) == []
    assert host.asked == []
    late = find(fetch_linked_files(now, BOOK, replace(HERE, seconds=0), published=published))
    assert [finding.rule for finding in late] == ["linked-files-unchecked"]
    assert late[0].message.startswith("4 linked files were not looked at")


# The command.


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["validate", "--format", "json", *map(str, arguments)])


def find_told(result: Result) -> set[tuple[str, str]]:
    """The rules that a report names of linked files, with the end of the file's name."""
    findings = json.loads(result.output)["findings"]
    return {(finding["rule"], finding["file"].rpartition("/")[2]) for finding in findings} & {
        ("media-enclosure-length-mismatch", "1.mp3"),
        ("linked-file-missing", "1.vtt"),
        ("http-feed-content-type", "feed.xml"),
    }


def test_the_command_looks_at_linked_files_when_it_is_asked_to(folder: Path) -> None:
    feed = folder / "feed.xml"
    feed.write_text(OPENING + LOCAL + "</channel></rss>", encoding="utf-8")
    (folder / "1.mp3").write_bytes(SOUND[384:])
    (folder / "1.vtt").unlink()
    url = ("--url", "https://example.org/tides/feed.xml")
    assert find_told(run(feed, *url)) == set()
    assert len(find_told(run(feed, *url, "--linked"))) == 2
    ignored = ("--ignore", "linked-file-missing=it is written later")
    result = run(feed, *url, "--linked", *ignored)
    assert find_told(result) == {("media-enclosure-length-mismatch", "1.mp3")}
    idle = "linked-file-missing is ignored, and nothing was found of it"
    assert idle not in run(feed, *url, *ignored).output
    (folder / "1.vtt").write_bytes(TRANSCRIPT)
    assert idle in run(feed, *url, "--linked", *ignored).output


def test_the_command_compares_linked_files_with_the_published_ones(host: Host, tmp_path: Path) -> None:
    feed = OPENING + GOOD.format(at=host.at) + "</channel></rss>"
    (tmp_path / "feed.xml").write_text(feed, encoding="utf-8")
    (tmp_path / "cover.jpg").write_bytes(OTHER_PICTURE)
    host.files["/feed.xml"] = Served(data=feed.encode(), type="text/xml")
    options = ("--allow-private", "--url", f"{host.at}/feed.xml", "--against", f"{host.at}/feed.xml")
    name = "media-artwork-changed-same-url"
    assert name in run(tmp_path / "feed.xml", "--linked", *options).output
    assert name not in run(tmp_path / "feed.xml", *options).output


def test_the_command_looks_at_the_server_of_a_feed_that_it_fetches(host: Host) -> None:
    feed = OPENING + GOOD.format(at=host.at).replace("1920000", "1") + "</channel></rss>"
    host.files["/feed.xml"] = Served(data=feed.encode(), type="text/html")
    told = find_told(run(f"{host.at}/feed.xml", "--linked", "--allow-private"))
    assert told == {("media-enclosure-length-mismatch", "1.mp3"), ("http-feed-content-type", "feed.xml")}


# What a feed links to.


def test_every_element_that_names_a_file_is_found() -> None:
    document = parse(
        """<itunes:image href="c.jpg"/><image><url>https://a.example/rss.png</url></image><podcast:image href="p.webp"/>
<podcast:trailer url="t.mp3" length="5" type="audio/mpeg" pubdate="">Ebb</podcast:trailer>
<item><enclosure url=" 1.mp3 " length="7" type="audio/mpeg"/><itunes:duration>9</itunes:duration>
<podcast:alternateEnclosure type="audio/opus" length="8"><podcast:source uri="1.opus"/>
<podcast:source uri="ipfs://x"/><podcast:source uri="HTTPS://b.example/1.opus" contentType="audio/ogg"/>
</podcast:alternateEnclosure><podcast:chapters url="1.json"/><podcast:transcript url="1.vtt"/></item>
<item><enclosure url="mailto:x"/><enclosure url=""/><itunes:image href="http://[::1/x.png"/></item>
<podcast:liveItem><enclosure url="live.mp3"/><itunes:image href="live.jpg"/></podcast:liveItem>"""
    )
    links = find_links(document, "https://x.example/show/feed.xml")
    assert [(link.url, link.purpose) for link in links.files] == [
        ("https://x.example/show/c.jpg", "artwork"),
        ("https://a.example/rss.png", "artwork"),
        ("https://x.example/show/p.webp", "artwork"),
        ("https://x.example/show/t.mp3", "media"),
        ("https://x.example/show/1.mp3", "media"),
        ("https://x.example/show/1.opus", "media"),
        ("https://b.example/1.opus", "media"),
        ("https://x.example/show/1.json", "chapters"),
        ("https://x.example/show/1.vtt", "transcript"),
        ("https://x.example/show/live.jpg", "artwork"),
    ]
    source = links.files[6].uses[0]
    assert (source.length, source.type, source.duration) == ("8", "audio/ogg", "9")
    assert (source.item, source.line) == (1, 6)
    assert links.enclosures == {1: "https://x.example/show/1.mp3"}


@pytest.mark.parametrize("data", [b"", b"<rss/>", b"<html>", b"<rss><channel/></rss>"])
def test_a_document_without_links_has_none(data: bytes) -> None:
    assert find_links(parse_document(parse_source("x", data), at=AT), "").files == ()


# Machinery.


def test_a_distant_file_reads_as_one_on_the_disk(host: Host) -> None:
    data = bytes(range(256)) * 4000
    host.files["/x"] = Served(data=data)
    with Guard(EACH) as guard:
        probe = fetch_begin(f"{host.at}/x", guard, most=1000)
        distant = io.BufferedReader(DistantFile(probe, guard, most=len(data)))
        here = io.BytesIO(data)
        for whence, offset, size in [(0, 0, 10), (1, 5, 2000), (2, -160, 500), (0, 500_000, 70_000), (0, 10**9, 5)]:
            distant.seek(offset, whence)
            here.seek(offset, whence)
            assert distant.read(size) == here.read(size)
            assert distant.tell() == here.tell()


def test_of_a_distant_file_no_more_is_fetched_than_is_allowed(host: Host) -> None:
    host.files["/x"] = Served(data=bytes(10_000_000))
    with Guard(EACH) as guard:
        distant = DistantFile(fetch_begin(f"{host.at}/x", guard, most=1000), guard, most=200_000)
        with pytest.raises(OSError, match="more than should be"):
            distant.read()
    assert host.sent <= 201_000


def test_lanes_give_every_result_and_raise_what_the_work_raises() -> None:
    done = run_in_lanes(lambda job: job * job, range(100), lambda job: str(job % 7), at_once=8, each=2)
    assert sorted(done) == [(job, job * job) for job in range(100)]
    with pytest.raises(ZeroDivisionError):
        list(run_in_lanes(lambda job: 1 // job, [1, 0, 2], lambda _: "", at_once=2, each=1))


@settings(max_examples=25)
@given(st.lists(st.integers(0, 5), max_size=40), st.integers(1, 4), st.integers(1, 4))
def test_no_lane_holds_up_another_one(lanes: list[int], at_once: int, each: int) -> None:
    busy: dict[int, int] = {}
    lock = threading.Lock()
    most = [0]

    def work(job: tuple[int, int]) -> int:
        with lock:
            busy[job[1]] = busy.get(job[1], 0) + 1
            most[0] = max(most[0], busy[job[1]])
        with lock:
            busy[job[1]] -= 1
        return job[0]

    jobs = list(enumerate(lanes))
    results = run_in_lanes(work, jobs, lambda job: str(job[1]), at_once=at_once, each=each)
    assert sorted(result for _, result in results) == [number for number, _ in jobs]
    assert most[0] <= each
