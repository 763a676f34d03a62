"""The notes of a record: Markdown in which chapters, quotes and entities have a shape of their own.

Chapters are headings with a time, quotes are emphasised block quotes, entities are a list under a heading of
their own. Everything else is prose and stays as it is written.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from feeds.errors import Fault
from feeds.formats import format_timestamp, parse_timestamp
from feeds.model import Block, Chapter, Entity, Location, Prose, ProseForm, Section
from feeds.podcasting.spellings import GEO, OSM
from feeds.records.quotations import escape_stars, format_quote, parse_quotes, unescape
from feeds.tables.values import parse_source, parse_url
from feeds.vocabulary import is_entity_heading

Note = Callable[[int, str], None]
"""Takes the line on which something is wrong, and what."""

_VERBATIM = re.compile(
    r" {0,3}(?:(?P<fence>`{3,}(?=[^`]*$)|~{3,})|(?P<comment><!--)|<(?P<tag>pre|script|style|textarea)(?=[\s>]|$))",
    re.IGNORECASE,
)
_HEADING = re.compile(r"##[ \t]+(\S.*)$")
_ESCAPED_HEADING = re.compile(r"^\\(\\*##[ \t]+\S)")
_UNESCAPED_HEADING = re.compile(r"^(\\*##[ \t]+\S)", re.MULTILINE)
_TIMED = re.compile(r"\[ ?(\d[\d:., ]*)\][ \t]*(.*)$")
_ATTRIBUTE = re.compile(r'([\w-]+)=("[^"]*"|[^\s"{}]+)(?=[\s}])\s*')
_ATTRIBUTES = re.compile(r"(?:^|(?<=[ \t]))\{\s*((?:" + _ATTRIBUTE.pattern + r")*)\}$")
_CLOSING = re.compile(r"(?<=[ \t])#+$")  # ends a heading, and is no part of it (CommonMark 0.31, section 4.2)
_ENTITY = re.compile(
    r"[-*+][ \t]+\*\*(?!\s*\*\*)(?P<name>(?:\\.|[^*\\]|\*(?!\*))+)\*\*\s*"
    r"[(（]\s*(?P<type>[^()（）\s][^()（）]*)[)）][ \t]*(?:[:：—–][ \t]*)?(?P<description>.*)$"
)
_CONTINUATION = re.compile(r"[ \t]+(?![-*+][ \t]|\d+[.)][ \t])\S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What stands below the front matter."""

    opening: tuple[Block, ...]
    sections: tuple[Chapter | Section, ...]
    entities_title: str
    entities: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """The lines under one heading, numbered from `first_line`; `title` is "" for those before the first heading."""

    title: str
    first_line: int
    lines: list[str]


def parse_body(text: str, *, path: str, first_line: int, faults: list[Fault], form: ProseForm = "markdown") -> Body:
    """Read the notes of a record; what is wrong with them joins `faults`.

    Notes in HTML or plain text are what stands above the first heading; a line of theirs that would be one has a
    backslash in front.
    """

    def note(line: int, message: str) -> None:
        faults.append(Fault(path=path, line=line, message=message))

    lines = text.split("\n")
    if form != "markdown":
        end = next((number for number, line in enumerate(lines) if _HEADING.match(line)), len(lines))
        below = parse_body("\n".join(lines[end:]), path=path, first_line=first_line + end, faults=faults)
        words = "\n".join(_ESCAPED_HEADING.sub(r"\1", line) for line in lines[:end]).strip()
        return replace(below, opening=(Prose(text=words, form=form, line=first_line),) if words else ())
    verbatim = _find_verbatim(lines, first_line, note)
    opening, *parts = _split_parts(lines, first_line, verbatim)
    opening_blocks = _parse_blocks(opening, verbatim, note)
    sections: list[Chapter | Section] = []
    entities_title = ""
    entities: dict[tuple[str, str], Entity] = {}
    for part in parts:
        if timed := _TIMED.match(part.title):
            chapter = _parse_chapter(part, timed, verbatim, note)
            sections += [chapter] if chapter else []
        elif is_entity_heading(part.title) or _is_entity_list(part.lines):
            _parse_entities(part, entities, note)
            entities_title = entities_title or (part.title if entities else "")
        else:
            sections.append(
                Section(title=part.title, blocks=_parse_blocks(part, verbatim, note), line=part.first_line - 1)
            )
    _check_order(sections, note)
    return Body(
        opening=opening_blocks,
        sections=tuple(sections),
        entities_title=entities_title,
        entities=tuple(entities.values()),
    )


def format_body(body: Body) -> str:
    """Write the notes of a record in their canonical form."""
    pieces = [_format_blocks(body.opening)]
    pieces += [
        f"{_format_heading(_format_title(section))}\n{_format_blocks(section.blocks)}".rstrip("\n")
        for section in body.sections
    ]
    if body.entities:
        entities = "\n".join(map(_format_entity, body.entities))
        pieces.append(f"{_format_heading(body.entities_title or 'Entities')}\n{entities}")
    return "\n\n".join(filter(None, pieces)) + "\n"


