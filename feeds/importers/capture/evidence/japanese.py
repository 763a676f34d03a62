"""Japanese: words have no spaces between them, so one where lines were joined tells much."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from feeds.importers.capture.evidence.words import is_east_asian

_PARTICLES = ("から", "まで", "より", "では", "には", *"はがをにのともや、")
_TITULAR = ("か", "こと", "とき", "とは", "のか", "まで", "方", "方法", "法", "理由")
_BACK = re.compile(r"[、。はがをにのともへやでっゃゅょんー）」』]")
_LEANING = ("から", "まで", "より", "する", "した", "さん", "さま", "くん", "ちゃん", "氏", "様")
_TOPIC = re.compile(r"[はがも](?![るらりれろっいう])|では|には|、")
_STARTS = re.compile(
    "あの|いま|さて|しかし|そこ|その|それ|ただ|だが|では|ところ|なぜ|まず|もし|やがて|ようやく|ここ|この|これ|こんにちは|"
    "今|同じ|実は|当時|最初|最後|次に"
)
_SENTENCE_LETTERS = 14


def find_places(text: str) -> Iterator[int]:
    """Where a boundary can be: at spaces, and, where none comes near, wherever the class of letters changes."""
    spaces = [match.start() for match in re.finditer(r"[ \u3000\n]+", text)]
    yield from spaces
    if not any(place < 60 for place in spaces):
        yield from (
            place
            for place in range(1, min(len(text), 60))
            if _classify(text[place - 1]) != _classify(text[place]) and not _BACK.match(text[place])
        )


def _classify(letter: str) -> str:
    if "\u3041" <= letter <= "\u309f":
        return "hiragana"
    if "\u30a0" <= letter <= "\u30ff":
        return "katakana"
    if "\u4e00" <= letter <= "\u9fff":
        return "kanji"
    return "letter" if letter.isalnum() else "mark"


def find_japanese_evidence(title: str, body: str, *, spaced: bool, is_space: bool) -> Iterator[tuple[str, float]]:
    """What Japanese says of a boundary. `spaced` tells that the page puts spaces around Latin words."""
    yield from _judge_joint(title[-1:], body[:1], spaced=spaced, is_space=is_space)
    if title.endswith(_TITULAR):
        yield "ja titular", 1
    elif title.endswith(_PARTICLES):
        yield "ja particle", 1
    if stops := title[:-1].rstrip("」』").count("。"):
        yield "ja sentence inside", stops
    if body:
        yield from _judge_body(body)


def _judge_joint(before: str, behind: str, *, spaced: bool, is_space: bool) -> Iterator[tuple[str, float]]:
    """Weigh a space by the letters on both sides of it."""
    japanese = is_east_asian(before) + is_east_asian(behind)
    if not is_space:
        yield "ja no space", 1
    elif japanese == 2:
        yield "ja space", 1
    elif not japanese:
        yield "ja space in latin", 1
    elif spaced:
        yield "ja space at latin", 1


def _judge_body(body: str) -> Iterator[tuple[str, float]]:
    if _BACK.match(body) or body.startswith(_LEANING):
        yield "ja back", 1
    if _STARTS.match(body):
        yield "ja start", 1
    head = re.split(r"[ \u3000\n]", body, maxsplit=1)[0]
    if len(head) >= _SENTENCE_LETTERS or "。" in head:
        yield "ja sentence", 1
    if _TOPIC.search(body[:_SENTENCE_LETTERS]):
        yield "ja topic", 1


def is_spaced(texts: Sequence[str]) -> bool:
    """Say whether a page puts spaces between Japanese and Latin letters."""
    text = " ".join(texts)
    japanese, latin = r"[\u3041-\u30ff\u4e00-\u9fff]", "[A-Za-z0-9]"
    with_space = len(re.findall(f"{japanese} {latin}|{latin} {japanese}", text))
    return with_space > len(re.findall(f"{japanese}{latin}|{latin}{japanese}", text))
