"""The folder of the site: whole at every moment, and nobody else's files are touched."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import random
import shutil
import signal
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from feeds.errors import CollisionError
from feeds.tree import MANIFEST, STAGE, Content, File, write_tree


def file(path: str, content: Content | None = None, *, length: int = 0) -> File:
    """A file with a content of its own: its path."""
    return File(
        path=path, content=path.encode() if content is None else content, source=f"source of {path}", length=length
    )


def absent(path: str) -> File:
    return File(path=path, content=None, source=path)


def read_folder(folder: Path) -> dict[str, bytes]:
    """Every file that stands in a folder, and every empty folder, which has no content."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file():
            found[name] = path.read_bytes()
        elif not any(path.iterdir()):
            found[name + "/"] = b""
    return found


def read_site(folder: Path) -> dict[str, bytes]:
    return {path: content for path, content in read_folder(folder).items() if path != MANIFEST}


def stamp(folder: Path) -> dict[str, tuple[int, int]]:
    """What a write would change of each file and folder: number and time."""
    return {str(path): (path.stat().st_ino, path.stat().st_mtime_ns) for path in (folder, *folder.rglob("*"))}


SITE = [file("index.html"), file("shape/index.html"), file("shape/a/a.mp3"), file("shape/feed.xml")]


def test_the_folder_holds_the_files_and_nothing_else(tmp_path: Path) -> None:
    written = write_tree(SITE, tmp_path / "public")
    assert read_site(tmp_path / "public") == {one.path: one.path.encode() for one in SITE}
    assert sorted(written.written) == sorted(one.path for one in SITE)
    assert (written.removed, written.unchanged) == ((), 0)


def test_the_second_time_nothing_is_written(tmp_path: Path) -> None:
    write_tree(SITE, tmp_path)
    before = stamp(tmp_path)
    written = write_tree(SITE, tmp_path)
    # The folder itself may hold what is staged for a moment; all below it is as it was.
    after = stamp(tmp_path)
    assert {path: after[path] for path in after if path != str(tmp_path)} == {
        path: before[path] for path in before if path != str(tmp_path)
    }
    assert (written.written, written.removed, written.unchanged) == ((), (), len(SITE))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"same", b"same"),
        (b"short", b"short and more"),
        (b"long and more", b"long"),
        (b"", b"x"),
        (b"x", b""),
        (b"aXc", b"aYc"),
    ],
)
@pytest.mark.parametrize("size", [1, 3, 100])
def test_a_file_is_replaced_if_and_only_if_its_bytes_differ(
    tmp_path: Path, before: bytes, after: bytes, size: int
) -> None:
    def give() -> Iterator[bytes]:
        return (after[at : at + size] for at in range(0, len(after), size))

    write_tree([file("x", before)], tmp_path)
    written = write_tree([file("x", give)], tmp_path)
    assert (tmp_path / "x").read_bytes() == after
    assert written.written == (() if before == after else ("x",))


def test_a_file_is_copied(tmp_path: Path) -> None:
    (tmp_path / "source.mp3").write_bytes(b"sound")
    write_tree([file("a.mp3", tmp_path / "source.mp3")], tmp_path / "public")
    assert read_site(tmp_path / "public") == {"a.mp3": b"sound"}


def test_a_file_whose_name_holds_its_hash_needs_no_second_look(tmp_path: Path) -> None:
    write_tree([file("a.0123.mp3", b"sound", length=5)], tmp_path)

    def give() -> Iterator[bytes]:
        raise AssertionError("this was asked for its content")

    assert write_tree([file("a.0123.mp3", give, length=5)], tmp_path).unchanged == 1
    (tmp_path / "a.0123.mp3").write_bytes(b"cut")
    assert write_tree([file("a.0123.mp3", b"sound", length=5)], tmp_path).written == ("a.0123.mp3",)


