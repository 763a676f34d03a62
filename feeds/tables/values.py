"""Single values: texts and numbers, addresses, paths, languages and the like.

Every function takes what stands in a table and gives it back, or raises ValueError with the remedy.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import PureWindowsPath
from urllib.parse import unquote, urlsplit

from feeds.formats import CONTROL, format_value
from feeds.markup.fragments import find_name, parse_fragment
from feeds.media_types import is_url

DESCRIPTION_BYTES = 4000  # PSP-1, channel description

_KINDS = ("podcast", "music", "video", "film", "audiobook", "newsletter", "blog", "publisher", "course")
# Podcast namespace, tag medium: each has a form for lists of other podcasts' items.
MEDIUMS = (*_KINDS, *(f"{kind}L" for kind in _KINDS), "mixed")

_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".svg")
_HOSTED = re.compile(r"[\w-]+(\.[\w-]+)+/")
_IDENTITIES = ("guid", "podcast:guid", "item", "channel")

_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(/\S*)?$")
_NO_PATH = re.compile(r"[\\\t\n\r]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_COLOUR = re.compile(r"#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_UUID = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")


def parse_text(value: object) -> str:
    """Take a text, or a number written without quotation marks.

    Control characters are refused, as no XML document can carry them (XML 1.0, section 2.2).
    """
    if isinstance(value, dt.date | dt.time):
        raise ValueError(f"{value} is no text: put it in quotation marks")
    if isinstance(value, bool):
        word = str(value).lower()
        raise ValueError(f"{word} is no text: put it in quotation marks (YAML takes yes and no for true and false)")
    if not isinstance(value, str | int | float):
        raise ValueError(f"{format_value(value)} is no text")
    text = str(value).strip()
    if stray := CONTROL.search(text):
        raise ValueError(f"holds the control character U+{ord(stray[0]):04X}, which cannot be published")
    return text


def parse_texts(value: object) -> tuple[str, ...]:
    """Take a list of texts, none of which is empty."""
    texts = tuple(map(parse_text, value if isinstance(value, list) else [value]))
    if not all(texts):
        raise ValueError("holds an empty text: write something or take it out")
    return texts


def parse_count(value: object) -> int:
    """Take a whole number of 0 or more, in quotation marks or not."""
    if isinstance(value, str) and value.isdecimal():
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"{format_value(value)} is no whole number of 0 or more")
    return value


def parse_flag(value: object) -> bool:
    """Take true or false."""
    if not isinstance(value, bool):
        raise ValueError(f"{format_value(value)} is neither true nor false")
    return value


def parse_url(value: object) -> str:
    """Take an absolute address on the web, or an empty text.

    >>> parse_url("example.org")
    Traceback (most recent call last):
    ValueError: 'example.org' is no web address: write it whole, as 'https://example.org'
    """
    text = parse_text(value)
    try:
        parts = urlsplit(text)
    except ValueError:
        raise ValueError(f"{text!r} is no web address: its host cannot be read") from None
    if not text or (parts.scheme in ("http", "https") and parts.hostname and not re.search(r"\s", text)):
        return text
    if text.lower().endswith(_PICTURES) and not _HOSTED.match(text):
        raise ValueError(f"{text!r} is a file: what stands here is a web address, such as https://example.org/ada.png")
    if _HOST.match(text):
        raise ValueError(f"{text!r} is no web address: write it whole, as {'https://' + text!r}")
    raise ValueError(f"{text!r} is no web address: expected one such as https://example.org")


def parse_site_url(value: object) -> str:
    """Take the address at which the site will stand: nothing after its path, no slash at its end.

    >>> parse_site_url("https://example.org/")
    Traceback (most recent call last):
    ValueError: 'https://example.org/' ends with a slash: write 'https://example.org'
    """
    url = parse_url(value)
    if "?" in url or "#" in url:
        raise ValueError(f"{url!r} has a query or a fragment: write {re.split('[?#]', url)[0].rstrip('/')!r}")
    if url.endswith("/"):
        raise ValueError(f"{url!r} ends with a slash: write {url.rstrip('/')!r}")
    return url


def parse_source(value: object) -> str:
    """Take a file, relative to the one that names it, or a web address."""
    text = parse_text(value)
    return parse_url(text) if is_url(text) or "://" in text else parse_path(text)


def parse_path(value: object) -> str:
    """Take a path relative to the file that names it, or an empty text.

    >>> parse_path("C:\\\\shows")
    Traceback (most recent call last):
    ValueError: 'C:\\\\shows' is an absolute path: write it as seen from this file
    """
    text = parse_text(value)
    if PureWindowsPath(text).anchor:  # also knows a leading slash
        raise ValueError(f"{text!r} is an absolute path: write it as seen from this file")
    if _NO_PATH.search(text):
        # "\t" and "\n" in a path are what quotation marks make of the backslashes of Windows.
        raise ValueError(f"{text!r} is no path that every system reads: write / in place of \\")
    return text


def parse_alias(value: object) -> str:
    """Take an old address: a path of the site that begins with a slash, as it is read and not as it is escaped.

    >>> parse_alias("/2019/05/a%20talk/")
    '/2019/05/a talk/'
    """
    text = parse_text(value)
    if not text.startswith("/") or text.startswith("//"):
        raise ValueError(f"{text!r} is no path of the site: begin it with one slash, as /2019/05/first/")
    if re.search(r"[?#]", text):
        raise ValueError(f"{text!r} has a query or a fragment, which hosts do not look at: write the path alone")
    path = unquote(text)
    if CONTROL.search(path) or re.search(r"""[*:\\"{}$<>|\n\t]|//""", path) or {".", ".."} & set(path.split("/")):
        raise ValueError(f"{text!r} has characters that hosts read in ways of their own, and cannot be redirected")
    return path


