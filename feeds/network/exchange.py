"""One question and its answer: redirects are followed, and what may pass is tried again."""

from __future__ import annotations

import base64
import email.utils
import re
import time
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from typing import TypeVar

from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError

from feeds import __version__
from feeds.network.connections import Guard, open_pool
from feeds.network.failures import ExchangeError, PassingError, find_failure, find_status_failure
from feeds.network.places import Place, format_shown_url, parse_link, parse_place

_REDIRECTS = {301: True, 302: False, 303: False, 307: False, 308: True}  # whether for good (RFC 9110, section 15.4)
_MOST_REDIRECTS = 10
_LONGEST_WAIT = 30.0  # seconds; who is asked to wait longer is better told
_CHUNK = 1 << 16
_SIZE = re.compile(r"\d{1,18}")  # nothing is larger

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answers, its body still to be read.

    `url` is where it came from, without credentials, after `redirects`, each of which is a status and the address to
    which it led. `headers` have names in lower case.
    """

    url: str
    redirects: tuple[tuple[int, str], ...]
    status: int
    headers: Mapping[str, str]
    pieces: Iterator[bytes] = field(repr=False)

    @property
    def moved(self) -> str:
        """The address where it came from, if there were redirects and every one of them was for good, else ""."""
        return self.url if self.redirects and all(_REDIRECTS[status] for status, _ in self.redirects) else ""

    @property
    def type(self) -> str:
        """The media type, "" where none is given."""
        return _parse_content_type(self.headers).get_content_type() if self.headers.get("content-type") else ""

    @property
    def charset(self) -> str:
        """The encoding that the media type names, in lower case, "" where it names none."""
        return _parse_content_type(self.headers).get_content_charset("")

    @property
    def length(self) -> int:
        """How many bytes the body has as it is sent; 0 where the server does not say."""
        length = self.headers.get("content-length", "")
        return int(length) if _SIZE.fullmatch(length) else 0


def _parse_content_type(headers: Mapping[str, str]) -> Message:
    message = Message()
    message["content-type"] = headers.get("content-type", "")
    return message


@contextmanager
def fetch_answer(
    url: str, headers: Mapping[str, str], *, guard: Guard, statuses: Container[int], method: str = "GET"
) -> Iterator[Answer]:
    """Ask for an address, and for the one to which it is redirected, and give the answer while it can be read.

    No cookies are kept. Raises ExchangeError, as does reading the body; an answer with a status that is not among
    `statuses` is a failure, too.
    """
    seen: list[str] = []
    redirects: list[tuple[int, str]] = []
    here = url
    while True:
        with _name_redirect(here, seen):
            place = _find_place(here, seen)
            with _fetch_response(method, place, headers, guard) as response:
                target = _find_redirect(response)
                if not target:
                    yield _parse_answer(response, guard, statuses, url=place.url, redirects=tuple(redirects))
                    return
        seen.append(place.url)
        here = parse_link(here, target)
        redirects.append((response.status, format_shown_url(here)))


@contextmanager
def _name_redirect(here: str, seen: Sequence[str]) -> Iterator[None]:
    """Say of a failure where it happened, if that is not the address that was asked for."""
    try:
        yield
    except ExchangeError as failure:
        if seen:
            failure.args = (f"leads to {format_shown_url(here)}, which {failure}",)
        raise


def _find_place(here: str, seen: Sequence[str]) -> Place:
    try:
        place = parse_place(here)
    except ValueError as error:
        raise ExchangeError(str(error)) from error
    if place.url in seen:
        raise ExchangeError("leads back to where it came from: tell its host")
    if len(seen) > _MOST_REDIRECTS:
        raise ExchangeError(f"comes after more than {_MOST_REDIRECTS} redirects: tell its host")
    return place


@contextmanager
def _fetch_response(method: str, place: Place, headers: Mapping[str, str], guard: Guard) -> Iterator[BaseHTTPResponse]:
    guard.check_time()
    sent = {"User-Agent": f"feeds/{__version__}", **headers, **_format_authorization(place.credentials)}
    with open_pool(place, guard) as pool:
        with _name_breaks(guard):
            response = pool.urlopen(
                method, place.path, headers=sent, retries=False, redirect=False, preload_content=False
            )
        try:
            guard.check_time()  # headers end where the connection does, even if it was we who ended it
            yield response
        finally:
            response.close()


@contextmanager
def _name_breaks(guard: Guard) -> Iterator[None]:
    """Say what is wrong where the connection breaks off."""
    try:
        yield
    except HTTPError as error:
        guard.check_time()
        raise find_failure(error) from error


def _format_authorization(credentials: str) -> dict[str, str]:
    """Write a name and a password as a server wants them (RFC 7617, section 2)."""
    if not credentials:
        return {}
    return {"Authorization": "Basic " + base64.b64encode(credentials.encode()).decode()}


def _find_redirect(response: BaseHTTPResponse) -> str:
    """Where a server says to look instead, "" if it does not."""
    location = response.headers.get("location", "") if response.status in _REDIRECTS else ""
    try:
        return location.encode("latin-1").decode()  # some send letters unescaped, and they are UTF-8
    except UnicodeError:
        return location


def _parse_answer(
    response: BaseHTTPResponse,
    guard: Guard,
    statuses: Container[int],
    *,
    url: str,
    redirects: tuple[tuple[int, str], ...],
) -> Answer:
    headers = {name.lower(): value for name, value in response.headers.items()}
    if response.status not in statuses:
        raise find_status_failure(response.status, parse_wait(headers.get("retry-after", ""), time.time()))
    pieces = _follow_pieces(response, guard)
    return Answer(url=url, redirects=redirects, status=response.status, headers=headers, pieces=pieces)


def _follow_pieces(response: BaseHTTPResponse, guard: Guard) -> Iterator[bytes]:
    with _name_breaks(guard):
        for piece in response.stream(_CHUNK, decode_content=False):
            guard.check_time()
            yield piece
    guard.check_time()  # a body without a length ends likewise


def parse_wait(text: str, now: float) -> float:
    """Read how many seconds a server asks us to wait, as a number or as a date (RFC 9110, section 10.2.3).

    `now` is in seconds since 1970. What cannot be read is 0.

    >>> parse_wait("120", 0), parse_wait("Thu, 01 Jan 1970 00:01:00 GMT", 10), parse_wait("soon", 0)
    (120.0, 50.0, 0.0)
    """
    if text.isdecimal():
        return float(text)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - now)
    except (ValueError, OverflowError):
        return 0.0


def try_often(attempt: Callable[[], Result], guard: Guard) -> Result:
    """Do something again while it fails of what may pass, as often as the limits say.

    A try that has brought us further does not count.
    """
    failed = 0
    while True:
        try:
            return attempt()
        except PassingError as failure:
            failed = 0 if failure.advanced else failed + 1
            wait = max(failure.wait, guard.limits.pause * 2 ** max(0, failed - 1))
            if failed >= guard.limits.tries or wait > min(_LONGEST_WAIT, guard.remaining):
                raise
        time.sleep(wait)
