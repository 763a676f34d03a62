"""channel.toml: what it means, what is wrong with it, and that its schema says the same.

`channels/NAME.toml` is read and compared with NAME.json, or with NAME.error.txt where it cannot be read.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
import tomli_w

from feeds import addresses
from feeds.errors import ChannelError
from feeds.identity.guids import compute_podcast_guid
from feeds.model import ChannelType, Host, Site
from feeds.settings.categories import CATEGORIES, format_category, parse_category
from feeds.settings.channel import SCHEMA, Part, parse_channels, parse_included_channels, read_settings
from feeds.tables.values import MEDIUMS

PAIRS = Path(__file__).with_name("channels")
ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "channel.toml"
RULES = json.loads(SCHEMA.read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(RULES)

READABLE = sorted(PAIRS.glob("*.json"))
BROKEN = sorted(PAIRS.glob("*.error.txt"))

SITE = '[site]\nurl = "https://example.org"\ntitle = "x"\n'


def channel(slug: str, **more: object) -> str:
    """A channel with no more than it must have."""
    least = {
        "title": slug,
        "description": "x",
        "author": "x",
        "categories": ["Technology"],
        "image": "artwork.png",
    }
    return tomli_w.dumps({"channels": {slug: least | more}})


def parse_pair(file: Path) -> Part:
    return parse_channels(file.read_text(encoding="utf-8"), file.name)


def list_messages(part: Part) -> list[str]:
    return [str(fault) for fault in sorted(part.faults)]


def describe(part: Part) -> object:
    """Everything that a file says, as JSON; a time zone is shown by its names in winter and in summer."""
    site = dict(find_said(part.site))
    zone = part.site.timezone
    site["timezone"] = [zone.tzname(dt.datetime(2026, month, 1)) for month in (1, 7)]
    channels = [dict(find_said(channel)) for channel in part.channels]
    validate = {"ignore": part.ignored, "pages": part.rule_pages}
    everything = {"site": site, "channels": channels, "include": part.include, "validate": validate}
    return json.loads(json.dumps(everything, default=str))


def find_said(value: Any) -> Iterator[tuple[str, object]]:
    """The fields of a value that are not what they would be without a word."""
    for field in dataclasses.fields(value):
        said = getattr(value, field.name)
        if said != field.default:
            yield field.name, find_plain(said)


def find_plain(said: Any) -> object:
    if isinstance(said, tuple):
        return [find_plain(one) for one in said]
    return dict(find_said(said)) if dataclasses.is_dataclass(said) else said


def test_every_pair_has_two_halves() -> None:
    halves = [file.name.removesuffix(".json").removesuffix(".error.txt") for file in (*READABLE, *BROKEN)]
    assert sorted(halves) == sorted(file.stem for file in PAIRS.glob("*.toml"))
    assert READABLE
    assert BROKEN


@pytest.mark.parametrize("expected", READABLE, ids=lambda file: file.stem)
def test_a_channel_file_is_read_as_expected(expected: Path, update: Callable[[Path, bytes], None]) -> None:
    part = parse_pair(expected.with_suffix(".toml"))
    assert list_messages(part) == []
    found = json.dumps(describe(part), ensure_ascii=False, indent=2) + "\n"
    if found != expected.read_text(encoding="utf-8"):
        update(expected, found.encode())
    assert found == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("expected", BROKEN, ids=lambda file: file.name.split(".")[0])
def test_a_broken_channel_file_is_refused_with_every_fault(expected: Path) -> None:
    name = expected.name.removesuffix(".error.txt")
    part = parse_pair(PAIRS / f"{name}.toml")
    assert list_messages(part) == expected.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("expected", READABLE, ids=lambda file: file.stem)
def test_what_can_be_read_is_valid_against_the_schema(expected: Path) -> None:
    data = tomllib.loads(expected.with_suffix(".toml").read_text(encoding="utf-8"))
    VALIDATOR.validate(json.loads(json.dumps(data, default=str)))  # to JSON Schema, a date of TOML is a text


def test_the_example_can_be_read_and_is_valid_against_the_schema_that_it_names() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    named = re.match(r"#:schema (\S+)\n", text)
    assert named is not None
    jsonschema.validate(tomllib.loads(text), json.loads((ROOT / named[1]).read_text(encoding="utf-8")))
    assert [channel.slug for channel in read_settings(EXAMPLE).channels] == ["shape", "enclosed"]


def test_the_example_recommends_its_own_feeds_by_the_guids_that_they_will_have() -> None:
    settings = read_settings(EXAMPLE)
    recommended = {item.feed_url: item.feed_guid for channel in settings.channels for item in channel.podroll}
    feeds = [addresses.url(settings.site, addresses.feed(channel.slug)) for channel in settings.channels]
    assert recommended == {feed: compute_podcast_guid(feed) for feed in feeds}


# What the schema says, compared with what the reader does. Both are asked, so neither list is written here.


def find_tables(schema: Mapping[str, Any], path: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, Any]]:
    """Every table that the schema knows, by a path to one such table: a 0 stands for a list's only member."""
    if "$ref" in schema:
        yield from find_tables(RULES["$defs"][schema["$ref"].rpartition("/")[2]], path)
    for one in schema.get("anyOf", ()):
        yield from find_tables(one, path)
    if "items" in schema:
        yield from find_tables(schema["items"], (*path, 0))
    if isinstance(schema.get("additionalProperties"), dict):
        yield from find_tables(schema["additionalProperties"], (*path, "show"))
    elif "properties" in schema:
        yield path, schema
    for key, inner in schema.get("properties", {}).items():
        yield from find_tables(inner, (*path, key))