def parse_aliases(value: object) -> tuple[str, ...]:
    """Take a list of old addresses."""
    return tuple(map(parse_alias, parse_texts(value)))


def parse_patterns(value: object) -> tuple[str, ...]:
    """Take patterns of paths relative to the file that names them: * is any name, ** any depth of folders."""
    patterns = parse_texts(value)
    for pattern in patterns:
        broken = any("**" in name and name != "**" for name in pattern.split("/"))
        if broken or not pattern or PureWindowsPath(pattern).anchor:
            raise ValueError(f"{pattern!r} is no pattern: expected one such as shows/*/channel.toml")
    return patterns


def parse_language(value: object) -> str:
    """Take a language tag (BCP 47), as far as its form tells.

    >>> parse_language("en_US")
    Traceback (most recent call last):
    ValueError: 'en_US' is no language: write a code such as en, ko or pt-BR
    """
    text = parse_text(value)
    if not _LANGUAGE.fullmatch(text):
        raise ValueError(f"{text!r} is no language: write a code such as en, ko or pt-BR")
    return text


def parse_colour(value: object) -> str:
    """Take a colour as #rgb or #rrggbb, or an empty text."""
    text = parse_text(value)
    if text and not _COLOUR.fullmatch(text):
        raise ValueError(f"{text!r} is no colour: write one such as #b4432a")
    return text


def parse_email(value: object) -> str:
    """Take an e-mail address."""
    text = parse_text(value)
    if not _EMAIL.fullmatch(text):
        raise ValueError(f"{text!r} is no e-mail address: expected one such as ada@example.org")
    return text


def parse_uuid(value: object) -> str:
    """Take a podcast:guid, which stays as it is written, or an empty text."""
    text = parse_text(value)
    if text and not _UUID.fullmatch(text):
        raise ValueError(f"{text!r} is no UUID: expected one such as 9b024349-ccf0-5f69-a609-6b82873eab3c")
    return text


def parse_medium(value: object) -> str:
    """Take a medium (podcast namespace, tag medium), or an empty text."""
    text = parse_text(value)
    if text and text not in MEDIUMS:
        raise ValueError(f"{text!r} is none of {', '.join(MEDIUMS)}")
    return text


def parse_description(value: object) -> str:
    """Take the description of a channel, of 4000 bytes at most."""
    text = parse_text(value)
    size = len(text.encode())
    if size > DESCRIPTION_BYTES:
        raise ValueError(f"has {size} bytes in UTF-8, and apps cut at {DESCRIPTION_BYTES}: shorten it")
    return text


def parse_label(value: object) -> str:
    """Take a text of 128 characters at most (podcast namespace, tags funding and txt)."""
    return _parse_short(value, 128)


def parse_short_label(value: object) -> str:
    """Take a text of 32 characters at most (podcast namespace, tag episode)."""
    return _parse_short(value, 32)


def parse_free_text(value: object) -> str:
    """Take a text of 4000 characters at most (podcast namespace, tag txt)."""
    return _parse_short(value, 4000)


def parse_extra(value: object) -> str:
    """Take elements of XML as feeds.markup.fragments has them, or an empty text.

    >>> parse_extra("<itunes:keywords>bread")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ValueError: is no XML: Opening and ending tag mismatch: keywords line 1 and rss, in line 1 of it; write ...
    """
    text = parse_text(value)
    for element in parse_fragment(text):
        if (name := find_name(element)) in _IDENTITIES:
            raise ValueError(f"holds {name}: that stands in the lock, or is made of the records, and nowhere else")
    return text


def _parse_short(value: object, limit: int) -> str:
    text = parse_text(value)
    if len(text) > limit:
        raise ValueError(f"has {len(text)} characters, and apps cut at {limit}: shorten it")
    return text
