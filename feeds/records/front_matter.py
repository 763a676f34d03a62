"""The head of a record: TOML between lines of `+++`, or YAML between lines of `---`."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import tomli_w
import yaml

from feeds.errors import Fault, FeedsError, SeedError
from feeds.formats import CONTROL
from feeds.tables.remedies import find_yaml_remedy
from feeds.tables.table import Table
from feeds.tables.toml import Toml, format_text, parse_toml

_KEY = re.compile(r"\[{0,2}(\w+)")
_MARKS = ("+++", "---")
_LANGUAGES = {"+++": ("TOML", "YAML"), "---": ("YAML", "TOML")}
_FIRST_LINES = {"TOML": re.compile(r"[\w.-]+\s*=|\[[\w.-]+\]\s*$"), "YAML": re.compile(r"[\w-]+:(?:\s|$)")}
_MOMENT = re.compile(r"^(\w+ = \d{4}-\d{2}-\d{2}) (\d{2}:\S+)$", re.MULTILINE)
_TEXTS = re.compile(r'^(\w+ = )\[\n((?:    "[^\n]*",\n)+)\]$', re.MULTILINE)
_WIDTH = 100
_DEEPEST = 7
"""No address has more parts than `value.1.time_splits.1.recipients.2.split`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A record cut in two; `head_line` and `body_line` are the numbers of the lines on which the halves begin."""

    head: Toml
    head_line: int
    head_lines: tuple[str, ...]
    body: str
    body_line: int

    @property
    def key_lines(self) -> dict[str, int]:
        """Where the keys of the first level stand, as far as one sees it at a glance."""
        lines: dict[str, int] = {}
        for number, line in enumerate(self.head_lines, self.head_line):
            key = _KEY.match(line)
            if key and key[1] in self.head.data:
                lines.setdefault(key[1], number)
        return lines

    def table(self, path: str, faults: list[Fault]) -> Table:
        """The front matter, ready to be read key by key."""

        def locate(address: str) -> int:
            return self.head.locate(address) or self.head_line - 1

        return Table(self.head.data, path=path, locate=locate, faults=faults)


def parse_document(text: str, path: str) -> Document:
    """Cut a record into front matter and body. Empty lines above the front matter are no harm, as nothing is lost.

    Raises SeedError if there is no front matter, if it is no valid TOML or YAML, or if the text holds control
    characters, which no XML document can carry (XML 1.0, section 2.2).
    """
    text = _unmark(text).replace("\r\n", "\n").replace("\r", "\n")
    if stray := CONTROL.search(text):
        line = text.count("\n", 0, stray.start()) + 1
        raise _fault(path, line, f"the control character U+{ord(stray[0]):04X} cannot be published: delete it")
    lines = text.split("\n")
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    mark = lines[start].rstrip()
    if mark not in _MARKS:
        raise _fault(
            path, start + 1, "a record begins with its front matter: a line +++, then title and date, then +++"
        )
    end = next((number for number, line in enumerate(lines) if number > start and line.rstrip() == mark), 0)
    if not end:
        raise _fault(path, start + 1, f"the front matter is never closed: write a line {mark} below it")
    inside = lines[start + 1 : end]
    head = "\n".join([""] * (start + 1) + inside)  # empty lines for what is above, so that lines count as in the record
    try:
        parsed = parse_toml(head, path) if mark == "+++" else _parse_yaml(head, path)
    except RecursionError as error:
        raise _fault(
            path, start + 1, "the front matter cannot be read: its lists lie too deep in each other"
        ) from error
    except FeedsError as error:
        raise SeedError(_find_other_language(path, start + 1, mark, inside) or error.faults) from error
    return Document(
        head=parsed,
        head_line=start + 2,
        head_lines=tuple(inside),
        body="\n".join(lines[end + 1 :]),
        body_line=end + 2,
    )


def _unmark(text: str) -> str:
    """Take away byte order marks before the first word, which editors leave there unseen."""
    rest = text.lstrip("\ufeff \t\r\n")
    return text[: len(text) - len(rest)].replace("\ufeff", "") + rest


def _find_other_language(path: str, line: int, mark: str, head: Iterable[str]) -> list[Fault]:
    """Find that front matter which cannot be read is written in the language of the other mark."""
    first = next((line for line in head if line.strip() and not line.startswith("#")), "")
    here, there = _LANGUAGES[mark]
    if not _FIRST_LINES[there].match(first):
        return []
    other = next(other for other in _MARKS if other != mark)
    message = f"between lines of {mark} stands {here}, and this is {there}: write {other} in place of both {mark}"
    return [Fault(path=path, line=line, message=message)]


def format_front_matter(data: Mapping[str, object]) -> str:
    """Write front matter as TOML, in the order of the mapping, marks included."""
    tables = [key for key, value in data.items() if isinstance(value, Mapping) or _holds_tables(value)]
    plain = (_format_pair(key, value) for key, value in data.items() if key not in tables)
    return f"+++\n{''.join(plain)}{tomli_w.dumps({key: data[key] for key in tables})}+++\n"


def _holds_tables(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(entry, Mapping) for entry in value)


def _format_pair(key: str, value: object) -> str:
    if isinstance(value, str):
        text = format_text(value)
        # A line of them would end the front matter.
        return f"{key} = {text if '+++' not in text.splitlines() else json.dumps(value, ensure_ascii=False)}\n"
    toml = tomli_w.dumps({key: value})
    if isinstance(value, dt.datetime):
        return _MOMENT.sub(_format_moment, toml)
    return _TEXTS.sub(_format_texts, toml) if isinstance(value, list) else toml


def _format_texts(match: re.Match[str]) -> str:
    """Write a short list of texts in one line, where tomli_w begins a line for each."""
    texts = [entry.strip(" ,") for entry in match[2].strip().split("\n")]
    line = f"{match[1]}[{', '.join(texts)}]"
    return line if len(line) <= _WIDTH else match[0]


def _format_moment(match: re.Match[str]) -> str:
    """Write a date with its time as RFC 3339 prefers it; tomli_w puts a space between the two."""
    return f"{match[1]}T{match[2].replace('+00:00', 'Z')}"


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Leaves dates as text, and numbers that would not be written so again.

    YAML 1.1 makes 2400 of 40:00, 8 of 010, and 1.1 of 1.10: the length of an episode may survive that, a guid
    does not. What stays text here is read by the one who knows what it means.
    """

    def construct_number(self, node: yaml.ScalarNode) -> object:
        try:
            number = yaml.SafeLoader.yaml_constructors[node.tag](self, node)
        except (ValueError, IndexError):  # `!!int x`
            return node.value
        return number if str(number) == node.value else node.value

    def construct_flag(self, node: yaml.ScalarNode) -> object:
        return self.bool_values.get(node.value.lower(), node.value)


