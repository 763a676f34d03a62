"""A rule explained for the terminal."""

from __future__ import annotations

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
    for example in examples:
        shown = "\n".join(
            f"{'>' if number in example.marked else ' '} {line}" for number, line in enumerate(example.lines, 1)
        )
        parts.append(f"{example.kind.capitalize()}:\n{shown}")
    return "\n\n".join(parts) + "\n"
