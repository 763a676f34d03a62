"""Chromium reads chapters in WebVTT, as a track of kind "chapters" has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from feeds.chapters.listing import ChapterList
from feeds.chapters.webvtt import format_webvtt_chapters
from feeds.formats import SECOND
from feeds.model import Chapter
from feeds.records.seeds import parse_seed
from tests.clients.confirming import confirms
from tests.clients.conftest import ROOT
from tests.clients.every import LENGTH, SHAPES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

LOAD = """
source => new Promise((found, failed) => {
  const element = document.createElement("video").appendChild(document.createElement("track"));
  element.kind = "chapters";
  element.onload = () => found([...element.track.cues].map(
    cue => [cue.startTime, cue.endTime, cue.getCueAsHTML().textContent]));
  element.onerror = () => failed(new Error("the track cannot be read"));
  element.src = source;
  document.body.append(element.parentNode);
  element.track.mode = "hidden";
})
"""


def read_examples() -> Mapping[str, tuple[Chapter, ...]]:
    seeds = sorted((ROOT / "seeds").rglob("*.md"))
    told = {seed.stem: parse_seed(seed.read_text(encoding="utf-8"), str(seed)).chapters for seed in seeds}
    return {name: chapters for name, chapters in told.items() if chapters}


@confirms("Chromium", "WebVTT", "count start title end")
def test_chromium_reads_every_listed_chapter_of_a_track_with_its_end(browser: Browser) -> None:
    page = browser.new_page()
    for name, chapters in {**SHAPES, **read_examples()}.items():
        text = format_webvtt_chapters(ChapterList(chapters=chapters, duration=LENGTH))
        seen: Any = page.evaluate(LOAD, f"data:text/vtt;charset=utf-8,{quote(text)}")
        listed = [chapter for chapter in chapters if chapter.toc]
        assert [(round(start * SECOND), title) for start, _, title in seen] == [
            (chapter.start, chapter.title) for chapter in listed
        ], name
        ends = [round(end * SECOND) for _, end, _ in seen]
        assert [chapter.end or end for chapter, end in zip(listed, ends, strict=True)] == ends
    page.close()
