"""TOML as its author sees it: the values, and the line on which each of them stands."""

from __future__ import annotations

import json
import re
import tomllib
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial

from feeds.errors import Fault, FeedsError
from feeds.formats import CONTROL
from feeds.tables.remedies import find_toml_remedy

_PLACE = re.compile(r" ?\(at (?:line (\d+), column \d+|end of document)\)")
_KEYS = re.compile(r"\('(.*?)',?\)")  # tomllib names a table by a tuple of its keys
_TOKEN = re.compile(
    r'''
    (?P<blank> [ \t\r]+ | \#[^\n]* )
    | """ (?: \\. | [^\\] )*? """ "{0,2}      # a text may end in one or two quotation marks of its own
    | \'\'\' .*? \'\'\' '{0,2}
    | " (?: \\. | [^"\\] )* "
    | ' [^']* '
    | [=.,\[\]{}\n]
    | [^\s=.,\[\]{}\#"']+
    ''',
    re.DOTALL | re.VERBOSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Toml:
    """A TOML text that was read.

    `find` gives the line of every address as `find_lines` does, once somebody asks: mostly nothing is wrong.
    """

    data: Mapping[str, object]
    find: Callable[[], Mapping[str, int]]

    @property
    def lines(self) -> Mapping[str, int]:
        """The line of every address."""
        return self.find()

    def locate(self, address: str) -> int:
        """The line of an address, or of the nearest thing around it that is there; 0 where nothing is."""
        lines = self.lines
        while address and address not in lines:
            address = address.rpartition(".")[0]
        return lines.get(address, 0)


def parse_toml(text: str, path: str) -> Toml:
    """Read a TOML text. Raises FeedsError with path:line: message if it is none."""
    text = text.removeprefix("\ufeff")
    try:
        return Toml(data=tomllib.loads(text), find=cache(partial(find_lines, text)))
    except ValueError as error:
        message = str(error)
        place = _PLACE.search(message)
        lines = text.split("\n") if place and place[1] else text.splitlines()
        line = int(place[1]) if place and place[1] else len(lines)
        reason = _KEYS.sub(lambda keys: keys[1].replace("', '", "."), _PLACE.sub("", message))
        remedy = find_toml_remedy(lines[line - 1] if lines else "", reason)
        message = ": ".join(filter(None, ("is no valid TOML", reason, remedy)))
        raise FeedsError([Fault(path=path, line=line, message=message)]) from error


def find_lines(text: str) -> dict[str, int]:
    """Find the line, counted from 1, of everything in a valid TOML text.

    An address is made of keys with dots between them; members of a list are numbered from 1. A table stands
    where its header is, or else where it is first named.

    >>> find_lines("[show.one]\\ntitle = 'x'\\nhosts = [\\n  'Ada',\\n]")
    {'show': 1, 'show.one': 1, 'show.one.title': 2, 'show.one.hosts': 3, 'show.one.hosts.1': 4}
    """
    scanner = _Scanner(text)
    scanner.scan()
    return scanner.lines


class _Scanner:
    """Walks over the tokens of a text that tomllib has accepted, and so need not doubt them."""

    def __init__(self, text: str) -> None:
        self.lines: dict[str, int] = {}
        self._tokens = deque(_find_tokens(text + "\n"))
        self._counts: dict[str, int] = {}

    def scan(self) -> None:
        table = ""
        while self._tokens:
            if self._next == "\n":
                self._tokens.popleft()
            elif self._next == "[":
                table = self._scan_header()
            else:
                self._scan_pair(table)

    @property
    def _next(self) -> str:
        return self._tokens[0][0]

    @property
    def _line(self) -> int:
        return self._tokens[0][1]

    def _scan_header(self) -> str:
        """Take `[a.b]` or `[[a.b]]` and give the address of the table that it opens."""
        line = self._line
        self._tokens.popleft()
        is_list = self._next == "["
        if is_list:
            self._tokens.popleft()
        *parents, last = self._take_key()
        address = ""
        for key in parents:
            address = self._note(_join(address, key), line)
            if address in self._counts:
                address = _join(address, str(self._counts[address]))
        address = _join(address, last)
        if is_list:
            self._note(address, line)
            self._counts[address] = self._counts.get(address, 0) + 1
            address = _join(address, str(self._counts[address]))
        self.lines[address] = line
        while self._next != "\n":
            self._tokens.popleft()
        return address

    def _scan_pair(self, table: str) -> None:
        """Take `key = value`."""
        line = self._line
        address = table
        for key in self._take_key():
            address = self._note(_join(address, key), line)
        self._tokens.popleft()
        self._scan_value(address)

    def _scan_value(self, address: str) -> None:
        if self._next == "[":
            self._scan_list(address)
        elif self._next == "{":
            self._scan_inline_table(address)
        else:
            while self._next not in {",", "]", "}", "\n"}:
                self._tokens.popleft()

    def _scan_list(self, address: str) -> None:
        self._tokens.popleft()
        number = 0
        while self._next != "]":
            if self._next in {",", "\n"}:
                self._tokens.popleft()
                continue
            number += 1
            self._scan_value(self._note(_join(address, str(number)), self._line))
        self._tokens.popleft()

    def _scan_inline_table(self, address: str) -> None:
        self._tokens.popleft()
        while self._next != "}":
            if self._next in {",", "\n"}:
                self._tokens.popleft()
            else:
                self._scan_pair(address)
        self._tokens.popleft()

    def _take_key(self) -> list[str]:
        """Take a key, which is several if it is dotted, up to its equals sign or bracket."""
        keys = []
        while self._next not in {"=", "]"}:
            token, _ = self._tokens.popleft()
            if token != ".":
                keys.append(_unquote(token))
        return keys

    def _note(self, address: str, line: int) -> str:
        self.lines.setdefault(address, line)
        return address


def _find_tokens(text: str) -> Iterator[tuple[str, int]]:
    """Every token with its line; white space and comments are none, the end of a line is one."""
    line = 1
    for match in _TOKEN.finditer(text):
        if not match["blank"]:
            yield match[0], line
        line += match[0].count("\n")


def _join(address: str, key: str) -> str:
    return f"{address}.{key}" if address else key


def _unquote(token: str) -> str:
    return str(tomllib.loads(f"key = {token}")["key"]) if token[0] in "\"'" else token


def format_text(text: str) -> str:
    """Write a text as a value of TOML, over several lines as it has them, and with no escapes where none are needed.

    >>> print(format_text("plain"), format_text('<a href="x">'), format_text("don't"))
    "plain" '<a href="x">' "don't"
    """
    literal = "\r" not in text and "'''" not in text and not text.endswith("'") and not CONTROL.search(text)
    if "\n" in text and literal:
        return f"'''\n{text}'''"
    if ('"' in text or "\\" in text) and "'" not in text and "\n" not in text and literal:
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")  # a text of JSON is one of TOML too
