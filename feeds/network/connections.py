"""Connections that lead nowhere private and last no longer than they may, whatever the server does."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from functools import cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from types import TracebackType
from typing import Any, Self
from urllib.request import getproxies

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.connection import HTTPConnection, HTTPSConnection

from feeds.network.failures import ExchangeError, PassingError
from feeds.network.limits import Limits
from feeds.network.places import Place

_INSTANT = 0.001  # seconds; 0 would mean not to wait for an answer at all
_PROXIES = frozenset(("http", "https", "all"))
_UNICAST = IPv6Network("2000::/3")
_TRANSLATED = IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the open internet (registries of RFC 6890; for NAT64, RFC 6052).

    >>> is_public("93.184.215.14"), is_public("2606:2800:21f:cb07:6820:80da:af6b:8b2c")
    (True, True)
    >>> is_public("169.254.169.254"), is_public("::ffff:127.0.0.1"), is_public("fe80::1%eth0")
    (False, False, False)
    """
    whole = ip_address(address)
    if isinstance(whole, IPv4Address):
        return _is_public_v4(whole)
    inner = _find_inner(whole)
    if inner is not None and not _is_public_v4(inner):
        return False
    if whole.sixtofour is not None:  # given up (RFC 7526); not all versions of Python agree on what it reaches
        return False
    return whole in _TRANSLATED or whole.ipv4_mapped is not None or (whole in _UNICAST and whole.is_global)


def _is_public_v4(address: IPv4Address) -> bool:
    return address.is_global and not address.is_multicast and not address.is_reserved


def _find_inner(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address to which a gateway passes on what is sent to this one."""
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped


class Guard:
    """Watches over one fetch from its first connection to its last byte.

    Nothing is sent through the proxies that the environment may name: where a proxy leads cannot be seen from here,
    so that no promise could be kept about it.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._end = time.monotonic() + limits.total
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(limits.total, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        self._timer.join()

    @property
    def remaining(self) -> float:
        """Seconds that are left of the whole time."""
        return max(0.0, self._end - time.monotonic())

    def check_time(self) -> None:
        """Raise PassingError if the time is over."""
        if not self.remaining:
            raise PassingError(f"takes longer than {self.limits.total:g} seconds")

    def connect(self, host: str, port: int) -> socket.socket:
        """Connect to a host at one of its addresses that may be fetched. Raises ExchangeError.

        The name is looked up once and only what was found is connected to, so that a name server cannot answer with
        a public address for the check and with a private one for the connection.
        """
        failure: ExchangeError | None = None
        for address in self._look_up(host):
            self.check_time()
            try:
                return socket.create_connection((address, port), min(self.limits.connect, self.remaining + _INSTANT))
            except TimeoutError:
                failure = PassingError(f"does not answer within {self.limits.connect:g} seconds{_format_proxies()}")
            except OSError as error:
                failure = PassingError(f"cannot be reached ({error.strerror or error}){_format_proxies()}")
        raise failure or ExchangeError("has no address at its name server: check the spelling")

    def _look_up(self, host: str) -> list[str]:
        try:
            found = socket.getaddrinfo(host.strip("[]"), None, type=socket.SOCK_STREAM)
        except UnicodeError as error:
            raise ExchangeError("names a host that cannot be: check the spelling") from error
        except socket.gaierror as error:
            if error.errno == socket.EAI_AGAIN:
                raise PassingError(f"names a host that cannot be looked up now{_format_proxies()}") from error
            what = f"names a host that is not known{_format_proxies()}"
            raise ExchangeError(f"{what}: check the spelling, and that this machine is online") from error
        addresses = list(dict.fromkeys(str(address[0]) for *_, address in found))
        allowed = [address for address in addresses if self.limits.allow_private or is_public(address)]
        if addresses and not allowed:
            what = f"stands at {addresses[0]}, which only this machine or its network sees"
            raise ExchangeError(f"{what}: pass --allow-private if it is meant")
        return allowed

    def watch(self, connected: socket.socket) -> None:
        """Make the connection end when the time is over, even while the server sends a byte every now and then."""
        with self._lock:
            self._socket = connected
        if not self.remaining:
            self._cut()

    def _cut(self) -> None:
        with self._lock, contextlib.suppress(OSError):
            if self._socket is not None:
                # That of the plain socket, for TLS would have its say first, and what comes then is read unencrypted.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


def _format_proxies() -> str:
    """What to add where it may be for want of a proxy that something is not reached."""
    return "; no proxy is used, though the environment names one" if _PROXIES & getproxies().keys() else ""


class _Guarded(HTTPConnection):
    """A connection that its guard makes: the place where urllib3 makes its own is the one that is replaced."""

    def __init__(self, *arguments: Any, guard: Guard, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._guard = guard

    def _new_conn(self) -> socket.socket:
        return self._guard.connect(self._dns_host, self.port)

    def connect(self) -> None:
        super().connect()
        self._guard.watch(self.sock)


class _GuardedTls(_Guarded, HTTPSConnection):
    """The same with TLS, whose handshake counts as connecting."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Guarded


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _GuardedTls


def open_pool(place: Place, guard: Guard) -> HTTPConnectionPool:
    """Make what connects to the server of a place, when it is asked to."""
    limits = guard.limits
    timeout = Timeout(connect=limits.connect, read=limits.read, total=None)
    if place.scheme == "http":
        return _Pool(place.host, place.port, timeout=timeout, guard=guard)
    return _TlsPool(place.host, place.port, timeout=timeout, guard=guard, ssl_context=make_trust())


@cache
def make_trust() -> ssl.SSLContext:
    """The certificates that this machine trusts, read once as that takes a while."""
    return ssl.create_default_context()
