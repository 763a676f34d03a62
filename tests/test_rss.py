"""The feed, read from the bytes that come out: what feedgen would get wrong, then what others read in it."""

from __future__ import annotations

import datetime as dt
import io
import locale
from dataclasses import replace
from decimal import Decimal

import feedparser
import podcastparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from feeds.model import (
    Channel,
    Chapter,
    Enclosure,
    Episode,
    Funding,
    Item,
    License,
    Location,
    Locked,
    Numbering,
    Owner,
    Person,
    Picture,
    Podcast,
    Prose,
    RemoteItem,
    Season,
    Site,
    TranscriptFile,
    Txt,
)
from feeds.namespaces import ATOM, CONTENT, ITUNES, PODCAST, PREFIXES, PSC
from feeds.rss import feed
from feeds.rss.feed import make_entry, make_generator, render_channel, render_item

SITE = Site(url="https://example.org", title="Example")
NINE = dt.datetime(2026, 5, 12, 9, tzinfo=dt.timezone(dt.timedelta(hours=2)))

EPISODE = Episode(title="Bread & Salt", date=NINE, opening=(Prose(text="Why *salt* matters."),))
ITEM = Item(
    episode=EPISODE,
    guid="7f9c",
    slug="bread",
    url="https://example.org/shape/bread/",
    language="en",
    explicit=False,
    duration=2_400_000,
    persons=(),
    enclosure=Enclosure(url="https://example.org/shape/bread.mp3", length=123_456, type="audio/mpeg"),
    image=None,
    chapters_url="",
    transcripts=(),
)
CHANNEL = Channel(
    slug="shape",
    title="Shape",
    description="Forms of things.",
    categories=(("Arts", "Design"),),
    language="en",
    author="Ada",
    image="artwork.png",
)
PODCAST_OF_ONE = Podcast(
    channel=CHANNEL,
    guid="4ad3",
    url="https://example.org/shape/",
    feed_url="https://example.org/shape/feed.xml",
    image=Picture(url="https://example.org/shape/artwork.png"),
    items=(ITEM,),
)
WRITABLE = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), min_size=1
) | st.sampled_from(["&amp;", "<b>", "]]>", "\"'", "<![CDATA[", "-->", "?>", "👩‍👩‍👧", "́e", " "])


def render(podcast: Podcast) -> bytes:
    head, tail = render_channel(podcast, SITE)
    items = [item for item in podcast.items if item.enclosure]
    return b"".join([head, *map(render_item, items), tail])


def with_channel(**changes: object) -> Podcast:
    return replace(PODCAST_OF_ONE, channel=replace(CHANNEL, **changes))  # type: ignore[arg-type]


def with_item(**changes: object) -> Podcast:
    return replace(PODCAST_OF_ONE, items=(replace(ITEM, **changes),))  # type: ignore[arg-type]


def with_episode(**changes: object) -> Podcast:
    return with_item(episode=replace(EPISODE, **changes))  # type: ignore[arg-type]


def with_items(count: int) -> Podcast:
    episodes = (
        replace(EPISODE, title=f"Number {n}", date=NINE - dt.timedelta(days=n), sections=CHAPTERS) for n in range(count)
    )
    items = (replace(ITEM, episode=episode, guid=f"guid-{n}") for n, episode in enumerate(episodes))
    return replace(PODCAST_OF_ONE, items=tuple(items))


def channel_of(podcast: Podcast) -> etree._Element:
    return etree.fromstring(render(podcast))[0]


def item_of(podcast: Podcast) -> etree._Element:
    (item,) = channel_of(podcast).iterfind("item")
    return item


def attributes(element: etree._Element) -> dict[str, str]:
    return {str(key): str(value) for key, value in element.items()}


def told(parent: etree._Element, namespace: str, name: str = "*") -> list[tuple[str, str, dict[str, str]]]:
    """What the children in a namespace say: name, text, attributes."""
    return [
        (
            etree.QName(child).localname,
            child.text or "",
            {str(key): str(value) for key, value in child.items()},
        )
        for child in parent.iterfind(f"{{{namespace}}}{name}")
    ]


def text(parent: etree._Element, name: str, namespace: str = "") -> str | None:
    return parent.findtext(f"{{{namespace}}}{name}" if namespace else name)


