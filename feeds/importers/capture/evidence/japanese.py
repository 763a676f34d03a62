"""Japanese: no spaces between words, so a space where lines were joined tells much, and the class of letters the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from feeds.importers.capture.evidence.words import is_east_asian

_PARTICLES = tuple("はがをにのともや、") + ("から", "まで", "より", "では", "には", "とは")
_TITULAR = tuple("とは のか か こと とき 方 法 道 論 話 日 夜 理由 目安 相性 基本 はじめに おわりに まとめ 数字 知恵".split())
_BACK = re.compile(r"[、。はがをにのともへやでっゃゅょんー）」』]")
_TOPIC = re.compile(r"[はがも](?![るらりれろっいう])|では|には|、")
_STARTS = re.compile(r"この|その|あの|これ|それ|ここ|そこ|まず|次に|では|さて|もし|なぜ|いま|今|二人|こんにちは|ようやく|しかし|だが|ところ|ただ|やがて|最後|最初|当時|実は|同じ")
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
    last, first = title[-1:], body[:1]
    sides = is_east_asian(last), is_east_asian(first)
    if is_space and all(sides):
        yield "ja space", 1
    elif is_space and not any(sides):
        yield "ja space in latin", 1
    elif is_space and spaced:
        yield "ja space at latin", 1
    if not is_space:
        yield "ja no space", 1
    if title.endswith(_TITULAR):
        yield "ja titular", 1
    elif title.endswith(_PARTICLES):
        yield "ja particle", 1
    if "。" in title[:-1].rstrip("」』"):
        yield "ja sentence inside", title.count("。")
    if not body:
        return
    if _BACK.match(body) or body[:2] in ("から", "まで", "より", "する", "した"):
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
    with_space = len(re.findall(r"[\u3041-\u30ff\u4e00-\u9fff] [A-Za-z0-9]|[A-Za-z0-9] [\u3041-\u30ff\u4e00-\u9fff]", text))
    without = len(re.findall(r"[\u3041-\u30ff\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u3041-\u30ff\u4e00-\u9fff]", text))
    return with_space > without