TABLES = dict(find_tables(RULES))


def format_address(path: tuple[str | int, ...]) -> str:
    return ".".join("1" if step == 0 else str(step) for step in path)


def parse_nothing_but(path: tuple[str | int, ...], table: Mapping[str, object]) -> list[str]:
    """Read a file that has only this one table, and give the messages about the table itself."""
    data: Any = table
    for step in reversed(path):
        data = [data] if step == 0 else {step: data}
    part = parse_channels(tomli_w.dumps(data), "channel.toml")
    address = format_address((*path, ""))
    said = [fault.message for fault in part.faults if fault.message.startswith(address)]
    return [message.removeprefix(address) for message in said]


@pytest.mark.parametrize("path", TABLES, ids=format_address)
def test_the_schema_has_exactly_the_keys_that_are_read(path: tuple[str | int, ...]) -> None:
    told = [message for message in parse_nothing_but(path, {"~": 1}) if message.startswith("~")]
    assert len(told) == 1
    known = told[0].removeprefix("~: is no known key; known are ").split(", ")
    assert sorted(TABLES[path]["properties"]) == known


@pytest.mark.parametrize("path", [path for path in TABLES if path], ids=format_address)
def test_the_schema_requires_exactly_what_is_missed(path: tuple[str | int, ...]) -> None:
    missed = [message.split(":")[0] for message in parse_nothing_but(path, {}) if ": is missing" in message]
    assert sorted(TABLES[path].get("required", ())) == sorted(missed)


@pytest.mark.parametrize("path", TABLES, ids=format_address)
def test_the_schema_describes_every_key(path: tuple[str | int, ...]) -> None:
    assert [key for key, inner in TABLES[path]["properties"].items() if not inner.get("description")] == []
    assert TABLES[path].get("description")


def test_the_defaults_of_the_schema_are_those_of_the_reader() -> None:
    part = parse_channels(SITE + channel("show"), "channel.toml")
    for path, value in ((("channels", "show"), part.channels[0]), (("site",), part.site)):
        keys = TABLES[path]["properties"]
        read = json.loads(json.dumps(dataclasses.asdict(value), default=lambda zone: zone.tzname(None)))
        stated = {key: keys[key]["default"] for key in read if "default" in keys.get(key, ())}
        assert stated
        assert stated == {key: read[key] for key in stated}


def test_the_schema_offers_exactly_the_words_that_are_known() -> None:
    offered = RULES["$defs"]
    assert offered["category"]["enum"] == [
        format_category(category, subcategory)
        for category, subcategories in CATEGORIES.items()
        for subcategory in ("", *subcategories)
    ]
    assert offered["medium"]["enum"] == list(MEDIUMS)
    assert offered["channel"]["properties"]["type"]["enum"] == list(get_args(ChannelType))
    assert offered["site"]["properties"]["hosts"]["items"]["enum"] == list(get_args(Host))


def test_the_schema_is_a_valid_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(RULES)


# Categories


def test_apple_has_19_categories_and_91_subcategories() -> None:
    assert len(CATEGORIES) == 19
    assert sum(map(len, CATEGORIES.values())) == 91


@pytest.mark.parametrize("written", ["News > Politics", "News>Politics", " News >  Politics "])
def test_a_category_may_be_spaced_at_will(written: str) -> None:
    assert parse_category(written) == ("News", "Politics")


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("Tecnology", "did you mean 'Technology'?"),
        ("technology", "did you mean 'Technology'?"),
        ("Society and Culture", "did you mean 'Society & Culture'?"),
        ("Society & Culture > Philosphy", "did you mean 'Society & Culture > Philosophy'?"),
        ("Philosophy", "did you mean 'Society & Culture > Philosophy'?"),
        ("Technology > Philosophy", "did you mean 'Society & Culture > Philosophy'?"),
        ("News > Politics > Local", "did you mean 'News > Politics'?"),
        ("Society &amp; Culture", "write 'Society & Culture'"),
        ("Zzz", "they are Arts, Business, Comedy"),
        ("", "they are Arts, Business, Comedy"),
    ],
)
def test_an_unknown_category_is_refused_with_the_nearest(written: str, remedy: str) -> None:
    with pytest.raises(ValueError, match=re.escape(remedy)):
        parse_category(written)