_Loader.add_constructor("tag:yaml.org,2002:int", _Loader.construct_number)
_Loader.add_constructor("tag:yaml.org,2002:float", _Loader.construct_number)
_Loader.add_constructor("tag:yaml.org,2002:bool", _Loader.construct_flag)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_yaml_str)


def _parse_yaml(text: str, path: str) -> Toml:
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        data = loader.construct_document(node) if node else {}
    except yaml.MarkedYAMLError as error:
        where = f" {error.context} of line {error.context_mark.line + 1}" if error.context_mark else ""
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        remedy = find_yaml_remedy(text.split("\n"), line, f"{error.problem}{where}")
        message = ": ".join(filter(None, (f"is no valid YAML: {error.problem}{where}", remedy)))
        raise _fault(path, line, message) from error
    finally:
        loader.dispose()
    if not isinstance(data, dict):
        line = node.start_mark.line + 1
        raise _fault(path, line, "the front matter is no list of keys and values: write a line for each, as title: …")
    lines: dict[str, int] = {}
    for address, line in _find_lines(node, seen=set()):
        if address in lines:
            raise _fault(path, line, f"{address}: stands on line {lines[address]} already")
        lines[address] = line
    return Toml(data={str(key): value for key, value in data.items()}, find=lambda: lines)


def _find_lines(node: Any, *, seen: set[int], above: str = "", depth: int = 1) -> Iterator[tuple[str, int]]:
    """The line of every address, which is made as in feeds.tables.toml.

    What stands at several addresses by an alias has its lines at the first: aliases of aliases would have no end.
    """
    if depth > _DEEPEST or id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        entries = [(str(key.value), key, value) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        entries = [(str(number), entry, entry) for number, entry in enumerate(node.value, 1)]
    else:
        return
    for name, place, value in entries:
        yield above + name, place.start_mark.line + 1
        yield from _find_lines(value, seen=seen, above=f"{above}{name}.", depth=depth + 1)


def _fault(path: str, line: int, message: str) -> SeedError:
    return SeedError([Fault(path=path, line=line, message=message)])
