"""Time stamps in the description, which Apple, Spotify and YouTube make chapters of."""

from __future__ import annotations

import re
from itertools import pairwise

from feeds.formats import SECOND, format_clock
from feeds.markup.meaning import parse_feed_duration
from feeds.rulebook.forms.times import StampLine
from feeds.rulebook.places import Place
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Item
from feeds.rulebook.wording import quote

_LEAST = 3
_GAP = 10
_FORM = re.compile(r"(?:[0-9]{1,2}:[0-5][0-9]|[0-9]{1,2}):[0-5][0-9]")
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b05-\u2b55\ufe0f]")
_MARK = re.compile(r"[^\s]")
_TAG = re.compile(r"<[A-Za-z/][^>]*>")
_ADVISED = 30
_LONG = 40
_SHOWN = 70


@rule("item", source="Apple 5482; Spotify chapters; YouTube as hosts tell it", apple="warning", spotify="warning")
def chapters_text_first_not_zero(item: Item) -> Hits:
    """The first time stamp in a description is 0:00, 00:00 or 00:00:00.

    Apple, Spotify and YouTube make chapters of time stamps only where the first stands at the beginning.
    """
    place, lines = _find_list(item)
    if lines and all(line.seconds for line in lines):
        yield place, f"the first time stamp is {lines[0].time}: add one at 00:00, or there will be no chapters"


@rule("item", source="Apple 5482; Spotify chapters; YouTube as hosts tell it", apple="warning", spotify="warning")
def chapters_text_too_few(item: Item) -> Hits:
    """A description has three time stamps or more, or none.

    Apple, Spotify and YouTube make no chapters of fewer.
    """
    stamps = item.find_stamps()
    count = len(stamps.lines)
    if item.notes is not None and not stamps.crowded and _are_meant(stamps.lines) and count < _LEAST:
        there = "is one time stamp" if count == 1 else f"are {count} time stamps"
        yield item.notes, f"there {there} in the description: directories take {_LEAST} or more as chapters"


@rule("item", source="Spotify chapters", spotify="warning", apple="warning")
def chapters_text_own_line(item: Item) -> Hits:
    """Each time stamp begins a line of its own, which HTML makes with p, li or br.

    Of a line with several, at most the first becomes a chapter; a stamp behind its title becomes none.
    """
    crowded = item.find_stamps().crowded
    if item.notes is not None and crowded:
        yield item.notes, f"in {quote(crowded)} the time stamps do not begin a line: put <br/> before each"


@rule("item", source="Spotify chapters", spotify="warning")
def chapters_text_format(item: Item) -> Hits:
    """A time stamp is written MM:SS or HH:MM:SS, bare or in round brackets.

    In any other form it is text for Spotify, and the chapter is missing.
    """
    place, lines = _find_list(item)
    for line in lines:
        if fault := _find_form_fault(line):
            yield (
                place,
                f"the time stamp {quote(line.raw if line.until else _write(line))} {fault}: write {_mend(line)}",
            )
            return


@rule("item", source="Spotify chapters", spotify="warning")
def chapters_text_separator(item: Item) -> Hits:
    """Between a time stamp and its title stands white space or one punctuation mark.

    Anything more becomes part of the title, or makes the line no chapter at all.
    """
    place, lines = _find_list(item)
    for line in lines:
        marks = len(_MARK.findall(line.separator))
        if line.title and (marks > 1 or (not line.separator and not line.brackets)):
            what = f"{marks} marks" if marks else "nothing"
            yield place, f"between {line.time} and {quote(line.title)} stands {what}: put one space there"
            return


@rule("item", source="Spotify chapters; YouTube as hosts tell it", spotify="warning", apple="warning")
def chapters_text_order(item: Item) -> Hits:
    """Time stamps ascend.

    Directories drop the whole list where one goes back.
    """
    place, lines = _find_list(item)
    for before, line in pairwise(lines):
        if line.seconds <= before.seconds:
            yield place, f"{line.time} {quote(line.title)} does not come after {before.time}: put the stamps in order"
            return


@rule("item", source="YouTube as hosts tell it; house", everywhere="info")
def chapters_text_gap(item: Item) -> Hits:
    """Neighbouring time stamps are ten seconds apart or more.

    YouTube makes no chapters where one is shorter.
    """
    place, lines = _find_list(item)
    for before, line in pairwise(lines):
        if 0 < line.seconds - before.seconds < _GAP:
            apart = f"less than {_GAP} seconds apart, which YouTube does not take"
            yield place, f"{before.time} and {line.time} are {apart}: leave one out"
            return


