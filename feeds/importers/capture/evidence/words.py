"""Words of running text, with their places and their shapes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_WORD = re.compile(r"\S+")
_OUTER = re.compile(r"^[^\w]+|[^\w]+$")
_SENTENCE_END = re.compile(r"[.!?。！？…][\"'”’»«」』)）\]]*$")
_STOPS = frozenset("dr mr mrs ms no prof st vs".split())
_OPENINGS, _CLOSINGS = "([{（「『【“„", ")]}）」』】”"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word with its place in the text. `core` is the word without the punctuation around it, `folded` the same in
    lower case and without apostrophes."""

    text: str
    begin: int
    end: int
    core: str
    folded: str

    @property
    def is_capital(self) -> bool:
        """Whether its first letter is a capital one."""
        return self.core[:1].isupper()

    @property
    def is_small(self) -> bool:
        """Whether its first letter is a small one."""
        return self.core[:1].islower()


def find_words(text: str) -> tuple[Word, ...]:
    """Cut a text at its white space."""
    return tuple(_build_word(match[0], match.start()) for match in _WORD.finditer(text))


def fold(text: str) -> str:
    """The form under which a word is looked up: no punctuation around it, no apostrophes, lower case.

    >>> fold("“Don’t!”"), fold("vs."), fold("—")
    ('dont', 'vs', '')
    """
    return re.sub("['’]", "", _OUTER.sub("", text)).casefold()


def ends_sentence(word: Word, stops: frozenset[str] = frozenset()) -> bool:
    """Say whether a sentence may end with a word: it ends in a stop, and is no abbreviation or initial."""
    if not _SENTENCE_END.search(word.text):
        return False
    if not word.text.rstrip("\"'”’»«)").endswith("."):
        return True
    return (
        word.folded not in stops
        and word.folded not in _STOPS
        and not (len(word.core) == 1 and word.core.isupper())
        and "." not in word.core
    )


def is_balanced(text: str) -> bool:
    """Say whether brackets and directed quotation marks open and close in pairs, and straight ones come in twos.

    >>> is_balanced('A "B" (c)'), is_balanced("A (b"), is_balanced('The "one')
    (True, False, False)
    """
    open_ones = sum(text.count(letter) for letter in _OPENINGS)
    closed = sum(text.count(letter) for letter in _CLOSINGS)
    if "„" in text and "“" in text:  # German: „ opens and “ closes
        open_ones -= text.count("“")
        closed += text.count("“")
    return open_ones == closed and text.count('"') % 2 == 0 and text.count("»") == text.count("«")


def is_east_asian(letter: str) -> bool:
    """Say whether a letter is Japanese or Chinese, full-width punctuation among them.

    >>> is_east_asian("日"), is_east_asian("カ"), is_east_asian("。"), is_east_asian("한"), is_east_asian("a")
    (True, True, True, False, False)
    """
    return "\u3000" <= letter <= "\u30ff" or "\u3400" <= letter <= "\u9fff" or "\uff01" <= letter <= "\uff9f"


def find_language(text: str) -> str:
    """Tell the language of a text by its letters, and by its commonest small words where those are Latin.

    >>> find_language("소금은 어떻게 산을 넘었나"), find_language("はじめに"), find_language("Der Weg und das Ziel")
    ('ko', 'ja', 'de')
    """
    counts = {"ko": 0, "ja": 0, "latin": 0}
    for letter in text:
        if "\uac00" <= letter <= "\ud7a3":
            counts["ko"] += 2  # a syllable is worth more than a letter
        elif "\u3041" <= letter <= "\u30ff":
            counts["ja"] += 2
        elif letter.isalpha() and letter.isascii():
            counts["latin"] += 1
    letters = sum(1 for letter in text if letter.isalpha())
    if counts["ko"] > 0.2 * letters and counts["ko"] >= counts["ja"]:
        return "ko"
    if counts["ja"] > 0.2 * letters:
        return "ja"
    return _find_latin_language([fold(word) for word in text.split()])


_COMMON = {
    "de": "der die das und ist nicht ein eine mit auf für dem den im zu von sich auch wie",
    "en": "the and of to is in that it for with as was on are this by an from",
    "es": "el la los las de y que en un una es por con para su se del no",
    "fr": "le la les des et est un une dans pour que qui sur pas du au avec ce",
    "it": "il la le di e che un una per non con del della sono è gli nel si",
    "nl": "de het een en van is niet dat op te voor met zijn die in aan er",
    "pt": "o a os as de e que um uma em para com não por do da se no",
    "sv": "och att det som en är på för av med den till inte om har ett",
}
_COMMON_WORDS = {code: frozenset(words.split()) for code, words in _COMMON.items()}


def _find_latin_language(words: Sequence[str]) -> str:
    """The language most of whose commonest words occur; "" where none does often enough to tell."""
    shares = {code: sum(word in common for word in words) for code, common in _COMMON_WORDS.items()}
    best = max(shares, key=lambda code: shares[code])
    return best if shares[best] >= max(1, 0.05 * len(words)) else ""


def _build_word(text: str, begin: int) -> Word:
    core = _OUTER.sub("", text)
    return Word(text=text, begin=begin, end=begin + len(text), core=core, folded=fold(text))
