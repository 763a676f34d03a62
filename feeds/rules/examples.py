"""The bad and the good example of each rule, which its tests are as well."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

_MARK = re.compile(r"[ \t]*(?:<!-- here[^>]*-->|<!-- [a-z0-9, -]+ -->|# here)[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"\A<!-- ([a-z]+): ([^>]*?) -->(?:[ \t]*<!-- here[^>]*-->)?\n")
_NAMES = ("bad", "good")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """What breaks or keeps a rule: the lines, of which those in `marked` (counted from 1) are at fault.

    `told` is what matters and stands outside of it, such as the type that the feed gives. `published` are the lines of
    the feed with which it is compared.
    """

    kind: str
    lines: tuple[str, ...]
    marked: frozenset[int]
    told: str = ""
    published: tuple[str, ...] = ()


def read_examples(rule: str) -> tuple[Example, ...]:
    """Read the first bad and the first good example of a rule."""
    folder = _locate() / rule
    files = ((kind, sorted(folder.glob(f"{kind}.[!p]*"))) for kind in _NAMES)
    return tuple(_read_example(kind, several[0]) for kind, several in files if several)


def _read_example(kind: str, file: Path) -> Example:
    example = parse_example(kind, file.read_text(encoding="utf-8", errors="replace"))
    published = file.with_name(f"{file.stem}.published{file.suffix}")
    if published.exists():
        before = parse_example(kind, published.read_text(encoding="utf-8", errors="replace"))
        return replace(example, published=before.lines)
    return example


def parse_example(kind: str, text: str) -> Example:
    """Read the text of an example: its marks are taken out, and what is only said to the tests."""
    heading = _HEADING.match(text)
    told = ""
    if heading:
        text = text[heading.end() :]
        told = {"without": "", "facts": heading[2]}.get(heading[1], f"{heading[1]}={heading[2]}")
    lines = text.rstrip("\n").split("\n")
    marked = {number for number, line in enumerate(lines, 1) if re.search(r"(?:<!--|#) here\b", line)}
    shown = tuple(_MARK.sub("", line) for line in lines)
    return Example(kind=kind, lines=shown, marked=frozenset(marked), told=told)


def _locate() -> Path:
    """The examples shipped with the program: inside the package once installed, among the tests in a checkout."""
    here = Path(__file__).parent
    inside = here / "pairs"
    return inside if inside.is_dir() else here.parents[1] / "tests" / "rules"
