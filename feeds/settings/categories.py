"""The categories under which Apple, and with it every other directory, files a podcast.

Source: Podcasts categories in Apple's guide to RSS feeds, as of the revision of 2019. The spelling counts:
a name that differs by a letter puts the show nowhere.
"""

from __future__ import annotations

import difflib
import html

_SUBCATEGORIES = {
    "Arts": "Books, Design, Fashion & Beauty, Food, Performing Arts, Visual Arts",
    "Business": "Careers, Entrepreneurship, Investing, Management, Marketing, Non-Profit",
    "Comedy": "Comedy Interviews, Improv, Stand-Up",
    "Education": "Courses, How To, Language Learning, Self-Improvement",
    "Fiction": "Comedy Fiction, Drama, Science Fiction",
    "Government": "",
    "Health & Fitness": "Alternative Health, Fitness, Medicine, Mental Health, Nutrition, Sexuality",
    "History": "",
    "Kids & Family": "Education for Kids, Parenting, Pets & Animals, Stories for Kids",
    "Leisure": "Animation & Manga, Automotive, Aviation, Crafts, Games, Hobbies, Home & Garden, Video Games",
    "Music": "Music Commentary, Music History, Music Interviews",
    "News": ("Business News, Daily News, Entertainment News, News Commentary, Politics, Sports News, Tech News"),
    "Religion & Spirituality": "Buddhism, Christianity, Hinduism, Islam, Judaism, Religion, Spirituality",
    "Science": (
        "Astronomy, Chemistry, Earth Sciences, Life Sciences, Mathematics, Natural Sciences, Nature, "
        "Physics, Social Sciences"
    ),
    "Society & Culture": "Documentary, Personal Journals, Philosophy, Places & Travel, Relationships",
    "Sports": (
        "Baseball, Basketball, Cricket, Fantasy Sports, Football, Golf, Hockey, Rugby, Running, Soccer, "
        "Swimming, Tennis, Volleyball, Wilderness, Wrestling"
    ),
    "Technology": "",
    "True Crime": "",
    "TV & Film": "After Shows, Film History, Film Interviews, Film Reviews, TV Reviews",
}
CATEGORIES = {name: tuple(filter(None, listed.split(", "))) for name, listed in _SUBCATEGORIES.items()}


def format_category(category: str, subcategory: str) -> str:
    """Write a category as channel.toml has it.

    >>> format_category("Society & Culture", "Philosophy"), format_category("Technology", "")
    ('Society & Culture > Philosophy', 'Technology')
    """
    return f"{category} > {subcategory}" if subcategory else category


_TELLING = 3
"""Letters from which on the beginning of a name tells which one is meant."""

_PAIRS = {
    format_category(category, subcategory): (category, subcategory)
    for category, subcategories in CATEGORIES.items()
    for subcategory in ("", *subcategories)
}
# A subcategory alone leads to its pair as well, so that somebody who writes one is told where it belongs.
_NEAR = {name.casefold(): name for name in _PAIRS} | {
    pair[1].casefold(): name for name, pair in _PAIRS.items() if pair[1]
}


def parse_category(text: str) -> tuple[str, str]:
    """Read a category, whose second half is "" where there is no subcategory.

    Raises ValueError with the nearest category that exists.

    >>> parse_category("Society & Culture > Philosophy"), parse_category("Technology")
    (('Society & Culture', 'Philosophy'), ('Technology', ''))
    >>> parse_category("Philosophy")
    Traceback (most recent call last):
    ValueError: 'Philosophy' is no category of Apple's; did you mean 'Society & Culture > Philosophy'?
    """
    plain = html.unescape(text)
    if plain != text:
        raise ValueError(f"{text!r} is written for XML, which is not wanted here: write {plain!r}")
    name = " > ".join(half.strip() for half in text.split(">"))
    if name in _PAIRS:
        return _PAIRS[name]
    raise ValueError(f"{text!r} is no category of Apple's; {_find_remedy(name)}")


def _find_remedy(name: str) -> str:
    folded = name.casefold()
    # Somebody who puts a subcategory under the wrong category means the subcategory.
    written = [folded, folded.rpartition(" > ")[2]]
    for guess in written:
        if guess in _NEAR:
            return f"did you mean {_NEAR[guess]!r}?"
    for guess in written:
        if len(guess) >= _TELLING and (begun := [name for name in _NEAR if name.startswith(guess)]):
            return f"did you mean {_NEAR[begun[0]]!r}?"
    for guess in written:
        if near := difflib.get_close_matches(guess, _NEAR, n=1):
            return f"did you mean {_NEAR[near[0]]!r}?"
    return f"they are {', '.join(CATEGORIES)}, some with subcategories"
