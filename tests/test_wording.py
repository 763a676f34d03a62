"""The words of the pages: in every language the same ones, and nothing missing without a word of warning."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel import Locale
from jinja2 import nodes

from feeds.errors import ThemeError
from feeds.theme.theme import Theme, read_theme
from feeds.theme.wording import VOCABULARIES, Words, parse_wording

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "templates" / "words").glob("*.toml"))
NOWHERE = ROOT / "no-such-folder"


def read_words(file: Path) -> dict[str, object]:
    return dict(parse_wording(file.read_text(encoding="utf-8"), file.stem, file.name).words)


ENGLISH = read_words(ROOT / "templates" / "words" / "en.toml")


def write_words(project: Path, language: str, text: str) -> Path:
    file = project / "templates" / "words" / f"{language}.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def find_words(theme: Theme, language: str) -> Words:
    return theme.wordings.find(language)


def test_four_languages_are_shipped() -> None:
    assert {"en", "ko", "de", "ja"} <= {file.stem for file in FILES}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_shipped_language_has_every_word_and_every_plural(file: Path) -> None:
    words, forms = read_words(file), Locale(file.stem).plural_form.tags | {"other"}
    assert sorted(words) == sorted(ENGLISH)
    for key, word in words.items():
        if isinstance(word, dict):
            assert set(word) == (set(ENGLISH[key]) if key in VOCABULARIES else forms), key  # type: ignore[call-overload]


def test_the_templates_say_no_word_that_is_not_there() -> None:
    theme = read_theme(NOWHERE)
    loader = theme.environment.loader
    assert loader
    said = set()
    for name in theme.environment.list_templates(extensions=["html"]):
        source, _, _ = loader.get_source(theme.environment, name)
        for node in theme.environment.parse(source).find_all((nodes.Getattr, nodes.Getitem)):
            assert isinstance(node, nodes.Getattr | nodes.Getitem)
            if isinstance(node.node, nodes.Name) and node.node.name == "words":
                said |= {node.attr} if isinstance(node, nodes.Getattr) else set(_find_texts(node.arg))
    said -= {"language", "locale", "direction"}
    assert [word for word in said if not any(_is_said(word, key) for key in ENGLISH)] == []


def _find_texts(node: nodes.Expr) -> list[str]:
    """The texts of which a name is made: `"rule_" ~ kind` says every word that begins so."""
    texts = [f"{one.value}*" for one in node.find_all(nodes.Const) if isinstance(node, nodes.Concat)]
    return texts or [str(pair.value.value) for pair in node.find_all(nodes.Pair) if isinstance(pair.value, nodes.Const)]


def _is_said(word: str, key: str) -> bool:
    return key.startswith(word[:-1]) if word.endswith("*") else key == word


def test_a_word_is_filled_in_and_counted_as_its_language_does() -> None:
    theme = read_theme(NOWHERE)
    assert find_words(theme, "en").by(author="Ada") == "Podcast by Ada"
    counted = [find_words(theme, language).episodes(n) for language in ("en", "de-AT", "ko") for n in (1, 1200)]
    assert counted == ["1 episode", "1,200 episodes", "1 Folge", "1.200 Folgen", "에피소드 1개", "에피소드 1,200개"]


def test_an_author_changes_a_word_and_the_others_stay(tmp_path: Path) -> None:
    write_words(tmp_path, "en", 'subscribe = "Follow"')
    words = find_words(read_theme(tmp_path), "en")
    assert (words.subscribe, words.chapters) == ("Follow", "Chapters")


def test_a_new_language_needs_no_more_than_a_file_and_what_it_lacks_is_told(tmp_path: Path) -> None:
    write_words(tmp_path, "fi", 'subscribe = "Tilaa"')
    theme = read_theme(tmp_path, ("en", "fi"))
    words = find_words(theme, "fi-FI")
    assert (words.subscribe, words.chapters) == ("Tilaa", "Chapters")
    told = {str(warning).partition("fi.toml: ")[2] for warning in theme.warnings}
    assert "has no 'chapters': English stands for it" in told
    assert not [one for one in told if "'subscribe'" in one]


def test_a_language_without_a_file_is_told_once_with_what_to_do() -> None:
    (warning,) = read_theme(NOWHERE, ("en", "fr-CA", "de")).warnings
    assert warning.path.endswith("templates/words/fr.toml")
    assert warning.message == ("is missing, so pages in 'fr-CA' have English words around them: copy en.toml there")


def test_pages_in_a_language_without_words_have_those_of_the_site() -> None:
    assert find_words(read_theme(NOWHERE, ("de", "fi")), "fi").chapters == "Kapitel"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('subscibe = "x"', "subscibe: is no word of the pages; did you mean 'subscribe'?"),
        ('subscribe = "x {y}"', "subscribe: what can stand in braces here: none (a brace itself is doubled)"),
        ('by = "x {who}"', "by: what can stand in braces here: {author} (a brace itself is doubled)"),
        ('by = "x {"', "by: what can stand in braces here: {author} (a brace itself is doubled)"),
        ('episodes = "x"', "episodes: is a table of plural forms, as in en.toml"),
        ('[subscribe]\none = "x"', "subscribe: is one text, as in en.toml"),
        ('[episodes]\none = "x"', "episodes: has no form 'other', which stands for all that have none of their own"),
        ('[episodes]\nmore = "x"', "episodes.more: is no plural form: known are zero, one, two, few, many, other"),
        ("subscribe = 1", "subscribe: is neither text nor plural forms"),
        ("subscribe =", 'is no valid TOML: Invalid value: write subscribe = "…", or take the line out'),
    ],
)
def test_a_word_that_cannot_be_shown_is_refused_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    file = write_words(tmp_path, "de", f"# Mine\n{text}\n")
    with pytest.raises(ThemeError) as caught:
        read_theme(tmp_path)
    (fault,) = caught.value.faults
    assert (fault.path.endswith("templates/words/de.toml"), fault.line, fault.message) == (file.exists(), 2, message)


def test_right_to_left_is_known() -> None:
    theme = read_theme(NOWHERE)
    assert [find_words(theme, language).direction for language in ("ar", "he", "fa", "en")] == ["rtl"] * 3 + ["ltr"]
