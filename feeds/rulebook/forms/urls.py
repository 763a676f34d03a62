"""Addresses, by the grammar of RFC 3986."""

from __future__ import annotations

import re
from functools import lru_cache

# Every character that may stand in an address: unreserved, reserved, and % (RFC 3986, sections 2.1 to 2.3).
# Those beyond ASCII belong to IRIs, which have a rule of their own.
_FOREIGN = re.compile(r"[^A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%\u00a0-\U0010ffff-]|\ufffd")
# What nearly all addresses look like; the others are taken apart.
_PLAIN = re.compile(
    r"https?://(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]+(?:[/?][A-Za-z0-9._~:/?@!$&'()*+,;=-]*)?"
)
_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_PARTS = re.compile(r"(?:([^:/?#]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)
_AUTHORITY = re.compile(r"(?:([^@]*)@)?(\[[^\[\]]*\]|[^\[\]@:]*)(?::([0-9]*))?")
_IPV6 = re.compile(r"\[(?:[0-9A-Fa-f:.]+|v[0-9A-Fa-f]+\.[A-Za-z0-9._~!$&'()*+,;=:-]+)\]")
_HTTP = re.compile(r"https?://[^/?#\s]", re.IGNORECASE)
_LABEL = re.compile(r"[A-Za-z0-9_\u0080-\U0010ffff](?:[A-Za-z0-9_\u0080-\U0010ffff-]*[A-Za-z0-9_\u0080-\U0010ffff])?")
_PRIVATE = re.compile(
    r"https?://(localhost|(?:127|10)(?:\.[0-9]{1,3}){3}|192\.168(?:\.[0-9]{1,3}){2}|172\.(?:1[6-9]|2[0-9]|3[01])"
    r"(?:\.[0-9]{1,3}){2}|169\.254(?:\.[0-9]{1,3}){2}|\[::1\]|[a-z0-9-]{1,63}\.(?:local|localhost))(?=[:/?#]|\Z)",
    re.IGNORECASE,
)
_LAST_PORT = 65535
_NAMES = {" ": "a space", "\t": "a tab", "\n": "a line break", "\r": "a line break"}
_WEB = ("http", "https", "ftp")
_HOLDS = "holds"
"""How every fault begins that is a character which has to be encoded."""

SCHEMES = frozenset(
    "about acct bitcoin bittorrent cid data dat dns ethereum feed file ftp gemini geo git go gopher http https im "
    "imap info ipfs ipns irc ircs jabber lightning magnet mailto matrix mid mms mumble news nntp nostr pcast podcast "
    "podping rtmp rtsp rtsps sip sips sms spotify ssh svn tag tel telnet urn webcal ws wss xmpp".split()
)
"""Schemes that addresses in feeds have: those registered at IANA that could occur, and a few of the field's own."""


def find_url_fault(text: str) -> str:
    """What breaks the syntax of an address, "" if nothing does; a relative one is fine as far as this goes.

    >>> find_url_fault("https://example.org/a?b=c#d"), find_url_fault("a/b.mp3")
    ('', '')
    >>> find_url_fault("https://example.org/my episode.mp3")
    'holds a space: write %20'
    >>> find_url_fault("http:/example.org/"), find_url_fault("https://https://example.org/")
    ('has no host: after http: come two slashes and the host', 'has its scheme twice')
    """
    return "" if _PLAIN.fullmatch(text) else _find_fault(text.strip())


def is_usual_url(text: str) -> bool:
    """Say whether an address is one of https in which nothing is out of the ordinary.

    >>> is_usual_url("https://example.org/a.mp3?b=c&d=e"), is_usual_url("https://example.org/?a&amp;b")
    (True, False)
    """
    return text.startswith("https:") and ";" not in text and ".local" not in text and _PLAIN.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def _find_fault(text: str) -> str:
    if not text:
        return "is empty"
    if foreign := _FOREIGN.search(text):
        return f"{_HOLDS} {_name(foreign[0])}: write {_encode(foreign[0])}"
    if wrong := _PERCENT.search(text):
        return f"{_HOLDS} {text[wrong.start() : wrong.start() + 3]!r}, where % begins a code of two digits: write %25"
    scheme, authority, path, query, fragment = _split(text)
    if scheme is not None and not _SCHEME.fullmatch(f"{scheme}:"):
        return f"begins with {scheme + ':'!r}, which is no scheme"
    if scheme is not None and scheme.lower() in _WEB and not authority:
        return f"has no host: after {scheme}: come two slashes and the host"
    if authority is not None and (fault := _find_authority_fault(authority, scheme, path)):
        return fault
    for part in (path, query or "", fragment or ""):
        if bracket := re.search(r"[\[\]]", part):
            return f"{_HOLDS} {bracket[0]} outside of a host: write {_encode(bracket[0])}"
    return f"{_HOLDS} # twice: write %23" if "#" in (fragment or "") else ""


def has_wrong_character(text: str) -> bool:
    """Say whether an address holds a character that has to be encoded, which one rule tells of all addresses.

    >>> has_wrong_character("a b.mp3"), has_wrong_character("a.mp3")
    (True, False)
    """
    return find_url_fault(text).startswith(_HOLDS)


def leads_nowhere(text: str) -> bool:
    """Say whether a text is there and no address of the web, and that is not for a character that has to be encoded.

    >>> leads_nowhere("/a.mp3"), leads_nowhere("https://example.org/a b.mp3"), leads_nowhere("")
    (True, False, False)
    """
    return bool(text) and not is_http(text) and not has_wrong_character(text)


def find_scheme(text: str) -> str:
    """The scheme of an address in lower case, "" if it is relative.

    >>> find_scheme("HTTPS://example.org"), find_scheme("//example.org"), find_scheme("a:b"), find_scheme("/a:b")
    ('https', '', 'a', '')
    """
    match = _SCHEME.match(text.strip())
    return match[1].lower() if match else ""


def is_absolute(text: str) -> bool:
    """Say whether an address has a scheme."""
    return bool(find_scheme(text))


def is_http(text: str) -> bool:
    """Say whether an address is absolute, of http or https, and has a host.

    >>> is_http("https://example.org/"), is_http("//example.org/"), is_http("https:///a"), is_http("ftp://example.org")
    (True, False, False, False)
    """
    return _HTTP.match(text.strip()) is not None


def find_private_host(text: str) -> str:
    """The host of an address that exists in one's own network alone, "" if it is another (RFC 1918; RFC 6761).

    >>> find_private_host("http://localhost:8000/"), find_private_host("https://192.168.1.5/a"), find_private_host("https://a.de")
    ('localhost', '192.168.1.5', '')
    """
    match = _PRIVATE.match(text.strip())
    return match[1] if match else ""


def find_path(text: str) -> str:
    """The path of an address.

    >>> find_path("https://example.org/a.mp3?x=y.jpg#z")
    '/a.mp3'
    """
    return _split(text.strip())[2] or ""


def _split(text: str) -> tuple[str | None, str | None, str, str | None, str | None]:
    """Scheme, authority, path, query and fragment (RFC 3986, appendix B)."""
    match = _PARTS.fullmatch(text)
    return (match[1], match[2], match[3], match[4], match[5]) if match else (None, None, text, None, None)


def _find_authority_fault(authority: str, scheme: str | None, path: str) -> str:
    match = _AUTHORITY.fullmatch(authority)
    if not match:
        return "has a host that cannot be read"
    host, port = match[2], match[3]
    if host.lower() in _WEB and path.startswith("//"):
        return "has its scheme twice"
    if port and (len(port) > 5 or int(port) > _LAST_PORT):
        return f"has the port {port[:8]}, where {_LAST_PORT} is the last"
    if host.startswith("["):
        return "" if _IPV6.fullmatch(host) else f"has the host {host[:60]}, which is no address of IPv6"
    if scheme is None or scheme.lower() in _WEB:
        labels = host.removesuffix(".").split(".")
        if not host or (not all(map(_LABEL.fullmatch, labels)) and "%" not in host):
            return f"has the host {host[:60]!r}, which is none" if host else "has no host"
    return ""


def _name(character: str) -> str:
    return _NAMES.get(character) or (repr(character) if character.isprintable() else f"U+{ord(character):04X}")


def _encode(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))
