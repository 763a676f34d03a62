"""A rule explained for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from feeds.rulebook.authorities import find_documents
from feeds.rulebook.rule import Rule
from feeds.rules.examples import Example


def render_explanation(rule: Rule, examples: tuple[Example, ...]) -> str:
    """Explain a rule for the terminal: what holds, why, who asks for it, how it is broken and kept."""
    levels = ", ".join(f"{level} for {profile}" for profile, level in rule.levels.items())
    if len(rule.levels) > 1 and len(set(rule.levels.values())) == 1:
        levels = f"{max(rule.levels.values())} for {', '.join(rule.levels)}"
    parts = [f"{rule.id}\n\n{rule.summary}", rule.why, f"Level: {levels}"]
    parts.append(
        "Source:" + "".join(f"\n  {name}{f'  {url}' if url else ''}" for name, url in find_documents(rule.source))
    )
    parts += chain.from_iterable(map(_render_example, examples))
    return "\n\n".join(parts) + "\n"


def _render_example(example: Example) -> Iterator[str]:
    if example.published:
        yield "\n".join(["Published:", *(f"  {line}" for line in example.published)])
    told = f" ({example.told})" if example.told else ""
    marks = (">" if number in example.marked else " " for number, _ in enumerate(example.lines, 1))
    shown = (f"{mark} {line}".rstrip() for mark, line in zip(marks, example.lines, strict=True))
    yield "\n".join([f"{example.kind.capitalize()}{told}:", *shown])
