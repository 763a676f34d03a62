"""The example data of the standards is read without a loss, and what is wrong with it is named, and stays as it is.

The examples belong to others. They are read where they stand beside the project, and are never changed: each fault that
they are known to have is listed here with what it is, and any other would be a fault of ours.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from feeds.building.build import build_site
from feeds.chapters.json import format_json_chapters, parse_json_chapters
from feeds.errors import FeedsError
from feeds.importers.feed import taking
from feeds.importers.feed.channels import parse_channel
from feeds.importers.feed.fetching import fetch_pages
from feeds.importers.feed.gathering import Source, finish_draft, gather_streams, read_drafts, read_survey
from feeds.importers.feed.items import Elements
from feeds.importers.feed.reading import Page, read_head, read_items
from feeds.importers.feed.states import State
from feeds.importers.feed.taking import Asked, Taken, compare_build, take_feed
from feeds.markup.fragments import find_name, parse_fragment
from feeds.media_types import find_transcript_type
from feeds.model import Chapter, UpdateFrequency
from feeds.namespaces import PODCAST
from feeds.podcasting.elements import render_values
from feeds.podcasting.meaning import find_losses, find_tag_meaning
from feeds.podcasting.tags import LIVE
from feeds.records.seeds import read_seed
from feeds.rss.published import group_elements
from feeds.rulebook.check import Rulebook, check_document, check_subject
from feeds.rulebook.document import parse_document
from feeds.rulebook.files.chapters import parse_chapters_file
from feeds.rulebook.files.transcripts import parse_transcript_file
from feeds.rulebook.podcast.tags import TAGS
from feeds.rulebook.source import parse_source
from feeds.rules.every import RULES
from feeds.settings.channel import read_settings
from feeds.transcripts.cue import Cue
from feeds.transcripts.forms import parse_transcript
from feeds.vocabulary import LICENSES, ROLES_BY_GROUP
from tests.published_tags import publish_channel, publish_item

EXAMPLES = Path(__file__).parents[2] / "shared" / "specs" / "examples"
NAMESPACE = EXAMPLES / "podcast-namespace"
CORPUS = EXAMPLES.parents[1] / "corpus" / "feeds"
EXAMPLE = NAMESPACE / "example.xml"
PSC = EXAMPLES / "psc" / "podlove-rss-example-from-spec.xml"
HLS = EXAMPLES / "psp" / "hls-video" / "feed.xml"
END = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)
BOOK = Rulebook(RULES)

pytestmark = pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the example data is not in ../shared/specs/examples")

# What is wrong with the examples, by the rule that finds it: how often, and what it is.
FAULTS: Mapping[Path, Mapping[str, tuple[int, str]]] = {
    EXAMPLE: {
        "podcast-guid-not-uuid": (1, "the podcast:guid is y0ur-gu1d-g035-h3r3, which shows where one would stand"),
        "podcast-trailer-type-unregistered": (1, "the trailer has the type audio/mp3, which nobody has registered"),
        "channel-atom-self-missing": (1, "the feed does not say where it stands"),
        "feed-namespace-required-psp1": (1, "nor does it declare the namespace in which it would say so"),
        "item-enclosure-extension-unsupported": (1, "the live stream ends in livestream?format=.mp3"),
        "item-itunes-duration-missing": (3, "no item says how long it is"),
        "item-author-format": (3, "the author is John Doe (john@example.com), the wrong way round"),
        "feed-url-not-https": (3, "two pictures and a page of persons have http addresses"),
        "chapters-psc-missing": (3, "the chapters stand in podcast:chapters alone"),
    },
    HLS: {
        "channel-link-missing": (1, "the channel has no link"),
        "channel-image-incomplete": (1, "and nor has its image"),
        "channel-atom-self-type": (1, "the self link is called an Atom feed"),
        "channel-itunes-owner-email-missing": (1, "the owner has a name alone"),
        "channel-itunes-blank": (1, "itunes:keywords is empty"),
        "item-element-blank": (1, "in the item as well"),
        "channel-itunes-complete-invalid": (1, "itunes:complete is No"),
        "channel-itunes-explicit-legacy-value": (1, "itunes:explicit is No"),
        "item-itunes-explicit-legacy-value": (1, "in the item as well"),
        "item-author-format": (1, "the author is a name alone"),
        "item-itunes-summary-copy": (1, "itunes:summary is the description once more"),
        "feed-description-has-html": (1, "with its markup"),
        "podcast-transcript-missing": (1, "the episode has no transcript"),
    },
    PSC: {
        "feed-not-well-formed": (1, "it begins with <rss> and ends with </feed>"),
        "item-link-invalid": (2, "links are written as in Atom, with their address in href"),
        "item-core-duplicate": (1, "the second link means the enclosure"),
        "item-enclosure-missing": (1, "of which there is no element"),
        "feed-namespace-required-psp1": (1, "nothing of Apple's and of the podcast namespace is declared"),
        "channel-atom-self-missing": (1, "the channel has no more than its title"),
        "channel-description-missing": (1, ""),
        "channel-itunes-author-missing": (1, ""),
        "channel-itunes-category-missing": (1, ""),
        "channel-itunes-explicit-missing": (1, ""),
        "channel-itunes-image-missing": (1, ""),
        "channel-language-missing": (1, ""),
        "channel-link-missing": (1, ""),
        "podcast-guid-missing": (1, ""),
        "podcast-locked-missing": (1, ""),
        "item-itunes-explicit-missing": (1, "the item has no more than its chapters"),
        "item-itunes-image-missing": (1, ""),
    },
    NAMESPACE / "chapters" / "example.json": {},
    NAMESPACE / "chapters" / "exampleComplex.json": {
        "chapters-unknown-property": (1, "a chapter has a value, which jsonChapters.md does not know"),
        "chapters-toc-support": (1, "its silent chapter has no title"),
    },
    NAMESPACE / "transcripts" / "example.html": {},
    NAMESPACE / "transcripts" / "example.json": {},
    NAMESPACE / "transcripts" / "example.srt": {
        "transcript-srt-line-long": (1, "lines have up to 37 letters, where 32 are the most"),
    },
    NAMESPACE / "transcripts" / "example.vtt": {},
}


def find_findings(file: Path) -> Counter[str]:
    data = file.read_bytes()
    if file.suffix == ".xml":
        document = parse_document(parse_source(file.name, data), at=dt.datetime(2026, 6, 1, tzinfo=dt.UTC))
        return Counter(finding.rule for finding in check_document(document, BOOK).findings)
    if file.parent.name == "chapters":
        subject: Any = parse_chapters_file(file.name, data)
        return Counter(finding.rule for finding in check_subject("chapters", subject, file.name, BOOK).findings)
    subject = parse_transcript_file(file.name, data, type=find_transcript_type(file.name))
    return Counter(finding.rule for finding in check_subject("transcript", subject, file.name, BOOK).findings)


@pytest.mark.parametrize("file", FAULTS, ids=lambda file: file.name)
def test_the_faults_of_an_example_are_found_and_no_others(file: Path) -> None:
    assert find_findings(file) == {rule: count for rule, (count, _) in FAULTS[file].items()}


def test_every_example_is_held_against_the_rules() -> None:
    files = {file for folder in ("chapters", "transcripts") for file in (NAMESPACE / folder).iterdir()}
    assert files | {EXAMPLE, HLS, PSC} == set(FAULTS)


def test_a_rule_of_the_namespace_with_dashes_in_its_until_is_read_and_named() -> None:
    rrule = "FREQ=WEEKLY;BYDAY=MO;UNTIL=2026-12-31"
    tag = f'<podcast:updateFrequency rrule="{rrule}">Mondays</podcast:updateFrequency>'
    assert find_tag_meaning(parse_fragment(tag)[0]) == UpdateFrequency(text="Mondays", rrule=rrule)
    assert find_rules(tag, "podcast-update") == {"podcast-update-frequency-until-dashed"}


# Taken in and built.

CHAPTERS = "https://example.com/ep{}_chapters.json"
GONE = {
    ("channel", "podcast:guid"): "it is no UUID, so no app would take it: the feed gets one of its own",
    ("item", "podcast:chapters"): "the chapters were taken in, and have a file of ours",
}


@pytest.fixture(scope="module")
def chapters() -> tuple[Chapter, ...]:
    return parse_json_chapters((NAMESPACE / "chapters" / "exampleComplex.json").read_bytes()).chapters


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, chapters: tuple[Chapter, ...]) -> Path:
    """The official example as a project, with the feed that is built of it; its chapters are those of the examples."""
    folder = tmp_path_factory.mktemp("example")
    project = take(EXAMPLE, folder, {CHAPTERS.format(number): chapters for number in (1, 2, 3)})[0]
    build_site(project, project / "public", at=END, locking="leave")
    return project


def take(file: Path, folder: Path, files: Mapping[str, tuple[Chapter, ...]]) -> tuple[Path, Taken]:
    """Take a feed in without a network: `files` are the chapters that it would have."""
    (folder / "work").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(taking, "fetch_chapters", lambda _, **__: files)
        taken = take_feed(Asked(source=str(file), slug="show"), folder / "show", folder / "work", progress=None)
    assert taken
    return folder / "show", taken


def list_parents(file: Path) -> dict[str, list[etree._Element]]:
    """The children of the channel, and of each item and live item by its guid."""
    page = Page(file=file)
    channel, streams = part_streams(read_head(page).elements)
    items = {item.findtext("guid") or "": list(item) for item in (*read_items(page), *streams)}
    return {"channel": channel, **items}


def part_streams(elements: Iterable[etree._Element]) -> tuple[list[etree._Element], list[etree._Element]]:
    """Part live items from what else a channel holds: there they leave no more than their attributes."""
    others, streams = [], []
    for element in elements:
        if find_name(element) == "podcast:liveItem":
            streams.append(element)
            others.append(etree.Element(element.tag, {str(key): str(value) for key, value in element.attrib.items()}))
        else:
            others.append(element)
    return others, streams


def list_tags(elements: Iterable[etree._Element]) -> dict[str, list[etree._Element]]:
    groups = group_elements(element for element in elements if isinstance(element.tag, str))
    return {name: group for name, group in groups.items() if name.startswith("podcast:")}


def test_every_tag_of_the_official_example_comes_back_where_it_was_with_the_same_meaning(project: Path) -> None:
    built = list_parents(project / "public" / "show" / "feed.xml")
    gone = set()
    for parent, elements in list_parents(EXAMPLE).items():
        ours = list_tags(built[parent])
        for name, group in list_tags(elements).items():
            if [*map(find_tag_meaning, group)] != [*map(find_tag_meaning, ours.get(name, []))]:
                gone.add(("channel" if parent == "channel" else "item", name))
    assert gone == set(GONE)


def test_the_chapters_of_the_example_come_back_in_the_file_that_is_named_in_place_of_theirs(
    project: Path, chapters: tuple[Chapter, ...]
) -> None:
    built = list_parents(project / "public" / "show" / "feed.xml")
    for elements in built.values():
        for element in list_tags(elements).get("podcast:chapters", []):
            path = str(element.get("url")).split("/", 3)[3]
            assert parse_json_chapters((project / "public" / path).read_bytes()).chapters == chapters
    assert sum("podcast:chapters" in list_tags(elements) for elements in built.values()) == 3


def is_tag(element: etree._Element) -> bool:
    return isinstance(element.tag, str) and find_name(element).startswith("podcast:")


def count_tags(elements: Iterable[etree._Element]) -> Counter[str]:
    """How many tags of the namespace there are, with those that stand in others."""
    return Counter(
        name for element in elements for one in element.iter() if (name := find_name(one)).startswith("podcast:")
    )


def find_kept(elements: Iterable[etree._Element], bare: Iterable[etree._Element]) -> Iterator[etree._Element]:
    """Find the elements that no value holds; `bare` are those that values make."""
    ours = {name: [*map(find_tag_meaning, group)] for name, group in list_tags(bare).items()}
    for name, group in list_tags(elements).items():
        for element in group:
            meaning = find_tag_meaning(element)
            if meaning in ours.get(name, []):
                ours[name].remove(meaning)
            else:
                yield element


def measure_typed(project: Path, file: Path) -> tuple[Counter[str], Counter[str]]:
    """Count the tags of a feed, and those of them that its records and table keep word for word."""
    channel = replace(read_settings(project / "channel.toml").channels[0], extra="")
    bare = {"channel": publish_channel(channel)}
    for record in (project / "seeds" / "show").glob("*.md"):
        episode = replace(read_seed(record, record.name, dt.UTC), extra="")
        bare[episode.guid] = publish_item(episode, channel)
        if episode.live:
            render_values(bare["channel"], LIVE, [episode.live])
    parents = list_parents(file)
    every = sum((count_tags(elements) for elements in parents.values()), Counter[str]())
    return every, count_tags(one for parent, elements in parents.items() for one in find_kept(elements, bare[parent]))


def test_of_the_tags_of_the_official_example_values_hold_all_but_those_that_are_named(project: Path) -> None:
    every, kept = measure_typed(project, EXAMPLE)
    assert kept == {"podcast:guid": 1, "podcast:chapters": 3}
    assert every.total() == 110


def test_of_the_video_example_values_hold_every_tag(tmp_path: Path) -> None:
    project, taken = take(HLS, tmp_path, {})
    assert compare_build(taken, project, tmp_path / "work").faults == {}
    every, kept = measure_typed(project, HLS)
    assert (every.total(), kept) == (6, {})


def test_the_example_of_psc_is_read_as_far_as_it_goes_with_all_its_chapters(tmp_path: Path) -> None:
    project, taken = take(PSC, tmp_path, {})
    (record,) = (project / "seeds" / "show").glob("*.md")
    episode = read_seed(record, record.name, dt.UTC)
    assert [(chapter.start, chapter.title, chapter.link) for chapter in episode.chapters] == [
        (0, "Welcome", ""),
        (187_000, "Introducing Podlove", "http://podlove.org/"),
        (506_250, "Podlove WordPress Plugin", "http://podlove.org/podlove-podcast-publisher"),
        (762_000, "Resumée", ""),
    ]
    assert compare_build(taken, project, tmp_path / "work").faults == {}


# Why tags of real feeds are kept word for word. So is a file of chapters that nobody can fetch, and all that stands in
# a live item whose times cannot be read.
KEPT = {
    ("alternateEnclosure", "language is none of its attributes"),
    ("alternateEnclosure", "it names no recording"),
    ("complete", "it has no place in a record"),
    ("guid", "its text cannot be read"),
    ("images", "it has no place in a record"),
    ("liveItem", "its start cannot be read"),
    ("liveItem", "its end cannot be read"),
    ("locked", "email is none of its attributes"),
    ("value", "in podcast:valueRecipient, it has no address"),
}


@pytest.mark.corpus
def test_of_the_tags_of_real_feeds_values_hold_nine_of_ten(tmp_path: Path) -> None:
    if not CORPUS.is_dir():
        pytest.skip("the real feeds are not in ../shared/corpus")
    every: Counter[str] = Counter()
    kept: list[etree._Element] = []
    left: list[etree._Element] = []
    for file in sorted(CORPUS.glob("*.xml")):
        (tmp_path / file.stem).mkdir()
        try:
            pages = fetch_pages(str(file), tmp_path / file.stem, allow_private=False, state=State())
        except FeedsError as error:
            assert "is an Atom feed" in str(error)
            continue
        assert pages
        head = read_head(pages.pages[0])
        source = Source(pages=pages.pages, head=head, survey=read_survey(pages.pages), chapters={})
        elements, streams = part_streams(head.elements)
        channel = parse_channel(Elements(elements), slug="x", artwork="a.png", guid="", settled=()).channel
        bare = publish_channel(replace(channel, extra=""))
        items = [(finish_draft(item.draft, item.element, channel), item.element) for item in read_drafts(source, {})]
        taken = gather_streams(source, channel, {}, at=END).taken
        render_values(bare, LIVE, [draft.episode.live for draft, _ in taken if draft.episode.live])
        for whole in (elements, *(element for _, element in items), *streams):
            every += count_tags(whole)
        kept += find_kept(elements, bare)
        for draft, element in (*items, *taken):
            kept += find_kept(element, publish_item(replace(draft.episode, extra="", repeats=()), channel))
        held = [element for _, element in taken]
        left += [tag for stream in streams if stream not in held for tag in stream if is_tag(tag)]
    reasons = {(find_name(element).removeprefix("podcast:"), loss) for element in kept for loss in find_losses(element)}
    assert reasons == KEPT
    assert {find_name(element) for element in kept if not find_losses(element)} == {"podcast:chapters"}
    assert every.total() > 700
    assert count_tags((*kept, *left)).total() < every.total() / 10


# Chapters.

# What the list of chapters cannot hold, by the key, and what stands there instead.
LOST = {"value": "a payment of its own is not in jsonChapters.md, and no app reads it there"}
ADDED = {"title": "a chapter without a title gets the sign for one, as every other carrier needs one"}


@pytest.mark.parametrize("file", sorted((NAMESPACE / "chapters").glob("*.json")), ids=lambda file: file.name)
def test_the_chapters_of_an_example_are_read_and_written_with_all_their_fields(file: Path) -> None:
    data = file.read_bytes()
    ours = json.loads(format_json_chapters(parse_json_chapters(data)))
    theirs = json.loads(data)
    assert {**ours, "chapters": []} == {**theirs, "chapters": []}
    for chapter, original in zip(ours["chapters"], theirs["chapters"], strict=True):
        assert {key: value for key, value in original.items() if chapter.get(key) != value}.keys() <= LOST.keys()
        assert chapter.keys() - original.keys() <= ADDED.keys()


# Transcripts.


def read_transcript(name: str) -> tuple[str, list[Cue]]:
    text = (NAMESPACE / "transcripts" / name).read_text(encoding="utf-8")
    cues = parse_transcript(text, find_transcript_type(name))
    assert all(isinstance(cue, Cue) for cue in cues)
    return text, [cue for cue in cues if isinstance(cue, Cue)]


def split_words(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in text.split()]


def test_the_transcript_in_json_is_read_with_all_its_fields() -> None:
    text, cues = read_transcript("example.json")
    assert [(cue.start / 1000, cue.end / 1000, cue.speaker, cue.text) for cue in cues] == [
        (one["startTime"], one["endTime"], one["speaker"], one["body"]) for one in json.loads(text)["segments"]
    ]


@pytest.mark.parametrize(
    ("name", "speaker"), [("example.vtt", r"<v ([^>]+)>"), ("example.srt", r"(?m)^([A-Z]\w+): (?=\S)")]
)
def test_a_transcript_with_times_is_read_with_every_time_speaker_and_word(name: str, speaker: str) -> None:
    text, cues = read_transcript(name)
    times = re.findall(r"(\d\d):(\d\d):(\d\d)[.,](\d{3})", text)
    assert [time for cue in cues for time in (cue.start, cue.end)] == [
        ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(fraction)
        for hours, minutes, seconds, fraction in times
    ]
    assert list(filter(None, (cue.speaker for cue in cues))) == re.findall(speaker, text)
    said = re.sub(r"(?m)^(WEBVTT|\d+|.* --> .*)$", "", re.sub(speaker, "", text))
    assert split_words(cue.text for cue in cues) == split_words([unescape(said)])


def test_the_transcript_in_html_is_read_with_every_time_speaker_and_word() -> None:
    text, cues = read_transcript("example.html")
    assert [f"{cue.speaker}:" for cue in cues] == re.findall(r"<cite>(.*?)</cite>", text)
    clocks = (time.split(":") for time in re.findall(r"<time>(.*?)</time>", text))
    assert [cue.start for cue in cues] == [(int(minutes) * 60 + int(seconds)) * 1000 for minutes, seconds in clocks]
    said = re.findall(r"(?s)<p>(.*?)</p>", text)
    assert split_words(cue.text for cue in cues) == split_words(map(unescape, said))


# Words.


def list_lines(name: str) -> set[str]:
    return set((NAMESPACE / name).read_text(encoding="utf-8").split())


def read_json(name: str) -> Any:
    return json.loads((NAMESPACE / name).read_text(encoding="utf-8"))


def test_every_role_and_group_of_the_taxonomy_is_known_and_no_other() -> None:
    known = {(group, role) for group, roles in ROLES_BY_GROUP.items() for role in roles}
    for name in ("data/taxonomy.json", "data/taxonomy-en.json"):
        pairs = {(entry["group"].lower(), entry["role"].lower()) for entry in read_json(name)}
        assert pairs == known, name
    for name in ("data/taxonomy-de.json", "data/taxonomy-fr.json"):
        pairs = {tuple(entry["key"].strip().lower().split("/")) for entry in read_json(name)}
        assert pairs == known, name


def test_every_licence_is_known_and_no_other() -> None:
    assert list_lines("license/licenseslugs.txt") == set(LICENSES)
    assert {entry["shortname"] for entry in read_json("license/licenses.json")} == set(LICENSES)


def test_every_protocol_is_known_and_no_other() -> None:
    for tag, name in (("chat", "data/chatprotocols.txt"), ("socialInteract", "data/socialprotocols.txt")):
        assert list_lines(name) == set(TAGS[f"podcast:{tag}"].fields["protocol"].words)


def test_every_service_and_way_to_pay_is_known() -> None:
    services = "".join(f'<podcast:block id="{slug}">no</podcast:block>' for slug in list_lines("data/serviceslugs.txt"))
    assert find_rules(services, "podcast-block") == set()
    found = Counter[str]()
    for slug in list_lines("data/valueslugs.txt"):
        recipient = f'<podcast:valueRecipient type="{slug}" address="x" split="1"/>'
        for place in (f'type="{slug}" method="amp"', f'type="lightning" method="{slug}"'):
            value = f"<podcast:value {place}>{recipient.replace(slug, 'node')}</podcast:value>"
            found[slug] += not find_rules(value, "podcast-value-slug")
        value = f'<podcast:value type="lightning" method="amp">{recipient}</podcast:value>'
        found[slug] += not find_rules(value, "podcast-value-slug")
    assert len(found) == 7
    assert [slug for slug, places in found.items() if not places] == []


def find_rules(elements: str, prefix: str) -> set[str]:
    """The rules whose names begin with a prefix and that a channel of these elements breaks."""
    feed = f'<rss xmlns:podcast="{PODCAST}"><channel>{elements}</channel></rss>'
    document = parse_document(parse_source("feed.xml", feed.encode()), at=END)
    rules = (finding.rule for finding in check_document(document, BOOK).findings)
    return {rule for rule in rules if rule.startswith(prefix)}