CHAPTERS = (
    Chapter(start=0, title="Flour & water", link="https://example.org/flour"),
    Chapter(start=61_500, title="A slide", toc=False),
    Chapter(start=3_759_500, title="Crust", image="https://example.org/crust.png"),
)


# What feedgen would get wrong.


def test_the_link_of_a_channel_is_its_page_whatever_other_links_it_has() -> None:
    assert text(channel_of(with_channel(hub="https://hub.example/")), "link") == "https://example.org/shape/"
    assert text(channel_of(with_channel(link="https://shape.example/")), "link") == "https://shape.example/"


def test_a_feed_names_itself_and_its_hub() -> None:
    itself = {"href": "https://example.org/shape/feed.xml", "rel": "self", "type": "application/rss+xml"}
    assert told(channel_of(PODCAST_OF_ONE), ATOM) == [("link", "", itself)]
    assert told(channel_of(with_channel(hub="https://hub.example/")), ATOM) == [
        ("link", "", itself),
        ("link", "", {"href": "https://hub.example/", "rel": "hub"}),
    ]


@pytest.mark.parametrize(("explicit", "written"), [(True, "true"), (False, "false")])
def test_explicit_is_written_as_apple_wants_it(explicit: bool, written: str) -> None:
    assert text(channel_of(with_channel(explicit=explicit)), "explicit", ITUNES) == written
    assert text(item_of(with_item(explicit=explicit)), "explicit", ITUNES) == written


@pytest.mark.parametrize("name", ["a.jpg", "a.jpeg", "a.webp", "a.jpg?v=2", "a"])
def test_artwork_keeps_any_address(name: str) -> None:
    picture = Picture(url=f"https://example.org/{name}")
    channel = channel_of(replace(PODCAST_OF_ONE, image=picture))
    assert told(channel, ITUNES, "image") == [("image", "", {"href": picture.url})]
    assert [child.text for child in channel.iterfind("image/*")] == [
        picture.url,
        "Shape",
        "https://example.org/shape/",
    ]
    assert told(item_of(with_item(image=picture)), ITUNES, "image") == [("image", "", {"href": picture.url})]


@pytest.mark.parametrize("length", [0, 1, 5_000_000_000])
def test_an_enclosure_has_a_number_for_its_length(length: int) -> None:
    enclosure = Enclosure(url="https://example.org/a.m4a?x=1&y=2", length=length, type="audio/x-m4a")
    element = item_of(with_item(enclosure=enclosure)).find("enclosure")
    assert element is not None
    assert attributes(element) == {"url": enclosure.url, "length": str(length), "type": "audio/x-m4a"}


def test_season_0_and_episode_0_stand_where_they_may() -> None:
    item = item_of(with_episode(season=Season(number=0), episode=Numbering(number=Decimal(0))))
    assert text(item, "season", PODCAST) == text(item, "episode", PODCAST) == "0"
    assert item.find(f"{{{ITUNES}}}season") is None
    assert item.find(f"{{{ITUNES}}}episode") is None


def test_an_episode_without_numbers_gets_none() -> None:
    item = item_of(PODCAST_OF_ONE)
    for namespace in (ITUNES, PODCAST):
        assert told(item, namespace, "season") == told(item, namespace, "episode") == []


@pytest.mark.parametrize(
    ("ms", "written"),
    [(0, None), (1, "1"), (1_499, "1"), (1_500, "2"), (2_500, "3"), (363_599_999, "363600")],
)
def test_a_duration_is_whole_seconds_and_never_zero(ms: int, written: str | None) -> None:
    assert text(item_of(with_item(duration=ms)), "duration", ITUNES) == written


def test_the_description_comes_first_and_the_whole_notes_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "render_description", lambda _: "<p>Short &amp; good</p>")
    monkeypatch.setattr(feed, "render_content", lambda _: "<p>Long &amp; good</p>")
    item = item_of(PODCAST_OF_ONE)
    assert text(item, "description") == "<p>Short &amp; good</p>"
    assert text(item, "encoded", CONTENT) == "<p>Long &amp; good</p>"
    assert b"<![CDATA[<p>Long &amp; good</p>]]>" in render(PODCAST_OF_ONE)
    assert [child.tag for child in item].index("description") < [child.tag for child in item].index(
        f"{{{CONTENT}}}encoded"
    )


