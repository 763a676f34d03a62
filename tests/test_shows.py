"""Whole shows, from their records to the bytes of the site.

`shows/NAME` is a project that is built as on 1 June 2026 and compared with `shows/NAME/expected`: the name of every
file in files.txt, and what machines read of the site, byte for byte. Pages and what the theme brings along have
tests of their own. With --update, what is new in a show is locked too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from feeds import __version__
from feeds.building.build import build_site
from feeds.tree import MANIFEST

SHOWS = sorted(file.parent for file in Path(__file__).with_name("shows").glob("*/channel.toml"))
NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
NAMES = "files.txt"
MACHINE_READ = (".xml", ".opml", ".json", ".txt", ".conf", "_redirects", "_headers")
GENERATOR = f"<generator>feeds {__version__}</generator>".encode()

each_show = pytest.mark.parametrize("show", SHOWS, ids=lambda show: show.name)


def build(show: Path, out: Path, *, may_lock: bool) -> dict[str, bytes]:
    """Build a show; what is found is told by its path, and the list of all paths by its own name."""
    build_site(show, out, at=NOW, locking="write" if may_lock else "check")
    paths = sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
    own = [path for path in paths if path != MANIFEST and not path.startswith("assets/")]
    found = {path: (out / path).read_bytes() for path in own if path.endswith(MACHINE_READ)}
    assert NAMES not in found
    found[NAMES] = "".join(f"{path}\n" for path in own).encode()
    return {path: content.replace(GENERATOR, b"<generator>feeds</generator>") for path, content in found.items()}


def bless(expected: Path, found: dict[str, bytes], update: Callable[[Path, bytes], None]) -> None:
    """Update every file of an expectation before the test fails for the first of them."""
    failures = []
    for path, content in found.items():
        try:
            update(expected / path, content)
        except pytest.fail.Exception as failure:
            failures.append(failure)
    if failures:
        raise failures[0]


@each_show
def test_a_show_is_built_as_expected(
    show: Path, tmp_path: Path, update: Callable[[Path, bytes], None], pytestconfig: pytest.Config
) -> None:
    expected = show / "expected"
    found = build(show, tmp_path, may_lock=pytestconfig.getoption("--update"))
    bless(expected, found, update)
    names = sorted(path.relative_to(expected).as_posix() for path in expected.rglob("*") if path.is_file())
    assert names == sorted(found)
    for path, content in found.items():
        assert content == (expected / path).read_bytes(), path


@each_show
def test_all_that_a_show_expects_to_be_xml_is_well_formed(show: Path) -> None:
    files = [file for file in (show / "expected").rglob("*") if file.suffix in (".xml", ".opml")]
    assert files
    for file in files:
        etree.parse(file)


def test_there_are_shows() -> None:
    assert {show.name for show in SHOWS} == {"calendar", "everything", "minimal", "namespace", "paged", "scripts"}
