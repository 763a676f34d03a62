"""When two names are one: case, punctuation and spaces do not tell names apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

_MARK = re.compile(r"[\W_]+")
_LETTER = re.compile(r"[^\W\d_]")
_SIGN = re.compile(r"(?<=\w)(?:\+\+|#)(?!\w)")
_SPELLED = {"++": " plusplus", "#": " sharp"}


@lru_cache(maxsize=65536)
def fold_name(name: str) -> str:
    """Fold a name so that its spellings are the same; one of nothing but signs stays as it is.

    >>> fold_name("OpenAI") == fold_name(" open­ai "), fold_name("“Be Fake”"), fold_name("C++")
    (True, 'be fake', 'c plusplus')
    """
    folded = unicodedata.normalize("NFKC", name).casefold().replace("\u00ad", "").strip()
    # What tells C from C++ and C# is kept, what stands around a name is not.
    kept = _SIGN.sub(lambda sign: _SPELLED[sign[0]], folded)
    return _MARK.sub(" ", kept).strip() or folded


def find_full_name(part: str, names: Collection[str]) -> str:
    """Find the one full name of which a part is the first or the last word; "" where there is none, or several.

    >>> find_full_name("Karpathy", ["Andrej Karpathy", "Ada Marsh"]), find_full_name("Ada", ["Ada Marsh", "Ada Lee"])
    ('Andrej Karpathy', '')
    """
    folded = fold_name(part)
    ends = {fold_name(name): name for name in names if folded in _find_ends(fold_name(name))}
    return next(iter(ends.values())) if len(ends) == 1 else ""


def _find_ends(folded: str) -> tuple[str, ...]:
    words = folded.split()
    return (words[0], words[-1]) if len(words) > 1 else ()


def find_name_language(name: str, language: str) -> str:
    """The language in which a name is written, as far as its letters tell: that of where it stands, "" for Latin ones.

    >>> find_name_language("안드레이 카파시", "ko"), find_name_language("Cursor", "ko")
    ('ko', '')
    """
    letters = [letter for letter in name if _LETTER.match(letter)]
    return language if any(not unicodedata.name(letter, "").startswith("LATIN") for letter in letters) else ""