@pytest.mark.parametrize("notes", ["]]>", "a ]]> b ]]]]>> c", "<pre>x[y[0]]&gt;</pre>", "<![CDATA[x]]>"])
def test_notes_that_speak_of_cdata_come_out_whole(monkeypatch: pytest.MonkeyPatch, notes: str) -> None:
    monkeypatch.setattr(feed, "render_description", lambda _: notes)
    monkeypatch.setattr(feed, "render_content", lambda _: notes)
    item = item_of(PODCAST_OF_ONE)
    assert text(item, "description") == text(item, "encoded", CONTENT) == notes


def test_an_episode_without_notes_has_a_description_and_no_content() -> None:
    item = item_of(with_episode(opening=()))
    assert "https://example.org/shape/bread/" in (text(item, "description") or "")
    assert told(item, CONTENT) == []


def test_an_author_needs_no_email() -> None:
    assert text(channel_of(PODCAST_OF_ONE), "author", ITUNES) == "Ada"
    assert text(item_of(PODCAST_OF_ONE), "author", ITUNES) is None
    assert text(item_of(with_episode(author="Bo")), "author", ITUNES) == "Bo"


def test_items_keep_their_order() -> None:
    titles = [item.findtext("title") for item in channel_of(with_items(3)).iterfind("item")]
    assert titles == ["Number 0", "Number 1", "Number 2"]


def test_the_date_of_a_feed_is_that_of_its_newest_content() -> None:
    assert text(channel_of(with_items(3)), "lastBuildDate") == "Tue, 12 May 2026 09:00:00 +0200"
    assert text(channel_of(replace(PODCAST_OF_ONE, items=())), "lastBuildDate") is None


def test_a_date_keeps_its_zone() -> None:
    assert text(item_of(PODCAST_OF_ONE), "pubDate") == "Tue, 12 May 2026 09:00:00 +0200"
    utc = with_episode(date=dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC))
    assert text(item_of(utc), "pubDate") == "Fri, 02 Jan 2026 03:04:05 +0000"


def test_rendering_leaves_the_locale_of_the_process_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the locale was touched")

    monkeypatch.setattr(locale, "setlocale", refuse)
    assert text(item_of(with_items(1)), "pubDate") == "Tue, 12 May 2026 09:00:00 +0200"


@pytest.mark.parametrize("character", ["\0", "\v", "\x1b", "\uffff"])
def test_what_xml_cannot_hold_is_never_written(character: str) -> None:
    with pytest.raises(ValueError, match="XML compatible"):
        render(with_episode(title=f"a{character}b"))


def test_categories_nest_and_each_stands_once() -> None:
    categories = (
        ("Society & Culture", "Documentary"),
        ("Kids & Family", ""),
        ("Society & Culture", 'The "best"'),
        ("Society & Culture", ""),
    )
    document = render(with_channel(categories=categories))
    channel = etree.fromstring(document)[0]
    nested = [
        (outer.get("text"), [inner.get("text") for inner in outer])
        for outer in channel.iterfind(f"{{{ITUNES}}}category")
    ]
    assert nested == [("Society & Culture", ["Documentary", 'The "best"']), ("Kids & Family", [])]
    assert b'text="Society &amp; Culture"' in document


def test_a_feed_says_what_made_it() -> None:
    channel = channel_of(PODCAST_OF_ONE)
    assert (text(channel, "generator") or "").startswith("feeds ")
    assert text(channel, "docs") == "http://www.rssboard.org/rss-specification"


def test_no_extension_takes_the_place_of_a_method_of_feedgen() -> None:
    generator, entry = make_generator(PODCAST_OF_ONE, SITE), make_entry(ITEM)
    for made in (generator, entry):
        methods = [name for name in dir(type(made)) if not name.startswith("_")]
        assert [name for name in methods if not callable(getattr(made, name))] == []


def test_everything_of_the_channel_stands_before_the_first_item() -> None:
    tags = [child.tag for child in channel_of(with_items(3))]
    assert tags[tags.index("item") :] == ["item"] * 3


# The document.


def test_a_document_opens_with_its_declaration_and_style_sheet() -> None:
    lines = render(PODCAST_OF_ONE).splitlines()
    assert lines[0] == b"<?xml version='1.0' encoding='UTF-8'?>"
    assert lines[1] == b'<?xml-stylesheet type="text/css" href="https://example.org/assets/feed.css"?>'
    assert lines[2].startswith(b"<rss ")
    assert etree.fromstring(render(PODCAST_OF_ONE)).get("version") == "2.0"


