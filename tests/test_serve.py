"""The preview server, over real connections to this machine."""

from __future__ import annotations

import contextlib
import http.client
import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from lxml import etree

from feeds.authoring.scaffold import write_show
from feeds.building.build import build_site
from feeds.cli import main
from feeds.errors import Fault, FeedsError
from feeds.media_types import find_content_type
from feeds.preview.app import Built, Preview, State, format_notice, make_app, render_waiting_page
from feeds.preview.serve import HOST, format_report, is_source, open_port, serve_app, serve_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FAULT = Fault(path="seeds/<b>.md", line=3, message="title: is missing")
AUDIO = bytes(range(200))
PAGE = b"<!doctype html><title>Shape</title><body><p>Shape</p></body></html>"
FILES = {
    "index.html": PAGE,
    "404.html": b"<body>Nothing here</body>",
    "feeds.opml": b"<opml/>",
    "sitemap.xml": b"<urlset/>",
    "assets/site.js": b"let x",
    "shape/index.html": PAGE,
    "shape/feed.xml": b"<rss/>",
    "shape/one/index.html": PAGE,
    "shape/one/chapters.json": b"{}",
    "shape/one/one.0a1b2c3d4e.mp3": AUDIO,
    "shape/one/talk.html": b"<body>Hello</body>",
    "shape/one/talk.srt": b"1",
    "shape/one/talk.vtt": b"WEBVTT",
}
EPISODE = "/shape/one/one.0a1b2c3d4e.mp3"
NAVIGATION = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"  # Accept, of a browser that opens a page

Answer = tuple[int, http.client.HTTPMessage, bytes]


class Site:
    """A server at work, as a client sees it."""

    def __init__(self, port: int, preview: Preview) -> None:
        self.port = port
        self.preview = preview

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        return ask(self.port, path, method, **headers)


