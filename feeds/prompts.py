"""What a record says in the place of its notes until its author has written some, and a show about itself.

It is written into what is new, and known again in what is published: both must be the same words.
"""

from __future__ import annotations

import re

SUMMARY = "*Write here, in a paragraph or two, what this episode is about. It is the part that every app shows.*"

NO_AUDIO = """\
*Nothing is recorded yet, so silence stands in for it. When you have the recording, put it beside this file, write \
its name in place of `stand-in`, and delete the line with the duration. Then delete this paragraph.*"""

CHAPTERS = (
    "*A heading with a time begins a chapter: give these three your own times and titles.*",
    "*Below the heading stands what is worth reading about it, or nothing.*",
    "*There can be more chapters, or none. They stand in the order of their times.*",
)

DESCRIPTION = "Write here what the show is about, and for whom. Directories and apps show this text under the title."

HELLO = """\
This episode is a text file, and you are looking at what becomes of it. Open `seeds/$slug/hello.md`,
change a sentence and save: while `feeds serve` is running, the page follows.

What stands above the first heading is the summary. It is the part that every app shows.

## [00:00] The sound
Nothing is recorded yet. `audio = "stand-in"` makes a recording of the length that stands behind `duration`: silence,
with a soft tone at the beginning of each chapter. With it you can try everything, in a podcast app too.

Once you have a recording, put it beside the text file, write its name, as in `audio = "hello.mp3"`, and delete the
line with the duration.

## [01:30] The chapters
A heading with a time in brackets begins a chapter, which players list and can jump to. What you write below it is
Markdown. A sentence worth keeping can have a time of its own:

> *"Behind the words stands the second at which they are said." [02:10]* — $author

Times are written as `[02:10]` or `[1:02:10]`.

## [03:20] The next episode
`feeds new` begins one that looks like this. `feeds new talk.mp3` begins one for a recording, and takes its title and
chapters from the file if they are in there. Then delete this one; it has done its work.

Before you publish, open `channel.toml` and write your own address, description and category.

## Entities
- **Record** (Concept): The text file of an episode. Between two lines of `+++` stand its facts, below them its notes.
- **Entity** (Concept): A person, a work or an idea that comes up. A list like this one gathers them over all episodes.
"""
"""The notes of the first episode of a new show; `$slug` and `$author` are filled in when it is written."""

_BREAK = re.compile(r"\n\s*\n")


def _cut(notes: str) -> list[str]:
    """The paragraphs of some notes, without the headings above them."""
    return [re.sub(r"\A##[^\n]*\n", "", paragraph) for paragraph in _BREAK.split(notes)]


_COMMANDS = dict.fromkeys((SUMMARY, NO_AUDIO, *CHAPTERS), "feeds new") | dict.fromkeys(
    (DESCRIPTION, *(paragraph for paragraph in _cut(HELLO) if "$" not in paragraph)), "feeds init"
)


def find_prompt(text: str) -> tuple[str, int] | None:
    """Find the first paragraph that a command wrote and nobody has changed: the command, and the line within the text.

    >>> find_prompt(f"My own words.\\n\\n{SUMMARY}\\n"), find_prompt("My own words.")
    (('feeds new', 2), None)
    """
    start = 0
    for paragraph in _BREAK.split(text):
        start = text.index(paragraph, start)
        if command := _COMMANDS.get(paragraph.strip()):
            return command, text.count("\n", 0, start)
        start += len(paragraph)
    return None
