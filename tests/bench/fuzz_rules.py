"""Feeds the validator broken input until something raises.

    python -m tests.bench.fuzz_rules --inputs 100000 --seed 1

Every input is an example of a rule, or a file of tests/hostile, that was changed at random: bytes, tags, values, whole
elements. A finding is what is expected of it; an exception, or an input that takes longer than a second, is written to
tests/hostile, where the tests keep it. Several runs with other seeds can go side by side.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from feeds.rulebook.check import Rulebook, check_document
from feeds.rulebook.document import parse_document
from feeds.rulebook.source import parse_source
from feeds.rules.every import RULES
from tests.rule_pairs import FOLDER, read_example

HOSTILE = Path(__file__).parent.parent / "hostile"
AT = datetime(2026, 6, 1, tzinfo=UTC)
SLOW = 1.0
"""Seconds that no input of a few kilobytes may take."""

_ODD = (
    *("", " ", "\n", "\t\t", "0", "-1", "1e999", "nan", "inf", "9" * 5000, "-" * 300, "٣", "１２", "½", "²", "Ⅷ"),
    *("\u0000", "\u0001", "\u0085", "\ufffd", "\ufffe", "\u202e", "😀" * 50, "é" * 300, "\u2028", "&", "&amp;amp;"),
    *("]]>", "<![CDATA[", "<!--", "-->", "<?", "?>", "<", ">", "</", "/>", '"', "'", "&#0;", "&#xD800;", "&nbsp;"),
    *("https://", "http:///", "https://[::1", "https://[::1]:99999999/", "//", "://", "mailto:", "data:,", "%", "%zz"),
    *("https://example.org:0x50/", "https://ex ample.org", "https://user@:80@example.org", "javascript:alert(1)"),
    *("Mon, 99 Feb 0000 99:99:99 +9999", "Tue, 31 Jun 2026 24:00:60 ZZZ", "1 Jan 1 0:0 J", "2026-13-45T99:99:99+99:99"),
    *("00:00:00", "99999999999:99:99", ":::", "1:2:3:4:5", "-1:-1", "00:00:00.0000000000000001", "(1:00", "[00:61]"),
    *("geo:", "geo:91,181", "geo:1,2,3,4;u=", "R0#", "FREQ=", "FREQ=DAILY;COUNT=;UNTIL=2026", "sha256-", "sha256-===="),
    *(
        "en_US",
        "x",
        "x-",
        "i-klingon",
        "a" * 9,
        "en-" * 40,
        "true",
        "TRUE",
        "yes",
        "Yes ",
        "full",
        "audio/",
        "/",
        "a/b;c",
    ),
    *("<p>", "<script>", "<a href=", "<a href='javascript:x'>", "<b><i></b></i>", "<!", "<p" * 200, "00:00 A\n00:10 B"),
)
_LARGEST = 20_000
"""Bytes of the largest example that is changed: those of megabytes show no more, and take as long as a thousand."""

_TAGS = re.compile(rb"<[^<>]*>")
_VALUES = re.compile(rb"\"[^\"<>]*\"|>[^<>]+<")


def read_seeds() -> list[bytes]:
    """The examples of all rules as whole documents, and what was found before."""
    examples = [read_example(file).data for file in sorted(FOLDER.rglob("*.xml"))]
    found = [file.read_bytes() for file in sorted(HOSTILE.glob("*.xml"))]
    return [data for data in (*examples, *found) if len(data) <= _LARGEST]


def mutate(data: bytes, dice: random.Random, seeds: Sequence[bytes]) -> bytes:
    """Change a document a few times."""
    for _ in range(dice.choice((1, 1, 1, 2, 3, 5, 8))):
        data = dice.choice(_CHANGES)(data, dice, seeds)
    return data


def validate(data: bytes, book: Rulebook, previous: bytes = b"") -> float:
    """Validate an input; returns the seconds that it took."""
    began = time.perf_counter()
    before = parse_document(parse_source("published.xml", previous), at=AT) if previous else None
    check_document(parse_document(parse_source("feed.xml", data), at=AT), book, previous=before)
    return time.perf_counter() - began


def _set_value(data: bytes, dice: random.Random, _seeds: Sequence[bytes]) -> bytes:
    found = list(_VALUES.finditer(data))
    if not found:
        return data
    place = dice.choice(found)
    value = dice.choice(_ODD).encode("utf-8", "surrogatepass")
    return data[: place.start() + 1] + value + data[place.end() - 1 :]


def _change_byte(data: bytes, dice: random.Random, _seeds: Sequence[bytes]) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + bytes([dice.randrange(256)]) + data[at + dice.randrange(2) :]


def _cut(data: bytes, dice: random.Random, _seeds: Sequence[bytes]) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + data[at + dice.randrange(1, 60) :] if dice.random() < 0.8 else data[:at]


def _double_tag(data: bytes, dice: random.Random, _seeds: Sequence[bytes]) -> bytes:
    found = list(_TAGS.finditer(data))
    if not found:
        return data
    one, other = dice.choice(found), dice.choice(found)
    return data[: one.start()] + other[0] * dice.choice((1, 1, 2, 30)) + data[one.start() :]


def _drop_tag(data: bytes, dice: random.Random, _seeds: Sequence[bytes]) -> bytes:
    found = list(_TAGS.finditer(data))
    if not found:
        return data
    one = dice.choice(found)
    return data[: one.start()] + data[one.end() :]


def _splice(data: bytes, dice: random.Random, seeds: Sequence[bytes]) -> bytes:
    other = dice.choice(seeds)
    begin = dice.randrange(len(other) + 1)
    at = dice.randrange(len(data) + 1)
    return data[:at] + other[begin : begin + dice.randrange(400)] + data[at:]


def _encode(data: bytes, dice: random.Random, _seeds: Sequence[bytes]) -> bytes:
    encoding = dice.choice(("utf-16", "utf-32-be", "utf-16-le", "latin-1", "cp037", "utf-7"))
    return data.decode("utf-8", "replace").encode(encoding, "replace")


_CHANGES: tuple[Callable[[bytes, random.Random, Sequence[bytes]], bytes], ...] = (
    *(_set_value,) * 8,
    *(_change_byte, _cut, _double_tag, _drop_tag, _splice) * 2,
    _encode,
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    dice, seeds, book = random.Random(options.seed), read_seeds(), Rulebook(RULES)
    found: set[str] = set()
    longest = 0.0
    for number in range(options.inputs):
        data = mutate(dice.choice(seeds), dice, seeds)
        previous = dice.choice(seeds) if dice.random() < 0.1 else b""
        try:
            seconds = validate(data, book, previous)
            longest = max(longest, seconds)
            what = f"slow {seconds:.0f} s" if seconds > SLOW else ""
        except Exception as error:  # whatever it is, it is what is looked for
            frame = traceback.extract_tb(error.__traceback__)[-1]
            what = f"{type(error).__name__} in {Path(frame.filename).name}:{frame.lineno}"
        if what and what not in found:
            found.add(what)
            HOSTILE.mkdir(exist_ok=True)
            (HOSTILE / f"seed-{options.seed}-{number}.xml").write_bytes(data)
            print(f"{what}: tests/hostile/seed-{options.seed}-{number}.xml", flush=True)
    print(
        f"{options.inputs} inputs of seed {options.seed}: {len(found)} kinds of fault, the longest took {longest:.3f} s"
    )
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
