"""The pages of the validator's rules: a list of all, and for each why it is, who asks for it, and two examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from feeds import addresses
from feeds.rulebook.authorities import find_documents
from feeds.rules.every import RULES
from feeds.rules.examples import Example
from feeds.site.edition import Edition
from feeds.site.page import Page
from feeds.tree import File

_SOURCE = "the rules of the validator"


def render_rule_pages(edition: Edition, examples: Mapping[str, Sequence[Example]]) -> Iterator[File]:
    """Render the page of every rule, and the list of them; `examples` has those of each by its id."""
    title, description = "Rules", "What feeds validate asks of a podcast feed, and who wants it."
    page = _make_page(edition, addresses.RULES, "../", title, description)
    content = edition.render("rules.html", page, rules=RULES)
    yield File(path=addresses.RULES, content=content, source=_SOURCE)
    for rule in RULES:
        path = addresses.rule_page(rule.id)
        page = _make_page(edition, path, "../../", rule.id, rule.summary)
        content = edition.render(
            "rule.html", page, rule=rule, documents=find_documents(rule.source), examples=examples[rule.id]
        )
        yield File(path=path, content=content, source=_SOURCE)


def _make_page(edition: Edition, path: str, root: str, title: str, description: str) -> Page:
    return Page(site=edition.site, path=path, root=root, title=title, description=description, language="en")
