"""E-mail addresses, and the form in which RSS gives one with a name."""

from __future__ import annotations

import re

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u0080-\uffff-]+"
_LABEL = r"[A-Za-z0-9\u0080-\uffff](?:[A-Za-z0-9\u0080-\uffff-]*[A-Za-z0-9\u0080-\uffff])?"
_EMAIL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})+")
_NAMED = re.compile(r"(?P<email>[^\s()<>]+@[^\s()<>]+)\s+\((?P<name>[^()]*(?:\([^()]*\)[^()]*)*)\)")
_LONGEST = 254  # RFC 5321, section 4.5.3.1.3


def is_email(text: str) -> bool:
    """Say whether a text is an address of the form user@host, with a host that has a dot (RFC 5322, section 3.4.1).

    >>> is_email("ada@example.org"), is_email("ada@localhost"), is_email("Ada <ada@example.org>"), is_email("a..b@c.de")
    (True, False, False, False)
    """
    return len(text) <= _LONGEST and _EMAIL.fullmatch(text) is not None


def split_named_email(text: str) -> tuple[str, str]:
    """Part `ada@example.org (Ada Marsh)` into address and name; the name is "" where there is none.

    >>> split_named_email("ada@example.org (Ada Marsh)"), split_named_email("Ada Marsh")
    (('ada@example.org', 'Ada Marsh'), ('Ada Marsh', ''))
    """
    match = _NAMED.fullmatch(text[: 4 * _LONGEST].strip())
    return (match["email"], match["name"].strip()) if match else (text.strip(), "")