def ask(port: int, path: str, method: str = "GET", **headers: str) -> Answer:
    """Send a path just as it is written."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    with contextlib.closing(connection):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=named)
        response = connection.getresponse()
        return response.status, response.headers, response.read()


@contextlib.contextmanager
def listen(port: int) -> Iterator[Iterator[dict[str, str]]]:
    """Follow the events of a server, as an open page does."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    with contextlib.closing(connection):
        connection.request("GET", "/-/events")
        response = connection.getresponse()
        assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
        lines = (line.decode() for line in iter(response.readline, b""))
        yield (json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: "))


@contextlib.contextmanager
def serve(preview: Preview) -> Iterator[Site]:
    with open_port(0) as listener, serve_app(make_app(preview), listener):
        yield Site(listener.getsockname()[1], preview)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of a good build; a file that is none of its business lies beside the folder."""
    project = tmp_path_factory.mktemp("project")
    (project / "channel.toml").write_text("secret")
    folder = project / "site"

    def build() -> Built:
        for path, content in FILES.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        return Built(written=len(FILES), removed=0)

    folder.mkdir()
    preview = Preview(folder, build)
    preview.rebuild()
    with serve(preview) as served:
        yield served


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/feeds.opml", "text/x-opml; charset=utf-8"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
        ("/assets/site.js", "text/javascript; charset=utf-8"),
        ("/shape/feed.xml", "application/rss+xml; charset=utf-8"),
        ("/shape/one/chapters.json", "application/json+chapters"),
        (EPISODE, "audio/mpeg"),
        ("/shape/one/talk.vtt", "text/vtt; charset=utf-8"),
        ("/shape/one/talk.srt", "application/x-subrip"),
        ("/-/live.js", "text/javascript; charset=utf-8"),
    ],
)
def test_every_file_is_served_with_its_type(site: Site, path: str, content_type: str) -> None:
    status, headers, _ = site.ask(path)
    assert (status, headers["content-type"]) == (200, content_type)


def test_a_feed_is_plain_xml_to_a_browser_and_a_feed_to_apps(site: Site) -> None:
    accepts = {"": "application/rss+xml", "*/*": "application/rss+xml", NAVIGATION: "application/xml"}
    for accept, content_type in accepts.items():
        status, headers, body = site.ask("/shape/feed.xml", Accept=accept)
        assert (status, headers["content-type"], body) == (200, f"{content_type}; charset=utf-8", b"<rss/>")
        assert headers["vary"] == "Accept"
        status, known, _ = site.ask("/shape/feed.xml", Accept=accept, If_None_Match=headers["etag"])
        assert (status, known["vary"]) == (304, "Accept")


@pytest.mark.parametrize("path", ["/shape/", "/shape/one/chapters.json", "/shape/one/talk.vtt", EPISODE])
def test_of_all_else_there_is_one_kind(site: Site, path: str) -> None:
    for_apps, for_browsers = site.ask(path)[1], site.ask(path, Accept=NAVIGATION)[1]
    assert for_browsers["content-type"] == for_apps["content-type"]
    assert "vary" not in for_browsers


def test_types_do_not_depend_on_the_machine() -> None:
    names = (
        "a.m4a",
        "a.opus",
        "a.PNG",
        "a.jpg",
        "a.webp",
        "a.svg",
        "a.woff2",
        "a.json",
        "a.css",
        "a.unheard",
    )
    assert [find_content_type(name) for name in names] == [
        "audio/x-m4a",
        "audio/ogg",
        "image/png",
        "image/jpeg",
        "image/webp",
        "image/svg+xml",
        "font/woff2",
        "application/json",
        "text/css",
        "application/octet-stream",
    ]


@pytest.mark.parametrize("path", ["/", "/shape/feed.xml", EPISODE, "/missing"])
def test_head_says_what_get_would_say_and_sends_nothing(site: Site, path: str) -> None:
    status, headers, body = site.ask(path)
    head_status, head_headers, head_body = site.ask(path, "HEAD")
    assert (head_status, head_body) == (status, b"")
    assert head_headers["content-length"] == str(len(body))
    for each in (headers, head_headers):
        del each["date"]
    assert head_headers.items() == headers.items()


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("0-0", 0, 1), ("2-5", 2, 6), ("190-", 190, 200), ("-7", 193, 200), ("190-999", 190, 200)],
)
def test_a_player_may_ask_for_a_part(site: Site, asked: str, start: int, end: int) -> None:
    status, headers, body = site.ask(EPISODE, Range=f"bytes={asked}")
    assert (status, body) == (206, AUDIO[start:end])
    assert headers["content-range"] == f"bytes {start}-{end - 1}/200"
    assert headers["accept-ranges"] == "bytes"


def test_several_parts_come_as_multipart(site: Site) -> None:
    status, headers, body = site.ask(EPISODE, Range="bytes=0-1,10-12")
    assert status == 206
    kind, _, boundary = headers["content-type"].partition("; boundary=")
    assert kind == "multipart/byteranges"
    parts = body.split(f"--{boundary}".encode())
    assert len(parts) == 4
    assert parts[1].endswith(b"bytes 0-1/200\r\n\r\n" + AUDIO[:2] + b"\r\n")
    assert parts[2].endswith(b"bytes 10-12/200\r\n\r\n" + AUDIO[10:13] + b"\r\n")


def test_a_part_beyond_the_end_is_refused(site: Site) -> None:
    status, headers, _ = site.ask(EPISODE, Range="bytes=200-")
    assert (status, headers["content-range"]) == (416, "bytes */200")


def test_a_part_of_a_file_that_has_changed_since_is_the_whole_file(site: Site) -> None:
    status, _, body = site.ask(EPISODE, Range="bytes=2-5", If_Range='"other"')
    assert (status, body) == (200, AUDIO)


@pytest.mark.parametrize("path", ["/shape/", "/shape/feed.xml", EPISODE])
@pytest.mark.parametrize(("answer", "question"), [("etag", "If-None-Match"), ("last-modified", "If-Modified-Since")])
def test_what_is_known_is_not_sent_again(site: Site, path: str, answer: str, question: str) -> None:
    _, headers, _ = site.ask(path)
    status, _, body = site.ask(path, **{question: headers[answer]})
    assert (status, body) == (304, b"")


@pytest.mark.parametrize(
    "stale", [{"If-None-Match": '"other"'}, {"If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"}]
)
@pytest.mark.parametrize("path", ["/shape/", "/shape/feed.xml"])
def test_what_has_changed_is_sent(site: Site, path: str, stale: dict[str, str]) -> None:
    assert site.ask(path, **stale)[0] == 200


@pytest.mark.parametrize("path", ["/shape/feed.xml", "/shape/one/chapters.json", "/shape/one/talk.vtt", EPISODE])
def test_players_of_other_origins_may_read(site: Site, path: str) -> None:
    etag = site.ask(path)[1]["etag"]
    asked = {"Origin": "https://player.example"}
    answers = {
        200: site.ask(path, **asked),
        204: site.ask(path, "OPTIONS", Access_Control_Request_Method="GET", **asked),
        206: site.ask(path, Range="bytes=0-1", **asked),
        304: site.ask(path, If_None_Match=etag, **asked),
    }
    assert {status: answer[0] for status, answer in answers.items()} == {status: status for status in answers}
    assert {answer[1]["access-control-allow-origin"] for answer in answers.values()} == {"*"}
    assert site.ask(path, "HEAD")[1]["access-control-allow-origin"] == "*"
    assert answers[204][1]["access-control-allow-methods"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_written(site: Site, method: str) -> None:
    assert site.ask("/shape/feed.xml", method)[0] == 405


def test_only_served_pages_carry_the_script(site: Site) -> None:
    script = f'<script src="/-/live.js" data-edition="{site.preview.state.edition}" defer></script>'
    _, headers, body = site.ask("/shape/one/")
    assert body == PAGE.replace(b"</body>", script.encode() + b"</body>")
    assert headers["cache-control"] == "no-store"
    assert (site.preview.folder / "shape/one/index.html").read_bytes() == PAGE
    assert site.ask("/shape/one/talk.html")[2] == FILES["shape/one/talk.html"]


def test_a_folder_is_addressed_with_a_slash(site: Site) -> None:
    status, headers, _ = site.ask("/shape/one")
    assert (status, headers["location"]) == (307, f"http://{HOST}:{site.port}/shape/one/")


@pytest.mark.parametrize("path", ["/missing", "/shape/missing/", "/assets/", "/-/missing"])
def test_what_is_missing_gives_the_page_of_the_site(site: Site, path: str) -> None:
    status, headers, body = site.ask(path)
    assert (status, headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert b"Nothing here" in body
    assert b"/-/live.js" in body


@pytest.mark.parametrize(
    "path",
    [
        "/../channel.toml",
        "/shape/../../channel.toml",
        "/%2e%2e/channel.toml",
        "/..%2fchannel.toml",
        "/%2e%2e%2fchannel.toml",
        "/..\\channel.toml",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/%00",
        "/" + 300 * "a",
    ],
)
def test_nothing_outside_the_folder_can_be_read(site: Site, path: str) -> None:
    status, _, body = site.ask(path)
    assert status == 404
    assert b"secret" not in body


class Builds:
    """A build that does as it is told, one outcome a time."""

    def __init__(self, *outcomes: Built | Exception) -> None:
        self._outcomes = iter(outcomes)

    def __call__(self) -> Built:
        outcome = next(self._outcomes)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


CHANGED = Built(written=2, removed=1)
UNCHANGED = Built(written=0, removed=0)
BROKEN = FeedsError([FAULT])
WARNING = Fault(path="channel.toml", message="no artwork")


def test_a_failed_build_leaves_the_last_good_one_until_mended(tmp_path: Path) -> None:
    gone = FileNotFoundError(2, "No such file or directory", "seeds/one.md")
    preview = Preview(tmp_path, Builds(CHANGED, BROKEN, gone, CHANGED))
    assert preview.state == State()

    first = preview.rebuild()
    assert first.edition

    broken = preview.rebuild()
    assert (broken.edition, broken.faults) == (first.edition, (FAULT,))

    without = preview.rebuild()
    assert without.edition == first.edition
    assert format_notice(without).endswith("\nseeds/one.md: No such file or directory")

    mended = preview.rebuild()
    assert mended.edition not in ("", first.edition)
    assert mended.faults == ()


@pytest.mark.parametrize("change", [Built(written=1, removed=0), Built(written=0, removed=1)])
def test_only_a_build_that_changes_a_file_is_a_new_edition(tmp_path: Path, change: Built) -> None:
    preview = Preview(tmp_path, Builds(CHANGED, UNCHANGED, BROKEN, UNCHANGED, change))
    first = preview.rebuild()
    assert preview.rebuild() == first
    assert preview.rebuild() == replace(first, faults=(FAULT,))
    assert preview.rebuild() == first
    assert preview.rebuild().edition != first.edition


def test_a_first_build_is_an_edition_even_if_its_files_stood_there(tmp_path: Path) -> None:
    assert Preview(tmp_path, Builds(UNCHANGED)).rebuild().edition


def test_what_is_said_of_a_build_is_what_is_new(tmp_path: Path) -> None:
    outcomes: list[tuple[Built | Exception, list[str]]] = [
        (Built(written=12, removed=0, warnings=(WARNING,)), [str(WARNING), "Built: 12 files written."]),
        (Built(written=0, removed=0, warnings=(WARNING,)), []),
        (Built(written=1, removed=2, warnings=(WARNING,)), [str(WARNING), "Built: 1 file written, 2 removed."]),
        (UNCHANGED, ["Built: nothing changed."]),
        (BROKEN, ["Not built. The last good build stays until this is mended:", str(FAULT)]),
        (BROKEN, []),
        (UNCHANGED, ["Built: nothing changed."]),
    ]
    preview = Preview(tmp_path, Builds(*(outcome for outcome, _ in outcomes)))
    for _, said in outcomes:
        assert list(format_report(preview.state, preview.rebuild())) == said


def test_before_the_first_good_build_every_address_shows_the_faults_and_waits(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_bytes(PAGE)
    preview = Preview(tmp_path, Builds(BROKEN, CHANGED))
    with serve(preview) as site, listen(site.port) as events:
        assert site.ask("/")[0] == 503
        assert next(events) == {"edition": "", "notice": ""}
        preview.rebuild()
        assert next(events) == {"edition": "", "notice": f"Not built. To be mended:\n{FAULT}"}
        status, _, body = site.ask("/shape/feed.xml")
        assert status == 503
        assert b"seeds/&lt;b&gt;.md:3: title: is missing" in body
        assert b'data-edition=""' in body
        edition = preview.rebuild().edition
        assert next(events) == {"edition": edition, "notice": ""}
        assert site.ask("/")[0] == 200


def test_faults_are_escaped_in_the_waiting_page() -> None:
    assert b"<b>" not in render_waiting_page(State(faults=(FAULT,)))


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("channel.toml", True),
        ("seeds/shape/one.md", True),
        ("seeds/public/one.md", True),
        ("templates/episode.html", True),
        ("one.mp3", True),
        ("channel.lock", False),
        ("channel.lock.x7f3", False),
        ("public/index.html", False),
        ("public", False),
        (".git/index", False),
        ("seeds/.one.md.swp", False),
        (".", False),
    ],
)
def test_only_sources_count_as_changes(path: str, counts: bool) -> None:
    assert is_source(PurePath(path)) is counts


def test_a_taken_port_gives_way_to_the_next(tmp_path: Path) -> None:
    with open_port(0) as first:
        port = first.getsockname()[1]
        with open_port(port) as second:
            assert port < second.getsockname()[1] < port + 20

        def build(_: Path, url: str) -> Built:
            said.append(url)
            raise KeyboardInterrupt

        said: list[str] = []
        serve_site(tmp_path, build=build, say=said.append, port=port)
        assert said[0] == f"Port {port} is taken."
        assert said[1] == f"Serving {said[2]}/ until Ctrl-C."


def test_a_port_that_cannot_be_had_is_a_fault() -> None:
    with open_port(0) as listener, pytest.MonkeyPatch.context() as patch:
        patch.setattr("feeds.preview.serve._PORTS_TRIED", 1)
        port = listener.getsockname()[1]
        with pytest.raises(FeedsError, match=f"--port {port}: is taken"):
            open_port(port)

    def refuse(_: object) -> socket.socket:
        raise PermissionError(13, "Permission denied")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("socket.create_server", refuse)
        with pytest.raises(FeedsError, match="--port 80: Permission denied"):
            open_port(80)


# A build that puts all records on one page and, like the true one, writes into the project. It takes its time
# for as long as a file named `.hold` stands there.
PROGRAM = """
import sys, time
from pathlib import Path
from feeds.errors import Fault, FeedsError
from feeds.preview.app import Built
from feeds.preview.serve import serve_site

project = Path(sys.argv[1])

def build(folder, url):
    text = "".join(path.read_text() for path in sorted(project.glob("seeds/*.md")))
    print("Records are read.", flush=True)
    while (project / ".hold").exists():
        time.sleep(0.01)
    (project / "channel.lock").write_text(text)
    (project / "public").mkdir(exist_ok=True)
    (project / "public/index.html").write_text(text)
    if "broken" in text:
        raise FeedsError([Fault(path="seeds/one.md", line=1, message="<i>broken</i>")])
    policy = "<meta http-equiv=Content-Security-Policy content=\\"default-src 'self'\\">"
    page, index = f"<!doctype html>{policy}<body><p>{text} {url}</p></body>", folder / "index.html"
    changed = not index.exists() or index.read_text() != page
    index.write_text(page)
    (folder / "favicon.ico").touch()
    with (folder / "large.mp3").open("wb") as file:
        file.truncate(50_000_000)
    warning = Fault(path=str(folder), message="is where it stands")
    return Built(written=int(changed), removed=0, warnings=(warning,))

serve_site(project, build=build, say=lambda line: print(line, flush=True), port=0)
"""


class Program:
    """`serve_site` in a process of its own, with the lines that it says, held in its first build."""

    def __init__(self, project: Path) -> None:
        self._hold = project / ".hold"
        self._hold.touch()
        self.record = project / "seeds/one.md"
        self.record.parent.mkdir()
        self.record.write_text("first")
        self._process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(project)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        self.port = int(self.read_line().removeprefix(f"Serving http://{HOST}:").removesuffix("/ until Ctrl-C."))

    def read_line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().rstrip("\n")

    def release(self) -> None:
        """Let the build go on."""
        self._hold.unlink()

    def end(self, signals: Iterable[signal.Signals]) -> tuple[int, str, str]:
        """Send signals and wait: the exit code, what was said since, what was complained of."""
        for number in signals:
            self._process.send_signal(number)
        said, complained = self._process.communicate(timeout=5)
        return self._process.returncode, said, complained

    def close(self) -> None:
        self._process.terminate()
        try:
            self._process.communicate(timeout=5)
        finally:
            self._process.kill()


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    program = Program(tmp_path)
    try:
        assert program.read_line() == "Records are read."
        yield program
    finally:
        program.close()


def test_a_saved_record_is_built_and_told_to_the_open_page(program: Program) -> None:
    program.release()
    folder = Path(program.read_line().removesuffix(": is where it stands"))
    assert program.read_line() == "Built: 1 file written."
    with listen(program.port) as events:
        first = next(events)
        body = ask(program.port, "/")[2]
        assert f"first http://{HOST}:{program.port}</p>".encode() in body

        # Saved as it was: built, but neither said nor told.
        program.record.write_text("first")
        assert program.read_line() == "Records are read."

        program.record.write_text("broken")
        notice = "Not built. The last good build stays until this is mended:\nseeds/one.md:1: <i>broken</i>"
        assert next(events) == {"edition": first["edition"], "notice": notice}
        # What the builds write into the project has led to no others.
        assert [program.read_line() for _ in range(3)] == ["Records are read.", *notice.splitlines()]
        assert ask(program.port, "/")[2] == body

        program.record.write_text("second")
        second = next(events)
        assert second["edition"] != first["edition"]
        assert second["notice"] == ""
        assert b"<p>second " in ask(program.port, "/")[2]

        # With an open page and a player that reads no further than it plays.
        with socket.create_connection((HOST, program.port)) as player:
            player.sendall(b"GET /large.mp3 HTTP/1.1\r\nHost: x\r\n\r\n")
            assert player.recv(12) == b"HTTP/1.1 200"
            code, said, complained = program.end([signal.SIGINT])
    assert said.splitlines() == ["Records are read.", f"{folder}: is where it stands", "Built: 1 file written."]
    assert (code, complained) == (0, "")
    assert not folder.exists()


def test_a_change_during_a_build_leads_to_another(program: Program) -> None:
    program.record.with_name("two.md").write_text(" second")
    with listen(program.port) as events:
        assert next(events)["edition"] == ""
        program.release()
        assert next(events)["edition"]
        assert next(events)["edition"]
        assert b"<p>first second " in ask(program.port, "/")[2]


@pytest.mark.parametrize("signals", [[signal.SIGTERM], [signal.SIGINT, signal.SIGINT]])
def test_the_program_ends_well_even_while_it_builds(program: Program, signals: list[signal.Signals]) -> None:
    assert program.end(signals) == (0, "", "")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of Chromium."""
    with browser.new_context() as context:
        yield context.new_page()


@pytest.mark.browser
def test_an_open_page_follows_the_records(program: Program, page: Page) -> None:
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"http://{HOST}:{program.port}/")
    page.get_by_role("heading", name="The site is not built yet").wait_for()
    program.release()
    page.get_by_text("first").wait_for()
    page.on("console", lambda message: complaints.append(message.text))

    program.record.write_text("broken")
    page.get_by_role("alert").get_by_text("seeds/one.md:1: <i>broken</i>").wait_for()
    assert page.get_by_text("first").is_visible()

    program.record.write_text("second")
    page.get_by_text("second").wait_for()
    page.get_by_role("alert").wait_for(state="hidden")
    assert complaints == []


