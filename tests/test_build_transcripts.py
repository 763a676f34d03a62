"""What a build makes of transcripts: pages, further forms, soundbites and warnings; and how one is converted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from lxml import html

from feeds.building.making import words
from feeds.cli import main
from feeds.media import measure
from feeds.transcripts import vtt
from tests.projects import SITE, Project

PODCAST = "{https://podcastindex.org/namespace/1.0}"
TALK = """WEBVTT

00:00.000 --> 00:10.000
<v Ada>Bread is a slow thing.

00:10.000 --> 00:20.000
<v Bo>It rises while

00:20.000 --> 00:30.000
nobody looks at it.

00:30.000 --> 00:40.000
<v Ada>Exactly.
"""


@pytest.fixture(autouse=True)
def _write_transcript(project: Project) -> None:
    (project.seeds / "bread.vtt").write_text(TALK)


def find_tags(project: Project, name: str) -> list[Any]:
    return list(project.read_feed().iter(f"{PODCAST}{name}"))


def tell(project: Project) -> list[str]:
    warnings = project.build().warnings
    return [str(warning).removeprefix(f"{project.seeds}/") for warning in warnings]


def test_further_forms_are_made_of_the_one_that_the_author_wrote(project: Project) -> None:
    project.settings["channels"]["show"]["transcript_forms"] = ["vtt", "srt", "json"]
    transcripts = [{"file": "bread.vtt", "language": "de", "rel": "captions"}, "bread.txt"]
    (project.seeds / "bread.txt").write_text("Ada: Bread.")
    project.write("bread", transcripts=transcripts)
    project.build()
    tags = find_tags(project, "transcript")
    assert [(tag.get("type"), tag.get("language"), tag.get("rel")) for tag in tags] == [
        ("text/vtt", "de", "captions"),
        ("text/plain", None, None),
        ("application/x-subrip", "de", "captions"),
        ("application/json", "de", "captions"),
    ]
    given, _, srt, made = [project.out / tag.get("url").removeprefix(f"{SITE}/") for tag in tags]
    assert given.read_text() == TALK
    assert srt.read_text().startswith("1\n00:00:00,000 --> 00:00:10,000\nAda: Bread is a slow thing.\n")
    assert [segment["speaker"] for segment in json.loads(made.read_text())["segments"]] == ["Ada", "Bo", "Bo", "Ada"]
    assert project.build().written.written == ()


def test_a_form_that_the_author_wrote_is_left_alone(project: Project) -> None:
    project.settings["channels"]["show"]["transcript_forms"] = ["srt"]
    (project.seeds / "bread.srt").write_text("1\n00:00:00,000 --> 00:00:01,000\nMy own words.\n")
    project.write("bread", transcripts=["bread.vtt", "bread.srt"])
    project.build()
    assert [tag.get("type") for tag in find_tags(project, "transcript")] == ["text/vtt", "application/x-subrip"]


def test_a_form_whose_source_is_not_in_this_checkout_stays_as_it_was_published(project: Project) -> None:
    project.settings["channels"]["show"]["transcript_forms"] = ["srt"]
    project.write("bread", transcripts=["bread.vtt"])
    project.build()
    (made,) = project.out.rglob("bread.*.srt")
    feed = (project.out / "show" / "feed.xml").read_bytes()
    (project.seeds / "bread.vtt").unlink()
    project.build()
    assert made.is_file()
    assert (project.out / "show" / "feed.xml").read_bytes() == feed


def test_a_transcript_is_parsed_once_a_build_and_read_no_more_than_twice(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.settings["channels"]["show"] |= {"transcript_forms": ["srt", "json"], "soundbites": "quotes"}
    project.write("bread", '> *"Exactly" [00:30]*\n', transcripts=["bread.vtt"])
    project.build()
    parsed: list[str] = []

    def count(content: bytes, type: str) -> Any:
        parsed.append(type)
        return tuple(vtt.parse_vtt(content.decode()))

    monkeypatch.setattr(measure, "_parse_words", count)
    project.build()
    assert parsed == ["text/vtt"]


def test_a_quote_that_is_not_said_when_the_record_says_so_is_a_warning_with_its_line(project: Project) -> None:
    notes = (
        '> *"Bread is a slow thing" [00:05]*\n> *"It rises while nobody looks" [01:10]*\n'
        '> *"Nobody ever said this of bread" [00:30]*\n> *"Without a time"*\n'
    )
    file = project.write("bread", notes, transcripts=["bread.vtt"])
    lines = file.read_text().split("\n")
    rises, nobody = (next(n for n, line in enumerate(lines, 1) if word in line) for word in ("rises", "ever"))
    assert tell(project) == [
        f"bread.md:{rises}: the quote “It rises while nobody looks” is not in the transcript near 01:10: "
        "it is at 00:10, so write [00:10]",
        f"bread.md:{nobody}: the quote “Nobody ever said this of bread” is not in the transcript near 00:30: "
        "it is nowhere in it, so correct the one or the other",
    ]


def test_quotes_are_sought_in_the_language_of_the_episode(project: Project) -> None:
    project.write(
        "bread", '> *"빵은 느리다" [00:05]*\n', language="ko", transcripts=[{"file": "bread.vtt", "language": "en"}]
    )
    assert tell(project) == []


def test_words_past_the_end_of_the_audio_are_a_warning_with_the_line_of_the_transcript(project: Project) -> None:
    (project.seeds / "bread.vtt").write_text(f"{TALK}\n02:05.000 --> 02:06.000\nLate.\n")
    project.write("bread", transcripts=["bread.vtt"])
    (warning,) = tell(project)
    assert warning.startswith("bread.vtt:15: the words at 02:05 are past the end of the audio at 02:00")


def read_soundbites(project: Project) -> list[tuple[str, str, str | None]]:
    return [(tag.get("startTime"), tag.get("duration"), tag.text) for tag in find_tags(project, "soundbite")]


QUOTES = '> *"It rises while nobody looks at it" [00:12]* — Bo{}\n\n> *"Exactly" [00:30]* — Ada\n'


@pytest.mark.parametrize("soundbites", [None, "quotes"])
def test_a_marked_quote_is_a_soundbite_to_the_end_of_its_sentence(project: Project, soundbites: str | None) -> None:
    if soundbites:
        project.settings["channels"]["show"]["soundbites"] = soundbites
    project.write("bread", QUOTES.format(" {soundbite}"), transcripts=["bread.vtt"])
    project.build()
    assert read_soundbites(project) == [("10", "20", "It rises while nobody looks at it")]


def test_all_quotes_with_a_time_are_soundbites_where_the_channel_says_so(project: Project) -> None:
    project.settings["channels"]["show"]["soundbites"] = "quotes"
    project.write("bread", QUOTES.format("") + '\n> *"Without a time"*\n', transcripts=["bread.vtt"])
    project.build()
    assert [title for _, _, title in read_soundbites(project)] == ["It rises while nobody looks at it", "Exactly"]


def test_the_soundbites_of_a_record_stand_for_those_that_the_channel_would_make(project: Project) -> None:
    project.settings["channels"]["show"]["soundbites"] = "quotes"
    project.write("bread", QUOTES.format(""), soundbites=[{"start_time": 0, "duration": 20.5}])
    project.build()
    assert read_soundbites(project) == [("0", "20.5", None)]


def test_without_a_word_there_are_no_soundbites(project: Project) -> None:
    project.write("bread", QUOTES.format(""), transcripts=["bread.vtt"])
    project.build()
    assert read_soundbites(project) == []


def test_a_soundbite_past_the_end_is_a_fault_and_a_short_one_a_warning(project: Project) -> None:
    project.write("bread", soundbites=[{"start_time": "1:50", "duration": 30}])
    (fault,) = project.fail()
    assert "the soundbite at 01:50 ends past the end of the audio at 02:0" in fault
    project.write("bread", soundbites=[{"start_time": "1:00", "duration": 5}])
    (warning,) = tell(project)
    assert warning.endswith("the soundbite at 01:00 lasts 5 seconds: choose 15 to 120")


def test_a_transcript_that_changes_while_the_show_is_built_is_a_fault(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("bread", transcripts=["bread.vtt"])

    def fail(place: Path, _: str) -> None:
        raise ValueError(f"{place.name} is no transcript any more")

    monkeypatch.setattr(words, "read_transcript", fail)
    assert project.fail() == ["bread.vtt: bread.vtt is no transcript any more"]


def convert(*arguments: str | Path, stdin: str | None = None) -> Result:
    line = ["transcript", "convert", *map(str, arguments)]
    return CliRunner().invoke(main, line, input=stdin, catch_exceptions=False)


@pytest.mark.parametrize(
    ("name", "text", "form", "expected"),
    [
        (
            "x.html",
            "<cite>Ada:</cite><time>0:05</time><p>Words.</p>",
            "vtt",
            "00:00:05.000 --> 00:00:06.000\n<v Ada>Words.",
        ),
        ("x.txt", "[00:05] Ada: Words.", "srt", "00:00:05,000 --> 00:00:06,000\nAda: Words."),
        ("x.transcript", "[00:05] Ada: Words.", "json", '"speaker": "Ada"'),
        (
            "x.json",
            '{"segments": [{"startTime": 5, "endTime": 7, "body": "Words."}]}',
            "vtt",
            "05.000 --> 00:00:07.000",
        ),
    ],
)
def test_a_transcript_is_converted(tmp_path: Path, name: str, text: str, form: str, expected: str) -> None:
    (tmp_path / name).write_text(text)
    result = convert(tmp_path / name, "--to", form)
    assert result.exit_code == 0
    assert expected in result.stdout
    assert convert(tmp_path / name, "--to", form, "--out", tmp_path / "out").stdout == f"wrote {tmp_path / 'out'}\n"
    assert (tmp_path / "out").read_text() == result.stdout


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.txt", b"Ada: Words.", "'Words.' has no time, and nothing but a guess could give it one"),
        ("x.vtt", b"00:01.000 --> 00:02.000", "a WebVTT file begins with the word WEBVTT"),
        (
            "x.vtt",
            b"WEBVTT\n\n00:01.000 -> 00:02.000\nEbb",
            "a WebVTT file has lines such as 00:00:01.000 --> 00:00:04.000",
        ),
        ("x.vtt", b"WEBVTT\n\nNOTE Of the sea\n", "nothing is said in it: a transcript has words with times"),
        ("x.srt", b"", "nothing is said in it: a transcript has words with times"),
        ("x.srt", b"\xff", "this is not UTF-8: save the transcript in that encoding"),
    ],
)
def test_what_cannot_be_converted_says_why(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    result = convert(tmp_path / name, "--to", "vtt", "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == f"{tmp_path / name}: {message}"
    assert not (tmp_path / "out").exists()


HOSTILE = """<cite><script>alert(1)</script>Ada<img src=x onerror=alert(2)>:</cite> <time onclick=alert(3)>00:01</time>
<p onmouseover="alert(4)">One &lt;script&gt;alert(5)&lt;/script&gt; <a href="javascript:alert(6)">two</a>
<svg onload=alert(7)><style>*{display:none}</style></svg>
<iframe srcdoc="&lt;script&gt;alert(8)&lt;/script&gt;"></iframe>
&lt;/p&gt;&lt;img src=x onerror=alert(9)&gt;
<noscript><p title="</noscript><img src=x onerror=alert(10)>"></noscript></p>"""


def test_a_hostile_transcript_is_words_on_the_page_and_nothing_else(project: Project) -> None:
    (project.seeds / "bread.html").write_text(HOSTILE)
    (project.seeds / "salt.vtt").write_text(f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v {HOSTILE[6:40]}x>{HOSTILE}")
    project.write("bread", transcripts=["bread.html"])
    project.write("salt", transcripts=["salt.vtt"])
    project.build()
    for name in ("bread", "salt"):
        page: Any = html.fromstring((project.out / "show" / name / "index.html").read_text(encoding="utf-8"))
        (said,) = page.xpath("//details[@class='transcript']")
        assert "<script>alert(5)</script>" in said.text_content()
        assert page.xpath("//iframe | //img[@src='x'] | //script[not(@src)] | //style") == []
        assert [value for value in page.xpath("//@*[starts-with(name(), 'on')] | //@href") if "alert" in value] == []


def test_a_quote_that_stands_in_a_record_twice_is_one_soundbite(project: Project) -> None:
    quote = '> *"Exactly" [00:31]* — Ada {soundbite}\n'
    project.write("bread", f"{quote}\nWords.\n\n{quote}", transcripts=["bread.vtt"])
    project.build()
    assert [title for _, _, title in read_soundbites(project)] == ["Exactly"]


EBB = "WEBVTT\n\n00:00:05.000 --> 00:00:06.000\nEbb.\n"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (EBB, ""),
        ("1\n00:00:05,000 --> 00:00:06,000\nEbb.\n", ""),
        ("[00:05] Ada: Ebb.", "Ada"),
        ('{"segments": [{"startTime": 5, "endTime": 6, "body": "Ebb."}]}', ""),
        ("<cite>Ada:</cite><time>0:05</time><p>Ebb.</p>", "Ada"),
    ],
)
def test_a_transcript_of_any_form_is_taken_from_standard_input(text: str, speaker: str) -> None:
    result = convert("-", "--to", "vtt", stdin=text)
    assert result.stdout == EBB.replace("Ebb", f"<v {speaker}>Ebb" if speaker else "Ebb")


def test_the_name_of_the_output_tells_the_form_of_a_transcript(tmp_path: Path) -> None:
    assert convert("-", "-o", tmp_path / "x.srt", stdin=EBB).exit_code == 0
    assert (tmp_path / "x.srt").read_text() == "1\n00:00:05,000 --> 00:00:06,000\nEbb.\n"
    for rest in ((), ("-o", tmp_path / "x.txt")):
        result = convert("-", *rest, stdin=EBB)
        assert result.exit_code == 2
        assert "--to: name the form to write, of vtt, srt, json" in result.stderr


def test_a_transcript_is_never_written_over_by_what_is_made_of_it(tmp_path: Path) -> None:
    file = tmp_path / "x.vtt"
    file.write_text(EBB)
    (tmp_path / "symbolic.srt").symlink_to(file)
    (tmp_path / "hard.srt").hardlink_to(file)
    for name in ("x.vtt", "symbolic.srt", "hard.srt"):
        result = convert(file, "-o", tmp_path / name)
        assert result.exit_code == 2
        assert "is what is read: name another file" in result.stderr
    assert file.read_text() == EBB


def test_words_that_end_before_they_begin_are_told_with_their_line() -> None:
    result = convert("-", "--to", "srt", stdin=EBB.replace("06.000", "03.000"))
    assert result.exit_code == 0
    assert result.stderr == (
        "warning: <stdin>:3: the words at 00:05 end before they begin, at 00:03: another end is written\n"
    )