@rule("item", source="Spotify chapters", spotify="info")
def chapters_text_too_short(item: Item) -> Hits:
    """Between time stamps lie thirty seconds or more.

    Spotify advises it: shorter chapters are hard to hit in the bar of a player.
    """
    place, lines = _find_list(item)
    short = [line for line, after in pairwise(lines) if _GAP <= after.seconds - line.seconds < _ADVISED]
    if short:
        also = f", and {len(short) - 1} more are" if len(short) > 1 else ""
        what = (
            f"{short[0].time} {quote(short[0].title)} is shorter than the {_ADVISED} seconds that Spotify advises{also}"
        )
        yield place, f"{what}: join it with the next"


@rule("item", source="Spotify chapters; YouTube as hosts tell it", spotify="info")
def chapters_text_title_long(item: Item) -> Hits:
    """The titles behind time stamps have fewer than 40 characters.

    Spotify advises it, and YouTube shows about 70: of longer ones listeners see the beginning.
    """
    place, lines = _find_list(item)
    long = [line for line in lines if len(line.title) >= _LONG]
    if long:
        first = max(long, key=lambda line: len(line.title))
        also = f", and {len(long) - 1} more are long" if len(long) > 1 else ""
        shown = f", YouTube shows about {_SHOWN}" if len(first.title) > _SHOWN else ""
        what = f"the title at {first.time} has {len(first.title)} characters{also}"
        yield place, f"{what}: Spotify advises fewer than {_LONG}{shown}"


@rule("item", source="house; Apple 5482", everywhere="warning")
def chapters_text_past_end(item: Item) -> Hits:
    """Every time stamp lies before the end of the episode.

    What lies behind it cannot be reached; mostly the list is that of another episode.
    """
    place, lines = _find_list(item)
    length = parse_feed_duration(item.text("itunes:duration")) if lines else None
    for line in lines if length else ():
        if line.seconds * SECOND >= (length or 0) + SECOND:
            end = format_clock(length or 0)
            yield place, f"{line.time} {quote(line.title)} lies behind the end of the episode, {end}: correct one"
            return


@rule("item", source="Spotify chapters", spotify="warning", apple="warning")
def chapters_text_title_missing(item: Item) -> Hits:
    """Each time stamp has a title behind it.

    A chapter without a name is dropped, and may take the others with it.
    """
    place, lines = _find_list(item)
    for line in lines:
        if not line.title:
            yield place, f"behind the time stamp {line.time} stands no title: name the chapter on the same line"
            return


@rule("item", source="Spotify chapters", spotify="info")
def chapters_text_title_plain(item: Item) -> Hits:
    """The titles behind time stamps are plain text, without emoji and without tags.

    Spotify asks for it; what is more may be lost on the way.
    """
    place, lines = _find_list(item)
    for line in lines:
        if emoji := find_emoji(line.title):
            yield place, f"the title {quote(line.title)} has the emoji {emoji}: Spotify asks for plain text"
            return
        if tag := _TAG.search(line.raw):
            yield place, f"the line of {line.time} has the tag {quote(tag[0])}: Spotify asks for plain text"
            return


def find_emoji(text: str) -> str:
    """The first emoji of a text, "" if there is none."""
    match = _EMOJI.search(text)
    return match[0] if match else ""


def _find_list(item: Item) -> tuple[Place, tuple[StampLine, ...]]:
    """The notes, and the lines in them that begin with a time, if they are so many that they are meant as chapters."""
    lines = item.find_stamps().lines
    place = item.element if item.notes is None else item.notes
    return place, lines if len(lines) >= _LEAST else ()


def _are_meant(lines: tuple[StampLine, ...]) -> bool:
    """One time is a remark, unless it is zero; two that ascend are a list."""
    return bool(lines) and (lines[0].seconds == 0 or (len(lines) > 1 and lines[0].seconds < lines[1].seconds))


def _find_form_fault(line: StampLine) -> str:
    if line.until:
        return "is a stretch from one time to another"
    if line.brackets not in ("", "()"):
        return "stands in brackets that are not round"
    return "" if _FORM.fullmatch(line.time) else "is neither MM:SS nor HH:MM:SS"


def _write(line: StampLine) -> str:
    opening, closing = (line.brackets[:1], line.brackets[1:]) if len(line.brackets) == len("()") else ("", "")
    return f"{opening}{line.time}{closing}"


def _mend(line: StampLine) -> str:
    return format_clock(line.seconds * SECOND)