# Several files


def write(folder: Path, **files: str) -> Path:
    """Write files, named with __ for a slash, all ending in .toml; give the main one."""
    for name, text in files.items():
        file = folder / f"{name.replace('__', '/')}.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder / "channel.toml"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, in which the user stands."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read_messages(file: Path) -> list[str]:
    with pytest.raises(ChannelError) as caught:
        read_settings(file)
    return str(caught.value).splitlines()


def test_included_channels_follow_those_of_the_main_file_and_know_their_file(project: Path) -> None:
    include = 'include = ["shows/*/channel.toml", "**/channel.toml"]\n'
    site = SITE + 'language = "ko"\n'
    write(
        project,
        channel=include + site + channel("main"),
        shows__b__channel=channel("second", seeds="records"),
        shows__a__channel=channel("first"),
    )
    channels = read_settings(Path("channel.toml")).channels
    assert [(one.slug, one.path, one.folder, one.seeds) for one in channels] == [
        ("main", "channel.toml", Path(), "seeds/main"),
        ("first", "shows/a/channel.toml", Path("shows/a"), "seeds/first"),
        ("second", "shows/b/channel.toml", Path("shows/b"), "records"),
    ]
    assert {one.language for one in channels} == {"ko"}


def test_the_faults_of_all_files_are_told_at_once(project: Path) -> None:
    main = write(
        project,
        channel='include = ["shows/*/channel.toml"]\n' + SITE.replace("title", "titel") + channel("main"),
        shows__a__channel=channel("a", explicit="no"),
        shows__b__channel="[channels.b\n",
        shows__c__channel="[site]\n" + channel("c"),
    )
    assert read_messages(main) == [
        "channel.toml:2: site.title: is missing: write the name of the site",
        "channel.toml:4: site.titel: is no known key; did you mean 'title'?",
        "shows/a/channel.toml:9: channels.a.explicit: 'no' is neither true nor false",
        "shows/b/channel.toml:1: is no valid TOML: Expected ']' at the end of a table declaration: "
        "write a name in brackets, without spaces, such as [channels.my-show]",
        "shows/c/channel.toml:1: site: belongs in the file that includes this one; here stand channels only",
    ]


def test_a_channel_in_two_files_is_refused_with_both_named(project: Path) -> None:
    main = write(
        project,
        channel='include = ["more.toml"]\n' + SITE + channel("show"),
        more="# twice\n" + channel("show"),
    )
    assert read_messages(main) == [
        "more.toml:2: channels.show: stands in channel.toml:5 too; give one of the two another name"
    ]


def test_a_pattern_that_matches_nothing_is_refused_where_it_stands(project: Path) -> None:
    include = 'include = [\n  "more.toml",\n  "none/*.toml",\n]\n'
    main = write(project, channel=include + SITE, more=channel("show"))
    assert read_messages(main) == ["channel.toml:3: include: 'none/*.toml' matches no file; it is relative to this one"]


def test_a_missing_file_is_one_line_with_the_remedy(project: Path) -> None:
    assert read_messages(project / "channel.toml") == [
        "channel.toml: is missing: `feeds init DIR` makes a project that has one"
    ]


def test_a_file_outside_the_current_directory_is_named_as_it_was_typed(project: Path) -> None:
    outside = project.parent / "nowhere" / "channel.toml"
    assert read_messages(outside)[0].startswith(f"{outside.as_posix()}: is missing")
    assert read_messages(Path("../nowhere/channel.toml"))[0].startswith("../nowhere/channel.toml: is missing")


def test_a_folder_in_place_of_the_file_is_refused(project: Path) -> None:
    (project / "channel.toml").mkdir()
    (message,) = read_messages(project / "channel.toml")
    assert message.startswith("channel.toml: cannot be read: ")


def test_a_file_that_is_not_utf_8_is_refused_with_the_line(project: Path) -> None:
    (project / "channel.toml").write_bytes("[site]\ntitle = 'Café'\n".encode("latin-1"))
    assert read_messages(project / "channel.toml") == ["channel.toml:2: is not UTF-8: save the file in that encoding"]


def test_a_site_without_a_channel_is_refused(project: Path) -> None:
    assert read_messages(write(project, channel=SITE)) == [
        "channel.toml: has no channel: write a table [channels.my-show]"
    ]


def test_an_included_file_alone_needs_no_site() -> None:
    part = parse_included_channels(channel("show"), "show.toml", Site(url="", title="", language="de"))
    assert part.faults == ()
    assert part.channels[0].language == "de"
