"""All rules of the rulebook, in the order of their ids."""

from __future__ import annotations

from types import ModuleType

from feeds.rulebook.rule import Rule
from feeds.rules.changes import channel as channel_changes
from feeds.rules.changes import items as item_changes
from feeds.rules.chapters import advice as chapters_advice
from feeds.rules.chapters import files as chapters_files
from feeds.rules.chapters import links as chapters_links
from feeds.rules.chapters import times as chapters_times
from feeds.rules.chapters import titles as chapters_titles
from feeds.rules.feed import documents
from feeds.rules.item import comparing, core, enclosures, guids, itunes
from feeds.rules.transcripts import files as transcripts
from feeds.rules.transcripts import html as transcripts_html
from feeds.rules.transcripts import json as transcripts_json
from feeds.rules.transcripts import srt as transcripts_srt
from feeds.rules.transcripts import vtt as transcripts_vtt

_MODULES: tuple[ModuleType, ...] = (
    channel_changes,
    item_changes,
    chapters_advice,
    chapters_files,
    chapters_links,
    chapters_times,
    chapters_titles,
    documents,
    comparing,
    core,
    enclosures,
    guids,
    itunes,
    transcripts,
    transcripts_html,
    transcripts_json,
    transcripts_srt,
    transcripts_vtt,
)

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (value for module in _MODULES for value in vars(module).values() if isinstance(value, Rule)),
        key=lambda rule: rule.id,
    )
)
RULE_BY_ID = {rule.id: rule for rule in RULES}
