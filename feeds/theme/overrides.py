"""What an author's own templates have to do with the shipped ones: whom they extend, and whether anything uses them."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, nodes
from jinja2.meta import find_referenced_templates

from feeds.errors import Fault, format_path

SHIPPED = "shipped"
"""The folder under which an author's template names the shipped one of the same name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """What is said of a template without rendering it.

    `extended` is the template that it extends, "" for none or for one that only rendering tells, and `line` where it
    says so. `mentioned` are the templates that it names, None among them for one that only rendering tells. `blocks`
    has the lines of its blocks, `outer` the names of those that stand in no other: only these replace one above.
    """

    path: str
    extended: str
    line: int
    mentioned: frozenset[str | None]
    blocks: Mapping[str, int]
    outer: tuple[str, ...]


def read_template(environment: Environment, name: str) -> Template | None:
    """Read a template; None where there is none, or none that can be parsed, which is told when it is rendered."""
    if environment.loader is None:
        return None
    try:
        source, filename, _ = environment.loader.get_source(environment, name)
        tree = environment.parse(source, name, filename)
    except (TemplateNotFound, TemplateSyntaxError, UnicodeDecodeError):
        return None
    extends = tree.find(nodes.Extends)
    named = extends.template if extends else None
    return Template(
        path=format_path(Path(filename or name)),
        extended=str(named.value) if isinstance(named, nodes.Const) else "",
        line=extends.lineno if extends else 0,
        mentioned=frozenset(find_referenced_templates(tree)),
        blocks={block.name: block.lineno for block in tree.find_all(nodes.Block)},
        outer=tuple(block.name for block in _find_outer_blocks(tree)),
    )


def read_line(environment: Environment, name: str) -> tuple[Template, ...]:
    """Read a template and those above it, each of which it extends; the last may be the first again."""
    line: dict[str, Template] = {}
    while name not in line and (template := read_template(environment, name)):
        line[name] = template
        name = template.extended
    return (*line.values(), line[name]) if name in line else tuple(line.values())


def check_line(name: str, line: tuple[Template, ...], shipped: Collection[str]) -> Iterator[Fault]:
    """Find that a template extends itself, at once or through others, and so has no end."""
    if len(line) > 1 and line[0] is line[-1]:
        first = line[0]
        remedy = f'write {{% extends "{SHIPPED}/{name}" %}}' if name in shipped else "extend another"
        yield Fault(path=first.path, line=first.line, message=f"extends itself, which has no end: {remedy}")


def find_block_warnings(line: tuple[Template, ...]) -> Iterator[Fault]:
    """Find blocks that no template above has, so that nothing shows them."""
    if len(line) < 2:
        return
    first, *above = line
    known = {name for template in above for name in template.blocks}
    for name in first.outer:
        if name not in known:
            message = f"the block {name!r} is shown nowhere; {_find_nearest(name, known)}"
            yield Fault(path=first.path, line=first.blocks[name], message=message)


def find_unused(
    folder: Path, names: Iterable[str], mentioned: Collection[str | None], shipped: Collection[str]
) -> Iterator[Fault]:
    """Find files that no page is made of: of the name of none that is shipped, and mentioned in no template."""
    if None in mentioned:
        return
    for name in names:
        if name not in shipped and name not in mentioned:
            message = f"is used by no page; {_find_nearest(name, shipped)}"
            yield Fault(path=format_path(folder / name), message=message)


def _find_outer_blocks(node: nodes.Node) -> Iterator[nodes.Block]:
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Block):
            yield child
        else:
            yield from _find_outer_blocks(child)


def _find_nearest(name: str, known: Collection[str]) -> str:
    # The folder is as easily forgotten as the ending: style.css is assets/style.css.
    near = [other for other in sorted(known) if other.endswith(f"/{name}")] or difflib.get_close_matches(name, known)
    return f"did you mean {near[0]!r}?" if near else f"known are {', '.join(sorted(known))}"
