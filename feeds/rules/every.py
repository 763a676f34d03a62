"""All rules of the rulebook, in the order of their ids."""

from __future__ import annotations

from types import ModuleType

from feeds.rulebook.rule import Rule
from feeds.rules.changes import channel, items
from feeds.rules.changes import files as changes_files
from feeds.rules.channel import apple, categories, flags, relations, schedules, services
from feeds.rules.channel import images as channel_images
from feeds.rules.channel import links as channel_links
from feeds.rules.channel import people as channel_people
from feeds.rules.channel import structure as channel_structure
from feeds.rules.channel import texts as channel_texts
from feeds.rules.chapters import advice, psc, sources, text, times, titles
from feeds.rules.chapters import files as chapters_files
from feeds.rules.chapters import links as chapters_links
from feeds.rules.feed import addresses, dates, documents, elements, encodings, namespaces, roots
from feeds.rules.feed import modules as feed_modules
from feeds.rules.feed import people as feed_people
from feeds.rules.feed import texts as feed_texts
from feeds.rules.http import feeds
from feeds.rules.http import files as http_files
from feeds.rules.item import comparing, core, enclosures, guids, itunes
from feeds.rules.item import modules as item_modules
from feeds.rules.media import artworks, chapter_tags, recordings
from feeds.rules.notes import extents, markup
from feeds.rules.notes import links as notes_links
from feeds.rules.podcast import (
    alternates,
    attachments,
    conversation,
    lists,
    live,
    notices,
    people_and_places,
    seasons,
    shows,
    value,
)
from feeds.rules.podcast import images as podcast_images
from feeds.rules.podcast import structure as podcast_structure
from feeds.rules.transcripts import files as transcripts_files
from feeds.rules.transcripts import html, json, srt, vtt

_MODULES: tuple[ModuleType, ...] = (
    channel,
    changes_files,
    items,
    apple,
    categories,
    flags,
    channel_images,
    channel_links,
    channel_people,
    relations,
    schedules,
    services,
    channel_structure,
    channel_texts,
    advice,
    chapters_files,
    chapters_links,
    psc,
    sources,
    text,
    times,
    titles,
    addresses,
    dates,
    documents,
    elements,
    encodings,
    feed_modules,
    namespaces,
    feed_people,
    roots,
    feed_texts,
    feeds,
    http_files,
    comparing,
    core,
    enclosures,
    guids,
    itunes,
    item_modules,
    artworks,
    chapter_tags,
    recordings,
    extents,
    notes_links,
    markup,
    alternates,
    attachments,
    conversation,
    podcast_images,
    lists,
    live,
    notices,
    people_and_places,
    seasons,
    shows,
    podcast_structure,
    value,
    transcripts_files,
    html,
    json,
    srt,
    vtt,
)

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (value for module in _MODULES for value in vars(module).values() if isinstance(value, Rule)),
        key=lambda rule: rule.id,
    )
)
RULE_BY_ID = {rule.id: rule for rule in RULES}