AT = datetime(2026, 5, 12, 9, tzinfo=UTC)


@pytest.fixture
def show(tmp_path: Path) -> Path:
    """The project of a new show, with one episode."""
    project = tmp_path / "project"
    write_show(project, title="Tides", author="Ada", url="https://example.org", at=AT)
    return project


def test_the_command_builds_for_the_server_and_says_what_changed(
    show: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, Any] = {}
    monkeypatch.setattr(
        "feeds.preview.serve.serve_site", lambda project, **options: given.update(options, project=project)
    )
    result = CliRunner().invoke(main, ["serve", "--project", str(show), "--port", "0"], catch_exceptions=False)
    assert result.exit_code == 0
    assert (given["project"], given["port"]) == (show, 0)

    folder, url = tmp_path / "site", f"http://{HOST}:1"
    files = given["build"](folder, url).written
    assert files == sum(path.is_file() and not path.name.startswith(".") for path in folder.rglob("*"))
    assert f"<link>{url}/" in next(folder.glob("*/feed.xml")).read_text(encoding="utf-8")
    assert given["build"](folder, url) == UNCHANGED
    next((show / "seeds").rglob("*.md")).unlink()
    assert given["build"](folder, url).removed > 0


@pytest.mark.browser
def test_a_browser_shows_the_feed_styled(show: Path, tmp_path: Path, page: Page) -> None:
    folder = tmp_path / "site"
    with open_port(0) as listener:
        site = f"http://{HOST}:{listener.getsockname()[1]}"

        def build() -> Built:
            written = build_site(show, folder, at=AT, url=site).written
            return Built(written=len(written.written), removed=len(written.removed))

        preview = Preview(folder, build)
        preview.rebuild()
        with serve_app(make_app(preview), listener):
            page.goto(f"{site}/tides/feed.xml")
            seen = page.evaluate("getSelection().selectAllChildren(document.documentElement), `${getSelection()}`")
            accent = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--accent')")
            invited = page.evaluate("document.querySelector('channel > [rel=self]').getBoundingClientRect().height")
    feed = etree.parse(folder / "tides/feed.xml")
    paths = ["title", "link", "description", "item/title", "item/pubDate"]
    assert seen.split("\n") == [feed.findtext(f"channel/{path}") for path in paths]
    assert accent
    assert invited > 0
