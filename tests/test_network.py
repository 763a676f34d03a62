"""What comes from other servers, told by a small server on this machine that keeps no promise of HTTP unasked."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.errors import FetchError
from feeds.network import connections
from feeds.network.bodies import unpack
from feeds.network.connections import Guard, is_public
from feeds.network.digests import fetch_digest
from feeds.network.documents import Fetched, Validators, fetch_document
from feeds.network.failures import ExchangeError
from feeds.network.limits import Limits
from feeds.network.media import fetch_media
from feeds.network.places import format_shown_url, parse_place

FEED = b"<rss>" + bytes(range(256)) * 40 + b"</rss>"
AUDIO = bytes(range(251)) * 4000
HERE = Limits(allow_private=True, connect=5, read=5, total=10, pause=0.01)
ONCE = replace(HERE, tries=1)
ETAG = 'ETag: "one"'


class Exchange(BaseHTTPRequestHandler):
    """One request; what is answered is written by the route as it is, so that it may be wrong."""

    server: Server

    def do_GET(self) -> None:
        self.close_connection = True
        self.server.requests.append(self)
        self.server.routes[self.path](self)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""


Route = Callable[[Exchange], object]


class Server(ThreadingHTTPServer):
    """Serves routes, and keeps what it was asked for."""

    daemon_threads = True

    def __init__(self, host: str = "127.0.0.1") -> None:
        super().__init__((host, 0), Exchange)
        self.routes: dict[str, Route] = {}
        self.requests: list[Exchange] = []

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Forget about clients that go away."""

    def find_url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"

    def send(self, *bodies: bytes, path: str = "/", status: str = "200 OK", version: str = "1.1") -> str:
        """Answer a path with these bodies, one after the other, headers included; the last one stays. Give its URL."""
        rest = list(bodies)

        def answer(request: Exchange) -> None:
            request.wfile.write(f"HTTP/{version} {status}\r\n".encode() + (rest.pop(0) if len(rest) > 1 else rest[0]))

        self.routes[path] = answer
        return self.find_url(path)

    def redirect(self, path: str, location: str, status: int = 302) -> str:
        return self.send(whole(b"", f"Location: {location}"), path=path, status=f"{status} Elsewhere")


@contextmanager
def run(server: Server) -> Iterator[Server]:
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    with run(Server()) as server:
        yield server


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "target"


def whole(body: bytes, *headers: str) -> bytes:
    """Headers and body of an answer that says how long it is."""
    return bare(body, f"Content-Length: {len(body)}", *headers)


def bare(body: bytes, *headers: str) -> bytes:
    return "".join(f"{header}\r\n" for header in headers).encode() + b"\r\n" + body


def chunk(body: bytes, *headers: str, end: bytes = b"0\r\n\r\n") -> bytes:
    pieces = (body[at : at + 1000] for at in range(0, len(body), 1000))
    return bare(
        b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + end,
        "Transfer-Encoding: chunked",
        *headers,
    )


def fetch(url: str, limits: Limits = HERE, known: Validators | None = None) -> tuple[bytes, Fetched]:
    stream = io.BytesIO()
    fetched = fetch_document(url, stream, limits=limits, known=known or Validators())
    return stream.getvalue(), fetched


def fail(url: str, limits: Limits = ONCE) -> str:
    """What is said of an address that cannot be fetched, without the address."""
    with pytest.raises(FetchError) as caught:
        fetch(url, limits)
    (fault,) = caught.value.faults
    assert "\n" not in str(fault)
    return fault.message


# Documents.


@pytest.mark.parametrize(
    "answer",
    [
        whole(FEED),
        chunk(FEED),
        bare(FEED),
        whole(gzip.compress(FEED, mtime=0), "Content-Encoding: gzip"),
        chunk(gzip.compress(FEED, mtime=0), "Content-Encoding: x-gzip"),
        bare(gzip.compress(FEED, mtime=0), "Content-Encoding: gzip"),
        whole(zlib.compress(FEED), "Content-Encoding: deflate"),
        whole(zlib.compress(FEED, wbits=-15), "Content-Encoding: deflate"),
        whole(gzip.compress(FEED, mtime=0), "Content-Type: application/gzip"),
        whole(gzip.compress(gzip.compress(FEED, mtime=0), mtime=0), "Content-Encoding: gzip"),
        whole(gzip.compress(FEED[:9], mtime=0) + gzip.compress(FEED[9:], mtime=0), "Content-Encoding: gzip"),
        whole(gzip.compress(FEED, mtime=0) + bytes(512)),
        whole(FEED, "Content-Encoding: gzip"),
        whole(FEED, "Content-Encoding: utf-8"),
        bare(FEED, "Content-Length: nonsense"),
    ],
)
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_a_document_arrives_as_it_is_however_it_is_sent(server: Server, answer: bytes, version: str) -> None:
    found, fetched = fetch(server.send(answer, version=version))
    assert (found, fetched.bytes, fetched.modified) == (FEED, len(FEED), True)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100_000])
def test_what_is_packed_is_unpacked_however_it_is_cut_into_pieces(size: int) -> None:
    for packed in (
        gzip.compress(FEED, mtime=0) + gzip.compress(b"", mtime=0) + gzip.compress(FEED, mtime=0),
        zlib.compress(FEED * 2),
        b"",
        b"<",
    ):
        pieces = [packed[at : at + size] for at in range(0, len(packed), size)]
        encoding = "deflate" if packed[:1] == b"x" else "gzip"
        assert b"".join(unpack(pieces, encoding)) == (FEED * 2 if len(packed) > 1 else packed)


