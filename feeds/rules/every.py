"""All rules of the rulebook, in the order of their ids."""

from __future__ import annotations

from types import ModuleType

from feeds.rulebook.rule import Rule
from feeds.rules.changes import channel as channel_changes
from feeds.rules.changes import items as item_changes
from feeds.rules.feed import documents
from feeds.rules.http import feeds as served_feeds
from feeds.rules.http import files as served_files
from feeds.rules.item import comparing, core, enclosures, guids, itunes
from feeds.rules.media import artworks, chapter_tags, recordings

_MODULES: tuple[ModuleType, ...] = (
    channel_changes,
    item_changes,
    documents,
    comparing,
    core,
    enclosures,
    guids,
    itunes,
    artworks,
    recordings,
    chapter_tags,
    served_feeds,
    served_files,
)

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (value for module in _MODULES for value in vars(module).values() if isinstance(value, Rule)),
        key=lambda rule: rule.id,
    )
)
RULE_BY_ID = {rule.id: rule for rule in RULES}
