"""The laws of the house, read from the source: who may import whom, and who may touch the disk."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import feeds

ROOT = Path(feeds.__file__).parent

# From the cellar to the roof. A package is one room.
FLOORS = (
    # Words, spellings and numbers, and work on every processor: they know nothing of podcasts.
    "__init__ errors formats media_types namespaces processes progress prompts vocabulary",
    # What a show is made of, how files reach the disk, how they come from other servers, and what a rule is.
    "model network rulebook tree",
    # Where everything stands, how chapters are carried, and how values are written by hand.
    "addresses chapters markup tables transcripts",
    # What files, notes and channel.toml say, and how pages look.
    "hosting knowledge media notes podcasting settings shape tagging theme",
    # What is written, who it is, how it is shown, and what is asked of it.
    "identity records rss rules site",
    # What a command does as a whole.
    "authoring building chaptering reports validating",
    "importers",
    "preview",
    "commands",
    "cli __main__",
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms.split()}

PURE = ("parse_", "render_", "format_", "find_", "check_")
IMPURE = ("read_", "write_", "fetch_", "measure_", "serve_", "publish_")
DISK = frozenset(
    "open read_bytes read_text write_bytes write_text exists is_file is_dir is_symlink iterdir glob rglob walk stat "
    "mkdir rmdir unlink touch rename symlink_to samefile urlopen urlretrieve".split()
)
LINES = 400

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_module(file: Path) -> str:
    return ".".join(("feeds", *file.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")


MODULES: Mapping[str, ast.Module] = {
    name_module(file): ast.parse(file.read_text(encoding="utf-8"), str(file)) for file in sorted(ROOT.rglob("*.py"))
}


def find_imports(name: str, tree: ast.AST) -> Iterator[str]:
    """Every module of ours that a module imports, wherever in it: in a function, or for types alone."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "feeds")
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name}:{node.lineno}: imports are absolute here"
            if node.module and node.module.split(".")[0] == "feeds":
                below = (f"{node.module}.{alias.name}" for alias in node.names)
                yield from (module if module in MODULES else node.module for module in below)


def find_room(module: str) -> str:
    return module.split(".")[1] if "." in module else "__init__"


def find_functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def find_called(node: ast.AST) -> Iterator[tuple[str, int]]:
    """The last name of everything that is called, and the line."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            if isinstance(call.func, ast.Attribute):
                yield call.func.attr, call.lineno
            elif isinstance(call.func, ast.Name):
                yield call.func.id, call.lineno


def find_disk_calls(tree: ast.AST) -> Iterator[str]:
    """Where a function that promises to be pure calls one that is not."""
    for function in find_functions(tree):
        if function.name.lstrip("_").startswith(PURE):
            for called, line in find_called(function):
                if called in DISK or called.lstrip("_").startswith(IMPURE):
                    yield f"line {line}: {function.name} calls {called}"


def find_prints(tree: ast.AST) -> Iterator[str]:
    """Where a module prints, or imports click."""
    for called, line in find_called(tree):
        if called in ("print", "input", "echo"):
            yield f"line {line}: {called}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            named = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            yield from (f"line {node.lineno}: {module}" for module in named if module.split(".")[0] == "click")


IMPORTS = {name: set(find_imports(name, tree)) for name, tree in MODULES.items()}


def test_no_folder_holds_more_than_one_looks_through() -> None:
    folders = Counter(file.parent for file in ROOT.rglob("*.py") if not file.name.startswith("__"))
    assert [str(folder) for folder, count in folders.items() if count > 12] == []


def test_every_module_stands_on_a_floor_and_every_floor_stands() -> None:
    assert sorted({find_room(name) for name in MODULES}) == sorted(FLOOR)


def test_no_room_is_named_twice() -> None:
    assert sum(len(rooms.split()) for rooms in FLOORS) == len(FLOOR)


def test_imports_only_go_down() -> None:
    floors = {name: FLOOR.get(find_room(name), 0) for name in MODULES}
    pairs = ((name, other) for name, imported in IMPORTS.items() for other in imported)
    assert [f"{name} → {other}" for name, other in pairs if floors[other] > floors[name]] == []


def test_no_imports_go_in_a_circle() -> None:
    rooms: dict[str, set[str]] = {}
    for name, imported in IMPORTS.items():
        room = find_room(name)
        rooms.setdefault(room, set()).update(find_room(other) for other in imported if find_room(other) != room)
    for graph in (IMPORTS, rooms):
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            pytest.fail(" → ".join(error.args[1]))


def test_parsing_rendering_formatting_finding_and_checking_never_touch_the_disk() -> None:
    assert [f"{name}, {found}" for name, tree in MODULES.items() for found in find_disk_calls(tree)] == []


def test_only_the_command_line_prints_and_knows_click() -> None:
    core = {name: tree for name, tree in MODULES.items() if find_room(name) not in ("cli", "commands")}
    assert [f"{name}, {found}" for name, tree in core.items() for found in find_prints(tree)] == []
    assert list(find_prints(MODULES["feeds.cli"])) != []


def test_no_module_is_a_drawer_for_everything() -> None:
    drawers = {"util", "helper", "manager", "base", "misc", "common"}
    assert [name for name in MODULES if drawers & {word.rstrip("s") for word in re.split(r"[._]", name)}] == []


def test_no_module_is_too_long() -> None:
    lengths = {file: file.read_bytes().count(b"\n") for file in ROOT.rglob("*.py")}
    assert [f"{file.name}: {length}" for file, length in lengths.items() if length > LINES] == []


# The readers above, on a house that breaks every law.


@pytest.mark.parametrize(
    "text",
    [
        "from feeds import model",
        "from feeds.model import Item",
        "import feeds.model",
        "if TYPE_CHECKING:\n    from feeds.model import Item",
        "def f():\n    from feeds.model import Item",
    ],
)
def test_an_import_is_found_wherever_it_stands(text: str) -> None:
    assert list(find_imports("feeds.x", ast.parse(text))) == ["feeds.model"]


@pytest.mark.parametrize(
    "text",
    [
        "def parse_x(file): return open(file)",
        "def _find_x(file): return [one for one in file.rglob('*')]",
        "class X:\n    def render_x(self): return self.file.read_text()",
        "def check_x(file):\n    def inner(): return measure_audio(file)\n    return inner()",
        "async def format_x(file): return read_seed(file)",
    ],
)
def test_a_touch_of_the_disk_is_found_wherever_it_hides(text: str) -> None:
    assert len(list(find_disk_calls(ast.parse(text)))) == 1


@pytest.mark.parametrize(
    "text", ["print('x')", "import click", "from click import echo", "import click.shell_completion"]
)
def test_a_print_is_found(text: str) -> None:
    assert len(list(find_prints(ast.parse(text)))) == 1