def test_what_is_packed_comes_in_pieces_of_a_bounded_size() -> None:
    sizes = [len(piece) for piece in unpack([gzip.compress(bytes(10_000_000), mtime=0)], "")]
    assert sum(sizes) == 10_000_000
    assert max(sizes) <= 1 << 16


def test_what_the_server_says_of_a_document_is_told(server: Server) -> None:
    headers = ('Content-Type: Text/XML; charset="ISO-8859-1"', 'ETag: W/"a"', "Last-Modified: yesterday")
    url = server.send(whole(FEED, *headers))
    assert fetch(url)[1] == Fetched(
        url=url,
        moved="",
        modified=True,
        bytes=len(FEED),
        type="text/xml",
        charset="iso-8859-1",
        validators=Validators(etag='W/"a"', last_modified="yesterday"),
    )


def test_what_the_server_does_not_say_is_empty(server: Server) -> None:
    fetched = fetch(server.send(whole(FEED)))[1]
    assert (fetched.type, fetched.charset, fetched.validators) == ("", "", Validators())


def test_a_document_that_is_known_is_asked_for_only_if_it_has_changed(server: Server) -> None:
    known = Validators(etag='"one"', last_modified="Tue, 12 May 2026 09:00:00 GMT")
    url = server.send(bare(b""), status="304 Not Modified")
    found, fetched = fetch(url, known=known)
    assert (found, fetched.modified, fetched.validators) == (b"", False, known)
    (request,) = server.requests
    assert request.headers["If-None-Match"] == known.etag
    assert request.headers["If-Modified-Since"] == known.last_modified


@pytest.mark.parametrize("value", ["a\nb", "a\r\nCookie: c", "실", ""])
def test_what_is_known_is_not_asked_about_if_no_header_can_carry_it(server: Server, value: str) -> None:
    fetch(server.send(whole(FEED)), known=Validators(etag=value, last_modified=value))
    (request,) = server.requests
    assert {"If-None-Match", "If-Modified-Since", "Cookie"} & set(request.headers) == set()


def test_a_document_that_has_not_changed_stays_as_it_stands(server: Server, target: Path) -> None:
    target.write_bytes(b"as it was")
    url = server.send(bare(b""), status="304 Not Modified")
    assert not fetch_document(url, target, limits=HERE, known=Validators(etag='"one"')).modified
    assert target.read_bytes() == b"as it was"
    assert "status 304" in fail(url)


def test_a_document_takes_its_place_when_it_is_whole(server: Server, target: Path) -> None:
    target.write_bytes(b"as it was")
    cut = server.send(bare(FEED, "Content-Length: 999999"), path="/cut")
    with pytest.raises(FetchError):
        fetch_document(cut, target, limits=ONCE)
    assert target.read_bytes() == b"as it was"
    assert list(target.parent.iterdir()) == [target]
    fetch_document(server.send(whole(FEED)), target, limits=HERE)
    assert target.read_bytes() == FEED
    assert list(target.parent.iterdir()) == [target]


def test_a_document_is_written_from_where_a_file_stands_and_once_only(server: Server) -> None:
    stream = io.BytesIO(b"before")
    stream.seek(0, 2)
    fetch_document(server.send(bare(FEED * 2, "Content-Length: 999999"), whole(FEED)), stream, limits=HERE)
    assert stream.getvalue() == b"before" + FEED


def test_a_file_that_cannot_be_written_is_an_error_of_one_line(server: Server, tmp_path: Path) -> None:
    url = server.send(whole(FEED))
    for fetch_it in (fetch_document, fetch_media):
        with pytest.raises(FetchError) as caught:
            fetch_it(url, tmp_path / "missing" / "target", limits=HERE)
        assert str(caught.value).startswith(f"{url}: cannot be saved (No such file or directory): ")


def test_nothing_about_the_machine_is_told(server: Server) -> None:
    fetch(server.send(whole(FEED)))
    (request,) = server.requests
    assert request.headers["User-Agent"].startswith("feeds/")
    assert set(request.headers) == {"Host", "User-Agent", "Accept", "Accept-Encoding"}


# Redirects.


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_every_kind_of_redirect_is_followed(server: Server, status: int) -> None:
    target = server.send(whole(FEED), path="/new")
    found, fetched = fetch(server.redirect("/", "/new", status))
    assert (found, fetched.url) == (FEED, target)
    assert fetched.moved == (target if status in (301, 308) else "")


def test_a_document_has_moved_if_every_redirect_is_for_good(server: Server) -> None:
    new = server.send(whole(FEED), path="/new?a=b")
    server.redirect("/second", "../new?a=b#top", 308)
    assert fetch(server.redirect("/first", "second", 301))[1].moved == new
    server.redirect("/first", "second", 302)
    assert fetch(server.find_url("/first"))[1].moved == ""
    server.redirect("/first", "second", 301)
    server.redirect("/second", "/new?a=b", 307)
    assert fetch(server.find_url("/first"))[1].moved == ""


def test_a_redirect_may_be_written_with_letters_that_should_be_escaped(server: Server) -> None:
    server.send(whole(FEED), path="/%EC%8B%A4%20x")
    server.routes["/"] = lambda request: request.wfile.write("HTTP/1.1 302 Found\r\nLocation: /실 x\r\n\r\n".encode())
    assert fetch(server.find_url())[0] == FEED


