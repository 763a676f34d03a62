"""JSON chapters: the file as a whole, and that its values are of the kinds that apps expect."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator

from feeds.formats import format_bytes
from feeds.rulebook.files.chapters import ChaptersFile
from feeds.rulebook.files.located import Node
from feeds.rulebook.files.text import LARGEST
from feeds.rulebook.files.transcripts import TranscriptFile
from feeds.rulebook.places import Spot
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.wording import quote

_VERSION = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){1,2}")
_KNOWN_VERSIONS = re.compile(r"1\.[0-2](?:\.[0-9]+)?")
_FILE_TEXTS = ("author", "title", "podcastName", "description", "fileName")
_CHAPTER_TEXTS = ("title", "img", "url")
_FILE_NAMES = frozenset(("version", "chapters", "waypoints", *_FILE_TEXTS))
_CHAPTER_NAMES = frozenset(("startTime", "endTime", "toc", "location", *_CHAPTER_TEXTS))
_LOCATION_NAMES = frozenset(("name", "geo", "osm"))


@rule("chapters", source="JSON chapters, 1.2; RFC 8259, 2 and 8.1", apple="error", podcasting2="error")
def chapters_json_invalid(file: ChaptersFile) -> Hits:
    """A chapters file is JSON in UTF-8, with an object at its top.

    Apps throw away the whole list for one comma too many, and listeners see no chapters at all.
    """
    if file.text.fault:
        yield file.text.fault_at, f"{file.text.fault}: save the chapters in UTF-8"
    elif not file.text.large and not file.text.text.strip():
        yield Spot(), "the file is empty: write the chapters, or take podcast:chapters out of the feed"
    elif file.json.fault:
        page = "this is a page of HTML or XML, no JSON" if file.text.text.lstrip().startswith("<") else ""
        yield file.json.fault_at, f"{page or file.json.fault}: the chapters cannot be read"
    elif file.json.root and not file.json.root.is_object:
        what = file.json.root.describe()
        yield file.json.root.spot, f'the file holds {what}: chapters are an object with "version" and "chapters"'


@rule("chapters", "transcript", source="house", everywhere="error")
def linked_file_too_large(file: ChaptersFile | TranscriptFile) -> Hits:
    """Chapters and transcripts are files of some megabytes at most.

    Apps load them whole, on a phone. A file that is larger than any episode could need is another file, such as the
    recording, or the work of a program that went astray.
    """
    if file.text.large:
        size, most = format_bytes(file.text.size), format_bytes(LARGEST)
        yield Spot(), f"the file has {size}: more than {most} is no chapters file and no transcript"


@rule("chapters", "transcript", source="RFC 8259, 8.1", everywhere="warning")
def json_byte_order_mark(file: ChaptersFile | TranscriptFile) -> Hits:
    """A JSON file does not begin with a byte order mark.

    JSON forbids it. Most apps read over it, some refuse the file.
    """
    if file.text.marked and file.json.root:
        yield Spot(1, 1), "the file begins with a byte order mark: save it as UTF-8 without one"


@rule("chapters", "transcript", source="RFC 8259, 4", everywhere="warning")
def json_duplicate_name(file: ChaptersFile | TranscriptFile) -> Hits:
    """A name stands once in an object.

    Of two values of the same name, one app takes the first, the next the last, and some refuse the file.
    """
    for node in file.json.repeated:
        yield node.spot, f"{quote(str(node.name))} is there twice in this object: keep one"


@rule("chapters", source="JSON chapters, 1.2, Chapters Object", apple="error", podcasting2="error")
def chapters_version_missing(file: ChaptersFile) -> Hits:
    """A chapters file says its version, as a text such as 1.2.0.

    By it an app knows what the rest of the file means.
    """
    if root := file.json.object:
        version = root.members.get("version")
        if version is None:
            yield root.spot, 'the file has no "version": add "version": "1.2.0"'
        elif not _VERSION.fullmatch(version.text):
            yield version.spot, f'the version is {version.describe()}: it is a text such as "1.2.0"'


@rule("chapters", source="JSON chapters, 1.2", podcasting2="warning")
def chapters_version_unknown(file: ChaptersFile) -> Hits:
    """The version is one that there is: 1.2, or 1.0 or 1.1 before it.

    An app may pass over a file of a version that it does not know.
    """
    if root := file.json.object:
        version = root.members.get("version")
        if version and _VERSION.fullmatch(version.text) and not _KNOWN_VERSIONS.fullmatch(version.text):
            yield version.spot, f'there is no version {quote(version.text)} of JSON chapters: the last is "1.2.0"'


@rule("chapters", source="JSON chapters, 1.2, Chapters Object", apple="error", podcasting2="error")
def chapters_list_missing(file: ChaptersFile) -> Hits:
    """A chapters file has "chapters", a list.

    Without it there is nothing to show.
    """
    if root := file.json.object:
        chapters = root.members.get("chapters")
        if chapters is None:
            meant = find_meant("chapters", root.members)
            yield root.spot, f'the file has no "chapters"{meant}: the list of chapters goes there'
        elif not isinstance(chapters.value, list):
            yield chapters.spot, f'"chapters" is {chapters.describe()}: it is a list of chapters'


@rule("chapters", source="house; JSON chapters, 1.2, Chapters Object", everywhere="warning")
def chapters_list_empty(file: ChaptersFile) -> Hits:
    """The list holds at least one chapter.

    A feed that links an empty list keeps apps from making chapters of their own.
    """
    if (root := file.json.object) and (chapters := root.members.get("chapters")) and chapters.value == []:
        yield chapters.spot, "the list of chapters is empty: write one, or take podcast:chapters out of the feed"


@rule("chapters", source="JSON chapters, 1.2, Chapter Object", apple="error", podcasting2="error")
def chapters_entry_type(file: ChaptersFile) -> Hits:
    """Everything in the list is an object, which is a chapter.

    Apps expect an object and may give up the whole list for anything else.
    """
    if (root := file.json.object) and (chapters := root.members.get("chapters")):
        for entry in chapters.items:
            if not entry.is_object:
                yield entry.spot, f'here stands {entry.describe()}: a chapter is an object with a "startTime"'


@rule("chapters", source="JSON chapters, 1.2", apple="error", podcasting2="error")
def chapters_title_type(file: ChaptersFile) -> Hits:
    """Titles, addresses and the other texts of the file are texts.

    For null some apps show the word "null"; for a number or a list they may drop the chapter. What is not known is
    left out.
    """
    for node, names in _find_objects(file, _FILE_TEXTS, _CHAPTER_TEXTS):
        for name in names:
            member = node.members.get(name)
            if member and not isinstance(member.value, str):
                yield member.spot, f'"{name}" is {member.describe()}: it is a text, or left out'


@rule("chapters", source="JSON chapters, 1.2, Chapter Object", apple="error", podcasting2="error")
def chapters_toc_type(file: ChaptersFile) -> Hits:
    """Where a chapter has "toc", it is true or false; false keeps it out of the list.

    An app that finds anything else shows a chapter that was meant to be silent, or none.
    """
    for chapter in file.chapters:
        toc = chapter.node.members.get("toc")
        if toc and not isinstance(toc.value, bool):
            yield toc.spot, f'"toc" is {toc.describe()}: it is true or false, without quotes'


@rule("chapters", source="JSON chapters, 1.2, Chapters Object", podcasting2="error")
def chapters_waypoints_type(file: ChaptersFile) -> Hits:
    """Where the file has "waypoints", it is true or false.

    It tells apps to draw a route between the places of the chapters.
    """
    root = file.json.object
    waypoints = root.members.get("waypoints") if root else None
    if waypoints and not isinstance(waypoints.value, bool):
        yield waypoints.spot, f'"waypoints" is {waypoints.describe()}: it is true or false, without quotes'


@rule("chapters", source="JSON chapters, 1.2", podcasting2="info")
def chapters_unknown_property(file: ChaptersFile) -> Hits:
    """The file has no properties but those that the format knows.

    Apps pass over what they do not know; often it is a known name in another spelling, and its value is lost.
    """
    for node, known in _find_objects(file, _FILE_NAMES, _CHAPTER_NAMES):
        yield from _find_unknown(node, known)
    for chapter in file.chapters:
        if (location := chapter.node.members.get("location")) and location.is_object:
            yield from _find_unknown(location, _LOCATION_NAMES)


def _find_unknown(node: Node, known: Collection[str]) -> Hits:
    absent = {_fold(name) for name in ("startTime", "chapters") if name in known and name not in node.members}
    for name, member in node.members.items():
        if name not in known and _fold(name) not in absent:
            near = difflib.get_close_matches(name[:40], known, n=1, cutoff=0.75) if len(name) <= 40 else []
            remedy = f'is "{near[0]}" meant?' if near else "apps pass over it"
            yield member.spot, f"the format knows no {quote(name)} here: {remedy}"


def find_meant(name: str, members: Collection[str]) -> str:
    """Words on a member that is the wanted one in another spelling, "" if there is none.

    >>> find_meant("startTime", ["title", "start_time"])
    " but 'start_time'"
    """
    meant = next((other for other in members if other != name and _fold(other) == _fold(name)), "")
    return f" but {quote(meant)}" if meant else ""


def _fold(name: str) -> str:
    return name[:40].lower().replace("_", "").replace("-", "").replace(" ", "")


def _find_objects(
    file: ChaptersFile, of_file: Collection[str], of_chapter: Collection[str]
) -> Iterator[tuple[Node, Collection[str]]]:
    """The object of the file and those of its chapters, each with what belongs to its kind."""
    if root := file.json.object:
        yield root, of_file
    for chapter in file.chapters:
        yield chapter.node, of_chapter