def test_each_namespace_is_declared_once_on_the_root() -> None:
    document = render(with_items(26))
    root = document[document.index(b"<rss") :].partition(b">")[0]
    assert document.count(b"xmlns") == root.count(b"xmlns:") == len(PREFIXES)
    assert etree.fromstring(document).nsmap == PREFIXES


@pytest.mark.parametrize("count", [0, 1, 2, 3, 7])
def test_the_pieces_are_what_feedgen_makes_of_the_whole(count: int) -> None:
    podcast = with_items(count)
    whole = make_generator(podcast, SITE)
    for item in podcast.items:
        whole.add_entry(make_entry(item), order="append")
    assert render(podcast) == whole.rss_str(pretty=True)


def test_the_same_podcast_gives_the_same_bytes() -> None:
    assert render(with_items(2)) == render(with_items(2))


def test_an_episode_without_audio_has_no_place_in_the_feed() -> None:
    silent = replace(ITEM, enclosure=None, guid="silent")
    podcast = replace(PODCAST_OF_ONE, items=(silent, ITEM))
    assert [item.findtext("guid") for item in channel_of(podcast).iterfind("item")] == ["7f9c"]


@given(written=WRITABLE)
def test_any_writing_comes_back_as_it_was(written: str) -> None:
    podcast = with_channel(
        title=written,
        description=written,
        author=written,
        copyright=written,
        categories=((written, written),),
        funding=(Funding(url="https://example.org/give", text=written),),
        txt=(Txt(value=written, purpose=written),),
    )
    episode = replace(EPISODE, title=written, author=written, sections=(Chapter(start=0, title=written),))
    item = replace(ITEM, episode=episode, guid=written, persons=(Person(name=written, href=written),))
    channel = channel_of(replace(podcast, items=(item,)))
    element = channel.find("item")
    assert element is not None
    for parent, names in ((channel, ("title", "description", "copyright")), (element, ("title", "guid"))):
        assert {text(parent, name) for name in names} == {written}
    assert text(channel, "author", ITUNES) == text(element, "author", ITUNES) == written
    assert [found.get("text") for found in channel.iter(f"{{{ITUNES}}}category")] == [written, written]
    assert told(channel, PODCAST, "funding") == [("funding", written, {"url": "https://example.org/give"})]
    assert told(channel, PODCAST, "txt") == [("txt", written, {"purpose": written})]
    ((_, name, attributes),) = told(element, PODCAST, "person")
    assert (name, attributes["href"]) == (written, written)
    assert [chapter.get("title") for chapter in element.iter(f"{{{PSC}}}chapter")] == [written]


# Apple's tags.


def test_a_channel_tells_apple_its_kind_and_no_more_than_it_has() -> None:
    told_apple = [name for name, _, _ in told(channel_of(PODCAST_OF_ONE), ITUNES)]
    assert told_apple == ["author", "explicit", "image", "category", "type"]
    assert text(channel_of(with_channel(type="serial")), "type", ITUNES) == "serial"


def test_a_channel_that_moves_ends_and_hides_says_so() -> None:
    address = "https://new.example/feed.xml"
    channel = channel_of(with_channel(new_feed_url=address, complete=True, block=True))
    assert text(channel, "new-feed-url", ITUNES) == address
    assert text(channel, "complete", ITUNES) == text(channel, "block", ITUNES) == "yes"


def test_an_owner_is_written_only_when_given() -> None:
    owner = channel_of(with_channel(owner=Owner(name="Ada", email="ada@example.org"))).find(f"{{{ITUNES}}}owner")
    assert owner is not None
    assert told(owner, ITUNES) == [("name", "Ada", {}), ("email", "ada@example.org", {})]
    assert told(channel_of(PODCAST_OF_ONE), ITUNES, "owner") == []


def test_an_item_tells_apple_its_title_and_type() -> None:
    item = item_of(with_episode(type="trailer", block=True))
    assert text(item, "title", ITUNES) == text(item, "title") == "Bread & Salt"
    assert text(item, "episodeType", ITUNES) == "trailer"
    assert text(item, "block", ITUNES) == "yes"


# The podcast namespace.


