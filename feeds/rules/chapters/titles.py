"""JSON chapters: what listeners read in the list."""

from __future__ import annotations

import re

from feeds.rulebook.files.chapters import ChaptersFile
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.wording import quote

_MARKUP = re.compile(
    r"</?(?:a|b|br|em|i|p|span|strong|u)(?: [^<>]*)?/?>|&(?:amp|lt|gt|quot|apos|nbsp|#[0-9]{2,6});", re.I
)
_LONG = 40


@rule("chapters", source="JSON chapters, 1.2, Chapter Object", apple="warning", podcasting2="warning")
def chapters_title_missing(file: ChaptersFile) -> Hits:
    """A chapter of the list has a title.

    The format allows a chapter without one, but a line of a list that says nothing helps nobody. What only changes the
    picture is left out of the list with "toc": false.
    """
    for chapter in file.chapters:
        title = chapter.node.members.get("title")
        if chapter.listed and not chapter.title and (title is None or isinstance(title.value, str)):
            what = "a blank title" if title else "no title"
            yield (title or chapter.node).spot, f'the chapter has {what}: say what it is about, or add "toc": false'


@rule("chapters", source="JSON chapters, 1.2, Chapter Object; house", everywhere="warning")
def chapters_title_markup(file: ChaptersFile) -> Hits:
    """A title is plain text.

    Apps show it as it is, so that listeners read <b> and &amp;.
    """
    for chapter in file.chapters:
        if markup := _MARKUP.search(chapter.title):
            place = chapter.node.members["title"].spot
            yield (
                place,
                f"the title {quote(chapter.title)} holds {markup[0][:40]}, which apps show as it is: write text",
            )


@rule("chapters", source="Spotify chapters", spotify="info")
def chapters_title_long(file: ChaptersFile) -> Hits:
    """Titles have fewer than 40 characters.

    Spotify advises it: longer ones are cut off on a phone.
    """
    for chapter in file.chapters:
        if chapter.listed and len(chapter.title) >= _LONG:
            place = chapter.node.members["title"].spot
            yield place, f"the title has {len(chapter.title)} characters: Spotify advises fewer than {_LONG}"
