"""All rules of the rulebook, in the order of their ids."""

from __future__ import annotations

from types import ModuleType

from feeds.rulebook.rule import Rule
from feeds.rules.changes import channel as channel_changes
from feeds.rules.changes import items as item_changes
from feeds.rules.channel import (
    apple,
    categories,
    flags,
    images,
    links,
    people,
    relations,
    schedules,
    services,
    structure,
    texts,
)
from feeds.rules.feed import documents
from feeds.rules.item import comparing, core, enclosures, guids, itunes

_MODULES: tuple[ModuleType, ...] = (
    channel_changes,
    item_changes,
    apple,
    categories,
    flags,
    images,
    links,
    people,
    relations,
    schedules,
    services,
    structure,
    texts,
    documents,
    comparing,
    core,
    enclosures,
    guids,
    itunes,
)

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (value for module in _MODULES for value in vars(module).values() if isinstance(value, Rule)),
        key=lambda rule: rule.id,
    )
)
RULE_BY_ID = {rule.id: rule for rule in RULES}
