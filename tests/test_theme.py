"""Templates: where they are found, what they can say, and what is said when one fails."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from feeds.errors import ThemeError
from feeds.model import Prose
from feeds.theme.colours import ACCENT, CONTRAST, NIGHT, PAPER, find_accents, find_contrast
from feeds.theme.theme import read_theme

SHIPPED = Path(__file__).parents[1] / "templates"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose templates a test writes."""
    (tmp_path / "templates" / "assets").mkdir(parents=True)
    return tmp_path


def write(project: Path, name: str, text: str) -> Path:
    path = project / "templates" / name
    path.write_text(text, encoding="utf-8")
    return path


def render(project: Path, name: str = "page.html", **context: object) -> str:
    return read_theme(project).render(name, context).decode()


def find_fault(project: Path, name: str = "page.html", **context: object) -> str:
    with pytest.raises(ThemeError) as caught:
        render(project, name, **context)
    (fault,) = caught.value.faults
    return str(fault)


def test_a_project_without_templates_has_all_that_are_shipped(tmp_path: Path) -> None:
    names = set(read_theme(tmp_path).environment.list_templates(extensions=["html"]))
    assert {path.name for path in SHIPPED.glob("*.html")} <= names


def test_a_template_of_the_users_wins_over_the_shipped_one(project: Path) -> None:
    write(project, "404.html", "Mine.")
    assert render(project, "404.html") == "Mine."


def test_an_asset_of_the_users_wins_and_the_others_stay(project: Path) -> None:
    mine = write(project, "assets/style.css", "")
    assets = read_theme(project).assets
    assert assets["style.css"] == mine
    assert assets["player.js"] == SHIPPED / "assets" / "player.js"


def test_assets_may_stand_in_folders_and_hidden_files_are_none(project: Path) -> None:
    (project / "templates" / "assets" / "fonts").mkdir()
    font = write(project, "assets/fonts/a.woff2", "")
    write(project, "assets/.DS_Store", "")
    assets = read_theme(project).assets
    assert assets["fonts/a.woff2"] == font
    assert not [name for name in assets if "DS_Store" in name]


def test_text_is_escaped_without_being_asked(project: Path) -> None:
    write(project, "page.html", '<a title="{{ text }}">{{ text }}</a>')
    assert "<script>" not in render(project, text="\"'><script>")


def test_notes_are_markup_and_safe(project: Path) -> None:
    write(project, "page.html", "{{ prose|notes }}{{ prose.text|inline }}")
    html = render(project, prose=Prose(text="*a* <script>alert(1)</script> [b](javascript:alert(1))"))
    assert "<em>a</em>" in html
    assert "script" not in html


def test_a_name_that_nothing_has_is_a_fault_at_its_line(project: Path) -> None:
    path = write(project, "page.html", "one\ntwo {{ episode.titel }}\n")
    assert find_fault(project, episode={}).startswith(f"{path}:2: UndefinedError: ")


def test_a_fault_in_the_writing_of_a_template_is_named_with_its_line(project: Path) -> None:
    path = write(project, "page.html", "one\n{% if %}\n")
    assert find_fault(project).startswith(f"{path}:2: ")


def test_a_fault_within_an_included_template_is_named_there(project: Path) -> None:
    write(project, "page.html", "{% include 'part.html' %}")
    path = write(project, "part.html", "\n\n{{ 1 / 0 }}")
    assert find_fault(project) == f"{path}:3: ZeroDivisionError: division by zero"


def test_a_template_that_is_missing_is_named(project: Path) -> None:
    assert "nowhere.html" in find_fault(project, "nowhere.html")


def test_a_template_that_changed_is_read_again_by_the_next_build(project: Path) -> None:
    write(project, "page.html", "first")
    assert render(project) == "first"
    write(project, "page.html", "second")
    assert render(project) == "second"


@pytest.mark.parametrize("accent", [ACCENT, "#fd0", "#000000", "#ffffff", "#0000ff", "#808080", "#00ff88"])
def test_an_accent_can_be_read_by_day_and_by_night(accent: str) -> None:
    day, night = find_accents(accent)
    assert find_contrast(day, PAPER) >= CONTRAST
    assert find_contrast(night, NIGHT) >= CONTRAST


def test_an_accent_that_can_be_read_stays_as_it_is() -> None:
    assert find_accents(ACCENT)[0] == ACCENT


