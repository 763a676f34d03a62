"""What to write where TOML or YAML cannot be read, told from the line on which its reader gave up.

The readers say what they expected, in the words of their grammar. Most of those who get that far have forgotten a
quotation mark, and want to be told so. Each function gives "" where it knows nothing better.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_CURLY = re.compile(r"[=:\[{,(]\s*[“”„‟«»‘’‚‹›]")
_TO_THE_MINUTE = re.compile(r"(\d{4}-\d{2}-\d{2})[Tt ](\d{1,2}):(\d{2})(?![\d:])\s*(Z|[+-]\d{2}:\d{2})?")
_PAIR = re.compile(r"\s*(?:- +)?(?P<key>[\w.-]+)(?P<mark>\s*=|:(?=\s|$))\s*(?P<value>.*)$", re.DOTALL)
_COMMENT = re.compile(r"\s#[^\"'\]]*$")
_WORDS = re.compile(r"\[([^\[\]{}\"'=]+)\]")
_LONG = 60
_FLAGS = {"true": "true", "yes": "true", "on": "true", "false": "false", "no": "false", "off": "false"}
_UNSPACED = re.compile(r"([\w-]+):[^\s/]")

_SLASHES = "in a path write / in place of \\"
_STRAIGHT = 'write straight quotation marks, " in place of “ and ”'
_ONE = "keep one of the two"
_LAST = "write the quotation mark that ends the text"
_EACH = "put each text in quotation marks"
_ENTRIES = "write a comma between two entries, and the bracket that ends them"


def find_toml_remedy(line: str, reason: str) -> str:
    """What to write in place of a line of TOML; `reason` is what its reader said.

    >>> find_toml_remedy("title = My Show", "Invalid value")
    'put the text in quotation marks: title = "My Show"'
    """
    if _CURLY.search(line):
        return _STRAIGHT
    if "\\" in line and re.search("Unescaped|hex value|escape", reason):
        return _SLASHES
    if reason.startswith("Cannot"):
        return _ONE
    if moment := _TO_THE_MINUTE.search(line):
        day, hour, minute, zone = moment.groups("")
        return f"write the seconds too: {day}T{hour:0>2}:{minute}:00{zone}"
    if line.lstrip().startswith("["):
        return "" if "=" in line else "write a name in brackets, without spaces, such as [channels.my-show]"
    pair = _PAIR.match(line.rstrip())
    if pair is None:
        return _find_lone_remedy(reason)
    key, value = pair["key"], _COMMENT.sub("", pair["value"])
    if pair["mark"] == ":":
        return f"write an equals sign: {key} = {value if value[:1] in (*'[{', '') else _quote(value)}"
    if "'='" in reason:
        return "write the key in letters a to z"
    return _find_value_remedy(key, value, reason)


def _find_lone_remedy(reason: str) -> str:
    """What to write in a line that has no key: it is wrong altogether, or goes on with what stands above."""
    if reason.startswith("Unterminated"):
        return "write the quotation marks that end the text"
    if reason == "Invalid value":
        return _EACH
    return "write an equals sign between a key and its value" if "'='" in reason else ""


def _find_value_remedy(key: str, value: str, reason: str) -> str:
    if not value:
        return f'write {key} = "…", or take the line out'
    if value[0] in "\"'":
        return _find_quotation_remedy(value)
    if "Unclosed" in reason:
        return _ENTRIES
    if value[0] == "{" and "key part" in reason:
        return "write the table in one line"
    if value[0] in "[{":
        words = _WORDS.fullmatch(value)
        texts = ", ".join(_quote(word.strip()) for word in words[1].split(",")) if words else ""
        return f"{_EACH}: {key} = [{texts}]" if texts else _EACH if value[-1] in "]}" else _ENTRIES
    if value.lower() in _FLAGS:
        return f"write {key} = {_FLAGS[value.lower()]}"
    if value[0] == "0" and value.isdecimal():
        return f"write {key} = {value.lstrip('0') or '0'}"
    return f"put the text in quotation marks: {key} = {_quote(value)}"


def find_yaml_remedy(lines: Sequence[str], number: int, reason: str) -> str:
    """What to write in place of a line of YAML; `number` counts from 1, and `reason` is what its reader said.

    >>> find_yaml_remedy(["title: Part 1: Bread"], 1, "mapping values are not allowed in this context")
    'put the text in quotation marks: title: "Part 1: Bread"'
    """
    line = lines[number - 1] if number <= len(lines) else ""
    if re.match(r" *\t", line) or "tab character" in reason:
        return "indent with spaces, not with a tab"
    pair = _PAIR.match(line.rstrip())
    value = pair["value"] if pair and pair["mark"] == ":" else ""
    above = next((text for text in reversed(lines[: number - 1]) if text.strip()), "")
    if "scalar" in reason and "\\" in line:
        return _SLASHES
    if "quoted scalar" in reason:
        return _LAST
    if "','" in reason:
        return _ENTRIES
    if unspaced := _UNSPACED.match(above if value and ": " not in value else line):
        return f"write a space behind the colon of {unspaced[1]}"
    if value[:1] in ("'", '"'):
        return _find_quotation_remedy(value)
    if pair and value and (": " in f"{value} " or value[0] in "[{@`*&%|>,?"):
        return f"put the text in quotation marks: {pair['key']}: {_quote(value)}"
    if line[:1] == " ":
        return "begin the line as deep as those that it belongs to"
    return "write a colon, and a space behind it, after every key" if "':'" in reason else ""


def _find_quotation_remedy(value: str) -> str:
    mark = value[0]
    if value == mark or (value.count(mark) % 2 and value[-1] != mark):
        return _LAST
    if value[-1] != mark:
        return "let the text end with the quotation mark, and nothing stand behind it"
    inner, other = value[1:-1], '"' if mark == "'" else "'"
    if other in inner:
        return "take out the quotation marks within the text, or write “ and ”"
    return f"put a text with {mark} in it between others: {other}{inner}{other}"


def _quote(text: str) -> str:
    """A text in quotation marks that both languages read; one that is long, or has all kinds in it, is not repeated."""
    if len(text) > _LONG:
        return '"…"'
    if not {'"', "\\"} & set(text):
        return f'"{text}"'
    return f"'{text}'" if "'" not in text else '"…"'
