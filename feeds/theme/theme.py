"""Where templates are found, and the words that they can use.

Templates in the folder `templates` beside channel.toml win over those shipped with the program. One that
begins with `{% extends "shipped/episode.html" %}` changes only the blocks that it names.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import (
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateSyntaxError,
    pass_context,
)
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from markupsafe import Markup

from feeds.errors import Fault, ThemeError
from feeds.formats import format_bytes, format_clock, format_instant, format_seconds
from feeds.media_types import find_transcript_kind
from feeds.model import Prose
from feeds.notes.render import render_inline_html, render_prose_html
from feeds.theme.overrides import SHIPPED, check_line, find_block_warnings, find_unused, read_line
from feeds.theme.wording import (
    FOLDER,
    Wordings,
    format_day,
    format_end,
    format_moment,
    format_number,
    read_wordings,
)

TEMPLATES = "templates"
ASSETS = "assets"

_HOST = re.compile(r"https?://(?:[^/?#@]*@)?(?:www\.)?([^/?#:]+)", re.IGNORECASE)


class _MemoryCache(BytecodeCache):
    """Templates as they were compiled, for the next build of the same process: a preview builds often."""

    def __init__(self) -> None:
        self._compiled: dict[str, tuple[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._compiled.get(bucket.key, ("", b""))
        if checksum == bucket.checksum:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key] = bucket.checksum, bucket.bytecode_to_string()


_COMPILED = _MemoryCache()


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The templates of a site, the user's folder first.

    `assets` says where each file of the folder `assets` stands, by its name there. `warnings` name what the user
    has written there and nothing shows.
    """

    environment: Environment
    folders: tuple[Path, ...]
    assets: Mapping[str, Path]
    wordings: Wordings
    warnings: tuple[Fault, ...] = ()

    def render(self, name: str, context: Mapping[str, object]) -> bytes:
        """Render a template, with the words of the language of its page.

        Raises ThemeError with the line of the template that failed.
        """
        words = self.wordings.find(getattr(context.get("page"), "language", ""))
        try:
            return self.environment.get_template(name).render(context, words=words).encode()
        except TemplateSyntaxError as error:
            fault = Fault(path=error.filename or name, line=error.lineno, message=str(error.message))
            raise ThemeError([fault]) from error
        except RecursionError as error:
            path, line = self._find_place(error, name)
            raise ThemeError([Fault(path=path, line=line, message="includes itself, which has no end")]) from error
        except Exception as error:  # a template can fail in as many ways as a program
            path, line = self._find_place(error, name)
            fault = Fault(path=path, line=line, message=f"{type(error).__name__}: {error}")
            raise ThemeError([fault]) from error

    def _find_place(self, error: Exception, name: str) -> tuple[str, int]:
        """The innermost line of a template that the error went through."""
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            if any(Path(frame.filename).is_relative_to(folder) for folder in self.folders):
                return frame.filename, frame.lineno or 0
        return name, 0


def read_theme(project: Path, languages: Sequence[str] = ("en",)) -> Theme:
    """Find the templates for the folder that holds channel.toml; `languages` are those of the site, its own first.

    Raises ThemeError for a template of the user's that extends itself, and for words that no page can show.
    """
    own, shipped = project / TEMPLATES, _locate_shipped()
    from_shipped = FileSystemLoader(shipped)
    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader(own), PrefixLoader({SHIPPED: from_shipped}), from_shipped]),
        autoescape=True,
        undefined=StrictUndefined,
        bytecode_cache=_COMPILED,
        auto_reload=False,  # a build sees one state of its templates
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        notes=_render_notes,
        inline=_render_inline,
        clock=format_clock,
        seconds=format_seconds,
        day=_in_language(format_day),
        moment=_in_language(format_moment),
        end=_in_language(format_end),
        instant=format_instant,
        size=_format_size,
        host=find_host,
        transcript_kind=find_transcript_kind,
    )
    assets = {}
    for folder in (shipped / ASSETS, own / ASSETS):
        for path in sorted(folder.rglob("[!.]*")):
            if path.is_file():
                assets[path.relative_to(folder).as_posix()] = path
    wordings = read_wordings((own, shipped), languages[0])
    warnings = (
        *_read_warnings(environment, own, frozenset(_read_names(shipped))),
        *wordings.find_warnings(languages, own / FOLDER),
    )
    return Theme(environment=environment, folders=(own, shipped), assets=assets, wordings=wordings, warnings=warnings)


def _read_warnings(environment: Environment, own: Path, shipped: Collection[str]) -> tuple[Fault, ...]:
    """Look through the user's templates before they are rendered. Raises ThemeError."""
    names = [name for name in _read_names(own) if not name.startswith((f"{ASSETS}/", f"{FOLDER}/"))]
    lines = {name: line for name in names if (line := read_line(environment, name))}
    if faults := [fault for name, line in lines.items() for fault in check_line(name, line, shipped)]:
        raise ThemeError(faults)
    mentioned = {other for line in lines.values() for template in line for other in template.mentioned}
    blocks = (fault for line in lines.values() for fault in find_block_warnings(line))
    return (*blocks, *find_unused(own, names, mentioned, shipped))


def _read_names(folder: Path) -> tuple[str, ...]:
    """The files in a folder of templates, but for hidden ones and the copies that editors keep."""
    files = (path for path in sorted(folder.rglob("[!.]*[!~]")) if path.is_file())
    return tuple(path.relative_to(folder).as_posix() for path in files)


def _locate_shipped() -> Path:
    """The templates shipped with the program: inside the package once installed, beside it in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / TEMPLATES
    return inside if inside.is_dir() else package.parent / TEMPLATES


def _render_notes(prose: Prose) -> Markup:
    return Markup(render_prose_html(prose))


def _render_inline(markdown: str) -> Markup:
    return Markup(render_inline_html(markdown))


def _in_language(format: Callable[..., str]) -> Callable[..., str]:
    """Make a filter that writes as the language of the page does."""

    @pass_context
    def write(context: Context, *values: object) -> str:
        return format(*values, context["words"].language)

    return write


@pass_context
def _format_size(context: Context, length: int) -> str:
    number, unit = format_bytes(length).split()
    return f"{format_number(float(number), context['words'].locale)}\xa0{unit}"


def find_host(url: str) -> str:
    """The name by which people know where a link leads; "" for a path of our own.

    >>> find_host("https://www.example.org/a?b"), find_host("slides.html")
    ('example.org', '')
    """
    match = _HOST.match(url)
    return match[1].lower() if match else ""