def _find_verbatim(lines: Sequence[str], first_line: int, note: Note) -> Collection[int]:
    """Number the lines within code, comments and the like, where nothing has a meaning (CommonMark, 4.5 and 4.6)."""
    verbatim = set()
    end: re.Pattern[str] | None = None
    begun, closing = 0, ""
    for number, line in enumerate(lines, first_line):
        if end is not None:
            verbatim.add(number)
            if end.match(line):
                end = None
        elif match := _VERBATIM.match(line):
            begun = number
            if fence := match["fence"]:
                closing = fence
                end = re.compile(rf" {{0,3}}{fence[0]}{{{len(fence)},}}[ \t]*$")
            else:
                closing = "-->" if match["comment"] else f"</{match['tag']}>"
                end = re.compile(".*" + closing, re.IGNORECASE)
                if end.match(line):
                    end = None
    if end is not None:
        note(begun, f"what begins here is never closed: write a line {closing} below it")
    return verbatim


def _split_parts(lines: Sequence[str], first_line: int, verbatim: Collection[int]) -> list[_Part]:
    """Cut the lines at the headings of the second level."""
    parts = [_Part("", first_line, [])]
    for number, line in enumerate(lines, first_line):
        heading = _HEADING.match(line) if line.startswith("##") and number not in verbatim else None
        if heading:
            title = _CLOSING.sub("", heading[1].rstrip()).rstrip()
            parts.append(_Part(title, number + 1, []))
        else:
            parts[-1].lines.append(line)
    return parts


def _parse_chapter(part: _Part, timed: re.Match[str], verbatim: Collection[int], note: Note) -> Chapter | None:
    """Read a chapter; one whose time is none is left out, as its record fails in any case."""
    line = part.first_line - 1
    title, attributes = _parse_attributes(timed[2], line, note)
    blocks = _parse_blocks(part, verbatim, note)
    if not title:
        note(line, f"the chapter at {timed[1]} has no title: write one behind the bracket")
    try:
        start = parse_timestamp(timed[1])
    except ValueError as error:
        note(line, f"chapter: {error}")
        return None
    return Chapter(
        start=start,
        title=title,
        link=attributes.get("link", ""),
        image=attributes.get("image", ""),
        toc=attributes.get("toc") != "no",
        end=_find_end(start, attributes.get("end", ""), line, note),
        location=_find_location(attributes, line, note),
        blocks=blocks,
        line=line,
    )


def _parse_attributes(text: str, line: int, note: Note) -> tuple[str, dict[str, str]]:
    """Part a title from the attributes in braces behind it; empty braces end a title that looks like some."""
    match = _ATTRIBUTES.search(text)
    if match is None:
        return text.strip(), {}
    attributes = {}
    for key, value in _ATTRIBUTE.findall(match[0]):
        if key in _ATTRIBUTE_KEYS:
            try:
                attributes[key] = _ATTRIBUTE_KEYS[key](value.strip('"'))
            except ValueError as error:
                note(line, f"chapter {key}: {error}")
                attributes[key] = ""
            continue
        near = difflib.get_close_matches(key, _ATTRIBUTE_KEYS, n=1)
        remedy = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(_ATTRIBUTE_KEYS)}"
        note(line, f"chapter: {key!r} is no known attribute; {remedy} (a title that ends so needs {{}} behind it)")
    return text[: match.start()].strip(), attributes


def _parse_toc(value: object) -> str:
    if value not in ("yes", "no"):
        raise ValueError(f"{value!r} is neither yes nor no")
    return str(value)


def _parse_word(value: object) -> str:
    return str(value)


_ATTRIBUTE_KEYS: Mapping[str, Callable[[object], str]] = {
    "link": parse_url,
    "image": parse_source,
    "toc": _parse_toc,
    "end": _parse_word,
    "location": _parse_word,
    "geo": GEO.parse,
    "osm": OSM.parse,
}


def _find_end(start: int, written: str, line: int, note: Note) -> int | None:
    """When a chapter ends, if it says so."""
    if not written:
        return None
    try:
        end = parse_timestamp(written)
    except ValueError as error:
        note(line, f"chapter end: {error}")
        return None
    if end <= start:
        note(line, f"the chapter ends at {written}, which is not behind its start: correct one, or leave the end out")
    return end


def _find_location(attributes: Mapping[str, str], line: int, note: Note) -> Location | None:
    """What place a chapter is about, if it says so: a name and a position (JSON chapters 1.2, "location")."""
    name, geo, osm = (attributes.get(key, "") for key in ("location", "geo", "osm"))
    if (geo or osm) and not name:
        note(line, 'the place of the chapter has no name: write location="…" beside geo and osm')
    if name and "geo" not in attributes:
        note(line, "the place of the chapter has no position: write geo=geo:latitude,longitude beside location")
    return Location(name=name, geo=geo, osm=osm) if name else None


