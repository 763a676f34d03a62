"""Media types."""

from __future__ import annotations

import re
from functools import lru_cache

# RFC 6838, section 4.2: names begin with a letter or digit and have at most 127 characters.
_NAME = r"[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}"
_PARAMETER = r"""\s*;\s*[A-Za-z0-9!#$%&'*+.^_`|~-]+=(?:[A-Za-z0-9!#$%&'*+.^_`|~:/-]+|"[^"]*")"""
_TYPE = re.compile(rf"({_NAME})/{_NAME}(?:{_PARAMETER})*\s*")
TOP_LEVEL = frozenset("application audio example font haptics image message model multipart text video".split())


@lru_cache(maxsize=1024)
def find_type_fault(text: str) -> str:
    """What is wrong with a media type, "" if nothing is (RFC 6838, section 4.2; parameters as in RFC 9110, 8.3.1).

    >>> find_type_fault("audio/mpeg"), find_type_fault("text/html; charset=utf-8"), find_type_fault("mp3")
    ('', '', 'is no media type: write one such as audio/mpeg')
    """
    match = _TYPE.fullmatch(text)
    if not match:
        return "is no media type: write one such as audio/mpeg"
    if match[1].lower() not in TOP_LEVEL and not match[1].lower().startswith("x-"):
        return f"begins with {match[1]}, where media types begin with audio, video, text, application or image"
    return ""


@lru_cache(maxsize=1024)
def find_essence(text: str) -> str:
    """A media type without its parameters, in lower case.

    >>> find_essence("Text/VTT; charset=utf-8")
    'text/vtt'
    """
    return text.partition(";")[0].strip().lower()
