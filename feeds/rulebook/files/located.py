"""JSON that knows where each of its values stands, as deep as rules look; what lies deeper is one value to it."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass

from feeds.rulebook.files.text import NOWHERE, Lines
from feeds.rulebook.places import Spot
from feeds.rulebook.wording import quote

DEEPEST = 4
"""How deep values are located: document, list, chapter, location, coordinates."""

MOST = 1_000_000
"""How many values are located: ten hours of speech, word by word, have half of them."""

_SPACE = re.compile(r"[ \t\n\r]*")
_LONGEST_NAME = 80
_LONGEST_INTEGER = 300
"""Digits that a float still holds; the interpreter refuses to read some thousand of them as a whole number."""

_FAULTS = {
    "Unterminated string starting at": "the text that begins here does not end with a double quote",
    "Invalid control character at": "a text breaks off at a line end or a control character: write \\n for a line end",
    "Invalid \\escape": "a backslash stands before a letter that has no meaning with it: write two for one backslash",
    "Invalid \\uXXXX escape": "behind \\u four hexadecimal digits are expected",
}
"""What the decoder says, in plain words."""


class Node:
    """A value: `value` is a dict or list of nodes where it is located, else what the JSON module makes of it.

    `name` is its name or its number in the value that it is in.
    """

    __slots__ = ("_at", "_lines", "name", "parent", "value")

    def __init__(self, lines: Lines, at: int, name: str | int, parent: Node | None) -> None:
        self._lines = lines
        self._at = at
        self.name = name
        self.parent = parent
        self.value: object = None

    @property
    def path(self) -> str:
        """The way to it as a JSON pointer (RFC 6901)."""
        steps: list[str] = []
        node = self
        while node.parent is not None:
            steps.append(_format_step(node.name))
            node = node.parent
        return "".join(f"/{step}" for step in reversed(steps))

    @property
    def spot(self) -> Spot:
        """Where it begins."""
        return self._lines.find(self._at, self.path)

    @property
    def members(self) -> dict[str, Node]:
        """Its values by name; of a name that is there twice, the last, as apps read it; none if it is no object."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> list[Node]:
        """Its values in their order, none if it is no list."""
        return self.value if isinstance(self.value, list) else []

    @property
    def is_object(self) -> bool:
        """Say whether it has names and values."""
        return isinstance(self.value, dict)

    @property
    def number(self) -> float | None:
        """The number that it is, None if it is none that an app could reckon with."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            return None
        return float(self.value) if abs(self.value) < 1e15 else None

    @property
    def text(self) -> str:
        """The text that it is, without white space around it, "" if it is none."""
        return self.value.strip() if isinstance(self.value, str) else ""

    def describe(self) -> str:
        """What it is, for a message: `the text '1:20'`, `null`, `a list`."""
        match self.value:
            case None:
                return "null"
            case bool():
                return "true" if self.value else "false"
            case str():
                return f"the text {quote(self.value)}"
            case dict():
                return "an object"
            case list():
                return "a list"
            case float() if math.isinf(self.value):
                return "a number beyond all measure"
            case _:
                return f"the number {quote(str(self.value))[1:-1]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonText:
    """A JSON document: its value, or what is wrong with it and where; and the values whose name came before."""

    root: Node | None
    fault: str = ""
    fault_at: Spot = NOWHERE
    repeated: tuple[Node, ...] = ()

    @property
    def object(self) -> Node | None:
        """The object at its top, None if there is none."""
        return self.root if self.root and self.root.is_object else None


def parse_located(text: str) -> JsonText:
    """Read a JSON document (RFC 8259); its faults are told, never raised."""
    lines = Lines(text)
    reader = _Reader(text, lines)
    try:
        root = reader.take_document()
    except _BrokenError as error:
        return JsonText(root=None, fault=error.message, fault_at=lines.find(error.at))
    return JsonText(root=root, repeated=tuple(reader.repeated))


NO_JSON = JsonText(root=None)


class _BrokenError(Exception):
    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.message = message
        self.at = at


class _ForeignNumberError(ValueError):
    """NaN and the infinities, which JSON does not know though Python does."""


class _Reader:
    """Goes through a document: what is located by itself, the rest with the decoder of the standard library."""

    def __init__(self, text: str, lines: Lines) -> None:
        self._text = text
        self._lines = lines
        self._count = 0
        self._decoder = json.JSONDecoder(parse_int=_parse_integer, parse_constant=_refuse)
        self.repeated: list[Node] = []

    def take_document(self) -> Node:
        root, at = self._take_value(self._skip(0), "", None, 0)
        at = self._skip(at)
        if at < len(self._text):
            raise _BrokenError(f"after the end of the document stands {self._quote(at)}", at)
        return root

    def _take_value(self, at: int, name: str | int, parent: Node | None, depth: int) -> tuple[Node, int]:
        self._count += 1
        if self._count > MOST:
            raise _BrokenError(f"there are more than {MOST:,} values, which no app goes through", at)
        node = Node(self._lines, at, name, parent)
        letter = self._text[at : at + 1]
        if depth < DEEPEST and letter == "{":
            return node, self._take_members(node, at + 1, depth + 1)
        if depth < DEEPEST and letter == "[":
            return node, self._take_items(node, at + 1, depth + 1)
        node.value, end = self._decode(at)
        return node, end

    def _take_members(self, node: Node, at: int, depth: int) -> int:
        members: dict[str, Node] = {}
        node.value = members
        at = self._skip(at)
        if self._text[at : at + 1] == "}":
            return at + 1
        while True:
            if self._text[at : at + 1] != '"':
                raise _BrokenError(f"a name in double quotes is expected, not {self._quote(at)}", at)
            decoded, at = self._decode(at)
            name, at = str(decoded), self._skip(at)
            if self._text[at : at + 1] != ":":
                raise _BrokenError(f"after the name {quote(name)} a colon is expected, not {self._quote(at)}", at)
            child, at = self._take_value(self._skip(at + 1), name, node, depth)
            if name in members:
                self.repeated.append(child)
            members[name] = child
            at, ended = self._take_comma(at, "}")
            if ended:
                return at

    def _take_items(self, node: Node, at: int, depth: int) -> int:
        items: list[Node] = []
        node.value = items
        at = self._skip(at)
        if self._text[at : at + 1] == "]":
            return at + 1
        while True:
            child, at = self._take_value(at, len(items), node, depth)
            items.append(child)
            at, ended = self._take_comma(at, "]")
            if ended:
                return at

    def _take_comma(self, at: int, closing: str) -> tuple[int, bool]:
        """Go over what stands behind a value, to the next value, or behind the end of the object or list."""
        at = self._skip(at)
        letter = self._text[at : at + 1]
        if letter == closing:
            return at + 1, True
        if letter != ",":
            raise _BrokenError(f"a comma or {closing} is expected, not {self._quote(at)}", at)
        following = self._skip(at + 1)
        if self._text[following : following + 1] == closing:
            raise _BrokenError(f"the comma before {closing} has nothing behind it", at)
        return following, False

    def _decode(self, at: int) -> tuple[object, int]:
        try:
            value, end = self._decoder.raw_decode(self._text, at)
        except json.JSONDecodeError as error:
            raise _BrokenError(self._explain(error), error.pos) from error
        except _ForeignNumberError as error:
            raise _BrokenError(f"{error} is no number of JSON", at) from error
        except RecursionError as error:
            raise _BrokenError("lists and objects lie too deep in each other", at) from error
        return value, end

    def _explain(self, error: json.JSONDecodeError) -> str:
        if error.msg == "Expecting value":
            return f"a value is expected, not {self._quote(error.pos)}"
        return _FAULTS.get(error.msg, error.msg)

    def _skip(self, at: int) -> int:
        match = _SPACE.match(self._text, at)
        return match.end() if match else at

    def _quote(self, at: int) -> str:
        return quote(self._text[at : at + 20]) if at < len(self._text) else "the end of the file"


def _parse_integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= _LONGEST_INTEGER else float(digits)


def _refuse(name: str) -> float:
    raise _ForeignNumberError(name)


def _format_step(name: str | int) -> str:
    """A step of a JSON pointer, of characters that can be printed, and no longer than anybody reads."""
    step = str(name)[:_LONGEST_NAME].encode("utf-8", "backslashreplace").decode("utf-8")
    return step.replace("~", "~0").replace("/", "~1")