@pytest.mark.parametrize("sheet", ["style.css", "feed.css"])
def test_the_sheets_have_the_grounds_on_which_contrast_is_reckoned(sheet: str) -> None:
    css = (SHIPPED / "assets" / sheet).read_text(encoding="utf-8")
    assert re.findall(r"--paper: (#\w+)", css) == [PAPER, NIGHT]


@pytest.mark.parametrize("sheet", ["style.css", "feed.css"])
@pytest.mark.parametrize("name", ["ink", "soft"])
def test_text_of_the_sheets_can_be_read_by_day_and_by_night(sheet: str, name: str) -> None:
    css = (SHIPPED / "assets" / sheet).read_text(encoding="utf-8")
    day, night = re.findall(rf"--{name}: (#\w+)", css)
    assert find_contrast(day, PAPER) >= CONTRAST
    assert find_contrast(night, NIGHT) >= CONTRAST


# What a template of the user's has to do with the others.


@pytest.mark.parametrize("name", ["episode.html", "base.html"])
def test_a_template_that_extends_itself_is_a_fault_that_says_what_to_extend(project: Path, name: str) -> None:
    path = write(project, name, f'{{# Mine #}}\n{{% extends "{name}" %}}\n{{% block main %}}{{% endblock %}}')
    with pytest.raises(ThemeError) as caught:
        read_theme(project)
    assert str(caught.value) == (f'{path}:2: extends itself, which has no end: write {{% extends "shipped/{name}" %}}')


def test_two_templates_that_extend_each_other_are_a_fault(project: Path) -> None:
    one = write(project, "one.html", '{% extends "two.html" %}')
    two = write(project, "two.html", '{% extends "one.html" %}')
    with pytest.raises(ThemeError) as caught:
        read_theme(project)
    assert str(caught.value).splitlines() == [
        f"{one}:1: extends itself, which has no end: extend another",
        f"{two}:1: extends itself, which has no end: extend another",
    ]


def test_a_template_that_includes_itself_without_end_is_a_fault(project: Path) -> None:
    path = write(project, "page.html", '{% include "page.html" %}')
    assert find_fault(project) == f"{path}:1: includes itself, which has no end"


@pytest.mark.parametrize("extended", ["shipped/episode.html", "mine.html"])
def test_a_template_that_extends_another_is_no_fault(project: Path, extended: str) -> None:
    if extended == "mine.html":
        write(project, extended, '{% extends "shipped/episode.html" %}')
    write(project, "episode.html", f'{{% extends "{extended}" %}}\n{{% block main %}}Mine.{{% endblock %}}')
    assert read_theme(project).warnings == ()


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("epsiode.html", "did you mean 'episode.html'?"),
        ("style.css", "did you mean 'assets/style.css'?"),
        ("quite-different.txt", "known are 404.html, "),
    ],
)
def test_a_file_that_no_page_is_made_of_is_named_with_the_nearest_that_is(
    project: Path, name: str, remedy: str
) -> None:
    path = write(project, name, "")
    (warning,) = read_theme(project).warnings
    assert str(warning).startswith(f"{path}: is used by no page; {remedy}")


def test_files_that_are_included_or_are_an_editors_own_are_no_news(project: Path) -> None:
    write(project, "row.html", '{% include "part.html" %}{% from "macros.html" import x %}')
    for name in ("part.html", "macros.html", ".row.html.swp", "row.html~", "assets/font.woff2"):
        write(project, name, "")
    assert read_theme(project).warnings == ()


def test_where_only_rendering_tells_what_is_included_nothing_is_said(project: Path) -> None:
    write(project, "row.html", "{% include kind ~ '.html' %}")
    write(project, "talk.html", "")
    assert read_theme(project).warnings == ()


def test_a_block_that_no_template_above_has_is_named_with_the_nearest_that_is(project: Path) -> None:
    text = '{% extends "shipped/episode.html" %}\n\n{% block mian %}{% endblock %}\n{% block zzzz %}{% endblock %}\n'
    path = write(project, "episode.html", text)
    first, second = read_theme(project).warnings
    assert str(first) == f"{path}:3: the block 'mian' is shown nowhere; did you mean 'main'?"
    assert str(second).startswith(f"{path}:4: the block 'zzzz' is shown nowhere; known are about, colophon, ")


def test_a_block_within_another_and_one_of_a_template_that_extends_nothing_are_shown(project: Path) -> None:
    inner = "{% block main %}{% block inner %}{% endblock %}{% endblock %}"
    write(project, "episode.html", f'{{% extends "shipped/episode.html" %}}{inner}')
    write(project, "404.html", "{% block mian %}{% endblock %}")
    assert read_theme(project).warnings == ()
