"""`pytest --update` writes what was found in the place of what was expected."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


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