@pytest.mark.parametrize("path", ["/a", "/self"])
def test_redirects_that_lead_in_a_circle_are_refused(server: Server, path: str) -> None:
    server.redirect("/a", "/b")
    server.redirect("/b", "/a")
    server.redirect("/self", "#here")
    url = server.find_url(path)
    assert (
        fail(url)
        == f"leads to {url}{'#here' if path == '/self' else ''}, which leads back to where it came from: tell its host"
    )
    assert len(server.requests) == (1 if path == "/self" else 2)


def test_ten_redirects_are_followed_and_no_more(server: Server) -> None:
    for number in range(11):
        server.redirect(f"/{number}", f"/{number + 1}")
    server.send(whole(FEED), path="/11")
    assert fetch(server.find_url("/1"))[0] == FEED
    assert "more than 10 redirects" in fail(server.find_url("/0"))


@pytest.mark.parametrize(
    "location", ["ftp://example.org/feed", "file:///etc/passwd", "data:text/xml,<rss/>", "gopher:x"]
)
def test_a_redirect_to_another_scheme_is_refused(server: Server, location: str) -> None:
    message = f"leads to {location}, which is no address of http or https, and no other is fetched: check how it begins"
    assert fail(server.redirect("/", location)) == message


def test_a_redirect_to_nowhere_is_an_error(server: Server) -> None:
    assert "status 302" in fail(server.send(whole(b""), status="302 Found"))
    assert "that can be read" in fail(server.redirect("/", "http://[::1/feed"))


# Credentials.


def test_credentials_of_an_address_are_sent_to_its_server_alone(server: Server) -> None:
    with run(Server()) as other:
        other.send(whole(FEED), path="/new")
        server.redirect("/a", "/b")
        server.redirect("/b", other.find_url("/new"))
        url = server.find_url("/a").replace("//", "//ada:p%40ss%C3%BC@")
        found, fetched = fetch(url)
    assert (found, fetched.url) == (FEED, other.find_url("/new"))
    expected = "Basic " + base64.b64encode("ada:p@ssü".encode()).decode()
    assert [request.headers["Authorization"] for request in server.requests] == [expected] * 2
    assert [request.headers["Authorization"] for request in other.requests] == [None]


@pytest.mark.parametrize("path", ["/gone", "/elsewhere", "/cut"])
def test_credentials_stand_in_no_message_and_no_result(server: Server, path: str) -> None:
    server.send(whole(b""), path="/gone", status="410 Gone")
    server.redirect("/elsewhere", server.find_url("/gone").replace("//", "//ada:secret@"))
    server.send(bare(b"", "Content-Length: 9"), path="/cut")
    with pytest.raises(FetchError) as caught:
        fetch(server.find_url(path).replace("//", "//ada:secret@"), ONCE)
    assert str(caught.value).startswith(server.find_url(path) + ": ")
    assert "secret" not in str(caught.value)
    assert "ada" not in str(caught.value)


def test_credentials_stand_in_no_file_that_is_left(server: Server, target: Path) -> None:
    url = server.send(bare(AUDIO, "Content-Length: 9999999", ETAG)).replace("//", "//ada:secret@")
    with pytest.raises(FetchError):
        fetch_media(url, target, limits=ONCE)
    left = list(target.parent.iterdir())
    assert len(left) == 2
    assert [file for file in left if b"secret" in file.read_bytes()] == []


@pytest.mark.parametrize(
    "url", ["ada:secret@example.org/feed", "https://ada:sec/ret@example.org/feed", "ftp://ada:secret@x.y/"]
)
def test_credentials_stand_in_no_message_about_an_address_that_is_written_wrongly(url: str) -> None:
    with pytest.raises(FetchError) as caught:
        fetch(url)
    assert "ret@" not in str(caught.value)


@given(st.text(), st.text(min_size=4), st.sampled_from(["", "/feed", "?a=b", "/@me"]))
def test_no_credentials_that_are_escaped_are_ever_shown(name: str, password: str, rest: str) -> None:
    secret = quote(password.encode("utf-8", "replace"), safe="")
    shown = format_shown_url(f"https://{quote(name.encode('utf-8', 'replace'), safe='')}:{secret}@h.io{rest}")
    assert shown == f"https://h.io{rest}"


@given(st.sampled_from(["http://", "https:", " HTTP:////", "https://[", "http://a@"]), st.text())
def test_whatever_is_written_is_an_address_or_an_error(begin: str, rest: str) -> None:
    try:
        place = parse_place(begin + rest)
    except ValueError:
        return
    assert place.path.startswith("/")
    assert place.path.isascii()
    assert place.host.isascii()
    assert parse_place(place.url) == replace(place, credentials="")


# Limits.


@pytest.mark.parametrize(
    "answer",
    [
        whole(bytes(5001)),
        chunk(bytes(5001)),
        bare(bytes(5001)),
        whole(gzip.compress(bytes(5001), mtime=0)),
        whole(gzip.compress(bytes(50_000_000), mtime=0), "Content-Encoding: gzip"),
        whole(gzip.compress(gzip.compress(bytes(50_000_000), mtime=0), mtime=0)),
    ],
)
def test_a_document_larger_than_allowed_is_not_fetched(server: Server, answer: bytes) -> None:
    message = fail(server.send(answer), replace(HERE, max_bytes=5000))
    assert message == "is larger than 5.0 kB, which is the most that is fetched"
    assert len(server.requests) == 1


def test_a_document_as_large_as_allowed_is_fetched(server: Server) -> None:
    assert fetch(server.send(whole(FEED)), replace(HERE, max_bytes=len(FEED)))[0] == FEED


