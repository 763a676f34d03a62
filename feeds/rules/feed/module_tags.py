"""The elements of the small modules that feeds use beside RSS: in what they stand, and which of them only once."""

from __future__ import annotations

from collections.abc import Mapping

_CHANNEL = frozenset(("channel",))
_ITEM = frozenset(("item", "podcast:liveItem"))
_BOTH = _CHANNEL | _ITEM


def _spell(names: str, homes: frozenset[str]) -> dict[str, frozenset[str]]:
    return dict.fromkeys(names.split(), homes)


MODULES: Mapping[str, Mapping[str, frozenset[str]]] = {
    "atom": _spell("author category contributor id link rights title", _BOTH)
    | _spell("generator icon logo subtitle", _CHANNEL)
    | _spell("content published source summary", _ITEM)
    | _spell("updated", _BOTH),
    "content": _spell("encoded items", _ITEM),
    "dc": _spell(
        "contributor coverage creator date description format identifier language publisher relation rights source "
        "subject title type",
        _BOTH,
    ),
    "fh": _spell("archive complete", _CHANNEL),
    "slash": _spell("comments department hit_parade section", _ITEM),
    "sy": _spell("updateBase updateFrequency updatePeriod", _CHANNEL),
    "thr": _spell("in-reply-to total", _ITEM),
    "wfw": _spell("comment commentRss", _ITEM),
    "xhtml": {},
}
"""By prefix and name, the elements that one may stand in; markup of its own has no place in RSS 2.0."""

ONCE = frozenset(
    "atom:icon atom:id atom:logo atom:published atom:rights atom:subtitle atom:summary atom:title atom:updated dc:date "
    "dc:description dc:format dc:language dc:rights dc:source dc:title dc:type fh:archive fh:complete slash:comments "
    "slash:hit_parade sy:updateBase sy:updateFrequency sy:updatePeriod thr:total wfw:comment wfw:commentRss".split()
)
"""Elements of which a second one would contradict the first."""

OF_TEXT = tuple(
    f"{prefix}:{name}"
    for prefix, names in MODULES.items()
    for name in names
    if prefix in ("dc", "slash", "sy", "wfw") or (prefix, name) in {("atom", "id"), ("atom", "updated")}
)
"""Elements that hold text alone, and have no attributes."""
