"""Linked files are read to the end whatever is in them, and everything that is told of them has its right place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.media_types import find_transcript_type
from feeds.rulebook.check import Rulebook, check_subject
from feeds.rulebook.files.chapters import parse_chapters_file
from feeds.rulebook.files.located import Node, parse_located
from feeds.rulebook.files.text import LARGEST
from feeds.rulebook.files.transcripts import parse_transcript_file
from feeds.rulebook.finding import Finding
from feeds.rulebook.rule import Level
from feeds.rules.every import RULES
from tests.rule_pairs import FOLDER

BOOK = Rulebook(RULES)
SHARED = Path(__file__).parent.parent.parent / "shared"
TYPES = ("text/vtt", "application/x-subrip", "application/json", "text/html", "text/plain", "")

TEXTS = st.text(max_size=8)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
LINES = st.sampled_from(
    """\

 \
WEBVTT
NOTE
STYLE
1
2
٣
999999999999999999999999999999
Ada: Ahoy
- Ahoy
<v Ada>Ahoy & <b
<v >
-->
00:00:00.000 --> 00:00:04.000
00:00:00,000 --> 00:00:04,000
00:00:09.000 --> 00:00:04.000 align:start ahoy
00:99:00.000 --> 99999:00:00.000
0:4-->x
<p>Ada:
<cite>
{
{"segments": [""".split("\n")
)

HOSTILE = {
    "lists in lists": b"[" * 100_000,
    "lists in lists that end": b'{"chapters": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "objects in objects": b'{"a":' * 100_000,
    "50 MB": b'{"chapters": [' + b"{}," * 16_000_000,
    "a number of 5,000 digits": b'{"version": "1.2.0", "chapters": [{"startTime": ' + b"9" * 5000 + b"}]}",
    "a number without end": b'{"version": "1.2.0", "chapters": [{"startTime": 1e999}]}',
    "half a character": b'{"version": "\\ud800", "chapters": [{"startTime": 0, "title": "\\udc00", "\\ud800": 1}]}',
    "a text without end": b'{"version": "' + b"a" * 100_000,
    "UTF-16": "{}".encode("utf-16"),
    "no text": bytes(range(256)),
    "arrows": b"WEBVTT\n\n" + b"-->" * 100_000,
    "cues without lines between": b"WEBVTT\n\n" + b"1\n00:00:00.000 --> 00:00:04.000\n" * 20_000,
    "line ends": b"\r" * 100_000,
    "openings": b"WEBVTT\n\n00:00:00.000 --> 00:00:04.000\n" + b"<v " * 50_000 + b"\n" + b"&" * 50_000,
    "digits": b"1\n" + b"1" * 100_000 + b":00:00,000 --> 00:00:04,000\n",
    "paragraphs": b"<p" * 100_000 + b" " * 100_000,
}


def find_findings(data: bytes) -> list[Finding]:
    """Everything that is told of some bytes, taken for a chapters file and for each kind of transcript."""
    found = list(check_subject("chapters", parse_chapters_file("x", data, duration=1000), "x", BOOK).findings)
    for type in TYPES:
        transcript = parse_transcript_file("x", data, type=type, duration=1000)
        found += check_subject("transcript", transcript, "x", BOOK).findings
    return found


def find_nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in (*node.members.values(), *node.items):
        yield from find_nodes(child)


def find_plain(node: Node) -> object:
    """A value as the JSON module has it."""
    if node.is_object:
        return {name: find_plain(child) for name, child in node.members.items()}
    return [find_plain(child) for child in node.items] if isinstance(node.value, list) and node.items else node.value


@given(JSON_VALUES, st.sampled_from([None, 1]))
def test_json_is_read_as_the_standard_library_reads_it_and_every_value_stands_where_it_is_said_to_stand(
    value: object, indent: int | None
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    parsed = parse_located(text)
    assert parsed.root is not None and not parsed.fault
    assert find_plain(parsed.root) == value
    lines = text.split("\n")
    for node in find_nodes(parsed.root):
        spot = node.spot
        rest = "\n".join([lines[spot.line - 1][spot.column - 1 :], *lines[spot.line :]])
        assert json.JSONDecoder().raw_decode(rest)[0] == find_plain(node)


@given(JSON_VALUES, st.data())
def test_json_that_is_cut_or_changed_is_refused_when_the_standard_library_refuses_it(
    value: object, data: st.DataObject
) -> None:
    text = json.dumps({"a": value})
    at = data.draw(st.integers(0, len(text)))
    broken = (
        text[:at] + data.draw(st.sampled_from(["", ",", "}", "]", '"', ":", "-", "\n", "1", "NaN"])) + text[at + 1 :]
    )
    try:
        json.loads(broken, parse_constant=refuse)
        whole = True
    except ValueError:
        whole = False
    parsed = parse_located(broken)
    assert (parsed.root is not None) == whole
    assert bool(parsed.fault) == (not whole)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{"title": "Ebb}', "the text that begins here does not end"),
        ('{"title": "Ebb\n"}', "a text breaks off at a line end"),
        ('{"title": "\\E"}', "a backslash stands before a letter"),
        ('{"title": "\\u12"}', "behind \\u four hexadecimal digits"),
    ],
)
def test_what_is_wrong_with_a_text_of_json_is_said_in_plain_words_at_its_place(text: str, fault: str) -> None:
    parsed = parse_located(text)
    assert parsed.fault.startswith(fault)
    assert parsed.fault_at.line == 1 and parsed.fault_at.column > 10


def refuse(name: str) -> float:
    raise ValueError(name)


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_told_of_and_stops_nobody(what: str) -> None:
    findings = find_findings(HOSTILE[what])
    assert [finding for finding in findings if finding.level == Level.ERROR]
    assert all(len(finding.message) < 400 and finding.message.isprintable() for finding in findings)
    assert all(finding.path.encode("utf-8") is not None for finding in findings)


@settings(max_examples=300)
@given(st.lists(LINES, max_size=12), st.sampled_from(["\n", "\r\n", "\r"]))
def test_no_order_of_lines_stops_the_rules_and_they_name_lines_that_there_are(lines: list[str], end: str) -> None:
    data = end.join(lines).encode()
    for finding in find_findings(data):
        assert 0 <= finding.line <= max(1, len(lines))
        assert "\n" not in finding.message


@settings(max_examples=200)
@given(st.dictionaries(st.sampled_from(["version", "chapters", "segments", "author"]), JSON_VALUES), JSON_VALUES)
def test_no_value_where_another_is_expected_stops_the_rules(document: dict[str, object], entry: object) -> None:
    names = ("startTime", "endTime", "title", "img", "url", "toc", "location", "body", "speaker")
    for several in (
        [dict.fromkeys(names, entry)],
        [{**dict.fromkeys(names), "location": {"name": entry, "geo": entry}}],
    ):
        filled = {"chapters": several, "segments": several, **document}
        find_findings(json.dumps(filled).encode("utf-8", "surrogatepass"))


def test_a_file_of_more_than_any_episode_needs_is_told_of_once() -> None:
    found = check_subject("chapters", parse_chapters_file("x", b" " * (LARGEST + 1)), "x", BOOK).findings
    assert [finding.rule for finding in found] == ["linked-file-too-large"]


def test_a_finding_says_the_way_to_the_value() -> None:
    line = ' "chapters": [{"startTime": 0, "title": "Ebb", "a/b~": 1}]}'
    file = parse_chapters_file("x", ('{"version": "1.2.0",\n' + line).encode())
    found = {finding.rule: finding for finding in check_subject("chapters", file, "x", BOOK).findings}
    unknown = found["chapters-unknown-property"]
    assert (unknown.path, unknown.line, unknown.column) == ("/chapters/0/a~1b~0", 2, line.index("1}") + 1)


def test_a_fault_on_many_lines_is_told_once() -> None:
    card = "1\n00:00:00.000 --> 00:00:01.000\nAda: Ahoy\n\n"
    found = check_subject("transcript", parse_transcript_file("x", (card * 500).encode(), type="text/srt"), "x", BOOK)
    assert [finding.rule for finding in found.findings].count("transcript-srt-timing") == 1
    assert "(and 499 more cards)" in found.findings[0].message


@pytest.mark.corpus
@pytest.mark.skipif(not SHARED.exists(), reason="the real files are not here")
def test_real_chapters_have_no_error() -> None:
    files = sorted((SHARED / "corpus" / "chapters").glob("*.json"))
    assert files
    for file in files:
        verdict = check_subject("chapters", parse_chapters_file(file.name, file.read_bytes()), file.name, BOOK)
        assert [finding for finding in verdict.findings if finding.level > Level.INFO] == []


@pytest.mark.corpus
@pytest.mark.skipif(not SHARED.exists(), reason="the real files are not here")
def test_the_examples_of_the_namespace_break_no_rule_but_the_one_they_are_known_to_break() -> None:
    files = sorted((SHARED / "specs" / "examples" / "podcast-namespace" / "transcripts").iterdir())
    assert files
    found = set()
    for file in files:
        transcript = parse_transcript_file(file.name, file.read_bytes(), type=find_transcript_type(file.name))
        found |= {finding.rule for finding in check_subject("transcript", transcript, file.name, BOOK).findings}
    assert found == {"transcript-srt-line-long"}


def test_every_linked_example_is_small_enough_to_be_read_at_a_glance() -> None:
    linked = [file for file in FOLDER.glob("*/*.*") if file.suffix != ".xml"]
    assert linked
    assert [file for file in linked if len(file.read_bytes()) > 4000] == []
