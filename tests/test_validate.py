"""`feeds validate`, `feeds explain` and `feeds rules`: what goes in, what comes out, and with which exit code."""

from __future__ import annotations

import json
import re
import subprocess
import tarfile
import threading
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NoReturn

import jsonschema
import pytest
from click.testing import CliRunner, Result
from lxml import etree

from feeds.cli import main
from feeds.reports.programs import SCHEMA, clean
from feeds.reports.report import Judged, Report
from feeds.reports.text import PLAIN, Style, render_text
from feeds.rulebook.finding import Finding
from feeds.rulebook.rule import Level
from feeds.rules.every import RULES
from feeds.rules.examples import read_examples

REPORTS = Path(__file__).with_name("reports")
FEED = REPORTS / "feed.xml"
# Rules of their own for what the reports show, so that a new rule does not change them.
ONLY = (
    "item-guid-ispermalink-invalid",
    "item-guid-permalink-not-url",
    "item-itunes-duration-invalid",
    "item-link-missing",
    "item-pubdate-missing",
)
FORMATS = {"text": "txt", "json": "json", "sarif": "sarif", "github": "github", "junit": "junit.xml"}


def run(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)


@pytest.fixture
def few_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    few = tuple(rule for rule in RULES if rule.id in ONLY)
    monkeypatch.setattr("feeds.validating.judging.RULES", few)


@pytest.mark.usefixtures("few_rules")
@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_written_as_expected(
    form: str, monkeypatch: pytest.MonkeyPatch, update: Callable[[Path, bytes], None]
) -> None:
    # Every level, a feed in which nothing is found, one that is not there, an ignore, and more than is listed.
    monkeypatch.chdir(REPORTS)
    monkeypatch.setattr("feeds.rulebook.check.MOST", 3)
    ignored = "item-guid-permalink-not-url=our guids are old"
    result = run("validate", FEED.name, "calm.xml", "nowhere.xml", "--ignore", ignored, "--format", form)
    expected = REPORTS / f"expected.{FORMATS[form]}"
    written = result.output.replace(f'"version": "{_find_version()}"', '"version": "0"')
    update(expected, written.encode())
    assert (result.exit_code, written) == (1, expected.read_text(encoding="utf-8"))


def _find_version() -> str:
    return run("--version").output.split()[-1]


