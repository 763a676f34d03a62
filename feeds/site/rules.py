"""The pages of the validator's rules: a list of all, and for each why it is, who asks for it, and two examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from feeds import addresses
from feeds.model import Show
from feeds.rulebook.authorities import find_documents
from feeds.rules.every import RULES
from feeds.rules.examples import Example
from feeds.site.page import Page
from feeds.theme.theme import Theme
from feeds.tree import File

_SOURCE = "the rules of the validator"


def render_rule_pages(show: Show, theme: Theme, examples: Mapping[str, Sequence[Example]]) -> Iterator[File]:
    """Render the page of every rule, and the list of them; `examples` has those of each by its id."""
    title, description = "Rules", "What feeds validate asks of a podcast feed, and who wants it."
    page = _make_page(show, addresses.RULES, "../", title, description)
    content = theme.render("rules.html", {"page": page, "show": show, "rules": RULES})
    yield File(path=addresses.RULES, content=content, source=_SOURCE)
    for rule in RULES:
        path = addresses.rule_page(rule.id)
        context = {
            "page": _make_page(show, path, "../../", rule.id, rule.summary),
            "show": show,
            "rule": rule,
            "documents": find_documents(rule.source),
            "examples": examples[rule.id],
        }
        yield File(path=path, content=theme.render("rule.html", context), source=_SOURCE)


def _make_page(show: Show, path: str, root: str, title: str, description: str) -> Page:
    return Page(site=show.site, path=path, root=root, title=title, description=description, language="en")