def test_a_file_of_which_nothing_is_kept_is_known_by_its_size_and_hash(server: Server) -> None:
    expected = (len(FEED), hashlib.sha256(FEED).hexdigest())
    cut = bare(FEED[:-9], f"Content-Length: {len(FEED)}")
    for url in (
        server.send(whole(FEED), path="/plain"),
        server.send(whole(gzip.compress(FEED, mtime=0), "Content-Encoding: gzip"), path="/packed"),
        server.send(cut, whole(FEED), path="/cut"),
    ):
        with Guard(HERE) as guard:
            digest = fetch_digest(url, guard)
        assert (digest.bytes, digest.sha256) == expected


def test_a_file_that_does_not_come_whole_or_is_too_large_has_no_hash(server: Server) -> None:
    cut = server.send(bare(FEED[:-9], f"Content-Length: {len(FEED)}"))
    for url, limits in ((cut, ONCE), (server.send(whole(FEED), path="/large"), replace(HERE, max_bytes=5000))):
        with Guard(limits) as guard, pytest.raises(ExchangeError):
            fetch_digest(url, guard)


def drip(before: bytes, forever: bytes) -> Route:
    """Send a little, then a very little every now and then, for as long as anyone listens."""

    def answer(request: Exchange) -> None:
        request.wfile.write(before)
        for _ in cycle(forever):
            request.wfile.write(forever)
            time.sleep(0.02)

    return answer


@pytest.mark.parametrize(
    "before",
    [
        b"HTTP/1.1 200 OK\r\nX: ",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: /\r\nX: ",
        b"",
    ],
)
def test_a_server_that_sends_a_byte_every_now_and_then_takes_no_longer_than_allowed(
    server: Server, before: bytes
) -> None:
    server.routes["/"] = drip(before, b"1")
    begin = time.monotonic()
    assert fail(server.find_url(), replace(HERE, total=0.2)) == "takes longer than 0.2 seconds: try again later"
    assert time.monotonic() - begin < 2


def test_a_body_without_a_length_is_not_taken_for_whole_where_the_time_ends_it(server: Server) -> None:
    server.routes["/"] = lambda request: (
        request.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n" + bytes(1 << 16)),
        request.rfile.read(),
    )
    assert fail(server.find_url(), replace(HERE, total=0.2)) == "takes longer than 0.2 seconds: try again later"


def test_a_server_that_falls_silent_is_given_up(server: Server) -> None:
    server.routes["/"] = lambda request: request.rfile.read()
    server.routes["/body"] = lambda request: (
        request.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n<rss>"),
        request.rfile.read(),
    )
    for path in ("/", "/body"):
        assert fail(server.find_url(path), replace(ONCE, read=0.1)) == "stops answering: try again later"


def test_no_thread_is_left_by_a_fetch(server: Server) -> None:
    with run(Server()) as other:
        before = {thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)}
        fetch(other.send(whole(FEED)))
        fail(server.send(whole(b""), status="404 Not Found"))
        assert {thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)} == before == set()


# Trying again.


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_server_that_is_out_of_order_for_a_moment_is_asked_again(server: Server, status: int) -> None:
    answers = [f"HTTP/1.1 {status} No\r\nRetry-After: 0\r\n\r\n".encode()] * 2 + [b"HTTP/1.1 200 OK\r\n\r\n" + FEED]
    server.routes["/"] = lambda request: request.wfile.write(answers.pop(0))
    assert fetch(server.find_url())[0] == FEED
    assert answers == []


def test_a_connection_that_breaks_off_is_made_again(server: Server) -> None:
    cuts = [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<rss>", b"HTTP/1.1 200 OK\r\n\r\n" + FEED]
    server.routes["/"] = lambda request: request.wfile.write(cuts.pop(0))
    assert fetch(server.find_url())[0] == FEED


@pytest.mark.parametrize(
    "answer",
    [
        bare(FEED, "Content-Length: 999999"),
        chunk(FEED, end=b""),
        chunk(FEED, end=b"zz\r\n"),
        whole(gzip.compress(FEED, mtime=0)[:-9]),
        whole(b"\x1f\x8b\x08" + FEED),
        whole(FEED, "Content-Encoding: deflate"),
    ],
)
def test_a_document_that_is_not_whole_is_an_error_after_three_tries(server: Server, answer: bytes) -> None:
    assert fail(server.send(answer), HERE).endswith(": try again later")
    assert len(server.requests) == 3


def test_a_server_that_asks_to_wait_long_is_not_asked_again(server: Server) -> None:
    url = server.send(whole(b"", "Retry-After: 3600"), status="503 Busy")
    message = "is out of order on its server (503); the server asks us to wait 3600 seconds: try again later"
    assert fail(url, HERE) == message
    assert len(server.requests) == 1


def test_a_server_that_asks_to_wait_is_left_alone_for_so_long(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    fail(server.send(whole(b"", "Retry-After: 2"), status="503 Busy"), HERE)
    fail(server.send(whole(b""), status="503 Busy"), replace(HERE, pause=1))
    assert waits == [2, 2, 1, 2]


# Messages.


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (401, "asks for a name and a password: write them into the address, as in https://name:password@example.org/"),
        (403, "is refused to us (403): open it in a browser, and import the file that you save there"),
        (404, "is not there (404): check the address"),
        (410, "is gone for good (410): ask the host of the show where it went"),
        (418, "is answered with the status 418 and not with a file: check the address in a browser"),
        (204, "is answered with the status 204 and not with a file: check the address in a browser"),
        (206, "is answered with the status 206 and not with a file: check the address in a browser"),
        (429, "is asked for too often (429): try again later"),
        (500, "is out of order on its server (500): try again later, or ask its host"),
        (503, "is out of order on its server (503): try again later"),
    ],
)
def test_every_status_has_its_message(server: Server, status: int, message: str) -> None:
    url = server.send(whole(b""), status=f"{status} Status")
    assert fail(url) == message
    url = server.redirect("/moved", "/")
    assert fail(url) == f"leads to {server.find_url()}, which {message}"


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("ftp://example.org/feed", "is no address of http or https, and no other is fetched: check how it begins"),
        ("example.org/feed", "is no address of http or https, and no other is fetched: check how it begins"),
        ("file:///etc/passwd", "is no address of http or https, and no other is fetched: check how it begins"),
        ("", "is no address of http or https, and no other is fetched: check how it begins"),
        ("https://", "names no host: check its spelling"),
        ("http://example.org:port/", "is no address that can be read: check its spelling"),
        ("http://a..b/", "names a host that cannot be: check the spelling"),
    ],
)
def test_an_address_that_cannot_be_fetched_has_its_message(url: str, message: str) -> None:
    assert fail(url) == message


