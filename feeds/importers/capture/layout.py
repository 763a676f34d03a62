"""Which lines of a captured page belong to which episode, and which to the site around them.

An episode is a title on a line of its own, and below it a body that holds chapters, quotes or entities: in one
line, in many, or in anything between.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from feeds.importers.capture.marks import CHAPTER, ENTITY, HEADING, QUOTE, find_time

_TOP = re.compile(r"#[ \t]+(\S.*)$")
_ITEM = re.compile(r"(?:[-*+]|[ \t])[ \t]*\S")
_SENTENCE = re.compile(r"[.。…][\"'”’»」』)）]*$")
_LONGEST_TITLE = 180
"""Letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The lines of one episode: its title, "" where the page gives it none of its own, and its body.

    `line` is where the title stands, or else where the body begins.
    """

    line: int
    title: str
    body: str
    body_line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The episodes of a page, and the lines that belong to none of them, with their numbers."""

    blocks: tuple[Block, ...]
    left_out: tuple[tuple[int, str], ...]


@dataclass(slots=True)
class _Draft:
    """An episode that is being gathered. `last` is the time of its last chapter, -1 before the first."""

    title: tuple[int, str]
    lines: list[tuple[int, str]] = field(default_factory=list)
    last: int = -1
    listed: bool = False
    """Its list of entities was seen, after which only another episode can come."""


def parse_page(text: str) -> Page:
    """Cut a page into episodes. Empty lines stay where they stand within a body."""
    drafts: list[_Draft] = []
    pending: list[tuple[int, str]] = []
    left_out: list[tuple[int, str]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if top := _TOP.match(line):
            _settle(drafts, pending, left_out)
            drafts.append(_Draft((number, top[1].strip())))
        elif not _is_structure(line):
            (drafts[-1].lines if _goes_on(line, drafts, pending) else pending).append((number, line))
        else:
            if _begins_episode(line, drafts, pending):
                title, summary, before = _part_title(line, pending, first=not drafts)
                pending[:] = before
                _settle(drafts, pending, left_out)
                drafts.append(_Draft(title, summary))
            else:
                drafts[-1].lines += pending
            pending.clear()
            _add_line(drafts[-1], number, line)
    _settle(drafts, pending, left_out)
    return Page(
        blocks=tuple(map(_build_block, drafts)),
        left_out=tuple((number, line.strip()) for number, line in left_out if line.strip()),
    )


def _is_structure(line: str) -> bool:
    """Say whether a line has a place in an episode by its shape; others are titles, summaries and prose."""
    return bool(CHAPTER.search(line) or QUOTE.match(line) or ENTITY.match(line) or HEADING.match(line))


def _goes_on(line: str, drafts: Sequence[_Draft], pending: Sequence[tuple[int, str]]) -> bool:
    """Say whether a line belongs to the list of entities above it: as an odd item, or as the second line of one."""
    listed = bool(drafts) and drafts[-1].listed and not any(text.strip() for _, text in pending)
    return listed and bool(_ITEM.match(line))


def _begins_episode(line: str, drafts: Sequence[_Draft], pending: Sequence[tuple[int, str]]) -> bool:
    """Say whether a line with structure is the first of an episode that has not begun yet."""
    if not drafts:
        return True
    if not any(text.strip() for _, text in pending):
        return False
    chapter = CHAPTER.search(line)
    if chapter is None:
        return drafts[-1].listed and not QUOTE.match(line)
    if drafts[-1].listed:
        return True
    return find_time(chapter) <= drafts[-1].last and any(_is_title(text) for _, text in pending)


def _part_title(
    line: str, pending: Sequence[tuple[int, str]], *, first: bool
) -> tuple[tuple[int, str], list[tuple[int, str]], list[tuple[int, str]]]:
    """Find the title of an episode among the lines above its first structure: the title, what follows, what precedes.

    The body of a capture is one line, with the title on the line above. Where the summary kept lines of its own, the
    title is the last line above them that is short and does not end as a sentence does.
    """
    written = [place for place, (_, text) in enumerate(pending) if text.strip()]
    if not written:
        return (0, ""), [], []
    flat = (chapter := CHAPTER.search(line)) is not None and chapter.start() > 0
    likely = [place for place in written if _is_title(pending[place][1])]
    place = written[-1]
    if likely and not (flat and place in likely):
        place = likely[-1] if first else likely[0]
    number, title = pending[place]
    return (number, title.strip()), list(pending[place + 1 :]), list(pending[:place])


def _is_title(text: str) -> bool:
    stripped = text.strip()
    return 0 < len(stripped) <= _LONGEST_TITLE and (not _SENTENCE.search(stripped) or stripped.endswith("..."))


def _settle(drafts: Sequence[_Draft], pending: list[tuple[int, str]], left_out: list[tuple[int, str]]) -> None:
    """Lines between two episodes are the end of the one above, unless its list of entities has closed it."""
    if drafts and not drafts[-1].listed:
        drafts[-1].lines += pending
    else:
        left_out += pending
    pending.clear()


def _add_line(draft: _Draft, number: int, line: str) -> None:
    draft.lines.append((number, line))
    for chapter in CHAPTER.finditer(line):
        draft.last = max(draft.last, find_time(chapter))
    draft.listed = draft.listed or bool(ENTITY.search(line))


def _build_block(draft: _Draft) -> Block:
    lines = [line for _, line in draft.lines]
    number, title = draft.title
    first = next((place for place, line in draft.lines if line.strip()), number)
    return Block(
        line=number or first, title=title, body="\n".join(lines), body_line=draft.lines[0][0] if lines else number
    )
