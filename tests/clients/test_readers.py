"""The table of what outside readers confirm says no more and no less than the tests do."""

from __future__ import annotations

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

TABLE = Path(__file__).with_name("readers.md")


def test_the_table_of_readers_is_what_the_tests_confirm(update: Callable[[Path, bytes], None]) -> None:
    table = format_readers()
    update(TABLE, table.encode())
    assert TABLE.read_text(encoding="utf-8") == table