def test_what_is_no_web_server_has_its_message(server: Server) -> None:
    server.routes["/"] = lambda request: request.wfile.write(b"220 ready\r\n")
    assert fail(server.find_url()) == "breaks off, or does not answer as a web server does: try again later"
    assert fail(server.find_url().replace("http", "https")) == "is not served over https: check whether it is over http"


def test_a_server_that_is_not_there_has_its_message(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/"
    assert fail(url) == "cannot be reached (Connection refused): try again later"
    monkeypatch.setenv("HTTP_PROXY", "http://ada:secret@127.0.0.1:1")
    message = (
        "cannot be reached (Connection refused); no proxy is used, though the environment names one: try again later"
    )
    assert fail(url) == message


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (socket.EAI_NONAME, "names a host that is not known: check the spelling, and that this machine is online"),
        (socket.EAI_AGAIN, "names a host that cannot be looked up now: try again later"),
    ],
)
def test_a_host_that_is_not_known_has_its_message(number: int, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(*_: Any, **__: Any) -> None:
        raise socket.gaierror(number, "no")

    monkeypatch.setattr(connections, "getproxies", dict)
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert fail("https://example.org/") == message


def test_a_server_that_does_not_answer_at_all_has_its_message(monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(address: tuple[str, int], timeout: float) -> None:
        assert (address, timeout) == (("127.0.0.1", 80), 5)
        raise TimeoutError

    monkeypatch.setattr(connections, "getproxies", dict)
    monkeypatch.setattr(socket, "create_connection", connect)
    assert fail("http://127.0.0.1/") == "does not answer within 5 seconds: try again later"


def test_what_is_packed_as_nobody_asked_for_has_its_message(server: Server) -> None:
    assert (
        fail(server.send(whole(b"x", "Content-Encoding: br")))
        == "is packed as br, which was not asked for: try again later"
    )


# Private addresses.


@pytest.mark.parametrize(
    "address",
    """127.0.0.1 127.9.9.9 0.0.0.0 0.1.2.3 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1
    100.127.255.255 192.0.2.1 198.18.0.1 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
    :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 fe80::1 fe80::1%eth0 fc00::1 fd12:3456::1
    fec0::1 ff02::1 ff0e::1 64:ff9b::7f00:1 64:ff9b::10.0.0.1 64:ff9b:1::1 2002:7f00:1:: 2002:c0a8:101::1
    2002:808:808::1 2001::1
    2001:db8::1 100::1""".split(),
)
def test_an_address_that_only_some_machines_see_is_private(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    """1.1.1.1 8.8.8.8 100.63.255.255 100.128.0.1 172.32.0.1 192.167.1.1 2606:4700::1111 2a00:1450:4001:80b::200e
    ::ffff:8.8.8.8 64:ff9b::8.8.8.8""".split(),
)
def test_an_address_that_every_machine_sees_is_public(address: str) -> None:
    assert is_public(address)


GUARDED = replace(ONCE, allow_private=False)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "LOCALHOST",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "0.0.0.0",
        "[::1]",
        "[::ffff:127.0.0.1]",
    ],
)
def test_nothing_is_fetched_from_this_machine_however_it_is_named(server: Server, host: str) -> None:
    url = server.send(whole(FEED)).replace("127.0.0.1", host)
    message = fail(url, GUARDED)
    assert message.startswith("stands at ")
    assert message.endswith(", which only this machine or its network sees: pass --allow-private if it is meant")
    assert server.requests == []


