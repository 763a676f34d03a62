"""The pages in a browser: what the script adds, what works without it, and what fits on a small screen."""

from __future__ import annotations

import datetime as dt
import io
import re
import wave
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from feeds.model import (
    Channel,
    Chapter,
    Enclosure,
    Episode,
    Item,
    Person,
    Picture,
    Podcast,
    Prose,
    Quote,
    Show,
    Site,
)
from feeds.rss.feed import render_channel, render_item
from feeds.site.channel import render_channel_page
from feeds.site.edition import make_edition
from feeds.site.episode import Told, render_episode_page
from feeds.site.home import render_site_pages
from feeds.theme.theme import read_theme

pytestmark = pytest.mark.browser

URL = "https://podcast.example/under/here"
SECONDS = 100
LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente " * 2
CHAPTERS = tuple(
    Chapter(start=start * 1000, title=f"{LONG} at {start}", blocks=(Prose(text="Words. " * 300), Quote(text=LONG)))
    for start in (0, 20, 60)
)
TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".xml": "text/xml",
}


def make_sound() -> bytes:
    """Silence, SECONDS long."""
    stream = io.BytesIO()
    with wave.open(stream, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(b"\x80" * 8000 * SECONDS)
    return stream.getvalue()


def make_show() -> Show:
    site = Site(url=URL, title="Shows")
    channel = Channel(
        slug="shape",
        title=LONG,
        description="Forms.\n\nAnd edges.",
        categories=(("Arts", ""),),
        language="en",
        author="Ada",
        image="artwork.png",
    )
    episode = Episode(
        title=LONG,
        date=dt.datetime(2026, 5, 12, tzinfo=dt.UTC),
        subtitle=LONG,
        sections=CHAPTERS,
        opening=(Prose(text=f"`{'x' * 300}`\n\n| a | b |\n|-|-|\n| {'y' * 200} | b |"),),
    )
    items = tuple(
        Item(
            episode=episode,
            guid=slug,
            slug=slug,
            url=f"{URL}/shape/{slug}/",
            language="en",
            explicit=False,
            duration=SECONDS * 1000,
            persons=(Person(name="Ada"),),
            enclosure=Enclosure(url=f"{URL}/shape/{slug}/{slug}.wav", length=1, type="audio/wav"),
            image=None,
            chapters_url="",
            transcripts=(),
        )
        for slug in ("sound", "lost")
    )
    podcast = Podcast(
        channel=channel,
        guid="4ad3",
        url=f"{URL}/shape/",
        feed_url=f"{URL}/shape/feed.xml",
        image=Picture(url=f"{URL}/assets/icon.svg"),
        items=items,
    )
    return Show(site=site, podcasts=(podcast,))


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """The published site, whose second episode has lost its audio."""
    show = make_show()
    (podcast,) = show.podcasts
    edition = make_edition(show, read_theme(Path(__file__).parent / "no-such-folder"))
    rendered = [*render_site_pages(edition), render_channel_page(edition, podcast)]
    rendered += [render_episode_page(edition, podcast, number, Told()) for number in (0, 1)]
    found = {
        file.path: file.content.read_bytes() if isinstance(file.content, Path) else file.content
        for file in rendered
        if isinstance(file.content, bytes | Path)
    }
    head, tail = render_channel(podcast, show.site)
    feed = head + b"".join(map(render_item, podcast.items)) + tail
    return found | {"shape/feed.xml": feed, "shape/sound/sound.wav": make_sound()}


def open_page(browser: Any, files: dict[str, bytes], path: str, **options: Any) -> Any:
    """Open a page of the site; what it complains of gathers in `page.complaints`."""

    def answer(route: Any, request: Any) -> None:
        place = urlsplit(request.url).path.removeprefix("/under/here/")
        place += "index.html" if place.endswith("/") or not place else ""
        content = files.get(place)
        if content is None:
            route.fulfill(status=404, body="")
            return
        kind = TYPES.get(Path(place).suffix, "audio/wav")
        asked = re.match(r"bytes=(\d+)-", request.headers.get("range", ""))
        start = int(asked[1]) if asked else 0
        span = f"bytes {start}-{len(content) - 1}/{len(content)}"
        headers = {"content-type": kind, "accept-ranges": "bytes", "content-range": span}
        route.fulfill(status=206 if asked else 200, headers=headers, body=content[start:])

    context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
    context.route("**/*", answer)
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(f"{URL}/{path}")
    return page


def find_current(page: Any) -> set[str]:
    return set(page.eval_on_selector_all("[aria-current]", "all => all.map(link => link.getAttribute('href'))"))


def wait_until(page: Any, expression: str) -> None:
    """Wait for something to be true, without the `eval` that the pages forbid."""
    for _ in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {expression}")


def wait_for_time(page: Any, seconds: int) -> None:
    wait_until(page, f"player.currentTime >= {seconds} && player.currentTime < {seconds + 5}")


def is_in_view(page: Any, id: str) -> bool:
    top = page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", id)
    return bool(0 <= top < 200)


@pytest.mark.parametrize("place", [".contents", ".seek"])
def test_a_click_on_a_chapter_plays_from_there_and_marks_it_wherever_it_is_listed(
    browser: Any, files: dict[str, bytes], place: str
) -> None:
    page = open_page(browser, files, "shape/sound/")
    wait_until(page, "player.readyState > 0")
    page.click(f"{place} a[href='#t=20']")
    wait_for_time(page, 20)
    assert not page.evaluate("player.paused")
    assert page.locator("[aria-current]").count() == 2
    assert find_current(page) == {"#t=20"}
    assert page.url.endswith("#t=20")
    assert page.complaints == []


def test_the_mark_moves_on_with_the_audio(browser: Any, files: dict[str, bytes]) -> None:
    page = open_page(browser, files, "shape/sound/#t=20")
    wait_for_time(page, 20)
    page.evaluate("player.currentTime = 70")
    page.wait_for_selector(".contents [aria-current][href='#t=60']")
    assert find_current(page) == {"#t=60"}


def test_an_address_with_a_time_leads_to_its_chapter_and_into_the_audio(browser: Any, files: dict[str, bytes]) -> None:
    page = open_page(browser, files, "shape/sound/#t=60")
    wait_for_time(page, 60)
    wait_until(page, "document.getElementById('t=60').getBoundingClientRect().top < 200")
    assert find_current(page) == {"#t=60"}
    assert page.evaluate("player.paused"), "nobody asked for sound"


def test_the_whole_skyline_can_be_reached_and_named_by_keyboard(browser: Any, files: dict[str, bytes]) -> None:
    page = open_page(browser, files, "shape/sound/")
    page.focus(".seek a[href='#t=0']")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    wait_for_time(page, 20)
    wait_until(page, "getComputedStyle(document.querySelector('a[href=\"#t=20\"] + text')).opacity == '1'")


def test_without_a_script_a_link_to_a_time_leads_to_the_notes(browser: Any, files: dict[str, bytes]) -> None:
    page = open_page(browser, files, "shape/sound/", java_script_enabled=False, reduced_motion="reduce")
    for place in (".contents", ".seek"):
        page.click(f"{place} a[href='#t=60']")
        assert page.url.endswith("#t=60")
        top = page.locator("[id='t=60']").bounding_box()["y"]
        assert 0 <= top < 200
        page.goto(f"{URL}/shape/sound/")
    assert not page.locator("button").is_visible()


def test_where_the_audio_is_lost_a_link_to_a_time_still_leads_to_the_notes(
    browser: Any, files: dict[str, bytes]
) -> None:
    page = open_page(browser, files, "shape/lost/", reduced_motion="reduce")
    wait_until(page, "player.error !== null")
    page.click(".seek a[href='#t=60']")
    assert is_in_view(page, "t=60")


def test_the_address_of_the_feed_can_be_copied(browser: Any, files: dict[str, bytes]) -> None:
    page = open_page(browser, files, "shape/", permissions=["clipboard-read", "clipboard-write"])
    page.click("button[data-copy]")
    page.get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{URL}/shape/feed.xml"
    assert page.complaints == []


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("path", ["", "shape/", "shape/sound/", "404.html"])
def test_no_page_is_wider_than_its_screen(browser: Any, files: dict[str, bytes], path: str, width: int) -> None:
    page = open_page(browser, files, path, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.complaints == []


@pytest.mark.parametrize("width", [320, 1280])
def test_the_dots_of_a_skyline_are_round_at_every_width(browser: Any, files: dict[str, bytes], width: int) -> None:
    page = open_page(browser, files, "shape/sound/", viewport={"width": width, "height": 800})
    boxes = page.eval_on_selector_all("circle", "all => all.map(dot => dot.getBoundingClientRect().toJSON())")
    assert len(boxes) == len(CHAPTERS)
    assert all(abs(box["width"] - box["height"]) < 0.01 for box in boxes)


def test_targets_are_large_enough_for_a_finger(browser: Any, files: dict[str, bytes]) -> None:
    page = open_page(
        browser, files, "shape/sound/", viewport={"width": 360, "height": 800}, has_touch=True, is_mobile=True
    )
    for box in page.eval_on_selector_all(
        ".masthead a, .contents a, .onward a, button, summary",
        "all => all.map(one => one.getBoundingClientRect().toJSON())",
    ):
        assert box["height"] >= 44


def test_a_browser_shows_the_feed_as_a_page(browser: Any, files: dict[str, bytes]) -> None:
    page = open_page(browser, files, "shape/feed.xml")
    shown = page.evaluate(
        """[...document.querySelectorAll('*')].filter(one => getComputedStyle(one).display !== 'none')
           .map(one => one.nodeName)"""
    )
    assert set(shown) == {"rss", "channel", "title", "link", "description", "atom:link", "item", "pubDate"}
    before, after = (
        page.evaluate(f"getComputedStyle(document.querySelector('[rel=self]'), '::{side}').content")
        for side in ("before", "after")
    )
    assert "podcast apps" in before
    assert f"{URL}/shape/feed.xml" in after
    assert page.evaluate("document.documentElement.scrollWidth") == 1280
