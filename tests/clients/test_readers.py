"""The table of the README says no more and no less of outside readers than the tests do."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

# Each of these says beside its tests what a reader confirms.
from tests.clients import (  # noqa: F401
    test_chapter_texts,
    test_chromium,
    test_feedparser,
    test_feedsmith,
    test_gpodder,
    test_partytime,
    test_podcastparser,
    test_recordings,
)
from tests.clients.confirming import format_readers

README = Path(__file__).parents[2] / "README.md"


def test_the_table_of_readers_is_what_the_tests_confirm(update: Callable[[Path, bytes], None]) -> None:
    text, table = README.read_text(encoding="utf-8"), format_readers()
    (standing,) = re.findall(r"^\| carrier \| count .*\n(?:\|.*\n)+", text, re.MULTILINE)
    update(README, text.replace(standing, table).encode())
    assert standing == table