def test_no_connection_is_made_to_a_private_address(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    connected: list[Any] = []
    monkeypatch.setattr(socket, "create_connection", lambda *arguments: connected.append(arguments))
    fail(server.send(whole(FEED)), GUARDED)
    assert connected == []


def test_nothing_is_fetched_from_a_private_address_to_which_a_public_one_leads(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "is_public", "127.0.0.1".__eq__)
    with run(Server("127.0.0.2")) as inner:
        url = f"http://127.0.0.2:{inner.server_port}/"
        inner.send(whole(FEED))
        assert fail(server.redirect("/", url), GUARDED).startswith(
            f"leads to {url}, which stands at 127.0.0.2, which only"
        )
        assert fetch(server.find_url())[0] == FEED
    assert len(inner.requests) == 1


def test_a_name_is_looked_up_once_so_that_it_cannot_change_after_it_was_checked(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first of its addresses is private, the second one passes for public, every later one is private again."""
    asked: list[str] = []
    resolve = socket.getaddrinfo

    def look_up(host: str, *arguments: Any, **options: Any) -> Any:
        if host != "rebound.example":
            return resolve(host, *arguments, **options)
        asked.append(host)
        names = ["127.0.0.2", "127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (name, 0)) for name in names]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(connections, "is_public", "127.0.0.1".__eq__)
    url = server.send(whole(FEED)).replace("127.0.0.1", "rebound.example")
    assert fetch(url, GUARDED)[0] == FEED
    assert asked == ["rebound.example"]
    assert fail(url, GUARDED).startswith("stands at 127.0.0.2, ")


def test_proxies_of_the_environment_are_not_used(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with run(Server()) as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.find_url())
        assert fetch(server.send(whole(FEED)))[0] == FEED
    assert proxy.requests == []


# Certificates.


@pytest.fixture
def certified(tmp_path: Path, find_program: Callable[[str, str], str]) -> Iterator[tuple[Server, Path]]:
    """A server with TLS and a certificate for the name localhost that nobody knows yet."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    openssl = find_program("openssl", "apt install openssl")
    made = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost".split()
    names = ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([openssl, *made, *names], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = Server()
    server.socket = context.wrap_socket(server.socket, server_side=True)
    with run(server):
        yield server, certificate
    connections.make_trust.cache_clear()


@pytest.mark.external
def test_a_certificate_must_be_known_and_of_the_right_name(
    certified: tuple[Server, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    server, certificate = certified
    url = server.send(whole(FEED)).replace("http://127.0.0.1", "https://localhost")
    assert fail(url).startswith("has a certificate that does not hold (self")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    connections.make_trust.cache_clear()
    assert fetch(url)[0] == FEED
    assert "does not hold (IP address mismatch" in fail(url.replace("localhost", "127.0.0.1"))
    assert len(server.requests) == 1


@pytest.mark.external
def test_the_time_is_limited_over_https_too(certified: tuple[Server, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    server, certificate = certified
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    connections.make_trust.cache_clear()
    server.routes["/"] = drip(b"HTTP/1.1 200 OK\r\n\r\n", b"1")
    url = server.find_url().replace("http://127.0.0.1", "https://localhost")
    assert fail(url, replace(HERE, total=0.3)) == "takes longer than 0.3 seconds: try again later"


# Media.


def serve_ranges(body: bytes, *headers: str, cut: Iterable[int] = ()) -> Route:
    """Serve a file as servers should; the first answers end after so many bytes."""
    cuts = list(cut)

    def answer(request: Exchange) -> None:
        begin = int(request.headers.get("Range", "bytes=0-")[6:-1])
        known = request.headers.get("If-Range", "")
        rest = body[begin:] if known and any(known in header for header in headers) else body
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(rest)}\r\n"
        if rest is not body:
            total = len(body)
            head = head.replace("200 OK", "206 Partial") + f"Content-Range: bytes {begin}-{total - 1}/{total}\r\n"
        head += "".join(f"{header}\r\n" for header in headers)
        request.wfile.write(head.encode() + b"\r\n" + rest[: cuts.pop(0) if cuts else None])

    return answer


def leave_part(server: Server, target: Path, size: int, *headers: str) -> None:
    """Begin a download that is broken off after so many bytes."""
    server.routes["/"] = serve_ranges(AUDIO, *headers, cut=[size, 0])
    with pytest.raises(FetchError):
        fetch_media(server.find_url(), target, limits=ONCE)
    assert not target.exists()
    server.requests.clear()


def find_ranges(server: Server) -> list[str | None]:
    return [request.headers["Range"] for request in server.requests]


@pytest.mark.parametrize("answer", [whole(AUDIO, "Content-Type: audio/mpeg"), chunk(AUDIO), bare(AUDIO)])
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_a_media_file_arrives_byte_for_byte(server: Server, target: Path, answer: bytes, version: str) -> None:
    found = fetch_media(server.send(answer, version=version), target, limits=HERE)
    assert target.read_bytes() == AUDIO
    assert list(target.parent.iterdir()) == [target]
    assert (found.bytes, found.type) == (len(AUDIO), "audio/mpeg" if b"mpeg" in answer[:99] else "")


def test_a_media_file_that_is_packed_is_left_as_it_is(server: Server, target: Path) -> None:
    packed = gzip.compress(AUDIO, mtime=0)
    fetch_media(server.send(whole(packed)), target, limits=HERE)
    assert target.read_bytes() == packed
    assert server.requests[0].headers["Accept-Encoding"] == "identity"


@pytest.mark.parametrize("header", [ETAG, "Last-Modified: Tue, 12 May 2026 09:00:00 GMT"])
def test_a_download_that_is_broken_off_goes_on_where_it_stopped(server: Server, target: Path, header: str) -> None:
    leave_part(server, target, 300_000, header)
    server.routes["/"] = serve_ranges(AUDIO, header, "Content-Type: audio/mpeg")
    assert fetch_media(server.find_url(), target, limits=HERE).bytes == len(AUDIO)
    assert target.read_bytes() == AUDIO
    assert find_ranges(server) == ["bytes=300000-"]
    assert list(target.parent.iterdir()) == [target]


def test_a_download_that_is_broken_off_often_goes_on_as_long_as_it_comes_further(server: Server, target: Path) -> None:
    server.routes["/"] = serve_ranges(AUDIO, ETAG, cut=[1000] * 8)
    fetch_media(server.find_url(), target, limits=replace(HERE, tries=2))
    assert target.read_bytes() == AUDIO
    assert find_ranges(server) == [None, *(f"bytes={number}000-" for number in range(1, 9))]


def test_a_download_that_never_comes_further_is_given_up(server: Server, target: Path) -> None:
    server.routes["/"] = serve_ranges(AUDIO, cut=[1000] * 9)
    with pytest.raises(FetchError, match="run it again, and it goes on from where it stopped"):
        fetch_media(server.find_url(), target, limits=HERE)
    assert find_ranges(server) == [None] * 3


def test_a_download_goes_on_after_the_program_was_killed(server: Server, target: Path) -> None:
    """What is killed is another process, which gets a piece of the file and then waits for the next."""
    arrived = threading.Event()

    def begin(request: Exchange) -> None:
        request.wfile.write(b'HTTP/1.1 200 OK\r\nContent-Length: %d\r\nETag: "one"\r\n\r\n' % len(AUDIO))
        request.wfile.write(AUDIO[:400_000])
        arrived.set()
        request.rfile.read()

    server.routes["/"] = begin
    code = (
        "import sys\nfrom pathlib import Path\nfrom feeds.network.limits import Limits\n"
        "from feeds.network.media import fetch_media\n"
        "fetch_media(sys.argv[1], Path(sys.argv[2]), limits=Limits(allow_private=True))\n"
    )
    part = target.with_name("target.part")
    with subprocess.Popen([sys.executable, "-c", code, server.find_url(), target]) as process:
        assert arrived.wait(20)
        while not part.exists() or part.stat().st_size < 300_000:
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGKILL)
    begun = part.stat().st_size
    server.routes["/"] = serve_ranges(AUDIO, ETAG)
    fetch_media(server.find_url(), target, limits=HERE)
    assert target.read_bytes() == AUDIO
    assert find_ranges(server) == [None, f"bytes={begun}-"]


@pytest.mark.parametrize(
    "answer",
    [
        serve_ranges(AUDIO[::-1], 'ETag: "two"'),
        lambda request: request.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n" + AUDIO[::-1]),
        lambda request: request.wfile.write(b"HTTP/1.1 200 OK\r\n" + chunk(AUDIO[::-1])),
    ],
)
def test_a_file_that_has_changed_or_comes_from_the_beginning_is_fetched_anew(
    server: Server, target: Path, answer: Route
) -> None:
    leave_part(server, target, 300_000, ETAG)
    server.routes["/"] = answer
    fetch_media(server.find_url(), target, limits=HERE)
    assert target.read_bytes() == AUDIO[::-1]
    assert find_ranges(server) == ["bytes=300000-"]


@pytest.mark.parametrize(
    "rest",
    [
        ["206 Partial", 'ETag: "two"', "Content-Range: bytes 300000-1003999/1004000"],
        ["206 Partial", ETAG, "Content-Range: bytes 300000-1003998/1003999"],
        ["206 Partial", ETAG, "Content-Range: bytes 0-1003999/1004000"],
        ["206 Partial", ETAG],
        ["206 Partial", "Content-Type: multipart/byteranges; boundary=x"],
        ["416 No such range", "Content-Range: bytes */300000", "Content-Type: text/html"],
    ],
)
def test_the_rest_of_another_file_is_not_taken_for_the_rest_of_this_one(
    server: Server, target: Path, rest: list[str]
) -> None:
    leave_part(server, target, 300_000, ETAG)
    status, *headers = rest
    answers = [
        f"HTTP/1.1 {status}\r\n".encode() + whole(bytes(704_000), *headers),
        b"HTTP/1.1 200 OK\r\n" + whole(AUDIO),
    ]
    server.routes["/"] = lambda request: request.wfile.write(answers.pop(0))
    fetch_media(server.find_url(), target, limits=HERE)
    assert target.read_bytes() == AUDIO
    assert find_ranges(server) == ["bytes=300000-", None]


def test_a_rest_of_which_nobody_knows_the_size_is_taken(server: Server, target: Path) -> None:
    leave_part(server, target, 300_000, ETAG)
    rest = whole(AUDIO[300_000:], "Content-Range: bytes 300000-1003999/*")
    fetch_media(server.send(rest, status="206 Partial"), target, limits=HERE)
    assert target.read_bytes() == AUDIO


def test_only_a_strong_validator_lets_a_download_go_on(server: Server, target: Path) -> None:
    leave_part(server, target, 300_000, 'ETag: W/"one"')
    server.routes["/"] = serve_ranges(AUDIO, 'ETag: W/"one"')
    fetch_media(server.find_url(), target, limits=HERE)
    assert target.read_bytes() == AUDIO
    assert find_ranges(server) == [None]


def spoil(name: str, content: bytes | None) -> Callable[[Path], None]:
    def change(target: Path) -> None:
        file = target.with_name(f"target{name}")
        file.unlink(missing_ok=True)
        if content is not None:
            file.write_bytes(content)

    return change


@pytest.mark.parametrize(
    ("change", "ranges"),
    [
        (spoil(".part.json", None), [None]),
        (spoil(".part.json", b'{"address": "'), [None]),
        (spoil(".part.json", b'{"address": "x", "validator": "y", "total": 1004000}'), [None]),
        (spoil(".part.json", b'{"total": "many"}'), [None]),
        (spoil(".part.json", b"[]"), [None]),
        (spoil(".part", None), [None]),
        (spoil(".part", b""), [None]),
        (spoil(".part", AUDIO + b"more"), [None]),
        (spoil(".part", AUDIO[:5]), ["bytes=5-"]),
        (spoil(".part", AUDIO), []),
    ],
)
def test_whatever_a_killed_program_leaves_the_next_one_makes_the_same_file_of_it(
    server: Server, target: Path, change: Callable[[Path], None], ranges: list[str | None]
) -> None:
    leave_part(server, target, 300_000, ETAG)
    change(target)
    assert fetch_media(server.find_url(), target, limits=HERE).bytes == len(AUDIO)
    assert target.read_bytes() == AUDIO
    assert find_ranges(server) == ranges
    assert list(target.parent.iterdir()) == [target]


def test_a_part_is_not_gone_on_with_from_another_address(server: Server, target: Path) -> None:
    leave_part(server, target, 300_000, ETAG)
    server.routes["/other"] = serve_ranges(AUDIO, ETAG)
    fetch_media(server.find_url("/other"), target, limits=HERE)
    assert find_ranges(server) == [None]


def test_a_file_that_stands_in_its_place_is_not_fetched_again(server: Server, target: Path) -> None:
    leave_part(server, target, 300_000, ETAG)
    target.write_bytes(b"whole")
    assert fetch_media(server.find_url(), target, limits=HERE).bytes == 5
    assert server.requests == []
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("header", ["Content-Type: text/html; charset=utf-8", "Content-Encoding: gzip"])
def test_what_is_no_media_file_is_refused_and_a_part_is_kept(server: Server, target: Path, header: str) -> None:
    leave_part(server, target, 300_000, ETAG)
    url = server.send(whole(AUDIO, header))
    with pytest.raises(FetchError, match=r"is answered with a web page|is packed as gzip"):
        fetch_media(url, target, limits=HERE)
    assert target.with_name("target.part").read_bytes() == AUDIO[:300_000]
    assert not target.exists()


@pytest.mark.parametrize("answer", [whole(AUDIO), chunk(AUDIO), bare(AUDIO)])
def test_a_media_file_larger_than_allowed_leaves_nothing(server: Server, target: Path, answer: bytes) -> None:
    with pytest.raises(FetchError, match=r"is larger than 200\.0 kB"):
        fetch_media(server.send(answer), target, limits=replace(HERE, max_bytes=200_000))
    assert list(target.parent.iterdir()) == []


def test_an_empty_media_file_is_an_error(server: Server, target: Path) -> None:
    with pytest.raises(FetchError, match="is empty"):
        fetch_media(server.send(whole(b"")), target, limits=HERE)
    assert list(target.parent.iterdir()) == []


def test_a_rest_that_ends_too_soon_is_fetched_to_its_end(server: Server, target: Path) -> None:
    """Some servers send no more than so much at a time."""

    def answer(request: Exchange) -> None:
        begin = int(request.headers.get("Range", "bytes=0-")[6:-1])
        rest = AUDIO[begin : begin + 400_000]
        where = f"Content-Range: bytes {begin}-{begin + len(rest) - 1}/{len(AUDIO)}"
        request.wfile.write(b"HTTP/1.1 206 Partial\r\n" + whole(rest, ETAG, where))

    leave_part(server, target, 10, ETAG)
    server.routes["/"] = answer
    fetch_media(server.find_url(), target, limits=replace(HERE, tries=2))
    assert target.read_bytes() == AUDIO
    assert find_ranges(server) == ["bytes=10-", "bytes=400010-", "bytes=800010-"]


def test_a_rest_tells_how_large_the_whole_is_if_its_beginning_did_not(server: Server, target: Path) -> None:
    begin = chunk(AUDIO[:300_000], ETAG, end=b"")
    middle = whole(AUDIO[300_000:500_000], ETAG, "Content-Range: bytes 300000-499999/1004000")
    end = whole(AUDIO[500_000:], ETAG, "Content-Range: bytes 500000-1003999/1004000")
    answers = [b"200 OK\r\n" + begin, b"206 Rest\r\n" + middle, b"206 Rest\r\n" + end]
    server.routes["/"] = lambda request: request.wfile.write(b"HTTP/1.1 " + answers.pop(0))
    fetch_media(server.find_url(), target, limits=HERE)
    assert target.read_bytes() == AUDIO


@pytest.mark.parametrize(
    ("answer", "length", "total"),
    [(whole(AUDIO), 0, len(AUDIO)), (whole(AUDIO), 5, len(AUDIO)), (chunk(AUDIO), 5, 5), (chunk(AUDIO), 0, 0)],
)
def test_progress_is_told_in_bytes(server: Server, target: Path, answer: bytes, length: int, total: int) -> None:
    told: list[tuple[int, int]] = []
    url = server.send(answer)
    fetch_media(url, target, length=length, limits=HERE, progress=lambda done, whole: told.append((done, whole)))
    done = [count for count, _ in told]
    assert {whole for _, whole in told} == {total}
    assert (done, done[-1], len(done) > 5) == (sorted(done), len(AUDIO), True)


def test_progress_goes_on_where_the_download_does(server: Server, target: Path) -> None:
    leave_part(server, target, 300_000, ETAG)
    told: list[tuple[int, int]] = []
    fetch_media(server.find_url(), target, limits=HERE, progress=lambda *state: told.append(state))
    assert told[0][0] > 300_000
    assert told[-1] == (len(AUDIO), len(AUDIO))