def test_a_file_that_is_not_at_hand_stays_as_it_was_published(tmp_path: Path) -> None:
    write_tree([file("a.mp3"), file("feed.xml")], tmp_path)
    for _ in range(2):
        written = write_tree([absent("a.mp3"), file("feed.xml")], tmp_path)
        assert read_site(tmp_path) == {"a.mp3": b"a.mp3", "feed.xml": b"feed.xml"}
        assert (written.written, written.removed) == ((), ())
    assert write_tree([file("feed.xml")], tmp_path).removed == ("a.mp3",)


def test_a_file_that_is_not_at_hand_and_never_was_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(b"somebody's")
    write_tree([absent("a.mp3"), file("feed.xml")], tmp_path)
    write_tree([file("feed.xml")], tmp_path)
    assert read_site(tmp_path)["a.mp3"] == b"somebody's"


# Collisions.


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("shape/a", "shape/a"),
        ("shape/Café.vtt", "shape/CAFÉ.vtt"),
        ("shape/Caf\u00e9.vtt", "shape/Cafe\u0301.vtt"),
        ("shape/feed.xml", "shape/feed.xml/index.html"),
        ("shape/feed.xml/index.html", "shape/feed.xml"),
        ("a/b/c/d", "a"),
    ],
)
def test_a_collision_names_both_sources_and_changes_nothing(tmp_path: Path, one: str, other: str) -> None:
    write_tree(SITE, tmp_path)
    before = read_folder(tmp_path)
    files = [
        File(path=one, content=b"1", source="seeds/one.md"),
        File(path=other, content=b"2", source="seeds/two.md"),
    ]
    with pytest.raises(CollisionError) as caught:
        write_tree(files, tmp_path)
    (fault,) = caught.value.faults
    assert str(fault).startswith(f"seeds/two.md: {other} is already written for seeds/one.md")
    assert read_folder(tmp_path) == before


def test_a_name_that_no_disk_takes_is_a_fault_before_anything_is_written(tmp_path: Path) -> None:
    write_tree([file("가" * 85)], tmp_path)
    with pytest.raises(CollisionError, match=r"^source of .* longer name than disks take, which is 255 bytes"):
        write_tree([file("index.html"), file(f"shape/{'가' * 85}x/index.html")], tmp_path)
    assert list(read_site(tmp_path)) == ["가" * 85]


def test_every_collision_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(CollisionError) as caught:
        write_tree([file("a"), file("a"), file("b"), file("b")], tmp_path)
    assert len(caught.value.faults) == 2


# Whose files are removed.


def test_only_files_of_an_earlier_build_are_removed_and_the_folders_that_they_leave_empty(tmp_path: Path) -> None:
    write_tree([*SITE, file("old/deep/page.html"), file("old/kept/page.html")], tmp_path)
    (tmp_path / "CNAME").write_text("example.org")
    (tmp_path / "old/kept/somebody.mp3").write_bytes(b"sound")
    written = write_tree(SITE, tmp_path)
    assert written.removed == ("old/deep/page.html", "old/kept/page.html")
    theirs = {"CNAME": b"example.org", "old/kept/somebody.mp3": b"sound"}
    assert read_site(tmp_path) == {one.path: one.path.encode() for one in SITE} | theirs


def test_a_file_that_no_build_wrote_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("my own page")
    (tmp_path / "shape").mkdir()
    (tmp_path / "shape" / "feed.xml").write_bytes(b"shape/feed.xml")  # the same as ours, so nobody loses anything
    before = read_folder(tmp_path)
    with pytest.raises(CollisionError, match=r"holds index\.html already, which no build wrote \(1 such in all\)"):
        write_tree(SITE, tmp_path)
    assert read_folder(tmp_path) == before
    (tmp_path / "index.html").unlink()
    write_tree(SITE, tmp_path)
    assert read_site(tmp_path) == {one.path: one.path.encode() for one in SITE}


def test_a_file_of_ours_that_somebody_changed_is_made_anew(tmp_path: Path) -> None:
    write_tree(SITE, tmp_path)
    (tmp_path / "index.html").write_text("changed")
    assert write_tree(SITE, tmp_path).written == ("index.html",)