def test_a_channel_has_its_identity_and_is_unlocked_unless_it_says_otherwise() -> None:
    assert told(channel_of(PODCAST_OF_ONE), PODCAST) == [
        ("guid", "4ad3", {}),
        ("locked", "no", {}),
        ("medium", "podcast", {}),
    ]
    locked = with_channel(locked=Locked(locked=True, owner="ada@example.org"))
    assert told(channel_of(locked), PODCAST, "locked") == [("locked", "yes", {"owner": "ada@example.org"})]


def test_a_channel_names_its_people_places_and_friends() -> None:
    podcast = with_channel(
        medium="audiobook",
        persons=(Person(name="Ada", role="Author", group="Writing", img="https://a.example/a.png"),),
        funding=(
            Funding(url="https://example.org/give", text="Give"),
            Funding(url="https://example.org/buy", text="Buy"),
        ),
        location=(Location(name="Seoul", rel="creator", geo="geo:37.5,127", osm="R2297418", country="KR"),),
        license=License(id="my-own", url="https://example.org/license"),
        txt=(Txt(value="S6lp-4711", purpose="verify"), Txt(value="free")),
        podroll=(
            RemoteItem(feed_guid="29cd", feed_url="https://other.example/feed", title="Other", medium="music"),
            RemoteItem(feed_guid="396d"),
        ),
    )
    channel = channel_of(podcast)
    assert told(channel, PODCAST)[2:] == [
        ("medium", "audiobook", {}),
        ("person", "Ada", {"role": "author", "group": "writing", "img": "https://a.example/a.png"}),
        ("funding", "Give", {"url": "https://example.org/give"}),
        ("funding", "Buy", {"url": "https://example.org/buy"}),
        (
            "location",
            "Seoul",
            {"rel": "creator", "geo": "geo:37.5,127", "osm": "R2297418", "country": "KR"},
        ),
        ("license", "my-own", {"url": "https://example.org/license"}),
        ("txt", "S6lp-4711", {"purpose": "verify"}),
        ("txt", "free", {}),
        ("podroll", "\n      ", {}),
    ]
    podroll = channel.find(f"{{{PODCAST}}}podroll")
    assert podroll is not None
    assert told(podroll, PODCAST) == [
        (
            "remoteItem",
            "",
            {
                "feedGuid": "29cd",
                "feedUrl": "https://other.example/feed",
                "title": "Other",
                "medium": "music",
            },
        ),
        ("remoteItem", "", {"feedGuid": "396d"}),
    ]


def test_an_item_names_its_people_files_and_terms() -> None:
    item = replace(
        ITEM,
        episode=replace(
            EPISODE,
            season=Season(number=2),
            episode=Numbering(number=Decimal(7)),
            location=(Location(name="Seoul", geo="geo:37.5,127"),),
            license=License(id="CC-BY-4.0"),
        ),
        persons=(Person(name="Ada"), Person(name="Bo", role="Guest", href="https://bo.example/")),
        chapters_url="https://example.org/shape/bread/chapters.json",
        transcripts=(
            TranscriptFile(url="https://example.org/t.vtt", type="text/vtt", language="ko", rel="captions"),
            TranscriptFile(url="https://example.org/t.txt", type="text/plain"),
        ),
    )
    assert told(item_of(replace(PODCAST_OF_ONE, items=(item,))), PODCAST) == [
        ("season", "2", {}),
        ("episode", "7", {}),
        ("location", "Seoul", {"geo": "geo:37.5,127"}),
        ("license", "CC-BY-4.0", {}),
        ("person", "Ada", {"role": "host", "group": "cast"}),
        ("person", "Bo", {"role": "guest", "group": "cast", "href": "https://bo.example/"}),
        (
            "transcript",
            "",
            {"url": "https://example.org/t.vtt", "type": "text/vtt", "language": "ko", "rel": "captions"},
        ),
        ("transcript", "", {"url": "https://example.org/t.txt", "type": "text/plain"}),
        (
            "chapters",
            "",
            {"url": "https://example.org/shape/bread/chapters.json", "type": "application/json+chapters"},
        ),
    ]


def test_an_item_with_nothing_to_tell_has_no_tag_of_the_namespace() -> None:
    assert told(item_of(PODCAST_OF_ONE), PODCAST) == []


# Chapters in the feed.


