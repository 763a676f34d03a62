"""Tables for people: a list of chapters, and the carriers with what each holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from feeds.chaptering.platforms import Opinion
from feeds.chapters.carriers import CARRIERS, Carrier, Holds
from feeds.chapters.listing import ChapterList
from feeds.formats import SECOND, format_timestamp
from feeds.model import Chapter

_GAP = "  "


def render_chapters(listing: ChapterList) -> str:
    """A line for each chapter; columns of which no chapter says anything are left out."""
    head = ("", "start", "end", "title", "link", "image", "place")
    rows = []
    number = 0
    for chapter in listing.chapters:
        number += chapter.toc
        rows.append((str(number) if chapter.toc else "-", *_describe(chapter)))
    filled = [column for column in range(len(head)) if any(row[column] for row in rows)]
    return render_table([[row[column] for column in filled] for row in (head, *rows)])


def render_carriers() -> str:
    """A line for each carrier: whether it is read and written, and what it holds besides starts and titles."""
    head = ("name", "read", "written", "times", "link", "image", "silent", "end", "place", "chapters", "what it is")
    return render_table([head, *(_list_carrier(carrier) for carrier in CARRIERS)])


def render_opinions(opinions: Iterable[Opinion]) -> str:
    """A line for each platform: whether it takes a list, and why it ignores it or what it would like better."""
    rows = [(one.platform, "takes it" if one.takes else "ignores it", one.words) for one in opinions]
    return render_table(rows)


def render_table(rows: Iterable[Sequence[str]]) -> str:
    """Lines of columns, each as wide as its widest cell at a terminal."""
    lines = list(rows)
    widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    return "".join(f"{_GAP.join(map(_pad, line, widths)).rstrip()}\n" for line in lines)


def _describe(chapter: Chapter) -> tuple[str, ...]:
    place = chapter.location
    end = "" if chapter.end is None else format_timestamp(chapter.end)
    return format_timestamp(chapter.start), end, chapter.title, chapter.link, chapter.image, place.name if place else ""


def _list_carrier(carrier: Carrier) -> tuple[str, ...]:
    holds: Holds = carrier.holds
    is_embedded = carrier.parse is None
    held = (holds.link, holds.image, holds.silent, holds.end, holds.location)
    finest = {1: "ms", SECOND: "s"}.get(holds.finest, "1/75 s")
    return (
        carrier.name,
        "yes",
        "embed" if is_embedded else _tick(carrier.format),
        finest,
        *map(_tick, held),
        str(holds.most or "any"),
        carrier.title,
    )


def _tick(value: object) -> str:
    return "yes" if value else "-"


def _pad(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))