def test_the_json_report_is_as_its_schema_says() -> None:
    document = json.loads(run("validate", FEED, "nowhere.xml", "--format", "json", "--ignore", f"{ONLY[0]}=old").output)
    jsonschema.validate(document, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert document["findings"]
    assert [one["fault"] != "" for one in document["documents"]] == [False, True]
    assert document["documents"][0]["ignored"] == {ONLY[0]: 1}


@pytest.mark.clients
def test_the_sarif_report_passes_the_official_schema(
    tmp_path: Path, find_program: Callable[[str, str], str], report_missing: Callable[[str], NoReturn]
) -> None:
    npm = find_program("npm", "install Node.js")
    package = "@microsoft/sarif-multitool-linux"
    packed = subprocess.run([npm, "pack", package], cwd=tmp_path, capture_output=True, text=True, check=False)
    if packed.returncode:
        report_missing(f"{package}, which holds the schema, cannot be had: {packed.stderr.strip()[-200:]}")
    with tarfile.open(next(tmp_path.glob("*.tgz"))) as archive:
        schema = json.loads(archive.extractfile("package/sarif-2.1.0.json").read())  # type: ignore[union-attr]
    for arguments in ([FEED], [FEED, "nowhere.xml"], [Path("channel.toml")]):
        log = json.loads(run("validate", *arguments, "--format", "sarif").output)
        jsonschema.validators.validator_for(schema)(schema).validate(log)


def test_the_sarif_report_gives_every_finding_a_mark_of_its_own_that_survives_a_shift_of_lines(tmp_path: Path) -> None:
    def find_marks(text: str) -> list[str]:
        file = tmp_path / "feed.xml"
        file.write_text(text, encoding="utf-8")
        log = json.loads(run("validate", file, "--format", "sarif").output)
        return sorted(result["partialFingerprints"]["finding/v1"] for result in log["runs"][0]["results"])

    text = FEED.read_text(encoding="utf-8")
    marks = find_marks(text)
    assert len(set(marks)) == len(marks) > 3
    assert find_marks(text.replace("<channel>", "<channel>\n\n")) == marks


@pytest.mark.usefixtures("few_rules")
def test_the_sarif_report_knows_every_finding_again_when_a_new_episode_comes_in_above(tmp_path: Path) -> None:
    text = FEED.read_text(encoding="utf-8")
    new = "<item><link>https://example.org/6</link><pubDate>Mon, 02 Mar 2026 08:00:00 +0000</pubDate></item>\n<item>"
    logs = []
    for feed in (text, text.replace("<item>", new, 1)):
        (tmp_path / "feed.xml").write_text(feed, encoding="utf-8")
        log = json.loads(run("validate", tmp_path / "feed.xml", "--format", "sarif").output)
        logs.append(sorted(result["partialFingerprints"]["finding/v1"] for result in log["runs"][0]["results"]))
    assert logs[0] == logs[1] != []


def test_the_junit_report_is_xml_that_counts_right() -> None:
    root = ET.fromstring(run("validate", FEED, "nowhere.xml", "--format", "junit").output)
    assert len(root.findall("testsuite")) == 2
    assert int(root.get("failures", "")) == len(root.findall(".//failure")) > 0
    assert int(root.get("errors", "")) == len(root.findall(".//error")) == 1
    assert int(root.get("tests", "")) == len(root.findall(".//testcase"))


def test_what_xml_forbids_does_not_reach_the_junit_report() -> None:
    etree.Element("a").text = clean("a\x00b\x1f\ud800\ufffe")


def test_a_feed_is_taken_from_a_file_a_folder_and_standard_input(tmp_path: Path) -> None:
    (tmp_path / "show").mkdir()
    (tmp_path / "show" / "feed.xml").write_bytes(FEED.read_bytes())
    (tmp_path / "sitemap.xml").write_text("<urlset/>")
    for source, name in ((FEED, FEED.name), (tmp_path, "feed.xml"), ("-", "<stdin>")):
        result = run("validate", source, "--format", "json", stdin=FEED.read_bytes())
        documents = json.loads(result.output)["documents"]
        assert [Path(one["file"]).name for one in documents] == [name]
        assert result.exit_code == 1


def test_what_cannot_be_read_is_told_and_the_rest_is_judged(tmp_path: Path) -> None:
    result = run("validate", tmp_path / "nowhere.xml", tmp_path, FEED)
    assert "nowhere.xml: is not there: name a feed" in result.output
    assert "holds no RSS feed" in result.output
    assert "isPermaLink" in result.output
    assert result.exit_code == 1


def test_of_a_folder_what_begins_as_rss_or_has_no_element_at_all_is_judged_and_in_the_order_of_paths(
    tmp_path: Path,
) -> None:
    feed = FEED.read_text(encoding="utf-8")
    files = {
        "b/feed.xml": feed,
        "a/index.XML": f"<?xml version='1.0'?><!-- <html> --><?xml-stylesheet href='<a>'?>\n{feed.partition('?>')[2]}",
        "c.rss": "<rss>and no end",
        "atom.xml": "<feed xmlns='http://www.w3.org/2005/Atom'><title>&lt;rss></title><!-- <rss> --></feed>",
        "sitemap.xml": "<urlset><rss/></urlset>",
        "empty.xml": "",
        "page.html": feed,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "d.xml").write_text(feed.replace("UTF-8", "UTF-16"), encoding="utf-16")
    documents = json.loads(run("validate", tmp_path, "--format", "json").output)["documents"]
    assert [one["file"].removeprefix(f"{tmp_path.as_posix()}/") for one in documents] == [
        "a/index.XML",
        "b/feed.xml",
        "c.rss",
        "d.xml",
        "empty.xml",
    ]


def test_a_file_that_cannot_be_read_keeps_no_other_of_its_folder_from_being_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.xml", "b.xml"):
        (tmp_path / name).write_bytes(FEED.read_bytes())
    read = Path.read_bytes

    def refuse(file: Path) -> bytes:
        if file.name == "a.xml":
            raise PermissionError(13, "Permission denied")
        return read(file)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    documents = json.loads(run("validate", tmp_path, "--format", "json").output)["documents"]
    assert [one["fault"] for one in documents] == ["cannot be read: Permission denied", ""]


def test_a_name_that_can_be_no_file_is_told_and_the_rest_is_judged() -> None:
    result = run("validate", "x" * 5000, FEED)
    assert "x: cannot be read: File name too long" in result.output
    assert "isPermaLink" in result.output
    assert result.exit_code == 1


def test_a_published_feed_that_cannot_be_read_is_told_once_and_the_rest_is_judged() -> None:
    result = run("validate", FEED, REPORTS / "calm.xml", "--against", "gone.xml")
    assert result.output.count("gone.xml: is not there") == 1
    assert "isPermaLink" in result.output
    assert result.exit_code == 1


def test_a_feed_on_the_web_is_fetched_where_that_is_allowed_and_no_password_is_shown() -> None:
    class Host(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(FEED.read_bytes())

        def log_message(self, *_: object) -> None:
            """Tests read no log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        url = f"http://ada:secret@127.0.0.1:{server.server_address[1]}/feed.xml"
        refused, allowed = run("validate", url), run("validate", url, "--allow-private")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert "pass --allow-private if it is meant" in refused.output
    assert "isPermaLink" not in refused.output
    assert "/feed.xml:4:73: error: isPermaLink is 'no'" in allowed.output
    assert (refused.exit_code, allowed.exit_code, "secret" in refused.output + allowed.output) == (1, 1, False)


@pytest.mark.usefixtures("few_rules")
def test_the_exit_code_follows_fail_on(tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text("<rss version='2.0'><channel><item><guid>tides-1</guid></item></channel></rss>")
    codes = {
        level: run("validate", feed, "--fail-on", level, "--profile", "apple").exit_code
        for level in ("error", "warning", "info", "never")
    }
    assert codes == {"error": 0, "warning": 1, "info": 1, "never": 0}
    assert run("validate", feed, "--profile", "rss").exit_code == 1


def test_a_level_depends_on_the_profile() -> None:
    def find_levels(*options: str) -> dict[str, str]:
        findings = json.loads(run("validate", FEED, "--format", "json", *options).output)["findings"]
        return {finding["rule"]: finding["level"] for finding in findings}

    assert find_levels("--profile", "apple")["item-guid-permalink-not-url"] == "warning"
    assert find_levels("--profile", "apple,rss")["item-guid-permalink-not-url"] == "error"


def test_an_ignore_needs_a_reason_and_a_rule_that_exists() -> None:
    for option, said in (
        (f"{ONLY[0]}=", f"{ONLY[0]} has no reason: write {ONLY[0]}=why"),
        ("item-guid-mising=x", "did you mean 'item-guid-missing'?"),
    ):
        result = run("validate", FEED, "--ignore", option)
        assert (result.exit_code, said in result.output) == (2, True)


def test_channel_toml_ignores_with_a_reason_and_an_idle_ignore_is_said(tmp_path: Path) -> None:
    assert run("init", tmp_path / "show").exit_code == 0
    settings = tmp_path / "show" / "channel.toml"
    written = settings.read_text(encoding="utf-8")

    def validate(ignore: str) -> Result:
        settings.write_text(f"{written}\n[validate.ignore]\n{ignore}\n", encoding="utf-8")
        return run("validate", FEED, "--project", settings.parent)

    result = validate(f'{ONLY[0]} = "our guids are old"\nitem-guid-blank = "never happens"')
    assert ONLY[0] not in result.output
    assert "(1 finding ignored)" in result.output
    assert "note: item-guid-blank is ignored, and nothing was found of it: take it out" in result.output
    assert "is empty: write why it may be broken here" in validate(f'{ONLY[0]} = ""').output
    wrong = validate('item-guid-mising = "x"')
    assert f"channel.toml:{written.count(chr(10)) + 3}: 'item-guid-mising' is no rule" in wrong.output
    assert wrong.exit_code == 1


def test_a_source_is_judged_by_the_project_in_which_it_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shows = [tmp_path / name for name in ("one", "two")]
    for show, rule in zip(shows, ONLY, strict=False):
        assert run("init", show).exit_code == 0
        with (show / "channel.toml").open("a", encoding="utf-8") as settings:
            settings.write(f'\n[validate.ignore]\n{rule} = "old"\n')
        (show / "public" / "deep").mkdir(parents=True)
        (show / "public" / "deep" / "feed.xml").write_bytes(FEED.read_bytes())

    def find_ignored(*arguments: str | Path, stdin: bytes | None = None) -> list[list[str]]:
        report = json.loads(run("validate", *arguments, "--format", "json", stdin=stdin).output)
        return [list(one["ignored"]) for one in report["documents"]]

    one, two = ([rule] for rule in ONLY[:2])
    assert find_ignored(shows[0] / "public", shows[1] / "public", FEED) == [one, two, []]
    assert find_ignored(shows[0] / "public", FEED, "--project", shows[1]) == [two, two]
    monkeypatch.chdir(shows[0] / "public")
    assert find_ignored("deep", "../../two/public/deep/feed.xml", FEED) == [one, two, []]
    assert find_ignored("-", stdin=FEED.read_bytes()) == [one]


def test_a_broken_channel_toml_is_told_before_anything_is_judged(tmp_path: Path) -> None:
    (tmp_path / "channel.toml").write_text("[validate.ignore]\nitem-guid-form = ''\n", encoding="utf-8")
    (tmp_path / "feed.xml").write_bytes(FEED.read_bytes())
    result = run("validate", tmp_path / "feed.xml")
    assert result.exit_code == 1
    assert "channel.toml:2: validate.ignore.item-guid-form: is empty: write why it may be broken here" in result.output
    assert "; nothing was judged." in result.output


def test_an_ignore_of_what_was_not_looked_at_is_not_called_idle() -> None:
    calm = REPORTS / "calm.xml"
    ignores = [f"--ignore={rule}=why" for rule in ("item-guid-changed", "linked-file-too-large", "item-link-missing")]

    def find_notes(*arguments: str | Path) -> list[str]:
        notes = json.loads(run("validate", *arguments, *ignores, "--format", "json").output)["notes"]
        return [note.partition(" ")[0] for note in notes]

    assert find_notes(calm) == ["item-link-missing"]
    assert find_notes(calm, "--against", calm) == ["item-guid-changed", "item-link-missing"]
    assert find_notes(calm, "--linked") == ["item-link-missing", "linked-file-too-large"]
    assert find_notes(calm, "--profile", "rss") == []
    assert find_notes(calm, "gone.xml") == []


def test_a_channel_toml_for_feeds_made_elsewhere_needs_no_site_and_tells_all_faults(tmp_path: Path) -> None:
    settings = tmp_path / "channel.toml"
    settings.write_text(f'[validate.ignore]\n{ONLY[0]} = "made elsewhere"\n', encoding="utf-8")
    assert "(1 finding ignored)" in run("validate", FEED, "--project", tmp_path).output
    settings.write_text(f'[validate.ignore]\n{ONLY[0]} = ""\nno-such-rule = "x"\n', encoding="utf-8")
    output = run("validate", FEED, "--project", tmp_path).output
    assert "write why it may be broken here" in output
    assert "'no-such-rule' is no rule" in output


def test_junit_fails_where_the_run_does() -> None:
    def count(level: str) -> int:
        report = run("validate", FEED, "--format", "junit", "--fail-on", level).output
        return len(ET.fromstring(report).findall(".//failure"))

    assert 0 == count("never") < count("error") < count("warning") < count("info")


def test_a_report_goes_whole_into_a_file(tmp_path: Path) -> None:
    result = run("validate", FEED, "--format", "json", "--output", tmp_path / "report.json")
    assert result.output == ""
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["findings"]


def test_quiet_says_nothing_where_nothing_is_found(tmp_path: Path) -> None:
    good = tmp_path / "feed.xml"
    good.write_bytes(FEED.read_bytes())
    ignores = [
        part
        for finding in json.loads(run("validate", good, "--format", "json").output)["findings"]
        for part in ("--ignore", f"{finding['rule']}=test")
    ]
    assert run("validate", good, "--quiet", *ignores).output == ""
    assert run("validate", good, "--quiet", "--output", tmp_path / "report.txt", *ignores).output == ""
    assert "nothing found" in (tmp_path / "report.txt").read_text(encoding="utf-8")
    assert "nothing found" in run("validate", good, *ignores).output


def test_changes_against_the_published_feed_are_found(tmp_path: Path) -> None:
    now = tmp_path / "feed.xml"
    now.write_text(FEED.read_text(encoding="utf-8").replace("tides, 1", "another"), encoding="utf-8")
    result = run("validate", now, "--against", FEED)
    assert "item-guid-changed" in result.output
    assert "item-guid-changed" not in run("validate", now, "--against", now).output


@pytest.mark.parametrize("published", ["", "<!doctype html><p>Sign in<br></p>", "<html><body/></html>", "<opml/>"])
def test_what_is_published_and_is_no_feed_is_told_as_nothing_can_be_held_against_it(
    tmp_path: Path, published: str
) -> None:
    (tmp_path / "live.xml").write_text(published, encoding="utf-8")
    result = run("validate", FEED, "--against", tmp_path / "live.xml", "--fail-on", "never")
    assert "live.xml: holds no channel" in result.output and "1 source that cannot be read" in result.output
    assert result.exit_code == 1


@pytest.mark.parametrize(
    "page",
    [
        "<!doctype html>\n<p>Gone<br>",
        '\n<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN">\n<head><title>404<br></head>',
        "<!-- cached --><HTML><body><p>x<p>y</body></HTML>",
    ],
)
def test_a_page_of_html_in_the_place_of_a_feed_is_told_as_one_and_not_as_broken_xml(page: str) -> None:
    found = json.loads(run("validate", "-", "--format", "json", stdin=page.encode()).output)["findings"]
    assert [one["message"].partition(":")[0] for one in found if one["level"] == "error"] == [
        "this is a web page, no feed"
    ]


def test_each_feed_of_a_folder_is_held_against_its_own_published_edition(tmp_path: Path) -> None:
    def write(folder: str, name: str, guid: str, address: str, items: str) -> None:
        opening = '<rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"'
        opening += f' xmlns:atom="http://www.w3.org/2005/Atom"><channel><atom:link rel="self" href="{address}"/>'
        named = f"<podcast:guid>{guid}</podcast:guid>" if guid else ""
        file = tmp_path / folder / name / "feed.xml"
        file.parent.mkdir(parents=True)
        file.write_text(f"{opening}{named}{items}</channel></rss>", encoding="utf-8")

    for folder, kept in (("live", "<item><guid>a</guid></item>"), ("new", "")):
        write(folder, "ebb", "e900144a-3385-53c6-9020-a95d8a01a283", f"https://{folder}.example/ebb.xml", kept)
        write(folder, "flow", "", "https://x.example/flow.xml", kept)
        write(folder, folder, "", f"https://x.example/{folder}.xml", kept)
    result = run("validate", tmp_path / "new", "--against", tmp_path / "live", "--format", "json")
    found = [finding for finding in json.loads(result.output)["findings"] if finding["rule"] == "feed-emptied"]
    assert [Path(finding["file"]).parent.name for finding in found] == ["ebb", "flow"]


def test_what_is_published_and_cannot_be_read_is_told_once_and_all_else_is_judged(tmp_path: Path) -> None:
    result = run("validate", FEED, FEED, "--against", tmp_path / "nowhere.xml", "--fail-on", "never")
    assert result.output.count("nowhere.xml: is not there") == 1
    assert "2 documents" in result.output and "1 source that cannot be read" in result.output
    assert result.exit_code == 1


def test_what_is_wrong_with_a_server_is_shown_of_a_few_files_and_counted_of_the_others() -> None:
    files = [
        Judged(name=f"{number}.mp3", feed="feed.xml", findings=(make_finding(file=f"{number}.mp3", line=0, column=0),))
        for number in range(100)
    ]
    feed = Judged(name="feed.xml", findings=(make_finding(line=0),))
    report = Report(judged=(feed, *files, replace(files[0], feed="other.xml")), rules=1)
    heads = [line.partition(":")[0] for line in render_text(report, PLAIN).splitlines()]
    more = "    … and 97 more of a-rule (--all shows them)"
    assert heads == ["feed.xml", "0.mp3", "1.mp3", "2.mp3", more, "0.mp3", "102 documents, 1 rule"]
    assert len(render_text(report, Style(everything=True)).splitlines()) == 103


def test_an_ignored_change_is_idle_only_where_changes_are_looked_for() -> None:
    ignored = ("--ignore", "item-guid-changed=we moved", "--ignore", "media-artwork-changed-same-url=it is small")
    assert "is ignored, and nothing was found of it" not in run("validate", FEED, *ignored).output
    idle = run("validate", FEED, "--against", FEED, *ignored).output
    assert "item-guid-changed is ignored, and nothing" in idle
    assert "media-artwork-changed-same-url is ignored, and nothing" not in idle


def make_finding(**changes: object) -> Finding:
    facts: dict[str, object] = {"rule": "a-rule", "level": Level.ERROR, "message": "is wrong", "file": "feed.xml"}
    return Finding(**(facts | {"line": 1, "column": 1} | changes))  # type: ignore[arg-type]


def show(text: str, column: int, style: Style) -> list[str]:
    judged = Judged(name="feed.xml", text=text.encode(), findings=(make_finding(column=column),))
    return render_text(Report(judged=(judged,), rules=1), style).split("\n")[1:3]


def test_the_caret_stands_below_the_fault_also_behind_wide_characters() -> None:
    assert show("<title>潮の満ち</title><x/>", 20, Style()) == [
        "    <title>潮の満ち</title><x/>",
        "    " + " " * 23 + "^",
    ]


def test_a_long_line_is_cut_around_the_fault_and_fits_the_terminal() -> None:
    line, caret = show("a" * 500 + "<x/>" + "b" * 500, 501, Style(width=60))
    assert len(line) <= 60
    assert line[caret.index("^") :].startswith("<x/>")


def test_of_many_findings_of_one_kind_the_first_three_are_shown() -> None:
    findings = tuple(make_finding(line=number) for number in range(1, 201))
    report = Report(judged=(Judged(name="feed.xml", findings=findings, omitted={"a-rule": 800}),), rules=1)
    text = render_text(report)
    assert text.count("is wrong") == 3
    assert "and 997 more of a-rule (--all shows them)" in text
    assert text.endswith("1 document, 1 rule: 1,000 errors.\n")
    assert render_text(report, Style(everything=True)).count("is wrong") == 200


def test_colours_are_for_terminals_and_can_be_forced() -> None:
    assert "\x1b[" not in run("validate", FEED).output
    assert "\x1b[" in run("validate", FEED, "--color").output


def test_every_rule_is_explained_with_its_two_examples() -> None:
    for rule in RULES:
        result = run("explain", rule.id)
        assert result.exit_code == 0
        for part in (rule.summary, "\nLevel: ", "\nSource:\n", "\nBad", "\nGood"):
            assert part in result.output, rule.id
        bad, good = read_examples(rule.id)
        assert (bad.marked or bad.told) and not good.marked, rule.id
        assert not re.search(r"<!-- (here|[a-z]+:)", result.output), rule.id


def test_an_example_says_what_is_published_and_what_only_its_feed_or_server_knows() -> None:
    explained = run("explain", "item-guid-changed").output
    assert explained.count("\nPublished:\n  <item>") == 2
    assert "\nBad (size=20000000):\n" in run("explain", "linked-file-too-large").output
    assert "\nBad (url=https://" in run("explain", "channel-atom-self-mismatch").output
    assert "without" not in run("explain", "item-guid-missing").output


def test_a_rule_that_does_not_exist_is_answered_with_the_nearest() -> None:
    result = run("explain", "item-guid-mising")
    assert (result.exit_code, "did you mean 'item-guid-missing'?" in result.output) == (2, True)


def test_a_rule_that_is_not_made_on_purpose_is_answered_with_the_reason() -> None:
    assert "on purpose: RFC 822 leaves the weekday to the writer" in run("explain", "feed-date-weekday-missing").output


def test_rules_are_listed_searched_and_given_to_programs() -> None:
    assert len(run("rules").output.splitlines()) == len(RULES)
    found = run("rules", "guid", "missing").output.splitlines()
    assert found and all("guid" in line.lower() and "missing" in line.lower() for line in found)
    assert "No rule holds all of these words: guid flood" in run("rules", "guid", "flood").output
    assert {entry["id"] for entry in json.loads(run("rules", "--json").output)} == {rule.id for rule in RULES}


def test_the_readme_counts_the_rules_as_they_are() -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    counted = run("validate", FEED).output.rpartition("1 document, ")[2].partition(":")[0]
    assert f"1 document, {counted}: 1 error." in readme