def _parse_blocks(part: _Part, verbatim: Collection[int], note: Note) -> tuple[Block, ...]:
    """Part prose from quotes: a run of `>` lines is either quotes altogether, or prose as it stands."""
    blocks: list[Block] = []
    prose: list[str] = []
    prose_line = 0

    def end_prose() -> None:
        text = "\n".join(prose).rstrip()
        begun = text.lstrip("\n")
        if begun:
            blocks.append(Prose(text=begun, line=prose_line + len(text) - len(begun)))
        prose.clear()

    for number, run in _group_runs(part, verbatim):
        quotes = parse_quotes(run, number, note) if run[0].startswith(">") else ()
        if quotes:
            end_prose()
            blocks += quotes
        else:
            prose_line = prose_line if prose else number
            prose += run
    end_prose()
    return tuple(blocks)


def _group_runs(part: _Part, verbatim: Collection[int]) -> Iterator[tuple[int, list[str]]]:
    """Group lines into runs that are block quotes and runs that are none."""
    run: list[str] = []
    start = part.first_line
    for number, line in enumerate(part.lines, part.first_line):
        if run and (line.startswith(">") and number not in verbatim) != run[0].startswith(">"):
            yield start, run
            run, start = [], number
        run.append(line)
    if run:
        yield start, run


def _is_entity_list(lines: Iterable[str]) -> bool:
    """Entities are known by their shape too, so that their heading may stand in any language."""
    written = [line for line in lines if line.strip()]
    return bool(written) and all(
        _ENTITY.match(line.strip()) or (above and _CONTINUATION.match(line))
        for above, line in zip(["", *written], written, strict=False)
    )


def _parse_entities(part: _Part, entities: dict[tuple[str, str], Entity], note: Note) -> None:
    """Add the entities of a list to those known by name and kind; an indented line goes on with the one above."""
    key: tuple[str, str] | None = None
    for number, line in enumerate(part.lines, part.first_line):
        if match := _ENTITY.match(line.strip()):
            entity = Entity(
                name=unescape(match["name"]).strip(),
                type=match["type"].strip(),
                description=match["description"].strip(),
                line=number,
            )
            key = (entity.name.casefold(), entity.kind)
            if key in entities:
                note(number, f"{entity.name} ({entity.type}) is listed twice")
            entities[key] = entity
        elif key and _CONTINUATION.match(line):
            above = entities[key]
            entities[key] = replace(above, description=f"{above.description} {line.strip()}".strip())
        elif line.strip():
            note(number, "an entity is written: - **Name** (Type): description")


def _check_order(sections: Iterable[Chapter | Section], note: Note) -> None:
    """Chapters ascend; only silent ones may share a start with another (JSON chapters 1.2)."""
    above: Chapter | None = None
    listed: Chapter | None = None
    for chapter in sections:
        if not isinstance(chapter, Chapter):
            continue
        time = format_timestamp(chapter.start)
        if above and chapter.start < above.start:
            before = format_timestamp(above.start)
            note(chapter.line, f"the chapter at {time} stands below one at {before}: put chapters in time order")
        elif listed and chapter.toc and chapter.start == listed.start:
            note(chapter.line, f"two chapters start at {time} ({listed.title!r} and {chapter.title!r})")
        above, listed = chapter, chapter if chapter.toc else listed


def _format_heading(title: str) -> str:
    return f"## {title} ##" if _CLOSING.search(title) else f"## {title}"


def _format_title(section: Chapter | Section) -> str:
    if isinstance(section, Section):
        return section.title
    attributes = []
    if section.link:
        attributes.append(f'link="{section.link}"')
    if section.image:
        attributes.append(f'image="{section.image}"')
    if not section.toc:
        attributes.append("toc=no")
    if section.end is not None:
        attributes.append(f"end={format_timestamp(section.end)}")
    if place := section.location:
        words = (("location", place.name), ("geo", place.geo), ("osm", place.osm))
        attributes += [f'{name}="{word}"' for name, word in words if word]
    needs_braces = attributes or _ATTRIBUTES.search(section.title)
    braces = f" {{{' '.join(attributes)}}}" if needs_braces else ""
    return f"[{format_timestamp(section.start)}] {section.title}{braces}"


def _format_blocks(blocks: Iterable[Block]) -> str:
    return "\n\n".join(_format_prose(block) if isinstance(block, Prose) else format_quote(block) for block in blocks)


def _format_prose(prose: Prose) -> str:
    return prose.text if prose.form == "markdown" else _UNESCAPED_HEADING.sub(r"\\\1", prose.text)


def _format_entity(entity: Entity) -> str:
    description = f": {entity.description}" if entity.description else ""
    return f"- **{escape_stars(entity.name)}** ({entity.type}){description}"