@pytest.mark.parametrize(
    "entry",
    [
        "../outside",
        "a/../../outside",
        "..\\outside",
        "{tmp}/outside",
        "C:\\outside",
        "\\\\server\\outside",
        "",
        ".",
        "shape",
        "public/..",
    ],
)
def test_a_list_that_was_tampered_with_removes_nothing_outside(tmp_path: Path, entry: str) -> None:
    public = tmp_path / "public"
    write_tree(SITE, public)
    (tmp_path / "outside").write_text("not ours")
    (public / MANIFEST).write_text(json.dumps([entry.format(tmp=tmp_path), "index.html"]))
    write_tree(SITE[1:], public)
    assert (tmp_path / "outside").read_text() == "not ours"
    assert sorted(read_site(public)) == sorted(one.path for one in SITE[1:])


@pytest.mark.parametrize("text", [b"", b"{", b"{}", b"null", b"3", b"\xff\xfe"])
def test_a_list_that_cannot_be_read_is_an_empty_one(tmp_path: Path, text: bytes) -> None:
    write_tree(SITE, tmp_path)
    (tmp_path / MANIFEST).write_bytes(text)
    assert write_tree(SITE[1:], tmp_path).removed == ()
    assert (tmp_path / "index.html").exists()


def test_a_file_gives_way_to_a_folder_and_a_folder_to_a_file(tmp_path: Path) -> None:
    one = [file("icons"), file("fonts/a.woff2"), file("fonts/b/c.woff2")]
    other = [file("icons/a.svg"), file("fonts")]
    for files in (one, other, one):
        write_tree(files, tmp_path)
        assert read_site(tmp_path) == {each.path: each.path.encode() for each in files}


def test_a_file_under_a_name_that_the_disk_takes_for_the_new_one_stays(tmp_path: Path) -> None:
    write_tree([file("Talk.vtt")], tmp_path)
    os.link(tmp_path / "Talk.vtt", tmp_path / "talk.vtt")  # as a disk shows it that does not tell capitals apart
    written = write_tree([file("talk.vtt", b"Talk.vtt")], tmp_path)
    assert written.written == ()
    assert (tmp_path / "Talk.vtt").exists()


def test_a_name_that_changes_in_capitals_leaves_no_double_behind(tmp_path: Path) -> None:
    write_tree([file("Talk.vtt")], tmp_path)
    write_tree([file("talk.vtt")], tmp_path)
    assert read_site(tmp_path) == {"talk.vtt": b"talk.vtt"}


# Failure, and death.


def test_a_failure_while_rendering_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    write_tree(SITE, tmp_path)
    before = stamp(tmp_path / "shape"), read_folder(tmp_path)

    def render() -> Iterator[File]:
        yield file("index.html", b"another")
        yield file("shape/new.html")
        raise ValueError("a template")

    with pytest.raises(ValueError, match="a template"):
        write_tree(render(), tmp_path, commit=lambda: pytest.fail("nothing is to be committed"))
    assert (stamp(tmp_path / "shape"), read_folder(tmp_path)) == before


def test_what_is_to_be_committed_is_committed_once_nothing_but_the_disk_can_fail(tmp_path: Path) -> None:
    write_tree(SITE, tmp_path)
    seen = []
    write_tree(
        [file("index.html", b"another")], tmp_path, commit=lambda: seen.append(read_site(tmp_path)["index.html"])
    )
    assert seen == [b"index.html"]
    assert read_site(tmp_path)["index.html"] == b"another"


def test_media_take_their_places_first_and_feeds_last(tmp_path: Path) -> None:
    paths = [
        "a/feed.xml",
        "b/feed.xml",
        "index.html",
        "a/x/chapters.json",
        "a/x/index.html",
        "sitemap.xml",
        "a/x/x.mp3",
        "b/art.png",
    ]
    written = write_tree([file(path) for path in paths], tmp_path).written
    assert {*written[:2]} == {"a/x/x.mp3", "b/art.png"}
    assert written[-2:] == ("a/feed.xml", "b/feed.xml")
    assert sorted(written) == sorted(paths)


def seal(path: str, edition: int) -> bytes:
    """A content that shows whether it is whole: what stands before its last line is summed up in it."""
    body = f"{path}, edition {edition}\n".encode() * 100
    return body + hashlib.sha256(body).hexdigest().encode()


