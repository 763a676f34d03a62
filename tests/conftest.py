"""What all tests can ask for: expected files that `pytest --update` rewrites, programs of the machine, a browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from tests.projects import Project

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BROWSER_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--autoplay-policy=no-user-gesture-required",
    "--mute-audio",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite the expected files, and fail where one changes")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> Callable[[Path, bytes], None]:
    """Takes the file of an expectation and what was found. Does nothing without --update.

    A file that changes fails the test, so that nobody, and no CI, can bless what nobody has read.
    """

    def write(expected: Path, found: bytes) -> None:
        if request.config.getoption("--update") and (not expected.exists() or expected.read_bytes() != found):
            expected.parent.mkdir(parents=True, exist_ok=True)
            expected.write_bytes(found)
            pytest.fail(f"{expected.name} was written: read the difference, and run again without --update")

    return write


@pytest.fixture(scope="session")
def report_missing() -> Callable[[str], NoReturn]:
    """Skips a test for which the machine lacks something, and fails it in CI, where nothing may be lacking."""

    def report(reason: str) -> NoReturn:
        if os.environ.get("CI"):
            pytest.fail(f"{reason}, and CI must have it")
        pytest.skip(reason)

    return report


@pytest.fixture(scope="session")
def find_program(report_missing: Callable[[str], NoReturn]) -> Callable[[str, str], str]:
    """Gives the path of a program; where there is none, says how to get it."""

    def find(name: str, remedy: str) -> str:
        return shutil.which(name) or report_missing(f"{name} is not on this machine ({remedy})")

    return find


@pytest.fixture(scope="module")
def browser(find_program: Callable[[str, str], str]) -> Iterator[Browser]:
    """Chromium, as the machine has it. It goes with the tests of one file: beside its thread nothing may fork."""
    from playwright.sync_api import sync_playwright

    path = find_program("chromium", "apt install chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=list(BROWSER_OPTIONS))
        yield browser
        browser.close()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project")