def test_chapters_stand_in_the_feed_without_the_silent_ones() -> None:
    (chapters,) = item_of(with_episode(sections=CHAPTERS)).iterfind(f"{{{PSC}}}chapters")
    assert attributes(chapters) == {"version": "1.2"}
    assert [attributes(chapter) for chapter in chapters] == [
        {"start": "00:00:00.000", "title": "Flour & water", "href": "https://example.org/flour"},
        {"start": "01:02:39.500", "title": "Crust", "image": "https://example.org/crust.png"},
    ]


@pytest.mark.parametrize("sections", [(), (Chapter(start=0, title="A slide", toc=False),)])
def test_an_episode_without_listed_chapters_has_no_list(sections: tuple[Chapter, ...]) -> None:
    assert told(item_of(with_episode(sections=sections)), PSC) == []


# Outside readers.


@pytest.fixture
def rich() -> Podcast:
    item = replace(
        ITEM,
        episode=replace(
            EPISODE,
            season=Season(number=2),
            episode=Numbering(number=Decimal(7)),
            sections=CHAPTERS,
            link="https://bread.example/?a=1&b=2",
        ),
        explicit=True,
        image=Picture(url="https://example.org/shape/bread.jpeg"),
        persons=(Person(name="Ada"),),
        transcripts=(TranscriptFile(url="https://example.org/t.vtt", type="text/vtt"),),
    )
    channel = replace(CHANNEL, title="Sh<a>pe & 모양", funding=(Funding(url="https://example.org/give", text="Give"),))
    return replace(PODCAST_OF_ONE, channel=channel, items=(item, replace(ITEM, guid="second")))


def test_feedparser_reads_what_was_meant(rich: Podcast) -> None:
    read = feedparser.parse(render(rich))
    assert not read.bozo
    assert read.version == "rss20"
    assert (read.feed.title, read.feed.link) == ("Sh<a>pe & 모양", "https://example.org/shape/")
    assert (read.feed.language, read.feed.author) == ("en", "Ada")
    assert read.feed.updated_parsed[:6] == (2026, 5, 12, 7, 0, 0)
    assert [entry.id for entry in read.entries] == ["7f9c", "second"]
    entry = read.entries[0]
    assert (entry.title, entry.link) == ("Bread & Salt", "https://bread.example/?a=1&b=2")
    assert entry.published_parsed[:6] == (2026, 5, 12, 7, 0, 0)
    assert entry.enclosures == [
        {"href": "https://example.org/shape/bread.mp3", "length": "123456", "type": "audio/mpeg"}
    ]
    assert (entry.itunes_duration, entry.itunes_season, entry.itunes_episode) == ("2400", "2", "7")
    assert entry.podcast_transcript == {"url": "https://example.org/t.vtt", "type": "text/vtt"}
    assert entry.image.href == "https://example.org/shape/bread.jpeg"
    assert [chapter.title for chapter in entry.psc_chapters.chapters] == ["Flour & water", "Crust"]
    assert "salt" in entry.content[-1].value


def test_podcastparser_reads_what_was_meant(rich: Podcast) -> None:
    read = podcastparser.parse("https://example.org/shape/feed.xml", io.BytesIO(render(rich)))
    assert (read["title"], read["link"]) == ("Sh<a>pe & 모양", "https://example.org/shape/")
    assert (read["description"], read["language"]) == ("Forms of things.", "en")
    assert (read["cover_url"], read["type"]) == ("https://example.org/shape/artwork.png", "episodic")
    assert (read["itunes_author"], read["explicit"], read["generator"][:6]) == ("Ada", False, "feeds ")
    episode = read["episodes"][0]
    assert (episode["guid"], episode["title"]) == ("7f9c", "Bread & Salt")
    assert (episode["link"], episode["published"]) == (
        "https://bread.example/?a=1&b=2",
        int(NINE.timestamp()),
    )
    assert (episode["total_time"], episode["number"], episode["explicit"]) == (2_400, 7, True)
    assert episode["enclosures"] == [
        {"url": "https://example.org/shape/bread.mp3", "file_size": 123_456, "mime_type": "audio/mpeg"}
    ]
    assert episode["episode_art_url"] == "https://example.org/shape/bread.jpeg"
    assert [(chapter["start"], chapter["title"]) for chapter in episode["chapters"]] == [
        (0, "Flour & water"),
        (3759, "Crust"),
    ]
    assert "salt" in episode["description_html"]