def make_edition(edition: int) -> list[File]:
    """One of several sites that differ in everything that can differ from build to build."""
    files = []
    for channel in ("a", "b"):
        named = []
        for number in range(2):
            slug = f"{channel}/{number if number else f'renamed-{edition}'}"
            paths = [f"{slug}/audio.{edition}.mp3", f"{slug}/index.html", f"{slug}/chapters.json"]
            files += [file(path, seal(path, edition)) for path in paths]
            named += paths
        files.append(file(f"{channel}/index.html", seal(channel, edition)))
        files.append(file(f"{channel}/feed.xml", "\n".join(named).encode()))
    return [*files, file("icons" if edition % 2 else "icons/icon.svg")]


def check_feeds(folder: Path) -> None:
    """See that everything named by the feeds that stand there answers with a whole file."""
    for feed in folder.glob("*/feed.xml"):
        for path in feed.read_text().splitlines():
            body, _, sum_ = (folder / path).read_bytes().rpartition(b"\n")
            assert hashlib.sha256(body + b"\n").hexdigest().encode() == sum_, path


class Death(BaseException):
    """Nothing that comes after it can be done, as in a process that was killed."""


def die_at(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the disk take so many changes of names and no more."""
    left = step

    def count(name: str) -> None:
        do = getattr(os, name)

        def do_or_die(*arguments: object, **options: object) -> object:
            nonlocal left
            left -= 1
            if left < 0:
                raise Death
            return do(*arguments, **options)

        monkeypatch.setattr(os, name, do_or_die)

    for name in ("replace", "unlink", "rmdir", "mkdir"):
        count(name)


def test_a_build_that_dies_at_any_step_leaves_whole_files_and_the_next_one_finishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clean, before = tmp_path / "clean", tmp_path / "before"
    write_tree(make_edition(2), clean)
    write_tree(make_edition(1), before)
    (before / "CNAME").write_text("example.org")
    for step in range(1000):
        public = tmp_path / str(step)
        shutil.copytree(before, public, copy_function=os.link)
        with monkeypatch.context() as patch:
            die_at(step, patch)
            try:
                write_tree(make_edition(2), public)
                survived = True
            except Death:
                survived = False
        check_feeds(public)
        write_tree(make_edition(2), public)
        assert read_folder(public) == read_folder(clean) | {"CNAME": b"example.org"}
        if survived:
            break
    assert step > 30


def test_a_build_that_died_is_no_burden_for_one_of_other_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clean = tmp_path / "clean"
    write_tree(make_edition(3), clean)
    for step in (1, 8, 15, 22, 29):
        public = tmp_path / str(step)
        write_tree(make_edition(1), public)
        with monkeypatch.context() as patch, pytest.raises(Death):
            die_at(step, patch)
            write_tree(make_edition(2), public)
        write_tree(make_edition(3), public)
        assert read_folder(public) == read_folder(clean)


def fork_a_build_without_end(folder: Path) -> int:
    """Let another process build one edition after the other; its number, once the first one stands."""
    begun, begin = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # threads of other tests do not matter to what it does
        process = os.fork()
    if process:
        os.close(begin)
        assert os.read(begun, 1) == b"!"
        os.close(begun)
        return process
    try:
        for edition in itertools.count(1):
            write_tree(make_edition(edition % 3), folder)
            if edition == 1:
                os.write(begin, b"!")
    finally:
        os._exit(1)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system on which a process can be killed outright")
def test_a_build_that_is_killed_at_any_moment_leaves_whole_files_and_the_next_one_finishes(tmp_path: Path) -> None:
    clean, public = tmp_path / "clean", tmp_path / "public"
    write_tree(make_edition(0), clean)
    chance = random.Random(20)
    for _ in range(20):
        process = fork_a_build_without_end(public)
        time.sleep(chance.random() / 40)
        os.kill(process, signal.SIGKILL)
        assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == -signal.SIGKILL
        check_feeds(public)
    write_tree(make_edition(0), public)
    assert read_folder(public) == read_folder(clean)
    assert not (public / STAGE).exists()
