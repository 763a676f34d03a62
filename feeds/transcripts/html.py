"""Transcripts in HTML (podcast namespace, transcripts.md): `cite` says who speaks, `time` when, and `p` what.

Other HTML is read as paragraphs, in front of which both may stand as in plain text.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from feeds.formats import CONTROL
from feeds.transcripts.cue import Speech, join_lines, make_speeches
from feeds.transcripts.text import parse_clock, parse_heading

_UNSEEN = ("head", "script", "style", "template", "noscript", "title")
_BLOCKS = frozenset(
    "address article aside blockquote body br dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header "
    "hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)


def parse_html(text: str) -> Iterator[Speech]:
    """Read the blocks of a document or of a part of one; broken HTML is read as browsers do."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    content = CONTROL.sub("", text)
    if not content.strip():
        return iter(())
    root = etree.fromstring(content.encode(), parser)
    return make_speeches(_Reader(root).read()) if root is not None else iter(())


class _Reader:
    """Walks through a document; `cite` and `time` within a sentence are a part of it."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._start: int | None = None
        self._speaker = ""
        self._words: list[str] = []
        self._line = 0

    def read(self) -> Iterator[tuple[int | None, Speech]]:
        walker = etree.iterwalk(self._root, events=("start", "end"))
        for event, element in walker:
            tag = str(element.tag)
            if event == "start":
                if tag in _BLOCKS:
                    yield from self._end_block()
                if tag in _UNSEEN or (tag in ("cite", "time") and self._take_heading(tag, element)):
                    walker.skip_subtree()
                    continue
                self._add(element.text, element)
            else:
                if tag in _BLOCKS:
                    yield from self._end_block()
                self._add(element.tail, element)
        yield from self._end_block()

    def _add(self, text: str | None, element: etree._Element) -> None:
        if self._words:
            self._words.append(text or "")
        elif (text or "").strip(" \t\n\r:：" if self._speaker else None):
            sourceline: int = getattr(element, "sourceline", None) or 0  # the stubs of lxml do not know its type
            self._line = sourceline
            self._words.append(text or "")

    def _take_heading(self, tag: str, element: etree._Element) -> bool:
        """Take the name or the time before the words of a block, and say whether it was one."""
        if self._words or any(child.tag in _BLOCKS for child in element.iterdescendants()):
            return False
        said = join_lines("".join(map(str, element.itertext())))
        if tag == "cite":
            self._speaker = said.rstrip(" :：")
            return True
        time = parse_clock(said.strip("[]() "))
        if time is not None:
            self._start = time
        return time is not None

    def _end_block(self) -> Iterator[tuple[int | None, Speech]]:
        said = join_lines("".join(self._words))
        self._words.clear()
        if self._speaker:
            said = said.lstrip(" :：")
        elif said and self._start is None:
            self._start, self._speaker, said = parse_heading(said)
        if said:
            yield self._start, Speech(text=said, speaker=self._speaker, line=self._line)
            self._start, self._speaker = None, ""
