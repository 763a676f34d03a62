"""The bad and the good example of each rule, which its tests are as well."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_MARK = re.compile(r"[ \t]*(?:<!-- here[^>]*-->|<!-- [a-z0-9, -]+ -->|# here)[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"\A(?:<!-- [a-z]+: [^>]*-->\n)")
_NAMES = ("bad", "good")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """What breaks or keeps a rule: the lines, of which those in `marked` (counted from 1) are at fault."""

    kind: str
    lines: tuple[str, ...]
    marked: frozenset[int]


def read_examples(rule: str) -> tuple[Example, ...]:
    """Read the first bad and the first good example of a rule."""
    folder = _locate() / rule
    files = (next(iter(sorted(folder.glob(f"{name}.[!p]*"))), None) for name in _NAMES)
    return tuple(
        parse_example(kind, file.read_text(encoding="utf-8", errors="replace"))
        for kind, file in zip(_NAMES, files, strict=True)
        if file
    )


def parse_example(kind: str, text: str) -> Example:
    """Read the text of an example: its marks are taken out, and what is only said to the tests."""
    text = _HEADING.sub("", text)
    lines = text.rstrip("\n").split("\n")
    marked = {number for number, line in enumerate(lines, 1) if re.search(r"(?:<!--|#) here\b", line)}
    return Example(kind=kind, lines=tuple(_MARK.sub("", line) for line in lines), marked=frozenset(marked))


def _locate() -> Path:
    """The examples shipped with the program: inside the package once installed, among the tests in a checkout."""
    here = Path(__file__).parent
    inside = here / "pairs"
    return inside if inside.is_dir() else here.parents[1] / "tests" / "rules"
