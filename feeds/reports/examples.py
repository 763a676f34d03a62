"""The bad and the good example of each rule, which its tests are as well, and the page of a rule made from them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from feeds.rulebook.authorities import find_documents
from feeds.rulebook.rule import Rule

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


def render_explanation(rule: Rule, examples: tuple[Example, ...]) -> str:
    """Explain a rule for the terminal: what holds, why, who asks for it, how it is broken and kept."""
    levels = ", ".join(f"{level} for {profile}" for profile, level in rule.levels.items())
    if len(rule.levels) > 1 and len(set(rule.levels.values())) == 1:
        levels = f"{max(rule.levels.values())} for {', '.join(rule.levels)}"
    parts = [f"{rule.id}\n\n{rule.summary}", rule.why, f"Level: {levels}"]
    parts.append(
        "Source:" + "".join(f"\n  {name}{f'  {url}' if url else ''}" for name, url in find_documents(rule.source))
    )
    for example in examples:
        shown = "\n".join(
            f"{'>' if number in example.marked else ' '} {line}" for number, line in enumerate(example.lines, 1)
        )
        parts.append(f"{example.kind.capitalize()}:\n{shown}")
    return "\n\n".join(parts) + "\n"


def _locate() -> Path:
    """The examples shipped with the program: inside the package once installed, among the tests in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "rulebook" / "examples"
    return inside if inside.is_dir() else package.parent / "tests" / "rules"
