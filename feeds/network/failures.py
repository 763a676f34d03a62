"""Why a fetch fails, said in the words of a user: what happened, and what to do."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from urllib3.exceptions import HTTPError, ReadTimeoutError, SSLError

from feeds.errors import Fault, FetchError
from feeds.formats import format_bytes
from feeds.network.limits import Limits
from feeds.network.places import format_shown_url

PASSING = frozenset((429, 502, 503, 504))
"""Statuses that may be another one a moment later."""

_STATUSES = {
    401: "asks for a name and a password: write them into the address, as in https://name:password@example.org/",
    403: "is refused to us (403): open it in a browser, and import the file that you save there",
    404: "is not there (404): check the address",
    410: "is gone for good (410): ask the host of the show where it went",
    429: "is asked for too often (429)",
}
_NO_TLS = frozenset(("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNKNOWN_PROTOCOL"))


class ExchangeError(Exception):
    """What is wrong with an address: a sentence that begins with its verb, as it follows the address."""


class PassingError(ExchangeError):
    """What may be over when it is tried again; the sentence gives no advice, as that is always the same.

    `wait` is how many seconds the server asks for, and `advanced` says whether this try has brought us further.
    """

    def __init__(self, what: str, *, wait: float = 0.0, advanced: bool = False) -> None:
        super().__init__(what)
        self.wait = wait
        self.advanced = advanced


class DistrustError(ExchangeError):
    """A certificate that does not hold."""


@contextmanager
def name_failures(url: str, *, advice: str) -> Iterator[None]:
    """Make a FetchError of what goes wrong inside, with the address as it was given but without its credentials.

    `advice` says what to do about what may be over the next time.
    """
    try:
        yield
    except ExchangeError as failure:
        message = f"{failure}: {advice}" if isinstance(failure, PassingError) else str(failure)
        raise FetchError([Fault(path=format_shown_url(url), message=message)]) from failure
    except OSError as error:  # those of the network are failures by now
        message = f"cannot be saved ({error.strerror or error}): make room for it, or name another place"
        raise FetchError([Fault(path=format_shown_url(url), message=message)]) from error


def find_failure(error: HTTPError) -> ExchangeError:
    """Say what is wrong when an exchange breaks off."""
    if isinstance(error, SSLError):
        return _find_tls_failure(error)
    if isinstance(error, ReadTimeoutError):
        return PassingError("stops answering")
    return PassingError("breaks off, or does not answer as a web server does")


def _find_tls_failure(error: SSLError) -> ExchangeError:
    cause = error.args[0] if error.args else error
    if isinstance(cause, ssl.SSLCertVerificationError):
        reason = cause.verify_message.rstrip(".")
        return DistrustError(
            f"has a certificate that does not hold ({reason}): nothing is fetched from it, as it may be another server"
        )
    reason = getattr(cause, "reason", None) or ""
    if reason in _NO_TLS:
        return ExchangeError("is not served over https: check whether it is over http")
    return PassingError(f"breaks off ({reason.replace('_', ' ').lower() or 'as it ends its encryption'})")


def find_status_failure(status: int, wait: float) -> ExchangeError:
    """Say what an answer means that is none; `wait` is the seconds for which the server asks."""
    what = _STATUSES.get(status) or _find_other_status(status)
    if status in PASSING:
        return PassingError(f"{what}; the server asks us to wait {wait:.0f} seconds" if wait else what, wait=wait)
    return ExchangeError(what)


def _find_other_status(status: int) -> str:
    if status in PASSING:
        return f"is out of order on its server ({status})"
    if status >= 500:
        return f"is out of order on its server ({status}): try again later, or ask its host"
    return f"is answered with the status {status} and not with a file: check the address in a browser"


def check_size(size: int, limits: Limits) -> None:
    """Raise ExchangeError if these are more bytes than may come."""
    if size > limits.max_bytes:
        raise ExchangeError(f"is larger than {format_bytes(limits.max_bytes)}, which is the most that is fetched")
