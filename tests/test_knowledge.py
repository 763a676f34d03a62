"""People, ideas and quotes across episodes: who is one and the same, and when one hears of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.knowledge.moments import SHOWN, cut_words, find_moments, find_told
from feeds.knowledge.quotes import find_sayings
from feeds.knowledge.subjects import Knowledge, Subject, find_knowledge
from feeds.model import (
    Alias,
    Block,
    Channel,
    Chapter,
    Entity,
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
from feeds.shape.arcs import find_map
from feeds.transcripts.cue import Cue

SECOND = 1_000


def make_item(
    *entities: Entity,
    day: int = 1,
    persons: Iterable[str] = (),
    quotes: Iterable[Quote] = (),
    chapters: Iterable[Chapter] = (),
    language: str = "en",
) -> Item:
    return Item(
        episode=Episode(
            title=f"Day {day}",
            date=dt.datetime(2026, 5, day, tzinfo=dt.UTC),
            opening=tuple(quotes),
            entities=entities,
            sections=tuple(chapters),
        ),
        guid=str(day),
        slug=f"day-{day}",
        url=f"https://example.org/one/day-{day}/",
        language=language,
        explicit=False,
        duration=600 * SECOND,
        persons=tuple(Person(name=name) for name in persons),
        enclosure=None,
        image=None,
        chapters_url="",
        transcripts=(),
    )


def make_show(*channels: Iterable[Item], aliases: Iterable[Alias] = ()) -> Show:
    channel = Channel(slug="one", title="One", description="", categories=(), language="en", author="", image="x.png")
    return Show(
        site=Site(url="https://example.org", title="x", aliases=tuple(aliases)),
        podcasts=tuple(
            Podcast(channel=channel, guid="", url="", feed_url="", image=Picture(url=""), items=tuple(items))
            for items in channels
        ),
    )


def learn(*items: Item, aliases: Iterable[Alias] = ()) -> Knowledge:
    return find_knowledge(make_show(items, aliases=aliases))


def named(knowledge: Knowledge) -> list[tuple[str, str, int]]:
    return [(subject.name, subject.kind, len(subject.places)) for subject in knowledge.subjects]


def entity(name: str, type: str = "concept", description: str = "") -> Entity:
    return Entity(name=name, type=type, description=description)


# Who is one and the same


def test_a_name_is_the_same_whatever_its_case_and_punctuation() -> None:
    items = [
        make_item(entity(name, "company"), day=day) for day, name in enumerate(["openai", "OpenAI", "“OpenAI”"], 1)
    ]
    assert named(learn(*items)) == [("OpenAI", "organization", 3)]


def test_types_that_differ_are_one_and_the_most_used_wins() -> None:
    types = ["product", "company", "organisation"]
    assert named(learn(*(make_item(entity("Suno", type), day=day) for day, type in enumerate(types, 1)))) == [
        ("Suno", "organization", 3)
    ]


def test_a_person_and_something_else_of_the_same_name_stay_two() -> None:
    knowledge = learn(make_item(entity("Mercury", "person"), entity("Mercury", "place")))
    assert {subject.path for subject in knowledge.subjects} == {
        "people/mercury/index.html",
        "ideas/mercury/index.html",
    }


def test_an_alias_joins_names_and_languages_and_gives_the_name_that_is_shown() -> None:
    items = [make_item(entity("안드레이 카파시", "인물"), day=1, language="ko"), make_item(persons=["Karpathy"], day=2)]
    alias = Alias(name="Andrej Karpathy", others=("안드레이 카파시", "Karpathy"))
    (subject,) = learn(*items, aliases=[alias]).subjects
    assert (subject.name, subject.kind, subject.slug, len(subject.places)) == (
        "Andrej Karpathy",
        "person",
        "andrej-karpathy",
        2,
    )
    assert subject.names == ("Andrej Karpathy", "안드레이 카파시", "Karpathy")


def test_across_channels_a_name_is_one() -> None:
    knowledge = find_knowledge(make_show([make_item(entity("RSS"))], [make_item(entity("rss"), day=2)]))
    (subject,) = knowledge.subjects
    assert subject.places == ((1, 0), (0, 0)), "the newest first"


def test_who_is_quoted_by_a_part_of_a_name_is_the_one_who_is_credited() -> None:
    item = make_item(persons=["Ada Marsh", "Ben Lee"], quotes=[Quote(text="x", speaker="Marsh")])
    assert named(learn(item)) == [("Ada Marsh", "person", 1), ("Ben Lee", "person", 1)]


def test_a_part_of_two_names_is_nobody_of_them() -> None:
    item = make_item(persons=["Ada Marsh", "Tom Marsh"], quotes=[Quote(text="x", speaker="Marsh")])
    assert ("Marsh", "person", 1) in named(learn(item))


def test_what_differs_in_signs_alone_is_told_apart() -> None:
    knowledge = learn(make_item(entity("C"), entity("C++"), entity("C#"), entity("…")))
    assert len(knowledge.subjects) == len({subject.path for subject in knowledge.subjects}) == 4


def test_an_address_stays_whose_it_is_when_something_comes_that_would_have_the_same() -> None:
    old = make_item(entity("C++"), day=1)
    before = learn(old).subjects[0].slug
    after = learn(make_item(entity("C"), day=2), old)
    assert [subject.slug for subject in after.subjects if subject.name == "C++"] == [before]


def test_the_newest_description_in_the_language_of_the_site_stands_before_others() -> None:
    items = [
        make_item(entity("RL", description="old"), day=1),
        make_item(entity("RL", description="new"), day=2),
        make_item(entity("RL", description="강화 학습"), day=3, language="ko"),
    ]
    (subject,) = learn(*items).subjects
    assert (subject.description, subject.described) == ("new", "en")


def test_people_stand_before_ideas_and_the_credited_before_others() -> None:
    item = make_item(entity("Salt"), entity("Cy", "person"), persons=["Ada"])
    assert [mention.subject.name for mention in learn(item).find_mentions(item)] == ["Ada", "Cy", "Salt"]


def test_neighbours_are_those_of_most_common_episodes() -> None:
    items = [
        make_item(entity("A"), entity("B"), entity("C"), day=1),
        make_item(entity("A"), entity("C"), day=2),
        make_item(entity("D"), day=3),
    ]
    knowledge = learn(*items)
    subject = knowledge.find("a", person=False)
    assert subject
    assert [(one.name, count) for one, count in knowledge.find_neighbours(subject)] == [("C", 2), ("B", 1)]


@given(st.lists(st.sampled_from(["OpenAI", "openai", "Open AI", "RL", "rl", "Ada", "C++", "C"]), min_size=1))
def test_every_name_has_one_subject_and_every_subject_one_address(names: list[str]) -> None:
    items = [make_item(entity(name, "person" if name == "Ada" else "concept")) for name in names]
    knowledge = learn(*items)
    assert len({subject.path for subject in knowledge.subjects}) == len(knowledge.subjects)
    assert sum(len(subject.places) for subject in knowledge.subjects) == len(names)


# When one hears of them


def find(item: Item, name: str, *cues: Cue, aliases: Iterable[Alias] = ()) -> list[tuple[int, str]]:
    knowledge = learn(item, aliases=aliases)
    mentions = knowledge.find_mentions(item)
    number = next(number for number, mention in enumerate(mentions) if name in mention.subject.names)
    return [(moment.start // SECOND, moment.why) for moment in find_moments(item, mentions, cues).get(number, ())]


def cue(second: int, text: str, speaker: str = "") -> Cue:
    return Cue(start=second * SECOND, end=(second + 5) * SECOND, text=text, speaker=speaker)


def chapter(second: int, title: str, *blocks: Block) -> Chapter:
    return Chapter(start=second * SECOND, title=title, blocks=blocks)


def test_without_a_transcript_a_chapter_that_names_it_is_lit() -> None:
    item = make_item(entity("RSS"), chapters=[chapter(0, "Hello"), chapter(60, "More", Prose(text="Of RSS, again."))])
    assert find(item, "RSS") == [(60, "chapter")]


def test_with_a_transcript_its_words_tell_when() -> None:
    item = make_item(entity("RSS"), chapters=[chapter(0, "RSS")])
    assert find(item, "RSS", cue(3, "Hello."), cue(9, "This is RSS."), cue(20, "RSSX and PRSS")) == [(9, "word")]


def test_who_speaks_is_lit_and_a_list_does_not_tell_it() -> None:
    item = make_item(persons=["Ada Marsh"])
    knowledge = learn(item)
    mentions = knowledge.find_mentions(item)
    moments = find_moments(
        item, mentions, [cue(0, "Hello.", "Ada Marsh"), cue(6, "I go on."), cue(12, "And I.", "Ben")]
    )
    assert [(moment.start, moment.why) for moment in moments[0]] == [(0, "speech"), (6_000, "speech")]
    assert find_told(moments[0]) == ()


def test_a_quote_is_a_moment_of_who_said_it_and_of_whom_it_names() -> None:
    item = make_item(
        entity("RSS"), persons=["Ada Marsh"], quotes=[Quote(text="RSS is a list.", speaker="Ada Marsh", at=5_000)]
    )
    assert find(item, "Ada Marsh") == find(item, "RSS") == [(5, "quote")]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("카파시", "여기서 카파시가 말한다"),
        ("録音", "今日は録音について話す"),
        ("Cursor", "그래서 Cursor가 만든 모델"),
        ("Ada Marsh", "as Marsh said"),
        ("Ada Marsh", "Ada는 말했다"),
        ("market research", "Market  Research again"),
    ],
)
def test_a_name_is_found_as_its_language_uses_it(name: str, text: str) -> None:
    item = make_item(entity(name, "person" if name[0] == "A" else "concept"))
    assert find(item, name, cue(1, text)) == [(1, "word")]


def test_a_short_name_is_found_in_its_own_case_alone() -> None:
    item = make_item(entity("IT"))
    assert find(item, "IT", cue(1, "I like it."), cue(8, "I work in IT.")) == [(8, "word")]


def test_any_other_name_is_found_too() -> None:
    item = make_item(entity("Andrej Karpathy", "person"))
    alias = Alias(name="Andrej Karpathy", others=("안드레이 카파시",))
    assert find(item, "Andrej Karpathy", cue(4, "안드레이 카파시는"), aliases=[alias]) == [(4, "word")]


def test_a_list_tells_a_name_that_falls_again_and_again_once() -> None:
    item = make_item(entity("RSS"))
    knowledge = learn(item)
    cues = [cue(second, "RSS") for second in (0, 6, 12, 60)]
    (moments,) = find_moments(item, knowledge.find_mentions(item), cues).values()
    assert [moment.start // SECOND for moment in find_told(moments)] == [0, 60]


@given(st.text(max_size=400), st.integers(0, 400))
def test_words_around_a_place_are_few(text: str, place: int) -> None:
    assert len(cut_words(text, min(place, len(text)))) <= SHOWN + 2


# Quotes


def quote_ids(*quotes: Quote) -> list[str]:
    return [saying.id for saying in find_sayings(make_item(quotes=quotes))]


def test_a_quote_keeps_its_id_when_others_come_and_its_punctuation_changes() -> None:
    (id,) = quote_ids(Quote(text="Salt is time."))
    assert quote_ids(Quote(text="First."), Quote(text="salt is time", at=3)) == [quote_ids(Quote(text="First"))[0], id]


def test_the_same_words_twice_have_two_ids() -> None:
    first, second = quote_ids(Quote(text="Yes."), Quote(text="Yes."))
    assert second == f"{first}-2"


@pytest.mark.parametrize(("at", "start"), [(0, 0), (1_500, 0), (61_000, 60_000), (70_000, 68_000)])
def test_a_quote_plays_from_just_before_but_not_from_another_chapter(at: int, start: int) -> None:
    item = make_item(quotes=[Quote(text="x", at=at)], chapters=[chapter(0, "a"), chapter(60, "b")])
    assert [saying.start for saying in find_sayings(item)] == [start]


# The map of neighbours


def test_a_map_joins_those_who_share_episodes_the_more_the_thicker() -> None:
    drawn = find_map(3, [(0, 1, 1), (0, 2, 5), (1, 2, 0)])
    assert [(arc.top, arc.bottom, arc.thickness) for arc in drawn.arcs] == [(16, 48, 1), (16, 80, 4)]
    assert drawn.arcs[1].reach < drawn.arcs[0].reach, "the longer arc reaches out further"
    assert drawn.height == 96


def test_a_subject_without_neighbours_has_a_map_of_one_row() -> None:
    assert find_map(1, []).arcs == ()


def test_a_subject_is_a_value() -> None:
    subject = Subject(name="x", kind="person", slug="x")
    assert replace(subject, kind="idea").path == "ideas/x/index.html"
