"""The ids of rules as users write them: which there are, and which one is meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

from feeds.errors import Fault
from feeds.rules.declined import DECLINED
from feeds.rules.every import RULE_BY_ID


def explain_unknown(rule: str) -> str:
    """Say of an id that no rule has it: why there is none, or which one is near."""
    if rule in DECLINED:
        return f"{rule} is not among the rules, on purpose: {DECLINED[rule]}"
    near = difflib.get_close_matches(rule, RULE_BY_ID, n=1)
    return f"{rule!r} is no rule: " + (f"did you mean {near[0]!r}?" if near else "feeds rules lists them")


def check_ignored(ignored: Mapping[str, str], lines: Mapping[str, int], path: str) -> Iterator[Fault]:
    """Find what the [validate.ignore] of a channel.toml names, and no rule is called.

    `path` is that of the file, and `lines` tells where things stand in it.
    """
    for rule in ignored:
        if rule not in RULE_BY_ID:
            line = lines.get(f"validate.ignore.{rule}", 0)
            yield Fault(path=path, line=line, message=explain_unknown(rule))
