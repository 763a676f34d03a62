"""A long archive to measure with: episodes of about 10 kB of Markdown, the same for the same number.

Each episode is written twice, as a record of this project and as a content file for Hugo. The Markdown below
the front matter is the same to the letter; the audio is remote, so that no media is copied.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FIRST = dt.datetime(2008, 1, 1, 9, tzinfo=dt.UTC)
EVERY = dt.timedelta(hours=15)
BYTES = 10_000
CHAPTERS = 8
ENTITIES = 8

_WORDS = tuple(
    """the a and of to in that it is was for on with as but from by this at what when how who not every other
    signal feed chapter voice question answer engine market people interview archive listener speaker model
    window river paper machine garden number morning evidence method research product company idea pattern
    simple honest careful open quiet large early hidden useful strange distant patient common local formal
    builds finds hears asks writes moves holds keeps opens reads learns turns measures compares explains
    slowly often again together almost rarely twice here there""".split()
)
_FIRST_NAMES = ("Ada", "Bo", "Cem", "Dita", "Eun", "Finn", "Gita", "Hugo")
_LAST_NAMES = ("Abel", "Brandt", "Cho", "Diaz", "Eriksen", "Fofana", "Grau", "Hall", "Ito", "Jung")
_NAMES = tuple(f"{first} {last}" for first in _FIRST_NAMES for last in _LAST_NAMES)
_KINDS = ("Organization", "Concept", "Software", "Product", "Location")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One episode of the archive; starts are whole seconds, the duration too."""

    number: int
    title: str
    subtitle: str
    date: dt.datetime
    duration: int
    chapters: tuple[tuple[int, str], ...]
    notes: str

    @property
    def name(self) -> str:
        """The name of its file, without a suffix."""
        return f"episode-{self.number:05}"

    @property
    def audio(self) -> str:
        """The URL of its recording, which nobody fetches."""
        return f"https://media.example.org/{self.name}.mp3"

    @property
    def length(self) -> int:
        """The bytes of its recording, at 64 kbit/s."""
        return self.duration * 8_000


def make_samples(count: int) -> Iterator[Sample]:
    """Yield the first `count` episodes of the archive, oldest first."""
    for number in range(1, count + 1):
        yield _make_sample(number)


def write_records(folder: Path, samples: Iterator[Sample]) -> None:
    """Write the records of this project."""
    folder.mkdir(parents=True)
    for sample in samples:
        (folder / f"{sample.name}.md").write_text(format_record(sample), encoding="utf-8")


def write_contents(folder: Path, samples: Iterator[Sample]) -> None:
    """Write the content files of Hugo."""
    folder.mkdir(parents=True)
    (folder / "_index.md").write_text('+++\ntitle = "Episodes"\n+++\n', encoding="utf-8")
    for sample in samples:
        (folder / f"{sample.name}.md").write_text(format_content(sample), encoding="utf-8")


def format_record(sample: Sample) -> str:
    """Spell a sample as a record."""
    audio = f'{{ url = "{sample.audio}", length = {sample.length}, type = "audio/mpeg" }}'
    return f"""+++
title = "{sample.title}"
date = {sample.date:%Y-%m-%dT%H:%M:%SZ}
audio = {audio}
duration = "{_format_clock(sample.duration)}"
subtitle = "{sample.subtitle}"
episode = {sample.number}
+++
{sample.notes}"""


def format_content(sample: Sample) -> str:
    """Spell a sample as a content file: Hugo finds no chapters in headings, so they stand in front."""
    chapters = "".join(
        f'[[params.chapters]]\nseconds = {start}\ntitle = "{title}"\n' for start, title in sample.chapters
    )
    return f"""+++
title = "{sample.title}"
date = {sample.date:%Y-%m-%dT%H:%M:%SZ}
description = "{sample.subtitle}"
[params]
duration = "{_format_clock(sample.duration)}"
episode = {sample.number}
guid = "{sample.name}"
[params.audio]
url = "{sample.audio}"
length = {sample.length}
type = "audio/mpeg"
{chapters}+++
{sample.notes}"""


def _make_sample(number: int) -> Sample:
    dice = random.Random(number)
    duration = dice.randint(40, 75) * 60
    starts = (0, *sorted(dice.sample(range(60, duration - 60, 5), CHAPTERS - 1)))
    chapters = tuple((start, _make_title(dice)) for start in starts)
    return Sample(
        number=number,
        title=f"{number}: {_make_title(dice)}",
        subtitle=_make_sentence(dice),
        date=FIRST + EVERY * number,
        duration=duration,
        chapters=chapters,
        notes=_make_notes(dice, chapters),
    )


def _make_notes(dice: random.Random, chapters: tuple[tuple[int, str], ...]) -> str:
    host, guest = dice.sample(_NAMES, 2)
    head = [_make_paragraph(dice)]
    tail = ["## Links", _make_links(dice), "## Entities", _make_entities(dice, (host, guest))]
    stated = sum(len(part) + 2 for part in (*head, *tail))
    share = (BYTES - stated) // len(chapters)
    body = [_make_chapter(dice, start, title, guest, share) for start, title in chapters]
    return "\n\n".join((*head, *body, *tail)) + "\n"


def _make_chapter(dice: random.Random, start: int, title: str, guest: str, size: int) -> str:
    quote = f'> *"{_make_sentence(dice)}" [{_format_clock(start + dice.randint(5, 50))}]* — {guest}'
    parts = [f"## [{_format_clock(start)}] {title}", quote]
    while sum(len(part) + 2 for part in parts) < size - 120:
        parts.insert(-1, _make_paragraph(dice))
    return "\n\n".join(parts)


def _make_links(dice: random.Random) -> str:
    return "\n".join(f"- {_make_link(dice)}" for _ in range(5))


def _make_entities(dice: random.Random, speakers: tuple[str, str]) -> str:
    kinds = dict.fromkeys(speakers, "Person")
    while len(kinds) < ENTITIES:
        kinds.setdefault(_make_title(dice), dice.choice(_KINDS))
    return "\n".join(f"- **{name}** ({kind}): {_make_sentence(dice)}" for name, kind in kinds.items())


def _make_paragraph(dice: random.Random) -> str:
    sentences = [_make_sentence(dice) for _ in range(4)]
    sentences[1] = f"{sentences[1][:-1]}, and *{_make_title(dice).lower()}*."
    sentences[3] = f"See {_make_link(dice)}. {sentences[3]}"
    return " ".join(sentences)


def _make_link(dice: random.Random) -> str:
    return f"[{_make_title(dice).lower()}](https://example.org/{dice.randrange(1000)})"


def _make_sentence(dice: random.Random) -> str:
    words = dice.choices(_WORDS, k=dice.randint(8, 18))
    return f"{' '.join(words).capitalize()}."


def _make_title(dice: random.Random) -> str:
    return " ".join(dice.choices(_WORDS[20:], k=2)).title()


def _format_clock(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"
