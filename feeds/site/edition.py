"""What every page of a site is made with."""

from __future__ import annotations

from dataclasses import dataclass

from feeds.knowledge.subjects import Knowledge, find_knowledge
from feeds.model import Podcast, Show, Site
from feeds.site.page import Page
from feeds.theme.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A show with what is known across its episodes, and how it looks.

    `people`, `ideas` and `quoted` say what there are pages of: any people, any ideas, quotes of which channels.
    """

    show: Show
    theme: Theme
    knowledge: Knowledge
    people: bool
    ideas: bool
    quoted: frozenset[str]

    @property
    def site(self) -> Site:
        """The site on which it stands."""
        return self.show.site

    def render(self, template: str, page: Page, **context: object) -> bytes:
        """Render a page. Raises ThemeError with the line of the template that failed."""
        return self.theme.render(template, {"page": page, "edition": self, "show": self.show, **context})


def make_edition(show: Show, theme: Theme) -> Edition:
    """Put together what pages are made with."""
    knowledge = find_knowledge(show)
    return Edition(
        show=show,
        theme=theme,
        knowledge=knowledge,
        people=any(subject.is_person for subject in knowledge.subjects),
        ideas=any(not subject.is_person for subject in knowledge.subjects),
        quoted=frozenset(podcast.channel.slug for podcast in show.podcasts if _has_quotes(podcast)),
    )


def _has_quotes(podcast: Podcast) -> bool:
    return any(True for item in podcast.episodes for _ in item.episode.quotes)
