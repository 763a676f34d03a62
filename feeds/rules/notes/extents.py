"""How long show notes are, how they are parted, and how description and content:encoded go together."""

from __future__ import annotations

import re

from feeds.rulebook.document import find_text
from feeds.rulebook.forms.html import format_plain, parse_markup
from feeds.rulebook.rule import Hits, rule
from feeds.rulebook.views import Item
from feeds.rulebook.wording import quote

_MOST_BYTES = 4_000
_MOST_OF_YOUTUBE = 5_000
_PARAGRAPHS = re.compile(r"\n\s*\n|(?:<br\s*/?>\s*){2}", re.IGNORECASE)
_BREAKS = ("\n", "<br", "<BR")
_PARTS = frozenset("p ul ol li div h1 h2 h3 h4 h5 h6 table blockquote pre".split())
_WORD = re.compile(r"[^\W_]{3,}")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_FEW_WORDS = 3
_COMMON = 0.25
_READ = 20_000
"""Characters of notes that are compared."""


@rule("item", source="PSP-1, description; Apple guide, description", psp1="warning", apple="warning")
def item_description_too_long(item: Item) -> Hits:
    """A description has at most 4,000 bytes of UTF-8, tags and addresses of links included.

    Apple and PSP-1 set this limit; Apple has said characters as well, so that bytes are on the safe side. What is over
    it is cut, in the middle of a tag.
    """
    for description in item.all("description"):
        text = find_text(description)
        if len(text) * 4 > _MOST_BYTES and (size := len(text.encode("utf-8", "replace"))) > _MOST_BYTES:
            limit = f"where PSP-1 and Apple take {_MOST_BYTES:,}: shorten it, or put the rest into content:encoded"
            yield description, f"the description has {size:,} bytes, {limit}"


@rule("item", source="house, YouTube limits descriptions to 5,000 characters", everywhere="info")
def item_description_over_5000(item: Item) -> Hits:
    """The text of a description has at most 5,000 characters.

    YouTube takes no more, and no markup: it gets the text without tags.
    """
    description = item.first("description")
    text = find_text(description)
    if description is not None and len(text) > _MOST_OF_YOUTUBE:
        length = len(format_plain(text))
        if length > _MOST_OF_YOUTUBE:
            yield (
                description,
                f"the description has {length:,} characters of text, where YouTube takes 5,000: shorten it",
            )


@rule("item", source="house, Podnews and Triton have tried what apps show; Apple guide, description", apple="info")
def item_description_no_paragraphs(item: Item) -> Hits:
    """Paragraphs of a description are p elements.

    Apple passes over empty lines and line breaks: the notes are one block of text there.
    """
    description = item.first("description")
    text = find_text(description)
    if description is None or not any(sign in text for sign in _BREAKS) or not _PARAGRAPHS.search(text):
        return
    if not any(tag.name in _PARTS for tag in parse_markup(text).tags):
        message = "better put each into <p>, as Apple shows no empty lines"
        yield description, f"the description parts its paragraphs by line breaks: {message}"


@rule("item", "live", source="RSS Profile, 5.2.1; W3C validator, NeedDescriptionBeforeContent", everywhere="warning")
def item_content_encoded_order(item: Item) -> Hits:
    """The description stands before content:encoded.

    Some readers take the one that comes last: then listeners get the summary in place of the notes.
    """
    content, description = item.first("content:encoded"), item.first("description")
    if content is not None and description is not None:
        for child in item.element.iterchildren(content.tag, "description"):
            if child is content:
                yield content, "content:encoded stands before description: move it behind"
            return


@rule("item", "live", source="RSS Profile, 5.2.1", everywhere="warning")
def item_content_encoded_without_description(item: Item) -> Hits:
    """An item with content:encoded has a description as well.

    Apple and PSP-1 know description alone; for their readers the episode has no notes.
    """
    if "content:encoded" in item and "description" not in item:
        yield item.element, "the item has content:encoded and no description: add one, a summary will do"


@rule("item", "live", source="W3C validator, DuplicateElement; RSS Profile, 5.2", everywhere="error")
def item_content_encoded_duplicate(item: Item) -> Hits:
    """An item has one content:encoded at most.

    Which of two is shown is up to each app.
    """
    for content in item.all("content:encoded")[1:]:
        yield content, "the item has a second content:encoded: keep one"


@rule("item", source="RSS Profile, 5.2.1; house, each app shows one of the two", everywhere="info")
def item_content_encoded_diverges(item: Item) -> Hits:
    """description and content:encoded tell the same, the one perhaps shorter.

    Each app shows one of them, and they choose differently. What stands in one alone is not seen by half the listeners.
    """
    content = item.first("content:encoded")
    if content is not None and "description" in item:
        words = [_find_words(item.text(name)) for name in ("description", "content:encoded")]
        fewest = min(map(len, words))
        if fewest >= _FEW_WORDS and len(words[0] & words[1]) < fewest * _COMMON:
            message = f"another text than the description {quote(item.text('description'))}"
            yield content, f"content:encoded is {message}: let the one be a summary of the other"


def _find_words(text: str) -> frozenset[str]:
    """What two texts can have in common: words, or pairs of characters where words are not parted."""
    plain = format_plain(text[:_READ]).casefold()
    if _UNSPACED.search(plain):
        joined = "".join(plain.split())
        return frozenset(joined[at : at + 2] for at in range(len(joined) - 1))
    return frozenset(_WORD.findall(plain))
