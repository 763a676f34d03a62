"""The pages, read from the bytes that come out: what a reader finds, what a machine finds, what must never run."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from feeds.errors import ThemeError
from feeds.model import (
    Channel,
    Chapter,
    Enclosure,
    Entity,
    Episode,
    Funding,
    Item,
    License,
    Location,
    Numbering,
    Person,
    Picture,
    Podcast,
    Prose,
    Quote,
    Season,
    Section,
    Show,
    Site,
    StandIn,
    TranscriptFile,
)
from feeds.site.channel import DRAWN, render_channel_page
from feeds.site.edition import make_edition
from feeds.site.episode import Told, render_episode_page
from feeds.site.home import render_site_pages
from feeds.site.page import Page
from feeds.site.quotes import render_quote_pages, render_quotes_page
from feeds.site.subjects import render_subject_lists, render_subject_page
from feeds.theme.theme import Theme, read_theme
from feeds.transcripts.cue import Cue, Speech
from feeds.vocabulary import find_stand_in_note

URL = "https://example.org/podcasts"
SITE = Site(url=URL, title="Shows", description="All of them.")
THEME = read_theme(Path(__file__).parent / "no-such-folder")

EPISODE = Episode(
    path="seeds/shape/bread.md",
    title="Bread & Salt",
    date=dt.datetime(2026, 5, 12, 23, tzinfo=dt.UTC),
    subtitle="Why a loaf needs a pinch.",
    season=Season(number=0),
    episode=Numbering(number=Decimal(3)),
    opening=(Prose(text="Salt *matters*."), Quote(text="Salt is time.", speaker="Ben", at=80_000)),
    sections=(
        Chapter(start=0, title="Flour", blocks=(Prose(text="Ground."), Quote(text="Untimed.", speaker="Cy"))),
        Chapter(
            start=80_000,
            title="Water",
            link="https://www.example.net/water?x=1",
            image=f"{URL}/shape/bread/water.png",
            blocks=(Quote(text="Wet.", speaker="Ada", at=90_250),),
        ),
        Chapter(start=120_000, title="A Message", toc=False),
        Chapter(start=3_700_000, title="Fire", blocks=(Prose(text="Hot."),)),
        Section(title="Links", blocks=(Prose(text="- [One](https://example.net)"),)),
    ),
    entities_title="Who and What",
    entities=(
        Entity(name="Ada", type="Person", description="*bakes*"),
        Entity(name="Salt", type="Concept"),
    ),
    tags=("baking",),
    location=(Location(name="Seoul"),),
    license=License(id="CC-BY-4.0", url="https://creativecommons.org/licenses/by/4.0/"),
)
ITEM = Item(
    episode=EPISODE,
    guid="7f9c",
    slug="bread",
    url=f"{URL}/shape/bread/",
    language="en",
    explicit=False,
    duration=4_000_000,
    persons=(Person(name="Ada"), Person(name="Ben", role="guest", href="https://ben.example")),
    enclosure=Enclosure(url=f"{URL}/shape/bread/bread.0123456789.mp3", length=2_400_000, type="audio/mpeg"),
    image=None,
    chapters_url=f"{URL}/shape/bread/chapters.json",
    transcripts=(
        TranscriptFile(
            url=f"{URL}/shape/bread/bread.0123456789.vtt",
            type="text/vtt",
            language="en",
        ),
    ),
)
CUES = (
    Cue(start=0, end=4_000, text="Hello.", speaker="Ada"),
    Cue(start=5_000, end=9_000, text="This is bread."),
    Cue(start=9_500, end=12_000, text="And salt.", speaker="Ben"),
)
CHANNEL = Channel(
    slug="shape",
    title="Shape",
    description="Forms of things.\n\nAnd their edges.",
    categories=(("Arts", "Design"),),
    language="en",
    author="Ada",
    image="artwork.png",
    link="https://www.shape.example/",
    copyright="© Ada",
    funding=(Funding(url="https://give.example/", text="Give"),),
)


def make_item(number: int, **changes: object) -> Item:
    date = dt.datetime(2026, 1, 1, tzinfo=dt.UTC) - dt.timedelta(days=number)
    episode = replace(EPISODE, title=f"Number {number}", date=date, **changes)  # type: ignore[arg-type]
    return replace(ITEM, episode=episode, slug=f"n{number}", url=f"{URL}/shape/n{number}/")


def make_podcast(*items: Item, **changes: object) -> Podcast:
    channel = replace(CHANNEL, **changes)  # type: ignore[arg-type]
    return Podcast(
        channel=channel,
        guid="4ad3",
        url=f"{URL}/{channel.slug}/",
        feed_url=f"{URL}/{channel.slug}/feed.xml",
        image=Picture(url=f"{URL}/{channel.slug}/artwork.0123456789.png", width=1400, height=1400),
        items=items,
    )


def make_show(*podcasts: Podcast, **changes: object) -> Show:
    return Show(site=replace(SITE, **changes), podcasts=podcasts)  # type: ignore[arg-type]


PODCAST = make_podcast(make_item(0), ITEM, make_item(1))
SHOW = make_show(PODCAST)
TWO = make_show(PODCAST, make_podcast(make_item(5), slug="korean", title="모양", language="ko"))


def render_pages(show: Show, theme: Theme = THEME) -> dict[str, bytes]:
    """Every page and list of a show, by path; what is copied from disk is left out."""
    edition = make_edition(show, theme)
    files = [*render_site_pages(edition), *render_subject_lists(edition)]
    for podcast in show.podcasts:
        files += [render_channel_page(edition, podcast), *render_quotes_page(edition, podcast)]
        for number, item in enumerate(podcast.items):
            files.append(render_episode_page(edition, podcast, number, Told(said=find_words(item))))
            files += render_quote_pages(edition, podcast, item)
    files += [render_subject_page(edition, subject, lambda _: {}) for subject in edition.knowledge.subjects]
    return {file.path: file.content for file in files if isinstance(file.content, bytes)}


def parse_page(content: bytes) -> Any:
    """Read a page as a browser would. Raises an error where its HTML is wrong (HTML standard, parse errors)."""
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("lxml"), strict=True, namespaceHTMLElements=False)
    root = parser.parse(content.decode()).getroot()
    for element in root.iter("{*}*"):
        element.tag = etree.QName(element).localname
    return root


def find_words(item: Item, said: tuple[Speech, ...] = CUES) -> dict[str, tuple[Speech, ...]]:
    return {file.url: said for file in item.transcripts}


def render_episode(item: Item = ITEM, channel: Podcast = PODCAST, said: tuple[Speech, ...] = CUES) -> Any:
    podcast = replace(channel, items=(item,))
    told = Told(said=find_words(item, said))
    page = render_episode_page(make_edition(make_show(podcast), THEME), podcast, 0, told)
    assert isinstance(page.content, bytes)
    return parse_page(page.content)


def with_episode(**changes: object) -> Item:
    return replace(ITEM, episode=replace(EPISODE, **changes))  # type: ignore[arg-type]


def text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def texts(root: Any, path: str) -> list[str]:
    return [text(element) for element in root.xpath(path)]


def links(root: Any) -> Iterator[str]:
    for element in root.iter():
        for name in ("href", "src"):
            if name in element.attrib:
                yield element.attrib[name]


# Every page


@pytest.mark.parametrize("show", [SHOW, TWO, make_show(make_podcast())], ids=["one", "two", "empty"])
def test_every_page_is_html_without_a_single_parse_error(show: Show) -> None:
    for path, content in render_pages(show).items():
        if path.endswith(".html"):
            parse_page(content)


def test_no_id_is_given_twice_on_a_page() -> None:
    for path, content in render_pages(TWO).items():
        if path.endswith(".html"):
            ids = parse_page(content).xpath("//@id")
            assert len(ids) == len(set(ids)), path


def test_every_link_within_the_site_leads_to_a_file_or_a_part_of_the_page() -> None:
    pages = render_pages(TWO)
    assets = {f"assets/{name}" for name in THEME.assets}
    media = re.compile(r"(shape|korean)/(feed\.xml|artwork\..*|[^/]+/[^/]+\.(mp3|vtt|png))$")
    for path, content in pages.items():
        if not path.endswith(".html"):
            continue
        root = parse_page(content)
        for link in links(root):
            target = urlsplit(urljoin(f"{URL}/{path}", link))
            if not target.geturl().startswith(URL):
                continue
            place = target.path.removeprefix("/podcasts/")
            place = place + "index.html" if place.endswith("/") or not place else place
            assert place in pages or place in assets or media.match(place), (path, link)
            if link.startswith("#"):
                assert root.xpath("//*[@id=$id]", id=link[1:]), (path, link)


def test_pages_work_under_any_prefix_since_their_links_are_relative() -> None:
    for path, content in render_pages(TWO).items():
        if path.endswith(".html") and path != "404.html":
            inner = [link for link in links(parse_page(content).find("body")) if link.startswith(URL)]
            assert not inner, path


def test_the_page_for_missing_addresses_has_absolute_links_since_it_shows_at_any_depth() -> None:
    root = parse_page(render_pages(TWO)["404.html"])
    found = [link for link in links(root) if not link.startswith("#")]
    assert found
    assert all(link.startswith(f"{URL}/") for link in found)
    assert root.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_the_head_says_what_the_page_is() -> None:
    (head,) = render_episode().xpath("//head")
    assert text(head.find("title")) == "Bread & Salt · Shape"
    assert head.xpath("link[@rel='canonical']/@href") == [f"{URL}/shape/bread/"]
    assert head.xpath("link[@type='application/rss+xml']/@href") == ["../../shape/feed.xml"]
    assert head.xpath("meta[@name='description']/@content") == [EPISODE.subtitle]
    properties = dict(zip(head.xpath("meta/@property"), head.xpath("meta[@property]/@content"), strict=True))
    assert properties["og:title"] == EPISODE.title
    assert properties["og:type"] == "article"
    assert properties["og:url"] == f"{URL}/shape/bread/"
    assert properties["og:image"] == PODCAST.image.url


def test_nothing_stands_in_a_page_that_its_own_security_policy_forbids() -> None:
    for path, content in render_pages(TWO).items():
        if not path.endswith(".html"):
            continue
        root = parse_page(content)
        (policy,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy.startswith("default-src 'self'; ")
        assert "unsafe" not in policy
        assert not root.xpath("//style | //@style | //script[not(@src)]")
        assert not [name for element in root.iter() for name in element.attrib if name.startswith("on")]


def test_a_page_says_its_language_and_that_of_what_is_foreign_on_it() -> None:
    korean = replace(ITEM, language="ko", slug="k", url=f"{URL}/shape/k/")
    show = make_show(make_podcast(ITEM, korean))
    pages = {path: parse_page(content) for path, content in render_pages(show).items() if path.endswith(".html")}
    assert pages["shape/bread/index.html"].attrib["lang"] == "en"
    assert pages["shape/k/index.html"].attrib["lang"] == "ko"
    assert pages["shape/k/index.html"].xpath("//header[@class='masthead']/a[1]/@lang") == ["en"]
    assert pages["shape/bread/index.html"].xpath("//a[@rel='next']/@hreflang") == ["ko"]
    assert pages["shape/bread/index.html"].xpath("//a[@rel='next']/span/@lang") == ["ko"]
    assert pages["shape/index.html"].xpath("//li//a/@hreflang") == ["ko"]


def test_the_words_around_an_episode_are_in_its_language() -> None:
    (korean,) = texts(render_episode(replace(ITEM, language="ko")), "//nav[contains(@class, 'contents')]/h2")
    (english,) = texts(render_episode(), "//nav[contains(@class, 'contents')]/h2")
    assert (korean, english) == ("챕터", "Chapters")


# What must never run


HOSTILE = [
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "</title></svg></details><script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;script&gt;",
    "]]>--><!--",
]
BAD_LINKS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
]


def make_hostile(words: str, link: str) -> Show:
    episode = replace(
        EPISODE,
        title=words,
        subtitle=words,
        opening=(Prose(text=f"{words} [x](<{link}>)"), Quote(text=words, speaker=words, at=1)),
        sections=(Chapter(start=0, title=words, link=link, image=link), Section(title=words)),
        entities=(Entity(name=words, type=words, description=words), Entity(name=words, type="person")),
        tags=(words,),
        location=(Location(name=words),),
        license=License(id=words, url=link),
    )
    transcript = TranscriptFile(url=link, type=words, language="en")
    person = Person(name=words, role=words, href=link)
    item = replace(ITEM, episode=episode, persons=(person,), transcripts=(transcript,))
    podcast = make_podcast(
        item,
        item,
        title=words,
        author=words,
        description=words,
        copyright=words,
        link=link,
        funding=(Funding(url=link, text=words),),
    )
    return make_show(podcast, title=words, description=words)


def find_danger(show: Show) -> Iterator[str]:
    """What runs, or could once it is clicked, in the pages of a show."""
    for path, content in render_pages(show).items():
        if not path.endswith(".html"):
            continue
        root = parse_page(content)
        for element in root.iter("script", "iframe", "object", "embed", "form", "base"):
            if not re.fullmatch(rf"(?:(?:\.\./)*|{URL}/)assets/[a-z]+\.js", str(element.get("src", ""))):
                yield f"{path}: {etree.tostring(element)!r}"
        yield from (f"{path}: {name}" for e in root.iter() for name in e.attrib if name.startswith("on"))
        for link in links(root):
            if urlsplit(link.strip()).scheme not in ("", "http", "https", "mailto") or re.match(r"[\x00-\x20]", link):
                yield f"{path}: {link!r}"


@pytest.mark.parametrize("words", HOSTILE)
def test_words_never_become_markup(words: str) -> None:
    show = make_hostile(words, "https://example.net/")
    assert list(find_danger(show)) == []
    root = parse_page(render_pages(show)["shape/bread/index.html"])
    assert texts(root, "//h1") == [" ".join(words.split())]
    assert " ".join(words.split()) in texts(root, "//blockquote")


@pytest.mark.parametrize("link", BAD_LINKS)
def test_a_link_that_would_run_something_is_no_link(link: str) -> None:
    assert list(find_danger(make_hostile("x", link))) == []


@settings(max_examples=30, deadline=None)
@given(
    st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=20).map(lambda tail: "<" + tail),
    st.sampled_from(["javascript", "data", "vb\tscript", "", "https"]),
    st.text(max_size=10),
)
def test_no_words_and_no_link_are_dangerous(words: str, scheme: str, rest: str) -> None:
    link = f"{scheme}:{rest}"
    try:
        urlsplit(link)
    except ValueError:
        return  # the reader of this test could not say either where it leads
    page = Page(site=SITE, path="x/index.html", root="../", title=words, description=words, language="en")
    kept = page.link(link)
    assert kept == "" or urlsplit(kept).scheme in ("", "http", "https", "mailto")


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://example.net/a b", "https://example.net/a b"),
        ("mailto:ada@example.org", "mailto:ada@example.org"),
        ("slides.html", "slides.html"),
        ("//example.net/", "//example.net/"),
        ("", ""),
        (f"{URL}/shape/a.mp3", "../shape/a.mp3"),
        (f"{URL}/", "../"),
        (f"{URL}-elsewhere/", f"{URL}-elsewhere/"),
    ],
)
def test_other_links_stay_what_they_are_and_our_own_become_relative(link: str, expected: str) -> None:
    page = Page(site=SITE, path="x/index.html", root="../", title="x", description="", language="en")
    assert page.link(link) == expected


def test_a_link_to_the_home_page_from_itself_is_not_empty() -> None:
    page = Page(site=SITE, path="index.html", root="", title="x", description="", language="en")
    assert page.to("index.html") == page.link(f"{URL}/") == "./"


# The page of an episode


def test_an_episode_is_read_in_its_order() -> None:
    root = render_episode()
    order = ["label", "subtitle", "speakers", "skyline seek", "deck", "contents", "notes", "entities", "transcript"]
    found = [name for name in root.xpath("//main//@class") if name.removesuffix(" hours") in order]
    places = [[name.removesuffix(" hours") for name in found].index(name) for name in order]
    assert places == sorted(places)


def test_the_label_gives_date_length_season_and_episode() -> None:
    (label,) = render_episode().xpath("//header[@class='opening']/p[@class='label']")
    assert text(label) == "12 May 2026 1:06:40 Season 0 Episode 3"


def test_a_date_is_that_of_the_zone_of_the_site() -> None:
    show = make_show(PODCAST, timezone=dt.timezone(dt.timedelta(hours=9)))
    content = render_episode_page(make_edition(show, THEME), PODCAST, 1, Told()).content
    assert isinstance(content, bytes)
    (time,) = parse_page(content).xpath("//article/header//time")
    assert (text(time), time.get("datetime")) == ("13 May 2026", "2026-05-12T23:00:00Z")


def test_guests_are_named_before_hosts_and_lead_to_their_pages() -> None:
    (speakers,) = render_episode().xpath("//p[@class='speakers']")
    assert text(speakers) == "With Ben guest · Ada host"
    assert speakers.xpath(".//a/@href") == ["../../people/ben/", "../../people/ada/"]
    assert "https://ben.example" in parse_page(render_pages(SHOW)["people/ben/index.html"]).xpath("//header//a/@href")


def test_where_nobody_is_named_those_who_are_quoted_speak() -> None:
    (speakers,) = render_episode(replace(ITEM, persons=())).xpath("//p[@class='speakers']")
    assert text(speakers) == "With Ben · Cy · Ada"


def test_every_link_to_a_time_of_a_chapter_or_quote_leads_there_without_a_script() -> None:
    root = render_episode()
    times = set(root.xpath("//a[starts-with(@href, '#t=')]/@href"))
    assert times == {"#t=0", "#t=80", "#t=90.25", "#t=3700", "#t=9.5"}
    (section,) = root.xpath("//*[@id='t=80']")
    assert text(section.find("h2")) == "01:20 Water"
    (figure,) = root.xpath("//*[@id='t=90.25']")
    assert text(figure) == "Wet. Ada 01:30 ¶"


def test_silent_chapters_are_neither_listed_nor_drawn() -> None:
    root = render_episode()
    assert texts(root, "//nav[contains(@class, 'contents')]//li") == [
        "00:00 Flour",
        "01:20 Water",
        "1:01:40 Fire",
    ]
    assert root.xpath("//svg/a/@aria-label") == ["00:00 Flour", "01:20 Water", "1:01:40 Fire"]
    assert "A Message" not in text(root)


def test_a_silent_chapter_with_notes_keeps_them_under_its_title() -> None:
    silent = Chapter(start=1000, title="Aside", toc=False, blocks=(Prose(text="Words."),))
    root = render_episode(with_episode(sections=(silent,)))
    assert text(root.xpath("//*[@id='t=1']")[0]) == "00:01 Aside Words."
    assert not root.xpath("//nav[contains(@class, 'contents')]")


def test_a_chapter_shows_its_link_and_its_picture() -> None:
    (section,) = render_episode().xpath("//*[@id='t=80']")
    (link,) = section.xpath("p/a")
    assert (text(link), link.get("href")) == ("example.net", "https://www.example.net/water?x=1")
    assert section.xpath("img/@src") == ["../../shape/bread/water.png"]


def test_an_episode_shows_its_own_picture_and_not_that_of_the_channel() -> None:
    pictured = replace(ITEM, image=Picture(url=f"{URL}/shape/bread/loaf.png", width=1400, height=1400))
    (picture,) = render_episode(pictured).xpath("//header[@class='opening']/img")
    assert (picture.get("src"), picture.get("width"), picture.get("alt")) == ("../../shape/bread/loaf.png", "1400", "")
    assert not render_episode(replace(ITEM, image=None)).xpath("//header[@class='opening']/img")


def test_quotes_name_who_said_them_and_when() -> None:
    root = render_episode()
    assert texts(root, "//figure/blockquote") == ["Salt is time.", "Untimed.", "Wet."]
    assert texts(root, "//figure/figcaption") == ["Ben 01:20 ¶", "Cy ¶", "Ada 01:30 ¶"]


def test_entities_are_a_glossary_under_the_title_that_the_author_gave() -> None:
    (section,) = render_episode().xpath("//section[@class='entities']")
    assert text(section.find("h2")) == "Who and What"
    assert texts(section, ".//dt") == ["Ada person", "Salt concept"]
    assert texts(section, ".//dd/em") == ["bakes"]


def test_a_transcript_is_folded_and_read_in_turns() -> None:
    (details,) = render_episode().xpath("//details")
    assert "open" not in details.attrib
    assert texts(details, "p") == ["00:00 Ada Hello. This is bread.", "00:09 Ben And salt."]


def test_a_long_speech_is_divided_at_the_end_of_a_sentence() -> None:
    cues = [Cue(start=n * 10_000, end=n * 10_000 + 9_000, text=f"Words {n}") for n in range(8)]
    cues[5] = replace(cues[5], text="The end.")
    root = render_episode(said=tuple(cues))
    assert texts(root, "//details/p") == [
        "00:00 Words 0 Words 1 Words 2 Words 3 Words 4 The end.",
        "01:00 Words 6 Words 7",
    ]


def test_a_transcript_in_another_language_says_so() -> None:
    transcript = replace(ITEM.transcripts[0], language="de")
    assert render_episode(replace(ITEM, transcripts=(transcript,))).xpath("//details/@lang") == ["de"]


def test_of_several_transcripts_the_one_in_the_language_of_the_episode_is_shown() -> None:
    first, *_ = ITEM.transcripts
    korean = replace(first, url=f"{URL}/shape/bread/ko.0123456789.vtt", language="ko")
    item = replace(ITEM, transcripts=(korean, first))
    told = Told(said={korean.url: (Cue(start=0, end=1, text="빵"),), first.url: CUES})
    podcast = make_podcast(item)
    page = render_episode_page(make_edition(make_show(podcast), THEME), podcast, 0, told)
    assert isinstance(page.content, bytes)
    assert texts(parse_page(page.content), "//details/p") == ["00:00 Ada Hello. This is bread.", "00:09 Ben And salt."]


def test_a_transcript_without_times_is_shown_without_links() -> None:
    root = render_episode(said=(Speech(text="<b>Hello</b>", speaker="Ada"), Speech(text="Goodbye.")))
    (details,) = root.xpath("//details")
    assert texts(details, "p") == ["Ada <b>Hello</b>", "Goodbye."]
    assert not details.xpath(".//a")


def test_where_some_of_a_transcript_has_times_the_rest_follows_in_paragraphs_of_its_own() -> None:
    said = (Cue(start=0, end=1, text="One.", speaker="Ada"), Speech(text="Two."), Cue(start=5_000, end=6_000, text="3"))
    assert texts(render_episode(said=said), "//details/p") == ["00:00 Ada One.", "Two.", "00:05 3"]


def test_of_several_transcripts_one_with_times_is_shown() -> None:
    first, *_ = ITEM.transcripts
    plain = replace(first, url=f"{URL}/shape/bread/plain.0123456789.txt", type="text/plain")
    podcast = make_podcast(replace(ITEM, transcripts=(plain, first)))
    said = {plain.url: (Speech(text="Hello."),), first.url: CUES}
    page = render_episode_page(make_edition(make_show(podcast), THEME), podcast, 0, Told(said=said))
    assert isinstance(page.content, bytes)
    assert texts(parse_page(page.content), "//details/p") == ["00:00 Ada Hello. This is bread.", "00:09 Ben And salt."]


def test_a_transcript_that_is_not_at_hand_is_linked_and_not_shown() -> None:
    transcript = replace(ITEM.transcripts[0], type="text/plain")
    root = render_episode(replace(ITEM, transcripts=(transcript,)), said=())
    assert not root.xpath("//details")
    assert root.xpath("//dl[@class='facts']//a[contains(@href, '.vtt')]")


def test_the_audio_plays_and_can_be_downloaded() -> None:
    root = render_episode()
    (player,) = root.xpath("//audio[@id='player']")
    assert player.get("src") == "../../shape/bread/bread.0123456789.mp3"
    assert player.get("preload") == "metadata"
    assert texts(root, "//dd[a[@download]]") == ["Download the audio 2.4 MB"]


def test_a_video_is_shown_as_one() -> None:
    enclosure = Enclosure(url="https://cdn.example/a.mp4", length=0, type="video/mp4")
    root = render_episode(replace(ITEM, enclosure=enclosure))
    assert root.xpath("//video[@id='player']/@src") == ["https://cdn.example/a.mp4"]
    assert texts(root, "//dd[a[@download]]") == ["Download the audio"]


def test_a_stand_in_is_clearly_said_to_be_one() -> None:
    root = render_episode(with_episode(audio=StandIn()))
    assert texts(root, "//p[@class='notice']") == [find_stand_in_note("en")]
    assert texts(root, "//dd[a[@download]]") == ["Download the stand-in 2.4 MB"]
    assert not render_episode().xpath("//p[@class='notice']")
    korean = replace(with_episode(audio=StandIn()), language="ko")
    assert texts(render_episode(korean), "//p[@class='notice']") == [find_stand_in_note("ko")]


def test_an_episode_without_audio_has_no_player_and_offers_no_download() -> None:
    bare = Episode(title="Words", date=EPISODE.date, opening=(Prose(text="Only words."),))
    item = replace(ITEM, episode=bare, enclosure=None, duration=0, transcripts=(), persons=())
    root = render_episode(item)
    assert not root.xpath("//audio | //video | //svg | //*[@class='deck'] | //*[@class='facts'] | //a[@download]")
    assert text(root.xpath("//p[@class='label']")[0]) == "12 May 2026"


def test_an_episode_leads_to_the_newer_and_the_older_one() -> None:
    pages = render_pages(SHOW)
    middle = parse_page(pages["shape/bread/index.html"])
    assert middle.xpath("//a[@rel='prev']/@href") == ["../../shape/n0/"]
    assert middle.xpath("//a[@rel='next']/@href") == ["../../shape/n1/"]
    assert not parse_page(pages["shape/n0/index.html"]).xpath("//a[@rel='prev']")
    assert not parse_page(pages["shape/n1/index.html"]).xpath("//a[@rel='next']")


# The page of a channel, and the home page


def test_a_channel_says_what_it_is_and_how_to_subscribe() -> None:
    root = parse_page(render_pages(SHOW)["shape/index.html"])
    assert texts(root, "//h1") == ["Shape"]
    assert texts(root, "//p[@class='subtitle']") == ["Forms of things."]
    assert texts(root, "//p[@class='about']") == ["And their edges."]
    assert texts(root, "//section[@id='subscribe']//code") == [f"{URL}/shape/feed.xml"]
    assert root.xpath("//button/@hidden"), "without a script nothing would copy"
    assert "https://give.example/" in root.xpath("//section[@id='subscribe']//a/@href")


def test_an_episode_in_a_list_shows_its_shape_and_names_people_before_ideas() -> None:
    root = parse_page(render_pages(SHOW)["shape/index.html"])
    (row,) = root.xpath("//li[.//a[@href='../shape/bread/']]")
    assert texts(row, "p") == [
        "12 May 2026 1:06:40 · 3 chapters",
        "Why a loaf needs a pinch.",
        "Ben 3 · Ada 3 · Cy 3 Salt 3",
    ]
    assert len(row.xpath(".//rect")) == 3
    assert row.xpath(".//circle/@class") == ["somewhere"]
    assert len(row.xpath(".//circle")) == 3


def test_a_summary_stands_in_for_a_subtitle_and_is_cut_between_words() -> None:
    item = with_episode(subtitle="", opening=(Prose(text="*Many* words " * 60),))
    root = parse_page(render_pages(make_show(make_podcast(item)))["shape/index.html"])
    (brief,) = texts(root, "//p[@class='brief']")
    assert brief.startswith("Many words Many")
    assert brief.endswith((" words…", " Many…"))
    assert len(brief) <= 240


def test_of_thousands_of_episodes_the_newest_are_drawn_and_the_rest_are_a_line_each() -> None:
    items = tuple(make_item(number) for number in range(DRAWN + 50))
    podcast = make_podcast(*items)
    edition = make_edition(make_show(podcast), THEME)
    root = parse_page(bytes(render_channel_page(edition, podcast).content))  # type: ignore[arg-type]
    assert len(root.xpath("//li[@class='episode']//svg")) == DRAWN
    older = texts(root, "//ol[@class='older']/li")
    assert len(older) == 50
    assert older[0] == "15 June 2025 Number 200 1:06:40"


def test_the_home_page_lists_every_channel_with_its_latest_episode() -> None:
    root = parse_page(render_pages(TWO)["index.html"])
    assert texts(root, "//h1") == ["Shows"]
    assert texts(root, "//h2") == ["Shape", "모양"]
    assert texts(root, "//h3") == ["Number 0", "Number 5"]
    assert texts(root, "//section//p[@class='label'][not(time)]") == ["Podcast · 3 episodes", "Podcast · 1 episode"]
    assert root.xpath("//section/@lang") == ["ko"]
    assert len(root.xpath("//head/link[@type='application/rss+xml']")) == 2


def test_a_single_channel_fills_the_home_page_and_is_not_named_twice() -> None:
    root = parse_page(render_pages(make_show(PODCAST, title="Shape"))["index.html"])
    assert texts(root, "//h1") == ["Shape"]
    assert texts(root, "//h2") == ["Number 0", "Bread & Salt", "Number 1"]


def test_a_channel_without_episodes_says_so() -> None:
    root = parse_page(render_pages(make_show(make_podcast()))["shape/index.html"])
    assert texts(root, "//ol[@class='episodes']/li") == ["No episode has been published yet."]


# What machines read


def test_the_list_of_feeds_is_opml_that_a_podcast_app_imports() -> None:
    root = etree.fromstring(render_pages(TWO)["feeds.opml"])
    assert (root.tag, root.get("version"), root.findtext("head/title")) == ("opml", "2.0", "Shows")
    outlines = root.findall("body/outline")
    assert [outline.get("xmlUrl") for outline in outlines] == [f"{URL}/shape/feed.xml", f"{URL}/korean/feed.xml"]
    assert {outline.get("type") for outline in outlines} == {"rss"}
    assert [outline.get("text") for outline in outlines] == ["Shape", "모양"]


def test_the_sitemap_names_every_page_with_the_date_of_its_content() -> None:
    pages = render_pages(TWO)
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    urls = etree.fromstring(pages["sitemap.xml"]).findall("s:url", names)
    dates = {url.findtext("s:loc", "", names): url.findtext("s:lastmod", "", names) for url in urls}
    wanted = {path.removesuffix("index.html") for path in pages if path.endswith("index.html")}
    assert set(dates) == {f"{URL}/{path}" for path in wanted}
    assert dates[f"{URL}/shape/bread/"] == dates[f"{URL}/shape/"] == dates[f"{URL}/"] == "2026-05-12T23:00:00Z"


def test_a_sitemap_of_nothing_gives_no_date() -> None:
    assert b"lastmod" not in render_pages(make_show(make_podcast()))["sitemap.xml"]


def test_robots_are_told_where_the_sitemap_is() -> None:
    assert f"Sitemap: {URL}/sitemap.xml\n" in render_pages(SHOW)["robots.txt"].decode()


def test_the_accent_of_the_site_is_written_for_day_and_night() -> None:
    sheet = render_pages(make_show(PODCAST, accent="#00f"))["assets/accent.css"].decode()
    assert re.findall(r"--accent: (#\w+)", sheet) == ["#0000ff", "#6b6bff"]


# Themes


def test_a_block_of_a_page_can_be_changed_and_the_rest_stays(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "episode.html").write_text(
        '{% extends "shipped/episode.html" %}{% block colophon %}<footer>Mine.</footer>{% endblock %}'
    )
    root = parse_page(render_pages(SHOW, read_theme(tmp_path))["shape/bread/index.html"])
    assert texts(root, "//footer") == ["Mine."]
    assert texts(root, "//h1") == ["Bread & Salt"]


def test_an_accent_sheet_of_the_users_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "templates" / "assets").mkdir(parents=True)
    sheet = tmp_path / "templates" / "assets" / "accent.css"
    sheet.write_text(":root { --accent: navy; }")
    files = {file.path: file.content for file in render_site_pages(make_edition(SHOW, read_theme(tmp_path)))}
    assert files["assets/accent.css"] == sheet


def test_no_path_is_rendered_twice() -> None:
    paths = [file.path for file in render_site_pages(make_edition(TWO, THEME))]
    assert len(paths) == len(set(paths))


def test_a_template_that_fails_names_its_line(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    path = tmp_path / "templates" / "channel.html"
    path.write_text("<p>\n{{ podcast.channel.titel }}")
    with pytest.raises(ThemeError, match=f"{re.escape(str(path))}:2: .*titel"):
        render_channel_page(make_edition(SHOW, read_theme(tmp_path)), PODCAST)
